//! A stage for the whole window: a small project, marked as somebody would, and hands to work on it.
#![expect(clippy::unwrap_used, reason = "a stage that can't be built is a failed test")]

use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, Vec2, accesskit::Role, vec2};
use egui_kittest::{
    Harness, HarnessBuilder, Node,
    kittest::{NodeT, Queryable},
};
use pressmark::{
    command::{
        Command, MarkRef,
        article::{ArticleCommand, NewArticle},
        layer::LayerCommand,
        mark::Mark,
        project::ProjectCommand,
        relate::{Filling, Relate, Which},
        select::Select,
    },
    model::{AttributeId, ChoiceId, Flag, KindId, LabelId, Metadata, Project, RoleId, Status, Value, id::CountingMint},
    session::{InMemory, Session},
    store,
    ui::{
        app::App,
        settings::Settings,
        theme::{self, ThemeChoice},
    },
};

use crate::{
    pictures,
    support::{self, Camera},
};

const COURIER: &str = "\
The city council voted on Thursday to charge drivers for crossing the harbour bridge, after engineers warned that its main cables will not last another ten winters.
“We have put this off for a generation,” Mayor Ines Calder told a packed chamber, “and the bridge has been keeping count.” The toll, she added, would be lower than in any comparable city.
Owen Pryce, who leads the harbour traders, called the plan a tax on getting to work and promised to fight it street by street.
A report seen by the Courier puts the cost of repair at 214 million, twice what was thought in spring. The engineers’ guild said the figure was “cautious, and still growing”.
Buses, bicycles and ambulances will cross free of charge. The money may be spent on the bridge alone, the council pledged, though an amendment to write that into law was lost by two votes.
Work is to begin in March. Until then lorries above twelve tonnes must take the tunnel road, a detour of forty minutes.";

const GAZETTE: &str = "\
The harbour bridge will cost drivers money from April. “Nobody wanted this,” Mayor Ines Calder said, “and everybody knew.”
The traders’ association called the vote a tax on getting to work.";

const ARTICLES: [(&str, &str, &str, &str, &str, &str); 5] = [
    (
        "Council backs toll to mend harbour bridge",
        "The Evening Courier",
        "R. Alder",
        "2025-12-19",
        "Harbour bridge",
        COURIER,
    ),
    (
        "Bridge toll passes after bitter debate",
        "Harbour Gazette",
        "Jonah Creed",
        "2025-12-19",
        "Harbour bridge",
        GAZETTE,
    ),
    (
        "Drivers to pay for crossing from spring",
        "Valley Post",
        "Petra Lund",
        "2025-12-20",
        "Harbour bridge",
        "Drivers will pay from spring. The valley was not asked.",
    ),
    (
        "Farmers split over reservoir plan",
        "The Evening Courier",
        "",
        "2026-01-03",
        "Reservoir vote",
        "The farmers of the upper valley are split.",
    ),
    ("Water for whom?", "Valley Post", "", "2026-01-04", "Reservoir vote", "Who is the water for, asks the mayor."),
];

/// What Ana marked in the first article.
const MARKS: [(&str, &str); 20] = [
    ("claim", "its main cables will not last another ten winters"),
    ("quote", "We have put this off for a generation,"),
    ("source", "Mayor Ines Calder"),
    ("cue", "told"),
    ("claim", "lower than in any comparable city"),
    ("source", "Owen Pryce"),
    ("cue", "called"),
    ("stance", "a tax on getting to work"),
    ("cue", "promised"),
    ("stance", "to fight it street by street"),
    ("cue", "puts"),
    ("claim", "214 million, twice what was thought in spring"),
    ("source", "The engineers’ guild"),
    ("cue", "said"),
    ("quote", "the figure was “cautious, and still growing”"),
    ("claim", "cautious, and still growing"),
    ("cue", "pledged"),
    ("source", "the council"),
    ("claim", "lost by two votes"),
    ("claim", "a detour of forty minutes"),
];

fn metadata(title: &str, outlet: &str, byline: &str, published: &str) -> Metadata {
    let [title, outlet, byline, published] = [title, outlet, byline, published].map(str::to_owned);
    Metadata { title, outlet, byline, published, language: "en".to_owned(), ..Metadata::default() }
}

pub fn label(name: &str) -> LabelId {
    LabelId::new(name).unwrap()
}

pub fn select(words: &str) -> Command {
    Command::Select(Select::Words { words: words.to_owned(), occurrence: 1 })
}

