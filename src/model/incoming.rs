//! What was read from an exchange format, in the model’s own types, before a project takes it in.
//!
//! Nothing of it has been held against a project yet: ids are those of the files, or counted; labels and kinds are those of
//! the codebook that came with it. The import command decides what becomes of it.

use super::{
    Annotation, AnnotationId, Answer, ArticleId, Codebook, Metadata, Relation, RelationId, Status, edit::Home, id::Uid,
};

/// Everything that was read at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// What it was read as, such as `brat`.
    pub format: &'static str,
    /// Labels, attributes, kinds of relation and questions: from the format’s own schema, or seen in the data.
    pub codebook: Codebook,
    /// In the order in which they were read; the same text may come several times, with layers of other annotators.
    pub articles: Vec<IncomingArticle>,
    pub ids: IncomingIds,
}

/// Where the ids of marks and relations come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IncomingIds {
    /// The files have ids of Pressmark’s, which are kept where they are free.
    OfFiles,
    /// The reader has counted: new ones are made.
    Counted,
}

/// An article with what everybody has said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncomingArticle {
    /// What relations across articles name it by; kept in the project where it is free.
    pub id: ArticleId,
    /// Without a story.
    pub metadata: Metadata,
    /// The name of its story; empty for none.
    pub story: String,
    /// With line ends `\n`.
    pub text: String,
    /// What was done to the bytes to get the text, a sentence each.
    pub loaded: Vec<String>,
    pub layers: Vec<IncomingLayer>,
    /// The name of the source that it stands in, for messages.
    pub source: String,
}

/// What one annotator has said of the article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IncomingLayer {
    /// By name or id; `None` where the format or the file does not say who it was.
    pub annotator: Option<String>,
    /// `None` where the format has none.
    pub status: Option<Status>,
    /// Each with fragments in bytes of the article’s text. Ids are unique in the layer.
    pub annotations: Vec<(AnnotationId, Annotation)>,
    /// Within the article and across articles, as their kinds say.
    pub relations: Vec<(RelationId, Relation)>,
    pub answers: Vec<Answer>,
}

impl IncomingLayer {
    /// Whether nothing is said in it.
    pub fn is_blank(&self) -> bool {
        self.annotations.is_empty()
            && self.relations.is_empty()
            && self.answers.is_empty()
            && self.status.is_none_or(|status| status == Status::ToDo)
    }
}

/// Gives ids that count up from 1, for readers of formats whose ids are not Pressmark’s.
#[derive(Clone, Debug, Default)]
pub struct CountedIds(u64);

impl CountedIds {
    pub fn annotation(&mut self) -> AnnotationId {
        AnnotationId(self.uid())
    }

    pub fn relation(&mut self) -> RelationId {
        RelationId(self.uid())
    }

    fn uid(&mut self) -> Uid {
        self.0 += 1;
        Uid::from_u64(self.0)
    }
}

impl Codebook {
    /// Where relations of a kind are kept; in the article where the kind is not known.
    pub fn home(&self, relation: &Relation, article: &ArticleId) -> Home {
        match self.relation(&relation.kind) {
            Some(kind) if kind.across_articles => Home::Links,
            _ => Home::Article(article.clone()),
        }
    }
}
