//! Relations between two places: a thin curve in the margin where both are in view, and a chip at the edge of the view
//! for an end that is not.
//!
//! A text may have thousands of links: of those with no end in view nothing is kept, and nothing is laid out for them.

use egui::epaint::CubicBezierShape;
use egui::{Align2, Color32, Painter, Pos2, Rect, Stroke, Ui, pos2, vec2};

use super::chips::{FarEnd, FarSide, chips_ui};
use super::frame::Frame;
use super::gesture::{Gesture, LinkEnd};
use super::margin::{GAP, Margin};
use super::source::{Link, LinkTo};
use super::state::PageState;
use crate::{text::ByteRange, ui::typeset::words};

/// From one curve in the margin to the next, in points.
const CURVE_STEP: f32 = 7.0;
/// How far the first curve of two neighbouring lines reaches into the margin, in points; and how much further each
/// point makes it that lies between the lines.
const CURVE_REACH: (f32, f32) = (14.0, 0.06);
/// The pointer is on a curve within so many points.
const NEAR: f32 = 6.0;

/// Where an end of a link is.
#[derive(Clone, Copy, Debug)]
enum End {
    /// Somewhere on the screen: a curve can reach it.
    InView(Seen),
    /// Out of view: a chip stands for it.
    Far(FarSide),
}

/// An end in view.
#[derive(Clone, Copy, Debug)]
struct Seen {
    /// Its words on its first line in view, on the page in pixels.
    rect: Rect,
    /// Whether its paragraph goes from right to left: then its margin is the left one.
    rtl: bool,
}

/// A link both ends of which are in view.
struct Curve<'a> {
    /// What is drawn: colour and label.
    link: &'a Link,
    /// Where its two ends are on the screen.
    from: Seen,
    to: Seen,
    /// How many curves lie inside this one.
    inside: usize,
    /// How many lie outside it, itself included: together they share the margin.
    outside: usize,
}

/// Draws the links, and tells when a chip was clicked.
pub(super) fn links_ui(
    ui: &Ui,
    painter: &Painter,
    state: &mut PageState,
    frame: &Frame<'_>,
    gestures: &mut Vec<Gesture>,
) {
    let first = frame.page.links.first().map(|link| link.from);
    state.open_chips.take_if(|from| Some(*from) != first);
    let (mut curves, far) = sorted(state, frame);
    let count = curves.len();
    let mut labels = Vec::new();
    let pointer = ui.input(|i| i.pointer.latest_pos()).filter(|at| frame.measures.rect.contains(*at));
    for (nth, curve) in curves.iter_mut().enumerate() {
        (curve.inside, curve.outside) = (nth, count - nth);
        curve.paint(painter, frame, pointer, &mut labels);
    }
    chips_ui(ui, painter, state, frame, far, gestures);
}

/// What is drawn as a curve and what as a chip. Of a link that has no end in view nothing is.
fn sorted<'a>(state: &PageState, frame: &Frame<'a>) -> (Vec<Curve<'a>>, Vec<FarEnd<'a>>) {
    let view = rows_in_view(state);
    let (mut curves, mut far) = (Vec::new(), Vec::new());
    // Many links may begin at one place.
    let mut begins: Option<(ByteRange, End)> = None;
    for (index, link) in frame.page.links.iter().enumerate() {
        let known = begins.filter(|(range, _)| *range == link.from).map(|(_, end)| end);
        let from = known.unwrap_or_else(|| end_of(state, frame, view, link.from));
        begins = Some((link.from, from));
        let to = match &link.to {
            LinkTo::Place(range) => end_of(state, frame, view, *range),
            LinkTo::Elsewhere(_) => End::Far(FarSide::Elsewhere),
        };
        match (from, to) {
            (End::InView(from), End::InView(to)) => curves.push(Curve { link, from, to, inside: 0, outside: 0 }),
            (End::InView(near), End::Far(side)) => {
                far.push(FarEnd { index, link, end: LinkEnd::To, side, rtl: near.rtl });
            }
            (End::Far(side), End::InView(near)) => {
                far.push(FarEnd { index, link, end: LinkEnd::From, side, rtl: near.rtl });
            }
            (End::Far(_), End::Far(_)) => {}
        }
    }
    (curves, far)
}

/// The text of the rows in view, as a whole.
fn rows_in_view(state: &PageState) -> ByteRange {
    let mut rows = state.rows.iter().filter(|row| row.row > 0).map(|row| state.flow.blocks().get(row.row - 1).range());
    let first = rows.next().unwrap_or_default();
    rows.next_back().map_or(first, |last| first.cover(last))
}

