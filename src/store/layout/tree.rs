//! A value as a tree of what can be broken into lines, and how it is written. It decides by width alone: the same
//! value is always written the same way.

use std::fmt::Write;

/// The widest line that is not broken, in bytes.
const WIDTH: usize = 120;
const INDENT: &str = "    ";

/// A value, ready to be written.
pub enum Tree {
    /// Written as it is.
    Leaf(String),
    /// Text with several lines, written with real line ends, except on one line.
    Prose(String),
    /// What stands between brackets.
    Group(Group),
}

/// Items between two brackets, each with its key.
pub struct Group {
    /// The opening bracket, with the name of an enum’s variant.
    open: String,
    close: &'static str,
    /// A key, empty in a list, and the value.
    items: Vec<(String, Tree)>,
    /// Bytes that it takes on one line; `usize::MAX` where it can’t stand on one.
    flat: usize,
}

impl Group {
    pub fn new(open: &str, close: &'static str) -> Self {
        Self { open: open.to_owned(), close, items: Vec::new(), flat: open.len() + close.len() }
    }

    /// Whether it is a struct or tuple of plain values, such as a fragment: it stays on one line however wide it is.
    fn is_plain_struct(&self) -> bool {
        self.open == "(" && self.flat < usize::MAX && self.items.iter().all(|(_, v)| !matches!(v, Tree::Group(_)))
    }

    pub fn push(&mut self, key: String, value: Tree) {
        let separator = if self.items.is_empty() { 0 } else { 2 };
        self.flat = self.flat.saturating_add(separator + key.len()).saturating_add(value.flat());
        self.items.push((key, value));
    }
}

impl Tree {
    /// Bytes that the value takes on one line.
    fn flat(&self) -> usize {
        match self {
            Self::Leaf(text) => text.len(),
            Self::Prose(text) if text.contains('\n') => usize::MAX,
            Self::Prose(text) => text.len() + 2,
            Self::Group(group) => group.flat,
        }
    }

    /// Writes the value, broken into lines where it does not fit. `depth` is its indentation, `before` the bytes that
    /// stand before it on the line, `open_depth` how many levels are broken in any case.
    pub fn write(&self, out: &mut String, depth: usize, before: usize, open_depth: usize) {
        match self {
            Self::Leaf(text) => out.push_str(text),
            Self::Prose(text) => write_prose(out, text),
            Self::Group(group) => {
                let fits = (depth * INDENT.len()).saturating_add(before + 1).saturating_add(group.flat) <= WIDTH;
                if group.items.is_empty() || ((fits || group.is_plain_struct()) && open_depth == 0) {
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

    /// Writes the value on one line.
    pub fn write_flat(&self, out: &mut String) {
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

    /// The value as the content of an enum’s variant.
    pub fn wrapped(self, variant: &str) -> Self {
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

/// How many levels are broken below a value: only lists are, so that an item of a list stays on its line.
fn child_depth(value: &Tree, open_depth: usize) -> usize {
    let is_list = matches!(value, Tree::Group(group) if group.open == "[");
    if is_list { open_depth.saturating_sub(1) } else { 0 }
}

/// Text as a raw string where it has several lines, so that people can read it and a diff shows lines; quoted where a
/// raw string would not survive.
fn write_prose(out: &mut String, text: &str) {
    // A carriage return would not survive programs that translate line ends, and what looks like a conflict of version
    // control would be taken for one.
    if !text.contains('\n') || text.contains('\r') || text.lines().any(|line| line.starts_with("<<<<<<<")) {
        return write_quoted(out, text);
    }
    let hashes = "#".repeat(hashes_needed(text));
    let _ = write!(out, "r{hashes}\"{text}\"{hashes}");
}

/// How many `#` a raw string needs: one more than the longest run of them after a quotation mark.
fn hashes_needed(text: &str) -> usize {
    let runs = text.split('"').skip(1).map(|after| after.bytes().take_while(|b| *b == b'#').count());
    runs.max().map_or(1, |longest| longest + 1)
}

/// Text in quotation marks, with escapes.
pub fn write_quoted(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        write_char(out, c, '"');
    }
    out.push('"');
}

/// A character with its escape, where it needs one inside this sort of quotation mark.
pub fn write_char(out: &mut String, c: char, quote: char) {
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
