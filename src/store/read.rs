//! Reads RON into the file structs, and says in the user's words where and why it could not.
//!
//! It refuses to guess: what is not understood is an error with its line and column.

use ron::{
    Options,
    error::{Error, SpannedError},
    extensions::Extensions,
};
use serde::Deserialize;

use super::plain;
use crate::{diagnostic::Diagnostic, phrase, text::Phrase};

/// So many characters of a library’s message are shown.
const LONGEST: usize = 200;

/// Reads a value from the text of a file, quickly where the file is as Pressmark writes it.
///
/// # Errors
/// RON that cannot be read, and RON that says something else than expected; with line and column.
pub fn parse<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, Diagnostic> {
    if let Some(value) = plain::read(text) {
        return Ok(value);
    }
    options().from_str(text).map_err(explain)
}

/// The dialect of RON that files may be written in.
pub(super) fn options() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// The text of a file, without a byte order mark and with the line ends that it has.
///
/// # Errors
/// Bytes that are not UTF-8; with line and column.
pub fn utf8(mut bytes: Vec<u8>) -> Result<String, Diagnostic> {
    if bytes.starts_with(BYTE_ORDER_MARK) {
        bytes.drain(..BYTE_ORDER_MARK.len());
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + memchr::memchr_iter(b'\n', good).count();
        let last = String::from_utf8_lossy(&good[memchr::memrchr(b'\n', good).map_or(0, |at| at + 1)..]);
        Diagnostic::error("not-utf8", "The file is not UTF-8 text")
            .at_line(number(line), number(1 + last.chars().count()))
            .hint("Restore the file from a copy, or save it as UTF-8")
    })?;
    // Programs that translate line ends may have done so here; Pressmark itself never writes one of these plainly.
    let is_translated = memchr::memmem::find(text.as_bytes(), b"\r\n").is_some();
    Ok(if is_translated { text.replace("\r\n", "\n") } else { text })
}

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// What `ron` found wrong, in the user’s words, with line and column counted from 1.
pub fn explain(error: SpannedError) -> Diagnostic {
    // What is wrong with a word lies before where the reader stopped; a bracket is missing where it stopped.
    let place = match error.code {
        Error::NoSuchStructField { .. } | Error::NoSuchEnumVariant { .. } | Error::DuplicateStructField { .. } => {
            error.span.start
        }
        _ => error.span.end,
    };
    let diagnostic = match error.code {
        Error::NoSuchStructField { expected, found, .. } => {
            Diagnostic::error("unknown-field", phrase!("There is no field “{found}” here", found))
                .hint(phrase!("Take it away, or use one of {names}", names = expected.join(", ")))
        }
        Error::NoSuchEnumVariant { expected, found, .. } => {
            Diagnostic::error("unknown-value", phrase!("“{found}” is not a value that is known here", found))
                .hint(phrase!("Use one of {names}", names = expected.join(", ")))
        }
        Error::MissingStructField { field, .. } => {
            Diagnostic::error("missing-field", phrase!("The field “{field}” is missing", field))
                .hint(phrase!("Add “{field}” before this place", field))
        }
        Error::DuplicateStructField { field, .. } => {
            Diagnostic::error("twice", phrase!("The field “{field}” is there twice", field)).hint("Take one away")
        }
        Error::ExceededRecursionLimit => Diagnostic::error("too-deep", "Brackets are nested too deeply here")
            .hint("Restore the file from a copy: Pressmark writes no such file"),
        Error::Message(message) => {
            Diagnostic::error("bad-value", Phrase::verbatim(sentence(&message))).hint("Correct the value at this place")
        }
        Error::InvalidValueForType { expected, found } => {
            Diagnostic::error("bad-value", phrase!("Expected {expected} and found {found}", expected, found))
                .hint("Correct the value at this place")
        }
        other => Diagnostic::error("bad-ron", Phrase::verbatim(sentence(&other.to_string())))
            .hint("Correct the file at this place, or restore it from a copy"),
    };
    diagnostic.at_line(number(place.line), number(place.col))
}

/// A library’s message as a sentence of at most [`LONGEST`] characters on one line.
fn sentence(message: &str) -> String {
    let mut chars = message.chars().map(|c| if c.is_control() { ' ' } else { c });
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    let rest: String = chars.by_ref().take(LONGEST).collect();
    let more = if chars.next().is_some() { "…" } else { "" };
    format!("{first}{rest}{more}")
}
