//! The whole window, with the dialogs over it, as the desktop has it.

use egui::{Event, Key, Modifiers, Vec2, vec2};
use egui_kittest::Harness;
use pressmark::{
    command::Command,
    session::Session,
    ui::{
        app::{App, Errand},
        dialog::ExportFormat,
        settings::Settings,
        shell::Shell,
        theme,
    },
};

use crate::{
    stage,
    support::{self, Camera},
};

/// The window and what it left to the outside.
pub struct Whole {
    pub shell: Shell,
    pub errands: Vec<Errand>,
}

impl Whole {
    pub fn new(app: App) -> Self {
        let mut shell = Shell::new(app);
        shell.dialogs.formats = vec![ExportFormat {
            name: "jsonl".to_owned(),
            description: "One JSON object for each article, with everybody's marks".to_owned(),
            left_out: Vec::new(),
        }];
        Self { shell, errands: Vec::new() }
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
    let system = std::env::var_os("PRESSMARK_PICTURES").and_then(|_| theme::fonts::find_system_faces());
    let stage = stage
        .with_max_steps(24)
        .with_step_dt(0.1)
        .with_context_setup(move |ctx| ctx.set_fonts(theme::fonts::definitions(system.as_ref())));
    let whole = |ui: &mut egui::Ui, whole: &mut Whole| {
        let mut root = ui.new_child(egui::UiBuilder::new().max_rect(ui.ctx().content_rect()));
        root.set_clip_rect(ui.ctx().content_rect());
        let errands = whole.shell.frame(&mut root);
        whole.errands.extend(errands);
    };
    let mut harness = stage.build_ui_state(whole, Whole::new(app));
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

/// Whether somebody wants to look at pictures.
pub fn is_shown() -> bool {
    std::env::var_os("PRESSMARK_PICTURES").is_some_and(|folder| !folder.is_empty())
}

/// Writes a picture where a variable says so, to be looked at.
pub fn show(harness: &Window, camera: &Camera, name: &str) {
    if let Some(folder) = std::env::var_os("PRESSMARK_PICTURES").filter(|folder| !folder.is_empty()) {
        camera.shoot(harness).write_png(std::path::Path::new(&folder).join(format!("{name}.png")));
    }
}
