//! Moves the caret through a text as it is laid out: by character, word, line, paragraph.
//!
//! Left and right are those of the screen; words and paragraphs go in reading order. It lays out the rows that the
//! caret goes to, so that it may leave the view.

use super::blocks::Block;
use super::flow::Flow;
use super::gesture::TextSelection;
use super::source::PageSource;
use crate::ui::typeset::{Caret, Shaper, Toward};

/// A movement of the caret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Movement {
    /// To the next character on the screen.
    Character(Toward),
    /// To the next beginning or end of a word on that side.
    Word(Toward),
    /// Down by so many lines; negative is up.
    Lines(isize),
    /// Down by so many views, less two lines that stay in sight; negative is up.
    View(isize),
    /// To the beginning of a paragraph: the next one, or the one the caret is in, then the one before.
    Paragraph(Way),
    /// To an end of the line.
    Line(Way),
    /// To an end of the text.
    Text(Way),
}

/// A direction in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Towards the beginning of the text.
    Back,
    /// Towards its end.
    Forth,
}

/// Moves a caret through a page. Rows that it comes to are laid out on the way, whether they are in view or not.
pub(super) struct Walker<'a> {
    /// The rows, which it may have to lay out.
    pub flow: &'a mut Flow,
    /// What lays them out.
    pub shaper: &'a mut Shaper,
    /// Text and word boundaries.
    pub source: &'a dyn PageSource,
    /// Where lines are entered when moving up and down, in pixels from the left of the column; kept until another
    /// movement, so that a short line on the way does not pull the caret aside.
    pub goal: &'a mut Option<f32>,
    /// Height of the view in pixels.
    pub view: f32,
}

