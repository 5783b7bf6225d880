//! Pressmark

pub mod diagnostic;
pub mod source;
pub mod text;
