//! What is printed: data on standard output, talk on standard error, and the exit code.

use std::{
    io::{self, ErrorKind, Write},
    process::ExitCode,
};

pub use crate::text::terminal::plain;
use crate::{
    diagnostic::Diagnostic,
    phrase,
    text::{Phrase, terminal::report},
};

/// What git takes as the failure of a merge driver, instead of as a conflict that it has left in the file.
const ABORTED: u8 = 129;

/// Why a task did not end well.
#[derive(Debug)]
pub enum Failure {
    /// Nothing went wrong, and a check found something; it was told.
    Found,
    /// Something failed, and it was told.
    Told,
    /// It failed, for these reasons.
    Many(Vec<Diagnostic>),
    /// As many, where whoever asked must not go on as if a conflict had been found.
    Aborted(Vec<Diagnostic>),
    /// Standard output takes no more.
    Output(io::Error),
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Many(vec![diagnostic])
    }
}

/// Tells what went wrong, and gives the exit code for it. A reader who has gone away is no failure.
pub fn exit_code(result: Result<(), Failure>) -> ExitCode {
    let code = match result {
        Ok(()) => 0,
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => 0,
        Err(Failure::Output(error)) => {
            tell(&[Diagnostic::error("output", phrase!("Can’t write to standard output: {why}", why = &error))
                .hint("Check where the output goes, such as whether the disk is full")]);
            2
        }
        Err(Failure::Found) => 1,
        Err(Failure::Told) => 2,
        Err(Failure::Many(diagnostics)) => {
            tell(&diagnostics);
            2
        }
        Err(Failure::Aborted(diagnostics)) => {
            tell(&diagnostics);
            ABORTED
        }
    };
    ExitCode::from(code)
}

/// Fails where something that was told is an error.
pub fn fail_if_errors(told: &[Diagnostic]) -> Result<(), Failure> {
    if told.iter().any(Diagnostic::is_error) { Err(Failure::Told) } else { Ok(()) }
}

/// Standard output.
#[derive(Debug)]
pub struct Out(io::StdoutLock<'static>);

impl Out {
    /// Standard output, locked for as long as this is there.
    pub fn new() -> Self {
        Self(io::stdout().lock())
    }

    /// Writes data to the last byte.
    pub fn write(&mut self, data: &str) -> Result<(), Failure> {
        self.0.write_all(data.as_bytes()).and_then(|()| self.0.flush()).map_err(Failure::Output)
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A line on standard error.
pub fn say(line: &Phrase) {
    // Who does not listen is not told.
    let _ = writeln!(io::stderr(), "{}", plain(&line.to_string()));
}

/// Each diagnostic on a line of its own, then its hints.
pub fn tell(diagnostics: &[Diagnostic]) {
    let text: String = diagnostics.iter().map(report).collect();
    let _ = io::stderr().write_all(text.as_bytes());
}
