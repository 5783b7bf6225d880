//! The pointer: presses, drags and hovering become selections and picks.
//!
//! A click selects nothing and picks marks; a double click takes the word, a third one the sentence, and each goes on by
//! whole ones while dragged. A grip drags the end of a fragment. Everything is judged by where the button went down in
//! the frame's events, not by where the pointer is when the frame is drawn: on a slow machine it may be far from there.

use egui::{Event, Modifiers, PointerButton, Pos2, Response, Ui, vec2};

use super::drag::{dragged, grip_offset};
use super::frame::{Frame, Measures};
use super::gesture::{DragPhase, Gesture, TextSelection};
use super::marks::Grip;
use super::state::{Moved, PageState, Press, Unit};
use super::style::{PageOptions, Snap};
use crate::text::ByteRange;

/// A grip is caught this far around it, in points beyond its radius.
const GRIP_REACH: f32 = 4.0;
/// Pixels a second that the view moves for each point the pointer is dragged beyond its edge.
const EDGE_SPEED: f32 = 12.0;

/// What the pointer does in a frame.
#[derive(Clone, Debug)]
struct Pointer {
    /// Where it is when the frame is drawn, in points of the window.
    at: Pos2,
    /// Where the button went down in this frame: in a slow one twice, and the pointer may have moved on since.
    pressed_at: Vec<Pos2>,
    /// Whether the primary button came up in this frame.
    released: bool,
    /// Whether it is elsewhere than in the last frame.
    moved: bool,
    /// Shift extends the selection, Alt takes the other way of snapping.
    modifiers: Modifiers,
    /// Now, in seconds of egui’s clock.
    time: f64,
    /// Seconds since the last frame, at most 0.1: after a pause the view must not leap.
    dt: f32,
    /// Two presses further apart than this, in seconds, are two clicks.
    double_click: f64,
    /// Two presses further apart than this, in points, are two clicks.
    click_distance: f32,
}

/// Turns what the pointer did into gestures, and moves the selection along.
///
/// Presses come before the drag and the drag before the release, as they happened; what the pointer is over is told when
/// nothing is dragged.
pub(super) fn pointer_ui(
    ui: &Ui,
    response: &Response,
    state: &mut PageState,
    frame: &Frame<'_>,
    selection: &mut TextSelection,
    out: &mut Vec<Gesture>,
) {
    let Some(pointer) = read(ui) else {
        state.press = Press::None;
        hover(state, Vec::new(), out);
        return;
    };
    let at = frame.measures.to_page(pointer.at);
    let on_page = response.contains_pointer();
    for down in pointer.pressed_at.iter().filter(|_| is_pressed(response)) {
        press(state, frame, &pointer, *down, selection);
    }
    let is_held = std::mem::take(&mut state.holds_drag);
    if !is_held && (pointer.moved || !frame.measures.rect.contains(pointer.at)) {
        drag(ui, state, frame, &pointer, at, selection, out);
    }
    if pointer.released {
        release(state, frame, &pointer, at, out);
    }
    let over = if on_page { state.character_at(&frame.measures, at) } else { None };
    if response.secondary_clicked() {
        let offset = over.unwrap_or_else(|| state.caret_at(&frame.measures, at).offset);
        let stack = over.map(|offset| state.marks.stack_at(offset)).unwrap_or_default();
        out.push(Gesture::ContextMenu { offset, stack });
    }
    let dragging = state.press != Press::None;
    if !dragging {
        let stack = over.map(|offset| state.marks.stack_at(offset)).unwrap_or_default();
        hover(state, stack, out);
    }
    show_cursor(ui, state, frame, at, on_page, over);
}

/// Whether the button went down on the page, even if it is up again: a quick click may fall into one slow frame.
pub(super) fn is_pressed(response: &Response) -> bool {
    response.is_pointer_button_down_on() || response.clicked() || response.drag_stopped()
}

/// `None` where the window has no pointer.
fn read(ui: &Ui) -> Option<Pointer> {
    let options = ui.options(|o| (o.input_options.max_double_click_delay, o.input_options.max_click_dist));
    ui.input(|i| {
        Some(Pointer {
            at: i.pointer.latest_pos()?,
            pressed_at: i.events.iter().filter_map(pressed_at).collect(),
            released: i.pointer.button_released(PointerButton::Primary),
            moved: i.pointer.delta() != egui::Vec2::ZERO,
            modifiers: i.modifiers,
            time: i.time,
            dt: i.stable_dt.min(0.1),
            double_click: options.0,
            click_distance: options.1,
        })
    })
}

/// Where an event puts the primary button down.
fn pressed_at(event: &Event) -> Option<Pos2> {
    match event {
        Event::PointerButton { pos, button: PointerButton::Primary, pressed: true, .. } => Some(*pos),
        _ => None,
    }
}

/// A button went down: on a grip it begins to drag it, else it puts the caret down or selects a word or a sentence.
fn press(state: &mut PageState, frame: &Frame<'_>, pointer: &Pointer, down: Pos2, selection: &mut TextSelection) {
    let at = frame.measures.to_page(down);
    if let Some(grip) = grip_at(state, frame, at) {
        state.press = grip;
        return;
    }
    let caret = state.caret_at(&frame.measures, at);
    let count = state.clicks.press(pointer.time, down, pointer.double_click, pointer.click_distance);
    let character = state.character_at(&frame.measures, at).unwrap_or(caret.offset);
    let (origin, unit) = match count {
        1 => (ByteRange::at(caret.offset), Unit::Character),
        2 => (frame.page.source.word_at(character), Unit::Word),
        _ => (frame.page.source.sentence_at(character), Unit::Sentence),
    };
    state.goal = None;
    state.keep_caret(caret);
    state.caret_moved = pointer.time;
    let extends = pointer.modifiers.shift && count == 1;
    let origin = if extends { ByteRange::at(selection.anchor) } else { origin };
    *selection = match unit {
        Unit::Character if extends => TextSelection { anchor: selection.anchor, head: caret.offset },
        Unit::Character => TextSelection::caret(caret.offset),
        Unit::Word | Unit::Sentence => TextSelection { anchor: origin.start(), head: origin.end() },
    };
    let moved = if extends { Moved::Yes } else { Moved::NotYet };
    state.press = Press::Text { origin, unit, moved };
}

