//! Articles: a text and what is known of it, and the stories they tell.
//!
//! The text is not in [`Article`]: lists need the metadata of thousands of articles, and texts only of those looked
//! at. Both change by `model::edit` alone.

use serde::{Deserialize, Deserializer, Serialize, de::Error};

use super::id::StoryId;
use crate::{diagnostic::Diagnostic, phrase, text::Phrase};

/// What is known of an article. Its text is `Project::text`, once that has been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    pub metadata: Metadata,
    /// What was done to the bytes to get the text, a sentence each, recorded when it was added.
    pub loaded: Vec<String>,
    /// A hash of the text in which white space and case do not count (`text::hash::fingerprint`): equal for the same
    /// article from two sources. Stored in files, so that the hash must not change.
    pub fingerprint: u64,
    /// Words of the text, as `Text::word_count` counts.
    pub words: u32,
}

impl Article {
    /// Whether the title is more than the name of the file, which a text without a headline is called by.
    pub fn has_headline(&self) -> bool {
        let by_file = Self::called_by_file(&self.metadata.title);
        !self.loaded.contains(&by_file)
    }

    /// What is recorded of an article that is called by its file’s name.
    pub fn called_by_file(name: &str) -> String {
        format!("It has no headline, and is called by its file’s name: {name}")
    }
}

/// What is known of an article and may be changed by the user. Each text is bounded in length, as the list of
/// articles and the index hold all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Metadata {
    /// Never empty in a project.
    #[serde(deserialize_with = "bounded::<{ Metadata::MAX_WORDS }, _>")]
    pub title: String,
    /// Who published it; empty where unknown.
    #[serde(deserialize_with = "bounded::<{ Metadata::MAX_WORDS }, _>")]
    pub outlet: String,
    /// Who wrote it, as it was printed; empty where unknown.
    #[serde(deserialize_with = "bounded::<{ Metadata::MAX_WORDS }, _>")]
    pub byline: String,
    /// When it was published: ISO 8601 where that could be understood, otherwise as it was written; empty where
    /// unknown.
    #[serde(deserialize_with = "bounded::<{ Metadata::MAX_TAG }, _>")]
    pub published: String,
    /// The language as a BCP 47 tag, such as `en` or `ar`; empty where unknown.
    #[serde(deserialize_with = "bounded::<{ Metadata::MAX_TAG }, _>")]
    pub language: String,
    /// Where it was found; empty where unknown.
    #[serde(deserialize_with = "bounded::<{ Metadata::MAX_URL }, _>")]
    pub url: String,
    /// The story it belongs to.
    pub story: Option<StoryId>,
}

impl Metadata {
    /// Most characters of a title, an outlet and a byline; a list of forty authors has some 600.
    pub const MAX_WORDS: usize = 500;
    /// Most characters of a date and of a language.
    pub const MAX_TAG: usize = 100;
    /// Most characters of an address. One with Arabic letters has six for each of them.
    pub const MAX_URL: usize = 2000;

    /// What a person may write, each with its English name and the most characters that it may have.
    pub fn parts_mut(&mut self) -> [(&'static str, &mut String, usize); 6] {
        [
            ("title", &mut self.title, Self::MAX_WORDS),
            ("outlet", &mut self.outlet, Self::MAX_WORDS),
            ("byline", &mut self.byline, Self::MAX_WORDS),
            ("date", &mut self.published, Self::MAX_TAG),
            ("language", &mut self.language, Self::MAX_TAG),
            ("address", &mut self.url, Self::MAX_URL),
        ]
    }

    /// Whether every part is as short as it has to be, so that lists, heads and indexes stay small.
    ///
    /// # Errors
    /// The first part that is longer.
    pub fn check(&self) -> Result<(), Diagnostic> {
        let mut own = self.clone();
        let too_long = own.parts_mut().into_iter().find(|(_, words, most)| words.chars().nth(*most).is_some());
        too_long.map_or(Ok(()), |(name, _, most)| {
            let name = Phrase::plain(name);
            let message = phrase!("The {name} of an article has more than {most} characters", name, most);
            Err(Diagnostic::error("too-long", message).hint("Shorten it"))
        })
    }

    /// Whether nothing that both say of outlet, date and address tells two articles of the same text apart; what one
    /// of them does not say counts for nothing.
    pub fn may_be(&self, other: &Self) -> bool {
        let agree = |a: &str, b: &str| {
            let (a, b) = (a.trim(), b.trim());
            a.is_empty() || b.is_empty() || a.to_lowercase() == b.to_lowercase()
        };
        agree(&self.outlet, &other.outlet) && agree(&self.published, &other.published) && agree(&self.url, &other.url)
    }
}

/// Reads a string of at most `MOST` characters, for serde: in a file, the error then has a line and a column.
///
/// # Errors
/// If it is longer.
pub fn bounded<'de, const MOST: usize, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let words = String::deserialize(deserializer)?;
    if words.chars().nth(MOST).is_some() {
        return Err(D::Error::custom(format!("at most {MOST} characters may stand here")));
    }
    Ok(words)
}

/// A story: a set of articles about one event. The articles name it, it does not list them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// Never empty.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_their_bounds() {
        let mut metadata = Metadata { title: "ä".repeat(Metadata::MAX_WORDS), ..Metadata::default() };
        assert_eq!(metadata.check(), Ok(()));
        metadata.title.push('.');
        assert_eq!(metadata.check().unwrap_err().message, "The title of an article has more than 500 characters");
        let read = |title: &str| ron::from_str::<Metadata>(&format!("(\n title: {title:?})"));
        assert!(read("short").is_ok());
        assert_eq!(read(&metadata.title).unwrap_err().span.end.line, 2);
    }

    #[test]
    fn two_papers_have_two_articles() {
        let of = |outlet: &str, url: &str| Metadata { outlet: outlet.into(), url: url.into(), ..Metadata::default() };
        assert!(of("The Post", "").may_be(&of("the post ", "https://post.example/1")));
        assert!(of("", "").may_be(&of("The Post", "")));
        assert!(!of("The Post", "").may_be(&of("The Courier", "")));
        assert!(!of("The Post", "https://a.example").may_be(&of("The Post", "https://b.example")));
    }
}
