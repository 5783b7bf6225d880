//! Single signs, as they are read.

/// How a sign is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// As it is written.
    Plain,
    /// As another one, or as the letters that it joins.
    As(&'static str),
    /// Not at all.
    Unseen,
    /// White space within a line.
    Space,
    /// The end of a line.
    LineEnd,
}

/// Bytes of ASCII that are more than themselves: white space.
pub(super) fn is_plain_ascii(byte: u8) -> bool {
    byte > b' ' && byte < 0x80
}

/// How a character is read by itself.
pub(super) fn sign(c: char) -> Sign {
    match c {
        '\n' => Sign::LineEnd,
        c if c.is_whitespace() => Sign::Space,
        c if c.is_ascii() => Sign::Plain,
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | 'ʹ' | 'ʻ' | 'ʼ' | '׳' => Sign::As("'"),
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '״' => Sign::As("\""),
        // Hyphen, no-break hyphen, figure dash, minus, and the small and the wide hyphen-minus.
        '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => Sign::As("-"),
        'ß' => Sign::As("ss"),
        'ẞ' => Sign::As("SS"),
        'ﬀ' => Sign::As("ff"),
        'ﬁ' => Sign::As("fi"),
        'ﬂ' => Sign::As("fl"),
        'ﬃ' => Sign::As("ffi"),
        'ﬄ' => Sign::As("ffl"),
        'ﬅ' | 'ﬆ' => Sign::As("st"),
        c if is_unseen(c) => Sign::Unseen,
        _ => Sign::Plain,
    }
}

/// The property Default_Ignorable_Code_Point of the Unicode Character Database, version 17 (DerivedCoreProperties.txt).
const UNSEEN: [(char, char); 17] = [
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{202a}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fff8}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
];

/// Whether a character is not seen, but for its effect on others.
fn is_unseen(c: char) -> bool {
    let at = UNSEEN.partition_point(|(first, _)| *first <= c);
    UNSEEN[..at].last().is_some_and(|(_, last)| c <= *last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_unseen_signs_is_that_of_unicode() {
        let unicode = regex::Regex::new(r"^\p{Default_Ignorable_Code_Point}$").unwrap();
        for c in '\0'..=char::MAX {
            assert_eq!(is_unseen(c), unicode.is_match(c.encode_utf8(&mut [0; 4])), "{c:?}");
        }
    }
}
