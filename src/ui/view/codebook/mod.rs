//! The codebook's editor: everything that may be marked, on the left; the picked one as a form, on the right.
//!
//! What is written in a field becomes one command when the field is left, so that undo goes field by field. What the
//! codebook can't be is said in place and never sent.
//!
//! `RowDraft` (command room) holds what is written and makes commands of it; the files beside this draw the forms,
//! one for each kind of row. The editor stands in the place of the page, as it needs the room, and is left by Escape
//! or *Close*.

mod attribute;
mod fate;
mod label;
mod list;
mod parts;
mod proposal;
mod relation;

use egui::{CentralPanel, Frame, Key, Margin, Panel, Popup, RichText, ScrollArea, Ui};

use self::{
    fate::{Asked, Removal, RemovalAnswer},
    parts::{Pending, lines_field},
    proposal::Proposed,
};
use crate::{
    command::{
        Command, Scene,
        codebook::{CodebookCommand, Proposal},
        codebook_row::{CodebookRow, RowDraft, RowId},
    },
    diagnostic::Diagnostic,
    model::{Codebook, Extent, Question},
    ui::{
        context::Ctx,
        kit::{
            form::{self, Form},
            markdown::markdown_ui,
            words::paragraph_ui,
        },
        panel::Part,
        settings::Settings,
        theme::{Tokens, fonts, size, space},
        wish::Wish,
        words::{phrase, tr},
    },
};

/// View state of the editor.
#[derive(Debug, Default)]
pub struct CodebookView {
    /// The row whose form is shown; the first label at first.
    picked: Option<RowId>,
    /// The picked row as it is written; `None` where the row is gone.
    draft: Option<RowDraft>,
    /// Half-written values and names.
    pending: Pending,
    /// The question about a label that is to be removed.
    asked: Option<Asked>,
    /// A change that waits for what becomes of what would be lost by it.
    proposed: Option<Proposed>,
    /// What was decided of it.
    decided: Option<CodebookCommand>,
    /// Whether a field had the focus in the last frame: Escape is then for that field.
    was_writing: bool,
}

/// Whether the editor stays on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    Stay,
    Close,
}

impl CodebookView {
    /// Opens at the extent of a label: that of the picked mark, or else the first that reaches over quotations.
    pub fn at_extent(scene: &Scene<'_>) -> Self {
        let labels = &scene.codebook().labels;
        let picked = scene.picked().ok().and_then(|(_, mark)| scene.codebook().label(&mark.label));
        let quotes = || labels.iter().find(|label| label.extent != Extent::default()).or(labels.first());
        let picked = picked.or_else(quotes).map(|label| RowId::Label(label.id.clone()));
        let mut view = Self { picked, ..Self::default() };
        view.pending.at_extent = true;
        view
    }

    /// Asks what becomes of what a change would take away.
    pub fn propose(&mut self, proposal: Proposal) {
        let row = match &proposal.command {
            CodebookCommand::PutLabel(label) => Some(RowId::Label(label.id.clone())),
            CodebookCommand::PutRelation(kind) => Some(RowId::Relation(kind.id.clone())),
            CodebookCommand::RemoveRelation(id) => Some(RowId::Relation(id.clone())),
            CodebookCommand::PutQuestion(question) => Some(RowId::Question(question.attribute.id.clone())),
            CodebookCommand::RemoveQuestion(id) => Some(RowId::Question(id.clone())),
            CodebookCommand::Targets(_) | CodebookCommand::Retarget { .. } => Some(RowId::Targets),
            _ => None,
        };
        if row.is_some() && row != self.picked {
            (self.picked, self.draft, self.asked) = (row, None, None);
        }
        self.proposed = Some(Proposed::of(proposal));
    }

    /// Draws the editor over all the room there is, and pushes the commands for what was written, added or removed.
    pub fn ui(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, out: &mut Vec<Wish>) -> Next {
        let codebook = ctx.codebook();
        let mut commands = Vec::new();
        let picked = self.follow(codebook);
        let is_left = self.is_left(ui);
        let side = Frame::new().fill(ctx.tokens.panel).inner_margin(Margin::same(12));
        let listed = Panel::left("codebook list")
            .resizable(false)
            .exact_size(size::ARTICLES + 2.0 * space::L)
            .frame(side)
            .show(ui, |ui| {
                Part::List.begins(ui);
                list::list_ui(ui, ctx.tokens, codebook, &mut self.pending, &picked)
            })
            .inner;
        let closed = CentralPanel::default()
            .frame(Frame::new().fill(ctx.tokens.paper))
            .show(ui, |ui| {
                Part::Page.begins(ui);
                self.page(ui, ctx, &mut commands)
            })
            .inner;
        let next = if is_left { Next::Close } else { closed };
        commands.extend(listed.command);
        if let Some(picked) = listed.picked {
            self.pick(picked, codebook, &mut commands);
        }
        if next == Next::Close {
            commands.extend(self.end_writing(codebook));
        }
        let commands = commands.into_iter().map(CodebookCommand::proposed).chain(self.decided.take());
        out.extend(commands.map(Command::Codebook).map(Wish::Run));
        next
    }

