//! What other programs have changed in the folder is looked at by a job, and brought in between two commands.
//!
//! It is brought in when all that was done here is saved, because saving merges it with what is on the disk: then what
//! is on the disk is the whole. As long as something is done meanwhile, it is looked at once more.

use std::{collections::BTreeMap, sync::Arc};

use super::{Runner, looking::Notice};
use crate::{
    command::Show,
    diagnostic::Diagnostic,
    jobs::{Job, Outcome},
    model::{AnnotatorId, Project},
    phrase,
    store::{FileKey, Outside},
};

impl Runner {
    /// Has the folder looked at; what other programs have changed is then [brought in](Runner::bring_in).
    pub fn look_outside(&mut self) {
        self.looking.want();
        self.look();
    }

    /// For whoever watches the folder.
    pub fn notice(&self) -> Notice {
        Notice { folder: Arc::clone(&self.folder), wanted: Arc::clone(&self.looking.wanted) }
    }

    /// Takes what a look has found, and begins the next where one is wanted and everything is saved.
    pub(super) fn look(&mut self) {
        if let Some(job) = &self.looking.job {
            let Some(outcome) = job.take() else { return };
            self.looking.job = None;
            self.take_look(outcome);
        }
        if !self.saver.have_files_followed() || !self.looking.take_wanted() {
            return;
        }
        self.looking.sent = self.saver.sent();
        let (folder, project) = (Arc::clone(&self.folder), self.session.project().clone());
        let work = move |progress: &_| folder.look_outside(&project, progress).map_err(|why| vec![why]);
        self.looking.job = Some(Job::start("Reading what has changed", self.looking.wake(), work));
    }

    /// Brings in what a look has found, where nothing was done meanwhile; looks again where something was.
    fn take_look(&mut self, outcome: Outcome<Outside>) {
        let mut outside = match outcome {
            Ok(outside) => outside,
            Err(why) => return self.tell(why),
        };
        let found = std::mem::take(&mut outside.found);
        if outside.changed.is_empty() {
            return self.tell(found);
        }
        let articles = outside.articles();
        let is_settled = self.saver.sent() == self.looking.sent && self.saver.have_files_followed();
        if !is_settled || self.reader.awaited(&articles) > 0 {
            return self.looking.want();
        }
        self.tell(found);
        let before = self.session.project().clone();
        let at_work = self.session.annotator().cloned();
        self.folder.accept(&outside);
        self.session.load(|project| outside.bring_into(project, at_work.as_ref()));
        self.found.extend(told(&outside, &before, self.session.project(), at_work.as_ref()));
        let project = self.session.project();
        articles.iter().for_each(|article| self.memory.note(project, article));
        // What was read while the folder was looked at is read once more.
        let again = articles
            .into_iter()
            .filter(|id| before.is_read(id) && project.article(id).is_some() && !project.is_read(id));
        self.reader.read_first(project, again.collect::<Vec<_>>());
        self.to_show.push(Show::WasChangedOutside);
    }
}

/// What has changed, in words.
fn told(outside: &Outside, before: &Project, after: &Project, at_work: Option<&AnnotatorId>) -> Vec<Diagnostic> {
    let mut marked: BTreeMap<&AnnotatorId, usize> = BTreeMap::new();
    let (mut added, mut removed, mut changed) = (0, 0, 0);
    let mut told = Vec::new();
    for key in &outside.changed {
        match key {
            FileKey::Article(id) => match (before.article(id), after.article(id)) {
                (None, _) => added += 1,
                (_, None) => removed += 1,
                _ => changed += 1,
            },
            FileKey::Layer(article, by) if before.article(article).is_some() && after.article(article).is_some() => {
                *marked.entry(by).or_default() += 1;
            }
            FileKey::Codebook if before.codebook() != after.codebook() => {
                told.push("The codebook was changed by another program, and read again".into());
            }
            _ => {}
        }
    }
    for (by, n) in marked {
        told.push(if at_work == Some(by) {
            phrase!("Your marks in {n} article were changed by another program, and read again|Your marks in {n} articles were changed by another program, and read again", n)
        } else {
            let name = after.annotator(by).map_or_else(|| by.to_string(), |annotator| annotator.name.clone());
            phrase!("{name}’s marks in {n} article were read again|{name}’s marks in {n} articles were read again", name, n)
        });
    }
    if added > 0 {
        told.push(phrase!(
            "{n} article was added by another program|{n} articles were added by another program",
            n = added
        ));
    }
    if removed > 0 {
        told.push(phrase!(
            "{n} article was removed by another program|{n} articles were removed by another program",
            n = removed
        ));
    }
    if changed > 0 {
        told.push(phrase!("{n} article was changed by another program, and read again|{n} articles were changed by another program, and read again", n = changed));
    }
    told.into_iter().map(|message| Diagnostic::note("changed-outside", message)).collect()
}
