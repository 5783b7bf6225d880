//! Files, whole or not at all, over a [`FileSystem`]. It knows no project, only paths and bytes, and says what went
//! wrong with which.
//!
//! The room’s other files write and read by it alone, so that a test can put a failing file system below everything.
//! Messages name the path and say what to do.

mod left_overs;
mod new_file;
mod new_folder;
mod stamp;
mod write;

use std::{
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::Arc,
};

pub use left_overs::remove_left_overs;
pub use new_file::{Durability, NewFile, is_temporary};
pub use new_folder::NewFolder;
pub use stamp::{Stamp, hash};

use super::filesystem::{FileInfo, FileKind, FileSystem, RealFileSystem};
use crate::{diagnostic::Diagnostic, phrase, text::Phrase};

/// Most bytes of a file of a project; a larger one is neither read nor written.
pub const MAX_FILE: u64 = 256 << 20;
/// Most bytes of a packed project.
pub const MAX_PACKED: u64 = 2 << 30;

/// A file system, as everything in the store uses it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Disk(Arc<dyn FileSystem>);

impl Default for Disk {
    fn default() -> Self {
        Self(Arc::new(RealFileSystem))
    }
}

impl Disk {
    /// A disk over another file system: for tests, one that fails.
    pub fn over(files: Arc<dyn FileSystem>) -> Self {
        Self(files)
    }

    pub(super) fn files(&self) -> &dyn FileSystem {
        &*self.0
    }

    /// What a path leads to, through links; `None` where there is nothing.
    pub fn info(&self, path: &Path) -> Result<Option<FileInfo>, Diagnostic> {
        or_nothing(self.0.follow(path)).map_err(|error| trouble("read", path, &error))
    }

    /// Whether something of a kind is at a path; false where that can’t be told.
    pub fn has(&self, path: &Path, kind: FileKind) -> bool {
        self.0.follow(path).is_ok_and(|info| info.kind == kind)
    }

    /// The stamp of what is at a path, without a hash; `None` where there is nothing.
    pub fn stamp(&self, path: &Path) -> Result<Option<Stamp>, Diagnostic> {
        Ok(self.info(path)?.as_ref().map(Stamp::of))
    }

    /// The bytes of a file, with its stamp and their hash.
    ///
    /// # Errors
    /// A file that cannot be read, or is larger than `MAX_FILE`.
    pub fn read(&self, path: &Path) -> Result<(Vec<u8>, Stamp), Diagnostic> {
        self.read_up_to(path, MAX_FILE)
    }

    /// As [`Disk::read`], of a file of at most so many bytes.
    pub fn read_up_to(&self, path: &Path, most: u64) -> Result<(Vec<u8>, Stamp), Diagnostic> {
        let failed = |error| trouble("read", path, &error);
        let too_large = || {
            Diagnostic::error("too-large", phrase!("The file is larger than {most} MB", most = &(most >> 20)))
                .at_path(path.display())
                .hint("Restore it from a copy: Pressmark writes no such file")
        };
        if self.0.follow(path).map_err(failed)?.len > most {
            return Err(too_large());
        }
        // A file that grows while it is read is read no further than this.
        let (bytes, info) = self.0.read(path, 0, most).map_err(failed)?;
        if info.len > most {
            return Err(too_large());
        }
        let stamp = Stamp::of(&info).with(&bytes);
        Ok((bytes, stamp))
    }

    /// The paths in a folder, sorted; nothing where there is no folder.
    ///
    /// # Errors
    /// It cannot be listed to its end.
    pub fn list(&self, folder: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
        let listed = or_nothing(self.0.list(folder)).map_err(|error| trouble("read", folder, &error))?;
        let mut paths = listed.unwrap_or_default();
        paths.sort_unstable();
        Ok(paths)
    }

    /// Whether a new folder may be made at a path: nothing is there, or an empty folder.
    ///
    /// # Errors
    /// It cannot be told.
    pub fn is_free(&self, path: &Path) -> Result<bool, Diagnostic> {
        match self.info(path)? {
            None => Ok(true),
            Some(info) if info.kind == FileKind::Folder => Ok(self.list(path)?.is_empty()),
            Some(_) => Ok(false),
        }
    }

