//! The list of formats, with what each is read and written as and what it keeps: made from the table itself.

use serde_json::json;

use super::out::{Failure, Out};
use crate::format::{FORMATS, Format, Keeps, OffsetUnit};

/// Carries out `pressmark formats`.
///
/// # Errors
/// Standard output takes no more.
pub fn run(as_json: bool) -> Result<(), Failure> {
    let text = if as_json { format!("{:#}\n", json(FORMATS)) } else { text(FORMATS) };
    Out::new().write(&text)
}

fn json(formats: &[Format]) -> serde_json::Value {
    let format = |format: &Format| {
        let names = |keeps: bool| -> Vec<&str> {
            Keeps::ALL.into_iter().filter(|k| format.keeps.contains(k) == keeps).map(Keeps::name).collect()
        };
        json!({
            "name": format.name,
            "title": format.title,
            "extension": format.extension,
            "is_read": format.read.is_some(),
            "is_written": format.write.is_some(),
            "is_folder": format.file_extension().is_empty(),
            "offsets": format.units.iter().map(|unit| unit.name()).collect::<Vec<_>>(),
            "keeps": names(true),
            "loses": names(false),
        })
    };
    json!({ "formats": formats.iter().map(format).collect::<Vec<_>>() })
}

/// A line for each format, and below it what it does not keep.
fn text(formats: &[Format]) -> String {
    let width = formats.iter().map(|format| format.name.len()).max().unwrap_or_default();
    let mut text = String::new();
    for format in formats {
        let ways = match (&format.read, &format.write) {
            (Some(_), Some(_)) => "read, written",
            (Some(_), None) => "read         ",
            _ => "written      ",
        };
        let lost: Vec<&str> = Keeps::ALL.into_iter().filter(|k| !format.keeps.contains(k)).map(Keeps::name).collect();
        let units: Vec<&str> = format.units.iter().copied().map(OffsetUnit::name).collect();
        text.push_str(&format!("{:width$}  {ways}  {}\n", format.name, format.title));
        let indent = " ".repeat(width + 2);
        if !units.is_empty() {
            text.push_str(&format!("{indent}offsets: {}\n", units.join(", ")));
        }
        match lost.is_empty() {
            true => text.push_str(&format!("{indent}keeps everything\n")),
            false => text.push_str(&format!("{indent}does not keep: {}\n", lost.join(", "))),
        }
    }
    text
}
