//! A stage for dialogs: a small project, the dialogs over it, and what they wished for.

use std::sync::OnceLock;

use egui::{Key, Vec2, accesskit::Role, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use pressmark::{
    command::{
        Command,
        article::{ArticleCommand, NewArticle, Twin},
        project::ProjectCommand,
    },
    model::{
        Attribute, AttributeId, AttributeKind, Choice, ChoiceId, Codebook, Extent, Filler, KindId, Label, LabelId,
        LinePattern, Metadata, Project, RelationKind, Role as RelationRole, RoleId, id::CountingMint,
    },
    session::Session,
    ui::{
        context::{Ctx, SaveState, WayBack},
        dialog::Dialogs,
        settings::Settings,
        theme::{self, Mode, SWATCHES, Tokens},
        wish::Wish,
    },
};

use crate::support::{self, Camera};

/// Everything on the stage.
pub struct Scenery {
    pub session: Option<Session>,
    pub tokens: Tokens,
    pub settings: Settings,
    pub dialogs: Dialogs,
    pub mint: CountingMint,
    pub wishes: Vec<Wish>,
}

impl Scenery {
    pub fn new(mode: Mode) -> Self {
        Self {
            session: Some(session()),
            tokens: Tokens::of(mode),
            settings: Settings::default(),
            dialogs: Dialogs::default(),
            mint: CountingMint::default(),
            wishes: Vec::new(),
        }
    }

    /// Runs a command on the session, which takes it.
    pub fn run(&mut self, command: &Command) {
        let session = self.session.as_mut().expect("a project is open");
        session.run(command, &mut self.mint).unwrap_or_else(|e| panic!("{command:?}: {e}"));
    }

    /// Runs the commands that were wished for, as the window does at the end of a frame.
    pub fn run_wishes(&mut self) {
        for wish in std::mem::take(&mut self.wishes) {
            match wish {
                Wish::Run(command) => self.run(&command),
                other => self.wishes.push(other),
            }
        }
    }

    /// Calls something with the context that views read.
    pub fn with<R>(&mut self, act: impl FnOnce(&mut Dialogs, Option<&Ctx<'_>>, &Settings, &mut Vec<Wish>) -> R) -> R {
        let ctx = self.session.as_ref().map(|session| Ctx {
            session,
            tokens: &self.tokens,
            settings: &self.settings,
            save: SaveState::Saved,
            way_back: WayBack::Nowhere,
            zone: &UTC,
            shown: &[],
        });
        act(&mut self.dialogs, ctx.as_ref(), &self.settings, &mut self.wishes)
    }
}

/// Where nobody has set a clock.
static UTC: jiff::tz::TimeZone = jiff::tz::TimeZone::UTC;

/// Two articles of one story, marked by Ana.
pub fn session() -> Session {
    let mut session = Session::new(Project::new("Harbour bridge", news()));
    let mut mint = CountingMint::default();
    let mut run = |command: Command| {
        session.run(&command, &mut mint).expect("the sample is valid");
        session.focus().clone()
    };
    run(Command::Project(ProjectCommand::WorkAs("Ana".to_owned())));
    for (title, outlet, text) in [
        (
            "Council backs toll to mend harbour bridge",
            "The Evening Courier",
            "The council voted. Mayor Ines Calder told it so.",
        ),
        ("Bridge toll passes after bitter debate", "Harbour Gazette", "A toll passes. The traders called it a tax."),
    ] {
        let metadata = Metadata { title: title.to_owned(), outlet: outlet.to_owned(), ..Metadata::default() };
        let story = "Harbour bridge".to_owned();
        let loaded = vec!["Read as UTF-8".to_owned()];
        let new = NewArticle { metadata, story, text: text.to_owned(), loaded, twin: Twin::Refuse };
        run(Command::Article(ArticleCommand::Add(new)));
    }
    run(Command::Article(ArticleCommand::Next));
    session
}

/// The news codebook, shortened.
pub fn news() -> Codebook {
    let label = |at: usize, name: &str, initials: &str, description: &str| Label {
        id: LabelId::new(&name.to_lowercase()).expect("it is a name"),
        name: name.to_owned(),
        description: description.to_owned(),
        examples: vec!["“its main cables will not last another ten winters”".to_owned()],
        initials: initials.to_owned(),
        color: SWATCHES[at],
        pattern: LinePattern::ALL[at],
        key: char::from_digit(at as u32 + 1, 10),
        extent: Extent::default(),
        attributes: Vec::new(),
    };
    let mut labels = vec![
        label(0, "Claim", "Cl", "A statement that can be agreed with or not"),
        label(1, "Quote", "Qu", "Somebody's words, direct or indirect"),
        label(2, "Stance", "St", "Words that take a side"),
        label(3, "Source", "So", "Who says it"),
        label(4, "Cue", "Cu", "The word that tells that somebody speaks"),
    ];
    labels[0].attributes = vec![choice("kind", "Kind", &["fact", "prediction", "value", "policy"])];
    labels[1].attributes = vec![choice("form", "Form", &["direct", "indirect", "mixed"])];
    let role = |name: &str, fillers: &[&str], least: u32| RelationRole {
        id: RoleId::new(&name.to_lowercase()).expect("it is a name"),
        name: name.to_owned(),
        fillers: fillers.iter().map(|f| Filler::Label(LabelId::new(f).expect("it is a name"))).collect(),
        least,
        most: Some(1),
    };
    let attribution = RelationKind {
        id: KindId::new("attribution").expect("it is a name"),
        name: "Attribution".to_owned(),
        description: "Who said it, and with which word".to_owned(),
        roles: vec![
            role("What", &["claim", "quote", "stance"], 1),
            role("Source", &["source"], 0),
            role("Cue", &["cue"], 0),
        ],
        across_articles: false,
        attributes: Vec::new(),
    };
    Codebook {
        labels,
        relations: vec![attribution],
        targets: vec!["the toll".to_owned()],
        guidelines: "# Claims\n\nMark the shortest words that can be true or false.".to_owned(),
        ..Codebook::empty("News")
    }
}

fn choice(id: &str, name: &str, choices: &[&str]) -> Attribute {
    let choice = |c: &&str| Choice { id: ChoiceId::new(c).expect("it is a name"), name: (*c).to_owned() };
    Attribute {
        id: AttributeId::new(id).expect("it is a name"),
        name: name.to_owned(),
        description: String::new(),
        kind: AttributeKind::Choice(choices.iter().map(choice).collect()),
        required: true,
        shown_when: None,
    }
}

/// The dialogs over an empty paper.
pub fn dialogs(mode: Mode, size: Vec2) -> (Harness<'static, Scenery>, Camera) {
    on_stage(mode, size, |ui, s: &mut Scenery| {
        let all = ui.ctx().content_rect();
        ui.painter().with_clip_rect(all).rect_filled(all, 0.0, s.tokens.paper);
        let tokens = s.tokens.clone();
        s.with(|dialogs, ctx, settings, out| dialogs.ui(ui.ctx(), ctx, &tokens, settings, out));
    })
}

/// Found once for all stages.
static SYSTEM: OnceLock<theme::system_fonts::SystemFonts> = OnceLock::new();

/// Something with the fonts and colours of the window.
pub fn on_stage(
    mode: Mode,
    size: Vec2,
    mut app: impl FnMut(&mut egui::Ui, &mut Scenery) + 'static,
) -> (Harness<'static, Scenery>, Camera) {
    let (stage, camera) = support::stage(size, 1.0);
    let harness = stage.with_max_steps(12).with_step_dt(0.2).build_ui_state(
        move |ui, scenery: &mut Scenery| {
            if !ui.ctx().data(|d| d.get_temp::<bool>(egui::Id::NULL).unwrap_or(false)) {
                ui.ctx().data_mut(|d| d.insert_temp(egui::Id::NULL, true));
                SYSTEM.get_or_init(theme::system_fonts::SystemFonts::find).install(ui.ctx());
                theme::apply(ui.ctx(), &scenery.tokens, theme::Motion::Full);
                return;
            }
            app(ui, scenery);
        },
        Scenery::new(mode),
    );
    (harness, camera)
}

/// A stage of the usual size, light.
pub fn usual() -> Harness<'static, Scenery> {
    dialogs(Mode::Light, vec2(1280.0, 800.0)).0
}

/// Writes into the field of this name, in place of what is there.
pub fn write(harness: &mut Harness<'_, Scenery>, name: &str, text: &str) {
    let is_field =
        |n: &egui_kittest::Node<'_>| matches!(n.accesskit_node().role(), Role::TextInput | Role::MultilineTextInput);
    let field = harness.get_all_by_label(name).find(is_field);
    field.unwrap_or_else(|| panic!("there is no field “{name}”")).focus();
    harness.run();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    harness.key_press(Key::Backspace);
    harness.event(egui::Event::Text(text.to_owned()));
    harness.run();
}

pub fn click(harness: &mut Harness<'_, Scenery>, name: &str) {
    harness.get_by_label(name).click();
    harness.run();
}

/// Chooses a row of a list that drops down, be it scrolled out of sight.
pub fn choose(harness: &mut Harness<'_, Scenery>, list: &str, row: &str) {
    let is_list = |n: &egui_kittest::Node<'_>| n.accesskit_node().role() == Role::ComboBox;
    harness.get_all_by_label(list).find(is_list).expect("there is such a list").click();
    harness.run();
    harness.get_by_role_and_label(Role::Button, row).click_accesskit();
    harness.run();
}

pub fn press(harness: &mut Harness<'_, Scenery>, key: Key) {
    harness.key_press(key);
    harness.run();
}

/// What was wished for since the last time.
pub fn wishes(harness: &mut Harness<'_, Scenery>) -> Vec<Wish> {
    std::mem::take(&mut harness.state_mut().wishes)
}

/// Sees that there is something to see, and writes a picture where a variable says so, to be looked at.
pub fn show(harness: &Harness<'_, Scenery>, camera: &Camera, name: &str) {
    assert!(harness.output().shapes.len() > 5, "{name} shows letters and fields");
    if let Some(folder) = std::env::var_os("PRESSMARK_PICTURES") {
        camera.shoot(harness).write_png(std::path::Path::new(&folder).join(format!("{name}.png")));
    }
}
