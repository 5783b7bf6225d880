//! What may fill the role that is asked for, and why anything else may not.
//!
//! It judges by the codebook and by what is there already, so that the window can dim what may not be chosen before
//! it is clicked; the command judges again.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::{
    command::scene::Scene,
    model::{AnnotationId, Filler, Item, Member, Relation, RelationId, RelationKind, Role, Target},
    query::Relations,
};

/// What may be chosen while a role is to be filled, and the letters that choose it. Made anew in each frame.
pub struct Eligible<'a> {
    pub relations: Relations<'a>,
    pub kind: &'a RelationKind,
    pub role: &'a Role,
    /// What is being related.
    pub origin: &'a Target,
    /// The relation that is being filled; `None` until the first choice has made it.
    pub current: Option<(RelationId, Arc<Relation>)>,
    /// The letters that stand on marks.
    pub hints: &'a FxHashMap<AnnotationId, Arc<str>>,
}

/// Why something may not fill a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal<'a> {
    /// It is what is being related, or the relation that is being filled.
    Itself,
    /// It lies in another article, and the kind relates what stands in one.
    Elsewhere,
    /// The role does not take its label or kind; `None` where that is not known.
    Filler(Option<Filler>),
    /// It is in a role of this relation already; the role’s name.
    There(&'a str),
    /// Another relation of two members says the same already.
    Related,
    /// The role has as many members as it takes: so many.
    Full(u32),
}

impl<'a> Eligible<'a> {
    pub fn new(
        scene: &Scene<'a>,
        (kind, role): (&'a RelationKind, &'a Role),
        (origin, current): (&'a Target, Option<(RelationId, Arc<Relation>)>),
        hints: &'a FxHashMap<AnnotationId, Arc<str>>,
    ) -> Option<Self> {
        Some(Self { relations: scene.relations()?, kind, role, origin, current, hints })
    }

    /// What is in the role already.
    pub fn held(&self) -> impl Iterator<Item = &Target> {
        self.current.iter().flat_map(|(_, relation)| relation.in_role(&self.role.id))
    }

    /// Why something may not fill the role; `None` where it may.
    pub fn refusal(&self, target: &Target) -> Option<Refusal<'a>> {
        if target.item == self.origin.item {
            return Some(Refusal::Itself);
        }
        if !self.kind.across_articles && target.article != self.origin.article {
            return Some(Refusal::Elsewhere);
        }
        let filler = self.relations.filler(target);
        if !filler.as_ref().is_some_and(|filler| self.role.may_be_filled_by(filler)) {
            return Some(Refusal::Filler(filler));
        }
        let there = self.current.iter().flat_map(|(_, r)| &r.members).find(|m| m.target.item == target.item);
        if let Some(role) = there.and_then(|m| self.kind.role(&m.role)) {
            return Some(Refusal::There(&role.name));
        }
        if self.current.as_ref().is_some_and(|(id, _)| target.item == Item::Relation(*id)) {
            return Some(Refusal::Itself);
        }
        match self.role.most {
            Some(most) if most > 1 && self.held().count() >= most as usize => return Some(Refusal::Full(most)),
            _ => {}
        }
        self.is_said(target).then_some(Refusal::Related)
    }

    /// Whether a relation of two members exists that says what this one would say.
    fn is_said(&self, target: &Target) -> bool {
        let [one, other] = self.kind.roles.as_slice() else { return false };
        let own = if one.id == self.role.id { other } else { one };
        let member = |role: &Role, target: &Target| Member { role: role.id.clone(), target: target.clone() };
        let wanted = Relation::new(self.kind.id.clone(), vec![member(own, self.origin), member(self.role, target)]);
        self.relations.twin(self.kind, &wanted, self.current.as_ref().map(|(id, _)| *id)).is_some()
    }
}
