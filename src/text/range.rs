//! Ranges of bytes in a text, and the fragments an annotation covers.

use smallvec::SmallVec;

/// A half-open range of bytes, `start..end`, with `start <= end`.
///
/// Whether both ends lie on character boundaries depends on the text; [`ByteRange::fits`] tells.
/// Offsets are at most 4 GiB, which is far beyond the largest article Pressmark takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ByteRange {
    /// First byte, and one after the last. Texts are below 4 GiB, so that a range takes eight bytes.
    start: u32,
    end: u32,
}

impl ByteRange {
    /// The range between two offsets in bytes, given in either order.
    ///
    /// # Panics
    /// If an offset is beyond `u32::MAX`.
    pub fn new(a: usize, b: usize) -> Self {
        let (start, end) = if a <= b { (a, b) } else { (b, a) };
        Self {
            start: u32::try_from(start).expect("an article is smaller than 4 GiB"),
            end: u32::try_from(end).expect("an article is smaller than 4 GiB"),
        }
    }

    /// An empty range at an offset.
    pub fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a standard range, to slice with.
    pub fn as_range(self) -> std::ops::Range<usize> {
        self.start()..self.end()
    }

    /// Whether the byte at `offset` lies inside (the end is outside).
    pub fn contains(self, offset: usize) -> bool {
        self.start() <= offset && offset < self.end()
    }

    /// Whether all of another range lies in it; an empty one may lie at its end.
    pub fn contains_range(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// What both cover, if they share at least one byte.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then_some(Self { start, end })
    }

    /// The smallest range that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether the range lies in the text with both ends on character boundaries.
    pub fn fits(self, text: &str) -> bool {
        text.is_char_boundary(self.start()) && text.is_char_boundary(self.end())
    }

    /// The words covered, or `None` where the range does not fit the text.
    pub fn slice(self, text: &str) -> Option<&str> {
        text.get(self.as_range())
    }
}

impl From<std::ops::Range<usize>> for ByteRange {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// What an annotation covers: one or more ranges, sorted, disjoint and none of them empty.
///
/// Two fragments that touch stay apart: zero gaps between neighbours are somebody's decision.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fragments(SmallVec<[ByteRange; 1]>);

impl Fragments {
    /// Fragments from ranges in any order; those that overlap are joined, empty ones dropped.
    /// `None` where nothing is left.
    pub fn new(ranges: impl IntoIterator<Item = ByteRange>) -> Option<Self> {
        let mut sorted: SmallVec<[ByteRange; 1]> = ranges.into_iter().filter(|r| !r.is_empty()).collect();
        sorted.sort_unstable();
        let mut joined: SmallVec<[ByteRange; 1]> = SmallVec::new();
        for range in sorted {
            match joined.last_mut() {
                Some(last) if last.overlaps(range) => *last = last.cover(range),
                _ => joined.push(range),
            }
        }
        (!joined.is_empty()).then_some(Self(joined))
    }

    /// One fragment, or `None` where the range is empty.
    pub fn one(range: ByteRange) -> Option<Self> {
        Self::new([range])
    }

    /// In the order of the text.
    pub fn as_slice(&self) -> &[ByteRange] {
        &self.0
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = ByteRange> + DoubleEndedIterator + '_ {
        self.0.iter().copied()
    }

    /// How many there are; at least one.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The first one.
    pub fn first(&self) -> ByteRange {
        self.0[0]
    }

    /// The last one.
    pub fn last(&self) -> ByteRange {
        self.0[self.0.len() - 1]
    }

    /// From the first fragment's start to the last one's end.
    pub fn covering(&self) -> ByteRange {
        self.first().cover(self.last())
    }

    /// Bytes covered, without the gaps.
    pub fn covered_len(&self) -> usize {
        self.iter().map(ByteRange::len).sum()
    }

    /// Whether the byte at `offset` lies in one of the fragments.
    pub fn contains(&self, offset: usize) -> bool {
        self.iter().any(|r| r.contains(offset))
    }

    /// The place in order of the fragment that an offset lies in, or else ends.
    pub fn at(&self, offset: usize) -> Option<usize> {
        let inside = self.iter().position(|r| r.contains(offset));
        inside.or_else(|| self.iter().position(|r| r.end() == offset))
    }

    /// Whether every fragment of `other` lies within a fragment of this.
    pub fn contains_all(&self, other: &Self) -> bool {
        other.iter().all(|inner| self.iter().any(|outer| outer.contains_range(inner)))
    }

    /// Whether any fragment shares a character with a range.
    pub fn overlaps(&self, other: ByteRange) -> bool {
        self.iter().any(|r| r.overlaps(other))
    }

    /// Whether all of them lie in a text, on character boundaries.
    pub fn fits(&self, text: &str) -> bool {
        self.iter().all(|r| r.fits(text))
    }

    /// The words covered, fragments joined by ` … `.
    pub fn words(&self, text: &str) -> String {
        let parts: Vec<&str> = self.iter().filter_map(|r| r.slice(text)).collect();
        parts.join(" … ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_are_sorted_joined_and_never_empty() {
        let f = Fragments::new([(9..12).into(), (2..4).into(), (3..6).into(), (7..7).into()]).unwrap();
        assert_eq!(f.as_slice(), &[ByteRange::new(2, 6), ByteRange::new(9, 12)]);
        assert_eq!(Fragments::one(ByteRange::at(3)), None);
    }

    #[test]
    fn touching_fragments_stay_apart() {
        let f = Fragments::new([(0..2).into(), (2..4).into()]).unwrap();
        assert_eq!(f.count(), 2);
    }

    #[test]
    fn a_range_inside_a_character_does_not_fit() {
        assert!(!ByteRange::new(0, 1).fits("é"));
        assert_eq!(ByteRange::new(0, 2).slice("é"), Some("é"));
        assert_eq!(ByteRange::new(0, 9).slice("é"), None);
    }
}
