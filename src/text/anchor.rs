//! Anchors: the words of a range with a little context, by which it is found again in a changed text.
//!
//! This is the TextQuoteSelector of the W3C Web Annotation Data Model
//! (<https://www.w3.org/TR/annotation-model/#text-quote-selector>), read together with a position as in its
//! TextPositionSelector. It never guesses: what was not found convincingly is not found.

use memchr::memmem;

use super::ByteRange;
use super::segment::fit;

/// The words of a range, and up to [`CONTEXT`] code points on each side of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Anchor {
    /// The words themselves.
    pub exact: String,
    /// Up to [`CONTEXT`] characters before them.
    pub prefix: String,
    /// Up to [`CONTEXT`] characters after them.
    pub suffix: String,
}

/// Code points of context on each side.
pub const CONTEXT: usize = 24;

/// How many characters of context have to agree, spaces not counted.
const SUPPORT: usize = 8;

impl Anchor {
    /// The anchor of a range; one that does not fit the text is moved out to character boundaries.
    pub fn of(text: &str, range: ByteRange) -> Self {
        let (start, end) = fit(text, range);
        let (before, after) = (&text[..start], &text[end..]);
        let from = before.char_indices().rev().take(CONTEXT).last().map_or(start, |(at, _)| at);
        let to = after.char_indices().nth(CONTEXT).map_or(after.len(), |(at, _)| at);
        Self { exact: text[start..end].into(), prefix: before[from..].into(), suffix: after[..to].into() }
    }
}

/// Where the anchor's words are now, or `None` where nothing convinces.
///
/// Places where the words stand unchanged are tried first; where there are none, those where they differ only
/// in spaces, line ends, hyphenation marks or the style of quotation marks and dashes. Among them the one
/// wins whose context agrees in most characters, counted from the words outwards; among equals the nearest to
/// `hint`, the byte where the words once began. The winner convinces if eight characters of its context agree, or
/// all there were. An anchor without context is only found where it stands at the hint unchanged.
pub fn find(text: &str, anchor: &Anchor, hint: usize) -> Option<ByteRange> {
    if anchor.exact.is_empty() {
        return None;
    }
    let exact = occurrences(text, &anchor.exact).map(|start| ByteRange::new(start, start + anchor.exact.len()));
    let mut search = Search::new(text, anchor, hint);
    exact.for_each(|range| search.see(range));
    if let Some(best) = search.best {
        return search.convinces(best).then_some(best.range);
    }
    let (before, probe, after) = split_at_longest_word(&anchor.exact)?;
    for start in occurrences(text, probe) {
        let end = start + probe.len();
        let (Some(to), Some(from)) = (match_forwards(&text[end..], after), match_backwards(&text[..start], before))
        else {
            continue;
        };
        search.see(ByteRange::new(from, end + to));
    }
    let best = search.best?;
    (search.context > 0 && search.convinces(best)).then_some(best.range)
}

/// Whether the words around a range may be the ones that stood around it before: as many of them agree as
/// [`find`] asks for. Without any there is nothing that could disagree.
///
/// # Panics
/// Where the range does not fit the text.
pub fn surroundings_agree(text: &str, range: ByteRange, prefix: &str, suffix: &str) -> bool {
    let (before, after) = (&text[..range.start()], &text[range.end()..]);
    if before.ends_with(prefix) && after.starts_with(suffix) {
        return true;
    }
    let context = folded(prefix.chars()).count() + folded(suffix.chars()).count();
    agreeing_around(before, after, prefix, suffix) >= context.min(SUPPORT)
}

/// The best candidate so far.
struct Search<'a> {
    text: &'a str,
    anchor: &'a Anchor,
    /// The byte at which the words were.
    hint: usize,
    /// Characters of context there are to agree.
    context: usize,
    best: Option<Candidate>,
}

/// A place with the words, and how much of what stood around them agrees.
#[derive(Clone, Copy)]
struct Candidate {
    range: ByteRange,
    /// Characters of context that agree.
    agrees: usize,
}

