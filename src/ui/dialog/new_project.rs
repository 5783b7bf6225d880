//! A new project: its name, where it stands, and which codebook it begins with.
//!
//! The project gets a folder of its own inside the one that is chosen, named after the project in letters that every file
//! system takes. Whether that folder can be made is found out by whoever makes it, and told then.

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

/// The name of the codebook that ships, as `Wish::CreateProject` has it.
const NEWS: &str = "news";

/// The card, as far as it is filled in.
#[derive(Default)]
pub(super) struct NewProject {
    form: FormState,
    pub place: ProjectPlace,
    codebook: Codebook,
}

/// What the new project’s codebook begins with.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Codebook {
    /// The one that ships, for news.
    #[default]
    News,
    /// No label at all.
    Empty,
}

impl NewProject {
    /// With a folder already written, which the user may change.
    pub fn in_folder(parent: &str) -> Self {
        Self { place: ProjectPlace::of("", parent), ..Self::default() }
    }

    /// Draws the card; it confirms once it has a name and a folder.
    pub fn ui(&mut self, around: Around<'_>) -> Outcome {
        let mut wish = None;
        let card = Card::new("New project", "Create the project");
        let Self { form, place, codebook } = self;
        let answer = card.show(around.egui, around.tokens, form, |ui, form| {
            wish = place.ui(ui, form);
            form.row(ui, &tr("Codebook"), |form, ui, _| {
                ui.add_space(4.0);
                form::radio(
                    ui,
                    form.tokens,
                    codebook,
                    Codebook::News,
                    &tr("News: claims, quotes, stances, sources, cues"),
                );
                form::radio(ui, form.tokens, codebook, Codebook::Empty, &tr("Empty, for labels of your own"));
            });
        });
        match (answer, self.place.folder(), wish) {
            (CardAnswer::Leave, ..) => Outcome::Leave,
            (CardAnswer::Confirm, Some(folder), _) => {
                let codebook = if self.codebook == Codebook::News { NEWS } else { "" };
                let name = self.place.name.trim().to_owned();
                Outcome::Done(vec![Wish::CreateProject { folder, name, codebook: codebook.to_owned() }])
            }
            (_, _, Some(wish)) => Outcome::Wishes(vec![wish]),
            _ => Outcome::Stay,
        }
    }
}
