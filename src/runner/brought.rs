//! What was read of the history for a command. What a job reads comes back as one of these and is taken up between
//! two frames; nothing of it changes the project by itself.

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
}
