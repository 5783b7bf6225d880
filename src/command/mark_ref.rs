//! Naming a mark: by its id, as the window does, or by its words, as a script does.
//!
//! Names are resolved when a command is planned, in the scene as it is then. Only the annotator’s own marks and
//! relations can be named.

use serde::{Deserialize, Serialize};

use super::{known, of_kind, scene::Scene, words};
use crate::{
    diagnostic::Diagnostic,
    model::{AnnotationId, ArticleId, Item, KindId, LabelId, Layer, RelationId, Target},
    phrase,
    text::ByteRange,
};

/// A mark, or a relation as a member of another, of the annotator’s own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum MarkRef {
    /// The one that is picked when the command runs.
    #[default]
    Picked,
    /// A mark of the open article.
    Id(AnnotationId),
    /// A relation of the open article or across articles.
    Relation(RelationId),
    /// The relation of a kind that a mark is in; of several, one in whose first role the mark is.
    RelationOf { kind: KindId, mark: Box<MarkRef> },
    /// The mark whose first fragment begins where the `occurrence`-th of these words begins, counted from 1; with a
    /// certain label where one is named.
    Words {
        words: String,
        #[serde(default = "words::first")]
        occurrence: usize,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<LabelId>,
        /// The open article where none is named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        article: Option<ArticleId>,
    },
    /// By article and id; the article need not be open. Drafts name their mark so, as they are committed later.
    Elsewhere(Target),
}

impl MarkRef {
    /// What is named, with its article. That an id exists is not looked at here.
    ///
    /// # Errors
    /// Where nothing is named so.
    pub fn resolve(&self, scene: &Scene<'_>) -> Result<Target, Diagnostic> {
        let here = |item| Ok(Target { article: scene.article()?.clone(), item });
        match self {
            Self::Picked => here(Item::Annotation(scene.picked()?.0)),
            Self::Id(id) => here(Item::Annotation(*id)),
            Self::Relation(id) => here(Item::Relation(*id)),
            Self::RelationOf { kind, mark } => {
                let (article, id) = relation_of(scene, kind, mark)?;
                Ok(Target { article, item: Item::Relation(id) })
            }
            Self::Elsewhere(target) => Ok(target.clone()),
            Self::Words { words, occurrence, label, article } => {
                let article =
                    article.as_ref().map_or_else(|| scene.article(), |id| known::article(scene.project, id))?;
                let text = scene.project.text(article).ok_or_else(|| known::not_read(article))?;
                let place = words::find(text, words, *occurrence)?;
                let annotator = scene.annotator()?;
                let found = scene
                    .project
                    .layer(article, annotator)
                    .and_then(|layer| mark_at(layer, place, label.as_ref()))
                    .ok_or_else(|| {
                        Diagnostic::error("no-such-mark", phrase!("No mark begins with “{words}”", words))
                            .hint("Mark the words first, or name another occurrence or label")
                    })?;
                Ok(Target { article: article.clone(), item: Item::Annotation(found) })
            }
        }
    }
}

impl From<Target> for MarkRef {
    fn from(target: Target) -> Self {
        Self::Elsewhere(target)
    }
}

impl From<Item> for MarkRef {
    fn from(item: Item) -> Self {
        match item {
            Item::Annotation(id) => Self::Id(id),
            Item::Relation(id) => Self::Relation(id),
        }
    }
}

/// A relation of the annotator's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum RelationRef {
    /// In the open article, or across articles.
    Id(RelationId),
    /// By article and id; across articles, any article that it is seen from. Drafts name their relation so.
    In { article: ArticleId, relation: RelationId },
    /// The one of this kind that a mark is in; of several, one in whose first role it is.
    Of { kind: KindId, mark: MarkRef },
}

impl From<RelationId> for RelationRef {
    fn from(id: RelationId) -> Self {
        Self::Id(id)
    }
}

impl RelationRef {
    /// The relation, as others name it: with the article that it is in, or across articles with one it is seen from.
    ///
    /// # Errors
    /// Where the mark, or the kind, is not known, or the mark is in no such relation.
    pub fn resolve(&self, scene: &Scene<'_>) -> Result<(ArticleId, RelationId), Diagnostic> {
        match self {
            Self::Id(id) => Ok((scene.article()?.clone(), *id)),
            Self::In { article, relation } => Ok((article.clone(), *relation)),
            Self::Of { kind, mark } => relation_of(scene, kind, mark),
        }
    }
}

fn relation_of(scene: &Scene<'_>, kind: &KindId, mark: &MarkRef) -> Result<(ArticleId, RelationId), Diagnostic> {
    let kind = known::kind(scene.codebook(), kind)?;
    let target = mark.resolve(scene)?;
    let found = of_kind::relation_of(scene, kind, &target).map(|(id, _)| id);
    found.map(|id| (target.article, id)).ok_or_else(|| {
        Diagnostic::error("no-such-relation", phrase!("The mark has no relation “{name}”", name = &kind.name))
            .hint("Relate it first, or name another mark")
    })
}

/// The mark that begins at the place. Of several, the one whose first fragment is exactly the place, then the
/// longest.
fn mark_at(layer: &Layer, place: ByteRange, label: Option<&LabelId>) -> Option<AnnotationId> {
    layer
        .annotations()
        .filter(|(_, a)| a.fragments.first().start() == place.start() && label.is_none_or(|l| a.label == *l))
        .max_by_key(|(_, a)| (a.fragments.first() == place, a.fragments.covered_len()))
        .map(|(id, _)| id)
}
