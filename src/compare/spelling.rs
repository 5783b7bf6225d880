//! One spelling for words that are spelled in two ways, and the stem of most of a word's forms. Endings only, no
//! dictionary: what it makes of a word need not be one, as long as it makes the same of the same.

/// Endings that are British, and as they are spelled in America. The first that fits is taken.
const ENDINGS: &[(&str, &str)] = &[
    ("isation", "ization"),
    ("isations", "izations"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("ises", "izes"),
    ("ise", "ize"),
    ("ysed", "yzed"),
    ("yse", "yze"),
    ("ourable", "orable"),
    ("ouring", "oring"),
    ("oured", "ored"),
    ("ours", "ors"),
    ("our", "or"),
    ("elling", "eling"),
    ("elled", "eled"),
    ("ogue", "og"),
    ("amme", "am"),
    ("ammes", "ams"),
    ("efence", "efense"),
    ("ffence", "ffense"),
    ("entre", "enter"),
    ("entres", "enters"),
];
/// So short a word is spelled in one way: our, wise, tour.
const SHORTEST: usize = 5;

/// The American spelling of a word in small letters.
pub(super) fn spelled(word: &str) -> String {
    if word.is_ascii() && word.len() >= SHORTEST {
        for (british, american) in ENDINGS {
            if let Some(before) = word.strip_suffix(british) {
                return format!("{before}{american}");
            }
        }
    }
    word.to_owned()
}

/// Longest stem, in characters.
const STEM: usize = 6;
/// Endings of forms; the longest that leaves `SHORTEST_STEM` letters is cut off.
const FORMS: &[&str] = &["ations", "ation", "ings", "ing", "ies", "ied", "es", "ed", "ly", "s", "y", "e"];
const SHORTEST_STEM: usize = 4;

/// What most forms of a word begin with: it has at most six letters.
pub(super) fn stem(word: &str) -> String {
    if word.starts_with(|c: char| c.is_numeric()) {
        return word.to_owned();
    }
    let mut stem = word;
    if word.is_ascii() {
        let cut = FORMS.iter().filter_map(|form| word.strip_suffix(form)).find(|rest| rest.len() >= SHORTEST_STEM - 1);
        stem = cut.unwrap_or(word);
        let doubled = stem.as_bytes().last_chunk::<2>().is_some_and(|[a, b]| a == b && !b"aeiou".contains(a));
        stem = if doubled && stem.len() > SHORTEST_STEM { &stem[..stem.len() - 1] } else { stem };
    }
    stem.chars().take(STEM).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for (a, b) in [
            ("commit", "committed"),
            ("commitment", "committing"),
            ("country", "countries"),
            ("migrate", "migrates"),
            ("regierung", "regierungen"),
            ("vote", "voted"),
            ("government", "governments"),
        ] {
            assert_eq!(stem(a), stem(b));
        }
        for (a, b) in [("this", "thing"), ("council", "county"), ("1958", "1959")] {
            assert_ne!(stem(a), stem(b));
        }
    }

    #[test]
    fn short_words_keep_their_spelling() {
        assert_eq!(["four", "wise", "labour", "programme"].map(spelled), ["four", "wise", "labor", "program"]);
    }
}
