//! Marking words, and everything that is done to the picked mark.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Plan, Scene, boundary, extent, occurrences, relate, whole};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Annotation, AnnotationId, AttributeId, Flag, LabelId, Mint, Origin, Value,
        edit::{Change, Focus, Phrase},
    },
    text::{ByteRange, Fragments, segment},
};

/// What is done to the selection or to the picked mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Mark {
    /// Marks the selected words, or the quotation they lie in where the label reaches so far; a caret outside the
    /// picked mark stands for the quotation around it. With nothing to mark, relabels the picked mark; where that
    /// has the label already, it reaches over the quotation, or again over the words that were selected alone.
    Label(LabelId),
    /// Removes the picked mark, and takes it out of its relations.
    Delete,
    /// Moves an end of the picked mark: of the fragment at the caret, else the mark's first start or last end.
    Nudge {
        edge: Edge,
        by: Step,
    },
    /// Puts an end of one of the picked mark's fragments (from 0) at an offset in bytes.
    Drag {
        fragment: usize,
        edge: Edge,
        offset: usize,
    },
    /// Adds the selection to the picked mark as a further fragment.
    AddFragment,
    /// Marks words wherever they were found, in any articles; those that are marked so already are left out.
    Occurrences {
        label: LabelId,
        places: Vec<occurrences::Occurrence>,
    },
    /// Takes the fragment at the caret away from the picked mark.
    RemoveFragment,
    /// Answers an attribute of the picked mark; `None` takes the answer away.
    Set {
        attribute: AttributeId,
        value: Option<Value>,
    },
    Note(String),
    Flag(Option<Flag>),
    /// In percent.
    Confidence(Option<u8>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Edge {
    Start,
    End,
}

/// How far an end moves; back is towards the start of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    WordBack,
    WordForward,
    CharacterBack,
    CharacterForward,
}

impl Mark {
    pub(super) fn plan(&self, scene: &Scene<'_>, mint: &mut dyn Mint) -> Result<Plan, Diagnostic> {
        match self {
            Self::Label(label) => match extent::words_to_mark(scene, label)? {
                Some(fragments) => mark(scene, mint, label, fragments),
                None => relabel(scene, label),
            },
            Self::Delete => delete(scene),
            Self::Nudge { edge, by } => boundary::nudge(scene, *edge, *by),
            Self::Drag { fragment, edge, offset } => boundary::drag(scene, *fragment, *edge, *offset),
            Self::Occurrences { label, places } => occurrences::plan(scene, mint, label, places),
            Self::AddFragment => boundary::add_fragment(scene),
            Self::RemoveFragment => boundary::remove_fragment(scene),
            Self::Set { attribute, value } => set(scene, attribute, value.clone()),
            Self::Note(note) => {
                let pattern = if note.is_empty() { "Remove the note" } else { "Write a note" };
                edit(scene, Phrase::plain(pattern), |a| note.trim().clone_into(&mut a.note))
            }
            Self::Flag(flag) => {
                let pattern = match flag {
                    Some(Flag::Flag) => "Flag the mark",
                    Some(Flag::Question) => "Question the mark",
                    None => "Take the flag away",
                };
                edit(scene, Phrase::plain(pattern), |a| a.flag = *flag)
            }
            Self::Confidence(percent) => edit(scene, Phrase::plain("Set the confidence"), |a| a.confidence = *percent),
        }
    }
}

/// The words that a selection stands for: without white space at its edges.
///
/// # Errors
/// Where only white space is left.
pub(super) fn markable(scene: &Scene<'_>, range: ByteRange) -> Result<Fragments, Diagnostic> {
    let trimmed = segment::trim(scene.text()?.as_str(), range);
    Fragments::one(trimmed).ok_or_else(|| {
        Diagnostic::error("no-words", "The selection has no words in it").hint("Select some words to mark")
    })
}

/// The change that adds a mark, and its id.
pub(super) fn addition(
    scene: &Scene<'_>,
    mint: &mut dyn Mint,
    label: &LabelId,
    fragments: Fragments,
) -> Result<(AnnotationId, Arc<Annotation>, Change), Diagnostic> {
    let name = &scene.label(label)?.name;
    if is_marked(scene, label, &fragments) {
        return Err(Diagnostic::error("marked-twice", format!("These words are marked as {name} already"))
            .hint("Choose another label, or press Tab to pick the mark"));
    }
    let annotation = Arc::new(Annotation::new(label.clone(), fragments, scene.codebook().version));
    let id = AnnotationId(mint.uid());
    let change = Change::Annotation {
        article: scene.article()?.clone(),
        annotator: scene.annotator()?.clone(),
        id,
        before: None,
        after: Some(Arc::clone(&annotation)),
    };
    Ok((id, annotation, change))
}

