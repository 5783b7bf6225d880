//! Pure reading: which marks lie where, what a project holds. It changes nothing.

pub mod spans;
pub mod statistics;

pub use spans::SpanIndex;
