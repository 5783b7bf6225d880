//! The views: pure functions of state and theme that draw and push commands.
//!
//! This room depends on egui alone. It touches no disk, opens no window and changes no project: what the
//! user wants leaves it as commands and effects.

pub mod app;
pub mod context;
pub mod date;
pub mod dialog;
pub mod excerpt;
pub mod keys;
pub mod kit;
pub mod pace;
pub mod page;
pub mod panel;
pub mod settings;
pub mod shell;
pub mod theme;
mod typeset;
pub mod view;
pub mod wish;
pub mod words;
