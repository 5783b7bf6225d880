//! Files replaced whole, one or many at a time.

use std::{
    collections::BTreeSet,
    io::Write,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use super::{Disk, Durability, NewFile, Stamp, folder_of, trouble};
use crate::{diagnostic::Diagnostic, jobs::Progress};

impl Disk {
    /// Replaces or makes a file, with the folders it lies in; returns when it has reached the disk.
    ///
    /// # Errors
    /// Where it cannot; then the old file is as it was.
    pub fn write(&self, path: &Path, bytes: &[u8]) -> Result<Stamp, Diagnostic> {
        self.make_folders(folder_of(path))?;
        let stamp = self.put(path, bytes)?;
        self.flush_folder(folder_of(path))?;
        Ok(stamp.with(bytes))
    }

    /// As [`Disk::write`], for several files at a time; each is a step of the progress.
    ///
    /// # Errors
    /// It was cancelled, or one cannot be written; others may be.
    pub fn write_all<T: AsRef<[u8]> + Sync>(
        &self,
        files: &[(PathBuf, T)],
        progress: &Progress,
    ) -> Result<(), Diagnostic> {
        let folders: BTreeSet<&Path> = files.iter().map(|(path, _)| folder_of(path)).collect();
        folders.iter().try_for_each(|folder| self.make_folders(folder))?;
        files.par_iter().try_for_each(|(path, bytes)| {
            progress.step()?;
            self.put(path, bytes.as_ref()).map(drop)
        })?;
        folders.iter().try_for_each(|folder| self.flush_folder(folder))
    }

    /// Replaces a file; its name is still to be flushed.
    fn put(&self, path: &Path, bytes: &[u8]) -> Result<Stamp, Diagnostic> {
        let mut file = NewFile::begin(self, path, folder_of(path))?;
        file.write_all(bytes).map_err(|error| trouble("write", path, &error))?;
        file.finish(Durability::Flushed, || Ok(()))
    }
}
