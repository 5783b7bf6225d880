//! Rows put together again from columns and their levels.
//!
//! Source: Melnik et al., “Dremel: Interactive Analysis of Web-Scale Datasets”, 2010, section 4.3.

use serde_json::{Map, Value as Json};

use super::shape::{Place, Shape};

/// Some rows of a column: a level of each kind for each value or null, and the values.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The definition level of a value that is not null.
    pub filled: i16,
    /// Empty where nothing can be null.
    pub definitions: Vec<i16>,
    /// Empty where no list lies above.
    pub repetitions: Vec<i16>,
    pub values: Vec<Json>,
    /// How many levels and values were taken.
    pub at: usize,
    pub value: usize,
}

/// The levels of the columns do not go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Torn;

impl Loaded {
    /// The definition level of what comes next; `None` at the end.
    fn definition(&self) -> Option<i16> {
        if self.definitions.is_empty() {
            return (self.at < self.values.len()).then_some(self.filled);
        }
        self.definitions.get(self.at).copied()
    }

    /// The repetition level of what comes next; `None` at the end.
    fn repetition(&self) -> Option<i16> {
        self.repetitions.get(self.at).copied()
    }

    /// Takes what comes next: a value, or null.
    fn take(&mut self) -> Result<Json, Torn> {
        let is_value = self.definition().ok_or(Torn)? == self.filled;
        self.at += 1;
        if !is_value {
            return Ok(Json::Null);
        }
        let value = self.values.get_mut(self.value).ok_or(Torn)?;
        self.value += 1;
        Ok(value.take())
    }
}

/// Puts the next row, or a part of it, together.
///
/// # Errors
/// The columns do not go together.
pub fn assemble(shape: &Shape, columns: &mut [Loaded]) -> Result<Json, Torn> {
    match shape {
        Shape::Leaf { column } => columns.get_mut(*column).ok_or(Torn)?.take(),
        Shape::Object { fields, place, defined } => {
            if next(columns, *place)? < *defined {
                return pass_over(columns, *place).map(|()| Json::Null);
            }
            let field = |(name, shape): &(String, Shape)| Ok((name.clone(), assemble(shape, columns)?));
            fields.iter().map(field).collect::<Result<Map<_, _>, Torn>>().map(Json::Object)
        }
        Shape::List { element, place, defined, filled, repetition } => {
            let definition = next(columns, *place)?;
            if definition < *filled {
                pass_over(columns, *place)?;
                return Ok(if definition < *defined { Json::Null } else { Json::Array(Vec::new()) });
            }
            let mut list = Vec::new();
            loop {
                list.push(assemble(element, columns)?);
                if columns.get(place.first).ok_or(Torn)?.repetition() != Some(*repetition) {
                    return Ok(Json::Array(list));
                }
            }
        }
    }
}

fn next(columns: &[Loaded], place: Place) -> Result<i16, Torn> {
    columns.get(place.first).and_then(Loaded::definition).ok_or(Torn)
}

fn pass_over(columns: &mut [Loaded], place: Place) -> Result<(), Torn> {
    let own = columns.get_mut(place.first..place.end).ok_or(Torn)?;
    own.iter_mut().try_for_each(|column| column.take().map(drop))
}
