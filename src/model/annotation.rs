//! Annotations: what somebody says of some words of an article.

use serde::{Deserialize, Serialize};

use super::{
    attribute::Attributes,
    id::{AnnotatorId, LabelId},
};
use crate::text::Fragments;

/// A label on one or more fragments of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    pub label: LabelId,
    pub fragments: Fragments,
    pub attributes: Attributes,
    /// Empty where there is none.
    pub note: String,
    pub comments: Vec<Comment>,
    pub flag: Option<Flag>,
    /// Percent, 0 to 100.
    pub confidence: Option<u8>,
    pub origin: Origin,
    /// The codebook's version when it was made.
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
}

/// Why somebody should look again.
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
    /// Milliseconds since 1970.
    pub at_unix_ms: i64,
    pub text: String,
}

/// How an annotation came to be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    #[default]
    Hand,
    /// Named by the file's format and name.
    Imported(String),
    /// Suggested for the reason given, and accepted as it was.
    Accepted(String),
    /// Suggested for the reason given, and changed.
    Changed(String),
    /// Decided over these annotators' layers.
    Adjudicated(Vec<AnnotatorId>),
}
