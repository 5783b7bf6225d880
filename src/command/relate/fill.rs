//! Filling one role of a relation: with a mark, with another relation, or with words that are marked by it.

use std::sync::Arc;

use super::{Filling, Related, Which, kind_of, role_of, sorted};
use crate::{
    command::{MarkRef, Plan, Scene, extent, mark, whole},
    diagnostic::Diagnostic,
    model::{
        Attributes, Filler, Item, KindId, Label, LabelId, Member, Mint, Relation, RelationId, RelationKind,
        RelationSet, Role, RoleId, Target,
        edit::{Change, Home, Phrase},
    },
    query::Relations,
};

/// The relation of this kind in which the item fills the kind's first role, or any.
pub fn relation_of(scene: &Scene<'_>, kind: &RelationKind, target: &Target) -> Option<(RelationId, Arc<Relation>)> {
    let item = target.item;
    let set = set_of(scene, kind, &target.article)?;
    let first = kind.roles.first()?;
    let of_kind = of_kind(set, kind, item);
    of_kind
        .min_by_key(|(_, r)| !r.in_role(&first.id).any(|t| t.item == item))
        .map(|(id, relation)| (id, Arc::clone(relation)))
}

/// A relation of the kind in which something already stands in its role, and in which another role can take more:
/// what is related next goes on with it rather than with a further relation.
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

/// The relation of the kind that something came into last.
pub fn last_relation(scene: &Scene<'_>, kind: &RelationKind, target: &Target) -> Option<RelationId> {
    of_kind(set_of(scene, kind, &target.article)?, kind, target.item).next_back().map(|(id, _)| id)
}

/// The labels that may fill a role.
pub fn fillable<'c>(labels: &'c [Label], role: &Role) -> impl Iterator<Item = &'c Label> {
    labels.iter().filter(|label| role.may_be_filled_by(&Filler::Label(label.id.clone())))
}

fn set_of<'a>(scene: &Scene<'a>, kind: &RelationKind, article: &crate::model::ArticleId) -> Option<&'a RelationSet> {
    let annotator = scene.annotator?;
    match Relations::home(kind, article) {
        Home::Links => scene.project.links(annotator),
        Home::Article(article) => scene.project.layer(&article, annotator).map(crate::model::Layer::relations),
    }
}

fn of_kind<'a>(
    set: &'a RelationSet,
    kind: &RelationKind,
    item: Item,
) -> impl DoubleEndedIterator<Item = (RelationId, &'a Arc<Relation>)> {
    set.of(item).iter().filter_map(|id| Some((*id, set.get(*id)?))).filter(|(_, r)| r.kind == kind.id)
}

