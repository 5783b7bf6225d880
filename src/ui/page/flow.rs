//! The rows of a page, one below the other: the heading is row 0, block `n` of the text is row `n + 1`.
//!
//! Only rows that are looked at are laid out and kept; the others have estimated heights. Lengths are pixels.

use std::collections::BTreeMap;

use egui::{Vec2, vec2};
use rustc_hash::FxHashMap;

use super::blocks::Blocks;
use super::heights::Heights;
use super::input::Heading;
use super::source::PageSource;
use crate::ui::typeset::{Shaped, Shaper, TextStyle};

/// Laid-out pieces are kept up to this many bytes of text, and more only where more is in view: some views up and down,
/// so that scrolling back shapes nothing again.
const KEPT: usize = 24 * 1024;

/// So many texts keep their place; then all are forgotten.
const MOST_LEFT: usize = 4096;

/// Everything that the layout depends on besides the words.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Metrics {
    /// Of the column.
    pub width: f32,
    /// The text’s own style, and those of the two lines of the heading.
    pub body: TextStyle,
    pub title: TextStyle,
    pub byline: TextStyle,
    /// Above the heading.
    pub padding_top: f32,
    pub padding_bottom: f32,
    /// Between the byline and the text.
    pub heading_gap: f32,
    /// Between two paragraphs; none between the pieces of one.
    pub paragraph_gap: f32,
}

/// The rows of a page and where it is scrolled to.
#[derive(Default)]
pub(super) struct Flow {
    /// The version that the blocks were cut from; `None` before the first frame.
    text_version: Option<u64>,
    /// Where texts stood that were shown before, by their versions.
    left: BTreeMap<u64, Anchor>,
    /// What everything was laid out with; a change forgets the layout.
    metrics: Option<Metrics>,
    /// The text in pieces, one for each row but the heading.
    blocks: Blocks,
    /// The height of every row, measured or estimated.
    pub(super) heights: Heights,
    /// Row 0.
    heading: HeadingBox,
    /// The laid-out rows by their number.
    kept: FxHashMap<usize, Kept>,
    /// Their costs together, see [`Shaped::cost`].
    kept_cost: usize,
    /// Counts frames, to tell which rows were not looked at for longest.
    clock: u64,
    /// Where the view is.
    pub(super) anchor: Anchor,
}

/// Where the page is scrolled to: the row at the top of the view, and how much of it is above, in pixels. As it names a
/// row and not a distance from the top of everything, heights that are corrected elsewhere move nothing that is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Anchor {
    /// The row at the upper edge of the view.
    pub row: usize,
    /// From the top of that row down to the upper edge of the view; [`Flow::settle`] brings it back into the row.
    pub offset: f32,
}

/// Row 0: title and byline.
#[derive(Default)]
pub(super) struct HeadingBox {
    /// What they were laid out from.
    words: [String; 2],
    /// Title and byline, each perhaps on several lines; blank ones are left out.
    pub lines: Vec<HeadingLine>,
    /// With the gap below it.
    height: f32,
}

/// The title, or the byline, and its upper left corner.
pub(super) struct HeadingLine {
    /// The title or the byline, laid out.
    pub shaped: Shaped,
    /// Its upper left corner from that of the row, in pixels.
    pub at: Vec2,
}

/// A laid-out row, and the frame in which it was last asked for.
struct Kept {
    /// The row’s text, laid out.
    shaped: Shaped,
    /// The frame in which it was last looked at: the oldest are forgotten first.
    used: u64,
}

/// What a change of text or measure did to the layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// What was laid out still holds.
    None,
    /// Width or type: the same text, laid out anew around what is seen.
    Measure,
    /// Another text, shown from its beginning.
    Text,
}

impl Flow {
    /// The text in pieces: block `n` is row `n + 1`.
    pub fn blocks(&self) -> &Blocks {
        &self.blocks
    }

    /// How many there are, the heading included.
    pub fn rows(&self) -> usize {
        self.heights.len()
    }

    /// What the rows are laid out with; `None` before the first frame.
    pub fn metrics(&self) -> Option<&Metrics> {
        self.metrics.as_ref()
    }

    /// The heading, to make its glyphs ready.
    pub fn heading(&mut self) -> &mut HeadingBox {
        &mut self.heading
    }

    /// The heading’s lines, from top to bottom.
    pub fn heading_lines(&self) -> &[HeadingLine] {
        &self.heading.lines
    }

    /// The row that holds an offset of the text.
    pub fn row_of(&self, offset: usize) -> usize {
        self.blocks.at(offset) + 1
    }

