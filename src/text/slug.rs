//! File-name stems from titles, and ids from names. It knows no folder and no project: whoever calls says what is taken.
//!
//! Latin letters lose their accents, everything else is transcribed by `deunicode`, which takes Han characters as
//! Mandarin. So what is meant can be told from an id in every script, and every file system takes it.

use deunicode::deunicode_char;
use icu_normalizer::{
    ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed, properties::CanonicalCombiningClassMapBorrowed,
};

use super::hash::content_hash;

/// Shortest maximum that is kept to; a smaller one is taken as this.
const SHORTEST: usize = 16;

/// The longest id that is made from a name, in bytes.
const LONGEST_ID: usize = 40;

/// Of a title with nothing in it that could stand in a stem.
const NOTHING: &str = "untitled";

/// A stem of at most `max` characters from `[a-z0-9-]`, safe on every file system whatever the title is.
///
/// Different titles may have the same stem. Names that Windows keeps for devices are told apart: `CON` becomes
/// `article-con`.
pub fn slug(title: &str, max: usize) -> String {
    let max = max.max(SHORTEST);
    let (stem, _) = transcribed(title, max);
    let stem = cut(stem.trim_matches('-'), max);
    match stem {
        "" => NOTHING.to_owned(),
        _ if is_device_name(stem) => format!("article-{stem}"),
        _ => stem.to_owned(),
    }
}

/// An id that can be read and is not taken: the same one for a name on every computer, and another one for another name.
///
/// Where the stem does not say all of the name, as after a transcription (王明 and 王鸣 are both `wang-ming`), some digits
/// of the name's hash follow. Case, blanks and punctuation make no difference. Only where the id is taken all the same,
/// it is numbered. `None` where hundreds are taken.
pub fn free_id<T, E>(name: &str, new: impl Fn(&str) -> Result<T, E>, is_taken: impl Fn(&T) -> bool) -> Option<T> {
    let stem = id_stem(name);
    let numbered = (2..1000).map(|n| format!("{stem}-{n}"));
    std::iter::once(stem.clone()).chain(numbered).filter_map(|id: String| new(&id).ok()).find(|id| !is_taken(id))
}

/// The stem of an id: the slug of a name, with digits of its hash where the slug does not say all of it.
fn id_stem(name: &str) -> String {
    let (stem, kept) = transcribed(name, LONGEST_ID);
    if kept == Kept::All && !stem.trim_matches('-').is_empty() {
        return slug(name, LONGEST_ID);
    }
    // However the name was typed in: composed or not, in capitals or not.
    let typed = DecomposingNormalizerBorrowed::new_nfkd().normalize(name.trim()).to_lowercase();
    let digits = format!("{:05x}", content_hash(&typed) & 0xf_ffff);
    format!("{}-{digits}", slug(name, LONGEST_ID - digits.len() - 1))
}

/// Whether a stem says all that tells a name from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    /// The stem tells this name from all others.
    All,
    /// Something was transcribed or cut.
    Some,
}

/// What can be said of a title in a stem; not much longer than `max`.
fn transcribed(title: &str, max: usize) -> (String, Kept) {
    let (mut stem, mut kept) = (String::new(), Kept::All);
    // Composed, since syllables of Hangul and letters with vowel signs are transcribed whole.
    for c in ComposingNormalizerBorrowed::new_nfkc().normalize(title).chars() {
        if stem.len() > max {
            // What is cut off may tell it from another.
            return (stem, Kept::Some);
        }
        if !is_told_by_stem(c) {
            kept = Kept::Some;
        }
        push(&mut stem, c);
    }
    (stem, kept)
}

/// Whether names that differ in this character alone have different stems, or may well have the same.
fn is_told_by_stem(c: char) -> bool {
    const PUNCTUATION: &str = "-_.,:;!?'\"()[]/\\’‘“”«»‹›„‚–—…·";
    c.is_ascii_alphanumeric() || c.is_whitespace() || PUNCTUATION.contains(c)
}

/// Adds a character as it is transcribed.
fn push(stem: &mut String, c: char) {
    let mut parts = [0; 4];
    let parts = DecomposingNormalizerBorrowed::new_nfkd().normalize(c.encode_utf8(&mut parts)).into_owned();
    if parts.chars().all(|part| part.is_ascii() || is_mark(part)) {
        return parts.chars().for_each(|part| push_ascii(stem, part));
    }
    match c {
        '’' => {}
        _ if c.is_alphanumeric() => deunicode_char(c).unwrap_or("-").chars().for_each(|part| push_ascii(stem, part)),
        _ => push_ascii(stem, '-'),
    }
}

