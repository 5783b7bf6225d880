//! Writing transactions down: in the journal first, so that they are safe, and then in the files that they change.
//! A change of what belongs to everybody is written into the shared files under the project’s lock at once; other
//! files follow later (`save`).

use std::collections::BTreeSet;

use super::{
    FileKey, Folder,
    file::journal::{EntryRow, Side},
    folder::Area,
    key::touched,
    save::{Fate, fate},
};
use crate::{
    diagnostic::Diagnostic,
    model::{
        ArticleId, Project,
        edit::{Change, Transaction},
    },
};

impl Folder {
    /// Writes a transaction down in the journal of who made it; returns when it has reached the disk.
    ///
    /// The project is as it was after the transaction. What belongs to all annotators is written too, as far as that
    /// can be done. Gives the files that are to be brought to what the project says, with [`Folder::save_each`]: also
    /// those that are written, because an older snapshot of the project may still be on its way to the same files.
    ///
    /// # Errors
    /// Nothing of it was written: the folder is read-only or gone, another program has changed what the transaction
    /// changes, or it cannot be written.
    pub fn record(&self, project: &Project, transaction: &Transaction) -> Result<BTreeSet<FileKey>, Diagnostic> {
        let keys = touched(&transaction.changes);
        if !keys.iter().any(FileKey::is_shared) {
            self.record_all(&[(project, transaction)])?;
            return Ok(keys);
        }
        self.may_write(transaction.by.as_ref())?;
        self.put_texts_aside(transaction)?;
        let entry = entry(project, transaction)?;
        let lock = self.lock_project()?;
        let here: BTreeSet<FileKey> =
            keys.iter().filter(|key| key.is_shared() && fate(project, key) == Fate::Write).cloned().collect();
        for key in &here {
            self.may_replace(project, key)?;
        }
        let appended = {
            let _writing = self.writing(Area::Journals);
            self.append_entries(transaction.by.as_ref(), &[entry])
        };
        appended?;
        // What fails is tried again, and told, where all of them are saved.
        let _ = self.save_shared(project, &here, &lock);
        Ok(keys)
    }

    /// As [`Folder::record`], for several transactions of one annotator that touch no shared file: all of them are
    /// written or none.
    ///
    /// # Errors
    /// See [`Folder::record`].
    pub fn record_all(&self, transactions: &[(&Project, &Transaction)]) -> Result<(), Diagnostic> {
        let Some((_, first)) = transactions.first() else { return Ok(()) };
        self.may_write(first.by.as_ref())?;
        let entries: Result<Vec<EntryRow<'_>>, Diagnostic> =
            transactions.iter().map(|(project, transaction)| entry(project, transaction)).collect();
        let entries = entries?;
        let _writing = self.writing(Area::Journals);
        self.append_entries(first.by.as_ref(), &entries)
    }
}

/// A transaction as a line of the journal; `project` is as it was right after it.
pub(super) fn entry(project: &Project, transaction: &Transaction) -> Result<EntryRow<'static>, Diagnostic> {
    let changed = |id: &ArticleId, side: Side| {
        transaction.changes.iter().find_map(|change| match change {
            Change::Article { id: of, text, .. } if of == id => text.clone(),
            Change::Text { id: of, before, after, .. } if of == id => {
                Some(if side == Side::Was { &before.text } else { &after.text }.clone())
            }
            _ => None,
        })
    };
    EntryRow::of(transaction, |id, side| changed(id, side).or_else(|| project.text(id).cloned()))
}