    /// The commands for what is being written, as before the window closes or another row is picked; empty where
    /// nothing differs or the codebook would refuse it.
    pub fn end_writing(&mut self, codebook: &Codebook) -> Vec<CodebookCommand> {
        let kept = self.draft.as_mut().map(|d| d.settle(codebook)).unwrap_or_default();
        kept.into_iter().map(CodebookCommand::proposed).collect()
    }

    /// Takes up changes from elsewhere (undo, another annotator) into the draft; gives the picked row.
    fn follow(&mut self, codebook: &Codebook) -> RowId {
        let first = || codebook.labels.first().map_or(RowId::About, |l| RowId::Label(l.id.clone()));
        let picked = self.picked.get_or_insert_with(first).clone();
        match (CodebookRow::of(codebook, &picked), &mut self.draft) {
            (Some(row), Some(draft)) => draft.follow(row),
            (Some(row), draft @ None) => *draft = Some(RowDraft::of(row)),
            (None, draft) => *draft = None,
        }
        picked
    }

    /// Whether Escape leaves the editor: it was pressed, and no field, list or dialog was there to take it.
    fn is_left(&self, ui: &Ui) -> bool {
        let ctx = ui.ctx();
        let elsewhere = self.was_writing || Popup::is_any_open(ctx) || ctx.memory(|m| m.top_modal_layer().is_some());
        !elsewhere && ui.input(|i| i.key_pressed(Key::Escape))
    }

    /// Picks another row, after what was written in this one is kept.
    fn pick(&mut self, picked: RowId, codebook: &Codebook, commands: &mut Vec<CodebookCommand>) {
        if self.picked.as_ref() == Some(&picked) {
            return;
        }
        commands.extend(self.end_writing(codebook));
        self.picked = Some(picked);
        self.draft = None;
        self.asked = None;
        self.proposed = None;
        self.pending = Pending::default();
    }

    /// The right side, a column in the middle that scrolls.
    fn page(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, commands: &mut Vec<CodebookCommand>) -> Next {
        ScrollArea::vertical()
            .auto_shrink([false, false])
            .show(ui, |ui| {
                let side = ((ui.available_width() - size::FORM) / 2.0).max(space::XL);
                let margin = Margin { left: side as i8, right: side as i8, top: 32, bottom: 32 };
                Frame::new()
                    .inner_margin(margin)
                    .show(ui, |ui| {
                        ui.set_width(size::FORM.min(ui.available_width()));
                        let next = self.heading(ui, ctx, commands);
                        ui.add_space(space::M);
                        self.form(ui, ctx, commands);
                        next
                    })
                    .inner
            })
            .inner
    }

    /// The row’s name, what can be done with it as a whole, and *Close*.
    fn heading(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, commands: &mut Vec<CodebookCommand>) -> Next {
        let title = self.draft.as_ref().map(|d| title(&d.now)).unwrap_or_default();
        ui.horizontal(|ui| {
            paragraph_ui(ui, &title, fonts::serif_strong(size::TITLE), ctx.tokens.ink);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let next = if form::button(ui, &tr("Close")).clicked() { Next::Close } else { Next::Stay };
                self.actions(ui, ctx, commands);
                next
            })
            .inner
        })
        .inner
    }

    /// Removing the picked row, and moving a label up or down.
    fn actions(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, commands: &mut Vec<CodebookCommand>) {
        let codebook = ctx.codebook();
        match &self.picked {
            Some(RowId::Label(id)) => {
                if form::danger_button(ui, ctx.tokens, &tr("Remove…")).clicked() {
                    match fate::removal(ctx.session.project(), id) {
                        Removal::AtOnce(command) => commands.push(command),
                        Removal::Ask(asked) => self.asked = Some(asked),
                    }
                }
                let at = codebook.labels.iter().position(|l| l.id == *id);
                let mut step = |ui: &mut Ui, text: &str, to: Option<usize>| {
                    let button = ui.add_enabled_ui(to.is_some(), |ui| form::button(ui, &tr(text))).inner;
                    if let Some(to) = to.filter(|_| button.clicked()) {
                        commands.push(CodebookCommand::MoveLabel { label: id.clone(), to });
                    }
                };
                step(ui, "Move down", at.map(|at| at + 1).filter(|at| *at < codebook.labels.len()));
                step(ui, "Move up", at.and_then(|at| at.checked_sub(1)));
            }
            Some(RowId::Relation(id)) if form::danger_button(ui, ctx.tokens, &tr("Remove")).clicked() => {
                commands.push(CodebookCommand::RemoveRelation(id.clone()));
            }
            Some(RowId::Question(id)) if form::danger_button(ui, ctx.tokens, &tr("Remove")).clicked() => {
                commands.push(CodebookCommand::RemoveQuestion(id.clone()));
            }
            _ => {}
        }
    }

    /// The form of the picked row; commands are made once no field has the focus. Escape takes back what was written.
    fn form(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, commands: &mut Vec<CodebookCommand>) {
        let codebook = ctx.codebook();
        self.fate(ui, ctx, commands);
        self.proposal(ui, ctx);
        let Some(draft) = &mut self.draft else {
            ui.label(RichText::new(tr("Choose something on the left, or add it there")).color(ctx.tokens.soft_ink));
            return;
        };
        if ui.input(|i| i.key_pressed(Key::Escape)) {
            draft.discard();
        }
        let problem = draft.now.problem(codebook);
        let mut form = Form::standing(ctx.tokens);
        ui.push_id(format!("{:?}", self.picked), |ui| {
            let read = (codebook, ctx.settings);
            row_ui(ui, &mut form, &mut self.pending, read, &mut draft.now, problem.as_ref());
        });
        if let Some(problem) = problem.filter(|p| !IN_PLACE.contains(&p.code.as_ref())) {
            form::gap(ui);
            problem_ui(ui, ctx.tokens, &problem);
        }
        self.was_writing = form.is_editing();
        if !form.is_editing() {
            commands.extend(draft.settle(codebook));
        }
    }

    fn proposal(&mut self, ui: &mut Ui, ctx: &Ctx<'_>) {
        let Some(proposed) = &mut self.proposed else { return };
        match proposed.ui(ui, ctx.tokens) {
            RemovalAnswer::Open => {}
            RemovalAnswer::Keep => self.proposed = None,
            RemovalAnswer::Run(command) => {
                self.decided = Some(command);
                self.proposed = None;
            }
        }
        ui.add_space(space::M);
    }

    /// The question what becomes of the marks of a removed label, where it is open.
    fn fate(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, commands: &mut Vec<CodebookCommand>) {
        let Some(asked) = &mut self.asked else { return };
        let Some(label) = ctx.codebook().label(&asked.label) else {
            self.asked = None;
            return;
        };
        match fate::fate_ui(ui, ctx.tokens, ctx.codebook(), label, asked) {
            RemovalAnswer::Open => {}
            RemovalAnswer::Keep => self.asked = None,
            RemovalAnswer::Run(command) => {
                commands.push(command);
                self.asked = None;
                self.draft = None;
                self.picked = None;
            }
        }
        ui.add_space(space::M);
    }
}

