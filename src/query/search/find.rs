//! Finding in one text: its hits as far as it has been searched, and the one that has been come to.

use super::{Matcher, Pattern};
use crate::{
    diagnostic::Diagnostic,
    text::{ByteRange, Text},
};

/// A search in one text, which goes on where it stopped, and the way from hit to hit.
///
/// One comes to the first hit from the origin on, or where there is none to the first of the text; from there it
/// goes on by steps, around at both ends.
#[derive(Debug, Default)]
pub struct Finder {
    /// What the hits are of: nothing of the last text or pattern holds for another.
    sought: Option<(Text, Pattern)>,
    /// Without anything to look for there is none.
    matcher: Option<Result<Matcher, Diagnostic>>,
    /// In order of place, as far as the text has been searched.
    hits: Vec<ByteRange>,
    /// How many bytes of the text have been searched.
    searched: usize,
    /// The hit that has been come to, by where it stands among them.
    current: Option<usize>,
    /// The byte from which the first hit is looked for.
    origin: usize,
    /// To be gone once there are hits.
    steps: isize,
}

impl Finder {
    /// Begins anew from an offset in bytes, with some steps to go after the first hit from there.
    pub fn begin(&mut self, origin: usize, steps: isize) {
        *self = Self { origin, steps, ..Self::default() };
    }

    /// Goes on by so many hits; negative is back.
    pub fn step(&mut self, by: isize) {
        self.steps += by;
    }

    /// Begins again where the text or what is sought is another one.
    pub fn follow(&mut self, text: &Text, pattern: &Pattern) {
        let is_same = |known: &Text| std::ptr::eq(known.as_str(), text.as_str());
        match &self.sought {
            Some((known, sought)) if is_same(known) && sought == pattern => return,
            Some((known, _)) if !is_same(known) => self.origin = 0,
            _ => {}
        }
        self.matcher = (!pattern.text.is_empty()).then(|| Matcher::new(pattern));
        self.sought = Some((text.clone(), pattern.clone()));
        self.hits.clear();
        (self.searched, self.current) = (0, None);
    }

    /// Searches on for about so many bytes; gives the hit where it has come to another one.
    pub fn advance(&mut self, bytes: usize) -> Option<ByteRange> {
        let (Some((text, _)), Some(Ok(matcher))) = (&self.sought, &self.matcher) else { return None };
        let before = self.current();
        if self.searched < text.len() {
            self.searched = matcher.search(text, self.searched, bytes, &mut self.hits);
        }
        self.go();
        let now = self.current().filter(|_| self.current() != before)?;
        self.origin = now.start();
        Some(now)
    }

    /// Comes to the first hit if it has come to none, then goes the steps.
    fn go(&mut self) {
        if self.current.is_none() {
            let next = self.hits.partition_point(|hit| hit.start() < self.origin);
            let around = if self.is_done() { 0 } else { next };
            self.current = [next, around].into_iter().find(|at| *at < self.hits.len());
        }
        if let (Some(at), true) = (self.current, self.steps != 0) {
            let around = at as isize + std::mem::take(&mut self.steps);
            self.current = Some(around.rem_euclid(self.hits.len() as isize) as usize);
        }
    }

    /// In order of place, as far as the text has been searched.
    pub fn hits(&self) -> &[ByteRange] {
        &self.hits
    }

    /// Where the hit that has been come to stands among them, from 0.
    pub fn position(&self) -> Option<usize> {
        self.current
    }

    /// The hit that has been come to.
    pub fn current(&self) -> Option<ByteRange> {
        self.current.and_then(|at| self.hits.get(at)).copied()
    }

    /// Whether there is something to look for that can be looked for.
    pub fn is_searching(&self) -> bool {
        matches!(self.matcher, Some(Ok(_)))
    }

    /// Whether the whole text has been searched.
    pub fn is_done(&self) -> bool {
        self.sought.as_ref().is_some_and(|(text, _)| self.searched >= text.len())
    }

    /// What is wrong with the pattern.
    pub fn wrong(&self) -> Option<&Diagnostic> {
        self.matcher.as_ref()?.as_ref().err()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where it has come to among the hits: `2 of 3…` while it still searches.
    fn standing(finder: &Finder) -> String {
        let more = if finder.is_done() { "" } else { "…" };
        finder.position().map_or_else(|| "none".to_owned(), |at| format!("{} of {}{more}", at + 1, finder.hits().len()))
    }

    /// A finder of “the” in a text.
    fn finder(text: &str, origin: usize) -> Finder {
        let mut finder = Finder::default();
        finder.begin(origin, 0);
        finder.follow(&Text::from(text), &Pattern { text: "the".to_owned(), ..Pattern::default() });
        finder
    }

    #[test]
    fn it_comes_to_the_first_hit_from_where_one_is_and_goes_around() {
        let mut finder = finder("the one, the two, the third", 5);
        assert_eq!(finder.advance(1000), Some(ByteRange::new(9, 12)));
        assert_eq!(standing(&finder), "2 of 3");
        assert_eq!(finder.advance(1000), None, "it is still the same");
        for (by, stands) in [(1, "3 of 3"), (1, "1 of 3"), (-1, "3 of 3"), (-5, "1 of 3")] {
            finder.step(by);
            assert!(finder.advance(1000).is_some());
            assert_eq!(standing(&finder), stands, "by {by}");
        }
    }

    #[test]
    fn it_searches_paragraph_by_paragraph_and_waits_with_what_lies_before_until_the_end() {
        let mut finder = finder("the\nother\nend", 3);
        assert_eq!((finder.advance(1), standing(&finder)), (None, "none".to_owned()));
        assert_eq!((finder.advance(1), standing(&finder)), (Some(ByteRange::new(5, 8)), "2 of 2…".to_owned()));
        assert_eq!((finder.advance(1), standing(&finder)), (None, "2 of 2".to_owned()));
        let mut from_the_end = self::finder("the\nother\nend", 10);
        from_the_end.advance(1);
        assert_eq!(standing(&from_the_end), "none");
        from_the_end.advance(9);
        assert_eq!(standing(&from_the_end), "1 of 2");
    }

    #[test]
    fn another_text_or_pattern_is_searched_anew_and_nothing_is_no_search() {
        let mut finder = finder("the one, the other", 5);
        finder.advance(1000);
        let pattern = Pattern { text: "one".to_owned(), ..Pattern::default() };
        let text = Text::from("one");
        finder.follow(&text, &pattern);
        assert_eq!((finder.advance(1000), standing(&finder)), (Some(ByteRange::new(0, 3)), "1 of 1".to_owned()));
        finder.follow(&text, &Pattern::default());
        assert_eq!((finder.advance(1000), finder.is_searching(), finder.wrong()), (None, false, None));
    }
}
