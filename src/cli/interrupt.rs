//! Ctrl+C, and the signals that end a program (`SIGTERM`, and `SIGHUP` of a terminal that closes): whoever can stop
//! between two steps asks whether one came. Where nobody asks, and in a build without the window, they end the program
//! at once, as they always do.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Whether the program is to end.
#[derive(Clone, Debug, Default)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// From here on, signals wait to be asked for.
    pub fn watch() -> Self {
        let interrupt = Self::default();
        #[cfg(feature = "native")]
        {
            let own = interrupt.clone();
            // Where they can't be watched they end the program at once: what was written down is safe all the same.
            let _ = ctrlc::set_handler(move || own.0.store(true, Ordering::Relaxed));
        }
        interrupt
    }

    /// Whether a signal has come.
    pub fn came(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
