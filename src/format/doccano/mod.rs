//! doccano: JSON lines with a text and its spans, a file for each annotator, and the labels beside them as doccano's
//! page *Labels* takes them. <https://github.com/doccano/doccano>, `backend/data_export` and `backend/data_import`.
//!
//! ```json
//! {"id": 1, "text": "…", "label": [[0, 4, "Claim"]], "title": "…", "pressmark_id": "…"}
//! {"id": 1, "text": "…", "entities": [{"id": 0, "label": "Claim", "start_offset": 0, "end_offset": 4}],
//!  "relations": [{"id": 0, "from_id": 0, "to_id": 1, "type": "Attribution"}], "Comments": []}
//! ```
//!
//! Offsets count code points, ends exclusive, and nothing says what words they cover. The second shape is written where the
//! codebook has relations within an article: doccano reads it as *JSONL(Relation)*, into a project that uses relations. The
//! first is read as *JSONL*. Both projects have to allow overlapping spans where marks overlap.
//!
//! What doccano does not know it keeps as metadata (of an article) or passes over (in an entity or a relation): there
//! Pressmark notes what it needs to put fragments and relations of many members together again. The shapes of doccano's
//! first version (`labels`, and `annotations` with a `user`) are read too, and categories of texts, as answers to a
//! question. Comments and free answers (sequence to sequence) are told and passed over.

mod config;
mod read;
mod write;

use super::{keeps::Keeps, reader::Reader, row::Format, units::OffsetUnit};

/// Its row of the table.
pub const FORMAT: Format = Format {
    name: "doccano",
    title: "doccano JSONL, a file for each annotator",
    extension: "jsonl",
    main: None,
    keeps: &[Keeps::Text, Keeps::Metadata, Keeps::Overlaps, Keeps::Relations, Keeps::Annotators],
    units: &[OffsetUnit::CodePoints],
    has_cells: false,
    has_own_ids: false,
    write: Some(write::writer),
    read: Some(Reader { read: read::read, recognises: read::recognises }),
};
