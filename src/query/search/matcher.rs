//! What is searched for, compiled once: words as they are typed, or a regular expression.

use regex::{Regex, RegexBuilder};

use crate::{diagnostic::Diagnostic, phrase, text::ByteRange};

/// An expression that would take more memory than this when compiled is refused, in bytes.
const LARGEST: usize = 4 << 20;

/// What is searched for, as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pattern {
    pub text: String,
    pub kind: Kind,
    pub case: Case,
    pub edges: Edges,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Every sign stands for itself.
    #[default]
    Words,
    /// A regular expression in the syntax of the crate `regex`.
    Expression,
}

/// Whether capital and small letters are told apart; if not, Unicode's simple case folding makes them the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Case {
    #[default]
    Folded,
    Exact,
}

/// Where a hit may begin and end. Words are made of what Unicode Technical Standard 18 counts as `\w`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edges {
    #[default]
    Anywhere,
    /// Only where no word goes on before its first or after its last sign.
    WholeWords,
}

/// A compiled pattern.
///
/// A hit is never empty and never crosses the end of a paragraph, so that `^` and `$` are a paragraph's ends; hits do
/// not overlap. Accents count as they are written: `é` in one sign is not `e` with an accent after it.
#[derive(Clone, Debug)]
pub struct Matcher {
    regex: Regex,
    kind: Kind,
    edges: Edges,
}

impl Matcher {
    /// # Errors
    /// The expression is wrong (where, and why), too large, or there is nothing to search for.
    pub fn new(pattern: &Pattern) -> Result<Self, Diagnostic> {
        let Pattern { text, kind, case, edges } = pattern;
        if text.is_empty() {
            return Err(Diagnostic::note("nothing-to-find", "There is nothing to search for").hint("Type some words"));
        }
        let source = match (kind, edges) {
            (Kind::Words, _) => regex::escape(text),
            (Kind::Expression, Edges::Anywhere) => text.clone(),
            (Kind::Expression, Edges::WholeWords) => format!(r"\b{{start-half}}(?:{text})\b{{end-half}}"),
        };
        if *kind == Kind::Expression {
            regex_syntax::Parser::new().parse(text).map_err(|error| wrong(text, &error))?;
        }
        let mut builder = RegexBuilder::new(&source);
        builder.case_insensitive(*case == Case::Folded).size_limit(LARGEST).dfa_size_limit(LARGEST);
        let regex = builder.build().map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => Diagnostic::error("large-expression", "The expression is too large")
                .hint("Repeat less, such as {1,20} for {1,2000}"),
            other => Diagnostic::error("wrong-expression", "The expression can’t be used")
                .about(other.to_string())
                .hint("Write it in another way, or search for words"),
        })?;
        Ok(Self { regex, kind: *kind, edges: *edges })
    }

    /// All hits, in order.
    pub fn hits<'a>(&'a self, text: &'a str) -> Hits<'a> {
        self.hits_in(text, ByteRange::new(0, text.len()))
    }

    /// The hits in a part of the text that holds whole paragraphs, such as [`whole_paragraphs`] gives.
    pub fn hits_in<'a>(&'a self, text: &'a str, part: ByteRange) -> Hits<'a> {
        Hits { matcher: self, text, at: part.start(), end: part.end(), line: part.start()..part.start() }
    }

    /// How many hits there are.
    pub fn count(&self, text: &str) -> usize {
        self.hits(text).count()
    }

    /// The first hit in `unit` from a byte of it on, both counted in the text.
    fn first_in(&self, text: &str, unit: &std::ops::Range<usize>, from: usize) -> Option<ByteRange> {
        let within = &text[unit.clone()];
        let mut from = from - unit.start;
        loop {
            let found = self.regex.find_at(within, from)?;
            let whole = self.kind == Kind::Expression || self.edges == Edges::Anywhere;
            if !found.is_empty() && (whole || is_whole(within, found.start(), found.end())) {
                return Some(ByteRange::new(unit.start + found.start(), unit.start + found.end()));
            }
            let next = within[found.start()..].chars().next()?.len_utf8();
            from = found.start() + next;
        }
    }
}

/// Whether no word goes on before the start and after the end.
pub(super) fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || !c.is_ascii() && regex_syntax::is_word_character(c) || c == '_';
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    !before.is_some_and(is_word) && !after.is_some_and(is_word)
}

/// Hits in a text, found as they are asked for.
#[derive(Debug)]
pub struct Hits<'a> {
    matcher: &'a Matcher,
    text: &'a str,
    at: usize,
    end: usize,
    /// The paragraph that `at` stands in, without its end: an expression is not shown more.
    line: std::ops::Range<usize>,
}

