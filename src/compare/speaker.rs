//! Who says a quotation, as far as names tell: those of the source that is marked, else those beside the verb of saying.
//! It does not look behind pronouns.

use super::{
    mark::Mark,
    sentence::{Sentence, sentences_at},
    word::{Class, Reading, Word, words},
};
use crate::text::{ByteRange, Fragments, Text, segment::is_reporting_verb};

/// The names of who speaks, sorted; empty where they are not known.
#[derive(Clone, Debug, Default)]
pub(super) struct Speaker(Vec<Reading>);

/// Words between the verb of saying and a name beside it, at most.
const NEAR: usize = 8;

impl Speaker {
    /// Who says these words.
    pub fn of(text: &Text, all: &[Word], sentences: &[Sentence], place: &Fragments, marks: &[Mark]) -> Self {
        let is_marked = |mark: &&Mark| mark.is_quote && !mark.sources.is_empty() && mark.is_at(place);
        let mut names: Vec<Reading> = match marks.iter().find(is_marked) {
            Some(mark) => mark.sources.iter().flat_map(|source| names_in(source)).collect(),
            None => beside_verb(text, all, sentences, place),
        };
        names.sort_unstable();
        names.dedup();
        Self(names)
    }

    /// Whether both are known, and share no name.
    pub fn is_other_than(&self, other: &Self) -> bool {
        !self.0.is_empty() && !other.0.is_empty() && !self.shares_name(other)
    }

    /// Whether both are known, and share a name.
    pub fn shares_name(&self, other: &Self) -> bool {
        self.0.iter().any(|name| other.0.binary_search(name).is_ok())
    }
}

/// The words of a source that name it: those with a capital, or where it has none, those that say something.
fn names_in(source: &str) -> Vec<Reading> {
    let all = words(source);
    let telling = || all.iter().filter(|word| word.class == Class::Content);
    let capital: Vec<Reading> = telling().filter(|word| word.is_capital).map(|word| word.reading).collect();
    if capital.is_empty() { telling().map(|word| word.reading).collect() } else { capital }
}

/// Names near a verb of saying, in the sentences of the quotation and outside of its words.
fn beside_verb(text: &Text, all: &[Word], sentences: &[Sentence], place: &Fragments) -> Vec<Reading> {
    let around: Vec<&Word> = [place.first(), place.last()]
        .into_iter()
        .flat_map(|part| sentences_at(sentences, part))
        .flat_map(|sentence| &all[sentence.words()])
        .filter(|word| !place.overlaps(word.range))
        .collect();
    let is_verb = |word: &Word| !word.is_capital && is_reporting_verb(&text[word.range.as_range()]);
    let verbs: Vec<usize> = (0..around.len()).filter(|at| is_verb(around[*at])).collect();
    let is_near = |at: usize| verbs.iter().any(|verb| verb.abs_diff(at) <= NEAR);
    let begins = |word: &Word| sentences_at(sentences, word.range).any(|s| s.range.start() == word.range.start());
    let is_name = |word: &Word| word.is_capital && word.class == Class::Content && !is_first_of_any(begins(word), word);
    let named = around.iter().enumerate().filter(|(at, word)| is_near(*at) && is_name(word));
    named.map(|(_, word)| word.reading).collect()
}

/// A first word is capital anyway; most names that begin a sentence are followed by the rest of the name.
fn is_first_of_any(begins: bool, word: &Word) -> bool {
    const SHORTEST_NAME: usize = 3;
    begins && ByteRange::len(word.range) < SHORTEST_NAME
}
