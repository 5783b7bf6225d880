//! Scripts by name, and the families that set them best beside the reading serif. It looks for no font.

use swash::text::{Codepoint, Script};

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
}
