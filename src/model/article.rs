//! Articles: a text and what is known of it, and the stories they tell.

use serde::{Deserialize, Deserializer, Serialize, de::Error};

use super::id::StoryId;
use crate::{diagnostic::Diagnostic, phrase, text::Phrase};

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

/// What the user may change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Metadata {
    #[serde(deserialize_with = "bounded::<{ Metadata::MAX_WORDS }, _>")]
    pub title: String,
    #[serde(deserialize_with = "bounded::<{ Metadata::MAX_WORDS }, _>")]
    pub outlet: String,
    #[serde(deserialize_with = "bounded::<{ Metadata::MAX_WORDS }, _>")]
    pub byline: String,
    /// ISO 8601 where it could be understood, otherwise as it was written.
    #[serde(deserialize_with = "bounded::<{ Metadata::MAX_TAG }, _>")]
    pub published: String,
    /// BCP 47, such as `en` or `ar`; empty where unknown.
    #[serde(deserialize_with = "bounded::<{ Metadata::MAX_TAG }, _>")]
    pub language: String,
    #[serde(deserialize_with = "bounded::<{ Metadata::MAX_URL }, _>")]
    pub url: String,
    pub story: Option<StoryId>,
}

impl Metadata {
    /// Characters that a title, an outlet and a byline have at most; a list of forty authors has some 600.
    pub const MAX_WORDS: usize = 500;
    /// Characters that a date and a language have at most.
    pub const MAX_TAG: usize = 100;
    /// Characters that an address has at most. One of Arabic letters has six for each of them.
    pub const MAX_URL: usize = 2000;

    /// What a person may write, as it is called, with the characters that it may have.
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

    /// Whether nothing that both say of outlet, date and address tells two articles of the same text apart. Two
    /// papers that print the same report have two articles.
    pub fn may_be(&self, other: &Self) -> bool {
        let agree = |a: &str, b: &str| {
            let (a, b) = (a.trim(), b.trim());
            a.is_empty() || b.is_empty() || a.to_lowercase() == b.to_lowercase()
        };
        agree(&self.outlet, &other.outlet) && agree(&self.published, &other.published) && agree(&self.url, &other.url)
    }
}

/// A string of at most `MOST` characters, for serde: in a file, the error has its place.
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

/// A set of articles about one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
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
