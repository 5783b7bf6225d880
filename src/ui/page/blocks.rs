//! The text in pieces small enough to be laid out one by one: its paragraphs, and of very long ones parts.
//!
//! All offsets are bytes. A text is at most 4 GiB long.
//!
//! Page, scroll bar and caret work with blocks because laying out a text takes time that grows with its length: a
//! block takes a fraction of a millisecond, so that a jump into the middle of a book is drawn in the next frame.
//! Where a block of a long paragraph ends is settled when it is laid out (see [`Blocks::move_end`]): at the end of a
//! full line.

use rustc_hash::FxHashMap;

use crate::text::{ByteRange, Text};

/// A longer paragraph is laid out in several pieces.
const LONGEST: usize = 2 * 1024;
/// Of a long paragraph: less than a view holds, so that little is laid out that is not seen.
const PIECE: usize = 1024;
/// So much of the text is looked at, in so many places, to guess how high its paragraphs are.
const SAMPLE: usize = 64;
/// How many samples of a text its characters’ average width is estimated from.
const SAMPLES: usize = 32;
/// Average width of a letter of Latin text with its spaces, in ems.
const LATIN: f32 = 0.43;

/// A paragraph, or a piece of a very long one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Block {
    /// First byte, and one after the last: half-open.
    start: u32,
    end: u32,
    /// Counted from 1.
    pub paragraph: u32,
    /// Which part of its paragraph it is.
    pub part: Part,
}

/// Which ends of its paragraph a block has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it, as with nearly every paragraph.
    Whole,
    /// The beginning of a long one: the paragraph’s number stands before it.
    First,
    /// Neither the beginning nor the end: no gap above or below.
    Middle,
    /// The end of a long one: the gap between paragraphs follows.
    Last,
}

impl Block {
    /// Its bytes in the text, half-open.
    pub fn range(&self) -> ByteRange {
        ByteRange::new(self.start as usize, self.end as usize)
    }

    /// Whether a paragraph begins with it, so that its number is drawn.
    pub fn opens_paragraph(&self) -> bool {
        matches!(self.part, Part::Whole | Part::First)
    }

    /// Whether a paragraph ends with it, so that a gap follows.
    pub fn closes_paragraph(&self) -> bool {
        matches!(self.part, Part::Whole | Part::Last)
    }
}

/// All blocks of a text, in order.
///
/// They are made of the text's own index of lines, without reading it: white space at the end of a paragraph is in its
/// block until [`Blocks::trim`].
#[derive(Clone, Debug, Default)]
pub(super) struct Blocks {
    /// In the order of the text; blank lines belong to no block.
    list: Vec<Block>,
    /// Blocks whose end was moved to the end of a line, with the end they had.
    moved: FxHashMap<usize, u32>,
    /// Average width of a byte, in ems.
    pub ems_per_byte: f32,
}

impl Blocks {
    /// The blocks of a text, cut without laying anything out: ends of pieces are guesses at sentence or word
    /// boundaries.
    pub fn new(text: &Text) -> Self {
        let lines = text.paragraph_count();
        let mut list = Vec::with_capacity(text.paragraph_number_before(lines) + text.len() / PIECE);
        for line in 0..lines {
            let Some(number) = text.paragraph_number(line) else { continue };
            let end = if line + 1 < lines { text.paragraph_start(line + 1) - 1 } else { text.len() };
            push_paragraph(&mut list, text, ByteRange::new(text.paragraph_start(line), end), number as u32);
        }
        if list.is_empty() {
            list.push(Block { start: 0, end: 0, paragraph: 0, part: Part::Middle });
        }
        Self { list, moved: FxHashMap::default(), ems_per_byte: ems_per_byte(text) }
    }

    /// At least one: an empty text has an empty block.
    pub fn as_slice(&self) -> &[Block] {
        &self.list
    }

    /// A block by its number, counted from 0.
    ///
    /// # Panics
    /// Where there is none.
    pub fn get(&self, index: usize) -> &Block {
        &self.list[index]
    }

    /// The block that holds an offset, or the one before where it lies between two.
    pub fn at(&self, offset: usize) -> usize {
        self.list.partition_point(|block| block.start as usize <= offset).saturating_sub(1)
    }

    /// Leaves the white space at the end of a paragraph out of its block.
    pub fn trim(&mut self, index: usize, text: &str) {
        let block = &mut self.list[index];
        if block.closes_paragraph() {
            let words = block.range().slice(text).unwrap_or_default();
            block.end = block.start + words.trim_end().len() as u32;
        }
    }

    /// Lets a block end, and the next one begin, earlier.
    pub fn move_end(&mut self, index: usize, end: usize) {
        self.moved.entry(index).or_insert(self.list[index].end);
        self.list[index].end = end as u32;
        self.list[index + 1].start = end as u32;
    }

    /// Whether the block’s end was moved from where it was first cut.
    pub fn is_moved(&self, index: usize) -> bool {
        self.moved.contains_key(&index)
    }

