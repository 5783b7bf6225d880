//! A hit in its line: what is read before it stands on the side where its paragraph begins, what follows on the other.

use egui::{Color32, Painter, Rangef, Rect, Vec2, pos2};

use super::results::Context;
use crate::ui::{
    kit::words::{self, Direction},
    theme::{Tokens, fonts, size},
};

/// Of the room, what is kept for the words before the hit, so that hits stand one below the other.
const BEFORE: f32 = 0.42;

/// A hit and what stands around it, in the direction of its paragraph.
pub(super) struct Line<'a> {
    pub context: Context<'a>,
    pub direction: Direction,
    /// Behind the hit, where it is marked.
    pub tint: Option<Color32>,
}

impl Line<'_> {
    pub fn paint(&self, painter: &Painter, tokens: &Tokens, room: Rect) {
        let Context { left, hit, right } = self.context;
        let (plain, strong) = (fonts::serif(size::LIST_WORDS), fonts::serif_strong(size::LIST_WORDS));
        let (soft, ink, middle) = (tokens.soft_ink, tokens.ink, room.center().y);
        let set =
            |words: &str, font, color, width| words::elided_towards(painter, words, font, color, width, self.direction);
        let found = set(&words::joined(left, hit, right), strong, ink, room.width() * (1.0 - BEFORE));
        let [before, at, after] = places(self.direction, room.x_range(), found.size().x);
        if let Some(tint) = self.tint {
            painter.rect_filled(Rect::from_x_y_ranges(at, room.y_range()).shrink2(Vec2::new(0.0, 2.0)), 0.0, tint);
        }
        found.paint_beside(painter, pos2(at.min, middle));

        let ahead = set(&words::joined("", left, hit), plain.clone(), soft, f32::INFINITY);
        let behind = set(&words::joined(hit, right, ""), plain, soft, after.span());
        let (ahead_left, behind_left) = match self.direction {
            Direction::Rtl => (before.min, after.max - behind.size().x),
            _ => (before.max - ahead.size().x, after.min),
        };
        let clip = Rect::from_x_y_ranges(before, room.y_range()).intersect(painter.clip_rect());
        ahead.paint_beside(&painter.with_clip_rect(clip), pos2(ahead_left, middle));
        behind.paint_beside(painter, pos2(behind_left, middle));
    }
}

/// What there is for the words before the hit, for the hit, and for the words after it.
fn places(direction: Direction, room: Rangef, hit: f32) -> [Rangef; 3] {
    let ahead = room.span() * BEFORE;
    let edges = [0.0, ahead, ahead + hit, room.span()];
    let places = [0, 1, 2].map(|at| Rangef::new(edges[at], edges[at + 1]));
    match direction {
        Direction::Rtl => places.map(|place| Rangef::new(room.max - place.max, room.max - place.min)),
        _ => places.map(|place| Rangef::new(room.min + place.min, room.min + place.max)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_before_the_hit_stands_where_the_line_begins() {
        let room = Rangef::new(100.0, 200.0);
        let [before, hit, after] = places(Direction::Ltr, room, 10.0);
        assert_eq!([before.min, before.max, hit.max, after.max], [100.0, 142.0, 152.0, 200.0]);
        let [before, hit, after] = places(Direction::Rtl, room, 10.0);
        assert_eq!([after.min, after.max, hit.max, before.max], [100.0, 148.0, 158.0, 200.0]);
        assert_eq!((before.min, hit.min), (hit.max, after.max));
    }
}
