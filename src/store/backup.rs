//! Backups: the last state of each day, packed, for a week of days on which something was changed.
//!
//! They lie in the project's folder, `backups/2026-11-30.ron`, and are made from what is on the disk. A day is one of
//! UTC, and the state is that of its last change, whenever the backup is made: so the next opening still keeps what
//! was done the day before. Like every packed project they have no history.

use std::path::{Path, PathBuf};

use jiff::{Timestamp, tz::TimeZone};

use super::{
    FileKey, Folder,
    disk::{Disk, Stamp, folder_of},
    key::{BACKUPS, EXTENSION, PROJECT_FILE},
    listing::Listing,
    unpack_on,
};
use crate::{diagnostic::Diagnostic, jobs::Progress, phrase};

/// So many days are kept; older backups are removed when a new one is written.
const KEPT: usize = 7;

/// A state of the project that can be restored.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Backup {
    /// The day in UTC, such as `2026-11-30`.
    pub day: String,
    /// The packed project.
    pub path: PathBuf,
}

/// The states of a project that are kept, the newest first. Only the folder is looked into, so that it works for a
/// project that can’t be opened.
///
/// # Errors
/// There is no such folder, or they cannot be listed.
pub fn backups(project: &Path) -> Result<Vec<Backup>, Diagnostic> {
    folder_at(&Disk::default(), project)?.backups()
}

/// Makes a project's folder of the state of a day.
///
/// # Errors
/// There is none of that day, something is at the place already, or it cannot be read or written.
pub fn restore_backup(project: &Path, day: &str, to: &Path) -> Result<(), Diagnostic> {
    restore_backup_on(&Disk::default(), project, day, to)
}

/// As [`restore_backup`], on a disk of one's own.
///
/// # Errors
/// See [`restore_backup`].
pub fn restore_backup_on(disk: &Disk, project: &Path, day: &str, to: &Path) -> Result<(), Diagnostic> {
    let backup = folder_at(disk, project)?.backup_of(day)?;
    unpack_on(disk, &backup.path, to)
}

/// The folder of a project that is named by its folder or by its `project.ron`; nothing in it is read.
fn folder_at(disk: &Disk, project: &Path) -> Result<Folder, Diagnostic> {
    let own_file = project.file_name().is_some_and(|name| name == PROJECT_FILE);
    let root = if own_file { folder_of(project) } else { project };
    Folder::new(disk.clone(), root.to_owned())
}

impl Folder {
    /// Keeps the project as it is on the disk, as the last state of the day on which it was last changed; gives
    /// whether anything was to be kept. A step of the progress is a file of the project.
    ///
    /// Nothing is kept where the project changes meanwhile: the next time is as good.
    ///
    /// # Errors
    /// The project cannot be read, or the backup cannot be written. What was kept before is kept still.
    pub fn back_up(&self, progress: &Progress) -> Result<bool, Diagnostic> {
        let stamps = self.stamps_of_all()?;
        let Some(changed_ns) = stamps.iter().map(|(_, stamp)| stamp.modified_ns).max() else { return Ok(false) };
        let to = self.place_for(&Path::new(BACKUPS).join(format!("{}.{EXTENSION}", day_of(changed_ns))))?;
        if self.disk.stamp(&to)?.is_some_and(|kept| kept.modified_ns >= changed_ns) {
            return Ok(false);
        }
        let is_as_then = || match self.stamps_of_all()? == stamps {
            true => Ok(()),
            false => Err(Diagnostic::note(CHANGED, "The project was changed while it was backed up")),
        };
        match self.pack_if(&to, progress, is_as_then) {
            Err(why) if why.code == CHANGED => return Ok(false),
            packed => drop(packed?),
        }
        for old in self.backups()?.into_iter().skip(KEPT) {
            self.disk.remove(&old.path)?;
        }
        Ok(true)
    }

    /// The states that are kept, the newest first.
    ///
    /// # Errors
    /// They cannot be listed.
    pub fn backups(&self) -> Result<Vec<Backup>, Diagnostic> {
        let paths = self.disk.list(&self.inside(Path::new(BACKUPS))?)?;
        let backup = |path: PathBuf| {
            let day = path.file_stem()?.to_str()?.to_owned();
            let is_one = path.extension().is_some_and(|extension| extension == EXTENSION)
                && day.parse::<jiff::civil::Date>().is_ok();
            is_one.then_some(Backup { day, path })
        };
        let mut backups: Vec<Backup> = paths.into_iter().filter_map(backup).collect();
        backups.sort_unstable_by(|a, b| b.cmp(a));
        Ok(backups)
    }

    /// The state of a day.
    ///
    /// # Errors
    /// There is none of that day, or they cannot be listed.
    pub fn backup_of(&self, day: &str) -> Result<Backup, Diagnostic> {
        let backups = self.backups()?;
        let days = backups.iter().map(|backup| backup.day.as_str()).collect::<Vec<_>>().join(", ");
        backups.into_iter().find(|backup| backup.day == day).ok_or_else(|| {
            let told = Diagnostic::error("no-backup", phrase!("There is no backup of {day}", day))
                .at_path(self.root().join(BACKUPS).display());
            match days.is_empty() {
                true => told.hint("One is made when the project is open in the window and something has changed"),
                false => told.hint(phrase!("There is one of each of these days: {days}", days)),
            }
        })
    }

    /// The stamps of all files that the backup is made of, to see whether they changed meanwhile.
    fn stamps_of_all(&self) -> Result<Vec<(FileKey, Stamp)>, Diagnostic> {
        let mut files = Listing::of(self, &mut Vec::new()).files;
        for key in [FileKey::Project, FileKey::Codebook] {
            if let Some(stamp) = self.disk.stamp(&self.inside(&key.path())?)? {
                files.push((key, stamp));
            }
        }
        Ok(files)
    }
}

/// Code of the diagnostic that stops a backup of a project that changes meanwhile; never shown.
const CHANGED: &str = "changed-meanwhile";

/// The day in UTC of a time in nanoseconds since 1970.
fn day_of(ns: u64) -> String {
    let moment = Timestamp::from_nanosecond(i128::from(ns)).unwrap_or_default();
    moment.to_zoned(TimeZone::UTC).date().to_string()
}
