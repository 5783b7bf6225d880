//! Cells and what spreadsheets take them for.

use std::borrow::Cow;

use super::super::options::Cells;

/// What separates cells, and what the files end in.
#[derive(Clone, Copy, Debug)]
pub struct Dialect {
    pub separator: u8,
    pub extension: &'static str,
}

pub const COMMAS: Dialect = Dialect { separator: b',', extension: "csv" };
pub const TABS: Dialect = Dialect { separator: b'\t', extension: "tsv" };

/// The byte order mark, by which spreadsheets know UTF-8.
pub const BOM: &[u8] = b"\xef\xbb\xbf";

/// A column for an attribute begins so.
pub const ATTRIBUTE: &str = "attributes.";
/// Between several choices in a cell.
pub const BETWEEN: &str = "|";

/// Whether a spreadsheet would take a cell for a formula.
/// <https://owasp.org/www-community/attacks/CSV_Injection>
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])
}

/// A cell as it is written.
pub fn guarded(cell: &str, cells: Cells) -> Cow<'_, str> {
    match cells {
        Cells::SpreadsheetSafe if is_formula(cell) || (cell.starts_with('\'') && is_formula(&cell[1..])) => {
            format!("'{cell}").into()
        }
        _ => cell.into(),
    }
}

/// A cell as it was before it was guarded.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest) || (rest.starts_with('\'') && is_formula(&rest[1..])) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_come_back() {
        for cell in ["=1+1", "-5", "@me", "'=1", "'quoted'", "plain", "", "'"] {
            assert_eq!(unguarded(&guarded(cell, Cells::SpreadsheetSafe)), cell, "{cell}");
            assert_eq!(guarded(cell, Cells::Plain), cell);
        }
        assert_eq!(guarded("=1+1", Cells::SpreadsheetSafe), "'=1+1");
    }
}
