//! Words: what a double-click picks, what Ctrl+arrow steps over, what a selection snaps to.
//!
//! Boundaries are those of UAX #29, with dictionaries and models for scripts that write no spaces. The text
//! is cut at whitespace first, so that only a handful of characters is ever segmented.

use std::sync::LazyLock;

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};
use smallvec::SmallVec;

use crate::text::ByteRange;

/// Where there is no whitespace for long, runs are cut at multiples of this many bytes.
const LONGEST_RUN: usize = 512;

/// Loaded once; its dictionaries are in the program.
static SEGMENTER: LazyLock<WordSegmenterBorrowed<'static>> =
    LazyLock::new(|| WordSegmenter::new_auto(WordBreakInvariantOptions::default()));

/// The word, number or punctuation mark at the byte; in whitespace the one that ends there, or nothing.
pub fn word_at(text: &str, byte: usize) -> ByteRange {
    let byte = text.floor_char_boundary(byte);
    let before = || previous_char(text, byte).and_then(|at| segment_at(text, at));
    segment_at(text, byte).or_else(before).map_or(ByteRange::at(byte), |segment| segment.range)
}

/// The range grown to whole words, without whitespace at its edges; one that sits on words stays as it is. Marks at an
/// edge that belong to words beyond it are left out: a full stop or a closing quotation mark at the start, an opening
/// one at the end.
pub fn snap_to_words(text: &str, range: ByteRange) -> ByteRange {
    // Without some marks others may stand at the edge; a few rounds are enough for any text that is written.
    let mut snapped = snapped_once(text, range);
    for _ in 0..ROUNDS {
        let again = snapped_once(text, snapped);
        if again == snapped {
            break;
        }
        snapped = again;
    }
    snapped
}

/// How often a range is looked at again at most.
const ROUNDS: usize = 8;

/// A range grown to whole words, in one step.
fn snapped_once(text: &str, range: ByteRange) -> ByteRange {
    let trimmed = super::trim(text, range);
    if trimmed.is_empty() {
        return trimmed;
    }
    let first = segment_at(text, trimmed.start());
    let last = previous_char(text, trimmed.end()).and_then(|at| segment_at(text, at));
    let whole = [first, last].into_iter().flatten().fold(trimmed, |snapped, segment| snapped.cover(segment.range));
    let (start, end) = (after_closing(text, whole), before_opening(text, whole));
    let own = super::trim(text, (start..end.max(start)).into());
    if text[own.as_range()].contains(char::is_alphanumeric) { own } else { whole }
}

/// Where a range begins without the marks that close what stands before it.
fn after_closing(text: &str, range: ByteRange) -> usize {
    let (before, words) = (&text[..range.start()], &text[range.as_range()]);
    let rest = words.trim_start_matches(is_mark);
    let closes = before.ends_with(|c: char| !c.is_whitespace()) && rest.starts_with(char::is_whitespace);
    if closes { range.end() - rest.len() } else { range.start() }
}

/// Where a range ends without the marks that open what stands after it.
fn before_opening(text: &str, range: ByteRange) -> usize {
    let (words, after) = (&text[range.as_range()], &text[range.end()..]);
    let rest = words.trim_end_matches(is_mark);
    let opens = after.starts_with(|c: char| !c.is_whitespace()) && rest.ends_with(char::is_whitespace);
    if opens { range.start() + rest.len() } else { range.end() }
}

/// Whether a character is neither part of a word nor white space.
fn is_mark(char: char) -> bool {
    !char.is_alphanumeric() && !char.is_whitespace()
}

/// The next place where a word or a run of other marks begins, or the end of the text.
pub fn next_word_start(text: &str, byte: usize) -> usize {
    let byte = text.floor_char_boundary(byte);
    let Some(run) = run_around(text, byte) else { return skip_whitespace(text, byte) };
    let start = steps(text, run).iter().map(|step| step.range.start()).find(|start| *start > byte);
    start.unwrap_or_else(|| skip_whitespace(text, run.end()))
}

/// The last place before the byte where a word or a run of other marks begins, or 0.
pub fn previous_word_start(text: &str, byte: usize) -> usize {
    let byte = text.floor_char_boundary(byte);
    let end = text[..byte].trim_end().len();
    let Some(run) = previous_char(text, end).and_then(|at| run_around(text, at)) else { return 0 };
    let start = steps(text, run).iter().map(|step| step.range.start()).rfind(|start| *start < end);
    start.unwrap_or(run.start())
}

/// The next place where a word or a run of other marks ends, or the end of the text.
pub fn next_word_end(text: &str, byte: usize) -> usize {
    let byte = skip_whitespace(text, text.floor_char_boundary(byte));
    let Some(run) = run_around(text, byte) else { return text.len() };
    let end = steps(text, run).iter().map(|step| step.range.end()).find(|end| *end > byte);
    end.unwrap_or(run.end())
}

/// The last place before the byte where a word or a run of other marks ends, or 0.
pub fn previous_word_end(text: &str, byte: usize) -> usize {
    let byte = text.floor_char_boundary(byte);
    let end = text[..byte].trim_end().len();
    if end < byte {
        return end;
    }
    let Some(run) = previous_char(text, byte).and_then(|at| run_around(text, at)) else { return 0 };
    let inside = steps(text, run).iter().map(|step| step.range.end()).rfind(|end| *end < byte);
    inside.unwrap_or_else(|| text[..run.start()].trim_end().len())
}

