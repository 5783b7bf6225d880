//! What a label means: its definition and its examples, as the codebook has them.

use egui::Ui;

use super::wording;
use crate::{
    model::Label,
    ui::{
        kit::words::paragraph_ui,
        theme::{Tokens, fonts, size},
    },
};

/// Shows both; nothing where the codebook says nothing.
pub fn definition_ui(ui: &mut Ui, tokens: &Tokens, label: &Label) {
    if !label.description.is_empty() {
        paragraph_ui(ui, &wording::plain(&label.description), fonts::plain(size::TEXT), tokens.ink);
    }
    for example in &label.examples {
        paragraph_ui(ui, example, fonts::serif_italic(size::LIST_WORDS), tokens.soft_ink);
    }
}
