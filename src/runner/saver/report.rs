//! What the saving threads tell of: how far they have come, and what went wrong.

use std::{
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::{diagnostic::Diagnostic, jobs::Wake};

/// What the threads tell; locked only for moments, so that a window never waits for the disk.
#[derive(Default)]
pub struct Report {
    /// How many of the changes sent are written down.
    pub recorded: u64,
    /// How many of them the files hold too.
    pub followed: u64,
    /// Why the last try failed, to write down and to write files.
    pub trouble: [Option<Diagnostic>; 2],
    /// What is to be told once.
    pub news: Vec<Diagnostic>,
    /// Has a frame drawn when something is to be seen.
    pub wake: Option<Wake>,
}

/// What a trouble is with.
#[derive(Clone, Copy, Debug)]
pub enum With {
    /// Writing transactions down.
    Journal,
    /// Bringing files to what was written down.
    Files,
}

impl Report {
    /// What is wrong with one of them; `None` where nothing is.
    pub fn trouble_with(&self, with: With) -> &Option<Diagnostic> {
        &self.trouble[with as usize]
    }

    /// The same trouble again is no news.
    pub fn failed(&mut self, with: With, trouble: Diagnostic) {
        if !self.trouble.contains(&Some(trouble.clone())) {
            self.news.push(trouble.clone());
        }
        self.trouble[with as usize] = Some(trouble);
    }

    /// Says that it works again.
    pub fn went_well(&mut self, with: With) {
        self.trouble[with as usize] = None;
    }
}

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} written down, trouble: {:?}", self.recorded, self.trouble)
    }
}

/// Why nothing is saved: a saving thread has panicked.
pub fn gone() -> Diagnostic {
    Diagnostic::error("saver-gone", "Nothing is saved any more: the part that saves has failed")
        .hint("Pack the project under another name, then start Pressmark again")
}

/// Changes the report, and wakes whoever waits for news.
pub fn tell(report: &Mutex<Report>, change: impl FnOnce(&mut Report)) {
    let mut report = locked(report);
    change(&mut report);
    let wake = report.wake.clone();
    drop(report);
    wake.iter().for_each(|wake| wake());
}

/// The report, also after a thread has panicked while it held it.
pub fn locked(report: &Mutex<Report>) -> MutexGuard<'_, Report> {
    report.lock().unwrap_or_else(PoisonError::into_inner)
}
