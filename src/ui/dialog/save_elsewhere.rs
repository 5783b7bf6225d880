//! Where the project goes on, because it can't be saved where it is, or is to be somewhere else.
//!
//! A folder of its own gets the snapshot, the history and everything that could not be written down; the session goes
//! on in it.

use super::{
    around::{Around, Outcome},
    card::{Card, CardAnswer},
    place::ProjectPlace,
};
use crate::ui::{kit::form::FormState, wish::Wish, words::tr};

/// The card.
pub(super) struct SaveElsewhere {
    form: FormState,
    pub place: ProjectPlace,
}

impl SaveElsewhere {
    /// With the project’s own name, and the folder for new projects.
    pub fn of(name: &str, parent: &str) -> Self {
        Self { form: FormState::default(), place: ProjectPlace::of(name, parent) }
    }

    /// Draws the card; it confirms once it has a name and a folder.
    pub fn ui(&mut self, around: Around<'_>) -> Outcome {
        let mut wish = None;
        let Self { form, place } = self;
        let answer = Card::new("Save elsewhere", "Save there").show(around.egui, around.tokens, form, |ui, form| {
            wish = place.ui(ui, form);
            form.note(ui, &tr("Everything is saved there, and you continue there. The old folder stays as it is"));
        });
        match (answer, self.place.folder(), wish) {
            (CardAnswer::Leave, ..) => Outcome::Leave,
            (CardAnswer::Confirm, Some(to), _) => Outcome::Done(vec![Wish::SaveElsewhere { to }]),
            (_, _, Some(wish)) => Outcome::Wishes(vec![wish]),
            _ => Outcome::Stay,
        }
    }
}
