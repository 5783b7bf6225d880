//! The caret moved by keys. Keys that move no caret are left for the caller.

use egui::{Event, Key, Modifiers};

use super::flow::Flow;
use super::source::{PageSource, TextSelection};
use crate::ui::typeset::{Place, Shaper, Toward};

/// A movement of the caret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Movement {
    Beside(Toward),
    Word(Toward),
    Lines(isize),
    /// Up or down by a view.
    View(isize),
    Paragraph(Way),
    Line(Way),
    Article(Way),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Back,
    Forth,
}

/// What becomes of the selection when the caret moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extend {
    No,
    Yes,
}

/// Takes the movements out of the events of a frame, in order.
pub(super) fn take_movements(events: &mut Vec<Event>) -> Vec<(Movement, Extend)> {
    let mut movements = Vec::new();
    events.retain(|event| {
        let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
        let Some(movement) = movement(*key, *modifiers) else { return true };
        movements.push((movement, if modifiers.shift { Extend::Yes } else { Extend::No }));
        false
    });
    movements
}

fn movement(key: Key, modifiers: Modifiers) -> Option<Movement> {
    let command = modifiers.command || modifiers.ctrl;
    let by_word = command || modifiers.alt;
    let plain = !command && !modifiers.alt;
    match key {
        Key::ArrowLeft if by_word => Some(Movement::Word(Toward::Left)),
        Key::ArrowRight if by_word => Some(Movement::Word(Toward::Right)),
        Key::ArrowLeft => Some(Movement::Beside(Toward::Left)),
        Key::ArrowRight => Some(Movement::Beside(Toward::Right)),
        Key::ArrowUp if command => Some(Movement::Paragraph(Way::Back)),
        Key::ArrowDown if command => Some(Movement::Paragraph(Way::Forth)),
        Key::ArrowUp if plain => Some(Movement::Lines(-1)),
        Key::ArrowDown if plain => Some(Movement::Lines(1)),
        Key::PageUp if plain => Some(Movement::View(-1)),
        Key::PageDown if plain => Some(Movement::View(1)),
        Key::Home if command => Some(Movement::Article(Way::Back)),
        Key::End if command => Some(Movement::Article(Way::Forth)),
        Key::Home if plain => Some(Movement::Line(Way::Back)),
        Key::End if plain => Some(Movement::Line(Way::Forth)),
        _ => None,
    }
}

/// Moves a caret through a page.
pub(super) struct Walker<'a> {
    pub flow: &'a mut Flow,
    pub shaper: &'a mut Shaper,
    pub source: &'a dyn PageSource,
    /// Where lines are entered when moving up and down, in pixels.
    pub goal: &'a mut Option<f32>,
    pub view: f32,
}

impl Walker<'_> {
    pub fn go(&mut self, from: Place, movement: Movement) -> Place {
        let vertical = matches!(movement, Movement::Lines(_) | Movement::View(_));
        if !vertical {
            *self.goal = None;
        }
        match movement {
            Movement::Beside(toward) => self.beside(from, toward),
            Movement::Word(toward) => self.word(from, toward),
            Movement::Lines(count) => self.lines(from, count),
            Movement::View(count) => {
                let line = self.flow.metrics().map_or(1.0, |m| m.body.line_height);
                let lines = ((self.view / line) as isize - 2).max(1);
                self.lines(from, count * lines)
            }
            Movement::Paragraph(way) => self.paragraph(from, way),
            Movement::Line(way) => self.line_end(from, way),
            Movement::Article(Way::Back) => Place::new(0),
            Movement::Article(Way::Forth) => Place::new(self.source.text().len()),
        }
    }

    /// Where a selection ends on one side, as the eye sees it.
    pub fn end_of_selection(&mut self, selection: TextSelection, toward: Toward) -> Place {
        *self.goal = None;
        let (row, _, _) = self.inside(Place::new(selection.head));
        let rtl = self.flow.laid_out(row).is_some_and(|shaped| shaped.rtl);
        let forward = (toward == Toward::Right) != rtl;
        let range = selection.range();
        Place::new(if forward { range.end() } else { range.start() })
    }

    /// The row of an offset, laid out, and the place counted from its start.
    fn inside(&mut self, place: Place) -> (usize, usize, Place) {
        let text = self.source.text();
        self.flow.row(self.shaper, text, self.flow.row_of(place.offset));
        let row = self.flow.row_of(place.offset);
        let range = self.flow.blocks().get(row - 1).range();
        self.flow.row(self.shaper, text, row);
        let offset = place.offset.clamp(range.start(), range.end()) - range.start();
        (row, range.start(), Place { offset, side: place.side })
    }

    fn beside(&mut self, from: Place, toward: Toward) -> Place {
        let (row, start, inside) = self.inside(from);
        let shaped = self.flow.row(self.shaper, self.source.text(), row);
        if let Some(place) = shaped.beside(inside, toward) {
            return Place { offset: place.offset + start, side: place.side };
        }
        let forward = (toward == Toward::Right) != shaped.rtl;
        let blocks = self.flow.blocks();
        let next = if forward { row } else { row.wrapping_sub(2) };
        match blocks.as_slice().get(next) {
            Some(block) if forward => Place::new(block.range().start()),
            Some(block) => Place::new(block.range().end()),
            None => from,
        }
    }

    fn word(&mut self, from: Place, toward: Toward) -> Place {
        let (row, _, _) = self.inside(from);
        let rtl = self.flow.laid_out(row).is_some_and(|shaped| shaped.rtl);
        let forward = (toward == Toward::Right) != rtl;
        let offset = if forward { word_end(self.source, from.offset) } else { word_start(self.source, from.offset) };
        Place::new(offset)
    }

    fn lines(&mut self, from: Place, count: isize) -> Place {
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
        let place = match line {
            ..0 => Place::new(0),
            line if line > last => shaped.line_ends(last.max(0) as usize).1,
            line => shaped.place_at(line as usize, goal),
        };
        Place { offset: place.offset + start, side: place.side }
    }

    fn line_end(&mut self, from: Place, way: Way) -> Place {
        let (row, start, inside) = self.inside(from);
        let shaped = self.flow.row(self.shaper, self.source.text(), row);
        let (first, last) = shaped.line_ends(shaped.line_of(inside));
        let place = if way == Way::Back { first } else { last };
        Place { offset: place.offset + start, side: place.side }
    }

    fn paragraph(&self, from: Place, way: Way) -> Place {
        let blocks = self.flow.blocks().as_slice();
        let at = self.flow.blocks().at(from.offset);
        let start = |block: &super::blocks::Block| Place::new(block.range().start());
        let found = match way {
            Way::Forth => blocks[at + 1..].iter().find(|b| b.opens_paragraph()).map(start),
            Way::Back => {
                blocks[..=at].iter().rev().find(|b| b.opens_paragraph() && b.range().start() < from.offset).map(start)
            }
        };
        found.unwrap_or(Place::new(if way == Way::Forth { self.source.text().len() } else { 0 }))
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
