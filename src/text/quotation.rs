//! Quotations by their marks, in the styles of the world's newspapers. It reads marks, not meaning: scare
//! quotes and titles are quotations too.

use super::segment::{
    holds_sentence_end, is_blank, is_invisible, is_reporting_verb, line_around, next_paragraph_start,
    previous_paragraph_start, trim,
};
use super::{ByteRange, Text};

/// Words between quotation marks, inside one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Quotation {
    /// With its marks.
    pub outer: ByteRange,
    /// Without its marks and the spaces inside them; never empty.
    pub inner: ByteRange,
    /// In how many others it lies.
    pub depth: usize,
    /// `false` where no mark closes it before its paragraph ends, as in all but the last paragraph of a long
    /// quotation that opens anew in each.
    pub closed: bool,
}

/// The quotations that touch the range, in the order they open, an outer one before those in it.
///
/// Paragraphs are read whole, so a quotation is found from any range in it.
pub fn quotations(text: &str, within: ByteRange) -> Vec<Quotation> {
    let mut byte = text.floor_char_boundary(within.start());
    let last = text.floor_char_boundary(within.end());
    let mut found = Vec::new();
    loop {
        let paragraph = line_around(text, byte);
        found.extend(in_paragraph(text, paragraph));
        match text[paragraph.end()..].find('\n') {
            Some(to_line_end) if paragraph.end() + to_line_end < last => byte = paragraph.end() + to_line_end + 1,
            _ => break,
        }
    }
    found.retain(|q| q.outer.start() <= within.end() && within.start() <= q.outer.end());
    found
}

/// All parts of the innermost quotation that contains the range, in the order they are read.
///
/// A quotation has several parts where it is interrupted (“We will go,” she said, “and we will win.”), and where it
/// runs over paragraphs of which each opens anew and the last one closes. The range may begin in one part and end
/// in another; a caret is contained between the marks and right outside of them.
pub fn passage_around(text: &str, range: ByteRange) -> Option<Vec<Quotation>> {
    let (start, end) = (text.floor_char_boundary(range.start()), text.floor_char_boundary(range.end()));
    let all = in_paragraph(text, line_around(text, start));
    let holds = |q: &Quotation| q.outer.contains(start) || (start == end && q.outer.end() == start);
    // Of two that hold a place, the inner one opens later.
    let around = all.iter().enumerate().rev().filter(|(_, q)| holds(q));
    around.map(|(at, _)| passage_of(text, &all, at)).find(|parts| {
        parts.iter().any(|q| q.outer.start() <= end && end <= q.outer.end() && (start == end || q.outer.start() < end))
    })
}

/// The parts of a quotation, of which one is the paragraph's `at`th.
fn passage_of(text: &str, paragraph: &[Quotation], at: usize) -> Vec<Quotation> {
    let mut parts = vec![paragraph[at]];
    let (mut all, mut first) = (paragraph.to_vec(), at);
    loop {
        let sibling = all[..first].iter().rposition(|earlier| earlier.depth <= all[first].depth);
        if let Some(earlier) = sibling.filter(|earlier| continuation(text, &all, *earlier) == Some(first)) {
            first = earlier;
        } else if let Some((earlier, last)) = paragraph_before(text, &all[first]) {
            (all, first) = (earlier, last);
        } else {
            break;
        }
        parts.push(all[first]);
    }
    parts.reverse();
    let (mut all, mut last) = (paragraph.to_vec(), at);
    loop {
        if let Some(later) = continuation(text, &all, last) {
            last = later;
        } else if let Some(later) = paragraph_after(text, &all[last]) {
            (all, last) = (later, 0);
        } else {
            break;
        }
        parts.push(all[last]);
    }
    parts
}

/// The quotations of the next paragraph, where it opens with the mark of one that this paragraph left open.
fn paragraph_after(text: &str, quotation: &Quotation) -> Option<Vec<Quotation>> {
    let start = next_paragraph_start(text, quotation.outer.end());
    let next = in_paragraph(text, line_around(text, start));
    let opens_anew = |first: &Quotation| {
        first.outer.start() >= quotation.outer.end()
            && is_paragraph_start(text, first.outer.start())
            && mark_of(text, first) == mark_of(text, quotation)
    };
    (!quotation.closed && next.first().is_some_and(opens_anew)).then_some(next)
}

