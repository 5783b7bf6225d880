//! Folding a text. Plain words are passed over; only what reads as something else is looked at.

use std::ops::Range;

use icu_normalizer::ComposingNormalizerBorrowed;
use unicode_segmentation::UnicodeSegmentation;

use super::{
    super::ByteRange,
    folded::{Folded, Piece},
    signs::{Sign, is_plain_ascii, sign},
};

/// Folds a text; costs its length.
///
/// # Panics
/// If the text is longer than 4 GiB, as [`ByteRange::new`] does.
pub fn fold(source: &str) -> Folded {
    if reads_as_written(source.as_bytes()) {
        return Folded::default();
    }
    let composing = ComposingNormalizerBorrowed::new_nfc();
    let mut folding = Folding::new(source);
    let mut at = 0;
    while at < source.len() {
        // What is composed already need not be looked at letter by letter.
        let (composed, rest) = composing.split_normalized(&source[at..]);
        folding.composed(at..at + composed.len());
        at += composed.len();
        // Composition never crosses the border of a grapheme cluster (Unicode Standard Annex #29, section 3).
        let Some(cluster) = rest.graphemes(true).next() else { break };
        folding.cluster(at..at + cluster.len());
        at += cluster.len();
    }
    folding.finish()
}

/// Whether a text is ASCII with single spaces, lines and gaps between paragraphs alone, so that nothing is to be folded.
/// It is asked of blocks of bytes without a branch, which processors do for many bytes at a time.
fn reads_as_written(source: &[u8]) -> bool {
    const BLOCK: usize = 256;
    let is_folded = |before: [u8; 2], byte: u8| {
        let after_space = byte <= b' ' && before[1] <= b' ';
        let is_gap = byte == b'\n' && before[1] == b'\n' && before[0] != b'\n';
        byte >= 0x80 || byte < b' ' && byte != b'\n' || after_space && !is_gap
    };
    let first = [source.first().copied(), source.get(1).copied()].map(|byte| byte.unwrap_or(b'a'));
    let is_plain_start = !is_folded([b'a', b'a'], first[0]) && !is_folded([b'a', first[0]], first[1]);
    let is_plain = |start: usize| {
        let block = &source[start - 2..(start + BLOCK).min(source.len())];
        !block.windows(3).fold(false, |any, w| any | is_folded([w[0], w[1]], w[2]))
    };
    is_plain_start && (2..source.len()).step_by(BLOCK).all(is_plain)
}

/// The folded text so far.
struct Folding<'a> {
    source: &'a str,
    out: String,
    /// Up to here the source is in `out`, folded.
    copied: usize,
    /// Places that read otherwise than they are written.
    pieces: Vec<Piece>,
    /// The run of white space that is being read.
    space: Option<Run>,
}

/// White space, with what is not seen in it.
struct Run {
    start: usize,
    end: usize,
    /// How many of its characters end a line.
    line_ends: usize,
}

impl Run {
    /// What the run reads as: a space, a line end, or a gap between paragraphs.
    fn reads(&self) -> &'static str {
        match self.line_ends {
            0 => " ",
            1 => "\n",
            _ => "\n\n",
        }
    }
}

impl<'a> Folding<'a> {
    /// With nothing read.
    fn new(source: &'a str) -> Self {
        Self { source, out: String::new(), copied: 0, pieces: Vec::new(), space: None }
    }

    /// A part of the source in which all is composed.
    fn composed(&mut self, part: Range<usize>) {
        let bytes = self.source.as_bytes();
        let is_plain = |at: usize| at < part.end && is_plain_ascii(bytes[at]);
        let mut at = part.start;
        while at < part.end {
            if is_plain(at) {
                self.end_space();
                // Words, and the single spaces between them.
                while is_plain(at) || at < part.end && bytes[at] == b' ' && is_plain(at + 1) {
                    at += 1;
                }
            } else if let Some(c) = self.source[at..].chars().next() {
                let end = at + c.len_utf8();
                match sign(c) {
                    Sign::Plain => self.end_space(),
                    Sign::As(read) => self.reads_as(at..end, read),
                    other => self.unseen_or_space(at..end, other),
                }
                at = end;
            }
        }
    }

    /// A grapheme cluster of the source that is to be composed.
    fn cluster(&mut self, place: Range<usize>) {
        let cluster = &self.source[place.clone()];
        // White space may bear accents too.
        let space = cluster.chars().next().filter(|c| c.is_whitespace());
        let begin = place.start + space.map_or(0, char::len_utf8);
        if let Some(space) = space {
            self.unseen_or_space(place.start..begin, sign(space));
        }
        let composed = ComposingNormalizerBorrowed::new_nfc().normalize(&self.source[begin..place.end]);
        let mut reads = String::new();
        for c in composed.chars() {
            match sign(c) {
                Sign::As(read) => reads.push_str(read),
                Sign::Unseen => {}
                Sign::Plain | Sign::Space | Sign::LineEnd => reads.push(c),
            }
        }
        if reads.is_empty() {
            self.unseen_or_space(begin..place.end, Sign::Unseen);
        } else {
            self.reads_as(begin..place.end, &reads);
        }
    }

    /// Takes up a character that is not seen, or white space.
    fn unseen_or_space(&mut self, place: Range<usize>, sign: Sign) {
        let line_ends = usize::from(sign == Sign::LineEnd);
        match &mut self.space {
            Some(run) => (run.end, run.line_ends) = (place.end, run.line_ends + line_ends),
            None if sign == Sign::Unseen => self.reads_as(place, ""),
            None => self.space = Some(Run { start: place.start, end: place.end, line_ends }),
        }
    }

    /// Ends a run of white space.
    fn end_space(&mut self) {
        let Some(run) = self.space.take() else { return };
        if self.source[run.start..run.end] != *run.reads() {
            self.put(run.start..run.end, run.reads());
        }
    }

    fn reads_as(&mut self, place: Range<usize>, reads: &str) {
        self.end_space();
        if self.source[place.clone()] != *reads {
            self.put(place, reads);
        }
    }

    /// Notes a place that reads otherwise than it is written.
    fn put(&mut self, place: Range<usize>, reads: &str) {
        self.out.push_str(&self.source[self.copied..place.start]);
        let at = self.out.len();
        self.pieces.push(Piece { source: place.clone().into(), read: ByteRange::new(at, at + reads.len()) });
        self.out.push_str(reads);
        self.copied = place.end;
    }

    /// The folded text; nothing where the text reads as it is written.
    fn finish(mut self) -> Folded {
        self.end_space();
        if self.pieces.is_empty() {
            return Folded::default();
        }
        self.out.push_str(&self.source[self.copied..]);
        Folded { text: Some(self.out.into_boxed_str()), pieces: self.pieces.into_boxed_slice() }
    }
}
