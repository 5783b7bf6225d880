//! The rows of a Parquet file as JSON, some at a time. What is damaged is an error, told in the words of whoever reads it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use jiff::{Timestamp, civil::Date};
use parquet::{
    basic::{ConvertedType, LogicalType, TimeUnit},
    column::reader::{ColumnReader, ColumnReaderImpl},
    data_type::DataType,
    errors::ParquetError,
    file::{
        metadata::ParquetMetaData,
        reader::{FileReader, RowGroupReader, SerializedFileReader},
    },
    schema::types::{ColumnDescriptor, SchemaDescriptor},
};
use serde_json::Value as Json;

use super::{
    assembled::{Loaded, assemble},
    shape::{Shape, shape_of},
};

/// So many rows are put together at a time.
const ROWS: usize = 256;

/// A file.
pub struct Stored {
    file: SerializedFileReader<Bytes>,
    shape: Shape,
}

/// Takes a row.
///
/// # Errors
/// The work is to stop.
pub type EachRow<'e, E> = dyn FnMut(Json) -> Result<(), E> + 'e;

/// Why the rows come to an end.
#[derive(Debug)]
pub enum Ended<E> {
    /// What is behind is damaged.
    Damaged(String),
    Stopped(E),
}

impl<E> From<ParquetError> for Ended<E> {
    fn from(why: ParquetError) -> Self {
        Self::Damaged(why.to_string())
    }
}

impl Stored {
    /// # Errors
    /// It is no Parquet, or a damaged one.
    pub fn of(bytes: Vec<u8>) -> Result<Self, String> {
        let len = bytes.len();
        let file = guarded(|| SerializedFileReader::new(Bytes::from(bytes))).map_err(|why| why.to_string())?;
        check(file.metadata(), len)?;
        let shape = shape_of(file.metadata().file_metadata().schema_descr().root_schema());
        let shape = shape.map_err(|column| format!("the column {column} is none that Parquet has"))?;
        Ok(Self { file, shape })
    }