/// The quotations of the paragraph before, and the one among them that this one takes up.
fn paragraph_before(text: &str, quotation: &Quotation) -> Option<(Vec<Quotation>, usize)> {
    if !is_paragraph_start(text, quotation.outer.start()) {
        return None;
    }
    let line = line_around(text, quotation.outer.start());
    let before = previous_paragraph_start(text, line.start().checked_sub(1)?);
    let all = in_paragraph(text, line_around(text, before));
    let left_open = all.iter().position(|q| !q.closed && mark_of(text, q) == mark_of(text, quotation))?;
    (before < line.start()).then_some((all, left_open))
}

/// Whether only white space stands before an offset on its line.
fn is_paragraph_start(text: &str, at: usize) -> bool {
    text[line_around(text, at).start()..at].chars().all(is_blank)
}

/// The mark that opens it.
fn mark_of(text: &str, quotation: &Quotation) -> Option<char> {
    text[quotation.outer.start()..].chars().next()
}

/// The place in the paragraph of what goes on with its `at`th quotation after an interruption.
///
/// The two lie side by side; no sentence ends in the first part nor between them; a comma or a dash stands at the
/// seam; and the gap ends with a comma, a dash or a verb of saying. It has at most twelve words, or thirty where
/// one of them is such a verb and the second part goes on in small letters.
fn continuation(text: &str, all: &[Quotation], at: usize) -> Option<usize> {
    let quotation = all[at];
    let next = at + 1 + all[at + 1..].iter().position(|other| other.depth <= quotation.depth)?;
    let gap = (quotation.outer.end() <= all[next].outer.start())
        .then(|| ByteRange::new(quotation.outer.end(), all[next].outer.start()))?;
    let is_beside = all[next].depth == quotation.depth && quotation.closed;
    (is_beside && interrupts(text, quotation.inner, gap, all[next].inner)).then_some(next)
}

/// Most words between two parts of a quotation.
const LONGEST_GAP: usize = 12;
/// Most words between two parts where the second goes on in the middle of a sentence.
const LONGEST_GAP_OF_A_SENTENCE: usize = 30;

fn interrupts(text: &str, first: ByteRange, gap: ByteRange, second: ByteRange) -> bool {
    let pauses = |char: char| matches!(char, ',' | '，' | '、' | '–' | '—' | '-');
    let parts = (first.slice(text), gap.slice(text), second.slice(text));
    let (Some(first), Some(between), Some(second)) = parts else { return false };
    let words = between.split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
    let last_word = words.clone().next_back().unwrap_or_default();
    let goes_on = second.starts_with(char::is_lowercase) && words.clone().any(|word| is_reporting_verb(bare(word)));
    let longest = if goes_on { LONGEST_GAP_OF_A_SENTENCE } else { LONGEST_GAP };
    let between = between.trim_matches(is_blank);
    let breaks_off = first.ends_with(pauses) || first.ends_with('…') || between.starts_with(pauses);
    // After “told” comes who was told, or the name of a programme.
    let resumes = between.ends_with(pauses) || (is_reporting_verb(last_word) && last_word != "told");
    breaks_off && resumes && (1..=longest).contains(&words.count()) && !holds_sentence_end(text, gap)
}

/// A word without marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|char: char| !char.is_alphanumeric())
}

/// A mark that has opened and waits for the one that closes it.
#[derive(Clone, Copy)]
struct Opener {
    at: usize,
    mark: char,
}

/// A character with its neighbours in the paragraph.
#[derive(Clone, Copy)]
struct QuoteMark {
    at: usize,
    mark: char,
    before: Option<char>,
    after: Option<char>,
}

/// All quotations of a paragraph, sorted by start.
fn in_paragraph(text: &str, paragraph: ByteRange) -> Vec<Quotation> {
    let mut open: Vec<Opener> = Vec::new();
    let mut found: Vec<Quotation> = Vec::new();
    for place in places(text, paragraph) {
        if let Some(index) = closes(text, paragraph, &open, place) {
            let outer = ByteRange::new(open[index].at, place.end());
            open.truncate(index);
            found.extend(between_marks(text, outer, place.mark.len_utf8()));
        } else if opens(text, place) {
            // A straight mark that opens twice was a stray one the first time.
            let stray = open.iter().position(|opener| opener.mark == '"' && place.mark == '"');
            open.truncate(stray.unwrap_or(open.len()));
            open.push(Opener { at: place.at, mark: place.mark });
        }
    }
    let left_open = open.into_iter().rev().find_map(|opener| unclosed(text, paragraph, opener, &found));
    found.extend(left_open);
    found.sort_unstable_by_key(|quotation| (quotation.outer.start(), usize::MAX - quotation.outer.end()));
    set_depths(&mut found);
    found
}

