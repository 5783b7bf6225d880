//! Widgets that know no annotation: values in, gestures out.
//!
//! All of them are drawn from a theme's tokens and have an accessible name. A function named `paint_…` only draws and
//! takes no room in the layout; the others are widgets, laid out by egui.

pub mod access;
pub mod badge;
pub mod button;
pub mod check;
pub mod drop;
pub mod field;
pub mod focus;
pub mod form;
pub mod glyph;
pub mod keycap;
pub mod line;
pub mod list;
pub mod markdown;
pub mod pattern;
pub mod picker;
pub mod rows;
pub mod segmented;
pub mod strip;
pub mod words;
