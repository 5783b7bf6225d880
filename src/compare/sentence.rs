//! The sentences of a text as ranges of its words.

use std::ops::Range;

use super::word::Word;
use crate::text::{
    ByteRange, Text,
    segment::{next_sentence_start, sentence_at},
};

/// A sentence, its marks included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sentence {
    pub range: ByteRange,
    /// Index of its first word, and of the first one after it.
    first: u32,
    end: u32,
}

impl Sentence {
    /// Indexes of its words.
    pub fn words(&self) -> Range<usize> {
        self.first as usize..self.end as usize
    }
}

/// The sentences that have words, in order.
pub(super) fn sentences(text: &Text, words: &[Word]) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut byte = text.len() - text.trim_start().len();
    let mut first = 0;
    while byte < text.len() {
        let range = sentence_at(text, byte);
        let count = words[first..].iter().take_while(|word| word.range.start() < range.end()).count();
        if count > 0 {
            let number = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
            found.push(Sentence { range, first: number(first), end: number(first + count) });
            first += count;
        }
        byte = next_sentence_start(text, byte).max(byte + 1);
        byte = text.ceil_char_boundary(byte);
    }
    found
}

/// The sentences that share a byte with a range.
pub(super) fn sentences_at(sentences: &[Sentence], range: ByteRange) -> impl Iterator<Item = &Sentence> {
    let first = sentences.partition_point(|sentence| sentence.range.end() <= range.start());
    sentences[first..].iter().take_while(move |sentence| sentence.range.start() < range.end())
}
