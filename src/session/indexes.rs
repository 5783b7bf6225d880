//! The marks of the open article by place, one index for each layer, following every change.

use std::collections::BTreeMap;

use crate::{
    model::{AnnotatorId, ArticleId, LayerSlot, Project, edit::Change},
    query::SpanIndex,
};

/// Indexes of the layers of one article.
#[derive(Debug, Default)]
pub(super) struct Indexes {
    article: Option<ArticleId>,
    by_annotator: BTreeMap<AnnotatorId, SpanIndex>,
}

impl Indexes {
    /// Makes the indexes of an article's layers, and forgets those of the last one.
    pub fn open(&mut self, project: &Project, article: Option<&ArticleId>) {
        self.article = article.cloned();
        self.by_annotator = article
            .into_iter()
            .flat_map(|article| project.layers(article))
            .filter_map(|(who, slot)| match slot {
                LayerSlot::Read(layer) => Some((who.clone(), SpanIndex::of(layer))),
                LayerSlot::Unread(_) => None,
            })
            .collect();
    }

    pub fn get(&self, article: &ArticleId, annotator: &AnnotatorId) -> Option<&SpanIndex> {
        (self.article.as_ref() == Some(article)).then(|| self.by_annotator.get(annotator)).flatten()
    }

    pub fn follow(&mut self, changes: &[Change]) {
        for change in changes {
            if let Change::Annotation { article, annotator, id, before, after } = change
                && self.article.as_ref() == Some(article)
            {
                let index = self.by_annotator.entry(annotator.clone()).or_default();
                index.update(*id, before.as_deref(), after.as_deref());
            }
        }
    }
}
