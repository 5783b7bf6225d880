//! What an export is asked for; the dialog and the command line make it, and each of it is a flag there.

use super::{Format, units::OffsetUnit};
use crate::{diagnostic::Diagnostic, model::Subset, phrase};

/// What an export is asked for. The default is everything, as the format has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportOptions {
    /// Whose layers, of which status, of which stories, and which labels.
    pub subset: Subset,
    /// What offsets count; `None` takes the format’s own unit.
    pub offsets: Option<OffsetUnit>,
    pub cells: Cells,
    pub invalid: Invalid,
}

/// What becomes of cells that a spreadsheet would take for a formula.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cells {
    /// They are written as they are.
    #[default]
    Plain,
    /// An apostrophe is put before them, and the file begins with a byte order mark, so that spreadsheets read UTF-8.
    SpreadsheetSafe,
}

/// What becomes of an export where something of the project can’t be read, or breaks a rule and is set aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Invalid {
    /// It is listed and left out.
    #[default]
    LeaveOut,
    /// It is listed, and nothing is written.
    Stop,
}

impl ExportOptions {
    /// The unit of the offsets that this format is written with.
    pub fn unit(&self, format: &Format) -> OffsetUnit {
        self.offsets.or(format.units.first().copied()).unwrap_or_default()
    }

    /// Whether a format can be written so.
    ///
    /// # Errors
    /// The format can’t be written at all, or not so.
    pub fn check(&self, format: &Format) -> Result<(), Diagnostic> {
        let named = |code, message| Diagnostic::error(code, message);
        if format.write.is_none() {
            return Err(named("not-written", phrase!("“{name}” is read, not written", name = format.name))
                .hint("See which formats can be written with `pressmark formats`"));
        }
        if let Some(unit) = self.offsets.filter(|unit| !format.units.contains(unit)) {
            let units: Vec<&str> = format.units.iter().map(|unit| unit.name()).collect();
            let message = phrase!("“{name}” has no offsets in {unit}", name = format.name, unit = unit.name());
            let hint = match units.as_slice() {
                [] => phrase!("Leave the unit out"),
                _ => phrase!("Use one of {names}", names = units.join(", ")),
            };
            return Err(named("no-unit", message).hint(hint));
        }
        if self.cells == Cells::SpreadsheetSafe && !format.has_cells {
            return Err(named("no-cells", phrase!("“{name}” is no table", name = format.name))
                .hint("Leave out that it is to be safe for spreadsheets"));
        }
        Ok(())
    }
}
