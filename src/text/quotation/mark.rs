//! Single quotation marks, and what their neighbours say of them. It pairs none.

use crate::text::ByteRange;
use crate::text::segment::{is_blank, is_invisible};

/// A mark with its neighbours in the paragraph.
#[derive(Clone, Copy)]
pub(super) struct QuoteMark {
    pub at: usize,
    /// The mark, or the one that two signs stand for: `"` for `''`, `„` for `,,`, `“` for two grave accents.
    pub mark: char,
    pub len: usize,
    pub before: Option<char>,
    pub after: Option<char>,
}

/// So many marks are looked at to see what becomes of a quotation.
const MARKS_AHEAD: usize = 64;

/// The marks in a part of a paragraph. Their neighbours are those that are seen; at its edges, its line ends.
pub(super) fn marks(text: &str, part: ByteRange) -> impl Iterator<Item = QuoteMark> {
    let mut at = part.start();
    std::iter::from_fn(move || {
        let rest = text.get(at..part.end())?;
        let (start, mark, len) = rest.char_indices().find_map(|(start, char)| {
            let (mark, len) = mark_at(&rest[start..], char)?;
            Some((at + start, mark, len))
        })?;
        at = start + len;
        let before = text[..start].chars().rev().find(|char| !is_invisible(*char));
        let after = text[at..].chars().find(|char| !is_invisible(*char));
        Some(QuoteMark { at: start, mark, len, before, after })
    })
}

/// The mark that a text begins with, and how long it is.
fn mark_at(text: &str, first: char) -> Option<(char, usize)> {
    let stands_for = match first {
        ',' => Some('„'),
        '\'' => Some('"'),
        '`' => Some('“'),
        _ => None,
    };
    let is_twice = || text[first.len_utf8()..].starts_with(first);
    if let Some(mark) = stands_for.filter(|_| is_twice()) {
        return Some((mark, 2 * first.len_utf8()));
    }
    is_mark(first).then_some((first, first.len_utf8()))
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
            | '《'
            | '》'
    )
}

/// Which marks close a quotation that this one opened.
fn closers(opener: char) -> &'static [char] {
    match opener {
        '"' => &['"'],
        '\'' => &['\''],
        // Many type the German closing mark for both.
        '“' => &['”', '“'],
        '„' => &['“', '”'],
        // Swedish and Finnish open with the closing mark.
        '”' => &['”'],
        '‘' => &['’'],
        '‚' => &['‘', '’'],
        '«' => &['»'],
        // German and Danish turn the marks inwards, Swedish and Finnish books both the same way.
        '»' => &['«', '»'],
        '‹' => &['›'],
        '›' => &['‹'],
        '「' => &['」'],
        '『' => &['』'],
        '｢' => &['｣'],
        '《' => &['》'],
        _ => &[],
    }
}

