//! Draws a page: tints, selection and lines as one mesh, outlines and knobs, the words as another mesh above them, then
//! paragraph numbers and the letters on marks. It decides nothing; where everything stands was found before.

use egui::{Align2, Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, pos2, vec2};

use super::focus::CaretLight;
use super::frame::Measures;
use super::gesture::TextSelection;
use super::lanes;
use super::marks::{MarkBox, tint_rect, words_rect};
use super::outline::outlines;
use super::source::Strength;
use super::state::PageState;
use super::style::{Numbers, PageStyle};
use crate::ui::typeset::{Affinity, Canvas, Caret, Engine};

/// What is drawn in a frame besides the state.
pub(super) struct Painting<'a> {
    /// Clipped to the page.
    pub painter: &'a Painter,
    /// Where the page is, and its scale.
    pub measures: &'a Measures,
    /// Colours and sizes.
    pub style: &'a PageStyle,
    /// What is selected, in bytes; its head is where the caret stands.
    pub selection: TextSelection,
    /// Whether the caret is seen in this frame.
    pub caret: CaretLight,
    pub numbers: Numbers,
}

/// Draws what was laid out in this frame, from back to front.
pub(super) fn paint(engine: &mut Engine, state: &mut PageState, painting: &Painting<'_>) {
    let Painting { painter, measures, style, .. } = *painting;
    painter.rect_filled(measures.rect, 0.0, style.paper);
    ready_glyphs(engine, state);
    let text_scale = measures.scale * style.text_scale;
    let mut behind = Canvas::new(&mut engine.atlas, measures.origin, measures.scale);
    state.marks.paint_tints(&mut behind, style, measures.scale);
    let pointed_out = paint_highlights(&mut behind, state, painting);
    paint_selection(&mut behind, state, painting);
    state.marks.paint_lines(&mut behind, style, measures.scale);
    painter.add(behind.finish(painter.ctx()));
    for outline in pointed_out.in_hand {
        painter.add(Shape::closed_line(outline, Stroke::new(style.outline_width, style.focus_ring)));
    }
    // No outline or knob cuts a letter, of the mark's own words or of those beside it.
    paint_outlines(state, painting);
    paint_grips(state, painting);
    let mut letters = Canvas::new(&mut engine.atlas, measures.origin, measures.scale);
    paint_words(&mut letters, state, measures, style);
    paint_caret(&mut letters, state, painting);
    painter.add(letters.finish(painter.ctx()));
    for rect in pointed_out.current {
        painter.rect_stroke(rect, 2.0, Stroke::new(1.0, style.ink), StrokeKind::Outside);
    }
    if painting.numbers == Numbers::Shown {
        paint_numbers(state, painting);
    }
    paint_crowds(state, painting);
    paint_initials(state, painting);
    paint_hints(state, painting, text_scale);
}

/// Finds the glyphs of all rows in view in the atlas, before a canvas takes it.
fn ready_glyphs(engine: &mut Engine, state: &mut PageState) {
    let atlas = &mut engine.atlas;
    for row in &state.rows {
        match row.row {
            0 => state.flow.heading().lines.iter_mut().for_each(|line| line.shaped.ready_quads(atlas)),
            row => {
                if let Some(shaped) = state.flow.laid_out_mut(row) {
                    shaped.ready_quads(atlas);
                }
            }
        }
    }
}

/// The words of the heading and of all lines in view.
fn paint_words(canvas: &mut Canvas<'_>, state: &mut PageState, measures: &Measures, style: &PageStyle) {
    for row in &state.rows {
        let at = vec2(measures.column_x, row.top.round());
        if row.row == 0 {
            for (i, line) in state.flow.heading().lines.iter().enumerate() {
                let ink = if i == 0 { style.ink } else { style.soft_ink };
                canvas.glyphs(line.shaped.quads(0..line.shaped.lines.len()), at + line.at.round(), ink);
            }
        } else if let Some(shaped) = state.flow.laid_out(row.row) {
            let seen = shaped.lines_between(-row.top, measures.view - row.top);
            canvas.glyphs(shaped.quads(seen), at, style.ink);
        }
    }
}

/// What of the words that are pointed out is outlined, in points of the window.
#[derive(Default)]
struct PointedOut {
    /// The hit that is looked at, a rectangle for each of its lines.
    current: Vec<Rect>,
    /// What is looked at on several pages, a polygon for all lines that stand together.
    in_hand: Vec<Vec<Pos2>>,
}

