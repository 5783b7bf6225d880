//! Which words of two wordings are the same, and which stand in one alone. It judges nothing: case, punctuation and
//! spelling do not count, as in [`super::word`].

use imara_diff::{Algorithm, Diff, InternedInput};

use super::word::{Word, words};
use crate::text::{ByteRange, Fragments, Text};

/// How two wordings differ, word by word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// The words of the first wording in order, as long as they are alike in one piece.
    pub a: Vec<Part>,
    pub b: Vec<Part>,
    /// How many words both have.
    pub kept: usize,
    /// How many words the first one alone has, and the second one.
    pub cut: usize,
    pub added: usize,
}

/// Words of a wording that follow each other in one fragment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// From the first word to the last, in bytes of its article’s text.
    pub range: ByteRange,
    /// Whether the other wording has them too.
    pub is_kept: bool,
}

impl Difference {
    /// Compares words of one article with words of another.
    pub fn between(a: (&Text, &Fragments), b: (&Text, &Fragments)) -> Self {
        let (a, b) = (Wording::of(a), Wording::of(b));
        let readings = |wording: &Wording| wording.words.iter().map(|word| word.reading.number()).collect::<Vec<_>>();
        let mut input = InternedInput::<u64>::default();
        input.update_before(readings(&a).into_iter());
        input.update_after(readings(&b).into_iter());
        let diff = Diff::compute(Algorithm::Myers, &input);
        let (mut only_a, mut only_b) = (vec![false; a.words.len()], vec![false; b.words.len()]);
        for hunk in diff.hunks() {
            hunk.before.for_each(|at| only_a[at as usize] = true);
            hunk.after.for_each(|at| only_b[at as usize] = true);
        }
        let count = |only: &[bool]| only.iter().filter(|only| **only).count();
        let (cut, added) = (count(&only_a), count(&only_b));
        Self { kept: only_a.len() - cut, cut, added, a: a.parts(&only_a), b: b.parts(&only_b) }
    }
}

/// The words of an article that are compared.
struct Wording {
    words: Vec<Word>,
    /// For each the fragment it stands in.
    fragments: Vec<usize>,
}

impl Wording {
    fn of((text, place): (&Text, &Fragments)) -> Self {
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

    fn parts(&self, only: &[bool]) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        for (at, word) in self.words.iter().enumerate() {
            let goes_on = at > 0 && only[at] == only[at - 1] && self.fragments[at] == self.fragments[at - 1];
            match parts.last_mut().filter(|_| goes_on) {
                Some(last) => last.range = last.range.cover(word.range),
                None => parts.push(Part { range: word.range, is_kept: !only[at] }),
            }
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws words that one wording alone has in brackets.
    fn check(a: &str, b: &str, expected: [&str; 2], counts: [usize; 3]) {
        let (a, b) = (Text::new(a.to_owned()), Text::new(b.to_owned()));
        let whole = |text: &Text| Fragments::one(ByteRange::new(0, text.len())).unwrap();
        let found = Difference::between((&a, &whole(&a)), (&b, &whole(&b)));
        let draw = |text: &Text, parts: &[Part]| {
            let part = |part: &Part| {
                let words = &text[part.range.as_range()];
                if part.is_kept { words.to_owned() } else { format!("[{words}]") }
            };
            parts.iter().map(part).collect::<Vec<_>>().join(" ")
        };
        assert_eq!([draw(&a, &found.a), draw(&b, &found.b)], expected);
        assert_eq!([found.kept, found.cut, found.added], counts);
    }

    #[test]
    fn words_that_one_wording_alone_has_are_told_apart() {
        check(
            "We reaffirmed our promise to work for the good of our towns, and our rivers.",
            "“We reaffirmed our promise, to working for the well-being of our towns and rivers",
            [
                "We reaffirmed our promise to [work] for the [good] of our towns, and [our] rivers",
                "We reaffirmed our promise, to [working] for the [well-being] of our towns and rivers",
            ],
            [12, 3, 3],
        );
    }

    #[test]
    fn case_and_marks_do_not_count() {
        check(
            "It’s over, she said",
            "it's OVER — she said!",
            ["It’s over, she said", "it's OVER — she said"],
            [4, 0, 0],
        );
    }
}
