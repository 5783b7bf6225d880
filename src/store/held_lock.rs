//! A lock that is held: the file that the system keeps locked while it is open.

use std::path::PathBuf;

use super::{disk::Disk, filesystem::OpenFile};
use crate::model::AnnotatorId;

/// An annotator’s lock. Held until it is dropped or the process ends.
#[derive(Debug)]
pub struct Lock {
    pub annotator: AnnotatorId,
    pub file: LockFile,
}

/// A file that is locked as long as it is open: the system lets go of the lock with it.
#[derive(Debug)]
pub struct LockFile {
    pub path: PathBuf,
    pub file: Box<dyn OpenFile>,
}

impl LockFile {
    /// Whether it is still the file at its path, which others would try to lock; somebody may have deleted it.
    pub fn is_in_place(&self, disk: &Disk) -> bool {
        let there = disk.files().look_at(&self.path);
        there.is_ok_and(|there| self.file.info().is_ok_and(|own| own.is_same_as(&there)))
    }
}
