//! Which annotations lie at a place or in a range: an index that costs what it is asked about.

use smallvec::SmallVec;

use crate::{
    model::{Annotation, AnnotationId, Layer},
    text::ByteRange,
};

/// Bytes in a block: small enough that a block holds few marks, large enough that a mark lies in few blocks.
const BLOCK: usize = 1024;

/// The annotations of one layer by place.
///
/// Every fragment is filed under each block of 1,024 bytes that it touches; a list in reading order
/// serves the list of marks and the way from mark to mark.
#[derive(Clone, Debug, Default)]
pub struct SpanIndex {
    /// For each block of [`BLOCK`] bytes, the fragments that touch it: a long fragment is in several.
    blocks: Vec<SmallVec<[(ByteRange, AnnotationId); 4]>>,
    /// All marks in reading order: by start, longer ones first.
    order: Vec<Entry>,
}

/// An annotation in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// From the first fragment's start to the last one's end.
    pub covering: ByteRange,
    /// The mark.
    pub id: AnnotationId,
}

impl Entry {
    /// The entry of a mark.
    pub fn of(id: AnnotationId, annotation: &Annotation) -> Self {
        Self { covering: annotation.fragments.covering(), id }
    }

    /// By start; of those that start together the longer comes first, then the older.
    fn key(&self) -> (usize, std::cmp::Reverse<usize>, AnnotationId) {
        (self.covering.start(), std::cmp::Reverse(self.covering.end()), self.id)
    }
}

/// In reading order: see [`SpanIndex::in_order`].
impl Ord for Entry {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl SpanIndex {
    /// The index of a layer. Costs what the layer has; [`SpanIndex::update`] costs one mark.
    pub fn of(layer: &Layer) -> Self {
        let mut index = Self::default();
        for (id, annotation) in layer.annotations() {
            index.file(id, annotation);
            index.order.push(Entry::of(id, annotation));
        }
        index.order.sort_unstable_by_key(Entry::key);
        index
    }

    /// Follows a change of one annotation.
    pub fn update(&mut self, id: AnnotationId, before: Option<&Annotation>, after: Option<&Annotation>) {
        if let Some(before) = before {
            self.unfile(id, before);
            let key = Entry::of(id, before).key();
            if let Ok(at) = self.order.binary_search_by_key(&key, Entry::key) {
                self.order.remove(at);
            }
        }
        if let Some(after) = after {
            self.file(id, after);
            let entry = Entry::of(id, after);
            let at = self.order.partition_point(|e| e.key() < entry.key());
            self.order.insert(at, entry);
        }
    }

    /// All annotations in reading order.
    pub fn in_order(&self) -> &[Entry] {
        &self.order
    }

    /// Where an annotation stands in reading order.
    pub fn position(&self, id: AnnotationId, annotation: &Annotation) -> Option<usize> {
        self.order.binary_search_by_key(&Entry::of(id, annotation).key(), Entry::key).ok()
    }

