//! Entries of version 1: each row whole before and after, the text of a removed article among them. They are only read.
//!
//! The first version said whole rows on both sides and kept removed texts in the line. Reading turns each into the
//! newest shape at once, so that nothing else knows of it.

use serde::Deserialize;

use super::{
    super::{
        CodebookFile,
        article::Shape,
        layer::{AnnotationRow, RelationRow},
        shape::{Moment, Prose},
    },
    AnswersRow, ChangeRow, CodebookChange, EntryRow, MarkChange, MarkRow, RelationChange, entry,
};
use crate::model::{AnnotatorId, ArticleId, StoryId, TransactionId};

/// A line of version 1.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryV1<'t> {
    id: TransactionId,
    at: Moment,
    #[serde(default)]
    by: Option<AnnotatorId>,
    did: String,
    #[serde(default)]
    what: Option<String>,
    #[serde(borrow)]
    changes: Vec<ChangeV1<'t>>,
}

/// A change of one row, whole before and after.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
enum ChangeV1<'t> {
    Annotation {
        article: ArticleId,
        annotator: AnnotatorId,
        #[serde(borrow, default)]
        before: Option<AnnotationRow<'t>>,
        #[serde(borrow, default)]
        after: Option<AnnotationRow<'t>>,
    },
    Relation {
        #[serde(default)]
        article: Option<ArticleId>,
        annotator: AnnotatorId,
        #[serde(default)]
        before: Option<RelationRow>,
        #[serde(default)]
        after: Option<RelationRow>,
    },
    /// Status and answers about the article; later called `Answers`.
    Whole {
        article: ArticleId,
        annotator: AnnotatorId,
        before: AnswersRow,
        after: AnswersRow,
    },
    Article {
        id: ArticleId,
        #[serde(default)]
        before: Option<Shape<()>>,
        #[serde(default)]
        after: Option<Shape<()>>,
        #[serde(default)]
        text: Option<Prose>,
    },
    Story {
        id: StoryId,
        #[serde(default)]
        before: Option<String>,
        #[serde(default)]
        after: Option<String>,
    },
    Annotator {
        id: AnnotatorId,
        #[serde(default)]
        before: Option<String>,
        #[serde(default)]
        after: Option<String>,
    },
    Codebook {
        before: Box<CodebookFile>,
        after: Box<CodebookFile>,
    },
    Name {
        before: String,
        after: String,
    },
}

impl<'t> From<EntryV1<'t>> for EntryRow<'t> {
    fn from(old: EntryV1<'t>) -> Self {
        let mut changes: Vec<ChangeRow<'t>> = Vec::new();
        for row in old.changes.into_iter().filter_map(ChangeV1::into_newest) {
            let rest = match changes.last_mut() {
                Some(last) => last.join(row),
                None => Some(row),
            };
            changes.extend(rest);
        }
        Self::new(old.id, old.at, old.by, entry::called(&old.did, old.what.as_deref()), changes).of_version(1)
    }
}

impl<'t> ChangeV1<'t> {
    /// The same in the newest shape; nothing where it is a change of nothing.
    fn into_newest(self) -> Option<ChangeRow<'t>> {
        Some(match self {
            Self::Annotation { article, annotator, before, after } => {
                let change = match (before.as_ref().map(MarkRow::from), after.as_ref().map(MarkRow::from)) {
                    (Some(was), Some(is)) => MarkChange::between(&was, &is),
                    (Some(was), None) => MarkChange::Removed(was),
                    (None, Some(is)) => MarkChange::Added(is),
                    (None, None) => return None,
                };
                ChangeRow::Marks { article, annotator, changes: vec![change] }
            }
            Self::Relation { article, annotator, before, after } => {
                let change = RelationChange { was: before, is: after };
                ChangeRow::Relations { article, annotator, changes: vec![change] }
            }
            Self::Whole { article, annotator, before, after } => {
                ChangeRow::Answers { article, annotator, was: before, is: after }
            }
            Self::Article { id, before, after, text } => {
                ChangeRow::Article { id, was: before, is: after, text: None, removed_text: text }
            }
            Self::Story { id, before, after } => ChangeRow::Story { id, was: before, is: after },
            Self::Annotator { id, before, after } => ChangeRow::Annotator { id, was: before, is: after },
            Self::Codebook { before, after } => ChangeRow::Codebook(Box::new(CodebookChange::between(&before, &after))),
            Self::Name { before, after } => ChangeRow::Name { was: before, is: after },
        })
    }
}
