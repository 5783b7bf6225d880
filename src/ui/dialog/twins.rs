//! Articles that are in the project already: kept as they are, or added all the same, all in one question.

use egui::{RichText, ScrollArea};

use super::{
    around::{Around, Outcome},
    card::{Answer, Card},
};
use crate::{
    command::{
        Command,
        article::{NewArticle, OfArticles, Twin},
    },
    text::grouped,
    ui::{
        kit::{
            form::{self, FormState},
            words,
        },
        theme::{fonts, size},
        wish::Wish,
        words::{tr, tr_with},
    },
};

pub(super) struct Twins {
    form: FormState,
    twins: Vec<(String, NewArticle)>,
    choice: Choice,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    Keep,
    Add,
}

/// Height of the list of titles, in points.
const LIST: f32 = 200.0;

impl Twins {
    pub fn of(twins: Vec<(String, NewArticle)>) -> Self {
        Self { form: FormState::default(), twins, choice: Choice::Keep }
    }

    pub fn ui(&mut self, around: Around<'_>) -> Outcome {
        let Self { form, twins, choice } = self;
        let heading =
            if twins.len() == 1 { "This article is there already" } else { "These articles are there already" };
        let answer = Card::new(heading, "Continue").show(around.egui, around.tokens, form, |ui, form| {
            ScrollArea::vertical().max_height(LIST).show(ui, |ui| {
                ui.set_width(ui.available_width());
                for (title, _) in twins.iter() {
                    words::paragraph_ui(ui, title, fonts::serif_strong(size::LIST_TITLE), form.tokens.ink);
                }
            });
            let same = tr_with("%{n} with the same words as in the project", &[("n", &grouped(twins.len()))]);
            ui.label(RichText::new(same).font(fonts::plain(size::SMALL)).color(form.tokens.soft_ink));
            form::radio(ui, form.tokens, choice, Choice::Keep, &tr("Keep what is in the project"));
            form::radio(ui, form.tokens, choice, Choice::Add, &tr("Add all the same"));
        });
        match (answer, self.choice) {
            (Answer::Stay, _) => Outcome::Stay,
            (Answer::Leave, _) | (Answer::Confirm, Choice::Keep) => Outcome::Leave,
            (Answer::Confirm, Choice::Add) => {
                let add = |(_, new): (String, NewArticle)| NewArticle { twin: Twin::Add, ..new };
                let wishes = self.twins.drain(..).map(add).map(OfArticles::Add).map(Command::Article).map(Wish::Run);
                Outcome::Done(wishes.collect())
            }
        }
    }
}
