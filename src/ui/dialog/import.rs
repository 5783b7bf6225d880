//! An import: which files, in which format, and before anything happens what was recognised, how much would be added, and
//! what clashes.
//!
//! Files are read, and what they come to is worked out, by whoever has a disk (`Wish::ReadIn`, `Wish::PlanImport`); what is
//! carried out is what has been looked at.

use std::collections::BTreeMap;

use egui::{Align, Layout, ScrollArea, Ui, accesskit::Role, vec2};

use super::{
    around::{Around, Outcome},
    card::{Card, CardAnswer},
    told,
};
use crate::{
    command::import::{Becomes, Clash, How, ImportOptions, ImportSummary},
    diagnostic::Diagnostic,
    format::{FORMATS, Format},
    model::{Codebook, LabelId},
    text::Phrase,
    ui::{
        context::Ctx,
        kit::{
            button::{self, Chosen},
            form::{self, Form, FormState},
            picker::picker,
            segmented, words,
        },
        theme::{fonts, size, space},
        wish::{Choice, Wish},
        words::{phrase, tr},
    },
};

/// Width of a list of labels to become, in points.
const PICKER: f32 = 240.0;
/// Most height of what is listed, in points.
const ROOM: f32 = 300.0;

/// What was read of files, for people.
#[derive(Clone, Debug, PartialEq)]
pub struct Recognised {
    /// The name of the format.
    pub format: &'static str,
    /// Whether the format was told by what is in the files.
    pub is_guessed: bool,
    /// So many were read.
    pub articles: usize,
    /// How the offsets agreed with the words; `None` where there was nothing to compare.
    pub offsets: Option<Phrase>,
    /// What was damaged, moved, lost or guessed.
    pub told: Vec<Diagnostic>,
}

/// The card.
pub(super) struct Import {
    form: FormState,
    /// The name of the format to read; `None` for the one that the files look like.
    format: Option<&'static str>,
    /// Paths written by hand, one on each line; `None` unless the desktop turned out to have no dialog.
    paths: Option<String>,
    step: Phase,
    /// Why the last attempt came to nothing.
    problems: Vec<Diagnostic>,
}

/// The steps of the card, in order.
enum Phase {
    /// Files are being chosen.
    Choose,
    /// A thread reads them.
    Read,
    /// What they come to is shown and waits to be confirmed.
    Look(Box<Look>),
}

/// What is shown before anything is done.
struct Look {
    recognised: Recognised,
    /// The last one that was worked out; `None` before the first one.
    summary: Option<ImportSummary>,
    /// As they were asked for last.
    asked: ImportOptions,
    /// Whether a thread is working out what these come to.
    is_waiting: bool,
    /// Whose marks they are where the files do not say; as it is written.
    annotator: String,
    clash: Clash,
    /// What labels of the files become, where that was chosen, by their name in the files.
    labels: BTreeMap<String, LabelId>,
}

impl Look {
    fn options(&self) -> ImportOptions {
        let annotator = self.annotator.trim();
        ImportOptions {
            annotator: (!annotator.is_empty()).then(|| annotator.to_owned()),
            labels: self.labels.iter().map(|(from, to)| (from.clone(), to.to_string())).collect(),
            clash: self.clash,
        }
    }
}

impl Default for Import {
    fn default() -> Self {
        Self { form: FormState::default(), format: None, paths: None, step: Phase::Choose, problems: Vec::new() }
    }
}

impl Import {
    /// Shows a field for the paths from now on. The form is new, since the field comes up while the card is open.
    pub fn no_desktop_dialog(&mut self) {
        self.paths.get_or_insert_default();
        self.form = FormState::default();
    }

    /// Takes the files or the folder that were chosen, and asks for them to be read; nothing where the desktop’s dialog was
    /// cancelled.
    pub fn choose(&mut self, paths: Vec<String>) -> Option<Wish> {
        if paths.is_empty() || matches!(self.step, Phase::Read) {
            return None;
        }
        self.problems.clear();
        self.step = Phase::Read;
        Some(Wish::ReadIn { paths, format: self.format.map(str::to_owned) })
    }

