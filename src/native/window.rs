//! The window: frames for the views, and what they wish for carried out on the disk and the desktop.

use std::{
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, TryRecvError, channel},
    thread,
};

use super::{
    Watch,
    desktop::{Answer, Dialogs},
    settings,
};
use crate::{
    command::{Command, View, article::OfArticles, project::OfProject},
    diagnostic::Diagnostic,
    format::FORMATS,
    model::{AnnotatorId, ArticleId},
    runner::{self, Gathered, Runner, State},
    session::Run,
    store,
    text::grouped,
    ui::{
        app::App,
        context::SaveState,
        dialog::ExportFormat,
        pace::Pace,
        settings::Settings,
        shell::Shell,
        theme::fonts,
        view::welcome::{Found, Recent},
        wish::Wish,
        words::{tr, tr_with},
    },
};

pub(super) struct Window {
    shell: Shell<Runner>,
    desktop: Dialogs,
    kept: Settings,
    /// The system's fonts, when they are found.
    fonts: Receiver<fonts::SystemFaces>,
    /// Articles that are being read for the open project.
    gathering: Vec<Receiver<Gathered>>,
    pace: Pace,
    frames: u64,
    watch: Option<Watch>,
}

impl Window {
    pub fn new(creation: &eframe::CreationContext<'_>, project: Option<PathBuf>, watch: Option<Watch>) -> Self {
        let ctx = &creation.egui_ctx;
        ctx.set_fonts(fonts::definitions(None));
        let (kept, told) = settings::load();
        let app = App::new(kept.clone());
        let (send, fonts) = channel();
        let mut window = Self {
            shell: Shell::new(app),
            desktop: Dialogs::default(),
            kept,
            fonts,
            gathering: Vec::new(),
            pace: Pace::default(),
            frames: 0,
            watch,
        };
        told.into_iter().for_each(|told| window.shell.app.show_message(told));
        window.prepare_dialogs();
        let wake = ctx.clone();
        start("system fonts", move || {
            if let Some(faces) = fonts::find_system_faces() {
                // The window may be gone by now; then nobody needs the fonts.
                let _ = send.send(faces);
                wake.request_repaint();
            }
        });
        window.begin(project, ctx);
        window
    }

    fn prepare_dialogs(&mut self) {
        self.shell.dialogs.projects_folder = settings::own_projects().map(as_text).unwrap_or_default();
        let format = |f: &crate::format::Format| ExportFormat {
            name: f.name.to_owned(),
            description: f.title.to_owned(),
            left_out: Vec::new(),
        };
        self.shell.dialogs.formats = FORMATS.iter().map(format).collect();
        self.refresh_recent();
    }

    /// The project that was named, or the last one, or the sample.
    fn begin(&mut self, project: Option<PathBuf>, ctx: &egui::Context) {
        let last = self.kept.recent.iter().map(PathBuf::from).find(|path| path.exists());
        match project.or(last) {
            Some(path) => self.open(&path, ctx),
            None => self.open_sample(ctx),
        }
    }

    fn open(&mut self, path: &Path, ctx: &egui::Context) {
        match Runner::open(path) {
            Ok(runner) => self.work_on(runner, ctx),
            Err(diagnostic) => self.shell.app.show_message(diagnostic),
        }
    }

    fn open_sample(&mut self, ctx: &egui::Context) {
        let Some(folder) = settings::own_projects() else { return };
        match store::sample::place(&folder) {
            Ok(path) => self.open(&path, ctx),
            Err(diagnostic) => self.shell.app.show_message(diagnostic),
        }
    }

    fn work_on(&mut self, runner: Runner, ctx: &egui::Context) {
        self.close_project();
        self.gathering.clear();
        let wake = ctx.clone();
        runner.wake_with(move || wake.request_repaint());
        let root = runner.root().to_path_buf();
        let root = root.canonicalize().unwrap_or(root);
        let title = format!("{} – Pressmark", runner.session().project().name());
        ctx.send_viewport_cmd(egui::ViewportCommand::Title(title));
        self.shell.app.set_runner(Some(runner));
        self.shell.app.settings.remember(&as_text(root));
        self.refresh_recent();
        let annotator = self.shell.app.settings.annotator.clone();
        if annotator.is_empty() {
            self.shell.ask_annotator();
        } else {
            self.shell.app.run(&Command::Project(OfProject::WorkAs(annotator)));
        }
        self.show_others();
        let first = self.shell.app.session().and_then(|s| {
            let listed = crate::command::article::listed(s.project());
            listed.first().map(|(id, _)| (*id).clone())
        });
        if let Some(id) = first {
            self.shell.app.run(&Command::Article(OfArticles::Open(id)));
        }
    }

