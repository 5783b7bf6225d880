//! The list of the relations that an annotator has in an article.

use std::{collections::BTreeSet, sync::Arc};

use rustc_hash::FxHashMap;

use super::{Filter, Listing};
use crate::{
    model::{AnnotatorId, ArticleId, Item, Layer, Project, Relation, RelationId},
    query::Relations,
};

/// What relations are sorted by; those that are alike stand by when they were made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RelationOrder {
    /// By their first mark in the article; those without one come first.
    #[default]
    Place,
    /// By kind, as the codebook orders them, then by place.
    Kind,
}

/// What there is to list.
#[derive(Clone, Copy)]
pub struct RelationSource<'a> {
    pub relations: Relations<'a>,
    /// What is said of a relation, to be filtered by. It may depend on the relation, on what it joins, and on the
    /// codebook.
    pub said: &'a dyn Fn(&Relation) -> String,
}

/// The relations that have a member in an article and pass a filter, in an order.
#[derive(Debug, Default)]
pub struct RelationList {
    /// What the rows were made for.
    made: Option<Made>,
    /// The relations that pass, in order.
    rows: Listing<RelationRow>,
    /// The row that each relation has: what it joins may have moved since.
    row_of: FxHashMap<RelationId, RelationRow>,
}

/// The rank of the kind, the first byte of the first mark, and the relation.
type RelationRow = (Option<usize>, Option<usize>, RelationId);

/// What the rows were made of.
#[derive(Debug)]
struct Made {
    project: Project,
    article: ArticleId,
    annotator: AnnotatorId,
    filter: Filter,
    order: RelationOrder,
}

/// With more changes than this, all rows are made anew: each one that is put in its place moves those behind it.
const FEW: usize = 64;

impl RelationList {
    /// Follows the project, the filter and the order; to be called when the relations or what they join may have
    /// changed, or when the filter or the order has.
    pub fn follow(&mut self, source: RelationSource<'_>, filter: &Filter, order: RelationOrder) {
        let Relations { project, article, annotator } = source.relations;
        let rules = Rules { source, filter, order };
        let before = self.made.as_ref().filter(|made| made.is_of(&rules)).map(|made| &made.project);
        match before.and_then(|before| touched(source.relations, before)) {
            Some(touched) => touched.into_iter().for_each(|id| self.put(&rules, id)),
            None => {
                let rows = source.relations.all().filter_map(|(id, relation)| rules.row(id, relation));
                let rows: Vec<RelationRow> = rows.collect();
                self.row_of = rows.iter().map(|row| (row.2, *row)).collect();
                self.rows = Listing::new(rows);
            }
        }
        let (article, annotator) = (article.clone(), annotator.clone());
        self.made = Some(Made { project: project.clone(), article, annotator, filter: filter.clone(), order });
    }

    /// Puts a relation into its row, or takes it out.
    fn put(&mut self, rules: &Rules<'_>, id: RelationId) {
        let Relations { article, .. } = rules.source.relations;
        if let Some(row) = self.row_of.remove(&id) {
            self.rows.remove(&row);
        }
        let relation = rules.source.relations.get(id);
        let reaching = relation.filter(|relation| relation.members.iter().any(|m| m.target.article == *article));
        if let Some(row) = reaching.and_then(|relation| rules.row(id, relation)) {
            self.row_of.insert(id, row);
            self.rows.insert(row);
        }
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The relation in a row, counted from 0.
    pub fn get(&self, row: usize) -> Option<RelationId> {
        self.rows.get(row).map(|row| row.2)
    }

    /// The row that a relation stands in, unless the filter keeps it out.
    pub fn position(&self, id: RelationId) -> Option<usize> {
        self.rows.position(self.row_of.get(&id)?)
    }
}

/// What decides whether a relation has a row, and which.
struct Rules<'a> {
    source: RelationSource<'a>,
    filter: &'a Filter,
    order: RelationOrder,
}

impl Rules<'_> {
    /// The row of a relation; `None` where it does not pass.
    fn row(&self, id: RelationId, relation: &Relation) -> Option<RelationRow> {
        let is_incomplete = || self.source.relations.is_incomplete(relation);
        if !self.filter.passes_row(is_incomplete, || (self.source.said)(relation)) {
            return None;
        }
        let Relations { project, article, annotator } = self.source.relations;
        let lead = self.source.relations.lead(relation);
        let lead = lead.and_then(|mark| project.layer(article, annotator)?.annotation(mark));
        let place = lead.map(|annotation| annotation.fragments.first().start());
        let rank = match self.order {
            RelationOrder::Place => None,
            RelationOrder::Kind => project.codebook().relations.iter().position(|kind| kind.id == relation.kind),
        };
        Some((rank, place, id))
    }
}

impl Made {
    /// Whether only relations, and what they join, may have changed since.
    fn is_of(&self, rules: &Rules<'_>) -> bool {
        let Relations { project, article, annotator } = rules.source.relations;
        let same_codebook = Arc::ptr_eq(self.project.codebook(), project.codebook());
        let same_rules = self.filter == *rules.filter && self.order == rules.order;
        same_codebook && same_rules && self.article == *article && self.annotator == *annotator
    }
}

/// The relations that have changed since an earlier state of the project, or join what has; those removed since are
/// among them. `None` where they are more than [`FEW`].
fn touched(relations: Relations<'_>, before: &Project) -> Option<BTreeSet<RelationId>> {
    let Relations { project, article, annotator } = relations;
    let mut touched = BTreeSet::new();
    let sets = |project: &Project| {
        let in_article = project.layer(article, annotator).map(|layer| layer.relations().clone());
        [in_article, project.links(annotator).cloned()].map(Option::unwrap_or_default)
    };
    for (now, then) in sets(project).iter().zip(sets(before)) {
        for id in now.changes(&then) {
            touched.extend(relations.around(Item::Relation(id)).into_iter().map(|(id, _)| id).chain([id]));
            if touched.len() > FEW {
                return None;
            }
        }
    }
    for changed in project.articles_with_other_layers(before) {
        let layer = |project: &Project| project.layer(changed, annotator).cloned().unwrap_or_default();
        let (now, then): (Layer, Layer) = (layer(project), layer(before));
        for (id, ..) in now.annotation_changes(&then) {
            touched.extend(relations.around(Item::Annotation(id)).into_iter().map(|(id, _)| id));
            if touched.len() > FEW {
                return None;
            }
        }
    }
    Some(touched)
}
