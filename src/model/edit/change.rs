//! One row, before and after.
//!
//! Changes are the only way in which the model changes. They hold whole rows behind `Arc`, so that a change costs two
//! pointers; the journal writes them shorter.

use std::sync::Arc;

use super::super::{
    Annotation, AnnotationId, Annotator, AnnotatorId, Article, ArticleAnswers, ArticleId, Codebook, Rejection,
    RejectionId, Relation, RelationId, SetAside, Story, StoryId,
};
use crate::text::Text;

/// Where a relation is kept, which follows from its kind (`RelationKind::across_articles`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Home {
    /// In the annotator's layer of this article.
    Article(ArticleId),
    /// Among the annotator's relations across articles.
    Links,
}

/// An article’s text with what depends on it: fingerprint and number of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextVersion {
    pub article: Arc<Article>,
    pub text: Text,
}

/// A change of one row: what it was and what it becomes. `None` before is an addition, `None` after a removal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A mark of an annotator’s layer.
    Annotation {
        article: ArticleId,
        annotator: AnnotatorId,
        id: AnnotationId,
        before: Option<Arc<Annotation>>,
        after: Option<Arc<Annotation>>,
    },
    /// A relation, in a layer or across articles.
    Relation {
        home: Home,
        annotator: AnnotatorId,
        id: RelationId,
        before: Option<Arc<Relation>>,
        after: Option<Arc<Relation>>,
    },
    /// What is not the same statement.
    Rejection { annotator: AnnotatorId, id: RejectionId, before: Option<Arc<Rejection>>, after: Option<Arc<Rejection>> },
    /// Status of an article, and all answers about it.
    Answers { article: ArticleId, annotator: AnnotatorId, before: Arc<ArticleAnswers>, after: Arc<ArticleAnswers> },
    /// The whole list of what is set aside in a file.
    SetAside { home: Home, annotator: AnnotatorId, before: Arc<Vec<SetAside>>, after: Arc<Vec<SetAside>> },
    /// An article’s metadata; with an addition or a removal, its text too.
    Article {
        id: ArticleId,
        before: Option<Arc<Article>>,
        after: Option<Arc<Article>>,
        /// The text that comes or goes with the article; `None` where both `before` and `after` are there.
        text: Option<Text>,
    },
    /// An article’s text is corrected. Marks that it moves or loses are changes of their own in the same transaction.
    Text {
        id: ArticleId,
        before: TextVersion,
        after: TextVersion,
        /// Everybody with a layer of the article: their files repeat words of the text, and are written again.
        layers: Vec<AnnotatorId>,
    },
    /// A story’s name.
    Story { id: StoryId, before: Option<Arc<Story>>, after: Option<Arc<Story>> },
    /// An annotator’s name.
    Annotator { id: AnnotatorId, before: Option<Arc<Annotator>>, after: Option<Arc<Annotator>> },
    /// The whole codebook.
    Codebook { before: Arc<Codebook>, after: Arc<Codebook> },
    /// The project’s name.
    Name { before: String, after: String },
}

impl Change {
    /// The change that takes this one back: before and after swapped.
    #[must_use]
    pub fn inverse(self) -> Self {
        match self {
            Self::Annotation { article, annotator, id, before, after } => {
                Self::Annotation { article, annotator, id, before: after, after: before }
            }
            Self::Relation { home, annotator, id, before, after } => {
                Self::Relation { home, annotator, id, before: after, after: before }
            }
            Self::Rejection { annotator, id, before, after } => {
                Self::Rejection { annotator, id, before: after, after: before }
            }
            Self::Answers { article, annotator, before, after } => {
                Self::Answers { article, annotator, before: after, after: before }
            }
            Self::SetAside { home, annotator, before, after } => {
                Self::SetAside { home, annotator, before: after, after: before }
            }
            Self::Article { id, before, after, text } => Self::Article { id, before: after, after: before, text },
            Self::Text { id, before, after, layers } => Self::Text { id, before: after, after: before, layers },
            Self::Story { id, before, after } => Self::Story { id, before: after, after: before },
            Self::Annotator { id, before, after } => Self::Annotator { id, before: after, after: before },
            Self::Codebook { before, after } => Self::Codebook { before: after, after: before },
            Self::Name { before, after } => Self::Name { before: after, after: before },
        }
    }

    /// Whether before and after are the same; such changes are left out of transactions.
    pub fn is_idle(&self) -> bool {
        match self {
            Self::Annotation { before, after, .. } => before == after,
            Self::Relation { before, after, .. } => before == after,
            Self::Rejection { before, after, .. } => before == after,
            Self::Answers { before, after, .. } => before == after,
            Self::SetAside { before, after, .. } => before == after,
            Self::Article { before, after, .. } => before == after,
            Self::Text { before, after, .. } => before == after,
            Self::Story { before, after, .. } => before == after,
            Self::Annotator { before, after, .. } => before == after,
            Self::Codebook { before, after } => before == after,
            Self::Name { before, after } => before == after,
        }
    }
}
