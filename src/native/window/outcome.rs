//! What the window’s jobs come to, and what becomes of it between two frames.
//!
//! An outcome may belong to a project that is no longer open; those are dropped, but for what was lost.

use super::{
    Window,
    done::{Done, Then},
};
use crate::{diagnostic::Diagnostic, jobs::Outcome, model::ArticleId, phrase, runner::PlannedArticles, store::Backup};

impl Window {
    /// Brings in what a job came to. A job that failed or was cancelled has changed nothing; what it says is shown.
    pub(super) fn take_outcome(&mut self, outcome: Outcome<Done>, ctx: &egui::Context) {
        let done = match outcome {
            Ok(done) => done,
            Err(told) => return told.into_iter().for_each(|told| self.shell.app.show_message(told)),
        };
        match done {
            Done::Opened(opened) => self.leave(Then::WorkOn(opened), ctx),
            Done::Held(wanted) => self.open_later(wanted, ctx),
            Done::Found(wanted) => self.open(wanted),
            Done::Gathered(project, gathered) if project == self.opened => self.add_gathered(*gathered),
            Done::Gathered(..) => {
                let told = "Articles were not added, because another project was opened";
                self.shell.app.show_message(Diagnostic::warning("not-added", told));
            }
            Done::Written { to, told } => {
                told.into_iter().for_each(|told| self.shell.app.show_message(told));
                let written = Diagnostic::note("written", "The file is written");
                self.shell.app.show_message(written.at_path(to));
            }
            Done::WorkedOut(project, outcome) if project == self.opened => {
                let outcome = outcome.map(|(correct, told)| {
                    told.into_iter().for_each(|told| self.shell.app.show_message(told));
                    correct
                });
                self.shell.dialogs.worked_out(outcome);
                ctx.request_repaint();
            }
            Done::Preflight(project, (name, options), found) if project == self.opened => {
                self.take_preflight((&name, &options), *found);
                ctx.request_repaint();
            }
            Done::ReadIn(project, read) if project == self.opened => {
                self.take_read_in(*read);
                ctx.request_repaint();
            }
            Done::PlannedImport(project, options, planned) if project == self.opened => {
                self.take_planned(&options, *planned);
                ctx.request_repaint();
            }
            Done::WorkedOut(..) | Done::Preflight(..) | Done::ReadIn(..) | Done::PlannedImport(..) => {}
            Done::Compared(project, comparison) if project == self.opened => {
                self.shell.app.take_comparison(*comparison);
                ctx.request_repaint();
            }
            Done::Tabulated(project, tables) if project == self.opened => {
                self.shell.app.take_tables(*tables);
                ctx.request_repaint();
            }
            Done::Compared(..) | Done::Tabulated(..) => {}
            // That it is saved is seen.
            Done::Saved => {}
            Done::Elsewhere(elsewhere) => self.go_on_elsewhere(*elsewhere),
            Done::BackedUp(project, backed_up) => self.take_backup(project, backed_up),
            Done::Backups(backups) => self.offer_backups(backups),
            Done::Recent(recent) => self.shell.app.recent = recent,
            Done::Fonts(fonts) => fonts.install(ctx),
            Done::Kept(kept) => {
                self.is_keeping = false;
                kept.err().into_iter().for_each(|told| self.shell.app.show_message(told));
            }
        }
    }

    /// A backup that fails keeps nothing from being saved, and is told once.
    fn take_backup(&mut self, project: u64, backed_up: Outcome<()>) {
        let Err(told) = backed_up else { return };
        let is_cancelled = told.iter().any(|told| told.code == "cancelled");
        if project != self.opened || is_cancelled || std::mem::replace(&mut self.told_of_backup, true) {
            return;
        }
        for told in told {
            let message = phrase!("The project could not be backed up: {why}", why = told.message);
            let severity = crate::diagnostic::Severity::Warning;
            self.shell.app.show_message(Diagnostic { severity, message, ..told });
        }
    }

    /// Opens the card of backups, or says that there are none.
    fn offer_backups(&mut self, backups: Vec<Backup>) {
        if backups.is_empty() {
            let told = Diagnostic::note("no-backup", "There is no backup yet")
                .hint("One is made when the project is opened, for the day on which it was last changed");
            return self.shell.app.show_message(told);
        }
        let days = backups.into_iter().map(|backup| backup.day).collect();
        self.shell.dialogs.offer_backups(days, self.shell.app.ctx().as_ref());
    }

    /// Adds what a job has gathered as one transaction, and asks about twins.
    fn add_gathered(&mut self, gathered: PlannedArticles) {
        let Some(runner) = self.shell.app.runner_mut() else { return };
        let added = runner.add_planned(gathered);
        self.shell.app.show(added.shown);
        added.diagnostics.into_iter().for_each(|told| self.shell.app.show_message(told));
        let title = |id: &ArticleId| {
            let article = self.shell.app.session().and_then(|s| s.project().article(id));
            article.map(|a| a.metadata.title.clone()).unwrap_or_default()
        };
        let twins = added.twins.into_iter().map(|(new, twin)| (title(&twin), new)).collect();
        self.shell.dialogs.offer_twins(twins);
        self.shell.app.show_added(&added.added);
    }
}
