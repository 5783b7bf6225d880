//! Opening a project and closing the one before: both are jobs, and a folder that is still being saved opens after it.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    time::Instant,
};

use super::{
    super::{places, watching::Watching},
    A_MOMENT, AT_FIRST, Window, as_text,
    done::{Closing, Done, Opened, Then, Wanted},
};
use crate::{
    command::{Command, Show, article, article::ArticleCommand, project::ProjectCommand, select::Select},
    diagnostic::Diagnostic,
    jobs::{self, Job, Progress},
    model::{AnnotatorId, ArticleId, Project},
    runner::Runner,
    session::Run,
    store,
    text::ByteRange,
    ui::settings::{LastPlace, Settings},
};

impl Window {
    /// Opens the project that was named, or the last one, or the sample.
    /// It is waited for as long as [`AT_FIRST`]; then the window comes up without it.
    pub(super) fn begin(&mut self, project: Option<PathBuf>, ctx: &egui::Context) {
        let last = || Wanted::Last(self.kept.recent.iter().map(PathBuf::from).collect());
        let wanted = project.map_or_else(last, Wanted::Project);
        match self.opening(wanted).wait_for(AT_FIRST) {
            Ok(outcome) => self.take_outcome(outcome, ctx),
            Err(job) => _ = self.jobs.add(job),
        }
    }

    /// Starts to open a project. The one in the window stays until the new one is there.
    pub(super) fn open(&mut self, wanted: Wanted) {
        let job = self.opening(wanted);
        self.jobs.add(job);
    }

    /// The job, with the folders that this program still holds: one of those can only be opened after it is let go of.
    fn opening(&self, wanted: Wanted) -> Job<Done> {
        let mut held: Vec<PathBuf> = self.closing.iter().map(|closing| closing.root.clone()).collect();
        held.extend(self.root());
        let Settings { annotator, places, .. } = self.shell.app.settings.clone();
        Job::start("Opening", Some(self.wake.clone()), move |progress| {
            jobs::spread("Opening", || wanted.open(&held, (&annotator, &places), progress).map_err(|told| vec![told]))
        })
    }

    /// Keeps where one is in the open project, to come back to.
    pub(super) fn remember_place(&mut self) {
        let Some(root) = self.root().map(as_text) else { return };
        let focus = self.shell.app.session().map(|session| session.focus().clone()).unwrap_or_default();
        let Some(article) = focus.article else { return };
        let caret = focus.selection.map_or(0, |(_, head)| head);
        let columns = self.shell.app.columns().iter().map(ToString::to_string).collect();
        self.shell.app.settings.places.insert(root, LastPlace { article: article.to_string(), caret, columns });
    }

    /// Where the open project is.
    fn root(&self) -> Option<PathBuf> {
        self.shell.app.runner().map(|runner| real(runner.root()))
    }

    /// A project whose folder is held by the one in the window, or by one that is being saved.
    pub(super) fn open_later(&mut self, wanted: Wanted, ctx: &egui::Context) {
        self.leave(Then::OpenLater(wanted), ctx);
    }

    /// Puts a project in the place of the one in the window, saves what is left of that one and lets go of it.
    pub(super) fn put_in_place(&mut self, runner: Option<Runner>) {
        self.remember_place();
        self.opened += 1;
        self.watching = None;
        self.shell.app.end_writing();
        let Some(mut runner) = self.shell.app.set_runner(runner) else { return };
        let root = real(runner.root());
        let job = Job::start("Saving", Some(self.wake.clone()), move |_| {
            let saved = runner.flush();
            drop(runner);
            saved.map_err(|told| vec![told])
        });
        self.closing.push(Closing { root, job });
    }

    /// Tells of what could not be saved, and opens what had to wait for it.
    pub(super) fn go_on_closing(&mut self) {
        let mut told = Vec::new();
        self.closing.retain(|closing| match closing.job.take() {
            Some(outcome) => {
                told.extend(outcome.err().unwrap_or_default());
                false
            }
            None => true,
        });
        told.into_iter().for_each(|told| self.shell.app.show_message(told));
        if self.closing.is_empty()
            && let Some(wanted) = self.next.take()
        {
            self.open(wanted);
        }
    }

    /// Shows a project that was opened in place of the one before.
    pub(super) fn replace_project(&mut self, opened: Opened, ctx: &egui::Context) {
        let Opened { mut runner, root, shown, told } = opened;
        let wake = self.wake.clone();
        runner.wake_with(move || wake());
        runner.wait_at_most(A_MOMENT);
        let watching = Watching::start(runner.root(), runner.notice(), self.wake.clone());
        self.put_in_place(Some(runner));
        ctx.send_viewport_cmd(egui::ViewportCommand::Title(self.shell.app.name()));
        let columns = self.shell.app.settings.places.get(&as_text(root.clone())).map(|last| last.columns.clone());
        let columns = columns.unwrap_or_default().iter().filter_map(|id| id.parse().ok()).collect();
        self.shell.app.keep_columns(columns);
        self.watching = Some(watching);
        self.shell.app.show(shown);
        told.into_iter().for_each(|told| self.shell.app.show_message(told));
        self.shell.app.settings.remember(&as_text(root));
        self.look_for_recent();
        if self.shell.app.settings.annotator.is_empty() {
            self.shell.ask_annotator();
        }
        self.show_others();
        self.left_unsaved = false;
        (self.next_backup, self.told_of_backup) = (Instant::now(), false);
    }