    /// Takes what a thread has read, or why it could not. Dropped where nothing is waited for.
    pub fn take_read(&mut self, read: Result<Recognised, Vec<Diagnostic>>) -> Option<Wish> {
        if !matches!(self.step, Phase::Read) {
            return None;
        }
        match read {
            Ok(recognised) => {
                let mut look = Look {
                    recognised,
                    summary: None,
                    asked: ImportOptions::default(),
                    is_waiting: true,
                    annotator: String::new(),
                    clash: Clash::default(),
                    labels: BTreeMap::new(),
                };
                look.asked = look.options();
                let wish = Wish::PlanImport(look.asked.clone());
                self.form = FormState::default();
                self.step = Phase::Look(Box::new(look));
                Some(wish)
            }
            Err(why) => {
                self.step = Phase::Choose;
                self.problems = why;
                None
            }
        }
    }

    /// Takes what the files come to, or why they can’t be brought in so; dropped where something else was asked for since.
    pub fn take_planned(&mut self, options: &ImportOptions, planned: Result<ImportSummary, Vec<Diagnostic>>) {
        let Phase::Look(look) = &mut self.step else { return };
        if look.asked != *options {
            return;
        }
        look.is_waiting = false;
        match planned {
            Ok(summary) => {
                self.problems.clear();
                look.summary = Some(summary);
            }
            Err(why) => {
                self.problems = why;
                look.summary = None;
            }
        }
    }

    /// Draws the step that it is at.
    pub fn ui(&mut self, around: Around<'_>) -> Outcome {
        let Some(ctx) = around.ctx else { return Outcome::Leave };
        match &mut self.step {
            Phase::Look(_) => self.look_ui(around, ctx),
            Phase::Choose | Phase::Read => self.choose_ui(around),
        }
    }

    /// The step in which files are chosen.
    fn choose_ui(&mut self, around: Around<'_>) -> Outcome {
        let confirm = if self.paths.is_some() { "See what is in them" } else { "Choose files…" };
        let card = Card::new("Import", confirm);
        let Self { form, format, paths, step, problems } = self;
        let mut asks_for_folder = false;
        let answer = card.show(around.egui, around.tokens, form, |ui, form| {
            let hint = tr(
                "Files of other annotation programs become articles with their marks; you see what is in them first",
            );
            words::paragraph_ui(ui, &hint, fonts::plain(size::SMALL), form.tokens.soft_ink);
            ui.add_space(space::S);
            form.row(ui, &tr("Format"), |_, ui, label| {
                let read = FORMATS.iter().filter(|format| format.read.is_some());
                let named = read.map(|f| (Some(f.name), format!("{} ({})", tr(f.title), f.name)));
                let all = std::iter::once((None, tr("Find out from the files").into_owned())).chain(named).collect();
                form::line(ui, |ui| picker(ui, "Format", ui.available_width(), format, all).labelled_by(label));
            });
            match paths {
                Some(paths) => {
                    form.paragraph(ui, &tr("Paths"), &tr("One file or folder per line"), 3, paths);
                    form.note(ui, &tr("There is no file dialog here, so type the path"));
                }
                None => {
                    form.row(ui, "", |form, ui, _| {
                        let text = tr("Choose a folder…");
                        asks_for_folder = button::quiet(ui, form.tokens, &text, &text, Chosen::Yes).clicked();
                    });
                }
            }
            if matches!(step, Phase::Read) {
                form.note(ui, &tr("Reading…"));
            }
            problems_ui(ui, form, problems);
        });
        let written: Option<Vec<String>> = self
            .paths
            .as_ref()
            .map(|paths| paths.lines().map(str::trim).filter(|path| !path.is_empty()).map(str::to_owned).collect());
        match (answer, written) {
            (CardAnswer::Leave, _) => Outcome::Leave,
            (CardAnswer::Stay, _) if asks_for_folder => Outcome::Wishes(vec![Wish::Choose(Choice::ImportFolder)]),
            (CardAnswer::Confirm, None) => Outcome::Wishes(vec![Wish::Choose(Choice::ImportFiles)]),
            (CardAnswer::Confirm, Some(paths)) => {
                self.choose(paths).map_or(Outcome::Stay, |wish| Outcome::Wishes(vec![wish]))
            }
            _ => Outcome::Stay,
        }
    }

