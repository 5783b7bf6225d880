//! The list of the marks of a layer.

use std::sync::Arc;

use super::{Filter, Listing};
use crate::{
    model::{Annotation, AnnotationId, ArticleId, Codebook, Flag, Layer},
    query::{SpanIndex, is_incomplete, spans::Entry},
};

/// What marks are sorted by; those that are alike stand by place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MarkOrder {
    /// In reading order.
    #[default]
    Place,
    /// By label, as the codebook orders them.
    Label,
    /// What was made last comes first.
    Newest,
    /// Flags, then questions, then the others.
    Flags,
}

impl MarkOrder {
    /// In the order of the menu.
    pub const ALL: [Self; 4] = [Self::Place, Self::Label, Self::Newest, Self::Flags];
}

/// What there is to list.
pub struct MarkSource<'a> {
    pub article: &'a ArticleId,
    pub codebook: &'a Arc<Codebook>,
    pub layer: &'a Layer,
    /// Of this layer.
    pub index: &'a SpanIndex,
    /// What is said of a mark, to be filtered by. It may depend on the mark, the article's text and the codebook.
    pub said: &'a dyn Fn(&Annotation) -> String,
}

/// The marks of a layer that pass a filter, in an order.
///
/// Unfiltered and by place it costs nothing, for then the index is the list.
#[derive(Debug, Default)]
pub struct MarkList {
    /// What the rows were made of; `None` while the index is the list.
    made: Option<Made>,
    /// The rows, where they are not simply all marks by place.
    rows: Listing<MarkRow>,
}

/// The rank in the order, then the place.
type MarkRow = (u64, Entry);

/// What the rows were made for, and the layer as it was then.
#[derive(Debug)]
struct Made {
    article: ArticleId,
    codebook: Arc<Codebook>,
    filter: Filter,
    order: MarkOrder,
    layer: Layer,
}

/// With more changes than this, all rows are made anew: each one that is put in its place moves those behind it.
const FEW: usize = 64;

impl Made {
    /// Whether only marks may have changed since.
    fn is_of(&self, source: &MarkSource<'_>, filter: &Filter, order: MarkOrder) -> bool {
        let same_codebook = Arc::ptr_eq(&self.codebook, source.codebook);
        same_codebook && self.article == *source.article && self.filter == *filter && self.order == order
    }

    /// The row of a mark, which sorts by its order.
    fn row(&self, id: AnnotationId, annotation: &Annotation) -> MarkRow {
        (rank(&self.codebook, self.order, (id, annotation)), Entry::of(id, annotation))
    }
}

/// What a mark is sorted by before its place: its label’s place in the codebook, when it was made, or its flag.
fn rank(codebook: &Codebook, order: MarkOrder, (id, annotation): (AnnotationId, &Annotation)) -> u64 {
    match (order, annotation.flag) {
        (MarkOrder::Place, _) | (MarkOrder::Flags, Some(Flag::Flag)) => 0,
        (MarkOrder::Flags, Some(Flag::Question)) => 1,
        (MarkOrder::Flags, None) => 2,
        (MarkOrder::Newest, _) => u64::MAX - id.0.as_u64(),
        (MarkOrder::Label, _) => {
            let known = codebook.labels.iter().position(|label| label.id == annotation.label);
            known.map_or(0, |at| at as u64 + 1)
        }
    }
}

impl MarkList {
    /// Follows the layer, the filter and the order; to be called before the rows are asked for.
    pub fn follow(&mut self, source: &MarkSource<'_>, filter: &Filter, order: MarkOrder) {
        if filter.is_empty() && order == MarkOrder::Place {
            *self = Self::default();
            return;
        }
        let passes = |annotation: &Annotation| {
            filter.passes_row(|| is_incomplete(source.codebook, annotation), || (source.said)(annotation))
        };
        if let Some(made) = self.made.as_mut().filter(|made| made.is_of(source, filter, order)) {
            if source.layer.shares_annotations(&made.layer) {
                return;
            }
            let changes: Vec<_> = source.layer.annotation_changes(&made.layer).take(FEW + 1).collect();
            if changes.len() <= FEW {
                for (id, before, after) in changes {
                    before.into_iter().for_each(|before| self.rows.remove(&made.row(id, before)));
                    let after = after.filter(|after| passes(after));
                    after.into_iter().for_each(|after| self.rows.insert(made.row(id, after)));
                }
                made.layer = source.layer.clone();
                return;
            }
        }
        let (article, codebook) = (source.article.clone(), source.codebook.clone());
        let made = Made { article, codebook, filter: filter.clone(), order, layer: source.layer.clone() };
        let kept = source.layer.annotations().filter(|(_, annotation)| passes(annotation));
        self.rows = Listing::new(kept.map(|(id, annotation)| made.row(id, annotation)));
        self.made = Some(made);
    }

    /// How many rows there are.
    pub fn len(&self, source: &MarkSource<'_>) -> usize {
        if self.made.is_some() { self.rows.len() } else { source.index.in_order().len() }
    }

    /// The mark in a row, counted from 0.
    pub fn get(&self, source: &MarkSource<'_>, row: usize) -> Option<AnnotationId> {
        let entry = match &self.made {
            Some(_) => self.rows.get(row).map(|(_, entry)| entry),
            None => source.index.in_order().get(row),
        };
        entry.map(|entry| entry.id)
    }

    /// The row that a mark stands in, unless the filter keeps it out.
    pub fn position(&self, source: &MarkSource<'_>, id: AnnotationId) -> Option<usize> {
        let annotation = source.layer.annotation(id)?;
        match &self.made {
            Some(made) => self.rows.position(&made.row(id, annotation)),
            None => source.index.position(id, annotation),
        }
    }
}
