//! A glance at a layer's file: what the list shows of it, ten times as fast as reading it whole.
//!
//! It follows brackets, strings and names, and understands nothing else. Where it meets what Pressmark does not write
//! itself, it gives up, and the file is read the usual way; whether a file is right is found out when it is read.

use std::collections::BTreeMap;

use crate::model::{LabelId, LayerSummary, Status};

/// The summary, or `None` where it takes reading to know it.
pub fn glance(text: &str) -> Option<LayerSummary> {
    let mut glance =
        Glance { rest: text, depth: 0, field: "", key: "", labels: BTreeMap::new(), found: LayerSummary::default() };
    while glance.step()? == Step::Goes {}
    let counts = glance.labels.into_iter().map(|(label, n)| Some((LabelId::new(label).ok()?, n)));
    Some(LayerSummary { counts: counts.collect::<Option<_>>()?, ..glance.found })
}

#[derive(PartialEq)]
enum Step {
    Goes,
    Ends,
}

struct Glance<'t> {
    rest: &'t str,
    depth: usize,
    /// The outermost field one is in.
    field: &'t str,
    /// The name met last.
    key: &'t str,
    labels: BTreeMap<&'t str, u32>,
    found: LayerSummary,
}

impl<'t> Glance<'t> {
    /// In the file, its list, its row: where the fields of an annotation or a relation are.
    const ROW: usize = 3;

    fn step(&mut self) -> Option<Step> {
        self.rest = self.rest.trim_start_matches([' ', '\n', ',', ':']);
        let Some(first) = self.rest.bytes().next() else {
            return (self.depth == 0).then_some(Step::Ends);
        };
        match first {
            b'(' | b'[' | b'{' => {
                self.depth += 1;
                self.rest = &self.rest[1..];
                if self.depth == Self::ROW && self.field == "relations" {
                    self.found.relations += 1;
                }
            }
            b')' | b']' | b'}' => {
                self.depth = self.depth.checked_sub(1)?;
                self.rest = &self.rest[1..];
            }
            b'"' => self.string()?,
            b'0'..=b'9' => self.word(|b| b.is_ascii_digit()).map(drop)?,
            b'a'..=b'z' | b'A'..=b'Z' => self.name()?,
            _ => return None,
        }
        Some(Step::Goes)
    }

    fn string(&mut self) -> Option<()> {
        let bytes = &self.rest.as_bytes()[1..];
        let mut end = 0;
        loop {
            let at = end + memchr::memchr2(b'"', b'\\', &bytes[end..])?;
            if bytes[at] == b'"' {
                end = at;
                break;
            }
            end = at + 2;
            bytes.get(end)?;
        }
        let is_label = self.depth == Self::ROW && self.field == "annotations" && self.key == "label";
        if is_label {
            *self.labels.entry(&self.rest[1..=end]).or_insert(0) += 1;
        }
        self.rest = &self.rest[end + 2..];
        Some(())
    }

    fn name(&mut self) -> Option<()> {
        let name = self.word(|b| b.is_ascii_alphanumeric() || b == b'_')?;
        if self.depth == 1 && self.field == "status" && self.key == "status" {
            self.found.status = match name {
                "ToDo" => Status::ToDo,
                "InProgress" => Status::InProgress,
                "Done" => Status::Done,
                _ => return None,
            };
        }
        // A raw string, whose end is found in another way.
        if name == "r" || name == "None" || name == "Some" {
            return None;
        }
        self.key = name;
        let is_field = self.rest.starts_with(':');
        if is_field && self.depth == 1 {
            self.field = name;
        }
        if is_field && self.depth == Self::ROW && self.field == "annotations" && name == "flag" {
            self.found.flags += 1;
        }
        Some(())
    }

    fn word(&mut self, is_part: impl Fn(u8) -> bool) -> Option<&'t str> {
        let end = self.rest.bytes().position(|b| !is_part(b))?;
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        Some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_flags_relations_and_status_are_counted() {
        let text = r#"(offsets: "x", status: Done, annotations: [
            (id: "a", label: "quote", note: "label: \"cue\", flag: (", flag: Question, attributes: {"label": Choice("x")}),
            (id: "b", label: "claim"), (id: "c", label: "quote"),
        ], relations: [(id: "r", members: [(role: "label"), (role: "flag")])])"#;
        let name = |name| LabelId::new(name).unwrap();
        let counts = vec![(name("claim"), 1), (name("quote"), 2)];
        assert_eq!(glance(text), Some(LayerSummary { status: Status::Done, counts, relations: 1, flags: 1 }));
    }

    #[test]
    fn what_it_does_not_follow_it_leaves_to_reading() {
        for text in
            ["(", "(a: r#\"x\"#)", "(/* x */)", "(flag: None)", "(a: \"x", "(a: \"x\\", "(status: Soon)", ")", "(é)"]
        {
            assert_eq!(glance(text), None, "{text}");
        }
    }
}
