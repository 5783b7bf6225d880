//! RON as Pressmark itself writes it, read several times as fast as all of RON can be.
//!
//! It knows no comment, no named struct, no tuple, no single character, no unusual number and no message. What it does
//! not know, and what is wrong, it leaves to [`super::read`]; what it gives is what that would give.
//!
//! It is a serde deserializer over the bytes. Files of tens of thousands of marks are what it is for; a file that a
//! person has edited is read by `ron` when it is not plain any more.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor},
    forward_to_deserialize_any,
};

/// The value, or `None` where only `ron` can tell. Never a wrong value: what this accepts, `ron` reads alike.
pub fn read<'t, T: Deserialize<'t>>(text: &'t str) -> Option<T> {
    let mut reader = Reader { text, at: 0 };
    let value = T::deserialize(&mut reader).ok()?;
    reader.peek();
    (reader.at == text.len()).then_some(value)
}

/// Something was met that is left to `ron`. It says nothing, as its message is never shown.
#[derive(Debug)]
struct GiveUp;

impl fmt::Display for GiveUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not written plainly")
    }
}

impl std::error::Error for GiveUp {}

impl de::Error for GiveUp {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// Where reading has come to in a text.
struct Reader<'t> {
    text: &'t str,
    /// Bytes that were read.
    at: usize,
}

impl<'t> Reader<'t> {
    /// Skips white space and gives the next byte; 0 at the end, with which no value begins.
    fn peek(&mut self) -> u8 {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().position(|b| !matches!(b, b' ' | b'\n' | b'\t')).unwrap_or(rest.len());
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// Takes this byte, after white space.
    fn take(&mut self, wanted: u8) -> Result<(), GiveUp> {
        if self.peek() != wanted {
            return Err(GiveUp);
        }
        self.at += 1;
        Ok(())
    }

    /// Takes the bytes for which something holds.
    fn run(&mut self, is_part: impl Fn(&u8) -> bool) -> &'t str {
        let rest = &self.text[self.at..];
        let len = rest.bytes().position(|b| !is_part(&b)).unwrap_or(rest.len());
        self.at += len;
        &rest[..len]
    }

    /// Takes a name of a field or variant.
    fn name(&mut self) -> Result<&'t str, GiveUp> {
        if !self.peek().is_ascii_alphabetic() {
            return Err(GiveUp);
        }
        Ok(self.run(|b| b.is_ascii_alphanumeric() || *b == b'_'))
    }

    /// Takes a quoted string at whose mark one is. Gives it as it is written, and whether that is its value: it has
    /// no escapes.
    fn string(&mut self) -> Result<(&'t str, bool), GiveUp> {
        let rest = &self.text[self.at + 1..];
        let (mut end, mut is_literal) = (0, true);
        loop {
            end += memchr::memchr2(b'"', b'\\', &rest.as_bytes()[end..]).ok_or(GiveUp)?;
            if rest.as_bytes()[end] == b'"' {
                self.at += end + 2;
                return Ok((&rest[..end], is_literal));
            }
            is_literal = false;
            end += 2;
            if end > rest.len() {
                return Err(GiveUp);
            }
        }
    }

    /// Takes a raw string at whose `r` one is.
    fn raw_string(&mut self) -> Result<&'t str, GiveUp> {
        let rest = &self.text[self.at + 1..];
        let hashes = rest.bytes().take_while(|b| *b == b'#').count();
        let inside = rest[hashes..].strip_prefix('"').ok_or(GiveUp)?;
        let closing = format!("\"{}", &rest[..hashes]);
        let len = memchr::memmem::find(inside.as_bytes(), closing.as_bytes()).ok_or(GiveUp)?;
        self.at += 1 + hashes + 1 + len + closing.len();
        Ok(&inside[..len])
    }

    /// Takes a number in its usual form; others are left to `ron`.
    fn number<V: Visitor<'t>>(&mut self, visitor: V) -> Result<V::Value, GiveUp> {
        let written = self.run(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.'));
        let digits = written.strip_prefix('-').unwrap_or(written);
        let is_usual = digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.ends_with(|c: char| c.is_ascii_digit())
            && (!digits.starts_with('0') || matches!(digits.as_bytes().get(1), None | Some(b'.')))
            // As an integer this is 0, but as any other number it is not.
            && written != "-0";
        // Of these none ends here.
        let goes_on = self.text[self.at..].starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+'));
        if !is_usual || goes_on {
            return Err(GiveUp);
        }
        if let Ok(number) = written.parse() {
            visitor.visit_u64(number)
        } else if let Ok(number) = written.parse() {
            visitor.visit_i64(number)
        } else if digits.contains('.') {
            visitor.visit_f64(written.parse().or(Err(GiveUp))?)
        } else {
            Err(GiveUp)
        }
    }

    /// Skips a value of any kind; only strings and brackets are looked at.
    fn pass(&mut self) -> Result<(), GiveUp> {
        let mut depth = 0_usize;
        loop {
            match self.peek() {
                b'"' => drop(self.string()?),
                b'(' | b'[' | b'{' => {
                    depth += 1;
                    self.at += 1;
                }
                b')' | b']' | b'}' => {
                    depth = depth.checked_sub(1).ok_or(GiveUp)?;
                    self.at += 1;
                }
                b',' | b':' if depth > 0 => self.at += 1,
                b'r' if self.text[self.at + 1..].starts_with(['"', '#']) => drop(self.raw_string()?),
                b'a'..=b'z' | b'A'..=b'Z' => drop(self.name()?),
                b'0'..=b'9' | b'-' => drop(self.run(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.'))),
                _ => return Err(GiveUp),
            }
            if depth == 0 && matches!(self.peek(), b',' | b')' | b']' | b'}' | 0) {
                return Ok(());
            }
        }
    }
}

/// A string’s value, from how it is written with escapes.
fn unescaped(written: &str) -> Result<String, GiveUp> {
    let mut text = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        let mut len = 2;
        text.push(match rest.as_bytes().get(at + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let (digits, _) = rest[at + 2..].strip_prefix('{').and_then(|r| r.split_once('}')).ok_or(GiveUp)?;
                len += digits.len() + 2;
                let is_usual = (1..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
                let number = u32::from_str_radix(digits, 16).ok().filter(|_| is_usual);
                number.and_then(char::from_u32).ok_or(GiveUp)?
            }
            _ => return Err(GiveUp),
        });
        rest = &rest[at + len..];
    }
    text.push_str(rest);
    Ok(text)
}

