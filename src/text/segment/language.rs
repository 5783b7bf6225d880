//! The words of a language that every text has, whatever it is about: articles, pronouns, prepositions, auxiliaries; words
//! that deny; and numbers in words. It tells which language a text is in by them.
//!
//! Unlike the lists in [`super::lists`] these are kept apart by language: what is everywhere in one is a noun in another.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// The files of all languages.
pub(super) const FILES: &[&str] = &[
    include_str!("../../../assets/languages/en.txt"),
    include_str!("../../../assets/languages/ar.txt"),
    include_str!("../../../assets/languages/de.txt"),
    include_str!("../../../assets/languages/es.txt"),
    include_str!("../../../assets/languages/fr.txt"),
    include_str!("../../../assets/languages/it.txt"),
    include_str!("../../../assets/languages/nl.txt"),
    include_str!("../../../assets/languages/pl.txt"),
    include_str!("../../../assets/languages/pt.txt"),
    include_str!("../../../assets/languages/ru.txt"),
    include_str!("../../../assets/languages/zh.txt"),
];

/// Words of one language, in small letters and without apostrophes.
#[derive(Debug, Default)]
pub struct Language {
    /// Words that say little by themselves.
    common: FxHashSet<String>,
    /// Words that deny.
    negation: FxHashSet<String>,
    /// Numbers in words, and their digits.
    numbers: FxHashMap<String, &'static str>,
}

impl Language {
    /// The language of which most words are common ones; English where none is.
    pub fn of<'w>(words: impl Iterator<Item = &'w str>) -> &'static Self {
        let mut counts = vec![0_usize; FILES.len()];
        for word in words {
            for (count, language) in counts.iter_mut().zip(all()) {
                *count += usize::from(language.is_common(word));
            }
        }
        // Of equal ones the first: `max_by_key` would give the last.
        let best = (0..counts.len()).rev().max_by_key(|at| counts[*at]).unwrap_or(0);
        &all()[best]
    }

    /// Whether every text has the word, given in small letters and without apostrophes.
    pub fn is_common(&self, word: &str) -> bool {
        self.common.contains(word)
    }

    /// Whether the word denies, given as for [`Language::is_common`].
    pub fn denies(&self, word: &str) -> bool {
        self.negation.contains(word)
    }

    /// The digits of a number in words, given as for [`Language::is_common`].
    pub fn digits(&self, word: &str) -> Option<&'static str> {
        self.numbers.get(word).copied()
    }

    /// Takes in a line of a file: the list’s name and its words. The lists of others are passed over.
    fn add(&mut self, name: &str, words: &'static str) {
        let plain = words.split_whitespace().map(|word| word.replace('’', ""));
        match name {
            "common" => self.common.extend(plain),
            "negation" => self.negation.extend(plain),
            "number" => self.numbers.extend(words.split_whitespace().filter_map(|pair| {
                let (word, digits) = pair.split_once('=')?;
                Some((word.to_owned(), digits))
            })),
            _ => {}
        }
    }
}

/// Whether the list belongs to [`Language`].
pub(super) fn is_own_list(name: &str) -> bool {
    ["common", "negation", "number"].contains(&name)
}

/// In the order of [`FILES`], read once.
fn all() -> &'static [Language] {
    static ALL: LazyLock<Vec<Language>> = LazyLock::new(|| {
        let read = |file: &&'static str| {
            let mut language = Language::default();
            for (name, words) in file.lines().filter_map(|line| line.split_once(": ")) {
                language.add(name, words);
            }
            language
        };
        FILES.iter().map(read).collect()
    });
    &ALL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_told_by_its_common_words() {
        let is_common = |text: &str, word: &str| Language::of(text.split(' ')).is_common(word);
        assert!(is_common("the mayor said that the bridge is old", "the"));
        assert!(!is_common("the mayor said that the bridge is old", "die"), "what mortals do");
        assert!(is_common("die brücke ist alt und der rat zahlt", "die"));
        assert!(is_common("le pont est vieux et la ville paie", "est"));
        assert!(is_common("el puente es viejo y la ciudad paga", "y"));
    }

    #[test]
    fn every_language_has_all_lists() {
        let is_whole = |l: &Language| !l.common.is_empty() && !l.negation.is_empty() && !l.numbers.is_empty();
        assert!(all().iter().all(is_whole));
        assert_eq!(all()[0].digits("seven"), Some("7"));
        assert!(all()[0].denies("didnt"));
    }
}