    /// The device that a path lies on; `None` where there is nothing or the system does not tell. A rename can’t
    /// cross devices.
    fn device_of(&self, path: &Path) -> Option<u64> {
        self.0.follow(path).ok()?.identity.map(|identity| identity.device)
    }

    /// Makes a folder and those that it lies in, and returns when their names are there for good.
    ///
    /// # Errors
    /// One cannot be made.
    pub fn make_folders(&self, folder: &Path) -> Result<(), Diagnostic> {
        if folder.as_os_str().is_empty() || self.has(folder, FileKind::Folder) {
            return Ok(());
        }
        let parent = folder.parent().unwrap_or(Path::new(""));
        self.make_folders(parent)?;
        match self.0.make_folder(folder) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists || !self.has(folder, FileKind::Folder) => {
                Err(trouble("make", folder, &error))
            }
            _ => self.flush_folder(parent),
        }
    }

    /// Returns when the names in a folder have reached the disk.
    pub fn flush_folder(&self, folder: &Path) -> Result<(), Diagnostic> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        self.0.flush_folder(folder).map_err(|error| trouble("write", folder, &error))
    }

    /// Removes a file; nothing happens where there is none.
    pub fn remove(&self, path: &Path) -> Result<(), Diagnostic> {
        or_nothing(self.0.remove(path)).map(drop).map_err(|error| trouble("remove", path, &error))
    }

    /// Removes a folder with all that is in it, as far as that can be done; links in it are removed, not followed.
    pub fn remove_all(&self, folder: &Path) {
        for path in self.0.list(folder).unwrap_or_default() {
            match self.0.look_at(&path) {
                Ok(info) if info.kind == FileKind::Folder => self.remove_all(&path),
                // What cannot be removed stays, and is in the way of nothing.
                _ => _ = self.0.remove(&path),
            }
        }
        let _ = self.0.remove_folder(folder);
    }
}

/// The folder that a path lies in; `.` for a bare name.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// `None` for “not found”, which is no error here.
fn or_nothing<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// A diagnostic for an error of the system: what could not be done with which path, why, and what to do. `action` is
/// an English verb.
pub fn trouble(action: &'static str, path: &Path, error: &io::Error) -> Diagnostic {
    let message = |why: Phrase| phrase!("Can’t {action} it: {why}", action = Phrase::plain(action), why);
    let (code, why, hint) = match error.kind() {
        ErrorKind::NotFound => ("not-found", "there is nothing here", "Check the path"),
        ErrorKind::PermissionDenied => {
            ("no-permission", "you have no permission", "Change its permissions, or copy it to a place of your own")
        }
        ErrorKind::ReadOnlyFilesystem => {
            ("read-only", "the disk is read-only", "Copy the project to a place that can be written")
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            ("disk-full", "the disk is full", "Make room on the disk and save again")
        }
        ErrorKind::IsADirectory => ("is-a-folder", "it is a folder", "Name a file"),
        ErrorKind::NotADirectory => ("not-a-folder", "a part of the path is a file", "Check the path"),
        ErrorKind::Unsupported => ("no-file", "it is a pipe or a device, not a file", "Move it elsewhere"),
        _ => {
            return Diagnostic::error("io", message(Phrase::verbatim(error.to_string())))
                .at_path(path.display())
                .hint("Check the disk and the path, and try again");
        }
    };
    Diagnostic::error(code, message(Phrase::plain(why))).at_path(path.display()).hint(hint)
}

/// Whether a diagnostic is about the disk, not about what is on it.
pub fn is_trouble(told: &Diagnostic) -> bool {
    const CODES: [&str; 8] =
        ["not-found", "no-permission", "read-only", "disk-full", "is-a-folder", "not-a-folder", "no-file", "io"];
    CODES.contains(&told.code.as_ref())
}
