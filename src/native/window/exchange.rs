//! Exchange with other programs: what an export would not keep, what files for an import come to, and bringing them in.
//!
//! All of it is read and worked out by jobs over snapshots; only the transaction at the end is the window’s.

use std::path::PathBuf;

use super::{
    Window,
    done::{Done, Exchange},
};
use crate::{
    command::{
        Offer, Show, Told,
        import::{Import, ImportOptions},
    },
    format::{ExportOptions, Format},
    jobs::{self, Outcome},
    phrase,
    runner::{self, PlannedImport, ReadIn},
    store::ExportReport,
    ui::dialog::{Preflight, Recognised},
};

impl Window {
    /// What an export would not keep.
    pub(super) fn preflight(&mut self, name: String, options: ExportOptions) {
        let (Some(format), Some(runner)) = (Format::named(&name), self.shell.app.runner()) else { return };
        let (work, project) = (runner.preflight(format, &options), self.opened);
        self.ask("Looking at the export", move |progress| {
            let found = jobs::spread("Looking at the export", || work(progress));
            Ok(Done::Preflight(project, (name, options), Box::new(found)))
        });
    }

    /// What is in files; nothing of the project changes.
    pub(super) fn read_in(&mut self, paths: Vec<String>, format: Option<&str>) {
        let format = format.and_then(Format::named);
        let (paths, project): (Vec<PathBuf>, u64) = (paths.into_iter().map(PathBuf::from).collect(), self.opened);
        self.exchange = Exchange::default();
        self.ask("Reading the files", move |progress| {
            Ok(Done::ReadIn(project, Box::new(runner::read_in(&paths, format, progress))))
        });
    }

    /// What the files that were read last come to in the project.
    pub(super) fn plan_import(&mut self, options: ImportOptions) {
        let (Some(read), Some(runner)) = (&self.exchange.read, self.shell.app.runner()) else { return };
        let import = Import { incoming: read.incoming.clone(), options: options.clone() };
        let work = runner.planning_import(import);
        let project = self.opened;
        self.exchange.planned = None;
        self.ask("Working out the import", move |progress| {
            Ok(Done::PlannedImport(project, options, Box::new(work(progress))))
        });
    }

    /// Brings in what was worked out last, as one step.
    pub(super) fn import(&mut self) {
        let Some((planned, runner)) = self.exchange.planned.take().zip(self.shell.app.runner_mut()) else { return };
        self.exchange = Exchange::default();
        match runner.import(planned) {
            Ok((summary, mut shown)) => {
                let what = phrase!("Imported {what}", what = summary.said());
                let offer = if shown.iter().any(|show| matches!(show, Show::Changed(_))) {
                    Offer::Undo
                } else {
                    Offer::Nothing
                };
                shown.push(Show::Tell(Told { what, offer }));
                self.shell.app.show(shown);
                self.shell.app.open_first(&summary.added);
            }
            Err(told) => self.shell.app.show_message(told),
        }
    }

    /// Starts a job in place of the one whose answer was waited for.
    fn ask(&mut self, name: &'static str, work: impl FnOnce(&jobs::Progress) -> Outcome<Done> + Send + 'static) {
        let before = self.exchange.asked.take();
        before.into_iter().for_each(|before| self.jobs.cancel(before));
        self.exchange.asked = Some(self.job(name, work));
    }

    /// Gives the dialogs what is known of an export.
    pub(super) fn take_preflight(&mut self, (name, options): (&str, &ExportOptions), found: Outcome<ExportReport>) {
        let found = found.map(|report| Preflight {
            marks: report.size.annotations,
            losses: report.losses,
            told: report.told,
            left_out: report.left_out,
            split: report.split,
        });
        self.shell.dialogs.looked_at_export((name, options), found);
    }

    /// Gives the dialogs what was read, and keeps it for the plan.
    pub(super) fn take_read_in(&mut self, read: Outcome<ReadIn>) {
        let read = read.map(|read| {
            let recognised = Recognised {
                format: read.format.name,
                is_guessed: read.is_guessed,
                articles: read.incoming.articles.len(),
                offsets: read.offsets.clone(),
                told: read.diagnostics.clone(),
            };
            self.exchange.read = Some(read);
            recognised
        });
        self.shell.dialogs.read_in(read);
    }

    /// Gives the dialogs what an import comes to, and keeps the plan.
    pub(super) fn take_planned(&mut self, options: &ImportOptions, planned: Outcome<PlannedImport>) {
        let planned = planned.map(|planned| {
            let summary = planned.summary().clone();
            self.exchange.planned = Some(planned);
            summary
        });
        self.shell.dialogs.planned_import(options, planned);
    }
}
