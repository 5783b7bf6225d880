//! What is known of an article for a split: story, outlet, labels, and a sketch of its words by which near duplicates are
//! found without keeping the text.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use unicode_segmentation::UnicodeSegmentation;

use super::{super::writer::ExportedArticle, random::mixed};
use crate::{
    model::{ArticleId, LabelId},
    text::{Text, hash},
};

/// So many words make a run.
const RUN: usize = 5;
/// One run of so many is kept, by its hash: an article of 600 words has some 75.
const ONE_OF: u64 = 8;
/// Articles are near duplicates where the shorter one has this share of its runs in the other.
const SHARE: f64 = 0.5;
/// A run in more articles than these says nothing: an address, a notice.
const COMMON: usize = 64;

/// What is known of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    pub id: ArticleId,
    /// Empty where it has none.
    pub story: String,
    /// Empty where it is not known.
    pub source: String,
    /// Marks of each label, of all annotators that are exported.
    pub labels: BTreeMap<LabelId, usize>,
    /// Hashes of runs of words, sorted, each once.
    runs: Vec<u64>,
}

impl Sketch {
    /// The sketch of an article that was read.
    pub fn of(article: &ExportedArticle<'_>) -> Self {
        let metadata = &article.article.metadata;
        let mut labels = BTreeMap::new();
        for layer in article.layers().iter().filter_map(|exported| exported.layer) {
            layer.annotations().for_each(|(_, mark)| *labels.entry(mark.label.clone()).or_default() += 1);
        }
        Self {
            id: article.id.clone(),
            story: metadata.story.as_ref().map(ToString::to_string).unwrap_or_default(),
            source: metadata.outlet.trim().to_lowercase(),
            labels,
            runs: runs(article.text),
        }
    }

    /// Whether two articles have nearly the same words.
    fn is_near(&self, other: &Self) -> bool {
        let (mut a, mut b) = (self.runs.iter().peekable(), other.runs.iter().peekable());
        let mut both = 0;
        while let (Some(one), Some(two)) = (a.peek(), b.peek()) {
            match one.cmp(two) {
                std::cmp::Ordering::Less => _ = a.next(),
                std::cmp::Ordering::Greater => _ = b.next(),
                std::cmp::Ordering::Equal => {
                    both += 1;
                    a.next();
                    b.next();
                }
            }
        }
        let shorter = self.runs.len().min(other.runs.len());
        shorter > 0 && f64::from(both) >= SHARE * shorter as f64
    }
}

/// The hashes of the runs of words that are kept, the same on every machine; of a text that is shorter than a run, that of
/// all its words.
fn runs(text: &Text) -> Vec<u64> {
    let words: Vec<u64> = text.unicode_words().map(hash::fingerprint).collect();
    let run = |words: &[u64]| words.iter().fold(0, |run: u64, word| mixed(run ^ word));
    let all = || words.windows(RUN).map(run);
    let mut kept: Vec<u64> = all().filter(|run| run.is_multiple_of(ONE_OF)).collect();
    if kept.is_empty() {
        // Too short for a sample: every short article would be like every other.
        kept = if words.len() < RUN { vec![run(&words)] } else { all().collect() };
    }
    kept.sort_unstable();
    kept.dedup();
    kept
}

/// All pairs of articles with nearly the same words, each once, the smaller index first.
pub fn near_duplicates(sketches: &[Sketch]) -> Vec<(usize, usize)> {
    let mut having: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (at, sketch) in sketches.iter().enumerate() {
        sketch.runs.iter().for_each(|run| having.entry(*run).or_default().push(at));
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for articles in having.values().filter(|articles| articles.len() <= COMMON) {
        for (n, one) in articles.iter().enumerate() {
            pairs.extend(articles[n + 1..].iter().map(|other| (*one, *other)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs.retain(|(one, other)| sketches[*one].is_near(&sketches[*other]));
    pairs
}
