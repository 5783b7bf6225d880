//! The marks in view: what they cover on the page, which of them lie under a point, and how they are drawn.

use egui::{Color32, Pos2, Rect, pos2};

use super::gesture::Edge;
use super::lanes;
use super::outline::outlines;
use super::rects::InView;
use super::source::{Emphasis, Handles, Mark, Owner, PageSource};
use super::style::PageStyle;
use crate::{text::ByteRange, ui::typeset::Canvas};

/// How far beyond the view marks are asked for, so that lanes do not depend on where the page is scrolled to.
const MARGIN: usize = 4096;

/// The marks in view, outer ones before those they hold, each with its lane.
#[derive(Default)]
pub(super) struct VisibleMarks {
    /// Outer ones before those that lie in them, as [`assign`](super::lanes::assign) sorts them.
    pub marks: Vec<Mark>,
    /// Of each mark, in the same order: see [`lanes`].
    lanes: Vec<u8>,
    /// Every rectangle of every mark in view, on the page in pixels.
    pub boxes: Vec<MarkBox>,
}

/// What one fragment of a mark covers on one line.
#[derive(Clone, Copy, Debug)]
pub(super) struct MarkBox {
    /// Its index in [`VisibleMarks::marks`].
    pub mark: usize,
    /// Which fragment of the mark, from 0.
    pub fragment: usize,
    /// As tall as the line.
    pub rect: Rect,
    /// Of its line, in pixels from the upper edge of the page.
    pub baseline: f32,
}

/// A grip at an end of a fragment of a picked mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Grip {
    /// The mark’s own, as its source gave it.
    pub id: u64,
    /// Which of its fragments, counted from 0 in the order of the text.
    pub fragment: usize,
    /// Which end of the fragment.
    pub edge: Edge,
    /// Its middle, on the page in pixels: on the edge of the outline, half-way down the line that the end is on.
    pub at: Pos2,
    /// The end itself, on the same height.
    pub end: Pos2,
    /// The end in the text, in bytes.
    pub offset: usize,
}

impl VisibleMarks {
    /// Asks for the marks of the text in view, and a little around it.
    pub fn collect(&mut self, source: &dyn PageSource, seen: ByteRange) {
        self.marks.clear();
        let wide = ByteRange::new(seen.start().saturating_sub(MARGIN), (seen.end() + MARGIN).min(source.text().len()));
        source.marks_in(wide, &mut self.marks);
        self.lanes = lanes::assign(&mut self.marks);
    }

    /// Finds the rectangles of all marks in the rows in view.
    pub fn place(&mut self, view: InView<'_>) {
        self.boxes.clear();
        for (mark, m) in self.marks.iter().enumerate() {
            for (fragment, range) in m.fragments.iter().enumerate() {
                view.each_rect(range, |rect, baseline| {
                    self.boxes.push(MarkBox { mark, fragment, rect, baseline });
                });
            }
        }
    }

    /// Marks over a character, innermost (fewest bytes covered) first; of those that cover as much the newest.
    pub fn stack_at(&self, offset: usize) -> Vec<u64> {
        let over = self.marks.iter().filter(|m| m.fragments.contains(offset));
        let mut stack: Vec<_> = over.map(|m| (m.fragments.covered_len(), std::cmp::Reverse(m.id))).collect();
        stack.sort_unstable();
        stack.into_iter().map(|(_, id)| id.0).collect()
    }

    /// The fill behind the words, of one's own marks.
    pub fn paint_tints(&self, canvas: &mut Canvas<'_>, style: &PageStyle, scale: f32) {
        for b in &self.boxes {
            let mark = &self.marks[b.mark];
            if mark.owner == Owner::Foreign {
                continue;
            }
            let tint =
                if mark.emphasis == Emphasis::Member { mark.line.gamma_multiply(style.member) } else { mark.tint };
            canvas.fill(tint_rect(b, style, scale), strength(mark, style, tint));
        }
    }

    /// The lines under the words, in as many lanes as there are; those of others are half as thick.
    pub fn paint_lines(&self, canvas: &mut Canvas<'_>, style: &PageStyle, scale: f32) {
        // Larger letters carry thicker lines, but not as much thicker as they are larger.
        let scaled = scale * style.text_scale.max(1.0).sqrt();
        let width = (style.line_width * scaled).round().max(1.0);
        for b in self.boxes.iter().filter(|b| self.lanes[b.mark] < lanes::MOST) {
            let mark = &self.marks[b.mark];
            let line = self.line_rect(b, style, scale);
            let width = if mark.owner == Owner::Foreign { (width / 2.0).round().max(1.0) } else { width };
            canvas.line(mark.pattern, line.min.x, line.max.x, line.min.y, width, strength(mark, style, mark.line));
        }
    }

    /// Where the line under a box runs, in its lane.
    pub fn line_rect(&self, b: &MarkBox, style: &PageStyle, scale: f32) -> Rect {
        let scaled = scale * style.text_scale.max(1.0).sqrt();
        let tint = tint_rect(b, style, scale);
        let top = tint.max.y + (f32::from(self.lanes[b.mark]) * style.lane_step * scaled).round();
        let bottom = top + (style.line_width * scaled).round().max(1.0);
        Rect::from_min_max(pos2(tint.min.x, top), pos2(tint.max.x, bottom))
    }

