//! The journals of all annotators as a log for people.
//!
//! Journals are read in parallel and sorted by id, which is by time. A line that can’t be read is reported and passed
//! over: a log with a gap is better than none.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Pages;
use crate::{
    diagnostic::Diagnostic,
    jobs::Progress,
    model::{
        AnnotationId, LabelId,
        edit::{Entry, Kind, Log},
    },
    store::{
        Folder,
        file::{
            journal::{ChangeRow, EntryRow, MarkChange, Side},
            layer::RejectionRow,
        },
    },
};

/// What the entries before tell of a mark: its label and its words. An entry that changes a note says neither.
type Known = FxHashMap<AnnotationId, (LabelId, String)>;

impl Folder {
    /// Every step of everybody that the journals tell of, and what of them can’t be read. A step of the progress is a
    /// journal.
    ///
    /// # Errors
    /// The journals can’t be listed, or it was cancelled.
    pub fn log(&self, progress: &Progress) -> Result<(Log, Vec<Diagnostic>), Vec<Diagnostic>> {
        let journals = self.journals().map_err(|why| vec![why])?;
        progress.expect(journals.len());
        let read = journals.par_iter().map(|by| {
            let read = self.journal(by.as_ref());
            progress.step().map(|()| read)
        });
        let read: Vec<(Pages, Vec<Diagnostic>)> = read.collect::<Result<_, _>>().map_err(|why| vec![why])?;
        let all: Vec<(Vec<EntryRow<'_>>, Vec<Diagnostic>)> =
            read.par_iter().map(|(pages, _)| pages.entries()).collect();
        let (mut entries, mut found) = (Vec::new(), Vec::new());
        for (own, unread) in all {
            found.extend(unread);
            entries.extend(own);
        }
        found.extend(read.iter().flat_map(|(_, unread)| unread.iter().cloned()));
        entries.sort_by_key(|entry| entry.id);
        let mut known = Known::default();
        let log = Log::of(entries.iter().map(|row| {
            let kind: Kind = row.kind.into();
            (kind, entry(row, &mut known))
        }));
        Ok((log, found))
    }
}

/// A line as an entry for people.
fn entry(row: &EntryRow<'_>, known: &mut Known) -> Entry {
    let mut entry = Entry::new(row.id, row.at.unix_ms(), row.by.clone(), row.label());
    for change in &row.changes {
        match change {
            ChangeRow::Marks { article, changes, .. } => {
                entry.articles.insert(article.clone());
                changes.iter().for_each(|change| add_marks(&mut entry, change, known));
            }
            ChangeRow::Relations { article, changes, .. } => {
                entry.articles.extend(article.clone());
                for change in changes {
                    entry.add_presence(change.was.as_ref(), change.is.as_ref());
                    let rows = change.was.iter().chain(&change.is);
                    entry.articles.extend(rows.flat_map(|row| row.articles().cloned()));
                }
            }
            ChangeRow::Rejections { changes, .. } => {
                for change in changes {
                    entry.add_presence(change.was.as_ref(), change.is.as_ref());
                    let rows = change.was.iter().chain(&change.is);
                    entry.articles.extend(rows.flat_map(RejectionRow::articles).cloned());
                }
            }
            ChangeRow::Answers { article, .. } => _ = entry.articles.insert(article.clone()),
            ChangeRow::Article { id, was, is, .. } => {
                entry.add_presence(was.as_ref(), is.as_ref());
                entry.articles.insert(id.clone());
            }
            ChangeRow::Text { id, .. } => _ = entry.articles.insert(id.clone()),
            ChangeRow::Story { was, is, .. } => entry.add_presence(was.as_ref(), is.as_ref()),
            ChangeRow::Codebook(change) => {
                entry.labels.extend(change.labels().filter_map(|id| LabelId::new(id).ok()));
                entry.takes |= change.lacks(Side::Is);
                entry.brings |= change.lacks(Side::Was);
            }
            ChangeRow::Annotator { .. } | ChangeRow::Name { .. } => {}
        }
    }
    entry
}

/// Takes up what a line says of marks, and what is known of them from before.
fn add_marks(entry: &mut Entry, change: &MarkChange<'_>, known: &mut Known) {
    match change {
        MarkChange::Added(_) => entry.brings = true,
        MarkChange::Removed(_) => entry.takes = true,
        MarkChange::Changed(_) => {}
    }
    entry.labels.extend(change.label_before().cloned());
    let (label, words) = change.said();
    for id in change.ids() {
        let before = known.get(id);
        let label = label.or(before.map(|(label, _)| label)).cloned();
        let words = words.clone().or_else(|| before.map(|(_, words)| words.clone())).unwrap_or_default();
        match label {
            Some(label) => {
                entry.add_mark(&label, &words);
                known.insert(*id, (label, words));
            }
            None => entry.marks += 1,
        }
    }
}
