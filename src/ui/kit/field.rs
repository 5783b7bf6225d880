//! Fields: a name on the left, something to fill in on the right, and text fields with a look of their own.
//!
//! They are for places that show a value as often as they ask for one, such as the inspector; what is asked in a
//! dialog, with what is wrong about it, is a [`Form`](super::form::Form).

use egui::{
    Align, CornerRadius, Layout, Margin, Rect, Response, Sense, TextEdit, Ui, UiBuilder, Vec2, WidgetInfo,
    accesskit::Role, pos2, text::LayoutJob,
};

use super::words;
use crate::ui::theme::{Tokens, fonts, size, space};

/// Whether an answer is still wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wanted {
    /// It may stay empty.
    #[default]
    No,
    /// Shown as missing.
    Missing,
}

/// A row with its name on the left and its content on the right; `hint` is said where the pointer rests on the name.
/// The row is as high as the higher of them.
pub fn field_row<R>(
    ui: &mut Ui,
    tokens: &Tokens,
    (name, hint): (&str, &str),
    wanted: Wanted,
    content: impl FnOnce(&mut Ui) -> R,
) -> R {
    let whole = ui.available_rect_before_wrap();
    let left = Rect::from_min_size(whole.min, Vec2::new(size::FIELD_NAMES, size::FIELD));
    let color = if wanted == Wanted::Missing { tokens.warning } else { tokens.soft_ink };
    let text = name_text(ui, name, color, left.width() - space::S);
    let response = ui.interact(left, ui.auto_id_with(("field name", name)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
    text.paint_middle_left(ui.painter(), left.left_center());
    if !hint.is_empty() {
        words::hint(response, hint);
    }
    let right = Rect::from_min_max(pos2(left.right(), whole.top()), pos2(whole.right(), whole.bottom()));
    let mut inner = ui.new_child(UiBuilder::new().max_rect(right).layout(Layout::top_down(Align::Min)));
    let result = content(&mut inner);
    let used = inner.min_rect().union(left);
    ui.advance_cursor_after_rect(used);
    result
}

/// The name of a field, on two lines where it is too long for one.
fn name_text(ui: &Ui, name: &str, color: egui::Color32, width: f32) -> words::Words {
    let one = words::elided(ui.painter(), name, fonts::plain(size::TEXT), color, width);
    if !one.is_cut() {
        return one;
    }
    words::wrapped(ui.painter(), name, (fonts::plain(size::TEXT), color), width, (2, size::FIELD_NAME_LINE))
}

/// A box with words in it that can’t be changed; `left` is where they begin, in points of the window.
pub fn paint_value(ui: &Ui, tokens: &Tokens, rect: Rect, text: &str, left: f32) {
    ui.painter().rect_filled(rect, CornerRadius::same(size::RADIUS), tokens.panel);
    let color = tokens.soft_ink;
    let galley = words::elided(ui.painter(), text, fonts::plain(size::TEXT), color, rect.right() - left - space::S);
    galley.paint_middle_left(ui.painter(), pos2(left, rect.center().y));
}

/// A text field of one line, as wide as there is room. `hint` stands in it while it is empty.
pub fn line(ui: &mut Ui, id: egui::Id, text: &mut String, name: &str, hint: &str) -> Response {
    let edit = TextEdit::singleline(text)
        .id(id)
        .hint_text(hint.to_owned())
        .desired_width(f32::INFINITY)
        .margin(Margin::symmetric(8, 5));
    ui.add(edit).accessible_name(name)
}

/// A text field of several lines, which grows with what is written.
pub fn lines(ui: &mut Ui, id: egui::Id, text: &mut String, name: &str, hint: &str) -> Response {
    let edit = TextEdit::multiline(text)
        .id(id)
        .hint_text(hint.to_owned())
        .desired_width(f32::INFINITY)
        .desired_rows(1)
        .margin(Margin::symmetric(8, 5));
    ui.add(edit).accessible_name(name)
}

/// A word in the middle of the room there is: what to do where there is nothing yet.
pub fn paint_empty(ui: &Ui, tokens: &Tokens, rect: Rect, text: &str) {
    let width = (rect.width() - 2.0 * space::XL).min(size::INSPECTOR);
    let mut job = LayoutJob::simple(text.to_owned(), fonts::plain(size::TEXT), tokens.soft_ink, width);
    job.halign = Align::Center;
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(rect.center() - Vec2::new(0.0, galley.size().y / 2.0), galley, tokens.soft_ink);
}
