//! What a drag selects, and where it brings the end of a mark: to whole words, unless characters are asked for. It knows
//! no pointer; all offsets are bytes of the text.
//!
//! Snapping follows the word boundaries of the source ([`PageSource::word_at`]), and never shrinks a selection below
//! what was pressed.

use super::gesture::{Edge, TextSelection};
use super::source::PageSource;
use super::state::Unit;
use super::style::Snap;
use crate::text::{
    ByteRange,
    segment::{next_word_start, previous_word_end, snap_to_words},
};

/// What is selected when a drag that began at `origin` (a caret, a word or a sentence, as the press selected it) has come
/// to `head`. What was pressed stays selected; the head is at the side the drag has gone to.
pub(super) fn dragged(
    source: &dyn PageSource,
    origin: ByteRange,
    head: usize,
    unit: Unit,
    snap: Snap,
) -> TextSelection {
    let forward = head >= origin.end();
    let backward = head < origin.start();
    let (start, end) = match (unit, snap) {
        (Unit::Character, Snap::Characters) => (origin.start().min(head), origin.end().max(head)),
        (Unit::Character, Snap::Words) if head == origin.start() => (head, head),
        (Unit::Character, Snap::Words) => {
            let dragged = origin.cover(ByteRange::at(head));
            let words = snap_to_words(source.text(), dragged);
            let words = if words.is_empty() { dragged } else { words };
            (words.start(), words.end())
        }
        (Unit::Word, _) => cover(origin, source.word_at(head), head),
        (Unit::Sentence, _) => cover(origin, source.sentence_at(head), head),
    };
    if backward && !forward {
        TextSelection { anchor: end, head: start }
    } else {
        TextSelection { anchor: start, head: end }
    }
}

/// From the first to the last of two ranges; where there is no unit at the head, up to the head.
fn cover(origin: ByteRange, unit: ByteRange, head: usize) -> (usize, usize) {
    let unit = if unit.is_empty() { ByteRange::at(head) } else { unit };
    let both = origin.cover(unit);
    (both.start(), both.end())
}

/// The word that holds the character before an offset.
fn word_before(source: &dyn PageSource, offset: usize) -> Option<ByteRange> {
    let before = source.text()[..offset].chars().next_back()?;
    let word = source.word_at(offset - before.len_utf8());
    (!word.is_empty()).then_some(word)
}

/// Where the end of a fragment comes to: with snapping, to the nearer one of the ends that words have on its side.
pub(super) fn grip_offset(source: &dyn PageSource, offset: usize, edge: Edge, snap: Snap) -> usize {
    if snap == Snap::Characters {
        return offset;
    }
    let word = match edge {
        Edge::Start => Some(source.word_at(offset)).filter(|word| !word.is_empty()),
        Edge::End => word_before(source, offset),
    };
    // Behind a space the word is the one before it, and ends before the offset.
    let is_beyond_half = |word: ByteRange| 2 * offset > word.start() + word.end();
    match (word, edge) {
        (Some(word), Edge::Start) if !is_beyond_half(word) => word.start(),
        (Some(word), Edge::End) if is_beyond_half(word) => word.end(),
        (_, Edge::Start) => next_word_start(source.text(), offset),
        (Some(word), Edge::End) => previous_word_end(source.text(), word.start()),
        (None, Edge::End) => previous_word_end(source.text(), offset),
    }
}
