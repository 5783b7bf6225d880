//! Writes RON in the project's own layout: readable, stable, one item a line where it fits.
//!
//! The outermost value and the lists directly in it are always broken into lines, so that adding an item adds
//! lines and changes none; what lies deeper stays on one line as long as it fits, or has only plain values. It never writes a struct's
//! name, and an option that is there is written plainly (RON's `implicit_some`). It refuses to read.

mod builder;
mod tree;

use serde::Serialize;

pub use builder::PROSE;

use tree::Tree;

/// Lists down to this depth are broken into lines whether they would fit or not.
const OPEN_DEPTH: usize = 2;

/// A value as the text of a file; it ends in a line end.
pub fn file(value: &impl Serialize) -> String {
    let mut out = nested(value, 0);
    out.push('\n');
    out
}

/// A value as a part of a file, as it would stand `depth` levels deep; without a line end.
pub fn nested(value: &impl Serialize, depth: usize) -> String {
    let mut out = String::new();
    tree(value).write(&mut out, depth, 0, OPEN_DEPTH);
    out
}

/// A value on one line, whatever its length; without a line end.
pub fn line(value: &impl Serialize) -> String {
    let mut out = String::new();
    tree(value).write_flat(&mut out);
    out
}

/// A value as a tree.
fn tree(value: &impl Serialize) -> Tree {
    value.serialize(builder::Builder::Plain).expect("the file structs have no part that fails to serialize")
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
