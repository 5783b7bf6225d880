//! What becomes of answers, marks and relations that a change of the codebook would take away: asked before it is made.

use egui::Ui;

use super::{attribute::card, fate::RemovalAnswer};
use crate::{
    command::codebook::{CodebookCommand, Gone, Proposal},
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
    /// Those of a choice go with it; those with a target stay as they are written.
    Leave,
}

impl Proposed {
    /// Suggests to keep the answers, where that can be.
    pub fn of(proposal: Proposal) -> Self {
        let answer = if proposal.gone.as_ref().is_some_and(|gone| !gone.left().is_empty()) {
            Answers::Recode
        } else {
            Answers::Leave
        };
        Self { proposal, answer, to: 0 }
    }

    pub fn ui(&mut self, ui: &mut Ui, tokens: &Tokens) -> RemovalAnswer {
        card(tokens)
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                let what = self.proposal.lost.clone();
                let said = match &self.proposal.gone {
                    Some(Gone::Choice(gone)) => {
                        let choice = &gone.choice.name;
                        tr!("“{choice}” is in use, and removing it loses {what}", choice, what)
                    }
                    Some(Gone::Target(gone)) => {
                        tr!(
                            "“{target}” is in use: {what} would name a target that is not listed",
                            target = &gone.target,
                            what
                        )
                    }
                    None => tr!("This change loses {what}", what),
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
            let left = gone.left().into_iter().enumerate().collect();
            let picked = picker(ui, "instead", size::PICKER, &mut self.to, left);
            if picked.accessible_name(tr("The other answer")).changed() {
                self.answer = Answers::Recode;
            }
        });
        let other = match gone {
            Gone::Choice(_) => tr("Remove these answers"),
            Gone::Target(_) => tr("Leave these answers as they are"),
        };
        form::radio(ui, tokens, &mut self.answer, Answers::Leave, &other);
    }

    fn command(&self) -> CodebookCommand {
        let Proposal { command, gone, .. } = &self.proposal;
        let to = (self.answer == Answers::Recode).then_some(self.to);
        gone.as_ref().map_or_else(|| command.clone(), |gone| gone.replaced(command, to))
    }
}
