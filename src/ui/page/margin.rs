//! The margin beside the column, in which relations run and their far ends stand. It is geometry only.

use egui::{Rect, pos2, vec2};

use super::frame::Frame;

/// Between the column and what stands in the margin, in points.
pub(super) const GAP: f32 = 8.0;
/// Between the outermost curve and the edge of the page, in points.
const INSET: f32 = 16.0;

/// The margin on the side where lines begin no paragraph number. In points of the window.
#[derive(Clone, Copy)]
pub(super) struct Margin {
    /// Where it begins, at the column.
    pub inner: f32,
    /// Where it ends, at the edge of the page.
    pub outer: f32,
    /// 1 where it lies to the right of the column, -1 to the left.
    pub out: f32,
}

impl Margin {
    /// The margin of a paragraph that is read in this direction.
    pub fn of(frame: &Frame<'_>, rtl: bool) -> Self {
        let measures = &frame.measures;
        let column = Rect::from_min_size(pos2(measures.column_x, 0.0), vec2(measures.column, measures.view));
        let column = measures.to_window(column);
        if rtl {
            return Self { inner: column.left() - GAP, outer: measures.rect.left(), out: -1.0 };
        }
        let outer = measures.rect.right() - frame.page.style.scrollbar_width;
        Self { inner: column.right() + GAP, outer, out: 1.0 }
    }

    /// From the column to the edge of the page, in points.
    pub fn width(self) -> f32 {
        (self.outer - self.inner) * self.out
    }

    /// What curves may take of it; never nothing, so that they are seen in a narrow one too.
    pub fn room(self) -> f32 {
        (self.width() - INSET).max(4.0)
    }
}