/// Codes of problems that the forms show at the field they are about; all others stand below the form.
const IN_PLACE: [&str; 4] = ["no-name", "bad-initials", "key-clash", "bad-key"];

/// What the row is called.
fn title(row: &CodebookRow) -> String {
    match row {
        CodebookRow::Label(label) => label.name.clone(),
        CodebookRow::Relation(kind) => kind.name.clone(),
        CodebookRow::Question(question) => question.attribute.name.clone(),
        CodebookRow::Targets(_) => tr("Targets").into_owned(),
        CodebookRow::About { .. } => tr("Name and guidelines").into_owned(),
    }
}

fn row_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    pending: &mut Pending,
    (codebook, settings): (&Codebook, &Settings),
    row: &mut CodebookRow,
    problem: Option<&Diagnostic>,
) {
    match row {
        CodebookRow::Label(label) => label::label_ui(ui, form, pending, settings, label, problem),
        CodebookRow::Relation(kind) => relation::relation_ui(ui, form, pending, (codebook, kind), problem),
        CodebookRow::Question(question) => question_ui(ui, form, pending, question),
        CodebookRow::Targets(targets) => {
            let hint = tr("What stances are about, one per line");
            lines_field(ui, form, (&tr("Targets"), &hint), 8, targets);
        }
        CodebookRow::About { name, guidelines } => {
            form.text(ui, &tr("Name"), "", name);
            form.paragraph(ui, &tr("Guidelines"), &tr("How to mark, in Markdown"), 12, guidelines);
            form.row(ui, &tr("Preview"), |form, ui, _| markdown_ui(ui, form.tokens, guidelines));
        }
    }
    if let (Some(problem), CodebookRow::Question(_) | CodebookRow::About { .. }) =
        (problem.filter(|p| p.code == "no-name"), row)
    {
        form.problem(ui, &phrase(&problem.message));
    }
}

/// The form of a question about the article.
fn question_ui(ui: &mut Ui, form: &mut Form<'_>, pending: &mut Pending, question: &mut Question) {
    attribute::attribute_ui(ui, form, pending, &mut question.attribute);
    form.row(ui, &tr("Required"), |form, ui, _| {
        ui.add_space(space::XS);
        form::tick(ui, form.tokens, &mut question.attribute.required, &tr("Shown as missing until it is answered"));
        form::tick(ui, form.tokens, &mut question.for_each_target, &tr("Asked once for each target"));
    });
}

/// Says below the form why what is written is not kept.
fn problem_ui(ui: &mut Ui, tokens: &Tokens, problem: &Diagnostic) {
    let hint = problem.hints.first().map(phrase).unwrap_or_default();
    let text = tr!("Not saved yet: {what}", what = problem.message.clone());
    paragraph_ui(ui, &text, fonts::plain(size::TEXT), tokens.danger);
    ui.label(RichText::new(hint).font(fonts::plain(size::SMALL)).color(tokens.soft_ink));
}
