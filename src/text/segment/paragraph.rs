//! Paragraphs: a line each, or several where a text is wrapped by hand, as wire copy, mail and old archives are.
//!
//! Whether a line goes on in the next one is decided from a few lines around its end, so that the answer is the same
//! wherever one asked from. Where nothing speaks for it, a line is a paragraph.

use super::{is_blank, is_blank_line, line_around, next_line};
use crate::text::ByteRange;

/// How wide the lines of a wrapped text may be, in characters.
const WIDTHS: std::ops::RangeInclusive<usize> = 20..=130;
/// A line of so many bytes is longer than that in any script.
const FAR: usize = 130 * 4 + 16;
/// So many lines on either side of a line's end say how wide the text is set, and whether it is wrapped at all.
const NEAR: usize = 4;

/// The paragraph at the byte, without its line end; a blank line is one of its own.
pub fn paragraph_at(text: &str, byte: usize) -> ByteRange {
    paragraph_around(text, text.floor_char_boundary(byte))
}

/// The paragraph that holds the byte, without its line end: from the first to the last of its lines. The byte lies on a
/// character boundary.
pub(in crate::text) fn paragraph_around(text: &str, byte: usize) -> ByteRange {
    let line = line_around(text, byte);
    let (mut start, mut end) = (line.start(), line.end());
    while let Some(before) = line_before(text, start).filter(|before| goes_on(text, *before, start)) {
        start = before.start();
    }
    while let Some(after) = line_after(text, end) {
        if !goes_on(text, line_around(text, end), after.start()) {
            break;
        }
        end = after.end();
    }
    ByteRange::new(start, end)
}

/// Whether a line goes on in the next one, which begins there.
fn goes_on(text: &str, line: ByteRange, next: usize) -> bool {
    let next = line_around(text, next);
    match joint(text, line, next) {
        Joint::None => false,
        Joint::Open => true,
        Joint::Shut => is_full(text, line, next) && is_wrapped(text, line, next),
    }
}

/// What the end of a line says by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// Something ends there for sure: a blank line, an item, an indent, a line of another width.
    None,
    /// The sentence goes on.
    Open,
    /// A sentence ends there, or may.
    Shut,
}

fn joint(text: &str, line: ByteRange, next: ByteRange) -> Joint {
    let (line, next) = (&text[line.as_range()], &text[next.as_range()]);
    let (words, following) = (line.trim_matches(is_blank), next.trim_matches(is_blank));
    let indent = |line: &str| line.chars().take_while(|char| is_blank(*char)).count();
    let is_apart = words.is_empty() || following.is_empty() || indent(next) > indent(line);
    if is_apart || !WIDTHS.contains(&width(line)) || width(next) > *WIDTHS.end() || stands_alone(following) {
        return Joint::None;
    }
    let is_small = following.starts_with(char::is_lowercase);
    let is_open = words.ends_with(|char: char| char.is_alphanumeric() || matches!(char, ',' | ';' | '-' | '–' | '—'));
    if is_small && is_open { Joint::Open } else { Joint::Shut }
}

/// Whether the next line's first word had no room on the line, as wide as the lines around are set.
fn is_full(text: &str, line: ByteRange, next: ByteRange) -> bool {
    let widest = around(text, line, next).iter().map(|line| width(&text[line.as_range()])).max().unwrap_or_default();
    let first = text[next.as_range()].split_whitespace().next().unwrap_or_default().chars().count();
    width(&text[line.as_range()]) + 1 + first > widest
}

/// Whether other lines around go on in the next one for sure: a text with one full line is not a wrapped one.
fn is_wrapped(text: &str, line: ByteRange, next: ByteRange) -> bool {
    const ENOUGH: usize = 2;
    around(text, line, next).windows(2).filter(|pair| joint(text, pair[0], pair[1]) == Joint::Open).count() >= ENOUGH
}

/// The lines around the end of a line, in their order, as far as none is blank or too long to be wrapped.
fn around(text: &str, line: ByteRange, next: ByteRange) -> Vec<ByteRange> {
    let is_of_it = |line: &ByteRange| {
        let line = &text[line.as_range()];
        width(line) <= *WIDTHS.end() && !line.trim_matches(is_blank).is_empty()
    };
    let before = std::iter::successors(Some(line), |line| line_before(text, line.start()).filter(is_of_it));
    let after = std::iter::successors(Some(next), |line| line_after(text, line.end()).filter(is_of_it));
    let mut lines: Vec<ByteRange> = before.take(NEAR).collect();
    lines.reverse();
    lines.extend(after.take(NEAR));
    lines
}

