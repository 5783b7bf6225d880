#![doc = include_str!("ARCHITECTURE.md")]

pub mod cli;
pub mod command;
pub mod compare;
pub mod diagnostic;
pub mod format;
pub mod jobs;
pub mod model;
#[cfg(feature = "native")]
pub mod native;
pub mod poster;
pub mod query;
pub mod runner;
pub mod session;
pub mod source;
pub mod store;
pub mod text;
#[cfg(feature = "gui")]
pub mod ui;

#[cfg(test)]
#[path = "../tests/support/root.rs"]
mod root;
