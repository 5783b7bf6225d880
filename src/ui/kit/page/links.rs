//! Relations between two places: a thin curve in the margin, and a card at the edge for an end that is out of view.

use egui::epaint::CubicBezierShape;
use egui::{Align2, Color32, Painter, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::Page;
use super::canvas::Canvas;
use super::engine::PageEngine;
use super::flow::Flow;
use super::frame::Measures;
use super::marks::each_rect;
use super::shaped::Shaped;
use super::source::{Gesture, Link};
use super::state::PageState;
use crate::text::ByteRange;

/// Cards at one edge; more would hide the text.
const MOST_CARDS: usize = 3;
/// Of a sentence on a card, in bytes: it shows one line.
const LONGEST_WORDS: usize = 240;
/// Text on a card, against that of the body.
const CARD_TEXT: f32 = 0.85;
/// Between the column and a curve, in points.
const CURVE_GAP: f32 = 8.0;
const CARD_PADDING: f32 = 10.0;
/// From one curve in the margin to the next, in points.
const STEP: f32 = 7.0;
/// Room for the arrow before a card's label, in points.
const ARROW: f32 = 14.0;

/// Where an end of a link is.
#[derive(Clone, Copy, Debug)]
enum End {
    Above,
    /// Its words on its first line in view, on the page in pixels.
    Seen(Rect),
    Below,
}

/// An edge of the page and how many cards it has.
struct Edges {
    above: usize,
    below: usize,
}

/// Draws the links, and tells when a card was clicked.
pub(super) fn links_ui(
    ui: &Ui,
    painter: &Painter,
    engine: &mut PageEngine,
    state: &PageState,
    page: &Page<'_>,
    measures: &Measures,
    gestures: &mut Vec<Gesture>,
) {
    let mut edges = Edges { above: 0, below: 0 };
    for (i, link) in page.links.iter().enumerate() {
        match (end_of(state, measures, link.from), end_of(state, measures, link.to)) {
            (End::Seen(from), End::Seen(to)) => paint_curve(painter, page, measures, link, i, from, to),
            (End::Seen(_), far) => {
                card_ui(ui, painter, engine, page, measures, (i, link.to, far), &mut edges, gestures);
            }
            (far, End::Seen(_)) => {
                card_ui(ui, painter, engine, page, measures, (i, link.from, far), &mut edges, gestures);
            }
            _ => {}
        }
    }
}

fn end_of(state: &PageState, measures: &Measures, range: ByteRange) -> End {
    let mut seen: Option<Rect> = None;
    each_rect(&state.flow, &state.rows, measures.view, measures.column_x, range, |rect, _| {
        seen = Some(match seen {
            Some(first) if first.min.y == rect.min.y => first.union(rect),
            Some(first) => first,
            None => rect,
        });
    });
    match seen {
        Some(rect) => End::Seen(rect),
        None if starts_above(&state.flow, state, range) => End::Above,
        None => End::Below,
    }
}

fn starts_above(flow: &Flow, state: &PageState, range: ByteRange) -> bool {
    let row = flow.row_of(range.start());
    match state.rows.iter().find(|seen| seen.row == row) {
        Some(seen) => seen.top < 0.0,
        None => row < flow.anchor.row,
    }
}

/// Below both lines to the margin, and there from one to the other.
fn paint_curve(
    painter: &Painter,
    page: &Page<'_>,
    measures: &Measures,
    link: &Link,
    index: usize,
    from: Rect,
    to: Rect,
) {
    let (from, to) = (measures.to_window(from), measures.to_window(to));
    let stroke = Stroke::new(page.style.outline_width * 0.75, link.colour);
    let column =
        measures.to_window(Rect::from_min_size(pos2(measures.column_x, 0.0), vec2(measures.column, measures.view)));
    let dot = |at: Pos2| painter.circle_filled(at, page.style.handle_radius * 0.6, link.colour);
    if from.min.y == to.min.y {
        let (left, right) = if from.min.x < to.min.x { (from, to) } else { (to, from) };
        painter.hline(left.max.x..=right.min.x, from.max.y, stroke);
        dot(if from.min.x < to.min.x { to.left_bottom() } else { to.right_bottom() });
        return;
    }
    let edge = column.right() + CURVE_GAP;
    painter.hline(from.max.x..=edge, from.max.y, stroke);
    painter.hline(to.max.x..=edge, to.max.y, stroke);
    dot(to.right_bottom());
    let room = (measures.rect.right() - page.style.scrollbar_width - edge - 4.0).max(4.0);
    let bulge = (14.0 + (from.max.y - to.max.y).abs() * 0.06 + STEP * index as f32).min(room);
    let (start, end) = (pos2(edge, from.max.y), pos2(edge, to.max.y));
    let reach = vec2(bulge * 4.0 / 3.0, 0.0);
    let points = [start, start + reach, end + reach, end];
    painter.add(CubicBezierShape::from_points_stroke(points, false, Color32::TRANSPARENT, stroke));
    // Beyond the curves that still come, so that none of them crosses the words.
    let beside = bulge + STEP * (page.links.len() - index) as f32;
    let at = pos2(edge + beside, (start.y + end.y) / 2.0);
    let galley = painter.layout_no_wrap(link.label.to_string(), page.style.number_font.clone(), link.colour);
    if galley.size().x + beside < room {
        painter.galley(Align2::LEFT_CENTER.anchor_size(at, galley.size()).min, galley, link.colour);
    }
}

/// The sentence of an end that is out of view, at the edge it lies beyond.
#[expect(clippy::too_many_arguments, reason = "a widget is drawn from all that a frame has")]
fn card_ui(
    ui: &Ui,
    painter: &Painter,
    engine: &mut PageEngine,
    page: &Page<'_>,
    measures: &Measures,
    (index, to, end): (usize, ByteRange, End),
    edges: &mut Edges,
    gestures: &mut Vec<Gesture>,
) {
    let style = page.style;
    let text = page.source.text();
    let sentence = page.source.sentence_at(to.start()).slice(text).unwrap_or_default();
    let words = &sentence[..sentence.floor_char_boundary(LONGEST_WORDS)];
    let mut setting = measures.metrics(style, page.language).body;
    setting.size *= CARD_TEXT;
    setting.line_height = (setting.line_height * CARD_TEXT).round();
    let padding = CARD_PADDING * measures.scale;
    let label = &page.links[index].label;
    let colour = page.links[index].colour;
    let galley = painter.layout_no_wrap(label.to_string(), style.card_font.clone(), colour);
    let label_width = (galley.size().x + ARROW + CARD_PADDING) * measures.scale;
    let room = measures.column - label_width - 2.0 * padding;
    let mut shaped = Shaped::new(engine, words, &setting, room.max(setting.size * 4.0));
    shaped.ready_quads(&mut engine.atlas);

    let height = setting.line_height + padding;
    let nth = match end {
        End::Above => &mut edges.above,
        _ => &mut edges.below,
    };
    if *nth >= MOST_CARDS {
        return;
    }
    let offset = *nth as f32 * (height + 0.5 * padding) + padding;
    *nth += 1;
    let top = if matches!(end, End::Above) { offset } else { measures.view - offset - height };
    let card = Rect::from_min_size(pos2(measures.column_x, top.round()), vec2(measures.column, height));
    let rect = measures.to_window(card);

    let response = ui.interact(rect, ui.unique_id().with(("link card", index)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{label}: {words}")));
    if response.clicked() {
        gestures.push(Gesture::FollowLink { link: index, to });
    }
    let width =
        if response.hovered() || response.has_focus() { style.outline_width } else { style.outline_width / 2.0 };
    painter.rect(rect, style.outline_radius, style.paper, Stroke::new(width, colour), StrokeKind::Inside);
    let galley_top = rect.center().y - galley.size().y / 2.0;
    paint_arrow(painter, pos2(rect.left() + CARD_PADDING, rect.center().y), end, colour);
    painter.galley(pos2(rect.left() + CARD_PADDING + ARROW, galley_top), galley, colour);
    let mut canvas = Canvas::new(&mut engine.atlas, measures.origin, measures.scale);
    let first = shaped.quads(0..shaped.lines.len().min(1));
    canvas.glyphs(
        first,
        card.min.to_vec2() + vec2((padding + label_width).round(), (padding / 2.0).round()),
        style.ink,
    );
    painter.add(canvas.finish(painter.ctx()));
}

/// Points to where the end lies, its middle on the left at a point.
fn paint_arrow(painter: &Painter, at: Pos2, end: End, colour: Color32) {
    let tip = if matches!(end, End::Above) { -4.0 } else { 4.0 };
    let points = vec![at + vec2(0.0, -tip / 2.0), at + vec2(8.0, -tip / 2.0), at + vec2(4.0, tip)];
    painter.add(egui::Shape::convex_polygon(points, colour, Stroke::NONE));
}
