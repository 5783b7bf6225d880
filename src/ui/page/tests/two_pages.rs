//! Two pages next to each other in one window: what is done to one is not done to the other.

use egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, TouchPhase, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::gestures::{click, drag};
use super::layout::article;
use super::*;

/// The left and the right half of a window. Both texts are the same, with a mark on the second word.
struct Pair([Stage; 2]);

const NAMES: [&str; 2] = ["Left", "Right"];

fn pair() -> Harness<'static, Pair> {
    let text = article(60).replacen("Paragraph 0", "Paragraph ⟦0⟧", 1);
    let show = |ui: &mut Ui, pair: &mut Pair| {
        ui.columns(2, |columns| {
            for ((ui, stage), name) in columns.iter_mut().zip(&mut pair.0).zip(NAMES) {
                stage.show(ui, name);
            }
        });
    };
    let stages = [Stage::new(&text), Stage::new(&text)];
    let builder = Harness::builder().with_size(vec2(1400.0, 600.0)).with_step_dt(1.0 / 60.0);
    let mut harness = builder.build_ui_state(show, Pair(stages));
    harness.step();
    harness.state_mut().0.iter_mut().for_each(|stage| drop(stage.take()));
    harness
}

fn at(harness: &Harness<'_, Pair>, page: usize, words: &str) -> Pos2 {
    let stage = &harness.state().0[page];
    stage.at(stage.doc.text.find(words).unwrap()) + vec2(2.0, 0.0)
}

#[test]
fn each_page_scrolls_on_its_own() {
    for page in [0, 1] {
        let mut harness = pair();
        let over = harness.state().0[page].rect.center();
        harness.event(Event::PointerMoved(over));
        harness.step();
        harness.event(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, -400.0),
            phase: TouchPhase::Move,
            source: MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        });
        harness.run_steps(30);
        let tops = [0, 1].map(|page| harness.state().0[page].visible.start());
        assert!(tops[page] > 100 && tops[1 - page] == 0, "{page}: {tops:?}");
        let bars = ["Scroll the left", "Scroll the right"].map(|name| harness.get_by_label(name).rect());
        assert!(bars[0].right() <= bars[1].left(), "each has a bar of its own");
    }
}

#[test]
fn a_click_and_a_drag_are_told_by_the_page_they_were_made_on() {
    for page in [0, 1] {
        let mut harness = pair();
        let mark = at(&harness, page, "0");
        click(&mut harness, mark, Modifiers::NONE);
        let other = 1 - page;
        let picks =
            |stage: &Stage| stage.gestures.iter().any(|g| matches!(g, Gesture::Pick { stack, .. } if stack == &[0]));
        let picked = [0, 1].map(|page| picks(&harness.state().0[page]));
        assert!(picked[page] && !picked[other], "{page}: {picked:?}");
        let (from, to) = (at(&harness, page, "words"), at(&harness, page, " in a"));
        drag(&mut harness, from, to);
        let Pair(stages) = harness.state();
        assert_eq!((stages[page].selected(), stages[other].selected()), ("words", ""));
    }
}

#[test]
fn each_page_keeps_its_selection_while_the_other_is_worked_on() {
    let mut harness = pair();
    for (page, words, end) in [(0, "words", " in a"), (1, "Paragraph 2", " 2")] {
        let (from, to) = (at(&harness, page, words), at(&harness, page, end));
        drag(&mut harness, from, to);
    }
    let selected = |harness: &Harness<'_, Pair>| [0, 1].map(|page| harness.state().0[page].selected().to_owned());
    assert_eq!(selected(&harness), ["words", "Paragraph"]);
    harness.get_by_label("Left").focus();
    harness.step();
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    harness.step();
    assert_eq!(selected(&harness), ["words i", "Paragraph"]);
    harness.get_by_label("Right").focus();
    harness.step();
    harness.key_press(Key::End);
    harness.step();
    assert_eq!(selected(&harness), ["words i", ""]);
}

#[test]
fn chips_and_marks_for_screen_readers_are_each_pages_own() {
    let mut harness = pair();
    let far = harness.state().0[0].doc.text.find("Paragraph 40").unwrap();
    let colour = egui::Color32::from_rgb(0, 103, 165);
    let link = |label: &str| {
        let to = LinkTo::Place(ByteRange::new(far, far + 9));
        Link { from: ByteRange::new(0, 9), to, colour, label: label.into() }
    };
    for (stage, name) in harness.state_mut().0.iter_mut().zip(NAMES) {
        stage.links = vec![link(name)];
    }
    harness.run_steps(2);
    assert_eq!(harness.query_all_by_label("Mark “0”").count(), 2);
    harness.get_by_label_contains("Right: Paragraph").click();
    harness.run_steps(2);
    let followed = [0, 1].map(|page| {
        let gestures = &harness.state().0[page].gestures;
        gestures.iter().filter(|g| matches!(g, Gesture::FollowLink { .. })).count()
    });
    assert_eq!(followed, [0, 1]);
}

#[test]
fn a_page_is_read_where_another_one_is() {
    let mut harness = pair();
    for share in [0.2, 0.7, 1.0] {
        let place = share * harness.state().0[0].doc.text.len() as f64;
        harness.state_mut().0[0].state.read_at(place);
        harness.run_steps(3);
        let read = harness.state().0[0].state.reading_place().unwrap();
        assert!((read - place).abs() < 60.0, "read at {read}, not at {place}");
        harness.state_mut().0[1].state.read_at(read);
        harness.run_steps(3);
        let tops = [0, 1].map(|page| harness.state().0[page].visible.start());
        assert!(tops[0] > 0 && tops[0].abs_diff(tops[1]) < 120, "{tops:?}");
    }
    harness.state_mut().0[1].state.read_at(0.0);
    harness.run_steps(3);
    assert_eq!(harness.state().0[1].visible.start(), 0, "the beginning is reached");
}
