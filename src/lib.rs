//! Pressmark

pub mod diagnostic;
pub mod model;
pub mod text;
