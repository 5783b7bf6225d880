//! Filling one role of a relation: with a mark, with another relation, or with words that are marked by it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::related::{Related, own_member, sorted};
use crate::{
    command::{extent, known, layer, mark_ref::MarkRef, new_mark, of_kind, plan::Plan, scene::Scene, words},
    diagnostic::Diagnostic,
    model::{
        Filler, Item, KindId, Label, LabelId, Member, Mint, Relation, RelationId, RelationKind, Role, RoleId, Target,
        edit::{Change, Focus},
    },
    phrase,
    query::Relations,
    text::Phrase,
};

/// What is put into a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Filling {
    /// A mark, or a relation as a member.
    Mark(MarkRef),
    /// The selected words, marked with the codebook’s first label that may fill the role.
    Selection,
    /// The selected words, marked with this label.
    SelectionAs(LabelId),
}

/// Which relation, of those of a kind that something is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Which {
    /// The first that was made, one with the target in its own role before others; a new one where there is none.
    #[default]
    First,
    /// The last that was made; a new one where there is none.
    Last,
    /// A new one in any case.
    New,
    /// This one, whether or not the target is in it.
    This(RelationId),
}

/// The plan that fills a role, marking words for it where they are named; all in one transaction.
pub(super) fn fill(
    scene: &Scene<'_>,
    mint: &mut dyn Mint,
    (of, which): (&MarkRef, Which),
    (kind, role): (&KindId, &RoleId),
    with: &Filling,
) -> Result<Plan, Diagnostic> {
    let kind = known::kind(scene.codebook(), kind)?;
    let role = known::role(kind, role)?;
    let of = of.resolve(scene)?;
    let mut changes = Vec::new();
    let target = match with {
        Filling::Mark(mark) => mark.resolve(scene)?,
        Filling::Selection => marked_words(scene, mint, &first_label(scene, role)?, &mut changes)?,
        Filling::SelectionAs(label) => marked_words(scene, mint, label, &mut changes)?,
    };
    if target.item == of.item {
        return Err(own_member());
    }
    let (id, before) = match continued(scene, kind, role, &of, which)? {
        Some((id, relation)) => (id, Some(relation)),
        None => (RelationId(mint.uid()), None),
    };
    let begun = before.as_deref().cloned().map_or_else(|| new_relation(scene, kind, role, &of), Ok)?;
    changes.push(Change::Relation {
        home: Relations::home(kind, &of.article),
        annotator: scene.annotator()?.clone(),
        id,
        before,
        after: Some(Arc::new(with_member(begun, kind, role, target)?)),
    });
    let look = look_after(scene, &of, &changes);
    let plan = Plan::change(Phrase::with("Fill the role {what}", role.name.clone()), changes);
    Ok(match look {
        Some(look) => plan.and_look(look),
        None => plan,
    })
}

/// A relation whose only member is what is being related, in the first role it may have.
fn new_relation(scene: &Scene<'_>, kind: &RelationKind, role: &Role, of: &Target) -> Result<Relation, Diagnostic> {
    let first = Member { role: own_role(scene, kind, role, of)?, target: of.clone() };
    Ok(Relation::new(kind.id.clone(), vec![first]))
}

/// The relation with a further member in a role; where the role takes one only, in place of what was there.
///
///
/// # Errors
/// It is in this role already.
fn with_member(
    mut relation: Relation,
    kind: &RelationKind,
    role: &Role,
    target: Target,
) -> Result<Relation, Diagnostic> {
    if relation.members.iter().any(|m| m.target.item == target.item && m.role == role.id) {
        let told = phrase!("This is already the {role}", role = role.name.to_lowercase());
        return Err(Diagnostic::note("member-twice", told).hint("Choose another mark"));
    }
    relation.origin = relation.origin.changed();
    if role.most == Some(1) {
        relation.members.retain(|m| m.role != role.id);
    }
    relation.members.push(Member { role: role.id.clone(), target });
    relation.members = sorted(kind, relation.members);
    Ok(relation)
}

/// Where to look afterwards, where that is elsewhere than before.
fn look_after(scene: &Scene<'_>, of: &Target, changes: &[Change]) -> Option<Focus> {
    match scene.picked() {
        Ok((picked, annotation)) if of.item == Item::Annotation(picked) => Some(scene.pick(picked, annotation)),
        // What is related lies in another article: one sees the relation at the mark that was made here.
        _ if Some(&of.article) != scene.focus.article.as_ref() => changes.iter().find_map(|change| match change {
            Change::Annotation { id, after: Some(made), .. } => Some(scene.pick(*id, made)),
            _ => None,
        }),
        _ => None,
    }
}

