//! Passages that were moved: runs of words that the difference calls taken away here and added there.

use rustc_hash::FxHashMap;

use super::{
    alignment::{Alignment, How, Stretch, changed_stretches},
    tokens::Tokens,
};

/// A shorter run, in tokens, may stand elsewhere by coincidence.
const SHORTEST: usize = 5;

/// A run that the new text has at more places than this is common in it, and says nothing.
const MOST_PLACES: usize = 8;

/// Links runs of unlinked tokens of the old text to the same runs of the new one: the longest at each place, and
/// none where two places fit equally well.
pub(super) fn link(alignment: &mut Alignment, old: &Tokens<'_>, new: &Tokens<'_>) {
    let old_readings: Vec<u32> = old.readings(0..old.len()).collect();
    let new_readings: Vec<u32> = new.readings(0..new.len()).collect();
    let places = places(alignment, &new_readings);
    let (mut at, mut passage) = (0, 0);
    while at + SHORTEST <= old_readings.len() {
        let found = longest(alignment, &old_readings, &new_readings, at, &places);
        let Some((to, count)) = found else {
            at += 1;
            continue;
        };
        alignment.link_run((at, to), count, How::Moved(passage));
        link_around(alignment, old, new, (at..at + count, to..to + count), passage);
        passage += 1;
        at += count;
    }
}

/// Links what is equal in the rest of the paragraph that a run was moved with: it may have been changed too.
fn link_around(alignment: &mut Alignment, old: &Tokens<'_>, new: &Tokens<'_>, run: Stretch, passage: usize) {
    let (from, to) = (old.paragraph(run.0.start), new.paragraph(run.1.start));
    let before = alignment.free_before((run.0.start, from.start), (run.1.start, to.start));
    let after = alignment.free_after((run.0.end, from.end), (run.1.end, to.end));
    for part in [before, after] {
        let changed = changed_stretches(old, new, part.clone());
        alignment.link_between(&changed, part, How::Moved(passage));
    }
}

/// Where each run of [`SHORTEST`] unlinked tokens begins in the new text.
fn places<'r>(alignment: &Alignment, new: &'r [u32]) -> FxHashMap<&'r [u32], Vec<usize>> {
    let mut places: FxHashMap<&[u32], Vec<usize>> = FxHashMap::default();
    let mut free = 0;
    for at in 0..new.len() {
        free = if alignment.is_taken(at) { 0 } else { free + 1 };
        if free >= SHORTEST {
            let start = at + 1 - SHORTEST;
            let starts = places.entry(&new[start..=at]).or_default();
            // One more than counts, to tell that there are too many.
            if starts.len() <= MOST_PLACES {
                starts.push(start);
            }
        }
    }
    places
}

/// The longest run from a place of the old text on, with where it begins in the new one and how long it is.
fn longest(
    alignment: &Alignment,
    old: &[u32],
    new: &[u32],
    at: usize,
    places: &FxHashMap<&[u32], Vec<usize>>,
) -> Option<(usize, usize)> {
    if !alignment.is_free(at) {
        return None;
    }
    let starts = places.get(&old[at..at + SHORTEST]).filter(|starts| starts.len() <= MOST_PLACES)?;
    let count = |start: usize| {
        let pairs = old[at..].iter().zip(&new[start..]).enumerate();
        pairs.take_while(|(n, (a, b))| a == b && alignment.is_free(at + n) && !alignment.is_taken(start + n)).count()
    };
    let mut runs: Vec<(usize, usize)> = starts.iter().map(|start| (count(*start), *start)).collect();
    runs.sort_unstable();
    let (count, start) = runs.pop().filter(|(count, _)| *count >= SHORTEST)?;
    let is_only = runs.last().is_none_or(|(other, _)| *other < count);
    is_only.then_some((start, count))
}
