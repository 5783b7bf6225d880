//! The units of a text to which something can be said in a WebAnno TSV: tokens, and the parts of them that marks need.

use std::collections::{BTreeMap, BTreeSet};

use super::super::cas::segments::{sentences, tokens};
use crate::text::ByteRange;

/// The tokens of a text with their parts.
#[derive(Debug)]
pub struct Units {
    tokens: Vec<Token>,
    /// The first token of each sentence, and one behind the last.
    sentences: Vec<usize>,
}

#[derive(Debug)]
struct Token {
    range: ByteRange,
    parts: BTreeSet<Part>,
}

/// A part of a token: the first begins first, and of these the longest is first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    start: usize,
    end: std::cmp::Reverse<usize>,
}

/// A token (by its number from 0), or a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unit {
    token: usize,
    part: Option<Part>,
}

impl Units {
    /// The units that these ranges need; each range gets its own, in order. A range that touches no token has none.
    pub fn of(text: &str, ranges: &[ByteRange]) -> (Self, Vec<Vec<Unit>>) {
        let all = tokens(text);
        let starts: Vec<usize> = sentences(text, &all).iter().map(|sentence| sentence.start()).collect();
        let mut firsts: Vec<usize> =
            starts.iter().map(|start| all.partition_point(|token| token.start() < *start)).collect();
        firsts.push(all.len());
        let tokens = all.into_iter().map(|range| Token { range, parts: BTreeSet::new() }).collect();
        let mut units = Self { tokens, sentences: firsts };
        let own = ranges.iter().map(|range| units.cut(*range)).collect();
        (units, own)
    }

    fn cut(&mut self, range: ByteRange) -> Vec<Unit> {
        let first = self.tokens.partition_point(|token| token.range.end() <= range.start());
        let touched =
            self.tokens.iter_mut().enumerate().skip(first).take_while(|(_, token)| token.range.start() < range.end());
        let unit = |(at, token): (usize, &mut Token)| {
            let (start, end) = (range.start().max(token.range.start()), range.end().min(token.range.end()));
            let is_whole = (start, end) == (token.range.start(), token.range.end());
            let part = (!is_whole).then_some(Part { start, end: std::cmp::Reverse(end) });
            token.parts.extend(part);
            Unit { token: at, part }
        };
        touched.map(unit).collect()
    }

    /// Every sentence with all its units, in the order of the rows.
    pub fn sentences(&self) -> impl Iterator<Item = Vec<Unit>> {
        self.sentences.windows(2).map(|ends| {
            let units = |at: usize| {
                let parts = self.tokens[at].parts.iter().map(move |part| Unit { token: at, part: Some(*part) });
                std::iter::once(Unit { token: at, part: None }).chain(parts)
            };
            (ends[0]..ends[1]).flat_map(units).collect()
        })
    }

    pub fn range(&self, unit: Unit) -> ByteRange {
        match unit.part {
            Some(part) => ByteRange::new(part.start, part.end.0),
            None => self.tokens[unit.token].range,
        }
    }

    /// The ids of all units: `1-2`, and `1-2.1` for the first part of that token.
    pub fn ids(&self) -> BTreeMap<Unit, String> {
        let mut ids = BTreeMap::new();
        for (sentence, ends) in self.sentences.windows(2).enumerate() {
            for token in ends[0]..ends[1] {
                let id = format!("{}-{}", sentence + 1, token - ends[0] + 1);
                for (at, part) in self.tokens[token].parts.iter().enumerate() {
                    ids.insert(Unit { token, part: Some(*part) }, format!("{id}.{}", at + 1));
                }
                ids.insert(Unit { token, part: None }, id);
            }
        }
        ids
    }

    /// The words of each sentence up to the next one, without the line end that stands between two.
    pub fn texts<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let start = |at: usize| self.tokens.get(at).map_or(text.len(), |token| token.range.start());
        let own = self.sentences.windows(2).map(|ends| {
            let own = &text[start(ends[0])..start(ends[1])];
            if ends[1] < self.tokens.len() { own.strip_suffix('\n').unwrap_or(own) } else { own }
        });
        own.collect()
    }

    /// Where the first token begins; the end of a text without any.
    pub fn start(&self) -> Option<usize> {
        self.tokens.first().map(|token| token.range.start())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_within_tokens_have_parts() {
        let text = "One two.\nThree ";
        let range = |words: &str| {
            let start = text.find(words).unwrap();
            ByteRange::new(start, start + words.len())
        };
        let (units, own) =
            Units::of(text, &[range("ne tw"), range("two"), range(" "), range(".\nThree"), range("On"), range("O")]);
        let ids = units.ids();
        let own: Vec<String> =
            own.iter().map(|own| own.iter().map(|unit| ids[unit].as_str()).collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(own, ["1-1.3 1-2.1", "1-2", "", "1-3 2-1", "1-1.1", "1-1.2"]);
        assert_eq!((units.texts(text), units.start()), (vec!["One two.", "Three "], Some(0)));
        assert_eq!(units.sentences().map(|sentence| sentence.len()).collect::<Vec<_>>(), [7, 1]);
    }
}