pub fn mark_of(words: &str) -> MarkRef {
    MarkRef::Words { words: words.to_owned(), occurrence: 1, label: None, article: None }
}

pub fn pick(words: &str) -> Command {
    Command::Select(Select::Pick(mark_of(words)))
}

/// The five articles, none of them marked.
pub fn unmarked() -> Vec<Command> {
    let mut commands = vec![Command::Project(ProjectCommand::WorkAs("ana".to_owned()))];
    commands.extend(ARTICLES.iter().map(|(title, outlet, byline, published, story, text)| {
        let metadata = metadata(title, outlet, byline, published);
        let new =
            NewArticle { metadata, story: (*story).to_owned(), text: (*text).to_owned(), ..NewArticle::default() };
        Command::Article(ArticleCommand::Add(new))
    }));
    commands
}

/// The five articles as Ana has marked them; the first is open, and its quote picked.
pub fn marked() -> Vec<Command> {
    let mut commands = unmarked();
    commands.push(open("Bridge toll passes"));
    for (name, words) in [
        ("quote", "Nobody wanted this,"),
        ("source", "Mayor Ines Calder"),
        ("cue", "said"),
        ("stance", "a tax on getting to work"),
        ("claim", "will cost drivers money"),
    ] {
        commands.extend([select(words), Command::Mark(Mark::Label(label(name)), MarkRef::Picked)]);
    }
    commands.push(Command::Layer(LayerCommand::Status(Status::Done), None));
    commands.push(open("Council backs"));
    for (name, words) in MARKS {
        commands.extend([select(words), Command::Mark(Mark::Label(label(name)), MarkRef::Picked)]);
    }
    commands.extend([pick("a tax on getting to work"), Command::Mark(Mark::Flag(Some(Flag::Flag)), MarkRef::Picked)]);
    commands.push(pick("We have put"));
    let form = Value::Choice(ChoiceId::new("direct").unwrap());
    commands.push(Command::Mark(
        Mark::Set { attribute: AttributeId::new("form").unwrap(), value: Some(form) },
        MarkRef::Picked,
    ));
    commands.push(Command::Mark(Mark::Note("Same words in the Gazette?".to_owned()), MarkRef::Picked));
    for (role, words) in [("source", "Mayor Ines Calder"), ("cue", "told")] {
        let (kind, role) = (KindId::new("attribution").unwrap(), RoleId::new(role).unwrap());
        let with = Filling::Mark(mark_of(words));
        commands.push(Command::Relate(Relate::Fill { of: MarkRef::Picked, kind, role, with, into: Which::First }));
    }
    commands.push(Command::Layer(LayerCommand::Status(Status::InProgress), None));
    commands
}

/// Stands for opening the article whose title begins so; ids are not known before the articles are there.
pub fn open(title: &str) -> Command {
    Command::Project(ProjectCommand::Rename(format!("open {title}")))
}

pub fn app(commands: &[Command], theme: ThemeChoice) -> App {
    let mut mint = CountingMint::default();
    let mut session = Session::new(Project::new("Harbour", store::codebook("news").unwrap()));
    for command in commands {
        let title = match command {
            Command::Project(ProjectCommand::Rename(name)) => name.strip_prefix("open "),
            _ => None,
        };
        let command = title.map_or_else(|| command.clone(), |title| opening(&session, title));
        session.run(&command, &mut mint).unwrap_or_else(|refusal| panic!("{refusal}: {command:?}"));
    }
    let mut app = App::new(Settings { theme, ..Settings::default() });
    app.set_runner(Some(InMemory::new(session, mint)));
    app
}

pub fn opening(session: &Session, title: &str) -> Command {
    let found = session.project().articles().find(|(_, a)| a.metadata.title.starts_with(title));
    Command::Article(ArticleCommand::Open(found.expect("there is such an article").0.clone()))
}

/// The window of a size, with fonts that come with the program: words of an article in another script than they have
/// are the page's engine's, and egui fails the test where it is given any.
pub fn window(app: App, size: Vec2, scale: f32) -> (Harness<'static, App>, Camera) {
    let (stage, camera) = support::stage(size, scale);
    (furnish(stage, app, |ui, app| app.frame(ui)), camera)
}

