//! What a list is filtered by.

use crate::text::as_read;

/// Words, each of which must stand somewhere in what is said of a row, as they are read (see
/// [`as_read`](mod@crate::text::as_read)) and in any case. Without words every row passes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// In lower case; each has to be found.
    words: Vec<String>,
    only: Only,
}

/// Which rows there are to be filtered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Only {
    #[default]
    All,
    /// Of which something is missing that the codebook requires.
    Incomplete,
}

impl Filter {
    /// From what is typed, parted by white space.
    pub fn new(typed: &str) -> Self {
        Self { words: as_read(typed).split_whitespace().map(str::to_lowercase).collect(), only: Only::All }
    }

    /// The same, of these rows.
    #[must_use]
    pub fn of(self, only: Only) -> Self {
        Self { only, ..self }
    }

    /// Whether it lets everything pass.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.only == Only::All
    }

    /// Whether a row passes, of which is said what the words are looked for in.
    pub fn passes_row(&self, is_incomplete: impl FnOnce() -> bool, said: impl FnOnce() -> String) -> bool {
        (self.only == Only::All || is_incomplete()) && (self.words.is_empty() || self.passes(&said()))
    }

    /// Whether a row passes of which this is said.
    pub fn passes(&self, said: &str) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let said = as_read(said).to_lowercase();
        self.words.iter().all(|word| said.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_must_stand_somewhere() {
        let passes = |typed: &str, said: &str| Filter::new(typed).passes(said);
        assert!(passes("", "anything") && passes("  ", "anything"));
        assert!(passes("TOLL bri", "Bridge toll passes"));
        assert!(!passes("toll water", "Bridge toll passes"));
        assert!(passes("won't cafe\u{301}", "They won’t go to the café"));
    }
}
