//! Restoring a backup: which day’s state, and the new folder that it comes into. Nothing is replaced by it.
//!
//! Which days there are is read by the window before the card opens (`Wish::ListBackups`).

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

/// The card: the day that is picked, and the place for the new folder.
pub(super) struct Backups {
    form: FormState,
    /// Dates in UTC such as `2026-11-30`, the newest first; never empty, or the card does not open.
    days: Vec<String>,
    /// Which of `days`, from 0.
    picked: usize,
    /// The project’s name, from which the new folder’s name is made.
    project: String,
    /// The name that was suggested last. What differs from it was written by the user and stays.
    suggested: String,
    pub place: ProjectPlace,
}

impl Backups {
    /// With the newest day picked, and `parent` as the folder to put it in.
    pub fn of(days: Vec<String>, project: &str, parent: &str) -> Self {
        let (project, suggested) = (project.to_owned(), String::new());
        let place = ProjectPlace::of("", parent);
        Self { form: FormState::default(), days, picked: 0, project, suggested, place }
    }

    /// Draws the card. It confirms only once it knows a folder.
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
                &tr("That day’s project opens from the new folder, without its history. This one stays as it is"),
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
