//! Which words of two wordings are the same, which stand in one alone, and which stand for others. It judges nothing:
//! case, punctuation and spelling do not count, as in [`super::word`].

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

use super::word::{Word, words};
use crate::text::{ByteRange, Fragments};

/// How two wordings, `a` and `b`, differ, word by word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// The words of both in order, each exactly once, as long as they are alike in one piece.
    pub pieces: Vec<Piece>,
    /// How many words both have.
    pub kept: usize,
    /// How many words of `b` stand in the place of others.
    pub changed: usize,
    /// How many words `a` alone has, and for how many nothing stands in `b`.
    pub cut: usize,
    /// How many words `b` alone has, and for how many nothing stands in `a`.
    pub added: usize,
}

/// Words of one or both wordings that follow each other in one fragment. The ranges are in bytes of their article’s text
/// and go from the first letter to the last: what stands between two pieces is marks and spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Both have them.
    Same {
        a: ByteRange,
        b: ByteRange,
    },
    OnlyA(ByteRange),
    OnlyB(ByteRange),
    /// Those of `b` stand in the place of those of `a`.
    Altered {
        a: ByteRange,
        b: ByteRange,
    },
}

/// What became of words of `a` in `b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Kept,
    Cut,
    Added,
}

impl Difference {
    /// Compares words of one article with words of another; both come with the text that they are of.
    pub fn between(a: (&str, &Fragments), b: (&str, &Fragments)) -> Self {
        let (a, b) = (Wording::of(a), Wording::of(b));
        let mut input = InternedInput::<u64>::default();
        input.update_before(a.words.iter().map(|word| word.reading.number()));
        input.update_after(b.words.iter().map(|word| word.reading.number()));
        let mut diff = Diff::compute(Algorithm::Myers, &input);
        // Words that differ next to each other are one difference, where the same words allow of it.
        diff.postprocess_no_heuristic(&input);
        let mut found = Self::default();
        let mut at = (0, 0);
        for hunk in diff.hunks() {
            let range = |range: &Range<u32>| range.start as usize..range.end as usize;
            let (cut, added) = (range(&hunk.before), range(&hunk.after));
            found.keep((&a, at.0..cut.start), (&b, at.1..added.start));
            at = (cut.end, added.end);
            let changed = cut.len().min(added.len());
            found.changed += changed;
            found.cut += cut.len() - changed;
            found.added += added.len() - changed;
            found.replace(&a.parts(cut), &b.parts(added));
        }
        found.keep((&a, at.0..a.words.len()), (&b, at.1..b.words.len()));
        found
    }

    /// Whether the wordings have the same words.
    pub fn is_same(&self) -> bool {
        self.changed + self.cut + self.added == 0
    }

    /// The wording `b` as it is written, its fragments joined as [`Fragments::words`] does, with what it lacks of `a` put
    /// in. Both come with the text that they are of, and are what was compared.
    pub fn told<'t>(&self, a: &'t str, b: (&'t str, &Fragments)) -> Vec<(&'t str, Change)> {
        let mut telling = Telling { a, b, at: (0, b.1.first().start()), told: Vec::new() };
        let starts = |piece: &Piece| match piece {
            Piece::OnlyA(_) => None,
            Piece::Same { b, .. } | Piece::OnlyB(b) | Piece::Altered { b, .. } => Some(b.start()),
        };
        for (at, piece) in self.pieces.iter().enumerate() {
            // What was cut stands right before the next word that is there.
            let next = self.pieces[at..].iter().take(2).find_map(starts);
            telling.keep_until(next.unwrap_or(b.1.last().end()));
            match *piece {
                Piece::Same { b, .. } => telling.keep_until(b.end()),
                Piece::OnlyA(a) => telling.cut(a),
                Piece::OnlyB(b) => telling.add(b),
                Piece::Altered { a, b } => {
                    telling.cut(a);
                    telling.add(b);
                }
            }
        }
        telling.keep_until(b.1.last().end());
        telling.told
    }

