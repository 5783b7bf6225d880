//! The keyboard's focus on a page: how it comes, how it is shown, and the caret's blinking.
//!
//! The ring shows only where the focus came by a key: whoever clicks into the page knows where they are. The caret
//! blinks for a moment and then stands still, so that a window nobody works in draws no frames.

use std::time::Duration;

use egui::{EventFilter, Painter, Response, Ui};

use super::frame::Frame;
use super::pointer::is_pressed;
use super::state::{Focus, PageState};
use super::style::{FocusRing, Motion, TabKey};

/// The caret is seen and unseen for so many seconds each.
const BLINK: f64 = 0.53;
/// After so many seconds without a key the caret stays, so that an idle window draws nothing.
const BLINK_FOR: f64 = 10.0;

/// Whether the caret is to be seen just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CaretLight {
    /// Nothing is drawn: the page has no focus, or the blink is in its dark half.
    Off,
    /// The caret is drawn.
    On,
}

/// Takes the focus where the page was pressed, and keeps the keys that move the caret while it has it.
pub(super) fn take_focus(ui: &Ui, state: &mut PageState, frame: &Frame<'_>, response: &Response) {
    if is_pressed(response) && ui.input(|i| i.pointer.any_pressed()) {
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
        tab: frame.page.options.tab == TabKey::StaysOnPage,
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: false,
    };
    ui.memory_mut(|m| m.set_focus_lock_filter(response.id, filter));
}

/// Whether the caret is seen in this frame; asks for the next frame when that changes.
pub(super) fn caret_light(ui: &Ui, state: &PageState, frame: &Frame<'_>, response: &Response) -> CaretLight {
    if !response.has_focus() {
        return CaretLight::Off;
    }
    let since = ui.input(|i| i.time) - state.caret_moved;
    if frame.page.options.motion == Motion::Reduced || since > BLINK_FOR {
        return CaretLight::On;
    }
    let phase = since.max(0.0) / BLINK;
    ui.request_repaint_after(Duration::from_secs_f64((1.0 - phase.fract()) * BLINK + 0.001));
    if (phase as u64).is_multiple_of(2) { CaretLight::On } else { CaretLight::Off }
}

/// A line along the left edge of the page where the keyboard brought the focus here: a frame around all of it would be
/// the strongest thing on the screen.
pub(super) fn paint_ring(painter: &Painter, state: &PageState, frame: &Frame<'_>) {
    if state.focus == Focus::ByKeyboard && frame.page.options.ring == FocusRing::Shown {
        let (rect, style) = (frame.measures.rect, frame.page.style);
        let line = rect.with_max_x(rect.left() + style.outline_width);
        painter.rect_filled(line, 0.0, style.focus_ring);
    }
}
