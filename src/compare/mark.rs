//! What an annotator has marked, as far as a comparison needs it.

use crate::text::{ByteRange, Fragments};

/// A mark of something that is said.
#[derive(Clone, Debug)]
pub struct Mark {
    pub fragments: Fragments,
    /// Whether it is a quote; else it is a claim or the like.
    pub is_quote: bool,
    /// The words of its sources, as the article has them; empty where none is marked.
    pub sources: Vec<String>,
}

impl Mark {
    /// Whether it and other words share at least half of the shorter one’s bytes.
    pub fn is_at(&self, place: &Fragments) -> bool {
        shares_half(&self.fragments, place)
    }
}

/// Whether two places share at least half of the shorter one’s bytes.
pub fn shares_half(one: &Fragments, other: &Fragments) -> bool {
    2 * shared_len(one, other) >= one.covered_len().min(other.covered_len())
}

/// How many bytes two places share.
pub fn shared_len(one: &Fragments, other: &Fragments) -> usize {
    let shared = one.iter().flat_map(|range| other.iter().filter_map(move |beside| range.intersection(beside)));
    shared.map(ByteRange::len).sum()
}
