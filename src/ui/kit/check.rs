//! A box to tick in a list, in a place of one's own choice.
//!
//! It is painted over a rectangle that the caller has, as rows of long lists do their own layout; what a click
//! changes is the caller’s.

use egui::{CornerRadius, Id, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, accesskit::Role};

use super::{button::Chosen, glyph};
use crate::ui::theme::{Tokens, size};

/// Shows the box in the middle of a rectangle, all of which can be clicked; gives the click, and changes nothing itself.
/// Tab does not stop at it: the list that it stands in has keys of its own for it. The name is asked for only where
/// somebody listens.
pub fn check(ui: &Ui, tokens: &Tokens, id: Id, rect: Rect, state: Chosen, name: impl Fn() -> String) -> Response {
    let response = ui.interact(rect, id, Sense::CLICK);
    let ticked = state == Chosen::Yes;
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), ticked, name()));
    let at = Rect::from_center_size(rect.center(), egui::Vec2::splat(size::CHECK));
    let fill = match state {
        Chosen::Yes => tokens.accent,
        Chosen::No if response.hovered() => tokens.hover,
        Chosen::No => tokens.card,
    };
    let stroke = match state {
        Chosen::Yes => Stroke::NONE,
        Chosen::No => Stroke::new(tokens.edge().width, tokens.soft_ink),
    };
    ui.painter().rect(at, CornerRadius::same(size::BADGE_RADIUS), fill, stroke, StrokeKind::Inside);
    if ticked {
        glyph::paint_tick(ui.painter(), at.center(), tokens.on_accent);
    }
    response
}
