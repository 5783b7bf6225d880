//! What can be undone and redone: a line of transactions with a place in it.

use std::sync::Arc;

use super::Transaction;

/// Transactions done, and those undone that can be redone. It applies nothing itself.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Arc<Transaction>>,
    undone: Vec<Arc<Transaction>>,
}

impl History {
    /// What was done before and can be taken back, oldest first, and what was taken back and can be done again, the
    /// next one last.
    pub fn restored(done: Vec<Arc<Transaction>>, undone: Vec<Arc<Transaction>>) -> Self {
        Self { done, undone }
    }

    /// What was taken back and can be done again, the next one last.
    pub fn undone(&self) -> &[Arc<Transaction>] {
        &self.undone
    }

    /// Remembers a transaction that was applied; what had been undone can no longer be redone.
    pub fn push(&mut self, transaction: Arc<Transaction>) {
        self.undone.clear();
        self.done.push(transaction);
    }

    /// What undo would take back.
    pub fn to_undo(&self) -> Option<&Arc<Transaction>> {
        self.done.last()
    }

    /// What redo would bring back.
    pub fn to_redo(&self) -> Option<&Arc<Transaction>> {
        self.undone.last()
    }

    /// Moves back by one; the caller has applied the inverse.
    pub fn step_back(&mut self) {
        self.undone.extend(self.done.pop());
    }

    /// Moves forward by one; the caller has applied it again.
    pub fn step_forward(&mut self) {
        self.done.extend(self.undone.pop());
    }

    /// Everything done so far, oldest first.
    pub fn done(&self) -> &[Arc<Transaction>] {
        &self.done
    }
}
