//! A statement that several articles share, as a view keeps it: where each has it, and how the wordings go with each
//! other. It knows neither how it was found nor how it is shown.

use crate::{
    compare::{Confidence, Form, Kind, Match},
    model::RelationId,
    text::{Fragments, Phrase},
};

/// A statement that several articles share.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Where each article has it; `None` where it has not.
    pub places: Vec<Option<Fragments>>,
    /// How the articles’ wordings go with each other, two by two.
    pub pairs: Vec<Pair>,
}

/// A statement in two articles.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The articles.
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

impl Pair {
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
