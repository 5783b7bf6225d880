//! Local alignment of two sequences of words: which words of the one are which of the other, in the same order. It
//! knows nothing of quotations.
//!
//! The algorithm is that of Smith and Waterman, “Identification of common molecular subsequences” (1981), with the gaps
//! of Gotoh, “An improved algorithm for matching biological sequences” (1982). A match counts by how rare the word is.

use super::word::Reading;

/// A word as it is aligned.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub reading: Reading,
    /// Equal for two words of one stem in both sequences.
    pub stem: u32,
    /// How much a match of it says: near 0 for words that every text has, up to 1.
    pub weight: f32,
    /// Whether it may be matched at all.
    pub is_free: bool,
}

/// A word, or two, of each sequence that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub a: usize,
    pub b: usize,
    /// How many words of each it is: two where the other writes them as one.
    pub a_len: usize,
    pub b_len: usize,
    /// Whether they read the same; else they are forms of one word.
    pub is_same: bool,
}

/// The best local alignment.
#[derive(Clone, Debug, Default)]
pub(super) struct Alignment {
    /// In order.
    pub links: Vec<Link>,
    pub score: f32,
}

const SAME: f32 = 0.45;
const SAME_STEM: f32 = 0.2;
const OTHER: f32 = -0.55;
const OPEN_GAP: f32 = -0.7;
const WIDEN_GAP: f32 = -0.12;

/// How the best alignment that ends in a cell goes back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Begin,
    /// From the cell before both words, whatever it ended with.
    Pair,
    /// Two words of the first sequence are one of the second.
    TwoToOne,
    OneToTwo,
}

/// What a cell's alignment ended with before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Track {
    Words,
    GapInB,
    GapInA,
}

#[derive(Clone, Copy)]
struct Cell {
    /// Ends with these two words.
    words: f32,
    /// Ends with a word of the first sequence alone, and of the second one.
    only_a: f32,
    only_b: f32,
    step: Step,
    /// What came before the two words.
    before: Track,
    /// Whether the gap was open already.
    a_widens: bool,
    b_widens: bool,
}

const EMPTY: Cell = Cell {
    words: 0.0,
    only_a: f32::NEG_INFINITY,
    only_b: f32::NEG_INFINITY,
    step: Step::Begin,
    before: Track::Words,
    a_widens: false,
    b_widens: false,
};

/// Sequences of more cells than this are not aligned: that would be speeches of many thousand words.
const MOST_CELLS: usize = 1 << 24;

/// The best local alignment of two sequences; without links where nothing is shared.
pub(super) fn align(a: &[Token], b: &[Token]) -> Alignment {
    if a.is_empty() || b.is_empty() || a.len().saturating_mul(b.len()) > MOST_CELLS {
        return Alignment::default();
    }
    let table = Table::fill(a, b);
    table.read(a, b)
}

struct Table {
    cells: Vec<Cell>,
    width: usize,
    best: (usize, usize),
}

impl Table {
    fn fill(a: &[Token], b: &[Token]) -> Self {
        let width = b.len() + 1;
        let mut table = Self { cells: vec![EMPTY; (a.len() + 1) * width], width, best: (0, 0) };
        let joined = |tokens: &[Token]| -> Vec<Option<Reading>> {
            let pair = |at: usize| Some(tokens[at.checked_sub(1)?].reading.with(tokens[at].reading));
            (0..tokens.len()).map(pair).collect()
        };
        let (a_joined, b_joined) = (joined(a), joined(b));
        let mut best = 0.0;
        for i in 1..=a.len() {
            for j in 1..=b.len() {
                let mut cell = table.pair((i, j), value(&a[i - 1], &b[j - 1]));
                let is_free = a[i - 1].is_free && b[j - 1].is_free;
                if is_free && a_joined[i - 1] == Some(b[j - 1].reading) {
                    let two = table.cell(i - 2, j - 1).words + SAME + b[j - 1].weight;
                    cell = better(cell, two, Step::TwoToOne);
                } else if is_free && b_joined[j - 1] == Some(a[i - 1].reading) {
                    let two = table.cell(i - 1, j - 2).words + SAME + a[i - 1].weight;
                    cell = better(cell, two, Step::OneToTwo);
                }
                if cell.words > best {
                    (best, table.best) = (cell.words, (i, j));
                }
                table.cells[i * width + j] = cell;
            }
        }
        table
    }

    fn cell(&self, i: usize, j: usize) -> &Cell {
        &self.cells[i * self.width + j]
    }

