//! Commands that wait for articles to be read, and what they were meant for.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use crate::{
    command::Command,
    model::{AnnotatorId, ArticleId, TransactionId},
    session::Session,
};

/// Articles that are being read for somebody who looks at them or wants to change something in them.
#[derive(Debug)]
pub struct Waiting {
    /// By which it is [cancelled](super::Runner::cancel).
    pub number: u64,
    pub(super) since: Instant,
    pub(super) articles: BTreeSet<ArticleId>,
    /// With all that has been read for the command before.
    pub(super) read: BTreeSet<ArticleId>,
    pub(super) then: Option<(Command, Meant)>,
}

impl Waiting {
    pub fn age(&self) -> Duration {
        self.since.elapsed()
    }
}

/// What a command was meant for that is run later: if this is not so any more, it is not run.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Meant {
    annotator: Option<AnnotatorId>,
    /// What undo or redo would have taken; other commands say themselves what they are about.
    step: Option<TransactionId>,
}

impl Meant {
    pub fn now(session: &Session, command: &Command) -> Self {
        let history = session.history();
        let step = match command {
            Command::Undo => history.to_undo(),
            Command::Redo => history.to_redo(),
            _ => None,
        };
        Self { annotator: session.annotator().cloned(), step: step.map(|transaction| transaction.id) }
    }
}
