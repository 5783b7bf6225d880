//! Quotations that no pair of marks holds: direct speech after a dash at the start of a paragraph, and lines after `>`.
//!
//! A dash opens the items of a list too. It opens speech where a clause with a verb of saying breaks it off, after
//! another dash (—No —dijo ella—. Nunca.) or, as in French, after a comma with the verb first (— Non, dit-elle.); and
//! where a whole sentence follows a dash without a space, or stands next to such a paragraph. Only verbs of languages that
//! set speech so count, and a paragraph in a language that does not is none: there a dash opens items alone.

use super::found::{OpenedBy, Quotation};
use crate::text::ByteRange;
use crate::text::segment::{
    is_auxiliary, is_blank, is_of_undashed, is_terminator, next_paragraph_start, paragraph_around,
    previous_paragraph_start, reports_in_dialogue, sentence_end_after, trim,
};

/// So many asides of the narrator are looked for in one paragraph.
const MOST_ASIDES: usize = 64;
/// So many words of a paragraph tell its language.
const MOST_WORDS: usize = 60;
/// The verb of saying stands among so many words of an aside.
const WORDS_TO_VERB: usize = 3;

/// The parts of the speech that a dash opens the paragraph with; they are one quotation.
pub(super) fn speech(text: &str, paragraph: ByteRange) -> Vec<Quotation> {
    let Some(line) = Line::of(text, paragraph) else { return Vec::new() };
    let asides = line.asides();
    if asides.is_empty() && !line.is_whole_speech() {
        return Vec::new();
    }
    let starts = std::iter::once(line.speech.start()).chain(asides.iter().map(|aside| aside.end()));
    let ends = asides.iter().map(|aside| aside.start()).chain([line.speech.end()]);
    let mut parts = starts.zip(ends).map(|(start, end)| line.part(start.min(end), end));
    // What opens with the narrator's words is something else.
    let Some(first) = parts.next().flatten() else { return Vec::new() };
    std::iter::once(first).chain(parts.flatten()).collect()
}

/// The words of a line after `>`, as mail and Markdown set what they quote.
pub(super) fn in_brackets(text: &str, paragraph: ByteRange) -> Option<Quotation> {
    let outer = trim(text, paragraph);
    let words = outer.slice(text)?.strip_prefix('>')?.trim_start_matches('>');
    let inner = trim(text, (outer.end() - words.len()..outer.end()).into());
    let is_set_off = words.starts_with(is_blank) && inner.slice(text)?.contains(char::is_alphanumeric);
    is_set_off.then_some(Quotation { outer, inner, depth: 0, closed: false, opened_by: OpenedBy::Bracket })
}

/// A paragraph that a dash opens.
struct Line<'t> {
    text: &'t str,
    dash: char,
    /// From the dash to the last word.
    whole: ByteRange,
    /// What follows the dash.
    speech: ByteRange,
}

impl<'t> Line<'t> {
    fn of(text: &'t str, paragraph: ByteRange) -> Option<Self> {
        let whole = trim(text, paragraph);
        let dash = text[whole.as_range()].chars().next().filter(|char| is_dash(*char))?;
        let after = ByteRange::new(whole.start() + dash.len_utf8(), whole.end());
        let is_set_off = dash != '-' || text[after.as_range()].starts_with(is_blank);
        let mut words = text[whole.as_range()].split(|char: char| !char.is_alphanumeric());
        let is_undashed = words.by_ref().take(MOST_WORDS).any(is_of_undashed);
        (is_set_off && !is_undashed).then(|| Self { text, dash, whole, speech: trim(text, after) })
    }

    /// What the narrator says in between; nothing where that can't be told.
    fn asides(&self) -> Vec<ByteRange> {
        let mut asides = Vec::new();
        let mut from = self.speech.start();
        while let Some(aside) = self.aside_after(from).filter(|_| asides.len() < MOST_ASIDES) {
            asides.push(aside);
            from = aside.end();
        }
        if asides.is_empty() {
            asides.extend(self.aside_after_comma());
        }
        asides
    }

    /// The next aside between dashes, with what is set between it and the speech.
    fn aside_after(&self, from: usize) -> Option<ByteRange> {
        let opens = |at: &usize| self.is_blank_before(*at) && reports_soon(self.after(*at));
        let start = self.dashes(from).find(opens)?;
        let behind = self.speech.end() - self.after(start).len();
        let aside = self.dashes(behind).find(|at| self.is_blank_before(*at) || !starts_with_word(self.after(*at)));
        let end = aside
            .map_or(self.speech.end(), |at| self.speech.end() - self.after(at).trim_start_matches(is_between).len());
        Some(ByteRange::new(start, end))
    }

