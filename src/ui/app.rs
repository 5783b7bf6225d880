//! The window without a window: the project that is open, what the views remember, and the order of a frame.
//!
//! Whoever has a desktop gives it frames and grants what it [wishes](Wish) for. It opens nothing, reads and writes
//! nothing itself: every command is run by whoever the project was [opened](App::set_runner) with.
//!
//! A frame goes: keys, then the commands they mean, then the views, then the commands that came of clicks. Commands
//! run in the order they were made; after each the views are told what to show ([`Show`]) and what became stale. What
//! only a desktop can do is kept as wishes until [`App::take_wishes`].

mod changed;
mod frame;
mod hearing;
mod keyboard;
mod telling;
mod viewing;

use std::collections::BTreeSet;

use egui::Ui;
use jiff::tz::TimeZone;

use super::{
    context::{Ctx, SaveState},
    dialog::KeysOf,
    keys::Keymap,
    kit::focus::{self, Toward},
    panel::{
        Part,
        doing::Doing,
        messages::{Messages, Stay},
        spoken::Spoken,
    },
    settings::Settings,
    theme::{Mode, Motion, Tokens},
    view::{
        annotate::Annotate,
        codebook::CodebookView,
        compare::{Compare, Tabulated},
        welcome::Recent,
    },
    wish::Wish,
    words,
};
use crate::{
    command::{Ask, Command, Show, View, project::ProjectCommand},
    compare::Comparison,
    diagnostic::Diagnostic,
    model::{AnnotatorId, ArticleId, Project, TransactionId, edit::Kind},
    session::{InMemory, Run, Session},
    text::Phrase,
};

/// Everything between the window's frames, over whoever runs the commands.
pub struct App<R = InMemory> {
    /// What the user chose; whoever keeps them looks whether they changed.
    pub settings: Settings,
    /// How the saving stands, as whoever saves has said.
    save: SaveState,
    /// Where the user’s clock is; UTC until whoever has a desktop says so.
    pub zone: TimeZone,
    /// Runs the commands of the project that is open.
    runner: Option<R>,
    /// The layer that the views were last drawn for.
    layer: Layer,
    /// Why the last try to save has failed, where it has.
    trouble: Option<Diagnostic>,
    /// Colours of the theme that is shown.
    tokens: Tokens,
    /// What egui's own widgets were dressed in.
    dressed: Option<(Mode, Motion)>,
    /// When the user last did anything, in seconds of egui’s clock.
    acted: f64,
    /// Whether the carets of fields blink, as egui was told last.
    caret: Option<Motion>,
    /// Which command a key means.
    keymap: Keymap,
    /// The changed keys that the keymap was made of.
    mapped: Option<std::collections::BTreeMap<String, String>>,
    /// The view of articles, marks and everything around them.
    annotate: Annotate,
    /// Articles side by side, in the place of the one that is marked.
    compare: Compare,
    /// The codebook's editor, while it stands in the page's place.
    codebook: Option<CodebookView>,
    /// What is told at the lower edge of the window.
    messages: Messages,
    /// How many conflicts there were when it was last looked.
    conflicts: usize,
    /// Where the focus goes before the next frame is drawn.
    go: Option<Go>,
    /// What had the focus when the last frame was drawn.
    held: Option<egui::Id>,
    /// The open article, once its page has taken the focus.
    begun: Option<ArticleId>,
    /// Whether a dialog or a menu was open when the last frame was drawn.
    covered: bool,
    /// What had the focus before a dialog or a menu came, to give it back.
    place: Option<egui::Id>,
    /// What was done last, until something else is done or its time is over.
    said: Option<Said>,
    /// What a screen reader says by itself.
    spoken: Spoken,
    /// The switches of the view that are on.
    switches: Vec<View>,
    /// The last transaction that was shown.
    changed: Option<TransactionId>,
    /// What is done as soon as somebody has said who marks.
    after_naming: Option<Command>,
    /// What takes long and goes on beside the window.
    pub doing: Vec<Doing>,
    /// For the desktop to carry out.
    wishes: Vec<Wish>,
    /// Where the user was lately, for the view that is shown before there is a project.
    pub recent: Vec<Recent>,
}

