//! Relating marks, and relations, role by role.

mod fill;
mod gone;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use fill::{continued, fillable, last_relation, open_relation, relation_of};
use gone::Gone;
pub(super) use gone::{relabelled, remove_layer, without};

use super::{MarkRef, Plan, RelationRef, Scene};
use crate::{
    diagnostic::Diagnostic,
    model::{
        ArticleId, Attribute, AttributeId, Attributes, Codebook, Item, KindId, LabelId, Member, Mint, Relation,
        RelationId, RelationKind, Role, RoleId, Value,
        edit::{Change, Home, Phrase},
    },
    query::Relations,
};

/// What is done to relations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Relate {
    /// A new relation.
    Make {
        kind: KindId,
        members: Vec<(RoleId, MarkRef)>,
        #[serde(default)]
        attributes: Vec<(AttributeId, Value)>,
        #[serde(default)]
        note: String,
    },
    /// Puts something into a role of a relation of this kind that a mark, or a relation, is in. Where there is no
    /// such relation it is made. A role that takes only one gives up what it had.
    Fill {
        /// The picked mark where nothing is named. It may lie in another article.
        #[serde(default = "picked")]
        of: MarkRef,
        kind: KindId,
        role: RoleId,
        with: Filling,
        #[serde(default)]
        into: Which,
    },
    /// Takes a member out of a role; a relation with fewer than two members left is removed.
    Empty {
        relation: RelationRef,
        role: RoleId,
        item: MarkRef,
    },
    Remove(RelationRef),
    /// Answers an attribute of a relation.
    Set {
        relation: RelationRef,
        attribute: AttributeId,
        value: Option<Value>,
    },
    Note {
        relation: RelationRef,
        note: String,
    },
}

/// What is put into a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Filling {
    /// A mark, or a relation.
    Mark(MarkRef),
    /// The selected words, marked with the first label that may fill the role.
    Selection,
    /// The selected words, marked with this label.
    SelectionAs(LabelId),
}

/// Which relation, of those of a kind that something is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Which {
    /// The one that was made first.
    #[default]
    First,
    /// The one that was made last.
    Last,
    /// A further one.
    New,
    /// This one, whatever is in it.
    This(RelationId),
}

fn picked() -> MarkRef {
    MarkRef::Picked
}

impl Relate {
    pub(super) fn plan(&self, scene: &Scene<'_>, mint: &mut dyn Mint) -> Result<Plan, Diagnostic> {
        match self {
            Self::Make { kind, members, attributes, note } => {
                let resolved: Result<Vec<Member>, Diagnostic> = members
                    .iter()
                    .map(|(role, mark)| Ok(Member { role: role.clone(), target: mark.resolve(scene)? }))
                    .collect();
                let relation = Relation {
                    kind: kind.clone(),
                    members: resolved?,
                    attributes: attributes.iter().cloned().collect(),
                    note: note.trim().to_owned(),
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
                related.edit(scene, "Set an attribute of the relation %{what}", |r| {
                    r.attributes.set(attribute.clone(), value.clone());
                })
            }
            Self::Note { relation, note } => {
                let related = Related::named(scene, relation)?;
                related.edit(scene, "Write a note on the relation %{what}", |r| note.trim().clone_into(&mut r.note))
            }
        }
    }
}

/// # Errors
/// Where the codebook has no such kind.
pub(super) fn kind_of<'c>(codebook: &'c Codebook, id: &KindId) -> Result<&'c RelationKind, Diagnostic> {
    codebook.relation(id).ok_or_else(|| {
        let known: Vec<&str> = codebook.relations.iter().map(|k| k.id.as_str()).collect();
        Diagnostic::error("unknown-relation", format!("The codebook has no relation “{id}”"))
            .hint(format!("Use one of {}", known.join(", ")))
    })
}

fn role_of<'c>(kind: &'c RelationKind, id: &RoleId) -> Result<&'c Role, Diagnostic> {
    kind.role(id).ok_or_else(|| {
        let known: Vec<&str> = kind.roles.iter().map(|r| r.id.as_str()).collect();
        Diagnostic::error("unknown-role", format!("“{}” has no role “{id}”", kind.name))
            .hint(format!("Use one of {}", known.join(", ")))
    })
}

