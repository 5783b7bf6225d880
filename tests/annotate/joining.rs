//! Relating by hand across columns: by a click, by letters that stand on the marks of all columns, by dragging.
#![expect(clippy::unwrap_used, reason = "a stage that can't be used is a failed test")]

use egui::{Key, Modifiers, Pos2, accesskit::Role, vec2};
use egui_kittest::{Harness, kittest::Queryable};
use pressmark::{
    command::{Command, MarkRef, mark::Mark},
    ui::app::App,
};

use crate::{
    compare::{REPORTS, compared, rail, said},
    stage::{self, button, label, move_to, press, press_with, select},
};

const GUILD: &str = "The weavers’ guild called the closure a blow to the valley";
const RAIN: &str = "Rain fell on the way home";
const BOTH: &str = "The weavers’ guild called the closure a blow to the valley = Rain fell on the way home";

/// Two reports side by side with a mark in each; that of the first one is picked.
fn marked_as(labels: [&str; 2]) -> Harness<'static, App> {
    let mut harness = compared(2);
    for (words, name) in [GUILD, RAIN].into_iter().zip(labels) {
        stage::run(&mut harness, &select(words));
        stage::run(&mut harness, &Command::Mark(Mark::Label(label(name)), MarkRef::Picked));
        press(&mut harness, Key::C);
    }
    stage::run(&mut harness, &stage::pick(GUILD));
    harness
}

/// Where the middle of a mark stands.
fn middle(harness: &Harness<'_, App>, mark: &str) -> Pos2 {
    stage::rect_of(harness, mark).center()
}

/// Presses at one place, moves to others, and keeps the button down.
fn drag(harness: &mut Harness<'_, App>, from: Pos2, along: &[Pos2]) {
    move_to(harness, from);
    button(harness, from, true, Modifiers::NONE);
    along.iter().for_each(|at| move_to(harness, *at));
}

fn let_go(harness: &mut Harness<'_, App>, at: Pos2) {
    button(harness, at, false, Modifiers::NONE);
    harness.run();
}

/// The title of the article that is worked in.
fn open(harness: &Harness<'_, App>) -> String {
    let session = harness.state().session().unwrap();
    session.project().article(session.focus().article.as_ref().unwrap()).unwrap().metadata.title.clone()
}

fn undo(harness: &mut Harness<'_, App>) {
    press_with(harness, Modifiers::COMMAND, Key::Z);
}

#[test]
fn a_mark_is_related_by_hand_to_one_in_another_column() {
    let mut harness = marked_as(["claim"; 2]);
    press(&mut harness, Key::R);
    harness.get_by_role_and_label(Role::Button, "Contradicts").click();
    harness.run();
    stage::click_mark(&mut harness, &format!("Claim: {RAIN}"));
    harness.run();
    assert_eq!(said(&harness).0, [format!("{BOTH} ()")]);
    assert!(rail(&harness).iter().any(|row| row.contains("contradicted")), "{:?}", rail(&harness));
}

#[test]
fn letters_stand_on_the_marks_of_all_columns_and_one_relates() {
    let mut harness = marked_as(["claim"; 2]);
    press(&mut harness, Key::R);
    harness.get_by_role_and_label(Role::Button, "Contradicts").click();
    harness.run();
    // The only other mark there is has the first letter.
    press(&mut harness, Key::A);
    assert_eq!(said(&harness).0, [format!("{BOTH} ()")]);
    assert_eq!((stage::picked(&harness).as_str(), open(&harness).as_str()), (GUILD, REPORTS[0].0));
    undo(&mut harness);
    assert_eq!(said(&harness).0.len(), 0, "it is one step");
}

#[test]
fn marks_of_the_own_column_have_the_first_letters() {
    let mut harness = marked_as(["claim"; 2]);
    stage::run(&mut harness, &select("Seventy people work there now"));
    stage::run(&mut harness, &Command::Mark(Mark::Label(label("claim")), MarkRef::Picked));
    stage::run(&mut harness, &stage::pick(GUILD));
    press(&mut harness, Key::R);
    harness.get_by_role_and_label(Role::Button, "Same claim").click();
    harness.run();
    press(&mut harness, Key::S);
    assert_eq!(said(&harness).0, [format!("{BOTH} ()")]);
}

#[test]
fn a_kind_within_one_article_takes_no_mark_of_another_column() {
    let mut harness = marked_as(["claim"; 2]);
    press(&mut harness, Key::R);
    harness.get_by_role_and_label(Role::Button, "Supports").click();
    harness.run();
    press(&mut harness, Key::A);
    stage::click_mark(&mut harness, &format!("Claim: {RAIN}"));
    harness.get_by_label("Supports relates marks of one article");
    assert_eq!(open(&harness), REPORTS[0].0);
}

