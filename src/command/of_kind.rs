//! The relations of one kind that something is in: which of them is meant.

use std::sync::Arc;

use super::scene::Scene;
use crate::{
    model::{ArticleId, Item, Layer, Relation, RelationId, RelationKind, RelationSet, Role, Target, edit::Home},
    query::Relations,
};

/// The relation of this kind that a target is in: one in whose first role it is, or else any.
pub fn relation_of(scene: &Scene<'_>, kind: &RelationKind, target: &Target) -> Option<(RelationId, Arc<Relation>)> {
    let item = target.item;
    let set = set_of(scene, kind, &target.article)?;
    let first = kind.roles.first()?;
    let of_kind = of_kind(set, kind, item);
    of_kind
        .min_by_key(|(_, r)| !r.in_role(&first.id).any(|t| t.item == item))
        .map(|(id, relation)| (id, Arc::clone(relation)))
}

/// A relation of the kind in which the target is in the role `own`, and another role can take more members. Relating
/// goes on with it rather than making a further relation.
pub fn open_relation(
    scene: &Scene<'_>,
    kind: &RelationKind,
    own: &Role,
    target: &Target,
) -> Option<(RelationId, Arc<Relation>)> {
    let set = set_of(scene, kind, &target.article)?;
    let room = |r: &Relation, role: &Role| role.most.is_none_or(|most| r.in_role(&role.id).count() < most as usize);
    let is_open = |r: &Relation| {
        r.in_role(&own.id).any(|t| t.item == target.item)
            && kind.roles.iter().any(|role| role.id != own.id && room(r, role))
    };
    of_kind(set, kind, target.item).find(|(_, r)| is_open(r)).map(|(id, r)| (id, Arc::clone(r)))
}

/// The relation of the kind that was made last of those the target is in.
pub fn last_relation(scene: &Scene<'_>, kind: &RelationKind, target: &Target) -> Option<RelationId> {
    of_kind(set_of(scene, kind, &target.article)?, kind, target.item).next_back().map(|(id, _)| id)
}

/// The annotator’s relations among which those of a kind are kept: of the article, or across articles.
pub(super) fn set_of<'a>(scene: &Scene<'a>, kind: &RelationKind, article: &ArticleId) -> Option<&'a RelationSet> {
    let annotator = scene.annotator?;
    match Relations::home(kind, article) {
        Home::Links => scene.project.links(annotator),
        Home::Article(article) => scene.project.layer(&article, annotator).map(Layer::relations),
    }
}

/// The relations of a kind that an item is in, in the order in which they were made.
pub(super) fn of_kind<'a>(
    set: &'a RelationSet,
    kind: &RelationKind,
    item: Item,
) -> impl DoubleEndedIterator<Item = (RelationId, &'a Arc<Relation>)> {
    set.of(item).iter().filter_map(|id| Some((*id, set.get(*id)?))).filter(|(_, r)| r.kind == kind.id)
}
