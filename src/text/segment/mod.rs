//! Graphemes, words, sentences and paragraphs around a place in a text.
//!
//! Every function takes any byte: one inside a character counts as that character's start, one past the end
//! as the end. The cost follows what lies around the place (a word, a sentence), never the whole text, and
//! the answer depends on the text alone, never on where one asked from.

mod language;
mod lists;
mod name;
mod paragraph;
mod sentence;
mod word;

pub use language::Language;
pub use lists::is_reporting_verb;
pub use name::name_at;
pub use paragraph::{next_paragraph_start, paragraph_at, previous_paragraph_start};
pub use sentence::{next_sentence_start, previous_sentence_start, sentence_at};
pub use word::{
    next_word_end, next_word_start, previous_word_end, previous_word_start, snap_to_words, word_at, word_count,
    words_in,
};

pub(super) use lists::{
    begins_source, introduces_content, is_auxiliary, is_conjunction, is_of_undashed, reports_in_dialogue,
};
pub(super) use paragraph::paragraph_around;
pub(super) use sentence::{SentenceEnd, begins_sentence_at, is_terminator, sentence_end_after};

use unicode_segmentation::GraphemeCursor;

use super::ByteRange;

/// The range without the blanks at its edges (see `is_blank`); empty at its start where there is nothing else.
pub fn trim(text: &str, range: ByteRange) -> ByteRange {
    let (start, end) = fit(text, range);
    let words = text[start..end].trim_start_matches(is_blank);
    if words.is_empty() {
        return ByteRange::at(start);
    }
    let start = end - words.len();
    ByteRange::new(start, start + words.trim_end_matches(is_blank).len())
}

/// Whitespace, and characters that are not seen.
pub(super) fn is_blank(char: char) -> bool {
    char.is_whitespace() || is_invisible(char)
}

/// Characters without a width that pages on the web are full of, beside quotation marks and full stops: they say how
/// words are arranged, or nothing. Joiners are no such ones, because they are part of a word.
pub(super) fn is_invisible(char: char) -> bool {
    matches!(char,
        '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'
        | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The end of the grapheme cluster at the byte, or the end of the text.
pub fn next_grapheme(text: &str, byte: usize) -> usize {
    let byte = text.floor_char_boundary(byte);
    let mut cursor = GraphemeCursor::new(byte, text.len(), true);
    // The whole text is at hand, so the cursor never asks for more of it.
    cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len())
}

/// The start of the grapheme cluster before the byte, or 0.
pub fn previous_grapheme(text: &str, byte: usize) -> usize {
    let byte = text.floor_char_boundary(byte);
    let mut cursor = GraphemeCursor::new(byte, text.len(), true);
    cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0)
}

/// The line that holds the byte, without its line end. The byte lies on a character boundary.
fn line_around(text: &str, byte: usize) -> ByteRange {
    let bytes = text.as_bytes();
    let start = memchr::memrchr(b'\n', &bytes[..byte]).map_or(0, |at| at + 1);
    let end = memchr::memchr(b'\n', &bytes[byte..]).map_or(text.len(), |at| byte + at);
    let line = &text[start..end];
    let is_last = end == text.len();
    ByteRange::new(start, start + if is_last { line } else { line.strip_suffix('\r').unwrap_or(line) }.len())
}

/// The range's ends, moved out to character boundaries of the text.
pub(super) fn fit(text: &str, range: ByteRange) -> (usize, usize) {
    (text.floor_char_boundary(range.start()), text.ceil_char_boundary(range.end().min(text.len())))
}

/// The start of the line after this byte.
fn next_line(text: &str, byte: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[byte..]).map_or(text.len(), |at| byte + at + 1)
}

/// Whether a line has only white space on it.
fn is_blank_line(text: &str, line_start: usize) -> bool {
    text[line_start..].chars().take_while(|char| *char != '\n').all(is_blank)
}
