//! The article page: takes text and styled ranges, gives back gestures. It knows no annotations and writes nothing.
//!
//! Text is laid out by `parley`, piece by piece and only where it is looked at; glyphs are painted through an atlas
//! as one mesh. Inside, lengths are pixels of the screen and stand in whole ones where the eye would see a difference;
//! points exist only where the page meets the window. Every cost of a frame follows what is in view, not the text.

mod access;
mod blocks;
mod flow;
mod frame;
mod heights;
mod keys;
mod lanes;
mod links;
mod marks;
mod paint;
mod pointer;
mod scroll;
mod scrollbar;
mod source;
mod state;
mod style;

#[cfg(test)]
mod tests;

use std::time::Duration;

use egui::{EventFilter, Rect, Response, Sense, Stroke, StrokeKind, Ui, pos2};

use self::flow::Change;
use self::frame::Measures;
use self::keys::{Extend, Walker};
use self::paint::{CaretLight, Painting};
use self::pointer::PointerContext;
pub use self::scroll::Align;
use self::scroll::VisibleRow;
pub use self::source::{
    DragPhase, Edge, Emphasis, Gesture, Handles, Heading, Highlight, Link, LinkEnd, LinkTo, Mark, Owner, PageSource,
    Strength, TextSelection,
};
pub use self::state::PageState;
use self::state::{Focus, Press};
pub use self::style::{Motion, PageOptions, PageStyle, Snap, TabKey};
pub use super::typeset::Pattern;
use crate::{
    text::ByteRange,
    ui::typeset::{Engine, Place, Shaper, Side, with_engine},
};

/// The caret is seen and unseen for so many seconds each.
const BLINK: f64 = 0.53;
/// After so many seconds without a key the caret stays, so that an idle window draws nothing.
const BLINK_FOR: f64 = 10.0;
/// Seconds in which most of a smooth movement is done.
const GLIDE: f32 = 0.035;

/// What a page shows in a frame.
pub struct Page<'a> {
    pub source: &'a dyn PageSource,
    pub heading: Heading<'a>,
    pub selection: TextSelection,
    pub style: &'a PageStyle,
    pub options: PageOptions,
    /// Relations to draw.
    pub links: &'a [Link],
    /// The text's language as a BCP 47 tag, where it is known: some scripts have other shapes in another language.
    pub language: Option<&'a str>,
    pub names: Names<'a>,
}

/// What the page and its parts are called to those who cannot see them.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    pub page: &'a str,
    pub scrollbar: &'a str,
    /// Of the button that stands for more cards than are shown, `%{n}` for how many, and of the one that puts
    /// them away again.
    pub more_links: &'a str,
    pub fewer_links: &'a str,
}

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
    /// A character in view that found no font.
    pub missing: Option<char>,
}

/// Draws a page over all the room there is, and says what was done to it.
pub fn page_ui(ui: &mut Ui, state: &mut PageState, page: &Page<'_>) -> PageOutput {
    let rect = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(rect);
    let id = ui.make_persistent_id("article page");
    let wanted_views = access::wanted_views(ui, id);
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let measures = Measures::new(rect, ui.pixels_per_point(), page.style);
    let text = page.source.text();
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let mut gestures = Vec::new();
    let selection = with_engine(ui.ctx(), |engine| {
        let selection =
            act(ui, &mut engine.shaper, state, page, &measures, &response, (id, wanted_views), &mut gestures);
        let caret = caret_light(ui, state, page, &response);
        let painting = Painting { painter: &painter, measures: &measures, style: page.style, selection, caret };
        paint::paint(engine, state, &painting);
        selection
    });
    links::links_ui(ui, &painter, state, page, &measures, &mut gestures);
    scrollbar::paint_scrollbar(ui, state);
    if state.focus == Focus::ByKeyboard {
        let ring = Stroke::new(page.style.outline_width, page.style.focus_ring);
        painter.rect_stroke(rect, 0.0, ring, StrokeKind::Inside);
    }
    access::access_ui(ui, &response, state, page, &measures, selection, &mut gestures);
    state.flow.prune();
    let missing = missing(state, text);
    let place = place(state, &measures, selection);
    PageOutput { response, gestures, visible: visible_range(state, measures.view), place, missing }
}