/// Every word, number and single mark of the text, in order; white space alone lies between them.
///
/// ```
/// use pressmark::text::segment::words_in;
///
/// let text = "“Late,” said O’Neil";
/// let words: Vec<&str> = words_in(text).filter_map(|range| range.slice(text)).collect();
/// assert_eq!(words, ["“", "Late", ",", "”", "said", "O’Neil"]);
/// ```
pub fn words_in(text: &str) -> impl Iterator<Item = ByteRange> + '_ {
    let mut byte = 0;
    let runs = std::iter::from_fn(move || {
        let run = run_around(text, skip_whitespace(text, byte))?;
        byte = run.end();
        Some(run)
    });
    runs.flat_map(|run| segments(text, run)).map(|segment| segment.range)
}

/// How many words a reader would count: runs between spaces that hold a letter or a digit; where the script
/// writes no spaces, the words in them.
pub fn word_count(text: &str) -> usize {
    text.split_whitespace().map(words_in_run).sum()
}

/// Words of a run without white space.
fn words_in_run(run: &str) -> usize {
    if !run.chars().any(may_write_no_spaces) {
        return usize::from(run.chars().any(char::is_alphanumeric));
    }
    SEGMENTER.segment_str(run).iter_with_word_type().filter(|(_, kind)| kind.is_word_like()).count()
}

/// Thai and Lao, Burmese, Khmer, and everything from the first CJK block on.
fn may_write_no_spaces(char: char) -> bool {
    matches!(char, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..)
}

/// A piece of a run.
#[derive(Clone, Copy)]
struct Segment {
    range: ByteRange,
    kind: Kind,
}

/// What a piece is.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Word,
    Other,
}

/// Most runs are one word with a mark or two.
type Segments = SmallVec<[Segment; 4]>;

/// The piece around a byte; `None` in white space.
fn segment_at(text: &str, byte: usize) -> Option<Segment> {
    let run = run_around(text, byte)?;
    segments(text, run).into_iter().find(|segment| segment.range.contains(byte))
}

/// Words and single marks in a run without whitespace, one after the other.
fn segments(text: &str, run: ByteRange) -> Segments {
    let words = &text[run.as_range()];
    let mut start = run.start();
    let mut segments = Segments::new();
    // Most runs need no dictionary: UAX #29 breaks nowhere between these.
    if words.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        segments.push(Segment { range: run, kind: Kind::Word });
        return segments;
    }
    for (end, kind) in SEGMENTER.segment_str(words).iter_with_word_type() {
        let end = run.start() + end;
        if end == start {
            continue;
        }
        let kind = if kind.is_word_like() { Kind::Word } else { Kind::Other };
        match segments.last_mut() {
            // UAX #29 leaves the last full stop of `U.S.` outside the word.
            Some(last) if &text[start..end] == "." && is_initialism(&text[last.range.as_range()]) => {
                last.range = last.range.cover(ByteRange::new(start, end));
            }
            _ => segments.push(Segment { range: ByteRange::new(start, end), kind }),
        }
        start = end;
    }
    segments
}

/// Segments in which marks that follow each other are one, as in `,”`: a step of the caret takes them at once.
fn steps(text: &str, run: ByteRange) -> Segments {
    let mut steps = Segments::new();
    for segment in segments(text, run) {
        match steps.last_mut() {
            Some(last) if last.kind == Kind::Other && segment.kind == Kind::Other => {
                last.range = last.range.cover(segment.range);
            }
            _ => steps.push(segment),
        }
    }
    steps
}

/// `U.S`, `a.m`: letters one by one with full stops between.
pub(super) fn is_initialism(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.len() == 1 && part.as_bytes()[0].is_ascii_alphabetic())
}

/// The text around the byte that holds no whitespace, `None` at whitespace and at the end.
///
/// It also ends after a mark of CJK punctuation and at every `LONGEST_RUN` bytes of the text: places that do
/// not depend on the byte, so that every byte of a run gives the same run.
fn run_around(text: &str, byte: usize) -> Option<ByteRange> {
    if text[byte..].chars().next()?.is_whitespace() {
        return None;
    }
    let cell = byte / LONGEST_RUN;
    let edge = |cell: usize| text.floor_char_boundary(cell * LONGEST_RUN);
    let cell = if edge(cell + 1) == byte { cell + 1 } else { cell };
    let (from, to) = (edge(cell), edge(cell + 1));

    let mut before = text[from..byte].char_indices().rev();
    let start = before.find(|(_, char)| char.is_whitespace() || is_cjk_stop(*char));
    let start = start.map_or(from, |(at, char)| from + at + char.len_utf8());
    let mut after = text[byte..to].char_indices();
    let end = after.find_map(|(at, char)| match char {
        _ if char.is_whitespace() => Some(byte + at),
        _ if is_cjk_stop(char) => Some(byte + at + char.len_utf8()),
        _ => None,
    });
    Some(ByteRange::new(start, end.unwrap_or(to)))
}

/// Whether a character is East Asian punctuation, which stands close to words.
fn is_cjk_stop(char: char) -> bool {
    matches!(char, '、' | '。' | '「'..='】' | '！' | '（' | '）' | '，' | '：' | '；' | '？' | '｡'..='､')
}

/// The byte at which the character before an offset begins.
fn previous_char(text: &str, byte: usize) -> Option<usize> {
    text[..byte].char_indices().next_back().map(|(at, _)| at)
}

/// The first byte from here on that is no white space.
fn skip_whitespace(text: &str, byte: usize) -> usize {
    text.len() - text[byte..].trim_start().len()
}
