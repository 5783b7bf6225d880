//! Pure reading: which marks lie where, what they are related to, and where words stand. It changes nothing.

pub mod relations;
pub mod search;
pub mod spans;

pub use relations::Relations;
pub use spans::SpanIndex;
