//! A project's folder, held open: what of it was read, and whether it may be written.
//!
//! Everything that is read or written below the folder takes its path from here. A link on the way is refused, so
//! that nothing outside the folder is read or written whatever a stranger has put into it; the folder itself may be
//! reached by a link. A folder that has gone away is never made anew.

use std::{
    collections::BTreeMap,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use rustc_hash::FxHashMap;

use super::{
    FileKey, VERSION,
    base::Base,
    disk::{self, Disk, Durability, NewFile, Stamp, trouble},
    file::ProjectFile,
    filesystem::{FileInfo, FileKind, Opening},
    held_lock::Lock,
    key::{ARTICLES, BACKUPS, CODEBOOK_FILE, HISTORY, LAYERS, PROJECT_FILE, SCRATCH},
};
use crate::{
    diagnostic::Diagnostic,
    model::{AnnotatorId, Codebook, TransactionId},
};

/// So often something is tried that needs the folder for what can be deleted at any time, as somebody may be deleting
/// it just now.
const SCRATCH_TRIES: u32 = 100;
/// The pause between two tries.
const SCRATCH_PAUSE: Duration = Duration::from_millis(1);

/// A project’s folder, held open. It can be used from any thread; calls that write the same kind of files wait for
/// each other.
#[derive(Debug)]
pub struct Folder {
    /// As the user gave it.
    root: PathBuf,
    /// What the folder was when it was opened, by which it is known again: one that was put in its place is another.
    opened: FileInfo,
    pub(super) disk: Disk,
    /// What is known of the files. Held for moments only, never while anything is read or written that others wait
    /// for.
    state: Mutex<State>,
    /// The annotators’ locks that are held here.
    locks: Mutex<Vec<Lock>>,
    /// Whether what comes before the first write is done; held while it is being done.
    prepared: Mutex<bool>,
    /// Held by a call that writes in an [`Area`].
    writing: [Mutex<()>; 3],
}

/// Files that one call at a time writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Area {
    /// The journals of all annotators.
    Journals,
    /// `project.ron`, the codebook and the articles, which other programs write too.
    Shared,
    /// Layers and relations across articles, which the program that holds their annotator’s lock writes.
    Layers,
}

/// What is known of the files of a folder.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The format’s version that the files are in.
    pub version: u32,
    /// The files that were read or written here, as they were then. A file that is not among them is never
    /// overwritten.
    pub stamps: FxHashMap<FileKey, Stamp>,
    /// For merging: files as they were read here, before other programs changed them.
    pub bases: FxHashMap<FileKey, Base>,
    /// What came of merging, until somebody asks for it.
    pub merged: Vec<Diagnostic>,
    /// `project.ron` as it was last read or written here; only what differs from it is written.
    pub project_file: Option<ProjectFile>,
    /// The codebook as it is on the disk.
    pub codebook: Option<Arc<Codebook>>,
    /// Why nothing may be written; `None` where it may.
    pub read_only: Option<Diagnostic>,
    /// What was appended to journals here.
    pub appended: Appended,
    /// Whether the files lack something that a journal tells and that could not be carried out; then no journal is
    /// marked as saved.
    pub is_behind: bool,
}

/// Entries that were appended to journals here.
#[derive(Debug, Default)]
pub(super) struct Appended {
    /// How many, in all journals.
    pub total: u64,
    /// By journal, how many came after the last line that says the files hold everything.
    pub unmarked: BTreeMap<Option<AnnotatorId>, u64>,
    /// By journal, the first one that was appended here.
    pub first: BTreeMap<Option<AnnotatorId>, TransactionId>,
}

impl Folder {
    /// A folder that exists.
    ///
    /// # Errors
    /// There is no folder.
    pub(super) fn new(disk: Disk, root: PathBuf) -> Result<Self, Diagnostic> {
        let opened = disk.files().follow(&root).map_err(|error| trouble("open", &root, &error))?;
        Ok(Self {
            root,
            opened,
            disk,
            state: Mutex::new(State { version: VERSION, ..State::default() }),
            locks: Mutex::default(),
            prepared: Mutex::default(),
            writing: Default::default(),
        })
    }

