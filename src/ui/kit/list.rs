//! Long lists of which only what is seen costs anything: where rows of different heights stand, and a row's ground.
//!
//! Lengths are points. Rows are numbered from 0. Keys move the focus from row to row as in the lists of the desktops:
//! arrows by one, Page Up and Down by what is in view, Home and End to the ends.

use std::ops::Range;

use egui::{
    Color32, CornerRadius, EventFilter, FocusDirection, Key, Modifiers, Rect, Response, Sense, Stroke, StrokeKind, Ui,
};

use super::access;
use crate::ui::theme::{Tokens, size};

/// Heights of rows and the distances of their upper edges from that of the list, in points.
#[derive(Clone, Debug, Default)]
pub struct Offsets {
    /// One more than there are rows: the last is the height of all.
    tops: Vec<f32>,
}

impl Offsets {
    /// Rows of these heights, from top to bottom.
    pub fn new(heights: impl IntoIterator<Item = f32>) -> Self {
        let mut tops = vec![0.0];
        let mut top = 0.0;
        for height in heights {
            top += height;
            tops.push(top);
        }
        Self { tops }
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.tops.len().saturating_sub(1)
    }

    /// The height of all rows together.
    pub fn total(&self) -> f32 {
        self.tops.last().copied().unwrap_or_default()
    }

    /// The upper edge of a row, from that of the first; 0 where there is no such row.
    pub fn top(&self, row: usize) -> f32 {
        self.tops.get(row).copied().unwrap_or_default()
    }

    /// The height of a row; the rows’ numbers must be those there are.
    pub fn height(&self, row: usize) -> f32 {
        self.top(row + 1) - self.top(row)
    }

    /// The rows that show between two distances.
    pub fn seen(&self, from: f32, to: f32) -> Range<usize> {
        let first = self.tops.partition_point(|top| *top <= from).saturating_sub(1);
        let end = self.tops.partition_point(|top| *top < to).min(self.count());
        first.min(end)..end
    }

    /// Changes the height of a row; the rows below it move.
    pub fn set_height(&mut self, row: usize, height: f32) {
        let by = height - self.height(row);
        for top in self.tops.iter_mut().skip(row + 1) {
            *top += by;
        }
    }
}

/// Where a view must begin to show a row whole, or `None` where it does.
pub fn scroll_to_show(top: f32, height: f32, view: Range<f32>) -> Option<f32> {
    let room = view.end - view.start;
    if top < view.start {
        Some(top)
    } else if top + height > view.end {
        Some((top + height - room).max(0.0))
    } else {
        None
    }
}

/// Where the scroll area of this name must begin to show a row whole, where all rows are equally high.
pub fn row_into_view(ui: &Ui, area: &str, row: usize, height: f32) -> Option<f32> {
    let state = egui::scroll_area::State::load(ui.ctx(), ui.make_persistent_id(area));
    let from = state.map_or(0.0, |state| state.clamped_offset().y);
    scroll_to_show(row as f32 * height, height, from..from + ui.available_height())
}

/// Where in a list the focus of the keyboard is: arrows move it from row to row, also to rows that are not drawn yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The row that had the focus when it was drawn.
    row: Option<usize>,
    /// The row that is to have the focus as soon as it is drawn.
    wanted: Option<usize>,
    /// The one row that Tab stops at, so that Tab leads past the list.
    stop: usize,
}

impl Cursor {
    /// Brings the focus to a row, once it is drawn.
    pub fn enter(&mut self, row: usize) {
        self.wanted = Some(row);
    }

    /// The row that had the focus when it was last drawn, if one had it.
    pub fn held(&self) -> Option<usize> {
        self.row
    }

    /// Brings the focus back to the row that had it last.
    pub fn come_back(&mut self) {
        self.enter(self.stop);
    }

    /// Brings the focus to the first of `count` rows where Enter or the arrow down leads there from a field above.
    pub fn enter_from(&mut self, ui: &Ui, field: &Response, count: usize) {
        let pressed = |key| ui.input(|i| i.key_pressed(key));
        let leads = field.lost_focus() && pressed(Key::Enter) || field.has_focus() && pressed(Key::ArrowDown);
        if leads && count > 0 {
            self.enter(0);
        }
    }

