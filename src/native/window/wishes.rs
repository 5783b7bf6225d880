//! What the views wish for, granted: on the desktop at once, on the disk by jobs. A wish that can’t be granted is
//! answered by a message; nothing is written on the window’s thread.

use std::path::{Path, PathBuf};

use super::{
    Window,
    done::{Done, Then, Wanted},
};
use crate::{
    compare,
    diagnostic::Diagnostic,
    format::{ExportOptions, Format},
    jobs,
    model::ArticleId,
    poster::Which,
    runner::{self, Runner},
    session::Run,
    store,
    ui::{
        view::compare::tabulated,
        wish::{NewText, Task, Wish},
    },
};

impl Window {
    /// Carries out a wish: at once where it is for the views or the desktop, as a job where it reads or writes files.
    pub(super) fn grant(&mut self, wish: Wish, ctx: &egui::Context) {
        match wish {
            // The views’ own, which the shell and the app grant.
            wish @ (Wish::Run(_) | Wish::Settings(_) | Wish::Ask(_) | Wish::Overlay(_)) => {
                self.shell.app.grant(vec![wish]);
            }
            Wish::Choose(choice) => self.desktop.open(choice, ctx),
            Wish::CreateProject { folder, name, codebook } => {
                self.open(Wanted::New { folder: PathBuf::from(folder), name, codebook });
            }
            Wish::OpenProject(path) => self.open(Wanted::Project(PathBuf::from(path))),
            Wish::OpenSample => self.open(Wanted::Sample),
            Wish::AddPaths(paths) => self.add(paths.into_iter().map(PathBuf::from).collect()),
            Wish::WorkOut { article, text } => self.work_out(article, text),
            Wish::Compare(articles) => self.compare(articles),
            Wish::Tabulate(articles) => self.tabulate(articles),
            Wish::SaveTable { to } => self.save_table(to),
            Wish::Export { format, options, to } => self.export(&format, &options, to),
            Wish::Preflight { format, options } => self.preflight(format, options),
            Wish::ReadIn { paths, format } => self.read_in(paths, format.as_deref()),
            Wish::PlanImport(options) => self.plan_import(options),
            Wish::Import => self.import(),
            Wish::ExportComparison { articles, which, to } => self.export_comparison(articles, which, to),
            Wish::Pack { to } => self.pack(to),
            Wish::Cancel(Task::Job(number)) => self.jobs.cancel(number),
            Wish::Cancel(Task::Reading(number)) => _ = self.shell.app.runner_mut().map(|runner| runner.cancel(number)),
            Wish::Copy(text) => ctx.copy_text(text),
            Wish::SaveNow => self.save_now(),
            Wish::SaveElsewhere { to } => self.save_elsewhere(Path::new(&to)),
            Wish::ListBackups => self.list_backups(),
            Wish::RestoreBackup { day, to } => self.restore_backup(day, PathBuf::from(to)),
            Wish::Stay => self.stay(),
            Wish::LeaveUnsaved => {
                self.left_unsaved = true;
                self.leave_now(ctx);
            }
            Wish::CloseWindow => self.leave(Then::Close, ctx),
        }
    }

    /// A project that is dropped or chosen is opened; anything else is read and added.
    fn add(&mut self, paths: Vec<PathBuf>) {
        let (planning, project) = (self.shell.app.runner().map(Runner::planning), self.opened);
        self.job("Adding articles", move |progress| {
            if let [path] = paths.as_slice()
                && store::is_project(path)
            {
                return Ok(Done::Found(Wanted::Project(path.clone())));
            }
            let Some(planning) = planning else {
                let told = Diagnostic::note("no-project", "No project is open");
                return Err(vec![told.hint("Open one, or make a new one")]);
            };
            jobs::spread("Adding articles", || {
                let gathered = runner::gather(&paths, "", "", progress);
                progress.step().map_err(|cancelled| vec![cancelled])?;
                Ok(Done::Gathered(project, Box::new(planning(gathered))))
            })
        });
    }

