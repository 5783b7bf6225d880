//! Articles: a text and what is known of it, and the stories they tell.

use serde::{Deserialize, Serialize};

use super::id::{ArticleId, StoryId, Uid};
use crate::text::{hash::content_hash, slug::slug};

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
#[serde(default)]
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

/// The longest part of an article's id that its title gives, in characters.
const MAX_SLUG: usize = 60;

/// An article's id: its title, and five digits of its text's hash.
///
/// So equal titles stay apart, and two annotators who add the same article get the same id. It is a safe file name
/// whatever the title is.
pub fn article_id(title: &str, text: &str) -> ArticleId {
    let digits = Uid::from_u64(content_hash(text)).to_string();
    let name = format!("{}-{}", slug(title, MAX_SLUG), &digits[digits.len() - 5..]);
    ArticleId::new(&name).expect("a slug is letters, digits and hyphens, and begins with no hyphen")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_safe_and_distinct() {
        for title in ["../../x", "CON", "", "🎉", "com1", "مكالمة", &"long ".repeat(60)] {
            let (one, other) = (article_id(title, "one"), article_id(title, "other"));
            assert_ne!(one, other, "{title}");
            assert_eq!(one, article_id(title, "one"));
        }
        assert_eq!(article_id("Council backs toll", "text").as_str(), "council-backs-toll-sag3y");
    }
}