/// Whether exactly these words have the label.
pub(super) fn is_marked(scene: &Scene<'_>, label: &LabelId, fragments: &Fragments) -> bool {
    let Some((index, layer)) = scene.index.zip(scene.layer()) else { return false };
    let near = index.in_range(fragments.first());
    near.into_iter().any(|id| layer.annotation(id).is_some_and(|a| a.label == *label && a.fragments == *fragments))
}

fn mark(scene: &Scene<'_>, mint: &mut dyn Mint, label: &LabelId, fragments: Fragments) -> Result<Plan, Diagnostic> {
    let (id, annotation, change) = addition(scene, mint, label, fragments)?;
    let name = scene.label(label)?.name.clone();
    let focus = Focus { picked: Some(id), ..scene.pick(id, &annotation) };
    let changes = std::iter::once(change).chain(whole::begun(scene, scene.article()?)?).collect();
    Ok(Plan::change(Phrase::with("Mark as %{what}", name), changes).and_look(focus))
}

/// Changes the label; answers that it does not ask and roles that it may not fill are taken away with it.
fn relabel(scene: &Scene<'_>, label: &LabelId) -> Result<Plan, Diagnostic> {
    let new = scene.label(label)?;
    let Ok((_, picked)) = scene.picked() else {
        return Err(Diagnostic::error("nothing-selected", "No words are selected and no mark is picked")
            .hint("Select some words to mark, or pick a mark to relabel"));
    };
    if !scene.is_at_picked() {
        return Err(Diagnostic::error("nothing-selected", "No words are selected, and the picked mark is elsewhere")
            .hint("Select some words to mark, or put the caret into the mark to relabel it"));
    }
    if picked.label == *label {
        return extent::reach_again(scene, new);
    }
    let mut plan = edit(scene, Phrase::with("Relabel as %{what}", new.name.clone()), |a| {
        a.label = label.clone();
        a.attributes = relate::fitting(&a.attributes, &new.attributes);
    })?;
    if !plan.changes.is_empty() {
        plan.changes.extend(relate::relabelled(scene, scene.picked()?.0, label)?);
    }
    Ok(plan)
}

/// Changes the picked mark. Nothing happens where it stays as it was.
pub(super) fn edit(scene: &Scene<'_>, label: Phrase, with: impl FnOnce(&mut Annotation)) -> Result<Plan, Diagnostic> {
    let (id, before) = scene.picked()?;
    let mut after = (**before).clone();
    with(&mut after);
    if after == **before {
        return Ok(Plan::default());
    }
    if let Origin::Accepted(reason) = &after.origin {
        after.origin = Origin::Changed(reason.clone());
    }
    let change = Change::Annotation {
        article: scene.article()?.clone(),
        annotator: scene.annotator()?.clone(),
        id,
        before: Some(Arc::clone(before)),
        after: Some(Arc::new(after)),
    };
    Ok(Plan::change(label, vec![change]).and_look(Focus { picked: Some(id), ..scene.focus.clone() }))
}

fn delete(scene: &Scene<'_>) -> Result<Plan, Diagnostic> {
    let (id, before) = scene.picked()?;
    let name = scene.label(&before.label)?.name.clone();
    let mut changes = relate::without(scene, scene.article()?, scene.annotator()?, &[id]);
    changes.push(Change::Annotation {
        article: scene.article()?.clone(),
        annotator: scene.annotator()?.clone(),
        id,
        before: Some(Arc::clone(before)),
        after: None,
    });
    let at = before.fragments.first().start();
    let focus = Focus { picked: None, selection: Some((at, at)), ..scene.focus.clone() };
    Ok(Plan::change(Phrase::with("Delete the %{what}", name), changes).and_look(focus))
}

fn set(scene: &Scene<'_>, attribute: &AttributeId, value: Option<Value>) -> Result<Plan, Diagnostic> {
    let (_, annotation) = scene.picked()?;
    let label = scene.label(&annotation.label)?;
    let name = label.attributes.iter().find(|a| a.id == *attribute).map_or(attribute.as_str(), |a| a.name.as_str());
    edit(scene, Phrase::with("Set %{what}", name.to_lowercase()), |a| a.attributes.set(attribute.clone(), value))
}
