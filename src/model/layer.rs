//! A layer: what one annotator has said about one article.

use std::sync::Arc;

use imbl::{HashMap, OrdMap};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::{
    annotation::Annotation,
    attribute::Value,
    id::{AnnotationId, AttributeId, LabelId, RelationId},
    relation::{Item, Relation},
};

/// How far the work on an article has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Status {
    #[default]
    ToDo,
    InProgress,
    Done,
}

/// What a layer says about the article as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whole {
    pub status: Status,
    /// Sorted by question, then target.
    pub answers: Vec<Answer>,
}

/// An answer about the whole article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub question: AttributeId,
    /// For questions that are asked for each target.
    pub target: Option<String>,
    pub value: Value,
}

impl Whole {
    pub fn answer(&self, question: &AttributeId, target: Option<&str>) -> Option<&Value> {
        self.answers.iter().find(|a| a.question == *question && a.target.as_deref() == target).map(|a| &a.value)
    }

    /// Sets or, with `None`, takes away.
    pub fn set_answer(&mut self, question: AttributeId, target: Option<String>, value: Option<Value>) {
        self.answers.retain(|a| !(a.question == question && a.target == target));
        if let Some(value) = value {
            self.answers.push(Answer { question, target, value });
            self.answers.sort_by(|a, b| (&a.question, &a.target).cmp(&(&b.question, &b.target)));
        }
    }
}

/// Annotations, relations and answers of one annotator on one article. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layer {
    pub(super) annotations: OrdMap<AnnotationId, Arc<Annotation>>,
    pub(super) relations: RelationSet,
    pub(super) whole: Arc<Whole>,
    pub(super) counts: OrdMap<LabelId, u32>,
    pub(super) flags: u32,
}

impl Layer {
    pub fn annotation(&self, id: AnnotationId) -> Option<&Arc<Annotation>> {
        self.annotations.get(&id)
    }

    /// Sorted by id, which is by the time they were made.
    pub fn annotations(&self) -> impl Iterator<Item = (AnnotationId, &Arc<Annotation>)> {
        self.annotations.iter().map(|(id, a)| (*id, a))
    }

    pub fn annotation_count(&self) -> usize {
        self.annotations.len()
    }

    /// Whether the marks of both are the same for sure, told without looking at any: one is a copy of the other.
    pub fn shares_annotations(&self, other: &Self) -> bool {
        self.annotations.ptr_eq(&other.annotations)
    }

    pub fn relations(&self) -> &RelationSet {
        &self.relations
    }

    pub fn whole(&self) -> &Whole {
        &self.whole
    }

    pub fn status(&self) -> Status {
        self.whole.status
    }

    /// Whether nothing was ever said: no file is written for such a layer.
    pub fn is_blank(&self) -> bool {
        self.annotations.is_empty() && self.relations.count() == 0 && *self.whole == Whole::default()
    }

    pub fn summary(&self) -> LayerSummary {
        LayerSummary {
            status: self.whole.status,
            counts: self.counts.iter().map(|(label, n)| (label.clone(), *n)).collect(),
            relations: u32::try_from(self.relations.count()).unwrap_or(u32::MAX),
            flags: self.flags,
        }
    }

    pub(super) fn put_annotation(&mut self, id: AnnotationId, after: Option<Arc<Annotation>>) {
        if let Some(after) = &after {
            *self.counts.entry(after.label.clone()).or_insert(0) += 1;
            self.flags += u32::from(after.flag.is_some());
        }
        let before = match after {
            Some(after) => self.annotations.insert(id, after),
            None => self.annotations.remove(&id),
        };
        let Some(before) = before else { return };
        self.flags -= u32::from(before.flag.is_some());
        let count = self.counts.get(&before.label).copied().unwrap_or(0);
        if count <= 1 {
            self.counts.remove(&before.label);
        } else {
            self.counts.insert(before.label.clone(), count - 1);
        }
    }
}

/// Relations, found by their id and by what they have as a member. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RelationSet {
    rows: OrdMap<RelationId, Arc<Relation>>,
    /// Kept so that a change costs what it touches.
    members_of: HashMap<Item, SmallVec<[RelationId; 2]>>,
}

impl RelationSet {
    pub fn get(&self, id: RelationId) -> Option<&Arc<Relation>> {
        self.rows.get(&id)
    }

    /// Sorted by id, which is by the time they were made.
    pub fn iter(&self) -> impl Iterator<Item = (RelationId, &Arc<Relation>)> {
        self.rows.iter().map(|(id, r)| (*id, r))
    }

    pub fn count(&self) -> usize {
        self.rows.len()
    }

    /// The relations that have the item as a member, sorted.
    pub fn of(&self, item: Item) -> &[RelationId] {
        self.members_of.get(&item).map_or(&[], |ids| ids.as_slice())
    }

    pub(super) fn put(&mut self, id: RelationId, after: Option<Arc<Relation>>) {
        let before = match after.clone() {
            Some(after) => self.rows.insert(id, after),
            None => self.rows.remove(&id),
        };
        for member in before.iter().flat_map(|r| &r.members) {
            let Some(ids) = self.members_of.get_mut(&member.target.item) else { continue };
            ids.retain(|r| *r != id);
            if ids.is_empty() {
                self.members_of.remove(&member.target.item);
            }
        }
        for member in after.iter().flat_map(|r| &r.members) {
            let ids = self.members_of.entry(member.target.item).or_default();
            if !ids.contains(&id) {
                ids.push(id);
                ids.sort_unstable();
            }
        }
    }
}

/// What the list of articles shows of a layer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerSummary {
    pub status: Status,
    /// Annotations by label, sorted by the label's id; none is zero.
    pub counts: Vec<(LabelId, u32)>,
    pub relations: u32,
    /// Annotations with a flag or a question.
    pub flags: u32,
}

impl LayerSummary {
    pub fn annotations(&self) -> u32 {
        self.counts.iter().map(|(_, n)| n).sum()
    }
}
