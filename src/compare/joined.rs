//! Ranges that overlap, as one: so that no byte of them counts twice.

use crate::text::ByteRange;

/// The ranges in order, those that overlap joined; ranges that only touch stay apart.
pub(super) fn joined(mut ranges: Vec<ByteRange>) -> Vec<ByteRange> {
    ranges.sort_unstable();
    let mut joined: Vec<ByteRange> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if last.overlaps(range) => *last = last.cover(range),
            _ => joined.push(range),
        }
    }
    joined
}
