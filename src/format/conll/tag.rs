//! A tag of a token, such as `B-LOC`, and marks made of tags, whatever way of tagging it is.

use std::ops::Range;

/// What a cell says of its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag<'c> {
    Outside,
    /// The token is a part of a mark with this label, which is empty where marks have none.
    Of(Position, &'c str),
}

/// Which part of a mark a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    Begin,
    /// Also the first one, in IOB1.
    Inside,
    End,
    Single,
}

impl<'c> Tag<'c> {
    /// What a cell says; `None` for what is no tag.
    pub fn of(cell: &'c str) -> Option<Self> {
        if cell == "O" {
            return Some(Self::Outside);
        }
        let (position, label) = cell.split_once('-').unwrap_or((cell, ""));
        let position = match position {
            "B" => Position::Begin,
            "I" | "M" => Position::Inside,
            "E" | "L" => Position::End,
            "S" | "U" | "W" => Position::Single,
            _ => return None,
        };
        (!label.is_empty() || !cell.contains('-')).then_some(Self::Of(position, label))
    }
}

/// What was seen of a way of tagging.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Which letters there were, a bit each, `A` the first.
    letters: u32,
    /// `B` behind another mark of its label, where IOB1 has it too, and elsewhere, where it has not.
    needed: usize,
    free: usize,
    /// `I` or `E` that begin a mark.
    pub unbegun: usize,
    /// The line of the first of them, from 1.
    pub first_unbegun: u32,
    pub marks: usize,
}

impl Seen {
    /// What the way of tagging is called.
    pub fn scheme(&self) -> &'static str {
        let has = |letters: &[u8]| letters.iter().any(|letter| self.letters & (1 << (letter - b'A')) != 0);
        match () {
            () if has(b"LU") => "BILOU",
            () if has(b"MW") => "BMEWO",
            () if has(b"ES") => "IOBES",
            () if self.free == 0 && self.unbegun > 0 => "IOB1",
            () => "IOB2",
        }
    }

    /// Whether marks began otherwise than the way of tagging has it.
    pub fn is_broken(&self) -> bool {
        self.unbegun > 0 && self.scheme() != "IOB1"
    }
}

/// Makes marks of the tags of a column.
#[derive(Debug, Default)]
pub struct Decoder {
    open: Option<(usize, String)>,
    /// Tokens from the first to behind the last, with their labels.
    found: Vec<(Range<usize>, String)>,
    pub seen: Seen,
}

impl Decoder {
    /// Takes the tag of the token of a number, which stands on a line.
    pub fn push(&mut self, token: usize, cell: &str, line: u32) {
        let Some(Tag::Of(position, label)) = Tag::of(cell) else { return self.close(token) };
        if let Some(letter @ b'A'..=b'Z') = cell.bytes().next() {
            self.seen.letters |= 1 << (letter - b'A');
        }
        let goes_on = self.open.as_ref().is_some_and(|(_, open)| open == label);
        match (position, goes_on) {
            (Position::Begin, true) => self.seen.needed += 1,
            (Position::Begin, false) => self.seen.free += 1,
            (Position::Inside | Position::End, false) => {
                self.seen.unbegun += 1;
                self.seen.first_unbegun = if self.seen.unbegun == 1 { line } else { self.seen.first_unbegun };
            }
            _ => {}
        }
        if !goes_on || matches!(position, Position::Begin | Position::Single) {
            self.close(token);
            self.open = Some((token, label.to_owned()));
        }
        if matches!(position, Position::End | Position::Single) {
            self.close(token + 1);
        }
    }

    /// Ends the mark that is open before a token.
    pub fn close(&mut self, token: usize) {
        if let Some((start, label)) = self.open.take() {
            self.found.push((start..token, label));
            self.seen.marks += 1;
        }
    }

    /// The marks that were found since this was last asked.
    pub fn take(&mut self) -> Vec<(Range<usize>, String)> {
        std::mem::take(&mut self.found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(tags: &str, marks: &str, scheme: &str) {
        let mut decoder = Decoder::default();
        for (at, tag) in tags.split(' ').enumerate() {
            decoder.push(at, tag, 1);
        }
        decoder.close(tags.split(' ').count());
        let found = decoder.take();
        let found: Vec<String> =
            found.iter().map(|(range, label)| format!("{label}{}-{}", range.start, range.end)).collect();
        assert_eq!((found.join(" ").as_str(), decoder.seen.scheme()), (marks, scheme));
    }

    #[test]
    fn every_way_of_tagging_gives_the_same_marks() {
        let marks = "A0-2 A2-3 B4-5";
        check("B-A I-A B-A O B-B", marks, "IOB2");
        check("I-A I-A B-A O I-B", marks, "IOB1");
        check("B-A L-A U-A O U-B", marks, "BILOU");
        check("B-A E-A S-A O S-B", marks, "IOBES");
        check("B-A E-A W-A O W-B", marks, "BMEWO");
        check("B I O B", "0-2 3-4", "IOB2");
        check("B-A I-B O I-A", "A0-1 B1-2 A3-4", "IOB2");
        assert_eq!((Tag::of("B-"), Tag::of("LOC"), Tag::of("_")), (None, None, None));
        assert_eq!(Tag::of("I-a-b"), Some(Tag::Of(Position::Inside, "a-b")));
    }
}
