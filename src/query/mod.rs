//! Pure reading: which marks lie where, and what they are related to. It changes nothing.

pub mod relations;
pub mod spans;

pub use relations::Relations;
pub use spans::SpanIndex;
