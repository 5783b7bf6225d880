//! Two prepared articles beside each other: how rare their words are, and which are given away already.

use super::{
    align::Token,
    prepared::{Prepared, Stem},
    word::Class,
};

/// One of the two articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    A,
    B,
}

/// Two articles that are compared.
pub(super) struct Pair<'p> {
    articles: [&'p Prepared; 2],
    /// By place in the article’s stems: how much the stem says, up to 1.
    weights: [Vec<f32>; 2],
    /// For each stem of the first article that of the second one; `NONE` where it has none.
    pub twin: Vec<u32>,
    /// By index of the word: whether a statement has it.
    used: [Vec<bool>; 2],
}

pub(super) const NONE: u32 = u32::MAX;
/// How much less a word says that every text has.
const COMMON: f32 = 0.12;
/// Who is named does much, and says little of what.
const NAME: f32 = 0.7;

impl<'p> Pair<'p> {
    pub fn new(a: &'p Prepared, b: &'p Prepared) -> Self {
        let mut twin = vec![NONE; a.stems.len()];
        let (mut at_a, mut at_b) = (0, 0);
        while at_a < a.stems.len() && at_b < b.stems.len() {
            match a.stems[at_a].stem.cmp(&b.stems[at_b].stem) {
                std::cmp::Ordering::Less => at_a += 1,
                std::cmp::Ordering::Greater => at_b += 1,
                std::cmp::Ordering::Equal => {
                    twin[at_a] = u32::try_from(at_b).unwrap_or(NONE);
                    (at_a, at_b) = (at_a + 1, at_b + 1);
                }
            }
        }
        let total = (a.words.len() + b.words.len()) as f32;
        let weight = |count: u32, stem: &Stem| {
            let factor = match stem.class {
                Class::Common => COMMON,
                Class::Content if stem.is_name => NAME,
                Class::Content | Class::Number => 1.0,
            };
            factor * (1.0 + total / count as f32).ln() / (1.0 + total).ln()
        };
        let mut of_b: Vec<f32> = b.stems.iter().map(|stem| weight(stem.count, stem)).collect();
        let mut of_a = Vec::with_capacity(a.stems.len());
        for (stem, twin) in a.stems.iter().zip(&twin) {
            let also = b.stems.get(*twin as usize).map_or(0, |stem| stem.count);
            of_a.push(weight(stem.count + also, stem));
            if let Some(of_b) = of_b.get_mut(*twin as usize) {
                *of_b = weight(stem.count + also, stem);
            }
        }
        let used = [vec![false; a.words.len()], vec![false; b.words.len()]];
        Self { articles: [a, b], weights: [of_a, of_b], twin, used }
    }

    pub fn article(&self, which: Which) -> &'p Prepared {
        self.articles[which as usize]
    }

    /// How much a stem says, by its place in the article’s stems.
    pub fn weight(&self, which: Which, stem: u32) -> f32 {
        self.weights[which as usize][stem as usize]
    }

    /// How much each stem says.
    pub fn weights(&self, which: Which) -> &[f32] {
        &self.weights[which as usize]
    }

    /// How much a word says, by its index.
    pub fn weight_of(&self, which: Which, word: u32) -> f32 {
        self.weight(which, self.article(which).stem_of[word as usize])
    }

    pub fn is_used(&self, which: Which, word: u32) -> bool {
        self.used[which as usize][word as usize]
    }

    /// Notes that a statement has the word.
    pub fn set_used(&mut self, which: Which, word: u32) {
        self.used[which as usize][word as usize] = true;
    }

    /// Forgets which words statements have; gives what was known.
    pub fn free_all(&mut self) -> [Vec<bool>; 2] {
        let free = [0, 1].map(|which| vec![false; self.used[which].len()]);
        std::mem::replace(&mut self.used, free)
    }

    /// Notes again what was known.
    pub fn use_also(&mut self, used: [Vec<bool>; 2]) {
        for (known, now) in self.used.iter_mut().flatten().zip(used.iter().flatten()) {
            *known |= now;
        }
    }

    /// Words as they are aligned, by their indexes. Stems have the numbers of the first article’s.
    pub fn tokens(&self, which: Which, words: &[u32], stem_in_a: &[u32]) -> Vec<Token> {
        let article = self.article(which);
        let token = |index: &u32| {
            let stem = article.stem_of[*index as usize];
            let shared = if which == Which::A { stem } else { stem_in_a[stem as usize] };
            Token {
                reading: article.words[*index as usize].reading,
                stem: shared,
                weight: self.weight(which, stem),
                is_free: !self.is_used(which, *index),
            }
        };
        words.iter().map(token).collect()
    }

    /// For each stem of the second article that of the first one.
    pub fn stems_in_a(&self) -> Vec<u32> {
        let mut back = vec![NONE; self.articles[1].stems.len()];
        for (a, b) in self.twin.iter().enumerate().filter(|(_, b)| **b != NONE) {
            back[*b as usize] = u32::try_from(a).unwrap_or(NONE);
        }
        back
    }
}
