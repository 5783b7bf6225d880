//! The whole project in another, new folder, with what could not be saved in its own.
//!
//! What is in memory is written as it is there; what was never read is copied. So it can be done where the own folder
//! can't be written any more and, as far as everything has been read, where it is gone. The own folder stays as it is.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use rayon::prelude::*;

use super::{
    FileKey, Folder,
    disk::{self, Durability, NewFolder},
    key::{HISTORY, PROJECT_FILE},
    listing::Listing,
    record,
};
use crate::{
    diagnostic::Diagnostic,
    jobs::Progress,
    model::{LayerSlot, Project, edit::Transaction},
};

/// So many files are in memory at a time.
const CHUNK: usize = 128;

/// Transactions that no journal has yet, oldest first, each with the project right after it.
pub type Unsaved = Vec<(Project, Arc<Transaction>)>;

impl Folder {
    /// Writes the whole project as it is in memory, with its history and these transactions, into a new folder, which
    /// it gives; with it, what had to be left out because it can’t be read any more. A step of the progress is a
    /// file.
    ///
    /// # Errors
    /// Something is at the path already, it was cancelled, or it cannot be written; then nothing was made.
    pub fn save_elsewhere(
        &self,
        project: &Project,
        unsaved: &Unsaved,
        to: &Path,
        progress: &Progress,
    ) -> Result<(Self, Vec<Diagnostic>), Diagnostic> {
        if !self.disk.is_free(to)? {
            return Err(Diagnostic::error("exists", "There is something at this place already")
                .at_path(to.display())
                .hint("Choose a place where nothing is yet, or an empty folder"));
        }
        let new = NewFolder::begin(&self.disk, to)?;
        let folder = Self::new(self.disk.clone(), new.path().to_owned())?;
        let mut left_out = Vec::new();
        let (held, to_copy) = self.parts_of(project);
        let history = self.all_below(Path::new(HISTORY)).unwrap_or_else(|why| {
            left_out.push(why.hint("The history is not in the new folder; everything else is"));
            Vec::new()
        });
        progress.expect(held.len() + to_copy.len() + history.len());
        folder.write_held(project, &held, progress)?;
        self.copy_unread(project, &folder, &to_copy, &mut left_out, progress)?;
        self.copy_files(&history, new.path(), progress)?;
        for (after, transaction) in unsaved {
            folder.append_entries(transaction.by.as_ref(), &[record::entry(after, transaction)?])?;
        }
        folder.files_are_complete(folder.entries_appended());
        new.finish(PROJECT_FILE)?;
        Ok((folder.moved_to(to)?, left_out))
    }

    /// The files whose content is in memory, and those that have to be copied: what was not read, and what others
    /// have put into the folder since.
    fn parts_of(&self, project: &Project) -> (Vec<FileKey>, Vec<FileKey>) {
        let all = FileKey::all(project);
        let known: BTreeSet<FileKey> = self.state().stamps.keys().cloned().collect();
        let listed = Listing::of(self, &mut Vec::new()).files.into_iter().map(|(key, _)| key);
        let of_others: Vec<FileKey> = listed.filter(|key| !all.contains(key) && !known.contains(key)).collect();
        let is_held = |key: &FileKey| match key {
            FileKey::Project | FileKey::Codebook | FileKey::Links(_) => true,
            FileKey::Article(id) => project.text(id).is_some(),
            FileKey::Layer(article, by) => {
                let is_read = matches!(project.layer_slot(article, by), Some(LayerSlot::Read(_)));
                is_read && project.text(article).is_some()
            }
        };
        let (held, unread): (Vec<_>, Vec<_>) = all.into_iter().partition(is_held);
        (held, unread.into_iter().chain(of_others).collect())
    }

    /// Writes files whose content is in memory.
    fn write_held(&self, project: &Project, keys: &[FileKey], progress: &Progress) -> Result<(), Diagnostic> {
        for chunk in keys.chunks(CHUNK) {
            chunk.iter().try_for_each(|_| progress.step())?;
            self.save(project, &chunk.iter().cloned().collect())?;
        }
        Ok(())
    }

    /// Copies files to the new folder, which knows them from then on. One that can’t be read is left out and told.
    fn copy_unread(
        &self,
        project: &Project,
        to: &Self,
        keys: &[FileKey],
        left_out: &mut Vec<Diagnostic>,
        progress: &Progress,
    ) -> Result<(), Diagnostic> {
        let mut folders = BTreeSet::new();
        for chunk in keys.chunks(CHUNK) {
            let read = |key: &FileKey| progress.step().map(|()| (key.clone(), self.unread_content(project, key)));
            let texts = chunk.par_iter().map(read).collect::<Result<Vec<_>, Diagnostic>>()?;
            for (key, text) in texts {
                let below = key.path();
                match text {
                    Err(why) => {
                        left_out.push(why.hint("It is not in the new folder, because it can’t be read any more"));
                    }
                    Ok(text) => {
                        let stamp = to.replace(&below, text.as_bytes(), Durability::Flushed, || Ok(()))?;
                        folders.insert(disk::folder_of(&to.path(&key)).to_owned());
                        to.state().stamps.insert(key, stamp);
                    }
                }
            }
        }
        folders.iter().try_for_each(|folder: &PathBuf| self.disk.flush_folder(folder))
    }

    /// The newest text of a file that was not read, with metadata that were changed here.
    fn unread_content(&self, project: &Project, key: &FileKey) -> Result<String, Diagnostic> {
        match key {
            // What is known of an article may have changed without its text ever having been looked at.
            FileKey::Article(id) if project.article(id).is_some() => {
                let content = self.content(project, key)?;
                content.map_or_else(|| self.read_newest(key).map(|(text, _)| text), Ok)
            }
            _ => self.read_newest(key).map(|(text, _)| text),
        }
    }
}
