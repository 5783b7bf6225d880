//! What scripts need: the families that set them best next to the reading serif, their direction, and whether egui can
//! set them. It looks for no font.

pub use parley::BaseDirection as Direction;
use swash::text::{BidiClass, Codepoint, Script};

/// The name of a character's script in English, such as “Thai”; `None` where it belongs to none, as signs do.
pub fn script_name(c: char) -> Option<String> {
    match c.script() {
        Script::Common | Script::Inherited | Script::Unknown => None,
        script => Some(format!("{script:?}")),
    }
}

/// Of characters and where they stand, the first one of a script that has a name, as fonts are found by it; else the
/// first.
pub fn most_telling(characters: impl Iterator<Item = (usize, char)>) -> Option<char> {
    characters.min_by_key(|(at, c)| (script_name(*c).is_none(), *at)).map(|(_, c)| c)
}

/// The family of the Noto fonts that has a character's script, as its users know it.
pub fn noto_family(c: char) -> String {
    match c.script() {
        Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul | Script::Bopomofo => {
            "Noto Serif CJK".into()
        }
        Script::Common | Script::Inherited | Script::Unknown => "Noto".into(),
        script => format!("Noto Sans {script:?}"),
    }
}

/// The family to be tried after the chosen one for a text in which the character occurs; the language, a BCP 47 tag,
/// chooses between the shapes of Han characters.
pub fn companion(c: char, language: Option<&str>) -> Option<&'static str> {
    let language = language.unwrap_or_default();
    match c.script() {
        Script::Arabic => Some("Noto Naskh Arabic"),
        Script::Hebrew => Some("Noto Serif Hebrew"),
        Script::Devanagari => Some("Noto Serif Devanagari"),
        Script::Thai => Some("Noto Serif Thai"),
        Script::Hangul => Some("Noto Serif CJK KR"),
        Script::Hiragana | Script::Katakana => Some("Noto Serif CJK JP"),
        Script::Han if language.starts_with("ja") => Some("Noto Serif CJK JP"),
        Script::Han if language.starts_with("ko") => Some("Noto Serif CJK KR"),
        Script::Han if language.contains("Hant") || language.ends_with("TW") => Some("Noto Serif CJK TC"),
        Script::Han => Some("Noto Serif CJK SC"),
        _ => None,
    }
}

/// The direction a paragraph is read in: that of its first letter.
pub fn direction_of(paragraph: &str) -> Direction {
    let strong = paragraph.chars().find_map(|c| match c.bidi_class() {
        BidiClass::L => Some(Direction::Ltr),
        BidiClass::R | BidiClass::AL => Some(Direction::Rtl),
        _ => None,
    });
    strong.unwrap_or(Direction::Ltr)
}

/// Whether words want more than egui does: it sets from left to right alone, knows no shapes that follow the language,
/// and takes what fonts it finds. What Latin, Greek and Cyrillic texts consist of does not.
pub fn needs_engine(text: &str) -> bool {
    let is_plain = |c: char| {
        matches!(c,
            '\u{0}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' | '\u{1d00}'..='\u{200d}' | '\u{2010}'..='\u{2029}'
            | '\u{202f}'..='\u{2065}' | '\u{206a}'..='\u{2bff}' | '\u{2c60}'..='\u{2c7f}' | '\u{2e00}'..='\u{2e7f}'
            | '\u{a640}'..='\u{a69f}' | '\u{a720}'..='\u{a7ff}' | '\u{ab30}'..='\u{ab6f}' | '\u{e000}'..='\u{f8ff}'
            | '\u{fb00}'..='\u{fb06}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}'
            | '\u{1d400}'..='\u{1d7ff}' | '\u{1f000}'..='\u{1faff}')
    };
    !text.is_ascii() && !text.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_have_names_and_signs_have_none() {
        let names = ['ก', '東', 'ש', '—', '1'].map(|c| script_name(c).unwrap_or_default());
        assert_eq!(names, ["Thai", "Han", "Hebrew", "", ""]);
    }

    #[test]
    fn a_letter_tells_more_of_its_script_than_a_full_stop() {
        assert_eq!(most_telling([(9, '。'), (3, '東'), (1, 'ש')].into_iter()), Some('ש'));
        assert_eq!(most_telling([(9, '…'), (3, '。')].into_iter()), Some('。'));
        assert_eq!(most_telling(std::iter::empty()), None);
    }

    #[test]
    fn han_is_set_in_the_shapes_of_the_language() {
        let found = [Some("ja"), Some("zh-Hant"), Some("zh"), None].map(|language| companion('東', language).unwrap());
        assert_eq!(found, ["Noto Serif CJK JP", "Noto Serif CJK TC", "Noto Serif CJK SC", "Noto Serif CJK SC"]);
    }

    #[test]
    fn a_paragraph_is_read_in_the_direction_of_its_first_letter() {
        let directions = ["«2019 שלום", "Harbour שלום", "“…” 12", "١٢ المجلس"].map(direction_of);
        assert_eq!(directions, [Direction::Rtl, Direction::Ltr, Direction::Ltr, Direction::Rtl]);
    }

    #[test]
    fn plain_words_need_no_engine() {
        for plain in ["Mayor", "“naïve” – ćevapčići…", "Ελλάδα", "Київ", "3 € ¶2 ⟦x⟧ 😀 ✓", "e\u{301}"]
        {
            assert!(!needs_engine(plain), "{plain}");
        }
        for other in ["المجلس", "גשר", "परिषद", "สภา", "市議会", "가결", "a\u{200f}b", "\u{2068}x\u{2069}"]
        {
            assert!(needs_engine(other), "{other}");
        }
    }
}
