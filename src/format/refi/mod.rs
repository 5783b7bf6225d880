//! REFI-QDA: projects (`.qdpx`, an archive with `project.qde` and the texts below `sources`) and codebooks (`.qdc`), as
//! MAXQDA, NVivo, ATLAS.ti and others exchange them.
//!
//! Source: “REFI-QDA Standard 1.5” and its schemas `Project.xsd` and `Codebook.xsd` (qdasoftware.org). Positions are written
//! as UTF-16 units, which NVivo counts: there a byte order mark counts nothing and CRLF counts two.
//!
//! A label is a code, in its colour. What it asks is a code below it that can’t be applied, and each choice a code below
//! that: a mark is a selection, coded with its label and the choices of its answers. Other answers, notes and comments are
//! notes, which the selection names. Each fragment is a selection of its own; a link “continued” leads to the next one. A
//! relation is a link from its first member to each other one, called as its kind and the two roles: `Attribution (Quote →
//! Source)`. Who marked is the user of the selection. What is known of an article are variables of its source, and a story
//! is a case with its articles.
//!
//! `codes` writes and reads a codebook, `write` a project; `tree` reads XML, `project` sees what is in it, and `read` and
//! `marks` make articles of that.

mod codes;
mod guid;
mod marks;
mod project;
mod read;
mod tree;
mod write;

use super::{keeps::Keeps, reader::Reader, row::Format, units::OffsetUnit};

/// The row of projects in the table.
pub const PROJECT: Format = Format {
    name: "refi-qda",
    title: "REFI-QDA project, for MAXQDA, NVivo, ATLAS.ti",
    extension: "qdpx",
    main: None,
    keeps: &[
        Keeps::Text,
        Keeps::Metadata,
        Keeps::Fragments,
        Keeps::Overlaps,
        Keeps::Attributes,
        Keeps::Notes,
        Keeps::Comments,
        Keeps::Relations,
        Keeps::RelationsAcrossArticles,
        Keeps::Annotators,
    ],
    units: &[OffsetUnit::Utf16, OffsetUnit::CodePoints],
    has_cells: false,
    has_own_ids: false,
    write: Some(write::writer),
    read: Some(Reader { read: read::read, recognises: read::recognises }),
};

/// The row of codebooks in the table.
pub const CODEBOOK: Format = Format {
    name: "refi-qdc",
    title: "REFI-QDA codebook alone",
    extension: "qdc",
    main: Some(codes::CODEBOOK),
    keeps: &[],
    units: &[],
    has_cells: false,
    has_own_ids: false,
    write: Some(codes::writer),
    read: Some(Reader { read: codes::read, recognises: codes::recognises }),
};