    /// Adds words that both have: so many of both.
    fn keep(&mut self, (a, of_a): (&Wording, Range<usize>), (b, of_b): (&Wording, Range<usize>)) {
        self.kept += of_a.len();
        let mut before = None;
        for (one, other) in of_a.zip(of_b) {
            let [to_a, to_b] = [a.words[one].range, b.words[other].range];
            let fragments = (a.fragments[one], b.fragments[other]);
            match self.pieces.last_mut() {
                Some(Piece::Same { a, b }) if before == Some(fragments) => (*a, *b) = (a.cover(to_a), b.cover(to_b)),
                _ => self.pieces.push(Piece::Same { a: to_a, b: to_b }),
            }
            before = Some(fragments);
        }
    }

    /// Adds words of which the one stand in the place of the others, in as many fragments as each has.
    fn replace(&mut self, a: &[ByteRange], b: &[ByteRange]) {
        match (a.split_last(), b.split_first()) {
            (Some((last, before)), Some((first, after))) => {
                self.pieces.extend(before.iter().copied().map(Piece::OnlyA));
                self.pieces.push(Piece::Altered { a: *last, b: *first });
                self.pieces.extend(after.iter().copied().map(Piece::OnlyB));
            }
            _ => {
                self.pieces.extend(a.iter().copied().map(Piece::OnlyA));
                self.pieces.extend(b.iter().copied().map(Piece::OnlyB));
            }
        }
    }
}

/// The words of an article that are compared.
struct Wording {
    words: Vec<Word>,
    /// For each the fragment it stands in.
    fragments: Vec<usize>,
}

impl Wording {
    fn of((text, place): (&str, &Fragments)) -> Self {
        let (mut all, mut fragments) = (Vec::new(), Vec::new());
        for (at, fragment) in place.iter().enumerate() {
            let Some(slice) = fragment.slice(text) else { continue };
            let moved =
                |range: ByteRange| ByteRange::new(range.start() + fragment.start(), range.end() + fragment.start());
            all.extend(words(slice).into_iter().map(|word| Word { range: moved(word.range), ..word }));
            fragments.resize(all.len(), at);
        }
        Self { words: all, fragments }
    }

    /// Where words that follow each other stand, a range for each fragment.
    fn parts(&self, range: Range<usize>) -> Vec<ByteRange> {
        let mut parts: Vec<ByteRange> = Vec::new();
        for at in range.clone() {
            let word = self.words[at].range;
            match parts.last_mut().filter(|_| at > range.start && self.fragments[at] == self.fragments[at - 1]) {
                Some(last) => *last = last.cover(word),
                None => parts.push(word),
            }
        }
        parts
    }
}

/// A wording that is told with what it lacks of another one.
struct Telling<'t, 'p> {
    a: &'t str,
    b: (&'t str, &'p Fragments),
    /// The fragment of `b`, and the byte of its text, up to which it was told.
    at: (usize, usize),
    told: Vec<(&'t str, Change)>,
}

/// Marks that are written on to the word before them.
const WRITTEN_ON: [char; 11] = ['.', ',', ';', ':', '!', '?', '…', ')', '”', '’', '»'];

impl<'t> Telling<'t, '_> {
    /// Tells the wording up to a byte of its text.
    fn keep_until(&mut self, to: usize) {
        let (text, place) = self.b;
        while let Some(fragment) = place.as_slice().get(self.at.0) {
            let part = ByteRange::new(self.at.1, to.clamp(self.at.1, fragment.end().max(self.at.1)));
            self.push(part.slice(text).unwrap_or_default(), Change::Kept);
            self.at.1 = part.end();
            let next = place.as_slice().get(self.at.0 + 1).filter(|next| next.start() <= to);
            let Some(next) = next else { return };
            self.push(" … ", Change::Kept);
            self.at = (self.at.0 + 1, next.start());
        }
    }

    fn add(&mut self, range: ByteRange) {
        self.push(range.slice(self.b.0).unwrap_or_default(), Change::Added);
        self.at.1 = range.end();
    }

    /// Puts in words of the other wording. They bring no spaces along.
    fn cut(&mut self, range: ByteRange) {
        let is_end = |c: char| c.is_alphanumeric() || WRITTEN_ON.contains(&c);
        if self.told.last().is_some_and(|(before, _)| before.ends_with(is_end)) {
            self.push(" ", Change::Kept);
        }
        self.push(range.slice(self.a).unwrap_or_default(), Change::Cut);
    }

