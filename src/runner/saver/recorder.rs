//! The thread that writes transactions down in the journal.
//!
//! Journals come first: [`Job::Save`] counts as saved when its line has reached the disk. Light transactions that
//! wait together are written with one flush. A transaction that can’t be written down is kept and tried again, and
//! holds back only those that need it.

use std::{
    collections::{BTreeSet, VecDeque},
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, RecvTimeoutError, Sender},
    },
    time::Duration,
};

use super::{
    files::{Follow, LATE, SOON},
    report::{self, Report, With, tell},
};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Project, TransactionId,
        edit::{Kind, Transaction},
    },
    store::{FileKey, Folder, Unsaved, touched},
};

/// What the thread is asked for.
#[expect(clippy::large_enum_variant, reason = "nearly all are the large one, and each is moved once")]
pub enum Job {
    /// Write a transaction down; the project is as it was right after it.
    Save(Project, Arc<Transaction>),
    /// Answered when everything sent before is written down, or can't be.
    Record(Sender<()>),
    /// Answered when the files follow too, or can't.
    Flush(Sender<()>),
    /// Answered with what is not written down; nothing more is until the other end is gone.
    Hold(Sender<Unsaved>, Receiver<()>),
    /// What is not written down is not to be any more: it is in another folder.
    Forget,
}

/// What is still to be written down.
pub struct Recorder {
    /// Whose journals are written.
    folder: Arc<Folder>,
    report: Arc<Mutex<Report>>,
    /// To the thread that writes files.
    files: Sender<Follow>,
    /// Each with the project as it was then, because its marks are written down in characters of those texts.
    waiting: VecDeque<(Project, Arc<Transaction>)>,
    /// How long to wait before trying again; grows with each failure.
    pause: Duration,
}

impl Recorder {
    /// With nothing waiting.
    pub fn new(folder: Arc<Folder>, report: Arc<Mutex<Report>>, files: Sender<Follow>) -> Self {
        Self { folder, report, files, waiting: VecDeque::new(), pause: SOON }
    }

    /// The thread: takes jobs, writes, tries again after a pause.
    pub fn work(mut self, jobs: &Receiver<Job>) {
        loop {
            let job = match self.waiting.is_empty() {
                true => jobs.recv().map_err(|_ended| RecvTimeoutError::Disconnected),
                false => jobs.recv_timeout(self.pause),
            };
            match job {
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => self.pause = (self.pause * 2).min(LATE),
                Ok(_) => self.pause = SOON,
            }
            let jobs: Vec<Job> = job.into_iter().chain(jobs.try_iter()).collect();
            let (mut recorded, mut flushed) = (Vec::new(), Vec::new());
            for job in jobs {
                match job {
                    Job::Save(project, transaction) => self.waiting.push_back((project, transaction)),
                    Job::Record(done) => recorded.push(done),
                    Job::Flush(done) => flushed.push(done),
                    Job::Hold(unsaved, released) => {
                        // Whoever held it up may be gone already.
                        let _ = unsaved.send(self.waiting.iter().cloned().collect());
                        let _ = released.recv();
                    }
                    Job::Forget => self.waiting.clear(),
                }
            }
            self.record();
            // Whoever no longer waits needs no answer.
            recorded.iter().for_each(|done| _ = done.send(()));
            self.follow(flushed);
        }
        self.record();
        self.follow(Vec::new());
    }

    /// Writes down what waits; what can't be is kept.
    fn record(&mut self) {
        let mut trouble = None;
        let mut later = VecDeque::new();
        let mut follow = Follow::default();
        let mut count = 0;
        while let Some((project, transaction)) = self.waiting.pop_front() {
            let mut together = vec![(project, transaction)];
            self.take_along(&mut together);
            let recorded = match needs(&together, &later) {
                // What takes back something that is not there waits for it.
                true => Err(None),
                false => self.record_together(&together).map_err(Some),
            };
            match recorded {
                Ok(keys) => {
                    count += together.len() as u64;
                    follow.keys.extend(keys);
                    follow.project = together.pop().map(|(project, _)| project);
                }
                Err(why) => {
                    trouble = trouble.or(why);
                    later.extend(together);
                }
            }
        }
        self.waiting = later;
        // The files of what is not written down must not be written either: the journal comes first.
        follow.held = self.waiting.iter().flat_map(|(_, transaction)| touched(&transaction.changes)).collect();
        follow.appended = self.folder.entries_appended();
        follow.recorded = count;
        let is_gone = follow.project.is_some() && self.files.send(follow).is_err();
        let trouble = trouble.or_else(|| is_gone.then(report::gone));
        let is_all = self.waiting.is_empty();
        tell(&self.report, |report| {
            report.recorded += count;
            match trouble {
                Some(trouble) => report.failed(With::Journal, trouble),
                None if is_all => report.went_well(With::Journal),
                None => {}
            }
        });
    }

    /// What follows the first of several and can be written down in one go with it.
    fn take_along(&mut self, together: &mut Vec<(Project, Arc<Transaction>)>) {
        let by = together[0].1.by.clone();
        if !is_light(&together[0].1) {
            return;
        }
        while self.waiting.front().is_some_and(|(_, next)| next.by == by && is_light(next)) {
            together.extend(self.waiting.pop_front());
        }
    }

    /// Gives the files that are to follow.
    fn record_together(&self, together: &[(Project, Arc<Transaction>)]) -> Result<BTreeSet<FileKey>, Diagnostic> {
        if let [(project, transaction)] = together {
            return self.folder.record(project, transaction);
        }
        let all: Vec<(&Project, &Transaction)> =
            together.iter().map(|(project, transaction)| (project, &**transaction)).collect();
        self.folder.record_all(&all)?;
        Ok(together.iter().flat_map(|(_, transaction)| touched(&transaction.changes)).collect())
    }

    /// Passes on who waits for the files to be complete.
    fn follow(&self, flushed: Vec<Sender<()>>) {
        if !flushed.is_empty() {
            // Where the thread is gone, those who wait are not answered, and so they know.
            let _ = self.files.send(Follow { flushed, ..Follow::default() });
        }
    }
}

/// Whether it changes nothing that belongs to the whole project.
fn is_light(transaction: &Transaction) -> bool {
    !touched(&transaction.changes).iter().any(FileKey::is_shared)
}

/// Whether one of these takes back or repeats one that is not written down.
fn needs(together: &[(Project, Arc<Transaction>)], later: &VecDeque<(Project, Arc<Transaction>)>) -> bool {
    let of = |transaction: &Transaction| -> Option<TransactionId> {
        match transaction.kind {
            Kind::Do => None,
            Kind::Undo(of) | Kind::Redo(of) => Some(of),
        }
    };
    let wanted: BTreeSet<TransactionId> = together.iter().filter_map(|(_, transaction)| of(transaction)).collect();
    later.iter().any(|(_, transaction)| wanted.contains(&transaction.id))
}
