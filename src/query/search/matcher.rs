//! What is searched for, compiled once: words as they are typed, or a regular expression.

use regex::{Regex, RegexBuilder};

use crate::{
    diagnostic::Diagnostic,
    phrase,
    text::{AsRead, ByteRange, Text, as_read, as_read::is_accent},
};

/// An expression that would take more memory than this when compiled is refused, in bytes.
const LARGEST: usize = 4 << 20;

/// What is searched for, as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pattern {
    /// As it is typed; empty finds nothing.
    pub text: String,
    /// Words, or a regular expression.
    pub kind: Kind,
    /// Whether capitals count.
    pub case: Case,
    /// Whether words must be whole.
    pub edges: Edges,
}

/// How the text is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Every sign stands for itself, as it is read.
    #[default]
    Words,
    /// Every sign stands for itself, as it is written, on one line.
    Exactly,
    /// A regular expression in the syntax of the crate `regex`.
    Expression,
}

/// Whether capital and small letters are told apart; if not, Unicode's simple case folding makes them the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Case {
    /// Capitals and small letters are the same.
    #[default]
    Folded,
    /// Capitals are told from small letters.
    Exact,
}

/// Where a hit may begin and end. Words are made of what Unicode Technical Standard 18 counts as `\w`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edges {
    /// Also inside a word.
    #[default]
    Anywhere,
    /// Only where no word goes on before its first or after its last sign.
    WholeWords,
}

/// A compiled pattern.
///
/// A hit is never empty, and hits do not overlap. Words are compared as they are read (see
/// [`as_read`](mod@crate::text::as_read)): `won't` finds `won’t`, and a space finds any white space, a line end too, but no
/// gap between paragraphs. A hit covers all of the signs that stand there, and an accent after it is no part of another
/// letter: `cafe` does not find `café`.
///
/// An expression is compared sign by sign, as the text is written; it never crosses the end of a paragraph, so that
/// `^` and `$` are a paragraph’s ends.
#[derive(Clone, Debug)]
pub struct Matcher {
    /// The compiled pattern.
    regex: Regex,
    kind: Kind,
    edges: Edges,
    /// Bytes that a hit of words takes at most, as it is read.
    longest: usize,
}

impl Matcher {
    /// # Errors
    /// The expression is wrong (where, and why), too large, or there is nothing to search for.
    pub fn new(pattern: &Pattern) -> Result<Self, Diagnostic> {
        let Pattern { text, kind, case, edges } = pattern;
        let words = as_read(text);
        if text.is_empty() || *kind == Kind::Words && words.is_empty() {
            return Err(Diagnostic::note("nothing-to-find", "There is nothing to search for").hint("Type some words"));
        }
        let source = match (kind, edges) {
            (Kind::Words, _) => regex::escape(&words).replace([' ', '\n'], "[ \n]"),
            (kind, edges) => {
                let part = if *kind == Kind::Exactly { regex::escape(text) } else { text.clone() };
                match edges {
                    Edges::Anywhere => part,
                    Edges::WholeWords => format!(r"\b{{start-half}}(?:{part})\b{{end-half}}"),
                }
            }
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
        Ok(Self { regex, kind: *kind, edges: *edges, longest: words.chars().count() * char::MAX.len_utf8() })
    }

    /// All hits, in order.
    pub fn hits(&self, text: &Text) -> Vec<ByteRange> {
        let mut hits = Vec::new();
        self.search(text, 0, text.len(), &mut hits);
        hits
    }

    /// Searches on from an offset for about so many bytes, until a paragraph ends, and appends the hits that begin
    /// there; gives where to go on from: parts that follow each other have the hits of the whole. All offsets are in
    /// bytes of the text, 0 to begin with; the length of the text is the end.
    pub fn search(&self, text: &Text, from: usize, bytes: usize, hits: &mut Vec<ByteRange>) -> usize {
        let part = whole_paragraphs(text, from, bytes);
        match self.kind {
            Kind::Words => self.words_in(text.as_read(), part, hits),
            Kind::Exactly | Kind::Expression => self.expression_in(text, part, hits),
        }
        // Words at the end of a line may go on in the next one.
        hits.last().map_or(part.end(), |last| last.end().max(part.end()))
    }

    /// Hits of words, in the folded text, given as ranges of the text itself.
    fn words_in(&self, read: AsRead<'_>, part: ByteRange, hits: &mut Vec<ByteRange>) {
        let (text, part) = (read.as_str(), read.range_of(part));
        let end = text.floor_char_boundary((part.end() + self.longest).min(text.len()));
        let mut from = part.start();
        while let Some(found) = self.regex.find_at(&text[..end], from).filter(|found| found.start() < part.end()) {
            let is_hit = match self.edges {
                Edges::Anywhere => !text[found.end()..].starts_with(is_accent),
                Edges::WholeWords => is_whole(text, found.start(), found.end()),
            };
            if is_hit && !is_in_gap(text, found.start()) && !is_in_gap(text, found.end()) {
                // A sign that reads as several letters may hold several of them.
                let range = read.source_of(found.range().into());
                if hits.last().is_none_or(|last| last.end() <= range.start()) {
                    hits.push(range);
                }
                from = found.end();
            } else {
                from = after_sign(text, found.start());
            }
        }
    }

    /// Paragraph by paragraph: an expression is not shown more.
    fn expression_in(&self, text: &str, part: ByteRange, hits: &mut Vec<ByteRange>) {
        let mut start = part.start();
        for line in text[part.as_range()].split('\n') {
            let mut from = 0;
            while let Some(found) = self.regex.find_at(line, from) {
                if found.is_empty() {
                    from = after_sign(line, found.start());
                } else {
                    hits.push(ByteRange::new(start + found.start(), start + found.end()));
                    from = found.end();
                }
                if from > line.len() {
                    break;
                }
            }
            start += line.len() + 1;
        }
    }
}

/// Where the sign at an offset ends; beyond the text where there is none.
fn after_sign(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(1, char::len_utf8)
}

/// Whether an offset lies between the line ends that are a gap between paragraphs.
fn is_in_gap(read: &str, at: usize) -> bool {
    let bytes = read.as_bytes();
    at > 0 && bytes[at - 1] == b'\n' && bytes.get(at) == Some(&b'\n')
}

/// Whether no word goes on before the start and after the end.
pub(super) fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || !c.is_ascii() && regex_syntax::is_word_character(c) || c == '_';
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    !before.is_some_and(is_word) && !after.is_some_and(is_word)
}

