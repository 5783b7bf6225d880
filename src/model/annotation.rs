//! Annotations: what somebody says of some words of an article.
//!
//! The short word is *mark*. An annotation belongs to one layer, and so to one annotator and one article, which know
//! it by an `AnnotationId`; it knows neither.

use serde::{Deserialize, Serialize};

use super::{
    attribute::Attributes,
    id::{AnnotatorId, LabelId},
};
use crate::text::Fragments;

/// A label on one or more fragments of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// What is said of the words; a label of the project’s codebook.
    pub label: LabelId,
    /// The words, in bytes of the article’s text: sorted, disjoint, never empty.
    pub fragments: Fragments,
    /// Answers to what the label asks; all of them are answers that it takes.
    pub attributes: Attributes,
    /// The annotator’s own remark; empty where there is none.
    pub note: String,
    /// What others have remarked, oldest first.
    pub comments: Vec<Comment>,
    /// Why it should be looked at again, where it should.
    pub flag: Option<Flag>,
    /// How sure the annotator is, in per cent, 0 to 100; `None` where they did not say.
    pub confidence: Option<u8>,
    pub origin: Origin,
    /// The version of the codebook under which it was made, to find marks that were made before a change.
    pub codebook_version: u32,
}

impl Annotation {
    /// A fresh annotation made by hand, with nothing but its label.
    pub fn new(label: LabelId, fragments: Fragments, codebook_version: u32) -> Self {
        Self {
            label,
            fragments,
            attributes: Attributes::default(),
            note: String::new(),
            comments: Vec::new(),
            flag: None,
            confidence: None,
            origin: Origin::Hand,
            codebook_version,
        }
    }

    /// What it says, without its place.
    pub fn content(&self) -> AnnotationContent {
        AnnotationContent {
            label: self.label.clone(),
            attributes: self.attributes.clone(),
            note: self.note.clone(),
            comments: self.comments.clone(),
            flag: self.flag,
            confidence: self.confidence,
            origin: self.origin.clone(),
            codebook_version: self.codebook_version,
        }
    }
}

/// What an annotation says: everything but its fragments, of which each form of it has its own. Its fields mean what
/// those of [`Annotation`] do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnotationContent {
    pub label: LabelId,
    pub attributes: Attributes,
    pub note: String,
    pub comments: Vec<Comment>,
    pub flag: Option<Flag>,
    /// Per cent, 0 to 100.
    pub confidence: Option<u8>,
    pub origin: Origin,
    pub codebook_version: u32,
}

impl AnnotationContent {
    /// The annotation that says this of these words.
    pub fn at(self, fragments: Fragments) -> Annotation {
        Annotation {
            label: self.label,
            fragments,
            attributes: self.attributes,
            note: self.note,
            comments: self.comments,
            flag: self.flag,
            confidence: self.confidence,
            origin: self.origin,
            codebook_version: self.codebook_version,
        }
    }
}

/// Why somebody should look at a mark again; a mark has one of them at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Flag {
    /// To be looked at again.
    Flag,
    /// A question to whoever designed the codebook.
    Question,
}

/// A remark in a conversation about an annotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub by: AnnotatorId,
    /// When it was written, in milliseconds since 1970 (UTC).
    pub at_unix_ms: i64,
    pub text: String,
}

/// How an annotation or a relation came to be. Kept through edits, so that suggestions can be told from work by hand in a dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// Made by the annotator.
    #[default]
    Hand,
    /// Read from a file; the format and the file’s name.
    Imported(String),
    /// Suggested for the reason given, and accepted as it was.
    Accepted(String),
    /// Suggested for the reason given, and changed.
    Changed(String),
    /// Decided over the layers of these annotators.
    Adjudicated(Vec<AnnotatorId>),
}

impl Origin {
    /// What it is once somebody has changed what it is of: a suggestion was not taken as it was.
    #[must_use]
    pub fn changed(self) -> Self {
        match self {
            Self::Accepted(reason) => Self::Changed(reason),
            other => other,
        }
    }
}
