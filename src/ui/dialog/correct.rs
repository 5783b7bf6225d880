//! Correcting the text of the open article: written here or taken from a file, and before it is done, what becomes of
//! every mark.
//!
//! Two steps: a text is written or chosen, then a thread works out what becomes of the marks (`Wish::WorkOut`), and
//! only what has been looked at is done. The card stays open until the project has the text, since the command can
//! still be refused.

use std::sync::Arc;

use egui::{FontSelection, Margin, Response, ScrollArea, TextEdit, Ui};

use super::{
    around::{Around, Outcome},
    card::{Card, CardAnswer},
    outcomes::Outcomes,
};
use crate::{
    command::{
        Command, View,
        article::ArticleCommand,
        correct::{CorrectText, Corrected},
    },
    diagnostic::Diagnostic,
    model::ArticleId,
    ui::{
        context::Ctx,
        kit::{
            button::{self, Chosen},
            form::{self, Form, FormState},
            words,
        },
        theme::{fonts, size, space},
        wish::{Choice, NewText, Wish},
        words::{phrase, tr},
    },
};

/// In bytes. A longer text is taken from a file only: a field lays out all of its text at every change.
const LONGEST: usize = 200_000;
/// Most height of the field for the text and of the list of outcomes, in points.
const ROOM: f32 = 380.0;

/// The card, of the article that was open when it came up.
pub(super) struct Correct {
    form: FormState,
    article: ArticleId,
    /// The text as it is written now; `None` where it is longer than [`LONGEST`].
    text: Option<String>,
    /// A path written by hand; `None` unless the desktop turned out to have no dialog.
    path: Option<String>,
    /// How far it has come.
    step: Phase,
    /// Why the last attempt came to nothing; shown below the text.
    problems: Vec<Diagnostic>,
}

/// The steps of the card, in order.
enum Phase {
    /// A text is being written or chosen.
    Write,
    /// A thread works out where the marks are in the new text.
    Wait,
    /// The outcome is shown and waits to be confirmed.
    Look(Box<Look>),
}

/// What is shown before anything is done.
struct Look {
    /// The command that does it, as it was worked out.
    correct: CorrectText,
    /// Both texts with the fate of each mark; shared with `correct`.
    corrected: Arc<Corrected>,
    /// The list on the screen.
    outcomes: Outcomes,
}

impl Correct {
    /// Of the open article; `None` where its text has not been read.
    pub fn of(ctx: &Ctx<'_>) -> Option<Self> {
        let scene = ctx.session.scene();
        let (article, text) = (scene.article().ok()?.clone(), scene.text().ok()?);
        let text = (text.len() <= LONGEST).then(|| text.as_str().to_owned());
        Some(Self { form: FormState::default(), article, text, path: None, step: Phase::Write, problems: Vec::new() })
    }

    /// Shows a field for the path from now on.
    pub fn no_desktop_dialog(&mut self) {
        self.path.get_or_insert_default();
    }

    /// Takes the file that was chosen, and asks for what comes of it; nothing where the desktop’s dialog was
    /// cancelled.
    pub fn choose(&mut self, paths: Vec<String>) -> Option<Wish> {
        paths.into_iter().next().map(|path| self.work_out(NewText::File(path)))
    }

    /// Takes what the thread worked out, or why it could not. What came too late (another article, or the list is
    /// shown already) is dropped.
    pub fn take(&mut self, worked_out: Result<CorrectText, Vec<Diagnostic>>) {
        if matches!(self.step, Phase::Look(_)) {
            return;
        }
        self.step = Phase::Write;
        match worked_out {
            Ok(correct) if correct.article == self.article => {
                let Some(corrected) = correct.prepared.clone() else { return };
                if corrected.is_idle() {
                    self.problems = vec![Diagnostic::note("same-text", "The text has not changed")];
                    return;
                }
                let outcomes = Outcomes::of(&corrected);
                self.step = Phase::Look(Box::new(Look { correct, corrected, outcomes }));
            }
            Ok(_) => {}
            Err(why) => self.problems = why,
        }
    }

    /// The wish for working a text out; the card waits for [`Self::take`].
    fn work_out(&mut self, text: NewText) -> Wish {
        self.problems.clear();
        self.step = Phase::Wait;
        Wish::WorkOut { article: self.article.clone(), text }
    }

    /// Draws the step that it is at. Closes by itself once the project has the corrected text, and then leads to the
    /// list of what is set aside if marks were lost.
    pub fn ui(&mut self, around: Around<'_>) -> Outcome {
        let Some(ctx) = around.ctx else { return Outcome::Leave };
        if let Phase::Look(look) = &self.step
            && ctx.session.project().text(&self.article) == Some(&look.corrected.after.text)
        {
            // It is done.
            let list = look.outcomes.has_lost(ctx).then_some(Wish::Run(Command::View(View::SetAside)));
            return Outcome::Done(list.into_iter().collect());
        }
        match &mut self.step {
            Phase::Look(_) => self.look_ui(around, ctx),
            Phase::Write | Phase::Wait => self.write_ui(around),
        }
    }

