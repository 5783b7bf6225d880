//! The colours that are offered for labels.

use crate::model::{LabelColor, Rgb};

/// Colours to choose from for a label: Okabe and Ito's, darkened for light paper, lightened for dark.
pub const SWATCHES: [LabelColor; 10] = [
    swatch(0xb36b00, 0xf0a94a),
    swatch(0x0067a5, 0x6cb6e8),
    swatch(0xa8325a, 0xee8aa9),
    swatch(0x2f7d4f, 0x7ccf9c),
    swatch(0x6a4fb3, 0xb7a3f2),
    swatch(0x8a5a3c, 0xd9a98a),
    swatch(0x00797a, 0x5ccfcf),
    swatch(0x9a3fa0, 0xdf94e3),
    swatch(0x7a6f00, 0xd6c84a),
    swatch(0x55606e, 0xaab6c6),
];

/// What the swatches are called, in English and in their order.
pub const SWATCH_NAMES: [&str; 10] =
    ["Amber", "Blue", "Rose", "Green", "Violet", "Brown", "Teal", "Purple", "Olive", "Slate"];

/// A colour for light themes and one for dark ones, each as `0xrrggbb`.
const fn swatch(light: u32, dark: u32) -> LabelColor {
    LabelColor { light: rgb(light), dark: rgb(dark) }
}

const fn rgb(value: u32) -> Rgb {
    let [_, r, g, b] = value.to_be_bytes();
    Rgb([r, g, b])
}
