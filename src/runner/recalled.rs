//! What was read of the history, to be brought in between two commands.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    diagnostic::Diagnostic,
    model::{
        AnnotatorId, TransactionId,
        edit::{Log, Past},
    },
    store::Recorded,
};

/// Steps that were read and not been used yet.
pub(super) type Steps = BTreeMap<TransactionId, Arc<Recorded>>;

/// What was read.
#[derive(Debug)]
pub(super) enum Brought {
    Past(Option<AnnotatorId>, Past),
    Steps(Vec<Arc<Recorded>>),
    Log(Log, Vec<Diagnostic>),
}
