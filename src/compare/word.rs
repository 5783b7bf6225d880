//! Words as they are compared: what newspapers spell differently is one reading. It knows nothing of sentences.
//!
//! Case, accents, apostrophes and the points of initials do not count, nor do British and American spellings, thousands
//! with a comma, small numbers in words, `&` and `%`. Where a script writes no spaces, each sign is a word: so two texts
//! are cut alike whatever stands around.

use icu_normalizer::DecomposingNormalizerBorrowed;
use unicode_segmentation::UnicodeSegmentation;

use super::spelling::{spelled, stem};
use crate::text::{
    ByteRange,
    as_read::is_mark_of_letter,
    segment::{Language, is_reporting_verb},
};

/// A word of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub range: ByteRange,
    /// The same for all words that read the same.
    pub reading: Reading,
    /// The same for most forms of a word.
    pub stem: Reading,
    pub class: Class,
    /// Whether it denies.
    pub denies: bool,
    /// Whether it says that somebody said something.
    pub reports: bool,
    /// Whether it begins with a capital letter.
    pub is_capital: bool,
    /// How much of a word it is: a sign of a script without spaces is half of one.
    pub size: f32,
}

/// What sort of word it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// One that every text of the language has.
    Common,
    /// One that says something.
    Content,
    /// One that begins with a digit, or a number in words.
    Number,
}

/// A hash of letters from which that of two words written as one follows; equal ones are taken for equal words.
///
/// A polynomial over the bytes, modulo 2^64 (Karp and Rabin, “Efficient randomized pattern-matching algorithms”, 1987).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Reading {
    hash: u64,
    /// The base to the power of the number of bytes.
    power: u64,
}

const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

impl Reading {
    pub fn of(letters: &str) -> Self {
        let empty = Self { hash: 0, power: 1 };
        letters.bytes().fold(empty, |so_far, byte| Self {
            hash: so_far.hash.wrapping_mul(BASE).wrapping_add(u64::from(byte) + 1),
            power: so_far.power.wrapping_mul(BASE),
        })
    }

    /// The reading of this word and the next one, written as one.
    pub fn with(self, next: Self) -> Self {
        Self {
            hash: self.hash.wrapping_mul(next.power).wrapping_add(next.hash),
            power: self.power.wrapping_mul(next.power),
        }
    }

    /// As a number, to hash sequences of words.
    pub fn number(self) -> u64 {
        self.hash
    }
}

/// The words of a text in order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let spelled: Vec<(ByteRange, String)> =
        pieces(text).map(|range| (range, lowered(&text[range.as_range()]))).collect();
    let language = Language::of(spelled.iter().map(|(_, word)| word.as_str()));
    spelled.iter().map(|(range, lowered)| word(text, *range, lowered, language)).collect()
}

fn word(text: &str, range: ByteRange, lowered: &str, language: &Language) -> Word {
    let written = &text[range.as_range()];
    let digits = language.digits(lowered);
    let class = match () {
        () if digits.is_some() || lowered.starts_with(char::is_numeric) => Class::Number,
        () if language.is_common(lowered) => Class::Common,
        () => Class::Content,
    };
    let plain = digits.map_or_else(|| spelled(&without_accents(lowered)), str::to_owned);
    let whole = CONTRACTIONS.iter().find(|(short, _)| written.replace('\'', "’").eq_ignore_ascii_case(short));
    let is_sign = written.chars().next().is_some_and(writes_no_spaces);
    Word {
        range,
        reading: Reading::of(&plain),
        // Written on to another word it is a form of its own.
        stem: Reading::of(&whole.map_or_else(|| stem(&plain), |(_, whole)| stem(whole))),
        class: if whole.is_some() { Class::Common } else { class },
        denies: language.denies(lowered) || whole.is_some_and(|(_, whole)| language.denies(whole)),
        reports: is_reporting_verb(written),
        is_capital: written.starts_with(char::is_uppercase),
        size: if is_sign { 0.5 } else { 1.0 },
    }
}

/// Where words stand: the boundaries of Unicode Standard Annex 29, elided articles (`l’`) apart, and the signs that are
/// read as words.
fn pieces(text: &str) -> impl Iterator<Item = ByteRange> {
    let words = text.split_word_bound_indices().filter(|(_, piece)| {
        piece.starts_with(char::is_alphanumeric) || piece.contains(char::is_alphanumeric) || matches!(*piece, "&" | "%")
    });
    words.flat_map(|(start, piece)| {
        let cut = elision(piece).max(contraction(piece));
        let parts = [ByteRange::new(start, start + cut), ByteRange::new(start + cut, start + piece.len())];
        parts.into_iter().filter(|part| !part.is_empty())
    })
}

