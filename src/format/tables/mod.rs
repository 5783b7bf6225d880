//! Tables, with commas or tabs between cells: of spans, of relations and of articles. All are written; articles and spans
//! are read.
//!
//! - `spans`: a row for each fragment of a mark: `article, annotator, mark, label, fragment, start, end, text, note, flag,
//!   confidence`, then a column `attributes.…` for each attribute that labels ask for. The rows of a mark have its id.
//! - `relations`: a row for each member: `article, annotator, relation, kind, role, member, note`, then the attributes. A
//!   member is the id of a mark or a relation; a relation across articles has the article of each member.
//! - `articles`: `article, title, outlet, byline, published, language, url, story, text`.
//!
//! Several choices stand in one cell, with `|` between. Beside `out.csv`, which has the spans, stand `out.relations.csv` and
//! `out.articles.csv`. The tables are RFC 4180. Safe for spreadsheets means a byte order mark, and an apostrophe before
//! cells that begin with `=`, `+`, `-`, `@`, a tab or a line end; both are taken away again when the tables are read.

mod cells;
mod read;
mod write;

use super::{keeps::Keeps, reader::Reader, row::Format, units::OffsetUnit};

const KEEPS: &[Keeps] = &[
    Keeps::Text,
    Keeps::Metadata,
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
    Keeps::RelationsAcrossArticles,
    Keeps::Annotators,
];

/// The row of tables with commas.
pub const CSV: Format = Format {
    name: "csv",
    title: "CSV tables of spans, relations and articles",
    extension: "csv",
    main: Some("spans.csv"),
    keeps: KEEPS,
    units: &OffsetUnit::ALL,
    has_cells: true,
    has_own_ids: false,
    write: Some(write::csv),
    read: Some(Reader { read: read::csv, recognises: read::is_csv }),
};

/// The row of tables with tabs.
pub const TSV: Format = Format {
    name: "tsv",
    title: "TSV tables of spans, relations and articles",
    extension: "tsv",
    main: Some("spans.tsv"),
    write: Some(write::tsv),
    read: Some(Reader { read: read::tsv, recognises: read::is_tsv }),
    ..CSV
};
