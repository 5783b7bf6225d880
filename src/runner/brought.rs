//! What was read of the history for a command, or taken of locks.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    diagnostic::Diagnostic,
    model::{
        AnnotatorId, TransactionId,
        edit::{Log, Past},
    },
    store::Recorded,
};

/// Steps that were read and have not been used yet.
pub type Steps = BTreeMap<TransactionId, Arc<Recorded>>;

/// What a job has read.
#[derive(Debug)]
pub enum Brought {
    /// What an annotator, or nobody by name, had done before the session.
    Past(Option<AnnotatorId>, Past),
    /// Steps as the journals tell them, with their texts.
    Steps(Vec<Arc<Recorded>>),
    /// What everybody has done, and what of it can't be read.
    Log(Log, Vec<Diagnostic>),
    /// The lock of whoever is to mark from now on, or why it can’t be had.
    Lock(AnnotatorId, Result<(), Diagnostic>),
}
