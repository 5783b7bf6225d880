//! The window without a window: the session, what the views remember, and the order of a frame.
//!
//! Whoever has a disk and a desktop gives it frames and carries out its errands. It opens nothing, reads and
//! writes nothing itself, and every change of the project goes through [`Session::run`].

mod frame;
mod keyboard;

use egui::Ui;

pub use frame::Errand;

use super::{
    context::{Ctx, SaveState},
    dialog::KeysOf,
    keys::Keymap,
    kit::focus::{self, Toward},
    panel::{
        Part,
        messages::{Messages, Stay},
    },
    settings::Settings,
    theme::{Mode, Motion, Tokens},
    view::{
        annotate::{Annotate, FocusMode, sides::Panel},
        codebook::CodebookView,
        welcome::Recent,
    },
    wish::Wish,
    words,
};
use crate::{
    command::{Ask, Command, Effect, View},
    diagnostic::Diagnostic,
    model::{
        ArticleId, Mint, Project,
        edit::{Change, Phrase, Transaction},
    },
    session::Session,
    ui::theme::ThemeChoice,
};

/// Everything between the window's frames.
pub struct App {
    pub settings: Settings,
    /// How the saving stands, as whoever saves has said.
    pub save: SaveState,
    session: Option<Session>,
    mint: Box<dyn Mint>,
    tokens: Tokens,
    /// What egui's own widgets were dressed in.
    dressed: Option<(Mode, Motion)>,
    keymap: Keymap,
    /// The changed keys that the keymap was made of.
    mapped: Option<std::collections::BTreeMap<String, String>>,
    annotate: Annotate,
    /// The codebook's editor, while it stands in the page's place.
    codebook: Option<CodebookView>,
    messages: Messages,
    /// Where the focus goes before the next frame is drawn.
    go: Option<Go>,
    /// What had the focus when the last frame was drawn.
    held: Option<egui::Id>,
    /// Whether a dialog or a menu was open, and what had the focus before.
    covered: bool,
    place: Option<egui::Id>,
    said: Option<Said>,
    /// What goes on beside the window and ends by itself, such as adding articles.
    pub doing: Option<String>,
    errands: Vec<Errand>,
    /// Whether a command may be run: whoever has the disk knows where nothing can be saved.
    permit: Permit,
    /// Where the user was lately, for the view that is shown before there is a project.
    pub recent: Vec<Recent>,
}

/// Where the focus of the keyboard goes.
#[derive(Clone, Copy)]
enum Go {
    On(Toward),
    To(Part),
}

/// Says why a command may not be run now.
pub type Permit = Box<dyn FnMut(&Session, &Command) -> Result<(), Diagnostic>>;

/// What was done last, for a moment.
struct Said {
    phrase: Phrase,
    /// Seconds of the window's own time.
    since: Option<f64>,
}

impl App {
    pub fn new(settings: Settings, mint: Box<dyn Mint>) -> Self {
        Self {
            settings,
            save: SaveState::default(),
            session: None,
            mint,
            tokens: Tokens::of(Mode::Light),
            dressed: None,
            keymap: Keymap::default(),
            mapped: None,
            annotate: Annotate::default(),
            codebook: None,
            messages: Messages::default(),
            go: None,
            held: None,
            covered: false,
            place: None,
            said: None,
            doing: None,
            errands: Vec::new(),
            permit: Box::new(|_, _| Ok(())),
            recent: Vec::new(),
        }
    }

    /// Asks from now on whether a command may be run.
    pub fn set_permit(&mut self, permit: Permit) {
        self.permit = permit;
    }

    pub fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    /// The keys that hold in what is in view.
    pub fn keys_of(&self) -> KeysOf {
        match &self.codebook {
            Some(_) => KeysOf::BesideThePage,
            None if self.annotate.shows_concordance() => KeysOf::Concordance,
            None => KeysOf::Article,
        }
    }

    /// For whoever carries out errands of the session.
    pub fn session_mut(&mut self) -> Option<&mut Session> {
        self.session.as_mut()
    }

