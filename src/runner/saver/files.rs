//! The thread that brings the files to what is written down in the journal, at its own pace.
//!
//! Only the newest snapshot of the project matters: what changed in between is written once. The pause between two
//! writes grows with how long the last one took, so that large layers are written rarely and small ones soon.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, RecvTimeoutError, Sender},
    },
    time::{Duration, Instant},
};

use super::report::{Report, With, tell};
use crate::{
    diagnostic::Diagnostic,
    model::Project,
    store::{FileKey, Folder},
};

/// Writing takes at most one part in so many of the time: files that take long are not written for each change.
const PART: u32 = 8;
/// What takes less time than this is written at once.
const QUICK: Duration = Duration::from_millis(20);
/// After so many entries it is noted that the files hold them.
const NOTED: u64 = 64;

/// So long after a failure it is tried again by itself, at first.
pub const SOON: Duration = Duration::from_secs(2);
/// The longest time between two tries.
pub const LATE: Duration = Duration::from_secs(60);

/// What was written down, for the files to follow.
#[derive(Default)]
pub struct Follow {
    /// As it is after the last change.
    pub project: Option<Project>,
    /// The files that it changes.
    pub keys: BTreeSet<FileKey>,
    /// Those that are not to be written, because something in them is not written down yet.
    pub held: BTreeSet<FileKey>,
    /// How many entries the journals have got since the folder was opened.
    pub appended: u64,
    /// How many changes were written down since the last time.
    pub recorded: u64,
    /// Answered when everything has been tried.
    pub flushed: Vec<Sender<()>>,
}

/// What is still to be written.
pub struct Files {
    /// Where the files are.
    folder: Arc<Folder>,
    report: Arc<Mutex<Report>>,
    /// The newest snapshot.
    project: Option<Project>,
    /// The files that are behind.
    keys: BTreeSet<FileKey>,
    /// Files that wait for something else to be written down first.
    held: BTreeSet<FileKey>,
    /// How many entries the journals have with the newest snapshot.
    appended: u64,
    /// How many of them the journals say the files hold.
    noted: u64,
    /// How many of the changes sent the files are to hold.
    recorded: u64,
    /// When it is to be tried next.
    due: Instant,
    /// So long after a failure it is tried again.
    pause: Duration,
    /// Whether the last attempt failed, so that success is worth telling.
    has_failed: bool,
}

impl Files {
    /// With nothing to write.
    pub fn new(folder: Arc<Folder>, report: Arc<Mutex<Report>>) -> Self {
        Self {
            folder,
            report,
            project: None,
            keys: BTreeSet::new(),
            held: BTreeSet::new(),
            appended: 0,
            noted: 0,
            recorded: 0,
            due: Instant::now(),
            pause: SOON,
            has_failed: false,
        }
    }

    /// The thread: takes jobs, writes when the pause is over, ends when the sender is gone.
    pub fn work(mut self, jobs: &Receiver<Follow>) {
        loop {
            let job = match self.keys.is_empty() {
                true => jobs.recv().map_err(|_ended| RecvTimeoutError::Disconnected),
                false => jobs.recv_timeout(self.due.saturating_duration_since(Instant::now())),
            };
            if matches!(job, Err(RecvTimeoutError::Disconnected)) {
                break;
            }
            let jobs: Vec<Follow> = job.into_iter().chain(jobs.try_iter()).collect();
            let flushed: Vec<Sender<()>> = jobs.into_iter().flat_map(|job| self.take(job)).collect();
            if !flushed.is_empty() || self.due <= Instant::now() {
                self.write();
            }
            // Whoever no longer waits needs no answer.
            flushed.iter().for_each(|done| _ = done.send(()));
        }
        self.write();
        self.note();
    }

    /// Takes up a job; gives those who wait for the files to be complete.
    fn take(&mut self, job: Follow) -> Vec<Sender<()>> {
        if let Some(project) = job.project {
            self.project = Some(project);
            self.keys.extend(job.keys);
            self.held = job.held;
            self.appended = job.appended;
            self.recorded += job.recorded;
            if self.has_failed {
                self.due = Instant::now();
            }
        }
        job.flushed
    }

    /// Writes the files that are behind and not held; what fails stays behind.
    fn write(&mut self) {
        let Some(project) = &self.project else { return };
        let keys: BTreeSet<FileKey> = self.keys.difference(&self.held).cloned().collect();
        let begun = Instant::now();
        let failed = self.folder.save_each(project, &keys);
        let took = begun.elapsed();
        self.keys = self.keys.intersection(&self.held).cloned().collect();
        self.keys.extend(failed.iter().map(|(key, _)| key.clone()));
        self.has_failed = !failed.is_empty();
        let wait = if self.has_failed { self.pause } else { took * PART };
        self.pause = if self.has_failed { (self.pause * 2).min(LATE) } else { SOON };
        self.due = if wait < QUICK * PART { Instant::now() } else { Instant::now() + wait };
        if self.keys.is_empty() && self.appended - self.noted >= NOTED {
            self.note();
        }
        let followed = self.keys.is_empty() && self.held.is_empty();
        let merged = self.folder.take_merged();
        tell(&self.report, |report| {
            report.news.extend(merged);
            match Diagnostic::in_one(failed.into_iter().map(|(_, why)| why)) {
                Some(trouble) => report.failed(With::Files, trouble),
                None => report.went_well(With::Files),
            }
            if followed {
                report.followed = self.recorded;
            }
        });
    }

    /// Says in the journals that the files hold everything, where they do.
    fn note(&mut self) {
        if self.keys.is_empty() && self.held.is_empty() {
            self.folder.files_are_complete(self.appended);
            self.noted = self.appended;
        }
    }
}