impl<'a> Search<'a> {
    /// A search that has seen nothing.
    fn new(text: &'a str, anchor: &'a Anchor, hint: usize) -> Self {
        let context = folded(anchor.prefix.chars()).count() + folded(anchor.suffix.chars()).count();
        Self { text, anchor, hint, context, best: None }
    }

    /// Takes up a candidate; of equal ones the nearest to the hint is kept.
    fn see(&mut self, range: ByteRange) {
        let (before, after) = (&self.text[..range.start()], &self.text[range.end()..]);
        let agrees = agreeing_around(before, after, &self.anchor.prefix, &self.anchor.suffix);
        let candidate = Candidate { range, agrees };
        let rank = |c: Candidate| (c.agrees, usize::MAX - c.range.start().abs_diff(self.hint));
        if self.best.is_none_or(|best| rank(candidate) > rank(best)) {
            self.best = Some(candidate);
        }
    }

    /// Whether a candidate is good enough to be taken.
    fn convinces(&self, candidate: Candidate) -> bool {
        match self.context {
            0 => candidate.range.start() == self.hint,
            context => candidate.agrees >= context.min(SUPPORT),
        }
    }
}

/// Where the needle begins, overlapping itself or not.
fn occurrences<'a>(text: &'a str, needle: &'a str) -> impl Iterator<Item = usize> + 'a {
    let finder = memmem::Finder::new(needle);
    let step = needle.chars().next().map_or(1, char::len_utf8);
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + finder.find(&text.as_bytes()[from..])?;
        from = start + step;
        Some(start)
    })
}

/// The words before the longest run of letters and digits, the run, and the words after it.
fn split_at_longest_word(words: &str) -> Option<(&str, &str, &str)> {
    let probe = words.split(|char: char| !char.is_alphanumeric()).max_by_key(|run| run.len())?;
    let start = probe.as_ptr() as usize - words.as_ptr() as usize;
    (!probe.is_empty()).then(|| (&words[..start], probe, &words[start + probe.len()..]))
}

/// How many bytes from the start of `text` read as `words` once both are folded.
fn match_forwards(text: &str, words: &str) -> Option<usize> {
    let mut end = 0;
    let mut wanted = folded(words.chars()).peekable();
    let mut places = text.char_indices();
    while wanted.peek().is_some() {
        let (at, char) = places.next()?;
        if folded([char].into_iter()).any(|char| wanted.next() != Some(char)) {
            return None;
        }
        end = at + char.len_utf8();
    }
    Some(end)
}

/// Where the end of `text` begins that reads as `words` once both are folded.
fn match_backwards(text: &str, words: &str) -> Option<usize> {
    let mut start = text.len();
    let mut wanted = folded(words.chars().rev()).peekable();
    let mut places = text.char_indices().rev();
    while wanted.peek().is_some() {
        let (at, char) = places.next()?;
        if folded([char].into_iter()).any(|char| wanted.next() != Some(char)) {
            return None;
        }
        start = at;
    }
    Some(start)
}

/// Characters of context that agree on both sides, counted from the words outwards.
fn agreeing_around(before: &str, after: &str, prefix: &str, suffix: &str) -> usize {
    agreeing(before.chars().rev(), prefix.chars().rev()) + agreeing(after.chars(), suffix.chars())
}

/// How many characters agree, from the start, after folding.
fn agreeing(text: impl Iterator<Item = char>, context: impl Iterator<Item = char>) -> usize {
    folded(text).zip(folded(context)).take_while(|(a, b)| a == b).count()
}

