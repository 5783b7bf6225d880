//! What YAML and TOML come to: words, lists and tables.

use crate::source::words::one_line;

/// What a block says of one thing, as far as it can be said of an article.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A scalar of any type, as it is written.
    Words(String),
    /// Several values.
    List(Vec<Value>),
    /// Values by name.
    Table(Table),
}

/// Keys as they are written, in the order of the file where that is known; the first of equal ones counts.
pub(super) type Table = Vec<(String, Value)>;

/// Why a block can't be read, and the byte of the block where that shows.
#[derive(Debug)]
pub(super) struct Fault {
    /// The byte of the block at which it was found.
    pub(super) at: usize,
    /// What the parser says.
    pub(super) why: String,
}

impl Value {
    /// On one line: a list joined by commas, of a table (as of an author with an address) its name.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Words(words) => unlinked(&one_line(words)).to_owned(),
            Self::List(values) => {
                values.iter().map(Self::words).filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", ")
            }
            Self::Table(table) => table.iter().find(|(key, _)| key == "name").map_or(String::new(), |(_, v)| v.words()),
        }
    }
}

/// The words of a link between notes: of `[[Jo Lind]]` and `[[people/jo|Jo Lind]]` the name.
fn unlinked(words: &str) -> &str {
    let inside = words.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
    inside.map_or(words, |inside| inside.rsplit('|').next().unwrap_or(inside).trim())
}
