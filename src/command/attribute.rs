//! Marking words beside a picked mark so that they fill a role in its relation, where the codebook leaves no doubt
//! which one: with a quote picked, a source and a cue.

use super::{
    MarkRef, Scene,
    plan::{Plan, Show},
    relate::{self, Filling, Which, continued},
};
use crate::{
    diagnostic::Diagnostic,
    model::{Filler, KindId, LabelId, Mint, RelationKind, Role, RoleId, edit::Focus},
    phrase,
    text::segment,
};

/// Words that fill a role beside a mark.
pub(super) struct Beside {
    /// With the mark picked and the words selected.
    focus: Focus,
    kind: KindId,
    role: RoleId,
}

/// What the selected words, or the name or word at the caret, would fill beside the picked mark, marked with this label.
///
/// The picked mark stands first in the kind and the label may not; of such kinds within one article there is one alone.
/// `None` too where the words lie inside the picked mark, and where something is in the role already: then they may be
/// meant for another mark.
pub(super) fn beside(scene: &Scene<'_>, label: &LabelId) -> Option<Beside> {
    let focus = focus_beside(scene)?;
    let scene = &Scene { focus: &focus, ..*scene };
    let words = scene.selection()?;
    let (_, picked) = scene.picked().ok()?;
    let origin = scene.picked_target()?;
    if picked.fragments.iter().any(|fragment| fragment.contains_range(words)) {
        return None;
    }
    let (own, new) = (Filler::Label(picked.label.clone()), Filler::Label(label.clone()));
    let kinds = scene.codebook().relations.iter().filter_map(|kind| Some((kind, role_in(kind, &own, &new)?)));
    let [(kind, role)] = kinds.collect::<Vec<_>>()[..] else { return None };
    let relation = continued(scene, kind, role, &origin, Which::First).ok()?;
    let is_filled = relation.is_some_and(|(_, relation)| relation.in_role(&role.id).next().is_some());
    let (kind, role) = (kind.id.clone(), role.id.clone());
    (!is_filled).then_some(Beside { focus, kind, role })
}

/// Where one is, with a mark picked and words selected: a caret stands for the name or the word that it is in, and a
/// mark that was let go of by putting it there is meant still.
fn focus_beside(scene: &Scene<'_>) -> Option<Focus> {
    if scene.selection().is_some() {
        return Some(scene.focus.clone());
    }
    let words = segment::name_at(scene.text().ok()?, scene.caret()?)?;
    let picked = Some(scene.focus.picked.or(scene.let_go)?);
    Some(Focus { selection: Some((words.start(), words.end())), picked, ..scene.focus.clone() })
}

/// The role that a mark with the label `new` could fill beside one with `own`, which must stand first in the kind.
fn role_in<'k>(kind: &'k RelationKind, own: &Filler, new: &Filler) -> Option<&'k Role> {
    let (first, others) = kind.roles.split_first()?;
    let leads = !kind.across_articles && first.may_be_filled_by(own) && !first.may_be_filled_by(new);
    others.iter().find(|role| leads && role.may_be_filled_by(new))
}

/// Marks the words and puts them into a role beside the picked mark, as one step.
pub(super) fn plan(
    scene: &Scene<'_>,
    mint: &mut dyn Mint,
    label: &LabelId,
    Beside { focus, kind, role }: Beside,
) -> Result<Plan, Diagnostic> {
    let scene = &Scene { focus: &focus, ..*scene };
    let with = Filling::SelectionAs(label.clone());
    let role_name = scene.codebook().relation(&kind).and_then(|k| k.role(&role)).map(|role| role.name.clone());
    let label_name = scene.codebook().label(label).map(|label| label.name.clone());
    let (role_name, label_name) = (role_name.unwrap_or_default(), label_name.unwrap_or_default());
    let fill = relate::Relate::Fill { of: MarkRef::Picked, kind, role, with, into: Which::First };
    let plan = fill.plan(scene, mint)?;
    let label = phrase!("Mark as {label} in the role {role}", label = &label_name, role = &role_name);
    let told = phrase!("Marked as {label}, in the role {role}", label = &label_name, role = &role_name);
    Ok(Plan { label: Some(label), ..plan }.and(Show::Say(told)))
}
