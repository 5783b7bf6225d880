//! Article sources: one file for each kind, one table of them all; bytes in, an article out.
//!
//! It knows no path and no disk, never panics on any input, and changes nothing in silence: a value,
//! what was done to it ([`Source::notes`]), and diagnostics. A new kind is one new file and one row in [`KINDS`].

mod date;
pub mod encoding;
mod front_matter;
mod html;
mod markdown;
mod marks;
mod outcome;
mod plain;
mod words;

pub use outcome::{Outcome, Source, SourceKind};

use crate::{diagnostic::Diagnostic, phrase};
use words::is_blank;

/// The largest file that is read, in bytes: 64 MiB, some ten million words.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// One row of the table of kinds.
pub struct Kind {
    pub kind: SourceKind,
    /// As a person calls it.
    pub name: &'static str,
    /// In lower case, without the dot.
    pub extensions: &'static [&'static str],
    /// Whether the bytes look like this kind; asked only where the extension says nothing.
    sniff: fn(&[u8]) -> bool,
    read: fn(&[u8]) -> Outcome,
}

/// Every kind of source. The first that takes the extension reads; else the first that takes the bytes.
pub const KINDS: &[Kind] = &[
    Kind {
        kind: SourceKind::Html,
        name: "HTML page",
        extensions: &["html", "htm", "xhtml"],
        sniff: html::sniff,
        read: html::read,
    },
    Kind {
        kind: SourceKind::Markdown,
        name: "Markdown",
        extensions: &["md", "markdown", "mdown", "mkd"],
        sniff: markdown::sniff,
        read: markdown::read,
    },
    Kind {
        kind: SourceKind::Plain,
        name: "Plain text",
        extensions: &["txt", "text"],
        sniff: plain::sniff,
        read: plain::read,
    },
];

/// Reads an article from a file's bytes; of its name only the extension is looked at.
///
/// # Errors
/// If the file is too large, is not text, or has no words in it.
pub fn read(name: &str, bytes: &[u8]) -> Outcome {
    check_len(bytes.len() as u64)?;
    let (mut source, diagnostics) = (kind_of(name, bytes).read)(bytes)?;
    if is_blank(&source.text) {
        return Err(empty());
    }
    source.shorten();
    Ok((source, diagnostics))
}

/// Reads an article from text that was pasted; an empty title is made from the text, as for a plain file.
///
/// # Errors
/// If the text is too large or has no words in it.
pub fn read_pasted(text: &str, title: &str, outlet: &str) -> Outcome {
    check_len(text.len() as u64)?;
    let mut source = plain::from_text(text, title.trim());
    if is_blank(&source.text) {
        return Err(empty());
    }
    source.metadata.outlet = outlet.trim().to_owned();
    source.shorten();
    Ok((source, Vec::new()))
}

/// Whether a file of this length (in bytes) may be read at all; to be asked before reading it.
///
/// # Errors
/// If it is longer than [`MAX_BYTES`].
pub fn check_len(bytes: u64) -> Result<(), Diagnostic> {
    if bytes <= MAX_BYTES {
        return Ok(());
    }
    let [size, most] = [bytes, MAX_BYTES].map(|n| n.div_ceil(1024 * 1024));
    let message = phrase!("The file has {size} MiB, and an article may have {most}", size = &size, most = &most);
    Err(Diagnostic::error("source-too-large", message).hint("Split it into its articles and add those"))
}

/// The kind of a file: by its extension, else by what the bytes look like, else plain text.
fn kind_of(name: &str, bytes: &[u8]) -> &'static Kind {
    let extension = name.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase());
    KINDS
        .iter()
        .find(|kind| kind.extensions.contains(&extension.as_str()))
        .or_else(|| KINDS.iter().find(|kind| (kind.sniff)(bytes)))
        .unwrap_or(&KINDS[KINDS.len() - 1])
}

/// Why a source is refused that has no words.
fn empty() -> Diagnostic {
    Diagnostic::error("source-empty", "It has no words in it").hint("Add a file that has an article’s text in it")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Metadata;

    #[test]
    fn extension_decides_and_else_the_bytes() {
        let kind = |name: &str, bytes: &[u8]| kind_of(name, bytes).kind;
        assert_eq!(kind("a.HTM", b"words"), SourceKind::Html);
        assert_eq!(kind("a.md", b"<html>"), SourceKind::Markdown);
        assert_eq!(kind("page", b"\n <!DOCTYPE html><p>"), SourceKind::Html);
        assert_eq!(kind("page.2024", b"words"), SourceKind::Plain);
    }

    #[test]
    fn length_is_checked_without_reading() {
        assert!(check_len(MAX_BYTES).is_ok());
        let refused = check_len(200 * 1024 * 1024).unwrap_err();
        assert_eq!(refused.message, "The file has 200 MiB, and an article may have 64");
    }

    #[test]
    fn pasted_text_has_plain_line_ends_and_a_title() {
        let (source, _) = read_pasted("First line.\r\nSecond line.", "", " The Post ").unwrap();
        assert_eq!(source.text, "First line.\nSecond line.");
        assert_eq!((source.metadata.title.as_str(), source.metadata.outlet.as_str()), ("First line.", "The Post"));
        assert_eq!(read_pasted(" \n\u{feff}", "", "").unwrap_err().code, "source-empty");
    }

    #[test]
    fn what_describes_an_article_is_cut_to_its_bounds() {
        let (source, _) = read_pasted("Words.", &"long ".repeat(4000), "").unwrap();
        assert_eq!(source.metadata.title.chars().count(), Metadata::MAX_WORDS);
        assert!(source.metadata.title.ends_with("long…"), "{}", source.metadata.title);
        assert_eq!(source.notes, ["The title has more than 500 characters and was cut"]);
        let page = format!("<link rel=canonical href='https://post.example/{}'><p>Words.", "x".repeat(5000));
        let (source, _) = read("a.html", page.as_bytes()).unwrap();
        assert_eq!((source.metadata.url.as_str(), source.metadata.check()), ("", Ok(())));
    }
}
