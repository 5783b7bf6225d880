//! Lines of a pattern, as the page draws them under words, for samples and lists.
//!
//! The page draws its lines with the engine’s own texture; here they are a few strokes of egui’s, which look the same
//! at the size of a sample.

use egui::{Color32, Painter, Pos2, Shape, Stroke, pos2};

use crate::ui::typeset::Pattern;

/// How thick a sample is, in points.
const WIDTH: f32 = 2.0;

/// Paints a line of a pattern from a point to the right, `length` points long.
pub fn paint_line(painter: &Painter, pattern: Pattern, left: Pos2, length: f32, color: Color32) {
    let stroke = Stroke::new(WIDTH, color);
    let right = pos2(left.x + length, left.y);
    match pattern {
        Pattern::Solid => {
            painter.line_segment([left, right], stroke);
        }
        Pattern::Double => {
            let thin = Stroke::new(WIDTH / 2.0, color);
            for y in [left.y - 1.5, left.y + 1.5] {
                painter.hline(left.x..=right.x, y, thin);
            }
        }
        Pattern::Dashed => {
            painter.extend(Shape::dashed_line(&[left, right], stroke, 6.0, 3.0));
        }
        Pattern::Dotted => {
            painter.extend(Shape::dotted_line(&[left, right], color, 4.0, WIDTH / 2.0));
        }
        Pattern::Wavy => {
            let points = (0..=length as usize).map(|x| {
                let x = x as f32;
                pos2(left.x + x, left.y + 1.5 * (x * std::f32::consts::TAU / 6.0).sin())
            });
            painter.add(Shape::line(points.collect(), Stroke::new(0.75 * WIDTH, color)));
        }
    }
}
