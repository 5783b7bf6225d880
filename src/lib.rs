#![doc = include_str!("ARCHITECTURE.md")]

pub mod command;
pub mod diagnostic;
pub mod model;
pub mod query;
pub mod session;
pub mod source;
pub mod text;
#[cfg(feature = "gui")]
pub mod ui;
