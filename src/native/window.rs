//! The window: frames for the views, and what they wish for carried out on the disk and the desktop.
//!
//! Its thread never waits for the disk except when it opens ([`AT_FIRST`]), when a command reads an article
//! ([`A_MOMENT`]) and when it closes: whatever reads or writes is a job, and its result is brought in between two frames.
//! In a frame, results come first, then the views draw, then their wishes are carried out.

mod done;
mod exchange;
mod leaving;
mod opening;
mod outcome;
mod placing;
mod wishes;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, mpsc::Receiver},
    time::{Duration, Instant},
};

use done::{Closing, Done, Exchange, Leaving, Wanted};
use placing::Placing;

use super::{
    appearance,
    desktop::{DesktopAnswer, Dialogs},
    places, settings,
    signals::Signals,
    watching::Watching,
};
use crate::{
    diagnostic::Diagnostic,
    jobs::{self, Job, Jobs, Outcome, Progress, Wake},
    runner::{Runner, State},
    ui::{
        app::App,
        context::SaveState,
        panel::doing::Doing,
        settings::Settings,
        shell::Shell,
        theme::{SystemLook, fonts, system_fonts::SystemFonts},
        view::welcome::{ProjectPresence, Recent},
        wish::Task,
        words::tr,
    },
};

/// The first frame waits so long for the project, so that the window does not open on an empty one.
const AT_FIRST: Duration = Duration::from_millis(500);

/// A command waits so long for the disk, so that an article is there in the frame in which it opens. Longer is seen.
const A_MOMENT: Duration = Duration::from_millis(20);

/// What ends sooner is not shown: a bar that flashes by says nothing.
const LONG: Duration = Duration::from_millis(400);

/// The project is backed up so often, where something has changed.
const BETWEEN_BACKUPS: Duration = Duration::from_secs(60 * 60);

/// While something is under way, it is looked at so often.
const GLANCE: Duration = Duration::from_millis(100);

/// Called after every frame; for measuring, and for whoever wants to know what is saved.
pub type Watch = Box<dyn FnMut(&Seen<'_>)>;

/// What a frame has shown.
pub struct Seen<'f> {
    /// How many changes of the project have been saved since it was opened.
    pub saved: u64,
    /// The window’s context, as after the frame.
    pub ctx: &'f egui::Context,
}

/// What could not be saved in its place when the window had gone, and so can be told only on standard error.
pub(super) type Lost = Arc<Mutex<Vec<Diagnostic>>>;

/// The window: the shell with the views, and everything that outlives a frame.
pub(super) struct Window {
    shell: Shell<Runner>,
    /// The desktop’s file dialogs that are open.
    desktop: Dialogs,
    /// Work that the user has asked for and may cancel.
    /// They are shown with a bar once they take longer than [`LONG`].
    jobs: Jobs<Done>,
    /// Work that nobody sees: finding fonts, looking for recent projects, keeping the settings.
    chores: Jobs<Done>,
    /// How many projects have been in the window: articles that are read for one of them are of no other.
    opened: u64,
    /// Projects that are no longer in the window and not yet let go of.
    closing: Vec<Closing>,
    /// The folder of the project in the window, while it is watched.
    watching: Option<Watching>,
    /// Whether the window had the focus in the last frame.
    had_focus: bool,
    /// Opened when what is closing has been saved.
    next: Option<Wanted>,
    /// What is done when everything is saved.
    leaving: Option<Leaving>,
    /// Exports and imports that are being looked at.
    exchange: Exchange,
    /// The number of the job that saves elsewhere, the last time.
    elsewhere: Option<u64>,
    /// Whether everything is saved, or the user wants to leave it unsaved, or nobody can be asked.
    may_close: bool,
    /// Whether the user has decided to leave what is not saved.
    left_unsaved: bool,
    /// Whether the system asks the program to end.
    signals: Signals,
    /// What can only be told after the window is gone.
    lost: Lost,
    /// Whether everything was waited for that the window leaves behind.
    has_ended: bool,
    /// When the project is backed up next, and whether it was told that this failed.
    next_backup: Instant,
    /// Whether a failed backup was told of; once is enough.
    told_of_backup: bool,
    /// The settings as they are kept, or are just being.
    kept: Settings,
    /// Whether the settings are being written; they are written one after the other, so that the last ones win.
    is_keeping: bool,
    /// Given to every job: asks for a frame from another thread.
    wake: Wake,
    /// What the desktop asks for, whenever that changes.
    appearance: Receiver<SystemLook>,
    /// Whether all of the window has been seen on its monitor yet.
    placing: Placing,
    /// For tests: sees every frame.
    watch: Option<Watch>,
}

