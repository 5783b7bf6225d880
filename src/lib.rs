//! Pressmark

pub mod diagnostic;
pub mod text;
#[cfg(feature = "gui")]
pub mod ui;
