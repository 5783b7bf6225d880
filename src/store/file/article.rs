//! `articles/<article>.ron`: what is known of an article, and its text as a person can read it.
//!
//! The same fields serve three purposes: [`ArticleFile`] with the text, [`ArticleHead`] that skips it, and
//! `Shape<()>` without one, for the index and the journal.

use serde::{Deserialize, Serialize, de::IgnoredAny};

use super::shape::{Hash, Prose, usual};
use crate::model::{Article, Metadata, StoryId, bounded};

/// The article with its text.
pub type ArticleFile = Shape<Prose>;
/// The article without its text, for the list.
pub type ArticleHead = Shape<IgnoredAny>;

/// An article’s fields, in the order in which they stand in the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape<T> {
    #[serde(deserialize_with = "bounded::<{ Metadata::MAX_WORDS }, _>")]
    title: String,
    #[serde(default, skip_serializing_if = "usual", deserialize_with = "bounded::<{ Metadata::MAX_WORDS }, _>")]
    outlet: String,
    #[serde(default, skip_serializing_if = "usual", deserialize_with = "bounded::<{ Metadata::MAX_WORDS }, _>")]
    byline: String,
    #[serde(default, skip_serializing_if = "usual", deserialize_with = "bounded::<{ Metadata::MAX_TAG }, _>")]
    published: String,
    #[serde(default, skip_serializing_if = "usual", deserialize_with = "bounded::<{ Metadata::MAX_TAG }, _>")]
    language: String,
    #[serde(default, skip_serializing_if = "usual", deserialize_with = "bounded::<{ Metadata::MAX_URL }, _>")]
    url: String,
    #[serde(default, skip_serializing_if = "usual")]
    story: Option<StoryId>,
    /// What was done to the bytes to get the text, a sentence each.
    #[serde(default, skip_serializing_if = "usual")]
    loaded: Vec<String>,
    /// See [`Article::fingerprint`]; lets a text that was changed from outside be noticed.
    fingerprint: Hash,
    /// See [`Article::words`].
    words: u32,
    /// The text, last in the file, so that reading the head can stop before it.
    text: T,
}

impl ArticleFile {
    /// The file of an article with this text.
    pub fn of(article: &Article, text: &str) -> Self {
        Self::with(article, Prose(text.to_owned()))
    }
}

impl Shape<()> {
    /// The fields without the text.
    pub fn head(article: &Article) -> Self {
        Self::with(article, ())
    }
}

impl<T> Shape<T> {
    fn with(article: &Article, text: T) -> Self {
        let Metadata { title, outlet, byline, published, language, url, story } = article.metadata.clone();
        let (loaded, words, fingerprint) = (article.loaded.clone(), article.words, Hash(article.fingerprint));
        Self { title, outlet, byline, published, language, url, story, loaded, fingerprint, words, text }
    }

    pub fn text(&self) -> &T {
        &self.text
    }

    /// The article as the model has it, and the text.
    pub fn into_parts(self) -> (Article, T) {
        let Self { title, outlet, byline, published, language, url, story, loaded, fingerprint, words, text } = self;
        let metadata = Metadata { title, outlet, byline, published, language, url, story };
        (Article { metadata, loaded, fingerprint: fingerprint.0, words }, text)
    }
}
