//! A text as tokens, as formats of training data have it: words and marks of UAX #29, cut so that every span begins and
//! ends with a token. What stands between them comes back: tokens are joined by nothing, or by one blank.

use std::ops::Range;

use crate::text::{ByteRange, segment::words_in};

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub range: ByteRange,
    /// Whether a blank (U+0020) follows that belongs to no token.
    pub is_spaced: bool,
}

/// The tokens of a text, in order. Other white space than single blanks is tokens too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens(Vec<Token>);

impl Tokens {
    /// The tokens of a text such that each of these spans begins where one begins, and ends where one ends.
    pub fn of(text: &str, spans: impl IntoIterator<Item = ByteRange>) -> Self {
        let (mut starts, mut ends) = (Vec::new(), Vec::new());
        for span in spans {
            starts.push(span.start());
            ends.push(span.end());
        }
        for edges in [&mut starts, &mut ends] {
            edges.sort_unstable();
            edges.dedup();
        }
        let mut cuts = [starts.as_slice(), &ends].concat();
        cuts.sort_unstable();
        cuts.dedup();
        let mut cutting = Cutting { text, starts, ends, cuts, tokens: Vec::new() };
        let mut at = 0;
        for word in words_in(text) {
            cutting.blanks(ByteRange::new(at, word.start()));
            cutting.piece(word);
            at = word.end();
        }
        cutting.blanks(ByteRange::new(at, text.len()));
        Self(cutting.tokens)
    }

    pub fn as_slice(&self) -> &[Token] {
        &self.0
    }

    /// The tokens that lie in a range, as a range of their numbers from 0; `None` where none does.
    pub fn within(&self, range: ByteRange) -> Option<Range<usize>> {
        let first = self.0.partition_point(|token| token.range.start() < range.start());
        let end = self.0.partition_point(|token| token.range.end() <= range.end());
        (first < end).then_some(first..end)
    }
}

/// Tokens as they are being made.
struct Cutting<'t> {
    text: &'t str,
    /// Where spans begin and end, sorted; `cuts` has both.
    starts: Vec<usize>,
    ends: Vec<usize>,
    cuts: Vec<usize>,
    tokens: Vec<Token>,
}

impl Cutting<'_> {
    /// Adds a piece of the text, cut at every edge of a span.
    fn piece(&mut self, piece: ByteRange) {
        let first = self.cuts.partition_point(|cut| *cut <= piece.start());
        let mut start = piece.start();
        let inside = self.cuts[first..].iter().copied().take_while(|cut| *cut < piece.end());
        for end in inside.chain([piece.end()]) {
            if start < end {
                self.tokens.push(Token { range: ByteRange::new(start, end), is_spaced: false });
            }
            start = end;
        }
    }

    /// Adds white space: a first blank belongs to the token before it, unless a span begins before or ends behind it.
    fn blanks(&mut self, blanks: ByteRange) {
        let (start, next) = (blanks.start(), blanks.start() + 1);
        let is_edge = self.starts.binary_search(&start).is_ok() || self.ends.binary_search(&next).is_ok();
        let is_blank = self.text[blanks.as_range()].starts_with(' ');
        match self.tokens.last_mut().filter(|_| is_blank && !is_edge) {
            Some(before) => {
                before.is_spaced = true;
                self.piece(ByteRange::new(next, blanks.end()));
            }
            None => self.piece(blanks),
        }
    }
}

/// The level of each span of tokens, from 0: those of a level do not overlap. Spans take the lowest level that is free
/// where they begin, those that begin first before all others, and of these the longest first: so a span that lies around
/// another has the lower one.
pub fn levels(spans: &[Range<usize>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by_key(|at| (spans[*at].start, std::cmp::Reverse(spans[*at].end)));
    let (mut levels, mut ends) = (vec![0; spans.len()], Vec::new());
    for at in order {
        let span = &spans[at];
        let level = ends.iter().position(|end| *end <= span.start).unwrap_or(ends.len());
        match ends.get_mut(level) {
            Some(end) => *end = span.end,
            None => ends.push(span.end),
        }
        levels[at] = level;
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens of a text with `⟦marked⟧` spans; `_` is a blank that belongs to no token.
    fn check(marked: &str, expected: &str) {
        let (mut text, mut open, mut spans) = (String::new(), Vec::new(), Vec::new());
        for c in marked.chars() {
            match c {
                '⟦' => open.push(text.len()),
                '⟧' => spans.push(ByteRange::new(open.pop().unwrap(), text.len())),
                _ => text.push(c),
            }
        }
        let tokens = Tokens::of(&text, spans.iter().copied());
        let shown = tokens.as_slice().iter().map(|token| {
            let words = token.range.slice(&text).unwrap().replace(' ', "·");
            format!("{words}{}", if token.is_spaced { "_" } else { "" })
        });
        assert_eq!(shown.collect::<Vec<_>>().join("|"), expected);
        let again = tokens.as_slice().iter().map(|token| {
            let blank = if token.is_spaced { " " } else { "" };
            format!("{}{blank}", token.range.slice(&text).unwrap())
        });
        assert_eq!(again.collect::<String>(), text);
        for span in spans {
            let of_span = tokens.within(span).unwrap();
            let (first, last) = (tokens.as_slice()[of_span.start], tokens.as_slice()[of_span.end - 1]);
            assert_eq!((first.range.start(), last.range.end()), (span.start(), span.end()));
        }
    }

    #[test]
    fn spans_begin_and_end_with_tokens_and_the_text_comes_back() {
        check("“Late,” said O’Neil.", "“|Late|,|”_|said_|O’Neil|.");
        check("⟦re⟧marked ⟦⟦a⟧b⟧c", "re|marked_|a|b|c");
        check("a  b\n\nc ", "a_|·|b|\n\n|c_");
        check(" a", "·|a");
        check("⟦a ⟧b⟦ ⟧c⟦ d⟧", "a|·|b|·|c|·|d");
        check("a ⟦b⟧ c", "a_|b_|c");
        check("a⟦  ⟧b", "a|··|b");
        check("", "");
    }

    #[test]
    fn what_lies_around_another_has_the_lower_level() {
        assert_eq!(levels(&[2..3, 0..5, 4..5, 5..7, 2..3, 3..6]), [1, 0, 2, 0, 2, 1]);
        assert_eq!(levels(&[]), Vec::<usize>::new());
    }
}
