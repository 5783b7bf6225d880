//! What becomes of the marks of a label that is to go: asked in its place, with how many there are.
//!
//! The numbers come from the layers’ summaries, so that no layer has to be read for them. What happens is one command
//! and one step of undo.

use egui::Ui;

use super::attribute::card;
use crate::{
    command::codebook::{CodebookCommand, Fate},
    model::{Codebook, Label, LabelId, Project},
    ui::{
        kit::{form, picker::picker, words::paragraph_ui},
        theme::{Tokens, fonts, size},
        words::tr,
    },
};

/// The question about one label, while it is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub label: LabelId,
    /// How many marks have the label, by everybody.
    marks: u32,
    /// In how many articles they are.
    articles: usize,
    /// What is chosen for them so far.
    choice: Choice,
    /// The label they would get; `None` where the codebook has no other.
    to: Option<LabelId>,
}

/// What becomes of the marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    /// They get another label; answers that this does not ask are lost.
    Relabel,
    /// They are removed, with the relations that need them.
    Remove,
}

/// What removing a label comes to.
pub(super) enum Removal {
    /// Nothing has the label, so nothing is asked.
    AtOnce(CodebookCommand),
    /// Marks have it.
    Ask(Asked),
}

/// What was answered in this frame.
pub(super) enum RemovalAnswer {
    /// Nothing yet.
    Open,
    /// The label stays.
    Keep,
    /// The label goes, by this command.
    Run(CodebookCommand),
}

/// What removing a label comes to: at once where no mark has it (undo brings it back), otherwise a question.
pub(super) fn removal(project: &Project, label: &LabelId) -> Removal {
    let (marks, articles) = uses(project, label);
    if marks == 0 {
        return Removal::AtOnce(CodebookCommand::RemoveLabel { label: label.clone(), marks: Fate::Remove });
    }
    let to = project.codebook().labels.iter().map(|l| &l.id).find(|id| *id != label).cloned();
    let choice = if to.is_some() { Choice::Relabel } else { Choice::Remove };
    Removal::Ask(Asked { label: label.clone(), marks, articles, choice, to })
}

/// How many marks have a label, by all annotators, and in how many articles; only articles with at least one count.
fn uses(project: &Project, label: &LabelId) -> (u32, usize) {
    let in_article = |article| -> u32 {
        let summaries = project.layers(article).map(|(_, slot)| slot.summary());
        summaries.flat_map(|s| s.counts).filter(|(id, _)| id == label).map(|(_, n)| n).sum()
    };
    let counts: Vec<u32> = project.articles().map(|(id, _)| in_article(id)).filter(|n| *n > 0).collect();
    (counts.iter().sum(), counts.len())
}

/// Draws the question in the place of the form’s head.
pub(super) fn fate_ui(
    ui: &mut Ui,
    tokens: &Tokens,
    codebook: &Codebook,
    label: &Label,
    asked: &mut Asked,
) -> RemovalAnswer {
    card(tokens)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            let (marks, label) = (asked.marks as usize, &label.name);
            let said = match asked.articles {
                1 => tr!(
                    "One mark has the label {label}|{marks} marks in one article have the label {label}",
                    marks,
                    label
                ),
                articles => tr!("{marks} marks in {articles} articles have the label {label}", marks, articles, label),
            };
            paragraph_ui(ui, &said, fonts::strong(size::TEXT), tokens.ink);
            choices_ui(ui, tokens, codebook, asked);
            form::line(ui, |ui| {
                let removed = form::danger_button(ui, tokens, &tr("Remove the label")).clicked();
                let kept = form::button(ui, &tr("Keep it")).clicked();
                match (removed, kept) {
                    (true, _) => RemovalAnswer::Run(asked.command()),
                    (_, true) => RemovalAnswer::Keep,
                    _ => RemovalAnswer::Open,
                }
            })
        })
        .inner
}

/// What can become of the marks; picking a label chooses relabelling.
fn choices_ui(ui: &mut Ui, tokens: &Tokens, codebook: &Codebook, asked: &mut Asked) {
    if let Some(to) = &mut asked.to {
        form::line(ui, |ui| {
            form::radio(ui, tokens, &mut asked.choice, Choice::Relabel, &tr("Give them another label"));
            let others = codebook.labels.iter().filter(|l| l.id != asked.label);
            let others = others.map(|l| (l.id.clone(), l.name.clone())).collect();
            if picker(ui, "to", size::PICKER, to, others).accessible_name(tr("Their new label")).changed() {
                asked.choice = Choice::Relabel;
            }
        });
    }
    form::radio(ui, tokens, &mut asked.choice, Choice::Remove, &tr("Remove them, with their attributes and relations"));
}

impl Asked {
    /// The command for what is chosen.
    fn command(&self) -> CodebookCommand {
        let marks = match (&self.to, self.choice) {
            (Some(to), Choice::Relabel) => Fate::Relabel(to.clone()),
            _ => Fate::Remove,
        };
        CodebookCommand::RemoveLabel { label: self.label.clone(), marks }
    }
}