/// How many bytes of a word are an elided one with its apostrophe: `l’État`, `qu’elle`.
fn elision(word: &str) -> usize {
    const LONGEST: usize = 2;
    const SHORTEST_REST: usize = 3;
    let Some(at) = word.find(['\'', '’']) else { return 0 };
    let end = at + if word[at..].starts_with('’') { '’'.len_utf8() } else { 1 };
    if at <= LONGEST && word[end..].chars().count() >= SHORTEST_REST { end } else { 0 }
}

/// Verbs that are written on to a word after an apostrophe, and the words that they are.
const CONTRACTIONS: &[(&str, &str)] =
    &[("n’t", "not"), ("’re", "are"), ("’ll", "will"), ("’ve", "have"), ("’m", "am"), ("’d", "would")];

/// How many bytes of a word stand before the verb that is written on to it: `we’re`, `does|n’t`.
fn contraction(word: &str) -> usize {
    let is_written_on =
        |end: &str| CONTRACTIONS.iter().any(|(short, _)| end.replace('\'', "’").eq_ignore_ascii_case(short));
    let starts = word.char_indices().rev().map(|(at, _)| at).take(3).filter(|at| *at > 0);
    starts.filter(|at| is_written_on(&word[*at..])).max().unwrap_or(0)
}

/// In small letters, without apostrophes, points and what is not seen.
fn lowered(word: &str) -> String {
    match word {
        "&" => return "and".to_owned(),
        "%" => return "percent".to_owned(),
        _ => {}
    }
    let is_left_out =
        |c: &char| matches!(c, '\'' | '’' | '\u{ad}' | '\u{640}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let letters = word.chars().filter(|c| !is_left_out(c)).flat_map(char::to_lowercase);
    if word.starts_with(char::is_numeric) {
        number(&letters.collect::<String>())
    } else {
        letters.filter(|c| *c != '.').collect()
    }
}

/// A number without what parts its thousands, and with a point before its decimals.
fn number(written: &str) -> String {
    let groups: Vec<&str> = written.split(['.', ',']).collect();
    let are_thousands = groups.len() > 1
        && groups[1..].iter().all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()));
    if are_thousands { groups.concat() } else { groups.join(".") }
}

/// Letters without accents, vowel signs and the like, and the forms of Arabic letters that are written for each other.
fn without_accents(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(word);
    let mut plain = String::with_capacity(word.len());
    for c in decomposed.chars().filter(|c| !is_mark_of_letter(*c)) {
        match c {
            'ß' => plain.push_str("ss"),
            'ى' => plain.push('ي'),
            'ة' => plain.push('ه'),
            c => plain.push(c),
        }
    }
    plain
}

/// Scripts of East and South-East Asia, in which each sign is a word here.
fn writes_no_spaces(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{a4cf}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        let [a, b] = [a, b].map(|text| words(text).iter().map(|word| word.reading).collect::<Vec<_>>());
        a == b
    }

    #[test]
    fn what_newspapers_spell_differently_reads_the_same() {
        for (a, b) in [
            ("The U.S. won’t go", "the US won't go"),
            ("Marks & Spencer", "Marks and Spencer"),
            ("1,000 dollars", "1000 dollars"),
            ("1.000 Euro, 2,40", "1000 Euro, 2.40"),
            ("five labour parties", "5 labor parties"),
            ("to organise the programme", "to organize the program"),
            ("40% of them", "40 percent of them"),
            ("L’État", "l'etat"),
            ("Straße", "STRASSE"),
            ("أعلنت الحكومة", "اعلنت الحكومه"),
        ] {
            assert!(same(a, b), "{a} / {b}");
        }
        for (a, b) in [("does not", "doesn’t"), ("2.4", "24"), ("two", "too"), ("policy", "police")] {
            assert!(!same(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn two_words_written_as_one_are_found_from_their_readings() {
        let [well, being, wellbeing] = ["well", "being", "wellbeing"].map(Reading::of);
        assert_eq!(well.with(being), wellbeing);
        assert_ne!(being.with(well), wellbeing);
    }

    #[test]
    fn signs_of_scripts_without_spaces_are_words() {
        let found = words("桥梁收费。");
        assert_eq!(found.len(), 4);
        assert!(found.iter().all(|word| word.size < 1.0));
    }
}
