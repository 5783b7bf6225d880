//! An article's text and its paragraphs. It never changes: a corrected text is another [`Text`].

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::as_read::{AsRead, Folded, fold};
use super::checkpoints::Checkpoints;
use super::{ByteRange, segment};

/// An immutable text with what is needed to find one's way in it; a clone costs a counter.
///
/// A paragraph is a line. Lines are counted from 0, blank ones too, so that every byte has one; only
/// those with words in them have a [number](Text::paragraph_number). Beside the text this keeps 8 bytes
/// a line, and 8 bytes a KiB unless all of it is ASCII.
#[derive(Clone)]
pub struct Text(Arc<Body>);

/// A text with what is known of it; worked out once, as texts never change.
struct Body {
    text: Box<str>,
    /// Every line, blank ones too.
    lines: Box<[Line]>,
    /// For conversion of offsets.
    checkpoints: Checkpoints,
    /// Counted when it is first asked for.
    words: OnceLock<usize>,
    /// Folded when it is first searched.
    folded: OnceLock<Folded>,
}

/// A line: a paragraph, or blank.
struct Line {
    /// Its first byte.
    start: u32,
    /// How many lines up to and including this one are not blank.
    number: u32,
}

impl Text {
    /// # Panics
    /// If the text is longer than 4 GiB, as [`ByteRange::new`] does.
    pub fn new(text: String) -> Self {
        let text = text.into_boxed_str();
        let (lines, checkpoints) = (lines(&text), Checkpoints::new(&text));
        Self(Arc::new(Body { text, lines, checkpoints, words: OnceLock::new(), folded: OnceLock::new() }))
    }

    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// How many lines there are, blank ones too: at least one.
    pub fn paragraph_count(&self) -> usize {
        self.0.lines.len()
    }

    /// The line that holds the byte, or the last one. A line's end belongs to the line it ends.
    pub fn paragraph_at(&self, byte: usize) -> usize {
        self.0.lines.partition_point(|line| line.start as usize <= byte) - 1
    }

    /// Where a line begins, or the end of the text where there is no such line.
    pub fn paragraph_start(&self, index: usize) -> usize {
        self.0.lines.get(index).map_or(self.len(), |line| line.start as usize)
    }

    /// A line's bytes without its line end; empty at the end of the text where there is no such line.
    pub fn paragraph_range(&self, index: usize) -> ByteRange {
        let Some(line) = self.0.lines.get(index) else { return ByteRange::at(self.len()) };
        let start = line.start as usize;
        let Some(next) = self.0.lines.get(index + 1) else { return ByteRange::new(start, self.len()) };
        let line = &self[start..next.start as usize - 1];
        ByteRange::new(start, start + line.strip_suffix('\r').unwrap_or(line).len())
    }

    /// The number a reader gives the paragraph, from 1; `None` for a blank line.
    pub fn paragraph_number(&self, index: usize) -> Option<usize> {
        let number = self.0.lines.get(index)?.number;
        let before = index.checked_sub(1).map_or(0, |i| self.0.lines[i].number);
        (number > before).then_some(number as usize)
    }

    /// How many lines that are not blank come before the line.
    pub fn paragraph_number_before(&self, index: usize) -> usize {
        index.checked_sub(1).and_then(|before| self.0.lines.get(before)).map_or(0, |line| line.number as usize)
    }

    /// The line of a paragraph by its reader's number, from 1.
    pub fn paragraph_numbered(&self, number: usize) -> Option<usize> {
        let index = self.0.lines.partition_point(|line| (line.number as usize) < number);
        (number > 0 && index < self.0.lines.len()).then_some(index)
    }

    /// How many words a reader would count, see [`segment::word_count`]; counted once, when first asked.
    pub fn word_count(&self) -> usize {
        *self.0.words.get_or_init(|| segment::word_count(self))
    }

    /// The text as one reads it, see [`as_read()`](super::as_read()); folded once, when first asked. It costs the length of
    /// the text then, and as much memory again where the text does not read as it is written.
    pub fn as_read(&self) -> AsRead<'_> {
        self.0.folded.get_or_init(|| fold(self)).of_source(self)
    }

    pub(super) fn checkpoints(&self) -> &Checkpoints {
        &self.0.checkpoints
    }
}

/// The lines of a text, with their numbers as paragraphs.
fn lines(text: &str) -> Box<[Line]> {
    let mut number = 0;
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    let mut lines: Vec<Line> = ends
        .map(|end| {
            number += u32::from(!text[start..end].trim_start().is_empty());
            let line = Line { start: ByteRange::at(start).start() as u32, number };
            start = end + 1;
            line
        })
        .collect();
    lines.shrink_to_fit();
    lines.into_boxed_slice()
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::new(text.to_owned())
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::new(String::new())
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraphs(text: &str) -> Vec<(Option<usize>, String)> {
        let text = Text::from(text);
        (0..text.paragraph_count())
            .map(|i| (text.paragraph_number(i), text[text.paragraph_range(i).as_range()].to_owned()))
            .collect()
    }

    #[test]
    fn blank_lines_are_addressable_but_have_no_number() {
        let found = paragraphs("One.\n\n \nTwo.\r\nThree.\n");
        let found: Vec<_> = found.iter().map(|(number, line)| (*number, line.as_str())).collect();
        let expected = [(Some(1), "One."), (None, ""), (None, " "), (Some(2), "Two."), (Some(3), "Three."), (None, "")];
        assert_eq!(found, expected);
    }

    #[test]
    fn every_byte_has_a_paragraph() {
        let text = Text::from("ab\n\ncd");
        let found: Vec<usize> = (0..8).map(|byte| text.paragraph_at(byte)).collect();
        assert_eq!(found, [0, 0, 0, 1, 2, 2, 2, 2]);
        assert_eq!(Text::default().paragraph_at(0), 0);
        assert_eq!(Text::default().paragraph_range(7), ByteRange::at(0));
    }

    #[test]
    fn a_paragraph_is_found_by_its_number() {
        let text = Text::from("\nOne\n\nTwo");
        let found: Vec<_> = (0..4).map(|number| text.paragraph_numbered(number)).collect();
        assert_eq!(found, [None, Some(1), Some(3), None]);
    }

    #[test]
    fn words_are_counted_as_a_reader_does() {
        assert_eq!(Text::from("US-Mexico talks — don’t wait, 3.5 times …").word_count(), 6);
        assert_eq!(Text::from("我们会去北京").word_count(), 4);
    }
}