/// Whether the mark closes quotations of some style.
pub(super) fn closes_any(mark: char) -> bool {
    matches!(mark, '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '»' | '‹' | '›' | '」' | '』' | '｣' | '》')
}

pub(super) fn is_single(mark: char) -> bool {
    matches!(mark, '\'' | '‘' | '’' | '‚' | '‹' | '›')
}

/// Whether a mark can only open, so that a quotation without an end is meant and no stray mark.
pub(super) fn only_opens(mark: char) -> bool {
    matches!(mark, '“' | '«' | '„' | '「' | '『' | '｢')
}

/// Whether one of two opening marks is the straight form of the other.
fn is_straight_of(one: char, other: char) -> bool {
    let is_pair = |straight, curly| matches!((straight, curly), ('"', '“' | '„' | '”') | ('\'', '‘' | '‚'));
    is_pair(one, other) || is_pair(other, one)
}

impl QuoteMark {
    pub fn end(self) -> usize {
        self.at + self.len
    }

    /// Two single marks instead of what two of them may stand for.
    pub fn split(self) -> [Self; 2] {
        let len = self.len / 2;
        let single = Self { mark: '\'', len, ..self };
        [Self { after: Some('\''), ..single }, Self { at: self.at + len, before: Some('\''), ..single }]
    }

    /// `''`, which reads as one mark.
    pub fn is_twice_single(self) -> bool {
        self.mark == '"' && self.len == 2
    }

    pub fn looks_opening(self) -> bool {
        let is_free = |char: char| {
            is_blank(char)
                || matches!(char, '(' | '[' | '{' | '-' | '–' | '—' | '―' | '/' | ':' | '…' | '¿' | '¡')
                || (is_mark(char) && !matches!(char, '’' | '」' | '』' | '｣' | '》'))
        };
        self.before.is_none_or(is_free) && self.after.is_some_and(|char| !is_blank(char))
    }

    pub fn opens(self, text: &str, paragraph: ByteRange) -> bool {
        match self.mark {
            '“' | '«' | '‹' | '「' | '『' | '｢' | '《' => true,
            '"' => self.looks_opening() || self.is_after_cjk(),
            '”' | '„' | '‚' | '»' | '›' => self.looks_opening(),
            '‘' | '\'' => self.looks_opening() && !self.is_elision(text, paragraph),
            _ => false,
        }
    }

    /// Whether the mark closes what its own opener opened.
    pub fn closes(self, opener: char) -> bool {
        // A mark that is used on both sides closes where it can't open.
        let is_same = self.mark == opener && matches!(opener, '“' | '»');
        let ends_words = !self.looks_opening() && !self.after.is_some_and(char::is_alphanumeric);
        closers(opener).contains(&self.mark) && (!is_same || ends_words)
    }

    /// Whether the mark may stand in the place of the one that should close the quotation, as where an editor turned
    /// only half of the straight marks.
    pub fn may_close(self, opener: char) -> bool {
        let is_mixed =
            matches!((opener, self.mark), ('“' | '„' | '”', '"') | ('"', '”' | '“') | ('‘' | '‚', '\'') | ('\'', '’'));
        is_mixed && !self.looks_opening()
    }

    /// Whether after this place a mark closes what the opener opened, before another quotation opens with the same. After
    /// words, a straight mark opens the same as its curly one; after a number this may be a mark of inches.
    pub fn is_closed_later(self, text: &str, paragraph: ByteRange, opener: char) -> bool {
        let later = marks(text, (self.end()..paragraph.end()).into()).take(MARKS_AHEAD);
        let opens_again = |mark: char| mark == opener || !self.counts() && is_straight_of(mark, opener);
        let decides = |next: &Self| match next.looks_opening() {
            true => opens_again(next.mark),
            false => next.closes(opener) && !(is_single(opener) && next.is_inside_word()),
        };
        let decisive = later.into_iter().find(decides);
        decisive.is_some_and(|next| !next.looks_opening())
    }

    /// A mark right after a number may be one of inches or seconds.
    pub fn counts(self) -> bool {
        self.before.is_some_and(|char| char.is_ascii_digit())
    }

    /// Where no spaces are written, a straight mark that closes nothing opens.
    fn is_after_cjk(self) -> bool {
        self.before.is_some_and(|char| char >= '\u{2e80}') && self.after.is_some_and(char::is_alphanumeric)
    }

    pub fn is_inside_word(self) -> bool {
        self.before.is_some_and(char::is_alphanumeric) && self.after.is_some_and(char::is_alphanumeric)
    }

    /// `’90s`, `’em`: an apostrophe where a word lost its head.
    fn is_elision(self, text: &str, paragraph: ByteRange) -> bool {
        const HEADLESS: &[&str] = &["em", "til", "tis", "twas", "twere", "twill", "n", "neath"];
        // Whole words too: the apostrophe is one where it would open what nothing closes.
        const PERHAPS_HEADLESS: &[&str] = &["cause", "cos", "round", "bout", "fore", "tween"];
        let after = &text[self.end()..];
        let word = &after[..after.find(|char: char| !char.is_alphanumeric()).unwrap_or(after.len())];
        let is_decade = word.len() <= 3 && word.len() >= 2 && word.as_bytes()[..2].iter().all(u8::is_ascii_digit);
        let is_one_of = |words: &[&str]| words.iter().any(|headless| word.eq_ignore_ascii_case(headless));
        is_decade
            || is_one_of(HEADLESS)
            || is_one_of(PERHAPS_HEADLESS) && !self.is_closed_later(text, paragraph, self.mark)
    }

    /// `the workers’ rights’`: an apostrophe after an s, where a later mark closes the quotation.
    pub fn is_possessive(self, text: &str, paragraph: ByteRange) -> bool {
        let after_s = self.before.is_some_and(|char| matches!(char, 's' | 'S'));
        if !after_s || !self.after.is_some_and(char::is_whitespace) {
            return false;
        }
        let mut later = marks(text, (self.end()..paragraph.end()).into()).take(MARKS_AHEAD);
        let decisive = later.find(|next| !next.is_inside_word() && next.mark != '’' || !next.looks_opening());
        decisive.is_some_and(|next| next.mark == self.mark && !next.is_inside_word() && !next.looks_opening())
    }
}
