//! Saves on a thread of its own: what waits is saved together, and what fails is kept and tried again.

use std::{
    collections::{BTreeSet, VecDeque},
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread::JoinHandle,
};

use super::{Wake, start};
use crate::{
    diagnostic::Diagnostic,
    model::{Project, edit::Transaction},
    store::{self, FileKey, Folder},
};

/// The thread, and the way to it. Dropping it waits until everything has been tried.
#[derive(Debug)]
pub(super) struct Saver {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
    report: Arc<Mutex<Report>>,
    sent: AtomicU64,
}

/// How far saving has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Every change is on the disk.
    Saved,
    Saving,
    /// The last try failed; what is not on the disk is kept, and tried again with the next change.
    Failed,
    /// Nothing can be saved here, so nothing can be changed either.
    ReadOnly,
}

/// What the thread tells; locked only for moments, so that a window never waits for the disk.
#[derive(Default)]
struct Report {
    /// How many of the changes sent are on the disk.
    saved: u64,
    /// Why the last try failed.
    trouble: Option<Diagnostic>,
    news: Vec<Diagnostic>,
    wake: Option<Wake>,
}

enum Job {
    Save(Project, Arc<Transaction>),
    Flush(Sender<()>),
}

impl Saver {
    /// # Errors
    /// The system gives no thread.
    pub fn start(folder: Arc<Folder>) -> Result<Self, Diagnostic> {
        let (jobs, waiting) = channel();
        let report = Arc::<Mutex<Report>>::default();
        let queue =
            Queue { folder, report: Arc::clone(&report), last: None, keys: BTreeSet::new(), journal: VecDeque::new() };
        let thread = start("saver", "save", move || queue.work(&waiting))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread), report, sent: AtomicU64::new(0) })
    }

    /// Saves what the transaction changed, as the project was after it.
    pub fn save(&self, project: &Project, transaction: Arc<Transaction>) {
        self.sent.fetch_add(1, Ordering::Relaxed);
        self.send(Job::Save(project.clone(), transaction));
    }

    /// Waits until everything sent so far has been tried.
    ///
    /// # Errors
    /// Why not everything is on the disk.
    pub fn flush(&self) -> Result<(), Diagnostic> {
        let (done, wait) = channel();
        self.send(Job::Flush(done));
        // An error is a thread that has ended; its trouble is in the report.
        let _ = wait.recv();
        let mut report = locked(&self.report);
        let Some(trouble) = report.trouble.clone() else { return Ok(()) };
        report.news.retain(|told| *told != trouble);
        Err(trouble)
    }

    pub fn state(&self) -> State {
        let report = locked(&self.report);
        match &report.trouble {
            Some(_) => State::Failed,
            None if report.saved < self.sent.load(Ordering::Relaxed) => State::Saving,
            None => State::Saved,
        }
    }

    /// What has gone wrong since this was last asked.
    pub fn news(&self) -> Vec<Diagnostic> {
        std::mem::take(&mut locked(&self.report).news)
    }

    /// Has a function called whenever the state may have changed, on the saving thread.
    pub fn wake_with(&self, wake: Wake) {
        locked(&self.report).wake = Some(wake);
    }

    fn send(&self, job: Job) {
        let sent = self.jobs.as_ref().is_some_and(|jobs| jobs.send(job).is_ok());
        if !sent {
            let gone = Diagnostic::error("saver-gone", "Nothing is saved any more: the part that saves has failed")
                .hint("Pack the project under another name, then start Pressmark again");
            locked(&self.report).failed(gone);
        }
    }
}

impl Drop for Saver {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // A thread that has panicked has nothing more to say.
            let _ = thread.join();
        }
    }
}

impl Report {
    /// The same trouble again is no news.
    fn failed(&mut self, trouble: Diagnostic) {
        if self.trouble.as_ref() != Some(&trouble) {
            self.news.push(trouble.clone());
        }
        self.trouble = Some(trouble);
    }
}

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} saved, trouble: {:?}", self.saved, self.trouble)
    }
}

fn locked(report: &Mutex<Report>) -> MutexGuard<'_, Report> {
    report.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is still to be saved.
struct Queue {
    folder: Arc<Folder>,
    report: Arc<Mutex<Report>>,
    last: Option<Project>,
    keys: BTreeSet<FileKey>,
    /// Each with the project as it was then, because its marks are written down in characters of those texts.
    journal: VecDeque<(Project, Arc<Transaction>)>,
}

impl Queue {
    fn work(mut self, jobs: &Receiver<Job>) {
        while let Ok(job) = jobs.recv() {
            let waiting: Vec<Job> = std::iter::once(job).chain(jobs.try_iter()).collect();
            let flushed: Vec<Sender<()>> = waiting.into_iter().filter_map(|job| self.take(job)).collect();
            self.save();
            // Whoever no longer waits needs no answer.
            flushed.iter().for_each(|done| _ = done.send(()));
        }
        self.save();
    }

    fn take(&mut self, job: Job) -> Option<Sender<()>> {
        match job {
            Job::Save(project, transaction) => {
                self.keys.append(&mut store::touched(&transaction.changes));
                self.journal.push_back((project.clone(), transaction));
                self.last = Some(project);
                None
            }
            Job::Flush(done) => Some(done),
        }
    }

    fn save(&mut self) {
        let saved = self.try_saving();
        let mut report = locked(&self.report);
        match saved {
            Ok(count) => {
                report.saved += count;
                report.trouble = None;
            }
            Err(trouble) => report.failed(trouble),
        }
        if let Some(wake) = &report.wake {
            wake();
        }
    }

    /// Gives how many changes are on the disk that were not before. What fails stays in the queue.
    fn try_saving(&mut self) -> Result<u64, Diagnostic> {
        let Some(project) = &self.last else { return Ok(0) };
        self.folder.save(project, &self.keys)?;
        self.keys.clear();
        let mut count = 0;
        while let Some((then, transaction)) = self.journal.front() {
            self.folder.append_journal(then, transaction)?;
            self.journal.pop_front();
            count += 1;
        }
        self.last = None;
        Ok(count)
    }
}
