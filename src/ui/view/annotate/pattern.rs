//! What is sought, as a bar or a dock asks for it: the field for it, and chips that say how it is compared.
//!
//! Shared by the find bar and the dock of the concordance, so that both ask alike.

use egui::{Align, Id, Layout, Response, RichText, TextEdit, Ui, Vec2};

use crate::{
    query::search::{Case, Edges, Kind, Pattern},
    ui::{
        kit::{
            button::{Chip, Chosen, chip, chip_width},
            field, words,
        },
        theme::{Tokens, fonts, size},
        words::tr,
    },
};

/// Whether a bar or a dock is on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Presence {
    /// Not drawn, takes no keys.
    #[default]
    Hidden,
    /// To be drawn from the next frame on, in which its field takes the focus.
    Opening,
    /// Drawn, with the focus wherever it is.
    Shown,
}

/// Lays out what stands in a bar before its cross and, where `chips` is set, before the chips of the pattern.
pub fn before_end(ui: &mut Ui, tokens: &Tokens, chips: bool, content: impl FnOnce(&mut Ui)) {
    let chips = if chips { chips_width(ui, tokens) } else { 0.0 };
    let room =
        Vec2::new(ui.available_width() - chips - size::SIGN - ui.spacing().item_spacing.x, ui.available_height());
    ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_width(room.x);
        content(ui);
    });
}

/// The width of the chips of the pattern with a gap behind each, in points.
pub fn chips_width(ui: &Ui, tokens: &Tokens) -> f32 {
    let gap = ui.spacing().item_spacing.x;
    CHIPS.iter().map(|name| chip_width(ui, tokens, &named(&tr(name), false)) + gap).sum()
}

/// A field of one line for what is sought, `width` points wide.
pub fn search_field(ui: &mut Ui, id: Id, pattern: &mut Pattern, name: &str, width: f32) {
    let hint = match pattern.kind {
        Kind::Words => tr("Words"),
        Kind::Exactly => tr("Words, compared exactly"),
        Kind::Expression => tr("Expression, matched exactly"),
    };
    ui.scope(|ui| {
        ui.set_max_width(width);
        field::line(ui, id, &mut pattern.text, name, &hint);
    });
}

/// Brings the focus into a field, with all of its text selected.
pub fn take_focus(ui: &Ui, field: Id, text: &str) {
    ui.memory_mut(|m| m.request_focus(field));
    if let Some(mut state) = TextEdit::load_state(ui, field) {
        let end = egui::text::CCursor::new(text.chars().count());
        let all = egui::text::CCursorRange::two(egui::text::CCursor::new(0), end);
        state.cursor.set_char_range(Some(all));
        state.store(ui, field);
    }
}

const CHIPS: [&str; 4] = ["Whole words", "Case", "Exactly", "Regex"];

/// How words are compared, as three chips: whole words, capitals, regular expression. Gives the response of the last
/// one.
pub fn pattern_ui(ui: &mut Ui, tokens: &Tokens, pattern: &mut Pattern) -> Response {
    let toggle =
        |ui: &mut Ui, name: &str, on: bool, hint: &str| words::hint(chip(ui, tokens, &named(&tr(name), on)), &tr(hint));
    let [whole, case, exactly, regex] = CHIPS;
    let is_whole = pattern.edges == Edges::WholeWords;
    if toggle(ui, whole, is_whole, "Only where it is not part of a longer word").clicked() {
        pattern.edges = if is_whole { Edges::Anywhere } else { Edges::WholeWords };
    }
    let is_exact = pattern.case == Case::Exact;
    if toggle(ui, case, is_exact, "Distinguish capital and small letters").clicked() {
        pattern.case = if is_exact { Case::Folded } else { Case::Exact };
    }
    let is_exactly = pattern.kind == Kind::Exactly;
    let hint = "Compare character by character: ' does not find ’, and ss not ß";
    if toggle(ui, exactly, is_exactly, hint).clicked() {
        pattern.kind = if is_exactly { Kind::Words } else { Kind::Exactly };
    }
    let is_expression = pattern.kind == Kind::Expression;
    let response =
        toggle(ui, regex, is_expression, "A regular expression, matched character by character: ' does not find ’");
    if response.clicked() {
        pattern.kind = if is_expression { Kind::Words } else { Kind::Expression };
    }
    response
}

fn named(name: &str, on: bool) -> Chip<'_> {
    Chip { name, badge: None, text: name, key: "", state: Chosen::from(on) }
}

/// A short text in a bar, cut where there is no room.
pub fn says(ui: &mut Ui, color: egui::Color32, text: &str) {
    let text = RichText::new(text).font(fonts::plain(size::TEXT)).color(color);
    ui.add(egui::Label::new(text).truncate().selectable(false));
}