    /// The step in which it is shown what the files come to. *Other files* goes back.
    fn look_ui(&mut self, around: Around<'_>, ctx: &Ctx<'_>) -> Outcome {
        let Self { form, step, problems, .. } = self;
        let Phase::Look(look) = step else { return Outcome::Stay };
        let card = Card { width: size::PALETTE, ..Card::new("What is in the files", "Import") };
        let (mut back, mut is_editing) = (false, false);
        let answer = card.show(around.egui, around.tokens, form, |ui, form| {
            look.recognised.ui(ui, form);
            look.ask_ui(ui, form, problems);
            problems_ui(ui, form, problems);
            match &look.summary {
                Some(summary) => summary_ui(ui, form, ctx.codebook(), (summary, &look.recognised), &mut look.labels),
                None if look.is_waiting => form.note(ui, &tr("Working out what would be added…")),
                None => {}
            }
            ui.add_space(space::XS);
            let text = tr("Other files");
            back = button::quiet(ui, form.tokens, &text, &text, Chosen::Yes).clicked();
            is_editing = form.is_editing();
        });
        if back {
            (self.step, self.form) = (Phase::Choose, FormState::default());
            self.problems.clear();
            return Outcome::Stay;
        }
        let options = look.options();
        // A name is taken once it is written.
        let is_new = options != look.asked && (!is_editing || answer == CardAnswer::Confirm);
        if answer != CardAnswer::Leave && is_new {
            (look.asked, look.is_waiting) = (options.clone(), true);
            return Outcome::Wishes(vec![Wish::PlanImport(options)]);
        }
        match answer {
            CardAnswer::Leave => Outcome::Leave,
            CardAnswer::Confirm if look.summary.is_some() && !look.is_waiting => Outcome::Done(vec![Wish::Import]),
            _ => Outcome::Stay,
        }
    }
}

impl Look {
    /// What can be said about how it is to be taken in, as far as it matters.
    fn ask_ui(&mut self, ui: &mut Ui, form: &mut Form<'_>, problems: &[Diagnostic]) {
        let nobody = problems.iter().any(|problem| problem.code == "no-annotator");
        if nobody || !self.annotator.is_empty() {
            form.text(ui, &tr("Annotator"), &tr("Whose marks they are"), &mut self.annotator);
        }
        let clashes = |summary: &ImportSummary| {
            summary.labels.iter().chain(&summary.kinds).any(|row| matches!(row.how, How::Apart | How::Merged))
        };
        if self.clash == Clash::Merge || self.summary.as_ref().is_some_and(clashes) {
            form.row(ui, &tr("Clashes"), |form, ui, _| {
                let choices = [(Clash::Apart, "Keep apart"), (Clash::Merge, "Extend the project’s")];
                let choices = choices.map(|(clash, text)| (clash, tr(text), tr(text)));
                let id = ui.scope_id().with("clash");
                let clicked = segmented::one_of(ui, form.tokens, id, self.clash, &choices);
                self.clash = clicked.unwrap_or(self.clash);
            });
        }
    }
}

impl Recognised {
    fn ui(&self, ui: &mut Ui, form: &mut Form<'_>) {
        let title = Format::named(self.format).map_or("", |format| format.title);
        let name = format!("{} ({})", tr(title), self.format);
        let (n, format) = (self.articles, name.as_str());
        let read = match self.is_guessed {
            true => tr!("Looks like {format}: {n} article|Looks like {format}: {n} articles", n, format),
            false => tr!("Read as {format}: {n} article|Read as {format}: {n} articles", n, format),
        };
        words::paragraph_ui(ui, &read, fonts::plain(size::TEXT), form.tokens.ink);
        if let Some(offsets) = &self.offsets {
            let told = tr!("Offsets: {offsets}", offsets = offsets.clone());
            words::paragraph_ui(ui, &told, fonts::plain(size::SMALL), form.tokens.soft_ink);
        }
        ui.add_space(space::S);
    }
}

