//! Attributes in a form: one line each, and the one that is open as a form of its own.
//!
//! Used for attributes of labels and of relation kinds, and for the questions asked of an article. The form changes a
//! draft; what is not allowed is found by `CodebookRow::problem` and told by the editor.

use egui::{CornerRadius, Frame, Margin, RichText, Ui};

use super::parts::{Pending, free_id};
use crate::{
    command::codebook_row::conditions,
    model::{Attribute, AttributeId, AttributeKind, Choice, ChoiceId, Condition, Number},
    text::Phrase,
    ui::{
        kit::{
            button,
            form::{self, Form},
            picker::picker,
        },
        theme::{Tokens, fonts, size, space},
        words::{phrase, tr},
    },
};

/// The attributes of a label or kind, one of them unfolded as a form, and a field to add another.
pub(super) fn attributes_ui(ui: &mut Ui, form: &mut Form<'_>, pending: &mut Pending, attributes: &mut Vec<Attribute>) {
    form::caption(ui, form.tokens, &tr("Attributes"));
    let mut removed = None;
    for at in 0..attributes.len() {
        let others = conditions(attributes);
        let attribute = &mut attributes[at];
        if pending.open.as_ref() != Some(&attribute.id) {
            if closed_ui(ui, form.tokens, attribute).clicked() {
                pending.open = Some(attribute.id.clone());
            }
            continue;
        }
        let done = card(form.tokens)
            .show(ui, |ui| {
                attribute_ui(ui, form, pending, attribute);
                required_ui(ui, form, attribute, &others);
                form::line(ui, |ui| {
                    let remove = tr!("Remove the attribute {name}", name = &attribute.name);
                    if form::danger_button(ui, form.tokens, &tr("Remove")).accessible_name(remove).clicked() {
                        removed = Some(at);
                    }
                    form::button(ui, &tr("Collapse")).clicked()
                })
            })
            .inner;
        if done {
            pending.open = None;
        }
    }
    if let Some(at) = removed {
        attributes.remove(at);
    }
    if let Some(name) = pending.folded_adder(ui, form, "Add an attribute…", "Name of a new attribute") {
        let is_taken = |id: &AttributeId| attributes.iter().any(|a| a.id == *id);
        let id = free_id(&name, AttributeId::new, is_taken);
        pending.open.clone_from(&id);
        attributes.extend(id.map(|id| new_attribute(id, name)));
    }
}

/// A new attribute: a text, not required, always shown, until something else is chosen.
pub(super) fn new_attribute(id: AttributeId, name: String) -> Attribute {
    Attribute { id, name, description: String::new(), kind: AttributeKind::Text, required: false, shown_when: None }
}

/// The frame around a part of a form.
pub(super) fn card(tokens: &Tokens) -> Frame {
    Frame::new()
        .fill(tokens.panel)
        .stroke(tokens.edge())
        .corner_radius(CornerRadius::same(size::RADIUS))
        .inner_margin(Margin::same(12))
}

/// An attribute as one line that unfolds on a click: its name, its choices or its kind, whether it is required.
fn closed_ui(ui: &mut Ui, tokens: &Tokens, attribute: &Attribute) -> egui::Response {
    let mut what = tr(KINDS[kind_of(attribute)]).into_owned();
    if !attribute.choices().is_empty() {
        let names: Vec<&str> = attribute.choices().iter().map(|c| c.name.as_str()).collect();
        what = names.join(", ");
    }
    let required = if attribute.required { tr("required") } else { tr("optional") };
    let mut job = egui::text::LayoutJob::default();
    let plain = |font, color| egui::TextFormat::simple(font, color);
    job.append(&attribute.name, 0.0, plain(fonts::strong(size::TEXT), tokens.ink));
    job.append(&format!("{what} · {required}"), space::S, plain(fonts::plain(size::SMALL), tokens.soft_ink));
    let button =
        egui::Button::new(job).truncate().fill(tokens.card).min_size(egui::vec2(ui.available_width(), size::FORM_ROW));
    let name = tr!("Attribute {name}", name = &attribute.name);
    ui.add(button).accessible_name(name)
}

/// The kinds of attribute in the order of [`kind_of`]; English, for the screen’s door.
const KINDS: [&str; 6] = ["One of several", "Any of several", "Text", "Target", "Number", "Yes or no"];

/// Index of the attribute’s kind in [`KINDS`].
fn kind_of(attribute: &Attribute) -> usize {
    match attribute.kind {
        AttributeKind::Choice(_) => 0,
        AttributeKind::Choices(_) => 1,
        AttributeKind::Text => 2,
        AttributeKind::Target => 3,
        AttributeKind::Number { .. } => 4,
        AttributeKind::YesNo => 5,
    }
}

