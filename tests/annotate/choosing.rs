//! Picking articles together in the list, and choosing which of many stand side by side.
#![expect(clippy::unwrap_used, reason = "a stage that can't be used is a failed test")]

use egui::{
    Key, Modifiers,
    accesskit::{Role, Toggled},
};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use pressmark::ui::app::App;

use crate::stage::{self, open, press, press_with, unmarked, usual};

/// As the list has them.
const TITLES: [&str; 5] = [
    "Bridge toll passes after bitter debate",
    "Council backs toll to mend harbour bridge",
    "Drivers to pay for crossing from spring",
    "Farmers split over reservoir plan",
    "Water for whom?",
];

/// The window with five articles, of which the first in the list is open.
fn listed() -> Harness<'static, App> {
    let mut harness = usual(&[unmarked(), vec![open(TITLES[0])]].concat());
    harness.run();
    let mut rows: Vec<_> = harness.get_all_by_role(Role::ListItem).collect();
    rows.sort_by(|a, b| a.rect().top().total_cmp(&b.rect().top()));
    let names: Vec<String> = rows.iter().filter_map(|row| row.accesskit_node().label()).collect();
    assert_eq!(names, TITLES.map(|title| format!("Open “{title}”")));
    harness
}

/// The titles of the columns, from left to right.
fn columns(harness: &Harness<'_, App>) -> Vec<String> {
    let session = harness.state().session().unwrap();
    let title = |id| session.project().article(id).unwrap().metadata.title.clone();
    harness.state().columns().iter().map(title).collect()
}

/// The titles that have a tick.
fn ticked(harness: &Harness<'_, App>) -> Vec<String> {
    let rows = harness.get_all_by_role(Role::CheckBox).map(|row| row.accesskit_node());
    let mut names: Vec<String> =
        rows.filter(|row| row.toggled() == Some(Toggled::True)).filter_map(|row| row.label()).collect();
    names.dedup();
    names
}

/// Picks all five and compares them.
fn all_picked() -> Harness<'static, App> {
    let mut harness = listed();
    let last = format!("Open “{}”", TITLES[4]);
    harness.get_by_role_and_label(Role::ListItem, &last).click_modifiers(Modifiers::SHIFT);
    harness.run();
    press(&mut harness, Key::F4);
    harness.get_by_label("Which reports should stand side by side?");
    harness
}

#[test]
fn of_many_articles_it_is_chosen_by_keys_which_stand_side_by_side() {
    let mut harness = all_picked();
    assert_eq!(ticked(&harness), TITLES[..3]);
    // A fourth has no room until one is taken away.
    press(&mut harness, Key::Num5);
    assert_eq!(ticked(&harness), TITLES[..3]);
    press(&mut harness, Key::Num2);
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::Space);
    press(&mut harness, Key::Enter);
    assert_eq!(columns(&harness), [TITLES[0], TITLES[2], TITLES[4]]);
    assert!(harness.query_by_label("Which reports should stand side by side?").is_none());
    harness.get_by_label(&format!("Column “{}”", TITLES[4]));
}

#[test]
fn it_is_chosen_by_the_mouse_and_takes_two_at_least() {
    let mut harness = all_picked();
    let click = |harness: &mut Harness<'_, App>, at: usize| {
        let is_row = |node: &egui_kittest::Node<'_>| node.rect().width() > 100.0;
        harness.get_all_by_role_and_label(Role::CheckBox, TITLES[at]).rfind(is_row).unwrap().click();
        harness.run();
    };
    click(&mut harness, 0);
    click(&mut harness, 1);
    assert_eq!(ticked(&harness), TITLES[2..3]);
    assert!(harness.get_by_label("Compare them").accesskit_node().is_disabled());
    press(&mut harness, Key::Enter);
    harness.get_by_label("Which reports should stand side by side?");
    click(&mut harness, 3);
    stage::click(&mut harness, "Compare them");
    assert_eq!(columns(&harness), TITLES[2..4]);
}

#[test]
fn escape_goes_back_to_the_article() {
    let mut harness = all_picked();
    press(&mut harness, Key::Num1);
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_label("Which reports should stand side by side?").is_none());
    let session = harness.state().session().unwrap();
    let id = session.focus().article.as_ref().unwrap();
    assert_eq!(session.project().article(id).unwrap().metadata.title, TITLES[0]);
    harness.get_by_role_and_label(Role::ListItem, &format!("Open “{}”", TITLES[1]));
}

#[test]
fn arrows_with_shift_pick_articles_in_a_row() {
    let mut harness = listed();
    harness.get_by_role_and_label(Role::ListItem, &format!("Open “{}”", TITLES[0])).focus();
    harness.run();
    press(&mut harness, Key::ArrowDown);
    press_with(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    press_with(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    press_with(&mut harness, Modifiers::SHIFT, Key::ArrowUp);
    press(&mut harness, Key::F4);
    assert_eq!(columns(&harness), TITLES[1..3]);
}
