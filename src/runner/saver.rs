//! Saves on threads of its own: first what was done is written down in the journal, then the files that it changes.
//!
//! A change counts as saved when its entry is on the disk; the files follow at their own pace, so that marking in an
//! article with tens of thousands of marks does not write all of them for each. What fails is kept, and tried again
//! by itself. What can't be written down, and a file that can't be written, hold back nothing but themselves.

mod files;
mod recorder;
mod report;

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread::JoinHandle,
};

use super::start::start;
use crate::{
    diagnostic::Diagnostic,
    jobs::Wake,
    model::{Project, edit::Transaction},
    store::{Folder, Unsaved},
};
use files::Files;
use recorder::{Job, Recorder};
use report::{Report, With, gone, locked};

/// The threads, and the way to them. Dropping it waits until everything has been tried.
#[derive(Debug)]
pub(super) struct Saver {
    /// To the thread that writes journals; `None` while the saver is being dropped, which ends the thread.
    jobs: Option<Sender<Job>>,
    /// The recorder and the one that writes files.
    threads: Vec<JoinHandle<()>>,
    /// How far they are, written by the threads.
    report: Arc<Mutex<Report>>,
    /// How many transactions were handed to the recorder.
    sent: AtomicU64,
}

/// How far saving has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Every change is on the disk: written down in the journal, though files may still follow.
    Saved,
    /// Something is on its way to the journal.
    Saving,
    /// The last try failed; what is not on the disk is kept, and tried again by itself and with the next change.
    Failed,
    /// Nothing can be saved here, so nothing can be changed either.
    ReadOnly,
}

/// While this is there, nothing is written down.
#[derive(Debug)]
pub(super) struct Held {
    /// Gets what is not written down, once the recorder has stopped.
    unsaved: Receiver<Unsaved>,
    /// Dropping it lets the recorder go on.
    _release: Sender<()>,
}

impl Held {
    /// What was sent before and is not written down; waits until that is known.
    ///
    /// # Errors
    /// A part that saves has failed.
    pub fn unsaved(&self) -> Result<Unsaved, Diagnostic> {
        self.unsaved.recv().map_err(|_ended| gone())
    }
}

impl Saver {
    /// # Errors
    /// The system gives no thread.
    pub fn start(folder: Arc<Folder>) -> Result<Self, Diagnostic> {
        let report = Arc::<Mutex<Report>>::default();
        let ((jobs, waiting), (behind, following)) = (channel(), channel());
        let files = Files::new(Arc::clone(&folder), Arc::clone(&report));
        let recorder = Recorder::new(folder, Arc::clone(&report), behind);
        let threads = vec![
            start("journal", "Saving", move || recorder.work(&waiting))?,
            start("saver", "Saving", move || files.work(&following))?,
        ];
        Ok(Self { jobs: Some(jobs), threads, report, sent: AtomicU64::new(0) })
    }

    /// Saves what the transaction changed, as the project was after it.
    pub fn save(&self, project: &Project, transaction: Arc<Transaction>) {
        self.sent.fetch_add(1, Ordering::Relaxed);
        self.send(Job::Save(project.clone(), transaction));
    }

    /// Waits until everything sent so far is written down in the journal; files may still follow.
    ///
    /// # Errors
    /// Why not everything is.
    pub fn record(&self) -> Result<(), Diagnostic> {
        self.wait(Job::Record)?;
        self.tell_once(|report| report.trouble_with(With::Journal).clone())
    }

    /// Waits until everything sent so far has been tried.
    ///
    /// # Errors
    /// Why not everything is on the disk.
    pub fn flush(&self) -> Result<(), Diagnostic> {
        self.wait(Job::Flush)?;
        self.tell_once(|report| report.trouble.iter().flatten().next().cloned())
    }

    /// How many changes are not written down, so that they would be lost if the program ended now.
    pub fn unsaved(&self) -> usize {
        let unsaved = self.sent.load(Ordering::Relaxed).saturating_sub(locked(&self.report).recorded);
        usize::try_from(unsaved).unwrap_or(usize::MAX)
    }

    /// Why the last try to write down failed, where it did.
    pub fn trouble(&self) -> Option<Diagnostic> {
        locked(&self.report).trouble_with(With::Journal).clone()
    }

    /// Has nothing written down from here on, until what is given back is dropped.
    pub fn hold(&self) -> Held {
        let ((send, unsaved), (_release, released)) = (channel(), channel());
        self.send(Job::Hold(send, released));
        Held { unsaved, _release }
    }

    /// Has nothing tried any more of what is not written down.
    pub fn forget(&self) {
        self.send(Job::Forget);
    }

    /// How the saving stands, for the bottom bar.
    pub fn state(&self) -> State {
        let report = locked(&self.report);
        if report.trouble.iter().any(Option::is_some) || self.has_failed() {
            return State::Failed;
        }
        if report.recorded < self.sent.load(Ordering::Relaxed) { State::Saving } else { State::Saved }
    }

    /// How many of the changes sent are written down.
    pub fn recorded(&self) -> u64 {
        locked(&self.report).recorded
    }

    /// How many changes there have been.
    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    /// Whether the files hold every change: only then may what is in memory be read from them again.
    pub fn have_files_followed(&self) -> bool {
        locked(&self.report).followed >= self.sent.load(Ordering::Relaxed)
    }

    /// What has gone wrong since this was last asked.
    pub fn news(&self) -> Vec<Diagnostic> {
        if self.has_failed() {
            locked(&self.report).failed(With::Journal, gone());
        }
        std::mem::take(&mut locked(&self.report).news)
    }

    /// Has a function called whenever the state may have changed, on a saving thread.
    pub fn wake_with(&self, wake: Wake) {
        locked(&self.report).wake = Some(wake);
    }

    /// What is called then.
    pub fn wake(&self) -> Option<Wake> {
        locked(&self.report).wake.clone()
    }

    /// Whether a thread has ended while it is needed: it has panicked.
    fn has_failed(&self) -> bool {
        self.jobs.is_some() && self.threads.iter().any(JoinHandle::is_finished)
    }

    /// Sends a job that is answered, and waits for the answer.
    fn wait(&self, job: impl FnOnce(Sender<()>) -> Job) -> Result<(), Diagnostic> {
        let (done, wait) = channel();
        self.send(job(done));
        // Nobody answers where a thread has panicked.
        wait.recv().map_err(|_ended| {
            let gone = gone();
            locked(&self.report).failed(With::Journal, gone.clone());
            gone
        })
    }

    /// An error that is given to the caller is no news any more.
    fn tell_once(&self, trouble: impl FnOnce(&Report) -> Option<Diagnostic>) -> Result<(), Diagnostic> {
        let mut report = locked(&self.report);
        let Some(trouble) = trouble(&report) else { return Ok(()) };
        report.news.retain(|told| *told != trouble);
        Err(trouble)
    }

    /// Hands a job to the recorder; a thread that is gone counts as a failure.
    fn send(&self, job: Job) {
        let sent = self.jobs.as_ref().is_some_and(|jobs| jobs.send(job).is_ok());
        if !sent {
            locked(&self.report).failed(With::Journal, gone());
        }
    }
}

impl Drop for Saver {
    fn drop(&mut self) {
        self.jobs = None;
        for thread in self.threads.drain(..) {
            // A thread that has panicked has nothing more to say.
            let _ = thread.join();
        }
    }
}
