//! Selecting words and picking marks.
//!
//! None of it changes the project, and none is undoable. Offsets are bytes of the open article’s text unless it is
//! said otherwise.

use serde::{Deserialize, Serialize};

use super::{
    mark_ref::MarkRef,
    plan::{Plan, Show},
    scene::{PaneId, Scene},
    words,
};
use crate::{
    diagnostic::Diagnostic,
    model::{AnnotationId, Item, edit::Focus},
    text::{ByteRange, quotation::quotations, segment},
};

/// What to select, pick or look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Select {
    /// From where the selection began to its caret, in bytes; equal offsets only move the caret.
    ///
    /// Selected words keep the picked mark picked, so that they can become a fragment of it or fill a role
    /// beside it, until a label's key marks them. A caret outside the picked mark lets go of it.
    To { anchor: usize, head: usize },
    /// The same, and even a caret outside the picked mark keeps it, so that one can go and select words to add to
    /// it or to relate it to; or picks another mark as one goes.
    #[serde(rename = "Beside")]
    KeepMark {
        anchor: usize,
        head: usize,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mark: Option<AnnotationId>,
    },
    /// Selects by Unicode code points, half-open, as files and scripts count.
    Characters { start: usize, end: usize },
    /// Selects the `occurrence`-th of these words, counted from 1, and shows it.
    Words {
        words: String,
        #[serde(default = "words::first")]
        occurrence: usize,
    },
    /// The whole text.
    All,
    /// Selects the sentence around the caret.
    Sentence,
    /// Selects the paragraph around the caret.
    Paragraph,
    /// Selects the quotation around the selection or the caret; again, with its marks; again, the quotation around
    /// that.
    Quotation,
    /// Selects no words and picks no mark; the caret stays.
    Nothing,
    /// Works in another pane from then on; one that has shown nothing yet is empty.
    Pane(PaneId),
    /// Picks a mark of the open article and shows it.
    Pick(MarkRef),
    /// Picks the next of the annotator’s own marks in reading order, from the picked one or from the caret; after the
    /// last comes the first.
    NextMark,
    /// Picks the one before.
    PreviousMark,
    /// Picks the next mark out at the same place; after the outermost those that overlap it elsewhere, then the
    /// innermost again.
    NextInStack,
}

impl Select {
    pub(super) fn plan(&self, scene: &Scene<'_>) -> Result<Plan, Diagnostic> {
        match self {
            Self::To { anchor, head } => select(scene, *anchor, *head),
            Self::KeepMark { anchor, head, mark } => select_with(scene, *anchor, *head, mark.or(scene.focus.picked)),
            Self::Characters { start, end } => {
                let range = scene.text()?.range_from_chars(*start, *end).ok_or_else(words::outside)?;
                select(scene, range.start(), range.end())
            }
            Self::Words { words, occurrence } => {
                let range = words::find(scene.text()?, words, *occurrence)?;
                Ok(select(scene, range.start(), range.end())?.and(Show::Reveal(range)))
            }
            Self::All => select(scene, 0, scene.text()?.len()),
            Self::Sentence => around_caret(scene, |text, at| segment::sentence_at(text, at)),
            Self::Paragraph => around_caret(scene, |text, at| segment::paragraph_at(text, at)),
            Self::Quotation => quotation(scene),
            Self::Nothing => {
                let caret = scene.caret().map(|at| (at, at));
                Ok(Plan::look(Focus { selection: caret, picked: None, ..scene.focus.clone() }))
            }
            Self::Pane(pane) => Ok(Plan::default().in_pane(*pane)),
            Self::Pick(mark) => {
                let target = mark.resolve(scene)?;
                match target.item {
                    Item::Annotation(id) if Some(&target.article) == scene.focus.article.as_ref() => pick(scene, id),
                    _ => Err(Diagnostic::error("not-here", "This mark is not in the open article")
                        .hint("Open its article first")),
                }
            }
            Self::NextMark => walk(scene, Direction::Next),
            Self::PreviousMark => walk(scene, Direction::Previous),
            Self::NextInStack => next_in_stack(scene),
        }
    }
}

/// Which way to go among the marks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Next,
    Previous,
}

/// Selects words, or moves the caret. A caret outside the picked mark lets it go, so that keys act on what one sees.
fn select(scene: &Scene<'_>, anchor: usize, head: usize) -> Result<Plan, Diagnostic> {
    // Moving the caret keeps the picked mark only while it stays inside it, so that keys act on what one sees.
    let stays = scene.picked().is_ok_and(|(_, a)| anchor != head || a.fragments.contains(head));
    select_with(scene, anchor, head, scene.focus.picked.filter(|_| stays))
}

