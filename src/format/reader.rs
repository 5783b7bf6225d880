//! What a format is read from, and what it gives.
//!
//! A reader goes through named sources and gives articles one after another. It knows no path and never panics: a damaged
//! line or record is told with its place and passed over, and the rest is read.

use std::io::{BufRead, Read as _};

use super::units::{Claimed, Evidence, OffsetUnit, Placed};
use crate::{
    diagnostic::Diagnostic,
    model::{Codebook, IncomingArticle, Origin},
    phrase,
    text::{ByteRange, Text},
};

/// Files, or entries of an archive: all names are known beforehand, so that a reader begins with its schema, and each is
/// opened when it is asked for.
pub trait Sources {
    /// Every name, sorted: a relative path with `/` between its parts.
    fn names(&self) -> &[String];

    /// The bytes of a source, to be read from its beginning.
    ///
    /// # Errors
    /// There is no source of this name, or it can’t be read; told with its place.
    fn open(&mut self, name: &str) -> Result<Box<dyn BufRead + '_>, Diagnostic>;
}

/// Takes what a reader finds.
pub trait Take {
    /// Takes an article, with its layers.
    ///
    /// # Errors
    /// The work is to stop: the reader hands this on at once.
    fn article(&mut self, article: IncomingArticle) -> Result<(), Diagnostic>;

    /// Tells what was guessed, passed over or could not be read, with its place.
    fn tell(&mut self, told: Diagnostic);

    /// Takes how the offsets of an article agreed with its words.
    fn offsets(&mut self, own: OffsetUnit, evidence: Evidence);
}

/// Reads every source of a format, and gives the codebook that goes with the articles: from the format’s own schema, or
/// of what was seen in the data.
///
/// # Errors
/// The work is to stop. What is wrong with the sources is told, not returned.
pub type Read = fn(&mut dyn Sources, &mut dyn Take) -> Result<Codebook, Diagnostic>;

/// The way from a format into a project.
#[derive(Debug)]
pub struct Reader {
    pub read: Read,
    /// Whether sources look like this format: by their names, and by the first bytes (at most [`HEAD`]) of each of the
    /// first few, in the order of the names.
    pub recognises: fn(&[Head<'_>]) -> bool,
}

/// So many bytes of a source are looked at to tell its format.
///
/// In a line of JSON what tells its format may stand behind a long text.
pub const HEAD: usize = 1 << 16;

/// How a source begins.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    pub name: &'a str,
    /// Empty for sources behind the first few.
    pub bytes: &'a [u8],
}

impl Head<'_> {
    /// The extension of its name in lower case; empty where it has none.
    pub fn extension(&self) -> String {
        extension_of(self.name)
    }
}

/// The last part of a source’s name.
pub fn file_name(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// The extension of a source’s name in lower case, without the dot; empty where it has none.
pub fn extension_of(name: &str) -> String {
    file_name(name).rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_ascii_lowercase())
}

/// The longest text that is read, in bytes.
const MAX_TEXT: u64 = 256 << 20;

/// All of a source, as text.
///
/// # Errors
/// It can’t be read, is too long, or is no UTF-8; told with its place.
pub fn whole(sources: &mut dyn Sources, name: &str) -> Result<String, Diagnostic> {
    let told = |told: Diagnostic| told.at_path(name);
    up_to(MAX_TEXT, sources.open(name)?).map_err(told)
}

/// All of a source, as text, where it has no more than so many bytes.
fn up_to(most: u64, source: impl std::io::Read) -> Result<String, Diagnostic> {
    let mut bytes = Vec::new();
    let read = source.take(most.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|why| Diagnostic::error("io", phrase!("Can’t read it: {why}", why = &why)).hint("Try again"))?;
    if bytes.len() as u64 > most {
        let message = phrase!("The text is longer than {n} MiB", n = (most >> 20).to_string());
        return Err(Diagnostic::error("too-large", message).hint("Divide it into several files"));
    }
    String::from_utf8(bytes).map_err(|why| {
        let message = phrase!("The text is no UTF-8: {why}", why = &why);
        Diagnostic::error("not-utf-8", message).hint("Save the file as UTF-8")
    })
}

/// The origin of a mark or relation that was read: “brat, toll.ann”.
pub fn origin(format: &str, source: &str) -> Origin {
    Origin::Imported(format!("{format}, {}", file_name(source)))
}

/// Finds the places of ranges in a text, by evidence of what their offsets count; tells of each that is elsewhere, or lost.
#[derive(Debug)]
pub struct Placing<'t> {
    text: &'t Text,
    unit: OffsetUnit,
}

impl<'t> Placing<'t> {
    /// Decides what the offsets of a text count, and lets `take` know. `own` is the unit that the format has by its rules.
    pub fn of<'c>(
        text: &'t Text,
        own: OffsetUnit,
        claimed: impl IntoIterator<Item = &'c Claimed>,
        take: &mut dyn Take,
    ) -> Self {
        let evidence = Evidence::of(text, claimed);
        take.offsets(own, evidence);
        Self { text, unit: evidence.unit(own) }
    }

    /// The bytes of a range; `None` where it is lost, which is told.
    pub fn place(
        &self,
        claimed: &Claimed,
        at: impl FnOnce(Diagnostic) -> Diagnostic,
        take: &mut dyn Take,
    ) -> Option<ByteRange> {
        let words = claimed.words.as_deref().unwrap_or_default();
        let (start, end) = (claimed.start.to_string(), claimed.end.to_string());
        match claimed.place(self.text, self.unit) {
            Placed::There(range) => Some(range),
            Placed::Moved(range) => {
                let message = phrase!(
                    "The words “{words}” are not at {start} to {end}; they were found elsewhere",
                    words,
                    start,
                    end
                );
                take.tell(at(Diagnostic::warning("re-anchored", message).hint("Look at the mark")));
                Some(range)
            }
            Placed::Lost if words.is_empty() => {
                let message = phrase!("There is nothing from {start} to {end} in the text", start, end);
                take.tell(at(Diagnostic::error("outside-text", message).hint("Correct the offsets")));
                None
            }
            Placed::Lost => {
                let message = phrase!("The words “{words}” are not in the text", words);
                take.tell(at(Diagnostic::error("words-lost", message).hint("Correct the words or the offsets")));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_too_long_is_told_and_not_cut() {
        assert_eq!(up_to(4, &b"abcd"[..]).as_deref(), Ok("abcd"));
        assert_eq!(up_to(4, &b"abcde"[..]).unwrap_err().code, "too-large");
        assert_eq!(up_to(4, &b"abc\xff"[..]).unwrap_err().code, "not-utf-8");
    }
}
