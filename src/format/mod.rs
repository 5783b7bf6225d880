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
//! seen in data without a schema (`Seen`); texts with the line ends of others (`Unified`); lines with their numbers; words and
//! trees of XML (`xml`, `xml_tree`).

mod aif;
mod asked;
mod brat;
mod cas;
mod conll;
mod docbin;
mod doccano;
mod hf;
mod html;
mod json;
mod jsonl;
mod keeps;
mod known;
mod label_studio;
mod lines;
mod options;
mod pairs;
mod preflight;
mod reader;
mod records;
mod refi;
mod row;
mod seen;
mod sink;
mod spacy_jsonl;
mod splits;
mod tables;
mod tei;
mod tokens;
mod unified;
mod units;
mod w3c;
mod webanno_tsv;
mod writer;
mod xml;
mod xml_tree;

use crate::{phrase, text::Phrase};

pub use self::{
    keeps::Keeps,
    lines::on_lines,
    options::{Cells, ExportOptions, Invalid},
    preflight::{Loss, LossPlace, Losses, MAX_PLACES},
    reader::{HEAD, Head, Read, Reader, Sources, Take},
    row::{ARCHIVES, Format},
    sink::{Pieces, Sink},
    splits::{Leaks, Part, Shares, Sketch, SplitOptions, SplitReport, Splits, Together, split},
    units::{Claimed, Evidence, OffsetUnit, Placed},
    writer::{ExportedArticle, ExportedLayer, Writer},
};

/// Every format, those that keep most first.
pub const FORMATS: &[Format] = &[
    jsonl::FORMAT,
    hf::FORMAT,
    label_studio::FORMAT,
    brat::FORMAT,
    spacy_jsonl::FORMAT,
    doccano::FORMAT,
    conll::FORMAT,
    docbin::FORMAT,
    cas::XMI,
    cas::JSON,
    webanno_tsv::FORMAT,
    tables::CSV,
    tables::TSV,
    w3c::FORMAT,
    refi::PROJECT,
    hf::PARQUET,
    refi::CODEBOOK,
    tei::FORMAT,
    aif::FORMAT,
    html::FORMAT,
];

/// So many formats are named as those that keep something.
const MAX_NAMES: usize = 3;

impl Format {
    /// The format of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// What can be done where this format does not keep something: a way to export that loses nothing of it, or formats that
    /// keep it. `None` where no format does.
    pub fn remedy(&self, lost: Keeps) -> Option<Phrase> {
        let keeping = FORMATS.iter().filter(|format| format.write.is_some() && format.keeps.contains(&lost));
        let names: Vec<&str> = keeping.map(|format| format.name).take(MAX_NAMES).collect();
        let formats = names.join(", ");
        match lost {
            _ if names.is_empty() => None,
            Keeps::Overlaps => Some(phrase!("Export one label at a time, or as one of {formats}", formats)),
            Keeps::Annotators => Some(phrase!("Export one annotator at a time, or as one of {formats}", formats)),
            _ if names.len() == 1 => Some(phrase!("Export as {formats}", formats)),
            _ => Some(phrase!("Export as one of {formats}", formats)),
        }
    }

    /// The first format of the table that sources look like, by their names and how they begin.
    pub fn guess(heads: &[Head<'_>]) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.read.as_ref().is_some_and(|reader| (reader.recognises)(heads)))
    }
}
