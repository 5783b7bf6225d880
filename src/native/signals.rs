//! Signals that end a program: logging out, Ctrl+C, a terminal that closes. The window then closes as by its own key.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Whether such a signal has come.
#[derive(Debug)]
pub struct Signals(Arc<AtomicBool>);

impl Signals {
    /// Watches for them; `wake` is called on another thread when one has come.
    pub fn watch(wake: impl Fn() + Send + 'static) -> Self {
        let came = Arc::<AtomicBool>::default();
        let own = Arc::clone(&came);
        // Where they can't be watched they end the program at once, as they do without this.
        let _ = ctrlc::set_handler(move || {
            own.store(true, Ordering::Relaxed);
            wake();
        });
        Self(came)
    }

    /// Whether a signal has come.
    pub fn came(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
