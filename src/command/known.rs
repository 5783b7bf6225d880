//! What a command names, looked up: the row that is there, or why none is and what to write instead.
//!
//! Rows of the codebook are looked up as the model does; an article may be named by the beginning of its id.

use std::sync::Arc;

pub(super) use crate::model::known::{article as article_row, kind, label, question, role};
use crate::{
    diagnostic::Diagnostic,
    model::{ArticleId, Project, Story, StoryId, known::unknown_article},
    phrase,
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
        (None, _) => Err(unknown_article(id.as_str())),
    }
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