    /// The same folder after it was put into another place.
    ///
    /// # Errors
    /// It is not there.
    pub(super) fn moved_to(self, root: &Path) -> Result<Self, Diagnostic> {
        let opened = self.disk.files().follow(root).map_err(|error| trouble("open", root, &error))?;
        Ok(Self { root: root.to_owned(), opened, ..self })
    }

    /// Does what comes before the first write, once: brings a project of an older version to the newest one.
    ///
    /// # Errors
    /// It could not be; then nothing may be written.
    pub(super) fn prepare(&self) -> Result<(), Diagnostic> {
        let mut is_prepared = hold(&self.prepared);
        if !*is_prepared {
            if self.state().version < VERSION {
                self.upgrade()?;
            }
            self.write_ignore_file();
            *is_prepared = true;
        }
        Ok(())
    }

    /// Where it is, as the user gave it.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Why nothing is written, where that is known; see [`Folder::lock`].
    pub fn read_only(&self) -> Option<Diagnostic> {
        self.state().read_only.clone()
    }

    /// Whether a path is one of the project’s own files, or lies where these lie: nothing else is written there.
    pub(super) fn is_own(&self, path: &Path) -> bool {
        let Ok(root) = self.root.canonicalize() else { return false };
        let real = |folder: &Path| match folder.as_os_str().is_empty() {
            true => Path::new(".").canonicalize().ok(),
            false => folder.canonicalize().ok(),
        };
        // What is not there yet is told by the nearest folder that is.
        let mut above = path.ancestors().skip(1);
        let parts = above.find_map(|folder| Some((real(folder)?, path.strip_prefix(folder).ok()?)));
        let Some((folder, rest)) = parts else { return false };
        let whole = folder.join(rest);
        let inside = whole.strip_prefix(&root).ok().and_then(|inside| inside.components().next());
        let own = [PROJECT_FILE, CODEBOOK_FILE, ARTICLES, LAYERS, HISTORY, BACKUPS, SCRATCH];
        // Some systems do not tell capitals apart.
        inside.is_some_and(|first| own.iter().any(|name| first.as_os_str().eq_ignore_ascii_case(name)))
    }

    /// The path of a file of the project, for messages. For reading and writing, see [`Folder::inside`].
    pub(super) fn path(&self, key: &FileKey) -> PathBuf {
        self.root.join(key.path())
    }

    /// The path of something below the folder, for reading; refused where a link is on the way.
    ///
    /// # Errors
    /// It, or a folder on the way, is a link.
    pub(super) fn inside(&self, below: &Path) -> Result<PathBuf, Diagnostic> {
        let mut path = self.root.clone();
        for name in below {
            path.push(name);
            match self.disk.files().look_at(&path) {
                Ok(info) if info.kind == FileKind::Link => return Err(link(&path)),
                Ok(_) => {}
                // Where there is nothing, nothing leads elsewhere.
                Err(_) => break,
            }
        }
        Ok(self.root.join(below))
    }

