//! A DocBin as it grows, document by document, and its bytes.

use std::{
    collections::BTreeSet,
    io::{self, Write as _},
};

use flate2::{Compression, write::ZlibEncoder};

use super::{names::attribute, packed::Packed};

/// The attributes of a token, in the order of its columns: spaCy expects the word first, and the others sorted.
pub const COLUMNS: [u64; 4] = [attribute::ORTH, attribute::ENT_IOB, attribute::ENT_TYPE, attribute::SENT_START];
/// The version of the format.
const VERSION: &str = "0.1";

/// What a DocBin keeps of a document, or of all of them, one behind the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bin {
    /// A row for each token.
    pub tokens: Vec<u8>,
    pub spaces: Vec<u8>,
    pub strings: BTreeSet<String>,
    /// For each document a packed map.
    pub cats: Packed,
    /// For each document packed bytes.
    pub span_groups: Packed,
    pub user_data: Packed,
    /// How many tokens each document has.
    lengths: Vec<u8>,
    documents: usize,
}

impl Bin {
    pub fn is_empty(&self) -> bool {
        self.documents == 0
    }

    /// How many tokens there are.
    pub fn tokens(&self) -> usize {
        self.spaces.len()
    }

    /// Ends a document, which has all tokens since the last one.
    pub fn end_document(&mut self, tokens: usize) {
        self.lengths.extend(i32::try_from(tokens).unwrap_or(i32::MAX).to_le_bytes());
        self.documents += 1;
    }

    /// The file.
    ///
    /// # Errors
    /// Those of the compression.
    pub fn into_file(self) -> io::Result<Vec<u8>> {
        let mut file = ZlibEncoder::new(Vec::new(), Compression::default());
        let mut head = Packed::default();
        head.map(10);
        head.string("version");
        head.string(VERSION);
        head.string("attrs");
        head.array(COLUMNS.len());
        COLUMNS.into_iter().for_each(|column| head.number(column));
        file.write_all(&head.0)?;
        for (key, bytes) in [("tokens", &self.tokens), ("spaces", &self.spaces), ("lengths", &self.lengths)] {
            let mut head = Packed::default();
            head.string(key);
            head.bytes_of(bytes.len());
            file.write_all(&head.0)?;
            file.write_all(bytes)?;
        }
        let mut rest = Packed::default();
        rest.string("strings");
        rest.array(self.strings.len());
        self.strings.iter().for_each(|string| rest.string(string));
        rest.string("flags");
        rest.array(self.documents);
        for _ in 0..self.documents {
            rest.map(1);
            rest.string("has_unknown_spaces");
            rest.bool(false);
        }
        file.write_all(&rest.0)?;
        for (key, values) in [("cats", &self.cats), ("span_groups", &self.span_groups), ("user_data", &self.user_data)]
        {
            let mut head = Packed::default();
            head.string(key);
            head.array(self.documents);
            file.write_all(&head.0)?;
            file.write_all(&values.0)?;
        }
        file.finish()
    }
}
