//! Pure reading: which marks lie where, what they are related to, and where words stand. It changes nothing.
//!
//! `spans` finds marks by place, `relations` by what they join, `search` and `concordance` words in texts, `list` the
//! rows of lists. What takes long is done in steps whose size the caller gives; nothing here knows a thread or a
//! clock.

pub mod concordance;
mod faults;
pub mod list;
pub mod relations;
pub mod search;
pub mod spans;
#[cfg(test)]
mod testing;

pub use faults::{Fault, is_incomplete, joins_itself};
pub use relations::Relations;
pub use spans::SpanIndex;
