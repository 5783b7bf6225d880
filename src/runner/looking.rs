//! How a look at the folder from outside stands: whether somebody wants one, and the job that is at it.

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::{
    jobs::{Job, Wake},
    store::{Folder, Outside},
};

/// What is known of the looks at a folder.
#[derive(Default)]
pub struct Looking {
    /// Whether somebody has noticed a change; set by the watcher’s thread.
    pub wanted: Arc<AtomicBool>,
    /// The look that is under way.
    pub job: Option<Job<Outside>>,
    /// How many changes had been made here when the job began.
    pub sent: u64,
    /// Has a frame drawn when a look is wanted.
    wake: Mutex<Option<Wake>>,
}

impl Looking {
    /// Says how to have a frame drawn.
    pub fn wake_with(&self, wake: Wake) {
        *self.wake.lock().unwrap_or_else(PoisonError::into_inner) = Some(wake);
    }

    /// How to have a frame drawn, where that was said.
    pub fn wake(&self) -> Option<Wake> {
        self.wake.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether somebody has wanted a look since this was last asked.
    pub fn take_wanted(&self) -> bool {
        self.wanted.swap(false, Ordering::Relaxed)
    }

    /// Asks for a look with the next frame.
    pub fn want(&self) {
        self.wanted.store(true, Ordering::Relaxed);
    }
}

impl std::fmt::Debug for Looking {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "looking: {}", self.job.is_some())
    }
}

/// A way to tell a runner, from any thread, that files below its folder may have changed.
#[derive(Clone, Debug)]
pub struct Notice {
    pub(super) folder: Arc<Folder>,
    pub(super) wanted: Arc<AtomicBool>,
}

impl Notice {
    /// Gives whether there is something that the runner is to [bring in](super::Runner::bring_in): whoever shows it is
    /// to be woken then. What the runner has written itself is not.
    pub fn changed(&self, paths: &[PathBuf]) -> bool {
        let is_news = self.folder.is_news(paths);
        if is_news {
            self.wanted.store(true, Ordering::Relaxed);
        }
        is_news
    }
}
