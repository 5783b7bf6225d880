//! What is done while the project is being written into another folder, to be taken along there.

use std::sync::{Arc, Weak};

use crate::model::{Project, edit::Transaction};

/// What was done since the project was taken to be written elsewhere, as long as somebody wants to go on there.
#[derive(Debug, Default)]
pub(super) struct Since {
    /// Alive as long as somebody writes the project elsewhere.
    pub wanted: Weak<()>,
    /// Transactions since then, each with the project right after it.
    pub done: Vec<(Project, Arc<Transaction>)>,
}

impl Since {
    /// Remembers a transaction, where somebody wants it.
    pub fn note(&mut self, project: &Project, transaction: &Arc<Transaction>) {
        if self.wanted.strong_count() > 0 {
            self.done.push((project.clone(), Arc::clone(transaction)));
        } else {
            self.done.clear();
        }
    }
}
