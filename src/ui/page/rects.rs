//! What a range of the text covers on the screen, in the rows in view.

use egui::{Rect, vec2};

use super::flow::Flow;
use super::frame::Measures;
use super::scroll::VisibleRow;
use crate::{text::ByteRange, ui::typeset::Shaped};

/// The rows in view, as they are laid out.
#[derive(Clone, Copy)]
pub(super) struct InView<'a> {
    /// The layout of the rows.
    pub flow: &'a Flow,
    /// Those in view, from top to bottom.
    pub rows: &'a [VisibleRow],
    /// Where the column stands.
    pub measures: &'a Measures,
}

impl InView<'_> {
    /// Every rectangle of a range, on the page in pixels, as tall as its line, with the baseline. A range that runs
    /// over a change of direction may have several on a line.
    pub fn each_rect(&self, range: ByteRange, mut each: impl FnMut(Rect, f32)) {
        for row in self.rows.iter().filter(|row| row.row > 0) {
            let Some((shaped, inside)) = self.overlap(row.row, range) else { continue };
            let lines = shaped.lines_of(inside.start(), inside.end());
            let seen = shaped.lines_between(-row.top, self.measures.view - row.top);
            let shift = vec2(self.measures.column_x, row.top.round());
            for line in lines.start.max(seen.start)..lines.end.min(seen.end) {
                let baseline = shaped.lines[line].baseline + shift.y;
                shaped.rects_on(line, inside.start(), inside.end(), |rect| each(rect.translate(shift), baseline));
            }
        }
    }

    /// A laid-out row and what a range has of it, counted from its start.
    fn overlap(&self, row: usize, range: ByteRange) -> Option<(&Shaped, ByteRange)> {
        let block = self.flow.blocks().get(row - 1).range();
        let common = block.intersection(range)?;
        let inside = ByteRange::new(common.start() - block.start(), common.end() - block.start());
        Some((self.flow.laid_out(row)?, inside))
    }
}
