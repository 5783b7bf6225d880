#![doc = include_str!("ARCHITECTURE.md")]

pub mod diagnostic;
pub mod text;
