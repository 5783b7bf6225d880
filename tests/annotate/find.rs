//! Finding words: in the open article with a bar over the page.

use egui::{Event, Key, Modifiers, accesskit::Role, vec2};
use egui_kittest::{Harness, kittest::Queryable};
use pressmark::ui::app::App;

use crate::stage::{self, blank, marked, picture, press, press_with, unmarked, usual, write};

const SHIFT: Modifiers = Modifiers::SHIFT;
const CTRL: Modifiers = Modifiers::COMMAND;

/// The selected words.
fn selected(harness: &Harness<'_, App>) -> String {
    let scene = harness.state().session().expect("a project is open").scene();
    let words = scene.selection().zip(scene.text().ok()).and_then(|(range, text)| range.slice(text));
    words.unwrap_or_default().to_owned()
}

fn seek(harness: &mut Harness<'_, App>, words: &str) {
    press_with(harness, CTRL, Key::F);
    harness.event(Event::Text(words.to_owned()));
    harness.run();
}

#[test]
fn what_is_found_is_selected_and_a_label_key_marks_it() {
    let mut harness = blank();
    seek(&mut harness, "the bridge");
    harness.get_by_label("1 of 2");
    press(&mut harness, Key::Enter);
    harness.get_by_label("2 of 2");
    press(&mut harness, Key::Enter);
    harness.get_by_label("1 of 2");
    press_with(&mut harness, SHIFT, Key::Enter);
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_label("Find in the article").is_none());
    assert_eq!(selected(&harness), "the bridge");
    press(&mut harness, Key::Num1);
    assert_eq!(picture(&harness), "⟦the bridge⟧claim");
}

#[test]
fn letters_in_the_field_are_words_and_no_keys() {
    let mut harness = blank();
    stage::run(&mut harness, &stage::select("two votes"));
    press_with(&mut harness, CTRL, Key::F);
    harness.get_by_label("1 of 1");
    harness.key_press(Key::Num1);
    harness.event(Event::Text("lorries".to_owned()));
    harness.run();
    assert_eq!(picture(&harness), "");
    harness.get_by_label("1 of 1");
    harness.event(Event::Text("1".to_owned()));
    harness.run();
    harness.get_by_label("No hits");
    press(&mut harness, Key::Escape);
    assert_eq!(selected(&harness), "two votes", "what was selected stays selected where nothing is found");
}

#[test]
fn keys_go_on_finding_with_the_bar_open_and_closed() {
    let mut harness = blank();
    seek(&mut harness, "the bridge");
    press(&mut harness, Key::F3);
    harness.get_by_label("2 of 2");
    press_with(&mut harness, SHIFT, Key::F3);
    harness.get_by_label("1 of 2");
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::F3);
    harness.get_by_label("2 of 2");
    press(&mut harness, Key::Escape);
    press_with(&mut harness, SHIFT, Key::F3);
    harness.get_by_label("1 of 2");
}

#[test]
fn case_whole_words_and_expressions_change_what_is_found() {
    let mut harness = blank();
    seek(&mut harness, "WO");
    harness.get_by_label("1 of 4");
    stage::click(&mut harness, "Case");
    harness.get_by_label("No hits");
    stage::click(&mut harness, "Case");
    stage::click(&mut harness, "Whole words");
    harness.get_by_label("No hits");
    stage::click(&mut harness, "Regex");
    write(&mut harness, "Find in the article", r"t\w+e");
    harness.get_by_label("5 of 17");
    write(&mut harness, "Find in the article", r"vote(d");
    harness.get_by_label("Wrong at character 5, “(”: unclosed group");
    press(&mut harness, Key::Enter);
    for large in [r"\w{9000}{900}", r"(\w{1000}){1000}", "((((the{40}){40}){40}){40})"] {
        write(&mut harness, "Find in the article", large);
        let says = harness.get_by_label("The expression is too large").rect();
        let field = harness.get_by_role_and_label(Role::TextInput, "Find in the article").rect();
        harness.get_by_label("Repeat less, such as {1,20} for {1,2000}");
        assert!(says.top() >= field.top() && says.top() - field.bottom() < 24.0, "{says:?} under {field:?}");
    }
    write(&mut harness, "Find in the article", "(mayor|mayor)+ (i*)*nes");
    harness.get_by_label("1 of 1");
}

#[test]
fn another_article_is_searched_anew() {
    let mut harness = usual(&marked());
    seek(&mut harness, "Calder");
    harness.get_by_label("1 of 1");
    stage::click(&mut harness, "Open “Bridge toll passes after bitter debate”");
    harness.get_by_label("1 of 1");
    press(&mut harness, Key::Escape);
    assert_eq!(selected(&harness), "Calder");
    let open = stage::opening(harness.state().session().unwrap(), "Water for whom");
    stage::run(&mut harness, &open);
    press_with(&mut harness, CTRL, Key::F);
    harness.get_by_label("No hits");
}

#[test]
fn without_an_article_there_is_nothing_to_find_in() {
    let mut harness = usual(&unmarked());
    press_with(&mut harness, CTRL, Key::F);
    let told: Vec<_> = harness.state().messages().map(|m| m.code.as_ref()).collect();
    assert_eq!(told, ["no-article"]);
}

#[test]
fn the_bar_is_painted_in_both_themes_and_on_a_narrow_page() {
    use pressmark::ui::theme::ThemeChoice::{Dark, Light};
    for (name, theme, size) in [
        ("find-light", Light, vec2(1440.0, 900.0)),
        ("find-dark", Dark, vec2(1440.0, 900.0)),
        ("find-tiny", Light, vec2(900.0, 600.0)),
    ] {
        crate::pictures::shoot(name, theme, (size, 1.0), &marked(), |harness| {
            seek(harness, "the");
            stage::click(harness, "Whole words");
            press(harness, Key::Enter);
        });
    }
    crate::pictures::shoot("find-wrong", Dark, (vec2(1440.0, 900.0), 1.0), &marked(), |harness| {
        seek(harness, "vote(d");
        stage::click(harness, "Regex");
    });
}
