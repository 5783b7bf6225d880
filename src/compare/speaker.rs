//! Who says a quotation, as far as names tell: those of the source that is marked, else those beside the verb of saying.
//! It does not look behind pronouns.

use super::{
    mark::Mark,
    sentence::{Sentence, sentences_at},
    word::{Class, Reading, Word, words},
};
use crate::text::Fragments;

/// The names of who speaks, sorted; empty where they are not known.
#[derive(Clone, Debug, Default)]
pub(super) struct Speaker {
    names: Vec<Reading>,
    /// Whether somebody has marked the source; else it is a guess.
    is_marked: bool,
}

/// How two speakers go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speakers {
    /// Both are known, and share a name.
    Same,
    /// One of them is not known.
    Unknown,
    /// They seem to be two, from the words around them.
    SeemOther,
    /// They are two: so it is marked.
    Other,
}

/// A name stands within so many words of the verb of saying.
const NEAR: usize = 4;

impl Speaker {
    /// Who says these words.
    pub fn of(all: &[Word], sentences: &[Sentence], place: &Fragments, marks: &[Mark]) -> Self {
        let is_marked = |mark: &&Mark| mark.is_quote && !mark.sources.is_empty() && mark.is_at(place);
        let marked = marks.iter().find(is_marked);
        let mut names: Vec<Reading> = match marked {
            Some(mark) => mark.sources.iter().flat_map(|source| names_in(source)).collect(),
            None => beside_verb(all, sentences, place),
        };
        names.sort_unstable();
        names.dedup();
        Self { names, is_marked: marked.is_some() }
    }

    /// How two speakers go together.
    pub fn beside(&self, other: &Self) -> Speakers {
        match () {
            () if self.names.is_empty() || other.names.is_empty() => Speakers::Unknown,
            () if self.names.iter().any(|name| other.names.binary_search(name).is_ok()) => Speakers::Same,
            () if self.is_marked && other.is_marked => Speakers::Other,
            () => Speakers::SeemOther,
        }
    }
}

/// The words of a source that name it: those with a capital, or where it has none, those that say something.
fn names_in(source: &str) -> Vec<Reading> {
    let all = words(source);
    let telling = || all.iter().filter(|word| word.class == Class::Content);
    let capital: Vec<Reading> = telling().filter(|word| word.is_capital).map(|word| word.reading).collect();
    if capital.is_empty() { telling().map(|word| word.reading).collect() } else { capital }
}

/// Names beside a verb of saying, in the sentences of the quotation and outside of its words.
fn beside_verb(all: &[Word], sentences: &[Sentence], place: &Fragments) -> Vec<Reading> {
    let around: Vec<&Word> = [place.first(), place.last()]
        .into_iter()
        .flat_map(|part| sentences_at(sentences, part))
        .flat_map(|sentence| &all[sentence.words()])
        .filter(|word| !place.overlaps(word.range))
        .collect();
    let is_name = |at: &usize| around[*at].is_capital && around[*at].class == Class::Content;
    let mut names = Vec::new();
    for verb in (0..around.len()).filter(|at| around[*at].reports) {
        let before = (verb.saturating_sub(NEAR)..verb).rev().skip_while(|at| !is_name(at)).take_while(is_name);
        let after = (verb + 1..around.len()).take(NEAR).skip_while(|at| !is_name(at)).take_while(is_name);
        names.extend(before.chain(after).map(|at| around[at].reading));
    }
    names
}
