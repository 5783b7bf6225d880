//! Answers to the questions that are asked of an article as a whole.

use super::{attribute::Value, id::AttributeId};

/// An answer about an article as a whole, in one annotator’s layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The question of the codebook that it answers.
    pub question: AttributeId,
    /// The target it is about, where the question is asked for each target; `None` exactly where it is not.
    pub target: Option<String>,
    /// One that the question takes.
    pub value: Value,
}
