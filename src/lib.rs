//! Pressmark

pub mod diagnostic;
pub mod text;