/// The relation that filling a role would go on with; `None` is a new one.
///
/// # Errors
/// Where a relation is named that is not there, or is of another kind.
pub fn continued(
    scene: &Scene<'_>,
    kind: &RelationKind,
    role: &Role,
    of: &Target,
    which: Which,
) -> Result<Option<(RelationId, Arc<Relation>)>, Diagnostic> {
    if let Which::This(id) = which {
        let relation = Related::of(scene, &of.article, id)?.relation;
        if relation.kind != kind.id {
            return Err(Diagnostic::error("other-kind", phrase!("This relation is not a “{name}”", name = &kind.name))
                .hint("Name a relation of this kind"));
        }
        return Ok(Some((id, relation)));
    }
    let Some(set) = of_kind::set_of(scene, kind, &of.article) else { return Ok(None) };
    // What stands in the role that is to be filled can't be what is related to it.
    let stands = |r: &Relation| r.members.iter().any(|m| m.role != role.id && m.target.item == of.item);
    let mut all = of_kind::of_kind(set, kind, of.item).filter(|(_, r)| stands(r));
    let own = own_role(scene, kind, role, of).ok();
    let one = match which {
        Which::New | Which::This(_) => None,
        Which::Last => all.next_back(),
        Which::First => {
            let in_own = |r: &Relation| own.as_ref().is_some_and(|own| r.in_role(own).any(|t| t.item == of.item));
            all.by_ref().min_by_key(|(id, r)| (!in_own(r), *id))
        }
    };
    Ok(one.map(|(id, relation)| (id, Arc::clone(relation))))
}

/// The first role, other than the one to fill, that the target may fill.
fn own_role(scene: &Scene<'_>, kind: &RelationKind, filled: &Role, of: &Target) -> Result<RoleId, Diagnostic> {
    let relations = Relations::new(scene.project, &of.article, scene.annotator()?);
    let own = relations.filler(of).ok_or_else(|| {
        Diagnostic::error("no-such-mark", "What is to be related no longer exists").hint("Pick another mark")
    })?;
    let mut others = kind.roles.iter().filter(|r| r.id != filled.id);
    others.find(|r| r.may_be_filled_by(&own)).map(|r| r.id.clone()).ok_or_else(|| {
        let what = own.id();
        Diagnostic::error("no-role", phrase!("“{what}” has no role in “{name}”", what, name = &kind.name))
            .hint("Pick a mark that can have one, such as a quote")
    })
}

/// The codebook’s first label that may fill the role.
fn first_label(scene: &Scene<'_>, role: &Role) -> Result<LabelId, Diagnostic> {
    fillable(&scene.codebook().labels, role).next().map(|label| label.id.clone()).ok_or_else(|| {
        Diagnostic::error("no-label", "No label can fill this role")
            .hint("Choose a relation, or allow a label in the codebook")
    })
}

/// Marks the selected words, unless exactly they have the label already; the first mark of an article sets it in
/// progress.
fn marked_words(
    scene: &Scene<'_>,
    mint: &mut dyn Mint,
    label: &LabelId,
    changes: &mut Vec<Change>,
) -> Result<Target, Diagnostic> {
    let range = scene.selection().ok_or_else(|| {
        Diagnostic::error("nothing-selected", "No words are selected").hint("Select the words that fill the role")
    })?;
    let selected = words::markable(scene, range)?;
    let article = scene.article()?.clone();
    if let Some(id) = new_mark::marked_as(scene, label, &selected) {
        return Ok(Target { article, item: Item::Annotation(id) });
    }
    let fragments = extent::grown_words(scene, label, range)?;
    let (id, _, change) = new_mark::addition(scene, mint, label, fragments)?;
    changes.push(change);
    changes.extend(layer::begun(scene, &article)?);
    Ok(Target { article, item: Item::Annotation(id) })
}

/// The labels that may fill a role, in the order of the palette.
pub fn fillable<'c>(labels: &'c [Label], role: &Role) -> impl Iterator<Item = &'c Label> {
    labels.iter().filter(|label| role.may_be_filled_by(&Filler::Label(label.id.clone())))
}
