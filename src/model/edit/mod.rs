//! Changes, transactions, applying them, and their history: the only writer of the model.
//!
//! A change is a row's id, what it was and what it becomes. All of a transaction applies or none of
//! it; the inverse swaps before and after. So undo, history, journal, merge, accepted suggestions and
//! adjudication are one mechanism.

mod apply;
mod change;
mod history;
mod log;
mod transaction;

pub use apply::{Refusal, apply};
pub use change::{Change, Home, TextVersion};
pub use history::{History, Next, Past, PastStep, no_way_back, no_way_on};
pub use log::{Entry, Log, Standing};
pub use transaction::{Focus, Kind, Transaction};

pub use crate::text::Phrase;