/// Lays out what is in view, and lets what was done in this frame act on it.
fn act(
    ui: &Ui,
    shaper: &mut Shaper,
    state: &mut PageState,
    page: &Page<'_>,
    measures: &Measures,
    response: &Response,
    (id, wanted_views): (egui::Id, f32),
    gestures: &mut Vec<Gesture>,
) -> TextSelection {
    let text = page.source.text();
    let metrics = measures.metrics(page.style, page.language);
    if state.flow.prepare(shaper, page.source, page.heading, &metrics) == Change::Text {
        state.glide = 0.0;
    }
    let mut selection = on_boundaries(page.selection, text);
    scroll(ui, shaper, state, page, measures, response);
    if wanted_views != 0.0 {
        state.scroll_by(wanted_views * (measures.view - metrics.body.line_height));
    }
    state.bar = None;
    scrollbar::scrollbar_ui(ui, id.with("scrollbar"), page.names.scrollbar, state, measures, page.style);
    settle(shaper, state, page, measures);

    focus(ui, state, page, response);
    let context = PointerContext { source: page.source, measures, style: page.style, options: page.options };
    pointer::pointer_ui(ui, response, state, &context, &mut selection, gestures);
    let keyed = response.has_focus() && keyboard(ui, shaper, state, page, measures, &mut selection);
    if keyed {
        let caret = ByteRange::at(selection.head);
        state.flow.show(shaper, text, caret, Align::Nearest, measures.view);
    }
    if selection != page.selection {
        gestures.insert(0, Gesture::Select(selection));
    }

    settle(shaper, state, page, measures);
    state.marks.place(&state.flow, &state.rows, measures.view, measures.column_x);
    place_grips(state, measures, page.style);
    selection
}

fn place(state: &PageState, measures: &Measures, selection: TextSelection) -> Option<Rect> {
    // A selection ends before its last character, whatever line the next one stands on.
    let side = if selection.head > selection.anchor { Side::Before } else { state.side_of(selection.head) };
    let caret = state.caret_line(measures, Place { offset: selection.head, side });
    let caret = caret.map(|line| Rect::from_x_y_ranges(line.x..=line.x, line.top..=line.bottom));
    let is_picked = |b: &&marks::MarkBox| state.marks.marks[b.mark].emphasis == Emphasis::Picked;
    let seen = |rect: &Rect| rect.top() >= 0.0 && rect.bottom() <= measures.view;
    let picked = state.marks.boxes.iter().filter(is_picked).map(|b| b.rect).find(seen);
    caret.filter(seen).or(picked).map(|rect| measures.to_window(rect))
}

/// Moves the view by wheel, by wish, and on in a movement that was begun.
fn scroll(
    ui: &Ui,
    shaper: &mut Shaper,
    state: &mut PageState,
    page: &Page<'_>,
    measures: &Measures,
    response: &Response,
) {
    let text = page.source.text();
    if response.contains_pointer() {
        let wheel = ui.input_mut(|i| std::mem::take(&mut i.smooth_scroll_delta.y));
        if wheel != 0.0 {
            state.glide = 0.0;
            state.flow.scroll_by(-wheel * measures.scale, measures.view);
        }
    }
    if let Some((range, align)) = state.wanted.take() {
        state.flow.settle(shaper, text, measures.view);
        state.glide = 0.0;
        let moved = state.flow.show(shaper, text, range, align, measures.view);
        if let (Some(distance), Motion::Full) = (moved, page.options.motion) {
            state.flow.anchor.offset -= distance;
            state.glide = distance;
        }
    }
    if state.glide != 0.0 {
        let dt = ui.input(|i| i.stable_dt);
        let rest = state.glide * (-dt / GLIDE).exp();
        let rest = if rest.abs() < 1.0 { 0.0 } else { rest };
        state.flow.anchor.offset += state.glide - rest;
        state.glide = rest;
        ui.request_repaint();
    }
}

