//! Ids: short, unique across annotators and machines, and sorting by time.
//!
//! Nothing here reads a clock or draws a random number: both are handed in, so that the same
//! commands give the same project.
//!
//! There are two sorts: [`Uid`], a number for what is made in great number (marks, relations, transactions), and
//! names, which people read in scripts and which name files. `slug` and `free_id` in `text` make names from titles.

use std::{borrow::Borrow, fmt, str::FromStr, sync::Arc};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, Visitor},
};

use crate::text::{
    hash::content_hash,
    slug::{is_device_name, slug},
};

/// Reads an id that is written as text, without copying the text.
struct Written<F>(F);

impl<T, F: FnOnce(&str) -> Result<T, BadId>> Visitor<'_> for Written<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        self.0(text).map_err(E::custom)
    }
}

/// Digits of Crockford's base 32 in lower case: no i, l, o, u, so that an id can be read aloud.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 2020-01-01T00:00:00Z in milliseconds since 1970: ids count from here, so that 42 bits last until 2159.
const EPOCH_MS: i64 = 1_577_836_800_000;
/// With 22 bits two programs that mint in the same millisecond collide once in four million times.
const RANDOM_BITS: u32 = 22;

/// A unique id: 42 bits of milliseconds since 2020, then 22 random bits. Written as 13 digits of base 32; order by
/// number, by text and by time are the same.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uid(u64);

impl Uid {
    /// From a time in milliseconds since 1970 and random bits, of which the lowest 22 are used. Times before 2020
    /// count as 2020.
    pub fn from_parts(unix_ms: i64, random: u32) -> Self {
        let ms = u64::try_from(unix_ms.saturating_sub(EPOCH_MS)).unwrap_or(0);
        Self((ms << RANDOM_BITS) | u64::from(random & ((1 << RANDOM_BITS) - 1)))
    }

    /// The id that sorts directly after this one, for several that are minted at once.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.wrapping_add(1))
    }

    /// When it was minted, in milliseconds since 1970.
    pub fn unix_ms(self) -> i64 {
        i64::try_from(self.0 >> RANDOM_BITS).unwrap_or(i64::MAX).saturating_add(EPOCH_MS)
    }

    /// All 64 bits, as egui ids and the page of text know marks.
    pub fn as_u64(self) -> u64 {
        self.0
    }

    /// The id of these bits.
    pub fn from_u64(bits: u64) -> Self {
        Self(bits)
    }
}

impl fmt::Display for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for shift in (0..13).rev() {
            let digit = DIGITS[((self.0 >> (shift * 5)) & 31) as usize];
            write!(f, "{}", char::from(digit))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for Uid {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let bad = || BadId(text.to_owned());
        if text.len() != 13 || text.as_bytes()[0] > b'f' {
            return Err(bad());
        }
        let mut bits = 0u64;
        for byte in text.bytes() {
            let digit = DIGITS.iter().position(|d| *d == byte).ok_or_else(bad)?;
            bits = (bits << 5) | digit as u64;
        }
        Ok(Self(bits))
    }
}

/// A text that is no id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadId(pub String);

impl fmt::Display for BadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not an id", self.0)
    }
}

impl std::error::Error for BadId {}

/// Gives ids and times. The runner’s mint uses clock and chance; tests use [`CountingMint`].
pub trait Mint {
    /// An id that was never given before.
    fn uid(&mut self) -> Uid;
    /// Now, in milliseconds since 1970.
    fn unix_ms(&mut self) -> i64;
}

/// A mint that counts: the same calls give the same ids and times. For tests, and for finding out whether a command
/// is available.
#[derive(Clone, Debug)]
pub struct CountingMint {
    unix_ms: i64,
    count: u32,
}

impl CountingMint {
    /// Starts at a time in milliseconds since 1970; each id comes one millisecond later.
    pub fn starting_at(unix_ms: i64) -> Self {
        Self { unix_ms, count: 0 }
    }
}

impl Default for CountingMint {
    fn default() -> Self {
        Self::starting_at(1_767_225_600_000)
    }
}

impl Mint for CountingMint {
    fn uid(&mut self) -> Uid {
        self.unix_ms += 1;
        self.count += 1;
        Uid::from_parts(self.unix_ms, self.count)
    }

    fn unix_ms(&mut self) -> i64 {
        self.unix_ms
    }
}

macro_rules! uid_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Uid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                text.parse().map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(Written(str::parse::<Uid>)).map(Self)
            }
        }
    };
}

