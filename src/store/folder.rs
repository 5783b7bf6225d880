//! A project's folder, held open: what of it was read, and whether it may be written.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use rustc_hash::FxHashMap;

use super::{
    FileKey, VERSION,
    disk::Stamp,
    key::{ARTICLES, CODEBOOK_FILE, HISTORY, LAYERS, PROJECT_FILE, SCRATCH},
    lock::Lock,
};
use crate::diagnostic::Diagnostic;

/// A project's folder. It can be used from any thread; one call at a time writes.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// The format its files are in.
    pub(super) version: u32,
    /// Held for moments only: never while anything is read or written that others wait for.
    state: Mutex<State>,
    /// Held by the call that writes.
    writing: Mutex<()>,
}

#[derive(Debug, Default)]
pub(super) struct State {
    /// The files that were read or written, as they were then. A file that is not here is never overwritten.
    pub stamps: FxHashMap<FileKey, Stamp>,
    /// Why nothing may be written.
    pub read_only: Option<Diagnostic>,
    pub locks: Vec<Lock>,
}

impl Folder {
    pub(super) fn new(root: PathBuf) -> Self {
        Self { root, version: VERSION, state: Mutex::default(), writing: Mutex::default() }
    }

    /// Where it is, as the user gave it.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Why nothing is written, where that is known; see [`Folder::lock`].
    pub fn read_only(&self) -> Option<Diagnostic> {
        self.state().read_only.clone()
    }

    /// Whether a path is one of the project's own files, or lies where they lie.
    pub(super) fn is_own(&self, path: &Path) -> bool {
        let Ok(root) = self.root.canonicalize() else { return false };
        // What is not there yet is told by the nearest folder that is.
        let real = |folder: &Path| if folder.as_os_str().is_empty() { Path::new(".") } else { folder }.canonicalize();
        let parts = path.ancestors().skip(1).find_map(|folder| Some((real(folder).ok()?, path.strip_prefix(folder).ok()?)));
        let Some((folder, rest)) = parts else { return false };
        let whole = folder.join(rest);
        let inside = whole.strip_prefix(&root).ok().and_then(|inside| inside.components().next());
        let own = [PROJECT_FILE, CODEBOOK_FILE, ARTICLES, LAYERS, HISTORY, SCRATCH];
        // Some systems do not tell capitals apart.
        inside.is_some_and(|first| own.iter().any(|name| first.as_os_str().eq_ignore_ascii_case(name)))
    }

    pub(super) fn path(&self, key: &FileKey) -> PathBuf {
        self.root.join(key.path())
    }

    /// The state; a thread that panicked while it held it left nothing half done that would matter.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until nobody else writes.
    pub(super) fn writing(&self) -> MutexGuard<'_, ()> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
