//! Exchange formats: one row in one table for each; values ↔ named pieces of bytes, a few articles in memory at a time.
//!
//! It knows no path and no disk, and never panics. What a format cannot keep, its row in [`FORMATS`] says. A new format is
//! one new file (or folder) and one row, which has
//!
//! - a [`Writer`], which gives [`Pieces`] to a [`Sink`]: one file, several, or an archive, as whoever made the sink likes;
//! - a [`Reader`], which goes through named [`Sources`] and gives articles with layers, and a codebook, to [`Take`];
//! - what it [`Keeps`], which the list of losses, the dialog, `pressmark formats` and the documentation are made from.
//!
//! What formats share: offsets of other units, proven by the words ([`Placing`], [`OffsetUnit`]); a codebook of what is
//! seen in data without a schema ([`Seen`]); texts with the line ends of others ([`Unified`]); lines with their numbers.

mod jsonl;
mod keeps;
mod label_studio;
mod lines;
mod options;
mod preflight;
mod reader;
mod records;
mod seen;
mod sink;
mod unified;
mod units;
mod writer;

pub use self::{
    keeps::Keeps,
    lines::on_lines,
    options::{Cells, ExportOptions, Invalid},
    preflight::{Loss, LossPlace, Losses, MAX_PLACES},
    reader::{HEAD, Head, Read, Reader, Sources, Take},
    sink::{Pieces, Sink},
    units::{Claimed, Evidence, OffsetUnit, Placed},
    writer::{ExportedArticle, ExportedLayer, Writer},
};

/// One row of the table of formats.
#[derive(Debug)]
pub struct Format {
    /// As it is named on the command line.
    pub name: &'static str,
    /// As a person calls it.
    pub title: &'static str,
    /// Of its main piece, in lower case, without the dot.
    pub extension: &'static str,
    /// The piece that an export into one file is; the others stand beside that file. `None` where there is no such piece,
    /// and an export is a folder.
    pub main: Option<&'static str>,
    pub keeps: &'static [Keeps],
    /// The units in which its offsets can be written, the format’s own first; empty where it has no offsets.
    pub units: &'static [OffsetUnit],
    /// Whether it is a table, whose cells a spreadsheet may take for formulas.
    pub has_cells: bool,
    /// Whether its marks and relations have ids of Pressmark’s, which are kept where they are free.
    pub has_own_ids: bool,
    /// Makes the writer of an export; `None` where it can only be read.
    pub write: Option<fn(&ExportOptions) -> Box<dyn Writer>>,
    /// `None` where it can only be written.
    pub read: Option<Reader>,
}

/// Every format, those that keep most first.
pub const FORMATS: &[Format] = &[jsonl::FORMAT, label_studio::FORMAT];

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
