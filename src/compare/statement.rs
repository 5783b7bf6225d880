//! A statement that several articles share: where each has it, and how the wordings go with each other, two by two. It
//! knows neither how it was found nor how it is shown.

use super::found::{Confidence, Form, Kind, Match};
use crate::{
    model::RelationId,
    text::{ByteRange, Fragments, Phrase},
};

/// A statement of one or several articles that stand in an order.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Where each article has it; `None` where it has not. One of them has it at least.
    pub places: Vec<Option<Fragments>>,
    /// How the articles’ wordings go with each other, two by two; empty where one article alone has it.
    pub pairs: Vec<StatementPair>,
}

impl Statement {
    /// The column whose wording has the most words.
    pub fn fullest(&self) -> usize {
        let length = |place: &Option<Fragments>| place.as_ref().map_or(0, Fragments::covered_len);
        let longest = self.places.iter().map(length).max().unwrap_or_default();
        self.places.iter().position(|place| length(place) == longest).unwrap_or_default()
    }

    /// How a column’s wording goes with the fullest one; `None` where it is that one, or has none.
    pub fn likeness(&self, column: usize) -> Option<Likeness> {
        let base = self.fullest();
        let of = |pair: &&StatementPair| pair.of.contains(&column);
        let with_base = self.pairs.iter().filter(of).find(|pair| pair.of.contains(&base));
        let pair = with_base.or_else(|| self.pairs.iter().find(of));
        pair.filter(|_| column != base && self.places[column].is_some()).map(|pair| pair.likeness)
    }

    /// Whether every pair of it is a relation.
    pub fn is_accepted(&self) -> bool {
        !self.pairs.is_empty() && self.pairs.iter().all(|pair| pair.relation.is_some())
    }
}

/// A statement in two articles.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementPair {
    /// The articles, by their places in the order.
    pub of: [usize; 2],
    /// Its words in each.
    pub at: [Fragments; 2],
    pub likeness: Likeness,
    pub kind: Kind,
    pub confidence: Confidence,
    /// What speaks for it; `None` where somebody has related the marks by hand.
    pub why: Option<Phrase>,
    /// The relation that joins marks at these places.
    pub relation: Option<RelationId>,
}

/// How two wordings go with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    Verbatim,
    Truncated,
    Altered,
    Paraphrased,
    /// They cannot both be true.
    Contradicted,
}

impl Likeness {
    /// The forms of a same statement, in the order of their keys.
    pub const FORMS: [Self; 4] = [Self::Verbatim, Self::Truncated, Self::Altered, Self::Paraphrased];

    /// English, for the screen’s door.
    pub fn text(self) -> &'static str {
        match self {
            Self::Verbatim => "Verbatim",
            Self::Truncated => "Truncated",
            Self::Altered => "Altered",
            Self::Paraphrased => "Paraphrased",
            Self::Contradicted => "Contradicted",
        }
    }

    /// The word for it in a codebook.
    pub fn id(self) -> &'static str {
        match self {
            Self::Verbatim => Form::Verbatim.name(),
            Self::Truncated => Form::Truncated.name(),
            Self::Altered => Form::Altered.name(),
            Self::Paraphrased => Form::Paraphrased.name(),
            Self::Contradicted => "contradicts",
        }
    }
}

impl From<Form> for Likeness {
    fn from(form: Form) -> Self {
        match form {
            Form::Verbatim => Self::Verbatim,
            Form::Truncated => Self::Truncated,
            Form::Altered => Self::Altered,
            Form::Paraphrased => Self::Paraphrased,
        }
    }
}

impl StatementPair {
    pub(super) fn proposed(of: [usize; 2], found: Match) -> Self {
        Self {
            of,
            at: [found.a, found.b],
            likeness: found.form.into(),
            kind: found.kind,
            confidence: found.confidence,
            why: Some(found.why),
            relation: None,
        }
    }
}

/// A place, of a long one as much from its beginning as fits into so many bytes; never nothing.
pub fn cut_to(place: &Fragments, text: &str, most: usize) -> Fragments {
    let mut left = most;
    let mut within = |range: ByteRange| {
        let end = text.floor_char_boundary(range.start() + range.len().min(left));
        left = left.saturating_sub(range.len());
        ByteRange::new(range.start(), end.max(range.start()))
    };
    let cut = Fragments::new(place.iter().map(&mut within).take_while(|range| !range.is_empty()));
    cut.unwrap_or_else(|| place.clone())
}

/// The words at a place, of a long one the beginning in so many bytes, with an ellipsis after it.
pub fn beginning(place: &Fragments, text: &str, most: usize) -> String {
    if place.covered_len() <= most {
        return place.words(text);
    }
    format!("{} …", cut_to(place, text, most).words(text).trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(start: usize, end: usize) -> Fragments {
        Fragments::one(ByteRange::new(start, end)).unwrap()
    }

    fn pair(of: [usize; 2], likeness: Likeness) -> StatementPair {
        let (kind, confidence) = (Kind::Prose, Confidence::Sure);
        StatementPair { of, at: [place(0, 1), place(0, 1)], likeness, kind, confidence, why: None, relation: None }
    }

    #[test]
    fn wordings_are_held_against_the_fullest_one() {
        let places = vec![Some(place(0, 5)), Some(place(10, 30)), None, Some(place(0, 20))];
        let pairs = vec![pair([0, 1], Likeness::Truncated), pair([0, 3], Likeness::Altered)];
        let statement = Statement { places, pairs };
        assert_eq!(statement.fullest(), 1);
        let likeness = [0, 1, 2, 3].map(|column| statement.likeness(column));
        assert_eq!(likeness, [Some(Likeness::Truncated), None, None, Some(Likeness::Altered)]);
        assert!(!statement.is_accepted());
    }

    #[test]
    fn a_long_wording_is_cut_between_characters() {
        let text = "We höre it";
        assert_eq!(beginning(&place(0, 11), text, 20), "We höre it");
        assert_eq!(beginning(&place(0, 11), text, 5), "We h …");
        let two = Fragments::new([ByteRange::new(0, 2), ByteRange::new(3, 11)]).unwrap();
        assert_eq!(beginning(&two, text, 3), "We … h …");
        assert_eq!(cut_to(&two, text, 2), place(0, 2));
    }
}
