//! A page of HTML with the marked articles, to read, print and send around: one file that needs nothing besides itself,
//! with no script, no link to elsewhere and no picture. It is written, not read.
//!
//! Each label has its colour and its line pattern. Marks that overlap have a line each, one below the other: the text is
//! parted wherever a mark begins or ends, and every part is an element of its own, so that nothing is nested wrongly. Below
//! each text stand its marks, with what is said of them, and its relations. Right-to-left text is set as such.
//!
//! `write` makes the page, `lanes` says which line a mark has, `marked` writes a text, `list` what stands below it.

mod lanes;
mod list;
mod marked;
mod write;

use super::{keeps::Keeps, row::Format};

/// Its row of the table.
pub const FORMAT: Format = Format {
    name: "html",
    title: "HTML page of marked articles, to read and print",
    extension: "html",
    main: Some(write::PAGE),
    keeps: &Keeps::DATA,
    units: &[],
    has_cells: false,
    has_own_ids: false,
    write: Some(write::writer),
    read: None,
};
