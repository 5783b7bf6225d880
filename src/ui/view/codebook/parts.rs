//! What the forms of the codebook have in common: new ids from names, fields for what is not text, rows that grow.

use std::collections::BTreeMap;

use egui::Ui;

pub(super) use crate::text::slug::free_id;
use crate::{
    model::AttributeId,
    ui::kit::form::{self, Form, FormState},
    ui::words::tr,
};

/// What is half written: names of things to add, and the one value that is being typed and is no value yet.
#[derive(Debug, Default)]
pub(super) struct Pending {
    names: BTreeMap<&'static str, String>,
    /// The field that was unfolded to add something.
    adding: Option<&'static str>,
    is_new: FormState,
    typing: Option<(String, String)>,
    /// The attribute that is unfolded.
    pub open: Option<AttributeId>,
    /// Whether the focus is still to go to the extent of the label.
    pub at_extent: bool,
}

impl Pending {
    /// A word that, clicked, becomes a field and a button to add something by its name.
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

    /// A field and a button that add something by its name.
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

    /// Lets a field of one character show its last one alone.
    pub fn keep_short(&mut self) {
        if let Some((_, text)) = &mut self.typing
            && let Some(last) = text.chars().last().filter(|_| text.chars().count() > 1)
        {
            *text = last.to_string();
        }
    }

    /// A field for a value that not every text is; gives whether what stands there is one.
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

/// Whether a text is a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    Value,
    Nothing,
}

/// Lines of a field as rows, and back: nothing is lost while it is written.
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
