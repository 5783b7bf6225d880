//! The outline around a mark: one line around all of its words that stand together, however many lines of text they run
//! over. It is geometry only; lengths are whatever the rectangles are given in.

use egui::{Pos2, Rect, pos2};

/// Points on each rounded corner, its two ends among them.
const CORNER_POINTS: usize = 5;

/// The closed outlines around rectangles, one a line of text or more, from top to bottom: rectangles of neighbouring lines
/// that stand above one another, at least in part, share an outline. Corners are rounded by `radius`, less where an edge
/// is too short for that.
pub(super) fn outlines(rects: &[Rect], radius: f32) -> Vec<Vec<Pos2>> {
    let mut groups: Vec<Vec<Rect>> = Vec::new();
    for rect in rects {
        match groups.iter_mut().find(|group| group.last().is_some_and(|last| touches(*last, *rect))) {
            Some(group) => group.push(*rect),
            None => groups.push(vec![*rect]),
        }
    }
    groups.iter_mut().map(|group| rounded(&corners(group), radius)).collect()
}

/// Whether a rectangle is on the line right below another, and under a part of it.
fn touches(above: Rect, below: Rect) -> bool {
    let next = below.min.y > above.min.y && below.min.y < above.max.y + above.height();
    next && below.min.x < above.max.x && above.min.x < below.max.x
}

/// The corners of a stack of rectangles, clockwise from the upper left one. Two of neighbouring lines meet half-way between
/// them, where nothing is left open and nothing is drawn twice.
fn corners(stack: &mut [Rect]) -> Vec<Pos2> {
    for at in 1..stack.len() {
        let middle = ((stack[at - 1].max.y + stack[at].min.y) / 2.0).round();
        stack[at - 1].max.y = middle;
        stack[at].min.y = middle;
    }
    let right = stack.iter().flat_map(|rect| [rect.right_top(), rect.right_bottom()]);
    let left = stack.iter().rev().flat_map(|rect| [rect.left_bottom(), rect.left_top()]);
    let mut corners: Vec<Pos2> = Vec::with_capacity(4 * stack.len());
    for corner in right.chain(left) {
        // Lines that begin or end at the same place go straight on.
        let straight = |x: f32, other: f32| (x - other).abs() < 0.5;
        if let [.., before, last] = corners[..]
            && straight(before.x, last.x)
            && straight(last.x, corner.x)
        {
            corners.pop();
        }
        let x = corners.last().filter(|last| straight(last.x, corner.x)).map_or(corner.x, |last| last.x);
        corners.push(pos2(x, corner.y));
    }
    corners
}

/// The same polygon with an arc at each corner.
fn rounded(corners: &[Pos2], radius: f32) -> Vec<Pos2> {
    let count = corners.len();
    let mut points = Vec::with_capacity(count * CORNER_POINTS);
    for (at, corner) in corners.iter().enumerate() {
        let (before, after) = (corners[(at + count - 1) % count], corners[(at + 1) % count]);
        let (from, to) = (before - *corner, after - *corner);
        let reach = radius.min(from.length() / 2.0).min(to.length() / 2.0);
        let (start, end) = (*corner + from.normalized() * reach, *corner + to.normalized() * reach);
        for step in 0..CORNER_POINTS {
            // A quadratic curve with the corner as its control point is as good as an arc of this size.
            let t = step as f32 / (CORNER_POINTS - 1) as f32;
            points.push(start.lerp(*corner, t).lerp(corner.lerp(end, t), t));
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use egui::vec2;

    use super::*;

    /// A rectangle on a line of text so many lines down.
    fn on_line(line: usize, left: f32, right: f32) -> Rect {
        Rect::from_min_size(pos2(left, line as f32 * 30.0), vec2(right - left, 28.0))
    }

    /// Whether a point is within the polygon, by the number of its edges to the right of it.
    fn holds(polygon: &[Pos2], at: Pos2) -> bool {
        let edges = polygon.iter().zip(polygon.iter().cycle().skip(1));
        let crossed = edges
            .filter(|(a, b)| (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x);
        crossed.count() % 2 == 1
    }

    #[test]
    fn words_on_several_lines_share_one_outline() {
        let lines = [on_line(0, 400.0, 640.0), on_line(1, 0.0, 640.0), on_line(2, 0.0, 450.0)];
        let outlines = outlines(&lines, 5.0);
        assert_eq!(outlines.len(), 1);
        for rect in lines {
            assert!(holds(&outlines[0], rect.center()), "{rect:?}");
        }
        assert!(holds(&outlines[0], pos2(420.0, 29.0)), "nothing lies between two lines");
        assert!(!holds(&outlines[0], pos2(200.0, 14.0)));
        assert!(!holds(&outlines[0], pos2(600.0, 75.0)));
    }

    #[test]
    fn words_that_do_not_touch_have_an_outline_each() {
        assert_eq!(outlines(&[on_line(0, 500.0, 640.0), on_line(1, 0.0, 200.0)], 5.0).len(), 2);
        assert_eq!(outlines(&[on_line(0, 0.0, 100.0), on_line(2, 0.0, 100.0)], 5.0).len(), 2);
        // Two pieces of a line that changes direction, and the next line below both.
        assert_eq!(outlines(&[on_line(0, 0.0, 100.0), on_line(0, 300.0, 400.0), on_line(1, 0.0, 90.0)], 5.0).len(), 2);
    }

    #[test]
    fn lines_of_one_width_make_a_plain_box() {
        let mut stack = [on_line(0, 0.0, 640.0), on_line(1, 0.2, 640.2), on_line(2, 0.0, 640.0)];
        assert_eq!(corners(&mut stack).len(), 4);
    }

    #[test]
    fn corners_are_rounded_no_further_than_their_edges_reach() {
        let outline = &outlines(&[on_line(0, 0.0, 6.0)], 5.0)[0];
        assert!(outline.iter().all(|point| point.x >= 0.0 && point.x <= 6.0 && point.y >= 0.0 && point.y <= 28.0));
        assert!(outline.contains(&pos2(3.0, 0.0)), "{outline:?}");
    }
}