    /// Whoever has marked nothing here yet, as when a class opens the sample, sees what others have marked.
    fn show_others(&mut self) {
        let Some(session) = self.shell.app.session() else { return };
        let project = session.project();
        let own = |who| project.articles().any(|(article, _)| project.layer_slot(article, who).is_some());
        if session.annotator().is_some_and(own) {
            return;
        }
        let others: Vec<AnnotatorId> = project.annotators().map(|(who, _)| who.clone()).collect();
        others.into_iter().for_each(|who| self.shell.app.run(&Command::View(View::Layer(who))));
    }

    /// Ends what is being written and waits until everything is on the disk.
    fn close_project(&mut self) {
        self.shell.app.end_writing();
        let flushed = self.shell.app.runner_mut().map_or(Ok(()), Runner::flush);
        if let Err(diagnostic) = flushed {
            self.shell.app.show_message(diagnostic);
        }
    }

    fn refresh_recent(&mut self) {
        let recent = |path: &String| {
            let name = Path::new(path).file_name().map_or_else(|| path.clone(), |n| n.to_string_lossy().into_owned());
            let state = if Path::new(path).exists() { Found::Here } else { Found::Missing };
            Recent { name, path: path.clone(), state }
        };
        self.shell.app.recent = self.shell.app.settings.recent.iter().map(recent).collect();
    }

    fn grant(&mut self, wish: Wish, ctx: &egui::Context) {
        match wish {
            // The views’ own: the shell and the app grant them.
            wish @ (Wish::Run(_) | Wish::Settings(_) | Wish::Ask(_) | Wish::Overlay(_)) => {
                self.shell.app.grant(vec![wish])
            }
            Wish::Choose(choice) => self.desktop.open(choice, ctx),
            Wish::CreateProject { folder, name, codebook } => {
                match Runner::create(Path::new(&folder), &name, &codebook) {
                    Ok(runner) => self.work_on(runner, ctx),
                    Err(diagnostic) => self.shell.app.show_message(diagnostic),
                }
            }
            Wish::OpenProject(path) => self.open(Path::new(&path), ctx),
            Wish::OpenSample => self.open_sample(ctx),
            Wish::AddPaths(paths) => self.add(paths, ctx),
            Wish::Export { format, to } => self.export(&format, &to),
            Wish::Pack { to } => {
                let packed = self.shell.app.runner_mut().map(|runner| runner.pack(Path::new(&to)));
                self.tell_written(packed, &to);
            }
            Wish::Copy(text) => ctx.copy_text(text),
            Wish::CloseWindow => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
        }
    }

    /// A project that is dropped or chosen is opened; anything else is read on a thread and added.
    fn add(&mut self, paths: Vec<String>, ctx: &egui::Context) {
        let paths: Vec<PathBuf> = paths.into_iter().map(PathBuf::from).collect();
        if let [path] = paths.as_slice()
            && store::is_project(path)
        {
            return self.open(path, ctx);
        }
        if self.shell.app.session().is_none() {
            let told = Diagnostic::note("no-project", tr("No project is open").into_owned())
                .hint(tr("Open one, or make a new one").into_owned());
            return self.shell.app.show_message(told);
        }
        let (send, gathered) = channel();
        self.gathering.push(gathered);
        let wake = ctx.clone();
        start("add articles", move || {
            // Another project may be open by now; then nobody waits for the articles.
            let _ = send.send(runner::gather(&paths, "", ""));
            wake.request_repaint();
        });
    }

