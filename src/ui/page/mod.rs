//! The page of text: takes a text and styled ranges of it, gives back gestures. It knows no annotations and writes
//! nothing.
//!
//! Text is laid out by `ui::typeset`, piece by piece and only where it is looked at. Inside, lengths are pixels
//! of the screen and stand in whole ones where the eye would see a difference; points exist only where the page meets
//! the window. Every cost of a frame follows what is in view, not the length of the text.
//!
//! A page may stand on the screen several times, with an id and a [`PageState`] each.

mod access;
mod blocks;
mod chips;
mod drag;
mod flow;
mod focus;
mod frame;
mod gesture;
mod glide;
mod heights;
mod hit;
mod input;
mod keys;
mod lanes;
mod linked;
mod links;
mod margin;
mod marks;
mod outline;
mod paint;
mod places;
mod pointer;
mod rects;
mod scroll;
mod scrollbar;
mod source;
mod state;
mod style;
mod walk;

#[cfg(test)]
mod tests;

use egui::{Rangef, Rect, Response, Sense, Ui, pos2};

use self::flow::Change;
use self::frame::Frame;
pub use self::gesture::{DragPhase, Edge, Gesture, LinkEnd, TextSelection};
pub use self::input::{Heading, Names, Page};
use self::paint::Painting;
pub use self::scroll::Align;
use self::scroll::VisibleRow;
pub use self::source::{Emphasis, FarEnds, Handles, Highlight, Link, LinkTo, Mark, Owner, PageSource, Strength};
pub use self::state::PageState;
pub use self::style::{FocusRing, Motion, Numbers, PageOptions, PageStyle, Snap, TabKey};
pub use super::typeset::Pattern;
use crate::{
    text::ByteRange,
    ui::typeset::{Affinity, Caret, Shaper, with_engine},
};

/// What came of a frame.
pub struct PageOutput {
    /// Of the whole page: to hang a context menu on, or to give it the focus.
    pub response: Response,
    /// In the order in which they happened.
    pub gestures: Vec<Gesture>,
    /// The text in view.
    pub visible: ByteRange,
    /// Where one acts, in points of the window: the caret's line, or else the picked mark's first one in view.
    pub place: Option<Rect>,
    /// The top and bottom of the line of text under the pointer, in points of the window, while it is over words.
    pub pointed_line: Option<Rangef>,
    /// A character in view that found no font.
    pub missing: Option<char>,
}

/// What was done in a frame.
struct Done {
    selection: TextSelection,
    gestures: Vec<Gesture>,
}

/// Draws a page over all the room there is, and says what was done to it.
pub fn page_ui(ui: &mut Ui, state: &mut PageState, page: &Page<'_>) -> PageOutput {
    let rect = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(rect);
    let wanted_views = access::wanted_views(ui, page.id);
    let response = ui.interact(rect, page.id, Sense::click_and_drag());
    let frame = Frame::new(page, rect, ui.pixels_per_point());
    state.measures = Some(frame.measures);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let Done { selection, mut gestures } = with_engine(ui.ctx(), |engine| {
        let done = act(ui, &mut engine.shaper, state, &frame, &response, wanted_views);
        let caret = focus::caret_light(ui, state, &frame, &response);
        let (measures, style, selection) = (&frame.measures, page.style, done.selection);
        let numbers = page.options.numbers;
        paint::paint(engine, state, &Painting { painter: &painter, measures, style, selection, caret, numbers });
        done
    });
    links::links_ui(ui, &painter, state, &frame, &mut gestures);
    scrollbar::paint_scrollbar(ui, state);
    focus::paint_ring(&painter, state, &frame);
    access::access_ui(ui, state, &frame, selection, &mut gestures);
    state.flow.prune();
    PageOutput {
        response,
        gestures,
        visible: visible_range(state, frame.measures.view),
        place: place(state, &frame, selection),
        pointed_line: pointed_line(ui, state, &frame),
        missing: missing(state, frame.text()),
    }
}

/// Lays out what is in view, lets the wheel, the pointer and keys act on it, and lays out what is in view then.
fn act(
    ui: &Ui,
    shaper: &mut Shaper,
    state: &mut PageState,
    frame: &Frame<'_>,
    response: &Response,
    wanted_views: f32,
) -> Done {
    let (text, view) = (frame.text(), frame.measures.view);
    let metrics = frame.metrics();
    if state.flow.prepare(shaper, frame.page.source, frame.page.heading, &metrics) == Change::Text {
        state.glide = 0.0;
    }
    glide::move_view(ui, shaper, state, frame, response);
    if wanted_views != 0.0 {
        state.scroll_by(wanted_views * (view - metrics.body.line_height));
    }
    scrollbar::scrollbar_ui(ui, state, frame);
    settle(shaper, state, frame);

    let mut selection = on_boundaries(frame.page.selection, text);
    let mut gestures = Vec::new();
    focus::take_focus(ui, state, frame, response);
    pointer::pointer_ui(ui, response, state, frame, &mut selection, &mut gestures);
    if response.has_focus() && keys::keys_ui(ui, shaper, state, frame, &mut selection) {
        state.flow.show(shaper, text, ByteRange::at(selection.head), Align::Nearest, view);
    }
    if selection != frame.page.selection {
        gestures.insert(0, Gesture::Select(selection));
    }
    settle(shaper, state, frame);
    place_marks(state, frame);
    Done { selection, gestures }
}

