//! Takes any value that can be serialized apart into a tree, to be laid out. Bytes have no place in it.
//!
//! It is a serde serializer. Struct names are left out, and `Some(x)` is written as `x` (RON’s extension *implicit
//! some*).

use std::fmt;

use serde::ser::{self, Serialize};

use super::tree::{Group, Tree, write_char, write_quoted};

/// A newtype of this name holds text that is written as a raw string where it has several lines.
pub const PROSE: &str = "$prose";

/// Why a value has no place in a file. It does not happen with the shapes of [`super::super::file`].
#[derive(Debug)]
pub(super) struct Unwritable(String);

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unwritable {}

impl ser::Error for Unwritable {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

type Built = Result<Tree, Unwritable>;

/// How text is taken apart.
#[derive(Clone, Copy)]
pub(super) enum Builder {
    /// Text becomes a quoted string at once.
    Plain,
    /// Text is kept as it is, as it depends on its place how it is written.
    Prose,
}

/// A value that is never broken.
fn leaf(text: impl fmt::Display) -> Built {
    Ok(Tree::Leaf(text.to_string()))
}

impl ser::Serializer for Builder {
    type Ok = Tree;
    type Error = Unwritable;
    type SerializeSeq = Parts;
    type SerializeTuple = Parts;
    type SerializeTupleStruct = Parts;
    type SerializeTupleVariant = Parts;
    type SerializeMap = Parts;
    type SerializeStruct = Parts;
    type SerializeStructVariant = Parts;

    fn serialize_bool(self, value: bool) -> Built {
        leaf(value)
    }
    fn serialize_i8(self, value: i8) -> Built {
        leaf(value)
    }
    fn serialize_i16(self, value: i16) -> Built {
        leaf(value)
    }
    fn serialize_i32(self, value: i32) -> Built {
        leaf(value)
    }
    fn serialize_i64(self, value: i64) -> Built {
        leaf(value)
    }
    fn serialize_u8(self, value: u8) -> Built {
        leaf(value)
    }
    fn serialize_u16(self, value: u16) -> Built {
        leaf(value)
    }
    fn serialize_u32(self, value: u32) -> Built {
        leaf(value)
    }
    fn serialize_u64(self, value: u64) -> Built {
        leaf(value)
    }
    fn serialize_f32(self, value: f32) -> Built {
        leaf(format_args!("{value:?}"))
    }
    fn serialize_f64(self, value: f64) -> Built {
        leaf(format_args!("{value:?}"))
    }
    fn serialize_char(self, value: char) -> Built {
        let mut text = String::from("'");
        write_char(&mut text, value, '\'');
        text.push('\'');
        Ok(Tree::Leaf(text))
    }
    fn serialize_str(self, value: &str) -> Built {
        if matches!(self, Self::Prose) {
            return Ok(Tree::Prose(value.to_owned()));
        }
        let mut text = String::with_capacity(value.len() + 2);
        write_quoted(&mut text, value);
        Ok(Tree::Leaf(text))
    }
    fn serialize_bytes(self, _: &[u8]) -> Built {
        Err(ser::Error::custom("bytes are not written"))
    }
    fn serialize_none(self) -> Built {
        leaf("None")
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Built {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Built {
        leaf("()")
    }
    fn serialize_unit_struct(self, _: &'static str) -> Built {
        leaf("()")
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Built {
        leaf(variant)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Built {
        value.serialize(if name == PROSE { Builder::Prose } else { self })
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Built {
        Ok(value.serialize(self)?.wrapped(variant))
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Parts, Unwritable> {
        Ok(Parts::new("[", "]"))
    }
    fn serialize_tuple(self, _: usize) -> Result<Parts, Unwritable> {
        Ok(Parts::new("(", ")"))
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Parts, Unwritable> {
        Ok(Parts::new("(", ")"))
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Parts, Unwritable> {
        Ok(Parts::new(&format!("{variant}("), ")"))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Parts, Unwritable> {
        Ok(Parts::new("{", "}"))
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Parts, Unwritable> {
        Ok(Parts::new("(", ")"))
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Parts, Unwritable> {
        Ok(Parts::new(&format!("{variant}("), ")"))
    }
}

/// A group that is being filled: what stands between two brackets.
pub(super) struct Parts {
    group: Group,
    /// The key of a map’s next value.
    key: String,
}

impl Parts {
    fn new(open: &str, close: &'static str) -> Self {
        Self { group: Group::new(open, close), key: String::new() }
    }

    fn push<T: Serialize + ?Sized>(&mut self, key: String, value: &T) -> Result<(), Unwritable> {
        self.group.push(key, value.serialize(Builder::Plain)?);
        Ok(())
    }

    fn finish(self) -> Built {
        Ok(Tree::Group(self.group))
    }
}

macro_rules! parts {
    ($($kind:ident $add:ident),*) => {$(
        impl ser::$kind for Parts {
            type Ok = Tree;
            type Error = Unwritable;
            fn $add<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
                self.push(String::new(), value)
            }
            fn end(self) -> Built {
                self.finish()
            }
        }
    )*};
}

parts!(
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
);

macro_rules! named_parts {
    ($($kind:ident),*) => {$(
        impl ser::$kind for Parts {
            type Ok = Tree;
            type Error = Unwritable;
            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), Unwritable> {
                self.push(format!("{key}: "), value)
            }
            fn end(self) -> Built {
                self.finish()
            }
        }
    )*};
}

named_parts!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Parts {
    type Ok = Tree;
    type Error = Unwritable;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unwritable> {
        self.key.clear();
        key.serialize(Builder::Plain)?.write_flat(&mut self.key);
        self.key.push_str(": ");
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        let key = std::mem::take(&mut self.key);
        self.push(key, value)
    }
    fn end(self) -> Built {
        self.finish()
    }
}
