//! What programs that have ended left of their unfinished files and folders, told by their locks.

use std::{
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::{
    Disk,
    new_file::{PREFIX, is_temporary},
};
use crate::store::filesystem::{FileKind, Opening};

/// Extension of an unfinished folder. Beside it lies a file of the same name, locked as long as the folder is being
/// made.
pub const UNFINISHED: &str = "new";
/// On a file system without locks, an unfinished file older than this is taken for one of a program that has ended.
const LEFT_OVER_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// Removes what programs that have ended left unfinished in a folder. What can’t be removed stays until the next
/// time.
pub fn remove_left_overs(disk: &Disk, folder: &Path) {
    for path in disk.files().list(folder).unwrap_or_default() {
        let name = path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
        // One that can't be removed is tried again the next time.
        if is_temporary(&name) && is_left_over(disk, &path) {
            let _ = disk.files().remove(&path);
        } else if let Some(lock) = lock_of(&path).filter(|_| name.starts_with(PREFIX)) {
            let is_at_work = disk.has(&lock, FileKind::File) && !is_left_over(disk, &lock);
            if !is_at_work && disk.files().look_at(&path).is_ok_and(|info| info.kind == FileKind::Folder) {
                disk.remove_all(&path);
            }
        }
    }
}

/// Whether nobody is at work on an unfinished file: its lock can be had, or without locks it is old.
fn is_left_over(disk: &Disk, path: &Path) -> bool {
    // Opening a pipe would wait, and a link leads elsewhere.
    if disk.files().look_at(path).is_ok_and(|info| info.kind != FileKind::File) {
        return false;
    }
    let Ok(file) = disk.files().open(path, Opening::Existing) else { return false };
    file.try_lock().unwrap_or_else(|_| file.info().is_ok_and(|info| is_old(info.modified_ns)))
}

fn is_old(modified_ns: u64) -> bool {
    let modified = UNIX_EPOCH + Duration::from_nanos(modified_ns);
    SystemTime::now().duration_since(modified).is_ok_and(|age| age > LEFT_OVER_AFTER)
}

/// The file whose lock says that somebody is at work on an unfinished folder; `None` for other paths.
fn lock_of(folder: &Path) -> Option<PathBuf> {
    let is_one = folder.extension().is_some_and(|extension| extension == UNFINISHED);
    is_one.then(|| folder.with_extension("tmp"))
}