    fn push(&mut self, words: &'t str, change: Change) {
        let Some(first) = words.chars().next() else { return };
        let is_after_cut = self.told.last().is_some_and(|(_, before)| *before == Change::Cut);
        if is_after_cut && !first.is_whitespace() && !WRITTEN_ON.contains(&first) {
            self.told.push((" ", Change::Kept));
        }
        self.told.push((words, change));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> Fragments {
        Fragments::one(ByteRange::new(0, text.len())).unwrap()
    }

    /// Draws the second wording with `-cut-` and `+added+` words.
    fn drawn(a: (&str, &Fragments), b: (&str, &Fragments)) -> String {
        let draw = |(words, change): (&str, Change)| match change {
            Change::Kept => words.to_owned(),
            Change::Cut => format!("-{words}-"),
            Change::Added => format!("+{words}+"),
        };
        let difference = Difference::between(a, b);
        let told = difference.told(a.0, b);
        // What is not cut is the wording as it is written, but for the spaces around what was put in.
        let left: String = told.iter().filter(|(_, change)| *change != Change::Cut).map(|(words, _)| *words).collect();
        let letters = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(letters(&left), letters(&b.1.words(b.0)));
        told.into_iter().map(draw).collect()
    }

    fn check(a: &str, b: &str, expected: &str, counts: [usize; 4]) {
        assert_eq!(drawn((a, &whole(a)), (b, &whole(b))), expected);
        let found = Difference::between((a, &whole(a)), (b, &whole(b)));
        assert_eq!([found.kept, found.changed, found.cut, found.added], counts, "{a} / {b}");
    }

    #[test]
    fn what_differs_is_told_word_by_word() {
        check(
            "This is a tax on getting to work, plain and simple, and we will fight it street by street.",
            "It is a tax on going to work, and we shall fight it street by street and shop by shop.",
            "-This- +It+ is a tax on -getting- +going+ to work, -plain and simple- and we -will- +shall+ fight it street \
             by street +and shop by shop+.",
            [13, 3, 3, 4],
        );
        check("One, two and three.", "“Two, and three” four!", "“-One- Two, and three” +four+!", [3, 0, 1, 1]);
        check("one two three four", "one zwei drei extra four", "one -two three- +zwei drei extra+ four", [2, 2, 0, 1]);
    }

    #[test]
    fn what_stands_at_an_end_alone_is_told_there() {
        check("We are late again", "We are late.", "We are late. -again-", [3, 0, 1, 0]);
        check("We", "«We are»", "«We +are+»", [1, 0, 0, 1]);
        check("one", "«two»", "«-one- +two+»", [0, 1, 0, 0]);
    }

    #[test]
    fn case_marks_and_spelling_do_not_count() {
        for (a, b) in [
            ("Steel does not wait.", "“steel DOES not wait”"),
            ("It’s over, she said", "it's OVER — she said!"),
            ("the labour programme", "The labor program"),
        ] {
            let found = Difference::between((a, &whole(a)), (b, &whole(b)));
            assert!(found.is_same(), "{a} / {b}");
            assert_eq!(drawn((a, &whole(a)), (b, &whole(b))), b);
        }
    }

    #[test]
    fn pieces_stay_in_their_fragments() {
        let (a, b) =
            ("We will fight it street by street", "We will, she said, fight it alley by alley, he said, always");
        let parts = Fragments::new([ByteRange::new(0, 8), ByteRange::new(19, 42), ByteRange::new(53, 59)]).unwrap();
        assert_eq!(
            drawn((a, &whole(a)), (b, &parts)),
            "We will, … fight it -street- +alley+ by -street- +alley+ … +always+"
        );
        let found = Difference::between((a, &whole(a)), (b, &parts));
        let of_b = |piece: &Piece| match piece {
            Piece::Same { b, .. } | Piece::OnlyB(b) | Piece::Altered { b, .. } => Some(*b),
            Piece::OnlyA(_) => None,
        };
        let inside = |range: ByteRange| parts.iter().any(|fragment| fragment.contains_range(range));
        assert!(found.pieces.iter().filter_map(of_b).all(inside), "{found:?}");
        // The other way round fragments are cut that have no word left.
        assert_eq!(
            drawn((b, &parts), (a, &whole(a))),
            "We will fight it -alley- +street+ by -alley- -always- +street+"
        );
    }

    #[test]
    fn words_without_spaces_are_told_apart() {
        check("我们不会收费", "我们将收费", "我们 -不会- +将+收费", [4, 1, 1, 0]);
    }
}
