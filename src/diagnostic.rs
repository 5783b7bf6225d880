//! What happened, where, and what to do about it: the one type for everything that is reported.
//!
//! A diagnostic is a value, not an exception: readers give a value *and* diagnostics. It refuses to
//! know how it is shown; the command line and the window each print it in their own way.

use std::fmt;

use crate::{
    phrase,
    text::{Phrase, phrase::Value},
};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something worth knowing; nothing was changed or lost.
    Note,
    /// Something was repaired or guessed, and nothing was lost.
    Warning,
    /// Something was refused or could not be read.
    Error,
}

/// Where it happened. Every part is optional; what is known is shown, the path last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Location {
    /// The thing in the user's words: an article's title, an annotation's words.
    pub what: Option<Value>,
    /// One-based line and column (in characters) in the file.
    pub line_column: Option<(u32, u32)>,
    /// The file or folder, as the user gave it or under the project's folder.
    pub path: Option<String>,
}

/// What happened, where, and what to do.
///
/// The message is one sentence without a full stop; each hint is an instruction. Both are phrases, never formatted
/// strings, so that they can be said in another language.
///
/// ```
/// use pressmark::{diagnostic::Diagnostic, phrase};
/// let name = "pdf";
/// let d = Diagnostic::error("no-format", phrase!("There is no format “{name}”", name))
///     .at_path("news/today.pdf")
///     .hint("Use one of the formats there are");
/// assert_eq!(d.to_string(), "There is no format “pdf” (news/today.pdf)");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    pub severity: Severity,
    /// A stable kebab-case name of the kind of trouble, for tests and for looking it up.
    pub code: std::borrow::Cow<'static, str>,
    pub message: Phrase,
    pub location: Location,
    pub hints: Vec<Phrase>,
}

impl Diagnostic {
    pub fn error(code: &'static str, message: impl Into<Phrase>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    pub fn warning(code: &'static str, message: impl Into<Phrase>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    pub fn note(code: &'static str, message: impl Into<Phrase>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    fn new(severity: Severity, code: &'static str, message: impl Into<Phrase>) -> Self {
        Self { severity, code: code.into(), message: message.into(), location: Location::default(), hints: Vec::new() }
    }

    /// Adds an instruction.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Phrase>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Names the file or folder.
    #[must_use]
    pub fn at_path(mut self, path: impl fmt::Display) -> Self {
        self.location.path = Some(path.to_string());
        self
    }

    /// Names the one-based line and column.
    #[must_use]
    pub fn at_line(mut self, line: u32, column: u32) -> Self {
        self.location.line_column = Some((line, column));
        self
    }

    /// Names the thing in the user's words.
    #[must_use]
    pub fn about(mut self, what: impl Into<Value>) -> Self {
        self.location.what = Some(what.into());
        self
    }

    /// Several as one: the first, with the others among its hints, each once; `None` where there is none.
    pub fn in_one(several: impl IntoIterator<Item = Self>) -> Option<Self> {
        let mut several = several.into_iter();
        let first = several.next()?;
        let mut others: Vec<Self> = Vec::new();
        for other in several {
            if other != first && !others.contains(&other) {
                others.push(other);
            }
        }
        let also = |other: Self| phrase!("Also: {what}", what = other.in_a_line());
        Some(others.into_iter().fold(first, |first, other| first.hint(also(other))))
    }

    /// The message with its location in brackets, to be put into a line or another phrase.
    pub fn in_a_line(&self) -> Phrase {
        match self.location.phrase() {
            Some(place) => phrase!("{message} ({place})", message = self.message.clone(), place),
            None => self.message.clone(),
        }
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl Location {
    /// The parts that are known, the path last; `None` where none is.
    pub fn phrase(&self) -> Option<Phrase> {
        let at = self
            .line_column
            .map(|(line, column)| phrase!("line {line}, column {column}", line = &line, column = &column));
        Phrase::list(
            [self.what.clone(), at.map(Value::from), self.path.as_ref().map(Value::from)].into_iter().flatten(),
        )
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.in_a_line().fmt(f)
    }
}

impl std::error::Error for Diagnostic {}
