//! JSON lines of spaCy and Prodigy: a text, its tokens, and spans that are aligned to them.
//! <https://prodi.gy/docs/api-interfaces>, <https://spacy.io/api/data-formats>.
//!
//! ```json
//! {"text": "Ann met Ben", "tokens": [{"text": "Ann", "start": 0, "end": 3, "id": 0, "ws": true}],
//!  "spans": [{"start": 0, "end": 3, "token_start": 0, "token_end": 0, "label": "Person", "text": "Ann"}],
//!  "relations": [{"head": 2, "child": 0, "head_span": {}, "child_span": {}, "label": "Met"}],
//!  "answer": "accept", "meta": {"title": "…"}, "_annotator_id": "ana", "_session_id": "ana"}
//! ```
//!
//! Offsets count code points, ends exclusive, but `token_end` is the span's last token. `ws` says that a blank follows. The
//! tokens are words and marks, cut where spans begin and end, so that every span is made of whole ones; joined by what `ws`
//! says they are the text. `head` and `child` are the last tokens of the spans, as in Prodigy. A line is what one annotator
//! has said of a text; `accept` is written for one who is done, and `spacy` takes a line without an answer as accepted.
//!
//! Keys that the tools do not know they keep or pass over: there Pressmark notes what it needs to put fragments and
//! relations of many members together again. Of lines that were rejected or ignored the texts are read, and the spans are
//! told. Choices (`accept`, `options`), a `label` of the text and `cats` are answers to a question.

mod read;
mod write;

use super::{keeps::Keeps, reader::Reader, row::Format, units::OffsetUnit};

/// Its row of the table.
pub const FORMAT: Format = Format {
    name: "spacy-jsonl",
    title: "JSON lines of spaCy and Prodigy, with tokens",
    extension: "jsonl",
    main: Some(write::LINES),
    keeps: &[Keeps::Text, Keeps::Metadata, Keeps::Overlaps, Keeps::Relations, Keeps::Annotators],
    units: &[OffsetUnit::CodePoints],
    has_cells: false,
    has_own_ids: false,
    write: Some(write::writer),
    read: Some(Reader { read: read::read, recognises: read::recognises }),
};
