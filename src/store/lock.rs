//! One annotator, one Pressmark: an advisory lock for each annotator of a project.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, ErrorKind},
    path::Path,
};

use super::{Folder, disk, key::SCRATCH};
use crate::{diagnostic::Diagnostic, model::AnnotatorId};

/// Held until it is dropped, or the process ends.
#[derive(Debug)]
pub struct Lock {
    annotator: AnnotatorId,
    /// The system lets go of the lock with the file.
    _file: File,
}

impl Folder {
    /// Makes this Pressmark the one that writes for the annotator. Asking again for one whose lock it has is free.
    ///
    /// # Errors
    /// Another Pressmark writes for them, or the folder cannot be written. From then on this folder is read-only:
    /// every save is refused with the same diagnostic, until somebody’s lock can be had.
    pub fn lock(&self, annotator: &AnnotatorId) -> Result<(), Diagnostic> {
        let mut state = self.state();
        if state.locks.iter().any(|lock| lock.annotator == *annotator) {
            state.read_only = None;
            return Ok(());
        }
        match take(self.root(), annotator) {
            Ok(lock) => {
                state.locks.push(lock);
                state.read_only = None;
                Ok(())
            }
            Err(diagnostic) => {
                state.read_only = Some(diagnostic.clone());
                Err(diagnostic)
            }
        }
    }
}

fn take(root: &Path, annotator: &AnnotatorId) -> Result<Lock, Diagnostic> {
    let path = scratch(root).map(|folder| folder.join(format!("lock-{annotator}")));
    let path = path.map_err(|error| cannot_write(root, &error))?;
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|error| cannot_write(root, &error))?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(Diagnostic::error(
            "in-use",
            format!("Another Pressmark is open on this project as {annotator}; here it can only be read"),
        )
        .at_path(root.display())
        .hint("Close the other one and open the project again, or work as another annotator")),
        // A file system without locks is used without them.
        Err(TryLockError::Error(_)) | Ok(()) => Ok(Lock { annotator: annotator.clone(), _file: file }),
    }
}

fn cannot_write(root: &Path, error: &io::Error) -> Diagnostic {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            Diagnostic::error("read-only", "The project’s folder can’t be written; it can only be read")
                .at_path(root.display())
                .hint("Copy the project to a place of your own, or change the folder’s permissions")
        }
        _ => disk::trouble("write", root, error),
    }
}

/// The folder for what can be deleted at any time, made if it is not there; version control passes it over.
pub fn scratch(root: &Path) -> io::Result<std::path::PathBuf> {
    let folder = root.join(SCRATCH);
    if !folder.is_dir() {
        fs::create_dir(&folder)?;
        fs::write(folder.join(".gitignore"), "*\n")?;
    }
    Ok(folder)
}
