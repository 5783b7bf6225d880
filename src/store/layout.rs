//! Writes RON in the project's own layout: readable, stable, one item a line where it fits.
//!
//! The outermost value and the lists directly in it are always broken into lines, so that adding an item adds
//! lines and changes none; what lies deeper stays on one line as long as it fits, or has only plain values. It never writes a struct's
//! name, and an option that is there is written plainly (RON's `implicit_some`). It refuses to read.

mod builder;

use std::fmt::Write;

use serde::Serialize;

/// The widest line that is not broken, in bytes.
const WIDTH: usize = 120;
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
    value.serialize(builder::Builder::Plain).expect("the file structs have no part that fails to serialize")
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

    /// A struct or tuple with nothing in it that could be broken, such as a fragment or a member.
    fn is_plain_struct(&self) -> bool {
        self.open == "(" && self.flat < usize::MAX && self.items.iter().all(|(_, v)| !matches!(v, Tree::Group(_)))
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
    // A carriage return would not survive programs that translate line ends, and what looks like a conflict of version
    // control would be taken for one.
    if !text.contains('\n') || text.contains('\r') || text.lines().any(|line| line.starts_with("<<<<<<<")) {
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    use super::*;
    use crate::store::file::shape::Prose;

    #[derive(Serialize)]
    struct Row {
        id: u32,
        words: &'static str,
        more: Vec<&'static str>,
    }

    #[derive(Serialize)]
    enum Kind {
        Plain,
        Of(Vec<u32>),
    }

    #[derive(Serialize)]
    struct Root {
        name: Option<&'static str>,
        kinds: (Kind, Kind),
        rows: Vec<Row>,
        map: BTreeMap<&'static str, f64>,
        text: Prose,
    }

    fn root() -> Root {
        let long = "long ".repeat(20).leak();
        let rows = vec![
            Row { id: 1, words: "a \"b\" \\ \u{200b}\n", more: vec![] },
            Row { id: 2, words: long, more: vec!["x", "y"] },
        ];
        let text = Prose("Lines\nwith \"#\" in them".to_owned());
        Root { name: Some("n"), kinds: (Kind::Plain, Kind::Of(vec![7])), rows, map: BTreeMap::from([("k", 1.0)]), text }
    }

    #[test]
    fn lists_are_broken_and_items_stay_on_their_line_where_they_fit() {
        let expected = r###"(
    name: "n",
    kinds: (Plain, Of([7])),
    rows: [
        (id: 1, words: "a \"b\" \\ \u{200b}\n", more: []),
        (
            id: 2,
            words: "long long long long long long long long long long long long long long long long long long long long ",
            more: ["x", "y"],
        ),
    ],
    map: {"k": 1.0},
    text: r##"Lines
with "#" in them"##,
)
"###;
        assert_eq!(file(&root()), expected);
    }

    #[test]
    fn a_line_is_a_line() {
        let line = line(&root());
        assert!(!line.contains('\n'));
        assert!(line.ends_with(r###"text: "Lines\nwith \"#\" in them")"###), "{line}");
    }
}
