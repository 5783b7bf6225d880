//! Keys that come faster than the window draws, and the keys of every text.

use egui::{Event, Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};
use pressmark::ui::{settings::Settings, wish::Wish};

use crate::{stage, whole};

/// Hands events to the window as the desktop does after a slow frame: all at once.
fn at_once(harness: &mut whole::Window, mut events: Vec<Event>) {
    loop {
        let more = harness.state_mut().shell.pace(&mut events);
        harness.input_mut().events.append(&mut events);
        harness.step();
        if !more {
            break;
        }
    }
    harness.run();
}

fn typed(modifiers: Modifiers, key: Key, text: &str) -> Vec<Event> {
    let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
    let text = (!text.is_empty()).then(|| Event::Text(text.to_owned()));
    std::iter::once(event(true)).chain(text).chain([event(false)]).collect()
}

#[test]
fn what_is_typed_after_a_key_that_opens_a_list_is_written_into_it_however_late_the_frame() {
    let mut harness = whole::usual(&stage::marked(), Settings::default());
    let flags = |harness: &whole::Window| {
        let scene = harness.state().session().scene();
        scene.layer().unwrap().annotations().filter(|(_, a)| a.flag.is_some()).count()
    };
    let before = flags(&harness);
    let open = typed(Modifiers::COMMAND, Key::K, "");
    let word = [(Key::F, "f"), (Key::L, "l"), (Key::A, "a"), (Key::G, "g")];
    let word = word.into_iter().flat_map(|(key, text)| typed(Modifiers::NONE, key, text));
    at_once(&mut harness, open.into_iter().chain(word).collect());
    assert_eq!(flags(&harness), before);
    let field = harness.get_by_role_and_label(Role::TextInput, "Find a command");
    assert_eq!(field.accesskit_node().value().unwrap_or_default(), "flag");
}

#[test]
fn a_double_click_within_one_slow_frame_keeps_the_picked_mark() {
    let mut harness = whole::usual(&stage::marked(), Settings::default());
    let pos = harness.get_by_role_and_label(Role::Mark, "Cue: pledged").rect().center();
    let button = |pressed| Event::PointerButton {
        pos,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    let clicks = [true, false, true, false].map(button);
    at_once(&mut harness, std::iter::once(Event::PointerMoved(pos)).chain(clicks).collect());
    let scene = harness.state().session().scene();
    let text = scene.text().unwrap();
    assert_eq!(scene.selection().and_then(|words| words.slice(text)), Some("pledged"));
    let (_, picked) = scene.picked().unwrap();
    assert!(picked.fragments.first().slice(text).unwrap().starts_with("We have put"), "the quote stays picked");
}

#[test]
fn every_tab_of_a_slow_frame_goes_one_mark_further() {
    let mut harness = whole::usual(&stage::marked(), Settings::default());
    let tabs: Vec<Event> = (0..3).flat_map(|_| typed(Modifiers::NONE, Key::Tab, "")).collect();
    at_once(&mut harness, tabs);
    let scene = harness.state().session().scene();
    let words = scene.picked().unwrap().1.fragments.first().slice(scene.text().unwrap()).unwrap();
    assert_eq!(words, "lower than in any comparable city");
}

#[test]
fn ctrl_a_selects_the_text_and_ctrl_c_copies_the_words() {
    let mut harness = whole::usual(&stage::marked(), Settings::default());
    harness.event(Event::Copy);
    harness.run();
    assert!(matches!(harness.state().wishes.last(), Some(Wish::Copy(words)) if words.starts_with("We have put")));
    whole::press_with(&mut harness, Modifiers::COMMAND, Key::A);
    let scene = harness.state().session().scene();
    assert_eq!(scene.selection().map(pressmark::text::ByteRange::len), scene.text().ok().map(|text| text.len()));
    harness.get_by_label("Edit").click();
    harness.run();
    harness.get_by_label("Select all");
}
