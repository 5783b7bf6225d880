//! How far a mark reaches: over the selected words, or over the quotation around them where its label says so.
//!
//! Quotations are found by `text::quotation`; the label’s [`Extent`] says whether a mark takes the quotation, with or
//! without its marks. The same key undoes the growth: whoever wants the words alone presses it again.

use super::{known, marked::Marked, new_mark::is_marked, plan::Plan, scene::Scene, words};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Extent, Label, LabelId,
        edit::{Change, Focus},
    },
    phrase,
    text::{ByteRange, Fragments, Phrase, quotation::passage_around, segment},
};

/// What a label’s key marks: the selection, grown as far as the label reaches; with a mere caret outside the picked
/// mark, the quotation around it. `None` where there is nothing to mark, and the key is then for the picked mark.
///
/// # Errors
/// Where the selection has no words in it, or there is no such label.
pub(super) fn words_to_mark(scene: &Scene<'_>, label: &LabelId) -> Result<Option<Fragments>, Diagnostic> {
    let extent = known::label(scene.codebook(), label)?.extent;
    if let Some(range) = scene.selection() {
        return grown_words(scene, label, range).map(Some);
    }
    let place = scene.caret().filter(|_| scene.focus.picked.is_none() || !scene.is_at_picked());
    place.map_or(Ok(None), |at| Ok(quotation(scene.text()?, extent, ByteRange::at(at))))
}

/// The words of a selection, grown as far as the label reaches. Where exactly that has the label already, the words
/// alone are meant.
///
/// # Errors
/// Where the selection has no words in it, or there is no such label.
pub(super) fn grown_words(scene: &Scene<'_>, label: &LabelId, range: ByteRange) -> Result<Fragments, Diagnostic> {
    let selected = words::markable(scene, range)?;
    let grown = quotation(scene.text()?, known::label(scene.codebook(), label)?.extent, selected.first());
    Ok(grown.filter(|grown| !is_marked(scene, label, grown)).unwrap_or(selected))
}

/// The quotation around a range, as far as the extent goes, in bytes; several fragments where “she said” breaks it.
/// `None` where there is none, or the range covers all of it.
fn quotation(text: &str, extent: Extent, range: ByteRange) -> Option<Fragments> {
    if extent == Extent::Words {
        return None;
    }
    let parts = passage_around(text, range)?;
    let reach = parts.iter().map(|part| if extent == Extent::Quotation { part.inner } else { part.outer });
    let grown = Fragments::new(reach)?;
    let is_covered = parts.len() == 1 && range.contains_range(grown.first());
    (!is_covered).then_some(grown)
}

/// The label’s key on a mark that has this label: it grows to the quotation; where it has grown already, it goes back
/// to what it covered before. Refused where neither can be.
pub(super) fn reach_again(scene: &Scene<'_>, marked: &Marked<'_>, label: &Label) -> Result<Plan, Diagnostic> {
    let now = &marked.annotation.fragments;
    let grown = quotation(marked.text, label.extent, now.covering());
    let (pattern, fragments) = match grown.filter(|grown| grown != now) {
        Some(grown) => ("Extend to the quotation", grown),
        None => match before_it_grew(scene, marked).filter(|_| label.extent != Extent::Words) {
            Some(words) => ("Mark only the selected words", words),
            None => {
                return Err(Diagnostic::note(
                    "labelled-already",
                    phrase!("This is already a {label}", label = &label.name),
                )
                .hint("Choose another label, or select other words"));
            }
        },
    };
    let at = fragments.first().start();
    let plan = marked.edit(scene, Phrase::plain(pattern), |a| a.fragments = fragments)?;
    if !marked.is_picked(scene) {
        return Ok(plan);
    }
    Ok(plan.and_look(Focus { selection: Some((at, at)), ..scene.focus.clone() }))
}

/// What the mark covered, or the words that were selected, before the last transaction gave it these fragments;
/// `None` where the last transaction did something else.
fn before_it_grew(scene: &Scene<'_>, marked: &Marked<'_>) -> Option<Fragments> {
    let now = &marked.annotation.fragments;
    let last = scene.history.to_undo()?;
    let before = last.changes.iter().find_map(|change| match change {
        Change::Annotation { id: changed, before, after: Some(after), .. }
            if *changed == marked.id && after.fragments == *now =>
        {
            Some(before.as_ref().map(|before| before.fragments.clone()))
        }
        _ => None,
    })?;
    let words = before.or_else(|| {
        let (anchor, head) = last.focus_before.selection?;
        let selected = ByteRange::new(anchor, head);
        selected.fits(marked.text).then(|| Fragments::one(segment::trim(marked.text, selected))).flatten()
    })?;
    (words != *now).then_some(words)
}
