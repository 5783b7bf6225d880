//! The quotation marks that a language sets, for quotations whose source leaves them to the browser: HTML’s `q`.
//!
//! Source: the delimiters of the Unicode CLDR, version 48, as the HTML Standard takes them over for `q`
//! (<https://html.spec.whatwg.org/multipage/rendering.html#quotes>). French sets spaces inside of its marks, which
//! CLDR leaves to typography (Imprimerie nationale, *Lexique des règles typographiques*); they are no-break spaces.

/// The mark before and the mark after a quotation that lies in `depth` others, in the language of a BCP 47 tag.
pub(super) fn around(language: &str, depth: usize) -> (&'static str, &'static str) {
    let [open, close, inner_open, inner_close] = of(&language.to_ascii_lowercase());
    if depth.is_multiple_of(2) { (open, close) } else { (inner_open, inner_close) }
}

/// Whether words are in quotation marks already, or may be: then they need no others.
pub(super) fn begins_with_mark(words: &str) -> bool {
    words.trim_start().starts_with(['"', '“', '”', '„', '‘', '‚', '«', '»', '‹', '›', '「', '『', '\''])
}

/// Around a quotation, and around one inside it. What is not here is as in English.
fn of(tag: &str) -> [&'static str; 4] {
    const ENGLISH: [&str; 4] = ["“", "”", "‘", "’"];
    const TABLE: &[(&[&str], [&str; 4])] = &[
        (&["fr-ch"], ["«", "»", "‹", "›"]),
        (&["fr-ca"], ["«\u{a0}", "\u{a0}»", "”", "“"]),
        (&["fr"], ["«\u{a0}", "\u{a0}»", "«\u{a0}", "\u{a0}»"]),
        (&["ht", "hy", "oc", "yav"], ["«", "»", "«", "»"]),
        (&["am", "fa", "gsw", "mzn", "rm", "sdh", "wae"], ["«", "»", "‹", "›"]),
        (
            &["ast", "br", "ca", "cv", "el", "es-us", "eu", "ie", "it", "kab", "kk", "lij", "mg", "pms", "sc", "ti"],
            ["«", "»", "“", "”"],
        ),
        // Portuguese as in Portugal and Africa; in Brazil as in English.
        (&["pt-pt", "pt-ao", "pt-cv", "pt-gw", "pt-mo", "pt-mz", "pt-st", "pt-tl"], ["«", "»", "“", "”"]),
        (&["be", "bua", "ky", "ru", "sah", "tyv", "uk"], ["«", "»", "„", "“"]),
        (&["no", "nb", "nn", "rw"], ["«", "»", "‘", "’"]),
        (&["ar", "syr", "ur"], ["”", "“", "’", "‘"]),
        (&["de", "cs", "dsb", "et", "hr", "hsb", "is", "lb", "mk", "nds", "sk", "sl"], ["„", "“", "‚", "‘"]),
        (&["bg", "lt"], ["„", "“", "„", "“"]),
        (&["ka"], ["„", "“", "«", "»"]),
        (&["pl", "ro"], ["„", "”", "«", "»"]),
        (&["hu", "szl"], ["„", "”", "»", "«"]),
        (&["sr"], ["„", "”", "’", "’"]),
        (&["bs"], ["„", "”", "‘", "’"]),
        (&["fi", "he", "se", "sv", "yi"], ["”", "”", "’", "’"]),
        (&["nl"], ["‘", "’", "‘", "’"]),
        (&["fur", "ia", "tn"], ["‘", "’", "“", "”"]),
        (&["ja", "yue", "zh-hant", "zh-tw", "zh-hk", "zh-mo"], ["「", "」", "『", "』"]),
        (&["ug"], ["»", "«", "›", "‹"]),
        (&["eo"], ["“", "”", "«", "»"]),
    ];
    let is_of = |name: &str| tag.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    TABLE.iter().find(|(names, _)| names.iter().any(|name| is_of(name))).map_or(ENGLISH, |(_, marks)| *marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_by_language_and_nesting() {
        assert_eq!(around("en-GB", 0), ("“", "”"));
        assert_eq!(around("en", 1), ("‘", "’"));
        assert_eq!(around("en", 2), ("“", "”"));
        assert_eq!(around("fr", 0), ("«\u{a0}", "\u{a0}»"));
        assert_eq!(around("fr-CH", 1), ("‹", "›"));
        assert_eq!(around("de-AT", 1), ("‚", "‘"));
        assert_eq!(around("zh-Hant-TW", 1), ("『", "』"));
        assert_eq!(around("fry", 0), ("“", "”"));
        assert_eq!(around("", 0), ("“", "”"));
    }
}
