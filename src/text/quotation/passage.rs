//! All parts of one quotation, in its paragraph and in those before and after it.

use super::attribution::{beginning, continuation};
use super::found::Quotation;
use super::paragraph::Paragraph;
use crate::text::ByteRange;
use crate::text::segment::{is_blank, next_paragraph_start, paragraph_around, previous_paragraph_start};

/// All parts of the innermost quotation that contains the range, in the order they are read.
///
/// A quotation has several parts where it is interrupted (“We will go,” she said, “and we will win.”), where its
/// speaker goes on after being named (“We will go,” she said. “We will win.”), and where it runs over paragraphs of
/// which each opens anew and the last one closes. The range may begin in one part and end in another; a caret is
/// contained between the marks and right outside of them.
pub fn passage_around(text: &str, range: ByteRange) -> Option<Vec<Quotation>> {
    let (start, end) = (text.floor_char_boundary(range.start()), text.floor_char_boundary(range.end()));
    let paragraph = Paragraph::around(text, start);
    let holds = |q: &Quotation| q.outer.contains(start) || (start == end && q.outer.end() == start);
    // Of two that hold a place, the inner one opens later.
    let around = paragraph.quotations.iter().enumerate().rev().filter(|(_, q)| holds(q));
    around.map(|(at, _)| passage_of(&paragraph, at)).find(|parts| {
        parts.iter().any(|q| q.outer.start() <= end && end <= q.outer.end() && (start == end || q.outer.start() < end))
    })
}

/// The parts of a quotation, of which one is the paragraph's `at`th.
fn passage_of(paragraph: &Paragraph<'_>, at: usize) -> Vec<Quotation> {
    let mut passage = parts(paragraph, at, beginning, paragraph_before);
    passage.reverse();
    let later = parts(paragraph, at, continuation, paragraph_after);
    passage.extend(later.into_iter().skip(1));
    passage
}

type InParagraph = fn(&Paragraph<'_>, usize) -> Option<usize>;
type InOther = for<'t> fn(&Paragraph<'t>, &Quotation) -> Option<(Paragraph<'t>, usize)>;

/// The paragraph's `at`th quotation and those that follow it one way, in its paragraph and in others.
fn parts(paragraph: &Paragraph<'_>, at: usize, beside: InParagraph, beyond: InOther) -> Vec<Quotation> {
    let mut parts = vec![paragraph.quotations[at]];
    let (mut other, mut last) = (None, at);
    loop {
        let here = other.as_ref().unwrap_or(paragraph);
        if let Some(next) = beside(here, last) {
            last = next;
        } else if let Some((found, next)) = beyond(here, &here.quotations[last]) {
            (other, last) = (Some(found), next);
        } else {
            return parts;
        }
        parts.push(other.as_ref().unwrap_or(paragraph).quotations[last]);
    }
}

/// The next paragraph and its first quotation, where it opens with the mark of one that this paragraph left open.
fn paragraph_after<'t>(paragraph: &Paragraph<'t>, quotation: &Quotation) -> Option<(Paragraph<'t>, usize)> {
    let text = paragraph.text;
    if quotation.closed {
        return None;
    }
    let next = Paragraph::around(text, next_paragraph_start(text, quotation.outer.end()));
    let opens_anew = |first: &Quotation| {
        first.outer.start() >= quotation.outer.end()
            && is_paragraph_start(text, first.outer.start())
            && first.mark(text) == quotation.mark(text)
    };
    next.quotations.first().is_some_and(opens_anew).then_some((next, 0))
}

/// The paragraph before, and the quotation in it that this one takes up.
fn paragraph_before<'t>(paragraph: &Paragraph<'t>, quotation: &Quotation) -> Option<(Paragraph<'t>, usize)> {
    let text = paragraph.text;
    if !is_paragraph_start(text, quotation.outer.start()) {
        return None;
    }
    let line = paragraph.range;
    let before = previous_paragraph_start(text, line.start().checked_sub(1)?);
    let all = Paragraph::around(text, before);
    let left_open = all.quotations.iter().position(|q| !q.closed && q.mark(text) == quotation.mark(text))?;
    (before < line.start()).then_some((all, left_open))
}

fn is_paragraph_start(text: &str, at: usize) -> bool {
    text[paragraph_around(text, at).start()..at].chars().all(is_blank)
}
