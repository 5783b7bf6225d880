//! What one page on the screen remembers from frame to frame: where it is scrolled to, what the pointer is doing.

use egui::{Color32, Pos2, Rect, Vec2};

use super::flow::Flow;
use super::frame::Measures;
use super::marks::{Grip, VisibleMarks};
use super::rects::InView;
use super::scroll::{Align, VisibleRow};
use super::source::Highlight;
use crate::{
    text::ByteRange,
    ui::typeset::{Affinity, Caret},
};

/// View state of one page; nothing in it needs to be kept.
#[derive(Default)]
pub struct PageState {
    /// Rows, their layout, and where the page is scrolled to.
    pub(super) flow: Flow,
    /// In view, from top to bottom.
    pub(super) rows: Vec<VisibleRow>,
    /// The marks in view, as collected in this frame.
    pub(super) marks: VisibleMarks,
    /// In view.
    pub(super) highlights: Vec<Highlight>,
    /// The ends that can be dragged, in view.
    pub(super) grips: Vec<Grip>,
    /// What is to be brought into view with the next frame.
    pub(super) wanted: Option<(ByteRange, Align)>,
    /// Where it is to be read on with the next frame, as [`PageState::reading_place`] tells it.
    pub(super) linked: Option<f64>,
    /// Where the page was drawn last; `None` before the first frame.
    pub(super) measures: Option<Measures>,
    /// What is left of a movement that takes a moment, in pixels; downwards where it is positive.
    pub(super) glide: f32,
    /// What the primary button holds.
    pub(super) press: Press,
    /// Whether a drag selects nothing in the next frame.
    pub(super) holds_drag: bool,
    /// Tells double and triple clicks.
    pub(super) clicks: Clicks,
    /// The marks that the pointer was last told to be over.
    pub(super) hovered: Vec<u64>,
    /// Which character the caret keeps to, and the offset that was said of.
    pub(super) caret_affinity: (usize, Affinity),
    /// Where lines are entered when the caret moves up or down, in pixels from the left of the column.
    pub(super) goal: Option<f32>,
    /// When the caret last moved, in seconds of egui's clock; it is steady for a moment then.
    pub(super) caret_moved: f64,
    /// Whether the page has the keyboard’s focus, and how it came.
    pub(super) focus: Focus,
    /// Where in the scrollbar's thumb it was grabbed, in points.
    pub(super) grabbed: Option<f32>,
    /// Whether all far ends of the links from a place have their chips, and that place.
    pub(super) open_chips: Option<ByteRange>,
    /// The scrollbar's thumb, to be drawn above the page.
    pub(super) bar: Option<(Rect, Color32)>,
}

/// Whether the focus is to be shown: it is where the keyboard brought it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Focus {
    /// The page has no focus.
    #[default]
    None,
    /// It was clicked: no ring is shown.
    ByPointer,
    /// It was reached with Tab or a command: a ring shows where one is.
    ByKeyboard,
}

/// What the pressed button is dragging.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Press {
    /// The button is up, or was pressed elsewhere.
    #[default]
    None,
    /// Text is being selected.
    Text {
        /// What the press selected: a caret, a word or a sentence; it stays selected while dragging.
        origin: ByteRange,
        /// What the drag goes on by.
        unit: Unit,
        /// Whether it is a drag already; a press that never moved is a click.
        moved: Moved,
    },
    /// The end of a mark’s fragment is being moved.
    Grip {
        /// The end that was caught.
        grip: Grip,
        /// From the pointer to the end that it drags, on the page in pixels.
        hold: Vec2,
        /// Whether it was moved at all: a click on a grip changes nothing.
        moved: Moved,
    },
}

/// What a press has selected, and a drag goes on by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// A single click: by characters, or by words with [`Snap::Words`](super::style::Snap::Words).
    Character,
    /// A double click.
    Word,
    /// A triple click.
    Sentence,
}

/// Whether a press has become a drag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moved {
    /// It may still become a click.
    NotYet,
    /// The pointer has left where the button went down.
    Yes,
}

/// Presses in the same place, one soon after the other.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Clicks {
    /// When, in seconds, and where, in points of the window, the last one was.
    last: Option<(f64, Pos2)>,
    /// How many there were, from 1 to 3.
    count: u8,
}

impl Clicks {
    /// Counts a press: 1, 2, 3, and 1 again. It counts on within `delay` seconds and `distance` points of the last one.
    pub fn press(&mut self, time: f64, at: Pos2, delay: f64, distance: f32) -> u8 {
        let again = self.last.is_some_and(|(t, p)| time - t <= delay && p.distance(at) <= distance);
        self.count = if again { self.count % 3 + 1 } else { 1 };
        self.last = Some((time, at));
        self.count
    }
}

impl PageState {
    /// Brings a range into view with the next frame.
    pub fn scroll_to(&mut self, range: ByteRange, align: Align) {
        self.wanted = Some((range, align));
    }

    /// Moves the view down by a distance in pixels with the next frame.
    pub fn scroll_by(&mut self, pixels: f32) {
        self.flow.anchor.offset += pixels;
    }

    /// Forgets everything about the text that was shown, to show another from its beginning.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// The number of the paragraph that holds an offset, counted from 1 as in the gutter; 0 before the first frame.
    pub fn paragraph_number(&self, offset: usize) -> usize {
        let blocks = self.flow.blocks();
        blocks.as_slice().get(blocks.at(offset)).map_or(0, |block| block.paragraph as usize)
    }

    /// The caret at an offset, on the side of it where the user has put it.
    pub(super) fn caret_of(&self, offset: usize) -> Caret {
        let affinity = if self.caret_affinity.0 == offset { self.caret_affinity.1 } else { Affinity::Downstream };
        Caret { offset, affinity }
    }

    /// Remembers which character the caret keeps to, for as long as it stands at that offset.
    pub(super) fn keep_caret(&mut self, caret: Caret) {
        self.caret_affinity = (caret.offset, caret.affinity);
    }

    /// Whether a single press holds the text, and selects characters or words as it is dragged.
    pub fn is_dragged(&self) -> bool {
        matches!(self.press, Press::Text { unit: Unit::Character, .. })
    }

    /// Has a drag select nothing in the next frame: it has come to something else outside the page.
    pub fn hold_drag(&mut self) {
        self.holds_drag = true;
    }

    /// The rows in view, to look ranges up in.
    pub(super) fn in_view<'a>(&'a self, measures: &'a Measures) -> InView<'a> {
        InView { flow: &self.flow, rows: &self.rows, measures }
    }
}
