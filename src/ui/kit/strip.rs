//! A thin strip of colours, each as wide as its share.
//!
//! It is a hint at a glance, such as how a text’s marks divide among labels, and has no accessible name: whoever
//! draws it says the numbers elsewhere.

use egui::{Color32, CornerRadius, Painter, Rect, pos2};

use crate::ui::theme::size;

/// Paints the shares from left to right with a hair between them, each share of the sum of all as wide as it is of the
/// rectangle; even the smallest can be seen. Nothing is painted where all are zero.
pub fn paint_strip(painter: &Painter, rect: Rect, shares: &[(Color32, u32)]) {
    let whole: u32 = shares.iter().map(|(_, n)| n).sum();
    if whole == 0 {
        return;
    }
    let mut left = rect.left();
    for (color, share) in shares.iter().filter(|(_, n)| *n > 0) {
        let right = left + rect.width() * *share as f32 / whole as f32;
        let end = if right < rect.right() - 0.5 { right - size::LINE } else { rect.right() };
        let part = Rect::from_min_max(pos2(left, rect.top()), pos2(end.max(left + size::LINE), rect.bottom()));
        painter.rect_filled(part, CornerRadius::same(1), *color);
        left = right;
    }
}
