//! Where the focus of the keyboard goes: round in the bar and in a dialog, through the menus, and back to where it was.

use egui::{Event, Key, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::kittest::Queryable;
use pressmark::{
    command::{
        Command, View,
        table::{self, Menu},
    },
    ui::{settings::Settings, theme::ThemeChoice, wish::Wish},
};

use crate::{
    by_keys::{focused, times},
    stage,
    whole::{Window, press, press_with, usual, window, write},
};

const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const PAGE: &str = "Council backs toll to mend harbour bridge";

fn marked() -> Window {
    usual(&stage::marked(), Settings::default())
}

/// What Tab comes to, from here until it is here again.
fn round(harness: &mut Window, modifiers: Modifiers) -> Vec<String> {
    let begin = focused(harness);
    let mut seen = vec![begin.clone()];
    for _ in 0..40 {
        press_with(harness, modifiers, Key::Tab);
        if focused(harness) == begin {
            return seen;
        }
        seen.push(focused(harness));
    }
    panic!("Tab does not come round: {seen:?}");
}

#[test]
fn the_windows_keys_hold_in_fields_of_text_too() {
    let mut harness = marked();
    press_with(&mut harness, Modifiers::COMMAND | SHIFT, Key::F);
    write(&mut harness, "toll");
    press_with(&mut harness, CTRL, Key::K);
    assert_eq!(focused(&harness), "New project…", "the field has the keys, and what is picked below it is heard");
    press(&mut harness, Key::Escape);
    assert_eq!(focused(&harness), "Words to search for");
    let steps = |harness: &Window| harness.state().session().history().done().len();
    let before = steps(&harness);
    press_with(&mut harness, CTRL, Key::Z);
    assert_eq!(steps(&harness), before, "the field undoes its own words");
    press_with(&mut harness, CTRL, Key::Q);
    assert!(harness.state().wishes.contains(&Wish::CloseWindow));
}

#[test]
fn tab_goes_round_in_the_bar_for_finding_and_escape_leads_to_the_page() {
    let mut harness = marked();
    press_with(&mut harness, CTRL, Key::F);
    let bar = [
        "Find in the article",
        "Find previous",
        "Find next",
        "Whole words",
        "Case",
        "Exactly",
        "Regex",
        "Close the find bar",
    ];
    assert_eq!(round(&mut harness, Modifiers::NONE), bar);
    let back: Vec<&str> = std::iter::once(bar[0]).chain(bar[1..].iter().rev().copied()).collect();
    assert_eq!(round(&mut harness, SHIFT), back);
    times(&mut harness, 3, Modifiers::NONE, Key::Tab);
    press(&mut harness, Key::Escape);
    assert_eq!(focused(&harness), PAGE);
    assert!(harness.query_by_label("Find in the article").is_none());
    press_with(&mut harness, CTRL, Key::F);
    press(&mut harness, Key::Escape);
    assert_eq!(focused(&harness), PAGE);
    press_with(&mut harness, CTRL, Key::F);
    press_with(&mut harness, SHIFT, Key::Tab);
    press(&mut harness, Key::Enter);
    assert_eq!(focused(&harness), PAGE, "the cross is gone with the bar");
}

#[test]
fn tab_goes_round_in_a_dialog_as_it_is_seen() {
    let mut harness = marked();
    press_with(&mut harness, CTRL, Key::I);
    let seen = round(&mut harness, Modifiers::NONE);
    assert_eq!(seen[0], "Title");
    assert_eq!(seen[seen.len() - 2..], ["Cancel", "Save"], "{seen:?}");
    let mut back = round(&mut harness, SHIFT);
    back[1..].reverse();
    assert_eq!(seen, back);
}

#[test]
fn enter_confirms_and_escape_cancels_and_the_focus_goes_back() {
    let mut harness = marked();
    let title = |h: &Window| {
        h.state().session().project().articles().map(|(_, a)| a.metadata.title.clone()).collect::<Vec<_>>()
    };
    let before = title(&harness);
    for (key, kept) in [(Key::Escape, true), (Key::Enter, false)] {
        press_with(&mut harness, CTRL, Key::I);
        write(&mut harness, "!");
        press(&mut harness, key);
        if key == Key::Escape {
            harness.get_by_label("Discard").click();
            harness.run();
        }
        assert!(harness.query_by_label("Save").is_none());
        assert_eq!(title(&harness) == before, kept);
        assert!(focused(&harness).starts_with("Council"), "{}", focused(&harness));
    }
}

#[test]
fn what_comes_up_gives_the_focus_back_to_where_it_was() {
    let mut harness = marked();
    for (modifiers, key) in [(CTRL, Key::K), (CTRL, Key::Comma), (Modifiers::NONE, Key::F1)] {
        press_with(&mut harness, modifiers, key);
        assert_ne!(focused(&harness), PAGE);
        press(&mut harness, Key::Escape);
        assert_eq!(focused(&harness), PAGE, "{key:?}");
    }
    press(&mut harness, Key::F6);
    let card = focused(&harness);
    assert_eq!(card, "Form: Direct");
    press_with(&mut harness, CTRL, Key::K);
    press(&mut harness, Key::Escape);
    assert_eq!(focused(&harness), card);
    // By the mouse as by the keys.
    harness.get_by_label("Article").click();
    harness.run();
    harness.get_by_label("Next article").click();
    harness.run();
    assert!(focused(&harness).starts_with("Drivers to pay"), "{}", focused(&harness));
}

#[test]
fn every_row_of_every_menu_is_reached_by_arrows() {
    let mut harness = marked();
    press(&mut harness, Key::F10);
    for menu in Menu::ALL {
        assert_eq!(focused(&harness), menu.text());
        press(&mut harness, Key::ArrowDown);
        let rows: Vec<_> = table::ROWS.iter().filter(|row| row.menu == menu).collect();
        let name = |row: &table::CommandRow| {
            let session = harness.state().session();
            let ctx = harness.state().shell.app.ctx().expect("a project is open");
            let enabled = ctx.available(&(row.command)(&session.scene())).is_ok();
            enabled.then(|| table::text_now(row, &session.scene()).to_string())
        };
        let expected: Vec<String> = rows.into_iter().filter_map(name).collect();
        let mut seen = vec![focused(&harness)];
        for _ in 1..expected.len() {
            press(&mut harness, Key::ArrowDown);
            seen.push(focused(&harness));
        }
        assert_eq!(seen, expected);
        press(&mut harness, Key::Escape);
        assert!(!egui::Popup::is_any_open(&harness.ctx));
        assert_eq!(focused(&harness), PAGE);
        press(&mut harness, Key::F10);
        let at = Menu::ALL.iter().position(|all| *all == menu).unwrap_or_default();
        times(&mut harness, at + 1, Modifiers::NONE, Key::ArrowRight);
    }
}

#[test]
fn enter_runs_the_row_of_a_menu_and_the_page_has_the_focus_again() {
    let mut harness = marked();
    press(&mut harness, Key::F10);
    times(&mut harness, 3, Modifiers::NONE, Key::ArrowRight);
    press(&mut harness, Key::Enter);
    assert_eq!(focused(&harness), "Next article");
    press(&mut harness, Key::Enter);
    assert!(focused(&harness).starts_with("Drivers to pay"), "{}", focused(&harness));
    press(&mut harness, Key::F10);
    press(&mut harness, Key::ArrowDown);
    assert_eq!(focused(&harness), "New project…");
    press(&mut harness, Key::Enter);
    assert_eq!(focused(&harness), "Name");
    press(&mut harness, Key::Escape);
    assert!(focused(&harness).starts_with("Drivers to pay"), "{}", focused(&harness));
}

fn click(harness: &mut Window, pos: Pos2) {
    harness.event(Event::PointerMoved(pos));
    for pressed in [true, false] {
        harness.event(Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }
    harness.run();
}

#[test]
fn who_clicks_into_a_field_beside_a_list_that_has_dropped_down_writes_there() {
    let mut harness = marked();
    press_with(&mut harness, CTRL | SHIFT, Key::F);
    let words = focused(&harness);
    let list = harness.query_all_by_role(accesskit::Role::ComboBox).next().expect("there is a list");
    let at = list.rect().center();
    click(&mut harness, at);
    assert!(egui::Popup::is_any_open(&harness.ctx));
    let field = harness.get_by_role_and_label(accesskit::Role::TextInput, &words).rect().center();
    click(&mut harness, field);
    assert!(!egui::Popup::is_any_open(&harness.ctx));
    assert_eq!(focused(&harness), words);
}

#[test]
fn tab_goes_through_the_concordance_as_it_stands() {
    let order = [
        "Words to search for",
        "Whole words",
        "Case",
        "Exactly",
        "Regex",
        "Close “Find in the project”",
        "In the article",
    ];
    let narrow = [
        "Words to search for",
        "Close “Find in the project”",
        "Whole words",
        "Case",
        "Exactly",
        "Regex",
        "In the article",
    ];
    for (width, order) in [(1440.0, order), (900.0, narrow)] {
        let mut harness = window(stage::app(&stage::marked(), ThemeChoice::Light), vec2(width, 900.0)).0;
        press_with(&mut harness, CTRL | SHIFT, Key::F);
        write(&mut harness, "the");
        let mut seen = vec![focused(&harness)];
        for _ in 1..order.len() {
            press(&mut harness, Key::Tab);
            seen.push(focused(&harness));
        }
        assert_eq!(seen, order);
    }
}

#[test]
fn going_back_is_offered_where_there_is_somewhere_to_go() {
    let mut harness = marked();
    let offers = |harness: &Window| {
        let ctx = harness.state().shell.app.ctx().expect("a project is open");
        ctx.available(&Command::View(View::GoBack)).is_ok()
    };
    assert!(!offers(&harness));
    press(&mut harness, Key::G);
    assert!(offers(&harness));
    press_with(&mut harness, SHIFT, Key::G);
    assert!(!offers(&harness));
}
