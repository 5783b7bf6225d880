//! YAML 1.2 (<https://yaml.org/spec/1.2.2/>) to the few shapes that metadata has, by `granit-parser`.
//!
//! Every scalar is its words: what type it has is nothing to an article. Tags are passed over. An alias stands for
//! words alone, so that no few bytes can stand for gigabytes.

use std::{borrow::Cow, collections::BTreeMap};

use granit_parser::{Event, Options, Parser, ScalarStyle, ScanError, StrInput};

use super::value::{Fault, Table, Value};

/// The first document of a block.
///
/// # Errors
/// What is not YAML, or is nested more than 255 levels deep.
pub(super) fn read(block: &str) -> Result<Value, Fault> {
    let mut options = Options::default();
    options.set_emit_comments(false);
    let mut reader =
        Reader { events: Parser::new_from_str_with_options(block, options), anchored: BTreeMap::new(), block };
    loop {
        match reader.next()? {
            Event::StreamStart | Event::DocumentStart(..) => {}
            event => return reader.value(event),
        }
    }
}

/// Reads values from the parser’s events.
struct Reader<'t> {
    block: &'t str,
    events: Parser<'t, StrInput<'t>>,
    /// The words that an alias may stand for, by the parser's number of their anchor.
    anchored: BTreeMap<usize, Cow<'t, str>>,
}

impl<'t> Reader<'t> {
    /// The next event; the end where there is none.
    fn next(&mut self) -> Result<Event<'t>, Fault> {
        match self.events.next() {
            Some(Ok((event, _))) => Ok(event),
            Some(Err(error)) => Err(self.fault(&error)),
            None => Ok(Event::StreamEnd),
        }
    }

    /// What the parser found wrong, with its place.
    fn fault(&self, error: &ScanError) -> Fault {
        Fault { at: error.marker().byte_offset().unwrap_or(self.block.len()), why: error.info() }
    }

    /// The value that an event begins. The parser bounds how deep they lie in each other.
    fn value(&mut self, event: Event<'t>) -> Result<Value, Fault> {
        let words = match event {
            Event::SequenceStart(..) => return self.list(),
            Event::MappingStart(..) => return self.table(),
            Event::Scalar(words, style, anchor, _) => {
                let is_null = style == ScalarStyle::Plain && matches!(&*words, "~" | "null" | "Null" | "NULL");
                if anchor > 0 {
                    self.anchored.insert(anchor, words.clone());
                }
                if is_null { Cow::default() } else { words }
            }
            Event::Alias(anchor) => self.anchored.get(&anchor).cloned().unwrap_or_default(),
            _ => Cow::default(),
        };
        Ok(Value::Words(words.into_owned()))
    }

    /// The items of a list, up to its end.
    fn list(&mut self) -> Result<Value, Fault> {
        let mut values = Vec::new();
        loop {
            match self.next()? {
                Event::SequenceEnd | Event::StreamEnd => return Ok(Value::List(values)),
                event => values.push(self.value(event)?),
            }
        }
    }

    /// The values of a table, up to its end.
    fn table(&mut self) -> Result<Value, Fault> {
        let mut table = Table::new();
        loop {
            match self.next()? {
                Event::MappingEnd | Event::StreamEnd => return Ok(Value::Table(table)),
                key => {
                    let key = self.value(key)?.words();
                    let value = self.next()?;
                    table.push((key, self.value(value)?));
                }
            }
        }
    }
}