    /// As [`Folder::inside`], for writing: the folders it lies in are made, but never the project’s own.
    ///
    /// # Errors
    /// A link is on the way, the project's folder is gone, or a folder cannot be made.
    pub(super) fn place_for(&self, below: &Path) -> Result<PathBuf, Diagnostic> {
        self.is_still_there()?;
        let path = self.inside(below)?;
        let mut folder = self.root.clone();
        for name in below.parent().unwrap_or(Path::new("")) {
            folder.push(name);
            // The project's own folder is never among them: it can't come back this way.
            match self.disk.files().make_folder(&folder) {
                Ok(()) => self.disk.flush_folder(disk::folder_of(&folder))?,
                Err(_) if self.disk.has(&folder, FileKind::Folder) => {}
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    return Err(trouble("make", &folder, &ErrorKind::NotADirectory.into()));
                }
                Err(error) => return Err(trouble("make", &folder, &error)),
            }
        }
        Ok(path)
    }

    /// Refuses where the folder is not the one that was opened.
    ///
    /// # Errors
    /// The folder was renamed, removed or unmounted since it was opened, whatever stands in its place now.
    pub(super) fn is_still_there(&self) -> Result<(), Diagnostic> {
        let now = self.disk.info(&self.root)?;
        if now.is_some_and(|now| now.is_same_as(&self.opened)) {
            return Ok(());
        }
        Err(Diagnostic::error("folder-gone", "The project’s folder is gone, so nothing can be saved in it")
            .at_path(self.root.display())
            .hint("Put it back to its place, or connect the disk again, and save again"))
    }

    /// Replaces or makes a file below the folder. `checked` is asked at the last moment before; flushing its folder
    /// is the caller’s.
    ///
    /// # Errors
    /// Where it cannot; then the old file is as it was.
    pub(super) fn replace(
        &self,
        below: &Path,
        bytes: &[u8],
        durability: Durability,
        checked: impl Fn() -> Result<(), Diagnostic>,
    ) -> Result<Stamp, Diagnostic> {
        self.with_scratch(|scratch| {
            let path = self.place_for(below)?;
            let mut file = NewFile::begin(&self.disk, &path, scratch)?;
            file.write_all(bytes).map_err(|error| trouble("write", &path, &error))?;
            Ok(file.finish(durability, &checked)?.with(bytes))
        })
    }

    /// Does something that needs the folder for what can be deleted at any time; tries again where that was deleted
    /// meanwhile.
    ///
    /// # Errors
    /// Those of the work, or the folder cannot be made.
    pub(super) fn with_scratch<T>(&self, work: impl Fn(&Path) -> Result<T, Diagnostic>) -> Result<T, Diagnostic> {
        let mut again = 0..SCRATCH_TRIES;
        loop {
            match self.scratch().and_then(|scratch| work(&scratch)) {
                Err(why) if why.code == "not-found" && again.next().is_some() => thread::sleep(SCRATCH_PAUSE),
                done => return done,
            }
        }
    }

    /// The folder for what can be deleted at any time (`.pressmark`), made where it is not there, with a `.gitignore`
    /// in it.
    ///
    /// # Errors
    /// It cannot be made, or something else is in its place.
    fn scratch(&self) -> Result<PathBuf, Diagnostic> {
        let ignore = self.place_for(&Path::new(SCRATCH).join(".gitignore"))?;
        if self.disk.files().look_at(&ignore).is_err() {
            let failed = |error| trouble("write", &ignore, &error);
            let mut file = self.disk.files().open(&ignore, Opening::Append).map_err(failed)?;
            file.write_all(b"*\n").map_err(failed)?;
        }
        Ok(self.root.join(SCRATCH))
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        hold(&self.state)
    }

    pub(super) fn locks(&self) -> MutexGuard<'_, Vec<Lock>> {
        hold(&self.locks)
    }

    /// Waits until no other thread writes in the area.
    pub(super) fn writing(&self, area: Area) -> MutexGuard<'_, ()> {
        hold(&self.writing[area as usize])
    }
}

/// Locks a mutex. A thread that panicked while it held it left nothing half done that would matter.
fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Why a link is not followed: it may lead anywhere.
pub(super) fn link(path: &Path) -> Diagnostic {
    Diagnostic::error("link", "This is a link to another place, which a project has none of; it is not followed")
        .at_path(path.display())
        .hint("Put the file or folder itself here in its place")
}

/// Why nothing else is written onto a file of the project.
pub(super) fn own_file(path: &Path) -> Diagnostic {
    Diagnostic::error("own-file", "This is a file of the project itself, so nothing else is written onto it")
        .at_path(path.display())
        .hint("Choose another name, best outside of the project’s folder")
}
