//! The pen: every kind of mark, its ends and fragments, what is refused and where that is said.

use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, accesskit::Role, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use pressmark::{
    command::{Command, MarkRef, View, mark::Mark, project::ProjectCommand, select::Select},
    ui::{app::App, theme::ThemeChoice},
};

use crate::{
    pictures,
    stage::{self, blank, click, marked, picked, picture, press, press_with, run, select, usual},
};

fn select_words(harness: &mut Harness<'_, App>, words: &str) {
    run(harness, &select(words));
}

/// Puts the caret before the words.
fn caret_before(harness: &mut Harness<'_, App>, words: &str) {
    select_words(harness, words);
    press(harness, Key::ArrowLeft);
}

pub fn rect_of(harness: &Harness<'_, App>, mark: &str) -> Rect {
    harness.get_by_role_and_label(Role::Mark, mark).rect()
}

pub fn move_to(harness: &mut Harness<'_, App>, at: Pos2) {
    harness.event(Event::PointerMoved(at));
    harness.run();
}

fn button(harness: &mut Harness<'_, App>, at: Pos2, pressed: bool, modifiers: Modifiers) {
    harness.event(Event::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers });
    harness.run();
}

pub fn drag(harness: &mut Harness<'_, App>, from: Pos2, to: Pos2, modifiers: Modifiers) {
    harness.event(Event::ModifiersChanged(modifiers));
    move_to(harness, from);
    button(harness, from, true, modifiers);
    move_to(harness, to);
    button(harness, to, false, modifiers);
    harness.event(Event::ModifiersChanged(Modifiers::NONE));
}

fn refused(harness: &Harness<'_, App>) -> Option<String> {
    harness.query_by_role(Role::Alert).and_then(|node| node.accesskit_node().value())
}

/// Two fragments in the first sentence, picked.
fn in_two_fragments() -> Harness<'static, App> {
    let mut harness = blank();
    select_words(&mut harness, "city council");
    press(&mut harness, Key::Num4);
    select_words(&mut harness, "harbour bridge");
    press(&mut harness, Key::Plus);
    assert_eq!(picture(&harness), "⟦city council … harbour bridge⟧source");
    harness
}

#[test]
fn a_fragment_is_added_by_keys_alone() {
    let mut harness = blank();
    press(&mut harness, Key::ArrowRight);
    let shift = Modifiers::SHIFT | Modifiers::CTRL;
    press_with(&mut harness, shift, Key::ArrowRight);
    press_with(&mut harness, shift, Key::ArrowRight);
    press(&mut harness, Key::Num4);
    let first = picked(&harness);
    for _ in 0..3 {
        press_with(&mut harness, Modifiers::CTRL, Key::ArrowRight);
    }
    assert_eq!(picked(&harness), first, "the caret may go anywhere");
    press_with(&mut harness, shift, Key::ArrowRight);
    press(&mut harness, Key::Plus);
    assert_eq!(picture(&harness).matches(" … ").count(), 1, "{}", picture(&harness));
    press(&mut harness, Key::Escape);
    assert_eq!(picked(&harness), "", "Escape lets go");
}

#[test]
fn a_label_key_on_selected_words_makes_a_new_mark_beside_the_picked_one() {
    let mut harness = in_two_fragments();
    caret_before(&mut harness, "engineers");
    press_with(&mut harness, Modifiers::SHIFT | Modifiers::CTRL, Key::ArrowRight);
    press(&mut harness, Key::Num4);
    assert_eq!(picture(&harness), "⟦city council … harbour bridge⟧source ⟦engineers⟧source");
    assert_eq!(picked(&harness), "engineers");
}

#[test]
fn words_chosen_by_a_double_click_are_added_to_the_mark_that_was_picked() {
    let mut harness = usual(&marked());
    run(&mut harness, &stage::pick("Owen Pryce"));
    let at = rect_of(&harness, "Cue: pledged").center();
    move_to(&mut harness, at);
    for pressed in [true, false, true, false] {
        let modifiers = Modifiers::NONE;
        harness.event(Event::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers });
        harness.step();
    }
    harness.run();
    assert_eq!(picked(&harness), "Owen Pryce");
    press(&mut harness, Key::Plus);
    assert!(picture(&harness).contains("⟦Owen Pryce … pledged⟧source"), "{}", picture(&harness));
}

