//! Mouse, keys and screen readers: what comes out.

use egui::{Event, Key, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::*;

fn button(at: Pos2, pressed: bool, modifiers: Modifiers) -> Event {
    Event::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers }
}

pub(super) fn click<S>(harness: &mut Harness<'_, S>, at: Pos2, modifiers: Modifiers) {
    harness.event(Event::PointerMoved(at));
    harness.event_modifiers(button(at, true, modifiers), modifiers);
    harness.event_modifiers(button(at, false, modifiers), modifiers);
    harness.step();
}

pub(super) fn drag<S>(harness: &mut Harness<'_, S>, from: Pos2, to: Pos2) {
    harness.event(Event::PointerMoved(from));
    harness.event(button(from, true, Modifiers::NONE));
    harness.event(Event::PointerMoved(from.lerp(to, 0.5)));
    harness.event(Event::PointerMoved(to));
    harness.event(button(to, false, Modifiers::NONE));
    harness.step();
}

fn place(harness: &Harness<'_, Stage>, words: &str) -> Pos2 {
    let stage = harness.state();
    stage.at(stage.doc.text.find(words).unwrap()) + vec2(2.0, 0.0)
}

/// Puts the caret before some words and presses keys.
fn press(harness: &mut Harness<'_, Stage>, before: &str, keys: &[(Key, Modifiers)]) {
    let offset = harness.state().doc.text.find(before).unwrap();
    harness.get_by_label("Article").focus();
    harness.step();
    harness.state_mut().selection = TextSelection::caret(offset);
    for &(key, modifiers) in keys {
        harness.key_press_modifiers(modifiers, key);
    }
    harness.step();
}

/// The text with the caret as `|`, the selection as `[…|` or `|…]`.
fn picture(stage: &Stage) -> String {
    let TextSelection { anchor, head } = stage.selection;
    let mut picture = stage.doc.text.to_string();
    let mut signs = [(anchor, if anchor < head { "[" } else { "]" }), (head, "|")];
    signs.sort_by_key(|(at, _)| *at);
    for (at, sign) in signs.into_iter().rev().filter(|(_, sign)| anchor != head || *sign == "|") {
        picture.insert_str(at, sign);
    }
    picture
}

#[test]
fn a_click_gives_the_marks_under_it_innermost_first() {
    let mut harness = stage("One ⟦two ⟦three⟧ four⟧ five");
    let at = place(&harness, "three");
    harness.state_mut().take();
    click(&mut harness, at, Modifiers::NONE);
    let text = harness.state().doc.text.clone();
    let pick = Gesture::Pick { offset: text.find("three").unwrap(), stack: vec![0, 1] };
    assert!(harness.state().gestures.contains(&pick), "{:?}", harness.state().gestures);
    let beside = place(&harness, "five");
    harness.state_mut().take();
    click(&mut harness, beside, Modifiers::NONE);
    assert!(harness.state().gestures.contains(&Gesture::Pick { offset: text.find("five").unwrap(), stack: vec![] }));
}

/// On a slow machine the button may go down, move and come up between two frames.
fn in_one_frame(harness: &mut Harness<'_, Stage>, events: &[Event]) {
    harness.input_mut().events.extend_from_slice(events);
    harness.step();
    harness.step();
}

#[test]
fn a_click_within_one_frame_is_a_click() {
    let mut harness = stage("One ⟦two⟧ three");
    let at = place(&harness, "two");
    harness.event(Event::PointerMoved(at));
    harness.step();
    harness.state_mut().take();
    in_one_frame(&mut harness, &[button(at, true, Modifiers::NONE), button(at, false, Modifiers::NONE)]);
    assert!(harness.state().gestures.iter().any(|g| matches!(g, Gesture::Pick { stack, .. } if stack == &[0])));
}

#[test]
fn a_double_click_within_one_frame_is_a_double_click() {
    let mut harness = stage("One two three");
    let at = place(&harness, "two");
    harness.event(Event::PointerMoved(at));
    harness.step();
    let clicks = [true, false, true, false].map(|pressed| button(at, pressed, Modifiers::NONE));
    in_one_frame(&mut harness, &clicks);
    assert_eq!(picture(harness.state()), "One [two| three");
}

#[test]
fn a_drag_begins_where_the_button_went_down() {
    let mut harness = stage("One two three four five");
    let (from, to) = (place(&harness, "two"), place(&harness, " five"));
    harness.event(Event::PointerMoved(from));
    harness.step();
    in_one_frame(&mut harness, &[button(from, true, Modifiers::NONE), Event::PointerMoved(to)]);
    in_one_frame(&mut harness, &[button(to, false, Modifiers::NONE)]);
    assert_eq!(picture(harness.state()), "One [two three four| five");
}

