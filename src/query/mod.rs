//! Pure reading: which marks lie where, and where words stand. It changes nothing.

pub mod search;
pub mod spans;

pub use spans::SpanIndex;
