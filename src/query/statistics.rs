//! How much has been marked: counts for lists.

use std::collections::BTreeMap;

use crate::model::{AnnotatorId, ArticleId, LabelId, LayerSummary, Project};

/// What the layers of one article hold together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleCounts {
    pub by_annotator: BTreeMap<AnnotatorId, LayerSummary>,
}

impl ArticleCounts {
    pub fn of(project: &Project, article: &ArticleId) -> Self {
        let by_annotator = project.layers(article).map(|(who, slot)| (who.clone(), slot.summary())).collect();
        Self { by_annotator }
    }

    /// Annotations by label, over all annotators.
    pub fn by_label(&self) -> BTreeMap<LabelId, u32> {
        let mut counts = BTreeMap::new();
        for (label, n) in self.by_annotator.values().flat_map(|s| &s.counts) {
            *counts.entry(label.clone()).or_insert(0) += n;
        }
        counts
    }
}