#[test]
fn the_form_is_asked_for_by_keys_where_it_is_seen() {
    let mut harness = marked_as(["quote"; 2]);
    press(&mut harness, Key::R);
    harness.get_by_role_and_label(Role::Button, "Same statement").click();
    harness.run();
    press(&mut harness, Key::A);
    harness.run();
    harness.get_by_label_contains("Verbatim");
    press(&mut harness, Key::V);
    assert_eq!(said(&harness).0, [format!("{BOTH} (verbatim)")]);
}

#[test]
fn a_mark_that_is_dragged_to_another_column_is_related_by_the_kind_that_is_chosen() {
    for key in [Some(Key::C), None] {
        let mut harness = marked_as(["claim"; 2]);
        let [from, to] = [GUILD, RAIN].map(|words| middle(&harness, &format!("Claim: {words}")));
        drag(&mut harness, from, &[from + vec2(60.0, 4.0), to]);
        let_go(&mut harness, to);
        assert_eq!(said(&harness).0.len(), 0, "the kind is asked for");
        match key {
            Some(key) => press(&mut harness, key),
            None => harness.get_by_role_and_label(Role::Button, "Contradicts").click(),
        }
        harness.run();
        assert_eq!(said(&harness).0, [format!("{BOTH} ()")]);
        assert_eq!(stage::picked(&harness), GUILD);
        assert!(harness.query_by_label("Relate by").is_none());
        undo(&mut harness);
        assert_eq!(said(&harness).0.len(), 0, "it is one step");
    }
}

#[test]
fn where_one_kind_fits_alone_it_is_made_at_once() {
    let mut harness = marked_as(["claim"; 2]);
    for name in ["Same statement", "Same claim"] {
        press(&mut harness, Key::R);
        harness.get_by_role_and_label(Role::Button, name).click();
        harness.run();
        press(&mut harness, Key::A);
        press(&mut harness, Key::Escape);
        stage::run(&mut harness, &stage::pick(GUILD));
    }
    let [from, to] = [GUILD, RAIN].map(|words| middle(&harness, &format!("Claim: {words}")));
    drag(&mut harness, from, &[to]);
    let_go(&mut harness, to);
    assert_eq!(said(&harness).0.len(), 3, "{:?}", said(&harness));
    drag(&mut harness, from, &[to]);
    assert!(stage::painted(&harness).iter().any(|text| text == "No kind of relation joins the two"));
    let_go(&mut harness, to);
    assert_eq!(said(&harness).0.len(), 3);
}

#[test]
fn a_drag_from_a_mark_selects_words_wherever_it_does_not_end_on_a_mark() {
    let mut harness = marked_as(["claim"; 2]);
    let [from, to] = [GUILD, RAIN].map(|words| middle(&harness, &format!("Claim: {words}")));
    let beside = to + vec2(0.0, 120.0);
    // Over the mark nothing is selected; beyond it the selection goes on.
    drag(&mut harness, from, &[to]);
    let selection = |harness: &Harness<'_, App>| harness.state().session().unwrap().scene().selection();
    assert_eq!(selection(&harness), None);
    move_to(&mut harness, beside);
    assert!(selection(&harness).is_some());
    let_go(&mut harness, beside);
    assert!(selection(&harness).is_some() && harness.query_by_label("Relate by").is_none());
    assert_eq!(said(&harness).0.len(), 0);
    // Within its own column a drag is what it always was.
    let from = middle(&harness, &format!("Claim: {GUILD}"));
    drag(&mut harness, from, &[from + vec2(90.0, 0.0)]);
    let_go(&mut harness, from + vec2(90.0, 0.0));
    assert!(selection(&harness).is_some());
}

#[test]
fn a_press_elsewhere_leaves_the_two_unrelated() {
    let mut harness = marked_as(["claim"; 2]);
    let [from, to] = [GUILD, RAIN].map(|words| middle(&harness, &format!("Claim: {words}")));
    for leaves_by_key in [true, false] {
        drag(&mut harness, from, &[to]);
        let_go(&mut harness, to);
        harness.get_by_label("Relate by");
        match leaves_by_key {
            true => press(&mut harness, Key::Escape),
            false => stage::click_at(&mut harness, to + vec2(0.0, -150.0)),
        }
        assert!(harness.query_by_label("Relate by").is_none());
        assert_eq!(said(&harness).0.len(), 0);
    }
}