    /// Takes the keys that move it, of a list of `count` rows with `page` of them in view; gives the row to bring
    /// into view. To be called before the rows are drawn.
    pub fn step(&mut self, ui: &Ui, count: usize, page: usize) -> Option<usize> {
        let (Some(row), Some(last)) = (self.row.take(), count.checked_sub(1)) else { return self.wanted };
        let to = moved_by_keys(ui, row, last, page);
        if to != row {
            self.wanted = Some(to);
            // Egui would move the focus with the same keys.
            ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        }
        self.wanted
    }

    /// What a row reacts to, where these are in view.
    pub fn sense(&self, row: usize, seen: &Range<usize>) -> Sense {
        let stop = if seen.contains(&self.stop) { self.stop } else { seen.start };
        if row == stop || row == self.stop || self.wanted == Some(row) { Sense::click() } else { Sense::CLICK }
    }

    /// Tells of a row that is drawn.
    pub fn follow(&mut self, ui: &Ui, row: usize, response: &Response) {
        access::place(response, row);
        if self.wanted.take_if(|wanted| *wanted == row).is_some() {
            response.request_focus();
        }
        if response.has_focus() {
            self.row = Some(row);
            self.stop = row;
            let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
        }
    }
}

/// Where arrows, Page Up, Page Down, Home and End lead from a row, with `page` rows in view; takes these keys.
pub fn moved_by_keys(ui: &Ui, from: usize, last: usize, page: usize) -> usize {
    let pressed = |key| ui.input_mut(|i| i.count_and_consume_key(Modifiers::NONE, key));
    let page = page.max(1);
    let down = pressed(Key::ArrowDown) + page * pressed(Key::PageDown);
    let up = pressed(Key::ArrowUp) + page * pressed(Key::PageUp);
    let mut to = (from + down).saturating_sub(up).min(last);
    if pressed(Key::Home) > 0 {
        to = 0;
    }
    if pressed(Key::End) > 0 {
        to = last;
    }
    to
}

/// How the ground of a row looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Nothing but what pointer and focus do to it.
    Plain,
    /// A raised card: the open one.
    Raised,
}

/// Paints the ground of a row, with what the pointer and the keyboard do to it.
pub fn paint_ground(ui: &Ui, tokens: &Tokens, rect: Rect, response: &Response, ground: Ground) {
    let fill = match ground {
        Ground::Raised => tokens.card,
        Ground::Plain if response.hovered() => tokens.hover,
        Ground::Plain => Color32::TRANSPARENT,
    };
    let stroke = match ground {
        _ if response.has_focus() => tokens.focus(),
        Ground::Raised => tokens.edge(),
        Ground::Plain => Stroke::NONE,
    };
    let radius = CornerRadius::same(if rect.height() > 2.0 * size::ROW { size::CARD_RADIUS } else { size::RADIUS });
    ui.painter().rect(rect, radius, fill, stroke, StrokeKind::Inside);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rows_that_show_are_named() {
        let mut offsets = Offsets::new([10.0, 20.0, 30.0]);
        assert_eq!((offsets.count(), offsets.total()), (3, 60.0));
        assert_eq!(offsets.seen(0.0, 10.0), 0..1);
        assert_eq!(offsets.seen(10.0, 31.0), 1..3);
        assert_eq!(offsets.seen(60.0, 90.0), 3..3);
        offsets.set_height(1, 5.0);
        assert_eq!((offsets.top(2), offsets.total(), offsets.height(1)), (15.0, 45.0, 5.0));
        assert_eq!(Offsets::default().seen(0.0, 100.0), 0..0);
    }

    #[test]
    fn a_view_moves_no_further_than_it_must() {
        assert_eq!(scroll_to_show(5.0, 10.0, 0.0..20.0), None);
        assert_eq!(scroll_to_show(15.0, 10.0, 0.0..20.0), Some(5.0));
        assert_eq!(scroll_to_show(5.0, 10.0, 8.0..28.0), Some(5.0));
    }
}
