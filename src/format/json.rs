//! JSON records of a source, one in memory at a time: its lines, or the records of a list; each with its place.

use std::io::BufRead;

use serde_json::{Map, Value as Json};

use super::{
    lines::{Lines, on_lines},
    reader::{Sources, Take, extension_of},
    records::each_record,
};
use crate::{diagnostic::Diagnostic, phrase};

/// Where a record stands, for messages.
#[derive(Clone, Copy, Debug)]
pub struct Place<'p> {
    pub source: &'p str,
    /// Its line, or its number in a list; both from 1.
    pub number: u32,
    is_line: bool,
}

impl<'p> Place<'p> {
    /// A line of a source, from 1.
    pub fn line(source: &'p str, number: u32) -> Self {
        Self { source, number, is_line: true }
    }

    /// A record of a source that has no lines, from 1.
    pub fn record(source: &'p str, number: u32) -> Self {
        Self { source, number, is_line: false }
    }

    pub fn at(self, told: Diagnostic) -> Diagnostic {
        let told = match self.is_line {
            true => told.at_line(self.number, 1),
            false => told.about(phrase!("record {n}", n = self.number.to_string())),
        };
        told.at_path(self.source)
    }
}

/// Takes a record with its place, and whoever is told of what is wrong with it.
///
/// # Errors
/// The work is to stop.
pub type EachJson<'e> = dyn FnMut(&Map<String, Json>, Place<'_>, &mut dyn Take) -> Result<(), Diagnostic> + 'e;

/// Gives each record of a source. What is damaged, or no record, is told with its place and passed over.
///
/// # Errors
/// Those of `each`.
pub fn each_json(
    sources: &mut dyn Sources,
    name: &str,
    take: &mut dyn Take,
    each: &mut EachJson<'_>,
) -> Result<(), Diagnostic> {
    let mut source = match sources.open(name) {
        Ok(source) => source,
        Err(told) => {
            take.tell(told);
            return Ok(());
        }
    };
    if extension_of(name) == "json" && is_list(&mut *source) {
        return each_record(source, name, take, &mut |number, record, take| {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            give(&record, Place::record(name, number), take, each)
        });
    }
    let mut lines = Lines::of(source, name);
    while let Some(line) = lines.next_line() {
        let (number, line) = match line {
            Ok(line) => line,
            Err(told) => {
                take.tell(told);
                continue;
            }
        };
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str(line) {
            Ok(record) => give(&record, Place::line(name, number), take, each)?,
            Err(why) => {
                let message = phrase!("The line can’t be understood: {why}", why = &why);
                let column = u32::try_from(why.column()).unwrap_or(u32::MAX);
                let told = Diagnostic::error("bad-json", message).hint("Repair it, or leave it out");
                take.tell(told.at_line(number, column).at_path(name));
            }
        }
    }
    Ok(())
}

fn give(record: &Json, place: Place<'_>, take: &mut dyn Take, each: &mut EachJson<'_>) -> Result<(), Diagnostic> {
    match record {
        Json::Object(record) => each(record, place, take),
        _ => {
            let told = Diagnostic::error("bad-record", "A record is an object");
            take.tell(place.at(told.hint("Leave it out")));
            Ok(())
        }
    }
}

/// Whether the first thing in a file is a list. What can’t be read is told when it is read.
fn is_list(source: &mut dyn BufRead) -> bool {
    let head = source.fill_buf().unwrap_or_default();
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    head.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[')
}

/// A field that is text, or a number as text; `None` where it is neither, or blank.
pub fn string(object: &Map<String, Json>, key: &str) -> Option<String> {
    word(object.get(key)?).filter(|text| !text.trim().is_empty())
}

/// A text, or a number as text.
pub fn word(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A field that is a list; empty where there is none.
pub fn list<'m>(object: &'m Map<String, Json>, key: &str) -> &'m [Json] {
    object.get(key).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

/// A line with an object whose fields stand in this order. What tells a format stands in front: of a long text nobody may
/// read more than the beginning.
pub fn line_of(fields: impl IntoIterator<Item = (&'static str, Json)>) -> String {
    let fields = fields.into_iter().map(|(key, value)| format!("\"{key}\":{value}"));
    on_lines(format!("{{{}}}", fields.collect::<Vec<_>>().join(",")))
}

/// A whole number that is no less than 0, also where it is written as one with a fraction of nothing, or as text.
pub fn number(value: Option<&Json>) -> Option<usize> {
    let value = value?;
    let whole = |number: f64| (number.fract() == 0.0 && (0.0..1e15).contains(&number)).then_some(number as u64);
    let number = value.as_u64().or_else(|| whole(value.as_f64()?)).or_else(|| value.as_str()?.trim().parse().ok());
    number.and_then(|number| usize::try_from(number).ok())
}