/// The marks in a part of a paragraph. Their neighbours are those that are seen; at its edges, its line ends.
fn places(text: &str, part: ByteRange) -> impl Iterator<Item = QuoteMark> {
    let words = &text[part.as_range()];
    words.char_indices().filter(|(_, char)| is_mark(*char)).map(move |(at, mark)| {
        let at = part.start() + at;
        let before = text[..at].chars().rev().find(|char| !is_invisible(*char));
        let after = text[at + mark.len_utf8()..].chars().find(|char| !is_invisible(*char));
        QuoteMark { at, mark, before, after }
    })
}

/// Whether a character is a quotation mark, of whatever style, or an apostrophe.
fn is_mark(char: char) -> bool {
    matches!(
        char,
        '"' | '\''
            | '“'
            | '”'
            | '„'
            | '‘'
            | '’'
            | '‚'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
            | '｢'
            | '｣'
    )
}

/// Which marks close a quotation that this one opened.
fn closers(opener: char) -> &'static [char] {
    match opener {
        '"' => &['"'],
        '\'' => &['\''],
        '“' => &['”'],
        '„' => &['“', '”'],
        // Swedish and Finnish open with the closing mark.
        '”' => &['”'],
        '‘' => &['’'],
        '‚' => &['‘', '’'],
        '«' => &['»'],
        // German and Danish turn the marks inwards.
        '»' => &['«'],
        '‹' => &['›'],
        '›' => &['‹'],
        '「' => &['」'],
        '『' => &['』'],
        '｢' => &['｣'],
        _ => &[],
    }
}

/// Whether a mark may stand in the place of the one that should close the quotation, as where an editor turned only
/// half of the straight marks.
fn takes_for_its_own(opener: char, mark: char) -> bool {
    matches!((opener, mark), ('“' | '„', '"') | ('"', '”'))
}

/// Whether after this place a mark closes what the opener opened, before another quotation opens with the same.
fn closes_later(text: &str, paragraph: ByteRange, opener: char, place: QuoteMark) -> bool {
    let later = places(text, ByteRange::new(place.end(), paragraph.end()));
    let decides = |next: &QuoteMark| match next.looks_opening() {
        true => next.mark == opener,
        false => closers(opener).contains(&next.mark),
    };
    let decisive = later.into_iter().find(decides);
    decisive.is_some_and(|next| !next.looks_opening())
}

/// Whether a mark is one that may also be an apostrophe.
fn is_single(mark: char) -> bool {
    matches!(mark, '\'' | '‘' | '’' | '‚' | '‹' | '›')
}

/// Which of the open quotations the mark closes, if any.
fn closes(text: &str, paragraph: ByteRange, open: &[Opener], place: QuoteMark) -> Option<usize> {
    let matches = |opener: &Opener| closers(opener.mark).contains(&place.mark);
    if !is_single(place.mark) {
        if place.mark == '"' && place.looks_opening() {
            return None;
        }
        let is_closed_later = |opener: &Opener| closes_later(text, paragraph, opener.mark, place);
        let Some(own) = open.iter().rposition(matches) else {
            let is_taken = |opener: &Opener| takes_for_its_own(opener.mark, place.mark) && !is_closed_later(opener);
            return open.iter().rposition(is_taken);
        };
        // A mark right after a number is one of inches or seconds, where the quotation ends without it.
        let counts = place.before.is_some_and(|char| char.is_ascii_digit());
        return (!counts || !is_closed_later(&open[own])).then_some(own);
    }
    // A single mark is an apostrophe more often than not, so it closes only what was opened last.
    let last = open.len().checked_sub(1)?;
    // Of all single marks only the pointed ones say by themselves which way they face.
    let faces = open[last].mark == '‹' || !place.is_inside_word() && !place.looks_opening();
    let shuts = matches(&open[last]) && faces;
    (shuts && !is_possessive(text, paragraph, place)).then_some(last)
}