/// Where an end is. `view` is the text of the rows in view: an end in it may still be on a line above or below the view.
fn end_of(state: &PageState, frame: &Frame<'_>, view: ByteRange, range: ByteRange) -> End {
    // Most ends of many links are far away, and nothing more is asked of these.
    if range.end() <= view.start() {
        return End::Far(FarSide::Above);
    }
    if range.start() >= view.end() {
        return End::Far(FarSide::Below);
    }
    let mut seen: Option<Rect> = None;
    state.in_view(&frame.measures).each_rect(range, |rect, _| {
        seen = Some(match seen {
            Some(first) if first.min.y == rect.min.y => first.union(rect),
            Some(first) => first,
            None => rect,
        });
    });
    let row = state.flow.row_of(range.start());
    if let Some(rect) = seen {
        return End::InView(Seen { rect, rtl: state.flow.laid_out(row).is_some_and(|shaped| shaped.rtl) });
    }
    let is_above = match state.rows.iter().find(|seen| seen.row == row) {
        Some(seen) => seen.top < 0.0,
        None => row < state.flow.anchor.row,
    };
    End::Far(if is_above { FarSide::Above } else { FarSide::Below })
}

impl Curve<'_> {
    /// Below both lines to the margin, and there from one to the other, with a dot at the end that is led to. Between
    /// words of one line it is a stroke below them. What the end is to the other is said while the pointer is on it.
    fn paint(&self, painter: &Painter, frame: &Frame<'_>, pointer: Option<Pos2>, labels: &mut Vec<Rect>) {
        let (style, colour) = (frame.page.style, self.link.colour);
        let (from, to) = (frame.measures.to_window(self.from.rect), frame.measures.to_window(self.to.rect));
        let stroke = Stroke::new(style.outline_width * 0.75, colour);
        let dot = |at: Pos2| painter.circle_filled(at, style.handle_radius * 0.6, colour);
        if from.min.y == to.min.y {
            let (left, right) = if from.min.x < to.min.x { (from, to) } else { (to, from) };
            painter.hline(left.max.x..=right.min.x, from.max.y, stroke);
            dot(if from.min.x < to.min.x { to.left_bottom() } else { to.right_bottom() });
            return;
        }
        let margin = Margin::of(frame, self.from.rtl);
        let near = |rect: Rect| if self.from.rtl { rect.left_bottom() } else { rect.right_bottom() };
        let [start, end] = [from, to].map(|rect| pos2(margin.inner, rect.max.y));
        painter.line_segment([near(from), start], stroke);
        painter.line_segment([near(to), end], stroke);
        dot(near(to));
        let (least, by_distance) = CURVE_REACH;
        let reach = least + (start.y - end.y).abs() * by_distance + CURVE_STEP * self.inside as f32;
        let reach = reach.min(margin.room());
        // The curve comes three quarters as far as its control points lie.
        let control = vec2(margin.out * reach * 4.0 / 3.0, 0.0);
        let points = [start, start + control, end + control, end];
        let curve = CubicBezierShape::from_points_stroke(points, false, Color32::TRANSPARENT, stroke);
        let lines = [[near(from), start], [near(to), end]];
        if pointer.is_some_and(|at| from.contains(at) || to.contains(at) || is_on(at, &lines, &curve)) {
            self.paint_label(painter, frame, margin, (start, end, reach), labels);
        }
        painter.add(curve);
    }

    /// Beyond the curves that still come, so that none of them crosses the words; where the margin is too narrow for
    /// that, below. It keeps off the labels that are there already.
    fn paint_label(
        &self,
        painter: &Painter,
        frame: &Frame<'_>,
        margin: Margin,
        (start, end, reach): (Pos2, Pos2, f32),
        labels: &mut Vec<Rect>,
    ) {
        let font = frame.page.style.number_font.clone();
        let label = words::elided(painter, &self.link.label, font, self.link.colour, margin.width() + GAP);
        let beyond = reach + CURVE_STEP * self.outside as f32;
        let (at, align) = if beyond + label.size().x < margin.width() - 4.0 {
            let at = pos2(margin.inner + margin.out * beyond, (start.y + end.y) / 2.0);
            (at, [Align2::LEFT_CENTER, Align2::RIGHT_CENTER])
        } else {
            (pos2(margin.outer, start.y.max(end.y)), [Align2::RIGHT_TOP, Align2::LEFT_TOP])
        };
        let place = below_all(align[usize::from(self.from.rtl)].anchor_size(at, label.size()), labels);
        painter.rect_filled(place.expand(2.0), 3.0, frame.page.style.paper);
        label.paint(painter, place.min);
        labels.push(place);
    }
}

/// Whether a point is on one of the straight lines or on the curve, or nearly so.
fn is_on(at: Pos2, lines: &[[Pos2; 2]], curve: &CubicBezierShape) -> bool {
    let on_line = |[a, b]: &[Pos2; 2]| Rect::from_two_pos(*a, *b).expand(NEAR).contains(at);
    let on_curve = || (0..=24).any(|step| curve.sample(step as f32 / 24.0).distance(at) < 2.0 * NEAR);
    lines.iter().any(on_line) || on_curve()
}

/// The place, or the next one below it that is clear of all others.
fn below_all(mut place: Rect, others: &[Rect]) -> Rect {
    while let Some(other) = others.iter().find(|other| other.shrink(0.5).intersects(place)) {
        place = place.translate(vec2(0.0, other.max.y - place.min.y));
    }
    place
}
