//! From points of a page to characters of its text, and back. Only what is in view is found.
//!
//! Points are pixels from the upper left corner of the page. A point between two lines or beside the column has a
//! nearest caret and no character.

use egui::{Pos2, pos2};

use super::frame::Measures;
use super::state::PageState;
use crate::ui::typeset::{Affinity, Caret};

impl PageState {
    /// The caret nearest to a point of the page, its offset counted in the whole text.
    pub(super) fn caret_at(&self, measures: &Measures, point: Pos2) -> Caret {
        let below = self.rows.iter().find(|row| point.y < row.top + row.height);
        let Some(row) = below.or(self.rows.last()) else { return Caret::new(0) };
        let first = self.flow.blocks().get(row.row.max(1) - 1).range();
        let Some(shaped) = self.flow.laid_out(row.row) else { return Caret::new(first.start()) };
        let line = shaped.line_at(point.y - row.top.round());
        let caret = shaped.caret_at(line, point.x - measures.column_x);
        Caret { offset: caret.offset + first.start(), affinity: caret.affinity }
    }

    /// The offset of the character under a point of the page; `None` beside the words, between lines and in the heading.
    pub(super) fn character_at(&self, measures: &Measures, point: Pos2) -> Option<usize> {
        let row = self.rows.iter().find(|row| row.top <= point.y && point.y < row.top + row.height)?;
        let shaped = self.flow.laid_out(row.row)?;
        let inside = shaped.character_at(pos2(point.x - measures.column_x, point.y - row.top.round()))?;
        Some(inside + self.flow.blocks().get(row.row - 1).range().start())
    }

    /// Where a caret stands on the page, if its row is in view. That it is in view itself is not said: its line may be
    /// above or below.
    pub(super) fn caret_line(&self, measures: &Measures, caret: Caret) -> Option<CaretLine> {
        let row = match caret.affinity {
            // The end of a piece of a long paragraph is the beginning of the next one.
            Affinity::Upstream => self.flow.row_of(caret.offset.saturating_sub(1)),
            Affinity::Downstream => self.flow.row_of(caret.offset),
        };
        let seen = self.rows.iter().find(|seen| seen.row == row)?;
        let shaped = self.flow.laid_out(row)?;
        let range = self.flow.blocks().get(row - 1).range();
        let offset = caret.offset.clamp(range.start(), range.end()) - range.start();
        let inside = Caret { offset, affinity: caret.affinity };
        let line = shaped.lines.get(shaped.line_of(inside))?;
        let top = seen.top.round();
        Some(CaretLine {
            x: (measures.column_x + shaped.x_of(inside)).round(),
            top: top + line.top,
            bottom: top + line.bottom,
            baseline: top + line.baseline,
        })
    }
}

/// Where a caret stands: its line's edges and baseline, on the page in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct CaretLine {
    pub x: f32,
    pub top: f32,
    pub bottom: f32,
    pub baseline: f32,
}