    /// The height of everything in pixels, as far as it is known. Twice as precise as other lengths: a long text has more
    /// pixels than an `f32` can count.
    pub fn total(&self) -> f64 {
        self.heights.total() + f64::from(self.metrics.as_ref().map_or(0.0, |m| m.padding_bottom))
    }

    /// Takes over text and measures; keeps the first visible line in its place where the text is the same.
    pub fn prepare(
        &mut self,
        shaper: &mut Shaper,
        source: &dyn PageSource,
        heading: Heading<'_>,
        metrics: &Metrics,
    ) -> Change {
        self.clock += 1;
        let version = Some(source.text_version());
        let change = match &self.metrics {
            _ if version != self.text_version => Change::Text,
            Some(known) if known == metrics => Change::None,
            _ => Change::Measure,
        };
        match change {
            Change::None => {}
            Change::Text => self.take_text(source, metrics),
            Change::Measure => self.take_measure(shaper, source.text(), metrics),
        }
        self.text_version = version;
        self.prepare_heading(shaper, heading, change);
        change
    }

    /// A text that was shown before comes where it was.
    fn take_text(&mut self, source: &dyn PageSource, metrics: &Metrics) {
        if self.left.len() > MOST_LEFT {
            self.left.clear();
        }
        self.left.extend(self.text_version.map(|version| (version, self.anchor)));
        self.blocks = Blocks::new(source.text());
        self.metrics = Some(metrics.clone());
        self.anchor = self.left.get(&source.text_version()).copied().unwrap_or_default();
        self.forget_rows();
        self.estimate(metrics);
    }

    /// Where only the width has changed, whole paragraphs keep their shaping and break their lines anew; where anything
    /// else has, nothing is kept. The first line in view stays where it is.
    fn take_measure(&mut self, shaper: &mut Shaper, text: &str, metrics: &Metrics) {
        let first = self.first_visible(text);
        let only_width = self.metrics.as_ref().is_some_and(|m| m.body == metrics.body);
        if only_width {
            let blocks = &self.blocks;
            let kept = &mut self.kept;
            kept.retain(|row, _| blocks.get(row - 1).opens_paragraph() && blocks.get(row - 1).closes_paragraph());
            self.kept_cost = kept.values().map(|kept| kept.shaped.cost()).sum();
        } else {
            self.forget_rows();
        }
        self.blocks.restore();
        self.metrics = Some(metrics.clone());
        self.estimate(metrics);
        if let Some((offset, above)) = first {
            let row = self.row_of(offset);
            let start = self.blocks.get(row - 1).range().start();
            let shaped = self.row(shaper, text, row);
            let line = shaped.lines_of(offset - start, offset - start + 1).start;
            let top = shaped.lines.get(line).map_or(0.0, |line| line.top);
            self.anchor = Anchor { row, offset: top + above };
        }
    }

    /// The offset at the beginning of the first line in view, and how much of the line is above the view.
    fn first_visible(&self, text: &str) -> Option<(usize, f32)> {
        let block = self.blocks.as_slice().get(self.anchor.row.checked_sub(1)?)?;
        let shaped = &self.kept.get(&self.anchor.row)?.shaped;
        let line = shaped.lines.get(shaped.line_at(self.anchor.offset))?;
        let offset = (block.range().start() + line.start).min(text.len());
        Some((offset, self.anchor.offset - line.top))
    }

    /// Forgets every layout; heights stay as estimates.
    fn forget_rows(&mut self) {
        self.kept.clear();
        self.kept_cost = 0;
    }

    /// Gives every row the height that its length in bytes lets expect.
    fn estimate(&mut self, metrics: &Metrics) {
        // A line ends before its last word would: on average it is not quite full.
        let lines_a_byte = self.blocks.ems_per_byte * metrics.body.size / metrics.width.max(1.0) * 1.03;
        let blocks = self.blocks.as_slice().iter().map(|block| {
            let gap = if block.closes_paragraph() { metrics.paragraph_gap } else { 0.0 };
            let lines = (block.range().len() as f32 * lines_a_byte).ceil().max(1.0);
            lines * metrics.body.line_height + gap
        });
        self.heights.refill(std::iter::once(self.heading.height).chain(blocks));
    }

    /// Lays the heading out anew where its words or anything else have changed; it is short, so it always is laid out.
    fn prepare_heading(&mut self, shaper: &mut Shaper, heading: Heading<'_>, change: Change) {
        let Some(metrics) = &self.metrics else { return };
        let words = [heading.title, heading.byline];
        if change != Change::None || self.heading.words != words {
            self.heading = HeadingBox::new(shaper, words, metrics);
        }
        self.heights.set(0, self.heading.height);
    }

