//! A long list of which only the rows in view are drawn, whatever they show: where they stand, and scrolling to one.
//!
//! It costs what is in view, however many rows there are. What a row looks like and what becomes of a click is for
//! whoever draws it; how keys go from row to row is [`Cursor`](super::list::Cursor)'s.

use std::ops::Range;

use egui::{Rect, ScrollArea, Ui, Vec2};

use super::{
    access,
    list::{self, Offsets},
};

/// The rows of a list, one below the other.
#[derive(Debug)]
pub struct Rows<'a> {
    /// Of the scroll area, so that it is told from others in the same parent.
    name: &'static str,
    /// How high each row is.
    heights: Heights<'a>,
    /// Room left below the last row, in points, such as for a button that lies over the list.
    below: f32,
    /// A row that is drawn wherever it is.
    kept: Option<usize>,
    /// What the list is called for those who hear it, and how many of its rows are entries; all where nobody said so.
    heard: Option<(String, usize)>,
}

/// How high rows are, in points.
#[derive(Debug)]
enum Heights<'a> {
    /// All alike: nothing is kept for a row.
    Even { count: usize, height: f32 },
    /// Each its own, corrected as rows are drawn.
    Uneven(&'a mut Offsets),
}

/// A row to be drawn.
#[derive(Clone, Debug)]
pub struct RowPlace {
    /// Counted from 0, over all rows.
    pub at: usize,
    /// Where it stands, in points of the window; as wide as the list.
    pub rect: Rect,
    /// All rows that are drawn in this frame; half-open.
    pub seen: Range<usize>,
}

impl<'a> Rows<'a> {
    /// So many rows, all of a height.
    pub fn even(name: &'static str, count: usize, height: f32) -> Self {
        Self { name, heights: Heights::Even { count, height }, below: 0.0, kept: None, heard: None }
    }

    /// Rows of different heights. Where one turns out to have another height than was known, it is noted there.
    pub fn uneven(name: &'static str, offsets: &'a mut Offsets) -> Self {
        Self { name, heights: Heights::Uneven(offsets), below: 0.0, kept: None, heard: None }
    }

    /// Draws this row though it be out of view: it has the focus, and would lose it while the room changes.
    pub fn keeping(self, kept: Option<usize>) -> Self {
        Self { kept, ..self }
    }

    /// Is called so for those who hear it.
    pub fn called(self, name: impl Into<String>) -> Self {
        let count = self.heights.count();
        self.called_with(name, count)
    }

    /// The same where only some of the rows are entries, and the others head them.
    pub fn called_with(self, name: impl Into<String>, entries: usize) -> Self {
        Self { heard: Some((name.into(), entries)), ..self }
    }

    /// Leaves so much room below the last row.
    pub fn with_room_below(self, below: f32) -> Self {
        Self { below, ..self }
    }

    /// How many rows of a height fit into the room there is: as far as Page Up and Page Down go.
    pub fn page(ui: &Ui, height: f32) -> usize {
        (ui.available_height() / height) as usize
    }

    /// Draws the rows in view with `row_ui`, which gives the height that its row took; scrolls first, no further than
    /// it must, to show `wanted` whole.
    pub fn show(mut self, ui: &mut Ui, wanted: Option<usize>, mut row_ui: impl FnMut(&mut Ui, RowPlace) -> f32) {
        let mut scroll = ScrollArea::vertical().id_salt(self.name).auto_shrink(false);
        if let Some(offset) = wanted.and_then(|row| self.offset_to_show(ui, row)) {
            scroll = scroll.vertical_scroll_offset(offset);
        }
        scroll.show_viewport(ui, |ui, view| {
            if let Some((name, entries)) = &self.heard {
                access::name_list(ui, name, *entries);
            }
            ui.set_height(self.heights.total() + self.below);
            let origin = ui.min_rect().min;
            let width = ui.available_width();
            let seen = self.heights.seen(view.top(), view.bottom());
            let beyond = self.kept.filter(|row| !seen.contains(row));
            for at in seen.clone().chain(beyond) {
                let place = origin + Vec2::new(0.0, self.heights.top(at));
                let rect = Rect::from_min_size(place, Vec2::new(width, self.heights.height(at)));
                let height = row_ui(ui, RowPlace { at, rect, seen: seen.clone() });
                if self.heights.correct(at, height) == Corrected::Yes {
                    ui.request_repaint();
                }
            }
        });
    }