#[test]
fn a_mark_is_found_by_its_name_and_clicked() {
    let mut harness = stage("One ⟦two⟧ three\n\nFour ⟦five⟧ six");
    harness.get_by_label("Mark “five”").click();
    harness.step();
    assert!(harness.state().gestures.iter().any(|g| matches!(g, Gesture::Pick { stack, .. } if stack == &[1])));
    harness.state_mut().take();
    harness.get_by_label("Mark “two”").click_accesskit();
    harness.step();
    assert!(harness.state().gestures.iter().any(|g| matches!(g, Gesture::Pick { stack, .. } if stack == &[0])));
}

#[test]
fn hovering_tells_what_lies_there_once() {
    let mut harness = stage("One ⟦two⟧ three");
    harness.state_mut().take();
    let at = place(&harness, "two");
    harness.event(Event::PointerMoved(at));
    harness.event(Event::PointerMoved(at + vec2(1.0, 0.0)));
    harness.step();
    assert_eq!(harness.state_mut().take(), [Gesture::Hover { stack: vec![0] }]);
    let beside = place(&harness, "three");
    harness.event(Event::PointerMoved(beside));
    harness.step();
    assert_eq!(harness.state_mut().take(), [Gesture::Hover { stack: vec![] }]);
}

#[test]
fn two_clicks_take_the_word_and_three_the_sentence() {
    let mut harness = stage("One here. Two words there! Three.");
    let at = place(&harness, "ords");
    click(&mut harness, at, Modifiers::NONE);
    click(&mut harness, at, Modifiers::NONE);
    assert_eq!(harness.state().selected(), "words");
    click(&mut harness, at, Modifiers::NONE);
    assert_eq!(harness.state().selected(), "Two words there!");
}

#[test]
fn two_clicks_take_a_word_of_any_script() {
    for (text, at, word) in [
        ("صوّت مجلس المدينة يوم الخميس", "جلس", "مجلس"),
        ("מועצת העיר הצביעה", "יר", "העיר"),
        ("नगर परिषद ने कहा", "षद", "परिषद"),
        ("การข้ามสะพานท่าเรือ", "พาน", "สะพาน"),
        ("市議会は木曜日に決めた", "曜", "木曜日"),
        ("市长周四投票决定", "票", "投票"),
        ("시의회는 목요일 의결했다", "요일", "목요일"),
    ] {
        let mut harness = stage(text);
        let at = place(&harness, at);
        click(&mut harness, at, Modifiers::NONE);
        click(&mut harness, at, Modifiers::NONE);
        assert_eq!(harness.state().selected(), word, "{text}");
    }
}

#[test]
fn a_drag_takes_whole_words_unless_told_otherwise() {
    let mut harness = stage("The mayor said “nothing at all” today");
    let (from, to) = (place(&harness, "yor"), place(&harness, "hing"));
    drag(&mut harness, from, to);
    assert_eq!(harness.state().selected(), "mayor said “nothing");
    assert!(harness.state().selection.anchor < harness.state().selection.head);
    drag(&mut harness, to, from);
    assert_eq!(harness.state().selected(), "mayor said “nothing");
    assert!(harness.state().selection.anchor > harness.state().selection.head);
    harness.state_mut().options.snap = Snap::Characters;
    drag(&mut harness, from, to);
    assert_eq!(harness.state().selected(), "yor said “not");
}

#[test]
fn a_drag_leaves_out_the_marks_of_the_words_beside_it() {
    let mut harness = stage("“Nobody wanted this,” Mayor Calder said. “And (as we know) it came.”");
    for (from, to, expected) in [
        ("” Mayor", "alder", "Mayor Calder"),
        (",” M", "alder", "Mayor Calder"),
        ("obody", " Mayor", "Nobody wanted this,”"),
        (". “And", "s we", "“And (as"),
        ("alder", "And", "Calder said."),
        ("nd (", "as we", "And"),
        ("” Mayor", " Mayor", "”"),
    ] {
        let (from, to) = (place(&harness, from), place(&harness, to));
        drag(&mut harness, from, to);
        assert_eq!(harness.state().selected(), expected);
        // The next press is not the second of two.
        harness.run_steps(30);
    }
}

#[test]
fn a_click_with_shift_extends() {
    let mut harness = stage("One two three");
    let (from, to) = (place(&harness, "two"), place(&harness, "three"));
    click(&mut harness, from, Modifiers::NONE);
    harness.run_steps(30);
    click(&mut harness, to, Modifiers::SHIFT);
    assert_eq!(harness.state().selected(), "two ");
}

