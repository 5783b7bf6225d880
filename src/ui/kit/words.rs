//! Words as widgets: a line, a paragraph, and what is said while the pointer rests somewhere.
//!
//! How words are cut, wrapped and shaped is `ui::typeset`'s; what is painted without being a widget comes from
//! there through this module too.

use egui::{
    Color32, FontId, Label, Response, RichText, Sense, Ui, WidgetInfo,
    accesskit::Role,
    text::{LayoutJob, TextFormat},
};

pub use crate::ui::typeset::{
    Direction, direction_of, needs_engine,
    words::{Words, elided, end_of, line, on_one_line, paragraph, whole, wrapped},
};

/// One line that can't be clicked, cut to the room there is.
pub fn line_ui(ui: &mut Ui, role: Role, text: &str, font: FontId, color: Color32) -> Response {
    let words = elided(ui.painter(), text, font, color, ui.available_width());
    words_ui(ui, role, text, words)
}

/// Words over as many lines as they need.
pub fn paragraph_ui(ui: &mut Ui, text: &str, font: FontId, color: Color32) -> Response {
    if !needs_engine(text) {
        return ui.add(Label::new(RichText::new(text).font(font).color(color)).wrap());
    }
    let words = paragraph(ui.painter(), text, font, color, ui.available_width());
    words_ui(ui, Role::Label, text, words)
}

/// Words in several fonts over as many lines as they need; in the first of these where egui can't set them.
pub fn mixed_paragraph_ui(ui: &mut Ui, parts: &[(&str, FontId)], color: Color32) -> Response {
    let text: String = parts.iter().map(|(words, _)| *words).collect();
    let first = parts.first().map(|(_, font)| font.clone()).unwrap_or_default();
    if parts.len() < 2 || needs_engine(&text) {
        return paragraph_ui(ui, &text, first, color);
    }
    let mut job = LayoutJob::default();
    for (words, font) in parts {
        job.append(words, 0.0, TextFormat::simple(font.clone(), color));
    }
    ui.add(Label::new(job).wrap())
}

/// Takes the room that words need and paints them, under an accessible name of the whole text, even where it was cut.
fn words_ui(ui: &mut Ui, role: Role, text: &str, words: Words) -> Response {
    let (rect, response) = ui.allocate_exact_size(words.size(), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(role, true, text));
    if ui.is_rect_visible(rect) {
        words.paint(ui.painter(), rect.min);
    }
    response
}

/// Says some words while the pointer rests here.
pub fn hint(response: Response, text: &str) -> Response {
    if !needs_engine(text) {
        return response.on_hover_text(text);
    }
    response.on_hover_ui(|ui| {
        let (font, color) = (egui::TextStyle::Body.resolve(ui.style()), ui.visuals().text_color());
        paragraph_ui(ui, text, font, color);
    })
}