/// The ground behind words that are pointed out.
fn paint_highlights(canvas: &mut Canvas<'_>, state: &PageState, painting: &Painting<'_>) -> PointedOut {
    let Painting { measures, style, .. } = *painting;
    let mut found = PointedOut::default();
    for highlight in &state.highlights {
        let colour = match highlight.strength {
            Strength::Usual => style.highlight,
            Strength::Current => style.highlight_current,
            Strength::Shared | Strength::InHand => style.shared,
            Strength::Carried => style.carried,
        };
        let mut rects = Vec::new();
        state.in_view(measures).each_rect(highlight.range, |rect, baseline| {
            rects.push(words_rect(rect, baseline, style, measures.scale));
        });
        for rect in &rects {
            canvas.fill(*rect, colour);
        }
        match highlight.strength {
            Strength::Current => found.current.extend(rects.iter().map(|rect| canvas.to_window(*rect))),
            Strength::InHand => {
                let around: Vec<Rect> =
                    rects.iter().map(|rect| canvas.to_window(*rect).expand(style.outline_gap)).collect();
                found.in_hand.extend(outlines(&around, style.outline_radius));
            }
            Strength::Usual | Strength::Shared | Strength::Carried => {}
        }
    }
    found
}

/// The fill behind selected words; its edges stand on whole pixels, so that neighbouring rectangles meet.
fn paint_selection(canvas: &mut Canvas<'_>, state: &PageState, painting: &Painting<'_>) {
    let measures = painting.measures;
    let mut boxes: Vec<Rect> = Vec::new();
    let range = painting.selection.range();
    state.in_view(measures).each_rect(range, |rect, _| boxes.push(rect));
    for rect in boxes {
        let rect = Rect::from_min_max(pos2(rect.min.x.round(), rect.min.y), pos2(rect.max.x.round(), rect.max.y));
        canvas.fill(rect, painting.style.selection);
    }
}

/// A stroke a little less high than its line.
fn paint_caret(canvas: &mut Canvas<'_>, state: &PageState, painting: &Painting<'_>) {
    if painting.caret == CaretLight::Off {
        return;
    }
    let measures = painting.measures;
    let offset = painting.selection.head;
    let Some(line) = state.caret_line(measures, state.caret_of(offset)) else { return };
    let width = (painting.style.caret_width * measures.scale).round().max(1.0);
    let inset = ((line.bottom - line.top) * 0.1).round();
    let left = line.x - (width / 2.0).floor();
    let rect = Rect::from_min_max(pos2(left, line.top + inset), pos2(left + width, line.bottom - inset));
    canvas.fill(rect, painting.style.caret);
}

/// Each paragraph's number before its first line: on the left, or on the right where it is read from the right.
fn paint_numbers(state: &PageState, painting: &Painting<'_>) {
    let Painting { painter, measures, style, .. } = *painting;
    let mut font = style.number_font.clone();
    font.size *= style.text_scale.clamp(0.75, 1.5);
    for row in state.rows.iter().filter(|row| row.row > 0) {
        let block = state.flow.blocks().get(row.row - 1);
        let Some(shaped) = state.flow.laid_out(row.row) else { continue };
        let (true, Some(line)) = (block.opens_paragraph(), shaped.lines.first()) else { continue };
        let gap = style.number_gap * measures.scale;
        let (x, align) = if shaped.rtl {
            (measures.column_x + measures.column + gap, Align2::LEFT_CENTER)
        } else {
            (measures.column_x - gap, Align2::RIGHT_CENTER)
        };
        // The middle of a digit stands on the middle of the small letters' height.
        let y = row.top.round() + line.baseline - style.body_size * style.text_scale * measures.scale * 0.27;
        let at = measures.to_window(Rect::from_min_size(pos2(x, y), Vec2::ZERO)).min;
        painter.text(at, align, block.paragraph, font.clone(), style.soft_ink);
    }
}

/// The lines around marks that are picked or pointed at.
fn paint_outlines(state: &PageState, painting: &Painting<'_>) {
    let Painting { painter, measures, style, .. } = *painting;
    let to_window = |at: Pos2| measures.to_window(Rect::from_min_size(at, Vec2::ZERO)).min;
    state.marks.outlines(style, measures.scale, |outline, width, colour| {
        painter.add(Shape::closed_line(outline.into_iter().map(to_window).collect(), Stroke::new(width, colour)));
    });
}

/// The knobs at the ends of picked marks.
fn paint_grips(state: &PageState, painting: &Painting<'_>) {
    let Painting { painter, measures, style, .. } = *painting;
    for grip in &state.grips {
        let colour = state.marks.marks.iter().find(|m| m.id == grip.id).map_or(style.ink, |m| m.line);
        let knob = measures.to_window(Rect::from_min_size(grip.at, Vec2::ZERO)).min;
        painter.circle(knob, style.handle_radius, style.paper, Stroke::new(style.outline_width, colour));
    }
}

