//! Marking words, and everything that is done to the picked mark.
//!
//! What is done to a mark names it (`MarkRef`), so that what is written for one never lands on another. How far a new
//! mark reaches is in `extent`, its ends in `boundary`, its relations in `cascade`.

use serde::{Deserialize, Serialize};

pub use super::boundary::{BoundaryMove, Edge};

use super::{
    attribute, boundary, cascade, extent, known, layer,
    mark_ref::MarkRef,
    marked::{self, Marked},
    new_mark, occurrences,
    plan::Plan,
    scene::Scene,
};
use crate::{
    diagnostic::Diagnostic,
    model::{AttributeId, Flag, LabelId, Mint, Value, edit::Focus},
    text::{Fragments, Phrase},
};

/// What is done to the selection or to a mark; the command names the mark beside it, and *the picked one* where a
/// script names none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Mark {
    /// Marks the selected words, or the quotation they lie in where the label reaches so far; a caret outside the
    /// picked mark stands for the quotation around it. With nothing to mark, and wherever another mark than the picked
    /// one is named, relabels the mark; where that has the label already, it reaches over the quotation, then over the
    /// one part of it that the selected words lie in, then over those words alone.
    Label(LabelId),
    /// As [`Mark::Label`]; where words are selected beside the picked mark, and in one kind of relation alone the label
    /// fills a role that is empty yet, they fill it too: with a quote picked, those of its source or its cue. A caret
    /// beside it stands for the name or the word that it is in, also where putting it there has let go of the mark.
    LabelInRole(LabelId),
    /// Removes the mark, and takes it out of its relations; relations left with one member go too.
    Delete,
    /// Moves an end of the mark: of the fragment at the caret, else the mark's first start or last end.
    Nudge { edge: Edge, by: BoundaryMove },
    /// Puts an end of one of the mark’s fragments (from 0) at an offset, in bytes of the text.
    Drag { fragment: usize, edge: Edge, offset: usize },
    /// Adds the selection to the mark as a further fragment.
    AddFragment,
    /// Marks words in any articles, in one transaction; places that have the label already are left out. The places
    /// name what is marked, so that no mark is named beside it.
    Occurrences { label: LabelId, places: Vec<occurrences::Occurrence> },
    /// Takes the fragment at the caret away from the mark.
    RemoveFragment,
    /// Answers an attribute of the mark; `None` takes the answer away.
    Set { attribute: AttributeId, value: Option<Value> },
    /// Writes the mark’s note, without white space at its ends; empty removes it.
    Note(String),
    /// Flags the mark, or asks a question about it; `None` takes either away.
    Flag(Option<Flag>),
    /// Says how sure the annotator is, in per cent, 0 to 100; `None` takes it away.
    Confidence(Option<u8>),
}

impl Mark {
    pub(super) fn plan(&self, scene: &Scene<'_>, mint: &mut dyn Mint, which: &MarkRef) -> Result<Plan, Diagnostic> {
        let marked = || Marked::of(which, scene);
        match self {
            Self::LabelInRole(label) => match attribute::beside(scene, label) {
                Some(beside) if *which == MarkRef::Picked => attribute::plan(scene, mint, label, beside),
                _ => Self::Label(label.clone()).plan(scene, mint, which),
            },
            Self::Label(label) if *which == MarkRef::Picked => match extent::words_to_mark(scene, label)? {
                Some(fragments) => mark(scene, mint, label, fragments),
                None => relabel_picked(scene, label),
            },
            Self::Label(label) => relabel(scene, &marked()?, label),
            Self::Occurrences { label, places } => occurrences::plan(scene, mint, label, places),
            Self::Delete => delete(scene, &marked()?),
            Self::Nudge { edge, by } => boundary::nudge(scene, &marked()?, *edge, *by),
            Self::Drag { fragment, edge, offset } => boundary::drag(scene, &marked()?, *fragment, *edge, *offset),
            Self::AddFragment => boundary::add_fragment(scene, &marked()?),
            Self::RemoveFragment => boundary::remove_fragment(scene, &marked()?),
            Self::Set { attribute, value } => set(scene, &marked()?, attribute, value.clone()),
            Self::Note(note) => {
                let pattern = if note.trim().is_empty() { "Remove the note" } else { "Write a note" };
                marked()?.edit(scene, Phrase::plain(pattern), |a| note.trim().clone_into(&mut a.note))
            }
            Self::Flag(flag) => {
                let pattern = match flag {
                    Some(Flag::Flag) => "Flag the mark",
                    Some(Flag::Question) => "Add a question to the mark",
                    None => "Remove the flag",
                };
                marked()?.edit(scene, Phrase::plain(pattern), |a| a.flag = *flag)
            }
            Self::Confidence(percent) => {
                marked()?.edit(scene, Phrase::plain("Set the confidence"), |a| a.confidence = *percent)
            }
        }
    }
}

