//! How far a piece of work has come, shared between whoever does it and whoever looks on.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use crate::diagnostic::Diagnostic;

/// Steps done of those that there are, and whether to stop. A copy is the same progress.
///
/// Whoever works without anybody looking on takes a new one: it is never cancelled.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Shared>);

/// What both threads see; each number stands for itself, so no order among them is needed.
#[derive(Debug, Default)]
struct Shared {
    /// Steps that are done, of those expected.
    done: AtomicUsize,
    /// 0 as long as nobody knows.
    of: AtomicUsize,
    /// Whether whoever does the work is to stop at its next step.
    is_cancelled: AtomicBool,
}

impl Progress {
    /// Says how many steps more there will be.
    pub fn expect(&self, steps: usize) {
        self.0.of.fetch_add(steps, Ordering::Relaxed);
    }

    /// Counts a step, before it is done or after.
    ///
    /// # Errors
    /// The work is to stop: hand this on at once, and leave nothing behind.
    pub fn step(&self) -> Result<(), Diagnostic> {
        self.0.done.fetch_add(1, Ordering::Relaxed);
        if self.is_cancelled() { Err(Diagnostic::note("cancelled", "It was cancelled")) } else { Ok(()) }
    }

    /// Done of all there is, from 0 to 1; nothing as long as it is not known how much there is.
    pub fn share(&self) -> Option<f32> {
        let (done, of) = (self.0.done.load(Ordering::Relaxed), self.0.of.load(Ordering::Relaxed));
        (of > 0).then(|| (done as f32 / of as f32).min(1.0))
    }

    /// Asks the work to stop; it does at its next step.
    pub fn cancel(&self) {
        self.0.is_cancelled.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.0.is_cancelled.load(Ordering::Relaxed)
    }
}
