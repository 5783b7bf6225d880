//! Long work: a named job on a thread of its own, how far it has come, and a way to cancel it.
//!
//! It knows no project. Whoever starts a job says what it does, gives it the snapshot it works over, and brings in
//! what comes of it. A job never changes what others see: until its result is taken, everything is as it was.

mod progress;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        mpsc::{Receiver, Sender, TryRecvError, channel},
    },
    thread,
    time::{Duration, Instant},
};

pub use progress::Progress;

use crate::{diagnostic::Diagnostic, phrase, text::Phrase};

/// Called on a job’s thread when there is something to look at, such as its result.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// What comes of a job, or why nothing does.
pub type Outcome<T> = Result<T, Vec<Diagnostic>>;

/// A job that was started. Dropping it neither cancels it nor waits for it.
#[derive(Debug)]
pub struct Job<T> {
    /// What the work is called in messages, in English.
    name: &'static str,
    /// When it was started: short work is not shown.
    began: Instant,
    /// Shared with the thread.
    progress: Progress,
    /// Where the thread leaves its result.
    outcome: Receiver<Outcome<T>>,
}

impl<T: Send + 'static> Job<T> {
    /// Starts work on a thread called like the job; `wake` is called when it has ended.
    ///
    /// Where no thread can be had, that is what comes of the job; so is a panic. Work for several threads is
    /// [`spread`].
    pub fn start(
        name: &'static str,
        wake: Option<Wake>,
        work: impl FnOnce(&Progress) -> Outcome<T> + Send + 'static,
    ) -> Self {
        let progress = Progress::default();
        let (send, outcome) = channel();
        let job = Self { name, began: Instant::now(), progress: progress.clone(), outcome };
        let own = send.clone();
        let run = move || {
            let outcome = guarded(name, || work(&progress)).and_then(|outcome| outcome);
            finish(&own, outcome, wake.as_ref());
        };
        if let Err(error) = thread::Builder::new().name(name.to_owned()).spawn(run) {
            finish(&send, Err(no_thread(name, &error)), None);
        }
        job
    }

    /// What it does, such as “Adding articles”: an English text, which the window shows in its language.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// How far it has come; through it the job is cancelled too.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// How long ago it was started.
    pub fn age(&self) -> Duration {
        self.began.elapsed()
    }

    /// What came of it, once it has ended; it is given once, and then the job is of no use any more.
    pub fn take(&self) -> Option<Outcome<T>> {
        match self.outcome.try_recv() {
            Ok(outcome) => Some(self.told(outcome)),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Err(vec![broken(self.name)])),
        }
    }

    /// Waits until it has ended.
    pub fn wait(self) -> Outcome<T> {
        let outcome = self.outcome.recv().unwrap_or_else(|_| Err(vec![broken(self.name)]));
        self.told(outcome)
    }

    /// Waits no longer than this; gives the job back where it has not ended.
    ///
    /// # Errors
    /// The job, which goes on.
    pub fn wait_for(self, most: Duration) -> Result<Outcome<T>, Self> {
        match self.outcome.recv_timeout(most) {
            Ok(outcome) => Ok(self.told(outcome)),
            Err(_) => self.take().ok_or(self),
        }
    }

    /// A job that was cancelled ends with an error of whatever it was at; what happened is that it was cancelled.
    fn told(&self, outcome: Outcome<T>) -> Outcome<T> {
        match outcome {
            Err(_) if self.progress.is_cancelled() => Err(vec![cancelled(self.name)]),
            other => other,
        }
    }
}

/// Leaves the result, and then wakes the window, so that the next frame finds it.
fn finish<T>(send: &Sender<Outcome<T>>, outcome: Outcome<T>, wake: Option<&Wake>) {
    // Whoever has dropped the job does not want to know.
    let _ = send.send(outcome);
    if let Some(wake) = wake {
        wake();
    }
}

/// Runs work whose parallel iterators get threads of their own, which go away with it: no job waits for another one,
/// and rayon’s global pool stays free for whoever can’t wait.
///
/// # Errors
/// What the work says, or that no threads can be had.
pub fn spread<T: Send>(name: &'static str, work: impl FnOnce() -> Outcome<T> + Send) -> Outcome<T> {
    let pool = rayon::ThreadPoolBuilder::new().thread_name(move |number| format!("{name} {number}")).build();
    pool.map_err(|error| no_thread(name, &error))?.install(work)
}

/// Runs work, and tells of a panic in it as of any other failure.
///
/// # Errors
/// The work panicked. What it was changing may be half done; hand in only what is dropped then.
pub fn guarded<T>(name: &'static str, work: impl FnOnce() -> T) -> Outcome<T> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_panic| vec![broken(name)])
}

/// What is said where the system gives no thread.
fn no_thread(name: &'static str, why: &impl std::error::Error) -> Vec<Diagnostic> {
    let message = phrase!("{name}: can’t begin: {why}", name = Phrase::plain(name), why);
    vec![Diagnostic::error("no-thread", message).hint("Close other programs and try again")]
}

/// What is said where the work panicked: nothing of it was taken over.
fn broken(name: &'static str) -> Diagnostic {
    let message = phrase!("{name}: failed, because a part of Pressmark is broken", name = Phrase::plain(name));
    Diagnostic::error("broken", message)
        .hint("Nothing was changed by it. Start Pressmark again; if it happens again, report it")
}

