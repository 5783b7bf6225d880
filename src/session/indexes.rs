//! The marks of every layer that was read, by place: an index for each, following every change.

use std::collections::BTreeMap;

use crate::{
    model::{AnnotatorId, ArticleId, Codebook, LayerSlot, Project, edit::Change},
    query::SpanIndex,
};

/// Indexes of layers. They are made along with reading, so that opening an article never waits for them.
#[derive(Debug, Default)]
pub(super) struct Indexes {
    /// By article, then annotator; only layers that are read.
    by_article: BTreeMap<ArticleId, BTreeMap<AnnotatorId, SpanIndex>>,
}

impl Indexes {
    /// Indexes of all layers that are read.
    pub fn of(project: &Project) -> Self {
        let mut indexes = Self::default();
        indexes.follow_reading(&Project::new("", Codebook::empty("")), project);
        indexes
    }

    /// Makes the indexes of layers that were read, and forgets those of layers that are others than they were.
    pub fn follow_reading(&mut self, before: &Project, after: &Project) {
        for article in after.articles_with_other_layers(before) {
            let mut known = self.by_article.remove(article).unwrap_or_default();
            let read = after.layers(article).filter_map(|(who, slot)| {
                let LayerSlot::Read(layer) = slot else { return None };
                let same = before.layer(article, who).is_some_and(|before| before.shares_annotations(layer));
                let index = known.remove(who).filter(|_| same).unwrap_or_else(|| SpanIndex::of(layer));
                Some((who.clone(), index))
            });
            let read = read.collect();
            self.by_article.insert(article.clone(), read);
        }
    }

    /// The index of a layer; `None` where that is not read or has no marks.
    pub fn get(&self, article: &ArticleId, annotator: &AnnotatorId) -> Option<&SpanIndex> {
        self.by_article.get(article)?.get(annotator)
    }

    /// Brings the indexes up to date after a transaction; costs what it changed.
    pub fn follow(&mut self, changes: &[Change]) {
        for change in changes {
            if let Change::Annotation { article, annotator, id, before, after } = change {
                let layers = self.by_article.entry(article.clone()).or_default();
                layers.entry(annotator.clone()).or_default().update(*id, before.as_deref(), after.as_deref());
            }
        }
    }
}
