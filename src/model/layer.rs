//! A layer: what one annotator has said about one article.
//!
//! Layers are persistent maps (`imbl`): a clone shares everything, and a change costs what it touches. Numbers that
//! lists show (`counts`, `flags`) are kept along rather than counted.

use std::sync::Arc;

use imbl::{HashMap, OrdMap, OrdSet, ordmap::DiffItem};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::{
    annotation::Annotation,
    answer::Answer,
    attribute::Value,
    conflict::Conflict,
    id::{AnnotationId, ArticleId, AttributeId, LabelId, RelationId},
    relation::{Item, Relation},
    set_aside::SetAside,
};

/// How far the annotator’s work on an article has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Status {
    /// Nothing has been said of it.
    #[default]
    ToDo,
    /// Set by the first mark.
    InProgress,
    /// The annotator has said so.
    Done,
}

impl Status {
    /// In the order in which work goes on.
    pub const ALL: [Self; 3] = [Self::ToDo, Self::InProgress, Self::Done];

    /// Its word on the command line and in exports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ToDo => "to-do",
            Self::InProgress => "in-progress",
            Self::Done => "done",
        }
    }
}

/// What a layer says of the article as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleAnswers {
    pub status: Status,
    /// Sorted by question, then target; at most one for each pair.
    pub answers: Vec<Answer>,
}

impl ArticleAnswers {
    /// The answer to a question; `target` exactly where it is asked for each target.
    pub fn answer(&self, question: &AttributeId, target: Option<&str>) -> Option<&Value> {
        self.answers.iter().find(|a| a.question == *question && a.target.as_deref() == target).map(|a| &a.value)
    }

    /// Sets an answer or, with `None`, takes it away.
    pub fn set_answer(&mut self, question: AttributeId, target: Option<String>, value: Option<Value>) {
        self.answers.retain(|a| !(a.question == question && a.target == target));
        if let Some(value) = value {
            self.answers.push(Answer { question, target, value });
            self.answers.sort_by(|a, b| (&a.question, &a.target).cmp(&(&b.question, &b.target)));
        }
    }
}

/// What one annotator has said of one article. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layer {
    /// Sorted by id, and so by time.
    pub(super) annotations: OrdMap<AnnotationId, Arc<Annotation>>,
    pub(super) relations: RelationSet,
    pub(super) article_answers: Arc<ArticleAnswers>,
    /// What its file says that can’t stand in it.
    pub(super) set_aside: Arc<Vec<SetAside>>,
    /// Annotations by label; none is zero.
    pub(super) counts: OrdMap<LabelId, u32>,
    /// Annotations with a flag or a question.
    pub(super) flags: u32,
    /// Annotations that are to be decided on.
    pub(super) conflicts: u32,
}

impl Layer {
    pub fn annotation(&self, id: AnnotationId) -> Option<&Arc<Annotation>> {
        self.annotations.get(&id)
    }

    /// All annotations, sorted by id, which is by the time they were made.
    pub fn annotations(&self) -> impl Iterator<Item = (AnnotationId, &Arc<Annotation>)> {
        self.annotations.iter().map(|(id, a)| (*id, a))
    }

    pub fn annotation_count(&self) -> usize {
        self.annotations.len()
    }

    /// Whether both have the same annotations for sure, told by address alone: one is a copy of the other. False does
    /// not mean that they differ.
    pub fn shares_annotations(&self, other: &Self) -> bool {
        self.annotations.ptr_eq(&other.annotations)
    }