    /// Takes one move back, if there was one.
    pub fn restore_end(&mut self, index: usize) {
        if let Some(end) = self.moved.remove(&index) {
            self.list[index].end = end;
            self.list[index + 1].start = end;
        }
    }

    /// Takes all moves back.
    pub fn restore(&mut self) {
        for (index, end) in self.moved.drain() {
            self.list[index].end = end;
            self.list[index + 1].start = end;
        }
    }
}

/// A paragraph as one block, or as several.
fn push_paragraph(list: &mut Vec<Block>, text: &str, range: ByteRange, paragraph: u32) {
    let mut start = range.start();
    let longest = if range.len() <= LONGEST { LONGEST } else { PIECE };
    while start < range.end() {
        let end = if range.end() - start <= longest { range.end() } else { cut(text, start, range.end()) };
        let part = match (start == range.start(), end == range.end()) {
            (true, true) => Part::Whole,
            (true, false) => Part::First,
            (false, false) => Part::Middle,
            (false, true) => Part::Last,
        };
        list.push(Block { start: start as u32, end: end as u32, paragraph, part });
        start = end;
    }
}

/// A place after white space where a long paragraph can be cut, or any where it has no white space.
fn cut(text: &str, start: usize, end: usize) -> usize {
    let limit = text.floor_char_boundary((start + PIECE).min(end));
    let low = text.floor_char_boundary(start + PIECE / 2);
    match text[low..limit].char_indices().rev().find(|(_, c)| c.is_whitespace()) {
        Some((at, c)) => low + at + c.len_utf8(),
        None => limit,
    }
}

/// Average width of a byte in ems, judged by some places of a text.
fn ems_per_byte(text: &str) -> f32 {
    let step = (text.len() / SAMPLES).max(SAMPLE);
    let (mut width, mut bytes) = (0.0, 0);
    for at in (0..text.len()).step_by(step) {
        let start = text.floor_char_boundary(at);
        let sample = &text[start..text.floor_char_boundary(at + SAMPLE)];
        width += if sample.is_ascii() { sample.len() as f32 * LATIN } else { sample.chars().map(ems).sum() };
        bytes += sample.len();
    }
    if bytes == 0 { LATIN } else { width / bytes as f32 }
}

/// Width of a character in ems, roughly, by the block of Unicode that it is in.
fn ems(c: char) -> f32 {
    match c {
        ' ' => 0.25,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' => 0.0,
        '\u{900}'..='\u{e7f}' => 0.4,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' => 1.0,
        '\u{1f000}'.. => 1.2,
        c if c.is_uppercase() => 0.65,
        _ => 0.45,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Blocks {
        Blocks::new(&Text::from(text))
    }

    #[test]
    fn blank_lines_are_no_blocks_and_paragraphs_end_with_their_words() {
        let text = "One\n\n  \nTwo  \n";
        let mut blocks = blocks(text);
        (0..2).for_each(|index| blocks.trim(index, text));
        let found: Vec<_> = blocks.as_slice().iter().map(|b| (b.paragraph, b.range().slice(text).unwrap())).collect();
        assert_eq!(found, [(1, "One"), (2, "Two")]);
    }

    #[test]
    fn widths_are_judged_by_the_whole_text() {
        assert_eq!(blocks("plain").ems_per_byte, LATIN);
        let mixed = format!("{}{}", "plain ".repeat(500), "東京".repeat(500));
        let found = blocks(&mixed).ems_per_byte;
        assert!(found < LATIN && found > 0.3, "{found}: a wide character has three bytes");
    }

    #[test]
    fn a_long_paragraph_is_cut_after_spaces_and_nothing_is_lost() {
        let text = "steady ".repeat(9000);
        let blocks = blocks(&text);
        let list = blocks.as_slice();
        assert!(list.len() > 4);
        assert_eq!((list[0].part, list[list.len() - 1].part), (Part::First, Part::Last));
        for pair in list.windows(2) {
            assert_eq!(pair[0].range().end(), pair[1].range().start());
            assert_eq!(pair[0].range().slice(&text).unwrap().trim_end().chars().last(), Some('y'));
            assert!(pair[0].range().len() <= PIECE);
        }
        assert_eq!(list[list.len() - 1].range().end(), text.len());
    }

    #[test]
    fn a_paragraph_without_spaces_is_cut_between_characters() {
        let text = "東".repeat(9000);
        assert!(blocks(&text).as_slice().iter().all(|b| b.range().fits(&text)));
    }

    #[test]
    fn offsets_find_their_block() {
        let blocks = blocks("One\n\nTwo");
        assert_eq!([0, 3, 4, 5, 8].map(|o| blocks.at(o)), [0, 0, 0, 1, 1]);
    }

    #[test]
    fn moved_ends_come_back() {
        let text = "steady ".repeat(3000);
        let mut blocks = blocks(&text);
        let before = blocks.as_slice().to_vec();
        blocks.move_end(0, 700);
        blocks.move_end(0, 350);
        assert_eq!(blocks.get(1).range().start(), 350);
        blocks.restore();
        assert_eq!(blocks.as_slice(), before);
    }
}
