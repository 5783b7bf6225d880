//! The whole window painted, to be looked at: with the variable `PRESSMARK_PICTURES` they are written there.

use std::path::PathBuf;

use egui::{Key, Vec2, accesskit::Role, vec2};
use egui_kittest::{Harness, kittest::Queryable};
use pressmark::{
    command::{Command, View, select::Select},
    ui::{app::App, theme::ThemeChoice},
};

use crate::{stage, support::Camera};

const USUAL: Vec2 = vec2(1440.0, 900.0);
const LIGHT: ThemeChoice = ThemeChoice::Light;
const DARK: ThemeChoice = ThemeChoice::Dark;

/// Where pictures are to be written, if somebody wants to look at them.
pub fn folder() -> Option<PathBuf> {
    std::env::var_os("PRESSMARK_PICTURES").filter(|folder| !folder.is_empty()).map(PathBuf::from)
}

/// Writes a picture of what is shown now, where somebody wants to look at it.
pub fn show<State>(harness: &Harness<'_, State>, camera: &Camera, name: &str) {
    if folder().is_some() {
        paint(harness, camera, name);
    }
}

/// Paints what is shown now, and writes it where somebody wants to look at it.
fn paint<State>(harness: &Harness<'_, State>, camera: &Camera, name: &str) {
    let image = camera.shoot(harness);
    assert!(image.distinct_colors() > 100, "{name} is empty");
    if let Some(folder) = folder() {
        image.write_png(folder.join(format!("{name}.png")));
    }
}

/// Does something in the window, and paints what came of it.
pub fn shoot(
    name: &str,
    theme: ThemeChoice,
    (size, scale): (Vec2, f32),
    commands: &[Command],
    then: impl Fn(&mut Harness<'_, App>),
) {
    let (mut harness, camera) = stage::window(stage::app(commands, theme), size, scale);
    harness.run();
    then(&mut harness);
    harness.run();
    paint(&harness, &camera, name);
}

#[test]
fn the_window_is_painted() {
    let (mut harness, camera) = stage::window(stage::app(&stage::marked(), LIGHT), USUAL, 1.0);
    harness.run();
    paint(&harness, &camera, "light");
}

#[test]
#[ignore = "paints pictures to look at, into the folder that PRESSMARK_PICTURES names"]
fn the_window_is_painted_in_every_theme_and_size() {
    shoot("dark", DARK, (USUAL, 1.0), &stage::marked(), |_| {});
    shoot("small", LIGHT, (vec2(1280.0, 800.0), 1.0), &stage::marked(), |_| {});
    shoot("tiny", LIGHT, (vec2(900.0, 600.0), 1.0), &stage::marked(), |_| {});
    shoot("large", LIGHT, (vec2(1920.0, 1080.0), 1.0), &stage::marked(), |_| {});
    shoot("double", DARK, (USUAL, 2.0), &stage::marked(), |_| {});
}

#[test]
#[ignore = "paints pictures to look at, into the folder that PRESSMARK_PICTURES names"]
fn everything_that_comes_and_goes_is_painted() {
    let command = |command: Command| move |harness: &mut Harness<'_, App>| stage::run(harness, &command);
    let marked = stage::marked();
    let usual = (USUAL, 1.0);
    shoot("article", LIGHT, usual, &marked, command(Command::Select(Select::Nothing)));
    shoot("relating-kind", LIGHT, usual, &marked, command(Command::View(View::RelateMark)));
    shoot("refused", LIGHT, usual, &stage::unmarked(), command(Command::View(View::Note)));
    shoot("relating-role", LIGHT, usual, &marked, |harness| {
        stage::run(harness, &stage::pick("a tax on getting"));
        stage::press(harness, Key::R);
        stage::press(harness, Key::A);
    });
    shoot("answering", DARK, usual, &marked, |harness| {
        stage::run(harness, &stage::pick("a tax on getting"));
        stage::press(harness, Key::Enter);
    });
    shoot("menu", LIGHT, usual, &marked, |harness| stage::click(harness, "Mark"));
    shoot("menu-dark", DARK, usual, &marked, |harness| stage::click(harness, "File"));
    shoot("role", LIGHT, usual, &marked, |harness| {
        harness.get_by_role_and_label(Role::Button, "Source: Mayor Ines Calder").hover();
    });
    shoot("claim", LIGHT, usual, &marked, command(stage::pick("lower than in any")));
    shoot("undone", DARK, usual, &marked, command(Command::Undo));
}
