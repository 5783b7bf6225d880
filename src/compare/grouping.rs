//! Statements of several articles, put together from those of two: what shares most of its words in an article is one.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{
    mark::shares_half,
    statement::{Statement, StatementPair},
};
use crate::text::Fragments;

/// Statements from pairs, the surest first and then the longest; each article has one place in a statement.
pub(super) fn grouped(mut pairs: Vec<StatementPair>, articles: usize) -> Vec<Statement> {
    let length = |pair: &StatementPair| pair.at[0].covered_len().min(pair.at[1].covered_len());
    pairs.sort_by_key(|pair| (Reverse(pair.confidence), Reverse(length(pair)), pair.of, pair.at.clone()));
    let mut groups = Groups::new(Vec::new(), articles);
    for pair in pairs {
        groups.add(pair);
    }
    groups.finish()
}

/// Statements that are being put together.
pub(super) struct Groups {
    /// Those that were joined to another one are empty.
    statements: Vec<Statement>,
    articles: usize,
    /// Of each article its places by where they begin, with the statement.
    starts: Vec<BTreeMap<usize, usize>>,
    /// The longest place of each article, in bytes.
    longest: Vec<usize>,
}

impl Groups {
    /// Goes on with these.
    pub fn new(statements: Vec<Statement>, articles: usize) -> Self {
        let mut groups = Self {
            statements: Vec::new(),
            articles,
            starts: vec![BTreeMap::new(); articles],
            longest: vec![0; articles],
        };
        for (number, statement) in statements.iter().enumerate() {
            for (article, place) in statement.places.iter().enumerate() {
                groups.note(article, place.as_ref(), number);
            }
        }
        groups.statements = statements;
        groups
    }

    /// Those that have a place, in no order.
    pub fn finish(self) -> Vec<Statement> {
        self.statements.into_iter().filter(|statement| !statement.pairs.is_empty()).collect()
    }

    /// Adds a pair to the statement that has its words, or makes a new one.
    pub fn add(&mut self, pair: StatementPair) {
        let [a, b] = [0, 1].map(|side| self.at(pair.of[side], &pair.at[side]));
        let number = match (a, b) {
            (Some(a), Some(b)) if a == b => a,
            (Some(a), Some(b)) if self.may_be_one(a, b) => self.join(a, b),
            (Some(a), None) if self.statements[a].places[pair.of[1]].is_none() => a,
            (None, Some(b)) if self.statements[b].places[pair.of[0]].is_none() => b,
            _ => {
                self.statements.push(Statement { places: vec![None; self.articles], pairs: Vec::new() });
                self.statements.len() - 1
            }
        };
        for side in [0, 1] {
            let place = &mut self.statements[number].places[pair.of[side]];
            let is_longer = place.as_ref().is_none_or(|known| known.covered_len() < pair.at[side].covered_len());
            if is_longer {
                *place = Some(pair.at[side].clone());
                self.note(pair.of[side], Some(&pair.at[side]), number);
            }
        }
        self.statements[number].pairs.push(pair);
    }

    /// The pair of a statement that has these words in these articles.
    pub fn pair_at(&mut self, of: [usize; 2], at: [&Fragments; 2]) -> Option<&mut StatementPair> {
        let number = self.at(of[0], at[0])?;
        let is_it = |pair: &&mut StatementPair| {
            let sides = if pair.of == of { [0, 1] } else { [1, 0] };
            (pair.of == of || pair.of == [of[1], of[0]])
                && sides.iter().zip(at).all(|(side, at)| shares_half(&pair.at[*side], at))
        };
        self.statements[number].pairs.iter_mut().find(is_it)
    }

    /// The statement that has most of these words.
    fn at(&self, article: usize, place: &Fragments) -> Option<usize> {
        let whole = place.covering();
        let from = whole.start().saturating_sub(self.longest[article]);
        let mut near = self.starts[article].range(from..whole.end()).map(|(_, number)| *number);
        let has = |number: &usize| {
            let own = self.statements[*number].places[article].as_ref();
            own.is_some_and(|own| shares_half(own, place))
        };
        near.rfind(has)
    }

    /// Whether no article has both.
    fn may_be_one(&self, a: usize, b: usize) -> bool {
        let places = self.statements[a].places.iter().zip(&self.statements[b].places);
        places.into_iter().all(|(a, b)| a.is_none() || b.is_none())
    }

    fn join(&mut self, a: usize, b: usize) -> usize {
        let Statement { places, pairs } = std::mem::replace(
            &mut self.statements[b],
            Statement { places: vec![None; self.articles], pairs: Vec::new() },
        );
        for (article, place) in places.into_iter().enumerate().filter(|(_, place)| place.is_some()) {
            self.note(article, place.as_ref(), a);
            self.statements[a].places[article] = place;
        }
        self.statements[a].pairs.extend(pairs);
        a
    }

    fn note(&mut self, article: usize, place: Option<&Fragments>, number: usize) {
        let Some(whole) = place.map(Fragments::covering) else { return };
        self.starts[article].insert(whole.start(), number);
        self.longest[article] = self.longest[article].max(whole.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        compare::{Confidence, Kind, Likeness},
        text::ByteRange,
    };

    fn pair(of: [usize; 2], at: [(usize, usize); 2]) -> StatementPair {
        let at = at.map(|(start, end)| Fragments::one(ByteRange::new(start, end)).unwrap());
        let (likeness, kind, confidence) = (Likeness::Altered, Kind::Quotation, Confidence::Sure);
        StatementPair { of, at, likeness, kind, confidence, why: None, relation: None }
    }

    /// The places of each statement, `-` for none.
    fn check(pairs: Vec<StatementPair>, expected: &[&str]) {
        let draw = |statement: &Statement| {
            let place =
                |place: &Option<Fragments>| place.as_ref().map_or("-".to_owned(), |p| p.first().start().to_string());
            statement.places.iter().map(place).collect::<Vec<_>>().join(" ")
        };
        let mut drawn: Vec<String> = grouped(pairs, 3).iter().map(draw).collect();
        drawn.sort();
        assert_eq!(drawn, expected);
    }

    #[test]
    fn pairs_that_share_their_words_are_one_statement() {
        check(vec![pair([0, 1], [(10, 60), (100, 150)]), pair([1, 2], [(110, 150), (5, 40)])], &["10 100 5"]);
        check(
            vec![
                pair([0, 1], [(0, 50), (0, 50)]),
                pair([1, 2], [(200, 260), (300, 350)]),
                pair([0, 2], [(400, 450), (304, 350)]),
            ],
            &["0 0 -", "400 200 300"],
        );
    }

    #[test]
    fn a_statement_has_one_place_in_each_article() {
        let pairs = vec![
            pair([0, 1], [(0, 50), (0, 50)]),
            pair([0, 2], [(0, 50), (7, 50)]),
            pair([1, 2], [(0, 48), (90, 120)]),
        ];
        check(pairs, &["- 0 90", "0 0 7"]);
    }
}
