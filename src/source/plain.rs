//! Plain text: kept as it was loaded, except for line ends and a headline that stands apart.
//!
//! A text in lines of one width is set anew, its lines joined to paragraphs; see [`wrapped`].

mod wrapped;

use super::{
    encoding,
    outcome::{Outcome, Source, SourceKind},
    words::{has_words, title_from},
};
use crate::text;

/// Every text is plain text.
pub(super) fn sniff(_bytes: &[u8]) -> bool {
    true
}

/// The article of a plain file.
pub(super) fn read(bytes: &[u8]) -> Outcome {
    let decoded = encoding::decode(bytes, None)?;
    let mut source = from_text(&decoded.text, "");
    source.notes.splice(0..0, decoded.notes());
    Ok((source, decoded.diagnostics()))
}

/// A source from text in memory; without a title, it is looked for in the text.
pub(super) fn from_text(text: &str, title: &str) -> Source {
    let mut source = Source::new(SourceKind::Plain);
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    source.text = unify_line_ends(text, &mut source.notes);
    if let Some((joined, count)) = wrapped::join(&source.text) {
        source
            .notes
            .push(format!("The text was wrapped: its lines were joined to paragraphs, {count} line ends made spaces"));
        source.text = joined;
    }
    if !title.is_empty() {
        title.clone_into(&mut source.metadata.title);
    } else if let Some((headline, rest)) = split_headline(&source.text) {
        source.notes.push("The first line became the title and was left out of the text".to_owned());
        (source.metadata.title, source.text) = (headline.to_owned(), rest.to_owned());
    } else {
        source.metadata.title = title_from(&source.text);
    }
    source
}

/// Makes every line end `\n` and notes how many were something else.
pub(super) fn unify_line_ends(text: &str, notes: &mut Vec<String>) -> String {
    let (text, changed) = text::unify_line_ends(text);
    notes.extend(changed.iter().map(|(name, count)| format!("Line ends made LF: {count} were {name}")));
    text
}

/// The first line and what follows, where the line is surely a headline: short, not a sentence's end, and
/// apart from the text by a blank line.
fn split_headline(text: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 120;
    let (line, rest) = text.trim_start().split_once('\n')?;
    let (blank, body) = rest.split_once('\n')?;
    let headline = line.trim();
    let stands_apart = blank.trim().is_empty() && !body.trim().is_empty();
    let is_short = headline.chars().count() <= LONGEST;
    let goes_on =
        headline.ends_with(['.', '。', ',', ';', ':']) || headline.starts_with(['-', '*', '•', '“', '"', '«']);
    (stands_apart && is_short && has_words(headline) && !goes_on)
        .then(|| (headline, body.trim_start_matches(['\n', ' ', '\t'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, title: &str, kept: &str) {
        let source = from_text(text, "");
        assert_eq!((source.metadata.title.as_str(), source.text.as_str()), (title, kept));
    }

    #[test]
    fn only_a_headline_that_stands_apart_leaves_the_text() {
        check("Bridge closed\n\nThe bridge is closed.\n", "Bridge closed", "The bridge is closed.\n");
        check("Bridge closed\nThe bridge is closed.", "Bridge closed", "Bridge closed\nThe bridge is closed.");
        check("It is closed.\n\nSince May.", "It is closed.", "It is closed.\n\nSince May.");
        check("===\n\nBridge closed\n", "Bridge closed", "===\n\nBridge closed\n");
        check("Bridge closed\n\n  \n", "Bridge closed", "Bridge closed\n\n  \n");
    }

    #[test]
    fn a_few_lines_stay_and_a_wrapped_text_is_joined() {
        let text = "The council said on Monday that the bridge\nwould stay closed until the\nend of May.\n";
        check(text, "The council said on Monday that the bridge", text);
        let text = "Bridge closed\n\nThe council said that the bridge\nstays closed until the end of\nMay, because the money for its\n\
                    repair had not come in.\n";
        let source = from_text(text, "");
        assert_eq!(source.text.lines().count(), 1);
        assert_eq!(
            source.notes[0],
            "The text was wrapped: its lines were joined to paragraphs, 3 line ends made spaces"
        );
    }

    #[test]
    fn line_ends_become_lf_and_are_noted() {
        let source = from_text("a\r\nb\rc\n", "T");
        assert_eq!(source.text, "a\nb\nc\n");
        assert_eq!(from_text("a\u{2028}b\u{2029}c\u{85}d", "T").text, "a\nb\nc\nd");
        assert_eq!(source.notes, ["Line ends made LF: 1 were CRLF", "Line ends made LF: 1 were CR"]);
    }
}
