//! Going on in another folder, where the project's own can't be written: with everything, and without reopening.
//!
//! The new folder is written over a snapshot while work goes on; what is done meanwhile is remembered (`since`) and
//! written there too before the session changes over. The old folder stays as it is.

use std::{
    path::Path,
    sync::{Arc, PoisonError},
};

use super::{Runner, Saver, since::Since};
use crate::{
    diagnostic::Diagnostic,
    jobs::{Outcome, Progress},
    session::Run,
    store::Folder,
};

/// The project in its new folder, to [go on in](Runner::go_on_in). Dropped, it is a copy, and the work goes on where
/// it was.
#[derive(Debug)]
pub struct Elsewhere {
    /// The new folder, complete as of the snapshot.
    folder: Folder,
    /// What could not be taken along.
    left_out: Vec<Diagnostic>,
    /// As long as it is there, what is done is remembered to be taken along.
    _wanted: Arc<()>,
}

/// What still works for the folder that was left. Dropping it waits for the disk.
#[derive(Debug)]
pub struct Left {
    /// The saver of the old folder, which may be waiting for a disk that does not answer: it ends on a thread of its
    /// own.
    _saver: Arc<Saver>,
}

impl Runner {
    /// The work of writing the whole project as it is now, with what is not saved, into a new folder. Until it has
    /// ended or is dropped nothing more is saved in the old one, which stays as it is.
    ///
    /// It fails where something is at the path already, or it can’t be written; then nothing was made.
    pub fn saving_elsewhere(&mut self, to: &Path) -> impl FnOnce(&Progress) -> Outcome<Elsewhere> + Send + use<> {
        let held = self.saver.hold();
        let wanted = Arc::new(());
        self.since = Since { wanted: Arc::downgrade(&wanted), done: Vec::new() };
        let (folder, project, to) = (Arc::clone(&self.folder), self.session.project().clone(), to.to_owned());
        let by = self.session().annotator().cloned();
        move |progress| {
            let told = |why: Diagnostic| vec![why];
            let unsaved = held.unsaved().map_err(told)?;
            let (folder, left_out) = folder.save_elsewhere(&project, &unsaved, &to, progress).map_err(told)?;
            by.iter().try_for_each(|by| folder.lock(by)).map_err(told)?;
            Ok(Elsewhere { folder, left_out, _wanted: wanted })
        }
    }

    /// Goes on in the new folder, with what was done since. What could not be taken along is among the
    /// [`Runner::diagnostics`].
    ///
    /// # Errors
    /// The system gives no thread; then the work goes on where it was.
    pub fn go_on_in(&mut self, elsewhere: Elsewhere) -> Result<Left, Diagnostic> {
        let folder = Arc::new(elsewhere.folder);
        let saver = Arc::new(Saver::start(Arc::clone(&folder))?);
        self.saver.wake().into_iter().for_each(|wake| saver.wake_with(wake));
        for (project, transaction) in std::mem::take(&mut self.since).done {
            saver.save(&project, transaction);
        }
        *self.read_from.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&folder);
        self.folder = folder;
        self.found.extend(elsewhere.left_out);
        let left = std::mem::replace(&mut self.saver, saver);
        left.forget();
        Ok(Left { _saver: left })
    }
}
