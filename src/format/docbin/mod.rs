//! spaCy’s DocBin, `.spacy`: documents for training, MessagePack in zlib. <https://spacy.io/api/docbin>, version 0.1 of
//! `spacy/tokens/_serialize.py`, with `span_group.pyx` and `_dict_proxies.py` for what is in `span_groups`.
//!
//! | key | what it has |
//! | --- | --- |
//! | `attrs` | which attribute each column of the tokens is, as spaCy numbers them |
//! | `tokens` | a row for each token of all documents, a little-endian `u64` for each attribute; strings by their hashes |
//! | `spaces` | a byte for each token: whether a blank follows |
//! | `lengths` | how many tokens each document has, little-endian `i32` |
//! | `strings` | every string whose hash stands somewhere |
//! | `cats` | for each document its categories, with 0 to 1 |
//! | `flags` | for each document whether nobody knows where blanks are |
//! | `span_groups` | for each document, packed once more, which bytes are the groups of which names |
//! | `user_data` | for each document, packed once more, what anybody wants to keep |
//!
//! Written are marks as `doc.spans["pressmark"]`, which may overlap. Where those of a document do not, and none has white
//! space at an edge, they are `doc.ents` too; in other documents entities are missing, so that nobody learns that there
//! are none. Choices about the article are `doc.cats`: `question: choice`, with 1 for those that were made. Tokens are
//! words and marks, cut where a mark begins or ends; joined they are the text. What is known of the article, its answers
//! and the annotator are in `user_data`. A file is an annotator's, of a million tokens at most; what is behind is in
//! `ana.2.spacy` and so on. spaCy reads a folder of such files as one corpus.
//!
//! Read are all groups of spans, entities (but those that are such spans too), and categories as answers to a question.

mod bin;
mod file;
mod names;
mod packed;
mod parts;
mod read;
mod strings;
mod write;

use super::{keeps::Keeps, reader::Reader, row::Format, units::OffsetUnit};

/// Its row of the table.
pub const FORMAT: Format = Format {
    name: "docbin",
    title: "spaCy DocBin, a file for each annotator",
    extension: "spacy",
    main: None,
    keeps: &[Keeps::Text, Keeps::Metadata, Keeps::Overlaps, Keeps::Answers, Keeps::Status, Keeps::Annotators],
    units: &[OffsetUnit::CodePoints],
    has_cells: false,
    has_own_ids: false,
    write: Some(write::writer),
    read: Some(Reader { read: read::read, recognises: read::recognises }),
};
