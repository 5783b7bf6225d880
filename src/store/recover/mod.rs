//! Recovery: what the journals tell and the files lack is carried out, when a project is opened.
//!
//! Entries are on the disk before the files that they change, so after a crash, a power cut or a full disk the files
//! may be behind. The end of each journal is held against them, row by row. A row that is as the last entry left it is
//! done; one that an earlier entry left so, or that is as it was before, is brought on. A row that no entry left so
//! was changed by another program: it is reported and never overwritten. An entry that is there is carried out in all
//! of its files, so a change of forty layers is whole; one that is torn was carried out in none.
//!
//! What others did since the oldest entry that waits is looked at too, so that nothing comes back that somebody has
//! taken away meanwhile. The entries of an annotator for whom another Pressmark is at work are left to that one.

mod chain;
mod compare;
mod files;
mod found_in_layers;
mod plan;
mod standing;
mod texts;

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::{
    Folder,
    file::journal::EntryRow,
    journal::{JournalStep, Pages, steps},
};
use crate::{
    diagnostic::Diagnostic,
    model::{AnnotatorId, TransactionId},
};
use files::Files;
use plan::Plan;
use standing::{Held, Mode, Standing};

impl Folder {
    /// Carries out what the journals tell and the files lack; gives what was done, and what could not be. Costs what
    /// was written since the files were last known to be complete.
    pub(super) fn recover(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        if self.ends(&mut found).iter().all(|end| !end.waits()) {
            return found;
        }
        let locked = self.lock_project();
        let mut ends = self.ends(&mut found);
        let Ok(_lock) = &locked else {
            // Where nothing can be written, what is lacking is at least told.
            found.extend(self.hold_against_files(&ends, Mode::Look).found);
            return found;
        };
        let mut locks = Vec::new();
        for end in ends.iter_mut().filter(|end| end.waits()) {
            if let Some(by) = end.by.clone() {
                let lock = self.lock_for_a_moment(&by);
                end.is_at_work = lock.is_none();
                locks.extend(lock);
            }
            if !end.is_at_work {
                self.mend(end, &mut found);
            }
        }
        let held = self.hold_against_files(&ends, Mode::CarryOut);
        found.extend(held.found);
        if held.is_complete {
            for end in ends.iter().filter(|end| !end.is_at_work && !end.pages.is_empty()) {
                // Without this line the same is only held against the files again.
                found.extend(self.append_saved(end.by.as_ref()).err());
            }
        }
        self.state().is_behind = !held.is_complete;
        drop(locks);
        found
    }

    /// What [`Folder::recover`] would do, in words; nothing is written.
    pub(super) fn not_in_files(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut ends = self.ends(&mut found);
        for end in &mut ends {
            end.is_at_work = end.by.as_ref().is_some_and(|by| self.is_locked(by));
        }
        for end in ends.iter().filter(|end| end.pages.is_torn() && !end.is_at_work) {
            found.push(
                Diagnostic::warning("torn-line", "The last line of the history was not written to its end")
                    .at_path(self.root().join(end.pages.folder()).display())
                    .hint("Open the project, and it is put aside"),
            );
        }
        found.extend(self.hold_against_files(&ends, Mode::Look).found);
        found
    }

    /// The end of every journal.
    fn ends(&self, found: &mut Vec<Diagnostic>) -> Vec<End> {
        let journals = self.journals().unwrap_or_else(|why| {
            found.push(why);
            Vec::new()
        });
        let mut ends = Vec::new();
        for by in journals {
            match self.end_of_journal(by.as_ref()) {
                Ok(pages) => ends.push(End { by, pages, is_at_work: false }),
                Err(why) => found.push(why),
            }
        }
        ends
    }

    /// Puts a torn last line aside, and tells of it.
    fn mend(&self, end: &mut End, found: &mut Vec<Diagnostic>) {
        if !end.pages.is_torn() {
            return;
        }
        let mended = self.mend_journal(end.by.as_ref()).and_then(|torn| {
            let Some(path) = torn else { return Ok(()) };
            found.push(
                Diagnostic::warning(
                    "torn-line",
                    "The last line of the history was not written to its end, so it was put aside",
                )
                .at_path(path.display())
                .hint("Nothing that was saved is lost with it"),
            );
            end.by.as_ref().map_or(Ok(()), |by| self.note_what_layers_hold(by))
        });
        match mended.and_then(|()| self.end_of_journal(end.by.as_ref())) {
            Ok(pages) => end.pages = pages,
            Err(why) => found.push(why),
        }
    }

    /// Holds ends of journals against the files. Lines that can’t be read are passed over; a check tells of them.
    fn hold_against_files(&self, ends: &[End], mode: Mode) -> Held {
        let texts = self.texts_of_ends(ends);
        let mut entries: Vec<(EntryRow<'_>, Standing)> = Vec::new();
        for (end, pages) in ends.iter().zip(&texts) {
            let own = end.pages.entries().0;
            let waiting: BTreeSet<TransactionId> = own.iter().map(|entry| entry.id).collect();
            let standing = |entry: &EntryRow<'_>| match waiting.contains(&entry.id) {
                true if end.is_at_work => Standing::OfOthers,
                true => Standing::Waiting,
                false => Standing::Saved,
            };
            let all = pages.as_ref().unwrap_or(&end.pages).entries().0;
            entries.extend(all.into_iter().map(|entry| (standing(&entry), entry)).map(|(s, e)| (e, s)));
        }
        entries.sort_by_key(|(entry, _)| entry.id);
        let standings: Vec<Standing> = entries.iter().map(|(_, standing)| *standing).collect();
        let since = entries.iter().find(|(_, standing)| *standing != Standing::Saved).map(|(entry, _)| entry.id);
        let entries: Vec<EntryRow<'_>> = entries.into_iter().map(|(entry, _)| entry).collect();
        let mut files = Files::new(self, mode);
        if let Some(since) = since {
            let standing_of: FxHashMap<TransactionId, Standing> =
                entries.iter().zip(standings).map(|(entry, standing)| (entry.id, standing)).collect();
            let steps: Vec<JournalStep<'_, '_>> =
                steps(&entries).0.into_iter().filter(|step| step.entry.id >= since).collect();
            files.bring(&Plan::of(&steps, |id| standing_of.get(&id).copied().unwrap_or(Standing::Saved)));
        }
        files.into_held()
    }

    /// Whole journals where their ends are not enough: what others did since the oldest entry that waits, and what is
    /// taken back or repeated. `None` where the end is enough.
    fn texts_of_ends(&self, ends: &[End]) -> Vec<Option<Pages>> {
        let oldest = ends.iter().flat_map(|end| end.pages.entries().0.into_iter().map(|entry| entry.id)).min();
        let needs = |end: &End| {
            let entries = end.pages.entries().0;
            !steps(&entries).1.is_empty()
                || end.pages.last_before.zip(oldest).is_some_and(|(last, oldest)| last > oldest)
        };
        ends.iter().map(|end| needs(end).then(|| self.journal(end.by.as_ref()).0)).collect()
    }
}

/// The end of an annotator’s journal.
struct End {
    by: Option<AnnotatorId>,
    pages: Pages,
    /// Whether another program works for the annotator, and will bring the files on itself.
    is_at_work: bool,
}

impl End {
    /// Whether there is anything that the files may lack.
    fn waits(&self) -> bool {
        !self.pages.is_empty() || self.pages.is_torn()
    }
}
