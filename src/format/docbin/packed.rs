//! MessagePack in memory, written value by value, and values as JSON.

use rmp::encode;
use rmpv::ValueRef;
use serde_json::{Map, Value as Json};

/// So deep may values of a file lie in each other.
const MAX_DEPTH: usize = 64;

/// Packed values, one behind the other. Writing into memory does not fail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packed(pub Vec<u8>);

impl Packed {
    pub fn map(&mut self, len: usize) {
        let _ = encode::write_map_len(&mut self.0, length(len));
    }

    pub fn array(&mut self, len: usize) {
        let _ = encode::write_array_len(&mut self.0, length(len));
    }

    pub fn string(&mut self, string: &str) {
        let _ = encode::write_str(&mut self.0, string);
    }

    pub fn bytes(&mut self, bytes: &[u8]) {
        let _ = encode::write_bin(&mut self.0, bytes);
    }

    pub fn number(&mut self, number: u64) {
        let _ = encode::write_uint(&mut self.0, number);
    }

    pub fn float(&mut self, number: f64) {
        let _ = encode::write_f64(&mut self.0, number);
    }

    pub fn bool(&mut self, yes: bool) {
        let _ = encode::write_bool(&mut self.0, yes);
    }

    /// How long a string of bytes is that follows, which is written elsewhere.
    pub fn bytes_of(&mut self, len: usize) {
        let _ = encode::write_bin_len(&mut self.0, length(len));
    }
}

fn length(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

/// The one value that bytes have; `None` where they are none.
pub fn value(mut bytes: &[u8]) -> Option<ValueRef<'_>> {
    rmpv::decode::read_value_ref_with_max_depth(&mut bytes, MAX_DEPTH).ok()
}

/// The value at a key.
pub fn at<'v>(map: &'v ValueRef<'v>, key: &str) -> Option<&'v ValueRef<'v>> {
    fields(Some(map)).iter().find(|(own, _)| text(own) == Some(key)).map(|(_, value)| value)
}

/// The text of a value; also where it is packed as bytes.
pub fn text<'v>(value: &'v ValueRef<'v>) -> Option<&'v str> {
    std::str::from_utf8(bytes(value)?).ok()
}

/// The bytes of a value; also where they are packed as text.
pub fn bytes<'v>(value: &'v ValueRef<'v>) -> Option<&'v [u8]> {
    match value {
        ValueRef::Binary(bytes) => Some(bytes),
        ValueRef::String(text) => Some(text.as_bytes()),
        _ => None,
    }
}

/// The values of a list; empty for what is none.
pub fn list<'v>(value: Option<&'v ValueRef<'v>>) -> &'v [ValueRef<'v>] {
    match value {
        Some(ValueRef::Array(values)) => values,
        _ => &[],
    }
}

/// The keys of a map with their values; empty for what is none.
pub fn fields<'v>(value: Option<&'v ValueRef<'v>>) -> &'v [(ValueRef<'v>, ValueRef<'v>)] {
    match value {
        Some(ValueRef::Map(fields)) => fields,
        _ => &[],
    }
}

/// A value as JSON; what JSON has not is null.
pub fn json(value: &ValueRef<'_>) -> Json {
    match value {
        ValueRef::Boolean(yes) => (*yes).into(),
        ValueRef::Integer(number) => number.as_i64().map_or_else(|| number.as_u64().into(), Json::from),
        ValueRef::F32(number) => f64::from(*number).into(),
        ValueRef::F64(number) => (*number).into(),
        ValueRef::Array(values) => values.iter().map(json).collect(),
        ValueRef::Map(fields) => {
            let fields = fields.iter().filter_map(|(key, value)| Some((text(key)?.to_owned(), json(value))));
            Json::Object(fields.collect::<Map<_, _>>())
        }
        other => text(other).into(),
    }
}