    /// `— Non, dit-elle.`: to the end of its sentence, or where the speaker is in the verb to the next comma.
    fn aside_after_comma(&self) -> Option<ByteRange> {
        let words = &self.text[self.speech.as_range()];
        let breaks = |char: char| char == ',' || is_terminator(char);
        let start = words.match_indices(breaks).find_map(|(at, mark)| {
            let clause = &words[at + mark.len()..];
            let is_aside = clause.starts_with(is_blank) && begins_with_verb(clause);
            is_aside.then_some(self.speech.start() + if mark == "," { at } else { at + mark.len() })
        })?;
        let end = sentence_end_after(self.text, self.whole, start + 1, self.speech.len())?;
        let clause = self.text.get(start + 1..end.at)?;
        let names_speaker = clause.split_whitespace().next().is_some_and(|word| word.contains('-'));
        let comma = clause.find(',').filter(|_| names_speaker).map(|at| start + 1 + at + 1);
        Some(ByteRange::new(start, comma.unwrap_or(end.next)))
    }

    /// Whether all of the paragraph is spoken.
    fn is_whole_speech(&self) -> bool {
        let words = &self.text[self.speech.as_range()];
        let is_closing = |char: char| matches!(char, '»' | '”' | '"' | ')');
        let is_sentence = words.trim_end_matches(is_closing).ends_with(is_terminator);
        let is_attached =
            self.dash == '—' && !self.text[self.whole.start() + self.dash.len_utf8()..].starts_with(is_blank);
        is_sentence && (is_attached || self.is_beside_speech())
    }

    /// Whether the paragraph before or after it is speech too.
    fn is_beside_speech(&self) -> bool {
        let (before, after) = (
            previous_paragraph_start(self.text, paragraph_around(self.text, self.whole.start()).start()),
            next_paragraph_start(self.text, self.whole.end()),
        );
        [before, after].into_iter().any(|start| {
            let line = Line::of(self.text, paragraph_around(self.text, start));
            line.is_some_and(|line| line.dash == self.dash && !line.asides().is_empty())
        })
    }

    fn part(&self, start: usize, end: usize) -> Option<Quotation> {
        let words = &self.text[start..end];
        let inner =
            trim(self.text, (start..start + words.trim_end_matches(|c: char| is_blank(c) || c == ',').len()).into());
        let before = self.text[..inner.start()].trim_end_matches(is_between);
        let dash = before.chars().next_back().filter(|char| is_dash(*char) && before.len() > self.whole.start());
        let outer = ByteRange::new(dash.map_or(inner.start(), |dash| before.len() - dash.len_utf8()), inner.end());
        let is_spoken = self.text[inner.as_range()].contains(char::is_alphanumeric);
        is_spoken.then_some(Quotation { outer, inner, depth: 0, closed: true, opened_by: OpenedBy::Dash })
    }

    fn dashes(&self, from: usize) -> impl Iterator<Item = usize> {
        let rest = self.text.get(from..self.speech.end()).unwrap_or_default();
        let found = rest.char_indices().filter(|(_, char)| is_dash(*char)).map(move |(at, _)| from + at);
        // A hyphen parts words where no space stands beside it.
        found.filter(|at| !self.text[*at..].starts_with('-') || self.after(*at).starts_with(is_blank))
    }

    /// What follows a dash of the paragraph.
    fn after(&self, dash: usize) -> &'t str {
        let rest = &self.text[dash..self.speech.end()];
        rest.strip_prefix(is_dash).unwrap_or(rest)
    }

    fn is_blank_before(&self, at: usize) -> bool {
        self.text[..at].ends_with(is_blank)
    }
}

fn is_dash(char: char) -> bool {
    matches!(char, '—' | '–' | '―' | '-')
}

/// What may stand between the narrator’s words, with their dash, and the speech that goes on.
fn is_between(char: char) -> bool {
    is_blank(char) || matches!(char, '.' | ',' | ';' | ':')
}

fn starts_with_word(text: &str) -> bool {
    text.starts_with(|char: char| char.is_alphanumeric() || matches!(char, '¿' | '¡' | '«' | '“'))
}

/// `dijo la alcaldesa`: a verb of saying among the first words, before another mark.
fn reports_soon(after: &str) -> bool {
    let clause = after.split(|char| is_dash(char) || is_terminator(char)).next().unwrap_or_default();
    let words = clause.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(WORDS_TO_VERB).any(reports_in_dialogue)
}

/// `dit-elle`, `s’exclama le maire`, `a-t-il ajouté`, `a déclaré le maire`: the verb before its speaker.
fn begins_with_verb(clause: &str) -> bool {
    let mut words = clause.split_whitespace();
    let first = words.next().and_then(|word| word.split('-').next()).unwrap_or_default();
    let verb = first.rsplit(['’', '\'']).next().unwrap_or_default();
    let bare = |word: &str| reports_in_dialogue(word.trim_matches(|char: char| !char.is_alphanumeric()));
    bare(verb) || is_auxiliary(verb) && words.take(2).any(bare)
}
