//! Words as XML has them.

use std::borrow::Cow;

/// Words as content or as a value between quotation marks: line ends and tabs stay what they are there too, and characters
/// that XML 1.0 can’t hold become replacements (section 2.2, “Characters”).
pub fn escaped(words: &str) -> Cow<'_, str> {
    let is_plain = |c: char| !matches!(c, '&' | '<' | '>' | '"' | '\'' | '\u{85}' | '\u{2028}') && c >= ' ';
    if words.chars().all(is_plain) && !words.contains(['\u{fffe}', '\u{ffff}']) {
        return words.into();
    }
    let mut escaped = String::with_capacity(words.len() + words.len() / 8);
    for c in words.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            // Written as they are, they would be blanks or line feeds to whoever reads them.
            '\n' | '\t' | '\r' | '\u{85}' | '\u{2028}' => escaped.push_str(&format!("&#{};", u32::from(c))),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped.into()
}

/// A name that a reader can show in a line.
pub fn one_line(words: &str) -> String {
    words.split(['\n', '\r', '\t', '\u{85}', '\u{2028}', '\u{2029}']).collect::<Vec<_>>().join(" ")
}