/// From an offset, whole paragraphs of at least so many bytes, as far as there are any.
pub(super) fn whole_paragraphs(text: &str, from: usize, bytes: usize) -> ByteRange {
    let least = from.saturating_add(bytes).min(text.len());
    let rest = &text.as_bytes()[least..];
    let end = memchr::memchr(b'\n', rest).map_or(text.len(), |at| least + at + 1);
    ByteRange::new(from.min(end), end)
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
        for hit in matcher.hits(&Text::from(text)) {
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
    fn words_are_found_as_they_are_read() {
        for (wanted, expected) in [
            ("won't sail", "⟦won’t sail⟧, ⟦won't sail⟧"),
            ("“no”", "⟦\"no\"⟧, ⟦„no“⟧, ⟦“no”⟧"),
            ("Fährgesellschaft", "⟦Fähr\u{ad}gesell\u{ad}schaft⟧\u{ad}, ⟦Fährgesellschaft⟧"),
            ("Fähr\u{ad}gesellschaft", "⟦Fährgesellschaft⟧"),
            ("10 000 crowns", "⟦10\u{a0}000 crowns⟧, ⟦10 000\u{202f}crowns⟧"),
            ("Mr\u{a0}Calder", "⟦Mr Calder⟧, ⟦Mr  \t Calder⟧"),
            ("café Århus", "⟦café Århus⟧, ⟦cafe\u{301} A\u{30a}rhus⟧"),
            ("cafe\u{301} A\u{30a}rhus", "⟦café Århus⟧, ⟦cafe\u{301} A\u{30a}rhus⟧"),
            ("Pressmark", "⟦Press\u{200b}mark⟧\u{200b}, ⟦Press\u{feff}mark⟧"),
            ("strasse", "⟦straße⟧, ⟦strasse⟧"),
            ("straße", "⟦straße⟧, ⟦strasse⟧"),
            ("s", "gro⟦ß⟧"),
            ("official find", "⟦oﬃcial ﬁnd⟧, ⟦official find⟧"),
            ("co-operation", "⟦co\u{2011}operation⟧, ⟦co-operation⟧"),
            (" bridge", "harbour⟦ bridge⟧, harbour⟦\nbridge⟧, harbour\n\n\nbridge"),
            ("harbour bridge", "the ⟦harbour\nbridge⟧, ⟦harbour \n bridge⟧, harbour\n\nbridge"),
            ("cafe", "⟦cafe⟧, cafe\u{301}, café"),
            ("x", "⟦x⟧, x\u{302}"),
        ] {
            let text = expected.replace(['⟦', '⟧'], "");
            for case in [Case::Folded, Case::Exact] {
                let wanted = pattern(wanted, Kind::Words, case, Edges::Anywhere);
                assert_eq!(shown(&wanted, &text), expected, "{wanted:?}");
            }
        }
        let exactly = pattern("won't sail.", Kind::Exactly, Case::Folded, Edges::Anywhere);
        assert_eq!(shown(&exactly, "won’t sail. Won't sail. won't  sail."), "won’t sail. ⟦Won't sail.⟧ won't  sail.");
        let exact = pattern("won't", Kind::Words, Case::Exact, Edges::Anywhere);
        assert_eq!(shown(&exact, "Won’t, won’t"), "Won’t, ⟦won’t⟧", "case tells capitals apart");
        assert_eq!(
            shown(&words("mark", Edges::WholeWords), "Press\u{ad}mark, mark\u{ad}"),
            "Press\u{ad}mark, ⟦mark⟧\u{ad}"
        );
        let literal = pattern("won't", Kind::Expression, Case::Folded, Edges::Anywhere);
        assert_eq!(shown(&literal, "won’t, won't"), "won’t, ⟦won't⟧", "an expression is compared sign by sign");
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
        for nothing in ["", "\u{200b}\u{ad}"] {
            assert_eq!(Matcher::new(&words(nothing, Edges::Anywhere)).unwrap_err().code, "nothing-to-find");
        }
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
        let found = |expression, text: &str| Matcher::new(&all(expression)).unwrap().hits(&Text::from(text));
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

    /// What a search for words must find, done the simple way: every place of what is read, one after the other.
    fn naive(pattern: &Pattern, read: &str) -> Vec<(usize, usize)> {
        let fold = |s: &str| if pattern.case == Case::Folded { s.to_lowercase() } else { s.to_owned() };
        // A gap between paragraphs is no space.
        let lines = read.replace("\n\n", "\r\r").replace('\n', " ");
        let (wanted, mut found, mut at) = (fold(&as_read(&pattern.text)), Vec::new(), 0);
        while at < read.len() {
            let ends = (at..=read.len()).filter(|end| read.is_char_boundary(*end) && fold(&lines[at..*end]) == wanted);
            let is_edge = |end: usize| {
                let word = |c: char| c.is_alphanumeric() || is_accent(c);
                match pattern.edges {
                    Edges::Anywhere => !read[end..].starts_with(is_accent),
                    Edges::WholeWords => !read[..at].ends_with(word) && !read[end..].starts_with(word),
                }
            };
            match ends.into_iter().find(|end| is_edge(*end)) {
                Some(end) => {
                    found.push((at, end));
                    at = end;
                }
                None => at = after_sign(read, at),
            }
        }
        found
    }

    /// The hits of a search that goes on in parts of so many bytes.
    fn in_parts(matcher: &Matcher, text: &Text, bytes: usize) -> Vec<ByteRange> {
        let (mut hits, mut at) = (Vec::new(), 0);
        while at < text.len() {
            let next = matcher.search(text, at, bytes, &mut hits);
            assert!(next > at, "it goes on");
            at = next;
        }
        hits
    }

    fn kinds() -> impl Strategy<Value = (Case, Edges)> {
        let cases = prop_oneof![Just(Case::Folded), Just(Case::Exact)];
        (cases, prop_oneof![Just(Edges::Anywhere), Just(Edges::WholeWords)])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn the_search_finds_what_a_slow_one_finds(
            text in "[abAé’' \u{ad}\u{a0}\u{301}\n]{0,40}",
            wanted in "[abAé' ]{0,2}[abAé’]",
            (case, edges) in kinds(),
            bytes in 1usize..9,
        ) {
            let pattern = pattern(&wanted, Kind::Words, case, edges);
            let matcher = Matcher::new(&pattern).unwrap();
            let text = Text::from(text);
            let hits = matcher.hits(&text);
            let read: Vec<_> = hits.iter().map(|h| text.as_read().range_of(*h)).map(|h| (h.start(), h.end())).collect();
            prop_assert_eq!(read, naive(&pattern, text.as_read().as_str()));
            prop_assert_eq!(in_parts(&matcher, &text, bytes), hits, "in parts as in one go");
        }

        #[test]
        fn plain_letters_are_an_expression_too(
            text in "[abAé “\n]{0,40}",
            wanted in "[abAé]{1,3}",
            (case, edges) in kinds(),
            bytes in 1usize..9,
        ) {
            let text = Text::from(text);
            let [words, expression] = [Kind::Words, Kind::Expression].map(|kind| {
                Matcher::new(&pattern(&wanted, kind, case, edges)).unwrap()
            });
            prop_assert_eq!(expression.hits(&text), words.hits(&text));
            prop_assert_eq!(in_parts(&expression, &text, bytes), words.hits(&text), "in parts as in one go");
        }
    }
}