/// The line before the one that begins there; `None` where there is none, or a far longer one.
fn line_before(text: &str, start: usize) -> Option<ByteRange> {
    let end = start.checked_sub(1)?;
    let from = text.ceil_char_boundary(end.saturating_sub(FAR));
    let is_near = from == 0 || text.as_bytes()[from..end].contains(&b'\n');
    is_near.then(|| line_around(text, end))
}

/// The line after the one that ends there, without its line end; `None` where there is none, or a far longer one.
fn line_after(text: &str, end: usize) -> Option<ByteRange> {
    let start = next_line(text, end);
    let near = &text.as_bytes()[start..(start + FAR).min(text.len())];
    let is_near = start + near.len() == text.len() || near.contains(&b'\n');
    (start < text.len() && is_near).then(|| line_around(text, start))
}

/// In characters, up to the last word.
fn width(line: &str) -> usize {
    line.trim_end_matches(is_blank).chars().take(*WIDTHS.end() + 1).count()
}

/// Whether words are an item of a list, or what is quoted, drawn or set in columns.
fn stands_alone(words: &str) -> bool {
    let number = words.trim_start_matches(|char: char| char.is_ascii_digit());
    let is_numbered = number.len() < words.len() && number.starts_with([')', '.', '\t', ':']);
    let is_item = words.starts_with(['-', '–', '—', '―', '*', '•', '·', '>', '|', '#', '+', '=', '_']);
    is_item || is_numbered || words.contains(['\t', '|']) || words.contains("   ")
}

/// The start of the next paragraph that is not blank, or the end of the text.
pub fn next_paragraph_start(text: &str, byte: usize) -> usize {
    let end = paragraph_around(text, text.floor_char_boundary(byte)).end();
    let mut start = next_line(text, end);
    while start < text.len() && is_blank_line(text, start) {
        start = next_line(text, start);
    }
    start
}

/// The start of the paragraph the byte is in, or where it stands there already, of the one before that is not
/// blank; else 0.
pub fn previous_paragraph_start(text: &str, byte: usize) -> usize {
    let byte = text.floor_char_boundary(byte);
    let mut start = paragraph_around(text, byte).start();
    if start < byte && !is_blank_line(text, start) {
        return start;
    }
    while start > 0 {
        start = line_around(text, start - 1).start();
        if !is_blank_line(text, start) {
            return paragraph_around(text, start).start();
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The paragraphs of a text, joined by bars; each is the same from all of its bytes.
    fn paragraphs(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut start = 0;
        while start < text.len() {
            let paragraph = paragraph_around(text, start);
            for byte in paragraph.start()..=paragraph.end() {
                assert_eq!(paragraph_around(text, text.floor_char_boundary(byte)), paragraph, "from {byte}");
            }
            if !paragraph.is_empty() {
                found.push(text[paragraph.as_range()].replace('\n', "|"));
            }
            start = next_line(text, paragraph.end());
        }
        found
    }

    #[test]
    fn lines_that_are_wrapped_by_hand_are_one_paragraph() {
        let text = "The council said on Monday that the bridge would\nstay closed until the end of May, because the\n\
                    money for it had not come in. “We can’t mend it.\nThe town knows why,” said Ada Moor, who leads\nit.\n\
                    \nThe drivers’ union called it a scandal.\nNobody listened.";
        assert_eq!(
            paragraphs(text),
            [
                "The council said on Monday that the bridge would|stay closed until the end of May, because the|money \
                 for it had not come in. “We can’t mend it.|The town knows why,” said Ada Moor, who leads|it.",
                "The drivers’ union called it a scandal.",
                "Nobody listened.",
            ]
        );
    }

    #[test]
    fn lines_that_are_not_wrapped_are_paragraphs() {
        for text in [
            "Short one.\nThis is the longest of all of these lines, with many words.\nAnother one.",
            "The bridge is closed until May.\nNobody knows what then.\nThe ferry goes.",
            "- the bridge, which nobody would\n- the ferry, which is full\n- the tunnel",
            "“No, I do not think so at all,” she said.\n“Why not?”\n“Because nobody would pay.”",
            "Bridge    12   3 of these\nFerry     4    5 of those\n",
        ] {
            assert_eq!(paragraphs(text), text.trim_end().split('\n').collect::<Vec<_>>(), "{text}");
        }
        let long = "A paragraph of one long line has far more words than fit on a page of paper, ".repeat(3);
        let text = format!("{long}\nand goes on\n{long}");
        assert_eq!(paragraphs(&text).len(), 3);
    }
}
