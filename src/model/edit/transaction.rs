//! A transaction: changes that happen together, what they are called, and where one was looking.
//!
//! It is what undo takes back, what the journal has a line for, and what `apply` carries out as a whole.

use super::{
    super::{AnnotationId, AnnotatorId, ArticleId, TransactionId},
    Change,
};
use crate::text::Phrase;

/// Where one was looking in a pane; undo and redo go back there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Focus {
    /// The open article.
    pub article: Option<ArticleId>,
    /// Where the selection began and where its caret is, in bytes of the open article’s text; equal for a mere caret.
    pub selection: Option<(usize, usize)>,
    /// The picked mark.
    pub picked: Option<AnnotationId>,
}

/// Whether a transaction is new work, or takes back or repeats what was done before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// New work.
    #[default]
    Do,
    /// Takes back the named transaction: its changes are the inverse of that one’s.
    Undo(TransactionId),
    /// Does the named transaction again: it has the same changes.
    Redo(TransactionId),
}

/// Changes that apply together or not at all. Never changed once it is applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// Sorts by time, across annotators and machines.
    pub id: TransactionId,
    pub kind: Kind,
    /// When it was made, in milliseconds since 1970 (UTC).
    pub at_unix_ms: i64,
    /// Who did it; `None` where nobody had said who marks.
    pub by: Option<AnnotatorId>,
    /// What undo calls it, such as “Mark as Claim”.
    pub label: Phrase,
    /// In the order in which they are applied.
    pub changes: Vec<Change>,
    /// Where to look after undoing it.
    pub focus_before: Focus,
    /// Where to look after doing it again.
    pub focus_after: Focus,
}

impl Transaction {
    /// The changes that take this transaction back, in the order to apply them.
    pub fn inverse(&self) -> Vec<Change> {
        self.changes.iter().rev().cloned().map(Change::inverse).collect()
    }
}
