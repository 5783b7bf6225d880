//! CoNLL: a token a line with its tags in columns, a blank line behind each sentence, `-DOCSTART-` before each article.
//! Tjong Kim Sang and De Meulder, “Introduction to the CoNLL-2003 Shared Task” (2003); of the ways to tag: Ramshaw and
//! Marcus (1995), Ratinov and Roth (2009).
//!
//! ```text
//! -DOCSTART- -X- O O
//!
//! Late O O B-Claim
//! Ann O B-Person I-Claim
//! ```
//!
//! Written is IOB2 in the four columns of CoNLL-2003, with the outermost marks in the last one, which is the one that
//! programs read: the columns before it have those that lie inside or across, two levels more. Deeper ones are in files of
//! their own, `ana.2.conll` with three levels more, and so on. A file is an annotator's. `columns.json` says what each column
//! is. A token is cut where a mark begins or ends in it, and a sentence goes on as long as a mark does. White space has no
//! token, so a mark is written without that at its edges, which is told.
//!
//! Beside each file, `ana.articles.jsonl` has what is known of each article and where white space stands between its
//! tokens (`layout`: an `x` for each token), so that Pressmark reads the very text again. Of other files the text is put
//! together from the tokens: a blank between them, a line for each sentence. Which columns have tags, and in which way, is
//! found out and said: IOB1, IOB2, BILOU, IOBES, BMEWO. Of several, those that agree mostly are annotators' each (or a gold
//! standard and a prediction); those that have labels in common are levels of nested marks; others are told and left out.

mod columns;
mod document;
mod names;
mod read;
mod tag;
mod write;

use super::{keeps::Keeps, reader::Reader, row::Format};

pub use {
    document::{Placed, Row},
    tag::{Decoder, Tag},
};

/// Its row of the table.
pub const FORMAT: Format = Format {
    name: "conll",
    title: "CoNLL-2003 columns in IOB2, a file for each annotator",
    extension: "conll",
    main: None,
    keeps: &[Keeps::Text, Keeps::Metadata, Keeps::Overlaps, Keeps::Annotators],
    units: &[],
    has_cells: false,
    has_own_ids: false,
    write: Some(write::writer),
    read: Some(Reader { read: read::read, recognises: read::recognises }),
};
