//! The rows of the card: every report’s wording of the statement in hand, with what differs from the fullest one and who
//! is heard. They are kept until the statement, a text or a mark changes. It draws nothing; `wordings` works them out.

use crate::{
    compare::{Change, Difference, Heard, Likeness, Statement},
    ui::panel::{Stamps, wording},
};

/// The rows, and what they were made of.
#[derive(Debug)]
pub struct Rows {
    pub made_for: MadeFor,
    /// The fullest wording first, then the others in the order of the columns.
    pub all: Vec<Row>,
}

/// The statement, what tells each column’s text from another one, and how often marks and articles have changed.
#[derive(Debug, PartialEq)]
pub struct MadeFor {
    pub statement: Statement,
    pub texts: Vec<usize>,
    pub stamps: Stamps,
}

/// A report’s wording.
#[derive(Debug)]
pub struct Row {
    pub outlet: String,
    /// Its words, as many as are shown.
    pub said: String,
    pub heard: Heard,
    pub is_quoted: bool,
    pub likeness: Option<Likeness>,
    /// How it differs from the fullest wording, and its words with what they lack of that one; `None` for the fullest one,
    /// and where all words differ.
    pub differs: Option<(Difference, Vec<(String, Change)>)>,
}

/// “Owen Pryce · said”.
pub fn heard(heard: &Heard) -> String {
    wording::dotted([heard.source.as_str(), &heard.cue])
}
