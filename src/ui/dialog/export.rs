//! An export: of whom, of which status and story, in which format, and what that would leave out, before the file is
//! chosen.
//!
//! What a format leaves out is worked out by the window for the open project before the card opens; the card writes
//! nothing itself.

use egui::Ui;

use super::{
    around::{Around, Outcome},
    card::{Card, CardAnswer},
};
use crate::{
    model::{AnnotatorId, Project, Size, Status, StoryId, Subset},
    ui::{
        context::Ctx,
        kit::{
            form::{self, Form, FormState},
            picker::picker,
        },
        wish::{Choice, Wish},
        words::tr,
    },
};

/// A format to choose, and what it can't carry of this project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportFormat {
    /// As the table of formats and the command line call it.
    pub name: String,
    /// What it is, in one sentence without a full stop.
    pub description: String,
    /// Of the file that is written, without the dot; empty where it is a folder.
    pub extension: &'static str,
    /// What of this project the format can’t carry, a phrase each; empty where it carries everything.
    pub left_out: Vec<String>,
}

/// The card. It closes when a file has been chosen; until then another format can be picked.
pub(super) struct Export {
    form: FormState,
    formats: Vec<ExportFormat>,
    /// Index of the format into `formats`.
    picked: usize,
    part: Part,
    /// How much `part` is, once it was counted.
    counted: Option<(Part, Written)>,
    /// A path written by hand; `None` unless the desktop turned out to have no dialog.
    path: Option<String>,
}

/// What is to be written; `None` stands for all of its kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Part {
    annotator: Option<AnnotatorId>,
    status: Option<Status>,
    story: Option<StoryId>,
}

/// How much would be written.
#[derive(Clone, Copy, Debug)]
struct Written {
    size: Size,
    /// Relations across articles of which not all articles would be written.
    left_out: usize,
}

impl Part {
    fn subset(&self) -> Subset {
        Subset {
            annotators: self.annotator.iter().cloned().collect(),
            statuses: self.status.into_iter().collect(),
            stories: self.story.iter().cloned().collect(),
            ..Subset::default()
        }
    }

    /// Shows the choices, as far as there is something to choose.
    fn ui(&mut self, ui: &mut Ui, form: &mut Form<'_>, project: &Project) {
        let annotators = project.annotators().map(|(id, who)| (id.clone(), who.name.clone())).collect();
        one_or_all(ui, form, ("Annotator", "Everybody"), &mut self.annotator, annotators);
        let statuses = Status::ALL.map(|status| (status, tr(status_name(status)).into_owned())).to_vec();
        one_or_all(ui, form, ("Status", "Any"), &mut self.status, statuses);
        let stories = project.stories().map(|(id, story)| (id.clone(), story.name.clone())).collect();
        one_or_all(ui, form, ("Story", "All"), &mut self.story, stories);
    }
}

impl Export {
    /// With the first format picked, of everything.
    pub fn of(formats: &[ExportFormat]) -> Self {
        let (form, formats, part) = (FormState::default(), formats.to_vec(), Part::default());
        Self { form, formats, picked: 0, part, counted: None, path: None }
    }

    /// Shows a field for the path from now on. The form is new, since the field comes up while the card is open.
    pub fn no_desktop_dialog(&mut self) {
        self.path.get_or_insert_default();
        self.form = FormState::default();
    }

    /// The wish to write what was picked to this path.
    pub fn wish(&self, to: String) -> Wish {
        let format = self.formats.get(self.picked).map(|f| f.name.clone()).unwrap_or_default();
        Wish::Export { format, subset: self.part.subset(), to }
    }

    /// Draws the card; where the desktop has a dialog, confirming opens that and the card waits for it.
    pub fn ui(&mut self, around: Around<'_>) -> Outcome {
        let Some(ctx) = around.ctx else { return Outcome::Leave };
        let written = self.written(ctx);
        let Self { form, formats, picked, part, path, .. } = self;
        let confirm = if path.is_some() { "Export" } else { "Choose a file…" };
        let answer = Card::new("Export", confirm).show(around.egui, around.tokens, form, |ui, form| {
            part.ui(ui, form, ctx.session.project());
            written.told_ui(ui, form);
            form.row(ui, &tr("Format"), |form, ui, _| {
                ui.add_space(4.0);
                for (at, format) in formats.iter().enumerate() {
                    let text = format!("{} ({})", tr(&format.description), format.name);
                    form::radio(ui, form.tokens, picked, at, &text);
                }
            });
            for left_out in formats.get(*picked).into_iter().flat_map(|f| &f.left_out) {
                form.note(ui, &tr!("Leaves out: {what}", what = left_out));
            }
            if let Some(path) = path {
                form.text(ui, &tr("Path"), &tr("A file’s path"), path);
                form.note(ui, &tr("There is no file dialog here, so type the path"));
            }
        });
        let path = self.path.as_deref().map(str::trim);
        match (answer, path) {
            (CardAnswer::Leave, _) => Outcome::Leave,
            (CardAnswer::Confirm, _) if written.size.articles == 0 => Outcome::Stay,
            (CardAnswer::Confirm, None) => Outcome::Wishes(vec![Wish::Choose(self.choice())]),
            (CardAnswer::Confirm, Some(to)) if !to.is_empty() => Outcome::Done(vec![self.wish(to.to_owned())]),
            _ => Outcome::Stay,
        }
    }

    /// What the desktop is asked for.
    fn choice(&self) -> Choice {
        Choice::FileForExport { extension: self.formats.get(self.picked).map_or("", |format| format.extension) }
    }

    /// How much would be written; counted where something else was picked.
    fn written(&mut self, ctx: &Ctx<'_>) -> Written {
        match &self.counted {
            Some((part, written)) if *part == self.part => *written,
            _ => {
                let project = ctx.session.project();
                let size = project.narrowed(&self.part.subset()).size();
                let written = Written { size, left_out: project.size().links - size.links };
                self.counted = Some((self.part.clone(), written));
                written
            }
        }
    }
}

impl Written {
    /// Says it in words.
    fn told_ui(self, ui: &mut Ui, form: &Form<'_>) {
        let Self { size, left_out } = self;
        if size.articles == 0 {
            return form.problem(ui, &tr("There is no such article, so nothing would be written"));
        }
        let articles = tr!("{n} article|{n} articles", n = size.articles);
        let n = size.annotations;
        let told = tr!("Writes {articles} with {n} mark|Writes {articles} with {n} marks", n, articles = &articles);
        form.note(ui, &told);
        if left_out > 0 {
            let told = tr!(
                "Leaves out {n} relation to an article that is not written|\
                 Leaves out {n} relations to articles that are not written",
                n = left_out
            );
            form.note(ui, &told);
        }
    }
}

/// A row with one of several, or all of them; the words are English.
fn one_or_all<T: Clone + PartialEq>(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (name, all): (&str, &str),
    now: &mut Option<T>,
    each: Vec<(T, String)>,
) {
    form.row(ui, &tr(name), |_, ui, label| {
        let each = each.into_iter().map(|(value, text)| (Some(value), text));
        let choices = std::iter::once((None, tr(all).into_owned())).chain(each).collect();
        form::line(ui, |ui| picker(ui, name, ui.available_width(), now, choices).labelled_by(label));
    });
}

fn status_name(status: Status) -> &'static str {
    match status {
        Status::ToDo => "To do",
        Status::InProgress => "In progress",
        Status::Done => "Done",
    }
}
