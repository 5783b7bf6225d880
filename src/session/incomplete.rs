//! How many marks of each layer lack a required answer, as far as the layers have been read; follows every change.

use std::collections::BTreeMap;

use crate::{
    model::{Annotation, AnnotatorId, ArticleId, Codebook, Layer, LayerSlot, Project, edit::Change},
    query::is_incomplete,
};

/// The numbers by article, then annotator. What was counted holds on when a layer is released: it must be read again
/// before it can change.
#[derive(Debug, Default)]
pub(super) struct Incomplete {
    by_article: BTreeMap<ArticleId, BTreeMap<AnnotatorId, usize>>,
    /// Counts the times at which a number may have changed.
    pub stamp: u64,
}

impl Incomplete {
    /// Of all layers that are read.
    pub fn of(project: &Project) -> Self {
        let mut counts = Self::default();
        project.articles().for_each(|(article, _)| counts.count(project, article));
        counts
    }

    /// Counts in layers that were read.
    pub fn follow_reading(&mut self, before: &Project, after: &Project) {
        if before.codebook() != after.codebook() {
            *self = Self { stamp: self.stamp + 1, ..Self::of(after) };
            return;
        }
        for article in after.articles_with_other_layers(before) {
            self.count(after, article);
        }
    }

    fn count(&mut self, project: &Project, article: &ArticleId) {
        let known = self.by_article.remove(article).unwrap_or_default();
        let counted = project.layers(article).filter_map(|(who, slot)| {
            let n = match slot {
                LayerSlot::Read(layer) => in_layer(project.codebook(), layer),
                LayerSlot::Unread(_) => *known.get(who)?,
            };
            Some((who.clone(), n))
        });
        let counted: BTreeMap<_, _> = counted.collect();
        self.stamp += u64::from(counted != known);
        if !counted.is_empty() {
            self.by_article.insert(article.clone(), counted);
        }
    }

    /// Brings the numbers up to date after a transaction; costs what it changed, and a count of everything where that
    /// is the codebook.
    pub fn follow(&mut self, changes: &[Change], project: &Project) {
        if changes.iter().any(|change| matches!(change, Change::Codebook { .. })) {
            *self = Self { stamp: self.stamp + 1, ..Self::of(project) };
            return;
        }
        let lacks = |mark: Option<&Annotation>| usize::from(mark.is_some_and(|m| is_incomplete(project.codebook(), m)));
        for change in changes {
            if let Change::Annotation { article, annotator, before, after, .. } = change {
                let (before, after) = (lacks(before.as_deref()), lacks(after.as_deref()));
                let n = self.by_article.entry(article.clone()).or_default().entry(annotator.clone()).or_default();
                *n = (*n + after).saturating_sub(before);
                self.stamp += u64::from(before != after);
            }
        }
    }

    /// How many there are; `None` where the layer has marks and has not been read under this codebook.
    pub fn get(&self, project: &Project, article: &ArticleId, annotator: &AnnotatorId) -> Option<usize> {
        let marks = project.layer_slot(article, annotator).map_or(0, LayerSlot::annotation_count);
        if marks == 0 { Some(0) } else { self.by_article.get(article)?.get(annotator).copied() }
    }
}

fn in_layer(codebook: &Codebook, layer: &Layer) -> usize {
    layer.annotations().filter(|(_, annotation)| is_incomplete(codebook, annotation)).count()
}