    /// Where more marks lie on each other than there are lanes: what those without one cover on a line, and how
    /// many they are.
    pub fn crowds(&self, style: &PageStyle, scale: f32) -> Vec<(Rect, usize)> {
        let mut crowds: Vec<(Rect, usize)> = Vec::new();
        for b in self.boxes.iter().filter(|b| self.lanes[b.mark] >= lanes::MOST) {
            let rect = tint_rect(b, style, scale);
            match crowds.iter_mut().find(|(crowd, _)| crowd.intersects(rect)) {
                Some((crowd, count)) => (*crowd, *count) = (crowd.union(rect), *count + 1),
                None => crowds.push((rect, 1)),
            }
        }
        crowds
    }

    /// Outlines of marks that are picked or pointed at: closed polygons, one for all lines of a fragment, with their width;
    /// on the page in pixels.
    pub fn outlines(&self, style: &PageStyle, scale: f32, mut each: impl FnMut(Vec<Pos2>, f32, Color32)) {
        for boxes in self.boxes.chunk_by(|a, b| (a.mark, a.fragment) == (b.mark, b.fragment)) {
            let mark = &self.marks[boxes[0].mark];
            let width = match mark.emphasis {
                Emphasis::Picked => style.outline_width,
                Emphasis::Hovered => style.outline_width / 2.0,
                Emphasis::Member | Emphasis::Plain | Emphasis::Dimmed => continue,
            };
            let rects: Vec<Rect> = boxes.iter().map(|b| outline_rect(b, style, scale)).collect();
            for outline in outlines(&rects, style.outline_radius * scale) {
                each(outline, width, mark.line);
            }
        }
    }

    /// The grips of marks that show them; `end_at` finds where an end of a fragment stands on its baseline, where that
    /// is in view.
    pub fn grips(&self, style: &PageStyle, scale: f32, end_at: impl Fn(usize, Edge) -> Option<Pos2>) -> Vec<Grip> {
        let mut grips = Vec::new();
        for (index, mark) in self.marks.iter().enumerate().filter(|(_, m)| m.handles == Handles::Shown) {
            for (fragment, range) in mark.fragments.iter().enumerate() {
                for (edge, offset) in [(Edge::Start, range.start()), (Edge::End, range.end())] {
                    let Some(end) = end_at(offset, edge) else { continue };
                    let boxes = self.boxes_of(index).filter(|b| b.fragment == fragment);
                    let Some(edge_at) = nearest_edge(boxes, end, style, scale) else { continue };
                    grips.push(Grip { id: mark.id, fragment, edge, at: edge_at, end: pos2(end.x, edge_at.y), offset });
                }
            }
        }
        grips
    }

    /// The rectangles of one mark, by its index.
    pub fn boxes_of(&self, mark: usize) -> impl Iterator<Item = &MarkBox> {
        self.boxes.iter().filter(move |b| b.mark == mark)
    }
}

/// What the outline of a mark goes around on a line: the words with the line under them, and a little room on each side.
fn outline_rect(b: &MarkBox, style: &PageStyle, scale: f32) -> Rect {
    let mut rect = tint_rect(b, style, scale);
    rect.max.y += (style.line_width * scale).round();
    rect.expand((style.outline_gap * scale).round())
}

/// The middle of that edge of the outline which stands nearest to an end of a fragment: words that run from right to left
/// begin at a right one.
fn nearest_edge<'a>(
    boxes: impl Iterator<Item = &'a MarkBox>,
    end: Pos2,
    style: &PageStyle,
    scale: f32,
) -> Option<Pos2> {
    let on_line = boxes.filter(|b| (b.baseline - end.y).abs() < 1.0).map(|b| outline_rect(b, style, scale));
    let edges = on_line.flat_map(|rect| [rect.left_center(), rect.right_center()]);
    edges.min_by(|a, b| (a.x - end.x).abs().total_cmp(&(b.x - end.x).abs()))
}

/// The words of a line with the pixel to the right left out, so that neighbours can be told apart.
pub(super) fn tint_rect(b: &MarkBox, style: &PageStyle, scale: f32) -> Rect {
    words_rect(b.rect, b.baseline, style, scale)
}

/// The same of words on a line, given by a rectangle as tall as the line.
pub(super) fn words_rect(rect: Rect, baseline: f32, style: &PageStyle, scale: f32) -> Rect {
    let scale = scale * style.text_scale;
    let (left, right) = (rect.min.x.round(), rect.max.x.round() - 1.0);
    let top = baseline - (style.tint_above * scale).round();
    let bottom = baseline + (style.tint_below * scale).round();
    Rect::from_min_max(pos2(left, top), pos2(right.max(left + 1.0), bottom))
}

/// A mark's colour as its emphasis and owner let it be.
fn strength(mark: &Mark, style: &PageStyle, colour: Color32) -> Color32 {
    match (mark.emphasis, mark.owner) {
        (Emphasis::Dimmed, _) => colour.gamma_multiply(style.dimmed),
        (Emphasis::Plain, Owner::Foreign) => colour.gamma_multiply(style.dimmed.sqrt()),
        _ => colour,
    }
}
