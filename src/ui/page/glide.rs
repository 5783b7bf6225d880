//! Moves the view: by wheel, by wish, and on in a movement that takes a moment.

use egui::{Response, Ui};

use super::frame::Frame;
use super::state::PageState;
use super::style::Motion;
use crate::ui::typeset::Shaper;

/// Seconds in which most of a smooth movement is done: after each of them 1/e of the way is left.
const GLIDE: f32 = 0.035;

/// Moves the view by what this frame asks for.
///
/// A wish is carried out at once; with [`Motion::Full`] the view is then set back by the distance, which the next frames
/// make good, so that the eye can follow.
pub(super) fn move_view(ui: &Ui, shaper: &mut Shaper, state: &mut PageState, frame: &Frame<'_>, response: &Response) {
    let (text, measures) = (frame.text(), &frame.measures);
    if response.contains_pointer() {
        let wheel = ui.input_mut(|i| std::mem::take(&mut i.smooth_scroll_delta.y));
        if wheel != 0.0 {
            state.glide = 0.0;
            state.flow.scroll_by(-wheel * measures.scale, measures.view);
        }
    }
    if let Some(place) = state.linked.take() {
        state.flow.read_on(shaper, text, place, measures.view);
    }
    if let Some((range, align)) = state.wanted.take() {
        state.flow.settle(shaper, text, measures.view);
        state.glide = 0.0;
        let moved = state.flow.show(shaper, text, range, align, measures.view);
        if let (Some(distance), Motion::Full) = (moved, frame.page.options.motion) {
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