    /// Lays a block's row out, if it is not; `row` is not the heading's. Its height is then exact.
    ///
    /// A piece of a long paragraph may end earlier afterwards, and the next one begin there: ask [`Flow::row_of`] again
    /// for an offset near its end.
    ///
    /// # Panics
    ///
    /// Before [`Flow::prepare`], or where there is no such row.
    pub fn row(&mut self, shaper: &mut Shaper, text: &str, row: usize) -> &Shaped {
        let metrics = self.metrics.as_ref().expect("the flow is prepared before its rows are asked for");
        let width = metrics.width;
        if let Some(kept) = self.kept.get_mut(&row) {
            kept.used = self.clock;
            if kept.shaped.width != width {
                let words = self.blocks.get(row - 1).range().slice(text).unwrap_or_default();
                kept.shaped.break_lines(words, width);
                self.measure(row);
            }
        } else {
            self.blocks.trim(row - 1, text);
            let words = self.blocks.get(row - 1).range().slice(text).unwrap_or_default();
            let mut shaped = Shaped::new(shaper, words, &metrics.body, width);
            self.end_with_full_line(row, &mut shaped);
            self.kept_cost += shaped.cost();
            self.kept.insert(row, Kept { shaped, used: self.clock });
            self.measure(row);
        }
        &self.kept[&row].shaped
    }

    /// Takes the height of a row over from its layout.
    fn measure(&mut self, row: usize) {
        let gap = match &self.metrics {
            Some(metrics) if self.blocks.get(row - 1).closes_paragraph() => metrics.paragraph_gap,
            _ => 0.0,
        };
        self.heights.set(row, self.kept[&row].shaped.height() + gap);
    }

    /// Gives the last, unfinished line of a piece to the next one, so that a long paragraph shows no seams.
    ///
    /// A piece that is laid out already keeps its beginning: words in view do not move.
    fn end_with_full_line(&mut self, row: usize, shaped: &mut Shaped) {
        let block = self.blocks.get(row - 1);
        let next_is_laid_out = self.kept.contains_key(&(row + 1));
        if block.closes_paragraph()
            || next_is_laid_out
            || self.blocks.is_moved(row - 1)
            || row >= self.blocks.as_slice().len()
        {
            return;
        }
        let start = block.range().start();
        let Some(cut) = shaped.drop_last_line() else { return };
        self.blocks.move_end(row - 1, start + cut);
        if !self.kept.contains_key(&(row + 2)) {
            self.blocks.restore_end(row);
        }
    }

    /// A row that was laid out in this frame.
    pub fn laid_out(&self, row: usize) -> Option<&Shaped> {
        self.kept.get(&row).map(|kept| &kept.shaped)
    }

    /// A row’s layout, to make its glyphs ready; `None` where it is not kept.
    pub fn laid_out_mut(&mut self, row: usize) -> Option<&mut Shaped> {
        self.kept.get_mut(&row).map(|kept| &mut kept.shaped)
    }

    /// Forgets what was not looked at for longest, down to the bound.
    pub fn prune(&mut self) {
        if self.kept_cost <= KEPT {
            return;
        }
        let mut idle: Vec<(u64, usize)> =
            self.kept.iter().filter(|(_, kept)| kept.used < self.clock).map(|(&row, kept)| (kept.used, row)).collect();
        idle.sort_unstable();
        for (_, row) in idle {
            if self.kept_cost <= KEPT / 2 {
                return;
            }
            if let Some(kept) = self.kept.remove(&row) {
                self.kept_cost -= kept.shaped.cost();
            }
        }
    }
}

impl HeadingBox {
    fn new(shaper: &mut Shaper, words: [&str; 2], metrics: &Metrics) -> Self {
        let mut lines = Vec::new();
        let mut top = metrics.padding_top;
        for (words, style) in words.into_iter().zip([&metrics.title, &metrics.byline]) {
            if words.trim().is_empty() {
                continue;
            }
            let shaped = Shaped::new(shaper, words, style, metrics.width);
            let height = shaped.height();
            // A Latin byline under an Arabic title stands on the title's side.
            let first_rtl = lines.first().is_some_and(|line: &HeadingLine| line.shaped.rtl);
            let left = if first_rtl && !shaped.rtl { metrics.width - shaped.words_width() } else { 0.0 };
            lines.push(HeadingLine { shaped, at: vec2(left, top) });
            top += height;
        }
        if !lines.is_empty() {
            top += metrics.heading_gap;
        }
        Self { words: words.map(str::to_owned), lines, height: top }
    }
}
