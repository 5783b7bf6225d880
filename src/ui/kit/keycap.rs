//! A key as it is engraved: small, monospaced, in a thin frame.
//!
//! Keys are written as in the table of commands, such as `Ctrl+Shift+F`, and shown as [`spelled`] says them.

use std::sync::Arc;

use egui::{CornerRadius, Galley, Painter, Pos2, Rect, StrokeKind, Vec2};

use crate::ui::theme::{Tokens, fonts, size, space};

/// A key that was laid out and is yet to be painted.
pub struct Keycap {
    /// The key’s name, laid out; the frame follows its width.
    text: Arc<Galley>,
}

impl Keycap {
    /// Lays a key out as it is to be read, see [`spelled`].
    pub fn new(painter: &Painter, tokens: &Tokens, key: &str) -> Self {
        Self { text: painter.layout_no_wrap(key.to_owned(), fonts::monospace(size::TINY), tokens.soft_ink) }
    }

    /// With its frame, in points; at least as wide as high.
    pub fn size(&self) -> Vec2 {
        let inner = self.text.size();
        Vec2::new((inner.x + 2.0 * space::XS).max(inner.y + 2.0), inner.y + 2.0)
    }

    /// Paints it with the middle of its left edge at a point.
    pub fn paint(&self, painter: &Painter, tokens: &Tokens, left: Pos2) {
        let rect = Rect::from_min_size(left - Vec2::new(0.0, self.size().y / 2.0), self.size());
        let stroke = tokens.edge();
        painter.rect(rect, CornerRadius::same(size::BADGE_RADIUS), tokens.card, stroke, StrokeKind::Inside);
        let at = rect.center() - self.text.size() / 2.0;
        painter.galley(at, Arc::clone(&self.text), tokens.soft_ink);
    }
}

/// Keys as the command table writes them, as one reads them: the first of several, parted by blanks.
pub fn spelled(keys: &str) -> String {
    let first = keys.split(' ').next().unwrap_or_default();
    let mut parts: Vec<String> = Vec::new();
    let mut rest = first;
    while let Some((held, after)) = rest.split_once('+').filter(|(held, after)| !held.is_empty() && !after.is_empty()) {
        parts.push(held.to_owned());
        rest = after;
    }
    let alone = parts.is_empty();
    match rest {
        "" => {}
        "Escape" => parts.push("Esc".to_owned()),
        "Delete" => parts.push("Del".to_owned()),
        key if key.chars().count() == 1 && !alone => parts.push(key.to_uppercase()),
        key => parts.push(key.to_owned()),
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_spelled_as_they_are_engraved() {
        let cases = [
            ("Ctrl+Shift+Z Ctrl+Y", "Ctrl Shift Z"),
            ("Ctrl++ Ctrl+=", "Ctrl +"),
            ("r", "r"),
            ("+", "+"),
            ("Escape", "Esc"),
            ("Delete Backspace", "Del"),
            ("", ""),
        ];
        for (keys, spelt) in cases {
            assert_eq!(spelled(keys), spelt);
        }
    }
}
