//! The whole window painted, to be looked at: with the variable `PRESSMARK_PICTURES` they are written there.

use egui::vec2;
use pressmark::{
    command::{Command, View},
    ui::theme::ThemeChoice,
};

use crate::stage;

#[test]
fn the_window_is_painted_in_both_themes_and_all_sizes() {
    let folder = std::env::var_os("PRESSMARK_PICTURES").filter(|f| !f.is_empty()).map(std::path::PathBuf::from);
    let shoot = |name: &str, theme, size, scale, commands: &[Command], then: &[Command]| {
        let (mut harness, camera) = stage::window(stage::app(commands, theme), size, scale);
        harness.run();
        for command in then {
            harness.state_mut().run(command);
            harness.run();
        }
        let image = camera.shoot(&harness);
        assert!(image.distinct_colors() > 100, "{name} is empty");
        if let Some(folder) = &folder {
            image.write_png(folder.join(format!("{name}.png")));
        }
    };
    let usual = vec2(1440.0, 900.0);
    let (light, dark) = (ThemeChoice::Light, ThemeChoice::Dark);
    shoot("light", light, usual, 1.0, &stage::marked(), &[]);
    if folder.is_none() {
        return;
    }
    let nothing = Command::Select(pressmark::command::select::Select::Nothing);
    shoot("dark", dark, usual, 1.0, &stage::marked(), &[]);
    shoot("small", light, vec2(1280.0, 800.0), 1.0, &stage::marked(), &[]);
    shoot("large", light, vec2(1920.0, 1080.0), 1.0, &stage::marked(), &[]);
    shoot("double", dark, usual, 2.0, &stage::marked(), &[]);
    shoot("article", light, usual, 1.0, &stage::marked(), &[nothing]);
    shoot("relating", light, usual, 1.0, &stage::marked(), &[Command::View(View::RelateMark)]);
    shoot(
        "relating-claim",
        light,
        usual,
        1.0,
        &stage::marked(),
        &[stage::pick("lower than"), Command::View(View::RelateMark)],
    );
    shoot("answering", dark, usual, 1.0, &stage::marked(), &[stage::pick("a tax"), Command::View(View::Attributes)]);
    shoot("refused", light, usual, 1.0, &stage::unmarked(), &[Command::View(View::Note)]);
    shoot("relations", light, usual, 1.0, &stage::marked(), &[Command::View(View::AllRelations)]);
}