/// Lays out what is in view, and asks for what is marked and pointed out in it.
fn settle(shaper: &mut Shaper, state: &mut PageState, frame: &Frame<'_>) {
    state.rows = state.flow.settle(shaper, frame.text(), frame.measures.view);
    let seen = visible_range(state, frame.measures.view);
    state.marks.collect(frame.page.source, seen);
    state.highlights.clear();
    frame.page.source.highlights_in(seen, &mut state.highlights);
}

/// Finds where marks and the grips at their ends stand.
fn place_marks(state: &mut PageState, frame: &Frame<'_>) {
    let PageState { marks, flow, rows, .. } = state;
    marks.place(rects::InView { flow, rows, measures: &frame.measures });
    let end_at = |offset: usize, edge: Edge| {
        let affinity = if edge == Edge::Start { Affinity::Downstream } else { Affinity::Upstream };
        state.caret_line(&frame.measures, Caret { offset, affinity }).map(|line| pos2(line.x, line.baseline))
    };
    state.grips = state.marks.grips(frame.page.style, frame.measures.scale, end_at);
}

/// From the first to the last character of the lines in view.
fn visible_range(state: &PageState, view: f32) -> ByteRange {
    let lines = |row: &VisibleRow| {
        let shaped = state.flow.laid_out(row.row)?;
        let start = state.flow.blocks().get(row.row - 1).range().start();
        let seen = shaped.lines.get(shaped.lines_between(-row.top, view - row.top))?;
        Some(ByteRange::new(start + seen.first()?.start, start + seen.last()?.end))
    };
    let mut ranges = state.rows.iter().filter(|row| row.row > 0).filter_map(lines);
    let first = ranges.next().unwrap_or_default();
    ranges.fold(first, ByteRange::cover)
}

/// A selection that a text can be cut at, whatever the caller says.
fn on_boundaries(selection: TextSelection, text: &str) -> TextSelection {
    let floor = |offset: usize| text.floor_char_boundary(offset);
    TextSelection { anchor: floor(selection.anchor), head: floor(selection.head) }
}

/// Where the user acts, see [`PageOutput::place`]. Both are looked for among what is in view as a whole.
fn place(state: &PageState, frame: &Frame<'_>, selection: TextSelection) -> Option<Rect> {
    let TextSelection { anchor, head } = selection;
    // A selection ends before its last character, whatever line the next one stands on.
    let caret = if head > anchor { Caret { offset: head, affinity: Affinity::Upstream } } else { state.caret_of(head) };
    let caret = state.caret_line(&frame.measures, caret);
    let caret = caret.map(|line| Rect::from_x_y_ranges(line.x..=line.x, line.top..=line.bottom));
    let is_picked = |b: &&marks::MarkBox| state.marks.marks[b.mark].emphasis == Emphasis::Picked;
    let seen = |rect: &Rect| rect.top() >= 0.0 && rect.bottom() <= frame.measures.view;
    let picked = state.marks.boxes.iter().filter(is_picked).map(|b| b.rect).find(seen);
    caret.filter(seen).or(picked).map(|rect| frame.measures.to_window(rect))
}

/// See [`PageOutput::pointed_line`].
fn pointed_line(ui: &Ui, state: &PageState, frame: &Frame<'_>) -> Option<Rangef> {
    let pointer = ui.input(|i| i.pointer.latest_pos()).filter(|at| frame.measures.rect.contains(*at))?;
    let over = state.character_at(&frame.measures, frame.measures.to_page(pointer))?;
    let line = state.caret_line(&frame.measures, Caret { offset: over, affinity: Affinity::Downstream })?;
    let rect = Rect::from_x_y_ranges(line.x..=line.x, line.top..=line.bottom);
    Some(frame.measures.to_window(rect).y_range())
}

/// The most telling character in view that found no font.
fn missing(state: &PageState, text: &str) -> Option<char> {
    state.rows.iter().filter(|row| row.row > 0).find_map(|row| {
        let words = state.flow.blocks().get(row.row - 1).range().slice(text)?;
        state.flow.laid_out(row.row)?.missing(words)
    })
}
