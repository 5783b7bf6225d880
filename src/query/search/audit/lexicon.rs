//! The words that are marked, and the automata that look for all of them at once.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::{
    diagnostic::Diagnostic,
    model::{Annotation, LabelId},
    query::search::matcher::is_whole,
    text::{ByteRange, Text},
};

/// Longer words than this, in bytes, are nobody's habit: they are not looked for.
const LONGEST: usize = 240;
/// With more automata than this they become one: a text is gone through once for each of them.
const MOST_AUTOMATA: usize = 8;

/// Words with the label they are marked with, counted from 0 in the order in which they were learnt.
#[derive(Clone, Debug, Default)]
pub(super) struct Lexicon {
    /// By what is compared, and the label.
    known: BTreeMap<(String, LabelId), usize>,
    /// As they stand in the mark they were learnt from.
    words: Vec<(String, LabelId)>,
    /// Together they look for all words but those that were learnt since the last was built.
    automata: Vec<Automaton>,
    /// How many words the automata look for.
    sought: usize,
}

/// Looks for words; see [`comparable`] for what in.
#[derive(Clone, Debug)]
pub(super) struct Automaton {
    /// Finds all patterns in one pass.
    automaton: AhoCorasick,
    /// The words of each pattern: the same ones may be marked with several labels.
    words: Vec<Vec<usize>>,
}

impl Lexicon {
    /// Learns the words of a mark; `None` where nobody looks for such: a mark in several fragments is a wording of its
    /// own, as is one over several paragraphs, and parts of words stand everywhere.
    pub fn learn(&mut self, text: &Text, mark: &Annotation) -> Option<usize> {
        let (range, read) = (mark.fragments.first(), text.as_read());
        let place = read.range_of(range);
        let compared = comparable(place.slice(read.as_str())?);
        let is_habit = !compared.is_empty() && compared.len() <= LONGEST && !compared.contains('\n');
        if mark.fragments.count() > 1 || !is_habit || !is_whole(read.as_str(), place.start(), place.end()) {
            return None;
        }
        let next = self.words.len();
        let at = *self.known.entry((compared, mark.label.clone())).or_insert(next);
        if at == next {
            self.words.push((range.slice(text)?.replace('\n', " "), mark.label.clone()));
        }
        Some(at)
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The words as they stand in the mark they were learnt from, and their label.
    pub fn get(&self, at: usize) -> Option<&(String, LabelId)> {
        self.words.get(at)
    }

    /// In the order of the alphabet.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &str, &LabelId)> {
        self.known.iter().map(|((_, label), at)| (*at, self.words[*at].0.as_str(), label))
    }

    /// Whether words were learnt that no automaton looks for.
    pub fn has_news(&self) -> bool {
        self.sought < self.words.len()
    }

    /// Builds an automaton for what was learnt since the last one.
    ///
    /// # Errors
    /// There are too many words.
    pub fn build(&mut self) -> Result<(), Diagnostic> {
        if self.automata.len() >= MOST_AUTOMATA {
            self.automata = vec![self.automaton(0..self.sought)?];
        }
        let newest = self.automaton(self.sought..self.words.len())?;
        self.automata.push(newest);
        self.sought = self.words.len();
        Ok(())
    }

    /// An automaton for these of the known words.
    fn automaton(&self, wanted: std::ops::Range<usize>) -> Result<Automaton, Diagnostic> {
        let mut patterns: Vec<&str> = Vec::new();
        let mut words: Vec<Vec<usize>> = Vec::new();
        for ((compared, _), at) in self.known.iter().filter(|(_, at)| wanted.contains(at)) {
            if patterns.last() != Some(&compared.as_str()) {
                patterns.push(compared);
                words.push(Vec::new());
            }
            words.last_mut().into_iter().for_each(|of_pattern| of_pattern.push(*at));
        }
        let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(patterns).map_err(|error| {
            Diagnostic::error("too-many-words", "There are too many different marked words to audit at once")
                .hint("Choose a story, an article or a label")
                .about(error.to_string())
        })?;
        Ok(Automaton { automaton, words })
    }

    /// All automata; together they know all words.
    pub fn automata(&self) -> &[Automaton] {
        &self.automata
    }

    /// That for the words that were learnt last.
    pub fn newest(&self) -> &[Automaton] {
        &self.automata[self.automata.len().saturating_sub(1)..]
    }
}

impl Automaton {
    /// Where the words stand whole in a text, and which they are; by where they end. `compared` is the text as it is
    /// compared.
    pub fn find(&self, text: &Text, compared: &str, mut found: impl FnMut(ByteRange, usize)) {
        let read = text.as_read();
        for place in self.automaton.find_overlapping_iter(compared) {
            if is_whole(read.as_str(), place.start(), place.end()) {
                let range = read.source_of(place.range().into());
                self.words[place.pattern().as_usize()].iter().for_each(|at| found(range, *at));
            }
        }
    }
}

/// What is read, with small letters for capital ones, where a letter has one that takes as many bytes, and a space for
/// the end of a line: offsets stay what they were. Gaps between paragraphs stay too.
pub(super) fn comparable(read: &str) -> String {
    let small = |c: char| {
        let mut small = c.to_lowercase();
        small.next().filter(|s| small.len() == 0 && s.len_utf8() == c.len_utf8()).unwrap_or(c)
    };
    let mut lines = read.split('\n').peekable();
    let mut out = String::with_capacity(read.len());
    while let Some(line) = lines.next() {
        if line.is_ascii() {
            out.extend(line.chars().map(|c| c.to_ascii_lowercase()));
        } else {
            out.extend(line.chars().map(small));
        }
        if let Some(next) = lines.peek() {
            out.push(if line.is_empty() || next.is_empty() { '\n' } else { ' ' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compared_keeps_every_offset() {
        let check = |read: &str, expected: &str| {
            assert_eq!(comparable(read), expected);
            assert_eq!(read.len(), expected.len());
        };
        check("The ÉTÉ of İzmir", "the été of İzmir");
        check("one\ntwo\n\nthree\n", "one two\n\nthree\n");
        check("", "");
    }
}
