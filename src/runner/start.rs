//! Threads that work as long as a project is open. They are named, so that a panic or a profile says whose they are.

use std::thread::{self, JoinHandle};

use crate::{diagnostic::Diagnostic, phrase, text::Phrase};

/// Begins work on a thread of its own. What it does is an English text such as “Saving”, for the message where there
/// is no thread.
///
/// # Errors
/// The system gives no thread.
pub fn start(
    name: &str,
    doing: &'static str,
    work: impl FnOnce() + Send + 'static,
) -> Result<JoinHandle<()>, Diagnostic> {
    thread::Builder::new().name(name.to_owned()).spawn(work).map_err(|error| {
        let message = phrase!("{name}: can’t begin: {why}", name = Phrase::plain(doing), why = &error);
        Diagnostic::error("no-thread", message).hint("Close other programs and try again")
    })
}
