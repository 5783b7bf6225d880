//! Keys that move the caret. All others are left for the caller.
//!
//! Offsets of the caret are bytes on boundaries of what the user sees as a character. Left and right are those of the
//! screen, whichever way the text runs, as text fields of the desktops have it.

use egui::{Event, Key, Modifiers, Ui};

use super::frame::Frame;
use super::gesture::TextSelection;
use super::state::{PageState, Press};
use super::walk::{Movement, Walker, Way};
use crate::ui::typeset::{Shaper, Toward};

/// What becomes of the selection when the caret moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extend {
    /// It goes along as a caret.
    No,
    /// Its head goes along and its anchor stays: Shift is held.
    Yes,
}

/// Moves the caret by the keys of this frame, which are taken out of it. True where one did.
///
/// While the pointer drags something no key moves the caret.
pub(super) fn keys_ui(
    ui: &Ui,
    shaper: &mut Shaper,
    state: &mut PageState,
    frame: &Frame<'_>,
    selection: &mut TextSelection,
) -> bool {
    let movements = ui.input_mut(|i| take_movements(&mut i.events));
    if movements.is_empty() || !matches!(state.press, Press::None) {
        return false;
    }
    let mut caret = state.caret_of(selection.head);
    let (source, view) = (frame.page.source, frame.measures.view);
    let mut walker = Walker { flow: &mut state.flow, shaper, source, goal: &mut state.goal, view };
    for (movement, extend) in movements {
        caret = match (movement, extend) {
            (Movement::Character(toward), Extend::No) if !selection.is_caret() => {
                walker.end_of_selection(*selection, toward)
            }
            _ => walker.go(caret, movement),
        };
        selection.head = caret.offset;
        if extend == Extend::No {
            selection.anchor = caret.offset;
        }
    }
    state.keep_caret(caret);
    state.caret_moved = ui.input(|i| i.time);
    true
}

/// Takes the movements out of the events of a frame, in order.
fn take_movements(events: &mut Vec<Event>) -> Vec<(Movement, Extend)> {
    let mut movements = Vec::new();
    events.retain(|event| {
        let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
        let Some(movement) = movement(*key, *modifiers) else { return true };
        movements.push((movement, if modifiers.shift { Extend::Yes } else { Extend::No }));
        false
    });
    movements
}

/// What a key with its modifiers does to the caret: the conventions of text fields, with Ctrl and ↑ or ↓ for paragraphs.
fn movement(key: Key, modifiers: Modifiers) -> Option<Movement> {
    let command = modifiers.command || modifiers.ctrl;
    let by_word = command || modifiers.alt;
    let plain = !command && !modifiers.alt;
    match key {
        Key::ArrowLeft if by_word => Some(Movement::Word(Toward::Left)),
        Key::ArrowRight if by_word => Some(Movement::Word(Toward::Right)),
        Key::ArrowLeft => Some(Movement::Character(Toward::Left)),
        Key::ArrowRight => Some(Movement::Character(Toward::Right)),
        Key::ArrowUp if command => Some(Movement::Paragraph(Way::Back)),
        Key::ArrowDown if command => Some(Movement::Paragraph(Way::Forth)),
        Key::ArrowUp if plain => Some(Movement::Lines(-1)),
        Key::ArrowDown if plain => Some(Movement::Lines(1)),
        Key::PageUp if plain => Some(Movement::View(-1)),
        Key::PageDown if plain => Some(Movement::View(1)),
        Key::Home if command => Some(Movement::Text(Way::Back)),
        Key::End if command => Some(Movement::Text(Way::Forth)),
        Key::Home if plain => Some(Movement::Line(Way::Back)),
        Key::End if plain => Some(Movement::Line(Way::Forth)),
        _ => None,
    }
}
