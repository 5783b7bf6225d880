//! What is not the same statement, in the file of what an annotator has said across articles and in the journal.

use serde::{Deserialize, Serialize};

use super::super::shape::usual;
use crate::{
    model::{ArticleId, FormerPlace, FormerWords, Rejection, RejectionId},
    text::Anchor,
};

/// A rejection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RejectionRow {
    pub id: RejectionId,
    one: WordsRow,
    other: WordsRow,
}

/// Words of an article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordsRow {
    article: ArticleId,
    fragments: Vec<WholePlaceRow>,
}

/// Where a fragment stood when it was rejected, with what it takes to find it again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WholePlaceRow {
    /// Code points before it.
    start: usize,
    /// Code points up to its end, exclusive.
    end: usize,
    words: String,
    #[serde(default, skip_serializing_if = "usual")]
    before: String,
    #[serde(default, skip_serializing_if = "usual")]
    after: String,
}

impl RejectionRow {
    pub fn of(id: RejectionId, rejection: &Rejection) -> Self {
        Self { id, one: WordsRow::of(&rejection.one), other: WordsRow::of(&rejection.other) }
    }

    /// The rejection; whether it is of two articles is the model’s to say.
    pub fn into_model(self) -> (RejectionId, Rejection) {
        (self.id, Rejection { one: self.one.into_model(), other: self.other.into_model() })
    }

    /// The articles that it is of.
    pub fn articles(&self) -> [&ArticleId; 2] {
        [&self.one.article, &self.other.article]
    }
}

impl WordsRow {
    fn of(words: &FormerWords) -> Self {
        Self { article: words.article.clone(), fragments: words.places.iter().map(WholePlaceRow::of).collect() }
    }

    fn into_model(self) -> FormerWords {
        FormerWords {
            article: self.article,
            places: self.fragments.into_iter().map(WholePlaceRow::into_model).collect(),
        }
    }
}

impl WholePlaceRow {
    fn of(place: &FormerPlace) -> Self {
        let Anchor { exact, prefix, suffix } = place.anchor.clone();
        Self { start: place.start_chars, end: place.end_chars, words: exact, before: prefix, after: suffix }
    }

    fn into_model(self) -> FormerPlace {
        let anchor = Anchor { exact: self.words, prefix: self.before, suffix: self.after };
        FormerPlace { start_chars: self.start, end_chars: self.end, anchor }
    }
}
