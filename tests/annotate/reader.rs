//! The page as a screen reader has it: text that can be read and selected, and marks by their names.

use egui::{
    Event, Key, Modifiers,
    accesskit::{self, Action, ActionData, ActionRequest, Live, Role, TextPosition, TextSelection, TreeId},
};
use egui_kittest::{
    Harness, Node,
    kittest::{NodeT, Queryable},
};
use pressmark::{
    command::{Command, MarkRef, mark::Mark},
    ui::app::App,
};

use crate::stage::{label, marked, pick, picked, press, press_with, run, select, usual};

fn document<'h>(harness: &'h Harness<'_, App>) -> Node<'h> {
    harness.get_by_role(Role::Document)
}

fn runs<'h>(harness: &'h Harness<'_, App>) -> Vec<Node<'h>> {
    let runs = document(harness).children_recursive();
    runs.filter(|n| n.accesskit_node().role() == Role::TextRun).collect()
}

fn ask(harness: &mut Harness<'_, App>, node: accesskit::NodeId, action: Action, data: Option<ActionData>) {
    let request = ActionRequest { action, target_tree: TreeId::ROOT, target_node: node, data };
    harness.event(Event::AccessKitActionRequest(request));
    harness.run();
}

fn id(node: &Node<'_>) -> accesskit::NodeId {
    node.accesskit_node().locate().0
}

#[test]
fn the_article_is_read_with_its_heading_and_its_paragraphs() {
    let harness = usual(&marked());
    let mut parts = document(&harness).children_recursive();
    let heading = parts.find(|n| n.accesskit_node().role() == Role::Heading).unwrap();
    assert_eq!(heading.accesskit_node().label().unwrap(), "Council backs toll to mend harbour bridge");
    let document = document(&harness).accesskit_node();
    let range = document.document_range();
    let text = harness.state().session().unwrap().scene().text().unwrap().to_string();
    assert!(text.starts_with(range.text().trim_end()));
    assert!(range.text().lines().count() > 3, "paragraphs are lines");
}

#[test]
fn every_character_has_a_place_in_its_run() {
    let harness = usual(&marked());
    for run in runs(&harness) {
        let (node, rect) = (run.accesskit_node(), run.rect());
        let data = node.data();
        let lengths = data.character_lengths();
        let words = data.value().unwrap();
        assert_eq!(lengths.iter().map(|n| usize::from(*n)).sum::<usize>(), words.len(), "{words}");
        let places = data.character_positions().unwrap().iter().zip(data.character_widths().unwrap());
        assert_eq!(places.len(), lengths.len());
        for (from, width) in places {
            assert!(*from >= 0.0 && from + width <= rect.width() + 0.5, "{words}: {from} + {width} of {rect}");
        }
        assert!(data.word_starts().iter().all(|start| usize::from(*start) < lengths.len()));
    }
}

#[test]
fn a_mark_is_found_by_its_name_and_picked() {
    let mut harness = usual(&marked());
    let mark = harness.get_by_role_and_label(Role::Mark, "Source: Owen Pryce");
    assert_eq!(mark.accesskit_node().value().unwrap(), "Owen Pryce");
    let page = document(&harness).rect();
    assert!(page.contains_rect(mark.rect()) && mark.rect().width() > 40.0);
    mark.click_accesskit();
    harness.run();
    assert_eq!(picked(&harness), "Owen Pryce");
    let mark = harness.get_by_role_and_label(Role::Mark, "Source: Owen Pryce");
    assert_eq!(mark.accesskit_node().is_selected(), Some(true));
}

#[test]
fn words_are_selected_by_other_means_than_mouse_and_keys() {
    let mut harness = usual(&marked());
    let run = &runs(&harness)[0];
    let words = run.accesskit_node().value().unwrap();
    let start = words.find("council").unwrap();
    let at = |character_index| TextPosition { node: id(run), character_index };
    let wanted = TextSelection { anchor: at(start), focus: at(start + "council".len()) };
    let page = id(&document(&harness));
    ask(&mut harness, page, Action::SetTextSelection, Some(ActionData::SetTextSelection(wanted)));
    let scene = harness.state().session().unwrap().scene();
    assert_eq!(scene.selection().unwrap().slice(scene.text().unwrap()), Some("council"));
    let document = document(&harness).accesskit_node();
    assert_eq!(document.text_selection().unwrap().text(), "council");
}