uid_type!(
    /// Names an annotation.
    AnnotationId
);
uid_type!(
    /// Names a relation.
    RelationId
);
uid_type!(
    /// Names a rejection.
    RejectionId
);
uid_type!(
    /// Names a transaction.
    TransactionId
);

/// Most bytes of a name, all of which are ASCII.
pub const MAX_NAME_LEN: usize = 80;

/// Whether a text may be a name: `[a-z0-9]`, then up to 79 of `[a-z0-9-]`, and no name that Windows keeps for a
/// device. So it is a safe file name on every system.
pub fn is_name(text: &str) -> bool {
    let bytes = text.as_bytes();
    let plain = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    (1..=MAX_NAME_LEN).contains(&bytes.len())
        && plain(&bytes[0])
        && bytes.iter().all(|b| plain(b) || *b == b'-')
        && !is_device_name(text)
}

macro_rules! name_type {
    ($(#[$doc:meta])* $name:ident $(, but not $reserved:literal)?) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// A name.
            ///
            /// # Errors
            /// Where the text may not be a name; see [`is_name`].
            pub fn new(text: &str) -> Result<Self, BadId> {
                if is_name(text) $(&& text != $reserved)? { Ok(Self(text.into())) } else { Err(BadId(text.to_owned())) }
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                Self::new(text)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(Written(Self::new))
            }
        }
    };
}

name_type!(
    /// Names an article, and its files. Where the layers of an article called `links` would be, an annotator's
    /// relations across articles are kept.
    ArticleId, but not "links"
);
impl ArticleId {
    /// From the title, so that one can read it, and the text, so that articles of one title stay distinct
    /// and the same article gets the same id on every machine.
    pub fn of(title: &str, text: &str) -> Self {
        let hash = Uid(content_hash(text) & ((1 << 25) - 1)).to_string();
        let stem = slug(title, MAX_NAME_LEN - 20);
        Self(format!("{stem}-{}", &hash[8..]).into())
    }
}

name_type!(
    /// Names an annotator, and the folder of their layers.
    AnnotatorId
);
name_type!(
    /// Names a story: a set of articles about one event.
    StoryId
);
name_type!(
    /// Names a label of the codebook.
    LabelId
);
name_type!(
    /// Names an attribute, of a label, a relation kind or the article.
    AttributeId
);
name_type!(
    /// Names one of an attribute's choices.
    ChoiceId
);
name_type!(
    /// Names a relation kind of the codebook.
    KindId
);
name_type!(
    /// Names a role in a relation kind.
    RoleId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_article_is_called_as_the_file_of_relations_across_articles() {
        assert!(ArticleId::new("links").is_err() && "links".parse::<ArticleId>().is_err());
        assert!(ArticleId::new("links-2").is_ok() && AnnotatorId::new("links").is_ok());
    }

    #[test]
    fn a_uid_is_thirteen_digits_and_comes_back() {
        let id = Uid::from_parts(1_800_000_000_123, 0x2a_5a5a);
        assert_eq!(id.to_string().len(), 13);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.unix_ms(), 1_800_000_000_123);
        assert_eq!(Uid(u64::MAX).to_string().parse(), Ok(Uid(u64::MAX)));
    }

    #[test]
    fn uids_sort_by_time_as_text_too() {
        let early = Uid::from_parts(1_800_000_000_000, u32::MAX);
        let late = Uid::from_parts(1_800_000_000_001, 0);
        assert!(early < late && early.to_string() < late.to_string());
    }

    #[test]
    fn what_is_no_uid_is_refused() {
        for text in ["", "zzzzzzzzzzzzz", "0123456789ab", "0123456789abi", "0123456789abcd"] {
            assert!(text.parse::<Uid>().is_err(), "{text}");
        }
    }

    #[test]
    fn article_ids_are_names_whatever_the_title() {
        let long = "word ".repeat(60);
        for title in ["../../x", "CON", &long, "", "المدينة", "😀", "a/b\\c:d", "com1"] {
            let (one, other) = (ArticleId::of(title, "one"), ArticleId::of(title, "other"));
            assert!(is_name(one.as_str()), "{one}");
            assert_ne!(one, other);
            assert_eq!(one, ArticleId::of(title, "one"));
        }
    }

    #[test]
    fn names_are_safe_file_names() {
        for text in ["claim", "council-backs-toll-1k3f", "0", "com0", "com10"] {
            assert!(is_name(text), "{text}");
        }
        for text in ["", "-a", "../x", "con", "com1", "A", "a b", "a.b", "é", &"x".repeat(81)] {
            assert!(!is_name(text), "{text}");
        }
    }
}
