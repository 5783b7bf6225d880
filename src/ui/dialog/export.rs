//! An export: of whom, of which status, story and label, in which format and how, and what that would not keep, before the
//! file is chosen.
//!
//! What would not be kept is found out by whoever can read the project (`Wish::Preflight`), anew for whatever is chosen;
//! the card writes nothing itself.

use egui::Ui;

use super::{
    around::{Around, Outcome},
    card::{Card, CardAnswer},
    losses::Preflight,
    splitting::Splitting,
    told,
};
use crate::{
    diagnostic::Diagnostic,
    format::{Cells, ExportOptions, FORMATS, Format, Invalid, OffsetUnit},
    model::{AnnotatorId, LabelId, Project, Size, Status, StoryId, Subset},
    ui::{
        context::Ctx,
        kit::{
            form::{self, Form, FormState},
            picker::picker,
        },
        theme::size,
        wish::{Choice, Wish},
        words::{phrase, tr},
    },
};

/// The card. It closes when a file has been chosen; until then another format can be picked.
pub(super) struct Export {
    form: FormState,
    pub choices: ExportChoices,
    /// How much the part is, once it was counted.
    counted: Option<(Part, Written)>,
    /// The format and options that were asked about last, and what was found out.
    preflight: Option<(Asked, Option<Found>)>,
    /// A path written by hand; `None` unless the desktop turned out to have no dialog.
    path: Option<String>,
}

/// A format, by its name, and how it is to be written.
type Asked = (&'static str, ExportOptions);

/// What was found out, or why it could not be.
type Found = Result<Preflight, Vec<Diagnostic>>;

/// What is chosen on the card; it is kept for the next time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ExportChoices {
    /// The name of a format; the first of the table where there is none of this name.
    format: String,
    part: Part,
    /// `None` for the format’s own.
    offsets: Option<OffsetUnit>,
    is_safe_for_spreadsheets: bool,
    stops_at_invalid: bool,
    splitting: Splitting,
}

/// What is to be written; `None` stands for all of its kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Part {
    annotator: Option<AnnotatorId>,
    status: Option<Status>,
    story: Option<StoryId>,
    label: Option<LabelId>,
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
            labels: self.label.iter().cloned().collect(),
            articles: None,
        }
    }

    /// Lets go of what the project does not have: it was chosen in another one.
    fn keep_known(&mut self, project: &Project) {
        self.annotator.take_if(|id| project.annotator(id).is_none());
        self.story.take_if(|id| project.story(id).is_none());
        self.label.take_if(|id| project.codebook().label(id).is_none());
    }

    /// Shows the choices, as far as there is something to choose.
    fn ui(&mut self, ui: &mut Ui, form: &mut Form<'_>, project: &Project) {
        let annotators = project.annotators().map(|(id, who)| (id.clone(), who.name.clone())).collect();
        one_or_all(ui, form, ("Annotator", "Everybody"), &mut self.annotator, annotators);
        let statuses = Status::ALL.map(|status| (status, tr(status_name(status)).into_owned())).to_vec();
        one_or_all(ui, form, ("Status", "Any"), &mut self.status, statuses);
        let stories = project.stories().map(|(id, story)| (id.clone(), story.name.clone())).collect();
        one_or_all(ui, form, ("Story", "All"), &mut self.story, stories);
        let labels = project.codebook().labels.iter().map(|label| (label.id.clone(), label.name.clone())).collect();
        one_or_all(ui, form, ("Label", "All"), &mut self.label, labels);
    }
}

impl ExportChoices {
    fn format(&self) -> &'static Format {
        Format::named(&self.format).unwrap_or(&FORMATS[0])
    }

    /// As whoever writes it takes them; what the format does not offer is left out.
    fn options(&self) -> ExportOptions {
        let format = self.format();
        ExportOptions {
            subset: self.part.subset(),
            offsets: self.offsets.filter(|unit| format.units.contains(unit)),
            cells: if self.is_safe_for_spreadsheets && format.has_cells {
                Cells::SpreadsheetSafe
            } else {
                Cells::Plain
            },
            invalid: if self.stops_at_invalid { Invalid::Stop } else { Invalid::LeaveOut },
            split: self.splitting.options(),
        }
    }

    /// Shows the format and how it is written.
    fn format_ui(&mut self, ui: &mut Ui, form: &mut Form<'_>) {
        let mut format = self.format();
        form.row(ui, &tr("Format"), |_, ui, label| {
            let written = FORMATS.iter().filter(|format| format.write.is_some());
            let mut name = format.name;
            let names = written.map(|f| (f.name, format!("{} ({})", tr(f.title), f.name))).collect();
            form::line(ui, |ui| picker(ui, "Format", ui.available_width(), &mut name, names).labelled_by(label));
            format = Format::named(name).unwrap_or(format);
        });
        format.name.clone_into(&mut self.format);
        if format.units.len() > 1 {
            form.row(ui, &tr("Offsets"), |_, ui, label| {
                let mut unit = self.options().offsets.unwrap_or(format.units[0]);
                let units = format.units.iter().map(|unit| (*unit, phrase(&unit.title()))).collect();
                form::line(ui, |ui| picker(ui, "Offsets", ui.available_width(), &mut unit, units).labelled_by(label));
                self.offsets = (unit != format.units[0]).then_some(unit);
            });
        }
        form.row(ui, "", |form, ui, _| {
            if format.has_cells {
                let text = tr("Safe for spreadsheets: no cell is taken for a formula");
                form::tick(ui, form.tokens, &mut self.is_safe_for_spreadsheets, &text);
            }
            form::tick(ui, form.tokens, &mut self.stops_at_invalid, &tr("Write nothing where something is invalid"));
        });
    }
}

