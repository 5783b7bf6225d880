//! The marks of the articles that were opened by place, one index for each layer, following every change.

use std::collections::BTreeMap;

use crate::{
    model::{AnnotatorId, ArticleId, LayerSlot, Project, edit::Change},
    query::SpanIndex,
};

/// Indexes of the layers of each article that was opened; coming back to one costs nothing.
#[derive(Debug, Default)]
pub(super) struct Indexes {
    by_article: BTreeMap<ArticleId, BTreeMap<AnnotatorId, SpanIndex>>,
}

type Slot<'a> = (&'a AnnotatorId, &'a LayerSlot);

impl Indexes {
    /// Makes the indexes of an article's layers, unless they are there.
    pub fn open(&mut self, project: &Project, article: &ArticleId) {
        if !self.by_article.contains_key(article) {
            self.by_article.insert(article.clone(), of_layers(project, article));
        }
    }

    /// Forgets the indexes of layers that are others than they were.
    pub fn forget_changed(&mut self, before: &Project, after: &Project) {
        self.by_article.retain(|article, _| {
            let same =
                |((who, before), (other, after)): (Slot<'_>, Slot<'_>)| who == other && shares_marks(before, after);
            before.layers(article).count() == after.layers(article).count()
                && before.layers(article).zip(after.layers(article)).all(same)
        });
    }

    pub fn get(&self, article: &ArticleId, annotator: &AnnotatorId) -> Option<&SpanIndex> {
        self.by_article.get(article)?.get(annotator)
    }

    pub fn follow(&mut self, changes: &[Change]) {
        for change in changes {
            if let Change::Annotation { article, annotator, id, before, after } = change
                && let Some(layers) = self.by_article.get_mut(article)
            {
                let index = layers.entry(annotator.clone()).or_default();
                index.update(*id, before.as_deref(), after.as_deref());
            }
        }
    }
}

fn shares_marks(before: &LayerSlot, after: &LayerSlot) -> bool {
    match (before, after) {
        (LayerSlot::Read(before), LayerSlot::Read(after)) => before.shares_annotations(after),
        (LayerSlot::Unread(_), LayerSlot::Unread(_)) => true,
        _ => false,
    }
}

fn of_layers(project: &Project, article: &ArticleId) -> BTreeMap<AnnotatorId, SpanIndex> {
    let read = project.layers(article).filter_map(|(who, slot)| match slot {
        LayerSlot::Read(layer) => Some((who.clone(), SpanIndex::of(layer))),
        LayerSlot::Unread(_) => None,
    });
    read.collect()
}
