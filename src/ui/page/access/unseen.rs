//! What of the article is out of view: its words as text runs, without a place for each character, as nothing of it is
//! laid out.

use std::ops::Range;

use egui::{
    Rect, Sense, Ui,
    accesskit::{Role, TextDirection},
    pos2, vec2,
};
use unicode_segmentation::UnicodeSegmentation;

use super::run::{LONGEST_RUN, Run, bounds, paragraph_end};
use crate::ui::page::{frame::Frame, state::PageState};

/// So much before what is in view and after it is told, in bytes: all of most articles. It is put together anew in every
/// frame, and a book would take longer than a frame may.
const REACH: usize = 64 * 1024;

/// The blocks that are told, `seen` among them; numbered from 0, half-open.
pub(super) fn told(state: &PageState, text: &str, seen: Range<usize>) -> Range<usize> {
    let blocks = state.flow.blocks();
    let start = |block: usize| blocks.as_slice().get(block).map_or(text.len(), |block| block.range().start());
    let from = blocks.at(start(seen.start).saturating_sub(REACH));
    let to = blocks.at(start(seen.end).saturating_add(REACH)) + 1;
    from.min(seen.start)..to.clamp(seen.end, blocks.as_slice().len())
}

/// Pushes the words of these blocks. They stand at the edge of the page that they are beyond.
pub(super) fn push(ui: &Ui, frame: &Frame<'_>, state: &PageState, blocks: Range<usize>, runs: &mut Vec<Run>) {
    let Frame { page, measures } = *frame;
    let is_above = state.rows.iter().find(|row| row.row > 0).is_some_and(|row| blocks.end < row.row);
    let edge = if is_above { 0.0 } else { measures.view };
    let line = Rect::from_min_size(pos2(measures.column_x, edge), vec2(measures.column, 0.0));
    let rect = measures.to_window(line);
    for block in blocks {
        let range = state.flow.blocks().get(block).range();
        let words = range.slice(page.source.text()).unwrap_or_default();
        let words = if state.flow.blocks().get(block).closes_paragraph() { words.trim_end() } else { words };
        let characters: Vec<(usize, &str)> = words.grapheme_indices(true).flat_map(countable).collect();
        let after = paragraph_end(state, frame, block);
        let pieces = characters.len().div_ceil(LONGEST_RUN);
        for (n, part) in characters.chunks(LONGEST_RUN).enumerate() {
            let after = after.filter(|_| n + 1 == pieces);
            let run = run_of(page.id, range.start(), part, after);
            ui.interact(rect, run.id, Sense::hover());
            ui.ctx().accesskit_node_builder(run.id, |node| {
                let line_end = if after.is_some() { "\n" } else { "" };
                let said: String = part.iter().map(|(_, character)| *character).chain([line_end]).collect();
                node.set_role(Role::TextRun);
                node.set_bounds(bounds(rect));
                node.set_text_direction(TextDirection::LeftToRight);
                node.set_character_lengths(lengths(part, after.is_some()));
                node.set_word_starts(word_starts(part));
                node.set_value(said);
            });
            runs.push(run);
        }
    }
}

/// The run of some characters of a block that begins at `start`, with the id that its words have in view as well.
fn run_of(page: egui::Id, start: usize, part: &[(usize, &str)], after: Option<usize>) -> Run {
    let mut offsets: Vec<usize> = part.iter().map(|(at, _)| start + at).collect();
    offsets.extend(part.last().map(|(at, character)| start + at + character.len()));
    offsets.extend(after);
    let from = offsets.first().copied().unwrap_or(start);
    Run { id: page.with(("run", from)), start: from, offsets }
}

/// A character as it is, or its code points where they are more than AccessKit can count as one: 255 bytes.
fn countable((at, character): (usize, &str)) -> impl Iterator<Item = (usize, &str)> {
    let is_whole = character.len() <= usize::from(u8::MAX);
    let points = character.char_indices().map(move |(n, c)| (at + n, &character[n..n + c.len_utf8()]));
    is_whole.then_some((at, character)).into_iter().chain(points.filter(move |_| !is_whole))
}

/// In bytes.
fn lengths(part: &[(usize, &str)], ends_line: bool) -> Vec<u8> {
    part.iter().map(|(_, character)| character.len() as u8).chain(ends_line.then_some(1)).collect()
}

/// Which characters begin a word, counted in characters.
fn word_starts(part: &[(usize, &str)]) -> Vec<u8> {
    let is_letter = |n: usize| part.get(n).is_some_and(|(_, c)| c.starts_with(char::is_alphanumeric));
    (0..part.len()).filter(|n| is_letter(*n) && (*n == 0 || !is_letter(n - 1))).map(|n| n as u8).collect()
}