    /// Annotations with a fragment that shares a byte with the range; each once, sorted by id.
    pub fn in_range(&self, range: ByteRange) -> Vec<AnnotationId> {
        let mut found: Vec<AnnotationId> = self.filed(range).map(|(_, id)| id).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Annotations that cover the byte at `offset`, innermost (fewest bytes covered) first.
    pub fn stack_at(&self, offset: usize, layer: &Layer) -> Vec<AnnotationId> {
        let mut found = self.in_range(ByteRange::new(offset, offset + 1));
        found.sort_by_key(|id| {
            let covered = layer.annotation(*id).map_or(0, |a| a.fragments.covered_len());
            (covered, std::cmp::Reverse(*id))
        });
        found
    }

    /// The stack at `offset`, and after it, in reading order, what overlaps an annotation that begins there: from the
    /// start of a mark every other that shares a byte with it is reached, one that crosses its end too.
    pub fn overlapping_at(&self, offset: usize, layer: &Layer) -> Vec<AnnotationId> {
        let mut marks = self.stack_at(offset, layer);
        let begun =
            marks.iter().filter_map(|id| layer.annotation(*id)).filter(|a| a.fragments.first().start() == offset);
        let overlapping = begun.flat_map(|a| a.fragments.iter()).flat_map(|fragment| self.in_range(fragment));
        let mut others: Vec<AnnotationId> = overlapping.filter(|id| !marks.contains(id)).collect();
        others.sort_by_key(|id| layer.annotation(*id).map(|a| Entry::of(*id, a).key()));
        others.dedup();
        marks.append(&mut others);
        marks
    }

    /// The first byte of the range that an annotation covers.
    pub fn first_covered(&self, range: ByteRange) -> Option<usize> {
        self.filed(range).map(|(fragment, _)| fragment.start().max(range.start())).min()
    }

    /// The first annotation in reading order that starts after the offset.
    pub fn next_after(&self, offset: usize) -> Option<AnnotationId> {
        let at = self.order.partition_point(|e| e.covering.start() <= offset);
        self.order.get(at).map(|e| e.id)
    }

    /// The last annotation in reading order that starts before the offset.
    pub fn last_before(&self, offset: usize) -> Option<AnnotationId> {
        let at = self.order.partition_point(|e| e.covering.start() < offset);
        at.checked_sub(1).map(|at| self.order[at].id)
    }

    /// The fragments that share a byte with the range; once for each block that they touch.
    fn filed(&self, range: ByteRange) -> impl Iterator<Item = (ByteRange, AnnotationId)> + '_ {
        let wanted = blocks(range);
        let end = wanted.end.min(self.blocks.len());
        let touched = self.blocks[wanted.start.min(end)..end].iter().flatten();
        touched.copied().filter(move |(fragment, _)| fragment.overlaps(range))
    }

    /// Adds a mark to the blocks that it touches.
    fn file(&mut self, id: AnnotationId, annotation: &Annotation) {
        for fragment in annotation.fragments.iter() {
            let touched = blocks(fragment);
            if touched.end > self.blocks.len() {
                self.blocks.resize_with(touched.end, SmallVec::new);
            }
            self.blocks[touched].iter_mut().for_each(|held| held.push((fragment, id)));
        }
    }

    /// Takes a mark out of its blocks.
    fn unfile(&mut self, id: AnnotationId, annotation: &Annotation) {
        for fragment in annotation.fragments.iter() {
            let touched = self.blocks.get_mut(blocks(fragment)).unwrap_or_default();
            touched.iter_mut().for_each(|held| held.retain(|(_, other)| *other != id));
        }
    }
}

/// The blocks that a range touches, half-open; an empty range touches one.
fn blocks(range: ByteRange) -> std::ops::Range<usize> {
    range.start() / BLOCK..range.end().div_ceil(BLOCK).max(range.start() / BLOCK + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        model::{LabelId, Uid},
        text::Fragments,
    };

    fn annotation(ranges: &[(usize, usize)]) -> Annotation {
        let fragments = Fragments::new(ranges.iter().map(|(a, b)| ByteRange::new(*a, *b))).unwrap();
        Annotation::new(LabelId::new("claim").unwrap(), fragments, 1)
    }

    fn id(n: u64) -> AnnotationId {
        AnnotationId(Uid::from_u64(n))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn the_index_finds_what_a_search_through_all_finds(
            spans in prop::collection::vec(prop::collection::vec((0usize..5000, 1usize..2500), 1..3), 1..20),
            (from, len) in (0usize..6000, 1usize..2000),
            removed in 0usize..20,
        ) {
            let mut index = SpanIndex::default();
            let mut all: Vec<(AnnotationId, Annotation)> = Vec::new();
            for (n, ranges) in spans.iter().enumerate() {
                let ranges: Vec<_> = ranges.iter().map(|(a, l)| (*a, a + l)).collect();
                let a = annotation(&ranges);
                index.update(id(n as u64), None, Some(&a));
                all.push((id(n as u64), a));
            }
            let (gone, was) = all.remove(removed % all.len());
            index.update(gone, Some(&was), None);
            let range = ByteRange::new(from, from + len);
            let expected: Vec<_> = all.iter().filter(|(_, a)| a.fragments.overlaps(range)).map(|(i, _)| *i).collect();
            prop_assert_eq!(index.in_range(range), expected);
            prop_assert_eq!(index.in_order().len(), all.len());
            prop_assert!(index.in_order().windows(2).all(|w| w[0].key() < w[1].key()));
        }
    }
}
