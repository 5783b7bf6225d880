//! A folder that is made out of sight and takes its place whole.
//!
//! It lies beside an unfinished file of the same name, whose lock says that its program is at work.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

use super::{
    Disk, folder_of,
    left_overs::{UNFINISHED, remove_left_overs},
    new_file::make,
    trouble,
};
use crate::{
    diagnostic::Diagnostic,
    store::filesystem::{FileKind, OpenFile},
};

/// A folder that is being made. Dropped before [`NewFolder::finish`] it is gone with everything in it.
#[derive(Debug)]
pub struct NewFolder<'d> {
    disk: &'d Disk,
    /// Where it will be.
    target: PathBuf,
    /// Where it is until then: beside `target`, or in it where it can’t be beside it.
    folder: PathBuf,
    /// The file whose lock says that it is being made.
    lock: PathBuf,
    /// Held open, as the system lets go of the lock with it.
    _file: Box<dyn OpenFile>,
}

impl<'d> NewFolder<'d> {
    /// Begins a folder for the place `target`, where nothing is, or an empty folder. Removes what programs that have
    /// ended left of such folders.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn begin(disk: &'d Disk, target: &Path) -> Result<Self, Diagnostic> {
        let parent = folder_of(target);
        disk.make_folders(parent)?;
        // Into a folder that is there one may be allowed to write where one may not beside it; or it is another disk.
        let is_elsewhere = disk.device_of(target).is_some_and(|device| disk.device_of(parent) != Some(device));
        let made = if is_elsewhere { Err(ErrorKind::CrossesDevices.into()) } else { make(disk, parent) };
        let made =
            made.or_else(|error| if disk.has(target, FileKind::Folder) { make(disk, target) } else { Err(error) });
        let (lock, file) = made.map_err(|error| trouble("make", target, &error))?;
        let folder = lock.with_extension(UNFINISHED);
        let new = Self { disk, target: target.to_owned(), folder, lock, _file: file };
        remove_left_overs(disk, folder_of(&new.lock));
        disk.files().make_folder(&new.folder).map_err(|error| trouble("make", &new.folder, &error))?;
        Ok(new)
    }

    /// Where its files are to be written until it is finished.
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// Puts it in its place by one rename. Where that can’t be, its files are moved one by one, the one called `last`
    /// last: only with that the folder counts as whole.
    ///
    /// # Errors
    /// It cannot be put there.
    pub fn finish(self, last: &str) -> Result<(), Diagnostic> {
        let failed = |error| trouble("make", &self.target, &error);
        let files = self.disk.files();
        if folder_of(&self.lock) == self.target {
            let mut paths = self.disk.list(&self.folder)?;
            paths.sort_by_key(|path| path.ends_with(last));
            for path in paths {
                let name = path.file_name().unwrap_or_default();
                self.disk.flush_folder(&self.target)?;
                files.rename(&path, &self.target.join(name)).map_err(failed)?;
            }
            return self.disk.flush_folder(&self.target);
        }
        if self.disk.has(&self.target, FileKind::Folder) {
            files.remove_folder(&self.target).map_err(failed)?;
        }
        files.rename(&self.folder, &self.target).map_err(failed)?;
        self.disk.flush_folder(folder_of(&self.target))
    }
}

impl Drop for NewFolder<'_> {
    fn drop(&mut self) {
        // What cannot be removed now is removed as a left-over.
        self.disk.remove_all(&self.folder);
        let _ = self.disk.files().remove(&self.lock);
    }
}
