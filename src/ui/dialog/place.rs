//! The place of a folder that is to be made: what it is called, and where it will stand.
//!
//! Shared by the cards for a new project, for saving elsewhere and for restoring. It makes nothing on the disk, and
//! does not look whether the folder is there.

use egui::Ui;

use crate::{
    text::slug::slug,
    ui::{
        kit::form::{self, Form},
        wish::{Choice, Wish},
        words::tr,
    },
};

/// Width of the button beside the field, in points.
const CHOOSE: f32 = 80.0;

/// The fields for a place, and what is written in them.
#[derive(Default)]
pub(super) struct ProjectPlace {
    /// As it is written; the folder is named after it.
    pub name: String,
    /// The folder in which the new one will stand.
    pub parent: String,
    /// Whether the desktop can be asked for a folder.
    desktop: Desktop,
}

/// Whether the desktop has a dialog for choosing a folder.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Desktop {
    /// It has one, as far as is known.
    #[default]
    Asked,
    /// It showed none, so that the path has to be written.
    DoesNotAnswer,
}

impl ProjectPlace {
    /// With both fields filled in.
    pub fn of(name: &str, parent: &str) -> Self {
        Self { name: name.to_owned(), parent: parent.to_owned(), desktop: Desktop::default() }
    }

    /// Takes the parent folder that was chosen; nothing where the dialog was cancelled.
    pub fn choose(&mut self, paths: Vec<String>) {
        if let Some(path) = paths.into_iter().next() {
            self.parent = path;
        }
    }

    /// Says from now on that the path has to be written.
    pub fn no_desktop_dialog(&mut self) {
        self.desktop = Desktop::DoesNotAnswer;
    }

    /// The path of the folder that is to be made: the parent, and the name in letters that every file system takes
    /// (`text::slug`, at most 60 characters). `None` as long as either field is empty.
    pub fn folder(&self) -> Option<String> {
        let (name, parent) = (self.name.trim(), self.parent.trim());
        if name.is_empty() || parent.is_empty() {
            return None;
        }
        let separator = if parent.contains('\\') && !parent.contains('/') { '\\' } else { '/' };
        Some(format!("{}{separator}{}", parent.trim_end_matches(separator), slug(name, 60)))
    }

    /// Draws both fields; gives the wish for the desktop’s dialog where its button was clicked.
    pub fn ui(&mut self, ui: &mut Ui, form: &mut Form<'_>) -> Option<Wish> {
        form.text(ui, &tr("Name"), &tr("Such as Harbour bridge"), &mut self.name);
        if form.was_tried() && self.name.trim().is_empty() {
            form.problem(ui, &tr("Write a name for the project"));
        }
        let mut wish = None;
        form.row(ui, &tr("Folder"), |form, ui, _| {
            form::line(ui, |ui| {
                let width = ui.available_width() - CHOOSE - ui.spacing().item_spacing.x;
                let hint = tr("The folder’s path");
                form.bare_text(ui, &tr("Folder"), &hint, width, &mut self.parent);
                if form::button(ui, &tr("Choose…")).clicked() {
                    wish = Some(Wish::Choose(Choice::FolderForProject));
                }
            });
        });
        self.under_folder(ui, form);
        wish
    }

    /// What is missing, or which folder will be made.
    fn under_folder(&self, ui: &mut Ui, form: &Form<'_>) {
        if form.was_tried() && self.parent.trim().is_empty() {
            form.problem(ui, &tr("Choose where to put the project’s folder"));
        } else if self.desktop == Desktop::DoesNotAnswer {
            form.note(ui, &tr("There is no file dialog here, so type the folder’s path"));
        } else if let Some(path) = self.folder() {
            form.note(ui, &tr!("Creates the folder {path}", path));
        }
    }
}
