//! A file that is made out of sight and takes its place whole.
//!
//! It lies under a name of its own, [`is_temporary`], until it is finished, and is locked as long as its program is at
//! work on it.

use std::{
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use super::{Disk, Stamp, trouble};
use crate::{
    diagnostic::Diagnostic,
    store::filesystem::{OpenFile, Opening},
};

pub const PREFIX: &str = ".pressmark-";
const SUFFIX: &str = ".tmp";
/// Whether a file is flushed before it takes its place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// For all that can’t be made again.
    Flushed,
    /// For what can be made again, such as the index.
    Loose,
}

/// A file that is being made. Dropped before [`NewFile::finish`] it is gone, and the file in whose place it would
/// come is as it was.
#[derive(Debug)]
pub struct NewFile<'d> {
    disk: &'d Disk,
    /// Where it will be.
    target: PathBuf,
    /// Where it is until then.
    temporary: PathBuf,
    file: Box<dyn OpenFile>,
    is_finished: bool,
}

impl<'d> NewFile<'d> {
    /// Begins a file for the place `target`, out of sight in `folder`, which must lie on the same device. It takes
    /// over the permissions of the file at `target`.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn begin(disk: &'d Disk, target: &Path, folder: &Path) -> Result<Self, Diagnostic> {
        let failed = |error| trouble("write", target, &error);
        let (temporary, file) = make(disk, folder).map_err(failed)?;
        let new = Self { disk, target: target.to_owned(), temporary, file, is_finished: false };
        if disk.files().follow(target).is_ok() {
            new.file.take_permissions_of(target).map_err(failed)?;
        }
        Ok(new)
    }

    /// At most `most` of the bytes that were written to it, from the byte `from` on.
    ///
    /// # Errors
    /// They can’t be read.
    pub fn read(&self, from: u64, most: u64) -> io::Result<Vec<u8>> {
        Ok(self.disk.files().read(&self.temporary, from, most)?.0)
    }

    /// Puts it in its place and gives its stamp. `checked` is asked at the last moment before; flushing the names in
    /// the folder is the caller’s.
    ///
    /// # Errors
    /// What was checked is not so, or it cannot be put there; then the old file is as it was.
    pub fn finish(
        mut self,
        durability: Durability,
        checked: impl FnOnce() -> Result<(), Diagnostic>,
    ) -> Result<Stamp, Diagnostic> {
        let failed = |error: io::Error| trouble("write", &self.target, &error);
        self.file.flush().map_err(failed)?;
        if durability == Durability::Flushed {
            self.file.flush_to_disk().map_err(failed)?;
        }
        checked()?;
        self.disk.files().rename(&self.temporary, &self.target).map_err(failed)?;
        self.is_finished = true;
        let info = self.file.info().map_err(failed)?;
        Ok(Stamp::of(&info))
    }
}

impl Write for NewFile<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for NewFile<'_> {
    fn drop(&mut self) {
        if !self.is_finished {
            // What cannot be removed now is removed as a left-over.
            let _ = self.disk.files().remove(&self.temporary);
        }
    }
}

/// Whether a name is that of an unfinished file.
pub fn is_temporary(name: &str) -> bool {
    name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}

/// Makes an empty file under a name that nothing has, and locks it where the file system can.
pub fn make(disk: &Disk, folder: &Path) -> io::Result<(PathBuf, Box<dyn OpenFile>)> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    loop {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("{PREFIX}{:x}-{count:x}{SUFFIX}", std::process::id()));
        let file = match disk.files().open(&path, Opening::New) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            file => file?,
        };
        // A file system without locks is used without them.
        let _ = file.try_lock();
        // Between the two, somebody may have taken it for a left-over.
        let own = file.info()?;
        if disk.files().look_at(&path).is_ok_and(|info| info.is_same_as(&own)) {
            return Ok((path, file));
        }
    }
}
