//! Commands that wait for articles or the history to be read, and what they were meant for.
//!
//! A command is run only if the scene is still what it was meant for: who marks, what is open and selected, what undo
//! would take. Otherwise it is refused and told, never run on something else.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use super::brought::Brought;
use crate::{
    command::Command,
    jobs::{Job, Outcome},
    model::{AnnotatorId, ArticleId, TransactionId},
    session::Session,
};

/// Articles, or the history, that are being read for somebody who looks at them or wants to change something in them.
#[derive(Debug)]
pub struct Waiting {
    /// By which it is [cancelled](super::Runner::cancel).
    pub number: u64,
    /// When it began to wait: progress is shown only for what takes long.
    pub(super) since: Instant,
    /// Reads the history, where that is waited for.
    pub(super) job: Option<Job<Brought>>,
    /// The history that was read.
    pub(super) brought: Option<Outcome<Brought>>,
    /// What it waits for.
    pub(super) articles: BTreeSet<ArticleId>,
    /// With all that has been read for the command before.
    pub(super) read: BTreeSet<ArticleId>,
    /// The command to run; `None` where reading was all.
    pub(super) then: Option<(Command, Meant)>,
}

impl Waiting {
    /// How long it has waited.
    pub fn age(&self) -> Duration {
        self.since.elapsed()
    }

    /// What is being done, such as “Reading articles”: an English text, which the window shows in its language.
    pub fn name(&self) -> &'static str {
        self.job.as_ref().map_or("Reading articles", Job::name)
    }

    /// Whether the history is there that is waited for, or none is waited for.
    pub(super) fn has_history(&mut self) -> bool {
        if let Some(outcome) = self.job.as_ref().and_then(Job::take) {
            (self.job, self.brought) = (None, Some(outcome));
        }
        self.job.is_none()
    }
}

/// What a command was meant for that is run later: if this is not so any more, it is not run.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Meant {
    /// Who marked when it was asked for.
    annotator: Option<AnnotatorId>,
    /// What undo or redo would have taken; other commands say themselves what they are about.
    step: Option<TransactionId>,
}

impl Meant {
    /// What a command means if it is run now.
    pub fn now(session: &Session, command: &Command) -> Self {
        let history = session.history();
        let step = match command {
            Command::Undo => history.next_to_undo().id(),
            Command::Redo => history.next_to_redo().id(),
            _ => None,
        };
        Self { annotator: session.annotator().cloned(), step }
    }
}
