//! One row, before and after.

use std::sync::Arc;

use super::super::{
    Annotation, AnnotationId, Annotator, AnnotatorId, Article, ArticleAnswers, ArticleId, Codebook, Relation,
    RelationId, SetAside, Story, StoryId,
};
use crate::text::Text;

/// Where a relation is kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Home {
    /// In the annotator's layer of this article.
    Article(ArticleId),
    /// Among the annotator's relations across articles.
    Links,
}

/// An article's text, and what is known of it: its fingerprint and how many words it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextVersion {
    pub article: Arc<Article>,
    pub text: Text,
}

/// A change of one row: `None` before is an addition, `None` after a removal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Annotation {
        article: ArticleId,
        annotator: AnnotatorId,
        id: AnnotationId,
        before: Option<Arc<Annotation>>,
        after: Option<Arc<Annotation>>,
    },
    Relation {
        home: Home,
        annotator: AnnotatorId,
        id: RelationId,
        before: Option<Arc<Relation>>,
        after: Option<Arc<Relation>>,
    },
    /// Status and answers about the whole article.
    Answers {
        article: ArticleId,
        annotator: AnnotatorId,
        before: Arc<ArticleAnswers>,
        after: Arc<ArticleAnswers>,
    },
    /// All of what is set aside in a file.
    SetAside {
        home: Home,
        annotator: AnnotatorId,
        before: Arc<Vec<SetAside>>,
        after: Arc<Vec<SetAside>>,
    },
    /// Metadata; with an addition or a removal, the text too.
    Article {
        id: ArticleId,
        before: Option<Arc<Article>>,
        after: Option<Arc<Article>>,
        text: Option<Text>,
    },
    /// The text is corrected; whatever covers words of it is changed along with it.
    Text {
        id: ArticleId,
        before: TextVersion,
        after: TextVersion,
        /// Everybody who has a layer of the article: its file repeats words of the text.
        layers: Vec<AnnotatorId>,
    },
    Story {
        id: StoryId,
        before: Option<Arc<Story>>,
        after: Option<Arc<Story>>,
    },
    Annotator {
        id: AnnotatorId,
        before: Option<Arc<Annotator>>,
        after: Option<Arc<Annotator>>,
    },
    Codebook {
        before: Arc<Codebook>,
        after: Arc<Codebook>,
    },
    Name {
        before: String,
        after: String,
    },
}

impl Change {
    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(self) -> Self {
        match self {
            Self::Annotation { article, annotator, id, before, after } => {
                Self::Annotation { article, annotator, id, before: after, after: before }
            }
            Self::Relation { home, annotator, id, before, after } => {
                Self::Relation { home, annotator, id, before: after, after: before }
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

    /// Whether nothing changes.
    pub fn is_idle(&self) -> bool {
        match self {
            Self::Annotation { before, after, .. } => before == after,
            Self::Relation { before, after, .. } => before == after,
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
