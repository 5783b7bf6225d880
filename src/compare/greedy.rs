//! The strongest pairs first: what one statement has is no longer there for the next.

use std::{cmp::Ordering, collections::BinaryHeap};

use super::{
    align::align,
    pair::{Pair, Which},
    shared::{Passage, Shared},
};

/// Two passages that may be one statement, by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Candidate {
    pub a: u32,
    pub b: u32,
}

/// A candidate with what it shares, ordered by its score.
struct Weighed {
    candidate: Candidate,
    shared: Shared,
    /// Of equal scores the one with fewer words is the closer one, then that which comes first.
    length: usize,
}

impl Weighed {
    fn key(&self) -> (f32, usize, Candidate) {
        (self.shared.score, self.length, self.candidate)
    }
}

impl Ord for Weighed {
    fn cmp(&self, other: &Self) -> Ordering {
        let (score, length, candidate) = self.key();
        let (other_score, other_length, other_candidate) = other.key();
        score.total_cmp(&other_score).then(other_length.cmp(&length)).then(other_candidate.cmp(&candidate))
    }
}

impl PartialOrd for Weighed {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Weighed {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Weighed {}

/// Takes candidates, the strongest first, as long as they are accepted with the words that are left. Words of what is
/// taken are used from then on.
pub(super) fn take_strongest<'p, T>(
    pair: &mut Pair<'p>,
    candidates: Vec<Candidate>,
    passages: impl Fn(Candidate) -> (Passage<'p>, Passage<'p>),
    accept: impl Fn(&Pair<'p>, Candidate, &Shared) -> Option<T>,
) -> Vec<(Candidate, Shared, T)> {
    let stems = pair.stems_in_a();
    let weigh = |pair: &Pair<'p>, candidate: Candidate| {
        let (a, b) = passages(candidate);
        let alignment = align(&pair.tokens(Which::A, a.words, &stems), &pair.tokens(Which::B, b.words, &stems));
        let shared = Shared::of(pair, a, b, alignment);
        Weighed { candidate, shared, length: a.words.len() + b.words.len() }
    };
    let mut heap: BinaryHeap<Weighed> = candidates.into_iter().map(|candidate| weigh(pair, candidate)).collect();
    let mut taken = Vec::new();
    while let Some(best) = heap.pop() {
        if best.shared.links.is_empty() {
            continue;
        }
        let (a, b) = passages(best.candidate);
        let is_used = best
            .shared
            .links
            .iter()
            .any(|link| pair.is_used(Which::A, a.words[link.a]) || pair.is_used(Which::B, b.words[link.b]));
        if is_used {
            heap.push(weigh(pair, best.candidate));
            continue;
        }
        let Some(proposal) = accept(pair, best.candidate, &best.shared) else { continue };
        for link in &best.shared.links {
            a.words[link.a..link.a + link.a_len].iter().for_each(|word| pair.set_used(Which::A, *word));
            b.words[link.b..link.b + link.b_len].iter().for_each(|word| pair.set_used(Which::B, *word));
        }
        taken.push((best.candidate, best.shared, proposal));
    }
    taken
}