#[test]
fn what_is_out_of_view_is_scrolled_to() {
    let mut harness = crate::stage::window(
        crate::stage::app(&marked(), pressmark::ui::theme::ThemeChoice::Light),
        egui::vec2(1000.0, 420.0),
        1.0,
    )
    .0;
    harness.run();
    let first = runs(&harness)[0].accesskit_node().value().unwrap();
    let page = id(&document(&harness));
    ask(&mut harness, page, Action::ScrollDown, None);
    assert_ne!(runs(&harness)[0].accesskit_node().value().unwrap(), first);
    ask(&mut harness, page, Action::ScrollUp, None);
    assert_eq!(runs(&harness)[0].accesskit_node().value().unwrap(), first);
}

/// What a screen reader says by itself, and whether that interrupts.
fn heard(harness: &Harness<'_, App>) -> (String, Live) {
    let said = |node: &Node<'_>| {
        let node = node.accesskit_node();
        (node.role() == Role::Status && node.live() != Live::Off)
            .then(|| (node.label().unwrap_or_default(), node.live()))
    };
    harness.root().children_recursive().find_map(|node| said(&node)).expect("it is always there")
}

fn says(harness: &Harness<'_, App>, words: &str) {
    assert_eq!(heard(harness), (words.to_owned(), Live::Polite));
}

#[test]
fn what_was_done_is_said() {
    let mut harness = usual(&marked());
    run(&mut harness, &select("vote"));
    press(&mut harness, Key::Num1);
    says(&harness, "Claim: vote");
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    let before = "Quote: We have put this off for a generation, … and the bridge has been keeping count.";
    says(&harness, &format!("Undone: Mark as Claim. {before}"));
    press_with(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    says(&harness, "Redone: Mark as Claim. Claim: vote");
    press(&mut harness, Key::Delete);
    says(&harness, "Delete the Claim");
    press(&mut harness, Key::N);
    says(&harness, "Drivers to pay for crossing from spring");
}

#[test]
fn which_mark_is_picked_is_said() {
    let mut harness = usual(&marked());
    press(&mut harness, Key::Tab);
    let first = heard(&harness).0;
    press(&mut harness, Key::Tab);
    let second = heard(&harness).0;
    assert!(first.contains(": ") && second.contains(": ") && first != second, "{first}, {second}");
}

#[test]
fn why_nothing_was_done_interrupts_and_is_heard_every_time() {
    let mut harness = usual(&marked());
    press(&mut harness, Key::Escape);
    let mark = Command::Mark(Mark::Label(label("claim")), MarkRef::Picked);
    let mut before = String::new();
    for _ in 0..3 {
        run(&mut harness, &mark);
        let (said, live) = heard(&harness);
        assert!(said.starts_with("No words are selected"), "{said}");
        assert_eq!(live, Live::Assertive);
        assert_ne!(said, before, "a reader hears what changes");
        before = said;
    }
    press(&mut harness, Key::Tab);
    assert_eq!(heard(&harness).1, Live::Polite);
}

#[test]
fn what_relating_asks_for_is_said() {
    let mut harness = usual(&marked());
    run(&mut harness, &pick("a tax on getting to work"));
    press(&mut harness, Key::R);
    let asked = |harness: &Harness<'_, App>| -> Vec<String> {
        let nodes = harness.root().children_recursive().map(|node| node.accesskit_node());
        let asked = nodes.filter(|node| node.role() == Role::Label && node.live() == Live::Polite);
        asked.map(|node| node.value().unwrap()).collect()
    };
    assert_eq!(asked(&harness), ["Relate by Attribution, Supports, Attacks, Same statement, Same claim, Contradicts"]);
    press(&mut harness, Key::Enter);
    let [asked] = &asked(&harness)[..] else { panic!() };
    assert!(asked.starts_with("Attribution · Source of “a tax on getting to work”"), "{asked}");
}
