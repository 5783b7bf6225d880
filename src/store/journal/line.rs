//! A line of a journal: an entry, of this version or of an older one, or a mark that the files hold all before it.

use serde::{Deserialize, Serialize};

use crate::{
    diagnostic::Diagnostic,
    store::{
        file::journal::{EntryRow, VERSION, v1::EntryV1},
        layout, read,
    },
};

/// A line of a journal.
#[derive(Debug)]
pub enum Line<'t> {
    /// A transaction.
    Entry(Box<EntryRow<'t>>),
    /// The files hold everything that the entries before this line tell: opening need not look at those.
    Saved,
}

/// A line that is no entry.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Marker {
    Saved { v: u32 },
}

/// The version of a line, whatever else it says.
#[derive(Debug, Deserialize)]
struct VersionOnly {
    /// Version 1 did not say it.
    #[serde(default = "one")]
    v: u32,
}

fn one() -> u32 {
    1
}

impl Marker {
    pub fn saved() -> Self {
        Self::Saved { v: VERSION }
    }
}

/// The text of [`Line::Saved`], without a line end.
pub fn saved_line() -> String {
    layout::line(&Marker::saved())
}

impl<'t> Line<'t> {
    /// Reads a line of any version, without its line end.
    ///
    /// # Errors
    /// It cannot be understood; with the column.
    pub fn read(line: &'t str) -> Result<Self, Diagnostic> {
        if Self::is_saved(line) {
            return read::parse(line).map(|_: Marker| Self::Saved);
        }
        // Nearly every line begins so, and need not be read twice.
        let version = match line.get(..6) {
            Some("(v: 2,") => VERSION,
            Some("(id: \"") => 1,
            _ => read::parse::<VersionOnly>(line)?.v,
        };
        match version {
            1 => read::parse(line).map(|entry: EntryV1<'t>| Self::Entry(Box::new(entry.into()))),
            VERSION => read::parse(line).map(|entry| Self::Entry(Box::new(entry))),
            _ => Err(Diagnostic::error("newer-version", "The entry is of a newer Pressmark")
                .hint("Open the project with that one; nothing was changed here")),
        }
    }

    /// Whether a line is [`Line::Saved`], told by how it begins.
    pub fn is_saved(line: &str) -> bool {
        line.starts_with("Saved(")
    }

    /// Whether a line is an entry of version 1, told by how it begins.
    pub fn is_old(line: &str) -> bool {
        line.starts_with("(id:")
    }

    /// Whether a torn line is the beginning of [`Line::Saved`], so that nothing is missed by losing it.
    pub fn is_beginning_of_saved(torn: &[u8]) -> bool {
        layout::line(&Marker::saved()).as_bytes().starts_with(torn)
    }
}
