//! Whole journals held against the files, for a check. Opening looks only at ends of journals; this looks at
//! everything, and changes nothing.

use std::collections::BTreeSet;

use super::{
    files::Files,
    plan::Plan,
    standing::{Mode, Standing},
};
use crate::{
    diagnostic::Diagnostic,
    model::{AnnotationId, AnnotatorId, Conflict, TransactionId},
    phrase,
    store::{
        FileKey, Folder,
        file::{
            journal::EntryRow,
            layer::{AnnotationRow, LayerFile, LayerRows},
        },
        journal::{Pages, steps},
        listing::Listing,
    },
};

impl Folder {
    /// What the journals, read together, and the files say differently; and what of the journals can't be read.
    ///
    /// Files that another Pressmark is about to bring on are passed over. While one is at work, a file may have got what
    /// its journal did not have yet when that was read; so then only what is found twice counts.
    pub(in crate::store) fn compare_with_journals(&self) -> Vec<Diagnostic> {
        let journals = match self.journals() {
            Ok(journals) => journals,
            Err(why) => return vec![why],
        };
        let mut found = self.compare_with(&journals);
        if !found.is_empty() && journals.iter().flatten().any(|by| self.is_locked(by)) {
            let again = self.compare_with(&journals);
            found.retain(|told| again.contains(told));
        }
        found
    }

    fn compare_with(&self, journals: &[Option<AnnotatorId>]) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let pages: Vec<Pages> = journals
            .iter()
            .map(|by| {
                let (pages, unread) = self.journal(by.as_ref());
                found.extend(unread);
                pages
            })
            .collect();
        let mut entries: Vec<EntryRow<'_>> = Vec::new();
        for pages in &pages {
            let (own, unread) = pages.entries();
            entries.extend(own);
            found.extend(unread);
        }
        entries.sort_by_key(|entry| entry.id);
        let (steps, lone) = steps(&entries);
        found.extend(lone.iter().map(|entry| {
            Diagnostic::warning(
                "unknown-entry",
                phrase!("What “{what}” takes back or repeats is gone", what = entry.label()),
            )
            .at_path(self.root().join(crate::store::key::HISTORY).display())
            .hint("Restore the files of the history from a copy")
        }));
        let plan = Plan::of(&steps, |_| Standing::Waiting).without(&self.being_written(journals));
        let mut files = Files::new(self, Mode::Compare);
        files.bring(&plan);
        found.extend(files.into_held().found);
        found.extend(self.marks_not_written_down(&plan, &entries));
        found
    }

    /// The files that programs at work are behind with.
    fn being_written(&self, journals: &[Option<AnnotatorId>]) -> BTreeSet<FileKey> {
        let mut keys = BTreeSet::new();
        for by in journals.iter().filter(|by| by.as_ref().is_some_and(|by| self.is_locked(by))) {
            let Ok(end) = self.end_of_journal(by.as_ref()) else { continue };
            let entries = end.entries().0;
            for step in steps(&entries).0 {
                keys.extend(step.changes.iter().map(crate::store::file::journal::ChangeRow::file));
            }
        }
        keys
    }

    /// Marks that no entry tells of, though they are younger than their annotator’s first entry of the new kind.
    fn marks_not_written_down(&self, plan: &Plan<'_, '_>, entries: &[EntryRow<'_>]) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (key, _) in Listing::of(self, &mut Vec::new()).files {
            let FileKey::Layer(article, annotator) = &key else { continue };
            let Some(first) = first_of(entries, annotator) else { continue };
            let Ok((text, _)) = self.read_newest(&key) else { continue };
            let Ok(Ok(rows)) = self.parse::<LayerFile<'_>>(&key, &text).map(LayerRows::of) else { continue };
            let known = plan.layers.get(&(article.clone(), annotator.clone()));
            let is_known = |id: &AnnotationId| known.is_some_and(|layer| layer.marks.contains_key(id));
            // What is to be decided on is told otherwise.
            let is_told = |row: &AnnotationRow<'_>| Conflict::is_in(&row.note);
            let later = rows.annotations.range(AnnotationId(first.0)..);
            let count = later.filter(|(id, row)| !is_known(id) && !is_told(row)).count();
            if count > 0 {
                let told = phrase!(
                    "{count} mark is in the file and not in the history|\
                     {count} marks are in the file and not in the history",
                    count
                );
                found.push(
                    Diagnostic::warning("not-as-in-history", told)
                        .at_path(self.path(&key).display())
                        .hint("Another program has put them there; nothing needs to be done"),
                );
            }
        }
        found
    }
}

/// The annotator’s first entry that was written before its files.
fn first_of(entries: &[EntryRow<'_>], annotator: &AnnotatorId) -> Option<TransactionId> {
    let own = entries.iter().filter(|entry| !entry.is_old() && entry.by.as_ref() == Some(annotator));
    own.map(|entry| entry.id).min()
}
