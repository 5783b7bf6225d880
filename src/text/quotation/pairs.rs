//! Pairs the quotation marks of one paragraph. It knows nothing of other paragraphs, but for the mark that the next one
//! begins with.

use super::found::{OpenedBy, Quotation};
use super::mark::{QuoteMark, is_single, marks, only_opens};
use crate::text::ByteRange;
use crate::text::segment::{is_blank, trim};

/// A mark that has opened and waits for the one that closes it.
#[derive(Clone, Copy)]
struct Opener {
    at: usize,
    mark: char,
    len: usize,
}

/// So many quotations may lie in each other; of more, the first are stray marks.
const DEEPEST: usize = 16;

/// What stands between quotation marks in the paragraph, in no order and without depths.
pub(super) fn between_marks(text: &str, paragraph: ByteRange) -> Vec<Quotation> {
    let mut pairs = Pairs { text, paragraph, open: Vec::new(), found: Vec::new() };
    for place in marks(text, paragraph) {
        // `''` ends one quotation and the one around it where such ones are open.
        if place.is_twice_single()
            && !place.looks_opening()
            && pairs.open.last().is_some_and(|opener| opener.mark == '\'')
        {
            place.split().into_iter().for_each(|single| pairs.read(single));
        } else {
            pairs.read(place);
        }
    }
    let left_open = pairs.open.iter().rev().find_map(|opener| pairs.unclosed(*opener));
    pairs.found.extend(left_open);
    pairs.found
}

struct Pairs<'t> {
    text: &'t str,
    paragraph: ByteRange,
    open: Vec<Opener>,
    found: Vec<Quotation>,
}

impl Pairs<'_> {
    fn read(&mut self, place: QuoteMark) {
        if let Some(index) = self.closed_by(place) {
            let opener = self.open[index];
            self.open.truncate(index);
            self.found.extend(quotation(self.text, opener, place.end(), place.len));
        } else if place.opens(self.text, self.paragraph) {
            // A straight mark that opens twice was a stray one the first time.
            let stray = self.open.iter().position(|opener| opener.mark == '"' && place.mark == '"');
            self.open.truncate(stray.unwrap_or(self.open.len()));
            if self.open.len() == DEEPEST {
                self.open.remove(0);
            }
            self.open.push(Opener { at: place.at, mark: place.mark, len: place.len });
        }
    }

    /// Which of the open quotations the mark closes, if any.
    fn closed_by(&self, place: QuoteMark) -> Option<usize> {
        let is_closed_later = |opener: &Opener| place.is_closed_later(self.text, self.paragraph, opener.mark);
        let is_taken = |opener: &Opener| place.may_close(opener.mark) && !is_closed_later(opener);
        if is_single(place.mark) {
            // A single mark is an apostrophe more often than not, so it closes only what was opened last.
            let last = self.open.len().checked_sub(1)?;
            let opener = &self.open[last];
            // Of all single marks only the pointed ones say by themselves which way they face.
            let faces = opener.mark == '‹' || !place.is_inside_word() && !place.looks_opening();
            let shuts = faces && (place.closes(opener.mark) || is_taken(opener));
            return (shuts && !place.is_possessive(self.text, self.paragraph)).then_some(last);
        }
        if place.mark == '"' && place.looks_opening() {
            return None;
        }
        let Some(own) = self.open.iter().rposition(|opener| place.closes(opener.mark)) else {
            return self.open.iter().rposition(is_taken);
        };
        // A mark of inches or seconds is one where the quotation ends without it.
        (!place.counts() || !is_closed_later(&self.open[own])).then_some(own)
    }

    /// A quotation up to the paragraph's end, where that is likely meant: the mark can only open, or the next
    /// paragraph opens with the same one; and it does not open once more in between, which says that its partner
    /// was forgotten.
    fn unclosed(&self, opener: Opener) -> Option<Quotation> {
        let sign = &self.text[opener.at..opener.at + opener.len];
        let next = self.text[self.paragraph.end()..].trim_start_matches(is_blank);
        let opens_later = |q: &Quotation| q.outer.start() > opener.at && self.text[q.outer.start()..].starts_with(sign);
        if self.found.iter().any(opens_later) || !(only_opens(opener.mark) || next.starts_with(sign)) {
            return None;
        }
        let end = trim(self.text, (opener.at..self.paragraph.end()).into()).end();
        quotation(self.text, opener, end, 0)
    }
}

fn quotation(text: &str, opener: Opener, end: usize, closing: usize) -> Option<Quotation> {
    let inner = trim(text, (opener.at + opener.len..end - closing).into());
    let outer = ByteRange::new(opener.at, end);
    let opened_by = OpenedBy::Mark;
    (!inner.is_empty()).then_some(Quotation { outer, inner, depth: 0, closed: closing > 0, opened_by })
}
