//! Attributing a quote in one go: its source and its cue are words that nobody has marked yet.

#![expect(clippy::unwrap_used, reason = "what the tests share is not inside a test function")]

use egui::{Event, Key, Modifiers, PointerButton, Rect, Shape, accesskit::Role, vec2};
use egui_kittest::{Harness, kittest::Queryable};
use pressmark::{
    command::{Command, MarkRef, mark::Mark, select::Select},
    model::Layer,
    ui::app::App,
};

use crate::stage::{
    blank, label, marked, move_to, pick, picked, picture, press, press_with, rect_of, run, select, usual,
};

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
    harness.hover_at(quote.right_top() + vec2(-8.0, 10.0));
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

fn relations_in_words(harness: &Harness<'_, App>) -> Vec<String> {
    crate::relate::relations(harness)
}

const COMMITTED: &str = "attribution: quote=lower than in any comparable city, source=Mayor Ines Calder, cue=told";

/// A quote that was just marked, and is picked.
fn quoted() -> Harness<'static, App> {
    let mut harness = blank();
    run(&mut harness, &select("lower than in any comparable city"));
    press(&mut harness, Key::Num2);
    harness
}

fn mark_words(harness: &mut Harness<'_, App>, words: &str, key: Key) {
    run(harness, &select(words));
    press(harness, key);
}

#[test]
fn source_and_cue_marked_beside_a_picked_quote_fill_their_roles_in_one_step_each() {
    let mut harness = quoted();
    mark_words(&mut harness, "Mayor Ines Calder", Key::Num4);
    harness.get_by_role_and_label(Role::Label, "Marked as Source, in the role Source");
    mark_words(&mut harness, "told", Key::Num5);
    assert_eq!(relations_in_words(&harness), [COMMITTED]);
    assert_eq!(picked(&harness), "lower than in any comparable city");
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(relations_in_words(&harness), [COMMITTED.trim_end_matches(", cue=told")]);
    assert!(!picture(&harness).contains("⟦told⟧"), "the mark goes with its role");
    let done = harness.state().session().unwrap().history().to_undo().unwrap().label.to_string();
    assert_eq!(done, "Mark as Source in the role Source");
}

#[test]
fn a_source_marked_already_fills_the_role_as_it_stands() {
    let mut harness = blank();
    mark_words(&mut harness, "Mayor Ines Calder", Key::Num4);
    run(&mut harness, &Command::Select(Select::Nothing));
    mark_words(&mut harness, "lower than in any comparable city", Key::Num2);
    mark_words(&mut harness, "Mayor Ines Calder", Key::Num4);
    assert_eq!(relations_in_words(&harness), [COMMITTED.trim_end_matches(", cue=told")]);
    assert_eq!(picture(&harness).matches("⟧source").count(), 1);
}

#[test]
fn what_is_marked_beside_a_quote_is_left_alone_where_no_one_role_is_meant() {
    let mut filled = quoted();
    mark_words(&mut filled, "Mayor Ines Calder", Key::Num4);
    run(&mut filled, &pick("lower than in any comparable city"));
    mark_words(&mut filled, "Owen Pryce", Key::Num4);
    assert_eq!(relations_in_words(&filled), [COMMITTED.trim_end_matches(", cue=told")], "a further source");
    assert_eq!(picked(&filled), "Owen Pryce");

    let mut claim = quoted();
    mark_words(&mut claim, "Work is to begin in March", Key::Num1);
    assert!(relations_in_words(&claim).is_empty(), "it could support the quote, attack it or neither");

    let mut inside = quoted();
    mark_words(&mut inside, "comparable city", Key::Num4);
    assert!(relations_in_words(&inside).is_empty(), "nobody is the source of words that name them");

    let mut off = quoted();
    off.state_mut().settings.fill_roles = false;
    mark_words(&mut off, "Mayor Ines Calder", Key::Num4);
    assert!(relations_in_words(&off).is_empty());
}

#[test]
fn a_caret_beside_a_picked_quote_stands_for_the_name_or_the_word_that_it_is_in() {
    let mut harness = quoted();
    let text = harness.state().session().unwrap().scene().text().unwrap().clone();
    let caret = |words: &str| text.find(words).unwrap() + 2;
    let at = caret("Ines Calder");
    run(&mut harness, &Command::Select(Select::To { anchor: at, head: at }));
    press(&mut harness, Key::Num4);
    let at = caret("told");
    run(&mut harness, &Command::Select(Select::To { anchor: at, head: at }));
    press(&mut harness, Key::Num5);
    assert_eq!(relations_in_words(&harness), [COMMITTED]);
    press(&mut harness, Key::Escape);
    let at = caret("Owen Pryce");
    run(&mut harness, &Command::Select(Select::To { anchor: at, head: at }));
    let before = picture(&harness);
    press(&mut harness, Key::Num4);
    assert_eq!(picture(&harness), before, "no quote is meant");
}

