//! Who marks: asked once, and again when somebody else takes over.

use egui::Button;

use super::{
    Around, Outcome,
    card::{Answer, Card},
};
use crate::{
    command::{Command, project::OfProject},
    ui::{kit::form::FormState, wish::Wish, words::tr},
};

#[derive(Default)]
pub(super) struct Annotator {
    form: FormState,
    /// `None` until something is written: then it is the name from the settings.
    name: Option<String>,
}

impl Annotator {
    pub fn ui(&mut self, around: Around<'_>) -> Outcome {
        let Self { form, name } = self;
        let name = name.get_or_insert_with(|| around.settings.annotator.clone());
        let project = around.ctx.map(|c| c.session.project());
        let known: Vec<String> = project
            .into_iter()
            .flat_map(crate::model::project::Project::annotators)
            .map(|(_, a)| a.name.clone())
            .collect();
        let mut picked = None;
        let answer =
            Card::new("Who marks?", "Mark under this name").show(around.egui, around.tokens, form, |ui, form| {
                form.text(ui, &tr("Name"), &tr("Your name or initials"), name);
                if form.was_tried() && name.trim().is_empty() {
                    form.problem(ui, &tr("Write your name or initials"));
                } else {
                    form.note(ui, &tr("Everybody's marks are kept apart, under their name"));
                }
                if !known.is_empty() {
                    form.row(ui, &tr("Known here"), |_, ui, _| {
                        ui.add_space(2.0);
                        ui.horizontal_wrapped(|ui| {
                            for who in &known {
                                if ui.add(Button::selectable(who == name, who.as_str())).clicked() {
                                    picked = Some(who.clone());
                                }
                            }
                        });
                    });
                }
            });
        if let Some(who) = picked {
            return work_as(&who);
        }
        match answer {
            Answer::Stay => Outcome::Stay,
            Answer::Leave => Outcome::Leave,
            Answer::Confirm if name.trim().is_empty() => Outcome::Stay,
            Answer::Confirm => work_as(name),
        }
    }
}

fn work_as(name: &str) -> Outcome {
    Outcome::Done(vec![Wish::Run(Command::Project(OfProject::WorkAs(name.trim().to_owned())))])
}
