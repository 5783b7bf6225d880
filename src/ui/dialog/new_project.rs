//! A new project: its name, where it stands, and what may be marked in it.

use super::{
    around::{Around, Outcome},
    card::{Answer, Card},
};
use crate::{
    text::slug::slug,
    ui::{
        kit::form::{self, FormState},
        wish::{Choice, Wish},
        words::{tr, tr_with},
    },
};

/// The codebook that ships.
const NEWS: &str = "news";

#[derive(Default)]
pub(super) struct NewProject {
    form: FormState,
    name: String,
    parent: String,
    codebook: Codebook,
    desktop: Desktop,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Codebook {
    #[default]
    News,
    Empty,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Desktop {
    #[default]
    Asked,
    DoesNotAnswer,
}

impl NewProject {
    pub fn in_folder(parent: &str) -> Self {
        Self { parent: parent.to_owned(), ..Self::default() }
    }

    pub fn choose(&mut self, paths: Vec<String>) {
        if let Some(path) = paths.into_iter().next() {
            self.parent = path;
        }
    }

    pub fn no_desktop_dialog(&mut self) {
        self.desktop = Desktop::DoesNotAnswer;
    }

    pub fn ui(&mut self, around: Around<'_>) -> Outcome {
        let mut wishes = Vec::new();
        let card = Card::new("New project", "Create the project");
        let Self { form, name, parent, codebook, desktop } = self;
        let answer = card.show(around.egui, around.tokens, form, |ui, form| {
            form.text(ui, &tr("Name"), &tr("Such as Harbour bridge"), name);
            if form.was_tried() && name.trim().is_empty() {
                form.problem(ui, &tr("Write a name for the project"));
            }
            form.row(ui, &tr("Folder"), |form, ui, _| {
                form::line(ui, |ui| {
                    let width = ui.available_width() - CHOOSE - ui.spacing().item_spacing.x;
                    form.bare_text(ui, &tr("Folder"), &tr("Where the project’s folder will stand"), width, parent);
                    if form::button(ui, &tr("Choose…")).clicked() {
                        wishes.push(Wish::Choose(Choice::FolderForProject));
                    }
                });
            });
            under_folder(ui, form, *desktop, name, parent);
            form.row(ui, &tr("Codebook"), |form, ui, _| {
                ui.add_space(4.0);
                form::radio(
                    ui,
                    form.tokens,
                    codebook,
                    Codebook::News,
                    &tr("News: claims, quotes, stances, sources, cues"),
                );
                form::radio(ui, form.tokens, codebook, Codebook::Empty, &tr("Empty, to be written"));
            });
        });
        match answer {
            Answer::Leave => Outcome::Leave,
            Answer::Confirm => self.confirm(),
            Answer::Stay if wishes.is_empty() => Outcome::Stay,
            Answer::Stay => Outcome::Wishes(wishes),
        }
    }

    fn confirm(&mut self) -> Outcome {
        let (name, parent) = (self.name.trim(), self.parent.trim());
        if name.is_empty() || parent.is_empty() {
            return Outcome::Stay;
        }
        let codebook = if self.codebook == Codebook::News { NEWS } else { "" };
        Outcome::Done(vec![Wish::CreateProject {
            folder: folder_of(parent, name),
            name: name.to_owned(),
            codebook: codebook.to_owned(),
        }])
    }
}

/// Room for the button beside the field, in points.
const CHOOSE: f32 = 80.0;

fn under_folder(ui: &mut egui::Ui, form: &form::Form<'_>, desktop: Desktop, name: &str, parent: &str) {
    if form.was_tried() && parent.trim().is_empty() {
        form.problem(ui, &tr("Say where the project’s folder will stand"));
    } else if desktop == Desktop::DoesNotAnswer {
        form.note(ui, &tr("The desktop shows no dialog here, so write the folder’s path"));
    } else if !parent.trim().is_empty() && !name.trim().is_empty() {
        let path = folder_of(parent.trim(), name.trim());
        form.note(ui, &tr_with("Makes the folder %{path}", &[("path", &path)]));
    }
}

/// The project's own folder below where it stands, with the separator that is used there.
fn folder_of(parent: &str, name: &str) -> String {
    let separator = if parent.contains('\\') && !parent.contains('/') { '\\' } else { '/' };
    format!("{}{separator}{}", parent.trim_end_matches(separator), slug(name, 60))
}
