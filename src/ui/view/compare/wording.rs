//! How one wording differs from another, word by word. Case, punctuation and the marks around words do not count. It
//! draws nothing.

use imara_diff::{Algorithm, Diff, InternedInput};
use unicode_segmentation::UnicodeSegmentation;

use crate::text::ByteRange;

/// What became of words of one wording in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Kept,
    /// Only the first wording has them.
    Cut,
    /// Only the second one has them.
    Added,
}

/// Words of a wording, as they are written there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub words: String,
    pub change: Change,
}

/// How two wordings differ: the second one with what it lacks of the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    pub pieces: Vec<Piece>,
    pub kept: usize,
    /// Words that stand in the place of others.
    pub changed: usize,
    pub cut: usize,
    pub added: usize,
}

/// Compares two wordings.
pub fn differences(first: &str, second: &str) -> Differences {
    let (a, b) = (words(first), words(second));
    let mut input = InternedInput::<&str>::default();
    input.update_before(a.iter().map(|(_, letters)| letters.as_str()));
    input.update_after(b.iter().map(|(_, letters)| letters.as_str()));
    let mut diff = Diff::compute(Algorithm::Myers, &input);
    // Words that differ next to each other are one difference, where the same words allow of it.
    diff.postprocess_no_heuristic(&input);
    let mut found = Differences::default();
    let mut at = 0;
    for hunk in diff.hunks() {
        let range = |range: &std::ops::Range<u32>| range.start as usize..range.end as usize;
        let (cut, added) = (range(&hunk.before), range(&hunk.after));
        found.keep(second, &b, at..added.start);
        at = added.end;
        let changed = cut.len().min(added.len());
        found.changed += changed;
        found.cut += cut.len() - changed;
        found.added += added.len() - changed;
        found.add(between(first, &a, cut), Change::Cut);
        found.add(between(second, &b, added), Change::Added);
    }
    found.keep(second, &b, at..b.len());
    found
}

/// Words of a wording, from the first letter to the last.
fn between<'t>(text: &'t str, words: &[(ByteRange, String)], range: std::ops::Range<usize>) -> &'t str {
    let all = words.get(range).filter(|words| !words.is_empty());
    let whole = all.map(|words| words[0].0.cover(words[words.len() - 1].0));
    whole.and_then(|whole| whole.slice(text)).unwrap_or_default()
}

impl Differences {
    /// Adds words that both have, with the marks after them and, at the beginning, before them.
    fn keep(&mut self, text: &str, words: &[(ByteRange, String)], range: std::ops::Range<usize>) {
        if range.is_empty() {
            return;
        }
        self.kept += range.len();
        let start = if range.start == 0 { 0 } else { words[range.start].0.start() };
        let end = words.get(range.end).map_or(text.len(), |(next, _)| next.start());
        self.add(text.get(start..end).unwrap_or_default().trim_end(), Change::Kept);
    }

    fn add(&mut self, words: &str, change: Change) {
        if !words.is_empty() {
            self.pieces.push(Piece { words: words.to_owned(), change });
        }
    }

    /// Whether the wordings have the same words.
    pub fn is_same(&self) -> bool {
        self.changed + self.cut + self.added == 0
    }
}

/// The words of a wording with their letters as they are compared.
fn words(text: &str) -> Vec<(ByteRange, String)> {
    let word = |(start, word): (usize, &str)| {
        let letters = word.chars().filter(|c| !matches!(c, '\'' | '’' | '.')).flat_map(char::to_lowercase);
        (ByteRange::new(start, start + word.len()), letters.collect())
    };
    text.unicode_word_indices().map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws a wording with `-cut-` and `+added+` words.
    fn check(first: &str, second: &str, expected: &str) {
        let found = differences(first, second);
        let draw = |piece: &Piece| match piece.change {
            Change::Kept => piece.words.clone(),
            Change::Cut => format!("-{}-", piece.words),
            Change::Added => format!("+{}+", piece.words),
        };
        assert_eq!(found.pieces.iter().map(draw).collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn what_differs_is_told_word_by_word() {
        check(
            "This is a tax on getting to work, plain and simple, and we will fight it street by street.",
            "It is a tax on going to work, and we shall fight it street by street and shop by shop",
            "-This- +It+ is a tax on -getting- +going+ to work, -plain and simple- and we -will- +shall+ fight it street \
             by street +and shop by shop+",
        );
        check("Steel does not wait.", "“steel DOES not wait”", "“steel DOES not wait”");
        check("We are late", "", "-We are late-");
    }

    #[test]
    fn words_that_stand_for_others_are_counted_apart() {
        let found = differences("one two three four", "one zwei drei extra four five");
        assert_eq!((found.kept, found.changed, found.cut, found.added), (2, 2, 0, 2));
        assert!(differences("Not so.", "not so").is_same());
    }
}
