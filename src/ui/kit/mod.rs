//! Widgets that know no annotation: values in, gestures out.

pub mod badge;
pub mod button;
pub mod check;
pub mod field;
pub mod focus;
pub mod form;
pub mod glyph;
pub mod keycap;
pub mod line;
pub mod list;
pub mod pattern;
pub mod picker;
pub mod rows;
pub mod segmented;
pub mod strip;
pub mod words;
