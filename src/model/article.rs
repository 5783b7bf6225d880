//! Articles: a text and what is known of it, and the stories they tell.

use serde::{Deserialize, Serialize};

use super::id::StoryId;

/// What is known of an article. The text itself is looked up in the project, once it is loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    pub metadata: Metadata,
    /// Recorded when it was added: what was done to the bytes to get the text.
    pub loaded: Vec<String>,
    /// A fingerprint of the text that ignores white space and case: equal for the same article.
    pub fingerprint: u64,
    pub words: u32,
}

/// What the user may change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Metadata {
    pub title: String,
    pub outlet: String,
    pub byline: String,
    /// ISO 8601 where it could be understood, otherwise as it was written.
    pub published: String,
    /// BCP 47, such as `en` or `ar`; empty where unknown.
    pub language: String,
    pub url: String,
    pub story: Option<StoryId>,
}

/// A set of articles about one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    pub name: String,
}
