//! The codebook's editor: what is written becomes commands, which a session takes and takes back.

use egui::{Key, accesskit::Role, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use pressmark::{
    command::{Command, MarkRef, mark::Mark, select::Select},
    model::{Codebook, Extent, Label, LinePattern, Project},
    ui::{
        theme::{Mode, SWATCHES},
        view::codebook::{CodebookView, Next},
        wish::Wish,
    },
};

use crate::stage::{Scenery, click, on_stage, press, show, write};

/// The editor over a session that takes its commands.
fn editor(mode: Mode, size: egui::Vec2) -> (Harness<'static, Scenery>, crate::support::Camera) {
    let mut view = CodebookView::default();
    let (mut harness, camera) = on_stage(mode, size, move |ui, s: &mut Scenery| {
        s.with(|_, ctx, _, out| {
            if view.ui(ui, ctx.expect("a project is open"), out) == Next::Close {
                out.push(Wish::CloseWindow);
            }
        });
        s.run_wishes();
    });
    harness.run();
    (harness, camera)
}

/// High enough for every form to be seen whole.
fn usual() -> Harness<'static, Scenery> {
    editor(Mode::Light, vec2(1280.0, 1600.0)).0
}

fn project<'h>(harness: &'h Harness<'_, Scenery>) -> &'h Project {
    harness.state().session.as_ref().expect("a project is open").project()
}

fn codebook<'h>(harness: &'h Harness<'_, Scenery>) -> &'h Codebook {
    project(harness).codebook()
}

fn label<'h>(harness: &'h Harness<'_, Scenery>, id: &str) -> &'h Label {
    codebook(harness).labels.iter().find(|l| l.id.as_str() == id).unwrap_or_else(|| panic!("no label {id}"))
}

fn undo(harness: &mut Harness<'_, Scenery>) {
    harness.state_mut().run(&Command::Undo);
    harness.run();
}

/// Picks a row of the list: the leftmost control of the name.
fn pick(harness: &mut Harness<'_, Scenery>, name: &str) {
    let is_row = |n: &egui_kittest::Node<'_>| n.accesskit_node().role() == Role::Button;
    let row = harness.get_all_by_label(name).filter(is_row).min_by_key(|n| n.rect().left() as i32);
    row.unwrap_or_else(|| panic!("no row {name}")).click();
    harness.run();
}

#[test]
fn a_label_is_added_with_a_look_of_its_own() {
    let mut harness = usual();
    click(&mut harness, "Add a label…");
    write(&mut harness, "Name of a new label", "Loaded word");
    press(&mut harness, Key::Enter);
    let added = label(&harness, "loaded-word");
    assert_eq!((added.initials.as_str(), added.key, added.color), ("Lo", Some('6'), SWATCHES[5]));
    undo(&mut harness);
    assert_eq!(codebook(&harness).labels.len(), 5);
}

#[test]
fn each_field_that_is_left_is_one_step_to_undo() {
    let mut harness = usual();
    let before = codebook(&harness).clone();
    write(&mut harness, "Name", "Assertion");
    assert_eq!(label(&harness, "claim").name, "Claim", "nothing is kept while the field is written in");
    write(&mut harness, "Initials", "As");
    assert_eq!(label(&harness, "claim").name, "Assertion");
    write(&mut harness, "Examples", "one\n\ntwo");
    pick(&mut harness, "Quote");
    let claim = label(&harness, "claim");
    assert_eq!((claim.initials.as_str(), claim.examples.join("|").as_str()), ("As", "one|two"));
    for _ in 0..3 {
        undo(&mut harness);
    }
    assert_eq!(*codebook(&harness), before);
}

#[test]
fn a_label_is_recoloured_by_swatch_and_by_digits() {
    let mut harness = usual();
    click(&mut harness, "Teal");
    assert_eq!(label(&harness, "claim").color, SWATCHES[6]);
    write(&mut harness, "Colour in the light theme", "12345");
    harness.get_by_label("Six hexadecimal digits");
    write(&mut harness, "Colour in the light theme", "123456");
    pick(&mut harness, "Quote");
    assert_eq!(label(&harness, "claim").color.light.to_string(), "123456");
    pick(&mut harness, "Claim");
    click(&mut harness, "Wavy");
    assert_eq!(label(&harness, "claim").pattern, LinePattern::Wavy);
}

#[test]
fn a_label_says_how_far_its_marks_reach() {
    let mut harness = usual();
    pick(&mut harness, "Quote");
    click(&mut harness, "Extent: The quotation with its marks");
    assert_eq!(label(&harness, "quote").extent, Extent::QuotationWithMarks);
    undo(&mut harness);
    assert_eq!(label(&harness, "quote").extent, Extent::Words);
}

