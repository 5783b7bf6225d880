//! The quotations of a text, each with all of its parts, as sequences of words. It judges none.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{mark::Mark, sentence::Sentence, speaker::Speaker, word::Word};
use crate::text::{ByteRange, Fragments, Text, quotation::passage_around};

/// A quotation with all of its parts, or the words that a mark takes for one.
#[derive(Clone, Debug)]
pub(super) struct Quote {
    /// Without the quotation marks.
    pub fragments: Fragments,
    /// Indexes of its words, in order.
    pub words: Vec<u32>,
    /// What it says: places of stems, sorted, each once. Filled in once the stems are known.
    pub stems: Vec<u32>,
    /// For each word what stands before it.
    pub seams: Vec<Seam>,
    /// Sizes of its words.
    pub size: f32,
    pub speaker: Speaker,
}

/// What stands between a word of a quotation and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Seam {
    /// Nothing, or marks inside a sentence.
    None,
    /// The end of a sentence.
    Sentence,
    /// An ellipsis, or the reporter’s words between two parts.
    Part,
}

/// The quotations of a text, by where they begin. `quoted` takes for each word the outermost quotation it is in.
pub(super) fn quotes(text: &Text, words: &[Word], sentences: &[Sentence], marks: &[Mark]) -> Vec<Quote> {
    let mut all: Vec<Fragments> = joined_by_marks(passages(text), marks);
    all.sort_by_key(|fragments| (fragments.first().start(), usize::MAX - fragments.last().end()));
    all.dedup();
    let quote = |fragments| Quote::new(text, words, sentences, fragments, marks);
    all.into_iter().map(quote).filter(|quote| !quote.words.is_empty()).collect()
}

/// Every quotation between marks, with all of its parts.
fn passages(text: &Text) -> Vec<Fragments> {
    let mut seen = FxHashSet::default();
    let mut found = Vec::new();
    for quotation in text.quotations() {
        if !seen.insert(quotation.outer) {
            continue;
        }
        let parts = passage_around(text, quotation.outer).unwrap_or_else(|| vec![quotation]);
        seen.extend(parts.iter().map(|part| part.outer));
        found.extend(Fragments::new(parts.iter().map(|part| part.inner)));
    }
    found
}

/// The quotations, those that lie in one mark of a quote joined: who marked them knows best.
fn joined_by_marks(passages: Vec<Fragments>, marks: &[Mark]) -> Vec<Fragments> {
    let mut by_mark: FxHashMap<usize, usize> = FxHashMap::default();
    let mut joined: Vec<Fragments> = Vec::new();
    for passage in passages {
        let mark = marks.iter().position(|mark| mark.is_quote && mark.fragments.contains_all(&passage));
        match mark.and_then(|mark| by_mark.get(&mark)) {
            Some(known) => {
                let both: Vec<ByteRange> = joined[*known].iter().chain(passage.iter()).collect();
                joined[*known] = Fragments::new(both).unwrap_or(passage);
            }
            None => {
                if let Some(mark) = mark {
                    by_mark.insert(mark, joined.len());
                }
                joined.push(passage);
            }
        }
    }
    joined
}

impl Quote {
    fn new(text: &Text, words: &[Word], sentences: &[Sentence], fragments: Fragments, marks: &[Mark]) -> Self {
        let (mut own, mut seams) = (Vec::new(), Vec::new());
        let mut last: Option<(usize, usize)> = None;
        for (part, fragment) in fragments.iter().enumerate() {
            let first = words.partition_point(|word| word.range.start() < fragment.start());
            let inside = words[first..].iter().take_while(|word| word.range.end() <= fragment.end());
            for (at, word) in inside.enumerate().map(|(at, word)| (first + at, word)) {
                seams.push(match last {
                    Some((before, in_part)) if in_part == part => {
                        seam(text, words[before].range, word.range, sentences)
                    }
                    Some(_) => Seam::Part,
                    None => Seam::None,
                });
                own.push(u32::try_from(at).unwrap_or(u32::MAX));
                last = Some((at, part));
            }
        }
        let size = own.iter().map(|at| words[*at as usize].size).sum();
        let speaker = Speaker::of(words, sentences, &fragments, marks);
        Self { fragments, words: own, stems: Vec::new(), seams, size, speaker }
    }
}

/// What stands between two words of one part.
fn seam(text: &str, before: ByteRange, after: ByteRange, sentences: &[Sentence]) -> Seam {
    let between = &text[before.end()..after.start()];
    if between.contains('…') || between.contains("..") || between.contains(". .") {
        return Seam::Part;
    }
    let next = sentences.partition_point(|sentence| sentence.range.end() <= after.start());
    let begins = sentences.get(next).is_some_and(|sentence| sentence.range.start() >= before.end());
    let ends = between.contains(['.', '!', '?', '。', '؟', '\n']);
    if begins || ends && between.contains(char::is_whitespace) { Seam::Sentence } else { Seam::None }
}
