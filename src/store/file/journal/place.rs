//! Where a mark’s fragment stands, in the journal: of one in the text the beginning of its words, because the text has
//! the rest; of one that is set aside all of them, with what stood around them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::super::{layer::FragmentRow, shape::usual};
use crate::{
    model::FormerPlace,
    text::{Anchor, ByteRange, Text, anchor},
};

/// So much of a fragment's words is kept, in characters: enough to tell that they are the ones.
const WORDS: usize = 40;

/// A fragment. Two are the same where their offsets are and the beginning of their words.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceRow<'t> {
    /// Code points before it.
    pub start: usize,
    /// Code points up to its end.
    pub end: usize,
    /// The words it covers, or the first of them.
    #[serde(borrow)]
    pub words: Cow<'t, str>,
    #[serde(borrow, default, skip_serializing_if = "usual")]
    before: Cow<'t, str>,
    #[serde(borrow, default, skip_serializing_if = "usual")]
    after: Cow<'t, str>,
}

impl PartialEq for PlaceRow<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.end, first(&self.words)) == (other.start, other.end, first(&other.words))
    }
}

impl PlaceRow<'static> {
    pub fn of(range: ByteRange, text: &Text) -> Self {
        let (start, end) = text.range_to_chars(range);
        let words = range.slice(text.as_str()).unwrap_or_default();
        Self { start, end, words: first(words).to_owned().into(), before: "".into(), after: "".into() }
    }

    /// The beginning of what a layer's file says.
    pub fn beginning_of(fragment: &FragmentRow<'_>) -> Self {
        let words = first(&fragment.words).to_owned().into();
        Self { start: fragment.start, end: fragment.end, words, before: "".into(), after: "".into() }
    }

    /// All that is known of a place whose words are not in the text.
    pub fn whole(place: &FormerPlace) -> Self {
        let Anchor { exact, prefix, suffix } = place.anchor.clone();
        let (start, end) = (place.start_chars, place.end_chars);
        Self { start, end, words: exact.into(), before: prefix.into(), after: suffix.into() }
    }
}

impl PlaceRow<'_> {
    /// The same, borrowing nothing.
    pub fn into_owned(self) -> PlaceRow<'static> {
        let [words, before, after] = [self.words, self.before, self.after].map(|part| part.into_owned().into());
        PlaceRow { start: self.start, end: self.end, words, before, after }
    }

    pub fn into_former(self) -> FormerPlace {
        let [exact, prefix, suffix] = [self.words, self.before, self.after].map(Cow::into_owned);
        FormerPlace { start_chars: self.start, end_chars: self.end, anchor: Anchor { exact, prefix, suffix } }
    }

    /// The place in a text that has these words there, among those that stood around them.
    pub fn find(&self, text: &Text) -> Option<ByteRange> {
        let range = text.range_from_chars(self.start, self.end)?;
        let is_here = range.slice(text.as_str())?.starts_with(&*self.words)
            && anchor::surroundings_agree(text.as_str(), range, &self.before, &self.after);
        is_here.then_some(range)
    }

    /// Whether it is one of what was set aside: it says what stood around its words.
    pub fn is_set_aside(&self) -> bool {
        !(self.before.is_empty() && self.after.is_empty())
    }
}

/// The words of fragments, or the first of each, with `…` between them and where there are more.
pub fn words_of(places: &[PlaceRow<'_>]) -> String {
    let words = |place: &PlaceRow<'_>| {
        let first = first(&place.words);
        let is_cut = place.end.saturating_sub(place.start) > first.chars().count();
        format!("{first}{}", if is_cut { "…" } else { "" })
    };
    places.iter().map(words).collect::<Vec<_>>().join(" … ")
}

/// The first characters of some words.
fn first(words: &str) -> &str {
    words.char_indices().nth(WORDS).map_or(words, |(end, _)| &words[..end])
}
