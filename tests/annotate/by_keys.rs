//! The whole journey by keys alone: nothing here uses a mouse, or a control by its name.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use pressmark::{
    model::{Flag, Item, Layer},
    ui::{
        settings::Settings,
        wish::{Choice, Wish},
    },
};

use crate::{
    stage,
    whole::{Window, press, press_with, usual, write},
};

const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;

pub fn times(harness: &mut Window, count: usize, modifiers: Modifiers, key: Key) {
    for _ in 0..count {
        press_with(harness, modifiers, key);
    }
}

/// What the focus of the keyboard is on, by its name.
pub fn focused(harness: &Window) -> String {
    fn find(node: egui_kittest::Node<'_>) -> Option<String> {
        use egui_kittest::kittest::NodeT;
        if node.accesskit_node().is_focused() {
            return Some(node.accesskit_node().label().unwrap_or_default());
        }
        node.children().find_map(find)
    }
    find(harness.root()).unwrap_or_default()
}

/// Selects words: from the beginning so many words and then characters on, and so many words from there.
fn select(harness: &mut Window, (words, characters): (usize, usize), take: usize) {
    press(harness, Key::Escape);
    press_with(harness, CTRL, Key::Home);
    times(harness, words, CTRL, Key::ArrowRight);
    times(harness, characters, Modifiers::NONE, Key::ArrowRight);
    times(harness, take, CTRL | SHIFT, Key::ArrowRight);
}

fn title(harness: &Window) -> String {
    let session = harness.state().session();
    let open = session.focus().article.as_ref().and_then(|id| session.project().article(id));
    open.map(|article| article.metadata.title.clone()).unwrap_or_default()
}

/// The marks of the open article as `⟦words⟧label`.
fn picture(harness: &Window) -> String {
    let scene = harness.state().session().scene();
    let text = scene.text().expect("an article is open");
    let mut marks: Vec<_> = scene.layer().into_iter().flat_map(Layer::annotations).map(|(_, a)| a).collect();
    marks.sort_by_key(|a| a.fragments.first());
    let words = |a: &pressmark::model::Annotation| {
        let words: Vec<&str> = a.fragments.iter().filter_map(|f| f.slice(text)).collect();
        format!("⟦{}⟧{}", words.join(" … "), a.label)
    };
    marks.into_iter().map(|a| words(a)).collect::<Vec<_>>().join(" ")
}

fn picked(harness: &Window) -> String {
    let scene = harness.state().session().scene();
    let fragment = scene.picked().ok().map(|(_, a)| a.fragments.first());
    let words = fragment.and_then(|f| f.slice(scene.text().ok()?));
    words.unwrap_or_default().to_owned()
}

/// Moves the focus from part to part until it is on something of this name.
fn go_to(harness: &mut Window, name: &str) {
    for _ in 0..8 {
        if focused(harness).starts_with(name) {
            return;
        }
        press(harness, Key::F6);
    }
    panic!("no part begins with “{name}”: {}", focused(harness));
}

#[test]
fn the_focus_goes_around_the_window_and_back_to_the_page() {
    let mut harness = usual(&stage::marked(), Settings::default());
    let mut seen = Vec::new();
    for _ in 0..6 {
        press(&mut harness, Key::F6);
        seen.push(focused(&harness));
    }
    let begins = ["Form: Direct", "Quote: We have put", "Mark as Claim", "File", "Open “Council", "Council backs toll"];
    for (seen, begins) in seen.iter().zip(begins) {
        assert!(seen.starts_with(begins), "{seen} is not {begins}: {seen:?}");
    }
    press_with(&mut harness, SHIFT, Key::F6);
    assert!(focused(&harness).starts_with("Open “Council"), "{}", focused(&harness));
    let mark = picked(&harness);
    press(&mut harness, Key::Escape);
    assert_eq!(focused(&harness), "Council backs toll to mend harbour bridge");
    assert_eq!(picked(&harness), mark, "Escape leaves a panel, not the mark");
    press(&mut harness, Key::Escape);
    assert_eq!(picked(&harness), "");
}

#[test]
fn arrows_move_in_lists_and_enter_opens_and_picks() {
    let mut harness = usual(&stage::marked(), Settings::default());
    go_to(&mut harness, "Open “Council");
    press(&mut harness, Key::ArrowDown);
    assert!(focused(&harness).starts_with("Open “Drivers"), "{}", focused(&harness));
    times(&mut harness, 2, Modifiers::NONE, Key::ArrowUp);
    press(&mut harness, Key::Space);
    assert_eq!(title(&harness), "Bridge toll passes after bitter debate");
    press(&mut harness, Key::End);
    press(&mut harness, Key::Space);
    assert_eq!(title(&harness), "Water for whom?");
    press(&mut harness, Key::Home);
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::Enter);
    assert!(title(&harness).starts_with("Council"));
    press_with(&mut harness, CTRL, Key::End);
    let scene = harness.state().session().scene();
    assert_eq!(scene.caret(), scene.text().ok().map(|text| text.len()), "Enter leads from the list to the page");
    go_to(&mut harness, "Claim: its main cables");
    press(&mut harness, Key::End);
    assert!(focused(&harness).starts_with("Claim: a detour"), "{}", focused(&harness));
    press(&mut harness, Key::Enter);
    assert_eq!(picked(&harness), "a detour of forty minutes");
    press(&mut harness, Key::PageUp);
    press(&mut harness, Key::ArrowUp);
    press(&mut harness, Key::Space);
    assert_ne!(picked(&harness), "a detour of forty minutes");
    let row = focused(&harness);
    assert!(row.contains('¶'), "the list keeps the focus: {row}");
}

