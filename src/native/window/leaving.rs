//! Leaving the project in the window: to close, or for another one. What is not saved is not left unless the user says
//! so; a signal, which nobody can answer, waits for a while, and then everything goes to a folder of its own.

use std::{
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use super::{
    GLANCE, LONG, Window, as_text,
    done::{Closing, Done, Leaving, Then},
    opening::real,
    places,
};
use crate::{
    diagnostic::Diagnostic,
    jobs::{Job, Progress},
    phrase,
    runner::{Elsewhere, Left, Runner, State},
};

/// Where nobody can be asked, it is tried again for so long to save what is not saved.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often it is looked whether everything is saved meanwhile.
const PAUSE: Duration = Duration::from_millis(200);

impl Window {
    /// Does what leaves the project as soon as everything is saved; asks where it can’t be.
    pub(super) fn leave(&mut self, then: Then, ctx: &egui::Context) {
        self.shell.app.end_writing();
        self.leaving = Some(Leaving { then, since: Instant::now() });
        self.go_on_leaving(ctx);
    }

    /// Leaves as soon as everything is saved; asks where that takes long or fails.
    pub(super) fn go_on_leaving(&mut self, ctx: &egui::Context) {
        let Some(leaving) = &self.leaving else { return };
        let (unsaved, state, why) = self
            .shell
            .app
            .runner()
            .map_or((0, State::Saved, None), |runner| (runner.unsaved(), runner.state(), runner.trouble()));
        if unsaved == 0 {
            return self.leave_now(ctx);
        }
        let is_on_its_way = self.elsewhere.is_some_and(|job| self.jobs.running().any(|(number, _)| number == job));
        if !is_on_its_way && (state == State::Failed || leaving.since.elapsed() > LONG) {
            self.shell.dialogs.ask_unsaved(unsaved, why);
        }
        ctx.request_repaint_after(GLANCE);
    }

    /// Goes on with what was to be done, whatever is saved.
    pub(super) fn leave_now(&mut self, ctx: &egui::Context) {
        self.shell.dialogs.stop_asking_unsaved();
        match self.leaving.take().map(|leaving| leaving.then) {
            None => {}
            Some(Then::Close) => {
                self.may_close = true;
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
            Some(Then::WorkOn(opened)) => self.replace_project(*opened, ctx),
            Some(Then::OpenLater(wanted)) => {
                self.put_in_place(None);
                self.next = Some(wanted);
            }
        }
    }

    /// The user has decided to stay.
    pub(super) fn stay(&mut self) {
        self.leaving = None;
    }

    /// The window is to be closed, by the desktop or by a signal.
    pub(super) fn look_for_the_end(&mut self, ctx: &egui::Context) {
        if self.signals.came() && !self.may_close {
            // Nobody may be there to answer; what is not saved yet is waited for when the window is gone.
            self.may_close = true;
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
        if !ctx.input(|input| input.viewport().close_requested()) || self.may_close {
            return;
        }
        self.shell.app.end_writing();
        if self.shell.app.runner().is_some_and(|runner| runner.unsaved() > 0) {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.leave(Then::Close, ctx);
        }
    }

    /// Tries again at once to save what is not saved.
    pub(super) fn save_now(&mut self) {
        let Some(work) = self.shell.app.runner().map(Runner::saving) else { return };
        self.job("Saving", move |progress| work(progress).map(|()| Done::Saved));
    }

    /// Writes the project into another folder, as a job; work goes on meanwhile.
    pub(super) fn save_elsewhere(&mut self, to: &Path) {
        let Some(runner) = self.shell.app.runner_mut() else { return };
        let work = runner.saving_elsewhere(to);
        let job = self.job("Saving elsewhere", move |progress| {
            crate::jobs::spread("Saving elsewhere", || work(progress)).map(|there| Done::Elsewhere(Box::new(there)))
        });
        self.elsewhere = Some(job);
    }

    /// Goes on in the folder that everything was written into.
    pub(super) fn go_on_elsewhere(&mut self, elsewhere: Elsewhere) {
        let Some(runner) = self.shell.app.runner_mut() else { return };
        let old = real(runner.root());
        match runner.go_on_in(elsewhere) {
            Ok(left) => {
                let root = as_text(real(runner.root()));
                self.shell.app.settings.remember(&root);
                let told =
                    Diagnostic::note("elsewhere", "Everything is saved in the new folder, and you continue there");
                self.shell.app.show_message(told.at_path(root));
                self.let_go(old, left);
            }
            Err(why) => self.shell.app.show_message(why),
        }
    }

    /// The old folder may be one that can’t be written: it is waited for on another thread.
    fn let_go(&mut self, root: PathBuf, left: Left) {
        let job = Job::start("Saving", Some(self.wake.clone()), move |_| {
            drop(left);
            Ok(())
        });
        self.closing.push(Closing { root, job });
    }

    /// Waits for what is not saved when the window is gone, unless the user has left it so; gives what to say to whoever
    /// has ended it.
    pub(super) fn save_at_the_end(&mut self) -> Vec<Diagnostic> {
        let Some(runner) = self.shell.app.runner_mut().filter(|_| !self.left_unsaved) else { return Vec::new() };
        let until = Instant::now() + PATIENCE;
        let why = loop {
            match runner.record() {
                Ok(()) => return Vec::new(),
                Err(why) if Instant::now() > until => break why,
                Err(_) => thread::sleep(PAUSE),
            }
        };
        let n = runner.unsaved();
        let mut told = vec![
            Diagnostic::error("not-saved", phrase!("{n} change is not saved|{n} changes are not saved", n))
                .at_path(runner.root().display()),
            why,
        ];
        match saved_aside(runner) {
            Ok(to) => {
                let to = as_text(to);
                told.push(
                    Diagnostic::note("elsewhere", "The whole project was saved with them in a separate folder")
                        .at_path(&to)
                        .hint("It opens next time; continue there"),
                );
                self.shell.app.settings.remember(&to);
            }
            Err(more) => told.extend(more),
        }
        told
    }
}

/// Writes everything into a new folder among the user’s own projects.
fn saved_aside(runner: &mut Runner) -> Result<PathBuf, Vec<Diagnostic>> {
    let Some(own) = places::own_projects() else { return Err(Vec::new()) };
    let name = runner.root().file_name().map_or_else(|| "project".into(), |name| name.to_string_lossy().into_owned());
    let mut names = std::iter::once(format!("{name}-saved")).chain((2..).map(|n| format!("{name}-saved-{n}")));
    let to = names.find_map(|name| Some(own.join(name)).filter(|to| !to.exists())).unwrap_or_default();
    let elsewhere = runner.saving_elsewhere(&to)(&Progress::default())?;
    drop(runner.go_on_in(elsewhere).map_err(|why| vec![why])?);
    Ok(to)
}
