//! Recovery: what the journals tell and the files lack is carried out, when a project is opened.
//!
//! Entries are on the disk before the files that they change, so after a crash, a power cut or a full disk the files
//! may be behind. The end of each journal is held against them, row by row. A row that is as the last entry left it is
//! done; one that an earlier entry left so, or that is as it was before, is brought on. A row that no entry left so
//! was changed by another program: it is reported and never overwritten. An entry that is there is carried out in all
//! of its files, so a change of forty layers is whole; one that is torn was carried out in none.
//!
//! The journal of an annotator for whom another Pressmark is at work is left to that one.

mod chain;
mod files;
mod found_in_layers;
mod plan;

use std::collections::BTreeSet;

use super::{
    Folder,
    file::journal::EntryRow,
    journal::{Pages, Step, steps},
};
use crate::{diagnostic::Diagnostic, model::AnnotatorId};
use files::Files;
use plan::Plan;

/// Whether anything is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// What is lacking is carried out.
    CarryOut,
    /// What is lacking is only told.
    Look,
}

impl Folder {
    /// Carries out what the journals tell and the files lack; gives what was done, and what could not be.
    ///
    /// It costs what was written since the files were last known to be complete.
    pub(super) fn recover(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let waiting = self.waiting(&mut found);
        if waiting.is_empty() {
            return found;
        }
        let locked = self.lock_project();
        let Ok(_lock) = &locked else {
            // Where nothing can be written, what is lacking is at least told.
            found.extend(self.hold_against_files(&waiting, Mode::Look).found);
            return found;
        };
        let (locks, free): (Vec<_>, Vec<Pages>) = waiting
            .into_iter()
            .filter_map(|pages| match &pages.by {
                Some(by) => self.lock_for_a_moment(by).map(|lock| (Some(lock), pages)),
                None => Some((None, pages)),
            })
            .unzip();
        // What was appended while the locks were waited for belongs to it.
        let free: Vec<Pages> =
            free.into_iter().filter_map(|pages| self.end_of_journal(pages.by.as_ref()).ok()).collect();
        for pages in free.iter().filter(|pages| pages.is_torn()) {
            self.mend(pages, &mut found);
        }
        let held = self.hold_against_files(&free, Mode::CarryOut);
        let changed_files = !held.found.is_empty();
        found.extend(held.found);
        if held.is_complete && changed_files {
            for pages in free.iter().filter(|pages| !pages.is_empty()) {
                // Without this line the same is only held against the files again.
                found.extend(self.append_saved(pages.by.as_ref()).err());
            }
        }
        self.state().is_behind = !held.is_complete;
        drop(locks);
        found
    }

    /// What [`Folder::recover`] would have to do, in words; nothing is written.
    pub(super) fn not_in_files(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let waiting = self.waiting(&mut found);
        let is_at_work = |by: &AnnotatorId| self.is_locked(by);
        let free: Vec<Pages> = waiting.into_iter().filter(|pages| !pages.by.as_ref().is_some_and(is_at_work)).collect();
        for pages in free.iter().filter(|pages| pages.is_torn()) {
            found.push(
                Diagnostic::warning("torn-line", "The last line of the history was not written to its end")
                    .at_path(self.root().join(pages.folder()).display())
                    .hint("Open the project, and it is put aside"),
            );
        }
        found.extend(self.hold_against_files(&free, Mode::Look).found);
        found
    }

    /// The ends of the journals in which something may be that the files lack.
    fn waiting(&self, found: &mut Vec<Diagnostic>) -> Vec<Pages> {
        let mut waiting = Vec::new();
        let journals = self.journals().unwrap_or_else(|why| {
            found.push(why);
            Vec::new()
        });
        for by in journals {
            match self.end_of_journal(by.as_ref()) {
                Ok(pages) if pages.is_empty() && !pages.is_torn() => {}
                Ok(pages) => waiting.push(pages),
                Err(why) => found.push(why),
            }
        }
        waiting
    }

    fn mend(&self, pages: &Pages, found: &mut Vec<Diagnostic>) {
        match self.mend_journal(pages.by.as_ref()) {
            Ok(None) => {}
            Ok(Some(path)) => {
                found.push(
                    Diagnostic::warning(
                        "torn-line",
                        "The last line of the history was not written to its end, so it was put aside",
                    )
                    .at_path(path.display())
                    .hint("Nothing that was saved is lost with it"),
                );
                if let Some(by) = &pages.by {
                    found.extend(self.note_what_layers_hold(by).err());
                }
            }
            Err(why) => found.push(why),
        }
    }

    /// Lines that can't be read are passed over here; a check tells of them.
    fn hold_against_files(&self, ends: &[Pages], mode: Mode) -> Held {
        let older = self.older_journals(ends);
        let mut entries: Vec<(bool, EntryRow<'_>)> = Vec::new();
        for (pages, older) in ends.iter().zip(&older) {
            let ids: BTreeSet<_> = pages.entries().0.iter().map(|entry| entry.id).collect();
            let all = older.as_ref().unwrap_or(pages).entries().0;
            entries.extend(all.into_iter().map(|entry| (ids.contains(&entry.id), entry)));
        }
        entries.sort_by_key(|(_, entry)| entry.id);
        let wanted: BTreeSet<_> = entries.iter().filter(|(is_wanted, _)| *is_wanted).map(|(_, e)| e.id).collect();
        let entries: Vec<EntryRow<'_>> = entries.into_iter().map(|(_, entry)| entry).collect();
        let all = steps(&entries).0;
        let steps: Vec<Step<'_, '_>> = all.into_iter().filter(|step| wanted.contains(&step.entry.id)).collect();
        let mut files = Files::new(self, mode);
        files.bring(&Plan::of(&steps));
        files.into_held()
    }

    /// Whole journals, where an end takes back or repeats what came before it.
    fn older_journals(&self, ends: &[Pages]) -> Vec<Option<Pages>> {
        let older = |pages: &Pages| {
            let entries = pages.entries().0;
            let has_lone = !steps(&entries).1.is_empty();
            has_lone.then(|| self.journal(pages.by.as_ref()).0)
        };
        ends.iter().map(older).collect()
    }
}

/// What came of holding journals against files.
#[derive(Debug)]
struct Held {
    found: Vec<Diagnostic>,
    /// Whether everything is now as the journals say, but for what other programs have changed.
    is_complete: bool,
}