/// The kind at an index of [`KINDS`]; choices are kept from one kind with choices to the other and lost with any
/// other kind.
fn of_kind(kind: usize, before: &Attribute) -> AttributeKind {
    let choices = before.choices().to_vec();
    match kind {
        0 => AttributeKind::Choice(choices),
        1 => AttributeKind::Choices(choices),
        3 => AttributeKind::Target,
        4 => AttributeKind::Number { least: None, most: None },
        5 => AttributeKind::YesNo,
        _ => AttributeKind::Text,
    }
}

/// The fields of an attribute: name, what it asks, kind of answer, and choices or bounds.
pub(super) fn attribute_ui(ui: &mut Ui, form: &mut Form<'_>, pending: &mut Pending, attribute: &mut Attribute) {
    form.text(ui, &tr("Attribute name"), "", &mut attribute.name);
    form.text(ui, &tr("Asks"), &tr("What it asks, in a sentence"), &mut attribute.description);
    form.row(ui, &tr("Answer"), |_, ui, label| {
        let mut picked = kind_of(attribute);
        let kinds = KINDS.into_iter().enumerate().map(|(at, kind)| (at, tr(kind).into_owned())).collect();
        picker(ui, "kind", size::PICKER, &mut picked, kinds).labelled_by(label);
        if picked != kind_of(attribute) {
            attribute.kind = of_kind(picked, attribute);
        }
    });
    match &mut attribute.kind {
        AttributeKind::Choice(choices) | AttributeKind::Choices(choices) => choices_ui(ui, form, pending, choices),
        AttributeKind::Number { least, most } => {
            form.row(ui, &tr("Range"), |form, ui, _| {
                form::line(ui, |ui| {
                    number_ui(ui, form, pending, &tr("Minimum"), least);
                    ui.label("–");
                    number_ui(ui, form, pending, &tr("Maximum"), most);
                });
            });
        }
        _ => {}
    }
}

/// A bound of a number; an empty field means that there is none.
fn number_ui(ui: &mut Ui, form: &mut Form<'_>, pending: &mut Pending, name: &str, value: &mut Option<Number>) {
    let show = |n: &Option<Number>| n.map(|n| n.get().to_string()).unwrap_or_default();
    let parse = |text: &str| match text.trim() {
        "" => Some(None),
        text => text.parse().ok().and_then(Number::new).map(Some),
    };
    pending.typed(ui, form, (name, name, 80.0), value, (show, parse));
}

/// The choices with their names, and a field to add one. A choice keeps its id when it is renamed, so that answers
/// keep their meaning.
fn choices_ui(ui: &mut Ui, form: &mut Form<'_>, pending: &mut Pending, choices: &mut Vec<Choice>) {
    form.row(ui, &tr("Choices"), |form, ui, _| {
        let mut removed = None;
        for (at, choice) in choices.iter_mut().enumerate() {
            form::line(ui, |ui| {
                let number = (at + 1).to_string();
                let width = (ui.available_width() - 64.0).min(280.0);
                let name = tr!("Choice {n}", n = &number);
                form.bare_text(ui, &name, "", width, &mut choice.name);
                let remove = tr!("Remove the choice {name}", name = &choice.name);
                if button::cross(ui, form.tokens, &remove).clicked() {
                    removed = Some(at);
                }
            });
        }
        if let Some(at) = removed {
            choices.remove(at);
        }
        if choices.is_empty() {
            let text = tr("Add at least one choice");
            ui.label(RichText::new(text).font(fonts::plain(size::SMALL)).color(form.tokens.danger));
        }
        if let Some(name) = pending.adder(ui, form, "Name of a new choice") {
            let id = free_id(&name, ChoiceId::new, |id| choices.iter().any(|c| c.id == *id));
            choices.extend(id.map(|id| Choice { id, name }));
        }
    });
}

/// Whether it is required, and the answer to another attribute of the same label or kind that it is shown with.
fn required_ui(ui: &mut Ui, form: &mut Form<'_>, attribute: &mut Attribute, others: &[(Condition, Phrase)]) {
    form.row(ui, &tr("Required"), |form, ui, _| {
        ui.add_space(space::XS);
        form::tick(ui, form.tokens, &mut attribute.required, &tr("Shown as missing until it is answered"));
    });
    let others: Vec<_> = others.iter().filter(|(condition, _)| condition.attribute != attribute.id).collect();
    if others.is_empty() {
        return;
    }
    form.row(ui, &tr("Shown"), |_, ui, label| {
        let mut all = vec![(None, tr("Always").into_owned())];
        all.extend(others.into_iter().map(|(condition, words)| (Some(condition.clone()), phrase(words))));
        picker(ui, "shown", size::PICKER, &mut attribute.shown_when, all).labelled_by(label);
    });
}
