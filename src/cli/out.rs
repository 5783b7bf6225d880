//! What is printed: data on standard output, talk on standard error, and the exit code.

use std::{
    fmt::Write as _,
    io::{self, ErrorKind, Write},
    process::ExitCode,
};

use crate::{
    diagnostic::{Diagnostic, Severity},
    phrase,
    text::Phrase,
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
    let mut text = String::new();
    for diagnostic in diagnostics {
        let severity = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let _ = writeln!(text, "{severity}: {}", plain(&diagnostic.to_string()));
        for hint in &diagnostic.hints {
            let _ = writeln!(text, "hint: {}", plain(&hint.to_string()));
        }
    }
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Text on one line, without what would act on a terminal: control characters become spaces, and those that turn the
/// direction of writing, with which a name can look like another one, are left out.
pub fn plain(text: &str) -> String {
    let is_direction =
        |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let shown = text.chars().filter(|c| !is_direction(*c));
    shown.map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_acts_on_the_terminal() {
        assert_eq!(plain("a\u{1b}[2J\nb\u{9b}c\u{202e}d\u{2066}e\u{2028}f\u{7f}"), "a [2J b cde f ");
        assert_eq!(plain("«عنوان» – 雨"), "«عنوان» – 雨");
    }
}