/// How many marks lie here for which no line is left, at the end of the lines.
fn paint_crowds(state: &PageState, painting: &Painting<'_>) {
    let Painting { painter, measures, style, .. } = *painting;
    for (rect, count) in state.marks.crowds(style, measures.scale) {
        let galley = painter.layout_no_wrap(format!("+{count}"), style.initials_font.clone(), style.ink);
        let end = measures.to_window(rect).right_bottom();
        let middle = vec2(1.0, style.lane_step * f32::from(lanes::MOST) / 2.0);
        let place = Align2::LEFT_CENTER.anchor_size(end + middle, galley.size());
        painter.rect_filled(place, 2.0, style.paper);
        painter.galley(place.min, galley, style.ink);
    }
}

/// The initials of marks that begin in view, above their first words; left out where something else is in the way.
fn paint_initials(state: &PageState, painting: &Painting<'_>) {
    let Painting { painter, measures, style, .. } = *painting;
    let mut font = style.initials_font.clone();
    font.size *= style.text_scale.clamp(0.75, 1.5);
    let mut taken: Vec<Rect> = Vec::new();
    for (i, mark) in state.marks.marks.iter().enumerate() {
        let Some(initials) = mark.initials.as_ref().filter(|_| mark.hint.is_none()) else { continue };
        let start = Caret { offset: mark.fragments.first().start(), affinity: Affinity::Downstream };
        let Some(line) = state.caret_line(measures, start) else { continue };
        let on_line = |b: &&MarkBox| (b.baseline - line.baseline).abs() < 1.0;
        let Some(first) = state.marks.boxes_of(i).find(on_line) else { continue };
        if taken.is_empty() {
            let drawn = state.marks.boxes.iter().map(|b| state.marks.line_rect(b, style, measures.scale));
            taken.extend(drawn.map(|rect| measures.to_window(rect)));
        }
        let galley = painter.layout_no_wrap(initials.to_string(), font.clone(), mark.line);
        // Capitals stand between the letters of this line and the lines under the one above.
        let tint = measures.to_window(tint_rect(first, style, measures.scale));
        let middle = tint.top() + style.tint_above * style.text_scale * INITIALS_MIDDLE;
        let height = galley.size().y * CAPITALS;
        let mut place = Rect::from_min_size(pos2(tint.left(), middle - height / 2.0), vec2(galley.size().x, height));
        // Words that run from right to left begin at the right edge.
        if line.x > first.rect.center().x {
            place = place.translate(vec2(tint.width() - place.width(), 0.0));
        }
        while let Some(other) = taken.iter().find(|other| other.intersects(place)) {
            place = place.translate(vec2(other.right() - place.left() + 2.0, 0.0));
        }
        if place.right() <= tint.right() + 1.0 {
            painter.galley(Align2::CENTER_CENTER.anchor_size(place.center(), galley.size()).min, galley, mark.line);
            taken.push(place);
        }
    }
}

/// Where the middle of the initials stands between a tint's top and its baseline: clear of the tallest letters below, and
/// of the first line under the words above.
const INITIALS_MIDDLE: f32 = 0.07;
/// Height of a capital as a share of its line's, which is mostly room above and below it.
const CAPITALS: f32 = 0.5;

/// The letters by which eligible marks are chosen, each at the beginning of its mark.
fn paint_hints(state: &PageState, painting: &Painting<'_>, text_scale: f32) {
    let Painting { painter, measures, style, .. } = *painting;
    let mut taken: Vec<Rect> = Vec::new();
    for (i, mark) in state.marks.marks.iter().enumerate() {
        let Some(hint) = &mark.hint else { continue };
        let Some(first) = state.marks.boxes_of(i).next() else { continue };
        let tint = tint_rect(first, style, measures.scale);
        let at = measures.to_window(Rect::from_min_size(tint.min, vec2(0.0, 2.0 * text_scale))).min;
        badge(painter, style, at, (hint, mark.line), &mut taken);
    }
}

/// A letter or two on a filled box, edged in the mark's colour: its left edge at a point, or beside those that are
/// there.
fn badge(painter: &Painter, style: &PageStyle, at: Pos2, (words, edge): (&str, Color32), taken: &mut Vec<Rect>) {
    let galley = painter.layout_no_wrap(words.to_owned(), style.badge_font.clone(), Color32::PLACEHOLDER);
    let mut rect = Align2::LEFT_CENTER.anchor_size(at, galley.size() + vec2(8.0, 2.0));
    while let Some(other) = taken.iter().find(|other| other.intersects(rect)) {
        rect = rect.translate(vec2(other.right() - rect.left() + 4.0, 0.0));
    }
    taken.push(rect);
    painter.rect(rect, 3.0, style.badge_fill, Stroke::new(1.5, edge), StrokeKind::Outside);
    painter.galley(rect.min + vec2(4.0, 1.0), galley, style.badge_ink);
}
