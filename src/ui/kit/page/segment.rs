//! Paragraphs, words and sentences for callers that bring none of their own.

use icu_segmenter::options::{SentenceBreakInvariantOptions, WordBreakInvariantOptions};
use icu_segmenter::{SentenceSegmenter, WordSegmenter};

use crate::text::ByteRange;

/// Words and sentences are looked for in at most this many bytes on either side.
const WINDOW: usize = 2048;

/// Lines that hold more than white space, without their line ends.
pub(super) fn paragraphs(text: &str, out: &mut Vec<ByteRange>) {
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        let line = text[start..end].trim_end();
        if !line.is_empty() {
            out.push(ByteRange::new(start, start + line.len()));
        }
        start = end + 1;
    }
}

pub(super) fn word_at(text: &str, offset: usize) -> ByteRange {
    let (from, window) = window(text, offset);
    let mut start = 0;
    let mut breaks = WordSegmenter::new_auto(WordBreakInvariantOptions::default()).segment_str(window).skip(1);
    let end = breaks.find(|&end| {
        let reached = from + end > offset;
        if !reached {
            start = end;
        }
        reached
    });
    match end {
        Some(end) if window[start..end].chars().any(char::is_alphanumeric) => ByteRange::new(from + start, from + end),
        _ => ByteRange::at(offset),
    }
}

pub(super) fn sentence_at(text: &str, offset: usize) -> ByteRange {
    let (from, window) = window(text, offset);
    let mut start = 0;
    for end in SentenceSegmenter::new(SentenceBreakInvariantOptions::default()).segment_str(window).skip(1) {
        if from + end > offset || end == window.len() {
            let sentence = window[start..end].trim_end();
            let indent = sentence.len() - sentence.trim_start().len();
            return ByteRange::new(from + start + indent, from + start + sentence.len());
        }
        start = end;
    }
    ByteRange::at(offset)
}

/// The line around an offset, cut at white space where it is very long; where it begins comes first.
fn window(text: &str, offset: usize) -> (usize, &str) {
    let offset = floor(text, offset);
    let low = floor(text, offset.saturating_sub(WINDOW));
    let high = floor(text, (offset + WINDOW).min(text.len()));
    let before = &text[low..offset];
    let after = &text[offset..high];
    let start = match before.rfind('\n') {
        Some(at) => low + at + 1,
        None if low == 0 => 0,
        None => low + before.find(char::is_whitespace).map_or(0, |at| at + 1),
    };
    let end = match after.find('\n') {
        Some(at) => offset + at,
        None if high == text.len() => high,
        None => offset + after.rfind(char::is_whitespace).unwrap_or(after.len()),
    };
    // The first white space found may be wider than a byte.
    (floor(text, start), &text[floor(text, start)..end])
}

/// The nearest character boundary at or before an offset.
pub(super) fn floor(text: &str, offset: usize) -> usize {
    text.floor_char_boundary(offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word<'a>(text: &'a str, before: &str) -> &'a str {
        word_at(text, text.find(before).unwrap()).slice(text).unwrap()
    }

    #[test]
    fn words_are_found_in_every_script() {
        assert_eq!(word("The mayor’s plan", "yor"), "mayor’s");
        assert_eq!(word("قال الرئيس يوم", "ئيس"), "الرئيس");
        assert_eq!(word("彼は学校に行く", "校"), "学校");
        assert_eq!(word("two  words", " words"), "");
    }

    #[test]
    fn sentences_end_without_their_spaces() {
        let text = "One here.  Two there! Three";
        assert_eq!(sentence_at(text, 12).slice(text), Some("Two there!"));
        assert_eq!(sentence_at(text, text.len()).slice(text), Some("Three"));
    }

    #[test]
    fn blank_lines_are_no_paragraphs() {
        let mut out = Vec::new();
        let text = "One\n\n  \nTwo  \n";
        paragraphs(text, &mut out);
        let found: Vec<_> = out.iter().map(|r| r.slice(text).unwrap()).collect();
        assert_eq!(found, ["One", "Two"]);
    }
}
