//! A text as words and marks, in an order in which they can be compared.

use std::ops::Range;

use rustc_hash::FxHashMap;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::{ByteRange, anchor::folded};

/// The words and marks of a text in reading order; white space is none.
#[derive(Debug)]
pub(super) struct Tokens<'t> {
    text: &'t str,
    /// Every word and mark, in order.
    all: Vec<Token>,
    /// Which token each paragraph with words begins with, in order.
    paragraphs: Vec<usize>,
}

/// A word, or a single mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// Its bytes in its text.
    pub range: ByteRange,
    /// The same number for all that read the same in both texts; see [`folded`].
    pub reading: u32,
    /// The same number for all bytes that are equal, so that an unchanged spelling is known.
    pub spelling: u32,
    /// Its letters and digits; 0 for a mark.
    pub letters: u32,
}

impl<'t> Tokens<'t> {
    /// The tokens of two texts, numbered so that they can be compared.
    pub fn of_both(old: &'t str, new: &'t str) -> (Self, Self) {
        let mut numbers = Numbers::default();
        let [old, new] = [old, new].map(|text| {
            // Boundaries of Unicode Standard Annex 29; what folds to nothing is white space or can't be seen.
            let words = text.split_word_bound_indices();
            let token =
                |(start, word): (usize, &'t str)| numbers.token(ByteRange::new(start, start + word.len()), word);
            let all: Vec<Token> = words.filter_map(token).collect();
            let is_first = |at: &usize| {
                let gap = at.checked_sub(1).map_or(0, |before| all[before].range.end())..all[*at].range.start();
                *at == 0 || text[gap].contains('\n')
            };
            let paragraphs = (0..all.len()).filter(is_first).collect();
            Self { text, all, paragraphs }
        });
        (old, new)
    }

    /// The tokens of the paragraph that a token is in, by index, half-open.
    pub fn paragraph(&self, index: usize) -> Range<usize> {
        let next = self.paragraphs.partition_point(|start| *start <= index);
        let start = next.checked_sub(1).map_or(0, |at| self.paragraphs[at]);
        start..self.paragraphs.get(next).copied().unwrap_or(self.len())
    }

    /// Whether a paragraph begins with this token.
    pub fn begins_paragraph(&self, index: usize) -> bool {
        self.paragraphs.binary_search(&index).is_ok()
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn get(&self, index: usize) -> Token {
        self.all[index]
    }

    /// A token as it is spelled.
    pub fn word(&self, token: Token) -> &'t str {
        &self.text[token.range.as_range()]
    }

    /// What the tokens of a range of indexes read as.
    pub fn readings(&self, range: Range<usize>) -> impl Iterator<Item = u32> + '_ {
        self.all[range].iter().map(|token| token.reading)
    }

    /// The tokens that share a byte with the range, by index, half-open.
    pub fn touching(&self, range: ByteRange) -> Range<usize> {
        let first = self.all.partition_point(|token| token.range.end() <= range.start());
        let end = self.all.partition_point(|token| token.range.start() < range.end());
        first..end.max(first)
    }
}

/// Gives each reading and each spelling its number.
#[derive(Default)]
struct Numbers<'t> {
    /// By how a word reads: case and accents do not count.
    readings: FxHashMap<String, u32>,
    spellings: FxHashMap<&'t str, (u32, Option<u32>)>,
}

impl<'t> Numbers<'t> {
    /// The token of a word; `None` for what reads as nothing.
    fn token(&mut self, range: ByteRange, word: &'t str) -> Option<Token> {
        let next = u32::try_from(self.spellings.len()).unwrap_or(u32::MAX);
        let (spelling, reading) = match self.spellings.get(word) {
            Some(known) => *known,
            None => {
                let reading = self.reading(word);
                self.spellings.insert(word, (next, reading));
                (next, reading)
            }
        };
        let letters = word.chars().filter(|char| char.is_alphanumeric()).count();
        Some(Token { range, reading: reading?, spelling, letters: u32::try_from(letters).unwrap_or(u32::MAX) })
    }

    /// The number of how a word reads.
    fn reading(&mut self, word: &str) -> Option<u32> {
        let folded: String = folded(word.chars()).collect();
        let next = u32::try_from(self.readings.len()).unwrap_or(u32::MAX);
        (!folded.is_empty()).then(|| *self.readings.entry(folded).or_insert(next))
    }
}
