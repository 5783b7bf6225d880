//! Pressmark

pub mod diagnostic;
pub mod model;
pub mod store;
pub mod text;