#[test]
fn the_ends_of_the_fragment_at_the_caret_move() {
    let mut harness = in_two_fragments();
    press(&mut harness, Key::CloseBracket);
    assert_eq!(picture(&harness), "⟦city council … harbour bridge,⟧source");
    press(&mut harness, Key::OpenBracket);
    assert_eq!(picture(&harness), "⟦city council … the harbour bridge,⟧source");
    caret_before(&mut harness, "council voted");
    press_with(&mut harness, Modifiers::SHIFT, Key::CloseBracket);
    assert_eq!(picture(&harness), "⟦city … the harbour bridge,⟧source");
    press(&mut harness, Key::OpenBracket);
    assert_eq!(picture(&harness), "⟦The city … the harbour bridge,⟧source", "the caret stays with its fragment");
    press(&mut harness, Key::OpenBracket);
    assert_eq!(refused(&harness).as_deref(), Some("The article begins here"));
}

#[test]
fn a_fragment_that_grows_over_its_neighbour_joins_it_and_none_becomes_empty() {
    let mut harness = blank();
    select_words(&mut harness, "city");
    press(&mut harness, Key::Num4);
    select_words(&mut harness, "voted");
    press(&mut harness, Key::Plus);
    caret_before(&mut harness, "city");
    press(&mut harness, Key::CloseBracket);
    assert_eq!(picture(&harness), "⟦city council … voted⟧source");
    press(&mut harness, Key::CloseBracket);
    assert_eq!(picture(&harness), "⟦city council voted⟧source");
    for _ in 0..2 {
        press_with(&mut harness, Modifiers::SHIFT, Key::CloseBracket);
    }
    press_with(&mut harness, Modifiers::SHIFT, Key::CloseBracket);
    assert_eq!(refused(&harness).as_deref(), Some("The fragment would have no words left"));
    assert_eq!(picture(&harness), "⟦city⟧source");
}

#[test]
fn the_fragment_at_the_caret_is_taken_away() {
    let mut harness = in_two_fragments();
    caret_before(&mut harness, "engineers");
    press(&mut harness, Key::Minus);
    assert_eq!(refused(&harness).as_deref(), Some("The caret is not in any of the mark’s fragments"));
    caret_before(&mut harness, "harbour bridge");
    press(&mut harness, Key::Minus);
    assert_eq!(picture(&harness), "⟦city council⟧source");
    press(&mut harness, Key::Minus);
    assert!(refused(&harness).is_some());
}

#[test]
fn a_handle_moves_by_words_and_by_characters_while_alt_is_held() {
    let mut harness = usual(&marked());
    run(&mut harness, &stage::pick("lost by two votes"));
    let rect = rect_of(&harness, "Claim: lost by two votes");
    let handle = rect.right_center() + vec2(3.0, 0.0);
    let to = handle - vec2(22.0, 0.0);
    drag(&mut harness, handle, to, Modifiers::NONE);
    assert_eq!(picked(&harness), "lost by two", "whole words");
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    drag(&mut harness, handle, to, Modifiers::ALT);
    assert_eq!(picked(&harness), "lost by two vo");
}

#[test]
fn the_quote_key_marks_an_interrupted_quotation_and_again_a_part_and_the_words_alone() {
    let mut harness = blank();
    select_words(&mut harness, "for a generation");
    press(&mut harness, Key::Num2);
    let whole = "⟦We have put this off for a generation, … and the bridge has been keeping count.⟧quote";
    assert_eq!(picture(&harness), whole);
    let part = "⟦We have put this off for a generation,⟧quote";
    press(&mut harness, Key::Num2);
    assert_eq!(picture(&harness), part);
    press(&mut harness, Key::Num2);
    assert_eq!(picture(&harness), "⟦for a generation⟧quote");
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(picture(&harness), part);
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(picture(&harness), whole);
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(picture(&harness), "");
}

