//! Paragraphs, for callers that bring none of their own. Words and sentences are the text room's.

use crate::text::ByteRange;

/// Lines that hold more than white space, without their line ends.
pub(super) fn paragraphs(text: &str, out: &mut Vec<ByteRange>) {
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        let line = text[start..end].trim_end();
        if !line.is_empty() {
            out.push(ByteRange::new(start, start + line.len()));
        }
        start = end + 1;
    }
}

/// The nearest character boundary at or before an offset.
pub(super) fn floor(text: &str, offset: usize) -> usize {
    text.floor_char_boundary(offset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::segment::{sentence_at, word_at};

    fn word<'a>(text: &'a str, before: &str) -> &'a str {
        word_at(text, text.find(before).unwrap()).slice(text).unwrap()
    }

    #[test]
    fn words_are_found_in_every_script() {
        assert_eq!(word("The mayor’s plan", "yor"), "mayor’s");
        assert_eq!(word("قال الرئيس يوم", "ئيس"), "الرئيس");
        assert_eq!(word("彼は学校に行く", "校"), "学校");
        assert_eq!(word("two  words", " words"), "");
    }

    #[test]
    fn sentences_end_without_their_spaces() {
        let text = "One here.  Two there! Three";
        assert_eq!(sentence_at(text, 12).slice(text), Some("Two there!"));
        assert_eq!(sentence_at(text, text.len()).slice(text), Some("Three"));
    }

    #[test]
    fn blank_lines_are_no_paragraphs() {
        let mut out = Vec::new();
        let text = "One\n\n  \nTwo  \n";
        paragraphs(text, &mut out);
        let found: Vec<_> = out.iter().map(|r| r.slice(text).unwrap()).collect();
        assert_eq!(found, ["One", "Two"]);
    }
}
