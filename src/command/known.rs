//! What a command names, looked up: the row that is there, or why none is and what to write instead.
//!
//! Ids in scripts are typed by people: an unknown one is answered with the ids that there are.

use std::sync::Arc;

use crate::{
    diagnostic::Diagnostic,
    model::{
        Article, ArticleId, AttributeId, Codebook, KindId, Label, LabelId, Project, Question, RelationKind, Role,
        RoleId, Story, StoryId,
    },
    phrase,
    text::Phrase,
};

/// The article of this id, or the only one whose id begins with it.
///
/// # Errors
/// Where there is none, or several.
pub(super) fn article<'p>(project: &'p Project, id: &'p ArticleId) -> Result<&'p ArticleId, Diagnostic> {
    if project.article(id).is_some() {
        return Ok(id);
    }
    let mut found = project.articles().map(|(other, _)| other).filter(|other| other.as_str().starts_with(id.as_str()));
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (Some(one), Some(other)) => Err(Diagnostic::error(
            "which-article",
            phrase!("Several articles begin with “{id}”", id),
        )
        .hint(phrase!("Write one of them, such as {one} or {other}", one, other))),
        (None, _) => Err(unknown_article(id)),
    }
}

/// The article of exactly this id.
///
/// # Errors
/// Where there is none.
pub(super) fn article_row<'p>(project: &'p Project, id: &ArticleId) -> Result<&'p Arc<Article>, Diagnostic> {
    project.article(id).ok_or_else(|| unknown_article(id))
}

/// Why a command that names this article is refused.
fn unknown_article(id: &ArticleId) -> Diagnostic {
    Diagnostic::error("unknown-article", phrase!("The project has no article “{id}”", id))
        .hint("See the articles with `pressmark list`")
}

/// Why nothing can be done in an article whose text and layers are not in memory.
pub(super) fn not_read(id: &ArticleId) -> Diagnostic {
    Diagnostic::error("not-read", phrase!("The article “{id}” has not been read", id)).hint("Open the article first")
}

/// The story of this id.
///
/// # Errors
/// Where the project has no such story.
pub(super) fn story<'p>(project: &'p Project, id: &StoryId) -> Result<&'p Arc<Story>, Diagnostic> {
    project.story(id).ok_or_else(|| {
        Diagnostic::error("unknown-story", phrase!("The project has no story “{id}”", id))
            .hint("Add it with an article")
    })
}

/// The label of this id.
///
/// # Errors
/// Where the codebook has no such label.
pub(super) fn label<'c>(codebook: &'c Codebook, id: &LabelId) -> Result<&'c Label, Diagnostic> {
    codebook.label(id).ok_or_else(|| {
        Diagnostic::error("unknown-label", phrase!("The codebook has no label “{id}”", id))
            .hint(one_of(codebook.labels.iter().map(|l| l.id.as_str())))
    })
}

/// The kind of relation of this id.
///
/// # Errors
/// Where the codebook has no such kind of relation.
pub(super) fn kind<'c>(codebook: &'c Codebook, id: &KindId) -> Result<&'c RelationKind, Diagnostic> {
    codebook.relation(id).ok_or_else(|| {
        Diagnostic::error("unknown-relation", phrase!("The codebook has no relation “{id}”", id))
            .hint(one_of(codebook.relations.iter().map(|k| k.id.as_str())))
    })
}

/// The role of this id in the kind.
///
/// # Errors
/// Where the kind has no such role.
pub(super) fn role<'c>(kind: &'c RelationKind, id: &RoleId) -> Result<&'c Role, Diagnostic> {
    kind.role(id).ok_or_else(|| {
        Diagnostic::error("unknown-role", phrase!("“{name}” has no role “{id}”", name = &kind.name, id))
            .hint(one_of(kind.roles.iter().map(|r| r.id.as_str())))
    })
}

/// The question about the article of this id.
///
/// # Errors
/// Where the codebook asks no such question.
pub(super) fn question<'c>(codebook: &'c Codebook, id: &AttributeId) -> Result<&'c Question, Diagnostic> {
    codebook.question(id).ok_or_else(|| {
        Diagnostic::error("unknown-question", phrase!("The codebook asks no “{id}”", id))
            .hint(one_of(codebook.questions.iter().map(|q| q.attribute.id.as_str())))
    })
}

/// A hint that names what could be written instead.
fn one_of<'a>(ids: impl Iterator<Item = &'a str>) -> Phrase {
    let ids: Vec<&str> = ids.collect();
    match ids.as_slice() {
        [] => phrase!("The codebook has none; add one there first"),
        [one] => phrase!("Use {one}", one),
        ids => phrase!("Use one of {names}", names = ids.join(", ")),
    }
}
