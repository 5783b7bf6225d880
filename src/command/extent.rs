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

/// The label's key on a mark that has the label: it grows to the quotation; from there it goes back to the one part of it
/// that the words lie in, and then to what it was before it grew.
pub(super) fn reach_again(scene: &Scene<'_>, marked: &Marked<'_>, label: &Label) -> Result<Plan, Diagnostic> {
    let now = &marked.annotation.fragments;
    let whole = quotation(marked.text, label.extent, now.covering());
    let may_reach = label.extent != Extent::Words;
    let before = may_reach.then(|| before_it_grew(scene, marked, whole.as_ref())).flatten();
    let part = whole.as_ref().zip(before.as_ref()).and_then(|(whole, before)| before.part_of(whole));
    let words = before.as_ref().and_then(|before| before.words.clone()).filter(|words| words != now);
    let came_from_whole = || before.as_ref().is_some_and(|before| before.was_whole);
    let (pattern, fragments) = match (whole, part, words) {
        (Some(whole), Some(part), _) if whole == *now && whole.count() > 1 => ("Mark only this part", part),
        (Some(whole), part, Some(words)) if whole == *now || part.as_ref() == Some(now) && came_from_whole() => {
            ("Mark only the selected words", words)
        }
        (Some(whole), ..) if whole != *now => ("Extend to the quotation", whole),
        (None, _, Some(words)) => ("Mark only the selected words", words),
        _ => {
            return Err(Diagnostic::note(
                "labelled-already",
                phrase!("This is already a {label}", label = &label.name),
            )
            .hint("Choose another label, or select other words"));
        }
    };
    let at = fragments.first().start();
    let plan = marked.edit(scene, Phrase::plain(pattern), |a| a.fragments = fragments)?;
    if !marked.is_picked(scene) {
        return Ok(plan);
    }
    Ok(plan.and_look(Focus { selection: Some((at, at)), ..scene.focus.clone() }))
}

/// What a mark was before its label's key made it reach as far as it does.
struct Before {
    /// The words, or the caret that stood for them.
    place: ByteRange,
    /// `None` where a caret stood for the quotation.
    words: Option<Fragments>,
    /// Whether the mark covered the whole quotation right before.
    was_whole: bool,
}

impl Before {
    /// The one part of a quotation that the place lies in; `None` where the words are that.
    fn part_of(&self, whole: &Fragments) -> Option<Fragments> {
        let part = whole.iter().find(|part| part.start() <= self.place.start() && self.place.end() <= part.end())?;
        Fragments::one(part).filter(|part| self.words.as_ref() != Some(part))
    }
}

/// What the mark covered, or what was selected, before the last things done made it this quotation or a part of it.
fn before_it_grew(scene: &Scene<'_>, marked: &Marked<'_>, whole: Option<&Fragments>) -> Option<Before> {
    let is_reach = |fragments: &Fragments| {
        let is_part = |whole: &Fragments| fragments.count() == 1 && whole.iter().any(|part| part == fragments.first());
        whole.is_some_and(|whole| fragments == whole || is_part(whole))
    };
    let mut now = &marked.annotation.fragments;
    let mut was_whole = None;
    for step in scene.history.done().iter().rev() {
        let before = step.changes.iter().find_map(|change| match change {
            Change::Annotation { id: changed, before, after: Some(after), .. }
                if *changed == marked.id && after.fragments == *now =>
            {
                Some(before.as_ref().map(|before| &before.fragments))
            }
            _ => None,
        })?;
        let was_whole = *was_whole.get_or_insert(before.is_some() && before == whole);
        match before {
            Some(fragments) if fragments != now && is_reach(fragments) => now = fragments,
            Some(fragments) if fragments != now => {
                return Some(Before { place: fragments.covering(), words: Some(fragments.clone()), was_whole });
            }
            Some(_) => return None,
            None => {
                let (anchor, head) = step.focus_before.selection?;
                let selected = Some(ByteRange::new(anchor, head)).filter(|range| range.fits(marked.text))?;
                let place = segment::trim(marked.text, selected);
                return Some(Before { place, words: Fragments::one(place), was_whole });
            }
        }
    }
    None
}
