//! One laid-out piece of text: its lines, where every character stands, and its glyphs as rectangles.
//!
//! All offsets here count from the start of the piece, all lengths are pixels from its upper left corner.

use std::ops::Range;

use egui::{Color32, Rect, pos2};
use parley::{Layout, PositionedLayoutItem};

use super::atlas::{Atlas, SlotContent};
use super::script::most_telling;
use super::shaper::{self, Shaper, TextStyle};

/// A laid-out piece of text: shaped once, and broken into lines as often as the width changes.
pub struct Shaped {
    /// Glyphs and runs, as the shaper gave them.
    layout: Layout<()>,
    /// The width that lines were broken for, whether they fill it or not.
    pub width: f32,
    /// Whether it is read from right to left: lines then begin at the right edge of the width.
    pub rtl: bool,
    /// From top to bottom.
    pub lines: Vec<LineBox>,
    /// Characters as the user sees them (a letter with its accents is one), line after line, and on a line from left to
    /// right.
    pub clusters: Vec<ClusterBox>,
    /// Its glyphs as rectangles, line after line; empty until [`Shaped::ready_quads`].
    quads: Vec<Quad>,
    /// The atlas generation the quads were made for.
    quads_from: u64,
    /// Whether a glyph stands for characters that no font has.
    lacks: bool,
}

/// One line: what of the text it holds (half-open, in bytes), and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct LineBox {
    /// First byte of its text.
    pub start: usize,
    /// One after its last byte; white space and the line end count.
    pub end: usize,
    /// Where the white space at the end of the line begins.
    pub ink_end: usize,
    /// Its edges, from the upper edge of the piece; lines meet without gaps.
    pub top: f32,
    pub bottom: f32,
    /// In whole pixels, so that letters are sharp.
    pub baseline: f32,
    /// Which of [`Shaped::clusters`] are its own.
    pub clusters: Range<usize>,
    /// Which of the piece’s quads are its own.
    quads: Range<usize>,
    /// Whether all runs on it go from left to right, so that positions grow with offsets.
    pub ltr: bool,
}

/// A character as the user sees it: its bytes (half-open), and the room it takes on its line.
///
/// Offsets are 32 bits wide because a page holds many clusters, and a piece is at most some kilobytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClusterBox {
    /// First byte.
    pub start: u32,
    /// One after the last byte.
    pub end: u32,
    /// Its left edge.
    pub x: f32,
    /// Its advance; zero for what is drawn over the character before.
    pub width: f32,
    /// Whether the next one in reading order stands to its left.
    pub rtl: bool,
}

/// A glyph as a rectangle on the screen and one in the texture.
#[derive(Clone, Copy, Debug)]
pub struct Quad {
    /// Where its pixels are painted, from the upper left corner of the piece.
    pub rect: Rect,
    /// In pixels of the texture.
    pub texels: Rect,
    /// Whether it takes the ink’s colour.
    pub content: SlotContent,
}

impl Quad {
    /// What its pixels are multiplied by.
    pub fn colour(&self, ink: Color32) -> Color32 {
        match self.content {
            SlotContent::Mask => ink,
            SlotContent::Colour => Color32::WHITE,
        }
    }
}

impl Shaped {
    /// Shapes a text and breaks it into lines of a width in pixels.
    pub fn new(shaper: &mut Shaper, text: &str, style: &TextStyle, width: f32) -> Self {
        let mut shaped = Self {
            layout: shaper.shape(text, style),
            width: f32::NAN,
            rtl: false,
            lines: Vec::new(),
            clusters: Vec::new(),
            quads: Vec::new(),
            quads_from: 0,
            lacks: false,
        };
        shaped.break_lines(text, width);
        shaped
    }

    /// Breaks the lines anew, without shaping anything again.
    pub fn break_lines(&mut self, text: &str, width: f32) {
        if self.width == width {
            return;
        }
        self.width = width;
        shaper::break_lines(&mut self.layout, width);
        self.rtl = self.layout.is_rtl();
        self.quads_from = 0;
        self.read_lines(text);
    }

    /// Of all lines together.
    pub fn height(&self) -> f32 {
        self.lines.last().map_or(0.0, |line| line.bottom)
    }