#[test]
fn marks_that_lie_on_each_other_are_gone_through_and_told_apart() {
    let mut harness = blank();
    for label in [Key::Num1, Key::Num3, Key::Num4] {
        select_words(&mut harness, "any comparable city");
        press(&mut harness, label);
    }
    let mut seen = Vec::new();
    for _ in 0..4 {
        press(&mut harness, Key::Backtick);
        let scene = harness.state().session().unwrap().scene();
        seen.push(scene.picked().unwrap().1.label.to_string());
    }
    assert_eq!(seen, ["stance", "claim", "source", "stance"], "inwards out, and around");
    select_words(&mut harness, "any comparable city");
    press(&mut harness, Key::Num3);
    assert_eq!(refused(&harness).as_deref(), Some("These words are already marked as Stance"));
}

#[test]
fn the_stack_is_gone_through_in_each_fragment_of_a_mark() {
    let mut harness = in_two_fragments();
    select_words(&mut harness, "crossing the harbour bridge");
    press(&mut harness, Key::Num1);
    press(&mut harness, Key::Escape);
    caret_before(&mut harness, "harbour bridge");
    press(&mut harness, Key::Backtick);
    assert_eq!(picked(&harness), "city council", "the inner one covers fewer bytes");
    press(&mut harness, Key::Backtick);
    assert_eq!(picked(&harness), "crossing the harbour bridge");
}

#[test]
fn marks_that_cross_the_picked_one_are_reached_and_come_round() {
    let mut harness = blank();
    let crossing = ["charge drivers for crossing", "for crossing the harbour", "the harbour bridge"];
    for (words, label) in crossing.into_iter().zip([Key::Num1, Key::Num3, Key::Num4]) {
        select_words(&mut harness, words);
        press(&mut harness, label);
    }
    for begin in crossing {
        run(&mut harness, &stage::pick(begin));
        let mut seen = Vec::new();
        while seen.last().is_none_or(|last| last != begin) && seen.len() < 9 {
            press(&mut harness, Key::Backtick);
            seen.push(picked(&harness));
        }
        let overlapping = crossing.iter().filter(|words| begin == crossing[1] || [begin, crossing[1]].contains(words));
        seen.sort_by_key(|words| crossing.iter().position(|all| all == words));
        assert_eq!(seen, overlapping.copied().collect::<Vec<_>>(), "from {begin}");
    }
}

#[test]
fn selected_words_lead_to_the_marks_on_them() {
    let mut harness = blank();
    for (words, label) in [("crossing", Key::Num1), ("harbour bridge", Key::Num3)] {
        select_words(&mut harness, words);
        press(&mut harness, label);
    }
    press(&mut harness, Key::Escape);
    select_words(&mut harness, "drivers for crossing");
    press(&mut harness, Key::Backtick);
    assert_eq!(picked(&harness), "crossing");
    select_words(&mut harness, "harbour bridge");
    press(&mut harness, Key::Backtick);
    assert_eq!(picked(&harness), "harbour bridge");
}

#[test]
fn a_resting_pointer_shows_what_lies_under_it() {
    let mut harness = usual(&marked());
    let at = rect_of(&harness, "Claim: cautious, and still growing").center();
    let card = |harness: &Harness<'_, App>| {
        let place = harness.query_all_by_role(Role::Label).filter_map(|n| n.accesskit_node().value());
        place.filter(|text| text == "Claim" || text == "Quote").collect::<Vec<_>>()
    };
    let before = card(&harness);
    move_to(&mut harness, at);
    for _ in 0..8 {
        harness.step();
    }
    let shown = card(&harness);
    assert_eq!(shown.len(), before.len() + 2, "{shown:?}");
    assert!(shown.join(" ").contains("Claim Quote"), "innermost first: {shown:?}");
    harness.event(Event::PointerMoved(at + vec2(0.0, 300.0)));
    for _ in 0..3 {
        harness.step();
    }
    assert_eq!(card(&harness), before);
}

#[test]
fn whose_mark_it_is_is_said_where_it_is_anothers() {
    let as_ben = Command::Project(ProjectCommand::WorkAs("ben".to_owned()));
    let mut harness = usual(&[marked(), vec![as_ben]].concat());
    if harness.query_by_label_contains("Claim: cautious").is_none() {
        click(&mut harness, "Show the marks of ana");
    }
    let at = rect_of(&harness, "ana · Claim: cautious, and still growing").center();
    move_to(&mut harness, at);
    for _ in 0..8 {
        harness.step();
    }
    let said: Vec<_> = harness.query_all_by_role(Role::Label).filter_map(|n| n.accesskit_node().value()).collect();
    assert_eq!(said.iter().filter(|text| *text == "ana").count(), 2, "{said:?}");
}

