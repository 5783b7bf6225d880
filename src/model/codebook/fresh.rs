//! A new label, and the colours that are offered for labels: what tells it apart from those that a codebook has.

use super::{Codebook, Extent, Label, LabelColor, LinePattern, Rgb};
use crate::{model::LabelId, text::slug::free_id};

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

impl Codebook {
    /// A label of this name with the first colour, pattern and key that no label has, and the first two letters as
    /// initials; `None` where no id is left for the name. It is not added.
    pub fn new_label(&self, name: &str) -> Option<Label> {
        let id = free_id(name, LabelId::new, |id| self.label(id).is_some())?;
        let count = self.labels.len();
        let color = SWATCHES.into_iter().find(|s| self.labels.iter().all(|l| l.color != *s));
        let is_free = |key: &char| self.labels.iter().all(|l| l.key != Some(*key));
        let initials: String = name.chars().filter(|c| c.is_alphanumeric()).take(2).collect();
        Some(Label {
            id,
            name: name.to_owned(),
            description: String::new(),
            examples: Vec::new(),
            initials: if initials.is_empty() { "?".to_owned() } else { initials },
            color: color.unwrap_or(SWATCHES[count % SWATCHES.len()]),
            pattern: LinePattern::ALL[count % LinePattern::ALL.len()],
            key: ('1'..='9').find(is_free),
            extent: Extent::default(),
            attributes: Vec::new(),
        })
    }
}

/// A colour for light themes and one for dark ones, each as `0xrrggbb`.
const fn swatch(light: u32, dark: u32) -> LabelColor {
    LabelColor { light: rgb(light), dark: rgb(dark) }
}

const fn rgb(value: u32) -> Rgb {
    let [_, r, g, b] = value.to_be_bytes();
    Rgb([r, g, b])
}
