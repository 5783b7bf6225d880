//! Rows that somebody names by an id: the row, or why there is none and what to write instead.
//!
//! Ids in scripts and in files are typed by people: an unknown one is answered with the ids that there are.

use std::sync::Arc;

use super::{
    Article, ArticleId, AttributeId, Codebook, KindId, Label, LabelId, Project, Question, RelationKind, Role, RoleId,
};
use crate::{diagnostic::Diagnostic, phrase, text::Phrase};

/// The article of exactly this id.
///
/// # Errors
/// Where there is none.
pub fn article<'p>(project: &'p Project, id: &ArticleId) -> Result<&'p Arc<Article>, Diagnostic> {
    project.article(id).ok_or_else(|| unknown_article(id.as_str()))
}

/// Why nothing can be done with an article of this id.
pub fn unknown_article(id: &str) -> Diagnostic {
    Diagnostic::error("unknown-article", phrase!("The project has no article “{id}”", id))
        .hint("See the articles with `pressmark list`")
}

/// The label of this id.
///
/// # Errors
/// Where the codebook has no such label.
pub fn label<'c>(codebook: &'c Codebook, id: &LabelId) -> Result<&'c Label, Diagnostic> {
    codebook.label(id).ok_or_else(|| {
        Diagnostic::error("unknown-label", phrase!("The codebook has no label “{id}”", id))
            .hint(one_of(codebook.labels.iter().map(|l| l.id.as_str())))
    })
}

/// The kind of relation of this id.
///
/// # Errors
/// Where the codebook has no such kind of relation.
pub fn kind<'c>(codebook: &'c Codebook, id: &KindId) -> Result<&'c RelationKind, Diagnostic> {
    codebook.relation(id).ok_or_else(|| {
        Diagnostic::error("unknown-relation", phrase!("The codebook has no relation “{id}”", id))
            .hint(one_of(codebook.relations.iter().map(|k| k.id.as_str())))
    })
}

/// The role of this id in the kind.
///
/// # Errors
/// Where the kind has no such role.
pub fn role<'c>(kind: &'c RelationKind, id: &RoleId) -> Result<&'c Role, Diagnostic> {
    kind.role(id).ok_or_else(|| {
        Diagnostic::error("unknown-role", phrase!("“{name}” has no role “{id}”", name = &kind.name, id))
            .hint(one_of(kind.roles.iter().map(|r| r.id.as_str())))
    })
}

/// The question about the article of this id.
///
/// # Errors
/// Where the codebook asks no such question.
pub fn question<'c>(codebook: &'c Codebook, id: &AttributeId) -> Result<&'c Question, Diagnostic> {
    codebook.question(id).ok_or_else(|| {
        Diagnostic::error("unknown-question", phrase!("The codebook has no question “{id}”", id))
            .hint(one_of(codebook.questions.iter().map(|q| q.attribute.id.as_str())))
    })
}

/// A hint that names what could be written instead.
pub(super) fn one_of<'a>(ids: impl Iterator<Item = &'a str>) -> Phrase {
    let ids: Vec<&str> = ids.collect();
    match ids.as_slice() {
        [] => phrase!("The codebook has none; add one there first"),
        [one] => phrase!("Use {one}", one),
        ids => phrase!("Use one of {names}", names = ids.join(", ")),
    }
}
