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

/// What an unfinished folder is called, beside a file of the same name that is locked as long as it is being made.
pub const UNFINISHED: &str = "new";
/// Where a file system knows no locks, an unfinished file that is older than this is one of a program that has ended.
const LEFT_OVER_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// Removes the unfinished files and folders that programs which have ended left in a folder, as far as that can be done.
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

/// Whether a path is that of an unfinished folder; then also the file whose lock says that somebody is at work on it.
fn lock_of(folder: &Path) -> Option<PathBuf> {
    let is_one = folder.extension().is_some_and(|extension| extension == UNFINISHED);
    is_one.then(|| folder.with_extension("tmp"))
}