    /// The step in which the text is written or a file is chosen.
    fn write_ui(&mut self, around: Around<'_>) -> Outcome {
        let confirm = if self.text.is_some() || self.path.is_some() { "See what changes" } else { "Choose a file…" };
        let card = Card { width: size::PALETTE, ..Card::new("Correct the text", confirm) };
        let Self { form, text, path, problems, step, .. } = self;
        let mut asks_for_file = false;
        let answer = card.show(around.egui, around.tokens, form, |ui, form| {
            let hint = match text {
                Some(_) => tr("Marks stay with their words, and you see what happens to them first"),
                None => tr("The text is too long to edit here; choose a file with the corrected text"),
            };
            words::paragraph_ui(ui, &hint, fonts::plain(size::SMALL), form.tokens.soft_ink);
            ui.add_space(space::S);
            if let Some(text) = text {
                form.note_written(&text_ui(ui, text));
                ui.add_space(space::XS);
                asks_for_file = button::quiet(
                    ui,
                    form.tokens,
                    &tr("Choose a file with the corrected text"),
                    &tr("Choose a file…"),
                    Chosen::Yes,
                )
                .clicked();
            }
            if let Some(path) = path {
                form.text(ui, &tr("Path"), &tr("A file’s path"), path);
                form.note(ui, &tr("There is no file dialog here, so type the path"));
            }
            told_ui(ui, form, problems, step);
        });
        let path = self.path.as_deref().map(str::trim).filter(|path| !path.is_empty()).map(str::to_owned);
        match (answer, path, &self.text) {
            (CardAnswer::Leave, ..) => Outcome::Leave,
            (CardAnswer::Stay, ..) if asks_for_file => Outcome::Wishes(vec![Wish::Choose(Choice::CorrectedText)]),
            (CardAnswer::Confirm, Some(path), _) => Outcome::Wishes(vec![self.work_out(NewText::File(path))]),
            (CardAnswer::Confirm, None, Some(text)) => {
                let text = NewText::Written(text.clone());
                Outcome::Wishes(vec![self.work_out(text)])
            }
            (CardAnswer::Confirm, None, None) => Outcome::Wishes(vec![Wish::Choose(Choice::CorrectedText)]),
            _ => Outcome::Stay,
        }
    }

    /// The step in which the fate of the marks is shown; *Back to the text* keeps what was written.
    fn look_ui(&mut self, around: Around<'_>, ctx: &Ctx<'_>) -> Outcome {
        let Self { form, step, .. } = self;
        let Phase::Look(look) = step else { return Outcome::Stay };
        let card = Card { width: size::PALETTE, ..Card::new("What happens to the marks", "Correct the text") };
        let (mut back, mut wishes) = (false, Vec::new());
        let answer = card.show(around.egui, around.tokens, form, |ui, form| {
            look.outcomes.ui(ui, ctx, &look.corrected, ROOM, &mut wishes);
            ui.add_space(space::XS);
            let text = tr("Back to the text");
            back = button::quiet(ui, form.tokens, &text, &text, Chosen::Yes).clicked();
        });
        match answer {
            CardAnswer::Leave => return Outcome::Leave,
            // The card stays until the text is the corrected one: nothing that was written goes with a refusal.
            CardAnswer::Confirm => {
                wishes.push(Wish::Run(Command::Article(ArticleCommand::Correct(look.correct.clone()))));
            }
            CardAnswer::Stay => {}
        }
        if back {
            self.step = Phase::Write;
        }
        if wishes.is_empty() { Outcome::Stay } else { Outcome::Wishes(wishes) }
    }
}

fn text_ui(ui: &mut Ui, text: &mut String) -> Response {
    let room = (ui.available_height() - 4.0 * size::FORM_ROW).clamp(4.0 * size::FORM_ROW, ROOM);
    ScrollArea::vertical()
        .max_height(room)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            let edit = TextEdit::multiline(text)
                .id_salt("corrected text")
                .font(FontSelection::FontId(fonts::serif(size::HEADING)))
                .margin(Margin::symmetric(12, 10))
                .desired_rows(12)
                .desired_width(f32::INFINITY);
            ui.add(edit).accessible_name(&*tr("Text of the article"))
        })
        .inner
}

/// What came of the last attempt, or that the thread is at work.
fn told_ui(ui: &mut Ui, form: &Form<'_>, problems: &[Diagnostic], step: &Phase) {
    for problem in problems {
        let color = if problem.is_error() { form.tokens.danger } else { form.tokens.soft_ink };
        words::paragraph_ui(ui, &phrase(&problem.message), fonts::plain(size::SMALL), color);
    }
    if matches!(step, Phase::Wait) {
        form::caption(ui, form.tokens, &tr("Finding the words…"));
    }
}