impl Iterator for Hits<'_> {
    type Item = ByteRange;

    fn next(&mut self) -> Option<ByteRange> {
        while self.at < self.end {
            // Words hold no line end, so that many paragraphs can be searched in one go.
            if self.matcher.kind == Kind::Words {
                self.line = self.line.start..self.end;
            } else if self.at >= self.line.end {
                let rest = &self.text.as_bytes()[self.at..self.end];
                self.line = self.at..self.at + memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            }
            if let Some(hit) = self.matcher.first_in(self.text, &self.line, self.at) {
                self.at = hit.end();
                return Some(hit);
            }
            self.at = self.line.end + 1;
        }
        None
    }
}

/// From a paragraph's start, whole paragraphs of at least so many bytes, as far as there are any. Parts of a text that
/// follow each other have the hits of the whole.
pub fn whole_paragraphs(text: &str, from: usize, bytes: usize) -> ByteRange {
    let least = from.saturating_add(bytes).min(text.len());
    let rest = &text.as_bytes()[least..];
    let end = memchr::memchr(b'\n', rest).map_or(text.len(), |at| least + at + 1);
    ByteRange::new(from, end)
}

/// Where an expression is wrong, and why.
fn wrong(text: &str, error: &regex_syntax::Error) -> Diagnostic {
    let (why, span) = match error {
        regex_syntax::Error::Parse(error) => (error.kind().to_string(), *error.span()),
        regex_syntax::Error::Translate(error) => (error.kind().to_string(), *error.span()),
        other => (other.to_string(), regex_syntax::ast::Span::splat(regex_syntax::ast::Position::new(0, 1, 1))),
    };
    let part = text.get(span.start.offset..span.end.offset).filter(|part| !part.is_empty());
    let at = &span.start.column;
    let message = match part {
        Some(part) => phrase!("Wrong at character {at}, “{part}”: {why}", at, part, why),
        None => phrase!("Wrong at character {at}: {why}", at, why),
    };
    Diagnostic::error("wrong-expression", message)
        .hint("Put a backslash before a sign that stands for itself, or switch Regex off")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pattern(text: &str, kind: Kind, case: Case, edges: Edges) -> Pattern {
        Pattern { text: text.to_owned(), kind, case, edges }
    }

    /// The hits as `⟦words⟧` in the text.
    fn shown(pattern: &Pattern, text: &str) -> String {
        let matcher = Matcher::new(pattern).unwrap();
        let (mut out, mut at) = (String::new(), 0);
        for hit in matcher.hits(text) {
            out += &format!("{}⟦{}⟧", &text[at..hit.start()], &text[hit.as_range()]);
            at = hit.end();
        }
        out + &text[at..]
    }

    fn words(text: &str, edges: Edges) -> Pattern {
        pattern(text, Kind::Words, Case::Folded, edges)
    }

    #[test]
    fn words_stand_for_themselves_in_any_case() {
        assert_eq!(shown(&words("a.b", Edges::Anywhere), "A.b aXb a.B"), "⟦A.b⟧ aXb ⟦a.B⟧");
        assert_eq!(shown(&words("ÉTÉ", Edges::Anywhere), "l’été, ÉTÉ"), "l’⟦été⟧, ⟦ÉTÉ⟧");
        let exact = pattern("Calder", Kind::Words, Case::Exact, Edges::Anywhere);
        assert_eq!(shown(&exact, "calder Calder"), "calder ⟦Calder⟧");
    }

    #[test]
    fn whole_words_end_where_words_do() {
        assert_eq!(shown(&words("the", Edges::WholeWords), "the other, The “the”"), "⟦the⟧ other, ⟦The⟧ “⟦the⟧”");
        assert_eq!(shown(&words("et", Edges::WholeWords), "été et étêt"), "été ⟦et⟧ étêt");
        assert_eq!(
            shown(&words("e", Edges::WholeWords), "e e\u{301} e"),
            "⟦e⟧ e\u{301} ⟦e⟧",
            "an accent is of the word"
        );
        let one = pattern("o(ne)?", Kind::Expression, Case::Folded, Edges::WholeWords);
        assert_eq!(shown(&one, "one o ones"), "⟦one⟧ ⟦o⟧ ones");
    }

    #[test]
    fn an_expression_stays_in_its_paragraph() {
        let all = |text| pattern(text, Kind::Expression, Case::Folded, Edges::Anywhere);
        assert_eq!(shown(&all("^.+$"), "one\n\ntwo"), "⟦one⟧\n\n⟦two⟧");
        assert_eq!(shown(&all("[^x]+"), "ab\ncxd"), "⟦ab⟧\n⟦c⟧x⟦d⟧");
        assert_eq!(shown(&all("x*"), "axxb"), "a⟦xx⟧b", "nothing is no hit");
    }

    #[test]
    fn a_wrong_expression_says_where_and_why() {
        let told =
            |text: &str| Matcher::new(&pattern(text, Kind::Expression, Case::Folded, Edges::Anywhere)).unwrap_err();
        assert_eq!(told("vote(d").message, "Wrong at character 5, “(”: unclosed group");
        assert_eq!(told(r"é\p{Nope}").code, "wrong-expression");
        assert!(told(r"é\p{Nope}").to_string().starts_with("Wrong at character 2"), "{}", told(r"é\p{Nope}"));
        assert_eq!(told(r"(\w{1000}){1000}").code, "large-expression");
        assert_eq!(Matcher::new(&words("", Edges::Anywhere)).unwrap_err().code, "nothing-to-find");
        let brackets = pattern("a)(b", Kind::Expression, Case::Folded, Edges::WholeWords);
        assert_eq!(
            Matcher::new(&brackets).unwrap_err().code,
            "wrong-expression",
            "as it was written, not as it is used"
        );
    }

    #[test]
    fn an_expression_that_would_explode_answers_all_the_same() {
        let all = |text| pattern(text, Kind::Expression, Case::Folded, Edges::Anywhere);
        let found = |expression, text: &str| Matcher::new(&all(expression)).unwrap().hits(text).collect::<Vec<_>>();
        // Whoever tries one way after the other would need more steps than there are atoms for any of these.
        let long = "a".repeat(20_000);
        let whole = |end: usize| vec![ByteRange::new(0, end)];
        assert_eq!(found("(a*)*b", &long), []);
        assert_eq!(found("(a*)*b", &format!("{long}b")), whole(long.len() + 1));
        assert_eq!(found("(a|a)*$", &long), whole(long.len()));
        assert_eq!(found("^(a|aa)+$", &format!("{long}!")), []);
        assert_eq!(found(".*.*.*x", &long), []);
        assert_eq!(found(".*.*.*x", &format!("{long}x{long}")), whole(long.len() + 1));
    }

    /// What a search must find, done the simple way: every place, one after the other.
    fn naive(pattern: &Pattern, text: &str) -> Vec<(usize, usize)> {
        let fold = |s: &str| if pattern.case == Case::Folded { s.to_lowercase() } else { s.to_owned() };
        let (wanted, mut found, mut at) = (fold(&pattern.text), Vec::new(), 0);
        while at < text.len() {
            let ends = (at..=text.len()).filter(|end| text.is_char_boundary(*end) && fold(&text[at..*end]) == wanted);
            let is_edge = |end: usize| {
                let word = |c: char| c.is_alphanumeric();
                pattern.edges == Edges::Anywhere || !text[..at].ends_with(word) && !text[end..].starts_with(word)
            };
            match ends.into_iter().find(|end| is_edge(*end)) {
                Some(end) => {
                    found.push((at, end));
                    at = end;
                }
                None => at += text[at..].chars().next().unwrap().len_utf8(),
            }
        }
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn the_search_finds_what_a_slow_one_finds(
            text in "[abAé “\n]{0,40}",
            wanted in "[abAé]{1,3}",
            folded in any::<bool>(),
            whole in any::<bool>(),
            budget in 1usize..9,
        ) {
            let case = if folded { Case::Folded } else { Case::Exact };
            let edges = if whole { Edges::WholeWords } else { Edges::Anywhere };
            let pattern = pattern(&wanted, Kind::Words, case, edges);
            let matcher = Matcher::new(&pattern).unwrap();
            let found: Vec<_> = matcher.hits(&text).map(|h| (h.start(), h.end())).collect();
            prop_assert_eq!(&found, &naive(&pattern, &text));
            let expression = Matcher::new(&Pattern { kind: Kind::Expression, ..pattern }).unwrap();
            let by_expression: Vec<_> = expression.hits(&text).map(|h| (h.start(), h.end())).collect();
            prop_assert_eq!(&by_expression, &found, "letters are an expression too");
            let (mut in_parts, mut at) = (Vec::new(), 0);
            while at < text.len() {
                let part = whole_paragraphs(&text, at, budget);
                in_parts.extend(matcher.hits_in(&text, part).map(|h| (h.start(), h.end())));
                at = part.end();
            }
            prop_assert_eq!(in_parts, found, "in parts as in one go");
        }
    }
}
