//! JSON lines: one JSON object an article, with everything that is said of it, and the codebook beside it. Written and
//! read, also as earlier versions wrote it.
//!
//! ```json
//! {"pressmark": 2, "id": "…", "title": "…", "outlet": "…", "byline": "…", "published": "2024-05-01", "language": "en",
//!  "url": "…", "story": "…", "story_name": "…", "offsets": "code-points", "text": "…",
//!  "layers": [{"annotator": "ana", "annotator_name": "Ana", "status": "done",
//!    "annotations": [{"id": "…", "label": "quote", "label_name": "Quote",
//!      "fragments": [{"start": 1, "end": 22, "text": "…"}],
//!      "attributes": [{"attribute": "form", "values": ["direct"]}], "note": "", "flag": "question", "confidence": 70,
//!      "origin": {"kind": "accepted", "from": "…"}, "comments": [{"by": "ben", "at": "2027-01-15T08:00:00Z", "text": "…"}],
//!      "codebook_version": 1}],
//!    "relations": [{"id": "…", "kind": "attribution", "kind_name": "Attribution",
//!      "members": [{"role": "quote", "article": "…", "annotation": "…", "relation": ""}],
//!      "attributes": [], "note": "", "origin": {"kind": "hand", "from": ""}}],
//!    "answers": [{"question": "stance", "target": "the toll", "values": ["against"]}],
//!    "links": []}]}
//! ```
//!
//! Every key is always there, and each has values of one type: what is not said is an empty string or list, and a
//! `confidence` of −1. The offsets count what `offsets` says, end exclusive: with code points, as Python's strings have
//! them, `text[start:end]` is the fragment's text. A link, a relation across articles, is written with each of its
//! articles. Ids stay what they are when a label or a kind of relation is renamed; `label_name` and `kind_name` are what
//! the codebook calls them. Characters that end a line for some readers (U+0085, U+2028, U+2029) are written as escapes,
//! so that a line is a line for everybody.
//!
//! Articles are sorted by id, but for those that are the first with something in a list that may be empty: they come
//! before all others, so that whoever finds out types from the first lines finds those of every list.
//!
//! The codebook is the piece `codebook.json`, in the words of `codebook.ron`. Beside `out.jsonl` it is
//! `out.codebook.json`.

mod made;
mod read;
mod rows;
mod write;

use super::{keeps::Keeps, reader::Reader, row::Format, units::OffsetUnit};

use rows::ARTICLES;
pub use {
    made::line_of,
    read::{Reading, read_codebooks},
    rows::{AnnotationRow, AttributeRow, LayerRow, Line, RelationRow},
    write::write_codebook,
};

/// Its row of the table. It keeps everything but rejections, which are of proposals that are not data.
pub const FORMAT: Format = Format {
    name: "jsonl",
    title: "JSON lines, one article a line",
    extension: "jsonl",
    main: Some(ARTICLES),
    keeps: &Keeps::DATA,
    units: &OffsetUnit::ALL,
    has_cells: false,
    has_own_ids: true,
    write: Some(write::writer),
    read: Some(Reader { read: read::read, recognises: read::recognises }),
};
