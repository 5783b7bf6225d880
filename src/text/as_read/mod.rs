//! A text as one reads it: what looks the same is the same, so that words are found however they were typed.
//!
//! Folded are, in this order: canonical composition (Unicode Standard Annex #15, form NFC); signs that are not seen
//! (the property Default_Ignorable_Code_Point: soft hyphens, zero-width spaces and joiners, marks of direction);
//! apostrophes and quotation marks of every shape to the straight ones, hyphens to the one that is typed, Latin
//! ligatures and ß to their letters; and white space, a run of which is a single space. Line ends in a run are kept: one is `\n`, more of them are `\n\n`, so that
//! the end of a line can be told from a gap between paragraphs. Capitals and small letters stay what they are.

mod fold;
mod folded;
mod signs;

pub use fold::fold;
pub use folded::{AsRead, Folded};

/// What a text reads as.
pub fn as_read(source: &str) -> String {
    fold(source).of_source(source).as_str().to_owned()
}

/// Whether a sign belongs to the letter before it, as an accent above or below it does.
///
/// Canonical combining classes from 200 on are such accents; those before are parts of writing itself, such as vowels
/// and viramas (Unicode Standard, section 4.3).
pub fn is_accent(sign: char) -> bool {
    const LOWEST_ACCENT: u8 = 200;
    let classes = icu_normalizer::properties::CanonicalCombiningClassMapBorrowed::new();
    sign >= '\u{300}' && classes.get_u8(sign) >= LOWEST_ACCENT
}

/// Whether a sign is written on the letter before it: an accent, a vowel sign, any other of a canonical combining class
/// but 0.
pub fn is_mark_of_letter(sign: char) -> bool {
    sign >= '\u{300}' && icu_normalizer::properties::CanonicalCombiningClassMapBorrowed::new().get_u8(sign) > 0
}

#[cfg(test)]
mod tests;