#[test]
fn enter_and_the_arrow_lead_from_a_filter_to_what_it_leaves() {
    for key in [Key::Enter, Key::ArrowDown] {
        let mut harness = usual(&stage::marked(), Settings::default());
        press_with(&mut harness, CTRL, Key::Comma);
        press(&mut harness, Key::Tab);
        press(&mut harness, Key::Enter);
        tab_to(&mut harness, "Filter the commands");
        write(&mut harness, "next article");
        press(&mut harness, key);
        assert_eq!(focused(&harness), "Next article: n");
        press(&mut harness, Key::Enter);
        press(&mut harness, Key::Num1);
        tab_to(&mut harness, "Use it here");
        press(&mut harness, Key::Enter);
        assert_eq!(focused(&harness), "Next article: 1", "the focus is where it was");
        press(&mut harness, Key::Escape);
        go_to(&mut harness, "Quote: We have put");
        press_with(&mut harness, SHIFT, Key::Tab);
        write(&mut harness, "tax on");
        press(&mut harness, key);
        assert_eq!(focused(&harness), "Stance: a tax on getting to work, ¶3");
    }
}

#[test]
fn whether_quotation_marks_belong_to_a_mark_is_found_by_its_name() {
    let of_picked = [stage::marked(), vec![stage::pick("Mayor Ines Calder")]].concat();
    for (commands, label) in [(of_picked, "Source"), (stage::unmarked(), "Quote")] {
        let mut harness = usual(&commands, Settings::default());
        press_with(&mut harness, Modifiers::COMMAND, Key::K);
        write(&mut harness, "quotation marks");
        press(&mut harness, Key::Enter);
        assert_eq!(focused(&harness), "Extent: The selected words");
        assert_eq!(harness.get_by_label("Name").value().as_deref(), Some(label));
    }
}

#[test]
fn menus_open_and_are_chosen_from_by_keys() {
    let mut harness = usual(&stage::marked(), Settings::default());
    press(&mut harness, Key::F10);
    assert_eq!(focused(&harness), "File");
    times(&mut harness, 3, Modifiers::NONE, Key::ArrowRight);
    assert_eq!(focused(&harness), "Article");
    press(&mut harness, Key::ArrowDown);
    assert_eq!(focused(&harness), "Next article");
    times(&mut harness, 6, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(focused(&harness), "Done");
    press(&mut harness, Key::Enter);
    let status = harness.state().session().scene().layer().map(Layer::status);
    assert_eq!(status, Some(pressmark::model::Status::Done));
    press(&mut harness, Key::F10);
    press(&mut harness, Key::Enter);
    assert_eq!(focused(&harness), "New project…");
    press(&mut harness, Key::ArrowLeft);
    assert_eq!(focused(&harness), "Commands…");
    press(&mut harness, Key::Escape);
    assert!(!egui::Popup::is_any_open(&harness.ctx));
}

#[test]
fn the_whole_journey_by_keys_alone() {
    let mut harness = usual(&stage::unmarked(), Settings::default());
    // An article of the list.
    press(&mut harness, Key::F6);
    go_to(&mut harness, "Open “");
    press(&mut harness, Key::Home);
    press(&mut harness, Key::Enter);
    assert_eq!(title(&harness), "Bridge toll passes after bitter debate");
    press(&mut harness, Key::Escape);

    // A quotation, its source and its cue, selected word by word and marked.
    select(&mut harness, (9, 3), 3);
    press(&mut harness, Key::Num2);
    assert_eq!(picture(&harness), "⟦Nobody wanted this, … and everybody knew.⟧quote");
    select(&mut harness, (12, 3), 3);
    press(&mut harness, Key::Num4);
    select(&mut harness, (15, 1), 1);
    press(&mut harness, Key::Num5);
    let marked = "⟦Nobody wanted this, … and everybody knew.⟧quote ⟦Mayor Ines Calder⟧source ⟦said⟧cue";
    assert_eq!(picture(&harness), marked);

    // The quote's form, by the letters of its answers.
    times(&mut harness, 2, SHIFT, Key::Tab);
    assert_eq!(picked(&harness), "Nobody wanted this,");
    press(&mut harness, Key::Enter);
    press(&mut harness, Key::D);
    press(&mut harness, Key::Enter);
    // Who says it, and with which word, by hint letters.
    press(&mut harness, Key::R);
    times(&mut harness, 2, Modifiers::NONE, Key::A);
    press(&mut harness, Key::Enter);
    press(&mut harness, Key::A);
    let relations = |h: &Window| {
        let scene = h.state().session().scene();
        let (id, _) = scene.picked().expect("the quote is picked");
        let layer = scene.layer().expect("it is marked");
        let of = layer.relations().of(Item::Annotation(id)).to_vec();
        of.iter().filter_map(|id| layer.relations().get(*id)).map(|r| r.members.len()).collect::<Vec<_>>()
    };
    assert_eq!(relations(&harness), [3], "what, source and cue");
    press(&mut harness, Key::Escape);

    // A note and a flag.
    press(&mut harness, Key::M);
    write(&mut harness, "Both papers have it");
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::F);
    let said = |h: &Window| {
        let scene = h.state().session().scene();
        let (_, annotation) = scene.picked().expect("the quote is picked");
        let form = annotation.attributes.iter().map(|(_, v)| v.plain()).collect::<Vec<_>>().join(" ");
        (form, annotation.note.clone(), annotation.flag)
    };
    let all = ("direct".to_owned(), "Both papers have it".to_owned(), Some(Flag::Flag));
    assert_eq!(said(&harness), all);

    // Taken back and brought back.
    times(&mut harness, 2, CTRL, Key::Z);
    assert_eq!(said(&harness), ("direct".to_owned(), String::new(), None));
    times(&mut harness, 2, CTRL | SHIFT, Key::Z);
    assert_eq!(said(&harness), all);

    // Another article, and back.
    press(&mut harness, Key::N);
    assert!(title(&harness).starts_with("Council"), "{}", title(&harness));
    press(&mut harness, Key::P);
    assert_eq!(picture(&harness), marked);

    // A label of the codebook has another name.
    press_with(&mut harness, CTRL, Key::B);
    let label = |h: &Window| h.state().session().project().codebook().labels[0].name.clone();
    assert_eq!(label(&harness), "Claim");
    tab_to(&mut harness, "Name");
    press_with(&mut harness, CTRL, Key::A);
    write(&mut harness, "Assertion");
    press(&mut harness, Key::Tab);
    assert_eq!(label(&harness), "Assertion");
    press(&mut harness, Key::Escape);

    // The dataset is asked for.
    press_with(&mut harness, CTRL, Key::E);
    press(&mut harness, Key::Enter);
    let wishes = &harness.state().wishes;
    assert!(wishes.contains(&Wish::Choose(Choice::FileForExport { extension: "jsonl" })), "{wishes:?}");
}