impl Window {
    /// The window with the settings, opening a project where one is named.
    pub fn new(
        creation: &eframe::CreationContext<'_>,
        project: Option<PathBuf>,
        watch: Option<Watch>,
        lost: Lost,
    ) -> Self {
        let ctx = &creation.egui_ctx;
        ctx.set_fonts(fonts::definitions(None));
        let (kept, told) = settings::load();
        let (own, woken) = (ctx.clone(), ctx.clone());
        let wake: Wake = Arc::new(move || own.request_repaint());
        let appearance = appearance::follow(wake.clone());
        let mut window = Self {
            shell: Shell::new(App::new(kept.clone())),
            desktop: Dialogs::default(),
            jobs: Jobs::default(),
            exchange: Exchange::default(),
            chores: Jobs::default(),
            opened: 0,
            closing: Vec::new(),
            watching: None,
            had_focus: true,
            next: None,
            leaving: None,
            elsewhere: None,
            may_close: false,
            left_unsaved: false,
            signals: Signals::watch(move || woken.request_repaint()),
            lost,
            has_ended: false,
            next_backup: Instant::now(),
            told_of_backup: false,
            kept,
            is_keeping: false,
            wake,
            appearance,
            placing: Placing::default(),
            watch,
        };
        window.shell.app.zone = jiff::tz::TimeZone::system();
        told.into_iter().for_each(|told| window.shell.app.show_message(told));
        window.prepare_dialogs();
        window.chore("System fonts", |_| Ok(Done::Fonts(SystemFonts::find())));
        window.begin(project, ctx);
        // So that the first frame is not light where the desktop is dark.
        window.shell.app.settings.system = window.appearance.recv_timeout(A_MOMENT).unwrap_or_default();
        window
    }

    /// Tells the dialogs what they can’t know: where projects stand.
    fn prepare_dialogs(&mut self) {
        self.shell.dialogs.projects_folder = places::projects_of_user().map(as_text).unwrap_or_default();
        self.look_for_recent();
    }

    /// Starts work that is shown to the user if it takes long; gives its number.
    fn job(&mut self, name: &'static str, work: impl FnOnce(&Progress) -> Outcome<Done> + Send + 'static) -> u64 {
        self.jobs.add(Job::start(name, Some(self.wake.clone()), work))
    }

    /// Starts work that is not shown.
    fn chore(&mut self, name: &'static str, work: impl FnOnce(&Progress) -> Outcome<Done> + Send + 'static) {
        self.chores.add(Job::start(name, Some(self.wake.clone()), work));
    }

    /// Keeps the project as it is, where there is none of this day yet, now and then.
    fn back_up(&mut self) {
        if Instant::now() < self.next_backup {
            return;
        }
        self.next_backup = Instant::now() + BETWEEN_BACKUPS;
        let Some(runner) = self.shell.app.runner().filter(|runner| runner.state() != State::ReadOnly) else { return };
        let (work, project) = (runner.backing_up(), self.opened);
        self.chore("Backing up", move |progress| {
            Ok(Done::BackedUp(project, jobs::spread("Backing up", || work(progress))))
        });
    }

    /// Looks which of the recent projects are there.
    fn look_for_recent(&mut self) {
        let recent = self.shell.app.settings.recent.clone();
        let look = |path: String| {
            let name = Path::new(&path).file_name().map_or_else(|| path.clone(), |n| n.to_string_lossy().into_owned());
            let state = if Path::new(&path).exists() { ProjectPresence::Here } else { ProjectPresence::Missing };
            Recent { name, path, state }
        };
        self.chore("Recent projects", move |_| Ok(Done::Recent(recent.into_iter().map(look).collect())));
    }

    /// Brings in what has happened since the last frame.
    fn take_news(&mut self, ctx: &egui::Context) {
        if let Some(look) = self.appearance.try_iter().last() {
            self.shell.app.settings.system = look;
        }
        while let Some(answer) = self.desktop.answer() {
            match answer {
                DesktopAnswer::Chosen(choice, paths) => self.shell.dialogs.chosen(choice, paths),
                DesktopAnswer::NoDialog(choice) => self.shell.dialogs.no_desktop_dialog(choice),
            }
        }
        let ended = self.jobs.ended().into_iter().chain(self.chores.ended());
        ended.collect::<Vec<_>>().into_iter().for_each(|outcome| self.take_outcome(outcome, ctx));
        self.go_on_closing();
        self.look_around(ctx);
        self.go_on_leaving(ctx);
        self.back_up();
        if let Some(runner) = self.shell.app.runner_mut() {
            let shown = runner.bring_in();
            if !shown.is_empty() {
                // There may be more than is brought in at a time.
                ctx.request_repaint();
            }
            self.shell.app.show(shown);
        }
        self.make_room();
        self.shell.app.doing = self.doing();
        if self.is_busy() {
            ctx.request_repaint_after(GLANCE);
        }
    }

    /// Looks what other programs have done meanwhile, when one comes back to the window.
    fn look_around(&mut self, ctx: &egui::Context) {
        let trouble = self.watching.as_mut().map(Watching::take_trouble).unwrap_or_default();
        trouble.into_iter().for_each(|told| self.shell.app.show_message(told));
        let has_focus = ctx.input(|input| input.focused);
        if has_focus
            && !std::mem::replace(&mut self.had_focus, has_focus)
            && let Some(runner) = self.shell.app.runner_mut()
        {
            runner.look_outside();
        }
        self.had_focus = has_focus;
    }

