//! The colours that are offered for labels.

pub use crate::model::SWATCHES;

/// What the swatches are called, in English and in their order.
pub const SWATCH_NAMES: [&str; 10] =
    ["Amber", "Blue", "Rose", "Green", "Violet", "Brown", "Teal", "Purple", "Olive", "Slate"];
