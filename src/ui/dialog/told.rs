//! A list of what was found or will be left out: the first of it, each with its place.

use egui::Ui;

use crate::{
    diagnostic::Diagnostic,
    ui::{
        kit::{form, words},
        theme::{Tokens, fonts, size, space},
        words::{phrase, tr},
    },
};

/// So many are shown; the others are counted.
const MOST: usize = 100;

/// Draws the list under a heading with their number; nothing where there is nothing to tell.
pub(super) fn list_ui(ui: &mut Ui, tokens: &Tokens, heading: &str, told: &[Diagnostic]) {
    if told.is_empty() {
        return;
    }
    form::caption(ui, tokens, &format!("{heading} · {}", crate::text::grouped(told.len())));
    for one in told.iter().take(MOST) {
        let color = if one.is_error() { tokens.danger } else { tokens.ink };
        words::paragraph_ui(ui, &phrase(&one.in_a_line()), fonts::plain(size::SMALL), color);
    }
    let n = told.len().saturating_sub(MOST);
    if n > 0 {
        words::paragraph_ui(ui, &tr!("and {n} more", n), fonts::plain(size::SMALL), tokens.soft_ink);
    }
    ui.add_space(space::S);
}
