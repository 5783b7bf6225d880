//! The welcome view: how to begin, and where one was lately.

use egui::vec2;
use pressmark::{
    command::{Ask, Command},
    ui::{
        theme::Mode,
        view::welcome::{ProjectPresence, Recent, welcome_ui},
        wish::Wish,
    },
};

use crate::stage::{Scenery, click, on_stage, show, wishes};

fn recent() -> Vec<Recent> {
    let project = |name: &str, path: &str, state| Recent { name: name.to_owned(), path: path.to_owned(), state };
    vec![
        project("Harbour bridge", "/home/ana/projects/harbour-bridge", ProjectPresence::Here),
        project("Reservoir vote", "/home/ana/projects/reservoir-vote", ProjectPresence::Here),
        project("Border call", "/media/stick/border-call", ProjectPresence::Missing),
    ]
}

#[test]
fn one_begins_with_a_click() {
    let (mut harness, _) = on_stage(Mode::Light, vec2(1280.0, 800.0), |ui, s: &mut Scenery| {
        let tokens = s.tokens.clone();
        welcome_ui(ui, &tokens, &recent(), &mut s.wishes);
    });
    let ask = |ask| Wish::Run(Command::Ask(ask));
    let cases = [
        ("New project…", ask(Ask::NewProject)),
        ("Open…", ask(Ask::OpenProject)),
        ("Open the sample project", ask(Ask::OpenSample)),
        ("Reservoir vote", Wish::OpenProject("/home/ana/projects/reservoir-vote".to_owned())),
    ];
    for (name, wish) in cases {
        click(&mut harness, name);
        assert_eq!(wishes(&mut harness), [wish], "{name}");
    }
}

#[test]
fn pictures_to_look_at() {
    for (mode, size) in [(Mode::Light, vec2(1440.0, 900.0)), (Mode::Dark, vec2(1280.0, 800.0))] {
        let (mut harness, camera) = on_stage(mode, size, |ui, s: &mut Scenery| {
            let tokens = s.tokens.clone();
            welcome_ui(ui, &tokens, &recent(), &mut s.wishes);
        });
        harness.run();
        show(&harness, &camera, &format!("welcome-{mode:?}"));
    }
}
