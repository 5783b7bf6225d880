//! Who marks: asked once, when the first project is opened, and again when somebody else takes over.
//!
//! Everybody has a layer of their own in each article, so the name decides into which layer marks go.

use egui::{Button, Ui};

use super::{
    around::{Around, Outcome},
    card::{Card, CardAnswer},
};
use crate::{
    command::{Command, project::ProjectCommand},
    model::Project,
    ui::{kit::form::FormState, theme::size, wish::Wish, words::tr},
};

/// The card, with the name as far as it is written.
#[derive(Default)]
pub(super) struct Annotator {
    form: FormState,
    /// `None` until something is written: then it is the name from the settings.
    name: Option<String>,
}

impl Annotator {
    /// Draws the card. A click on a name that the project knows is an answer by itself.
    ///
    /// An empty name is never taken: the card stays and says what is missing.
    pub fn ui(&mut self, around: Around<'_>) -> Outcome {
        let Self { form, name } = self;
        let name = name.get_or_insert_with(|| around.settings.annotator.clone());
        let project = around.ctx.map(|c| c.session.project());
        let known: Vec<String> =
            project.into_iter().flat_map(Project::annotators).map(|(_, a)| a.name.clone()).collect();
        let mut picked = None;
        let answer =
            Card::new("Who is annotating?", "Use this name").show(around.egui, around.tokens, form, |ui, form| {
                form.text(ui, &tr("Name"), &tr("Your name or initials"), name);
                if form.was_tried() && name.trim().is_empty() {
                    form.problem(ui, &tr("Write your name or initials"));
                } else {
                    form.note(ui, &tr("Everyone’s marks are kept separately, under their own name"));
                }
                if !known.is_empty() {
                    form.row(ui, &tr("In this project"), |_, ui, _| picked = known_ui(ui, &known, name));
                }
            });
        if let Some(who) = picked {
            return work_as(&who);
        }
        match answer {
            CardAnswer::Stay => Outcome::Stay,
            CardAnswer::Leave => Outcome::Leave,
            CardAnswer::Confirm if name.trim().is_empty() => Outcome::Stay,
            CardAnswer::Confirm => work_as(name),
        }
    }
}

/// The annotators of the project, a button each; gives the one that was clicked.
fn known_ui(ui: &mut Ui, known: &[String], name: &str) -> Option<String> {
    let mut picked = None;
    ui.horizontal_wrapped(|ui| {
        for who in known {
            let button = Button::new(who.as_str()).selected(who == name).min_size(egui::vec2(0.0, size::FORM_ROW));
            if ui.add(button).clicked() {
                picked = Some(who.clone());
            }
        }
    });
    picked
}

/// Closes the card and switches to the annotator of this name, who is added where the project has none.
fn work_as(name: &str) -> Outcome {
    Outcome::Done(vec![Wish::Run(Command::Project(ProjectCommand::WorkAs(name.trim().to_owned())))])
}
