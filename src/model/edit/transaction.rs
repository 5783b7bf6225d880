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

/// Whether a transaction is new work, or goes along work that was done before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Do,
    /// Takes back the transaction named, whose inverse its changes are.
    Undo(TransactionId),
    /// Does again the transaction named, whose changes it has.
    Redo(TransactionId),
}

/// Changes that apply together or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    pub id: TransactionId,
    pub kind: Kind,
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
