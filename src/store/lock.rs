//! Who may write: an advisory lock for each annotator of a project, and one for what all of them write.
//!
//! One annotator, one Pressmark: their lock is held as long as the program works for them. The lock of the project is
//! held for moments, and waited for. A lock is a file that the system keeps locked while it is open. In it stands who
//! holds it, for the message to others. Where the file is deleted meanwhile, which may happen to all of its folder at
//! any time, the lock is taken anew.

use std::{
    path::Path,
    sync::MutexGuard,
    thread,
    time::{Duration, Instant},
};

use jiff::{Timestamp, Unit};

use super::{
    FileKey, Folder,
    disk::{self, Disk},
    file::project::ProjectFile,
    filesystem::{FileKind, Opening},
    folder::Area,
    held_lock::{Lock, LockFile},
    key::SCRATCH,
};
use crate::{diagnostic::Diagnostic, model::AnnotatorId, phrase};

/// So long the project’s lock is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// The pause between two attempts.
const PAUSE: Duration = Duration::from_millis(10);
/// So many characters of what stands in a lock’s file are shown.
const LONGEST: usize = 120;

/// The project’s lock: held until it is dropped, against other threads and other programs.
#[derive(Debug)]
pub struct ProjectLock<'f> {
    _here: MutexGuard<'f, ()>,
    _file: LockFile,
}

impl Folder {
    /// Makes this program the one that writes for the annotator. Asking again is free.
    ///
    /// # Errors
    /// Another Pressmark writes for them, or the folder cannot be written. From then on this folder is read-only,
    /// until an annotator can be locked: everything that writes is refused with the same diagnostic.
    pub fn lock(&self, annotator: &AnnotatorId) -> Result<(), Diagnostic> {
        let locked = self.take_lock(annotator);
        self.work_with(locked.clone());
        locked
    }

    /// Goes on as [`Folder::lock`] does, with what came of [taking](Folder::take_lock) an annotator's lock.
    pub fn work_with(&self, locked: Result<(), Diagnostic>) {
        self.state().read_only = locked.err();
    }

    /// Whether something may be written, for an annotator or for nobody by name; takes the lock and makes the folder
    /// ready for it.
    ///
    /// # Errors
    /// Why not.
    pub fn may_write(&self, by: Option<&AnnotatorId>) -> Result<(), Diagnostic> {
        if let Some(why) = self.read_only() {
            return Err(why);
        }
        by.map_or(Ok(()), |by| self.take_lock(by))?;
        self.prepare()
    }

    /// Makes sure of an annotator's lock, and changes nothing of whether this folder can be written.
    ///
    /// # Errors
    /// Somebody else has it, or it cannot be made.
    pub fn take_lock(&self, annotator: &AnnotatorId) -> Result<(), Diagnostic> {
        let mut locks = self.locks();
        // One whose file was deleted keeps nobody away any more.
        locks.retain(|lock| lock.annotator != *annotator || lock.file.is_in_place(&self.disk));
        if locks.iter().any(|lock| lock.annotator == *annotator) {
            return Ok(());
        }
        let file = self.lock_file(&format!("lock-{annotator}")).map_err(|why| cannot_write(self.root(), why))?;
        let file = file.map_err(|holder| {
            let annotator = self.name_of(annotator);
            Diagnostic::error(
                "in-use",
                match holder {
                    Some(holder) => phrase!(
                        "Another Pressmark is open on this project as {annotator} ({holder}); here it can only be read",
                        annotator,
                        holder
                    ),
                    None => phrase!(
                        "Another Pressmark is open on this project as {annotator}; here it can only be read",
                        annotator
                    ),
                },
            )
            .at_path(self.root().display())
            .hint("Close the other one and open the project again, or work as another annotator")
        })?;
        locks.push(Lock { annotator: annotator.clone(), file });
        Ok(())
    }

    /// An annotator’s lock for as long as the result is kept; `None` where anybody has it, this program included.
    pub(super) fn lock_for_a_moment(&self, annotator: &AnnotatorId) -> Option<impl Sized + use<>> {
        self.lock_file(&format!("lock-{annotator}")).ok()?.ok()
    }

