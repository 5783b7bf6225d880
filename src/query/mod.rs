//! Pure reading: which marks lie where, what they are related to, and where words stand. It changes nothing.

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