#[test]
fn a_key_that_is_taken_is_said_in_place_and_not_kept() {
    let mut harness = usual();
    write(&mut harness, "Key", "2");
    harness.get_by_label("The key 2 belongs to several labels: Claim, Quote");
    write(&mut harness, "Key", "n");
    harness.get_by_label("The key n is taken: Next article");
    write(&mut harness, "Key", "k");
    pick(&mut harness, "Quote");
    assert_eq!(label(&harness, "claim").key, Some('k'));
    pick(&mut harness, "Claim");
    write(&mut harness, "Key", "2");
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_label("The key 2 belongs to Claim and Quote").is_none());
    assert_eq!(label(&harness, "claim").key, Some('k'));
}

#[test]
fn escape_leaves_the_field_and_then_the_editor() {
    let mut harness = usual();
    write(&mut harness, "Name", "Other");
    press(&mut harness, Key::Escape);
    assert_eq!(harness.state().wishes, []);
    assert_eq!(label(&harness, "claim").name, "Claim", "what was written is taken back");
    press(&mut harness, Key::Escape);
    assert_eq!(harness.state().wishes, [Wish::CloseWindow], "the editor asks to be closed");
}

#[test]
fn labels_are_moved() {
    let mut harness = usual();
    click(&mut harness, "Move down");
    let order: Vec<&str> = codebook(&harness).labels.iter().map(|l| l.id.as_str()).collect();
    assert_eq!(order, ["quote", "claim", "stance", "source", "cue"]);
}

#[test]
fn a_label_that_nothing_has_goes_at_once() {
    let mut harness = usual();
    click(&mut harness, "Remove…");
    assert_eq!(codebook(&harness).labels.len(), 4);
    undo(&mut harness);
    assert_eq!(codebook(&harness).labels.len(), 5);
}

/// Marks words of the open article as claims.
fn mark_claims(harness: &mut Harness<'_, Scenery>) {
    for (anchor, head) in [(0, 3), (4, 8)] {
        harness.state_mut().run(&Command::Select(Select::To { anchor, head }));
        let claim = label(harness, "claim").id.clone();
        harness.state_mut().run(&Command::Mark(Mark::Label(claim), MarkRef::Picked));
    }
    harness.run();
}

fn counts(harness: &Harness<'_, Scenery>) -> Vec<(String, u32)> {
    let project = project(harness);
    let layers = project.articles().flat_map(|(id, _)| project.layers(id)).flat_map(|(_, slot)| slot.summary().counts);
    layers.map(|(label, n)| (label.to_string(), n)).collect()
}

#[test]
fn removing_a_used_label_asks_what_becomes_of_its_marks() {
    let mut harness = usual();
    mark_claims(&mut harness);
    let claims = [("claim".to_owned(), 2)];
    click(&mut harness, "Remove…");
    harness.get_by_label("2 marks in one article have the label Claim");
    click(&mut harness, "Keep it");
    assert_eq!(counts(&harness), claims);
    click(&mut harness, "Remove…");
    click(&mut harness, "Remove the label");
    assert_eq!(counts(&harness), [("quote".to_owned(), 2)]);
    undo(&mut harness);
    assert_eq!((counts(&harness).as_slice(), codebook(&harness).labels.len()), (&claims[..], 5));
    pick(&mut harness, "Claim");
    click(&mut harness, "Remove…");
    click(&mut harness, "Remove them, with their attributes and relations");
    click(&mut harness, "Remove the label");
    assert_eq!(counts(&harness), []);
    undo(&mut harness);
    assert_eq!((counts(&harness).as_slice(), codebook(&harness).labels.len()), (&claims[..], 5));
}

#[test]
fn choosing_the_label_that_is_shown_already_keeps_the_marks() {
    let mut harness = usual();
    mark_claims(&mut harness);
    click(&mut harness, "Remove…");
    click(&mut harness, "Remove them, with their attributes and relations");
    harness.get_by_label("Their new label").focus();
    for _ in ["open", "choose"] {
        press(&mut harness, Key::Enter);
        harness.run();
    }
    click(&mut harness, "Remove the label");
    assert_eq!(counts(&harness), [("quote".to_owned(), 2)]);
}

