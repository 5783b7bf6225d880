//! An export: which format, and what it would leave out, before the file is chosen.
//!
//! What is left out is worked out by the window for the open project before the card opens; the card writes nothing
//! itself.

use super::{
    around::{Around, Outcome},
    card::{Card, CardAnswer},
};
use crate::ui::{
    kit::form::{self, FormState},
    wish::{Choice, Wish},
    words::tr,
};

/// A format to choose, and what it can't carry of this project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportFormat {
    /// As the table of formats and the command line call it.
    pub name: String,
    /// What it is, in one sentence without a full stop.
    pub description: String,
    /// What of this project the format can’t carry, a phrase each; empty where it carries everything.
    pub left_out: Vec<String>,
}

/// The card. It closes when a file has been chosen; until then another format can be picked.
pub(super) struct Export {
    form: FormState,
    formats: Vec<ExportFormat>,
    /// Index of the format into `formats`.
    picked: usize,
    /// A path written by hand; `None` unless the desktop turned out to have no dialog.
    path: Option<String>,
}

impl Export {
    /// With the first format picked.
    pub fn of(formats: &[ExportFormat]) -> Self {
        Self { form: FormState::default(), formats: formats.to_vec(), picked: 0, path: None }
    }

    /// Shows a field for the path from now on. The form is new, since the field comes up while the card is open.
    pub fn no_desktop_dialog(&mut self) {
        self.path.get_or_insert_default();
        self.form = FormState::default();
    }

    /// The wish to write the picked format to this path.
    pub fn wish(&self, to: String) -> Wish {
        let format = self.formats.get(self.picked).map(|f| f.name.clone()).unwrap_or_default();
        Wish::Export { format, to }
    }

    /// Draws the card; where the desktop has a dialog, confirming opens that and the card waits for it.
    pub fn ui(&mut self, around: Around<'_>) -> Outcome {
        let Self { form, formats, picked, path } = self;
        let confirm = if path.is_some() { "Export" } else { "Choose a file…" };
        let answer = Card::new("Export", confirm).show(around.egui, around.tokens, form, |ui, form| {
            form.row(ui, &tr("Format"), |form, ui, _| {
                ui.add_space(4.0);
                for (at, format) in formats.iter().enumerate() {
                    let text = format!("{} ({})", tr(&format.description), format.name);
                    form::radio(ui, form.tokens, picked, at, &text);
                }
            });
            for left_out in formats.get(*picked).into_iter().flat_map(|f| &f.left_out) {
                form.note(ui, &tr!("Leaves out: {what}", what = left_out));
            }
            if let Some(path) = path {
                form.text(ui, &tr("Path"), &tr("A file’s path"), path);
                form.note(ui, &tr("There is no file dialog here, so type the path"));
            }
        });
        let written = self.path.as_deref().map(str::trim);
        match (answer, written) {
            (CardAnswer::Leave, _) => Outcome::Leave,
            (CardAnswer::Confirm, None) => Outcome::Wishes(vec![Wish::Choose(Choice::FileForExport)]),
            (CardAnswer::Confirm, Some(to)) if !to.is_empty() => Outcome::Done(vec![self.wish(to.to_owned())]),
            _ => Outcome::Stay,
        }
    }
}
