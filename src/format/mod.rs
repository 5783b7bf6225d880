//! Exchange formats: one row in one table for each; values ↔ named pieces of bytes, a few articles in memory at a time.
//!
//! It knows no path and no disk, and never panics. What a format cannot keep, its row in [`FORMATS`] says. A new format is
//! one new file (or folder) and one row, which has
//!
//! - a [`Writer`], which gives [`Pieces`] to a [`Sink`]: one file, several, or an archive, as whoever made the sink likes;
//! - a [`Reader`], which goes through named [`Sources`] and gives articles with layers, and a codebook, to [`Take`];
//! - what it [`Keeps`], which the list of losses, the dialog, `pressmark formats` and the documentation are made from.
//!
//! What formats share: offsets of other units, proven by the words (`Placing`, [`OffsetUnit`]); a codebook of what is
//! seen in data without a schema (`Seen`); texts with the line ends of others (`Unified`); lines with their numbers.

mod brat;
mod html;
mod jsonl;
mod keeps;
mod label_studio;
mod lines;
mod options;
mod preflight;
mod reader;
mod records;
mod refi;
mod row;
mod seen;
mod sink;
mod tables;
mod unified;
mod units;
mod w3c;
mod writer;

pub use self::{
    keeps::Keeps,
    lines::on_lines,
    options::{Cells, ExportOptions, Invalid},
    preflight::{Loss, LossPlace, Losses, MAX_PLACES},
    reader::{HEAD, Head, Read, Reader, Sources, Take},
    row::{ARCHIVES, Format},
    sink::{Pieces, Sink},
    units::{Claimed, Evidence, OffsetUnit, Placed},
    writer::{ExportedArticle, ExportedLayer, Writer},
};

/// Every format, those that keep most first.
pub const FORMATS: &[Format] = &[
    jsonl::FORMAT,
    label_studio::FORMAT,
    brat::FORMAT,
    tables::CSV,
    tables::TSV,
    w3c::FORMAT,
    refi::PROJECT,
    refi::CODEBOOK,
    html::FORMAT,
];

impl Format {
    /// The format of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// The first format of the table that sources look like, by their names and how they begin.
    pub fn guess(heads: &[Head<'_>]) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.read.as_ref().is_some_and(|reader| (reader.recognises)(heads)))
    }
}
