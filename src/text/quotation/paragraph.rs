//! A paragraph with its quotations. It joins none of them.

use super::dialogue::{in_brackets, speech};
use super::found::Quotation;
use super::pairs::between_marks;
use crate::text::segment::paragraph_around;
use crate::text::{ByteRange, Text};

/// The quotations that touch the range, in the order they open, an outer one before those in it.
///
/// Paragraphs are read whole, so a quotation is found from any range in it.
pub fn quotations(text: &str, within: ByteRange) -> Vec<Quotation> {
    let mut byte = text.floor_char_boundary(within.start());
    let last = text.floor_char_boundary(within.end());
    let mut found = Vec::new();
    loop {
        let paragraph = Paragraph::around(text, byte);
        found.extend(paragraph.quotations);
        let end = paragraph.range.end();
        match text[end..].find('\n') {
            Some(to_line_end) if end + to_line_end < last => byte = end + to_line_end + 1,
            _ => break,
        }
    }
    found.retain(|q| q.outer.start() <= within.end() && within.start() <= q.outer.end());
    found
}

impl Text {
    /// The quotations of the whole text, see [`quotations`].
    pub fn quotations(&self) -> Vec<Quotation> {
        quotations(self, ByteRange::new(0, self.len()))
    }
}

pub(super) struct Paragraph<'t> {
    pub text: &'t str,
    /// Without its line end.
    pub range: ByteRange,
    /// In the order they open, an outer one before those in it.
    pub quotations: Vec<Quotation>,
}

impl<'t> Paragraph<'t> {
    /// The paragraph that holds the byte, which lies on a character boundary.
    pub fn around(text: &'t str, byte: usize) -> Self {
        let range = paragraph_around(text, byte);
        let mut quotations = between_marks(text, range);
        let speech = speech(text, range);
        // A quotation that a part of the speech cuts through says that the dashes are others.
        let is_cut = |part: &Quotation| quotations.iter().any(|q| crosses(q.outer, part.outer));
        if !speech.iter().any(is_cut) {
            quotations.retain(|q| !speech.iter().any(|part| part.outer == q.outer));
            quotations.extend(speech);
        }
        quotations.extend(in_brackets(text, range));
        quotations.sort_unstable_by_key(|quotation| (quotation.outer.start(), usize::MAX - quotation.outer.end()));
        set_depths(&mut quotations);
        Self { text, range, quotations }
    }

    /// The places of the quotations after the `at`th that lie in the same one as it does, nearest first.
    pub fn siblings_after(&self, at: usize) -> impl Iterator<Item = usize> {
        let from = self.quotations[at];
        let beside =
            (at + 1..self.quotations.len()).take_while(move |other| self.quotations[*other].depth >= from.depth);
        beside.filter(move |other| {
            let other = self.quotations[*other];
            other.depth == from.depth && other.outer.start() >= from.outer.end()
        })
    }

    /// The places of the quotations before the `at`th that lie in the same one as it does, nearest first.
    pub fn siblings_before(&self, at: usize) -> impl Iterator<Item = usize> {
        let depth = self.quotations[at].depth;
        let beside = (0..at).rev().take_while(move |other| self.quotations[*other].depth >= depth);
        beside.filter(move |other| self.quotations[*other].depth == depth)
    }

    /// What of a range stands in no quotation that begins in it.
    pub fn outside_quotations(&self, range: ByteRange) -> impl Iterator<Item = &'t str> {
        let first = self.quotations.partition_point(|q| q.outer.start() < range.start());
        let inside = self.quotations[first..].iter().map(|q| q.outer).take_while(move |q| q.start() < range.end());
        let mut from = range.start();
        inside.chain([ByteRange::at(range.end())]).filter_map(move |quotation| {
            let part = self.text.get(from..quotation.start());
            from = from.max(quotation.end());
            part
        })
    }
}

fn crosses(one: ByteRange, other: ByteRange) -> bool {
    one.overlaps(other) && !one.contains_range(other) && !other.contains_range(one)
}

fn set_depths(sorted: &mut [Quotation]) {
    let mut ends: Vec<usize> = Vec::new();
    for quotation in sorted {
        ends.retain(|end| *end > quotation.outer.start());
        quotation.depth = ends.len();
        ends.push(quotation.outer.end());
    }
}
