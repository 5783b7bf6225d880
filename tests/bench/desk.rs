//! The whole window without a screen, on an article of any length: frames are made and timed here.

use std::{path::Path, time::Instant};

use egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, Vec2, vec2};
use pressmark::{
    command::{
        Command, MarkRef,
        article::{ArticleCommand, NewArticle},
        project::ProjectCommand,
        select::Select,
    },
    model::{Annotation, AnnotationId, ArticleId, Metadata, Project, Uid, id::CountingMint, load::RawLayer},
    runner::Runner,
    session::{InMemory, Run, Session},
    store,
    text::{ByteRange, Fragments},
    ui::{app::App, settings::Settings, theme::fonts},
};

use crate::generate::{self, Generated};

/// What an article has and how its marks are spread.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub words: usize,
    /// A mark for every so many words.
    pub every: usize,
}

/// A window with two articles: the one that is measured, and a short one to come from.
pub struct Desk {
    pub app: App,
    ctx: egui::Context,
    /// Of the window, in points.
    pub window: Vec2,
    time: f64,
    pub article: ArticleId,
    short: ArticleId,
    /// In reading order.
    pub marks: Vec<AnnotationId>,
    pub words: Vec<ByteRange>,
    pub bytes: usize,
    /// Whether the last frame wants another one at once.
    pub restless: bool,
}

impl Desk {
    pub fn new(article: Generated, every: usize) -> Self {
        Self::with(vec![article], every)
    }

    /// A window with articles of one story, and the short one; the first one is measured.
    pub fn with(articles: Vec<Generated>, every: usize) -> Self {
        let codebook = store::codebook("news").expect("the news codebook ships");
        let labels: Vec<_> = codebook.labels.iter().map(|label| label.id.clone()).collect();
        let mut app = App::new(settings());
        app.set_runner(Some(InMemory::new(Session::new(Project::new("Bench", codebook)), CountingMint::default())));
        app.run(&Command::Project(ProjectCommand::WorkAs("Ana".to_owned())));
        let who = app.session().and_then(|s| s.annotator().cloned()).expect("Ana marks");
        let short = add(&mut app, "A short one", "", "One line.");
        let mut loaded = Vec::new();
        let mut count = 0;
        for (n, article) in articles.iter().enumerate() {
            let id = add(&mut app, &format!("A long one {n}"), "A story", &article.text);
            let fragments = generate::marks(article, every, 7);
            let marks: Vec<AnnotationId> =
                (1..=fragments.len() as u64).map(|n| AnnotationId(Uid::from_u64(count + n))).collect();
            count += fragments.len() as u64;
            let annotation = |(n, f): (usize, Fragments)| Annotation::new(labels[n % labels.len()].clone(), f, 1);
            let annotations = marks.iter().copied().zip(fragments.into_iter().enumerate().map(annotation)).collect();
            let raw = RawLayer { annotations, ..RawLayer::default() };
            app.load(|project| project.load_layer(&id, &who, raw)).expect("a session is set").expect("marks are valid");
            loaded.push((id, marks));
        }
        let (article, marks) = loaded.swap_remove(0);
        let Generated { text, words } = articles.into_iter().next().expect("there is one to measure");
        let ctx = egui::Context::default();
        ctx.set_fonts(fonts::definitions(None));
        let (bytes, window) = (text.len(), vec2(1440.0, 900.0));
        let mut desk = Self { app, ctx, window, time: 0.0, article, short, marks, words, bytes, restless: true };
        desk.leave();
        desk
    }

    pub fn of(size: Size) -> Self {
        Self::new(generate::article(size.words, 20_261_121), size.every)
    }

    /// Opens the short article, and the long one again; milliseconds from there to its being painted.
    pub fn open(&mut self) -> f64 {
        self.leave();
        self.act(&[Command::Article(ArticleCommand::Open(self.article.clone()))], Vec::new())
    }

    /// The same in a session that has read the article and not shown it before.
    pub fn open_first(&mut self) -> f64 {
        let project = self.app.session().map(|session| session.project().clone()).expect("a session is set");
        self.app.set_runner(Some(InMemory::new(Session::new(project), CountingMint::default())));
        self.app.run(&Command::Project(ProjectCommand::WorkAs("Ana".to_owned())));
        self.open()
    }

