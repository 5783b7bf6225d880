//! What the reporter tells: sentences without the longer quotations in them.

use super::{
    quote::Quote,
    sentence::Sentence,
    word::{Class, Word},
};
use crate::text::{ByteRange, Fragments};

/// What a sentence tells outside of quotations.
#[derive(Clone, Debug)]
pub(super) struct Prose {
    /// Indexes of its words, in order.
    pub words: Vec<u32>,
    /// What it says: places of stems, sorted, each once. Filled in once the stems are known.
    pub stems: Vec<u32>,
    /// Whether it only says who has said what stands in quotation marks.
    pub is_attribution: bool,
    /// Whether one of its words denies.
    pub denies: bool,
}

/// From so many words on a quotation is no part of what the reporter tells.
const LONG_QUOTE: f32 = 5.0;
/// Who is named beside a quotation with fewer words that say something else tells nothing but that.
const FEWEST_BESIDE_QUOTE: f32 = 6.0;
/// Words that say something, at least.
const FEWEST: f32 = 3.0;

/// The sentences of a text that tell something.
pub(super) fn proses(words: &[Word], sentences: &[Sentence], quotes: &[Quote]) -> Vec<Prose> {
    let mut is_quoted = vec![false; words.len()];
    for quote in quotes.iter().filter(|quote| quote.size >= LONG_QUOTE) {
        quote.words.iter().for_each(|word| is_quoted[*word as usize] = true);
    }
    sentences.iter().filter_map(|sentence| prose(words, sentence, &is_quoted)).collect()
}

fn prose(words: &[Word], sentence: &Sentence, is_quoted: &[bool]) -> Option<Prose> {
    let own: Vec<usize> = sentence.words().filter(|word| !is_quoted[*word]).collect();
    let telling = || own.iter().map(|word| &words[*word]).filter(|word| word.class != Class::Common);
    let size: f32 = telling().map(|word| word.size).sum();
    let has_quote = own.len() < sentence.words().len();
    // Of a script without spaces, no verb of saying is known.
    let reports = || own.iter().any(|word| words[*word].reports || words[*word].size < 1.0);
    let plain: f32 = telling().filter(|word| !word.is_capital).map(|word| word.size).sum();
    let is_attribution = has_quote && reports() && plain < FEWEST_BESIDE_QUOTE;
    (size >= FEWEST).then(|| Prose {
        denies: own.iter().any(|word| words[*word].denies),
        is_attribution,
        stems: Vec::new(),
        words: own.into_iter().filter_map(|word| u32::try_from(word).ok()).collect(),
    })
}

/// The bytes of words, those that follow each other in one piece, as far as no quotation stands between.
pub(super) fn fragments(words: &[Word], own: &[u32]) -> Option<Fragments> {
    let runs = own.chunk_by(|one, next| one + 1 == *next);
    let range = |run: &[u32]| -> Option<ByteRange> {
        let (first, last) = run.first().zip(run.last())?;
        Some(words[*first as usize].range.cover(words[*last as usize].range))
    };
    Fragments::new(runs.filter_map(range))
}
