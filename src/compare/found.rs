//! What a comparison finds: statements that two articles share. Nothing of it is data until somebody accepts it.

use crate::text::{Fragments, Phrase};

/// A statement that two articles share, as a proposal.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Its words in the first article.
    pub a: Fragments,
    /// Its words in the second one.
    pub b: Fragments,
    pub form: Form,
    pub kind: Kind,
    pub confidence: Confidence,
    /// What speaks for it, such as “11 words in the same order, one name”.
    pub why: Phrase,
}

/// How the two wordings differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// The same words in the same order. Case, marks and what is put between them do not count.
    Verbatim,
    /// The same words, of which one or both articles leave out some at an end, or where they say so.
    Truncated,
    /// Words are dropped, added, changed or moved inside of what is shared.
    Altered,
    /// The same in other words.
    Paraphrased,
}

/// Where the statement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Between quotation marks in both.
    Quotation,
    /// Between quotation marks in one, and told in the other.
    QuotationReported,
    /// Told in both.
    Prose,
}

/// How sure the proposal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    Maybe,
    Sure,
}

impl Form {
    /// The word for it in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Truncated => "truncated",
            Self::Altered => "altered",
            Self::Paraphrased => "paraphrased",
        }
    }
}

impl Kind {
    /// The word for it in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quotation => "quotation",
            Self::QuotationReported => "quotation-reported",
            Self::Prose => "prose",
        }
    }
}

impl Confidence {
    /// The word for it in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Maybe => "maybe",
            Self::Sure => "sure",
        }
    }
}