    /// The annotations that differ from those of an earlier state, each before and after. Costs what differs, not
    /// what there is.
    pub fn annotation_changes<'a>(
        &'a self,
        before: &'a Self,
    ) -> impl Iterator<Item = (AnnotationId, Option<&'a Annotation>, Option<&'a Annotation>)> {
        before.annotations.diff(&self.annotations).map(|difference| match difference {
            DiffItem::Add(id, after) => (*id, None, Some(&**after)),
            DiffItem::Update { old: (id, before), new: (_, after) } => (*id, Some(&**before), Some(&**after)),
            DiffItem::Remove(id, before) => (*id, Some(&**before), None),
        })
    }

    pub fn relations(&self) -> &RelationSet {
        &self.relations
    }

    pub fn article_answers(&self) -> &ArticleAnswers {
        &self.article_answers
    }

    pub fn status(&self) -> Status {
        self.article_answers.status
    }

    /// What its file says that can’t stand in it: see [`SetAside`].
    pub fn set_aside(&self) -> &[SetAside] {
        &self.set_aside
    }

    /// Whether it says nothing at all: such a layer is dropped, and has no file.
    pub fn is_blank(&self) -> bool {
        self.annotations.is_empty()
            && self.relations.count() == 0
            && *self.article_answers == ArticleAnswers::default()
            && self.set_aside.is_empty()
    }

    /// What lists show of it.
    pub fn summary(&self) -> LayerSummary {
        LayerSummary {
            status: self.article_answers.status,
            counts: self.counts.iter().map(|(label, n)| (label.clone(), *n)).collect(),
            relations: u32::try_from(self.relations.count()).unwrap_or(u32::MAX),
            flags: self.flags,
            conflicts: self.conflicts(),
        }
    }

    /// How many annotations and relations say that they are to be decided on.
    pub fn conflicts(&self) -> u32 {
        self.conflicts + self.relations.conflicts
    }

    /// Puts or removes an annotation, and keeps the counts true.
    pub(super) fn put_annotation(&mut self, id: AnnotationId, after: Option<Arc<Annotation>>) {
        if let Some(after) = &after {
            *self.counts.entry(after.label.clone()).or_insert(0) += 1;
            self.flags += u32::from(after.flag.is_some());
            self.conflicts += u32::from(Conflict::is_in(&after.note));
        }
        let before = match after {
            Some(after) => self.annotations.insert(id, after),
            None => self.annotations.remove(&id),
        };
        let Some(before) = before else { return };
        self.flags -= u32::from(before.flag.is_some());
        self.conflicts -= u32::from(Conflict::is_in(&before.note));
        let count = self.counts.get(&before.label).copied().unwrap_or(0);
        if count <= 1 {
            self.counts.remove(&before.label);
        } else {
            self.counts.insert(before.label.clone(), count - 1);
        }
    }
}

/// Relations, found by id, by member and by the article of a member. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RelationSet {
    rows: OrdMap<RelationId, Arc<Relation>>,
    /// The relations that each item is a member of, sorted by id.
    members_of: HashMap<Item, SmallVec<[RelationId; 2]>>,
    /// The relations with a member in each article.
    reaching: HashMap<ArticleId, OrdSet<RelationId>>,
    /// Relations that are to be decided on.
    conflicts: u32,
}

impl RelationSet {
    pub fn get(&self, id: RelationId) -> Option<&Arc<Relation>> {
        self.rows.get(&id)
    }

    /// Sorted by id, which is by the time they were made.
    pub fn iter(&self) -> impl Iterator<Item = (RelationId, &Arc<Relation>)> {
        self.rows.iter().map(|(id, r)| (*id, r))
    }

    /// How many say that they are to be decided on.
    pub fn conflicts(&self) -> u32 {
        self.conflicts
    }

    pub fn count(&self) -> usize {
        self.rows.len()
    }

    /// The relations that have the item as a member, sorted by id.
    pub fn of(&self, item: Item) -> &[RelationId] {
        self.members_of.get(&item).map_or(&[], |ids| ids.as_slice())
    }

    /// The relations that have a member in the article, sorted by id.
    pub fn reaching(&self, article: &ArticleId) -> impl Iterator<Item = (RelationId, &Arc<Relation>)> {
        let ids = self.reaching.get(article).into_iter().flatten();
        ids.filter_map(|id| Some((*id, self.rows.get(id)?)))
    }

    /// How many relations have a member in the article.
    pub fn reaching_count(&self, article: &ArticleId) -> usize {
        self.reaching.get(article).map_or(0, OrdSet::len)
    }