/// Members sorted as the codebook orders the roles.
fn sorted(kind: &RelationKind, mut members: Vec<Member>) -> Vec<Member> {
    members.sort_by_key(|m| kind.roles.iter().position(|r| r.id == m.role));
    members.dedup();
    members
}

fn make(scene: &Scene<'_>, mint: &mut dyn Mint, mut relation: Relation) -> Result<Plan, Diagnostic> {
    let kind = kind_of(scene.codebook(), &relation.kind)?;
    relation.members = sorted(kind, relation.members);
    if relation.members.len() < 2 && kind.roles.len() > 1 {
        let most_are_needed = kind.roles.iter().filter(|r| r.least > 0).count() > 1;
        if relation.members.is_empty() || most_are_needed {
            return Err(Diagnostic::error("too-few-members", format!("“{}” needs at least two members", kind.name))
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
    Ok(Plan::change(Phrase::with("Relate by %{what}", kind.name.clone()), vec![change]))
}

/// A relation of the annotator's own that is there now.
struct Related {
    /// Where it is seen from: its own, or any where it is one across articles.
    article: ArticleId,
    home: Home,
    id: RelationId,
    relation: Arc<Relation>,
}

impl Related {
    fn named(scene: &Scene<'_>, relation: &RelationRef) -> Result<Self, Diagnostic> {
        let (article, id) = relation.resolve(scene)?;
        Self::of(scene, &article, id)
    }

    /// A relation in an article or across articles.
    fn of(scene: &Scene<'_>, article: &ArticleId, id: RelationId) -> Result<Self, Diagnostic> {
        let annotator = scene.annotator()?;
        let in_layer = scene.project.layer(article, annotator).and_then(|layer| layer.relations().get(id));
        let in_links = || scene.project.links(annotator).and_then(|set| set.get(id));
        let found = in_layer.map(|relation| (Home::Article(article.clone()), relation));
        let found = found.or_else(|| Some((Home::Links, in_links()?)));
        let (home, relation) = found.ok_or_else(|| {
            Diagnostic::error("no-such-relation", "This relation no longer exists").hint("Pick its mark again")
        })?;
        Ok(Self { article: article.clone(), home, id, relation: Arc::clone(relation) })
    }

    fn edit(
        &self,
        scene: &Scene<'_>,
        pattern: &'static str,
        with: impl FnOnce(&mut Relation),
    ) -> Result<Plan, Diagnostic> {
        let name = kind_of(scene.codebook(), &self.relation.kind)?.name.clone();
        let mut after = (*self.relation).clone();
        with(&mut after);
        let change = Change::Relation {
            home: self.home.clone(),
            annotator: scene.annotator()?.clone(),
            id: self.id,
            before: Some(Arc::clone(&self.relation)),
            after: Some(Arc::new(after)),
        };
        Ok(Plan::change_if(Phrase::with(pattern, name), change))
    }
}

fn empty(scene: &Scene<'_>, related: &Related, role: &RoleId, item: Item) -> Result<Plan, Diagnostic> {
    let members = &related.relation.members;
    let left = members.iter().filter(|m| !(m.role == *role && m.target.item == item)).count();
    if left == members.len() {
        return Err(Diagnostic::error("not-a-member", format!("Nothing of this kind fills the role “{role}”"))
            .hint("Name a member and its role"));
    }
    if left < 2 {
        return remove(scene, related);
    }
    related.edit(scene, "Take a member out of the relation %{what}", |r| {
        r.members.retain(|m| !(m.role == *role && m.target.item == item));
    })
}

fn remove(scene: &Scene<'_>, related: &Related) -> Result<Plan, Diagnostic> {
    let name = kind_of(scene.codebook(), &related.relation.kind)?.name.clone();
    let (article, annotator) = (&related.article, scene.annotator()?);
    let gone = Gone::in_article(scene, article, annotator, [Item::Relation(related.id)]);
    Ok(Plan::change(Phrase::with("Remove the relation %{what}", name), gone.changes(scene, article, annotator)))
}

/// The answers that these questions still take.
pub(super) fn fitting(answers: &Attributes, questions: &[Attribute]) -> Attributes {
    answers
        .iter()
        .filter(|(id, value)| questions.iter().any(|q| q.id == **id && q.takes(value)))
        .map(|(id, value)| (id.clone(), value.clone()))
        .collect()
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
