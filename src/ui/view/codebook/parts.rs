//! What the forms of the codebook have in common: new ids from names, fields for what is not text, rows that grow.
//! They write into drafts; whether a draft is allowed is not judged here.

use std::collections::BTreeMap;

use egui::Ui;

pub(super) use crate::text::slug::free_id;
use crate::{
    model::AttributeId,
    ui::kit::form::{self, Form, FormState},
    ui::words::tr,
};

/// What is half written: names of things to add, and the one value that is being typed and can’t be read yet.
#[derive(Debug, Default)]
pub(super) struct Pending {
    /// Names being written, by the field’s name.
    names: BTreeMap<&'static str, String>,
    /// The name of the field that was unfolded to add something.
    adding: Option<&'static str>,
    /// State of that field, so that it takes the focus when it unfolds.
    is_new: FormState,
    /// The field’s name and its text, while the text differs from how its value would be shown.
    typing: Option<(String, String)>,
    /// The attribute that is unfolded.
    pub open: Option<AttributeId>,
    /// Whether the focus is to go to the extent of the label with the next frame.
    pub at_extent: bool,
}

impl Pending {
    /// A link that, clicked, becomes a field and a button; gives the name once it is confirmed. `text` and `name` are
    /// English; `name` tells the fields apart.
    pub fn folded_adder(&mut self, ui: &mut Ui, form: &Form<'_>, text: &str, name: &'static str) -> Option<String> {
        if self.adding == Some(name) {
            return self.adder(ui, form, name);
        }
        if form::link_button(ui, form.tokens, &tr(text)).clicked() {
            self.adding = Some(name);
            self.is_new = FormState::default();
        }
        None
    }

    /// A field and a button; gives the name, without white space at its ends, once it is confirmed. The field is
    /// emptied by it and keeps the focus, so that several things can be added in a row.
    pub fn adder(&mut self, ui: &mut Ui, form: &Form<'_>, name: &'static str) -> Option<String> {
        let is_unfolded = self.adding == Some(name);
        let text = self.names.entry(name).or_default();
        let mut line = match self.adding {
            Some(adding) if adding == name => Form::asking(form.tokens, &mut self.is_new),
            _ => Form::standing(form.tokens),
        };
        let button = tr("Add");
        let (field, clicked) = ui
            .horizontal(|ui| {
                let width = (ui.available_width() - 64.0).min(280.0);
                // An unfolded field stands where the words were that say of what the name is.
                let hint = if is_unfolded { tr("Name") } else { tr(name) };
                let field = line.bare_text(ui, &tr(name), &hint, width, text);
                let clicked = form::button(ui, &button).accessible_name(format!("{button}: {}", tr(name))).clicked();
                (field, clicked)
            })
            .inner;
        if line.was_entered() {
            field.request_focus();
        }
        let is_wanted = (line.was_entered() || clicked) && !text.trim().is_empty();
        is_wanted.then(|| std::mem::take(text).trim().to_owned())
    }

    /// Cuts what is typed to its last character, for a field that holds one.
    pub fn keep_short(&mut self) {
        if let Some((_, text)) = &mut self.typing
            && let Some(last) = text.chars().last().filter(|_| text.chars().count() > 1)
        {
            *text = last.to_string();
        }
    }

    /// A field for a value that not every text is, such as a number. `show` writes the value, `parse` reads it; a
    /// text that can’t be read stays in the field and leaves the value as it was. `width` is in points.
    pub fn typed<T>(
        &mut self,
        ui: &mut Ui,
        form: &mut Form<'_>,
        (name, hint, width): (&str, &str, f32),
        value: &mut T,
        (show, parse): (impl Fn(&T) -> String, impl Fn(&str) -> Option<T>),
    ) -> Typed {
        let held = self.typing.take_if(|(field, _)| field == name).map(|(_, text)| text);
        let mut text = held.unwrap_or_else(|| show(value));
        let response = form.bare_text(ui, name, hint, width, &mut text);
        let parsed = parse(&text);
        let is_value = parsed.is_some();
        if let Some(parsed) = parsed.filter(|_| response.changed()) {
            *value = parsed;
        }
        if response.has_focus() {
            self.typing = Some((name.to_owned(), text));
        }
        if is_value { Typed::Value } else { Typed::Nothing }
    }
}

/// Whether the text in a field can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    Value,
    Nothing,
}

/// A field in which every line is an entry of a list. Empty lines are kept while it is written; the codebook drops
/// them.
pub(super) fn lines_field(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (name, hint): (&str, &str),
    rows: usize,
    lines: &mut Vec<String>,
) {
    let mut text = lines.join("\n");
    if form.paragraph(ui, name, hint, rows, &mut text).changed() {
        *lines = text.split('\n').map(str::to_owned).collect();
    }
}
