//! Which words of a text are which of its corrected version: a difference of tokens (the histogram algorithm of
//! `imara-diff`), words corrected in place, and passages that were moved.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput, Interner, Token as Number};

use super::tokens::{Token, Tokens};

/// What became of each token of the old text.
#[derive(Debug)]
pub(super) struct Alignment {
    /// For each word of the old text, the word of the new one that it became.
    links: Vec<Option<Link>>,
    /// Which tokens of the new text are linked.
    taken: Vec<bool>,
}

/// What the order alone does not decide.
pub(super) struct Open {
    changed: Vec<Stretch>,
    /// Links that say little, which moved passages may take.
    loose: Vec<(usize, Link)>,
}

/// A token of the old text that was found in the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// Its index in the new text.
    pub to: usize,
    /// How the two were found to belong together.
    pub how: How,
}

/// How a token was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// It reads the same, in the order of the text.
    InOrder,
    /// It was corrected in place.
    Corrected,
    /// It reads the same, and came along with a passage that was moved; passages are numbered from 0.
    Moved(usize),
}

/// Stretches of changed words up to this many pairs are searched for words corrected in place.
const MOST_PAIRS: usize = 1 << 14;

impl Alignment {
    /// What is the same in order, and what is still open then.
    pub fn in_order(old: &Tokens<'_>, new: &Tokens<'_>) -> (Self, Open) {
        let mut alignment = Self { links: vec![None; old.len()], taken: vec![false; new.len()] };
        let whole = (0..old.len(), 0..new.len());
        let changed = changed_stretches(old, new, whole.clone());
        alignment.link_between(&changed, whole, How::InOrder);
        let loose = alignment.take_loose(&changed, old);
        (alignment, Open { changed, loose })
    }

    /// Links what is still open after passages that were moved have been found: what was only held back for them, and
    /// words that were corrected in place.
    pub fn finish(&mut self, open: Open, old: &Tokens<'_>, new: &Tokens<'_>) {
        self.put_back(&open.loose);
        for (before, after) in open.changed {
            self.link_corrected(before, after, old, new);
        }
    }

    /// What became of a token of the old text, by its index.
    pub fn get(&self, old: usize) -> Option<Link> {
        self.links[old]
    }

    /// Whether a word of the old text has no counterpart yet.
    pub fn is_free(&self, old: usize) -> bool {
        self.links[old].is_none()
    }

    /// Whether a word of the new text is a counterpart already.
    pub fn is_taken(&self, new: usize) -> bool {
        self.taken[new]
    }

    /// Links so many tokens one by one, from a pair of places on.
    pub fn link_run(&mut self, (old, new): (usize, usize), count: usize, how: How) {
        for step in 0..count {
            self.links[old + step] = Some(Link { to: new + step, how });
            self.taken[new + step] = true;
        }
    }

    /// The unlinked tokens right before two places, no further than two others.
    pub fn free_before(&self, (old, old_least): (usize, usize), (new, new_least): (usize, usize)) -> Stretch {
        let old_count = (old_least..old).rev().take_while(|at| self.is_free(*at)).count();
        let new_count = (new_least..new).rev().take_while(|at| !self.taken[*at]).count();
        (old - old_count..old, new - new_count..new)
    }

    /// The unlinked tokens from two places on, before two others.
    pub fn free_after(&self, (old, old_most): (usize, usize), (new, new_most): (usize, usize)) -> Stretch {
        let old_count = (old..old_most).take_while(|at| self.is_free(*at)).count();
        let new_count = (new..new_most).take_while(|at| !self.taken[*at]).count();
        (old..old + old_count, new..new + new_count)
    }

    /// Links the equal tokens between changed stretches.
    pub fn link_between(&mut self, changed: &[Stretch], within: Stretch, how: How) {
        let mut at = (within.0.start, within.1.start);
        for (before, after) in changed.iter().chain([&(within.0.end..within.0.end, within.1.end..within.1.end)]) {
            self.link_run(at, before.start - at.0, how);
            at = (before.end, after.end);
        }
    }

    /// Unlinks equal words that say little: those between two changes both larger than they are, as the semantic
    /// clean-up of diff-match-patch does, which may have been found in passing where a whole passage was replaced.
    /// Gives them, so that they can be put back.
    fn take_loose(&mut self, changed: &[Stretch], old: &Tokens<'_>) -> Vec<(usize, Link)> {
        let letters = |range: Range<usize>| range.map(|at| old.get(at).letters as usize).sum::<usize>();
        let mut loose = Vec::new();
        for pair in changed.windows(2) {
            let between = pair[0].0.end..pair[1].0.start;
            let size = letters(between.clone());
            if pair.iter().any(|(before, after)| size > letters(before.clone()).max(after.len() * 4)) {
                continue;
            }
            for at in between {
                let Some(link) = self.links[at].take() else { continue };
                self.taken[link.to] = false;
                loose.push((at, link));
            }
        }
        loose
    }

    /// Links again what was taken loose and found nothing better.
    fn put_back(&mut self, loose: &[(usize, Link)]) {
        for (at, link) in loose {
            if self.is_free(*at) && !self.taken[link.to] {
                self.links[*at] = Some(*link);
                self.taken[link.to] = true;
            }
        }
    }