    /// The names of its columns.
    pub fn columns(&self) -> Vec<&str> {
        match &self.shape {
            Shape::Object { fields, .. } => fields.iter().map(|(name, _)| name.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    /// What the file says of itself under a key.
    pub fn said(&self, key: &str) -> Option<&str> {
        let said = self.file.metadata().file_metadata().key_value_metadata()?;
        said.iter().find(|own| own.key == key)?.value.as_deref()
    }

    /// Gives every row.
    ///
    /// # Errors
    /// See [`Ended`].
    pub fn each<E>(&self, each: &mut EachRow<'_, E>) -> Result<(), Ended<E>> {
        let group = |group| guarded(|| self.file.get_row_group(group));
        (0..self.file.num_row_groups()).try_for_each(|number| self.group(&*group(number)?, each))
    }

    fn group<E>(&self, group: &dyn RowGroupReader, each: &mut EachRow<'_, E>) -> Result<(), Ended<E>> {
        let schema = self.file.metadata().file_metadata().schema_descr();
        let readers = || (0..group.num_columns()).map(|column| group.get_column_reader(column)).collect();
        let mut readers: Vec<ColumnReader> = guarded(readers)?;
        let mut rest = usize::try_from(group.metadata().num_rows()).unwrap_or_default();
        while rest > 0 {
            let rows = rest.min(ROWS);
            let mut columns = guarded(|| loaded(&mut readers, schema, rows))?;
            for _ in 0..rows {
                let row = assemble(&self.shape, &mut columns);
                let row = row.map_err(|_torn| Ended::Damaged("the columns do not go together".to_owned()))?;
                each(row).map_err(Ended::Stopped)?;
            }
            rest -= rows;
        }
        Ok(())
    }
}

/// What the library makes of bytes. Where they are damaged it may panic (“bad input”, in its own words); then nothing of
/// what it was working on is used again.
fn guarded<T>(work: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, ParquetError> {
    let damaged = |_panic| Err(ParquetError::General("a page is damaged".to_owned()));
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(damaged)
}

/// Holds against each other what a file says of itself: the library takes it as it is said.
///
/// # Errors
/// It can’t be so.
fn check(said: &ParquetMetaData, len: usize) -> Result<(), String> {
    let schema = said.file_metadata().schema_descr();
    for group in said.row_groups() {
        if group.num_columns() != schema.num_columns() || group.num_rows() < 0 {
            return Err("a part of the columns is missing".to_owned());
        }
        for column in group.columns() {
            let start = column.dictionary_page_offset().unwrap_or(column.data_page_offset());
            let end = start.checked_add(column.compressed_size());
            let is_inside = start >= 0 && column.compressed_size() >= 0 && column.data_page_offset() >= 0;
            if !is_inside || end.is_none_or(|end| usize::try_from(end).is_ok_and(|end| end > len)) {
                return Err(format!("the column {} lies outside of the file", column.column_path()));
            }
        }
    }
    Ok(())
}

/// The next rows of every column.
fn loaded(readers: &mut [ColumnReader], schema: &SchemaDescriptor, rows: usize) -> Result<Vec<Loaded>, ParquetError> {
    readers.iter_mut().zip(schema.columns()).map(|(reader, column)| load(reader, column, rows)).collect()
}

fn load(reader: &mut ColumnReader, column: &ColumnDescriptor, rows: usize) -> Result<Loaded, ParquetError> {
    let text = |bytes: &[u8]| std::str::from_utf8(bytes).map_or(Json::Null, Json::from);
    match reader {
        ColumnReader::BoolColumnReader(reader) => values(reader, column, rows, Json::from),
        ColumnReader::Int32ColumnReader(reader) => values(reader, column, rows, |number| moment(column, number.into())),
        ColumnReader::Int64ColumnReader(reader) => values(reader, column, rows, |number| moment(column, number)),
        ColumnReader::Int96ColumnReader(reader) => values(reader, column, rows, |_| Json::Null),
        ColumnReader::FloatColumnReader(reader) => values(reader, column, rows, Json::from),
        ColumnReader::DoubleColumnReader(reader) => values(reader, column, rows, Json::from),
        ColumnReader::ByteArrayColumnReader(reader) => values(reader, column, rows, |bytes| text(bytes.data())),
        ColumnReader::FixedLenByteArrayColumnReader(reader) => values(reader, column, rows, |bytes| text(bytes.data())),
    }
}

fn values<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    column: &ColumnDescriptor,
    rows: usize,
    json: impl Fn(T::T) -> Json,
) -> Result<Loaded, ParquetError> {
    let mut loaded = Loaded { filled: column.max_def_level(), ..Loaded::default() };
    let mut values = Vec::new();
    reader.read_records(rows, Some(&mut loaded.definitions), Some(&mut loaded.repetitions), &mut values)?;
    loaded.values = values.into_iter().map(json).collect();
    Ok(loaded)
}

/// A number, or the day or moment that it stands for.
fn moment(column: &ColumnDescriptor, number: i64) -> Json {
    let said = |moment: Result<Timestamp, jiff::Error>| moment.map_or(Json::Null, |moment| moment.to_string().into());
    match (column.logical_type_ref(), column.converted_type()) {
        (Some(LogicalType::Date), _) | (_, ConvertedType::DATE) => {
            let day = Date::new(1970, 1, 1).ok().zip(jiff::Span::new().try_days(number).ok());
            let day = day.and_then(|(first, days)| first.checked_add(days).ok());
            day.map_or(Json::Null, |day| day.to_string().into())
        }
        (Some(LogicalType::Timestamp(of)), _) => match of.unit {
            TimeUnit::MILLIS => said(Timestamp::from_millisecond(number)),
            TimeUnit::MICROS => said(Timestamp::from_microsecond(number)),
            TimeUnit::NANOS => said(Timestamp::from_nanosecond(number.into())),
        },
        (_, ConvertedType::TIMESTAMP_MILLIS) => said(Timestamp::from_millisecond(number)),
        (_, ConvertedType::TIMESTAMP_MICROS) => said(Timestamp::from_microsecond(number)),
        _ => number.into(),
    }
}
