//! A label's badge: its initials on its colour, so that it can be told without colour.

use egui::{CornerRadius, Painter, Pos2, Rect, Sense, Ui, Vec2};

use super::words;
use crate::ui::theme::{LabelLook, fonts, size};

/// Paints a badge around a point: the first two of the initials, in the colour that can be read on the label’s. Gives
/// its place.
pub fn paint_badge(painter: &Painter, center: Pos2, initials: &str, look: LabelLook) -> Rect {
    let rect = Rect::from_center_size(center, Vec2::splat(size::BADGE));
    painter.rect_filled(rect, CornerRadius::same(size::BADGE_RADIUS), look.line);
    let shown: String = initials.chars().take(2).collect();
    let shown = words::whole(painter, &shown, fonts::strong(size::BADGE_TEXT), look.on_line);
    let corner = rect.center() - shown.size() / 2.0;
    shown.paint(painter, corner);
    rect
}

/// A badge as the next thing of a layout; it is a picture, named by what stands beside it.
pub fn badge(ui: &mut Ui, initials: &str, look: LabelLook) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(size::BADGE), Sense::hover());
    paint_badge(ui.painter(), rect.center(), initials, look);
}