#[test]
fn a_handle_is_dragged_to_the_end_of_a_word() {
    // In the middle of the word, and behind the space that follows it.
    for over in ["r five", "five"] {
        let mut harness = stage("One ⟦two three⟧ four five");
        harness.state_mut().doc.marks[0].handles = Handles::Shown;
        harness.step();
        let grip = harness.state().state.grips[1];
        assert_eq!(grip.edge, Edge::End);
        let from = grip.at + harness.state().measures().origin;
        let to = place(&harness, over) + (grip.at - grip.end);
        harness.state_mut().take();
        drag(&mut harness, from, to);
        let last = harness.state_mut().take().pop();
        let offset = harness.state().doc.text.find(" five").unwrap();
        let done = Gesture::DragHandle { id: 0, fragment: 0, edge: Edge::End, offset, phase: DragPhase::Done };
        assert_eq!(last, Some(done), "{over}");
    }
}

/// A page of several lines with handles on a mark in the middle of them, and where a handle stands in the window.
fn stage_with_handles(edge: Edge) -> (Harness<'static, Stage>, Pos2) {
    let line = "one two three four five six seven eight ".repeat(5);
    let mut harness = stage(&format!("{line}⟦nine ten eleven⟧ {line}"));
    harness.state_mut().doc.marks[0].handles = Handles::Shown;
    harness.step();
    let stage = harness.state();
    let grip = stage.state.grips.iter().find(|grip| grip.edge == edge).unwrap();
    let at = grip.at + stage.measures().origin;
    harness.event(Event::PointerMoved(at));
    harness.step();
    harness.state_mut().take();
    (harness, at)
}

fn dragged_to(harness: &mut Harness<'_, Stage>) -> Option<usize> {
    harness.state_mut().take().into_iter().rev().find_map(|gesture| match gesture {
        Gesture::DragHandle { offset, phase: DragPhase::Done, .. } => Some(offset),
        _ => None,
    })
}

#[test]
fn a_handle_that_is_only_clicked_moves_nothing() {
    for edge in [Edge::Start, Edge::End] {
        let (mut harness, at) = stage_with_handles(edge);
        click(&mut harness, at + vec2(3.0, 3.0), Modifiers::NONE);
        let moved = dragged_to(&mut harness);
        assert_eq!(moved, None, "{edge:?}");
    }
}

#[test]
fn a_handle_drags_its_end_along_the_line_it_is_on() {
    for (edge, by, characters) in [(Edge::Start, -40.0, -9..-2), (Edge::End, 40.0, 3..10)] {
        for held in [vec2(0.0, -3.0), vec2(0.0, 3.0)] {
            let (mut harness, at) = stage_with_handles(edge);
            harness.state_mut().options.snap = Snap::Characters;
            drag(&mut harness, at + held, at + held + vec2(by, 0.0));
            let moved = dragged_to(&mut harness).unwrap();
            let text = &harness.state().doc.text;
            let words = "nine ten eleven";
            let start = text.find(words).unwrap();
            let was = if edge == Edge::Start { start } else { start + words.len() };
            let by = moved as isize - was as isize;
            assert!(characters.contains(&by), "{edge:?}: {by}");
        }
    }
}

#[test]
fn a_handle_goes_to_the_line_under_the_pointer() {
    for (edge, lines) in [(Edge::Start, -1.0), (Edge::End, 1.0), (Edge::End, 2.0)] {
        let (mut harness, at) = stage_with_handles(edge);
        harness.state_mut().options.snap = Snap::Characters;
        let stage = harness.state();
        let to = at + vec2(0.0, lines * stage.style.line_height);
        let measures = stage.measures();
        let under = stage.state.caret_at(&measures, measures.to_page(to)).offset;
        drag(&mut harness, at, to);
        let moved = dragged_to(&mut harness).unwrap();
        // The knob stands a little beside the end that it drags.
        assert!(moved.abs_diff(under) <= 2, "{edge:?} {lines}: {moved} is not by {under}");
    }
}

