//! A row of the table of formats.

use super::{
    keeps::Keeps,
    options::{Cells, ExportOptions},
    reader::Reader,
    units::OffsetUnit,
    writer::Writer,
};
use crate::{diagnostic::Diagnostic, phrase};

/// The extensions of archives: an export into a file that is called so is packed into it, and an import reads what is in it.
pub const ARCHIVES: [&str; 2] = ["qdpx", "zip"];

/// Makes the writer of an export.
pub type MakeWriter = fn(&ExportOptions) -> Box<dyn Writer>;

/// One row of the table of formats.
#[derive(Debug)]
pub struct Format {
    /// As it is named on the command line.
    pub name: &'static str,
    /// As a person calls it.
    pub title: &'static str,
    /// Of its main piece, in lower case, without the dot.
    pub extension: &'static str,
    /// The piece that an export into one file is; the others stand beside that file. `None` where there is no such piece,
    /// and an export is a folder.
    pub main: Option<&'static str>,
    pub keeps: &'static [Keeps],
    /// The units in which its offsets can be written, the format’s own first; empty where it has no offsets.
    pub units: &'static [OffsetUnit],
    /// Whether it is a table, whose cells a spreadsheet may take for formulas.
    pub has_cells: bool,
    /// Whether its marks and relations have ids of Pressmark’s, which are kept where they are free.
    pub has_own_ids: bool,
    /// Makes the writer of an export; `None` where it can only be read.
    pub write: Option<MakeWriter>,
    /// `None` where it can only be written.
    pub read: Option<Reader>,
}

impl Format {
    /// The extension of the file that an export is; empty where it is a folder.
    pub fn file_extension(&self) -> &'static str {
        if self.main.is_some() || ARCHIVES.contains(&self.extension) { self.extension } else { "" }
    }

    /// Whether it can be written as is asked for.
    ///
    /// # Errors
    /// It can’t be written at all, or not so.
    pub fn check(&self, options: &ExportOptions) -> Result<(), Diagnostic> {
        let name = self.name;
        if self.write.is_none() {
            return Err(Diagnostic::error("not-written", phrase!("“{name}” is read, not written", name))
                .hint("See which formats can be written with `pressmark formats`"));
        }
        if let Some(unit) = options.offsets.filter(|unit| !self.units.contains(unit)) {
            let units: Vec<&str> = self.units.iter().map(|unit| unit.name()).collect();
            let message = phrase!("“{name}” has no offsets in {unit}", name, unit = unit.name());
            let hint = match units.as_slice() {
                [] => phrase!("Leave the unit out"),
                _ => phrase!("Use one of {names}", names = units.join(", ")),
            };
            return Err(Diagnostic::error("no-unit", message).hint(hint));
        }
        if options.cells == Cells::SpreadsheetSafe && !self.has_cells {
            return Err(Diagnostic::error("no-cells", phrase!("“{name}” is no table", name))
                .hint("Leave out that it is to be safe for spreadsheets"));
        }
        Ok(())
    }
}
