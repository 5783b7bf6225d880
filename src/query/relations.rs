//! What one annotator has related, seen from an article: its own relations and those across articles.

use std::sync::Arc;

use crate::model::{
    Annotation, AnnotationId, AnnotatorId, ArticleId, Filler, Item, Layer, Project, Relation, RelationId, RelationKind,
    RelationSet, Target, edit::Home,
};

/// The relations of an annotator in an article and across articles.
#[derive(Clone, Copy, Debug)]
pub struct Relations<'a> {
    project: &'a Project,
    article: &'a ArticleId,
    annotator: &'a AnnotatorId,
}

impl<'a> Relations<'a> {
    pub fn new(project: &'a Project, article: &'a ArticleId, annotator: &'a AnnotatorId) -> Self {
        Self { project, article, annotator }
    }

    fn in_article(&self, article: &ArticleId) -> Option<&'a RelationSet> {
        self.project.layer(article, self.annotator).map(Layer::relations)
    }

    fn sets(&self) -> impl Iterator<Item = (bool, &'a RelationSet)> + use<'a> {
        let here = self.in_article(self.article).map(|set| (false, set));
        here.into_iter().chain(self.project.links(self.annotator).map(|set| (true, set)))
    }

    /// A relation of this article, or one across articles.
    pub fn get(&self, id: RelationId) -> Option<&'a Arc<Relation>> {
        self.sets().find_map(|(_, set)| set.get(id))
    }

    /// What a member is, where its layer has been read.
    pub fn relation(&self, target: &Target) -> Option<&'a Arc<Relation>> {
        let Item::Relation(id) = target.item else { return None };
        self.in_article(&target.article).and_then(|set| set.get(id)).or_else(|| self.get(id))
    }

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
        self.sets().flat_map(move |(_, set)| set.of(item).iter().filter_map(move |id| Some((*id, set.get(*id)?))))
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
        let is_here = move |r: &Relation| r.members.iter().any(|m| m.target.article == *article);
        self.sets()
            .flat_map(|(across, set)| set.iter().map(move |row| (across, row)))
            .filter_map(move |(across, (id, relation))| (!across || is_here(relation)).then_some((id, relation)))
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
        let first = relation.members.first()?;
        self.of(first.target.item).find(|(id, other)| Some(*id) != not && same(other)).map(|(id, _)| id)
    }

    /// Where a relation of the kind is kept whose first member lies in an article.
    pub fn home(kind: &RelationKind, article: &ArticleId) -> Home {
        if kind.across_articles { Home::Links } else { Home::Article(article.clone()) }
    }
}
