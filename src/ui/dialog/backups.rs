//! Restoring a backup: which day’s state, and the new folder that it comes into. Nothing is replaced by it.

use egui::ScrollArea;

use super::{
    around::{Around, Outcome},
    card::{Card, CardAnswer},
    place::ProjectPlace,
};
use crate::ui::{
    kit::form::{self, FormState},
    wish::Wish,
    words::tr,
};

/// Height of the list of days, in points.
const LIST: f32 = 200.0;

pub(super) struct Backups {
    form: FormState,
    /// Such as `2026-11-30`, the newest first.
    days: Vec<String>,
    picked: usize,
    /// The project’s name, and the one that was made of it last.
    project: String,
    suggested: String,
    pub place: ProjectPlace,
}

impl Backups {
    pub fn of(days: Vec<String>, project: &str, parent: &str) -> Self {
        let (project, suggested) = (project.to_owned(), String::new());
        let place = ProjectPlace::of("", parent);
        Self { form: FormState::default(), days, picked: 0, project, suggested, place }
    }

    pub fn ui(&mut self, around: Around<'_>) -> Outcome {
        let mut wish = None;
        self.suggest_name();
        let Self { form, days, picked, place, .. } = self;
        let card = Card::new("Restore a backup", "Restore");
        let answer = card.show(around.egui, around.tokens, form, |ui, form| {
            form.row(ui, &tr("As it was on"), |form, ui, _| {
                ui.add_space(4.0);
                ScrollArea::vertical().max_height(LIST).show(ui, |ui| {
                    for (at, day) in days.iter().enumerate() {
                        form::radio(ui, form.tokens, picked, at, day);
                    }
                });
            });
            wish = place.ui(ui, form);
            form.note(
                ui,
                &tr("The project of that day opens from there, without its history. This one stays as it is"),
            );
        });
        match (answer, self.place.folder(), self.days.get(self.picked), wish) {
            (CardAnswer::Leave, ..) => Outcome::Leave,
            (CardAnswer::Confirm, Some(to), Some(day), _) => {
                Outcome::Done(vec![Wish::RestoreBackup { day: day.clone(), to }])
            }
            (_, _, _, Some(wish)) => Outcome::Wishes(vec![wish]),
            _ => Outcome::Stay,
        }
    }

    /// Names the folder after the day, as long as nobody has written a name.
    fn suggest_name(&mut self) {
        let Some(day) = self.days.get(self.picked) else { return };
        if self.place.name == self.suggested {
            self.suggested = tr!("{project} of {day}", project = self.project.as_str(), day = day.as_str());
            self.place.name.clone_from(&self.suggested);
        }
    }
}
