//! Relating marks, and relations, role by role.
//!
//! A relation is made at once with all of its members (`Make`, by scripts), or grows role by role (`Fill`, by the
//! window). Relations of fewer than two members do not stay. Filling is in `fill`, the relation that an edit is about
//! in `related`.

mod fill;
mod related;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use super::of_kind::{last_relation, open_relation, relation_of};
pub use fill::{Filling, Which, continued, fillable};

use super::{
    cascade::Cascade,
    known,
    mark_ref::{MarkRef, RelationRef},
    plan::Plan,
    scene::Scene,
};
use crate::{
    diagnostic::Diagnostic,
    model::{AttributeId, Item, KindId, Member, Mint, Relation, RelationId, RoleId, Value, edit::Change},
    phrase,
    query::{Relations, joins_itself},
    text::Phrase,
};
pub(super) use related::own_member;
use related::{Related, sorted};

/// What is done to relations. Values and roles are judged by the codebook when the transaction is applied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Relate {
    /// Makes a relation of these members; at least two, unless the kind has a single role or needs only one.
    Make {
        kind: KindId,
        members: Vec<(RoleId, MarkRef)>,
        #[serde(default)]
        attributes: Vec<(AttributeId, Value)>,
        #[serde(default)]
        note: String,
    },
    /// Puts something into a role of a relation of this kind that `of` is in; the relation is made where there is
    /// none. A role that takes only one member gives up what it had.
    Fill {
        /// What is being related; the picked mark where nothing is named. It may lie in another article.
        #[serde(default = "picked")]
        of: MarkRef,
        kind: KindId,
        role: RoleId,
        with: Filling,
        #[serde(default)]
        into: Which,
    },
    /// Takes a member out of a role; a relation left with fewer than two members is removed.
    Empty { relation: RelationRef, role: RoleId, item: MarkRef },
    /// Removes the relation, and takes it out of relations that it is a member of.
    Remove(RelationRef),
    /// Answers an attribute of the relation; `None` takes the answer away.
    Set { relation: RelationRef, attribute: AttributeId, value: Option<Value> },
    /// Writes the relation’s note, without white space at its ends; empty removes it.
    Note { relation: RelationRef, note: String },
}

fn picked() -> MarkRef {
    MarkRef::Picked
}

impl Relate {
    pub(super) fn plan(&self, scene: &Scene<'_>, mint: &mut dyn Mint) -> Result<Plan, Diagnostic> {
        let plan = self.planned(scene, mint)?;
        if matches!(self, Self::Make { .. } | Self::Fill { .. }) {
            joins_anew(scene, &plan.changes)?;
        }
        Ok(plan)
    }

    fn planned(&self, scene: &Scene<'_>, mint: &mut dyn Mint) -> Result<Plan, Diagnostic> {
        match self {
            Self::Make { kind, members, attributes, note } => {
                let resolved: Result<Vec<Member>, Diagnostic> = members
                    .iter()
                    .map(|(role, mark)| Ok(Member { role: role.clone(), target: mark.resolve(scene)? }))
                    .collect();
                let relation = Relation {
                    attributes: attributes.iter().cloned().collect(),
                    note: note.trim().to_owned(),
                    ..Relation::new(kind.clone(), resolved?)
                };
                make(scene, mint, relation)
            }
            Self::Fill { of, kind, role, with, into } => fill::fill(scene, mint, (of, *into), (kind, role), with),
            Self::Empty { relation, role, item } => {
                empty(scene, &Related::named(scene, relation)?, role, item.resolve(scene)?.item)
            }
            Self::Remove(relation) => remove(scene, &Related::named(scene, relation)?),
            Self::Set { relation, attribute, value } => {
                let related = Related::named(scene, relation)?;
                related.edit(scene, "Set an attribute of the relation {what}", |r| {
                    r.attributes.set(attribute.clone(), value.clone());
                })
            }
            Self::Note { relation, note } => {
                let related = Related::named(scene, relation)?;
                related.edit(scene, "Write a note on the relation {what}", |r| note.trim().clone_into(&mut r.note))
            }
        }
    }
}

/// Refuses a relation of something to itself, and one that is there already.
fn joins_anew(scene: &Scene<'_>, changes: &[Change]) -> Result<(), Diagnostic> {
    for change in changes {
        let Change::Relation { id, after: Some(relation), annotator, .. } = change else { continue };
        if joins_itself(relation) {
            return Err(own_member());
        }
        let Some(first) = relation.members.first() else { continue };
        let kind = known::kind(scene.codebook(), &relation.kind)?;
        let relations = Relations::new(scene.project, &first.target.article, annotator);
        if relations.twin(kind, relation, Some(*id)).is_some() {
            let told = phrase!("These are already joined by “{name}”", name = &kind.name);
            return Err(Diagnostic::error("related-twice", told).hint("Choose another mark"));
        }
    }
    Ok(())
}

fn make(scene: &Scene<'_>, mint: &mut dyn Mint, mut relation: Relation) -> Result<Plan, Diagnostic> {
    let kind = known::kind(scene.codebook(), &relation.kind)?;
    relation.members = sorted(kind, relation.members);
    if relation.members.len() < 2 && kind.roles.len() > 1 {
        let most_are_needed = kind.roles.iter().filter(|r| r.least > 0).count() > 1;
        if relation.members.is_empty() || most_are_needed {
            return Err(Diagnostic::error(
                "too-few-members",
                phrase!("“{name}” needs at least two members", name = &kind.name),
            )
            .hint("Name what fills its roles"));
        }
    }
    let change = Change::Relation {
        home: Relations::home(kind, scene.article()?),
        annotator: scene.annotator()?.clone(),
        id: RelationId(mint.uid()),
        before: None,
        after: Some(Arc::new(relation)),
    };
    Ok(Plan::change(Phrase::with("Relate by {what}", kind.name.clone()), vec![change]))
}

fn empty(scene: &Scene<'_>, related: &Related, role: &RoleId, item: Item) -> Result<Plan, Diagnostic> {
    let members = &related.relation.members;
    let left = members.iter().filter(|m| !(m.role == *role && m.target.item == item)).count();
    if left == members.len() {
        return Err(Diagnostic::error("not-a-member", phrase!("Nothing of this kind fills the role “{role}”", role))
            .hint("Name a member and its role"));
    }
    if left < 2 {
        return remove(scene, related);
    }
    related.edit(scene, "Remove a member from the relation {what}", |r| {
        r.members.retain(|m| !(m.role == *role && m.target.item == item));
    })
}

fn remove(scene: &Scene<'_>, related: &Related) -> Result<Plan, Diagnostic> {
    let name = known::kind(scene.codebook(), &related.relation.kind)?.name.clone();
    let (article, annotator) = (&related.article, scene.annotator()?);
    let cascade = Cascade::in_article(scene, article, annotator, [Item::Relation(related.id)]);
    Ok(Plan::change(Phrase::with("Remove the relation {what}", name), cascade.changes(scene, article, annotator)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_need_not_say_whose_role_it_fills() {
        let read: Relate = ron::from_str(r#"Fill(kind: "attribution", role: "source", with: Selection)"#).unwrap();
        let (kind, role) = (KindId::new("attribution").unwrap(), RoleId::new("source").unwrap());
        let (of, into) = (MarkRef::Picked, Which::First);
        assert_eq!(read, Relate::Fill { of, kind, role, with: Filling::Selection, into });
    }
}
