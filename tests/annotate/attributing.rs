//! Attributing a quote in one go: its source and its cue are words that nobody has marked yet.

use egui::{Key, Rect, Shape};
use egui_kittest::{Harness, kittest::Queryable};
use pressmark::{
    command::{Command, MarkRef, mark::Mark},
    model::Layer,
    ui::app::App,
};

use crate::stage::{blank, label, marked, pick, picked, picture, press, rect_of, run, select, usual};

/// Marks a quote and says who said it, how and to whom, with no key for the roles.
fn attributed() -> Harness<'static, App> {
    let mut harness = blank();
    run(&mut harness, &select("lower than in any comparable city"));
    run(&mut harness, &Command::Mark(Mark::Label(label("quote")), MarkRef::Picked));
    press(&mut harness, Key::R);
    harness.get_by_label("Attribution");
    for (words, key) in [("Mayor Ines Calder", Key::Num4), ("told", Key::Num5), ("a packed chamber", Key::Num4)] {
        run(&mut harness, &select(words));
        press(&mut harness, key);
    }
    harness
}

/// Where these words are painted on their own beside the column, in points.
fn in_the_margin(harness: &Harness<'_, App>, words: &str) -> Vec<Rect> {
    let margin = 1020.0..1120.0;
    let shapes = harness.output().shapes.iter().filter_map(|clipped| match &clipped.shape {
        Shape::Text(text) if text.galley.text() == words => Some(text.visual_bounding_rect()),
        _ => None,
    });
    shapes.filter(|rect| margin.contains(&rect.left())).collect()
}

#[test]
fn label_keys_tell_which_role_the_selected_words_fill() {
    let harness = attributed();
    let session = harness.state().session().unwrap();
    let scene = session.scene();
    let relations: Vec<_> = scene.layer().map(Layer::relations).unwrap().iter().collect();
    let [(_, relation)] = relations.as_slice() else { panic!("{relations:?}") };
    let roles: Vec<&str> = relation.members.iter().map(|m| m.role.as_str()).collect();
    assert_eq!(roles, ["quote", "source", "cue", "addressee"]);
    assert!(picture(&harness).contains("⟦told⟧cue ⟦a packed chamber⟧source"), "{}", picture(&harness));
}

#[test]
fn labels_of_curves_between_the_same_lines_are_not_painted_on_each_other() {
    let mut harness = attributed();
    let quote = rect_of(&harness, "Quote: lower than in any comparable city");
    harness.hover_at(quote.right_top() + egui::vec2(-8.0, 10.0));
    harness.run();
    let labels: Vec<Rect> = ["Source", "Cue"].iter().flat_map(|role| in_the_margin(&harness, role)).collect();
    assert_eq!(labels.len(), 2, "{labels:?}");
    for (at, label) in labels.iter().enumerate() {
        let covered = labels[..at].iter().find(|other| other.intersects(label.shrink(0.5)));
        assert_eq!(covered, None, "{label:?}");
    }
}

#[test]
fn a_label_that_several_kinds_take_waits_for_the_kind() {
    let mut harness = usual(&marked());
    let before = picture(&harness);
    run(&mut harness, &pick("lost by two votes"));
    press(&mut harness, Key::R);
    run(&mut harness, &select("Work is to begin in March"));
    press(&mut harness, Key::Num1);
    assert_eq!(picture(&harness), before);
    harness.get_by_label("Stop relating");
    assert_eq!(picked(&harness), "lost by two votes");
}
