//! What articles have from each other word for word, as copy of an agency: runs of words that are the same in the same
//! order. Case and marks do not count. It judges nothing; a run may be a quotation or not.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashSet, FxHasher};
use unicode_segmentation::UnicodeSegmentation;

use crate::text::{ByteRange, Text};

/// So many words at least.
const RUN: usize = 8;

/// Of each text the runs of words that another text has too: sorted and disjoint. A text that is `None` has none.
pub fn carried(texts: &[Option<&Text>]) -> Vec<Vec<ByteRange>> {
    let words: Vec<Vec<(ByteRange, u64)>> =
        texts.iter().map(|text| text.map(|t| words(t)).unwrap_or_default()).collect();
    let runs: Vec<Vec<u64>> = words.iter().map(|words| words.windows(RUN).map(hash_of).collect()).collect();
    let known: Vec<FxHashSet<u64>> = runs.iter().map(|runs| runs.iter().copied().collect()).collect();
    let of = |own: usize| {
        let others = || known.iter().enumerate().filter(|(other, _)| *other != own);
        let mut found: Vec<ByteRange> = Vec::new();
        for (at, run) in runs[own].iter().enumerate() {
            if !others().any(|(_, known)| known.contains(run)) {
                continue;
            }
            let range = words[own][at].0.cover(words[own][at + RUN - 1].0);
            match found.last_mut() {
                Some(last) if last.end() >= range.start() => *last = last.cover(range),
                _ => found.push(range),
            }
        }
        found
    };
    (0..texts.len()).map(of).collect()
}

/// The words of a text, each with a number that is the same for the same letters.
fn words(text: &str) -> Vec<(ByteRange, u64)> {
    let numbered = |(start, word): (usize, &str)| {
        let mut hasher = FxHasher::default();
        word.chars().flat_map(char::to_lowercase).for_each(|letter| letter.hash(&mut hasher));
        (ByteRange::new(start, start + word.len()), hasher.finish())
    };
    text.unicode_word_indices().map(numbered).collect()
}

fn hash_of(run: &[(ByteRange, u64)]) -> u64 {
    let mut hasher = FxHasher::default();
    run.iter().for_each(|(_, word)| word.hash(&mut hasher));
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_eight_words_are_found_whatever_stands_between_them() {
        let one = Text::from("Last night: the bridge, which was closed for the third time this year, opened again.");
        let other = Text::from("It was “The bridge which was closed for the third time this year” that they saw.");
        let found = carried(&[Some(&one), Some(&other), None]);
        let drawn: Vec<&str> = found[0].iter().filter_map(|range| range.slice(&one)).collect();
        assert_eq!(drawn, ["the bridge, which was closed for the third time this year"]);
        assert_eq!(found[1].len(), 1);
        let short = Text::from("The bridge which was closed for the second time opened again.");
        assert!(carried(&[Some(&one), Some(&short)]).iter().all(Vec::is_empty));
    }
}
