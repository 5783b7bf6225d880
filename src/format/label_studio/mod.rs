//! Label Studio: a JSON list of tasks with their annotations and predictions, and the labeling config beside it. Read as
//! its export writes it (JSON and JSON-MIN), written as its import reads it.
//!
//! Sources: “Label Studio JSON format of annotated tasks” and the reference of its tags (`Labels`, `Choices`, `TextArea`,
//! `Rating`, `Number`, `Relations`, `Text`, `Paragraphs`), HumanSignal. Offsets count UTF-16 units, as the browser has them.
//!
//! ```json
//! [{"id": 1, "data": {"text": "…", "title": "…", "pressmark_id": "…"},
//!   "annotations": [{"annotator": "Ana", "result": [
//!     {"id": "…", "from_name": "label", "to_name": "text", "type": "labels",
//!      "value": {"start": 1, "end": 22, "text": "…", "labels": ["Quote"]}, "meta": {"text": ["a note"]}},
//!     {"id": "…", "from_name": "quote.form", "to_name": "text", "type": "choices",
//!      "value": {"start": 1, "end": 22, "text": "…", "choices": ["Direct"]}},
//!     {"type": "relation", "from_id": "…", "to_id": "…", "direction": "right", "labels": ["Attribution"]}]}]}]
//! ```
//!
//! What an attribute asks is a control of the region with the label's id and its own, a question about the article one
//! of the whole text; with targets there is one for each. `completed_by` is left out, as Label Studio refuses whom it does
//! not know; the annotator's name stands beside it. A mark of several fragments becomes a region for each, and a relation
//! of more than two members one for each besides the first; when Pressmark reads them again they are joined by what it
//! has noted of them. Texts that are HTML are told and passed over.

mod config;
mod names;
mod read;
mod result;
mod write;

use super::{keeps::Keeps, reader::Reader, row::Format, units::OffsetUnit};

/// Its row of the table.
pub const FORMAT: Format = Format {
    name: "label-studio",
    title: "Label Studio JSON, with its labeling config",
    extension: "json",
    main: Some(names::TASKS),
    keeps: &[
        Keeps::Text,
        Keeps::Metadata,
        Keeps::Overlaps,
        Keeps::Attributes,
        Keeps::Notes,
        Keeps::Confidence,
        Keeps::Relations,
        Keeps::Answers,
        Keeps::Annotators,
    ],
    units: &[OffsetUnit::Utf16],
    has_cells: false,
    has_own_ids: false,
    write: Some(write::writer),
    read: Some(Reader { read: read::read, recognises: read::recognises }),
};
