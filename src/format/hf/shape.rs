//! What a row of a Parquet file is made of, whoever wrote it. A schema that is not as the specification has it is an error
//! here, so that nothing behind has to ask again.
//!
//! Lists and maps: <https://github.com/apache/parquet-format/blob/master/LogicalTypes.md>, with its rules for files of before.

use parquet::{
    basic::{ConvertedType, LogicalType, Repetition},
    schema::types::Type,
};

/// The value of a row, or a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A column of this number.
    Leaf { column: usize },
    Object {
        fields: Vec<(String, Shape)>,
        place: Place,
        /// The definition level that it has at least where it is not null; 0 where it can’t be.
        defined: i16,
    },
    List {
        element: Box<Shape>,
        place: Place,
        /// As of an object.
        defined: i16,
        /// The definition level that it has at least where it has an element.
        filled: i16,
        /// The repetition level of a further element.
        repetition: i16,
    },
}

/// The columns that something is stored in: from the first to behind the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub first: usize,
    pub end: usize,
}

/// So deep may values lie in each other.
const MAX_DEPTH: usize = 32;

/// What is gone through of a schema.
struct Shaping {
    /// Columns so far.
    columns: usize,
}

/// Levels above something.
#[derive(Clone, Copy)]
struct Levels {
    definition: i16,
    repetition: i16,
    depth: usize,
}

/// What the rows of a schema are.
///
/// # Errors
/// It is none that the specification allows: which column is wrong.
pub fn shape_of(schema: &Type) -> Result<Shape, String> {
    if !schema.is_group() {
        return Err(schema.name().to_owned());
    }
    let mut shaping = Shaping { columns: 0 };
    shaping.object(schema, Levels { definition: 0, repetition: 0, depth: 0 }, 0)
}

impl Shaping {
    fn value(&mut self, of: &Type, mut levels: Levels) -> Result<Shape, String> {
        let wrong = || of.name().to_owned();
        levels.depth += 1;
        if levels.depth > MAX_DEPTH || !of.get_basic_info().has_repetition() {
            return Err(wrong());
        }
        match of.get_basic_info().repetition() {
            Repetition::REQUIRED => self.present(of, levels, 0),
            Repetition::OPTIONAL => {
                levels.definition += 1;
                self.present(of, levels, levels.definition)
            }
            // A list without a name of its own, as the specification of before had it.
            Repetition::REPEATED => self.list(of, levels, 0, Self::element),
        }
    }

    /// Something that is there where the definition level is at least `defined`.
    fn present(&mut self, of: &Type, levels: Levels, defined: i16) -> Result<Shape, String> {
        if of.is_primitive() {
            self.columns += 1;
            return Ok(Shape::Leaf { column: self.columns - 1 });
        }
        let (is_list, is_map) = annotations(of);
        let repeated = match of.get_fields() {
            [only] if only.get_basic_info().has_repetition() => Some(only),
            _ => None,
        };
        let repeated = repeated.filter(|only| only.get_basic_info().repetition() == Repetition::REPEATED);
        match repeated {
            Some(repeated) if is_list && !is_element(repeated, of.name()) => {
                self.list(repeated, levels, defined, |own, list, levels| own.value(&list.get_fields()[0], levels))
            }
            Some(repeated) if is_list || is_map => self.list(repeated, levels, defined, Self::element),
            None if is_list || is_map => Err(of.name().to_owned()),
            _ => self.object(of, levels, defined),
        }
    }

    /// The repeated field itself, as an element.
    fn element(&mut self, of: &Type, levels: Levels) -> Result<Shape, String> {
        self.present(of, levels, 0)
    }

    fn list(
        &mut self,
        repeated: &Type,
        levels: Levels,
        defined: i16,
        element: impl FnOnce(&mut Self, &Type, Levels) -> Result<Shape, String>,
    ) -> Result<Shape, String> {
        let first = self.columns;
        let (filled, repetition) = (levels.definition + 1, levels.repetition + 1);
        let inside = Levels { definition: filled, repetition, depth: levels.depth + 1 };
        if inside.depth > MAX_DEPTH {
            return Err(repeated.name().to_owned());
        }
        let element = Box::new(element(self, repeated, inside)?);
        let place = self.since(first).ok_or_else(|| repeated.name().to_owned())?;
        Ok(Shape::List { element, place, defined, filled, repetition })
    }

    fn object(&mut self, of: &Type, levels: Levels, defined: i16) -> Result<Shape, String> {
        let first = self.columns;
        let field = |field: &parquet::schema::types::TypePtr| Ok((field.name().to_owned(), self.value(field, levels)?));
        let fields = of.get_fields().iter().map(field).collect::<Result<_, String>>()?;
        let place = self.since(first).ok_or_else(|| of.name().to_owned())?;
        Ok(Shape::Object { fields, place, defined })
    }

    /// The columns since one; `None` where there are none, so that nobody knows whether something is there.
    fn since(&self, first: usize) -> Option<Place> {
        (self.columns > first).then_some(Place { first, end: self.columns })
    }
}

/// Whether a group is said to be a list, and to be a map.
fn annotations(of: &Type) -> (bool, bool) {
    let info = of.get_basic_info();
    let (converted, logical) = (info.converted_type(), info.logical_type_ref());
    let is_list = converted == ConvertedType::LIST || matches!(logical, Some(LogicalType::List));
    let maps = [ConvertedType::MAP, ConvertedType::MAP_KEY_VALUE];
    (is_list, maps.contains(&converted) || matches!(logical, Some(LogicalType::Map)))
}

/// Whether the repeated field of a list is its element, and not around it.
fn is_element(repeated: &Type, list: &str) -> bool {
    if repeated.is_primitive() || repeated.get_fields().len() != 1 {
        return true;
    }
    repeated.name() == "array" || repeated.name() == format!("{list}_tuple")
}