/// How much would be added, what becomes of the labels, and what is told.
fn summary_ui(
    ui: &mut Ui,
    form: &Form<'_>,
    codebook: &Codebook,
    (summary, recognised): (&ImportSummary, &Recognised),
    labels: &mut BTreeMap<String, LabelId>,
) {
    let adds = tr!("Adds {what}", what = summary.said());
    words::paragraph_ui(ui, &adds, fonts::strong(size::TEXT), form.tokens.ink);
    if !summary.annotators.is_empty() {
        let by = tr!("Marked by {names}", names = summary.annotators.join(", "));
        words::paragraph_ui(ui, &by, fonts::plain(size::SMALL), form.tokens.soft_ink);
    }
    ui.add_space(space::S);
    let room = (ui.available_height() - 3.0 * size::FORM_ROW).clamp(3.0 * size::FORM_ROW, ROOM);
    ScrollArea::vertical().id_salt("what is in the files").max_height(room).auto_shrink([false, true]).show(ui, |ui| {
        ui.set_width(ui.available_width() - space::M);
        // What has to be looked at comes first.
        told::list_ui(ui, form.tokens, &tr("Set aside, as it breaks a rule"), &summary.set_aside);
        told::list_ui(ui, form.tokens, &tr("What is done about it"), &summary.told);
        told::list_ui(ui, form.tokens, &tr("Found in the files"), &recognised.told);
        if !summary.labels.is_empty() {
            form::caption(ui, form.tokens, &tr("Labels"));
            summary.labels.iter().for_each(|row| label_ui(ui, form, codebook, row, labels));
            ui.add_space(space::S);
        }
        if !summary.kinds.is_empty() {
            form::caption(ui, form.tokens, &tr("Kinds of relation"));
            for row in &summary.kinds {
                form::line(ui, |ui| becomes_ui(ui, form, row));
            }
            ui.add_space(space::S);
        }
    });
}

/// A label of the files, what becomes of it, and what it could become instead.
fn label_ui(ui: &mut Ui, form: &Form<'_>, codebook: &Codebook, row: &Becomes, labels: &mut BTreeMap<String, LabelId>) {
    form::line(ui, |ui| {
        let name = vec2(ui.available_width() - PICKER - ui.spacing().item_spacing.x, size::FORM_ROW);
        ui.allocate_ui_with_layout(name, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_size(name);
            becomes_ui(ui, form, row);
        });
        let mut to = labels.get(&row.from).cloned();
        let named = codebook.labels.iter().map(|label| (Some(label.id.clone()), label.name.clone()));
        let all = std::iter::once((None, tr("As in the files").into_owned())).chain(named).collect();
        ui.push_id(&row.from, |ui| picker(ui, "becomes", PICKER, &mut to, all)).inner.accessible_name(&row.from);
        match to {
            Some(to) => labels.insert(row.from.clone(), to),
            None => labels.remove(&row.from),
        };
    });
}

/// “Person, added”.
fn becomes_ui(ui: &mut Ui, form: &Form<'_>, row: &Becomes) {
    let told = match row.how {
        How::Same | How::Added => tr!("{from}: {how}", from = row.from.as_str(), how = row.how.name()),
        _ => tr!("{from}: {how}, {to}", from = row.from.as_str(), how = row.how.name(), to = row.to.as_str()),
    };
    words::line_ui(ui, Role::Label, &told, fonts::plain(size::TEXT), form.tokens.ink);
}

fn problems_ui(ui: &mut Ui, form: &Form<'_>, problems: &[Diagnostic]) {
    for problem in problems {
        let color = if problem.is_error() { form.tokens.danger } else { form.tokens.soft_ink };
        words::paragraph_ui(ui, &phrase(&problem.in_a_line()), fonts::plain(size::SMALL), color);
        for hint in &problem.hints {
            words::paragraph_ui(ui, &phrase(hint), fonts::plain(size::SMALL), form.tokens.soft_ink);
        }
    }
}