/// Whether a mark opens a quotation, by itself and its neighbours.
fn opens(text: &str, place: QuoteMark) -> bool {
    match place.mark {
        '“' | '«' | '‹' | '「' | '『' | '｢' => true,
        '"' => place.looks_opening() || place.is_after_cjk(),
        '”' | '„' | '‚' | '»' | '›' => place.looks_opening(),
        '‘' | '\'' => place.looks_opening() && !is_elision(&text[place.end()..]),
        _ => false,
    }
}

impl QuoteMark {
    /// The byte after the mark.
    fn end(self) -> usize {
        self.at + self.mark.len_utf8()
    }

    /// Whether it stands free on its left and close to something on its right.
    fn looks_opening(self) -> bool {
        let is_free = |char: char| {
            is_blank(char)
                || matches!(char, '(' | '[' | '{' | '-' | '–' | '—' | '/' | ':' | '…')
                || (is_mark(char) && !matches!(char, '’' | '」' | '』' | '｣'))
        };
        self.before.is_none_or(is_free) && self.after.is_some_and(|char| !is_blank(char))
    }

    /// Where no spaces are written, a straight mark that closes nothing opens.
    fn is_after_cjk(self) -> bool {
        self.before.is_some_and(|char| char >= '\u{2e80}') && self.after.is_some_and(char::is_alphanumeric)
    }

    /// Whether letters or digits stand on both sides of it.
    fn is_inside_word(self) -> bool {
        self.before.is_some_and(char::is_alphanumeric) && self.after.is_some_and(char::is_alphanumeric)
    }
}

/// `’90s`, `’em`: an apostrophe where a word lost its head.
fn is_elision(after: &str) -> bool {
    const HEADLESS: &[&str] = &["em", "til", "tis", "twas", "n"];
    let word = &after[..after.find(|char: char| !char.is_alphanumeric()).unwrap_or(after.len())];
    let is_decade = word.len() <= 3 && word.len() >= 2 && word.as_bytes()[..2].iter().all(u8::is_ascii_digit);
    is_decade || HEADLESS.contains(&word)
}

/// `the workers’ rights’`: an apostrophe after an s, where a later mark closes the quotation.
fn is_possessive(text: &str, paragraph: ByteRange, place: QuoteMark) -> bool {
    let after_s = place.before.is_some_and(|char| matches!(char, 's' | 'S'));
    if !after_s || !place.after.is_some_and(char::is_whitespace) {
        return false;
    }
    let rest = ByteRange::new(place.end(), paragraph.end());
    let later = places(text, rest).find(|next| !next.is_inside_word() && next.mark != '’' || !next.looks_opening());
    later.is_some_and(|next| next.mark == place.mark && !next.is_inside_word() && !next.looks_opening())
}

/// The quotation between its marks; `None` where nothing stands there. `closing` is the length of the closing mark in
/// bytes, 0 where it is missing.
fn between_marks(text: &str, outer: ByteRange, closing: usize) -> Option<Quotation> {
    let opening = text[outer.start()..].chars().next().map_or(0, char::len_utf8);
    let inner = trim(text, ByteRange::new(outer.start() + opening, outer.end() - closing));
    (!inner.is_empty()).then_some(Quotation { outer, inner, depth: 0, closed: closing > 0 })
}

/// A quotation up to the paragraph's end, where that is likely meant: the mark can only open, or the next
/// paragraph opens with the same one; and it does not open once more in between, which says that its partner
/// was forgotten.
fn unclosed(text: &str, paragraph: ByteRange, opener: Opener, found: &[Quotation]) -> Option<Quotation> {
    let next = text[paragraph.end()..].trim_start_matches(is_blank);
    let only_opens = matches!(opener.mark, '“' | '«' | '„' | '「' | '『' | '｢');
    let opens_later = |q: &Quotation| q.outer.start() > opener.at && text[q.outer.start()..].starts_with(opener.mark);
    if found.iter().any(opens_later) || !(only_opens || next.starts_with(opener.mark)) {
        return None;
    }
    between_marks(text, trim(text, ByteRange::new(opener.at, paragraph.end())), 0)
}

/// Says of each quotation in how many others it lies.
fn set_depths(sorted: &mut [Quotation]) {
    let mut ends: Vec<usize> = Vec::new();
    for quotation in sorted {
        ends.retain(|end| *end > quotation.outer.start());
        quotation.depth = ends.len();
        ends.push(quotation.outer.end());
    }
}

impl Text {
    /// The quotations of the whole text, see [`quotations`].
    pub fn quotations(&self) -> Vec<Quotation> {
        quotations(self, ByteRange::new(0, self.len()))
    }
}