fn settle(shaper: &mut Shaper, state: &mut PageState, page: &Page<'_>, measures: &Measures) {
    state.rows = state.flow.settle(shaper, page.source.text(), measures.view);
    let seen = visible_range(state, measures.view);
    state.marks.collect(page.source, seen);
    state.highlights.clear();
    page.source.highlights_in(seen, &mut state.highlights);
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

fn missing(state: &PageState, text: &str) -> Option<char> {
    state.rows.iter().filter(|row| row.row > 0).find_map(|row| {
        let words = state.flow.blocks().get(row.row - 1).range().slice(text)?;
        state.flow.laid_out(row.row)?.missing(words)
    })
}

fn focus(ui: &Ui, state: &mut PageState, page: &Page<'_>, response: &Response) {
    if pointer::is_pressed(response) && ui.input(|i| i.pointer.any_pressed()) {
        response.request_focus();
        state.focus = Focus::ByPointer;
    }
    if !response.has_focus() {
        state.focus = Focus::None;
        return;
    }
    if state.focus == Focus::None {
        let pressed = ui.input(|i| i.pointer.any_down());
        state.focus = if pressed { Focus::ByPointer } else { Focus::ByKeyboard };
        state.caret_moved = ui.input(|i| i.time);
    }
    let filter = EventFilter {
        tab: page.options.tab == TabKey::StaysOnPage,
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: false,
    };
    ui.memory_mut(|m| m.set_focus_lock_filter(response.id, filter));
}

/// Moves the caret by the keys of this frame. True where one did.
fn keyboard(
    ui: &Ui,
    shaper: &mut Shaper,
    state: &mut PageState,
    page: &Page<'_>,
    measures: &Measures,
    selection: &mut TextSelection,
) -> bool {
    let movements = ui.input_mut(|i| keys::take_movements(&mut i.events));
    if movements.is_empty() || !matches!(state.press, Press::None) {
        return false;
    }
    let mut place = Place { offset: selection.head, side: state.side_of(selection.head) };
    for (movement, extend) in movements {
        let view = measures.view;
        let goal = &mut state.goal;
        let mut walker = Walker { flow: &mut state.flow, shaper: &mut *shaper, source: page.source, goal, view };
        place = match (movement, extend) {
            (keys::Movement::Beside(toward), Extend::No) if !selection.is_caret() => {
                walker.end_of_selection(*selection, toward)
            }
            _ => walker.go(place, movement),
        };
        selection.head = place.offset;
        if extend == Extend::No {
            selection.anchor = place.offset;
        }
    }
    state.caret_side = (place.offset, place.side);
    state.caret_moved = ui.input(|i| i.time);
    true
}

fn caret_light(ui: &Ui, state: &PageState, page: &Page<'_>, response: &Response) -> CaretLight {
    if !response.has_focus() {
        return CaretLight::Off;
    }
    let since = ui.input(|i| i.time) - state.caret_moved;
    if page.options.motion == Motion::Reduced || since > BLINK_FOR {
        return CaretLight::On;
    }
    let phase = since.max(0.0) / BLINK;
    ui.request_repaint_after(Duration::from_secs_f64((1.0 - phase.fract()) * BLINK + 0.001));
    if (phase as u64).is_multiple_of(2) { CaretLight::On } else { CaretLight::Off }
}

fn place_grips(state: &mut PageState, measures: &Measures, style: &PageStyle) {
    let end_at = |offset: usize, edge: Edge| {
        let side = if edge == Edge::Start { Side::After } else { Side::Before };
        state.caret_line(measures, Place { offset, side }).map(|line| pos2(line.x, line.baseline))
    };
    state.grips = state.marks.grips(style, measures.scale, end_at);
}
