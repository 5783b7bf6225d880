//! WebAnno TSV 3.2 and 3.3: a file for each article and annotator, with a line for each token and columns for what is said
//! of it. <https://inception-project.github.io/releases/36.6/docs/user-guide.html#sect_webannotsv>
//!
//! - Offsets count UTF-16 units in a file of UTF-8; the words of the tokens prove it.
//! - What is read is a CAS first, and what is written comes from one: so labels, attributes, fragments and relations are the
//!   same as in `xmi`, and `TypeSystem.xml` beside has the names that columns can’t have. INCEpTION asks for the layers
//!   before it takes a file: it makes them of that.
//! - Between two sentences there is a line end, or nothing; all other white space is a part of the sentence before.
//! - Numbers in brackets (`PER[2]`) tell annotations apart that are on several tokens, or on one with others of their type.
//!   A relation leads to the token that it stands on, from the one that it names.
//!
//! `header`, `rows` and `escape` are the lines of a file; `units` and `layers` make rows of a CAS.

mod escape;
mod header;
mod layers;
mod read;
mod rows;
mod units;
mod write;

use super::{keeps::Keeps, reader::Reader, row::Format, units::OffsetUnit};

/// Its row of the table.
pub const FORMAT: Format = Format {
    name: "webanno-tsv",
    title: "WebAnno TSV 3.3, for INCEpTION and WebAnno",
    extension: "tsv",
    main: None,
    keeps: &[
        Keeps::Text,
        Keeps::Fragments,
        Keeps::Overlaps,
        Keeps::Attributes,
        Keeps::Notes,
        Keeps::Flags,
        Keeps::Confidence,
        Keeps::Relations,
        Keeps::ManyMembers,
        Keeps::RelationsOfRelations,
        Keeps::RelationAttributes,
        Keeps::Annotators,
    ],
    units: &[OffsetUnit::Utf16],
    has_cells: false,
    has_own_ids: false,
    write: Some(write::writer),
    read: Some(Reader { read: read::read, recognises: read::recognises }),
};
