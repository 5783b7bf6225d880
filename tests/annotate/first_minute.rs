//! The first minute: who marks, an empty project, help, guidelines where one marks.

use egui::{Key, accesskit::Role, vec2};
use egui_kittest::kittest::Queryable;
use pressmark::{
    command::{Ask, Command, View, project::ProjectCommand},
    model::Layer,
    ui::{settings::Settings, theme::ThemeChoice, wish::Wish},
};

use crate::{
    stage::{self, select},
    whole::{self, Window, press, write},
};

fn click(harness: &mut Window, name: &str) {
    harness.get_by_label(name).click();
    harness.run();
}

fn run(harness: &mut Window, command: Command) {
    harness.state_mut().shell.app.run(&command);
    harness.run();
}

fn marks(harness: &Window) -> usize {
    harness.state().session().scene().layer().map_or(0, Layer::annotation_count)
}

/// The five articles, the first of them open, and nobody has said who marks.
fn nobody() -> Window {
    let mut commands = stage::unmarked();
    commands.remove(0);
    commands.push(stage::open("Council backs"));
    whole::usual(&commands, Settings::default())
}

#[test]
fn a_mark_that_needs_a_name_is_made_as_soon_as_there_is_one() {
    let mut harness = nobody();
    run(&mut harness, select("Owen Pryce"));
    press(&mut harness, Key::Num4);
    harness.get_by_role_and_label(Role::Dialog, "Who is annotating?");
    press(&mut harness, Key::Enter);
    harness.get_by_label("Write your name or initials");
    write(&mut harness, "Eva");
    press(&mut harness, Key::Enter);
    assert_eq!((marks(&harness), harness.state().shell.dialogs.is_open()), (1, false));
}

#[test]
fn a_mark_is_not_made_where_the_name_was_not_given() {
    let mut harness = nobody();
    run(&mut harness, select("Owen Pryce"));
    press(&mut harness, Key::Num4);
    click(&mut harness, "Cancel");
    run(&mut harness, Command::Project(ProjectCommand::WorkAs("Eva".to_owned())));
    run(&mut harness, Command::View(View::LargerText));
    assert_eq!(marks(&harness), 1, "whoever gives a name right after it means it");

    let mut harness = nobody();
    run(&mut harness, select("Owen Pryce"));
    press(&mut harness, Key::Num4);
    click(&mut harness, "Cancel");
    run(&mut harness, select("The engineers’ guild"));
    run(&mut harness, Command::Project(ProjectCommand::WorkAs("Eva".to_owned())));
    assert_eq!(marks(&harness), 0, "something else was done meanwhile");
}

#[test]
fn an_empty_project_offers_the_ways_to_an_article() {
    let mut harness = whole::usual(&[], Settings::default());
    for (name, wish) in [
        ("Add files…", Wish::Choose(pressmark::ui::wish::Choice::ArticleFiles)),
        ("Open a folder…", Wish::Choose(pressmark::ui::wish::Choice::ArticleFolder)),
    ] {
        click(&mut harness, name);
        harness.run();
        assert_eq!(harness.state_mut().wishes.pop(), Some(wish), "{name}");
    }
    click(&mut harness, "Paste an article…");
    harness.get_by_role_and_label(Role::Dialog, "Paste an article");
}

#[test]
fn the_first_hint_goes_for_good() {
    let mut harness = nobody();
    harness.get_by_label("Select words, press 1 to 5 · F1 shows the keys");
    click(&mut harness, "Don’t show this again");
    assert!(harness.query_by_label("Select words, press 1 to 5 · F1 shows the keys").is_none());
    assert!(harness.state().settings().knows_first_hint);
}

#[test]
fn guidelines_stand_beside_the_page_and_a_mark_says_what_its_label_means() {
    let mut harness = whole::usual(&stage::marked(), Settings::default());
    press(&mut harness, Key::F2);
    harness.get_by_label("Before you mark");
    press(&mut harness, Key::F2);
    assert!(harness.query_by_label("Before you mark").is_none());
    click(&mut harness, "Definition");
    let codebook = harness.state().session().project().codebook().clone();
    let quote = codebook.label(&stage::label("quote")).unwrap();
    harness.get_by_label(&quote.examples[0]);
}

#[test]
fn help_has_first_steps_and_says_what_the_program_is() {
    let mut harness = nobody();
    run(&mut harness, Command::Ask(Ask::FirstSteps));
    harness.get_by_label("Say who said it");
    click(&mut harness, "Show the keys");
    harness.get_by_role_and_label(Role::Dialog, "Keys");
    press(&mut harness, Key::Escape);
    run(&mut harness, Command::Ask(Ask::About));
    harness.get_by_label(&format!("Version {}", env!("CARGO_PKG_VERSION")));
    press(&mut harness, Key::Escape);
    assert!(!harness.state().shell.dialogs.is_open());
}

#[test]
fn a_recent_project_is_opened_from_a_list() {
    let recent = vec!["/home/eva/harbour".to_owned()];
    let mut harness = whole::usual(&[], Settings { recent, ..Settings::default() });
    run(&mut harness, Command::Ask(Ask::OpenRecent));
    click(&mut harness, "harbour");
    assert_eq!(harness.state_mut().wishes.pop(), Some(Wish::OpenProject("/home/eva/harbour".to_owned())));
}

#[test]
fn what_is_pasted_is_open_afterwards_and_its_name_said() {
    let mut harness = nobody();
    harness.event(egui::Event::Paste("A short report\n\nNobody was hurt.".to_owned()));
    harness.run();
    click(&mut harness, "Add the article");
    let session = harness.state().session();
    let open = session.focus().article.as_ref().unwrap();
    let title = session.project().article(open).unwrap().metadata.title.clone();
    harness.get_by_label(&format!("Added “{title}”"));
    harness.get_by_label("Undo").click();
    harness.run();
    assert_eq!(harness.state().session().project().articles().len(), 5);
}

#[test]
fn the_guidelines_leave_the_page_room_in_a_narrow_window() {
    let app = stage::app(&stage::marked(), ThemeChoice::Light);
    let mut harness = whole::window(app, vec2(800.0, 600.0)).0;
    press(&mut harness, Key::F2);
    let page = harness.get_all_by_role(Role::Document).map(|node| node.rect().width()).fold(0.0_f32, f32::max);
    assert!(page > 380.0, "{page}");
}