/// Selects words or puts the caret somewhere, with this mark picked or none.
fn select_with(
    scene: &Scene<'_>,
    anchor: usize,
    head: usize,
    picked: Option<AnnotationId>,
) -> Result<Plan, Diagnostic> {
    let text = scene.text()?.as_str();
    if !text.is_char_boundary(anchor) || !text.is_char_boundary(head) {
        return Err(words::outside());
    }
    Ok(Plan::look(Focus { selection: Some((anchor, head)), picked, ..scene.focus.clone() }))
}

/// Selects a unit of the text around the caret.
fn around_caret(scene: &Scene<'_>, unit: impl Fn(&crate::text::Text, usize) -> ByteRange) -> Result<Plan, Diagnostic> {
    let text = scene.text()?;
    let range = unit(text, scene.caret().unwrap_or(0));
    select(scene, range.start(), range.end())
}

fn quotation(scene: &Scene<'_>) -> Result<Plan, Diagnostic> {
    let text = scene.text()?;
    let from = scene.selection().or_else(|| scene.caret().map(ByteRange::at)).unwrap_or_default();
    let mut steps = quotations(text, from).into_iter().rev().flat_map(|quotation| [quotation.inner, quotation.outer]);
    let next = steps.find(|step| step.contains_range(from) && *step != from).ok_or_else(|| {
        Diagnostic::error("no-quotation", "There are no quotation marks around the caret")
            .hint("Put the caret between quotation marks")
    })?;
    select_with(scene, next.start(), next.end(), scene.focus.picked)
}

/// Picks a mark and shows all of it.
fn pick(scene: &Scene<'_>, id: AnnotationId) -> Result<Plan, Diagnostic> {
    let annotation = scene
        .layer()
        .and_then(|l| l.annotation(id))
        .ok_or_else(|| Diagnostic::error("no-such-mark", "This mark no longer exists").hint("Pick another one"))?;
    Ok(Plan::look(scene.pick(id, annotation)).and(Show::Reveal(annotation.fragments.covering())))
}

/// The next or previous mark in reading order, around at the ends: from the picked mark, or, where the caret has left
/// it, from the caret.
fn walk(scene: &Scene<'_>, step: Direction) -> Result<Plan, Diagnostic> {
    let Some(index) = scene.index.filter(|i| !i.in_order().is_empty()) else {
        return Err(Diagnostic::error("no-marks", "The article has no marks yet")
            .hint("Select some words and press a label’s key"));
    };
    let order = index.in_order();
    let here = scene.picked().ok().filter(|_| scene.is_at_picked()).and_then(|(id, a)| index.position(id, a));
    let id = match (here, step) {
        (Some(at), Direction::Next) => order[(at + 1) % order.len()].id,
        (Some(at), Direction::Previous) => order[(at + order.len() - 1) % order.len()].id,
        (None, Direction::Next) => {
            let before = scene.caret().and_then(|at| at.checked_sub(1));
            before.map_or(Some(order[0].id), |at| index.next_after(at)).unwrap_or(order[0].id)
        }
        (None, Direction::Previous) => {
            index.last_before(scene.caret().unwrap_or(0)).unwrap_or(order[order.len() - 1].id)
        }
    };
    pick(scene, id)
}

/// The next of the marks at the selection or caret. The caret stays, so that the next press goes on among the same
/// marks.
fn next_in_stack(scene: &Scene<'_>) -> Result<Plan, Diagnostic> {
    let nothing = || Diagnostic::error("no-marks", "There is no mark here").hint("Put the caret in a mark");
    let (index, layer) = scene.index.zip(scene.layer()).ok_or_else(nothing)?;
    let at = match (scene.selection(), scene.caret()) {
        (Some(words), _) => index.first_covered(words).unwrap_or(words.start()),
        (None, Some(at)) => at,
        (None, None) => scene.picked()?.1.fragments.first().start(),
    };
    let mut stack = index.overlapping_at(at, layer);
    if let (true, Some(before)) = (stack.is_empty(), at.checked_sub(1)) {
        stack = index.overlapping_at(before, layer);
    }
    let id = next_of(&stack, scene.focus.picked).ok_or_else(nothing)?;
    // The caret stays, so that the next press goes on among the same marks.
    let plan = Plan::look(Focus { picked: Some(id), selection: Some((at, at)), ..scene.focus.clone() });
    let elsewhere = layer.annotation(id).map(|a| a.fragments.covering()).filter(|covering| !covering.contains(at));
    Ok(elsewhere.into_iter().fold(plan, |plan, covering| plan.and(Show::Reveal(covering))))
}

/// The mark after the picked one in a stack, around at the end; the first where none of them is picked.
pub fn next_of(stack: &[AnnotationId], picked: Option<AnnotationId>) -> Option<AnnotationId> {
    let at = picked.and_then(|id| stack.iter().position(|s| *s == id));
    stack.get(at.map_or(0, |at| (at + 1) % stack.len())).copied()
}
