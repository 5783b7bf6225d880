//! A table as rows of cells, and how it is written down: with tabs for a clipboard, or as CSV for a file.
//!
//! Spreadsheets take a cell that begins with `=`, `+`, `-` or `@` for a formula, also out of a news text. Such a cell is
//! written with an apostrophe before it, as their makers advise (OWASP, *CSV injection*); numbers are not.

use crate::text::Phrase;

/// A table: each row has as many cells as the header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    pub header: Vec<Phrase>,
    pub rows: Vec<Vec<Cell>>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Words that are the same in every language.
    Text(String),
    /// Words in the language of the screen.
    Said(Phrase),
    Count(usize),
    Empty,
}

impl Sheet {
    /// With tabs between cells and a line for each row, the header first. `say` puts phrases in words. Tabs and line ends
    /// in cells become spaces, as there is no way to write them.
    pub fn tabbed(&self, say: impl Fn(&Phrase) -> String) -> String {
        let flat = |cell: String| cell.replace(['\t', '\n', '\r'], " ");
        self.written(say, "\t", "\n", flat)
    }

    /// As CSV with commas (RFC 4180): lines end with `\r\n`; a cell with a comma, a quotation mark or a line end stands
    /// between quotation marks, in which a mark is doubled.
    pub fn csv(&self, say: impl Fn(&Phrase) -> String) -> String {
        self.written(say, ",", "\r\n", |cell| match cell.contains(['"', ',', '\n', '\r']) {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell,
        })
    }

    fn written(
        &self,
        say: impl Fn(&Phrase) -> String,
        between: &str,
        end: &str,
        quoted: impl Fn(String) -> String,
    ) -> String {
        let header: Vec<Cell> = self.header.iter().cloned().map(Cell::Said).collect();
        let mut written = String::new();
        for row in [&header].into_iter().chain(&self.rows) {
            let cells: Vec<String> = row.iter().map(|cell| quoted(cell.written(&say))).collect();
            written.push_str(&cells.join(between));
            written.push_str(end);
        }
        written
    }
}

impl Cell {
    /// What is read in it.
    pub fn read(&self, say: impl Fn(&Phrase) -> String) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Said(phrase) => say(phrase),
            Self::Count(count) => count.to_string(),
            Self::Empty => String::new(),
        }
    }

    fn written(&self, say: impl Fn(&Phrase) -> String) -> String {
        let words = self.read(say);
        let is_formula = words.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
        if is_formula && !matches!(self, Self::Count(_)) { format!("'{words}") } else { words }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase;

    fn sheet(cells: &[&str]) -> Sheet {
        let row = cells.iter().map(|cell| Cell::Text((*cell).to_owned())).collect();
        Sheet { header: vec![phrase!("Who"), phrase!("Said, how")], rows: vec![row] }
    }

    #[test]
    fn csv_is_as_the_standard_says() {
        let csv = |cells: &[&str]| sheet(cells).csv(Phrase::to_string);
        let header = "Who,\"Said, how\"\r\n";
        assert_eq!(csv(&["Ada", "“yes”"]), format!("{header}Ada,“yes”\r\n"));
        assert_eq!(csv(&["a \"b\"", "one\ntwo"]), format!("{header}\"a \"\"b\"\"\",\"one\ntwo\"\r\n"));
    }

    #[test]
    fn nothing_becomes_a_formula() {
        for cell in ["=1+2", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"] {
            assert!(sheet(&[cell]).csv(Phrase::to_string).contains(&format!("\r\n'{cell}")), "{cell}");
        }
        assert!(sheet(&["–"]).csv(Phrase::to_string).ends_with("–\r\n"));
    }

    #[test]
    fn a_clipboard_gets_tabs() {
        let sheet = Sheet { rows: vec![vec![Cell::Text("one\ttwo\nthree".to_owned()), Cell::Count(3)]], ..sheet(&[]) };
        assert_eq!(sheet.tabbed(Phrase::to_string), "Who\tSaid, how\none two three\t3\n");
    }
}