/// Shows `frame` in the whole window.
pub fn furnish<State: 'static>(
    stage: HarnessBuilder<State>,
    state: State,
    frame: impl Fn(&mut egui::Ui, &mut State) + 'static,
) -> Harness<'static, State> {
    let system = pictures::folder().map(|_| theme::system_fonts::SystemFonts::find());
    let stage = stage.with_max_steps(48).with_step_dt(0.1).with_context_setup(move |ctx| match &system {
        Some(system) => system.install(ctx),
        None => ctx.set_fonts(theme::fonts::definitions(None)),
    });
    // The harness leaves a margin around what it shows; a window has none.
    let whole = move |ui: &mut egui::Ui, state: &mut State| {
        let mut root = ui.new_child(egui::UiBuilder::new().max_rect(ui.ctx().content_rect()));
        root.set_clip_rect(ui.ctx().content_rect());
        frame(&mut root, state);
    };
    stage.build_ui_state(whole, state)
}

/// A window of the usual size, light.
pub fn usual(commands: &[Command]) -> Harness<'static, App> {
    let mut harness = window(app(commands, ThemeChoice::Light), vec2(1440.0, 900.0), 1.0).0;
    harness.run();
    harness
}

/// The article of the longest text, open and unmarked.
pub fn blank() -> Harness<'static, App> {
    let mut harness = usual(&[unmarked(), vec![open("Council backs")]].concat());
    harness.run();
    harness
}

pub fn run(harness: &mut Harness<'_, App>, command: &Command) {
    harness.state_mut().run(command);
    harness.run();
}

pub fn press(harness: &mut Harness<'_, App>, key: Key) {
    press_with(harness, Modifiers::NONE, key);
}

pub fn press_with(harness: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

pub fn click(harness: &mut Harness<'_, App>, name: &str) {
    harness.get_by_label(name).click();
    harness.run();
}

/// Where a mark of this name stands on the screen.
pub fn rect_of(harness: &Harness<'_, App>, mark: &str) -> Rect {
    harness.get_by_role_and_label(Role::Mark, mark).rect()
}

pub fn move_to(harness: &mut Harness<'_, App>, at: Pos2) {
    harness.event(Event::PointerMoved(at));
    harness.run();
}

/// Presses the button of the mouse, or lets go of it.
pub fn button(harness: &mut Harness<'_, App>, pos: Pos2, pressed: bool, modifiers: Modifiers) {
    harness.event(Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers });
    harness.run();
}

pub fn click_at(harness: &mut Harness<'_, App>, at: Pos2) {
    move_to(harness, at);
    [true, false].into_iter().for_each(|pressed| button(harness, at, pressed, Modifiers::NONE));
}

/// Clicks on a mark of this name, where it stands on the page.
pub fn click_mark(harness: &mut Harness<'_, App>, name: &str) {
    let at = rect_of(harness, name).center();
    click_at(harness, at);
}

/// Writes into the field of this name, in place of what is there.
pub fn write(harness: &mut Harness<'_, App>, name: &str, text: &str) {
    let is_field = |n: &Node<'_>| matches!(n.accesskit_node().role(), Role::TextInput | Role::MultilineTextInput);
    harness.get_all_by_label(name).find(is_field).unwrap_or_else(|| panic!("no field “{name}”")).focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.event(Event::Text(text.to_owned()));
    harness.run();
}

/// The open article's text, the annotator's own marks in it as `⟦words⟧label`, in reading order.
pub fn picture(harness: &Harness<'_, App>) -> String {
    let session = harness.state().session().unwrap();
    let scene = session.scene();
    let (text, layer) = (scene.text().unwrap(), scene.layer());
    let mut marks: Vec<_> = layer.into_iter().flat_map(pressmark::model::Layer::annotations).map(|(_, a)| a).collect();
    marks.sort_by_key(|a| a.fragments.first());
    let words = |a: &pressmark::model::Annotation| {
        let parts: Vec<&str> = a.fragments.iter().filter_map(|f| f.slice(text)).collect();
        format!("⟦{}⟧{}", parts.join(" … "), a.label)
    };
    marks.into_iter().map(|a| words(a.as_ref())).collect::<Vec<_>>().join(" ")
}

/// Every text that is painted.
pub fn painted<State>(harness: &Harness<'_, State>) -> Vec<String> {
    let texts = harness.output().shapes.iter().filter_map(|clipped| match &clipped.shape {
        egui::Shape::Text(text) => Some(text.galley.job.text.to_string()),
        _ => None,
    });
    texts.collect()
}

/// The words of the picked mark, empty where none is picked.
pub fn picked(harness: &Harness<'_, App>) -> String {
    let session = harness.state().session().unwrap();
    let scene = session.scene();
    let found = scene.picked().ok().map(|(_, a)| a.fragments.first());
    found.and_then(|f| f.slice(scene.text().unwrap()).map(str::to_owned)).unwrap_or_default()
}
