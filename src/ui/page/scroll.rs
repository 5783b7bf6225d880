//! Where a page is scrolled to, told by a row and a distance in it, so that corrected heights never move what is seen.
//!
//! A distance from the top of the page would be wrong as soon as an estimated height above the view is corrected. All
//! lengths are pixels; the position that the scroll bar shows is found from the anchor, never the other way round,
//! but when its thumb is dragged.

use super::flow::{Anchor, Flow};
use crate::{
    text::ByteRange,
    ui::typeset::{Caret, Shaper},
};

/// Where in the view a place is to come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Moves the view no further than shows it, with a line of room to the edge.
    #[default]
    Nearest,
    /// Below the first line of the view.
    Top,
    /// In the middle of the view, even if it was in view already.
    Centre,
}

/// A row in view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct VisibleRow {
    /// Its number; 0 is the heading.
    pub row: usize,
    /// Distance of its upper edge from that of the view, in pixels; negative where it begins above.
    pub top: f32,
    /// As laid out, in pixels.
    pub height: f32,
}

impl Flow {
    /// Distance from the top of everything to the top of the view in pixels, as far as heights are known.
    pub fn position(&self) -> f64 {
        self.heights.top(self.anchor.row) + f64::from(self.anchor.offset)
    }

    /// Moves the view down by a distance in pixels. Up to eight views it is exact, because the rows on the way are laid
    /// out; for longer ways they are not, and their heights are estimated.
    pub fn scroll_by(&mut self, distance: f32, view: f32) {
        if distance.abs() > 8.0 * view {
            self.jump(self.position() + f64::from(distance));
        } else {
            self.anchor.offset += distance;
        }
    }

    /// Puts the view at a distance from the top of everything.
    pub fn jump(&mut self, position: f64) {
        let (row, offset) = self.heights.row_at(position);
        self.anchor = Anchor { row, offset };
    }

    /// The exact height of a row, which is laid out for it.
    fn row_height(&mut self, shaper: &mut Shaper, text: &str, row: usize) -> f32 {
        if row > 0 {
            self.row(shaper, text, row);
        }
        self.heights.get(row)
    }

    /// Lays out what is in view and says where it stands. A view that reaches beyond the last row is moved up.
    pub fn settle(&mut self, shaper: &mut Shaper, text: &str, view: f32) -> Vec<VisibleRow> {
        self.normalise(shaper, text);
        let (mut visible, mut bottom) = self.lay_out_view(shaper, text, view);
        let padding = self.metrics().map_or(0.0, |m| m.padding_bottom);
        let at_end = visible.last().is_some_and(|last| last.row + 1 == self.rows());
        let short = view - padding - bottom;
        let at_top = self.anchor == Anchor::default();
        if at_end && short > 0.0 && !at_top {
            self.anchor.offset -= short;
            self.normalise(shaper, text);
            (visible, bottom) = self.lay_out_view(shaper, text, view);
        }
        debug_assert!(bottom.is_finite());
        visible
    }

    /// Lays out rows from the anchor on until the view is full; gives them, and where the last one ends.
    fn lay_out_view(&mut self, shaper: &mut Shaper, text: &str, view: f32) -> (Vec<VisibleRow>, f32) {
        let mut visible = Vec::new();
        let mut top = -self.anchor.offset;
        let mut row = self.anchor.row;
        while top < view && row < self.rows() {
            let height = self.row_height(shaper, text, row);
            visible.push(VisibleRow { row, top, height });
            top += height;
            row += 1;
        }
        (visible, top)
    }

    /// Brings the anchor's offset into its row.
    fn normalise(&mut self, shaper: &mut Shaper, text: &str) {
        let last = self.rows().saturating_sub(1);
        self.anchor.row = self.anchor.row.min(last);
        while self.anchor.offset < 0.0 && self.anchor.row > 0 {
            self.anchor.row -= 1;
            self.anchor.offset += self.row_height(shaper, text, self.anchor.row);
        }
        self.anchor.offset = self.anchor.offset.max(0.0);
        while self.anchor.row < last {
            let height = self.row_height(shaper, text, self.anchor.row);
            if self.anchor.offset < height {
                break;
            }
            self.anchor.offset -= height;
            self.anchor.row += 1;
        }
    }

    /// Moves the view so that a range is seen, or its beginning where it is longer than the view.
    ///
    /// Gives the distance it moved, where that is known without laying out what lies between.
    pub fn show(&mut self, shaper: &mut Shaper, text: &str, range: ByteRange, align: Align, view: f32) -> Option<f32> {
        let (first_row, first) = self.line_band(shaper, text, range.start());
        let (last_row, last) = self.line_band(shaper, text, range.end());
        let height = if first_row == last_row { last.1 - first.0 } else { first.1 - first.0 };
        let line = first.1 - first.0;
        let seen = self.seen_at(shaper, text, first_row, view).map(|top| top + first.0);
        let room = (view - height).max(0.0);
        let target = match (align, seen) {
            (Align::Top, _) => line.min(room),
            (Align::Centre, _) => room / 2.0,
            (Align::Nearest, Some(top)) => top.clamp(line.min(room / 2.0), (room - line).max(room / 2.0)),
            (Align::Nearest, None) if (first_row, first.0) < (self.anchor.row, self.anchor.offset) => line.min(room),
            (Align::Nearest, None) => (room - line).max(0.0),
        };
        match seen {
            Some(top) => self.anchor.offset += top - target,
            None => self.anchor = Anchor { row: first_row, offset: first.0 - target },
        }
        seen.map(|top| top - target)
    }

    /// Row, and upper and lower edge in it, of the line that holds an offset.
    fn line_band(&mut self, shaper: &mut Shaper, text: &str, offset: usize) -> (usize, (f32, f32)) {
        let row = self.row_of(offset);
        self.row(shaper, text, row);
        // Laying it out may have given its last line to the next.
        let row = self.row_of(offset);
        let range = self.blocks().get(row - 1).range();
        let shaped = self.row(shaper, text, row);
        let inside = offset.clamp(range.start(), range.end()) - range.start();
        let band = shaped.lines.get(shaped.line_of(Caret::new(inside))).map_or((0.0, 0.0), |l| (l.top, l.bottom));
        (row, band)
    }

    /// Where a row begins in the view, if it lies in it or little more than a view away.
    fn seen_at(&mut self, shaper: &mut Shaper, text: &str, wanted: usize, view: f32) -> Option<f32> {
        let mut top = -self.anchor.offset;
        if wanted < self.anchor.row {
            for row in (wanted..self.anchor.row).rev() {
                top -= self.row_height(shaper, text, row);
                if top < -2.0 * view && row > wanted {
                    return None;
                }
            }
            return Some(top);
        }
        for row in self.anchor.row..wanted {
            top += self.row_height(shaper, text, row);
            if top > 2.0 * view {
                return None;
            }
        }
        Some(top)
    }
}
