//! Answers to the questions that are asked of an article as a whole.

use super::{attribute::Value, id::AttributeId};

/// An answer about the whole article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub question: AttributeId,
    /// For questions that are asked for each target.
    pub target: Option<String>,
    pub value: Value,
}
