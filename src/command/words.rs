//! Words of an article as a command names them: a selection, or where they stand.

use super::scene::Scene;
use crate::{
    diagnostic::Diagnostic,
    phrase,
    text::{ByteRange, Fragments, Text, segment},
};

/// So many characters of words are repeated in messages and in names of steps.
const SHORTENED: usize = 48;

/// The first words, on one line, with “…” where there are more.
pub(super) fn shortened(words: &str) -> String {
    let mut letters = words.chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter });
    let mut short: String = letters.by_ref().take(SHORTENED).collect();
    if letters.next().is_some() {
        short.truncate(short.trim_end().len());
        short.push('…');
    }
    short
}

/// The words of a range, in bytes, without white space at its edges.
///
/// # Errors
/// Where only white space is left.
pub(super) fn markable(scene: &Scene<'_>, range: ByteRange) -> Result<Fragments, Diagnostic> {
    let trimmed = segment::trim(scene.text()?.as_str(), range);
    Fragments::one(trimmed).ok_or_else(|| {
        Diagnostic::error("no-words", "The selection has no words in it").hint("Select some words to mark")
    })
}

/// Where words stand in a text, in bytes: their `occurrence`-th place, counted from 1. They are compared exactly, and
/// places do not overlap.
///
/// # Errors
/// Where there are fewer.
pub(super) fn find(text: &Text, words: &str, occurrence: usize) -> Result<ByteRange, Diagnostic> {
    let nothing = words.is_empty() || occurrence == 0;
    let found = (!nothing).then(|| text.as_str().match_indices(words).nth(occurrence - 1)).flatten();
    found.map(|(start, _)| ByteRange::new(start, start + words.len())).ok_or_else(|| {
        let count = if words.is_empty() { 0 } else { text.as_str().matches(words).count() };
        Diagnostic::error(
            "no-such-words",
            phrase!("The article has no occurrence {n} of “{words}”", n = &occurrence, words),
        )
        .hint(phrase!(
            "The words occur {n} time; occurrences count from 1|The words occur {n} times; occurrences count from 1",
            n = count
        ))
    })
}

/// The occurrence that is meant where a script names none.
pub(super) fn first() -> usize {
    1
}

/// Why an offset is refused: it lies beyond the text, or inside a character.
pub(super) fn outside() -> Diagnostic {
    Diagnostic::error("outside-text", "The selection lies outside the text").hint("Give offsets within the article")
}
