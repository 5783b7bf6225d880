//! A session that is worked on in memory alone, as tests and benchmarks do: nothing is read and nothing is saved.

use super::{Run, Session};
use crate::{
    command::{Command, Effect, Show},
    diagnostic::Diagnostic,
    model::{
        ArticleId, Mint, Project,
        edit::{Entry, Log},
    },
};

/// Runs commands without a disk. What is not in the session can’t be read.
pub struct InMemory {
    /// What is worked on.
    session: Session,
    /// Where ids and times come from.
    mint: Box<dyn Mint>,
    /// The articles that were to be read, each as often as it was asked for.
    pub asked: Vec<ArticleId>,
}

impl InMemory {
    /// Works on this session; its log is what it has done.
    pub fn new(mut session: Session, mint: impl Mint + 'static) -> Self {
        // There is no journal: what the session has done is all there is.
        let project = session.project();
        let log = Log::of(session.history().done().iter().map(|done| (done.kind, Entry::of(done, project))));
        session.set_log(Some(log));
        Self { session, mint: Box::new(mint), asked: Vec::new() }
    }

    /// Runs a command several times, as effects that undo several steps ask for.
    fn repeat(&mut self, command: &Command, count: usize) -> Result<Vec<Show>, Diagnostic> {
        let mut shown = Vec::new();
        for _ in 0..count {
            shown.extend(self.run(command)?);
        }
        Ok(shown)
    }

    /// Brings something in as if it had been read; see [`Session::load`].
    pub fn load<T>(&mut self, with: impl FnOnce(&mut Project) -> T) -> T {
        self.session.load(with)
    }
}

impl Run for InMemory {
    fn session(&self) -> &Session {
        &self.session
    }

    fn run(&mut self, command: &Command) -> Result<Vec<Show>, Diagnostic> {
        let planned = self.session.plan(command, self.mint.as_mut())?;
        if planned.plan().effects.iter().any(|effect| matches!(effect, Effect::ReadFirst(_) | Effect::Recall(_))) {
            return Err(Diagnostic::error("not-read", "This needs an article that has not been read")
                .hint("Open the project from its folder"));
        }
        let mut shown = Vec::new();
        for effect in self.session.carry_out(planned, self.mint.as_mut())? {
            match effect {
                Effect::Read(articles) | Effect::ReadAhead(articles) => self.asked.extend(articles),
                Effect::Save(transaction, _) => shown.push(Show::Changed(transaction)),
                Effect::Show(show) => shown.push(show),
                Effect::Undo(count) => shown.extend(self.repeat(&Command::Undo, count)?),
                Effect::Redo(count) => shown.extend(self.repeat(&Command::Redo, count)?),
                Effect::ReadFirst(_) | Effect::Recall(_) | Effect::ReadLog => {}
            }
        }
        Ok(shown)
    }
}
