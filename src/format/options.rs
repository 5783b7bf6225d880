//! What an export is asked for; the dialog and the command line make it, and each of it is a flag there.

use super::{splits::SplitOptions, units::OffsetUnit};
use crate::model::Subset;

/// What an export is asked for. The default is everything, as the format has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportOptions {
    /// Whose layers, of which status, of which stories, and which labels.
    pub subset: Subset,
    /// What offsets count; `None` takes the format’s own unit.
    pub offsets: Option<OffsetUnit>,
    pub cells: Cells,
    pub invalid: Invalid,
    /// How the articles are parted for training; `None` leaves them together.
    pub split: Option<SplitOptions>,
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