    /// The cell of two words that are matched or replaced, with its gaps.
    fn pair(&self, (i, j): (usize, usize), value: f32) -> Cell {
        let before = self.cell(i - 1, j - 1);
        let tracks = [(before.words, Track::Words), (before.only_a, Track::GapInB), (before.only_b, Track::GapInA)];
        let (so_far, track) = tracks.into_iter().fold(tracks[0], |best, one| if one.0 > best.0 { one } else { best });
        let (above, left) = (self.cell(i - 1, j), self.cell(i, j - 1));
        let gap = |open: f32, wide: f32| {
            let (open, wide) = (open + OPEN_GAP, wide + WIDEN_GAP);
            (open.max(wide), wide > open)
        };
        let (only_a, a_widens) = gap(above.words, above.only_a);
        let (only_b, b_widens) = gap(left.words, left.only_b);
        let words = (so_far + value).max(0.0);
        let step = if words > 0.0 { Step::Pair } else { Step::Begin };
        Cell { words, only_a, only_b, step, before: track, a_widens, b_widens }
    }

    /// Goes back from the best cell.
    fn read(&self, a: &[Token], b: &[Token]) -> Alignment {
        let (mut i, mut j) = self.best;
        let score = self.cell(i, j).words;
        let mut links = Vec::new();
        let mut track = Track::Words;
        loop {
            let cell = self.cell(i, j);
            match track {
                Track::GapInB => {
                    track = if cell.a_widens { Track::GapInB } else { Track::Words };
                    i -= 1;
                    continue;
                }
                Track::GapInA => {
                    track = if cell.b_widens { Track::GapInA } else { Track::Words };
                    j -= 1;
                    continue;
                }
                Track::Words => {}
            }
            let (a_len, b_len) = match cell.step {
                Step::Begin => break,
                Step::Pair => (1, 1),
                Step::TwoToOne => (2, 1),
                Step::OneToTwo => (1, 2),
            };
            (i, j) = (i - a_len, j - b_len);
            if cell.step != Step::Pair || value(&a[i], &b[j]) > 0.0 {
                let is_same = cell.step != Step::Pair || a[i].reading == b[j].reading;
                links.push(Link { a: i, b: j, a_len, b_len, is_same });
            }
            track = if cell.step == Step::Pair { cell.before } else { Track::Words };
        }
        links.reverse();
        Alignment { links, score }
    }
}

fn better(cell: Cell, words: f32, step: Step) -> Cell {
    if words > cell.words { Cell { words, step, ..cell } } else { cell }
}

/// What it says that two words stand for each other.
fn value(a: &Token, b: &Token) -> f32 {
    match () {
        () if !a.is_free || !b.is_free => OTHER,
        () if a.reading == b.reading => SAME + a.weight,
        () if a.stem == b.stem => SAME_STEM + a.weight / 2.0,
        () => OTHER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::word::words;

    /// Draws the words of `a` that are found in `b`.
    fn check(a: &str, b: &str, expected: &str) {
        let tokens = |text: &str| -> Vec<Token> {
            let stem = |reading: Reading| reading.number() as u32;
            let token = |reading, stem, size: usize| {
                let weight = if size < 4 { 0.1 } else { 0.8 };
                Token { reading, stem, weight, is_free: true }
            };
            words(text).iter().map(|word| token(word.reading, stem(word.stem), word.range.len())).collect()
        };
        let found = align(&tokens(a), &tokens(b));
        let all = words(a);
        let mut drawn = String::new();
        for (at, word) in all.iter().enumerate() {
            let link = found.links.iter().find(|link| (link.a..link.a + link.a_len).contains(&at));
            let written = &a[word.range.as_range()];
            drawn += &match link {
                Some(link) if link.is_same => format!("[{written}] "),
                Some(_) => format!("({written}) "),
                None => format!("{written} "),
            };
        }
        assert_eq!(drawn.trim_end(), expected);
    }

    #[test]
    fn words_are_found_in_order() {
        check(
            "It is a tax on going to work, and we shall fight it street by street",
            "This is a tax on getting to work, plain and simple, and we will fight it street by street",
            "It [is] [a] [tax] [on] going [to] [work] [and] [we] shall [fight] [it] [street] [by] [street]",
        );
    }

    #[test]
    fn forms_and_words_written_as_one_are_found() {
        check(
            "for the well being of our nations",
            "for the wellbeing of our nation",
            "[for] [the] [well] [being] [of] [our] (nations)",
        );
    }

    #[test]
    fn what_shares_nothing_has_no_links() {
        check("steel waits", "winter comes", "steel waits");
    }
}