#[test]
fn a_pointer_that_rests_while_one_marks_by_keys_shows_nothing() {
    let said = |harness: &Harness<'_, App>| {
        let labels = harness.query_all_by_role(Role::Label).filter_map(|n| n.accesskit_node().value());
        labels.filter(|text| text == "Source").count()
    };
    let mut harness = blank();
    select_words(&mut harness, "Owen Pryce");
    press(&mut harness, Key::Num4);
    let (at, elsewhere) = (rect_of(&harness, "Source: Owen Pryce").center(), said(&harness));
    press(&mut harness, Key::Delete);
    select_words(&mut harness, "Owen Pryce");
    move_to(&mut harness, at);
    press(&mut harness, Key::Num4);
    for _ in 0..8 {
        harness.step();
        assert_eq!(said(&harness), elsewhere);
    }
}

#[test]
fn a_refusal_is_said_where_it_would_have_acted_and_changes_nothing() {
    let mut harness = blank();
    caret_before(&mut harness, "Owen Pryce");
    press(&mut harness, Key::Num1);
    assert_eq!(refused(&harness).as_deref(), Some("No words are selected and no mark is picked"));
    let note = harness.get_by_role(Role::Alert).rect();
    let words = {
        select_words(&mut harness, "Owen Pryce");
        assert_eq!(refused(&harness), None, "it goes away with the next command");
        press(&mut harness, Key::Num4);
        rect_of(&harness, "Source: Owen Pryce")
    };
    assert!(note.top() > words.bottom() && note.top() < words.bottom() + 40.0, "{note} {words}");
    assert!((note.left() - words.left()).abs() < 40.0, "{note} {words}");
    let before = picture(&harness);
    select_words(&mut harness, "Owen Pryce");
    press(&mut harness, Key::Num4);
    assert_eq!(refused(&harness).as_deref(), Some("These words are already marked as Source"));
    assert_eq!(picture(&harness), before);
    press(&mut harness, Key::Escape);
    assert_eq!(refused(&harness), None);
    assert_eq!(picked(&harness), "Owen Pryce", "Escape takes the note away first");
    run(&mut harness, &Command::Select(Select::Nothing));
    press(&mut harness, Key::Delete);
    assert_eq!(refused(&harness).as_deref(), Some("No mark is picked"));
}

#[test]
fn only_spaces_are_no_words() {
    let mut harness = blank();
    let text = harness.state().session().unwrap().scene().text().unwrap().as_str().to_owned();
    let at = text.find(" council").unwrap();
    run(&mut harness, &Command::Select(Select::To { anchor: at, head: at + 1 }));
    press(&mut harness, Key::Num1);
    assert_eq!(refused(&harness).as_deref(), Some("The selection has no words in it"));
    assert_eq!(picture(&harness), "");
}

/// Everything the page can show of marks at once; written where somebody wants to look at it.
#[test]
fn every_kind_of_mark_is_painted() {
    for (name, theme) in [("pen-light", ThemeChoice::Light), ("pen-dark", ThemeChoice::Dark)] {
        let (mut harness, camera) = stage::window(stage::app(&marked(), theme), vec2(1280.0, 720.0), 2.0);
        harness.run();
        run(&mut harness, &Command::View(View::Initials));
        for words in ["put this off for a", "put this off", "this off", "off", "a generation", "for a generation,"] {
            for label in ["claim", "stance"] {
                select_words(&mut harness, words);
                run(&mut harness, &Command::Mark(Mark::Label(stage::label(label)), MarkRef::Picked));
            }
        }
        pictures::show(&harness, &camera, &format!("{name}-stack"));
        run(&mut harness, &Command::Select(Select::Nothing));
        select_words(&mut harness, "Owen Pryce");
        press(&mut harness, Key::Num4);
        assert!(refused(&harness).is_some());
        pictures::show(&harness, &camera, &format!("{name}-refused"));
        let at = rect_of(&harness, "Claim: cautious, and still growing").center();
        move_to(&mut harness, at);
        for _ in 0..8 {
            harness.step();
        }
        pictures::show(&harness, &camera, &format!("{name}-hover"));
    }
}
