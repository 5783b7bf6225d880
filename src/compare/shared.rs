//! What an alignment of two passages amounts to: how much is kept, what is left over, and so which form it has.

use super::{
    align::{Alignment, Link},
    found::Form,
    pair::{Pair, Which},
    quote::Seam,
    word::{Class, Word},
};

/// Words of one article in order: a quotation, or what the reporter tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Passage<'p> {
    pub words: &'p [u32],
    /// For each word what stands before it; none where the words are a sentence.
    pub seams: &'p [Seam],
}

impl Passage<'_> {
    /// What stands before a word; after the last one nothing goes on.
    fn seam(self, at: usize) -> Seam {
        if at == 0 || at >= self.words.len() { Seam::Part } else { self.seams.get(at).copied().unwrap_or(Seam::None) }
    }

    /// How many words come from one on, up to the end of its sentence.
    fn left_after(self, from: usize) -> usize {
        (from..self.words.len()).take_while(|at| *at == from || self.seam(*at) == Seam::None).count()
    }

    /// How many words come before one, from the start of its sentence.
    fn left_before(self, to: usize) -> usize {
        (0..to).rev().take_while(|at| *at + 1 == to || self.seam(*at + 1) == Seam::None).count()
    }

    /// Whether its ends are the reporter’s: what stands there is not cut by the other article.
    fn is_told(self) -> bool {
        self.seams.is_empty()
    }
}

/// What two passages share.
#[derive(Clone, Debug, Default)]
pub(super) struct Shared {
    pub links: Vec<Link>,
    pub score: f32,
    /// Words that are the same and in order; forms of one word count half.
    pub kept: f32,
    /// Those of them that say something, and how much.
    pub telling: usize,
    pub weight: f32,
    pub names: usize,
    pub numbers: usize,
    /// Words in the longest run without a gap.
    pub run: f32,
    /// Words dropped, added or changed inside of what is shared.
    pub changed: f32,
    /// Words that both have beyond an end of what is shared, in the same sentence.
    pub diverging: usize,
    /// Whether each passage denies, in what is shared and between.
    pub denies: [bool; 2],
    /// Whether words are left off, where that is no change.
    pub is_cut: bool,
    /// Words of each passage that were free to be matched.
    pub sizes: [f32; 2],
}

impl Shared {
    pub fn of(pair: &Pair<'_>, a: Passage<'_>, b: Passage<'_>, alignment: Alignment) -> Self {
        let mut shared = Self { score: alignment.score, links: alignment.links, ..Self::default() };
        shared.sizes = [free_size(pair, Which::A, a.words), free_size(pair, Which::B, b.words)];
        shared.count(pair, a);
        shared.compare_gaps(a, b);
        shared.compare_ends(a, b);
        shared.look_for_denial(pair, a, b);
        shared
    }

    /// How much of the shorter passage is kept.
    pub fn cover(&self) -> f32 {
        self.kept / self.sizes[0].min(self.sizes[1]).max(0.5)
    }

    /// How much of one passage is kept.
    pub fn cover_of(&self, which: Which) -> f32 {
        self.kept / self.sizes[which as usize].max(0.5)
    }

    pub fn form(&self) -> Form {
        const ENOUGH_WORDS: f32 = 8.0;
        const ENOUGH: f32 = 0.6;
        match () {
            () if self.changed == 0.0 && !self.is_cut => Form::Verbatim,
            () if self.changed == 0.0 => Form::Truncated,
            () if self.kept >= ENOUGH_WORDS || self.cover() >= ENOUGH => Form::Altered,
            () => Form::Paraphrased,
        }
    }

    fn count(&mut self, pair: &Pair<'_>, a: Passage<'_>) {
        let article = pair.article(Which::A);
        let (mut run, mut last): (f32, Option<Link>) = (0.0, None);
        for link in &self.links {
            let own = &a.words[link.a..link.a + link.a_len];
            let words = || own.iter().map(|index| &article.words[*index as usize]);
            let size: f32 = words().map(|word| word.size).sum::<f32>() / link.a_len as f32;
            self.kept += if link.is_same { size } else { size / 2.0 };
            let telling = |word: &&Word| word.class != Class::Common;
            self.telling += usize::from(words().any(|word| telling(&word)));
            self.weight += own.iter().map(|index| pair.weight_of(Which::A, *index)).fold(0.0, f32::max);
            self.names += usize::from(words().any(|word| telling(&word) && word.is_capital));
            self.numbers += usize::from(words().any(|word| word.class == Class::Number));
            let follows = last.is_some_and(|last| last.a + last.a_len == link.a && last.b + last.b_len == link.b);
            run = if follows && link.is_same { run + size } else { size };
            self.run = self.run.max(run);
            last = Some(*link);
        }
    }

    /// Words between links: changed, or cut where an article says so.
    fn compare_gaps(&mut self, a: Passage<'_>, b: Passage<'_>) {
        self.changed += self.links.iter().filter(|link| !link.is_same).count() as f32;
        for pair in self.links.windows(2) {
            let (before, after) = (pair[0], pair[1]);
            let only_a = after.a - before.a - before.a_len;
            let only_b = after.b - before.b - before.b_len;
            let is_marked = only_b == 0 && only_a > 0 && b.seam(after.b) == Seam::Part
                || only_a == 0 && only_b > 0 && a.seam(after.a) == Seam::Part;
            match is_marked {
                true => self.is_cut = true,
                false => self.changed += only_a.max(only_b) as f32,
            }
        }
    }

    fn look_for_denial(&mut self, pair: &Pair<'_>, a: Passage<'_>, b: Passage<'_>) {
        let Some((first, last)) = self.links.first().zip(self.links.last()) else { return };
        // What denies stands before what it denies.
        let begins = |at: usize| at.saturating_sub(2);
        let denies =
            |which: Which, words: &[u32]| words.iter().any(|word| pair.article(which).words[*word as usize].denies);
        self.denies = [
            denies(Which::A, &a.words[begins(first.a)..last.a + last.a_len]),
            denies(Which::B, &b.words[begins(first.b)..last.b + last.b_len]),
        ];
    }

    /// Words before the first link and after the last one.
    fn compare_ends(&mut self, a: Passage<'_>, b: Passage<'_>) {
        let Some((first, last)) = self.links.first().copied().zip(self.links.last().copied()) else { return };
        let heads = (a.left_before(first.a), b.left_before(first.b));
        let (a_end, b_end) = (last.a + last.a_len, last.b + last.b_len);
        let tails = (
            if a.seam(a_end) == Seam::None { a.left_after(a_end) } else { 0 },
            if b.seam(b_end) == Seam::None { b.left_after(b_end) } else { 0 },
        );
        let heads = (
            if a.seam(first.a) == Seam::None { heads.0 } else { 0 },
            if b.seam(first.b) == Seam::None { heads.1 } else { 0 },
        );
        if !a.is_told() && !b.is_told() {
            for (one, two) in [heads, tails] {
                self.diverging += one.min(two);
                self.changed += one.min(two) as f32;
            }
        }
        let is_left = |passage: Passage<'_>, first: usize, end: usize| {
            !passage.is_told() && (first > 0 || end < passage.words.len())
        };
        self.is_cut |= is_left(a, first.a, a_end) || is_left(b, first.b, b_end);
    }
}

/// The sizes of the words that no statement has yet.
fn free_size(pair: &Pair<'_>, which: Which, words: &[u32]) -> f32 {
    let free = words.iter().filter(|word| !pair.is_used(which, **word));
    free.map(|word| pair.article(which).words[*word as usize].size).sum()
}
