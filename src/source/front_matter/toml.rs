//! TOML 1.1 (<https://toml.io/en/v1.1.0>) to the few shapes that metadata has, by the crate `toml`.

use toml::de::{DeTable, DeValue};

use super::value::{Fault, Value};

/// A whole block, which is a table. Numbers, dates and truths are their words.
///
/// # Errors
/// What is not TOML, or is nested too deeply for the crate.
pub(super) fn read(block: &str) -> Result<Value, Fault> {
    match DeTable::parse(block) {
        Ok(table) => Ok(value(&DeValue::Table(table.into_inner()))),
        Err(error) => {
            Err(Fault { at: error.span().map_or(block.len(), |span| span.start), why: error.message().to_owned() })
        }
    }
}

/// A value as words, a list or a table.
fn value(read: &DeValue<'_>) -> Value {
    Value::Words(match read {
        DeValue::String(words) => words.to_string(),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(truth) => truth.to_string(),
        DeValue::Datetime(moment) => moment.to_string(),
        DeValue::Array(values) => return Value::List(values.iter().map(|v| value(v.get_ref())).collect()),
        DeValue::Table(table) => {
            let rows = table.iter().map(|(key, v)| (key.get_ref().to_string(), value(v.get_ref())));
            return Value::Table(rows.collect());
        }
    })
}
