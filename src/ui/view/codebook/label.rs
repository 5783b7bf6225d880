//! The form of a label: its name, how it looks, its key, what it is for, and what it asks.
//!
//! What is wrong is shown at its field (`IN_PLACE` lists the codes). A key that a command has too is no fault of the
//! codebook, but said, as it would mark nothing here.

use egui::{
    Color32, CornerRadius, Id, Rect, RichText, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, accesskit::Role, pos2,
    vec2,
};

use super::{
    attribute::attributes_ui,
    parts::{Pending, Typed, lines_field},
};
use crate::{
    diagnostic::Diagnostic,
    model::{Extent, Label, LabelColor, LinePattern, Rgb},
    ui::{
        keys::change,
        kit::{
            focus,
            form::{self, Form},
            pattern::paint_line,
            segmented,
        },
        settings::Settings,
        theme::{SWATCH_NAMES, SWATCHES, Tokens, fonts, size, space},
        view::drawn,
        words::{phrase, tr},
    },
};

/// Draws the form. `problem` is what the codebook would refuse of the draft as it is.
pub(super) fn label_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    pending: &mut Pending,
    settings: &Settings,
    label: &mut Label,
    problem: Option<&Diagnostic>,
) {
    let wrong = |code: &str| problem.filter(|p| p.code == code).map(|p| phrase(&p.message));
    form.text(ui, &tr("Name"), "", &mut label.name);
    if let Some(text) = wrong("no-name") {
        form.problem(ui, &text);
    }
    initials_and_key(ui, form, pending, label);
    if let Some(text) = ["bad-initials", "key-clash", "bad-key"].into_iter().find_map(wrong) {
        form.problem(ui, &text);
    } else if let Some((key, row)) = label.key.and_then(|key| Some((key, change::command_of(key, settings)?))) {
        let name = tr(row.text);
        let command = name.trim_end_matches('…');
        let text = tr!("{key} is the key of “{command}”, so it marks nothing: choose another", key = &key, command);
        form.problem(ui, &text);
    }
    colors_ui(ui, form, pending, &mut label.color);
    patterns_ui(ui, form, label);
    form.row(ui, &tr("Appearance"), |form, ui, _| sample_ui(ui, form.tokens, label));
    extent_ui(ui, form, pending, label);
    form::gap(ui);
    form.paragraph(ui, &tr("Description"), &tr("When to use it, in a sentence"), 2, &mut label.description);
    lines_field(ui, form, (&tr("Examples"), &tr("One per line")), 2, &mut label.examples);
    form::gap(ui);
    attributes_ui(ui, form, pending, &mut label.attributes);
}

/// Initials and key, side by side. Of what is typed as a key the last character counts, in lower case.
fn initials_and_key(ui: &mut Ui, form: &mut Form<'_>, pending: &mut Pending, label: &mut Label) {
    form.row(ui, &tr("Initials"), |form, ui, _| {
        form::line(ui, |ui| {
            form.bare_text(ui, &tr("Initials"), "", SHORT, &mut label.initials);
            ui.add_space(space::L);
            ui.label(RichText::new(tr("Key")).color(form.tokens.soft_ink));
            let show = |key: &Option<char>| key.map(String::from).unwrap_or_default();
            // The last character counts, so that pressing a key is enough.
            let parse = |text: &str| match text.trim().chars().last() {
                None => Some(None),
                Some(key) if key.is_alphanumeric() => Some(key.to_lowercase().next()),
                Some(_) => None,
            };
            let name = tr("Key");
            let typed = pending.typed(ui, form, (&name, "", SHORT), &mut label.key, (show, parse));
            pending.keep_short();
            let note = match typed {
                Typed::Value if label.key.is_some_and(|key| key.is_ascii_digit()) => {
                    tr("Marks first, whatever sign the same key types")
                }
                Typed::Value => tr("The key that marks with this label"),
                Typed::Nothing => tr("A key is a digit or a letter"),
            };
            ui.label(RichText::new(note).font(fonts::plain(size::SMALL)).color(form.tokens.soft_ink));
        });
    });
}

/// Width of a field for one or two letters, in points.
const SHORT: f32 = 48.0;
/// Width of a field for a colour, in points.
const HEX: f32 = 84.0;

/// Swatches, which are told apart by colour-blind readers, and the two hexadecimal values for light and dark themes.
fn colors_ui(ui: &mut Ui, form: &mut Form<'_>, pending: &mut Pending, color: &mut LabelColor) {
    form.row(ui, &tr("Colour"), |form, ui, _| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            for (swatch, name) in SWATCHES.into_iter().zip(SWATCH_NAMES) {
                if swatch_ui(ui, form.tokens, swatch, &tr(name), *color == swatch).clicked() {
                    *color = swatch;
                }
            }
        });
        form::line(ui, |ui| {
            let mut hex = |ui: &mut Ui, word: &str, name: &str, value: &mut Rgb| {
                ui.label(RichText::new(tr(word)).font(fonts::plain(size::SMALL)).color(form.tokens.soft_ink));
                pending.typed(
                    ui,
                    form,
                    (&tr(name), "", HEX),
                    value,
                    (Rgb::to_string, |text: &str| text.trim().parse().ok()),
                )
            };
            let light = hex(ui, "Light", "Colour in the light theme", &mut color.light);
            let dark = hex(ui, "Dark", "Colour in the dark theme", &mut color.dark);
            if light == Typed::Nothing || dark == Typed::Nothing {
                let text = tr("Six hexadecimal digits");
                ui.label(RichText::new(text).font(fonts::plain(size::SMALL)).color(form.tokens.danger));
            }
        });
    });
}