impl Export {
    /// With what was chosen last.
    pub fn of(choices: ExportChoices) -> Self {
        Self { form: FormState::default(), choices, counted: None, preflight: None, path: None }
    }

    /// Shows a field for the path from now on. The form is new, since the field comes up while the card is open.
    pub fn no_desktop_dialog(&mut self) {
        self.path.get_or_insert_default();
        self.form = FormState::default();
    }

    /// The wish to write what was picked to this path.
    pub fn wish(&self, to: String) -> Wish {
        Wish::Export { format: self.choices.format().name.to_owned(), options: self.choices.options(), to }
    }

    /// Takes what a thread has found out of these choices; dropped where they have changed since.
    pub fn take(&mut self, (format, options): (&str, &ExportOptions), found: Result<Preflight, Vec<Diagnostic>>) {
        if let Some((asked, waiting)) = &mut self.preflight
            && (asked.0, &asked.1) == (format, options)
        {
            *waiting = Some(found);
        }
    }

    /// Draws the card; where the desktop has a dialog, confirming opens that and the card waits for it.
    pub fn ui(&mut self, around: Around<'_>) -> Outcome {
        let Some(ctx) = around.ctx else { return Outcome::Leave };
        self.choices.part.keep_known(ctx.session.project());
        let written = self.written(ctx);
        let Self { form, choices, preflight, path, .. } = self;
        let confirm = if path.is_some() { "Export" } else { "Choose a file…" };
        let card = Card { width: size::PALETTE, ..Card::new("Export", confirm) };
        let mut to = None;
        let answer = card.show(around.egui, around.tokens, form, |ui, form| {
            choices.part.ui(ui, form, ctx.session.project());
            choices.format_ui(ui, form);
            choices.splitting.ui(ui, form);
            if let Some(path) = path {
                form.text(ui, &tr("Path"), &tr("A file’s path"), path);
                form.note(ui, &tr("There is no file dialog here, so type the path"));
            }
            let found = preflight.as_ref().and_then(|(_, found)| found.as_ref()?.as_ref().ok());
            // Of which labels marks are is known only where they are read.
            let marks = match choices.part.label {
                None => Some(written.size.annotations),
                Some(_) => found.map(|found| found.marks),
            };
            written.told_ui(ui, form, marks);
            match preflight {
                Some((_, Some(Ok(found)))) => to = found.ui(ui, form, ctx, choices.format()),
                Some((_, Some(Err(why)))) => told::list_ui(ui, form.tokens, &tr("It can’t be exported so"), why),
                _ => form.note(ui, &tr("Looking what would not be kept…")),
            }
        });
        if let Some(to) = to {
            return Outcome::Done(to);
        }
        let path = self.path.as_deref().map(str::trim);
        let is_possible = written.size.articles > 0 && self.choices.splitting.is_valid();
        match (answer, path) {
            (CardAnswer::Leave, _) => Outcome::Leave,
            (CardAnswer::Confirm, _) if !is_possible => Outcome::Stay,
            (CardAnswer::Confirm, None) => Outcome::Wishes(vec![Wish::Choose(self.choice())]),
            (CardAnswer::Confirm, Some(to)) if !to.is_empty() => Outcome::Done(vec![self.wish(to.to_owned())]),
            _ => self.look(),
        }
    }

    /// Asks what would not be kept, where something else was chosen than what is known.
    fn look(&mut self) -> Outcome {
        let asks = (self.choices.format().name, self.choices.options());
        if self.preflight.as_ref().is_some_and(|(asked, _)| *asked == asks) {
            return Outcome::Stay;
        }
        self.preflight = Some((asks.clone(), None));
        Outcome::Wishes(vec![Wish::Preflight { format: asks.0.to_owned(), options: asks.1 }])
    }

    /// What the desktop is asked for; parts are a folder.
    fn choice(&self) -> Choice {
        let is_parted = self.choices.splitting.options().is_some();
        let extension = if is_parted { "" } else { self.choices.format().file_extension() };
        Choice::FileForExport { extension }
    }

    /// How much would be written; counted where something else was picked.
    fn written(&mut self, ctx: &Ctx<'_>) -> Written {
        let part = &self.choices.part;
        match &self.counted {
            Some((counted, written)) if counted == part => *written,
            _ => {
                let project = ctx.session.project();
                let size = project.narrowed(&part.subset()).size();
                let written = Written { size, left_out: project.size().links - size.links };
                self.counted = Some((part.clone(), written));
                written
            }
        }
    }
}

impl Written {
    /// Says it in words; `marks` is `None` as long as they are not counted.
    fn told_ui(self, ui: &mut Ui, form: &Form<'_>, marks: Option<usize>) {
        let Self { size, left_out } = self;
        if size.articles == 0 {
            return form.problem(ui, &tr("There is no such article, so nothing would be written"));
        }
        let articles = tr!("{n} article|{n} articles", n = size.articles);
        form.note(
            ui,
            &match marks {
                Some(n) => {
                    tr!("Writes {articles} with {n} mark|Writes {articles} with {n} marks", n, articles = &articles)
                }
                None => tr!("Writes {articles}", articles = &articles),
            },
        );
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