/// Where the focus of the keyboard goes.
#[derive(Clone, Copy)]
enum Go {
    /// To the next part of the window, or the one before.
    On(Toward),
    /// To a certain part.
    To(Part),
}

/// The open article, and who marks in it.
type Layer = (Option<ArticleId>, Option<AnnotatorId>);

/// What was done last, for a moment.
struct Said {
    /// Such as “Marked as Quote”.
    phrase: Phrase,
    /// Seconds of the window's own time.
    since: Option<f64>,
}

impl<R: Run> App<R> {
    /// With no project open.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            save: SaveState::default(),
            zone: TimeZone::UTC,
            trouble: None,
            runner: None,
            layer: Layer::default(),
            tokens: Tokens::of(Mode::Light),
            dressed: None,
            acted: 0.0,
            caret: None,
            keymap: Keymap::default(),
            mapped: None,
            annotate: Annotate::default(),
            compare: Compare::default(),
            codebook: None,
            messages: Messages::default(),
            conflicts: 0,
            go: None,
            held: None,
            begun: None,
            covered: false,
            place: None,
            said: None,
            spoken: Spoken::default(),
            switches: Vec::new(),
            changed: None,
            after_naming: None,
            doing: Vec::new(),
            wishes: Vec::new(),
            recent: Vec::new(),
        }
    }

    /// The project that is open, as its views read it.
    pub fn session(&self) -> Option<&Session> {
        self.runner.as_ref().map(R::session)
    }

    /// Whose marks are shown besides those of whoever marks.
    pub fn layers(&self) -> &BTreeSet<AnnotatorId> {
        self.annotate.layers()
    }

    /// Shows the marks of these, besides those of whoever marks.
    pub fn show_layers(&mut self, layers: BTreeSet<AnnotatorId>) {
        self.annotate.show_layers(layers);
    }

    /// Whoever runs the commands, for what is no command.
    pub fn runner(&self) -> Option<&R> {
        self.runner.as_ref()
    }

    /// As [`App::runner`].
    pub fn runner_mut(&mut self) -> Option<&mut R> {
        self.runner.as_mut()
    }

    /// The keys that hold in what is in view.
    pub fn keys_of(&self) -> KeysOf {
        match &self.codebook {
            Some(_) => KeysOf::BesideThePage,
            None if self.compare.is_shown() => KeysOf::Compare,
            None if self.annotate.shows_concordance() => KeysOf::Concordance,
            None => KeysOf::Article,
        }
    }

    /// What a view is given to read, where a project is open.
    pub fn ctx(&self) -> Option<Ctx<'_>> {
        let session = self.session()?;
        let way_back = self.annotate.way_back(&session.scene());
        let (tokens, settings, save, shown) = (&self.tokens, &self.settings, self.save, &self.switches);
        Some(Ctx { session, tokens, settings, save, way_back, zone: &self.zone, shown })
    }

    /// The colours that are shown now, for what is drawn around the app.
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// Opens another project, by whoever runs its commands, or none; gives whoever ran those of the last one.
    pub fn set_runner(&mut self, runner: Option<R>) -> Option<R> {
        let before = std::mem::replace(&mut self.runner, runner);
        if self.compare.is_shown() {
            self.compare.close(&mut self.annotate);
        }
        self.compare = Compare::default();
        self.annotate.reset();
        self.codebook = None;
        self.said = None;
        (self.layer, self.conflicts) = (Layer::default(), 0);
        self.stale();
        before
    }

    /// What the outside has to do, in order; it is handed out once.
    pub fn take_wishes(&mut self) -> Vec<Wish> {
        std::mem::take(&mut self.wishes)
    }

    /// Shows what happened. Warnings and errors stay until they are dismissed.
    pub fn show_message(&mut self, diagnostic: Diagnostic) {
        let note = diagnostic.severity == crate::diagnostic::Severity::Note;
        self.messages.push(diagnostic, if note { Stay::Moment } else { Stay::UntilDismissed });
    }

    /// The messages that are shown, the one on the page last.
    pub fn messages(&self) -> impl Iterator<Item = &Diagnostic> {
        self.messages.all().chain(self.annotate.refusal())
    }

    /// Articles beside the open one that the views show something of, or will come to.
    pub fn needed(&self) -> BTreeSet<ArticleId> {
        let compared = self.session().map(|session| self.compare.needed(session)).unwrap_or_default();
        self.annotate.needed().chain(compared).cloned().collect()
    }

    /// The articles that stand side by side, or did last, from left to right.
    pub fn columns(&self) -> Vec<ArticleId> {
        self.session().map(|session| self.compare.kept_columns(session)).unwrap_or_default()
    }

    /// Has these articles stand side by side when one of them is compared next, as they did in an earlier session. Those
    /// that are gone are passed over.
    pub fn keep_columns(&mut self, articles: Vec<ArticleId>) {
        self.compare.keep_columns(articles);
    }

    /// Takes what the articles in the columns share.
    pub fn take_comparison(&mut self, comparison: Comparison) {
        self.compare.take(comparison);
    }

    /// Takes what is marked in the articles in the columns.
    pub fn take_tables(&mut self, tables: Tabulated) {
        self.compare.take_tables(tables);
    }

    /// The table that is shown, as CSV; `None` where none is.
    pub fn table_csv(&self) -> Option<String> {
        self.compare.table_csv().filter(|_| self.compare.is_shown())
    }

    /// Ends what is being written in a field, as before the window closes.
    pub fn end_writing(&mut self) {
        let of_codebook = self.codebook.as_mut().zip(self.runner.as_ref());
        let of_codebook = of_codebook.map(|(editor, r)| editor.end_writing(r.session().project().codebook()));
        let commands = of_codebook.into_iter().flatten().map(Command::Codebook).chain(self.annotate.end_writing());
        commands.collect::<Vec<_>>().iter().for_each(|command| self.run(command));
    }

    /// Runs a command and shows what came of it; why nothing was done becomes a message.
    ///
    /// Before it, what is being written is done to what it was begun on: the command may change what is in view.
    pub fn run(&mut self, command: &Command) {
        if self.runner.is_none() {
            return self.run_without_project(command);
        }
        self.messages.pass();
        let had_refusal = self.annotate.dismiss_refusal();
        self.end_writing();
        if had_refusal && *command == Command::View(View::Leave) {
            return;
        }
        let waited = self.after_naming.take();
        match self.runner.as_mut().map(|runner| runner.run(command)) {
            Some(Ok(shown)) => {
                let added = Self::added(command, &shown);
                self.show(shown);
                added.into_iter().for_each(|added| self.show_added(&added));
            }
            Some(Err(refusal)) if refusal.code == "no-annotator" => {
                self.after_naming = Some(command.clone());
                self.wishes.push(Wish::Ask(Ask::Annotator));
            }
            Some(Err(refusal)) => self.refuse(command, refusal),
            None => {}
        }
        if let (Command::Project(ProjectCommand::WorkAs(_)), Some(waited)) = (command, waited) {
            self.run(&waited);
        }
    }

    /// Shows what came of commands and of reading, in order.
    pub fn show(&mut self, shown: Vec<Show>) {
        let layer = self.session().map(|s| (s.focus().article.clone(), s.annotator().cloned())).unwrap_or_default();
        let pane = self.session().map(Session::active_pane);
        pane.into_iter().for_each(|pane| self.annotate.work_in(pane));
        self.hear(&shown);
        let is_anew = layer.1 != self.layer.1 || shown.contains(&Show::WasChangedOutside);
        if layer != self.layer {
            self.layer = layer;
            self.annotate.stamps.marks += 1;
            self.annotate.stamps.relations += 1;
        }
        shown.into_iter().for_each(|show| self.show_one(show));
        if is_anew {
            self.tell_of_conflicts();
        }
    }

    /// Says why nothing was done: on the page, where one looks at it, else in the messages.
    fn refuse(&mut self, command: &Command, why: Diagnostic) {
        let on_page = if self.codebook.is_none() { self.annotate.refuse(command, why) } else { Err(why) };
        match on_page {
            Ok(()) => self.annotate.refusal().into_iter().for_each(|why| self.spoken.tell(why)),
            Err(why) => self.messages.push(why, Stay::Moment),
        }
        self.spoken.interrupt();
    }

    /// What can be done before a project is open: asking and showing. Everything else says why not.
    fn run_without_project(&mut self, command: &Command) {
        match command {
            Command::Ask(ask) => self.show_one(Show::Ask(ask.clone())),
            Command::View(view) => self.show_one(Show::View(view.clone())),
            _ => {
                let refusal = Diagnostic::note("no-project", "No project is open").hint("Open one, or make a new one");
                self.messages.push(refusal, Stay::Moment);
            }
        }
    }

    /// Shows one thing that a command has brought about.
    fn show_one(&mut self, show: Show) {
        match show {
            Show::Changed(transaction) => {
                self.count(&transaction);
                self.said = None;
                self.changed = Some(transaction.id);
                if transaction.kind == Kind::Do {
                    self.confirm_relation(&transaction);
                }
            }
            Show::WasRead(articles) => self.was_read(&articles),
            Show::WasChangedOutside => self.stale(),
            Show::Reveal(range) => self.annotate.reveal(range),
            Show::Say(phrase) => self.said = Some(Said { phrase, since: None }),
            Show::Tell(told) => self.tell(told),
            Show::Propose(proposal) => self.codebook.get_or_insert_default().propose(*proposal),
            Show::View(view) => self.view(view),
            Show::Ask(Ask::Codebook) if self.runner.is_some() => {
                self.codebook = Some(CodebookView::default());
                self.go = Some(Go::To(Part::List));
            }
            Show::Ask(Ask::Extent) if self.runner.is_some() => {
                self.codebook = self.session().map(|session| CodebookView::at_extent(&session.scene()));
            }
            Show::Ask(ask) => self.wishes.push(Wish::Ask(ask)),
        }
    }

    /// Articles were read from the disk that views had shown without their words.
    fn was_read(&mut self, articles: &[ArticleId]) {
        let open = self.session().and_then(|s| s.focus().article.as_ref());
        if open.is_some_and(|open| articles.contains(open)) {
            self.annotate.stamps.marks += 1;
        }
        // Cards and rows show words of other articles.
        self.annotate.stamps.relations += 1;
        self.annotate.was_read(articles);
    }

    /// Runs the wished commands in order, and hands the other wishes out.
    pub fn grant(&mut self, wishes: Vec<Wish>) {
        for wish in wishes {
            match wish {
                Wish::Run(command) => self.run(&command),
                Wish::Settings(settings) => self.settings = settings.within_bounds(),
                other => self.wishes.push(other),
            }
        }
    }

    /// Moves the focus where it was meant to go.
    fn follow(&mut self, ctx: &egui::Context) {
        match self.go.take() {
            Some(Go::On(toward)) => focus::move_on(ctx, toward, Part::Page.place()),
            Some(Go::To(part)) => focus::go_to(ctx, part.place()),
            None => {}
        }
    }

    /// What was done last, as long as it is to be shown.
    fn said(&mut self, ui: &Ui) -> Option<String> {
        const FOR: f64 = 4.0;
        let now = ui.input(|i| i.time);
        let said = self.said.as_mut()?;
        let left = FOR - (now - *said.since.get_or_insert(now));
        if left <= 0.0 {
            self.said = None;
            return None;
        }
        ui.request_repaint_after(std::time::Duration::from_secs_f64(left));
        Some(words::phrase(&said.phrase))
    }
}

impl App {
    /// Brings something in as if it had been read; see [`Session::load`].
    pub fn load<T>(&mut self, with: impl FnOnce(&mut Project) -> T) -> Option<T> {
        let result = self.runner.as_mut().map(|runner| runner.load(with));
        self.stale();
        result
    }
}
