//! Small pictures, drawn rather than taken from a font, so that they look the same everywhere. Each is drawn around a
//! point; sizes are points.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, Vec2, pos2};

use crate::ui::theme::{Tokens, size};

/// How far something has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Not begun: a ring.
    None,
    /// Under way: a ring, half of it filled.
    Half,
    /// Done: a full disc.
    Full,
}

/// A ring, a half-filled ring, or a disc.
pub fn paint_progress(painter: &Painter, tokens: &Tokens, center: Pos2, progress: Progress) {
    let radius = size::GLYPH / 2.0;
    let stroke = Stroke::new(1.5 * size::LINE, tokens.soft_ink);
    match progress {
        Progress::None => {
            painter.circle_stroke(center, radius - 0.5, stroke);
        }
        Progress::Half => {
            painter.circle_stroke(center, radius - 0.5, stroke);
            let left: Vec<Pos2> = (0..=16)
                .map(|step| {
                    let angle = std::f32::consts::FRAC_PI_2 + std::f32::consts::PI * step as f32 / 16.0;
                    center + Vec2::angled(angle) * (radius - 0.5)
                })
                .collect();
            painter.add(Shape::convex_polygon(left, tokens.soft_ink, Stroke::NONE));
        }
        Progress::Full => {
            painter.circle_filled(center, radius, tokens.good);
        }
    }
}

/// A triangle that points down: there is more to choose from.
pub fn paint_more(painter: &Painter, center: Pos2, color: Color32) {
    let (w, h) = (3.5, 2.5);
    let corners = vec![center + Vec2::new(-w, -h), center + Vec2::new(w, -h), center + Vec2::new(0.0, h)];
    painter.add(Shape::convex_polygon(corners, color, Stroke::NONE));
}

/// Whether what belongs to a heading is shown below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    Open,
    Folded,
}

/// A triangle that points down to what is shown, or to the right.
pub fn paint_fold(painter: &Painter, center: Pos2, fold: Fold, color: Color32) {
    let corners = [Vec2::new(-3.0, -2.0), Vec2::new(3.0, -2.0), Vec2::new(0.0, 3.0)];
    let turned = |corner: Vec2| if fold == Fold::Folded { Vec2::new(corner.y, corner.x) } else { corner };
    let points = corners.map(|corner| center + turned(corner)).to_vec();
    painter.add(Shape::convex_polygon(points, color, Stroke::NONE));
}

/// An angle that points down, or up with a factor of -1: the next, or the one before.
pub fn paint_chevron(painter: &Painter, center: Pos2, down: f32, color: Color32) {
    let corners = [Vec2::new(-4.0, -2.0), Vec2::new(0.0, 2.0), Vec2::new(4.0, -2.0)];
    let points = corners.map(|corner| center + Vec2::new(corner.x, corner.y * down)).to_vec();
    painter.add(Shape::line(points, Stroke::new(1.5 * size::LINE, color)));
}

/// A cross: close it, take it away.
pub fn paint_cross(painter: &Painter, center: Pos2, color: Color32) {
    let rect = Rect::from_center_size(center, Vec2::splat(7.0));
    let stroke = Stroke::new(1.5 * size::LINE, color);
    painter.line_segment([rect.left_top(), rect.right_bottom()], stroke);
    painter.line_segment([rect.right_top(), rect.left_bottom()], stroke);
}

/// A plus: one more.
pub fn paint_plus(painter: &Painter, center: Pos2, color: Color32) {
    let stroke = Stroke::new(1.5 * size::LINE, color);
    painter.line_segment([center - Vec2::new(4.0, 0.0), center + Vec2::new(4.0, 0.0)], stroke);
    painter.line_segment([center - Vec2::new(0.0, 4.0), center + Vec2::new(0.0, 4.0)], stroke);
}

/// Three dots: more is said elsewhere.
pub fn paint_dots(painter: &Painter, center: Pos2, color: Color32) {
    for x in [-4.0, 0.0, 4.0] {
        painter.circle_filled(center + Vec2::new(x, 0.0), 1.5, color);
    }
}

/// A triangle with a stroke in it: something is missing or wrong.
pub fn paint_warning(painter: &Painter, center: Pos2, color: Color32) {
    let stroke = Stroke::new(1.5 * size::LINE, color);
    let corners = [Vec2::new(0.0, -5.0), Vec2::new(5.5, 4.5), Vec2::new(-5.5, 4.5)].map(|corner| center + corner);
    painter.add(Shape::closed_line(corners.to_vec(), stroke));
    painter.line_segment([center - Vec2::new(0.0, 1.5), center + Vec2::new(0.0, 1.0)], stroke);
    painter.circle_filled(center + Vec2::new(0.0, 3.0), 0.8, color);
}

/// A flag on a pole.
pub fn paint_flag(painter: &Painter, center: Pos2, color: Color32) {
    let (left, top) = (center.x - 3.0, center.y - 5.0);
    painter.line_segment([pos2(left, top), pos2(left, top + 10.0)], Stroke::new(1.5 * size::LINE, color));
    let cloth = vec![pos2(left, top), pos2(left + 7.0, top), pos2(left + 5.0, top + 3.0), pos2(left + 7.0, top + 6.0)];
    let lower = vec![pos2(left, top), pos2(left + 5.0, top + 3.0), pos2(left + 7.0, top + 6.0), pos2(left, top + 6.0)];
    painter.add(Shape::convex_polygon(cloth, color, Stroke::NONE));
    painter.add(Shape::convex_polygon(lower, color, Stroke::NONE));
}

/// A tick: it is done.
pub fn paint_tick(painter: &Painter, center: Pos2, color: Color32) {
    let points = vec![center + Vec2::new(-4.0, 0.0), center + Vec2::new(-1.0, 3.0), center + Vec2::new(4.0, -4.0)];
    painter.add(Shape::line(points, Stroke::new(1.5 * size::LINE, color)));
}
