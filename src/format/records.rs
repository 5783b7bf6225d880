//! Records of a JSON file: those of a list, or the one that stands alone, one in memory at a time.

use std::{fmt, io::BufRead};

use serde::{
    Deserialize, Deserializer as _,
    de::{MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer},
};
use serde_json::Value;

use super::reader::Take;
use crate::{diagnostic::Diagnostic, phrase};

/// Gives each record with its number, from 1. Where the file is damaged that is told with its place, and what comes behind
/// it is left: there is no telling where the next record begins.
///
/// # Errors
/// Those of `each`.
pub fn each_record(
    source: Box<dyn BufRead + '_>,
    name: &str,
    take: &mut dyn Take,
    each: &mut dyn FnMut(usize, Value, &mut dyn Take) -> Result<(), Diagnostic>,
) -> Result<(), Diagnostic> {
    let mut records = Records { take, each, count: 0, stopped: None };
    let mut json = serde_json::Deserializer::from_reader(source);
    let read = json.deserialize_any(&mut records).and_then(|()| json.end());
    if let Some(stopped) = records.stopped {
        return Err(stopped);
    }
    let count = records.count;
    if let Err(why) = read {
        let place = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let message = phrase!(
            "The file can’t be understood after {n} record: {why}|The file can’t be understood after {n} records: {why}",
            n = count,
            why = &why
        );
        let told = Diagnostic::error("bad-json", message).hint("Repair it, and import it again");
        take.tell(told.at_line(place(why.line()), place(why.column())).at_path(name));
    }
    Ok(())
}

struct Records<'r> {
    take: &'r mut dyn Take,
    each: &'r mut dyn FnMut(usize, Value, &mut dyn Take) -> Result<(), Diagnostic>,
    count: usize,
    stopped: Option<Diagnostic>,
}

impl Records<'_> {
    fn give<E: serde::de::Error>(&mut self, record: Value) -> Result<(), E> {
        self.count += 1;
        (self.each)(self.count, record, self.take).map_err(|stopped| {
            self.stopped = Some(stopped);
            E::custom("stopped")
        })
    }
}

impl<'de> Visitor<'de> for &mut Records<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records, or one record")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(record) = list.next_element::<Value>()? {
            self.give(record)?;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let record = Value::deserialize(MapAccessDeserializer::new(map))?;
        self.give(record)
    }
}
