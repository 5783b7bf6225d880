//! How much there is in a split, for the card.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::super::jsonl::Line;

/// What some articles have, by the ids in the codebook.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub articles: usize,
    /// Marks of each label, of all annotators.
    pub labels: BTreeMap<String, usize>,
    /// Relations of each kind within an article.
    pub kinds: BTreeMap<String, usize>,
    /// Relations of each kind across articles, each once.
    pub links: BTreeMap<String, BTreeSet<String>>,
    /// Articles in which each annotator has said something, by their names.
    pub annotators: BTreeMap<String, usize>,
    /// ISO 639 codes.
    pub languages: BTreeSet<String>,
}

impl Counts {
    pub fn of(line: &Line<'_>) -> Self {
        let mut counts = Self { articles: 1, ..Self::default() };
        counts.languages.extend(language(&line.language));
        for layer in &line.layers {
            *counts.annotators.entry(layer.annotator_name.to_string()).or_default() += 1;
            layer.annotations.iter().for_each(|mark| *counts.labels.entry(mark.label.to_string()).or_default() += 1);
            layer.relations.iter().for_each(|row| *counts.kinds.entry(row.kind.to_string()).or_default() += 1);
            for link in &layer.links {
                counts.links.entry(link.kind.to_string()).or_default().insert(link.id.to_string());
            }
        }
        counts
    }

    /// Takes up what further articles have.
    pub fn extend(&mut self, other: Self) {
        self.articles += other.articles;
        self.languages.extend(other.languages);
        for (own, other) in
            [(&mut self.labels, other.labels), (&mut self.kinds, other.kinds), (&mut self.annotators, other.annotators)]
        {
            other.into_iter().for_each(|(name, n)| *own.entry(name).or_default() += n);
        }
        other.links.into_iter().for_each(|(kind, ids)| self.links.entry(kind).or_default().extend(ids));
    }

    pub fn marks(&self) -> usize {
        self.labels.values().sum()
    }

    /// Relations of a kind.
    pub fn of_kind(&self, kind: &str) -> usize {
        self.kinds.get(kind).copied().unwrap_or_default() + self.links.get(kind).map_or(0, BTreeSet::len)
    }

    pub fn relations(&self) -> usize {
        self.kinds.values().sum::<usize>() + self.links.values().map(BTreeSet::len).sum::<usize>()
    }
}

/// The ISO 639 code that a language tag begins with (RFC 5646); `None` where it is none.
fn language(tag: &str) -> Option<String> {
    let code = tag.split(['-', '_']).next()?.to_ascii_lowercase();
    let is_code = matches!(code.len(), 2 | 3) && code.bytes().all(|byte| byte.is_ascii_lowercase());
    is_code.then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_named_by_its_code() {
        let codes = ["en-GB", "de", "", "English", "pt_BR"].map(language);
        assert_eq!(codes, [Some("en".to_owned()), Some("de".to_owned()), None, None, Some("pt".to_owned())]);
    }
}
