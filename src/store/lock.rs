//! One annotator, one Pressmark: an advisory lock for each annotator of a project.
//!
//! A lock is a file that the system keeps locked as long as it is open. In it stands who holds it, for the message to
//! others. Where the file is deleted while it is held, which may happen to all of its folder, the lock is taken anew.

use std::path::{Path, PathBuf};

use jiff::{Timestamp, Unit};

use super::{
    Folder,
    disk::{self, Disk},
    filesystem::{FileKind, OpenFile, Opening},
    key::SCRATCH,
};
use crate::{diagnostic::Diagnostic, model::AnnotatorId};

/// The longest message about who holds a lock that is taken over from its file, in characters.
const LONGEST: usize = 120;

/// Held until it is dropped, or the process ends.
#[derive(Debug)]
pub struct Lock {
    annotator: AnnotatorId,
    path: PathBuf,
    /// The system lets go of the lock with the file.
    file: Box<dyn OpenFile>,
}

impl Folder {
    /// Makes this Pressmark the one that writes for the annotator. Asking again for one whose lock it has is free.
    ///
    /// # Errors
    /// Another Pressmark writes for them, or the folder cannot be written. From then on this folder is read-only,
    /// until an annotator can be locked: every save is refused with the same diagnostic.
    pub fn lock(&self, annotator: &AnnotatorId) -> Result<(), Diagnostic> {
        let locked = self.take_lock(annotator);
        self.state().read_only = locked.clone().err();
        locked
    }

    fn take_lock(&self, annotator: &AnnotatorId) -> Result<(), Diagnostic> {
        let mut locks = self.locks();
        // One whose file was deleted keeps nobody away any more.
        locks.retain(|lock| lock.annotator != *annotator || lock.is_in_place(&self.disk));
        if locks.iter().any(|lock| lock.annotator == *annotator) {
            return Ok(());
        }
        let (path, file) = self.locked_file(&format!("lock-{annotator}")).map_err(|d| cannot_write(self.root(), d))?;
        let Some(file) = file else {
            let holder = holder(&self.disk, &path);
            return Err(Diagnostic::error(
                "in-use",
                format!("Another Pressmark is open on this project as {annotator}{holder}; here it can only be read"),
            )
            .at_path(self.root().display())
            .hint("Close the other one and open the project again, or work as another annotator"));
        };
        locks.push(Lock { annotator: annotator.clone(), path, file });
        Ok(())
    }

    /// A file among what can be deleted at any time, locked; without the file where somebody else has it locked.
    fn locked_file(&self, name: &str) -> Result<(PathBuf, Option<Box<dyn OpenFile>>), Diagnostic> {
        self.scratch()?;
        let path = self.inside(&Path::new(SCRATCH).join(name))?;
        let failed = |error| disk::trouble("write", &path, &error);
        let kind = self.disk.files().look_at(&path).map(|info| info.kind);
        if kind.is_ok_and(|kind| kind != FileKind::File) {
            return Err(failed(std::io::ErrorKind::Unsupported.into()));
        }
        let mut file = self.disk.files().open(&path, Opening::Append).map_err(failed)?;
        // A file system without locks is used without them.
        if !file.try_lock().unwrap_or(true) {
            return Ok((path, None));
        }
        // Who it was says nothing any more; where this can't be written, others read less.
        let _ = file.cut(0).and_then(|()| file.write_all(who(&self.disk).as_bytes()));
        Ok((path, Some(file)))
    }
}

impl Lock {
    fn is_in_place(&self, disk: &Disk) -> bool {
        let there = disk.files().look_at(&self.path);
        there.is_ok_and(|there| self.file.info().is_ok_and(|own| own.is_same_as(&there)))
    }
}

/// Who holds a lock, for others to read.
fn who(disk: &Disk) -> String {
    let now = Timestamp::now();
    let since = now.round(Unit::Second).unwrap_or(now);
    let computer = ["HOSTNAME", "COMPUTERNAME"].iter().find_map(|name| std::env::var(name).ok());
    let computer = computer.or_else(|| text_of(disk, Path::new("/proc/sys/kernel/hostname")));
    let computer = computer.map_or(String::new(), |name| format!(" on {}", name.trim()));
    format!("since {since}, process {}{computer}", std::process::id())
}

fn holder(disk: &Disk, path: &Path) -> String {
    text_of(disk, path).map_or(String::new(), |text| format!(" ({text})"))
}

/// What stands in a small file, on one line of bounded length.
fn text_of(disk: &Disk, path: &Path) -> Option<String> {
    let (bytes, _) = disk.files().read(path, 0, 4 * LONGEST as u64).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let text: String = text.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    (!text.trim().is_empty()).then(|| text.trim().to_owned())
}

fn cannot_write(root: &Path, why: Diagnostic) -> Diagnostic {
    match why.code.as_ref() {
        "no-permission" | "read-only" => {
            Diagnostic::error("read-only", "The project’s folder can’t be written; it can only be read")
                .at_path(root.display())
                .hint("Copy the project to a place of your own, or change the folder’s permissions")
        }
        _ => why,
    }
}
