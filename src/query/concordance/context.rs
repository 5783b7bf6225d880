//! A hit with the words around it, as a row of a concordance shows it.

use std::borrow::Cow;

use crate::text::{ByteRange, Text};

/// A hit and what stands around it in its paragraph (“keyword in context”).
///
/// At most `AROUND` bytes on either side, cut between characters: a row shows a line, however long the paragraph is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeywordInContext<'a> {
    /// What stands before it, on the same line of text.
    pub left: &'a str,
    /// On one line: where it goes on in the next one, a space stands for the line's end.
    pub hit: Cow<'a, str>,
    /// What stands after it.
    pub right: &'a str,
}

/// As many bytes on either side are enough for a line.
const AROUND: usize = 160;

impl<'a> KeywordInContext<'a> {
    /// The range must [fit](ByteRange::fits) the text.
    pub fn of(text: &'a Text, range: ByteRange) -> Self {
        let text = text.as_str();
        let start = text.floor_char_boundary(range.start().saturating_sub(AROUND));
        let end = text.floor_char_boundary((range.end() + AROUND).min(text.len()));
        let left = &text[start..range.start()];
        let (hit, right) = (&text[range.as_range()], &text[range.end()..end]);
        Self {
            left: left.rsplit('\n').next().unwrap_or_default(),
            hit: if hit.contains('\n') { hit.replace('\n', " ").into() } else { hit.into() },
            right: right.split('\n').next().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_context_ends_with_its_paragraph_and_between_letters() {
        let text = Text::from("One.\nÉté was hot.\nTwo.");
        let at = |words: &str| {
            let start = text.find(words).unwrap();
            KeywordInContext::of(&text, ByteRange::new(start, start + words.len()))
        };
        assert_eq!(at("was"), KeywordInContext { left: "Été ", hit: "was".into(), right: " hot." });
        assert_eq!(at("hot.\nTwo"), KeywordInContext { left: "Été was ", hit: "hot. Two".into(), right: "." });
        let long = Text::from("é".repeat(400) + "x" + &"é".repeat(400));
        let context = KeywordInContext::of(&long, ByteRange::new(800, 801));
        assert_eq!((context.left.chars().count(), &*context.hit, context.right.chars().count()), (80, "x", 80));
    }
}
