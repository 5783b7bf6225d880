//! Articles that are in the project already, with the same words and nothing else that tells them apart: kept as they are,
//! or added all the same, in one question for all of them.
//!
//! It comes up after everything else has been added, so that nothing waits for the answer.

use egui::{RichText, ScrollArea};

use super::{
    around::{Around, Outcome},
    card::{Card, CardAnswer},
};
use crate::{
    command::{
        Command,
        article::{ArticleCommand, NewArticle, Twin},
    },
    ui::{
        kit::{
            form::{self, FormState},
            words,
        },
        theme::{fonts, size},
        wish::Wish,
        words::tr,
    },
};

/// The card, which asks once for all of them.
pub(super) struct Twins {
    form: FormState,
    /// The title of the article that is in the project, and the one that was not added.
    twins: Vec<(String, NewArticle)>,
    /// What is ticked; nothing is added unless it is asked for.
    choice: Choice,
}

/// What is to be done with all of them. Keeping is the answer at first, as it changes nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    /// Add none of them.
    Keep,
    /// Add all of them, with ids of their own.
    Add,
}

/// Height of the list of titles, in points.
const LIST: f32 = 200.0;

impl Twins {
    /// Never without any: [`Dialogs::offer_twins`](super::Dialogs::offer_twins) sees to it.
    pub fn of(twins: Vec<(String, NewArticle)>) -> Self {
        Self { form: FormState::default(), twins, choice: Choice::Keep }
    }

    /// Draws the card. Leaving it is the same as keeping.
    pub fn ui(&mut self, around: Around<'_>) -> Outcome {
        let Self { form, twins, choice } = self;
        let heading = if twins.len() == 1 {
            "This article is already in the project"
        } else {
            "These articles are already in the project"
        };
        let answer = Card::new(heading, "Continue").show(around.egui, around.tokens, form, |ui, form| {
            ScrollArea::vertical().max_height(LIST).show(ui, |ui| {
                ui.set_width(ui.available_width());
                for (title, _) in twins.iter() {
                    words::paragraph_ui(ui, title, fonts::serif_strong(size::LIST_TITLE), form.tokens.ink);
                }
            });
            let same = tr!("{n} with the same words as an article in the project", n = twins.len());
            ui.label(RichText::new(same).font(fonts::plain(size::SMALL)).color(form.tokens.soft_ink));
            form::radio(ui, form.tokens, choice, Choice::Keep, &tr("Keep what is in the project"));
            form::radio(ui, form.tokens, choice, Choice::Add, &tr("Add anyway"));
        });
        match (answer, self.choice) {
            (CardAnswer::Stay, _) => Outcome::Stay,
            (CardAnswer::Leave, _) | (CardAnswer::Confirm, Choice::Keep) => Outcome::Leave,
            (CardAnswer::Confirm, Choice::Add) => {
                let add = |(_, new): (String, NewArticle)| NewArticle { twin: Twin::Add, ..new };
                let new = self.twins.drain(..).map(add).collect();
                Outcome::Done(vec![Wish::Run(Command::Article(ArticleCommand::AddAll(new)))])
            }
        }
    }
}
