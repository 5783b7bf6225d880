//! What offsets of other programs count, found out by evidence: the words that a range is said to cover are compared with
//! the text under every unit. Nothing is shifted in silence: what fits nowhere is looked for and told, or told as lost.

use std::fmt;

use memchr::memmem;

use crate::{
    phrase,
    text::{ByteRange, Phrase, Text},
};

/// What offsets count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OffsetUnit {
    /// Unicode code points, as Python’s strings do.
    #[default]
    CodePoints,
    /// UTF-16 units, as JavaScript, Java and .NET do.
    Utf16,
    /// Bytes of UTF-8.
    Utf8,
}

impl OffsetUnit {
    pub const ALL: [Self; 3] = [Self::CodePoints, Self::Utf16, Self::Utf8];

    /// As it is named on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::CodePoints => "code-points",
            Self::Utf16 => "utf-16",
            Self::Utf8 => "utf-8",
        }
    }

    /// As a person calls it.
    pub fn title(self) -> Phrase {
        match self {
            Self::CodePoints => phrase!("code points"),
            Self::Utf16 => phrase!("UTF-16"),
            Self::Utf8 => phrase!("UTF-8 bytes"),
        }
    }

    /// The unit of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.name() == name)
    }

    /// A half-open range of units as bytes; `None` past the end, inside a character, or the wrong way round.
    pub fn bytes(self, text: &Text, start: usize, end: usize) -> Option<ByteRange> {
        match self {
            Self::CodePoints => text.range_from_chars(start, end),
            Self::Utf16 => text.range_from_utf16(start, end),
            Self::Utf8 => {
                let fits = start <= end && text.is_char_boundary(start) && text.is_char_boundary(end);
                fits.then(|| ByteRange::new(start, end))
            }
        }
    }

    /// A range that fits the text as `(start, end)` in units.
    pub fn of_bytes(self, text: &Text, range: ByteRange) -> (usize, usize) {
        match self {
            Self::CodePoints => text.range_to_chars(range),
            Self::Utf16 => text.range_to_utf16(range),
            Self::Utf8 => (range.start(), range.end()),
        }
    }
}

impl fmt::Display for OffsetUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A range as a file has it: half-open, in a unit that is still to be found out, with the words that it says to cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    pub start: usize,
    pub end: usize,
    /// `None` where the file does not say.
    pub words: Option<String>,
}

/// How well the units fit the words that ranges are said to cover.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Ranges with words to compare.
    pub of: usize,
    /// How many fit under each unit of [`OffsetUnit::ALL`].
    fits: [usize; 3],
}

impl Evidence {
    /// Compares ranges with a text.
    pub fn of<'c>(text: &Text, claimed: impl IntoIterator<Item = &'c Claimed>) -> Self {
        let mut evidence = Self::default();
        for claimed in claimed.into_iter().filter(|claimed| claimed.words.is_some()) {
            evidence.of += 1;
            for (fits, unit) in evidence.fits.iter_mut().zip(OffsetUnit::ALL) {
                *fits += usize::from(claimed.fits(text, unit).is_some());
            }
        }
        evidence
    }

    /// The unit that most ranges fit; where several do, the one that the format has by its rules.
    pub fn unit(&self, own: OffsetUnit) -> OffsetUnit {
        let best = self.fits.iter().max().copied().unwrap_or_default();
        if self.fits(own) == best {
            return own;
        }
        OffsetUnit::ALL.into_iter().find(|unit| self.fits(*unit) == best).unwrap_or(own)
    }

    /// How many ranges fit under a unit.
    pub fn fits(&self, unit: OffsetUnit) -> usize {
        self.fits[unit as usize]
    }

    /// Takes up what was compared elsewhere.
    pub fn extend(&mut self, other: Self) {
        self.of += other.of;
        self.fits.iter_mut().zip(other.fits).for_each(|(own, other)| *own += other);
    }

    /// “412 of 412 fit as UTF-16, 409 as code points”: the best unit, then those that fit otherwise.
    pub fn told(&self, own: OffsetUnit) -> Phrase {
        let best = self.unit(own);
        let fits = self.fits(best);
        let (of, unit) = (self.of.to_string(), best.title());
        let said = phrase!("{fits} of {of} fit as {unit}", fits = fits.to_string(), of, unit);
        let others = OffsetUnit::ALL.into_iter().filter(|unit| *unit != best && self.fits(*unit) != fits);
        others.fold(said, |said, unit| {
            phrase!("{said}, {n} as {unit}", said, n = self.fits(unit).to_string(), unit = unit.title())
        })
    }
}

