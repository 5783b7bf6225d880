//! Rows taken apart into columns, as Parquet stores them: values one behind the other, and levels that say where lists begin.
//!
//! Source: Melnik et al., “Dremel: Interactive Analysis of Web-Scale Datasets”, 2010, section 4.

use super::tables::{Kind, Table};

/// The columns of some rows of a table. As they can be given on as bytes, those of an article are made on any thread.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    pub rows: usize,
    pub columns: Vec<Column>,
}

/// A column: a level of each kind for each value or empty list, and the values.
#[derive(Clone, Debug, Default)]
pub struct Column {
    pub is_text: bool,
    /// In how many lists its values lie; levels are empty where in none.
    pub depth: u8,
    /// How many of these lists have something in them.
    pub definitions: Vec<u8>,
    /// In which of these lists a further element begins; 0 for a new row.
    pub repetitions: Vec<u8>,
    /// Of a text its length as little-endian `u32` and its UTF-8, of a number its little-endian `i64`.
    pub values: Vec<u8>,
}

impl Columns {
    /// The columns of a table, without rows.
    pub fn of(table: Table) -> Self {
        let mut columns = Vec::new();
        table.columns().iter().for_each(|(_, kind)| leaves(*kind, 0, &mut columns));
        Self { rows: 0, columns }
    }

    /// Roughly how many bytes they have.
    pub fn size(&self) -> usize {
        self.columns.iter().map(|column| column.values.len() + 2 * column.definitions.len()).sum()
    }

    /// Adds them to bytes, to be [taken up](Self::take) elsewhere.
    pub fn give(&self, out: &mut Vec<u8>) {
        add(out, &self.rows.to_le_bytes());
        for column in &self.columns {
            for part in [&column.definitions, &column.repetitions, &column.values] {
                add(out, part);
            }
        }
    }

    /// Takes up rows of the same table, as they were given.
    pub fn take(&mut self, mut bytes: &[u8]) {
        while let Some(rows) = cut(&mut bytes) {
            self.rows += rows.first_chunk().map_or(0, |rows| usize::from_le_bytes(*rows));
            for column in &mut self.columns {
                for part in [&mut column.definitions, &mut column.repetitions, &mut column.values] {
                    part.extend_from_slice(cut(&mut bytes).unwrap_or_default());
                }
            }
        }
    }
}

impl Column {
    /// Adds a text.
    pub fn text(&mut self, text: &str) {
        // No text of an article is longer.
        let len = u32::try_from(text.len()).unwrap_or(u32::MAX);
        self.values.extend_from_slice(&len.to_le_bytes());
        self.values.extend_from_slice(text.as_bytes());
    }

    /// Adds the levels of a value or of an empty list.
    pub fn levels(&mut self, definition: u8, repetition: u8) {
        if self.depth > 0 {
            self.definitions.push(definition);
            self.repetitions.push(repetition);
        }
    }
}

fn leaves(kind: Kind, depth: u8, columns: &mut Vec<Column>) {
    match kind {
        Kind::Text | Kind::Number => {
            columns.push(Column { is_text: matches!(kind, Kind::Text), depth, ..Column::default() });
        }
        Kind::List(element) => leaves(*element, depth + 1, columns),
        Kind::Object(fields) => fields.iter().for_each(|(_, kind)| leaves(*kind, depth, columns)),
    }
}

fn add(out: &mut Vec<u8>, part: &[u8]) {
    out.extend_from_slice(&part.len().to_le_bytes());
    out.extend_from_slice(part);
}

fn cut<'b>(bytes: &mut &'b [u8]) -> Option<&'b [u8]> {
    let (len, rest) = bytes.split_first_chunk()?;
    let (part, rest) = rest.split_at_checked(usize::from_le_bytes(*len))?;
    *bytes = rest;
    Some(part)
}
