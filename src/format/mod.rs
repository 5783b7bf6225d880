//! Exchange formats: one file for each, one table of them all; values in, text out.
//!
//! It knows no path and no disk, and never panics. What a format cannot keep, its row in [`FORMATS`] says. A new format
//! is one new file and one row.

mod jsonl;
mod keeps;
mod lines;

pub use self::{keeps::Keeps, lines::on_lines};
use crate::model::{ArticleId, Project};

/// One row of the table of formats.
#[derive(Debug)]
pub struct Format {
    /// As it is named on the command line.
    pub name: &'static str,
    /// As a person calls it.
    pub title: &'static str,
    /// In lower case, without the dot.
    pub extension: &'static str,
    pub keeps: &'static [Keeps],
    /// One article with all its layers, as a part of the file; see [`Format::article`].
    write: fn(&Project, &ArticleId) -> Option<String>,
}

/// Every format that can be written. The parts of all articles, in any order, one after another, are the file.
pub const FORMATS: &[Format] = &[Format {
    name: "jsonl",
    title: "JSON lines, one article a line",
    extension: "jsonl",
    keeps: jsonl::KEEPS,
    write: jsonl::article,
}];

impl Format {
    /// The format of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// An article as a part of the file, with its line end; `None` where its text has not been read.
    ///
    /// A layer that has not been read is left out, so read the article first.
    pub fn article(&self, project: &Project, id: &ArticleId) -> Option<String> {
        (self.write)(project, id)
    }
}