fn tab_to(harness: &mut Window, name: &str) {
    for _ in 0..60 {
        if focused(harness) == name {
            return;
        }
        press(harness, Key::Tab);
    }
    panic!("Tab does not lead to “{name}”");
}

#[test]
fn marks_are_filtered_and_sorted_by_keys() {
    let mut harness = usual(&stage::marked(), Settings::default());
    go_to(&mut harness, "Quote: We have put");
    press_with(&mut harness, SHIFT, Key::Tab);
    assert_eq!(focused(&harness), "Filter the marks");
    press(&mut harness, Key::F6);
    assert!(focused(&harness).starts_with("Quote: We have put"), "F6 leads out of a field too: {}", focused(&harness));
    press_with(&mut harness, SHIFT, Key::Tab);
    write(&mut harness, "direct gazette");
    press(&mut harness, Key::Tab);
    assert!(focused(&harness).starts_with("Quote: We have put"), "found by its answer and its note");
    press_with(&mut harness, SHIFT, Key::Tab);
    press_with(&mut harness, CTRL, Key::A);
    write(&mut harness, "flag");
    press(&mut harness, Key::Tab);
    assert!(focused(&harness).starts_with("Stance: a tax"), "{}", focused(&harness));
    press(&mut harness, Key::Enter);
    assert_eq!(picked(&harness), "a tax on getting to work");
    press_with(&mut harness, SHIFT, Key::Tab);
    press_with(&mut harness, CTRL, Key::A);
    press(&mut harness, Key::Backspace);
    press_with(&mut harness, SHIFT, Key::Tab);
    assert_eq!(focused(&harness), "Order of the marks");
    press(&mut harness, Key::Enter);
    assert_eq!(focused(&harness), "by place", "the menu opens on what holds");
    times(&mut harness, 3, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(focused(&harness), "flags first");
    press(&mut harness, Key::Enter);
    assert_eq!(focused(&harness), "Order of the marks", "it gives the focus back");
    times(&mut harness, 2, Modifiers::NONE, Key::Tab);
    assert!(focused(&harness).starts_with("Stance: a tax"), "flags first: {}", focused(&harness));
    times(&mut harness, 2, SHIFT, Key::Tab);
    press(&mut harness, Key::Enter);
    press(&mut harness, Key::ArrowUp);
    press(&mut harness, Key::Escape);
    assert_eq!(focused(&harness), "Order of the marks", "Esc leaves all as it was");
    press(&mut harness, Key::Enter);
    press(&mut harness, Key::ArrowUp);
    press(&mut harness, Key::Enter);
    times(&mut harness, 2, Modifiers::NONE, Key::Tab);
    assert!(focused(&harness).starts_with("Claim: a detour"), "newest first: {}", focused(&harness));
}
