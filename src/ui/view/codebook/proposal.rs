//! What becomes of answers, marks and relations that a change of the codebook would take away: asked before it is made.

use egui::Ui;

use super::{attribute::card, fate::RemovalAnswer};
use crate::{
    command::codebook::{CodebookCommand, Proposal},
    ui::{
        kit::{form, picker::picker, words::paragraph_ui},
        theme::{Tokens, fonts, size},
        words::tr,
    },
};

/// The question, while it is open.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Proposed {
    /// What would be done, and what would be lost.
    proposal: Proposal,
    /// What the user has chosen so far.
    answer: Answers,
    /// The place of the choice that the answers would get, among those that are left.
    to: usize,
}

/// What becomes of the answers that had the choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answers {
    /// They get another choice.
    Recode,
    /// They go with the choice.
    Remove,
}

impl Proposed {
    /// Suggests to keep the answers, where that can be.
    pub fn of(proposal: Proposal) -> Self {
        let answer = if proposal.gone.is_some() { Answers::Recode } else { Answers::Remove };
        Self { proposal, answer, to: 0 }
    }

    pub fn ui(&mut self, ui: &mut Ui, tokens: &Tokens) -> RemovalAnswer {
        card(tokens)
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                let said = match &self.proposal.gone {
                    Some(gone) => tr!(
                        "“{choice}” is in use, and removing it loses {what}",
                        choice = &gone.choice.name,
                        what = self.proposal.lost.clone()
                    ),
                    None => tr!("This change loses {what}", what = self.proposal.lost.clone()),
                };
                paragraph_ui(ui, &said, fonts::strong(size::TEXT), tokens.ink);
                self.choices_ui(ui, tokens);
                form::line(ui, |ui| {
                    let changed = form::danger_button(ui, tokens, &tr("Make the change")).clicked();
                    let kept = form::button(ui, &tr("Keep it")).clicked();
                    match (changed, kept) {
                        (true, _) => RemovalAnswer::Run(self.command()),
                        (_, true) => RemovalAnswer::Keep,
                        _ => RemovalAnswer::Open,
                    }
                })
            })
            .inner
    }

    fn choices_ui(&mut self, ui: &mut Ui, tokens: &Tokens) {
        let Some(gone) = &self.proposal.gone else { return };
        form::line(ui, |ui| {
            form::radio(ui, tokens, &mut self.answer, Answers::Recode, &tr("Answer instead"));
            let left = gone.left.iter().enumerate().map(|(at, choice)| (at, choice.name.clone())).collect();
            let picked = picker(ui, "instead", size::PICKER, &mut self.to, left);
            if picked.accessible_name(tr("The other answer")).changed() {
                self.answer = Answers::Recode;
            }
        });
        form::radio(ui, tokens, &mut self.answer, Answers::Remove, &tr("Remove these answers"));
    }

    fn command(&self) -> CodebookCommand {
        let Proposal { command, gone, .. } = &self.proposal;
        let to = gone.as_ref().and_then(|gone| Some((gone, gone.left.get(self.to)?)));
        match (to, self.answer) {
            (Some((gone, to)), Answers::Recode) => gone.recoded(command, to),
            _ => command.clone(),
        }
    }
}