    /// Ids of the relations that differ from those of an earlier state, removed ones among them. Costs what differs.
    pub fn changes<'a>(&'a self, before: &'a Self) -> impl Iterator<Item = RelationId> {
        before.rows.diff(&self.rows).map(|difference| match difference {
            DiffItem::Add(id, _) | DiffItem::Remove(id, _) | DiffItem::Update { new: (id, _), .. } => *id,
        })
    }

    /// Puts or removes a relation, and keeps the indexes true.
    pub(super) fn put(&mut self, id: RelationId, after: Option<Arc<Relation>>) {
        self.conflicts += u32::from(after.as_ref().is_some_and(|after| Conflict::is_in(&after.note)));
        let before = match after.clone() {
            Some(after) => self.rows.insert(id, after),
            None => self.rows.remove(&id),
        };
        self.conflicts -= u32::from(before.as_ref().is_some_and(|before| Conflict::is_in(&before.note)));
        for target in before.iter().flat_map(|r| &r.members).map(|m| &m.target) {
            if let Some(ids) = self.members_of.get_mut(&target.item) {
                ids.retain(|r| *r != id);
                if ids.is_empty() {
                    self.members_of.remove(&target.item);
                }
            }
            if let Some(ids) = self.reaching.get_mut(&target.article) {
                ids.remove(&id);
                if ids.is_empty() {
                    self.reaching.remove(&target.article);
                }
            }
        }
        for target in after.iter().flat_map(|r| &r.members).map(|m| &m.target) {
            let ids = self.members_of.entry(target.item).or_default();
            if !ids.contains(&id) {
                ids.push(id);
                ids.sort_unstable();
            }
            self.reaching.entry(target.article.clone()).or_default().insert(id);
        }
    }
}

/// What the list of articles shows of a layer. Kept in the index, so that opening a project reads no layer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerSummary {
    pub status: Status,
    /// Annotations by label, sorted by the label’s id; none is zero.
    pub counts: Vec<(LabelId, u32)>,
    pub relations: u32,
    /// Annotations with a flag or a question.
    pub flags: u32,
    /// Annotations and relations that are to be decided on.
    pub conflicts: u32,
}

impl LayerSummary {
    /// How many annotations there are.
    pub fn annotations(&self) -> u32 {
        self.counts.iter().map(|(_, n)| n).sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{KindId, Member, RoleId, Target, Uid};

    /// A relation of marks, each in the article of its number modulo 3.
    fn relation(marks: &[u64]) -> Arc<Relation> {
        let member = |mark: &u64| {
            let article = ArticleId::new(["toll", "bridge", "water"][(*mark % 3) as usize]).unwrap();
            let item = Item::Annotation(AnnotationId(Uid::from_u64(*mark)));
            Member { role: RoleId::new("one").unwrap(), target: Target { article, item } }
        };
        Arc::new(Relation::new(KindId::new("pair").unwrap(), marks.iter().map(member).collect()))
    }

    proptest! {
        #[test]
        fn relations_are_found_by_their_members_and_where_these_are_however_they_came_to_be(
            puts in prop::collection::vec((0u64..6, prop::option::of(prop::collection::vec(0u64..9, 1..4))), 0..24),
        ) {
            let mut set = RelationSet::default();
            for (id, marks) in &puts {
                set.put(RelationId(Uid::from_u64(*id)), marks.as_ref().map(|marks| relation(marks)));
            }
            let mut anew = RelationSet::default();
            set.iter().for_each(|(id, r)| anew.put(id, Some(Arc::clone(r))));
            prop_assert_eq!(&set, &anew, "nothing is left of what was");
            for mark in 0..9 {
                let target = relation(&[mark]).members[0].target.clone();
                let there = |r: &Relation| r.members.iter().any(|m| m.target.article == target.article);
                let naive: Vec<_> = set.iter().filter(|(_, r)| there(r)).collect();
                prop_assert_eq!(set.reaching(&target.article).collect::<Vec<_>>(), naive);
                let naive: Vec<_> = set.iter().filter(|(_, r)| r.has(target.item)).map(|(id, _)| id).collect();
                prop_assert_eq!(set.of(target.item), naive);
            }
        }
    }
}