/// Adds an ASCII character, in lower case; a run of others becomes one hyphen.
fn push_ascii(stem: &mut String, c: char) {
    match c {
        'a'..='z' | '0'..='9' => stem.push(c),
        'A'..='Z' => stem.push(c.to_ascii_lowercase()),
        // An apostrophe and an accent split off its letter stand inside a word.
        '\'' => {}
        _ if is_mark(c) || stem.ends_with('-') => {}
        _ => stem.push('-'),
    }
}

/// Whether a character belongs to the one before it: an accent, a vowel point.
fn is_mark(c: char) -> bool {
    !c.is_ascii() && CanonicalCombiningClassMapBorrowed::new().get_u8(c) != 0
}

/// Cut between words where that keeps at least half.
fn cut(stem: &str, max: usize) -> &str {
    if stem.len() <= max {
        return stem;
    }
    let whole_words = stem[..=max].rfind('-').filter(|at| *at >= max / 2);
    &stem[..whole_words.unwrap_or(max)]
}

/// Whether Windows keeps a name, in lower case and without an ending, for a device: no file there can have it.
///
/// Source: <https://learn.microsoft.com/windows/win32/fileio/naming-a-file>.
pub fn is_device_name(name: &str) -> bool {
    let port = name.strip_prefix("com").or(name.strip_prefix("lpt"));
    matches!(name, "con" | "prn" | "aux" | "nul") || port.is_some_and(|n| matches!(n.as_bytes(), [b'1'..=b'9']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_stem() {
        let found = [
            "Biden’s “border call”: 3 questions",
            "../../etc/passwd",
            "Élysée, Łódź & Straße №5",
            "  --  ",
            "",
            "🎉🎉",
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
            "article-con",
            "con-txt",
            "article-com1",
            "hidden",
        ];
        assert_eq!(found.map(|title| slug(title, 60)), expected);
    }

    #[test]
    fn a_title_in_another_script_is_transcribed() {
        let found = [
            "Мост через реку",
            "北京的桥",
            "Ο Δήμος",
            "مكالمة الحدود",
            "다리 통행료",
            "गाँव का पुल",
            "สะพาน",
            "גשר הנמל",
            "ばし橋",
        ];
        let expected = [
            "most-cherez-reku",
            "bei-jing-de-qiao",
            "o-demos",
            "mklm-lhdwd",
            "dari-tonghaengryo",
            "gaanv-kaa-pul",
            "saphaan",
            "gshr-hnml",
            "basiqiao",
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

    /// The ids of names, each on a computer of its own.
    fn ids<const N: usize>(names: [&str; N]) -> [String; N] {
        names.map(|name| free_id(name, |id| Ok::<_, ()>(id.to_owned()), |_| false).unwrap())
    }

    #[test]
    fn a_name_in_plain_letters_is_its_own_id() {
        assert_eq!(
            ids(["Claim", "Reported  speech", "O’Neil, J.", "wave 2"]),
            ["claim", "reported-speech", "oneil-j", "wave-2"]
        );
        let taken = |id: &String| ["claim", "claim-2"].contains(&id.as_str());
        assert_eq!(free_id("Claim", |id| Ok::<_, ()>(id.to_owned()), taken), Some("claim-3".to_owned()));
    }

    #[test]
    fn different_names_have_different_ids_on_every_computer() {
        let alike =
            ids(["王明", "王鸣", "Wang Ming", "Анна", "Anna", "José", "Jose", "C++", "C#", "👍", "👎", "!", "?!"]);
        let (mut sorted, count) = (alike.to_vec(), alike.len());
        sorted.sort();
        sorted.dedup();
        // The last two are as good as nothing.
        assert_eq!(sorted.len(), count, "{alike:?}");
        let readable = ["wang-ming-", "wang-ming-", "wang-ming", "anna-", "anna", "jose-", "jose"];
        assert!(alike.iter().zip(readable).all(|(id, stem)| id.starts_with(stem)), "{alike:?}");
        assert!(ids(["a".repeat(60).as_str()])[0].len() <= LONGEST_ID);
    }

    #[test]
    fn however_a_name_is_typed_its_id_is_the_same() {
        let [composed, decomposed, capitals] = ids(["José", "Jose\u{301}", "JOSÉ"]);
        assert_eq!((&composed, &composed), (&decomposed, &capitals));
    }
}