/// Characters without what editions of one text differ in: spaces, invisible marks, the style of marks.
pub(super) fn folded(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    chars.flat_map(|char| {
        let (char, times) = match char {
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => (char, 0),
            _ if char.is_whitespace() => (char, 0),
            '“' | '”' | '„' | '«' | '»' => ('"', 1),
            '‘' | '’' | '‚' | '‹' | '›' => ('\'', 1),
            '‐'..='―' | '−' => ('-', 1),
            '…' => ('.', 3),
            _ => (char, 1),
        };
        std::iter::repeat_n(char, times)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes the marked words of `old` and shows where they are found in `new`.
    fn check(old: &str, new: &str, expected: Option<&str>) {
        let start = old.find('⟦').unwrap();
        let end = old.find('⟧').unwrap() - '⟦'.len_utf8();
        let old = old.replace(['⟦', '⟧'], "");
        let anchor = Anchor::of(&old, ByteRange::new(start, end));
        let found = find(new, &anchor, start);
        let found = found.map(|r| format!("{}⟦{}⟧{}", &new[..r.start()], &new[r.as_range()], &new[r.end()..]));
        assert_eq!(found.as_deref(), expected, "{old} → {new}");
    }

    #[test]
    fn words_are_found_by_their_context() {
        let old = "He saw the wall. She saw ⟦the wall⟧ too, and left.";
        check(
            old,
            "Update: He saw the wall. She saw the wall too, and left.",
            Some("Update: He saw the wall. She saw ⟦the wall⟧ too, and left."),
        );
        check(old, "She saw the wall too, and left.", Some("She saw ⟦the wall⟧ too, and left."));
    }

    #[test]
    fn words_without_context_are_not_looked_for() {
        check("⟦the wall⟧", "x the wall", None);
        check("⟦the wall⟧", "the wall", Some("⟦the wall⟧"));
        let text = "No one came, and no one says no.";
        let bare = Anchor { exact: "no".into(), prefix: String::new(), suffix: String::new() };
        assert_eq!(find(text, &bare, 3), None);
        assert_eq!(find(text, &bare, 17), Some(ByteRange::new(17, 19)));
    }

    #[test]
    fn the_same_words_among_others_are_not_the_same_place() {
        let nurses = "The nurses’ union said the night boat costs too much.\nNobody asked the skipper.";
        let board = "The harbour board said ⟦the night boat costs too much⟧.";
        check(&format!("{board}\n{nurses}"), nurses, None);
        check(&format!("{board}\n{nurses}"), &format!("The harbour board said it loses money.\n{nurses}"), None);
    }

    #[test]
    fn equal_places_are_told_apart_by_the_hint() {
        check("la la ⟦la⟧ la la", "la la la la la", Some("la la ⟦la⟧ la la"));
    }

    #[test]
    fn style_of_marks_and_spaces_do_not_matter() {
        let old = "It said: “We ⟦didn’t go – not\nthen…⟧ and not now,” he";
        check(
            old,
            "It said: \"We  didn't go - not then... and not now,\" he",
            Some("It said: \"We  ⟦didn't go - not then...⟧ and not now,\" he"),
        );
        check(
            "a ⟦“coöp\u{ad}eration”⟧ in reform",
            "a \"coöperation\" in reform",
            Some("a ⟦\"coöperation\"⟧ in reform"),
        );
    }

    #[test]
    fn short_words_in_a_foreign_place_do_not_convince() {
        check("Biden met ⟦the⟧ president in Mexico.", "Rain fell on the coast all day.", None);
        check("Biden met ⟦the⟧ president in Mexico.", "Nobody was seen.", None);
        let old = "Biden pledged ⟦humane migration⟧ today.";
        check(old, "A humane migration, said Obrador.", None);
        check(old, "Biden pledged a humane migration, again.", None);
        check(old, "Joe Biden pledged humane migration, again.", Some("Joe Biden pledged ⟦humane migration⟧, again."));
        check(old, "humane migration and humane migration", None);
    }

    #[test]
    fn context_has_a_length() {
        let anchor = Anchor::of(&"é".repeat(100), ByteRange::new(99, 101));
        assert_eq!(anchor.exact, "éé", "an offset inside a character moves outwards");
        assert_eq!((anchor.prefix.chars().count(), anchor.suffix.chars().count()), (24, 24));
    }
}