    /// The most telling character that no font has, in the words that were laid out. Nobody misses the glyph of a tab.
    pub fn missing(&self, text: &str) -> Option<char> {
        if !self.lacks {
            return None;
        }
        let clusters = self.layout.lines().flat_map(|line| line.runs().collect::<Vec<_>>());
        let clusters = clusters.flat_map(|run| run.visual_clusters().collect::<Vec<_>>());
        let without = clusters.filter(|cluster| cluster.glyphs().any(|glyph| glyph.id == 0));
        let places = without.map(|cluster| cluster.text_range().start);
        let characters = places.filter_map(|at| Some((at, text.get(at..)?.chars().next()?)));
        let missed = characters.filter(|(_, c)| !c.is_control() && !c.is_whitespace());
        most_telling(missed)
    }

    /// Of the longest line, without the spaces at its end.
    pub fn words_width(&self) -> f32 {
        self.layout.width()
    }

    /// Takes the lines and clusters over from the layout, in the shape that drawing and the caret ask for.
    fn read_lines(&mut self, text: &str) {
        self.lines.clear();
        self.clusters.clear();
        for line in self.layout.lines() {
            let metrics = line.metrics();
            let range = line.text_range();
            let first = self.clusters.len();
            let mut x = metrics.offset + metrics.inline_min_coord;
            let mut ltr = true;
            for run in line.runs() {
                ltr &= !run.is_rtl();
                for cluster in run.visual_clusters() {
                    let bytes = cluster.text_range();
                    let width = cluster.advance();
                    let (start, end, rtl) = (bytes.start as u32, bytes.end as u32, run.is_rtl());
                    self.clusters.push(ClusterBox { start, end, x, width, rtl });
                    x += width;
                }
            }
            let words = text.get(range.clone()).unwrap_or_default();
            self.lines.push(LineBox {
                start: range.start,
                end: range.end,
                ink_end: range.start + words.trim_end().len(),
                top: metrics.block_min_coord,
                bottom: metrics.block_max_coord,
                baseline: metrics.baseline.round(),
                clusters: first..self.clusters.len(),
                quads: 0..0,
                ltr,
            });
        }
    }

    /// Looks the glyphs up in the atlas, unless they are known.
    pub fn ready_quads(&mut self, atlas: &mut Atlas) {
        if self.quads_from == atlas.generation() {
            return;
        }
        self.quads.clear();
        self.lacks = false;
        for (line, place) in self.layout.lines().zip(&mut self.lines) {
            let first = self.quads.len();
            for item in line.items() {
                let PositionedLayoutItem::GlyphRun(run) = item else { continue };
                let size = run.run().font_size();
                let coords = run.run().normalized_coords().iter().map(|coord| coord.to_bits());
                let face = Atlas::face(run.run().font(), size, run.run().synthesis(), coords);
                let steps = Atlas::steps(size);
                for glyph in run.positioned_glyphs() {
                    self.lacks |= glyph.id == 0;
                    let snapped = (glyph.x * steps).round() / steps;
                    let whole = snapped.floor();
                    let step = ((snapped - whole) * steps) as u8;
                    let Some(slot) = atlas.glyph(face, run.run(), glyph.id as u16, step) else { continue };
                    let origin = pos2(whole, (glyph.y - run.baseline()).round() + place.baseline);
                    let rect = Rect::from_min_size(origin + slot.offset, slot.texels.size());
                    self.quads.push(Quad { rect, texels: slot.texels, content: slot.content });
                }
            }
            place.quads = first..self.quads.len();
        }
        self.quads_from = atlas.generation();
    }

    /// The glyphs of some lines; [`Shaped::ready_quads`] comes first.
    pub fn quads(&self, lines: Range<usize>) -> &[Quad] {
        let (Some(first), Some(last)) = (self.lines.get(lines.start), self.lines[..lines.end].last()) else {
            return &[];
        };
        &self.quads[first.quads.start..last.quads.end]
    }

    /// The lines that reach into a band between two heights.
    pub fn lines_between(&self, top: f32, bottom: f32) -> Range<usize> {
        let first = self.lines.partition_point(|line| line.bottom <= top);
        let last = self.lines.partition_point(|line| line.top < bottom);
        first..last.max(first)
    }

    /// The clusters of a line, from left to right.
    pub fn clusters_of(&self, line: usize) -> &[ClusterBox] {
        &self.clusters[self.lines[line].clusters.clone()]
    }

    /// Leaves the last line out, if there is another, and says where it began.
    pub fn drop_last_line(&mut self) -> Option<usize> {
        if self.lines.len() < 2 {
            return None;
        }
        let last = self.lines.pop()?;
        self.clusters.truncate(last.clusters.start);
        Some(last.start)
    }

    /// Bytes kept for this piece, roughly: what a bound on the cache counts.
    pub fn cost(&self) -> usize {
        self.layout.text_len() + 64
    }
}