#[test]
fn attributes_are_added_and_asked_of_marks() {
    let mut harness = usual();
    click(&mut harness, "Add an attribute…");
    write(&mut harness, "Name of a new attribute", "Check-worthiness");
    press(&mut harness, Key::Enter);
    assert_eq!(label(&harness, "claim").attributes.len(), 2);
    click(&mut harness, "Shown as missing until it is answered");
    harness.get_by_label("Answer").click();
    harness.run();
    click(&mut harness, "One of several");
    assert!(label(&harness, "claim").attributes[1].choices().is_empty(), "a choice without choices is not kept");
    for choice in ["no", "some", "high"] {
        write(&mut harness, "Name of a new choice", choice);
        press(&mut harness, Key::Enter);
    }
    let added = &label(&harness, "claim").attributes[1];
    assert_eq!((added.id.as_str(), added.required), ("check-worthiness", true));
    assert_eq!(added.expects(), "one of no, some, high");
    click(&mut harness, "Remove the choice some");
    write(&mut harness, "Choice 2", "very");
    click(&mut harness, "Collapse");
    let added = &label(&harness, "claim").attributes[1];
    assert_eq!(added.expects(), "one of no, high", "an id stays when its name changes");
    assert_eq!(added.choices()[1].name, "very");
    click(&mut harness, "Attribute Kind");
    click(&mut harness, "Remove the attribute Kind");
    assert_eq!(label(&harness, "claim").attributes.len(), 1);
}

#[test]
fn a_relation_gets_roles_and_what_may_fill_them() {
    let mut harness = usual();
    click(&mut harness, "Add a relation…");
    write(&mut harness, "Name of a new relation", "Supports");
    press(&mut harness, Key::Enter);
    click(&mut harness, "Role 1: Claim");
    write(&mut harness, "Role 2: at most", "");
    write(&mut harness, "Role 2", "Support");
    click(&mut harness, "Across articles");
    let kind = codebook(&harness).relations.last().unwrap();
    let roles: Vec<String> = kind.roles.iter().map(|r| format!("{} {} {:?}", r.id, r.name, r.most)).collect();
    assert_eq!(roles, ["from From Some(1)", "to Support None"]);
    assert_eq!((kind.roles[0].fillers.len(), kind.across_articles), (1, true));
    click(&mut harness, "Remove");
    assert_eq!(codebook(&harness).relations.len(), 1);
}

#[test]
fn what_may_fill_a_role_is_listed_in_whole_words_and_within_the_form() {
    let mut harness = usual();
    let kinds = ["Supports", "Attacks", "Same statement", "Same claim", "Contradicts"];
    for name in kinds {
        click(&mut harness, "Add a relation…");
        write(&mut harness, "Name of a new relation", name);
        press(&mut harness, Key::Enter);
    }
    pick(&mut harness, "Attribution");
    let right = harness.get_all_by_label("Description").map(|n| n.rect().right()).fold(0.0, f32::max);
    for name in kinds {
        let rect = harness.get_by_label(&format!("Role 1: {name}")).rect();
        assert!(rect.height() < 30.0 && rect.right() < right, "{name}: {rect:?} in {right}");
    }
}

#[test]
fn questions_targets_and_guidelines_are_written() {
    let mut harness = usual();
    click(&mut harness, "Add a question…");
    write(&mut harness, "Name of a new question", "Tone");
    press(&mut harness, Key::Enter);
    click(&mut harness, "Asked once for each target");
    assert!(codebook(&harness).questions[0].for_each_target);
    pick(&mut harness, "Targets");
    write(&mut harness, "Targets", "the toll\nthe bridge\n");
    pick(&mut harness, "Name and guidelines");
    assert_eq!(codebook(&harness).targets, ["the toll", "the bridge"]);
    write(&mut harness, "Name", "News, second edition");
    write(&mut harness, "Guidelines", "Mark it all.");
    click(&mut harness, "Close");
    assert_eq!(codebook(&harness).name, "News, second edition");
    assert_eq!(codebook(&harness).guidelines, "Mark it all.");
    assert_eq!(harness.state().wishes, [Wish::CloseWindow], "the editor asks to be closed");
}

#[test]
fn pictures_to_look_at() {
    for (mode, size) in [(Mode::Light, vec2(1440.0, 900.0)), (Mode::Dark, vec2(1280.0, 800.0))] {
        let (mut harness, camera) = editor(mode, size);
        show(&harness, &camera, &format!("codebook-label-{mode:?}"));
        click(&mut harness, "Attribute Kind");
        mark_claims(&mut harness);
        click(&mut harness, "Remove…");
        show(&harness, &camera, &format!("codebook-attribute-{mode:?}"));
        pick(&mut harness, "Attribution");
        show(&harness, &camera, &format!("codebook-relation-{mode:?}"));
        pick(&mut harness, "Name and guidelines");
        show(&harness, &camera, &format!("codebook-guidelines-{mode:?}"));
    }
}
