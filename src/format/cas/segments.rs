//! Tokens and sentences of a text, the same ones whoever marks in it.

use crate::{
    format::tokens::Tokens,
    text::{ByteRange, segment::next_sentence_start},
};

/// White space for every reader: Python takes the separators of ASCII for some too.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

/// The tokens of a text that are no white space, in order.
pub fn tokens(text: &str) -> Vec<ByteRange> {
    let all = Tokens::of(text, []);
    let all = all.as_slice().iter().map(|token| token.range);
    all.filter(|range| !text[range.as_range()].chars().all(is_blank)).collect()
}

/// The sentences of a text, each from the first of its tokens to the last.
pub fn sentences(text: &str, tokens: &[ByteRange]) -> Vec<ByteRange> {
    let mut sentences: Vec<ByteRange> = Vec::new();
    let mut next = 0;
    for token in tokens {
        match sentences.last_mut() {
            Some(sentence) if token.start() < next => *sentence = ByteRange::new(sentence.start(), token.end()),
            _ => {
                sentences.push(*token);
                next = next_sentence_start(text, token.start()).max(token.start() + 1);
            }
        }
    }
    sentences
}
