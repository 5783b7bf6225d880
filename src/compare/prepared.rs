//! An article made ready to be compared with many others: its words, quotations and sentences, and where each is found.

use super::{
    mark::Mark,
    prose::{Prose, proses},
    quote::{Quote, quotes},
    sentence::{Sentence, sentences},
    word::{Class, Reading, Word, words},
};
use crate::text::{Fragments, Text};

/// An article as it is compared. Making it costs its length; it is kept for all pairs that the article is in.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub(super) text: Text,
    pub(super) words: Vec<Word>,
    pub(super) sentences: Vec<Sentence>,
    pub(super) quotes: Vec<Quote>,
    pub(super) proses: Vec<Prose>,
    /// For each word its place in `stems`.
    pub(super) stem_of: Vec<u32>,
    /// Every stem once, sorted, and how often it comes.
    pub(super) stems: Vec<Stem>,
    /// Runs of three words inside quotations, sorted, each with the quotation.
    pub(super) runs: Vec<(u64, u32)>,
    /// Stems in quotations that say something, sorted, each with the quotation.
    pub(super) quoted: Vec<(u32, u32)>,
}

/// A stem of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stem {
    pub stem: Reading,
    pub count: u32,
    pub class: Class,
    /// Whether it always begins with a capital letter.
    pub is_name: bool,
}

impl Prepared {
    /// Reads a text, with the marks of one annotator or of several: they tell which words are one quotation, and who
    /// says it.
    pub fn new(text: &Text, marks: Vec<Mark>) -> Self {
        let words = words(text);
        let sentences = sentences(text, &words);
        let quotes = quotes(text, &words, &sentences, &marks);
        let proses = proses(&words, &sentences, &quotes);
        let (stems, stem_of) = stems(&words);
        let mut prepared = Self {
            text: text.clone(),
            words,
            sentences,
            quotes,
            proses,
            stem_of,
            stems,
            runs: Vec::new(),
            quoted: Vec::new(),
        };
        prepared.index();
        prepared
    }

    /// How many words it has.
    pub fn word_count(&self) -> usize {
        self.words.len()
    }

    /// The text that was read.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// The readings of all words in order, as those of another article.
    pub(super) fn reads_as(&self, other: &Self) -> bool {
        self.words.len() == other.words.len()
            && !self.words.is_empty()
            && self.words.iter().zip(&other.words).all(|(one, two)| one.reading == two.reading)
    }

    /// From the first word to the last.
    pub(super) fn whole(&self) -> Option<Fragments> {
        let (first, last) = self.words.first().zip(self.words.last())?;
        Fragments::one(first.range.cover(last.range))
    }

    fn index(&mut self) {
        let numbered = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
        let (mut quotes, mut proses) = (std::mem::take(&mut self.quotes), std::mem::take(&mut self.proses));
        for (at, quote) in quotes.iter_mut().enumerate() {
            quote.stems = self.bag(&quote.words);
            let runs: Vec<(u64, u32)> = quote.words.windows(3).map(|run| (self.run(run), numbered(at))).collect();
            self.runs.extend(runs);
            self.quoted.extend(quote.stems.iter().map(|stem| (*stem, numbered(at))));
        }
        for prose in &mut proses {
            prose.stems = self.bag(&prose.words);
        }
        (self.quotes, self.proses) = (quotes, proses);
        self.quoted.sort_unstable();
        self.runs.sort_unstable();
        self.runs.dedup();
    }

    /// What some words say, by their indexes: places of the stems of those that say something, sorted, each once.
    pub(super) fn bag(&self, words: &[u32]) -> Vec<u32> {
        let telling = words.iter().filter(|word| self.words[**word as usize].class != Class::Common);
        let mut stems: Vec<u32> = telling.map(|word| self.stem_of[*word as usize]).collect();
        stems.sort_unstable();
        stems.dedup();
        stems
    }

    /// A number for a run of three words.
    fn run(&self, words: &[u32]) -> u64 {
        words.iter().fold(0, |hash: u64, word| {
            hash.rotate_left(21).wrapping_mul(0x517c_c1b7_2722_0a95) ^ self.words[*word as usize].reading.number()
        })
    }
}

/// Every stem, sorted, and for each word the place of its own.
fn stems(words: &[Word]) -> (Vec<Stem>, Vec<u32>) {
    let mut order: Vec<u32> = (0..words.len()).map(|index| u32::try_from(index).unwrap_or(u32::MAX)).collect();
    order.sort_unstable_by_key(|index| (words[*index as usize].stem, *index));
    let mut stems: Vec<Stem> = Vec::new();
    let mut stem_of = vec![0; words.len()];
    for index in order {
        let word = &words[index as usize];
        match stems.last_mut() {
            Some(last) if last.stem == word.stem => {
                (last.count, last.is_name) = (last.count + 1, last.is_name && word.is_capital);
            }
            _ => stems.push(Stem { stem: word.stem, count: 1, class: word.class, is_name: word.is_capital }),
        }
        stem_of[index as usize] = u32::try_from(stems.len() - 1).unwrap_or(u32::MAX);
    }
    (stems, stem_of)
}