#[test]
fn enter_goes_on_to_the_next_role_and_with_shift_takes_another() {
    let mut harness = quoted();
    press(&mut harness, Key::R);
    press(&mut harness, Key::Enter);
    for (words, shift) in [("Mayor Ines Calder", true), ("Owen Pryce", false), ("told", false)] {
        run(&mut harness, &select(words));
        press_with(&mut harness, if shift { Modifiers::SHIFT } else { Modifiers::NONE }, Key::Enter);
    }
    let two = COMMITTED.replace(", cue", ", source=Owen Pryce, cue");
    assert_eq!(relations_in_words(&harness), [two.as_str()]);
    harness.get_by_label_contains("Addressee of “lower");
    press_with(&mut harness, Modifiers::SHIFT, Key::Enter);
    harness.get_by_label_contains("Cue of “lower");
}

#[test]
fn the_strip_says_how_to_come_to_another_article() {
    let mut harness = quoted();
    crate::relate::relate(&mut harness, "lower than in any comparable city", "Same statement");
    harness.get_by_label_contains("n or p opens another article");
    press(&mut harness, Key::Escape);
    crate::relate::relate(&mut harness, "lower than in any comparable city", "Attribution");
    assert!(harness.query_by_label_contains("n or p opens another article").is_none());
}

/// Counts every key and gesture of the mouse, and of a double click each click too.
struct Hand {
    harness: Harness<'static, App>,
    /// Keys, and gestures of the mouse.
    gestures: usize,
    /// Keys, and presses of the mouse.
    presses: usize,
}

impl Hand {
    fn key(&mut self, key: Key) {
        press(&mut self.harness, key);
        self.gestures += 1;
        self.presses += 1;
    }

    /// Where words stand on the page, in points.
    fn place(&mut self, words: &str) -> Rect {
        let before = self.harness.state().session().unwrap().focus().clone();
        let (anchor, head) = before.selection.unwrap_or_default();
        mark_words(&mut self.harness, words, Key::Num3);
        let rect = rect_of(&self.harness, &format!("Stance: {words}"));
        press_with(&mut self.harness, Modifiers::COMMAND, Key::Z);
        run(&mut self.harness, &Command::Select(Select::KeepMark { anchor, head, mark: before.picked }));
        rect
    }

    fn click(&mut self, words: &str, times: usize) {
        let at = self.place(words).center();
        move_to(&mut self.harness, at);
        for pressed in [true, false].into_iter().cycle().take(2 * times) {
            let modifiers = Modifiers::NONE;
            self.harness.event(Event::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers });
            self.harness.step();
        }
        self.harness.run();
        self.gestures += 1;
        self.presses += times;
    }

    /// A click after the time in which it could be the second one of a double click.
    fn click_later(&mut self, words: &str) {
        let now = self.harness.ctx.input(|i| i.time);
        self.harness.input_mut().time = Some(now + 1.0);
        self.harness.step();
        self.click(words, 1);
    }
}

/// What came of it, and how many gestures and presses it took.
fn counted(work: impl FnOnce(&mut Hand)) -> (String, (usize, usize)) {
    let mut hand = Hand { harness: blank(), gestures: 0, presses: 0 };
    work(&mut hand);
    (picture(&hand.harness) + " " + &relations_in_words(&hand.harness).join(" "), (hand.gestures, hand.presses))
}

#[test]
fn a_quotation_and_a_claim_take_two_keys_or_clicks_and_an_attributed_quote_eight() {
    let (quotation, count) = counted(|hand| {
        hand.click("generation", 1);
        hand.key(Key::Num2);
    });
    assert!(quotation.contains("and the bridge has been keeping count.⟧quote"), "{quotation}");
    assert_eq!(count, (2, 2));

    let (sentence, count) = counted(|hand| {
        hand.click("tonnes", 3);
        hand.key(Key::Num1);
    });
    assert!(sentence.contains("must take the tunnel road, a detour of forty minutes.⟧claim"), "{sentence}");
    assert_eq!(count.0, 2);

    let (quote, count) = counted(|hand| {
        hand.click("generation", 1);
        hand.key(Key::Num2);
        hand.key(Key::Enter);
        hand.key(Key::D);
        hand.click_later("Calder");
        hand.key(Key::Num4);
        hand.click_later("told");
        hand.key(Key::Num5);
    });
    assert!(quote.contains("source=Mayor Ines Calder, cue=told"), "{quote}");
    assert_eq!(count, (8, 8));
}