impl<'t> Deserializer<'t> for &mut Reader<'t> {
    type Error = GiveUp;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, GiveUp> {
        match self.peek() {
            b'"' => match self.string()? {
                (text, true) => visitor.visit_borrowed_str(text),
                (written, false) => visitor.visit_string(unescaped(written)?),
            },
            b'0'..=b'9' | b'-' => self.number(visitor),
            b'[' => visitor.visit_seq(Parts::open(self, b'[', b']')?),
            b'{' => visitor.visit_map(Parts::open(self, b'{', b'}')?),
            b'r' => visitor.visit_borrowed_str(self.raw_string()?),
            _ => match self.name()? {
                "true" => visitor.visit_bool(true),
                "false" => visitor.visit_bool(false),
                _ => Err(GiveUp),
            },
        }
    }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, GiveUp> {
        self.peek();
        let begin = self.at;
        match self.name() {
            Ok("None") => visitor.visit_none(),
            Ok("Some") => Err(GiveUp),
            _ => {
                self.at = begin;
                visitor.visit_some(self)
            }
        }
    }

    fn deserialize_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, GiveUp> {
        visitor.visit_map(Parts::open(self, b'(', b')')?)
    }

    fn deserialize_enum<V: Visitor<'t>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, GiveUp> {
        visitor.visit_enum(self)
    }

    fn deserialize_identifier<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, GiveUp> {
        visitor.visit_borrowed_str(self.name()?)
    }

    fn deserialize_ignored_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, GiveUp> {
        self.pass()?;
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(self, _: &'static str, _: V) -> Result<V::Value, GiveUp> {
        Err(GiveUp)
    }

    fn deserialize_tuple<V: Visitor<'t>>(self, _: usize, _: V) -> Result<V::Value, GiveUp> {
        Err(GiveUp)
    }

    fn deserialize_char<V: Visitor<'t>>(self, _: V) -> Result<V::Value, GiveUp> {
        Err(GiveUp)
    }

    fn deserialize_f32<V: Visitor<'t>>(self, _: V) -> Result<V::Value, GiveUp> {
        Err(GiveUp)
    }

    forward_to_deserialize_any! { <V: Visitor<'t>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f64 str string bytes byte_buf unit unit_struct seq tuple_struct map
    }
}

/// What stands between two brackets, parted by commas.
struct Parts<'r, 't> {
    reader: &'r mut Reader<'t>,
    close: u8,
    /// Whether another part may follow: nothing was read yet, or a comma.
    may_follow: bool,
}

impl<'r, 't> Parts<'r, 't> {
    /// Takes the opening bracket.
    fn open(reader: &'r mut Reader<'t>, open: u8, close: u8) -> Result<Self, GiveUp> {
        reader.take(open)?;
        Ok(Self { reader, close, may_follow: true })
    }

    /// Whether another part follows; takes the closing bracket where none does.
    fn follows(&mut self) -> Result<bool, GiveUp> {
        if self.reader.peek() == self.close {
            self.reader.at += 1;
            return Ok(false);
        }
        if self.may_follow { Ok(true) } else { Err(GiveUp) }
    }

    /// Takes a part and the comma after it.
    fn value<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<T::Value, GiveUp> {
        let value = seed.deserialize(&mut *self.reader)?;
        self.may_follow = self.reader.take(b',').is_ok();
        Ok(value)
    }
}

impl<'t> SeqAccess<'t> for Parts<'_, 't> {
    type Error = GiveUp;

    fn next_element_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<Option<T::Value>, GiveUp> {
        if self.follows()? { self.value(seed).map(Some) } else { Ok(None) }
    }
}

impl<'t> MapAccess<'t> for Parts<'_, 't> {
    type Error = GiveUp;

    fn next_key_seed<K: DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>, GiveUp> {
        if self.follows()? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }

    fn next_value_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<T::Value, GiveUp> {
        self.reader.take(b':')?;
        self.value(seed)
    }
}

impl<'t> EnumAccess<'t> for &mut Reader<'t> {
    type Error = GiveUp;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'t>>(self, seed: V) -> Result<(V::Value, Self), GiveUp> {
        Ok((seed.deserialize(&mut *self)?, self))
    }
}

impl<'t> VariantAccess<'t> for &mut Reader<'t> {
    type Error = GiveUp;

    fn unit_variant(self) -> Result<(), GiveUp> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'t>>(self, seed: T) -> Result<T::Value, GiveUp> {
        self.take(b'(')?;
        let value = seed.deserialize(&mut *self)?;
        self.take(b')')?;
        Ok(value)
    }

    fn tuple_variant<V: Visitor<'t>>(self, _: usize, visitor: V) -> Result<V::Value, GiveUp> {
        visitor.visit_seq(Parts::open(self, b'(', b')')?)
    }

    fn struct_variant<V: Visitor<'t>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, GiveUp> {
        visitor.visit_map(Parts::open(self, b'(', b')')?)
    }
}

#[cfg(test)]
mod tests;
