//! A transaction: changes that happen together, what they are called, and where one was looking.

use super::{
    super::{AnnotationId, AnnotatorId, ArticleId, TransactionId},
    Change,
};
use crate::text::Phrase;

/// Where the user was looking: restored by undo and redo.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Focus {
    pub article: Option<ArticleId>,
    /// Where the selection began and where its caret is, in bytes of the article's text.
    pub selection: Option<(usize, usize)>,
    pub picked: Option<AnnotationId>,
}

/// Changes that apply together or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    pub id: TransactionId,
    /// Milliseconds since 1970.
    pub at_unix_ms: i64,
    pub by: Option<AnnotatorId>,
    /// What undo names, such as “Mark as Claim”.
    pub label: Phrase,
    pub changes: Vec<Change>,
    pub focus_before: Focus,
    pub focus_after: Focus,
}

impl Transaction {
    /// The changes that take this transaction back, in the order to apply them.
    pub fn inverse(&self) -> Vec<Change> {
        self.changes.iter().rev().cloned().map(Change::inverse).collect()
    }
}