pub(super) fn fill(
    scene: &Scene<'_>,
    mint: &mut dyn Mint,
    (of, which): (&MarkRef, Which),
    (kind, role): (&KindId, &RoleId),
    with: &Filling,
) -> Result<Plan, Diagnostic> {
    let kind = kind_of(scene.codebook(), kind)?;
    let role = role_of(kind, role)?;
    let of = of.resolve(scene)?;
    let mut changes = Vec::new();
    let target = match with {
        Filling::Mark(mark) => mark.resolve(scene)?,
        Filling::Selection => words(scene, mint, &first_label(scene, role)?, &mut changes)?,
        Filling::SelectionAs(label) => words(scene, mint, label, &mut changes)?,
    };
    if target.item == of.item {
        return Err(Diagnostic::error("own-member", "A mark can’t be related to itself").hint("Choose another mark"));
    }
    let (id, before) = match continued(scene, kind, role, &of, which)? {
        Some((id, relation)) => (id, Some(relation)),
        None => (RelationId(mint.uid()), None),
    };
    let mut after = match &before {
        Some(relation) => (**relation).clone(),
        None => Relation {
            kind: kind.id.clone(),
            members: vec![Member { role: own_role(scene, kind, role, &of)?, target: of.clone() }],
            attributes: Attributes::default(),
            note: String::new(),
        },
    };
    if let Some(held) = after.members.iter().find(|m| m.target.item == target.item && m.role == role.id) {
        let role = kind.role(&held.role).map_or(held.role.as_str(), |r| r.name.as_str());
        return Err(Diagnostic::note("member-twice", format!("This is the {} already", role.to_lowercase()))
            .hint("Choose another mark"));
    }
    // A role that takes one is replaced; any other grows.
    if role.most == Some(1) {
        after.members.retain(|m| m.role != role.id);
    }
    after.members.push(Member { role: role.id.clone(), target });
    after.members = sorted(kind, after.members);
    changes.push(Change::Relation {
        home: Relations::home(kind, &of.article),
        annotator: scene.annotator()?.clone(),
        id,
        before,
        after: Some(Arc::new(after)),
    });
    let look = match scene.picked() {
        Ok((picked, annotation)) if of.item == Item::Annotation(picked) => Some(scene.pick(picked, annotation)),
        // What is related lies in another article: one sees the relation at the mark that was made here.
        _ if Some(&of.article) != scene.focus.article.as_ref() => changes.iter().find_map(|change| match change {
            Change::Annotation { id, after: Some(made), .. } => Some(scene.pick(*id, made)),
            _ => None,
        }),
        _ => None,
    };
    let plan = Plan::change(Phrase::with("Fill the role %{what}", role.name.clone()), changes);
    Ok(match look {
        Some(look) => plan.and_look(look),
        None => plan,
    })
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
            return Err(Diagnostic::error("other-kind", format!("This relation is no “{}”", kind.name))
                .hint("Name a relation of this kind"));
        }
        return Ok(Some((id, relation)));
    }
    let Some(set) = set_of(scene, kind, &of.article) else { return Ok(None) };
    // What stands in the role that is to be filled can't be what is related to it.
    let stands = |r: &Relation| r.members.iter().any(|m| m.role != role.id && m.target.item == of.item);
    let mut all = of_kind(set, kind, of.item).filter(|(_, r)| stands(r));
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

/// The first role, other than the one to fill, that something may fill.
fn own_role(scene: &Scene<'_>, kind: &RelationKind, filled: &Role, of: &Target) -> Result<RoleId, Diagnostic> {
    let relations = Relations::new(scene.project, &of.article, scene.annotator()?);
    let own = relations.filler(of).ok_or_else(|| {
        Diagnostic::error("no-such-mark", "What is to be related no longer exists").hint("Pick another mark")
    })?;
    let mut others = kind.roles.iter().filter(|r| r.id != filled.id);
    others.find(|r| r.may_be_filled_by(&own)).map(|r| r.id.clone()).ok_or_else(|| {
        let what = match &own {
            Filler::Label(id) => id.as_str(),
            Filler::Relation(id) => id.as_str(),
        };
        Diagnostic::error("no-role", format!("“{what}” has no role in “{}”", kind.name))
            .hint("Pick a mark that may have one, such as a quote")
    })
}

fn first_label(scene: &Scene<'_>, role: &Role) -> Result<LabelId, Diagnostic> {
    fillable(&scene.codebook().labels, role).next().map(|label| label.id.clone()).ok_or_else(|| {
        Diagnostic::error("no-label", "No label may fill this role")
            .hint("Choose a relation, or allow a label in the codebook")
    })
}

/// Marks the selected words; the first mark of an article sets it in progress.
fn words(
    scene: &Scene<'_>,
    mint: &mut dyn Mint,
    label: &LabelId,
    changes: &mut Vec<Change>,
) -> Result<Target, Diagnostic> {
    let range = scene.selection().ok_or_else(|| {
        Diagnostic::error("nothing-selected", "No words are selected").hint("Select the words that fill the role")
    })?;
    let fragments = extent::grown_words(scene, label, range)?;
    let (id, _, change) = mark::addition(scene, mint, label, fragments)?;
    changes.push(change);
    changes.extend(whole::begun(scene, scene.article()?)?);
    Ok(Target { article: scene.article()?.clone(), item: Item::Annotation(id) })
}