/// What is said where the user has cancelled the work.
fn cancelled(name: &'static str) -> Diagnostic {
    Diagnostic::note("cancelled", phrase!("{name}: cancelled; everything is as it was", name = Phrase::plain(name)))
}

/// Jobs under way, in the order in which they were started.
#[derive(Debug)]
pub struct Jobs<T> {
    /// By number, in the order they were started.
    running: Vec<(u64, Job<T>)>,
    /// How many were: the number of the last one.
    started: u64,
}

impl<T> Default for Jobs<T> {
    fn default() -> Self {
        Self { running: Vec::new(), started: 0 }
    }
}

impl<T: Send + 'static> Jobs<T> {
    /// Takes a job in; gives the number by which it is cancelled.
    pub fn add(&mut self, job: Job<T>) -> u64 {
        self.started += 1;
        self.running.push((self.started, job));
        self.started
    }

    /// Each job under way with its number.
    pub fn running(&self) -> impl ExactSizeIterator<Item = (u64, &Job<T>)> {
        self.running.iter().map(|(number, job)| (*number, job))
    }

    /// Asks a job to stop where it is; it ends with its next step.
    pub fn cancel(&self, number: u64) {
        self.running.iter().filter(|(own, _)| *own == number).for_each(|(_, job)| job.progress().cancel());
    }

    /// What came of those that have ended since this was last asked.
    pub fn ended(&mut self) -> Vec<Outcome<T>> {
        let mut ended = Vec::new();
        self.running.retain(|(_, job)| match job.take() {
            Some(outcome) => {
                ended.push(outcome);
                false
            }
            None => true,
        });
        ended
    }

    /// Waits for all of them.
    pub fn wait(&mut self) -> Vec<Outcome<T>> {
        std::mem::take(&mut self.running).into_iter().map(|(_, job)| job.wait()).collect()
    }
}

#[cfg(test)]
mod tests {
    use rayon::prelude::*;

    use super::*;

    fn codes<T>(outcome: Outcome<T>) -> Vec<String> {
        outcome.err().unwrap_or_default().into_iter().map(|told| told.code.into_owned()).collect()
    }

    #[test]
    fn a_job_gives_its_result_once_and_says_when_it_is_there() {
        let (send, woken) = channel();
        let job = Job::start("Counting", Some(Arc::new(move || _ = send.send(()))), |progress| {
            progress.expect(2);
            progress.step().and_then(|()| progress.step()).map_err(|told| vec![told])?;
            Ok(2)
        });
        woken.recv().unwrap();
        assert_eq!((job.take(), job.progress().share(), job.name()), (Some(Ok(2)), Some(1.0), "Counting"));
    }

    #[test]
    fn a_job_that_panics_says_so_to_whoever_waits_and_to_whoever_looks() {
        let panicking = || Job::<()>::start("Counting", None, |_| panic!("on purpose"));
        assert_eq!(codes(panicking().wait()), ["broken"]);
        let mut jobs = Jobs::default();
        jobs.add(panicking());
        assert_eq!(jobs.wait().into_iter().map(codes).collect::<Vec<_>>(), [["broken"]]);
        let count = || Ok((0..99).into_par_iter().map(|n| 1 / (n - 50)).max());
        let in_pool = Job::start("Counting", None, move |_| spread("Counting", count));
        assert_eq!(codes(in_pool.wait()), ["broken"]);
    }

    #[test]
    fn a_job_that_is_cancelled_ends_where_it_looks_and_says_so() {
        let (send, receive) = channel::<()>();
        let job = Job::start("Counting", None, move |progress| {
            progress.expect(3);
            progress.step().map_err(|told| vec![told])?;
            receive.recv().unwrap();
            progress.step().map_err(|told| vec![told])
        });
        let mut jobs = Jobs::default();
        let number = jobs.add(job);
        jobs.cancel(number + 1);
        assert!(!jobs.running().next().unwrap().1.progress().is_cancelled(), "that was another one");
        jobs.cancel(number);
        assert!(jobs.ended().is_empty());
        send.send(()).unwrap();
        let told = jobs.wait().remove(0).unwrap_err();
        assert_eq!((told[0].code.as_ref(), told[0].is_error()), ("cancelled", false));
    }

    #[test]
    fn jobs_leave_the_global_pool_to_others_and_do_not_wait_for_each_other() {
        let (send, receive) = channel::<()>();
        let receive = std::sync::Mutex::new(receive);
        // Each thread that this job can have waits until the job is let go.
        let long = Job::start("Waiting", None, move |_| {
            let wait = |_| _ = receive.lock().unwrap().recv();
            spread("Waiting", || {
                (0..rayon::current_num_threads()).into_par_iter().for_each(wait);
                Ok(())
            })
        });
        let count = || Ok((0..9).into_par_iter().sum::<i32>());
        let short = Job::start("Counting", None, move |_| spread("Counting", count));
        assert_eq!(short.wait(), Ok(36));
        assert_eq!((0..9).into_par_iter().sum::<i32>(), 36);
        assert!(long.take().is_none());
        drop(send);
        assert_eq!(long.wait(), Ok(()));
    }
}
