//! Pure reading: which marks lie where. It changes nothing.

pub mod spans;

pub use spans::SpanIndex;