    /// Opens the article of a project that was just opened from its folder: reading it from the disk is timed too.
    pub fn open_kept(&mut self, root: &Path) -> f64 {
        let mut app = App::new(settings());
        app.set_runner(Some(Runner::open(root).expect("the project was written just before")));
        app.run(&Command::Project(ProjectCommand::WorkAs("Ana".to_owned())));
        let (before, after) = (self.input(Vec::new()), self.input(Vec::new()));
        paint(&self.ctx, &mut app, before);
        let begin = Instant::now();
        app.run(&Command::Article(ArticleCommand::Open(self.article.clone())));
        paint(&self.ctx, &mut app, after);
        begin.elapsed().as_secs_f64() * 1e3
    }

    fn leave(&mut self) {
        self.act(&[Command::Article(ArticleCommand::Open(self.short.clone()))], Vec::new());
        self.act(&[], Vec::new());
    }

    /// Runs commands, then a frame with its events, all the work of it: input, layout, interface, tessellation;
    /// milliseconds.
    pub fn act(&mut self, commands: &[Command], events: Vec<Event>) -> f64 {
        let input = self.input(events);
        let begin = Instant::now();
        commands.iter().for_each(|command| self.app.run(command));
        self.restless = paint(&self.ctx, &mut self.app, input);
        begin.elapsed().as_secs_f64() * 1e3
    }

    fn input(&mut self, events: Vec<Event>) -> RawInput {
        self.time += 1.0 / 60.0;
        RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, self.window)),
            time: Some(self.time),
            focused: true,
            events,
            ..RawInput::default()
        }
    }

    pub fn press(&mut self, key: Key, modifiers: Modifiers) -> f64 {
        self.act(&[], pressed(key, modifiers))
    }

    /// The same, and makes sure that it was one step of the history.
    pub fn change(&mut self, key: Key, modifiers: Modifiers) -> f64 {
        let before = self.steps();
        let took = self.press(key, modifiers);
        assert_ne!(self.steps(), before, "{key:?} changed nothing");
        took
    }

    fn steps(&self) -> usize {
        self.app.session().map_or(0, |session| session.history().done().len())
    }

    /// Selects words, counted from 0, the last one included.
    pub fn select(&mut self, first: usize, last: usize) {
        let to = Select::To { anchor: self.words[first].start(), head: self.words[last].end() };
        self.act(&[Command::Select(Select::Nothing), Command::Select(to)], Vec::new());
    }

    pub fn pick(id: AnnotationId) -> Command {
        Command::Select(Select::Pick(MarkRef::Id(id)))
    }

    /// Seconds that pass without anything happening.
    pub fn wait(&mut self, seconds: f64) {
        self.time += seconds;
    }
}

/// Adds an article, to a story where that has a name.
fn add(app: &mut App, title: &str, story: &str, text: &str) -> ArticleId {
    let metadata = Metadata { title: title.to_owned(), ..Metadata::default() };
    let (story, text) = (story.to_owned(), text.to_owned());
    app.run(&Command::Article(ArticleCommand::Add(NewArticle { metadata, story, text, ..NewArticle::default() })));
    let session = app.session().expect("a session is set");
    let found = session.project().articles().find(|(_, article)| article.metadata.title == title);
    found.expect("the article was added").0.clone()
}

/// Gives whether another frame is wanted at once.
fn paint<R: Run>(ctx: &egui::Context, app: &mut App<R>, input: RawInput) -> bool {
    let mut output = ctx.run_ui(input, |ui| app.frame(ui));
    // No screen wants the glyphs.
    output.textures_delta.clear();
    std::hint::black_box(ctx.tessellate(output.shapes, output.pixels_per_point));
    output.viewport_output.values().any(|view| view.repaint_delay.is_zero())
}

fn pressed(key: Key, modifiers: Modifiers) -> Vec<Event> {
    vec![Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }]
}

/// The time below which so large a part of the frames stays, 0 to 1.
pub fn quantile(times: &[f64], part: f64) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[((sorted.len() - 1) as f64 * part).round() as usize]
}

/// Turns the wheel so many points, up where they are positive.
pub fn wheel(points: f32) -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, points),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    }
}

/// Those of somebody who has marked for a while: the line for beginners was put away.
fn settings() -> Settings {
    Settings { knows_first_hint: true, ..Settings::default() }
}