/// A colour to choose, with its name for screen readers.
fn swatch_ui(ui: &mut Ui, tokens: &Tokens, color: LabelColor, name: &str, is_picked: bool) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(size::SWATCH), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_picked, name));
    let look = tokens.label(color);
    ui.painter().rect_filled(rect.shrink(4.0), CornerRadius::same(size::RADIUS), look.line);
    ring(ui, tokens, rect, &response, is_picked.then_some(look.line));
    response.on_hover_text(name)
}

/// A ring around what is picked or has the focus.
fn ring(ui: &Ui, tokens: &Tokens, rect: Rect, response: &egui::Response, picked: Option<Color32>) {
    let radius = CornerRadius::same(size::RADIUS);
    let stroke = match picked {
        _ if response.has_focus() => tokens.focus(),
        Some(color) => Stroke::new(size::FOCUS, color),
        None if response.hovered() => tokens.edge(),
        None => return,
    };
    ui.painter().rect_stroke(rect, radius, stroke, StrokeKind::Inside);
}

/// The line patterns, each as the page draws it.
fn patterns_ui(ui: &mut Ui, form: &mut Form<'_>, label: &mut Label) {
    let look = form.tokens.label(label.color);
    form.row(ui, &tr("Line"), |form, ui, _| {
        form::line(ui, |ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            for pattern in LinePattern::ALL {
                let (rect, response) = ui.allocate_exact_size(vec2(size::SAMPLE, size::FORM_ROW), Sense::click());
                let is_picked = label.pattern == pattern;
                let name = tr(name_of(pattern));
                response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_picked, &*name));
                let left = pos2(rect.left() + space::S, rect.center().y);
                paint_line(ui.painter(), drawn(pattern), left, rect.width() - 2.0 * space::S, look.line);
                ring(ui, form.tokens, rect, &response, is_picked.then_some(look.line));
                if response.on_hover_text(name).clicked() {
                    label.pattern = pattern;
                }
            }
        });
    });
}

/// English, for the screen’s door.
fn name_of(pattern: LinePattern) -> &'static str {
    match pattern {
        LinePattern::Solid => "Solid",
        LinePattern::Dashed => "Dashed",
        LinePattern::Dotted => "Dotted",
        LinePattern::Double => "Double",
        LinePattern::Wavy => "Wavy",
    }
}

/// How far over a quotation the label’s marks reach. The focus comes here where the editor was opened for it.
fn extent_ui(ui: &mut Ui, form: &mut Form<'_>, pending: &mut Pending, label: &mut Label) {
    form.row(ui, &tr("Extent"), |form, ui, _| {
        let all = Extent::ALL.map(|extent| {
            let text = tr(text_of(extent));
            (extent, format!("{}: {text}", tr("Extent")), text)
        });
        ui.set_max_width(EXTENT);
        let id = Id::unique("extent of a label");
        // The list of commands that leads here is still open in the first frame, and would keep the focus.
        if pending.at_extent && ui.memory(|memory| memory.top_modal_layer().is_none()) {
            pending.at_extent = false;
            focus::give_to_next(ui);
        }
        if let Some(extent) = segmented::one_of(ui, form.tokens, id, label.extent, &all) {
            label.extent = extent;
        }
    });
    form.note(ui, &tr("What is marked when the words are inside quotation marks"));
}

/// Width of the segments, in points.
const EXTENT: f32 = 440.0;

/// English, for the screen’s door.
fn text_of(extent: Extent) -> &'static str {
    match extent {
        Extent::Words => "The selected words",
        Extent::Quotation => "The quotation",
        Extent::QuotationWithMarks => "The quotation with its marks",
    }
}

/// A few words as the page would show them with this label.
fn sample_ui(ui: &mut Ui, tokens: &Tokens, label: &Label) {
    let look = tokens.label(label.color);
    let parts = [tr("She said the bridge"), tr("has been keeping count"), tr("of the winters.")];
    let lay = |text: &str| ui.painter().layout_no_wrap(text.to_owned(), fonts::serif(size::LEAD), tokens.ink);
    let galleys = parts.each_ref().map(|p| lay(p));
    let blank = space::XS + 1.0;
    let width = galleys.iter().map(|g| g.size().x).sum::<f32>() + 2.0 * blank;
    let (rect, _) = ui.allocate_exact_size(vec2(width, size::FORM_ROW + space::XS), Sense::hover());
    let mut x = rect.left();
    for (at, galley) in galleys.into_iter().enumerate() {
        let place = Rect::from_min_size(pos2(x, rect.center().y - galley.size().y / 2.0), galley.size());
        if at == 1 {
            ui.painter().rect_filled(place, 0.0, look.tint);
            paint_line(
                ui.painter(),
                drawn(label.pattern),
                pos2(place.left(), place.bottom() + 1.0),
                place.width(),
                look.line,
            );
        }
        x += galley.size().x + blank;
        ui.painter().galley(place.min, galley, tokens.ink);
    }
}
