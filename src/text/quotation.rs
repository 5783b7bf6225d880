//! Quotations by their marks, in the styles of the world's newspapers. It reads marks, not meaning: scare
//! quotes and titles are quotations too.

use super::segment::{holds_sentence_end, is_reporting_verb, line_around, trim};
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

/// The innermost quotation whose marks and words contain the whole range.
pub fn quotation_around(text: &str, range: ByteRange) -> Option<Quotation> {
    let around = quotations(text, range).into_iter().filter(|quotation| quotation.outer.contains_range(range));
    around.max_by_key(|quotation| quotation.depth)
}

/// The second part of an interrupted quotation: “We will go,” she said, “and we will win.”
///
/// The two lie side by side in one paragraph, at most twelve words apart; no sentence ends in the first part
/// nor between them; a comma or a dash stands at the seam; and the gap ends with a comma, a dash or a verb of
/// saying.
pub fn continued(text: &str, quotation: &Quotation) -> Option<Quotation> {
    let paragraph = line_around(text, text.floor_char_boundary(quotation.outer.start()));
    let all = in_paragraph(text, paragraph);
    let at = all.iter().position(|other| other == quotation)?;
    let next = *all[at + 1..].iter().find(|other| other.depth <= quotation.depth)?;
    let gap = ByteRange::new(quotation.outer.end(), next.outer.start());
    let continues = next.depth == quotation.depth && quotation.closed && interrupts(text, quotation.inner, gap);
    continues.then_some(next)
}

const LONGEST_GAP: usize = 12;

fn interrupts(text: &str, first: ByteRange, gap: ByteRange) -> bool {
    let pauses = |char: char| matches!(char, ',' | '，' | '、' | '–' | '—' | '-');
    let (Some(first), Some(between)) = (first.slice(text), gap.slice(text)) else { return false };
    let words = between.split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
    let last_word = words.clone().next_back().unwrap_or_default();
    let between = between.trim();
    let breaks_off = first.ends_with(pauses) || first.ends_with('…') || between.starts_with(pauses);
    // After “told” comes who was told, or the name of a programme.
    let resumes = between.ends_with(pauses) || (is_reporting_verb(last_word) && last_word != "told");
    breaks_off && resumes && (1..=LONGEST_GAP).contains(&words.count()) && !holds_sentence_end(text, gap)
}

/// A mark that has opened and waits for the one that closes it.
#[derive(Clone, Copy)]
struct Opener {
    at: usize,
    mark: char,
}

/// A character with its neighbours in the paragraph.
#[derive(Clone, Copy)]
struct Place {
    at: usize,
    mark: char,
    before: Option<char>,
    after: Option<char>,
}

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
    let last_open = open.into_iter().rfind(|opener| !is_single(opener.mark));
    found.extend(last_open.and_then(|opener| unclosed(text, paragraph, opener, &found)));
    found.sort_unstable_by_key(|quotation| (quotation.outer.start(), usize::MAX - quotation.outer.end()));
    set_depths(&mut found);
    found
}

fn places(text: &str, paragraph: ByteRange) -> impl Iterator<Item = Place> {
    let words = &text[paragraph.as_range()];
    words.char_indices().filter(|(_, char)| is_mark(*char)).map(move |(at, mark)| Place {
        at: paragraph.start() + at,
        mark,
        before: words[..at].chars().next_back(),
        after: words[at + mark.len_utf8()..].chars().next(),
    })
}

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

fn is_single(mark: char) -> bool {
    matches!(mark, '\'' | '‘' | '’' | '‚' | '‹' | '›')
}

/// Which of the open quotations the mark closes, if any.
fn closes(text: &str, paragraph: ByteRange, open: &[Opener], place: Place) -> Option<usize> {
    let matches = |opener: &Opener| closers(opener.mark).contains(&place.mark);
    if !is_single(place.mark) {
        let looks_shut = place.mark != '"' || !place.looks_opening();
        return looks_shut.then(|| open.iter().rposition(matches)).flatten();
    }
    // A single mark is an apostrophe more often than not, so it closes only what was opened last.
    let last = open.len().checked_sub(1)?;
    let shuts = matches(&open[last]) && !place.is_inside_word() && !place.looks_opening();
    (shuts && !is_possessive(text, paragraph, place)).then_some(last)
}

fn opens(text: &str, place: Place) -> bool {
    match place.mark {
        '“' | '«' | '‹' | '「' | '『' | '｢' => true,
        '"' => place.looks_opening() || place.is_after_cjk(),
        '”' | '„' | '‚' | '»' | '›' => place.looks_opening(),
        '‘' | '\'' => place.looks_opening() && !is_elision(&text[place.end()..]),
        _ => false,
    }
}

impl Place {
    fn end(self) -> usize {
        self.at + self.mark.len_utf8()
    }

    fn looks_opening(self) -> bool {
        let is_free = |char: char| {
            char.is_whitespace()
                || matches!(char, '(' | '[' | '{' | '-' | '–' | '—' | '/' | ':' | '…')
                || (is_mark(char) && !matches!(char, '’' | '」' | '』' | '｣'))
        };
        self.before.is_none_or(is_free) && self.after.is_some_and(|char| !char.is_whitespace())
    }

    /// Where no spaces are written, a straight mark that closes nothing opens.
    fn is_after_cjk(self) -> bool {
        self.before.is_some_and(|char| char >= '\u{2e80}') && self.after.is_some_and(char::is_alphanumeric)
    }

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
fn is_possessive(text: &str, paragraph: ByteRange, place: Place) -> bool {
    let after_s = place.before.is_some_and(|char| matches!(char, 's' | 'S'));
    if !after_s || !place.after.is_some_and(char::is_whitespace) {
        return false;
    }
    let rest = ByteRange::new(place.end(), paragraph.end());
    let later = places(text, rest).find(|next| !next.is_inside_word() && next.mark != '’' || !next.looks_opening());
    later.is_some_and(|next| next.mark == place.mark && !next.is_inside_word() && !next.looks_opening())
}

fn between_marks(text: &str, outer: ByteRange, closing: usize) -> Option<Quotation> {
    let opening = text[outer.start()..].chars().next().map_or(0, char::len_utf8);
    let inner = trim(text, ByteRange::new(outer.start() + opening, outer.end() - closing));
    (!inner.is_empty()).then_some(Quotation { outer, inner, depth: 0, closed: closing > 0 })
}

/// A quotation up to the paragraph's end, where that is likely meant: the mark can only open, or the next
/// paragraph opens with the same one; and it does not open once more in between, which says that its partner
/// was forgotten.
fn unclosed(text: &str, paragraph: ByteRange, opener: Opener, found: &[Quotation]) -> Option<Quotation> {
    let next = text[paragraph.end()..].trim_start();
    let only_opens = matches!(opener.mark, '“' | '«' | '„' | '「' | '『' | '｢');
    let opens_later = |q: &Quotation| q.outer.start() > opener.at && text[q.outer.start()..].starts_with(opener.mark);
    if found.iter().any(opens_later) || !(only_opens || next.starts_with(opener.mark)) {
        return None;
    }
    between_marks(text, trim(text, ByteRange::new(opener.at, paragraph.end())), 0)
}

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
