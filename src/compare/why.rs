//! The reason for a proposal in words.

use super::shared::Shared;
use crate::{
    phrase,
    text::{Phrase, phrase::Value},
};

/// What speaks for a statement: “11 words in the same order, one name”.
pub(super) fn why(shared: &Shared) -> Phrase {
    let words = shared.links.len();
    let mut parts = vec![Value::from(phrase!("{n} word in the same order|{n} words in the same order", n = words))];
    match shared.names {
        0 => {}
        1 => parts.push(Value::from(phrase!("one name"))),
        n => parts.push(Value::from(phrase!("{n} name|{n} names", n))),
    }
    match shared.numbers {
        0 => {}
        1 => parts.push(Value::from(phrase!("one number"))),
        n => parts.push(Value::from(phrase!("{n} number|{n} numbers", n))),
    }
    Phrase::list(parts).unwrap_or_else(|| phrase!("The same words"))
}
