//! Threads that work as long as a project is open.

use std::thread::{self, JoinHandle};

use crate::diagnostic::Diagnostic;

/// Begins work on a thread of its own, whose name and doing are told where the system gives none.
///
/// # Errors
/// The system gives no thread.
pub fn start(name: &str, doing: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Diagnostic> {
    thread::Builder::new().name(name.to_owned()).spawn(work).map_err(|error| {
        Diagnostic::error("no-thread", format!("Can’t begin to {doing}: {error}"))
            .hint("Close other programs and try again")
    })
}
