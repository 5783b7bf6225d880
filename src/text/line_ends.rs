//! Line ends of every kind become one: `\n`.

/// What ends a line, the ends of Unicode (UAX #14, classes BK and NL) included, as a person calls it.
const ENDS: [(&str, &str); 5] = [
    ("\r\n", "CRLF"),
    ("\r", "CR"),
    ("\u{85}", "next-line characters"),
    ("\u{2028}", "line separators"),
    ("\u{2029}", "paragraph separators"),
];

/// The text with `\n` at the end of each line, and how many line ends of which kinds were something else.
pub fn unify_line_ends(text: &str) -> (String, Vec<(&'static str, usize)>) {
    let mut text = text.to_owned();
    let mut changed = Vec::new();
    for (end, name) in ENDS {
        let count = text.matches(end).count();
        if count > 0 {
            changed.push((name, count));
            text = text.replace(end, "\n");
        }
    }
    (text, changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_becomes_one() {
        let (text, changed) = unify_line_ends("a\r\nb\rc\nd\u{2028}e\u{85}f");
        assert_eq!(text, "a\nb\nc\nd\ne\nf");
        assert_eq!(changed, [("CRLF", 1), ("CR", 1), ("next-line characters", 1), ("line separators", 1)]);
    }
}
