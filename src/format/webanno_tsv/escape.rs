//! Cells of a WebAnno TSV: what is escaped in them, what parts them, and the numbers behind values.

/// Words of the text or a token as a line can have them.
pub fn escaped_text(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\t' => escaped.push_str("\\t"),
            '\n' => escaped.push_str("\\n"),
            '\u{c}' => escaped.push_str("\\f"),
            '\r' => escaped.push_str("\\r"),
            '\u{8}' => escaped.push_str("\\b"),
            '\\' => escaped.push_str("\\\\"),
            c if c < ' ' && !matches!(c, '\u{8}'..='\u{d}') => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}

pub fn unescaped_text(words: &str) -> String {
    let known = |c: char| match c {
        't' => Some('\t'),
        'n' => Some('\n'),
        'f' => Some('\u{c}'),
        'r' => Some('\r'),
        'b' => Some('\u{8}'),
        '\\' => Some('\\'),
        c if c < ' ' => Some(c),
        _ => None,
    };
    unescaped(words, known)
}

/// A value as a cell can have it.
pub fn escaped_value(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for (at, c) in words.char_indices() {
        match c {
            '\t' => escaped.push_str("\\t"),
            // There is no escape for a carriage return, and it would end the line.
            '\n' | '\r' => escaped.push_str("\\n"),
            '\\' | '[' | ']' | '|' | '_' | ';' | '*' => escaped.extend(['\\', c]),
            '-' if words[at..].starts_with("->") => escaped.push_str("\\-"),
            c => escaped.push(c),
        }
    }
    escaped
}

pub fn unescaped_value(words: &str) -> String {
    let known = |c: char| match c {
        't' => Some('\t'),
        'n' => Some('\n'),
        '\\' | '[' | ']' | '|' | '_' | ';' | '*' | '-' => Some(c),
        _ => None,
    };
    unescaped(words, known)
}

/// Takes the backslashes of what is known; others stay.
fn unescaped(words: &str, known: impl Fn(char) -> Option<char>) -> String {
    let mut text = String::with_capacity(words.len());
    let mut chars = words.chars();
    while let Some(c) = chars.next() {
        match (c, chars.clone().next().and_then(&known)) {
            ('\\', Some(escaped)) => {
                chars.next();
                text.push(escaped);
            }
            _ => text.push(c),
        }
    }
    text
}

/// The parts of a cell between separators that are not escaped.
pub fn parts(cell: &str, separator: char) -> Vec<&str> {
    let (mut parts, mut start, mut is_escaped) = (Vec::new(), 0, false);
    for (at, c) in cell.char_indices() {
        if c == separator && !is_escaped {
            parts.push(&cell[start..at]);
            start = at + c.len_utf8();
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    parts.push(&cell[start..]);
    parts
}

/// A value and what stands in brackets behind it: `PER[2]`, `1-5[0_3]`.
pub fn with_number(value: &str) -> (&str, Option<&str>) {
    let inside = || {
        let (before, number) = value.strip_suffix(']')?.rsplit_once('[')?;
        let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit() || b == b'_');
        let is_escaped = before.bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1;
        (is_number && !is_escaped).then_some((before, Some(number)))
    };
    inside().unwrap_or((value, None))
}

/// A value and the chain and the link in it that stand behind: `coref->1-2`.
pub fn with_link(value: &str) -> Option<(&str, usize, usize)> {
    let (before, link) = value.rsplit_once("->")?;
    let (chain, link) = link.split_once('-')?;
    Some((before, chain.parse().ok()?, link.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_from_cells() {
        for words in ["a\\b", "[1]", "a|b;c", "*", "_", "x->y-", "t\tn\n", "\\t", "é-"] {
            assert_eq!(unescaped_value(&escaped_value(words)), words);
            assert_eq!(parts(&escaped_value(words), '|').len(), 1);
            assert_eq!(with_number(&escaped_value(words)).1, None);
            assert_eq!(unescaped_text(&escaped_text(words)), words);
        }
        assert_eq!(escaped_value("a->b_"), "a\\->b\\_");
        assert_eq!(unescaped_value("\\x"), "\\x");
    }

    #[test]
    fn numbers_stand_behind_values() {
        assert_eq!(parts("a\\|b|c", '|'), ["a\\|b", "c"]);
        assert_eq!((with_number("PER[2]"), with_number("1-5[0_3]")), (("PER", Some("2")), ("1-5", Some("0_3"))));
        assert_eq!((with_number("NOT\\[1\\]"), with_number("x[]")), (("NOT\\[1\\]", None), ("x[]", None)));
        assert_eq!((with_link("*->1-3"), with_link("a-b")), (Some(("*", 1, 3)), None));
    }
}
