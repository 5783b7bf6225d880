//! What comes of reading a source: an article to be, what was done to it, or why there is none.

use super::words::title_from;
use crate::{diagnostic::Diagnostic, model::Metadata};

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

/// The kinds of sources, in the order of [`KINDS`](super::KINDS).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// An HTML page.
    Html,
    /// A Markdown file, maybe with front matter.
    Markdown,
    /// Plain text.
    Plain,
}

/// A source, and what its reader should know; or why there is none.
pub type Outcome = Result<(Source, Vec<Diagnostic>), Diagnostic>;

impl Source {
    /// A source of which only the kind is known.
    pub(super) fn new(kind: SourceKind) -> Self {
        Self { metadata: Metadata::default(), text: String::new(), kind, notes: Vec::new() }
    }

    /// Whether it is plain text that is called by its own first words.
    pub fn has_no_headline(&self) -> bool {
        self.kind == SourceKind::Plain && self.metadata.title == title_from(&self.text)
    }

    /// Cuts what is too long to describe an article; of an address nothing is left, because half of it leads nowhere.
    pub(super) fn shorten(&mut self) {
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