#[test]
fn arrows_move_by_character_word_and_paragraph() {
    let mut harness = stage("One two three\n\nFour five");
    let none = Modifiers::NONE;
    press(&mut harness, "two", &[(Key::ArrowRight, none)]);
    assert_eq!(picture(harness.state()), "One t|wo three\n\nFour five");
    press(&mut harness, "two", &[(Key::ArrowLeft, none), (Key::ArrowLeft, none)]);
    assert_eq!(picture(harness.state()), "On|e two three\n\nFour five");
    press(&mut harness, "wo", &[(Key::ArrowRight, Modifiers::CTRL | Modifiers::SHIFT)]);
    assert_eq!(picture(harness.state()), "One t[wo| three\n\nFour five");
    press(&mut harness, "wo", &[(Key::ArrowLeft, Modifiers::ALT | Modifiers::SHIFT)]);
    assert_eq!(picture(harness.state()), "One |t]wo three\n\nFour five");
    press(&mut harness, "two", &[(Key::ArrowDown, Modifiers::CTRL)]);
    assert_eq!(picture(harness.state()), "One two three\n\n|Four five");
    press(&mut harness, "two", &[(Key::End, none), (Key::ArrowRight, none)]);
    assert_eq!(picture(harness.state()), "One two three\n\n|Four five");
    press(&mut harness, "two", &[(Key::End, Modifiers::CTRL)]);
    assert_eq!(picture(harness.state()), "One two three\n\nFour five|");
}

#[test]
fn a_selection_collapses_to_the_side_it_is_left_by() {
    let mut harness = stage("One two three");
    let extend = (Key::ArrowRight, Modifiers::CTRL | Modifiers::SHIFT);
    press(&mut harness, "two", &[extend, (Key::ArrowLeft, Modifiers::NONE)]);
    assert_eq!(picture(harness.state()), "One |two three");
    press(&mut harness, "two", &[extend, (Key::ArrowRight, Modifiers::NONE)]);
    assert_eq!(picture(harness.state()), "One two| three");
}

#[test]
fn lines_are_entered_where_the_caret_was() {
    let text = format!("{}\n\nx\n\n{}", "word ".repeat(12), "word ".repeat(12));
    let mut harness = stage(&text);
    let down = (Key::ArrowDown, Modifiers::NONE);
    press(&mut harness, "word", &[(Key::ArrowRight, Modifiers::CTRL), (Key::ArrowRight, Modifiers::CTRL), down]);
    let short = harness.state().selection.head;
    assert_eq!(short, text.find('x').unwrap() + 1);
    harness.key_press(Key::ArrowDown);
    harness.step();
    let second = text.rfind("\n\n").unwrap() + 2;
    assert_eq!(harness.state().selection.head, second + "word word".len());
}

#[test]
fn letters_are_left_for_the_caller() {
    let mut harness = stage("One two");
    press(
        &mut harness,
        "two",
        &[(Key::A, Modifiers::NONE), (Key::ArrowRight, Modifiers::NONE), (Key::Delete, Modifiers::NONE)],
    );
    assert_eq!(harness.state().left, [Key::A, Key::Delete]);
}

#[test]
fn arrows_follow_the_eye_in_mixed_text() {
    // On the screen: abc גבא def.
    let mut harness = stage("abc אבג def");
    let mut seen = Vec::new();
    press(&mut harness, "abc", &[]);
    for _ in 0.."abc אבג def".chars().count() {
        harness.key_press(Key::ArrowRight);
        harness.step();
        let stage = harness.state();
        let place = stage.state.caret_of(stage.selection.head);
        seen.push(stage.state.caret_line(&stage.measures(), place).unwrap().x);
    }
    assert!(seen.is_sorted(), "{seen:?}");
    assert_eq!(harness.state().selection.head, harness.state().doc.text.len());
}

#[test]
fn words_in_arabic_are_left_of_one_another() {
    let mut harness = stage("قال الرئيس يوم");
    press(&mut harness, "قال", &[(Key::ArrowLeft, Modifiers::CTRL | Modifiers::SHIFT)]);
    assert_eq!(harness.state().selected(), "قال");
    press(&mut harness, "يوم", &[(Key::ArrowRight, Modifiers::CTRL | Modifiers::SHIFT)]);
    assert_eq!(harness.state().selected(), "الرئيس ");
}

#[test]
fn the_caret_is_kept_in_view() {
    let text = (0..200).map(|i| format!("Paragraph {i} has a few words.\n")).collect::<String>();
    let mut harness = stage(&text);
    press(&mut harness, "Paragraph 0", &[(Key::End, Modifiers::CTRL)]);
    assert!(harness.state().visible.end() >= text.trim_end().len());
    press(&mut harness, "Paragraph 100 ", &[(Key::ArrowUp, Modifiers::NONE)]);
    let visible = harness.state().visible;
    assert!(visible.contains(text.find("Paragraph 99").unwrap()), "{:?}", visible.slice(&text));
}

#[test]
fn the_text_is_in_the_accessibility_tree() {
    let harness = stage("One ⟦two⟧ three\n\nFour five");
    let page = harness.get_by_label("Article");
    let node = page.accesskit_node();
    assert!(node.supports_text_ranges());
    assert_eq!(node.document_range().text(), "One two three\nFour five");
}
