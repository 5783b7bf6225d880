//! A text run as AccessKit has it, and what all that tells runs shares.

use egui::{Id, Rect, accesskit};

use crate::ui::page::{frame::Frame, state::PageState};

/// The most characters in a run, the line end after a paragraph included: AccessKit tells the characters at which words
/// start by 8-bit numbers.
pub(super) const LONGEST_RUN: usize = 254;

/// A text run (AccessKit's name for words on one line that it can select in) and the offsets of its characters in the
/// text.
pub(super) struct Run {
    pub id: Id,
    /// In bytes.
    pub start: usize,
    /// Start of every character, and the end of the last.
    pub offsets: Vec<usize>,
}

/// Where the next paragraph begins, after a block that closes one and has a next.
pub(super) fn paragraph_end(state: &PageState, frame: &Frame<'_>, block: usize) -> Option<usize> {
    let blocks = state.flow.blocks();
    let next = blocks.as_slice().get(block + 1)?.range().start();
    (blocks.get(block).closes_paragraph() && next <= frame.text().len()).then_some(next)
}

/// A rectangle of the window as AccessKit takes it; both count points from the upper left.
pub(super) fn bounds(rect: Rect) -> accesskit::Rect {
    accesskit::Rect { x0: rect.min.x.into(), y0: rect.min.y.into(), x1: rect.max.x.into(), y1: rect.max.y.into() }
}