    /// What becomes of the marks where a text is corrected.
    fn work_out(&mut self, article: ArticleId, text: NewText) {
        let text = match text {
            NewText::Written(text) => runner::NewText::Written(text),
            NewText::File(path) => runner::NewText::File(PathBuf::from(path)),
        };
        let Some(work) = self.shell.app.runner().map(|runner: &Runner| runner.correcting(article, text)) else {
            return;
        };
        let project = self.opened;
        self.job("Correcting the text", move |progress| Ok(Done::WorkedOut(project, Box::new(work(progress)))));
    }

    /// What articles share, over the project as it is now.
    fn compare(&mut self, articles: Vec<ArticleId>) {
        let Some(snapshot) = self.shell.app.session().map(|session| session.project().clone()) else { return };
        let project = self.opened;
        self.job("Comparing", move |progress| {
            progress.expect(compare::steps(articles.len()));
            let comparison = compare::compared(&snapshot, articles, || progress.step());
            Ok(Done::Compared(project, Box::new(comparison.map_err(|cancelled| vec![cancelled])?)))
        });
    }

    /// What is marked in articles, over the project as it is now.
    fn tabulate(&mut self, articles: Vec<ArticleId>) {
        let Some(session) = self.shell.app.session() else { return };
        let Some(annotator) = session.annotator().cloned() else { return };
        let (snapshot, project) = (session.project().clone(), self.opened);
        self.job("Reading the marks", move |progress| {
            progress.expect(4);
            let tables = tabulated(&snapshot, &annotator, &articles, || progress.step());
            Ok(Done::Tabulated(project, Box::new(tables.map_err(|cancelled| vec![cancelled])?)))
        });
    }

    /// The table as it is shown now is written.
    fn save_table(&mut self, to: String) {
        let Some((csv, runner)) = self.shell.app.table_csv().zip(self.shell.app.runner()) else { return };
        let work = runner.writing(Path::new(&to), csv);
        self.job("Saving the table", move |_| {
            work()?;
            Ok(Done::Written { to, told: Vec::new() })
        });
    }

    /// The project as it is now is written; what changes while the job runs is not in the file.
    fn export(&mut self, format: &str, options: &ExportOptions, to: String) {
        let (Some(format), Some(runner)) = (Format::named(format), self.shell.app.runner()) else { return };
        let work = runner.exporting(format, options, Path::new(&to));
        self.job("Exporting", move |progress| {
            let report = jobs::spread("Exporting", || work(progress))?;
            Ok(Done::Written { to, told: report.told.into_iter().chain(report.left_out).collect() })
        });
    }

    /// The articles as they are now are compared, with what the annotator has marked and related, and written as a page.
    fn export_comparison(&mut self, articles: Vec<ArticleId>, which: Which, to: String) {
        let Some(runner) = self.shell.app.runner() else { return };
        let annotators = runner.session().annotator().cloned().into_iter().collect();
        let (work, write) = (runner.poster(articles, annotators, which), runner.writing_text(Path::new(&to)));
        self.job("Exporting", move |progress| {
            let (page, told) = jobs::spread("Exporting", || work(progress))?;
            write(&page)?;
            Ok(Done::Written { to, told })
        });
    }

    /// As for an export: a snapshot of the project, into one file.
    fn pack(&mut self, to: String) {
        let Some(work) = self.shell.app.runner().map(|runner: &Runner| runner.packing(Path::new(&to))) else { return };
        self.job("Packing", move |progress| {
            let told = jobs::spread("Packing", || work(progress))?;
            Ok(Done::Written { to, told })
        });
    }

    /// Looks which backups there are, as a job.
    fn list_backups(&mut self) {
        let Some(work) = self.shell.app.runner().map(Runner::listing_backups) else { return };
        self.job("Restoring", move |progress| work(progress).map(Done::Backups));
    }

    /// Restores a backup into a new folder, as a job, and opens it.
    fn restore_backup(&mut self, day: String, to: PathBuf) {
        let Some(project) = self.shell.app.runner().map(|runner| runner.root().to_owned()) else { return };
        self.job("Restoring", move |_| {
            jobs::spread("Restoring", || store::restore_backup(&project, &day, &to).map_err(|told| vec![told]))?;
            Ok(Done::Found(Wanted::Project(to)))
        });
    }
}
