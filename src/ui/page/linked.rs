//! Pages that are scrolled together: where one is read, told by a place of its text, and going to such a place.
//!
//! A place is a number of bytes, with a fraction for how far down its line one is, so that it moves as smoothly as the
//! view. It is read at the upper edge of the view at the beginning of the text, at the lower edge at its end, and in
//! between in proportion: so both ends of every page are reached together.

use super::{
    flow::{Anchor, Flow},
    scroll::VisibleRow,
    state::PageState,
};
use crate::ui::typeset::{Caret, Shaper};

impl PageState {
    /// Where the page is read, in bytes of its text; `None` before the first frame.
    pub fn reading_place(&self) -> Option<f64> {
        let view = self.measures?.view;
        self.flow.place_read(&self.rows, view)
    }

    /// Has the page read at a place of its text with the next frame.
    pub fn read_at(&mut self, place: f64) {
        self.linked = Some(place);
    }

    /// Whether the view is on its way to a place.
    pub fn is_gliding(&self) -> bool {
        self.glide != 0.0 || self.wanted.is_some()
    }
}

impl Flow {
    /// See [`PageState::reading_place`]; `rows` are those in view.
    fn place_read(&self, rows: &[VisibleRow], view: f32) -> Option<f64> {
        let room = self.total() - f64::from(view);
        let share = if room > 0.0 { (self.position() / room).clamp(0.0, 1.0) } else { 0.0 };
        let y = share as f32 * view;
        let seen = rows.iter().filter(|row| row.row > 0);
        let row = seen.clone().rev().find(|row| row.top <= y).or(seen.clone().next())?;
        let shaped = self.laid_out(row.row)?;
        let line = shaped.lines.get(shaped.line_at(y - row.top))?;
        let down = ((y - row.top - line.top) / (line.bottom - line.top).max(1.0)).clamp(0.0, 1.0);
        let start = self.blocks().get(row.row - 1).range().start() + line.start;
        Some(start as f64 + f64::from(down) * (line.end - line.start) as f64)
    }

    /// Moves the view so that the page is read at a place.
    pub fn read_on(&mut self, shaper: &mut Shaper, text: &str, place: f64, view: f32) {
        let room = self.total() - f64::from(view);
        if room <= 0.0 {
            return;
        }
        let offset = text.floor_char_boundary(place.max(0.0) as usize);
        let row = self.row_of(offset);
        self.row(shaper, text, row);
        // Laying it out may have given its last line to the next.
        let row = self.row_of(offset);
        let start = self.blocks().get(row - 1).range().start();
        let shaped = self.row(shaper, text, row);
        let Some(line) = shaped.lines.get(shaped.line_of(Caret::new(offset.saturating_sub(start)))) else { return };
        let length = (line.end - line.start).max(1) as f64;
        let down = ((place - (start + line.start) as f64) / length).clamp(0.0, 1.0) as f32;
        let inside = line.top + down * (line.bottom - line.top);
        let share = (self.heights.top(row) + f64::from(inside)) / self.total().max(1.0);
        self.anchor = Anchor { row, offset: inside - share as f32 * view };
    }
}
