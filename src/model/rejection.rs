//! Rejections: words of two articles that an annotator has said not to be the same statement, so that they are not
//! proposed again.
//!
//! A rejection says where its words stood and what they were, and refuses to follow them: a text may be corrected, by
//! whomever, without changing it. It is of its words as long as they are found in the text, with enough of what stood
//! around them; else it is of nothing.

use std::sync::Arc;

use imbl::OrdMap;

use super::{
    id::{ArticleId, RejectionId},
    set_aside::FormerPlace,
};
use crate::{
    diagnostic::Diagnostic,
    text::{Fragments, Text},
};

/// One annotator’s rejections, sorted by id, which is by the time they were made.
pub type Rejections = OrdMap<RejectionId, Arc<Rejection>>;

/// Words of two different articles that are not the same statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    pub one: FormerWords,
    pub other: FormerWords,
}

/// Words of an article where they stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerWords {
    pub article: ArticleId,
    /// Never empty; in the order of the text.
    pub places: Vec<FormerPlace>,
}

impl FormerWords {
    /// These words of an article. The fragments must fit the text.
    pub fn of(article: ArticleId, fragments: &Fragments, text: &Text) -> Self {
        Self { article, places: fragments.iter().map(|range| FormerPlace::of(range, text)).collect() }
    }

    /// Where they stand in the article’s text now; `None` where one of the fragments can’t be found.
    pub fn find(&self, text: &Text) -> Option<Fragments> {
        let ranges: Option<Vec<_>> = self.places.iter().map(|place| place.find(text)).collect();
        Fragments::new(ranges?)
    }

    /// The words as they were, fragments parted by “…”.
    pub fn words(&self) -> String {
        self.places.iter().map(|place| place.anchor.exact.as_str()).collect::<Vec<_>>().join(" … ")
    }
}

impl Rejection {
    pub fn sides(&self) -> [&FormerWords; 2] {
        [&self.one, &self.other]
    }

    /// Whether it is of words of this article.
    pub fn is_of(&self, article: &ArticleId) -> bool {
        self.sides().iter().any(|side| side.article == *article)
    }

    /// Whether it says words of two articles.
    ///
    /// # Errors
    /// It is of one article alone, or has no words.
    pub fn check(&self) -> Result<(), Diagnostic> {
        let is_of_two = self.one.article != self.other.article;
        if is_of_two && self.sides().iter().all(|side| !side.places.is_empty()) {
            return Ok(());
        }
        Err(Diagnostic::error("bad-rejection", "What is not the same statement must be words of two articles")
            .hint("Name words of two articles"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::ByteRange;

    /// Rejects the marked words of `old` and shows where they are in `new`.
    fn check(old: &str, new: &str, expected: Option<&str>) {
        let (start, end) = (old.find('⟦').unwrap(), old.find('⟧').unwrap() - '⟦'.len_utf8());
        let old = Text::new(old.replace(['⟦', '⟧'], ""));
        let place = Fragments::one(ByteRange::new(start, end)).unwrap();
        let words = FormerWords::of(ArticleId::new("mill").unwrap(), &place, &old);
        let new = Text::new(new.to_owned());
        let found = words.find(&new).map(|place| place.covering());
        let drawn = found.map(|r| format!("{}⟦{}⟧{}", &new[..r.start()], &new[r.as_range()], &new[r.end()..]));
        assert_eq!(drawn.as_deref(), expected, "{old} → {new}");
    }

    #[test]
    fn words_are_followed_through_a_correction_and_are_nothing_where_they_are_gone() {
        let old = "The mill will close, they said. ⟦Nobody asked the weavers⟧ about it.";
        let same = "The mill will close, they said. ⟦Nobody asked the weavers⟧ about it.";
        check(old, &same.replace(['⟦', '⟧'], ""), Some(same));
        let moved = "Updated at noon. The mill will close, they said. ⟦Nobody asked the weavers⟧ about it.";
        check(old, &moved.replace(['⟦', '⟧'], ""), Some(moved));
        check(old, "The mill will close, they said. Somebody asked the dyers about it.", None);
        check(old, "“Nobody asked the weavers,” sang the choir. The mill will close, they said.", None);
    }
}
