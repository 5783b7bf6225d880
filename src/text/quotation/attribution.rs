//! Which quotations of a paragraph are one: those that only the speaker and a verb of saying stand between.
//!
//! Two ways to go on are told apart. Within a sentence, a comma or a dash breaks the quotation off and another takes it
//! up: “We will go,” she said, “and we will win.” Beyond it, the sentence of the first part ends with the words that
//! say who speaks, and whole sentences of the same speaker follow: “We will go,” she said. “We will win.” There the
//! second part has no such words of its own. Where the news speak for themselves in between, nothing is joined.

use super::found::{OpenedBy, Quotation};
use super::mark::closes_any;
use super::paragraph::Paragraph;
use crate::text::ByteRange;
use crate::text::segment::{
    SentenceEnd, begins_sentence_at, begins_source, introduces_content, is_blank, is_conjunction, is_invisible,
    is_reporting_verb, is_terminator, sentence_at, sentence_end_after,
};

/// Words between two parts, at most; and where one of them is a verb of saying.
const LONGEST_GAP: usize = 12;
const LONGEST_CLAUSE: usize = 30;
/// After a comma so few words say who speaks, whatever verb they have: “No,” he groaned. “Never.”
const SHORT_CLAUSE: usize = 4;
/// With so few words, one of which is a verb of saying, the comma may be forgotten.
const SHORTEST_CLAUSE: usize = 3;
/// No clause of so many words has more bytes.
const LONGEST_CLAUSE_BYTES: usize = 800;
/// A clause has no more quotations of its own, such as scare quotes.
const MOST_BETWEEN: usize = 8;

/// The place in the paragraph of what goes on with its `at`th quotation.
pub(super) fn continuation(paragraph: &Paragraph<'_>, at: usize) -> Option<usize> {
    let opened_by = paragraph.quotations[at].opened_by;
    match opened_by {
        OpenedBy::Mark => next_in_sentence(paragraph, at).or_else(|| next_in_next_sentence(paragraph, at)),
        OpenedBy::Dash => {
            paragraph.siblings_after(at).find(|other| paragraph.quotations[*other].opened_by == opened_by)
        }
        OpenedBy::Bracket => None,
    }
}

/// The place in the paragraph of what its `at`th quotation goes on with.
pub(super) fn beginning(paragraph: &Paragraph<'_>, at: usize) -> Option<usize> {
    let mut near = paragraph.siblings_before(at).take(MOST_BETWEEN);
    near.find(|earlier| continuation(paragraph, *earlier) == Some(at))
}

/// What goes on with a quotation in the same sentence.
///
/// The two lie side by side; no sentence ends in the first part nor between them; a comma or a dash stands at the
/// seam, or a question is asked and somebody asks it; and what stands between leads back to the quotation.
fn next_in_sentence(paragraph: &Paragraph<'_>, at: usize) -> Option<usize> {
    let (text, quotation) = (paragraph.text, paragraph.quotations[at]);
    let next = paragraph.siblings_after(at).next()?;
    let second = paragraph.quotations[next];
    let gap = ByteRange::new(quotation.outer.end(), second.outer.start());
    if !quotation.closed || second.opened_by != OpenedBy::Mark || gap.len() > LONGEST_CLAUSE_BYTES {
        return None;
    }
    let first = without_closing(&text[quotation.inner.as_range()]);
    let between = text[gap.as_range()].trim_matches(is_blank);
    let breaks_off = breaks_off(first, between);
    let is_in_sentence =
        || [between, &text[second.inner.start()..]].iter().any(|words| words.starts_with(char::is_lowercase));
    let asks = || first.ends_with(['?', '!']) && is_in_sentence() && clause_after(paragraph, at).is_some();
    let is_seam = breaks_off || verb_count(between) > 0 && asks();
    (is_seam && leads_back(between) && !holds_end(paragraph, gap)).then_some(next)
}

/// Whether a comma, a dash or the like stands between a quotation and what follows it.
fn breaks_off(quotation: &str, after: &str) -> bool {
    quotation.ends_with(pauses) || quotation.ends_with('…') || after.trim_start_matches(is_blank).starts_with(pauses)
}

fn pauses(char: char) -> bool {
    matches!(char, ',' | '，' | '、' | '،' | '–' | '—' | '-')
}

/// Whether the words between two quotations belong to both: few words that end with a comma, a dash or a verb of
/// saying, or with a colon after its speaker.
fn leads_back(between: &str) -> bool {
    let (count, verbs) = (word_count(between), verb_count(between));
    let last = words(between).last().unwrap_or_default();
    // After “told” comes who was told, or the name of a programme.
    let ends_with_verb = is_reporting_verb(last) && last != "told";
    let ends = match between.ends_with([':', ';']) {
        true => verbs > 0 && count > 1,
        false => between.ends_with(pauses) || ends_with_verb,
    };
    // Then the verb is that of the second quotation: “No,” and he said, “Never.” “No,” she said, but he replied, “Yes.”
    let is_others =
        verbs > 0 && begins_with_conjunction(between) || verbs > 1 && (ends_with_verb || between.ends_with(':'));
    let longest = if verbs > 0 { LONGEST_CLAUSE } else { LONGEST_GAP };
    ends && !is_others && !is_two_clauses(between) && (1..=longest).contains(&count)
}