    /// What a view is given to read, where a project is open.
    pub fn ctx(&self) -> Option<Ctx<'_>> {
        let session = self.session.as_ref()?;
        let way_back = self.annotate.way_back(&session.scene());
        Some(Ctx { session, tokens: &self.tokens, settings: &self.settings, save: self.save, way_back })
    }

    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// Another project, or none.
    pub fn set_session(&mut self, session: Option<Session>) {
        self.session = session;
        self.annotate.reset();
        self.codebook = None;
        self.said = None;
        self.stale();
    }

    /// Brings in what was read from the disk; see [`Session::load`].
    pub fn load<T>(&mut self, with: impl FnOnce(&mut Project) -> T) -> Option<T> {
        let result = self.session.as_mut().map(|session| session.load(with));
        self.stale();
        result
    }

    /// Takes note of articles that were asked for, and that the session has read since or can't read.
    pub fn was_read(&mut self, articles: &[ArticleId]) {
        let open = self.session.as_ref().and_then(|s| s.focus().article.as_ref());
        if open.is_some_and(|open| articles.contains(open)) {
            self.annotate.stamps.marks += 1;
        }
        // Cards and rows show words of other articles.
        self.annotate.stamps.relations += u64::from(!articles.is_empty());
        self.annotate.was_read(articles);
    }

    /// What the outside has to do, in order; it is handed out once.
    pub fn take_errands(&mut self) -> Vec<Errand> {
        std::mem::take(&mut self.errands)
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

    /// Ends what is being written in a field, as before the window closes.
    pub fn end_writing(&mut self) {
        let of_codebook = self.codebook.as_mut().zip(self.session.as_ref());
        let of_codebook = of_codebook.map(|(editor, s)| editor.end_writing(s.project().codebook()));
        let commands = of_codebook.into_iter().flatten().map(Command::Codebook).chain(self.annotate.end_writing());
        commands.collect::<Vec<_>>().iter().for_each(|command| self.run(command));
    }

    /// Runs a command; what only the outside can do becomes errands, why nothing was done becomes a message.
    pub fn run(&mut self, command: &Command) {
        let Some(session) = &mut self.session else {
            self.run_without_project(command);
            return;
        };
        self.messages.pass();
        if self.annotate.dismiss_refusal() && *command == Command::View(View::Leave) {
            return;
        }
        let layer = |s: &Session| (s.focus().article.clone(), s.annotator().cloned());
        let before = layer(session);
        let permitted = (self.permit)(session, command);
        match permitted.and_then(|()| session.run(command, self.mint.as_mut())) {
            Ok(effects) => {
                if layer(session) != before {
                    self.annotate.stamps.marks += 1;
                    self.annotate.stamps.relations += 1;
                }
                for effect in effects {
                    self.carry_out(effect);
                }
            }
            Err(refusal) => self.refuse(command, refusal),
        }
    }

    /// Says why nothing was done: on the page, where one looks at it, else in the messages.
    fn refuse(&mut self, command: &Command, why: Diagnostic) {
        let on_page = if self.codebook.is_none() { self.annotate.refuse(command, why) } else { Err(why) };
        if let Err(why) = on_page {
            self.messages.push(why, Stay::Moment);
        }
    }

    fn run_without_project(&mut self, command: &Command) {
        match command {
            Command::Ask(ask) => self.carry_out(Effect::Ask(ask.clone())),
            Command::View(view) => self.carry_out(Effect::View(view.clone())),
            _ => {
                let refusal = Diagnostic::note("no-project", "No project is open").hint("Open one, or make a new one");
                self.messages.push(refusal, Stay::Moment);
            }
        }
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Save(transaction) => {
                self.count(&transaction);
                self.said = None;
                self.errands.push(Errand::Effect(Effect::Save(transaction)));
            }
            Effect::Reveal(range) => self.annotate.reveal(range),
            Effect::Say(phrase) => self.said = Some(Said { phrase, since: None }),
            Effect::View(view) => self.view(view),
            Effect::Ask(Ask::Codebook) if self.session.is_some() => {
                self.codebook = Some(CodebookView::default());
                self.go = Some(Go::To(Part::List));
            }
            Effect::Ask(Ask::Extent) if self.session.is_some() => {
                self.codebook = self.session.as_ref().map(|session| CodebookView::at_extent(&session.scene()));
            }
            Effect::Read(_) | Effect::ReadAhead(_) | Effect::ReadAll(_) | Effect::Ask(_) => {
                self.errands.push(Errand::Effect(effect));
            }
        }
    }

    /// Counts what the transaction makes stale.
    fn count(&mut self, transaction: &Transaction) {
        self.annotate.take_note(&transaction.changes);
        for change in &transaction.changes {
            match change {
                Change::Article { .. } | Change::Story { .. } => self.annotate.stamps.articles += 1,
                Change::Annotation { before, .. } => {
                    self.annotate.stamps.marks += 1;
                    // What was just made is in no relation yet.
                    self.annotate.stamps.relations += u64::from(before.is_some());
                }
                Change::Relation { .. } => self.annotate.stamps.relations += 1,
                Change::Codebook { .. } => self.stale(),
                Change::Whole { .. } | Change::SetAside { .. } | Change::Annotator { .. } | Change::Name { .. } => {}
            }
        }
    }

    /// Has everything looked at again that is drawn from the project: it was changed from outside.
    pub fn stale(&mut self) {
        self.annotate.stamps.articles += 1;
        self.annotate.stamps.marks += 1;
        self.annotate.stamps.relations += 1;
    }

    /// Changes what is shown. Overlays that do not stand in the views are left to the outside.
    fn view(&mut self, view: View) {
        let shown = &mut self.annotate.shown;
        match view {
            View::LargerText => self.settings.step_text(1),
            View::SmallerText => self.settings.step_text(-1),
            View::NormalText => self.settings.text_percent = 100,
            View::LightTheme => self.settings.theme = ThemeChoice::Light,
            View::DarkTheme => self.settings.theme = ThemeChoice::Dark,
            View::SystemTheme => self.settings.theme = ThemeChoice::System,
            View::HighContrast => self.settings.high_contrast = !self.settings.high_contrast,
            View::Articles => shown.toggle(Panel::Articles),
            View::Inspector => shown.toggle(Panel::Inspector),
            View::FocusMode if shown.focus == FocusMode::On => shown.focus = FocusMode::Off,
            View::FocusMode => {
                shown.focus = FocusMode::On;
                let told = Diagnostic::note("focus-mode", "The page is alone on the screen");
                self.messages.push(told.hint("Esc brings everything back"), Stay::Moment);
            }
            View::AllRelations => self.annotate.toggle_relations(),
            View::NextPart => self.go = Some(Go::On(Toward::Next)),
            View::PreviousPart => self.go = Some(Go::On(Toward::Previous)),
            View::Menus => {
                shown.focus = FocusMode::Off;
                self.go = Some(Go::To(Part::Menus));
            }
            View::Snapping => {
                self.settings.snap_to_words = !self.settings.snap_to_words;
                let (now, other) = match self.settings.snap_to_words {
                    true => ("A selection grows to whole words", "Hold Alt while dragging to select characters"),
                    false => ("A selection keeps to its characters", "Hold Alt while dragging to select whole words"),
                };
                self.messages.push(Diagnostic::note("snapping", now).hint(other), Stay::Moment);
            }
            View::Initials => self.settings.initials = Some(!self.settings.shows_initials()),
            View::Layer(who) => self.annotate.toggle_layer(&who),
            View::Relations => self.annotate.toggle_side(),
            View::Attributes | View::Note | View::RelateMark | View::OtherEnd | View::GoBack | View::Leave => {
                self.view_of_mark(&view);
            }
            View::Find | View::FindNext | View::FindPrevious | View::Concordance => self.view_of_search(&view),
            View::Commands | View::Keys => self.errands.push(Errand::Effect(Effect::View(view))),
        }
    }

    fn view_of_mark(&mut self, view: &View) {
        let Some(session) = &self.session else { return };
        let scene = session.scene();
        let mut out = Vec::new();
        let result = match view {
            View::Leave => {
                self.annotate.leave(&scene, &mut out);
                Ok(())
            }
            View::RelateMark => self.annotate.relate(&scene),
            View::OtherEnd => self.annotate.go_to_other_end(&scene, &mut out),
            View::GoBack => self.annotate.go_back(&scene, &mut out),
            View::Note => scene.picked().map(|_| self.annotate.write_note(&scene)),
            _ => scene.picked().map(|_| self.annotate.answer(&scene)),
        };
        if let Err(refusal) = result {
            self.refuse(&Command::View(view.clone()), refusal);
        }
        self.grant(out);
    }

    fn view_of_search(&mut self, view: &View) {
        let Some(session) = &self.session else { return };
        let scene = session.scene();
        if *view == View::Concordance {
            return self.annotate.search(&scene);
        }
        if let Err(refusal) = scene.text() {
            self.messages.push(refusal, Stay::Moment);
            return;
        }
        match view {
            View::FindNext => self.annotate.find_next(1, &scene),
            View::FindPrevious => self.annotate.find_next(-1, &scene),
            _ => self.annotate.find(&scene),
        }
    }

    /// Runs the wished commands in order, and hands the other wishes out.
    pub fn grant(&mut self, wishes: Vec<Wish>) {
        for wish in wishes {
            match wish {
                Wish::Run(command) => self.run(&command),
                Wish::Settings(settings) => self.settings = settings.within_bounds(),
                other => self.errands.push(Errand::Wish(other)),
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

    /// What was done last, as long as it is to be shown; else what goes on.
    fn said(&mut self, ui: &Ui) -> Option<String> {
        const FOR: f64 = 4.0;
        let now = ui.input(|i| i.time);
        let Some(said) = self.said.as_mut() else { return self.doing.clone() };
        let left = FOR - (now - *said.since.get_or_insert(now));
        if left <= 0.0 {
            self.said = None;
            return self.doing.clone();
        }
        ui.request_repaint_after(std::time::Duration::from_secs_f64(left));
        Some(words::phrase(&said.phrase))
    }
}