/// The nearest grip within reach.
fn grip_at(state: &PageState, frame: &Frame<'_>, at: Pos2) -> Option<Press> {
    let reach = (frame.page.style.handle_radius + GRIP_REACH) * frame.measures.scale;
    let near = state.grips.iter().filter(|grip| grip.at.distance(at) <= reach);
    let grip = near.min_by(|a, b| a.at.distance(at).total_cmp(&b.at.distance(at)))?;
    // Only sideways: up and down it is the line under the pointer that counts.
    Some(Press::Grip { grip: *grip, hold: vec2(grip.end.x - at.x, 0.0), moved: Moved::NotYet })
}

/// The pressed button was moved.
fn drag(
    ui: &Ui,
    state: &mut PageState,
    frame: &Frame<'_>,
    pointer: &Pointer,
    at: Pos2,
    selection: &mut TextSelection,
    out: &mut Vec<Gesture>,
) {
    if state.press == Press::None || pointer.pressed_at.last() == Some(&pointer.at) {
        return;
    }
    scroll_at_edge(ui, state, &frame.measures, pointer);
    let caret = state.caret_at(&frame.measures, at);
    let snap = snap(frame.page.options, pointer);
    match &mut state.press {
        Press::None => {}
        Press::Text { origin, unit, moved } => {
            if caret.offset != origin.start() || *unit != Unit::Character {
                *moved = Moved::Yes;
            }
            if *moved == Moved::NotYet {
                return;
            }
            *selection = dragged(frame.page.source, *origin, caret.offset, *unit, snap);
            state.keep_caret(caret);
            state.caret_moved = pointer.time;
        }
        Press::Grip { grip, hold, moved } => {
            *moved = Moved::Yes;
            let (grip, end) = (*grip, at + *hold);
            out.push(drag_grip(state, frame, &grip, end, snap, DragPhase::Moving));
        }
    }
}

/// The setting, or the other one while Alt is held.
fn snap(options: PageOptions, pointer: &Pointer) -> Snap {
    match (options.snap, pointer.modifiers.alt) {
        (Snap::Words, false) | (Snap::Characters, true) => Snap::Words,
        (Snap::Words, true) | (Snap::Characters, false) => Snap::Characters,
    }
}

/// Drags the end of a fragment to a point of the page. Back where it was it stays as it was, inside a word too.
fn drag_grip(state: &PageState, frame: &Frame<'_>, grip: &Grip, to: Pos2, snap: Snap, phase: DragPhase) -> Gesture {
    let over = state.caret_at(&frame.measures, to).offset;
    let offset = if over == grip.offset { over } else { grip_offset(frame.page.source, over, grip.edge, snap) };
    Gesture::DragHandle { id: grip.id, fragment: grip.fragment, edge: grip.edge, offset, phase }
}

/// Moves the view while something is dragged beyond its edge, the faster the further.
fn scroll_at_edge(ui: &Ui, state: &mut PageState, measures: &Measures, pointer: &Pointer) {
    let above = measures.rect.top() - pointer.at.y;
    let below = pointer.at.y - measures.rect.bottom();
    let beyond = if above > 0.0 { -above } else { below.max(0.0) };
    if beyond != 0.0 {
        state.flow.scroll_by(beyond * EDGE_SPEED * pointer.dt * measures.scale, measures.view);
        ui.request_repaint();
    }
}

/// The button came up: what was no drag is a click.
fn release(state: &mut PageState, frame: &Frame<'_>, pointer: &Pointer, at: Pos2, out: &mut Vec<Gesture>) {
    match std::mem::take(&mut state.press) {
        Press::Text { unit: Unit::Character, moved: Moved::NotYet, .. } => {
            let over = state.character_at(&frame.measures, at);
            let offset = over.unwrap_or_else(|| state.caret_at(&frame.measures, at).offset);
            let stack = over.map(|offset| state.marks.stack_at(offset)).unwrap_or_default();
            out.push(Gesture::Pick { offset, stack });
        }
        Press::Grip { grip, hold, moved: Moved::Yes } => {
            let snap = snap(frame.page.options, pointer);
            out.push(drag_grip(state, frame, &grip, at + hold, snap, DragPhase::Done));
        }
        Press::Grip { .. } | Press::Text { .. } | Press::None => {}
    }
}

/// Tells when the pointer comes over other marks.
fn hover(state: &mut PageState, stack: Vec<u64>, out: &mut Vec<Gesture>) {
    if state.hovered != stack {
        state.hovered.clone_from(&stack);
        out.push(Gesture::Hover { stack });
    }
}

/// The shape of the pointer: what a press would do here, or what is being dragged.
fn show_cursor(ui: &Ui, state: &PageState, frame: &Frame<'_>, at: Pos2, on_page: bool, over: Option<usize>) {
    let icon = match &state.press {
        Press::Grip { .. } => egui::CursorIcon::ResizeHorizontal,
        Press::Text { .. } => egui::CursorIcon::Text,
        Press::None if !on_page => return,
        Press::None if grip_at(state, frame, at).is_some() => egui::CursorIcon::ResizeHorizontal,
        Press::None if over.is_some() => egui::CursorIcon::Text,
        Press::None => return,
    };
    ui.set_cursor_icon(icon);
}