fn is_two_clauses(clause: &str) -> bool {
    clause.trim_end_matches(';').contains(';')
}

fn begins_with_conjunction(clause: &str) -> bool {
    words(clause).next().is_some_and(is_conjunction)
}

fn verb_count(words_between: &str) -> usize {
    words(words_between).filter(|word| is_reporting_verb(word)).count()
}

fn holds_end(paragraph: &Paragraph<'_>, gap: ByteRange) -> bool {
    let end = sentence_end_after(paragraph.text, paragraph.range, gap.start(), LONGEST_CLAUSE_BYTES);
    end.is_some_and(|end| end.at <= gap.end())
}

/// What goes on with a quotation right after the sentence that it opens.
fn next_in_next_sentence(paragraph: &Paragraph<'_>, at: usize) -> Option<usize> {
    let clause = clause_after(paragraph, at)?;
    let starts = |other: &usize| paragraph.quotations[*other].outer.start() == clause.next;
    let next = paragraph.siblings_after(at).take(MOST_BETWEEN).find(starts)?;
    let range = ByteRange::new(paragraph.quotations[at].outer.end(), clause.at);
    let first = without_closing(&paragraph.text[paragraph.quotations[at].inner.as_range()]);
    let is_set_off = breaks_off(first, &paragraph.text[range.as_range()]) || first.ends_with(['?', '!']);
    let says_who = says_who(paragraph, range, is_set_off);
    (says_who && opens_sentence(paragraph, at) && is_whole(paragraph, next)).then_some(next)
}

/// The end of the sentence that goes on after the quotation; `None` where the sentence ends with it.
fn clause_after(paragraph: &Paragraph<'_>, at: usize) -> Option<SentenceEnd> {
    let quotation = &paragraph.quotations[at];
    let goes_on = |end: &SentenceEnd| !words_between(paragraph.text, quotation.outer.end(), end.at).is_empty();
    end_of(paragraph, quotation).filter(|end| quotation.closed && goes_on(end))
}

/// Whether the quotation is all that its sentence, or the last of its sentences, holds.
fn is_whole(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let quotation = &paragraph.quotations[at];
    let ends_with = |end: SentenceEnd| words_between(paragraph.text, quotation.outer.end(), end.at).is_empty();
    quotation.opened_by == OpenedBy::Mark && (!quotation.closed || end_of(paragraph, quotation).is_some_and(ends_with))
}

/// The end of the sentence that holds the quotation's last word.
fn end_of(paragraph: &Paragraph<'_>, quotation: &Quotation) -> Option<SentenceEnd> {
    let words = without_closing(&paragraph.text[quotation.inner.as_range()]).trim_end_matches(is_terminator);
    let last_word_end = quotation.inner.start() + words.len();
    sentence_end_after(paragraph.text, paragraph.range, last_word_end, LONGEST_CLAUSE_BYTES)
}

/// A quotation without the closing marks of one inside it: “She told us, ‘Never,’” he said.
fn without_closing(inner: &str) -> &str {
    inner.trim_end_matches(|char| closes_any(char) || is_invisible(char))
}

fn words_between(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default().trim_matches(|char: char| !char.is_alphanumeric())
}

/// Whether the quotation is the first of its sentence, which no verb of saying introduces.
fn opens_sentence(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let quotation = &paragraph.quotations[at];
    let start = quotation.outer.start();
    if begins_sentence_at(paragraph.text, paragraph.range, start) {
        return true;
    }
    let goes_on_with = |before: usize| next_in_sentence(paragraph, before) == Some(at);
    if paragraph.siblings_before(at).next().is_some_and(goes_on_with) {
        return true;
    }
    // What begins with a small letter is a part of the sentence: He called it a “mess,” she said.
    let is_sentence = !paragraph.text[quotation.inner.as_range()].starts_with(char::is_lowercase);
    let lead_in = || ByteRange::new(sentence_at(paragraph.text, start).start().min(start), start);
    is_sentence && verb_count(&paragraph.text[lead_in().as_range()]) == 0
}

/// Whether the words after a quotation, set off from it by a comma or the like or not, say who speaks, and nothing else
/// of what was said.
fn says_who(paragraph: &Paragraph<'_>, clause: ByteRange, is_set_off: bool) -> bool {
    let all = || paragraph.outside_quotations(clause).flat_map(words);
    let pairs = || all().zip(all().skip(1).map(Some).chain([None]));
    let has_verb = all().any(is_reporting_verb) || all().next().is_some_and(begins_source);
    let reports_more = pairs().any(|(word, next)| is_reporting_verb(word) && next.is_some_and(introduces_content));
    let clause = &paragraph.text[clause.as_range()];
    let longest = match (has_verb, is_set_off) {
        (true, true) => LONGEST_CLAUSE,
        (true, false) => SHORTEST_CLAUSE,
        (false, true) => SHORT_CLAUSE,
        (false, false) => 0,
    };
    !begins_with_conjunction(clause) && !reports_more && !is_two_clauses(clause) && word_count(clause) <= longest
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Words between spaces.
fn word_count(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}
