//! The folded form of a text, and the way between it and the text.

use super::super::ByteRange;

/// The folded form of a text, without the text: where it reads as it is written, that is all there is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// `None` where nothing had to be folded.
    pub(super) text: Option<Box<str>>,
    /// In order of place.
    pub(super) pieces: Box<[Piece]>,
}

/// A part of a text that reads as something else than what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// In the text.
    pub source: ByteRange,
    /// Empty where it is not seen at all.
    pub read: ByteRange,
}

/// A text as one reads it, and the way back to where it is written.
#[derive(Clone, Copy, Debug)]
pub struct AsRead<'a> {
    /// The folded text.
    text: &'a str,
    /// Where the two differ, sorted.
    pieces: &'a [Piece],
}

impl Folded {
    /// The folded form of the source it was made of.
    pub fn of_source<'a>(&'a self, source: &'a str) -> AsRead<'a> {
        AsRead { text: self.text.as_deref().unwrap_or(source), pieces: &self.pieces }
    }
}

impl<'a> AsRead<'a> {
    /// The folded text.
    pub fn as_str(self) -> &'a str {
        self.text
    }

    /// The range of the source that is read as this range, which is not empty: from the first of the signs to the last,
    /// those between them that are not seen included, and none of those around them.
    pub fn source_of(self, read: ByteRange) -> ByteRange {
        let at_start = self.pieces.partition_point(|piece| piece.read.start() <= read.start());
        let start = self.pieces[..at_start].last().map_or(read.start(), |piece| {
            let after = read.start().checked_sub(piece.read.end());
            after.map_or(piece.source.start(), |after| piece.source.end() + after)
        });
        let at_end = self.pieces.partition_point(|piece| piece.read.start() < read.end());
        let after = |piece: &Piece| piece.source.end() + read.end().saturating_sub(piece.read.end());
        ByteRange::new(start, self.pieces[..at_end].last().map_or(read.end(), after))
    }

    /// Where an offset of the source is read: what is written before it is read before that, the rest after it. An
    /// offset within what is read as one thing counts as after it.
    pub fn offset_of(self, source: usize) -> usize {
        let at = self.pieces.partition_point(|piece| piece.source.start() < source);
        let after = |piece: &Piece| piece.read.end() + source.saturating_sub(piece.source.end());
        self.pieces[..at].last().map_or(source, after)
    }

    /// The range that a range of the source is read as.
    pub fn range_of(self, source: ByteRange) -> ByteRange {
        ByteRange::new(self.offset_of(source.start()), self.offset_of(source.end()))
    }
}
