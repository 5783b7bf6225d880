//! A line of a text around words that stand out in it, such as a hit among its context. Where these begin is the same
//! in all lines of a table: at a share of its width from the side that the text is read from.
//!
//! What is read from right to left, or needs shaping, is set as one line, so that letters join over the borders
//! between the parts as they do in the text. What does not fit is cut on the outer sides.

use egui::{Color32, Painter, Rangef, Rect, Vec2, pos2};

use super::words::{self, Direction, Words};
use crate::ui::theme::{Tokens, fonts, size};

/// Of the room, what is kept for the words before, so that those that stand out do so one below the other.
const BEFORE: f32 = 0.42;

/// Some words, what stands around them in the text, and the direction of their paragraph. The three parts follow each
/// other without a gap: blanks between them are part of them.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// The text right before the words; its end is what is seen of it.
    pub before: &'a str,
    /// What stands out.
    pub words: &'a str,
    /// The text right after them.
    pub after: &'a str,
    /// In which direction the text is read: before is on the right where that is from right to left.
    pub direction: Direction,
    /// Behind the words; none where they are marked by their weight alone.
    pub tint: Option<Color32>,
}

impl Line<'_> {
    /// Paints the line in the middle of the height of a rectangle, cut at its left and right edges.
    pub fn paint(&self, painter: &Painter, tokens: &Tokens, room: Rect) {
        let text = format!("{}{}{}", self.before, self.words, self.after);
        if self.direction == Direction::Rtl || words::needs_engine(&text) {
            self.paint_whole(painter, tokens, room, &text);
        } else {
            self.paint_parts(painter, tokens, room);
        }
    }

    /// Part by part: what is plainly read from left to right.
    fn paint_parts(&self, painter: &Painter, tokens: &Tokens, room: Rect) {
        let (plain, strong) = (fonts::serif(size::LIST_WORDS), fonts::serif_strong(size::LIST_WORDS));
        let (soft, middle) = (tokens.soft_ink, room.center().y);
        let start = room.left() + room.width() * BEFORE;
        let found = words::elided(painter, self.words, strong, tokens.ink, room.right() - start);
        let at = Rangef::new(start, start + found.size().x);
        self.paint_tint(painter, room, at);
        found.paint_middle_left(painter, pos2(at.min, middle));
        let before = words::end_of(painter, self.before, plain.clone(), soft, at.min - room.left());
        let left = at.min - before.size().x;
        before.paint_middle_left(painter, pos2(left, middle));
        let after = words::elided(painter, self.after, plain, soft, room.right() - at.max);
        after.paint_middle_left(painter, pos2(at.max, middle));
    }

    /// As one, so that directions and letters meet as they do in the text.
    fn paint_whole(&self, painter: &Painter, tokens: &Tokens, room: Rect, text: &str) {
        let hit = self.before.len()..self.before.len() + self.words.len();
        let fonts = [fonts::serif(size::LIST_WORDS), fonts::serif_strong(size::LIST_WORDS)];
        let (line, hits) = words::line(painter, text, hit, fonts, room.width() * (1.0 - BEFORE), self.direction);
        let whole = Rangef::new(hits.first().map_or(0.0, |x| x.min), hits.last().map_or(0.0, |x| x.max));
        let left = left_of(self.direction, room.x_range(), whole);
        let part = |line: &Words, x: Rangef, color| {
            let clip = Rect::from_x_y_ranges(x, room.y_range()).intersect(room).intersect(painter.clip_rect());
            if clip.is_positive() {
                line.clone()
                    .colored(color)
                    .paint_middle_left(&painter.with_clip_rect(clip), pos2(left, room.center().y));
            }
        };
        let mut x = room.left();
        for hit in hits {
            let at = Rangef::new(left + hit.min, left + hit.max);
            self.paint_tint(painter, room, at);
            part(&line, Rangef::new(x, at.min), tokens.soft_ink);
            part(&line, at, tokens.ink);
            x = at.max;
        }
        part(&line, Rangef::new(x, room.right()), tokens.soft_ink);
    }

    /// The ground of the words that stand out, within the room.
    fn paint_tint(&self, painter: &Painter, room: Rect, x: Rangef) {
        if let Some(tint) = self.tint {
            let place = Rect::from_x_y_ranges(x, room.y_range()).intersect(room);
            painter.rect_filled(place.shrink2(Vec2::new(0.0, 2.0)), 0.0, tint);
        }
    }
}

/// Where a line begins in its room, with the words that stand out where they are looked for.
fn left_of(direction: Direction, room: Rangef, hit: Rangef) -> f32 {
    match direction {
        Direction::Rtl => room.max - room.span() * BEFORE - hit.max,
        _ => room.min + room.span() * BEFORE - hit.min,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_stand_out_begin_one_below_the_other() {
        let room = Rangef::new(100.0, 200.0);
        for (hit, read_from_left, read_from_right) in [(60.0..70.0, 142.0, 158.0), (5.0..45.0, 142.0, 158.0)] {
            let hit = Rangef::new(hit.start, hit.end);
            assert_eq!(left_of(Direction::Ltr, room, hit) + hit.min, read_from_left);
            assert_eq!(left_of(Direction::Rtl, room, hit) + hit.max, read_from_right);
        }
    }
}
