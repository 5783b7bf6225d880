//! Small shapes that several files share.
//!
//! What they write is what they read; the errors name what was expected, as people edit these files by hand.

use std::fmt;

use jiff::Timestamp;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, MapAccess, Visitor},
};

use super::super::layout::PROSE;
use crate::model::{AttributeId, Attributes, Rgb, Value};

/// Whether a field has its default value, and is therefore not written.
pub fn usual<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Text that may have several lines; written as a raw string, so that a diff shows lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose(pub String);

impl Serialize for Prose {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(PROSE, &self.0)
    }
}

impl<'de> Deserialize<'de> for Prose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

/// A colour as six hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hex(pub Rgb);

impl Serialize for Hex {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Hex {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map(Self).map_err(de::Error::custom)
    }
}

/// A hash of 64 bits as sixteen hexadecimal digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hash(pub u64);

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:016x}", self.0))
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let digits = text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
        let value = u64::from_str_radix(&text, 16).ok().filter(|_| digits);
        value.map(Self).ok_or_else(|| de::Error::custom(format!("“{text}” is not sixteen hexadecimal digits")))
    }
}

/// A moment, written in UTC as RFC 3339 has it, such as `2026-01-31T09:00:00Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment(Timestamp);

impl Moment {
    /// From milliseconds since 1970; what lies before year −9999 or after 9999 becomes that bound.
    pub fn from_unix_ms(ms: i64) -> Self {
        let end = if ms < 0 { Timestamp::MIN } else { Timestamp::MAX };
        Self(Timestamp::from_millisecond(ms).unwrap_or(end))
    }

    pub fn unix_ms(self) -> i64 {
        self.0.as_millisecond()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let moment = text.parse().ok().map(Self);
        moment.ok_or_else(|| de::Error::custom(format!("“{text}” is not a time such as 2026-01-31T09:00:00Z")))
    }
}

/// How offsets in the file are counted. The file says it, so that no reader has to guess; another unit is refused.
#[derive(Clone, Copy, Debug, Default)]
pub struct Offsets;

impl Offsets {
    const UNIT: &str = "unicode code points, end exclusive";
}

impl Serialize for Offsets {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(Self::UNIT)
    }
}

impl<'de> Deserialize<'de> for Offsets {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let unit = String::deserialize(deserializer)?;
        if unit == Self::UNIT {
            return Ok(Self);
        }
        Err(de::Error::custom(format!("offsets must be counted in “{}”, not in “{unit}”", Self::UNIT)))
    }
}

/// Answers by attribute; an attribute that is there twice is refused.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers(pub Attributes);

impl Serialize for Answers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter())
    }
}

impl<'de> Deserialize<'de> for Answers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Rows;

        impl<'de> Visitor<'de> for Rows {
            type Value = Answers;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("answers by attribute, such as {\"kind\": Choice(\"fact\")}")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Answers, A::Error> {
                let mut answers = Attributes::default();
                while let Some((id, value)) = map.next_entry::<AttributeId, Value>()? {
                    if answers.get(&id).is_some() {
                        return Err(de::Error::custom(format!("the attribute {id} is there twice")));
                    }
                    answers.set(id, Some(value));
                }
                Ok(Answers(answers))
            }
        }

        deserializer.deserialize_map(Rows)
    }
}
