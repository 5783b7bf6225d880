//! The whole window, with the dialogs over it, as the desktop has it.

use egui::{Event, Key, Modifiers, Vec2, vec2};
use egui_kittest::Harness;
use pressmark::{
    command::Command,
    session::Session,
    ui::{app::App, settings::Settings, shell::Shell, wish::Wish},
};

use crate::{
    stage,
    support::{self, Camera},
};

/// The window and what it left to the outside.
pub struct Whole {
    pub shell: Shell,
    pub wishes: Vec<Wish>,
}

impl Whole {
    pub fn new(app: App) -> Self {
        Self { shell: Shell::new(app), wishes: Vec::new() }
    }

    pub fn session(&self) -> &Session {
        self.shell.app.session().expect("a project is open")
    }

    pub fn settings(&self) -> &Settings {
        &self.shell.app.settings
    }
}

pub type Window = Harness<'static, Whole>;

pub fn window(app: App, size: Vec2) -> (Window, Camera) {
    let (stage, camera) = support::stage(size, 1.0);
    let whole = |ui: &mut egui::Ui, whole: &mut Whole| whole.wishes.extend(whole.shell.frame(ui));
    let mut harness = stage::furnish(stage, Whole::new(app), whole);
    harness.run();
    (harness, camera)
}

/// A window of the usual size after these commands, with these settings.
pub fn usual(commands: &[Command], settings: Settings) -> Window {
    let mut app = stage::app(commands, settings.theme);
    app.settings = settings;
    window(app, vec2(1440.0, 900.0)).0
}

pub fn press(harness: &mut Window, key: Key) {
    press_with(harness, Modifiers::NONE, key);
}

pub fn press_with(harness: &mut Window, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

pub fn write(harness: &mut Window, text: &str) {
    harness.event(Event::Text(text.to_owned()));
    harness.run();
}
