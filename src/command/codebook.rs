//! Changing the codebook, and what becomes of the marks that used it.
//!
//! Every change counts the codebook’s version up by one, and brings all layers under the new codebook in the same
//! transaction (`refit`); for that every layer must have been read. A codebook that breaks a rule of its own is
//! refused when the transaction is applied.

use std::sync::Arc;

pub use super::codebook_command::{Asked, CodebookCommand, Fate, Gone, Proposal, Recoding};

use super::{
    known,
    plan::Plan,
    proposal,
    refit::{self, Replaced},
    scene::Scene,
};
use crate::{
    diagnostic::Diagnostic,
    model::{Codebook, Filler, LabelId, edit::Change},
    text::Phrase,
};

impl CodebookCommand {
    pub(super) fn plan(&self, scene: &Scene<'_>) -> Result<Plan, Diagnostic> {
        if let Self::Propose(command) = self {
            return proposal::plan(scene, command);
        }
        let mut after = scene.codebook().clone();
        let label = self.edit(&mut after)?;
        if after == *scene.codebook() {
            return Ok(Plan::default());
        }
        after.version += 1;
        let may_touch_marks = !matches!(self, Self::Rename(_) | Self::Guidelines(_) | Self::Targets(_));
        let unread = if may_touch_marks { refit::unread(scene.project) } else { Vec::new() };
        if !unread.is_empty() {
            return Ok(Plan::read_first(unread));
        }
        let mut changes = if may_touch_marks {
            let retargets = self.retargets();
            let replaced = match self {
                Self::RemoveLabel { label, marks } => Replaced::Label(label, marks),
                Self::Recode { recoding, .. } => Replaced::Choice(recoding),
                Self::Retarget { .. } => Replaced::Targets(&retargets),
                _ => Replaced::Nothing,
            };
            refit::changes(scene.project, &after, replaced)
        } else {
            vec![]
        };
        changes.push(Change::Codebook { before: Arc::clone(scene.project.codebook()), after: Arc::new(after) });
        Ok(Plan::change(label, changes))
    }

    /// What answers name another target by it, each with what it is to be.
    pub(super) fn retargets(&self) -> Vec<(&str, Option<&str>)> {
        match self {
            Self::Retarget { from, to, then } => {
                std::iter::once((from.as_str(), to.as_deref())).chain(then.retargets()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Changes a copy of the codebook; gives the name of the step.
    fn edit(&self, codebook: &mut Codebook) -> Result<Phrase, Diagnostic> {
        match self {
            Self::Rename(name) => {
                name.trim().clone_into(&mut codebook.name);
                Ok(Phrase::plain("Rename the codebook"))
            }
            Self::Guidelines(text) => {
                codebook.guidelines.clone_from(text);
                Ok(Phrase::plain("Write the guidelines"))
            }
            Self::Targets(targets) => {
                codebook.targets = targets.iter().map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()).collect();
                codebook.targets.dedup();
                Ok(Phrase::plain("Change the targets"))
            }
            Self::PutLabel(label) => {
                let new = put(&mut codebook.labels, (**label).clone(), |l| &l.id);
                Ok(Phrase::with(if new { "Add the label {what}" } else { "Change the label {what}" }, &label.name))
            }
            Self::MoveLabel { label, to } => move_label(codebook, label, *to),
            Self::RemoveLabel { label, marks } => remove_label(codebook, label, marks),
            Self::PutRelation(kind) => {
                let new = put(&mut codebook.relations, (**kind).clone(), |k| &k.id);
                let pattern = if new { "Add the relation {what}" } else { "Change the relation {what}" };
                Ok(Phrase::with(pattern, &kind.name))
            }
            Self::RemoveRelation(id) => {
                let name = known::kind(codebook, id)?.name.clone();
                codebook.relations.retain(|k| k.id != *id);
                forget_filler(codebook, Filler::Relation(id.clone()));
                Ok(Phrase::with("Remove the relation {what}", name))
            }
            Self::PutQuestion(question) => {
                put(&mut codebook.questions, (**question).clone(), |q| &q.attribute.id);
                Ok(Phrase::with("Change the question {what}", &question.attribute.name))
            }
            Self::Recode { then, .. } | Self::Retarget { then, .. } | Self::Propose(then) => then.edit(codebook),
            Self::RemoveQuestion(id) => {
                let question = known::question(codebook, id)?;
                let name = question.attribute.name.clone();
                codebook.questions.retain(|q| q.attribute.id != *id);
                Ok(Phrase::with("Remove the question {what}", name))
            }
        }
    }
}

/// Replaces the row of the same id, or adds it at the end; true where it was added.
fn put<T, K: PartialEq>(rows: &mut Vec<T>, row: T, id: impl Fn(&T) -> &K) -> bool {
    match rows.iter_mut().find(|r| id(r) == id(&row)) {
        Some(place) => {
            *place = row;
            false
        }
        None => {
            rows.push(row);
            true
        }
    }
}

/// `to` is clamped to the end of the palette.
fn move_label(codebook: &mut Codebook, id: &LabelId, to: usize) -> Result<Phrase, Diagnostic> {
    let label = known::label(codebook, id)?.clone();
    let name = label.name.clone();
    codebook.labels.retain(|l| l.id != *id);
    let to = to.min(codebook.labels.len());
    codebook.labels.insert(to, label);
    Ok(Phrase::with("Move the label {what}", name))
}

fn remove_label(codebook: &mut Codebook, id: &LabelId, marks: &Fate) -> Result<Phrase, Diagnostic> {
    let name = known::label(codebook, id)?.name.clone();
    if let Fate::Relabel(to) = marks {
        known::label(codebook, to)?;
        if to == id {
            return Err(Diagnostic::error("same-label", "The marks can’t take the label that is being removed")
                .hint("Choose another label for them"));
        }
    }
    codebook.labels.retain(|l| l.id != *id);
    forget_filler(codebook, Filler::Label(id.clone()));
    Ok(Phrase::with("Remove the label {what}", name))
}

/// Takes a label or kind that is gone out of every role.
///
/// A role whose only filler it was would take *any* label from then on, so the role goes too; a kind left without
/// roles goes as well, and is then a filler that is gone.
fn forget_filler(codebook: &mut Codebook, gone: Filler) {
    let mut left = vec![gone];
    while let Some(gone) = left.pop() {
        for kind in &mut codebook.relations {
            kind.roles.retain(|r| r.fillers.as_slice() != std::slice::from_ref(&gone));
            for role in &mut kind.roles {
                role.fillers.retain(|f| *f != gone);
            }
        }
        let (stay, go): (Vec<_>, Vec<_>) =
            std::mem::take(&mut codebook.relations).into_iter().partition(|k| !k.roles.is_empty());
        codebook.relations = stay;
        left.extend(go.into_iter().map(|kind| Filler::Relation(kind.id)));
    }
}
