//! What annotators have said not to be the same statement, found again in the texts as they are now.
//!
//! A proposal is rejected where its words in both articles are mostly those of a rejection: they share at least half of
//! the longer one’s. So a rejected sentence does not hide a quotation in it, and a proposal that a correction of the text
//! has made a word longer does not come back.

use std::sync::Arc;

use super::mark::shared_len;
use crate::{
    model::{AnnotatorId, ArticleId, Project, Rejection, RejectionId},
    text::Fragments,
};

/// Rejections with the places of their words. Words that are not found, or not yet read, are nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rejected {
    rows: Vec<Row>,
}

/// A rejection, and where its words are.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    id: RejectionId,
    articles: [ArticleId; 2],
    places: [Option<Fragments>; 2],
}

impl Rejected {
    /// What these annotators have rejected, in the texts that have been read.
    pub fn by(project: &Project, annotators: &[AnnotatorId]) -> Self {
        let own = annotators.iter().filter_map(|annotator| project.rejections(annotator)).flatten();
        let row = |(id, rejection): (&RejectionId, &Arc<Rejection>)| {
            let mut row = Row::new(*id, rejection);
            row.place(project, rejection, None);
            row
        };
        Self { rows: own.map(row).collect() }
    }

    /// What anybody has rejected. Where the words are is not known before [`Rejected::read`].
    pub fn by_anybody(project: &Project) -> Self {
        let all = project.all_rejections().flat_map(|(_, own)| own.iter());
        Self { rows: all.map(|(id, rejection)| Row::new(*id, rejection)).collect() }
    }

    /// Finds the words in an article, once its text is read.
    pub fn read(&mut self, project: &Project, article: &ArticleId) {
        let all = project.all_rejections().flat_map(|(_, own)| own.values());
        for (row, rejection) in self.rows.iter_mut().zip(all) {
            row.place(project, rejection, Some(article));
        }
    }

    /// The rejections of words at these places of two articles, in whichever order.
    pub fn at<'r>(
        &'r self,
        articles: [&'r ArticleId; 2],
        places: [&'r Fragments; 2],
    ) -> impl Iterator<Item = RejectionId> + 'r {
        let is_at = move |row: &&Row| {
            let side = |own: usize, of: usize| {
                row.articles[own] == *articles[of]
                    && row.places[own].as_ref().is_some_and(|place| shares_most(place, places[of]))
            };
            (side(0, 0) && side(1, 1)) || (side(0, 1) && side(1, 0))
        };
        self.rows.iter().filter(is_at).map(|row| row.id)
    }

    /// The words that are rejected of two of these articles, those of the article that comes first in the list first.
    pub fn among<'r>(&'r self, articles: &'r [ArticleId]) -> impl Iterator<Item = [(ArticleId, Fragments); 2]> + 'r {
        let order = |id: &ArticleId| articles.iter().position(|own| own == id);
        self.rows.iter().filter_map(move |row| {
            let at = [order(&row.articles[0])?, order(&row.articles[1])?];
            let side = |side: usize| Some((row.articles[side].clone(), row.places[side].clone()?));
            let pair = [side(0)?, side(1)?];
            let [one, other] = pair;
            Some(if at[0] <= at[1] { [one, other] } else { [other, one] })
        })
    }

    /// Whether words at these places are rejected.
    pub fn has(&self, articles: [&ArticleId; 2], places: [&Fragments; 2]) -> bool {
        self.at(articles, places).next().is_some()
    }
}

impl Row {
    fn new(id: RejectionId, rejection: &Rejection) -> Self {
        Self { id, articles: rejection.sides().map(|side| side.article.clone()), places: [None, None] }
    }

    /// Finds the words in the texts that are read, or in that of one article alone.
    fn place(&mut self, project: &Project, rejection: &Rejection, only: Option<&ArticleId>) {
        for (place, side) in self.places.iter_mut().zip(rejection.sides()) {
            if only.is_none_or(|only| *only == side.article) {
                *place = project.text(&side.article).and_then(|text| side.find(text));
            }
        }
    }
}

/// Whether two places share at least half of the longer one’s bytes.
fn shares_most(one: &Fragments, other: &Fragments) -> bool {
    2 * shared_len(one, other) >= one.covered_len().max(other.covered_len())
}
