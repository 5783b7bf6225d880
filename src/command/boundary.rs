//! The ends of a mark and its fragments: moved, added, taken away. Never is a fragment left without words.
//!
//! Offsets are bytes of the article’s text. A plan that would change nothing, or leave nothing, is refused with what
//! to press instead.

use serde::{Deserialize, Serialize};

use super::{marked::Marked, plan::Plan, scene::Scene, words};
use crate::{
    diagnostic::Diagnostic,
    model::edit::Focus,
    text::{ByteRange, Fragments, Phrase, segment},
};

/// An end of a fragment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Edge {
    Start,
    End,
}

/// How far an end moves. Back is towards the start of the text, forward towards its end; words and characters are
/// those of `text::segment` (characters are grapheme clusters).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BoundaryMove {
    WordBack,
    WordForward,
    CharacterBack,
    CharacterForward,
}

/// Moves an end by a word or a character: of the fragment at the caret, else the mark’s first start or last end.
pub(super) fn nudge(scene: &Scene<'_>, marked: &Marked<'_>, edge: Edge, by: BoundaryMove) -> Result<Plan, Diagnostic> {
    let (fragments, text) = (&marked.annotation.fragments, marked.text);
    let outermost = if edge == Edge::Start { 0 } else { fragments.count() - 1 };
    let fragment = marked.caret(scene).and_then(|at| fragments.at(at)).unwrap_or(outermost);
    let range = fragments.as_slice()[fragment];
    let at = if edge == Edge::Start { range.start() } else { range.end() };
    let to = match (by, edge) {
        (BoundaryMove::CharacterBack, _) => segment::previous_grapheme(text, at),
        (BoundaryMove::CharacterForward, _) => segment::next_grapheme(text, at),
        (BoundaryMove::WordBack, Edge::Start) => segment::previous_word_start(text, at),
        (BoundaryMove::WordForward, Edge::Start) => segment::next_word_start(text, at),
        (BoundaryMove::WordBack, Edge::End) => segment::previous_word_end(text, at),
        (BoundaryMove::WordForward, Edge::End) => segment::next_word_end(text, at),
    };
    if to == at {
        let end = if at == 0 { "The article begins here" } else { "The article ends here" };
        return Err(Diagnostic::note("no-further", end).hint("Move the other end, or press Shift to move this one in"));
    }
    drag(scene, marked, fragment, edge, to)
}

/// Puts an end of a fragment (from 0) at an offset. Fragments that touch by it become one; one that would be left
/// without words is refused.
pub(super) fn drag(
    scene: &Scene<'_>,
    marked: &Marked<'_>,
    fragment: usize,
    edge: Edge,
    offset: usize,
) -> Result<Plan, Diagnostic> {
    let text = marked.text;
    let mut ranges: Vec<ByteRange> = marked.annotation.fragments.iter().collect();
    let Some(range) = ranges.get_mut(fragment) else {
        return Err(Diagnostic::error("no-such-fragment", "The mark has no such fragment").hint("Count them from 0"));
    };
    if !text.is_char_boundary(offset) {
        return Err(words::outside());
    }
    let moved = match edge {
        Edge::Start => offset..range.end().max(offset),
        Edge::End => range.start().min(offset)..offset,
    };
    *range = moved.into();
    if segment::trim(text, *range).is_empty() {
        return Err(Diagnostic::error("would-be-empty", "The fragment would have no words left")
            .hint("Press - to remove the fragment, or Delete to remove the mark"));
    }
    let moved = *range;
    let plan = reshape(scene, marked, Phrase::plain("Move an end of the mark"), ranges)?;
    Ok(if marked.is_picked(scene) { plan.and_look(following(scene, moved)) } else { plan })
}

/// The focus with the caret kept inside the fragment whose end moves, so that the next key moves the same end on.
fn following(scene: &Scene<'_>, fragment: ByteRange) -> Focus {
    let selection = match scene.focus.selection {
        Some((anchor, head)) if anchor == head => {
            let at = head.clamp(fragment.start(), fragment.end());
            Some((at, at))
        }
        other => other,
    };
    Focus { selection, ..scene.focus.clone() }
}

/// Gives the mark other fragments; they are sorted and joined where they touch.
fn reshape(scene: &Scene<'_>, marked: &Marked<'_>, label: Phrase, ranges: Vec<ByteRange>) -> Result<Plan, Diagnostic> {
    let fragments = Fragments::new(ranges).ok_or_else(|| {
        Diagnostic::error("no-words", "The mark would have no words left").hint("Press Delete to remove it")
    })?;
    marked.edit(scene, label, |a| a.fragments = fragments)
}

/// Adds the selected words, without white space at their edges. Words that are covered already are refused.
pub(super) fn add_fragment(scene: &Scene<'_>, marked: &Marked<'_>) -> Result<Plan, Diagnostic> {
    let Some((range, head)) = scene.selection().zip(marked.caret(scene)) else {
        return Err(Diagnostic::error("nothing-selected", "No words are selected")
            .hint("Select the words to add to the picked mark, then press +"));
    };
    let added = words::markable(scene, range)?;
    let fragments = &marked.annotation.fragments;
    if fragments.contains_all(&added) {
        return Err(Diagnostic::error("covered-already", "The mark covers these words already")
            .hint("Select other words to add, or press a label’s key to mark these"));
    }
    let caret = head.clamp(added.first().start(), added.first().end());
    let focus = Focus { selection: Some((caret, caret)), ..scene.focus.clone() };
    let ranges = fragments.iter().chain(added.iter()).collect();
    Ok(reshape(scene, marked, Phrase::plain("Add a fragment"), ranges)?.and_look(focus))
}

/// Takes away the fragment at the caret; the only one of a mark is never taken away.
pub(super) fn remove_fragment(scene: &Scene<'_>, marked: &Marked<'_>) -> Result<Plan, Diagnostic> {
    let fragments = &marked.annotation.fragments;
    if fragments.count() == 1 {
        return Err(Diagnostic::error("only-fragment", "The mark has only one fragment")
            .hint("Press Delete to remove the mark"));
    }
    let Some(at) = marked.caret(scene).and_then(|caret| fragments.at(caret)) else {
        return Err(Diagnostic::error("no-fragment-here", "The caret is not in any of the mark’s fragments")
            .hint("Put the caret in the fragment to remove"));
    };
    let kept = fragments.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, r)| r).collect();
    reshape(scene, marked, Phrase::plain("Remove a fragment"), kept)
}
