//! Sentences within a paragraph.
//!
//! The rules are those of UAX #29, Sentence Boundaries, with what its note on tailoring leaves to the
//! program: abbreviations, initials, ordinals and reported questions; their words are in [`super::lists`]. Whether a
//! sentence ends at a mark is decided from the words beside the mark, so that no paragraph is read from its start.

use super::lists::{is_reporting_verb, lists};
use super::word::is_initialism;
use super::{is_blank, is_invisible, next_paragraph_start, paragraph_around, trim};
use crate::text::ByteRange;

/// The sentence at the byte, closing quotation marks included, spaces around it not; in the space after a
/// sentence, that sentence. It never leaves the paragraph; in a blank line it is empty.
pub fn sentence_at(text: &str, byte: usize) -> ByteRange {
    let byte = text.floor_char_boundary(byte);
    let paragraph = trim(text, paragraph_around(text, byte));
    let start = last_end(text, paragraph, byte).map_or(paragraph.start(), |end| end.next);
    let end = first_end(text, paragraph, start).map_or(paragraph.end(), |end| end.at);
    ByteRange::new(start, end)
}

/// The next place where a sentence begins, in this paragraph or a later one; else the end of the text.
pub fn next_sentence_start(text: &str, byte: usize) -> usize {
    let byte = text.floor_char_boundary(byte);
    let paragraph = trim(text, paragraph_around(text, byte));
    if !paragraph.is_empty() && byte < paragraph.start() {
        return paragraph.start();
    }
    let from = sentence_at(text, byte).start();
    match first_end(text, paragraph, from) {
        Some(end) if byte < end.next && end.next < paragraph.end() => end.next,
        _ => first_word(text, next_paragraph_start(text, byte)),
    }
}

/// The last place before the byte where a sentence begins, in this paragraph or an earlier one; else 0.
pub fn previous_sentence_start(text: &str, byte: usize) -> usize {
    let end = text[..text.floor_char_boundary(byte)].trim_end_matches(is_blank);
    let Some(last) = end.char_indices().next_back() else { return 0 };
    sentence_at(text, last.0).start()
}

/// Where the sentence ends that goes on at the byte, which lies in the paragraph (without its line end): at the
/// paragraph's end at the latest. `None` where that is farther than so many bytes.
pub(in crate::text) fn sentence_end_after(
    text: &str,
    paragraph: ByteRange,
    byte: usize,
    bytes: usize,
) -> Option<SentenceEnd> {
    let near = ByteRange::new(byte, text.floor_char_boundary((byte + bytes).min(paragraph.end())));
    let rest = near.slice(text)?;
    let mut marks = rest.char_indices().filter(|(_, char)| is_terminator(*char));
    let end = marks.find_map(|(at, _)| end_at(text, paragraph, byte + at));
    let at_end = SentenceEnd { at: paragraph.end(), next: paragraph.end() };
    end.or_else(|| (near.end() == paragraph.end()).then_some(at_end))
}

/// Whether a sentence of the paragraph begins at the byte, but for opening marks before it.
pub(in crate::text) fn begins_sentence_at(text: &str, paragraph: ByteRange, byte: usize) -> bool {
    /// A full stop is no farther from the next sentence than so many bytes of closing marks and spaces.
    const NEAR: usize = 64;
    let start = text.floor_char_boundary(byte.saturating_sub(NEAR)).max(paragraph.start());
    let opens = |from: usize| text.get(from..byte).is_some_and(|marks| !marks.contains(char::is_alphanumeric));
    let near = text.get(start..byte).unwrap_or_default();
    let mut marks = near.char_indices().rev().filter(|(_, char)| is_terminator(*char));
    opens(paragraph.start())
        || marks
            .any(|(at, _)| end_at(text, paragraph, start + at).is_some_and(|end| end.next <= byte && opens(end.next)))
}

/// Where a sentence ends: after its last mark, and where the next one begins.
#[derive(Clone, Copy)]
pub(in crate::text) struct SentenceEnd {
    pub at: usize,
    pub next: usize,
}

