//! Writes RON in the project's own layout: readable, stable, one item a line where it fits.
//!
//! The outermost value and the lists directly in it are always broken into lines, so that adding an item adds
//! lines and changes none; what lies deeper stays on one line as long as it fits. It never writes a struct's
//! name, and an option that is there is written plainly (RON's `implicit_some`). It refuses to read.

use std::fmt::{self, Write};

use serde::ser::{self, Serialize};

/// The widest line that is not broken, in bytes.
const WIDTH: usize = 160;
/// Values down to this depth are broken whether they fit or not.
const OPEN_DEPTH: usize = 2;
const INDENT: &str = "    ";

/// The name of a newtype whose text is written as a raw string where it has lines.
pub const PROSE: &str = "$prose";

/// A value as a file: its lines, ending in a line end.
pub fn file(value: &impl Serialize) -> String {
    let mut out = nested(value, 0);
    out.push('\n');
    out
}

/// A value as a part of a file, at a depth, without its last line end.
pub fn nested(value: &impl Serialize, depth: usize) -> String {
    let mut out = String::new();
    tree(value).write(&mut out, depth, 0, OPEN_DEPTH);
    out
}

/// A value on one line, without its line end.
pub fn line(value: &impl Serialize) -> String {
    let mut out = String::new();
    tree(value).write_flat(&mut out);
    out
}

fn tree(value: &impl Serialize) -> Tree {
    value.serialize(Builder::Plain).expect("the file structs have no part that fails to serialize")
}

enum Tree {
    Leaf(String),
    /// Written with real line ends, except on one line.
    Prose(String),
    Group(Group),
}

struct Group {
    open: String,
    close: &'static str,
    items: Vec<(String, Tree)>,
    /// Bytes on one line.
    flat: usize,
}

impl Group {
    fn new(open: &str, close: &'static str) -> Self {
        Self { open: open.to_owned(), close, items: Vec::new(), flat: open.len() + close.len() }
    }

    fn push(&mut self, key: String, value: Tree) {
        let separator = if self.items.is_empty() { 0 } else { 2 };
        self.flat = self.flat.saturating_add(separator + key.len()).saturating_add(value.flat());
        self.items.push((key, value));
    }
}

impl Tree {
    fn flat(&self) -> usize {
        match self {
            Self::Leaf(text) => text.len(),
            Self::Prose(text) if text.contains('\n') => usize::MAX,
            Self::Prose(text) => text.len() + 2,
            Self::Group(group) => group.flat,
        }
    }

    fn write(&self, out: &mut String, depth: usize, before: usize, open_depth: usize) {
        match self {
            Self::Leaf(text) => out.push_str(text),
            Self::Prose(text) => write_prose(out, text),
            Self::Group(group) => {
                let fits = (depth * INDENT.len()).saturating_add(before + 1).saturating_add(group.flat) <= WIDTH;
                if group.items.is_empty() || (fits && open_depth == 0) {
                    return self.write_flat(out);
                }
                out.push_str(&group.open);
                for (key, value) in &group.items {
                    out.push('\n');
                    (0..=depth).for_each(|_| out.push_str(INDENT));
                    out.push_str(key);
                    value.write(out, depth + 1, key.len(), child_depth(value, open_depth));
                    out.push(',');
                }
                out.push('\n');
                (0..depth).for_each(|_| out.push_str(INDENT));
                out.push_str(group.close);
            }
        }
    }

    fn write_flat(&self, out: &mut String) {
        match self {
            Self::Leaf(text) => out.push_str(text),
            Self::Prose(text) => write_quoted(out, text),
            Self::Group(group) => {
                out.push_str(&group.open);
                for (index, (key, value)) in group.items.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { ", " });
                    out.push_str(key);
                    value.write_flat(out);
                }
                out.push_str(group.close);
            }
        }
    }

    fn wrapped(self, variant: &str) -> Self {
        match self {
            Self::Group(mut group) => {
                group.open = format!("{variant}({}", group.open);
                group.close = match group.close {
                    "]" => "])",
                    "}" => "})",
                    ")" => "))",
                    other => other,
                };
                group.flat = group.flat.saturating_add(variant.len() + 2);
                Self::Group(group)
            }
            other => {
                let mut text = format!("{variant}(");
                other.write_flat(&mut text);
                text.push(')');
                Self::Leaf(text)
            }
        }
    }
}

/// Only lists are opened below the outermost value: an item of a list stays on its line where it fits.
fn child_depth(value: &Tree, open_depth: usize) -> usize {
    let is_list = matches!(value, Tree::Group(group) if group.open == "[");
    if is_list { open_depth.saturating_sub(1) } else { 0 }
}

/// A raw string where the text has lines, so that a person can read it and a diff can show it.
fn write_prose(out: &mut String, text: &str) {
    // A carriage return would not survive programs that translate line ends.
    if !text.contains('\n') || text.contains('\r') {
        return write_quoted(out, text);
    }
    let hashes = "#".repeat(hashes_needed(text));
    let _ = write!(out, "r{hashes}\"{text}\"{hashes}");
}

/// One more than the longest run of `#` that follows a quotation mark.
fn hashes_needed(text: &str) -> usize {
    let runs = text.split('"').skip(1).map(|after| after.bytes().take_while(|b| *b == b'#').count());
    runs.max().map_or(1, |longest| longest + 1)
}

fn write_quoted(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        write_char(out, c, '"');
    }
    out.push('"');
}

fn write_char(out: &mut String, c: char, quote: char) {
    match c {
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        c if c == quote => {
            out.push('\\');
            out.push(c);
        }
        // What cannot be seen, or turns the rest of the line around, is written by its number.
        c if c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}') =>
        {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        }
        c => out.push(c),
    }
}

/// Why a value has no place in a file. It never happens with the file structs.
#[derive(Debug)]
struct Unwritable(String);

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

#[derive(Clone, Copy)]
enum Builder {
    Plain,
    /// Text is kept as it is, to be laid out later.
    Prose,
}

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

/// A group that is being filled.
struct Parts {
    group: Group,
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