    /// Whether no other program works for an annotator, so that their layers may be changed here along with others.
    ///
    /// # Errors
    /// One is.
    pub fn is_free(&self, annotator: &AnnotatorId) -> Result<(), Diagnostic> {
        if self.locks().iter().any(|lock| lock.annotator == *annotator) || !self.is_locked(annotator) {
            return Ok(());
        }
        let annotator = self.name_of(annotator);
        let message =
            phrase!("{annotator} is at work in another Pressmark, so their marks can’t be changed", annotator);
        Err(Diagnostic::error("in-use", message).hint("Close the other one, and do it again"))
    }

    /// What an annotator is called, for messages; their id where the project’s file does not know them.
    pub(super) fn name_of(&self, annotator: &AnnotatorId) -> String {
        let read = self.read_file::<ProjectFile>(&FileKey::Project).ok();
        let row = read.and_then(|(file, _)| file.annotators.into_iter().find(|row| row.id == *annotator));
        row.map_or_else(|| annotator.to_string(), |row| row.name)
    }

    /// Whether any program works for an annotator, this one included.
    pub(super) fn is_locked(&self, annotator: &AnnotatorId) -> bool {
        let path = self.inside(&Path::new(SCRATCH).join(format!("lock-{annotator}")));
        let kind = path.as_ref().ok().and_then(|path| self.disk.files().look_at(path).ok()).map(|info| info.kind);
        let (Ok(path), Some(FileKind::File)) = (path, kind) else { return false };
        let file = self.disk.files().open(&path, Opening::Existing);
        file.is_ok_and(|file| !file.try_lock().unwrap_or(true))
    }

    /// Waits for the project’s lock, which is needed to change what belongs to everybody.
    ///
    /// # Errors
    /// Somebody does for long, or the folder cannot be written.
    pub(super) fn lock_project(&self) -> Result<ProjectLock<'_>, Diagnostic> {
        let here = self.writing(Area::Shared);
        let begun = Instant::now();
        loop {
            match self.lock_file("lock").map_err(|why| cannot_write(self.root(), why))? {
                Ok(file) if file.is_in_place(&self.disk) => return Ok(ProjectLock { _here: here, _file: file }),
                Err(holder) if begun.elapsed() > PATIENCE => {
                    return Err(Diagnostic::error(
                        "project-busy",
                        match holder {
                            Some(holder) => {
                                phrase!(
                                    "Another Pressmark has been changing the project for a long time ({holder})",
                                    holder
                                )
                            }
                            None => phrase!("Another Pressmark has been changing the project for a long time"),
                        },
                    )
                    .at_path(self.root().display())
                    .hint("Wait until it is done, and try again"));
                }
                _ => thread::sleep(PAUSE),
            }
        }
    }

    /// Takes a lock, or gives who has it, where its file says so.
    fn lock_file(&self, name: &str) -> Result<Result<LockFile, Option<String>>, Diagnostic> {
        self.with_scratch(|_| self.try_lock_file(name))
    }

    fn try_lock_file(&self, name: &str) -> Result<Result<LockFile, Option<String>>, Diagnostic> {
        let path = self.inside(&Path::new(SCRATCH).join(name))?;
        let failed = |error| disk::trouble("write", &path, &error);
        let kind = self.disk.files().look_at(&path).map(|info| info.kind);
        if kind.is_ok_and(|kind| kind != FileKind::File) {
            return Err(failed(std::io::ErrorKind::Unsupported.into()));
        }
        let mut file = self.disk.files().open(&path, Opening::Append).map_err(failed)?;
        // A file system without locks is used without them.
        if !file.try_lock().unwrap_or(true) {
            return Ok(Err(text_of(&self.disk, &path)));
        }
        // Where this can't be written, others read less.
        let _ = file.cut(0).and_then(|()| file.write_all(who(&self.disk).as_bytes()));
        Ok(Ok(LockFile { path, file }))
    }
}

/// Who holds a lock, for its file: since when, which process, on which computer.
fn who(disk: &Disk) -> String {
    let now = Timestamp::now();
    let since = now.round(Unit::Second).unwrap_or(now);
    let computer = ["HOSTNAME", "COMPUTERNAME"].iter().find_map(|name| std::env::var(name).ok());
    let computer = computer.or_else(|| text_of(disk, Path::new("/proc/sys/kernel/hostname")));
    let computer = computer.map_or(String::new(), |name| format!(" on {}", name.trim()));
    format!("since {since}, process {}{computer}", std::process::id())
}

/// What stands in a small file, on one line of at most [`LONGEST`] characters.
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
