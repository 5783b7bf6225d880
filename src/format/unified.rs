//! Texts of other programs as Pressmark has them: no byte order mark, and every line end a `\n`. Offsets are found in the
//! text as it came, and carried over; what was done is said.

use crate::text::{ByteRange, Text};

/// A text as it came, and as it becomes.
#[derive(Debug)]
pub struct Unified {
    /// As it came: offsets are of this one.
    pub source: Text,
    /// As it becomes.
    pub text: String,
    /// What was done, a sentence each.
    pub notes: Vec<String>,
    /// Places in the source behind which bytes are missing in the text, sorted, with how many are missing by then.
    shifts: Vec<(usize, usize)>,
}

/// What is changed, and what it becomes; longer ones first.
const CHANGES: [(&str, &str, &str); 6] = [
    ("\u{feff}", "", "byte order mark"),
    ("\r\n", "\n", "CRLF"),
    ("\r", "\n", "CR"),
    ("\u{85}", "\n", "next-line characters"),
    ("\u{2028}", "\n", "line separators"),
    ("\u{2029}", "\n", "paragraph separators"),
];

impl Unified {
    pub fn of(source: String) -> Self {
        let (mut text, mut shifts, mut counts) = (String::with_capacity(source.len()), Vec::new(), [0usize; 6]);
        let (mut at, mut missing) = (0, 0);
        while let Some(found) =
            source[at..].find(|c| matches!(c, '\u{feff}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}'))
        {
            let begin = at + found;
            text.push_str(&source[at..begin]);
            let which = CHANGES.iter().position(|(from, ..)| source[begin..].starts_with(from));
            // A byte order mark in the middle is a joiner of words, and stays.
            let Some(which) = which.filter(|which| *which > 0 || begin == 0) else {
                let end = begin + source[begin..].chars().next().map_or(0, char::len_utf8);
                text.push_str(&source[begin..end]);
                at = end;
                continue;
            };
            let (from, to, _) = CHANGES[which];
            counts[which] += 1;
            text.push_str(to);
            at = begin + from.len();
            missing += from.len() - to.len();
            shifts.push((at, missing));
        }
        text.push_str(&source[at..]);
        let notes = CHANGES.iter().zip(counts).filter(|(_, count)| *count > 0);
        let notes = notes.map(|((_, to, name), count)| match *to {
            "" => "The byte order mark was left out".to_owned(),
            _ => format!("Line ends became \\n: {count} {name}"),
        });
        Self { text, notes: notes.collect(), source: Text::new(source), shifts }
    }

    /// A range of the source in the text as it becomes.
    pub fn carried(&self, range: ByteRange) -> ByteRange {
        ByteRange::new(self.carried_offset(range.start()), self.carried_offset(range.end()))
    }

    fn carried_offset(&self, offset: usize) -> usize {
        match self.shifts.partition_point(|(at, _)| *at <= offset).checked_sub(1) {
            Some(last) => offset - self.shifts[last].1,
            None => offset.min(self.shifts.first().map_or(offset, |(at, missing)| at - missing)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_carried_over_what_is_left_out() {
        let unified = Unified::of("\u{feff}One\r\ntwo\u{2028}three\rfour".to_owned());
        assert_eq!(unified.text, "One\ntwo\nthree\nfour");
        for words in ["One", "two", "three", "four"] {
            let start = unified.source.find(words).unwrap();
            let range = unified.carried(ByteRange::new(start, start + words.len()));
            assert_eq!(range.slice(&unified.text), Some(words));
        }
        let between = unified.source.find("\r\n").unwrap() + 1;
        assert_eq!(unified.carried(ByteRange::at(between)).start(), 4, "inside a line end is behind it");
        assert_eq!(unified.notes.len(), 4);
    }
}
