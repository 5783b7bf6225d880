//! Reading the history for the commands that are run: what was done before the session, single steps of it, and what
//! everybody has done. It is a job; what comes of it is brought in as articles are.

use std::{collections::BTreeSet, sync::Arc};

use super::{Runner, brought::Brought};
use crate::{
    command::{Command, Plan, Recall, Show},
    diagnostic::{Diagnostic, Severity},
    jobs::{Job, Outcome, Progress},
    model::{AnnotatorId, ArticleId},
    phrase,
    session::Unable,
    store::{Recorded, Restored, restored, retrace},
};

/// As the job is called.
const NAME: &str = "Reading the history";

impl Runner {
    /// Does what a command needs of the history: reads it, and then the articles that it is about, and then runs the
    /// command; as with articles, that may be later.
    ///
    /// # Errors
    /// It can’t be read, or why the command can’t be run.
    pub(super) fn recall(
        &mut self,
        recall: Recall,
        command: &Command,
        read: &BTreeSet<ArticleId>,
    ) -> Result<(), Diagnostic> {
        let ids = match &recall {
            Recall::Past => {
                let by = self.session.annotator().cloned();
                let folder = Arc::clone(&self.folder);
                let job = self.history_job(move |_| folder.past(by.as_ref()).map(|past| Brought::Past(by, past)));
                return self.wait_for_history(job, Some(command.clone()), read);
            }
            Recall::Steps(ids) => ids.clone(),
            Recall::Restore(id) => vec![*id],
        };
        let steps = ids.iter().map(|id| self.recalled.get(id).cloned()).collect::<Option<Vec<Arc<Recorded>>>>();
        let Some(steps) = steps else {
            let (folder, saver) = (Arc::clone(&self.folder), Arc::clone(&self.saver));
            let job = self.history_job(move |_| {
                // A step of this session may be on its way to the journal; what can’t get there is not found.
                let _ = saver.record();
                folder.recorded(&ids).map(Brought::Steps)
            });
            return self.wait_for_history(job, Some(command.clone()), read);
        };
        let unread = self.unread(steps.iter().flat_map(|step| step.articles()));
        if !unread.is_empty() {
            return self.read(unread, Some(command.clone()), read);
        }
        self.recalled.clear();
        match recall {
            Recall::Restore(_) => self.restore(&steps[0], read),
            Recall::Past | Recall::Steps(_) => self.take_up(&steps, command, read),
        }
    }

    /// Those of these articles that the project has and has not read.
    fn unread(&self, articles: impl Iterator<Item = ArticleId>) -> Vec<ArticleId> {
        let project = self.session.project();
        let all: BTreeSet<ArticleId> =
            articles.filter(|id| project.article(id).is_some() && !project.is_read(id)).collect();
        all.into_iter().collect()
    }

    /// Makes steps of before the session transactions, and runs the command that goes along them.
    fn take_up(
        &mut self,
        steps: &[Arc<Recorded>],
        command: &Command,
        read: &BTreeSet<ArticleId>,
    ) -> Result<(), Diagnostic> {
        // Those of the session are gone along first.
        let history = self.session.history();
        let base = match steps.first() {
            Some(step) if step.is_undone() => self.session.with_undone(history.undone().len()),
            _ => self.session.without(history.done().len()),
        };
        let base = match base {
            Ok(project) => project,
            Err(Unable::Unread(articles)) => {
                self.recalled.extend(steps.iter().map(|step| (step.id, Arc::clone(step))));
                return self.read(articles, Some(command.clone()), read);
            }
            Err(Unable::Refused(why)) => return Err(why),
        };
        let transactions = retrace(&base, steps)?;
        self.session.recall(transactions);
        self.run_after(command, read)
    }

    /// Restores what a step took away, as a transaction of its own; refused for another annotator’s marks.
    fn restore(&mut self, step: &Recorded, read: &BTreeSet<ArticleId>) -> Result<(), Diagnostic> {
        let Restored { label, changes, focus, layers, left } = restored(self.session.project(), step)?;
        let own = self.session.annotator();
        if let Some(other) = layers.iter().find(|annotator| own != Some(annotator)) {
            let name = self.session.project().annotator(other).map_or(other.as_str(), |of| &of.name);
            return Err(Diagnostic::error(
                "not-yours",
                phrase!("These are marks of {name}, who alone can restore them", name),
            )
            .hint("Change the annotator first"));
        }
        let label = phrase!("Restore: {what}", what = label);
        let plan = Plan::change(label.clone(), changes).and_look(focus).and(Show::Say(label));
        self.permit(&plan)?;
        let effects = self.session.carry_out(self.session.planned(plan), &mut self.mint)?;
        self.found.extend(left.into_iter().map(|why| Diagnostic { severity: Severity::Warning, ..why }));
        self.carry_out(effects, None, read)
    }

    /// Begins to read what everybody has done.
    pub(super) fn read_log(&mut self) -> Result<(), Diagnostic> {
        if self.session.is_reading_log() {
            return Ok(());
        }
        self.session.begin_log();
        let (folder, saver) = (Arc::clone(&self.folder), Arc::clone(&self.saver));
        let job = self.history_job(move |progress| {
            // What can’t be written down now is told of by whoever saves.
            let _ = saver.record();
            folder.log(progress).map(|(log, found)| Brought::Log(log, found))
        });
        self.wait_for_history(job, None, &BTreeSet::new())
    }

    /// Takes the lock of whoever is to mark from now on, and then runs the command that says so.
    ///
    /// # Errors
    /// Why the command can’t be run.
    pub(super) fn lock_first(
        &mut self,
        annotator: AnnotatorId,
        command: &Command,
        read: &BTreeSet<ArticleId>,
    ) -> Result<(), Diagnostic> {
        let folder = Arc::clone(&self.folder);
        let job = Job::start("Changing the annotator", self.reader.wake(), move |_| {
            let locked = folder.take_lock(&annotator);
            Ok(Brought::Lock(annotator, locked))
        });
        self.wait_for_history(job, Some(command.clone()), read)
    }

    /// A job that reads the history.
    fn history_job(&self, work: impl FnOnce(&Progress) -> Outcome<Brought> + Send + 'static) -> Job<Brought> {
        Job::start(NAME, self.reader.wake(), work)
    }

    /// Takes up what was read.
    ///
    /// # Errors
    /// Why it could not be read.
    pub(super) fn bring_history(&mut self, outcome: Outcome<Brought>) -> Result<(), Diagnostic> {
        match outcome {
            Ok(Brought::Past(by, past)) => self.session.set_past(by.as_ref(), past),
            Ok(Brought::Lock(annotator, locked)) => self.locked = Some((annotator, locked)),
            Ok(Brought::Steps(steps)) => self.recalled = steps.into_iter().map(|step| (step.id, step)).collect(),
            Ok(Brought::Log(log, found)) => {
                self.session.set_log(Some(log));
                self.tell(found);
            }
            Err(told) => {
                if self.session.is_reading_log() {
                    self.session.set_log(None);
                }
                let mut told = told.into_iter();
                let first = told.next();
                self.found.extend(told);
                return first.map_or(Ok(()), Err);
            }
        }
        Ok(())
    }
}
