//! brat standoff: a `.txt` with the article, an `.ann` beside it with what is said of it, and `annotation.conf` and
//! `visual.conf` with the codebook. <https://brat.nlplab.org/standoff.html>
//!
//! - Offsets count code points, a line end as one, ends exclusive. Files made in a browser over emoji may count UTF-16: the
//!   words decide.
//! - An annotator is a folder (`ana/toll.ann`, where the same texts lie in several folders, or the configuration above them)
//!   or a suffix (`toll.ana.ann` beside `toll.txt`).
//! - A relation of two marks is an `R`; any other one an `E`, whose trigger is the mark in the role *Trigger*, or else a text
//!   of its own over the words of the first member, which is no mark when it is read. A `*` is a relation whose one role,
//!   *Member*, has any number. Numbers behind role names (`Theme2`) say no more than that a role has several.
//! - Choices and numbers are `A`, yes is an `A` without a value; free text is a note (`#`) named as its attribute. What others
//!   have as `N` is a text with the resource and the title.

mod conf;
mod line;
mod names;
mod read;
mod rows;
mod write;

use super::{keeps::Keeps, reader::Reader, row::Format, units::OffsetUnit};

/// Its row of the table.
pub const FORMAT: Format = Format {
    name: "brat",
    title: "brat standoff, a text and its annotations for each article",
    extension: "ann",
    main: None,
    keeps: &[
        Keeps::Text,
        Keeps::Fragments,
        Keeps::Overlaps,
        Keeps::Attributes,
        Keeps::Notes,
        Keeps::Relations,
        Keeps::ManyMembers,
        Keeps::RelationsOfRelations,
        Keeps::RelationAttributes,
        Keeps::Annotators,
    ],
    units: &[OffsetUnit::CodePoints],
    has_cells: false,
    has_own_ids: false,
    write: Some(write::writer),
    read: Some(Reader { read: read::read, recognises: read::recognises }),
};
