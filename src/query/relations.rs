//! What one annotator has related, seen from an article: its own relations and those across articles.
//!
//! Every question about relations goes through it, since an annotator’s relations lie in two places: in the layer and
//! among those across articles.

use std::sync::Arc;

use crate::model::{
    Annotation, AnnotationId, AnnotatorId, ArticleId, Filler, Item, Layer, Project, Relation, RelationId, RelationKind,
    RelationSet, Target, edit::Home,
};

/// The relations of an annotator in an article and across articles.
#[derive(Clone, Copy, Debug)]
pub struct Relations<'a> {
    pub(super) project: &'a Project,
    /// The article they are seen from.
    pub(super) article: &'a ArticleId,
    /// Whose they are.
    pub(super) annotator: &'a AnnotatorId,
}

impl<'a> Relations<'a> {
    /// The annotator’s relations as seen from this article.
    pub fn new(project: &'a Project, article: &'a ArticleId, annotator: &'a AnnotatorId) -> Self {
        Self { project, article, annotator }
    }

    /// Those of a layer; `None` where that is not read.
    fn in_article(&self, article: &ArticleId) -> Option<&'a RelationSet> {
        self.project.layer(article, self.annotator).map(Layer::relations)
    }

    /// Both places: the layer’s, then those across articles.
    fn sets(&self) -> impl Iterator<Item = &'a RelationSet> + use<'a> {
        self.in_article(self.article).into_iter().chain(self.project.links(self.annotator))
    }

    /// A relation of this article, or one across articles.
    pub fn get(&self, id: RelationId) -> Option<&'a Arc<Relation>> {
        self.sets().find_map(|set| set.get(id))
    }

    /// What a member is, where its layer has been read.
    pub fn relation(&self, target: &Target) -> Option<&'a Arc<Relation>> {
        let Item::Relation(id) = target.item else { return None };
        self.in_article(&target.article).and_then(|set| set.get(id)).or_else(|| self.get(id))
    }

    /// The mark that a target names, where its layer has been read.
    pub fn annotation(&self, target: &Target) -> Option<&'a Arc<Annotation>> {
        let Item::Annotation(id) = target.item else { return None };
        self.project.layer(&target.article, self.annotator)?.annotation(id)
    }

    /// What something is in the codebook, where its layer has been read.
    pub fn filler(&self, target: &Target) -> Option<Filler> {
        match target.item {
            Item::Annotation(_) => self.annotation(target).map(|a| Filler::Label(a.label.clone())),
            Item::Relation(_) => self.relation(target).map(|r| Filler::Relation(r.kind.clone())),
        }
    }

    /// The relations that something is a member of: those of the article first, each sorted by when they were made.
    pub fn of(&self, item: Item) -> impl Iterator<Item = (RelationId, &'a Arc<Relation>)> + use<'a> {
        self.sets().flat_map(move |set| set.of(item).iter().filter_map(move |id| Some((*id, set.get(*id)?))))
    }

    /// How many relations something is a member of.
    pub fn count_of(&self, item: Item) -> usize {
        self.sets().map(|set| set.of(item).len()).sum()
    }

    /// The relations that something is in, and those that these are in; each once.
    pub fn around(&self, item: Item) -> Vec<(RelationId, &'a Arc<Relation>)> {
        let mut found: Vec<_> = self.of(item).collect();
        let mut next = 0;
        while let Some((id, _)) = found.get(next) {
            let outer: Vec<_> = self.of(Item::Relation(*id)).collect();
            let known = |id: RelationId, found: &[(RelationId, _)]| found.iter().any(|(other, _)| *other == id);
            for (id, relation) in outer {
                if !known(id, &found) {
                    found.push((id, relation));
                }
            }
            next += 1;
        }
        found
    }

    /// Every relation of the article, and those across articles that have a member in it.
    pub fn all(&self) -> impl Iterator<Item = (RelationId, &'a Arc<Relation>)> + use<'a> {
        let article = self.article;
        self.sets().flat_map(move |set| set.reaching(article))
    }

    /// How many relations [`all`](Self::all) gives; costs nothing.
    pub fn count(&self) -> usize {
        self.sets().map(|set| set.reaching_count(self.article)).sum()
    }

    /// The marks that a relation joins, in its order, those of the relations in it included; each once.
    pub fn marks(&self, relation: &Relation) -> Vec<Target> {
        let mut left: Vec<Target> = relation.members.iter().rev().map(|m| m.target.clone()).collect();
        let (mut marks, mut seen) = (Vec::new(), Vec::new());
        while let Some(target) = left.pop() {
            if seen.contains(&target) {
                continue;
            }
            if let Some(inner) = self.relation(&target) {
                left.extend(inner.members.iter().rev().map(|m| m.target.clone()));
            } else if matches!(target.item, Item::Annotation(_)) {
                marks.push(target.clone());
            }
            seen.push(target);
        }
        marks
    }

    /// The mark that stands for something: itself, or the first mark that a relation joins.
    pub fn mark_for(&self, target: &Target) -> Option<Target> {
        match target.item {
            Item::Annotation(_) => Some(target.clone()),
            Item::Relation(_) => self.marks(self.relation(target)?).into_iter().next(),
        }
    }

    /// The first mark in this article that a relation joins.
    pub fn lead(&self, relation: &Relation) -> Option<AnnotationId> {
        self.marks(relation).into_iter().find_map(|target| match target.item {
            Item::Annotation(id) if target.article == *self.article => Some(id),
            _ => None,
        })
    }

    /// A relation of the same kind with the same members; where nothing tells the roles of the kind apart, in any
    /// order.
    pub fn twin(&self, kind: &RelationKind, relation: &Relation, not: Option<RelationId>) -> Option<RelationId> {
        let same = |other: &Relation| {
            let found = |target: &Target, role| {
                let is_same = |m: &crate::model::Member| m.target.item == target.item;
                other.members.iter().any(|m| is_same(m) && (m.role == role || kind.is_symmetric()))
            };
            other.kind == relation.kind
                && other.members.len() == relation.members.len()
                && relation.members.iter().all(|m| found(&m.target, m.role.clone()))
        };
        // One of many things that a mark is related to is mostly related to little else.
        let rarest = relation.members.iter().map(|m| m.target.item).min_by_key(|item| self.count_of(*item))?;
        self.of(rarest).find(|(id, other)| Some(*id) != not && same(other)).map(|(id, _)| id)
    }

    /// Where a relation of the kind is kept whose first member lies in an article.
    pub fn home(kind: &RelationKind, article: &ArticleId) -> Home {
        if kind.across_articles { Home::Links } else { Home::Article(article.clone()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::testing::{id, kind, names, project, relation, relation_id};

    #[test]
    fn a_mark_belongs_with_all_that_its_relations_are_in() {
        let (project, (article, annotator)) = (project(), names());
        let relations = Relations::new(&project, &article, &annotator);
        let ids = |item: Item| relations.around(item).into_iter().map(|(id, _)| id).collect::<Vec<_>>();
        assert_eq!(ids(id(1).into()), [relation_id(8), relation_id(9)]);
        assert_eq!(ids(id(3).into()), [relation_id(9)]);
        let marks: Vec<Item> =
            relations.marks(relations.get(relation_id(9)).unwrap()).into_iter().map(|t| t.item).collect();
        assert_eq!(marks, [id(1).into(), id(2).into(), id(3).into()] as [Item; 3]);
        assert_eq!(relations.lead(relations.get(relation_id(9)).unwrap()), Some(id(1)));
    }

    #[test]
    fn the_same_said_twice_is_noticed_and_the_other_way_round_only_where_the_roles_are_alike() {
        let (project, (article, annotator)) = (project(), names());
        let relations = Relations::new(&project, &article, &annotator);
        let twin = |most, items: &[Item]| {
            let kind = kind("pair", most);
            relations.twin(&kind, &relation("pair", items), None)
        };
        let (alike, unlike) = ([Some(1), Some(1), None], [None, Some(1), None]);
        assert_eq!(twin(unlike, &[id(1).into(), id(2).into()]), Some(relation_id(8)));
        assert_eq!(twin(unlike, &[id(2).into(), id(1).into()]), None);
        assert_eq!(twin(alike, &[id(2).into(), id(1).into()]), Some(relation_id(8)));
        assert_eq!(twin(alike, &[id(2).into(), id(3).into()]), None);
    }
}
