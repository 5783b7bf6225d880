//! Rows into columns: whatever is serialized goes into the columns of its table, field by field in their order. So the
//! rows of a table are the ones that JSON has.

use serde::{
    Serialize,
    ser::{Error as _, Impossible, SerializeSeq, SerializeStruct, Serializer},
};
use serde_json::Error;

use super::{
    columns::Columns,
    tables::{Kind, Table},
};

/// Adds a row to the columns of a table.
///
/// # Errors
/// The row has other fields than the table; its columns are not to be used then.
pub fn shred(row: &impl Serialize, table: Table, columns: &mut Columns) -> Result<(), Error> {
    columns.rows += 1;
    row.serialize(Shred { columns, kind: Kind::Object(table.columns()), at: 0, depth: 0, repetition: 0 })
}

/// Where a value goes.
struct Shred<'c> {
    columns: &'c mut Columns,
    kind: Kind,
    /// The first of its columns.
    at: usize,
    /// In how many lists it lies, all of which have something in them.
    depth: u8,
    repetition: u8,
}

impl Shred<'_> {
    fn number(self, number: i64) -> Result<(), Error> {
        let Kind::Number = self.kind else { return Err(Error::custom("a number is not in its place")) };
        let column = &mut self.columns.columns[self.at];
        column.levels(self.depth, self.repetition);
        column.values.extend_from_slice(&number.to_le_bytes());
        Ok(())
    }
}

/// The methods for kinds of values that rows do not have.
macro_rules! refused {
    ($($method:ident($($value:ty),*);)*) => {
        $(fn $method(self, $(_: $value),*) -> Result<(), Error> {
            Err(Error::custom(stringify!($method)))
        })*
    };
}

/// The methods for whole numbers.
macro_rules! numbers {
    ($($method:ident($number:ty);)*) => {
        $(fn $method(self, number: $number) -> Result<(), Error> {
            self.number(number.into())
        })*
    };
}

impl<'c> Serializer for Shred<'c> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = ShredList<'c>;
    type SerializeTuple = Impossible<(), Error>;
    type SerializeTupleStruct = Impossible<(), Error>;
    type SerializeTupleVariant = Impossible<(), Error>;
    type SerializeMap = Impossible<(), Error>;
    type SerializeStruct = ShredObject<'c>;
    type SerializeStructVariant = Impossible<(), Error>;

    numbers! {
        serialize_i8(i8);
        serialize_i16(i16);
        serialize_i32(i32);
        serialize_i64(i64);
        serialize_u8(u8);
        serialize_u16(u16);
        serialize_u32(u32);
    }

    fn serialize_u64(self, number: u64) -> Result<(), Error> {
        self.number(i64::try_from(number).map_err(Error::custom)?)
    }

    fn serialize_str(self, text: &str) -> Result<(), Error> {
        let Kind::Text = self.kind else { return Err(Error::custom("a text is not in its place")) };
        let column = &mut self.columns.columns[self.at];
        column.levels(self.depth, self.repetition);
        column.text(text);
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<ShredList<'c>, Error> {
        let Kind::List(element) = self.kind else { return Err(Error::custom("a list is not in its place")) };
        Ok(ShredList { place: self, element, is_empty: true })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<ShredObject<'c>, Error> {
        let Kind::Object(fields) = self.kind else { return Err(Error::custom("an object is not in its place")) };
        Ok(ShredObject { place: self, fields })
    }

    refused! {
        serialize_bool(bool);
        serialize_f32(f32);
        serialize_f64(f64);
        serialize_char(char);
        serialize_bytes(&[u8]);
        serialize_none();
        serialize_unit();
        serialize_unit_struct(&'static str);
        serialize_unit_variant(&'static str, u32, &'static str);
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Error> {
        Err(Error::custom("rows have no tuples"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Error> {
        Err(Error::custom("rows have no tuples"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Error> {
        Err(Error::custom("rows have no tuples"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Error> {
        Err(Error::custom("rows have no maps"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Error> {
        Err(Error::custom("rows have no variants"))
    }
}

/// A list whose elements are being added.
struct ShredList<'c> {
    place: Shred<'c>,
    element: &'static Kind,
    is_empty: bool,
}

impl SerializeSeq for ShredList<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        let Shred { columns, at, depth, repetition, .. } = &mut self.place;
        let repetition = if self.is_empty { *repetition } else { *depth + 1 };
        self.is_empty = false;
        value.serialize(Shred { columns, kind: *self.element, at: *at, depth: *depth + 1, repetition })
    }

    fn end(self) -> Result<(), Error> {
        if self.is_empty {
            let Shred { columns, at, depth, repetition, .. } = self.place;
            let own = &mut columns.columns[at..at + self.element.leaves()];
            own.iter_mut().for_each(|column| column.levels(depth, repetition));
        }
        Ok(())
    }
}

/// An object whose fields are being added.
struct ShredObject<'c> {
    place: Shred<'c>,
    /// Those that are still to come.
    fields: &'static [(&'static str, Kind)],
}

impl SerializeStruct for ShredObject<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        let Some(((_, kind), rest)) = self.fields.split_first().filter(|((own, _), _)| *own == name) else {
            return Err(Error::custom(format!("{name} is not in its place")));
        };
        self.fields = rest;
        let Shred { columns, at, depth, repetition, .. } = &mut self.place;
        value.serialize(Shred { columns, kind: *kind, at: *at, depth: *depth, repetition: *repetition })?;
        *at += kind.leaves();
        Ok(())
    }

    fn end(self) -> Result<(), Error> {
        match self.fields.first() {
            Some((name, _)) => Err(Error::custom(format!("{name} is missing"))),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_have_levels_that_say_where_they_begin() {
        #[derive(Serialize)]
        struct Span {
            attribute: &'static str,
            values: Vec<&'static str>,
        }
        let kind = Kind::Object(&[(
            "of",
            Kind::List(&Kind::Object(&[("attribute", Kind::Text), ("values", Kind::List(&Kind::Text))])),
        )]);
        #[derive(Serialize)]
        struct Row {
            of: Vec<Span>,
        }
        let mut columns = Columns::default();
        columns.columns =
            (1..=2).map(|depth| super::super::columns::Column { is_text: true, depth, ..Default::default() }).collect();
        let rows = [
            Row { of: vec![Span { attribute: "a", values: vec!["x", "y"] }, Span { attribute: "b", values: vec![] }] },
            Row { of: vec![] },
        ];
        for row in &rows {
            row.serialize(Shred { columns: &mut columns, kind, at: 0, depth: 0, repetition: 0 }).unwrap();
        }
        let [attribute, values] = columns.columns.as_slice() else { panic!("two columns") };
        assert_eq!((&attribute.definitions, &attribute.repetitions), (&vec![1, 1, 0], &vec![0, 1, 0]));
        assert_eq!((&values.definitions, &values.repetitions), (&vec![2, 2, 1, 0], &vec![0, 2, 1, 0]));
    }

    #[test]
    fn a_row_that_is_not_of_the_table_is_an_error() {
        #[derive(Serialize)]
        struct Row {
            pressmark: u32,
            title: &'static str,
        }
        let mut columns = Columns::of(Table::Data);
        let why = shred(&Row { pressmark: 1, title: "" }, Table::Data, &mut columns).unwrap_err();
        assert_eq!(why.to_string(), "title is not in its place");
    }
}
