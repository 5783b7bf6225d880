//! What becomes of relations when what they join is removed, or is no longer what their roles take.
//!
//! A relation needs at least two members. Taking one out may therefore remove the relation, and that may be a member
//! of another one; a [`Cascade`] follows this until nothing more goes. It only makes changes: who removes the mark
//! itself adds that change *after* them, as the model refuses to remove a member.

use std::{collections::BTreeMap, sync::Arc};

use super::{marked::Marked, scene::Scene};
use crate::{
    diagnostic::Diagnostic,
    model::{
        AnnotationId, AnnotatorId, ArticleId, Filler, Item, LabelId, Layer, Relation, RelationId, RelationKind,
        RelationSet, RoleId,
        edit::{Change, Home},
    },
};

/// The changes that take annotations out of every relation they are in, in the article and across articles. To be
/// applied before the annotations are removed.
pub(super) fn without(
    scene: &Scene<'_>,
    article: &ArticleId,
    annotator: &AnnotatorId,
    removed: &[AnnotationId],
) -> Vec<Change> {
    let items = removed.iter().map(|id| Item::Annotation(*id));
    Cascade::in_article(scene, article, annotator, items).changes(scene, article, annotator)
}

/// The changes that take a mark out of the roles which its new label may not fill.
pub(super) fn relabelled(scene: &Scene<'_>, marked: &Marked<'_>, label: &LabelId) -> Result<Vec<Change>, Diagnostic> {
    let (article, annotator) = (&marked.article, scene.annotator()?);
    let (item, filler) = (Item::Annotation(marked.id), Filler::Label(label.clone()));
    let fits =
        |kind: &RelationKind, role: &RoleId| kind.roles.iter().any(|r| r.id == *role && r.may_be_filled_by(&filler));
    let mut cascade = Cascade { after: BTreeMap::new() };
    let mut left = Vec::new();
    for set in Cascade::sets(scene, article, annotator) {
        for (id, before) in set.of(item).iter().filter_map(|id| Some((*id, set.get(*id)?))) {
            let Some(kind) = scene.codebook().relation(&before.kind) else { continue };
            let mut after = (**before).clone();
            after.members.retain(|m| m.target.item != item || fits(kind, &m.role));
            if after != **before {
                cascade.put(id, after, &mut left);
            }
        }
    }
    cascade.follow(scene, article, annotator, left);
    Ok(cascade.changes(scene, article, annotator))
}

/// The changes that remove everything one annotator has said of an article: relations first, then marks, answers and
/// what is set aside.
pub(super) fn remove_layer(
    scene: &Scene<'_>,
    article: &ArticleId,
    annotator: &AnnotatorId,
    layer: &Layer,
) -> Vec<Change> {
    let marks = layer.annotations().map(|(id, _)| Item::Annotation(id));
    let relations = layer.relations().iter().map(|(id, _)| Item::Relation(id));
    let cascade = Cascade::in_article(scene, article, annotator, marks.chain(relations));
    let mut changes = cascade.changes(scene, article, annotator);
    changes.extend(layer.annotations().map(|(id, before)| Change::Annotation {
        article: article.clone(),
        annotator: annotator.clone(),
        id,
        before: Some(Arc::clone(before)),
        after: None,
    }));
    changes.push(Change::Answers {
        article: article.clone(),
        annotator: annotator.clone(),
        before: Arc::new(layer.article_answers().clone()),
        after: Arc::default(),
    });
    changes.push(Change::SetAside {
        home: Home::Article(article.clone()),
        annotator: annotator.clone(),
        before: Arc::new(layer.set_aside().to_vec()),
        after: Arc::default(),
    });
    changes.retain(|c| !c.is_idle());
    changes
}

/// What becomes of relations when some of their members go.
pub(super) struct Cascade {
    /// What each relation that is touched becomes; `None` where it goes.
    after: BTreeMap<RelationId, Option<Relation>>,
}

impl Cascade {
    /// Of items that will be removed. Relations among them go, the other relations lose them as members.
    pub(super) fn in_article(
        scene: &Scene<'_>,
        article: &ArticleId,
        annotator: &AnnotatorId,
        items: impl IntoIterator<Item = Item>,
    ) -> Self {
        let mut cascade = Self { after: BTreeMap::new() };
        let left: Vec<Item> = items.into_iter().collect();
        for item in &left {
            if let Item::Relation(id) = item {
                cascade.after.insert(*id, None);
            }
        }
        cascade.follow(scene, article, annotator, left);
        cascade
    }

    /// The annotator’s relations of the article, and those across articles.
    fn sets<'a>(
        scene: &Scene<'a>,
        article: &ArticleId,
        annotator: &AnnotatorId,
    ) -> impl Iterator<Item = &'a RelationSet> + use<'a> {
        let layer = scene.project.layer(article, annotator).map(Layer::relations);
        [layer, scene.project.links(annotator)].into_iter().flatten()
    }

    /// Takes items that are gone out of every relation they are in, and what goes by that, and so on.
    fn follow(&mut self, scene: &Scene<'_>, article: &ArticleId, annotator: &AnnotatorId, mut left: Vec<Item>) {
        while let Some(item) = left.pop() {
            for set in Self::sets(scene, article, annotator) {
                for id in set.of(item) {
                    let current = self.after.get(id).cloned().unwrap_or_else(|| set.get(*id).map(|r| (**r).clone()));
                    let Some(mut relation) = current else { continue };
                    relation.members.retain(|m| m.target.item != item);
                    self.put(*id, relation, &mut left);
                }
            }
        }
    }

    /// Says what a relation becomes; with fewer than two members it goes, and is added to what is `left` to follow.
    fn put(&mut self, id: RelationId, after: Relation, left: &mut Vec<Item>) {
        let stays = after.members.len() >= 2;
        if !stays {
            left.push(Item::Relation(id));
        }
        self.after.insert(id, stays.then_some(after));
    }

    /// The changes, one for each relation that is touched.
    pub(super) fn changes(self, scene: &Scene<'_>, article: &ArticleId, annotator: &AnnotatorId) -> Vec<Change> {
        let layer = scene.project.layer(article, annotator).map(Layer::relations);
        let links = scene.project.links(annotator);
        self.after
            .into_iter()
            .filter_map(|(id, after)| {
                let in_layer = layer.and_then(|set| set.get(id)).map(|r| (Home::Article(article.clone()), r));
                let found = in_layer.or_else(|| links.and_then(|set| set.get(id)).map(|r| (Home::Links, r)));
                let (home, before) = found?;
                Some(Change::Relation {
                    home,
                    annotator: annotator.clone(),
                    id,
                    before: Some(Arc::clone(before)),
                    after: after.map(Arc::new),
                })
            })
            .collect()
    }
}