    /// Shows whose marks were shown here the last time. Where that is not known, whoever has marked next to nothing, as
    /// when a class opens the sample, sees what others have marked.
    fn show_others(&mut self) {
        let Some((root, session)) = self.root().zip(self.shell.app.session()) else { return };
        let project = session.project();
        let remembered = self.shell.app.settings.layers.get(&as_text(root)).cloned();
        let layers = remembered.unwrap_or_else(|| match is_nearly_empty(project, session.annotator()) {
            true => project.annotators().map(|(who, _)| who.clone()).collect(),
            false => BTreeSet::new(),
        });
        self.shell.app.show_layers(layers);
    }
}

/// Whether an annotator has marked less than a tenth of what somebody else has.
fn is_nearly_empty(project: &Project, own: Option<&AnnotatorId>) -> bool {
    let marks = |who: &AnnotatorId| -> u32 {
        let slots = project.articles().filter_map(|(article, _)| project.layer_slot(article, who));
        slots.map(|slot| slot.summary().annotations()).sum()
    };
    let most = project.annotators().map(|(who, _)| who).filter(|who| Some(*who) != own).map(marks).max();
    most.is_some_and(|most| own.map_or(0, marks) * 10 < most)
}

impl Wanted {
    /// Opens the project and its first article, as far as nobody holds its folder.
    fn open(
        self,
        held: &[PathBuf],
        (annotator, places): (&str, &BTreeMap<String, LastPlace>),
        progress: &Progress,
    ) -> Result<Done, Diagnostic> {
        let runner = match self {
            Self::New { folder, name, codebook } => Runner::create(&folder, &name, &codebook)?,
            wanted => {
                let path = wanted.path()?;
                if held.contains(&real(&path)) {
                    return Ok(Done::Held(Self::Project(path)));
                }
                let runner = Runner::open_in_steps(&path, progress)?;
                progress.step()?;
                runner
            }
        };
        let last = places.get(&as_text(real(runner.root())));
        Ok(Done::Opened(Box::new(Opened::begin(runner, annotator, last))))
    }

    /// Where the project is. The sample is copied to the user’s folder first, where it is not there yet.
    ///
    /// # Errors
    /// There is no home to put the sample in, or it can’t be written.
    fn path(self) -> Result<PathBuf, Diagnostic> {
        let found = match self {
            Self::Project(path) => Some(path),
            Self::Last(paths) => paths.into_iter().find(|path| path.exists()),
            Self::Sample | Self::New { .. } => None,
        };
        match (found, places::own_projects()) {
            (Some(path), _) => Ok(path),
            (None, Some(own)) => store::sample::place(&own),
            (None, None) => Err(Diagnostic::error("no-home", "There is no folder of your own for the sample project")
                .hint("Open a project’s folder, or make a new one")),
        }
    }
}

impl Opened {
    /// Sets who marks, and opens the article that was open last, or the first of the list. What is refused is told and keeps nothing from opening.
    fn begin(mut runner: Runner, annotator: &str, last: Option<&LastPlace>) -> Self {
        let listed = article::listed(runner.session().project());
        let there = last.filter(|last| listed.iter().any(|(id, _)| id.as_str() == last.article));
        let is_it = |id: &ArticleId| there.is_none_or(|last| id.as_str() == last.article);
        let first = listed.iter().find(|(id, _)| is_it(id));
        let first = first.map(|(id, _)| Command::Article(ArticleCommand::Open((*id).clone())));
        let who = (!annotator.is_empty()).then(|| Command::Project(ProjectCommand::WorkAs(annotator.to_owned())));
        let (mut shown, mut told) = (Vec::new(), Vec::new());
        for command in who.into_iter().chain(first) {
            match runner.run(&command) {
                Ok(more) => shown.extend(more),
                Err(refused) => told.push(refused),
            }
        }
        if let Some(LastPlace { caret, .. }) = there {
            let place = Command::Select(Select::To { anchor: *caret, head: *caret });
            // The text may have become shorter since: then one begins at its beginning.
            let is_there = runner.run(&place).is_ok();
            shown.extend(is_there.then(|| Show::Reveal(ByteRange::at(*caret))));
        }
        Self { root: real(runner.root()), runner, shown, told }
    }
}

/// A path as the system names it, so that the same folder has the same one.
pub(super) fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}
