//! Where the words of a text are in a corrected version of it.
//!
//! Both versions are compared whole: their words are aligned, paragraphs that were moved are found again, and words
//! that were corrected in place are paired with what they were. A range is then carried over by what became of its
//! words *and* of those around it. It never guesses: a range of whose words too little is left, or whose few words
//! stand among others now, is lost.
//!
//! Comparing takes time in proportion to both texts together, save where much of them differs; placing a range takes
//! time in proportion to its words.

mod alignment;
mod moves;
mod placing;
mod tokens;

pub use placing::{Fate, Placed};

use alignment::Alignment;
use tokens::Tokens;

use super::ByteRange;

/// Two versions of a text, and which words of the one are which of the other.
#[derive(Debug)]
pub struct Correction<'t> {
    /// The text before.
    old: Tokens<'t>,
    /// The corrected text.
    new: Tokens<'t>,
    /// Which words are which.
    alignment: Alignment,
}

impl<'t> Correction<'t> {
    /// Compares a text with its corrected version.
    pub fn between(old: &'t str, new: &'t str) -> Self {
        let (old, new) = Tokens::of_both(old, new);
        let (mut alignment, open) = Alignment::in_order(&old, &new);
        moves::link(&mut alignment, &old, &new);
        alignment.finish(open, &old, &new);
        Self { old, new, alignment }
    }

    /// Where a range of the old text, in bytes, is in the corrected one; `None` where it is lost.
    ///
    /// An end inside a word stays at its place in the word where the word is unchanged, else it moves out to the
    /// word's edge.
    pub fn place(&self, range: ByteRange) -> Option<Placed> {
        placing::place(&self.old, &self.new, &self.alignment, range)
    }
}

#[cfg(test)]
mod tests;
