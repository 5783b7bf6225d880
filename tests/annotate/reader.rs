//! The page as a screen reader has it: text that can be read and selected, and marks by their names.

use egui::{
    Event, Key, Modifiers,
    accesskit::{self, Action, ActionData, ActionRequest, Live, Role, TextPosition, TextSelection, TreeId},
};
use egui_kittest::{
    Harness, Node,
    kittest::{AccessKitNode, NodeT, Queryable},
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
    let seen: Vec<_> = runs(&harness).into_iter().filter(|run| run.rect().is_positive()).collect();
    assert!(seen.len() > 10);
    for run in seen {
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
    let mut harness = small();
    let first_seen = |harness: &Harness<'_, App>| {
        let page = document(harness).rect();
        let seen = runs(harness).into_iter().find(|run| page.contains(run.rect().center())).unwrap();
        seen.accesskit_node().value().unwrap()
    };
    let first = first_seen(&harness);
    let page = id(&document(&harness));
    ask(&mut harness, page, Action::ScrollDown, None);
    assert_ne!(first_seen(&harness), first);
    ask(&mut harness, page, Action::ScrollUp, None);
    assert_eq!(first_seen(&harness), first);
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

fn small() -> Harness<'static, App> {
    let app = crate::stage::app(&marked(), pressmark::ui::theme::ThemeChoice::Light);
    let mut harness = crate::stage::window(app, egui::vec2(1000.0, 420.0), 1.0).0;
    harness.run();
    harness
}

#[test]
fn the_whole_article_is_read_though_not_all_of_it_is_in_view() {
    let mut harness = small();
    let text = harness.state().session().unwrap().scene().text().unwrap().to_string();
    let read = |harness: &Harness<'_, App>| document(harness).accesskit_node().document_range().text();
    assert_eq!(read(&harness), text.trim_end());
    let page = id(&document(&harness));
    for _ in 0..4 {
        ask(&mut harness, page, Action::ScrollDown, None);
        assert_eq!(read(&harness), text.trim_end(), "scrolled");
        harness.get_by_role_and_label(Role::Heading, "Council backs toll to mend harbour bridge");
    }
    assert!(runs(&harness).iter().any(|run| !run.rect().is_positive()), "not everything is in view");
    for run in runs(&harness) {
        let node = run.accesskit_node();
        let lengths = node.data().character_lengths().iter().map(|n| usize::from(*n)).sum::<usize>();
        assert_eq!(lengths, node.data().value().unwrap().len());
    }
}

#[test]
fn words_out_of_view_are_selected_and_brought_into_view() {
    let mut harness = small();
    let (node, at) = {
        let runs = runs(&harness);
        let run = runs.iter().rfind(|run| run.accesskit_node().value().unwrap().contains("tunnel")).unwrap();
        (id(run), run.accesskit_node().value().unwrap().find("tunnel").unwrap())
    };
    let position = |character_index| TextPosition { node, character_index };
    let wanted = TextSelection { anchor: position(at), focus: position(at + "tunnel".len()) };
    let page = id(&document(&harness));
    ask(&mut harness, page, Action::SetTextSelection, Some(ActionData::SetTextSelection(wanted)));
    let scene = harness.state().session().unwrap().scene();
    assert_eq!(scene.selection().unwrap().slice(scene.text().unwrap()), Some("tunnel"));
    assert_eq!(document(&harness).accesskit_node().text_selection().unwrap().text(), "tunnel");
}

#[test]
fn the_window_and_its_parts_have_names() {
    let harness = usual(&marked());
    let root = harness.root().accesskit_node();
    assert!(root.label().unwrap().ends_with(" – Pressmark"), "{:?}", root.label());
    for part in ["Menus", "Articles", "Inspector", "Labels"] {
        harness.get_by_role_and_label(Role::Region, part);
    }
}

/// Which of how many an entry is, counted from 1, as it is heard.
fn place_of(node: &Node<'_>) -> (Option<usize>, Option<usize>) {
    let node = node.accesskit_node();
    let around = std::iter::successors(Some(node), AccessKitNode::parent);
    let size = around.into_iter().find_map(|node| node.size_of_set());
    (node.position_in_set().map(|at| at + 1), size)
}

#[test]
fn entries_of_lists_say_which_of_how_many_they_are() {
    let harness = usual(&marked());
    harness.get_by_role_and_label(Role::List, "Articles");
    harness.get_by_role_and_label(Role::List, "Marks");
    let second = harness.get_by_role_and_label(Role::ListItem, "Open “Bridge toll passes after bitter debate”");
    let (at, of) = place_of(&second);
    assert!(at.is_some() && of == Some(5), "{at:?} of {of:?}");
    let marks = harness.get_all_by_role(Role::ListItem).filter(|row| place_of(row).1 == Some(20)).count();
    assert!(marks > 3, "marks in view");
}

#[test]
fn menus_have_names_and_entries() {
    let mut harness = usual(&marked());
    harness.get_by_role_and_label(Role::Button, "View").click();
    harness.run();
    harness.get_by_role_and_label(Role::Menu, "View");
    let entry = harness.get_by_role_and_label(Role::MenuItemCheckBox, "Light theme");
    let (at, of) = place_of(&entry);
    assert!(at.zip(of).is_some_and(|(at, of)| at <= of), "{at:?} of {of:?}");
    assert!(harness.query_all_by_role(Role::MenuItem).count() > 5);
}

#[test]
fn the_page_has_the_focus_at_the_start_and_in_the_next_article() {
    let mut harness = usual(&marked());
    assert!(document(&harness).is_focused(), "at the start");
    for key in [Key::N, Key::P, Key::N] {
        press(&mut harness, key);
        assert!(document(&harness).is_focused(), "after {key:?}");
    }
    // Whoever goes through the list of articles stays there.
    let open = |harness: &Harness<'_, App>| harness.state().session().unwrap().focus().article.clone();
    let before = open(&harness);
    press_with(&mut harness, Modifiers::SHIFT, Key::F6);
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::Space);
    assert_ne!(open(&harness), before);
    assert!(!document(&harness).is_focused(), "the list has it");
}

#[test]
fn the_marks_that_the_caret_comes_into_are_said() {
    let mut harness = usual(&marked());
    let at_caret = |harness: &Harness<'_, App>| {
        let node = harness.get_by_role(Role::Note).accesskit_node();
        let labels = node.label().unwrap_or_default();
        assert_eq!(node.live() == Live::Polite, !labels.is_empty(), "{labels}");
        labels
    };
    let put = |harness: &mut Harness<'_, App>, words: &str, by: usize| {
        let offset = harness.state().session().unwrap().scene().text().unwrap().find(words).unwrap() + by;
        let caret = pressmark::command::select::Select::To { anchor: offset, head: offset };
        run(harness, &Command::Select(caret));
    };
    put(&mut harness, "Thursday", 1);
    assert_eq!(at_caret(&harness), "");
    put(&mut harness, "Owen Pryce", 3);
    assert_eq!(at_caret(&harness), "Source");
    put(&mut harness, "cautious, and", 3);
    assert_eq!(at_caret(&harness), "Claim, Quote");
    run(&mut harness, &select("Owen Pryce"));
    assert_eq!(at_caret(&harness), "", "selected words are said by themselves");
}