/// A new mark, which is picked; the first one of an article sets it in progress.
fn mark(scene: &Scene<'_>, mint: &mut dyn Mint, label: &LabelId, fragments: Fragments) -> Result<Plan, Diagnostic> {
    let (id, annotation, change) = new_mark::addition(scene, mint, label, fragments)?;
    let name = known::label(scene.codebook(), label)?.name.clone();
    let focus = Focus { picked: Some(id), ..scene.pick(id, &annotation) };
    let changes = std::iter::once(change).chain(layer::begun(scene, scene.article()?)?).collect();
    Ok(Plan::change(Phrase::with("Mark as {what}", name), changes).and_look(focus))
}

/// The label’s key with nothing selected: relabels the picked mark, if the caret is at it, so that nothing changes
/// out of sight.
fn relabel_picked(scene: &Scene<'_>, label: &LabelId) -> Result<Plan, Diagnostic> {
    let Ok(picked) = Marked::of(&MarkRef::Picked, scene) else {
        return Err(Diagnostic::error("nothing-selected", "No words are selected and no mark is picked")
            .hint("Select some words to mark, or pick a mark to relabel"));
    };
    if !scene.is_at_picked() {
        return Err(Diagnostic::error("nothing-selected", "No words are selected, and the picked mark is elsewhere")
            .hint("Select some words to mark, or put the caret in the mark to relabel it"));
    }
    relabel(scene, &picked, label)
}

/// Changes the label. Answers that the new label does not ask, and roles that it may not fill, are taken away in the
/// same transaction.
fn relabel(scene: &Scene<'_>, marked: &Marked<'_>, label: &LabelId) -> Result<Plan, Diagnostic> {
    let new = known::label(scene.codebook(), label)?;
    if marked.annotation.label == *label {
        return extent::reach_again(scene, marked, new);
    }
    let mut plan = marked.edit(scene, Phrase::with("Relabel as {what}", new.name.clone()), |a| {
        a.label = label.clone();
        a.attributes = marked::fitting(&a.attributes, &new.attributes);
    })?;
    if !plan.changes.is_empty() {
        plan.changes.extend(cascade::relabelled(scene, marked, label)?);
    }
    Ok(plan)
}

/// The mark’s relations first, then the mark; the caret stays where the mark began.
fn delete(scene: &Scene<'_>, marked: &Marked<'_>) -> Result<Plan, Diagnostic> {
    let name = known::label(scene.codebook(), &marked.annotation.label)?.name.clone();
    let mut changes = cascade::without(scene, &marked.article, scene.annotator()?, &[marked.id]);
    changes.push(marked.change(scene, None)?);
    let plan = Plan::change(Phrase::with("Delete the {what}", name), changes);
    if !marked.is_picked(scene) {
        return Ok(plan);
    }
    let at = marked.annotation.fragments.first().start();
    Ok(plan.and_look(Focus { picked: None, selection: Some((at, at)), ..scene.focus.clone() }))
}

fn set(
    scene: &Scene<'_>,
    marked: &Marked<'_>,
    attribute: &AttributeId,
    value: Option<Value>,
) -> Result<Plan, Diagnostic> {
    let label = known::label(scene.codebook(), &marked.annotation.label)?;
    let name = label.attributes.iter().find(|a| a.id == *attribute).map_or(attribute.as_str(), |a| a.name.as_str());
    let phrase = Phrase::with("Set {what}", name.to_lowercase());
    marked.edit(scene, phrase, |a| a.attributes.set(attribute.clone(), value))
}
