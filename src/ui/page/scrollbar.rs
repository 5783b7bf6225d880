//! The bar at the right edge: where the view is in the article, and a thumb to move it by.
//!
//! It shows estimated heights as long as the text has not been seen, so that its thumb may move a little by itself.

use egui::{Rect, Role, Sense, Ui, WidgetInfo, pos2};

use super::frame::Frame;
use super::state::PageState;

/// A thumb is at least this long, in points: else that of a long text could not be caught.
const SHORTEST: f32 = 32.0;

/// Moves the view where the bar is dragged or clicked, and says where its thumb is to be drawn. There is none where all
/// of the text is in view.
pub(super) fn scrollbar_ui(ui: &Ui, state: &mut PageState, frame: &Frame<'_>) {
    let Frame { page, measures } = frame;
    let style = page.style;
    state.bar = None;
    let total = state.flow.total();
    let view = f64::from(measures.view);
    if total <= view + 1.0 {
        return;
    }
    let bar =
        Rect::from_min_max(pos2(measures.rect.right() - style.scrollbar_width, measures.rect.top()), measures.rect.max);
    let response = ui.interact(bar, page.id.with("scrollbar"), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, page.names.scrollbar));
    let length = (bar.height() * (view / total) as f32).max(SHORTEST).min(bar.height());
    let room = bar.height() - length;
    let part = (state.flow.position() / (total - view)).clamp(0.0, 1.0) as f32;
    let thumb = Rect::from_min_size(pos2(bar.left(), bar.top() + part * room), egui::vec2(bar.width(), length));

    let pointer = response.interact_pointer_pos();
    if let (Some(at), true) = (pointer, response.is_pointer_button_down_on()) {
        let grabbed = *state.grabbed.get_or_insert(if thumb.contains(at) { at.y - thumb.top() } else { length / 2.0 });
        let part = ((at.y - grabbed - bar.top()) / room.max(1.0)).clamp(0.0, 1.0);
        state.flow.jump(f64::from(part) * (total - view));
        state.glide = 0.0;
    } else {
        state.grabbed = None;
    }
    let colour = if response.hovered() || response.is_pointer_button_down_on() {
        style.scrollbar_active
    } else {
        style.scrollbar
    };
    let part = (state.flow.position() / (total - view)).clamp(0.0, 1.0) as f32;
    let top = bar.top() + part * room;
    let drawn = Rect::from_min_max(pos2(bar.left() + 2.0, top + 2.0), pos2(bar.right() - 2.0, top + length - 2.0));
    state.bar = Some((drawn, colour));
}

/// Draws the bar above the page.
pub(super) fn paint_scrollbar(ui: &Ui, state: &PageState) {
    if let Some((rect, colour)) = state.bar {
        ui.painter().rect_filled(rect, rect.width() / 2.0, colour);
    }
}