    fn take_gathered(&mut self, gathered: Gathered) {
        let Some(runner) = self.shell.app.runner_mut() else { return };
        let added = runner.add(gathered);
        self.shell.app.show(added.shown);
        added.diagnostics.into_iter().for_each(|told| self.shell.app.show_message(told));
        let title = |id: &ArticleId, app: &App<Runner>| {
            app.session().and_then(|s| s.project().article(id)).map(|a| a.metadata.title.clone()).unwrap_or_default()
        };
        let twins = added.twins.into_iter().map(|(new, twin)| (title(&twin, &self.shell.app), new)).collect();
        self.shell.dialogs.offer_twins(twins);
        if let Some(first) = added.added.first() {
            self.shell.app.run(&Command::Article(OfArticles::Open(first.clone())));
            let count = grouped(added.added.len());
            let told = tr_with("Articles added: %{count}", &[("count", &count)]);
            self.shell.app.show_message(Diagnostic::note("articles-added", told));
        }
    }

    fn export(&mut self, format: &str, to: &str) {
        let Some(format) = FORMATS.iter().find(|f| f.name == format) else { return };
        let Some(runner) = self.shell.app.runner_mut() else { return };
        let written = runner.export(format, Path::new(to));
        match written {
            Ok(told) => {
                told.into_iter().for_each(|told| self.shell.app.show_message(told));
                self.tell_written(Some(Ok(())), to);
            }
            Err(told) => told.into_iter().for_each(|told| self.shell.app.show_message(told)),
        }
    }

    fn tell_written(&mut self, written: Option<Result<(), Diagnostic>>, to: &str) {
        match written {
            Some(Ok(())) => {
                let told = Diagnostic::note("written", tr("The file is written").into_owned()).at_path(to);
                self.shell.app.show_message(told);
            }
            Some(Err(diagnostic)) => self.shell.app.show_message(diagnostic),
            None => {}
        }
    }

    fn take_news(&mut self, ctx: &egui::Context) {
        while let Some(answer) = self.desktop.answer() {
            match answer {
                Answer::Chosen(choice, paths) => self.shell.dialogs.chosen(choice, paths),
                Answer::NoDialog(choice) => self.shell.dialogs.no_desktop_dialog(choice),
            }
        }
        if let Ok(faces) = self.fonts.try_recv() {
            ctx.set_fonts(fonts::definitions(Some(&faces)));
        }
        let mut gathered = Vec::new();
        self.gathering.retain(|reading| match reading.try_recv() {
            Ok(read) => {
                gathered.push(read);
                false
            }
            Err(ended) => ended == TryRecvError::Empty,
        });
        gathered.into_iter().for_each(|gathered| self.take_gathered(gathered));
        self.shell.app.doing = (!self.gathering.is_empty()).then(|| tr("adding articles…").into_owned());
        let Some(runner) = self.shell.app.runner_mut() else { return };
        let shown = runner.bring_in();
        let (state, told) = (runner.state(), runner.diagnostics());
        // There may be more than is brought in at a time.
        if !shown.is_empty() {
            ctx.request_repaint();
        }
        self.shell.app.show(shown);
        self.shell.app.save = save_state(state);
        told.into_iter().for_each(|told| self.shell.app.show_message(told));
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
        if self.shell.app.settings == self.kept {
            return;
        }
        self.kept = self.shell.app.settings.clone();
        if let Err(diagnostic) = settings::save(&self.kept) {
            self.shell.app.show_message(diagnostic);
        }
    }
}

impl eframe::App for Window {
    fn raw_input_hook(&mut self, ctx: &egui::Context, input: &mut egui::RawInput) {
        if self.pace.take(&mut input.events) {
            ctx.request_repaint();
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        self.take_news(&ctx);
        for wish in self.shell.frame(ui) {
            self.grant(wish, &ctx);
        }
        self.keep_settings();
        self.frames += 1;
        if let Some(watch) = &mut self.watch {
            watch(self.frames, &ctx);
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.close_project();
        self.keep_settings();
        // Dropping it waits for the disk.
        self.shell.app.set_runner(None);
    }
}

fn save_state(state: State) -> SaveState {
    match state {
        State::Saved => SaveState::Saved,
        State::Saving => SaveState::Saving,
        State::Failed => SaveState::Failed,
        State::ReadOnly => SaveState::ReadOnly,
    }
}

fn as_text(path: PathBuf) -> String {
    path.to_string_lossy().into_owned()
}

/// Starts work beside the window. Where no thread can be had, the work is left undone and the window goes on.
fn start(name: &str, work: impl FnOnce() + Send + 'static) {
    let _ = thread::Builder::new().name(name.to_owned()).spawn(work);
}