fn first_end(text: &str, paragraph: ByteRange, from: usize) -> Option<SentenceEnd> {
    let rest = text.get(from..paragraph.end())?;
    rest.char_indices().filter(|(_, char)| is_terminator(*char)).find_map(|(at, _)| end_at(text, paragraph, from + at))
}

/// The last end whose next sentence begins at the byte or before.
fn last_end(text: &str, paragraph: ByteRange, byte: usize) -> Option<SentenceEnd> {
    let before = text.get(paragraph.start()..byte)?;
    let marks = before.char_indices().rev().filter(|(_, char)| is_terminator(*char));
    let mut ends = marks.filter_map(|(at, _)| end_at(text, paragraph, paragraph.start() + at));
    ends.find(|end| end.next <= byte && end.next < paragraph.end())
}

/// The end of the sentence that the terminator at the byte makes, if it makes one.
fn end_at(text: &str, paragraph: ByteRange, terminator: usize) -> Option<SentenceEnd> {
    let before = text[paragraph.start()..terminator].trim_end_matches(is_terminator);
    let after = text[terminator..paragraph.end()].trim_start_matches(is_terminator);
    let marks = &text[paragraph.start() + before.len()..paragraph.end() - after.len()];
    let no_space_needed = marks.chars().any(needs_no_space);
    let rest = skip_notes(skip_closing(after, no_space_needed));
    let next = rest.trim_start_matches(is_blank);
    let end = SentenceEnd { at: paragraph.end() - rest.len(), next: paragraph.end() - next.len() };
    let closing = &after[..after.len() - rest.len()];

    if next.is_empty() {
        return Some(end);
    }
    if no_space_needed {
        let quoted_on = !closing.is_empty() && next.starts_with(|char| matches!(char, '\u{3041}'..='\u{309f}'));
        return (!quoted_on).then_some(end);
    }
    let spaced = rest[..rest.len() - next.len()].contains(char::is_whitespace);
    (spaced
        && begins_sentence(next)
        && !is_reported(marks, closing, next)
        && !is_abbreviated(before, marks, after, next))
    .then_some(end)
}

pub(in crate::text) fn is_terminator(char: char) -> bool {
    matches!(char, '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉' | '؟' | '۔' | '։' | '፧') || needs_no_space(char)
}

/// Full stops of scripts in which the next sentence follows without a space.
fn needs_no_space(char: char) -> bool {
    matches!(char, '。' | '！' | '？' | '｡' | '।' | '॥' | '။' | '។' | '።')
}

/// What follows the quotation marks and brackets that close with the sentence.
fn skip_closing(after: &str, no_space_needed: bool) -> &str {
    let closes = |char| match char {
        '”' | '’' | ')' | ']' | '}' | '»' | '›' | '」' | '』' | '）' | '】' => true,
        // Marks that open in one language close in another, where no space parts them from the full stop.
        '"' | '\'' | '“' | '‘' | '«' | '‹' => !no_space_needed,
        _ => false,
    };
    let beyond = after.trim_start_matches(|char| closes(char) || is_invisible(char));
    let closing = after[..after.len() - beyond.len()].trim_end_matches(is_invisible);
    let rest = &after[closing.len()..];
    // French sets a space before its closing mark too.
    let guillemet = rest.trim_start_matches(is_blank).strip_prefix('»');
    guillemet.filter(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace)).unwrap_or(rest)
}

/// What follows the marks of footnotes that a full stop bears: `left.[2][note 3]`, `left.²`
fn skip_notes(after: &str) -> &str {
    /// No mark has more characters between its brackets.
    const LONGEST: usize = 12;
    let mut rest = after.trim_start_matches(['¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁰', '†', '‡']);
    while let Some(note) = rest.strip_prefix('[') {
        let end = note.char_indices().take(LONGEST + 1).find(|(_, char)| !char.is_alphanumeric() && *char != ' ');
        let Some((end, ']')) = end.filter(|(end, _)| *end > 0) else { break };
        rest = &note[end + ']'.len_utf8()..];
    }
    rest
}