    /// Pairs the words of a changed stretch, in order, where they are spelled alike, so that all pairs together are
    /// as alike as they can be.
    fn link_corrected(&mut self, before: Range<usize>, after: Range<usize>, old: &Tokens<'_>, new: &Tokens<'_>) {
        let before: Vec<usize> = before.filter(|at| self.is_free(*at)).collect();
        let after: Vec<usize> = after.filter(|at| !self.taken[*at]).collect();
        if before.is_empty() || after.is_empty() || before.len() * after.len() > MOST_PAIRS {
            return;
        }
        let alike = |b: usize, a: usize| likeness(old, old.get(before[b]), new, new.get(after[a]));
        for (b, a) in best_pairs(before.len(), after.len(), alike) {
            self.links[before[b]] = Some(Link { to: after[a], how: How::Corrected });
            self.taken[after[a]] = true;
        }
    }
}

/// A stretch of old tokens and the stretch of new ones in its place; one of them may be empty.
pub(super) type Stretch = (Range<usize>, Range<usize>);

/// What differs between a range of the old tokens and one of the new ones, in order.
pub(super) fn changed_stretches(old: &Tokens<'_>, new: &Tokens<'_>, within: Stretch) -> Vec<Stretch> {
    let mut interner = Interner::new(0);
    let mut numbers = |tokens: &Tokens<'_>, range: &Range<usize>| -> Vec<Number> {
        tokens.readings(range.clone()).map(|reading| interner.intern(reading)).collect()
    };
    let (before, after) = (numbers(old, &within.0), numbers(new, &within.1));
    let diff = Diff::compute(Algorithm::Histogram, &InternedInput { before, after, interner });
    let range = |range: Range<u32>, from: usize| from + range.start as usize..from + range.end as usize;
    let stretches = diff.hunks().map(|hunk| (range(hunk.before, within.0.start), range(hunk.after, within.1.start)));
    let mut stretches: Vec<Stretch> = stretches.collect();
    for at in 0..stretches.len() {
        let room = room_around(&stretches, at, &within);
        slide(&mut stretches[at], room, old, new);
    }
    stretches
}

/// How many equal tokens lie before a stretch and after it, up to its neighbours.
fn room_around(stretches: &[Stretch], at: usize, within: &Stretch) -> (usize, usize) {
    let before = at.checked_sub(1).map_or(within.0.start, |before| stretches[before].0.end);
    let after = stretches.get(at + 1).map_or(within.0.end, |after| after.0.start);
    (stretches[at].0.start - before, after - stretches[at].0.end)
}

/// Of the places that a stretch only taken away, or only added, can be said to be at, takes the one where it begins
/// with a paragraph: “A. [B. ]C.” and “A[. B]. C.” differ in nothing else, and what was moved is the paragraph.
fn slide(stretch: &mut Stretch, (before, after): (usize, usize), old: &Tokens<'_>, new: &Tokens<'_>) {
    let (tokens, range) = match (stretch.0.is_empty(), stretch.1.is_empty()) {
        (false, true) => (old, stretch.0.clone()),
        (true, false) => (new, stretch.1.clone()),
        _ => return,
    };
    let same = |a: usize, b: usize| tokens.get(a).reading == tokens.get(b).reading;
    let back = (0..before).take_while(|by| same(range.start - 1 - by, range.end - 1 - by)).count();
    let on = (0..after).take_while(|by| same(range.start + by, range.end + by)).count();
    let starts = range.start - back..=range.start + on;
    let Some(start) = starts.rev().find(|start| tokens.begins_paragraph(*start)) else { return };
    let by = |at: usize| at + start - range.start;
    *stretch = (by(stretch.0.start)..by(stretch.0.end), by(stretch.1.start)..by(stretch.1.end));
}

/// Pairs of two lines in order, the sum of whose likeness is the highest; 0 is no pair.
fn best_pairs(rows: usize, columns: usize, alike: impl Fn(usize, usize) -> u32) -> Vec<(usize, usize)> {
    // The best sum of what lies behind each pair of places, from the end.
    let mut best = vec![0_u32; (rows + 1) * (columns + 1)];
    let at = |row: usize, column: usize| row * (columns + 1) + column;
    let mut likeness = vec![0_u32; rows * columns];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let same = alike(row, column);
            likeness[row * columns + column] = same;
            let paired = if same > 0 { best[at(row + 1, column + 1)] + same } else { 0 };
            best[at(row, column)] = paired.max(best[at(row + 1, column)]).max(best[at(row, column + 1)]);
        }
    }
    let (mut row, mut column, mut pairs) = (0, 0, Vec::new());
    while row < rows && column < columns {
        let same = likeness[row * columns + column];
        if same > 0 && best[at(row, column)] == best[at(row + 1, column + 1)] + same {
            pairs.push((row, column));
            (row, column) = (row + 1, column + 1);
        } else if best[at(row, column)] == best[at(row + 1, column)] {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs
}

/// How alike two tokens are, in percent, 0 below a half: what they share at their start and at their end, of the
/// longer one's letters. Marks are the same or not.
fn likeness(old: &Tokens<'_>, before: Token, new: &Tokens<'_>, after: Token) -> u32 {
    match (before.reading == after.reading, before.letters.min(after.letters)) {
        (true, _) => 100,
        (false, 0) => 0,
        (false, _) => alike(old.word(before), new.word(after)),
    }
}

/// How alike two words are, in per cent: by what they share at their beginning and end.
fn alike(one: &str, other: &str) -> u32 {
    let [one, other] = [one, other].map(|word| word.chars().flat_map(char::to_lowercase).collect::<Vec<char>>());
    let shorter = one.len().min(other.len());
    let start = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let shared = (start + end).min(shorter);
    let percent = shared * 100 / one.len().max(other.len()).max(1);
    if percent < 50 { 0 } else { u32::try_from(percent).unwrap_or(100) }
}
