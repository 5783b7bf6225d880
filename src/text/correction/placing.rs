//! Carrying a range over: from what became of its words to a range of the corrected text.

use std::ops::Range;

use super::{
    alignment::{Alignment, How, Link},
    tokens::{Token, Tokens},
};
use crate::text::ByteRange;

/// Fewer words than this need others around them that came along too.
const ENOUGH: usize = 4;
/// How many words to each side are looked at for that …
const AROUND: usize = 4;
/// … and how many of them must have come along, where there are so many.
const COMPANY: usize = 2;

/// What became of a range's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// They read as before, in the same order with the words around them. Spaces, line ends and the style of
    /// quotation marks and dashes may differ, and so may the offsets.
    Same,
    /// They read as before, and stand in another order with the words around them.
    Moved,
    /// Some of them were changed, added or taken away; at least half of their letters are left.
    Changed,
}

/// Where a range is in the corrected text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// In bytes of the corrected text, half-open, never empty.
    pub range: ByteRange,
    /// What became of the words.
    pub fate: Fate,
}

/// See [`super::Correction::place`].
pub(super) fn place(old: &Tokens<'_>, new: &Tokens<'_>, alignment: &Alignment, range: ByteRange) -> Option<Placed> {
    let words = old.touching(range);
    let kept = largest_passage(alignment, words.clone());
    let (first, last) = (*kept.first()?, *kept.last()?);
    if !is_enough(old, alignment, &words, &kept) {
        return None;
    }
    let span = grown(alignment, &words, (first, last), (old.len(), new.len()));
    let (start, end) = (new.get(span.start), new.get(span.end - 1));
    // An end inside a word stays there where the word is spelled as it was.
    let start = match (span.start == first.1.to, old.get(words.start)) {
        (true, was) if first.0 == words.start && is_spelled(was, start) => {
            start.range.start() + range.start().saturating_sub(was.range.start())
        }
        _ => start.range.start(),
    };
    let end = match (span.end - 1 == last.1.to, old.get(words.end - 1)) {
        (true, was) if last.0 == words.end - 1 && is_spelled(was, end) => {
            end.range.end() - was.range.end().saturating_sub(range.end())
        }
        _ => end.range.end(),
    };
    let reads_same = kept.len() == words.len()
        && span.len() == words.len()
        && kept.iter().all(|(at, link)| old.get(*at).reading == new.get(link.to).reading);
    let fate = match (reads_same, first.1.how) {
        (true, How::Moved(_)) => Fate::Moved,
        (true, _) => Fate::Same,
        (false, _) => Fate::Changed,
    };
    (start < end).then(|| Placed { range: ByteRange::new(start, end), fate })
}

/// Whether two tokens are written the same way.
fn is_spelled(one: Token, other: Token) -> bool {
    one.spelling == other.spelling
}

/// A word of the old text that is still there, with its counterpart.
type Kept = (usize, Link);

/// Words that stand further apart than they did, by more tokens than this, are not together any more.
const FURTHEST: usize = 30;

/// Of the words that were found again those of the passage that most of them are in: a moved one, or what stayed in
/// order, as far as it is still together. Each with its index, in order.
fn largest_passage(alignment: &Alignment, words: Range<usize>) -> Vec<Kept> {
    let mut passages: Vec<Vec<Kept>> = Vec::new();
    for kept in words.filter_map(|at| Some((at, alignment.get(at)?))) {
        match passages.iter_mut().find(|passage| goes_on(passage, kept)) {
            Some(passage) => passage.push(kept),
            None => passages.push(vec![kept]),
        }
    }
    // Of several that are equally large the first.
    passages.into_iter().rev().max_by_key(Vec::len).unwrap_or_default()
}

/// Whether a word stands in the corrected text after the last one of a passage, of the same kind and not far off.
fn goes_on(passage: &[Kept], (at, link): Kept) -> bool {
    let moved = |how: How| match how {
        How::Moved(passage) => Some(passage),
        How::InOrder | How::Corrected => None,
    };
    let Some((before, last)) = passage.last() else { return false };
    moved(last.how) == moved(link.how) && last.to < link.to && link.to - last.to <= at - before + FURTHEST
}

/// Whether at least half of the letters are left and, of few words, some of those around came along with them.
fn is_enough(old: &Tokens<'_>, alignment: &Alignment, words: &Range<usize>, kept: &[Kept]) -> bool {
    // A mark of punctuation counts as a little: a range may have nothing else.
    let size = |at: usize| old.get(at).letters as usize * 4 + 1;
    let all: usize = words.clone().map(size).sum();
    let left: usize = kept.iter().map(|(at, _)| size(*at)).sum();
    if left * 2 < all {
        return false;
    }
    let is_exact = |(_, link): &&Kept| link.how != How::Corrected;
    if kept.iter().filter(is_exact).count() >= ENOUGH {
        return true;
    }
    let (first, last) = (kept[0], kept[kept.len() - 1]);
    let before = words.start.saturating_sub(AROUND)..words.start;
    let after = words.end..(words.end + AROUND).min(old.len());
    let near = |at: usize, of: Kept| {
        let link = alignment.get(at).filter(|link| link.how != How::Corrected)?;
        let (was, is) = (at.abs_diff(of.0), link.to.abs_diff(of.1.to));
        let same_side = (at < of.0) == (link.to < of.1.to);
        (same_side && is <= was + AROUND).then_some(())
    };
    let there = before.len() + after.len();
    let company = before.filter_map(|at| near(at, first)).count() + after.filter_map(|at| near(at, last)).count();
    company >= COMPANY.min(there)
}

/// The tokens of the new text from the first to the last that were kept; where words at an end of the range were
/// replaced, what stands in their place up to the nearest word around the range that was kept.
fn grown(
    alignment: &Alignment,
    words: &Range<usize>,
    (first, last): (Kept, Kept),
    (old_count, new_count): (usize, usize),
) -> Range<usize> {
    let mut span = first.1.to..last.1.to + 1;
    let most = |replaced: usize| replaced * 2 + 2;
    let replaced = first.0 - words.start;
    if replaced > 0 {
        let from = match words.start.checked_sub(1) {
            Some(before) => alignment.get(before).map(|link| link.to + 1),
            None => Some(0),
        };
        if let Some(from) = from.filter(|from| *from < span.start && span.start - from <= most(replaced)) {
            span.start = from;
        }
    }
    let replaced = words.end - 1 - last.0;
    if replaced > 0 {
        let to = if words.end < old_count { alignment.get(words.end).map(|link| link.to) } else { Some(new_count) };
        if let Some(to) = to.filter(|to| *to > span.end && to - span.end <= most(replaced)) {
            span.end = to;
        }
    }
    span
}
