//! File-name stems from titles. It knows no folder: telling two equal stems apart is the caller's work.

use icu_normalizer::DecomposingNormalizerBorrowed;

/// Shortest maximum that is kept to; a smaller one is taken as this.
const SHORTEST: usize = 16;

/// A stem of at most `max` characters from `[a-z0-9-]`, safe on every file system whatever the title is.
///
/// Accents are folded, what has no Latin letter is left out, and a title with nothing left is `untitled`.
/// Names that Windows keeps for devices are told apart: `CON` becomes `article-con`.
pub fn slug(title: &str, max: usize) -> String {
    let max = max.max(SHORTEST);
    let mut stem = String::new();
    for char in DecomposingNormalizerBorrowed::new_nfkd().normalize(title).chars() {
        if stem.len() > max {
            break;
        }
        push_folded(&mut stem, char);
    }
    let stem = cut(stem.trim_matches('-'), max);
    match stem {
        "" => "untitled".to_owned(),
        _ if is_reserved(stem) => format!("article-{stem}"),
        _ => stem.to_owned(),
    }
}

fn push_folded(stem: &mut String, char: char) {
    match char {
        'a'..='z' | '0'..='9' => stem.push(char),
        'A'..='Z' => stem.push(char.to_ascii_lowercase()),
        'ß' | 'ẞ' => stem.push_str("ss"),
        'æ' | 'Æ' => stem.push_str("ae"),
        'œ' | 'Œ' => stem.push_str("oe"),
        'þ' | 'Þ' => stem.push_str("th"),
        'ø' | 'Ø' => stem.push('o'),
        'đ' | 'Đ' | 'ð' | 'Ð' => stem.push('d'),
        'ł' | 'Ł' => stem.push('l'),
        'ı' => stem.push('i'),
        // An apostrophe and an accent split off its letter stand inside a word.
        '\'' | '’' | '\u{300}'..='\u{36f}' => {}
        _ if stem.ends_with('-') => {}
        _ => stem.push('-'),
    }
}

/// Cut between words where that keeps at least half.
fn cut(stem: &str, max: usize) -> &str {
    if stem.len() <= max {
        return stem;
    }
    let whole_words = stem[..=max].rfind('-').filter(|at| *at >= max / 2);
    &stem[..whole_words.unwrap_or(max)]
}

/// Device names that Windows gives to no file: <https://learn.microsoft.com/windows/win32/fileio/naming-a-file>.
fn is_reserved(stem: &str) -> bool {
    match stem {
        "con" | "prn" | "aux" | "nul" => true,
        _ => {
            matches!(stem.strip_prefix("com").or(stem.strip_prefix("lpt")), Some(port) if matches!(port.as_bytes(), [b'0'..=b'9']))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_title_becomes_a_stem() {
        let found = [
            "Biden’s “border call”: 3 questions",
            "../../etc/passwd",
            "Élysée, Łódź & Straße №5",
            "  --  ",
            "",
            "🎉🎉",
            "مكالمة الحدود",
            "CON",
            "con.txt",
            "COM¹",
            ".hidden.",
        ];
        let expected = [
            "bidens-border-call-3-questions",
            "etc-passwd",
            "elysee-lodz-strasse-no5",
            "untitled",
            "untitled",
            "untitled",
            "untitled",
            "article-con",
            "con-txt",
            "article-com1",
            "hidden",
        ];
        assert_eq!(found.map(|title| slug(title, 60)), expected);
    }

    #[test]
    fn a_long_title_is_cut_between_words() {
        assert_eq!(slug("one two three four five", 16), "one-two-three");
        assert_eq!(slug("one two three fo", 16), "one-two-three-fo");
        assert_eq!(slug(&"x".repeat(300), 40), "x".repeat(40));
        assert_eq!(slug(&"- ".repeat(300), 40), "untitled");
    }
}
