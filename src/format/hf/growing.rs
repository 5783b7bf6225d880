//! A Parquet file that grows by row groups, and gives its bytes on as they come.

use std::{io, sync::Arc};

use bytes::Bytes;
use parquet::{
    basic::Compression,
    data_type::{ByteArray, ByteArrayType, Int64Type},
    errors::{ParquetError, Result},
    file::{
        metadata::KeyValue,
        properties::{EnabledStatistics, WriterProperties},
        writer::SerializedFileWriter,
    },
    schema::types::ColumnPath,
};

use super::{
    columns::{Column, Columns},
    tables::Table,
};

/// The key of a file’s metadata that says which of Pressmark’s tables it is.
pub const OWN: &str = "pressmark";
/// Columns whose values are hardly ever the same: looking for repetitions costs time and gains nothing.
const UNIQUE: [&str; 6] = ["text", "id", "mark", "relation", "member_mark", "member_relation"];

/// A file with the rows that are in none of its row groups yet.
pub struct Growing {
    table: Table,
    waiting: Columns,
    /// Rows that are in a row group.
    rows: usize,
    file: SerializedFileWriter<Vec<u8>>,
}

impl Growing {
    /// # Errors
    /// None that a table of Pressmark’s has.
    pub fn of(table: Table) -> io::Result<Self> {
        let file = begun(table).map_err(io::Error::other)?;
        Ok(Self { table, waiting: Columns::of(table), rows: 0, file })
    }

    /// Takes up rows, as they were given.
    pub fn take(&mut self, rows: &[u8]) {
        self.waiting.take(rows);
    }

    pub fn is_empty(&self) -> bool {
        self.rows + self.waiting.rows == 0
    }

    /// How many bytes wait.
    pub fn size(&self) -> usize {
        self.waiting.size()
    }

    /// Makes a row group of what waits, and gives the bytes that are new in the file.
    ///
    /// # Errors
    /// There are more rows, or larger ones, than Parquet can have.
    pub fn grown(&mut self) -> io::Result<Vec<u8>> {
        let rows = std::mem::replace(&mut self.waiting, Columns::of(self.table));
        self.rows += rows.rows;
        if rows.rows > 0 {
            add(&mut self.file, rows.columns).map_err(io::Error::other)?;
        }
        self.file.flush()?;
        Ok(std::mem::take(self.file.inner_mut()))
    }

    /// The rest of the file.
    ///
    /// # Errors
    /// As of [`Self::grown`].
    pub fn finish(mut self) -> io::Result<Vec<u8>> {
        let mut rest = self.grown()?;
        self.file.finish().map_err(io::Error::other)?;
        rest.append(self.file.inner_mut());
        Ok(rest)
    }
}

fn begun(table: Table) -> Result<SerializedFileWriter<Vec<u8>>> {
    let schema = table.schema()?;
    let own = KeyValue::new(OWN.to_owned(), table.folder().to_owned());
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_created_by(format!("Pressmark {}", env!("CARGO_PKG_VERSION")))
        .set_key_value_metadata(Some(vec![own]));
    for column in parquet::schema::types::SchemaDescriptor::new(Arc::clone(&schema)).columns() {
        if UNIQUE.contains(&column.name()) {
            properties =
                properties.set_column_dictionary_enabled(ColumnPath::new(column.path().parts().to_vec()), false);
        }
    }
    SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties.build()))
}

/// Adds a row group.
fn add(file: &mut SerializedFileWriter<Vec<u8>>, columns: Vec<Column>) -> Result<()> {
    let mut group = file.next_row_group()?;
    for column in columns {
        let mut writer = group.next_column()?.ok_or_else(|| ParquetError::General("too few columns".to_owned()))?;
        let levels = |levels: &[u8]| levels.iter().copied().map(i16::from).collect::<Vec<_>>();
        let (definitions, repetitions) = (levels(&column.definitions), levels(&column.repetitions));
        let of_lists = |levels| Some(levels).filter(|_| column.depth > 0);
        let (definitions, repetitions) = (of_lists(definitions.as_slice()), of_lists(repetitions.as_slice()));
        if column.is_text {
            let texts = texts(column.values);
            writer.typed::<ByteArrayType>().write_batch(&texts, definitions, repetitions)?;
        } else {
            let numbers: Vec<i64> =
                column.values.as_chunks::<8>().0.iter().map(|number| i64::from_le_bytes(*number)).collect();
            writer.typed::<Int64Type>().write_batch(&numbers, definitions, repetitions)?;
        }
        writer.close()?;
    }
    group.close()?;
    Ok(())
}

/// The texts of a column, which all lie in the same bytes.
fn texts(values: Vec<u8>) -> Vec<ByteArray> {
    let (values, mut texts, mut at) = (Bytes::from(values), Vec::new(), 0);
    while let Some(len) = values.get(at..).and_then(|rest| rest.first_chunk()) {
        let start = at + len.len();
        at = start + usize::try_from(u32::from_le_bytes(*len)).unwrap_or(usize::MAX);
        texts.push(ByteArray::from(values.slice(start..at.min(values.len()))));
    }
    texts
}