/// Where a range of a file is in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placed {
    /// Where the file says, with the words that it says, or none to compare.
    There(ByteRange),
    /// Elsewhere: the only place with its words, or the nearest one to where it is said to be.
    Moved(ByteRange),
    /// Nowhere: the file’s words are not in the text, or the range does not fit it and there are no words.
    Lost,
}

impl Claimed {
    /// The bytes that the range covers in a unit, where its words are the ones that it says to cover, or it says none.
    ///
    /// White space counts as the same whatever it is, as formats write a line break as a blank.
    fn fits(&self, text: &Text, unit: OffsetUnit) -> Option<ByteRange> {
        let range = unit.bytes(text, self.start, self.end)?;
        let is_same = |words: &str| range.slice(text.as_str()).is_some_and(|own| own == words || is_alike(own, words));
        self.words.as_deref().is_none_or(is_same).then_some(range)
    }

    /// Where the range is in a text, the unit being known.
    pub fn place(&self, text: &Text, unit: OffsetUnit) -> Placed {
        if let Some(range) = self.fits(text, unit) {
            return Placed::There(range);
        }
        let Some(words) = self.words.as_deref().filter(|words| !words.trim().is_empty()) else { return Placed::Lost };
        let hint = unit.bytes(text, 0, self.start).map_or(text.len(), ByteRange::end);
        let places = memmem::find_iter(text.as_bytes(), words).map(|at| ByteRange::new(at, at + words.len()));
        places.min_by_key(|range| range.start().abs_diff(hint)).map_or(Placed::Lost, Placed::Moved)
    }
}

/// Whether two texts are the same but for the kind of white space at each place.
fn is_alike(one: &str, other: &str) -> bool {
    let blank = |c: char| if c.is_whitespace() { ' ' } else { c };
    one.chars().map(blank).eq(other.chars().map(blank))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claimed(start: usize, end: usize, words: &str) -> Claimed {
        Claimed { start, end, words: Some(words.to_owned()) }
    }

    #[test]
    fn the_unit_is_the_one_that_the_words_agree_with() {
        let text = Text::from("Toll 🌉 rises, it says");
        let evidence = Evidence::of(&text, &[claimed(0, 4, "Toll"), claimed(8, 13, "rises")]);
        assert_eq!(evidence.unit(OffsetUnit::CodePoints), OffsetUnit::Utf16);
        assert_eq!(evidence.told(OffsetUnit::CodePoints), "2 of 2 fit as UTF-16, 1 as code points, 1 as UTF-8 bytes");
        let ascii = Evidence::of(&Text::from("Toll"), &[claimed(0, 4, "Toll")]);
        assert_eq!(ascii.unit(OffsetUnit::Utf16), OffsetUnit::Utf16, "where all fit the format’s own stays");
        assert_eq!(ascii.told(OffsetUnit::Utf16), "1 of 1 fit as UTF-16");
    }

    #[test]
    fn what_does_not_fit_is_found_by_its_words_or_lost() {
        let text = Text::from("told, and told\nagain");
        let place = |start, end, words| claimed(start, end, words).place(&text, OffsetUnit::CodePoints);
        assert_eq!(place(10, 20, "told again"), Placed::There(ByteRange::new(10, 20)));
        assert_eq!(place(9, 13, "told"), Placed::Moved(ByteRange::new(10, 14)));
        assert_eq!(place(90, 94, "told"), Placed::Moved(ByteRange::new(10, 14)));
        assert_eq!(place(0, 4, "sang"), Placed::Lost);
        let bare = |start, end| Claimed { start, end, words: None }.place(&text, OffsetUnit::CodePoints);
        assert_eq!((bare(0, 4), bare(19, 21)), (Placed::There(ByteRange::new(0, 4)), Placed::Lost));
    }
}
