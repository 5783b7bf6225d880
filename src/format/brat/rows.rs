//! All lines of an `.ann` file, sorted by what they are, each with its number.

use std::collections::BTreeMap;

use super::line::AnnLine;
use crate::{
    diagnostic::Diagnostic,
    format::{lines::Lines, units::Claimed},
    phrase,
};

/// The lines of a file.
#[derive(Debug, Default)]
pub struct Rows {
    /// In the order of the file.
    pub texts: Vec<TextRow>,
    /// Relations, events and groups, in the order of the file.
    pub relations: Vec<RelationRow>,
    /// What is said of texts, relations and events, by their ids.
    pub said: BTreeMap<String, Vec<Said>>,
    pub damaged: Vec<Diagnostic>,
}

/// A `T`.
#[derive(Debug)]
pub struct TextRow {
    pub id: String,
    pub label: String,
    pub claimed: Vec<Claimed>,
    pub line: u32,
}

/// An `R`, an `E` or a `*`.
#[derive(Debug)]
pub struct RelationRow {
    /// Empty for a `*`.
    pub id: String,
    pub kind: String,
    pub trigger: Option<String>,
    /// Roles with ids; the role of a `*` is empty.
    pub members: Vec<(String, String)>,
    pub line: u32,
}

/// Something said of a row.
#[derive(Debug)]
pub enum Said {
    Note(String),
    /// A value of an attribute; `None` is yes.
    Value(String, Option<String>),
}

impl Rows {
    /// Reads all lines; what can’t be understood is among `damaged`.
    pub fn of(mut lines: Lines<'_>, source: &str) -> Self {
        let mut rows = Self::default();
        while let Some(line) = lines.next_line() {
            match line {
                Err(told) => rows.damaged.push(told),
                Ok((_, line)) if line.trim().is_empty() => {}
                Ok((number, line)) => match AnnLine::of(line) {
                    Some(row) => rows.add(row, number),
                    None => {
                        let start: String = line.chars().take(40).collect();
                        let message = phrase!("The line can’t be understood: {start}", start);
                        let told = Diagnostic::error("bad-line", message).at_line(number, 1).at_path(source);
                        rows.damaged.push(told.hint("Repair it, or take it out"));
                    }
                },
            }
        }
        rows
    }

    fn add(&mut self, row: AnnLine, line: u32) {
        match row {
            AnnLine::Text { id, label, ranges, words } => {
                let claimed = claimed(&ranges, &words);
                self.texts.push(TextRow { id, label, claimed, line });
            }
            AnnLine::Relation { id, kind, members } => {
                self.relations.push(RelationRow { id, kind, trigger: None, members, line });
            }
            AnnLine::Event { id, kind, trigger, members } => {
                self.relations.push(RelationRow { id, kind, trigger: Some(trigger), members, line });
            }
            AnnLine::Group { kind, members } => {
                let members = members.into_iter().map(|member| (String::new(), member)).collect();
                self.relations.push(RelationRow { id: String::new(), kind, trigger: None, members, line });
            }
            AnnLine::Attribute { name, target, value } => self.say(target, Said::Value(name, value)),
            AnnLine::Reference { name, target, resource, title } => {
                let words = if title.is_empty() { resource } else { format!("{resource} {title}") };
                self.say(target, Said::Value(name, Some(words)));
            }
            AnnLine::Note { kind, target, words } if kind == super::names::NOTE => {
                self.say(target, Said::Note(unescaped(&words)));
            }
            AnnLine::Note { kind, target, words } => self.say(target, Said::Value(kind, Some(unescaped(&words)))),
        }
    }

    fn say(&mut self, of: String, said: Said) {
        self.said.entry(of).or_default().push(said);
    }
}

/// The ranges of a `T`, each with its own words where they can be told: those of all fragments are joined by blanks.
fn claimed(ranges: &[(usize, usize)], words: &str) -> Vec<Claimed> {
    let own: Option<Vec<String>> = match ranges {
        [_] => Some(vec![words.to_owned()]),
        _ => [|text: &str| text.chars().count(), |text: &str| text.encode_utf16().count()]
            .into_iter()
            .find_map(|count| parted(ranges, words, count)),
    };
    let mut own = own.unwrap_or_default().into_iter();
    ranges.iter().map(|(start, end)| Claimed { start: *start, end: *end, words: own.next() }).collect()
}

/// Words parted as long as the ranges are in a unit; `None` where they are not as long together.
fn parted(ranges: &[(usize, usize)], words: &str, count: impl Fn(&str) -> usize) -> Option<Vec<String>> {
    let mut rest = words;
    let mut parts = Vec::new();
    for (at, (start, end)) in ranges.iter().enumerate() {
        if at > 0 {
            rest = rest.strip_prefix(' ')?;
        }
        let len = end.checked_sub(*start)?;
        let ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
        let end = ends.into_iter().find(|at| count(&rest[..*at]) >= len)?;
        parts.push(rest[..end].to_owned());
        rest = &rest[end..];
    }
    rest.is_empty().then_some(parts)
}

/// Words of a note as one line.
pub fn escaped(words: &str) -> String {
    words.replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t").replace('\r', "\\r")
}

/// The words of a note; `\n`, `\t` and `\\` stand for what they do everywhere.
fn unescaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    let mut chars = words.chars();
    while let Some(c) = chars.next() {
        let known = |c: char| match c {
            'n' => Some('\n'),
            't' => Some('\t'),
            'r' => Some('\r'),
            '\\' => Some('\\'),
            _ => None,
        };
        match (c, chars.clone().next().and_then(known)) {
            ('\\', Some(escaped)) => {
                chars.next();
                text.push(escaped);
            }
            _ => text.push(c),
        }
    }
    text
}
