//! A data set as Hugging Face `datasets` loads it: a folder of Parquet files with a card. Written, and read: also Parquet
//! of others.
//!
//! - `data/train.parquet`: a row for each article with everything that is said of it, the rows of `jsonl`. This is the
//!   configuration `default`.
//! - `spans/`, `relations/`, `articles/`: flat tables, of fragments of marks, of members of relations, and of texts, each a
//!   configuration of its own.
//! - `README.md`: the card, with the configurations and their files in its front matter.
//! - `codebook.json`, as beside `jsonl`.
//!
//! A split is a file `train`, `validation` or `test` in each of these folders, where it has rows; all of it is one data set
//! with one card.
//! The card: <https://huggingface.co/docs/hub/datasets-cards>, `configs`:
//! <https://huggingface.co/docs/hub/datasets-manual-configuration>. Parquet: <https://parquet.apache.org/docs/file-format>,
//! lists as its `LogicalTypes.md` asks for; pages are packed with Snappy, which every reader knows. Nothing is null: what is
//! not said is an empty text or list, and a `confidence` of −1.
//!
//! Of others are read: texts with spans (`text` and a list of objects with `start`, `end` and `label`), texts as tokens with
//! a tag for each (`tokens` and `ner_tags`), and texts with a class. Numbers that stand for classes get the names that
//! `datasets` writes into the file.

mod assembled;
mod card;
mod columns;
mod counts;
mod features;
mod flat;
mod foreign;
mod growing;
mod read;
mod shape;
mod shredded;
mod stored;
mod tables;
mod write;

use super::{keeps::Keeps, reader::Reader, row::Format, units::OffsetUnit};

/// Its row of the table. It keeps what `jsonl` keeps.
pub const FORMAT: Format = Format {
    name: "hf",
    title: "Hugging Face dataset, Parquet with a card",
    extension: "parquet",
    main: None,
    keeps: &Keeps::DATA,
    units: &OffsetUnit::ALL,
    has_cells: false,
    has_own_ids: true,
    write: Some(write::writer),
    read: Some(Reader { read: read::read, recognises: read::is_of_pressmark }),
};

/// The row of what others wrote, whose marks have no ids of Pressmark’s.
pub const PARQUET: Format = Format {
    name: "parquet",
    title: "Parquet of others, texts with spans, tags or classes",
    keeps: &[Keeps::Text, Keeps::Metadata, Keeps::Overlaps],
    units: &[],
    has_own_ids: false,
    write: None,
    read: Some(Reader { read: read::read, recognises: read::is_parquet }),
    ..FORMAT
};
