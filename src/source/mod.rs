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
mod plain;

use crate::{diagnostic::Diagnostic, model::Metadata};

/// The largest file that is read, in bytes: 64 MiB, some ten million words.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// What was read from a file, a page or the clipboard, ready to become an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What the source says of itself. The title is never empty: it is the headline, or the first words of the text.
    /// There is no story.
    pub metadata: Metadata,
    /// Never blank. Line ends are `\n`; read from HTML or Markdown, one paragraph is one line.
    pub text: String,
    pub kind: SourceKind,
    /// What was done on the way from bytes to text, one sentence each, without a full stop.
    pub notes: Vec<String>,
}

/// The kinds of sources, in the order of [`KINDS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceKind {
    Html,
    Markdown,
    Plain,
}

/// A source, and what its reader should know; or why there is none.
pub type Outcome = Result<(Source, Vec<Diagnostic>), Diagnostic>;

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
    let mib = |n: u64| n.div_ceil(1024 * 1024);
    let message = format!("The file has {} MiB, and an article may have {}", mib(bytes), mib(MAX_BYTES));
    Err(Diagnostic::error("source-too-large", message).hint("Split it into its articles and add those"))
}

fn kind_of(name: &str, bytes: &[u8]) -> &'static Kind {
    let extension = name.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase());
    KINDS
        .iter()
        .find(|kind| kind.extensions.contains(&extension.as_str()))
        .or_else(|| KINDS.iter().find(|kind| (kind.sniff)(bytes)))
        .unwrap_or(&KINDS[KINDS.len() - 1])
}

/// Whether nothing is to be seen in a text: spaces, and characters of no width.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'))
}

fn empty() -> Diagnostic {
    Diagnostic::error("source-empty", "There are no words in it").hint("Add a file that has an article’s text in it")
}

impl Source {
    /// A source of which only the kind is known.
    fn new(kind: SourceKind) -> Self {
        Self { metadata: Metadata::default(), text: String::new(), kind, notes: Vec::new() }
    }

    /// Cuts what is too long to describe an article; of an address nothing is left, because half of it leads nowhere.
    fn shorten(&mut self) {
        for (name, words, most) in self.metadata.parts_mut() {
            let Some((end, _)) = words.char_indices().nth(most) else { continue };
            if name == "address" {
                self.notes.push(format!("The address has more than {most} characters and was left out"));
                words.clear();
                continue;
            }
            self.notes.push(format!("The {name} has more than {most} characters and was cut"));
            // One for the sign that something is missing.
            let end = words[..end].char_indices().next_back().map_or(0, |(last, _)| last);
            words.truncate(end);
            words.push('…');
        }
    }
}

/// A title made of the first words of a text, with `…` where there are more on their line.
fn title_from(text: &str) -> String {
    const WORDS: usize = 8;
    // A language that writes no spaces has no words to count.
    const CHARACTERS: usize = 80;
    let is_blank = |line: &&str| line.trim().is_empty();
    let line = text.lines().find(|line| has_words(line)).or_else(|| text.lines().find(|line| !is_blank(line)));
    let line = line.unwrap_or_default().trim();
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut title: String = words[..words.len().min(WORDS)].join(" ").chars().take(CHARACTERS).collect();
    if title.chars().count() < words.join(" ").chars().count() {
        title = format!("{}…", title.trim_end_matches([',', ';', ':', '.', ' ']));
    }
    title
}

/// Whether a line says something, rather than being drawn of dashes or stars.
fn has_words(line: &str) -> bool {
    line.contains(char::is_alphanumeric)
}

/// A language tag in the form of BCP 47 (`en_US` becomes `en-US`), or empty where it is none.
fn language_tag(tag: &str) -> String {
    let tag = tag.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let primary =
        parts.next().is_some_and(|p| (2..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphabetic()));
    let rest = parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    if primary && rest { tag } else { String::new() }
}

/// Words with one space between them, and no line end.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One-based line and column, in characters, of a byte offset on a character boundary.
fn line_column(text: &str, offset: usize) -> (u32, u32) {
    let before = &text[..offset];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

/// A web address as it is, or empty where it is none.
fn web_address(url: &str) -> String {
    let url = url.trim();
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    if is_web && !url.contains(char::is_whitespace) { url.to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_title_is_made_of_the_first_words() {
        assert_eq!(title_from("\n  Rain again\nmore"), "Rain again");
        assert_eq!(
            title_from("one two three four five six seven eight, nine"),
            "one two three four five six seven eight…"
        );
        assert_eq!(title_from(&"雨".repeat(90)).chars().count(), 81);
        assert_eq!(title_from("---\n\n* * *\nRain again\n"), "Rain again");
        assert_eq!(title_from("---\n"), "---");
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

    #[test]
    fn tags_and_addresses_are_checked() {
        assert_eq!(language_tag("en_US"), "en-US");
        assert_eq!(language_tag("e"), "");
        assert_eq!(web_address("javascript:alert(1)"), "");
    }
}
