//! Names: words with capitals beside each other, as a caret in one of them stands for all.

use super::lists::{is_reporting_verb, lists};
use super::word::word_at;
use crate::text::ByteRange;

/// The name around the byte, or the word where it is in none; nothing in a blank or a punctuation mark.
///
/// A name is words with capitals that a single space or hyphen parts: “Mayor Ines Calder”. A word that only begins a
/// sentence, such as an article, is none of it, nor is a verb of saying.
pub fn name_at(text: &str, byte: usize) -> Option<ByteRange> {
    let word = word_at(text, byte);
    word.slice(text).filter(|word| word.contains(char::is_alphanumeric))?;
    if !is_part(text, word) {
        return Some(word);
    }
    let mut name = word;
    while let Some(before) = word_before(text, name.start()).filter(|before| is_part(text, *before)) {
        name = before.cover(name);
    }
    while let Some(after) = word_after(text, name.end()).filter(|after| is_part(text, *after)) {
        name = name.cover(after);
    }
    Some(name)
}

/// Whether a word can be a part of a name.
fn is_part(text: &str, word: ByteRange) -> bool {
    let Some(word) = word.slice(text) else { return false };
    word.starts_with(char::is_uppercase)
        && !lists().begins_sentence.has(word)
        && !is_reporting_verb(&word.to_lowercase())
}

/// The word before a place, with one space or hyphen between.
fn word_before(text: &str, at: usize) -> Option<ByteRange> {
    let gap = text[..at].chars().next_back().filter(|char| is_gap(*char))?;
    let end = at - gap.len_utf8();
    let last = text[..end].chars().next_back()?;
    let word = word_at(text, end - last.len_utf8());
    (word.end() == end).then_some(word)
}

/// The word after a place, with one space or hyphen between.
fn word_after(text: &str, at: usize) -> Option<ByteRange> {
    let gap = text[at..].chars().next().filter(|char| is_gap(*char))?;
    let start = at + gap.len_utf8();
    let word = word_at(text, start);
    (word.start() == start && !word.is_empty()).then_some(word)
}

fn is_gap(char: char) -> bool {
    matches!(char, ' ' | '\u{a0}' | '-' | '‑')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a caret, `|`, stands for.
    fn name(picture: &str) -> String {
        let at = picture.find('|').unwrap();
        let text = picture.replace('|', "");
        name_at(&text, at).map_or(String::new(), |name| name.slice(&text).unwrap().to_owned())
    }

    #[test]
    fn words_with_capitals_beside_each_other_are_a_name() {
        assert_eq!(name("and Mayor In|es Calder told a chamber"), "Mayor Ines Calder");
        assert_eq!(name("and M|ayor Ines Calder, who"), "Mayor Ines Calder");
        assert_eq!(name("said Jean-Claude Jun|cker."), "Jean-Claude Juncker");
        assert_eq!(name("The Ev|ening Courier said"), "Evening Courier", "an article begins the sentence");
        assert_eq!(name("Ines Cal|der"), "Ines Calder");
    }

    #[test]
    fn any_other_word_stands_for_itself() {
        assert_eq!(name("Mayor Ines Calder to|ld a chamber"), "told");
        assert_eq!(name("Sa|id Mayor Ines Calder"), "Said");
        assert_eq!(name("the eng|ineers’ guild"), "engineers");
        assert_eq!(name("one . | . two"), "");
    }
}