    /// Lets go of articles that no view needs, where there are too many in memory.
    fn make_room(&mut self) {
        if !self.shell.app.runner().is_some_and(Runner::is_full) {
            return;
        }
        let needed = self.shell.app.needed();
        if let Some(runner) = self.shell.app.runner_mut() {
            runner.make_room(&needed);
        }
    }

    /// Takes over how the saving stands and what went wrong.
    fn take_state(&mut self, ctx: &egui::Context) {
        let Some(runner) = self.shell.app.runner_mut() else { return };
        let (state, trouble, told) = (save_state(runner.state()), runner.trouble(), runner.diagnostics());
        if self.shell.app.set_saving(state, trouble) || !told.is_empty() {
            ctx.request_repaint();
        }
        told.into_iter().for_each(|told| self.shell.app.show_message(told));
    }

    /// Whether a bar may have to move or a project is still being saved.
    fn is_busy(&mut self) -> bool {
        let is_reading = self.shell.app.runner_mut().is_some_and(|runner| runner.waiting().next().is_some());
        is_reading || self.jobs.running().len() > 0 || !self.closing.is_empty()
    }

    /// What has been going on for so long that it is shown.
    fn doing(&mut self) -> Vec<Doing> {
        let jobs = self.jobs.running().filter(|(_, job)| job.age() > LONG).map(|(number, job)| Doing {
            name: tr(job.name()).into_owned(),
            share: job.progress().share(),
            task: Some(Task::Job(number)),
        });
        let closing = self.closing.iter().filter(|closing| closing.age() > LONG);
        let saving = closing.map(|_| Doing { name: tr("Saving").into_owned(), share: None, task: None });
        let mut doing: Vec<Doing> = jobs.chain(saving).collect();
        let reading = self.shell.app.runner_mut().into_iter().flat_map(|runner| {
            let long = runner.waiting().filter(|(waiting, _)| waiting.age() > LONG);
            let shown = long.map(|(waiting, share)| Doing {
                name: tr(waiting.name()).into_owned(),
                share,
                task: Some(Task::Reading(waiting.number)),
            });
            shown.collect::<Vec<_>>()
        });
        doing.extend(reading);
        doing
    }

    /// Keeps who marks and everything else that was chosen, when it has changed.
    fn keep_settings(&mut self) {
        let named = self.shell.app.session().and_then(|s| {
            let who = s.annotator()?;
            s.project().annotator(who).map(|a| a.name.clone())
        });
        if let Some(name) = named {
            self.shell.app.settings.annotator = name;
        }
        if let Some(path) = self.shell.app.runner().map(|runner| as_text(runner.root().to_owned())) {
            let layers = self.shell.app.layers();
            if self.shell.app.settings.layers.get(&path) != Some(layers) {
                let layers = layers.clone();
                self.shell.app.settings.layers.insert(path, layers);
            }
        }
        // One after the other, so that the last ones are kept.
        if self.is_keeping || self.shell.app.settings == self.kept {
            return;
        }
        self.kept = self.shell.app.settings.clone();
        self.is_keeping = true;
        let settings = self.kept.clone();
        self.chore("Settings", move |_| Ok(Done::Kept(settings::save(&settings))));
    }

    /// Waits until everything is on the disk.
    fn end(&mut self) {
        self.has_ended = true;
        self.jobs.running().chain(self.chores.running()).for_each(|(_, job)| job.progress().cancel());
        self.shell.app.end_writing();
        self.remember_place();
        let lost = self.save_at_the_end();
        self.lost.lock().unwrap_or_else(PoisonError::into_inner).extend(lost);
        drop(self.shell.app.set_runner(None));
        self.closing.drain(..).for_each(Closing::wait);
        self.jobs.wait();
        self.chores.wait();
        if self.shell.app.settings != self.kept {
            // The window is gone, and a choice of settings is no work that would be lost.
            let _ = settings::save(&self.shell.app.settings);
        }
    }
}

impl eframe::App for Window {
    fn raw_input_hook(&mut self, ctx: &egui::Context, input: &mut egui::RawInput) {
        if self.shell.pace(&mut input.events) {
            ctx.request_repaint();
        }
    }

    /// Also called while the window is hidden.
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.look_for_the_end(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        self.placing.look(&ctx, frame);
        self.take_news(&ctx);
        for wish in self.shell.frame(ui) {
            self.grant(wish, &ctx);
        }
        self.take_state(&ctx);
        self.keep_settings();
        if let Some(watch) = &mut self.watch {
            let saved = self.shell.app.runner().map_or(0, Runner::recorded);
            watch(&Seen { saved, ctx: &ctx });
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.end();
    }
}

/// Where the display breaks, nobody says so to the window: it is let go of.
impl Drop for Window {
    fn drop(&mut self) {
        if !self.has_ended && !std::thread::panicking() {
            self.end();
        }
    }
}

/// The runner’s state as the views know it: they know no runner.
fn save_state(state: State) -> SaveState {
    match state {
        State::Saved => SaveState::Saved,
        State::Saving => SaveState::Saving,
        State::Failed => SaveState::Failed,
        State::ReadOnly => SaveState::ReadOnly,
    }
}

/// A path as the dialogs know it.
fn as_text(path: PathBuf) -> String {
    path.to_string_lossy().into_owned()
}