/// Whether what follows can begin a sentence: it does not go on with a comma or a small letter.
fn begins_sentence(next: &str) -> bool {
    let continues = next.starts_with(|char| matches!(char, ',' | ';' | ':' | ')' | ']') || is_terminator(char));
    let first = next.chars().take(8).find(|char| char.is_alphanumeric());
    !continues && !first.is_some_and(char::is_lowercase)
}

/// `“Why?” Biden asked`: the quoted sentence ends, the one around it does not.
fn is_reported(marks: &str, closing: &str, next: &str) -> bool {
    let is_quoted = closing.contains(['”', '’', '"', '\'', '“', '»', '«']);
    let asks = marks.contains(['?', '!']);
    let mut words = next.split_whitespace().map(|word| word.trim_matches(|char: char| !char.is_alphanumeric()));
    is_quoted
        && asks
        && !lists().begins_sentence.has(first_token(next))
        && words.by_ref().take(4).any(is_reporting_verb)
}

/// Whether the full stop belongs to the word before it and the sentence goes on.
fn is_abbreviated(before: &str, marks: &str, after: &str, next: &str) -> bool {
    if marks != "." || !after.starts_with(is_blank) {
        return false;
    }
    let is_in_word = |char: char| char.is_alphanumeric() || char == '.';
    let word = &before[before.trim_end_matches(is_in_word).len()..];
    let follows = first_token(next);
    let lists = lists();
    let starts = lists.begins_sentence.has(follows) || next.starts_with(['“', '"', '‘', '«', '„']);
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    // `z. B.`, `EE. UU.`: one letter, or a doubled one, after another, each with its full stop.
    let is_letter = |word: &str| word.chars().count() == 1 || is_doubled(word);
    let is_spelled = is_letter(word) && follows.strip_suffix('.').is_some_and(is_letter);
    let is_number = word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    match word {
        "" => false,
        _ if lists.before_name.has(word) => true,
        _ if lists.before_number.has(word) => next.starts_with(|char: char| char.is_ascii_digit()),
        _ if is_spelled || is_number && lists.month.has(follows) => true,
        _ if lists.anywhere.has(word) || is_initial || is_doubled(word) || is_initialism(word) => !starts,
        // A year is no ordinal.
        _ if is_number && word.len() <= 2 && has_ordinals(before, next) && !starts => true,
        // A number that opens the paragraph counts an item of a list.
        _ => is_number && word.len() == before.len(),
    }
}

/// `UU` of `EE. UU.`: Spanish doubles the letters of what is more than one.
fn is_doubled(word: &str) -> bool {
    let mut letters = word.chars();
    let (first, second) = (letters.next(), letters.next());
    first.is_some_and(char::is_uppercase) && first == second && letters.next().is_none()
}

/// Whether the paragraph is in a language that sets a full stop after an ordinal, and a capital after that maybe:
/// `Der 2. Weltkrieg`.
fn has_ordinals(before: &str, next: &str) -> bool {
    let is_of_it = |word: &str| lists().ordinals.has(&word.to_lowercase());
    let between = |char: char| !char.is_alphanumeric();
    before.rsplit(between).take(ENOUGH_WORDS).chain(next.split(between).take(ENOUGH_WORDS)).any(is_of_it)
}

/// As many words on either side tell a language.
const ENOUGH_WORDS: usize = 60;

/// The first word of what follows, with its full stop if it has one: `A.` is no article.
fn first_token(next: &str) -> &str {
    let word = next.trim_start_matches(|char: char| !char.is_alphanumeric() && !char.is_whitespace());
    let end = word.find(|char: char| !char.is_alphanumeric() && !matches!(char, '.' | '’' | '\''));
    &word[..end.unwrap_or(word.len())]
}

/// The byte at which a line’s first word begins.
fn first_word(text: &str, line_start: usize) -> usize {
    text.len() - text[line_start..].trim_start_matches(is_blank).len()
}