impl Walker<'_> {
    /// Where a movement from a caret leads; the same place where it can't go on.
    pub fn go(&mut self, from: Caret, movement: Movement) -> Caret {
        let vertical = matches!(movement, Movement::Lines(_) | Movement::View(_));
        if !vertical {
            *self.goal = None;
        }
        match movement {
            Movement::Character(toward) => self.character(from, toward),
            Movement::Word(toward) => self.word(from, toward),
            Movement::Lines(count) => self.lines(from, count),
            Movement::View(count) => {
                let line = self.flow.metrics().map_or(1.0, |m| m.body.line_height);
                let lines = ((self.view / line) as isize - 2).max(1);
                self.lines(from, count * lines)
            }
            Movement::Paragraph(way) => self.paragraph(from, way),
            Movement::Line(way) => self.line_end(from, way),
            Movement::Text(Way::Back) => Caret::new(0),
            Movement::Text(Way::Forth) => Caret::new(self.source.text().len()),
        }
    }

    /// Where a selection ends on one side, as the eye sees it.
    pub fn end_of_selection(&mut self, selection: TextSelection, toward: Toward) -> Caret {
        *self.goal = None;
        let (row, _, _) = self.inside(Caret::new(selection.head));
        let rtl = self.flow.laid_out(row).is_some_and(|shaped| shaped.rtl);
        let forward = (toward == Toward::Right) != rtl;
        let range = selection.range();
        Caret::new(if forward { range.end() } else { range.start() })
    }

    /// The row of an offset, laid out, the offset where it begins, and the caret counted from there.
    fn inside(&mut self, caret: Caret) -> (usize, usize, Caret) {
        let text = self.source.text();
        self.flow.row(self.shaper, text, self.flow.row_of(caret.offset));
        let row = self.flow.row_of(caret.offset);
        let range = self.flow.blocks().get(row - 1).range();
        self.flow.row(self.shaper, text, row);
        let offset = caret.offset.clamp(range.start(), range.end()) - range.start();
        (row, range.start(), Caret { offset, ..caret })
    }

    /// To the next character in a direction on the screen, into the next paragraph at the end of one.
    fn character(&mut self, from: Caret, toward: Toward) -> Caret {
        let (row, start, inside) = self.inside(from);
        let shaped = self.flow.row(self.shaper, self.source.text(), row);
        if let Some(next) = shaped.next(inside, toward) {
            return Caret { offset: next.offset + start, ..next };
        }
        let forward = (toward == Toward::Right) != shaped.rtl;
        let blocks = self.flow.blocks();
        let next = if forward { row } else { row.wrapping_sub(2) };
        match blocks.as_slice().get(next) {
            Some(block) if forward => Caret::new(block.range().start()),
            Some(block) => Caret::new(block.range().end()),
            None => from,
        }
    }

    /// To the end of a word in reading order, or to the beginning of one against it.
    fn word(&mut self, from: Caret, toward: Toward) -> Caret {
        let (row, _, _) = self.inside(from);
        let rtl = self.flow.laid_out(row).is_some_and(|shaped| shaped.rtl);
        let forward = (toward == Toward::Right) != rtl;
        let offset = if forward { word_end(self.source, from.offset) } else { word_start(self.source, from.offset) };
        Caret::new(offset)
    }

    /// Down by so many lines, through as many rows as it takes; from the last line to its end, from the first to the
    /// beginning of the text.
    fn lines(&mut self, from: Caret, count: isize) -> Caret {
        let (mut row, mut start, inside) = self.inside(from);
        let text = self.source.text();
        let shaped = self.flow.row(self.shaper, text, row);
        let goal = *self.goal.get_or_insert_with(|| shaped.x_of(inside));
        let mut line = shaped.line_of(inside) as isize + count;
        loop {
            let lines = self.flow.row(self.shaper, text, row).lines.len() as isize;
            if line < 0 && row > 1 {
                row -= 1;
                line += self.flow.row(self.shaper, text, row).lines.len() as isize;
            } else if line >= lines && row + 1 < self.flow.rows() {
                row += 1;
                line -= lines;
            } else {
                break;
            }
            start = self.flow.blocks().get(row - 1).range().start();
        }
        let shaped = self.flow.row(self.shaper, text, row);
        let last = shaped.lines.len() as isize - 1;
        let caret = match line {
            ..0 => Caret::new(0),
            line if line > last => shaped.line_ends(last.max(0) as usize).1,
            line => shaped.caret_at(line as usize, goal),
        };
        Caret { offset: caret.offset + start, ..caret }
    }

    /// To the beginning or the end of the line, in reading order.
    fn line_end(&mut self, from: Caret, way: Way) -> Caret {
        let (row, start, inside) = self.inside(from);
        let shaped = self.flow.row(self.shaper, self.source.text(), row);
        let (first, last) = shaped.line_ends(shaped.line_of(inside));
        let caret = if way == Way::Back { first } else { last };
        Caret { offset: caret.offset + start, ..caret }
    }

    /// To the beginning of the next paragraph, or of this one, or of the one before where the caret stands at the
    /// beginning; to an end of the text where there is none.
    fn paragraph(&self, from: Caret, way: Way) -> Caret {
        let blocks = self.flow.blocks().as_slice();
        let at = self.flow.blocks().at(from.offset);
        let start = |block: &Block| Caret::new(block.range().start());
        let found = match way {
            Way::Forth => blocks[at + 1..].iter().find(|b| b.opens_paragraph()).map(start),
            Way::Back => {
                blocks[..=at].iter().rev().find(|b| b.opens_paragraph() && b.range().start() < from.offset).map(start)
            }
        };
        found.unwrap_or(Caret::new(if way == Way::Forth { self.source.text().len() } else { 0 }))
    }
}

/// The end of the word that an offset lies in, or of the next one.
fn word_end(source: &dyn PageSource, from: usize) -> usize {
    let text = source.text();
    let mut offset = from;
    while let Some(skip) = text[offset..].find(char::is_alphanumeric) {
        let word = source.word_at(offset + skip);
        if word.end() > offset + skip {
            return word.end();
        }
        offset += skip + text[offset + skip..].chars().next().map_or(1, char::len_utf8);
    }
    text.len()
}

/// The start of the word that an offset lies in, or of the one before.
fn word_start(source: &dyn PageSource, from: usize) -> usize {
    let text = source.text();
    let mut offset = from;
    while let Some(at) = text[..offset].rfind(char::is_alphanumeric) {
        let word = source.word_at(at);
        if !word.is_empty() && word.start() <= at {
            return word.start();
        }
        offset = at;
    }
    0
}
