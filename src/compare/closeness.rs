//! How close passages of two articles are, from the rare words that both have: the cosine of the angle between their
//! words, weighted by rarity (Salton and Buckley, “Term-weighting approaches in automatic text retrieval”, 1988). It
//! knows no order of words.

use std::borrow::Cow;

use super::{
    greedy::Candidate,
    pair::{NONE, Pair, Which},
};

/// What a passage says: stems of its words that say something, sorted, each once.
pub(super) type Bag<'p> = Cow<'p, [u32]>;

/// How close two passages are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Closeness {
    pub candidate: Candidate,
    /// The cosine of the angle between their words.
    pub cosine: f32,
    /// How much of the shorter one the other has.
    pub containment: f32,
    /// How many words that say something both have.
    pub common: u32,
    /// How much they say together.
    pub shared: f32,
}

/// So many passages may share a word at least, before it tells none from the others.
const MOST: usize = 50;

/// The passages of both articles that share a rare word and are worth keeping, in order.
pub(super) fn closeness(
    pair: &Pair<'_>,
    in_a: &[Bag<'_>],
    in_b: &[Bag<'_>],
    keep: impl Fn(&Closeness) -> bool,
) -> Vec<Closeness> {
    let weights_b = Weights::of(pair, Which::B);
    let totals_b: Vec<(f32, f32)> = in_b.iter().map(|bag| weights_b.totals(bag)).collect();
    let posted = Posted::new(in_b, pair.article(Which::B).stems.len());
    let weights_a = Weights::of(pair, Which::A);
    let most = MOST.max(in_b.len() / 20);
    let mut found = Vec::new();
    let mut row = vec![(0.0_f32, 0.0_f32, 0_u32); in_b.len()];
    let mut touched: Vec<u32> = Vec::new();
    for (at, bag) in in_a.iter().enumerate() {
        for stem in bag.iter() {
            let others = posted.passages(pair.twin[*stem as usize]);
            if others.len() > most {
                continue;
            }
            let weight = weights_a.0[*stem as usize];
            for other in others {
                let cell = &mut row[*other as usize];
                if cell.2 == 0 {
                    touched.push(*other);
                }
                *cell = (cell.0 + weight * weight, cell.1 + weight, cell.2 + 1);
            }
        }
        touched.sort_unstable();
        let (square, sum) = if touched.is_empty() { (1.0, 1.0) } else { weights_a.totals(bag) };
        for other in touched.drain(..) {
            let (dot, shared, common) = std::mem::take(&mut row[other as usize]);
            let (square_b, sum_b) = totals_b[other as usize];
            let candidate = Candidate { a: u32::try_from(at).unwrap_or(NONE), b: other };
            let cosine = dot / (square * square_b).sqrt();
            let close = Closeness { candidate, cosine, containment: shared / sum.min(sum_b), common, shared };
            found.extend(Some(close).filter(|close| keep(close)));
        }
    }
    found
}

/// How much each stem of an article tells about a passage: rare ones much more than others.
struct Weights(Vec<f32>);

impl Weights {
    fn of(pair: &Pair<'_>, which: Which) -> Self {
        Self(pair.weights(which).iter().map(|weight| weight * weight).collect())
    }

    /// The sums of the squares and of the weights of a bag.
    fn totals(&self, bag: &[u32]) -> (f32, f32) {
        let weights = bag.iter().map(|stem| self.0[*stem as usize]);
        weights.fold((0.0, 0.0), |(square, sum), weight| (square + weight * weight, sum + weight))
    }
}

/// For each stem the passages that have it.
struct Posted {
    /// Where the passages of each stem begin.
    starts: Vec<u32>,
    passages: Vec<u32>,
}

impl Posted {
    fn new(bags: &[Bag<'_>], stems: usize) -> Self {
        let mut starts = vec![0_u32; stems + 1];
        for stem in bags.iter().flat_map(|bag| bag.iter()) {
            starts[*stem as usize + 1] += 1;
        }
        for at in 0..stems {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut passages = vec![0; starts[stems] as usize];
        for (at, bag) in bags.iter().enumerate() {
            for stem in bag.iter() {
                passages[next[*stem as usize] as usize] = u32::try_from(at).unwrap_or(NONE);
                next[*stem as usize] += 1;
            }
        }
        Self { starts, passages }
    }

    fn passages(&self, stem: u32) -> &[u32] {
        if stem == NONE {
            return &[];
        }
        &self.passages[self.starts[stem as usize] as usize..self.starts[stem as usize + 1] as usize]
    }
}