    /// How far to scroll so that a row is seen whole; `None` where it is already.
    fn offset_to_show(&self, ui: &Ui, row: usize) -> Option<f32> {
        let state = egui::scroll_area::State::load(ui.ctx(), ui.make_persistent_id(self.name));
        let from = state.map_or(0.0, |state| state.clamped_offset().y);
        let view = from..from + ui.available_height();
        list::scroll_to_show(self.heights.top(row), self.heights.height(row), view)
    }
}

/// Whether a drawn row turned out to have another height than was known: the list is then drawn again.
#[derive(PartialEq, Eq)]
enum Corrected {
    /// It was as high as was known.
    No,
    /// Its height was changed.
    Yes,
}

impl Heights<'_> {
    /// How many rows there are.
    fn count(&self) -> usize {
        match self {
            Self::Even { count, .. } => *count,
            Self::Uneven(offsets) => offsets.count(),
        }
    }

    /// The height of all rows together.
    fn total(&self) -> f32 {
        match self {
            Self::Even { count, height } => *count as f32 * height,
            Self::Uneven(offsets) => offsets.total(),
        }
    }

    /// The upper edge of a row, from that of the first.
    fn top(&self, row: usize) -> f32 {
        match self {
            Self::Even { height, .. } => row as f32 * height,
            Self::Uneven(offsets) => offsets.top(row),
        }
    }

    /// The height of a row, as far as known.
    fn height(&self, row: usize) -> f32 {
        match self {
            Self::Even { height, .. } => *height,
            Self::Uneven(offsets) => offsets.height(row),
        }
    }

    /// The rows that show between two distances from the upper edge of the list; half-open.
    fn seen(&self, from: f32, to: f32) -> Range<usize> {
        match self {
            Self::Even { count, height } => {
                let first = (from / height).floor().max(0.0) as usize;
                let end = ((to / height).ceil().max(0.0) as usize).min(*count);
                first.min(end)..end
            }
            Self::Uneven(offsets) => offsets.seen(from, to),
        }
    }

    /// Takes note of the height that a row has turned out to have; those below it move.
    fn correct(&mut self, row: usize, height: f32) -> Corrected {
        match self {
            Self::Uneven(offsets) if (height - offsets.height(row)).abs() > 0.5 => {
                offsets.set_height(row, height);
                Corrected::Yes
            }
            Self::Even { .. } | Self::Uneven(_) => Corrected::No,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_one_height_stand_as_rows_of_many() {
        let mut offsets = Offsets::new([20.0; 7]);
        let even = Rows::even("even", 7, 20.0).heights;
        let uneven = Rows::uneven("uneven", &mut offsets).heights;
        assert_eq!((even.total(), even.top(3), even.height(3)), (uneven.total(), uneven.top(3), uneven.height(3)));
        for (from, to) in [(0.0, 40.0), (10.0, 50.0), (135.0, 150.0), (-30.0, 5.0), (0.0, 999.0)] {
            assert_eq!(even.seen(from, to), uneven.seen(from, to), "{from} to {to}");
        }
    }

    #[test]
    fn a_row_that_is_higher_than_thought_moves_the_others() {
        let mut offsets = Offsets::new([20.0, 20.0]);
        let mut heights = Heights::Uneven(&mut offsets);
        assert!(heights.correct(0, 20.2) == Corrected::No, "less than is seen");
        assert!(heights.correct(0, 32.0) == Corrected::Yes);
        assert_eq!((heights.height(0), heights.top(1), heights.total()), (32.0, 32.0, 52.0));
    }
}
