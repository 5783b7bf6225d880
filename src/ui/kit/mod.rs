//! Widgets that know no annotation: values in, gestures out.

pub mod form;
pub mod page;
