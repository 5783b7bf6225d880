//! Relating: role by role, and between relations; the table of relations.

#![expect(clippy::unwrap_used, reason = "what the tests share is not inside a test function")]

use egui::{Key, Modifiers, Vec2, accesskit::Role as Part, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use pressmark::{
    command::{Command, MarkRef, codebook::CodebookCommand, mark::Mark, relate::Relate, select::Select},
    model::{Filler, Item, KindId, Layer, Member, Relation, RelationKind, RelationSet, Role, RoleId, Target},
    ui::{app::App, theme::ThemeChoice},
};

use crate::{
    pictures,
    stage::{self, click, click_mark, label, marked, pick, picked, picture, press, press_with, run, select, usual},
};

pub const QUOTE: &str = "We have put this off for a generation,";

/// The relations of the open article, or those across articles: the kind, then each member as role and words.
pub fn in_words(harness: &Harness<'_, App>, set: &RelationSet) -> Vec<String> {
    let session = harness.state().session().unwrap();
    let who = session.annotator().unwrap();
    let words = |target: &Target| match target.item {
        Item::Annotation(id) => {
            let annotation = session.project().layer(&target.article, who).unwrap().annotation(id).unwrap();
            annotation.fragments.first().slice(session.project().text(&target.article).unwrap()).unwrap().to_owned()
        }
        Item::Relation(_) => "⟨relation⟩".to_owned(),
    };
    let member = |m: &Member| format!("{}={}", m.role, words(&m.target));
    let one = |r: &Relation| format!("{}: {}", r.kind, r.members.iter().map(member).collect::<Vec<_>>().join(", "));
    set.iter().map(|(_, relation)| one(relation)).collect()
}

pub fn relations(harness: &Harness<'_, App>) -> Vec<String> {
    let scene = harness.state().session().unwrap().scene();
    scene.layer().map(Layer::relations).map(|set| in_words(harness, set)).unwrap_or_default()
}

/// The kinds of the relations that the table shows, from the top.
fn rows(harness: &Harness<'_, App>) -> Vec<String> {
    let mut rows: Vec<_> = harness.get_all_by_role(Part::ListItem).collect();
    rows.sort_by(|a, b| a.rect().top().total_cmp(&b.rect().top()));
    let names = rows.iter().filter_map(|n| n.accesskit_node().label()).filter(|name| name.contains('¶'));
    names.map(|name| name.split(':').next().unwrap_or_default().to_owned()).collect()
}

/// Begins to relate the mark of these words by a kind.
pub fn relate(harness: &mut Harness<'_, App>, words: &str, kind: &str) {
    run(harness, &pick(words));
    press(harness, Key::R);
    harness.get_by_role_and_label(Part::Button, kind).click();
    harness.run();
}

/// That the mark of the one words supports that of the others.
pub fn supports(from: &str, to: &str) -> Command {
    let members = [("from", from), ("to", to)].map(|(role, words)| (RoleId::new(role).unwrap(), stage::mark_of(words)));
    Command::Relate(Relate::Make {
        kind: KindId::new("supports").unwrap(),
        members: members.to_vec(),
        attributes: Vec::new(),
        note: String::new(),
    })
}

/// A kind that takes an attribution, and says by which claim it is doubted.
fn doubted() -> Command {
    let role = |id: &str, name: &str, filler: Filler| Role {
        id: RoleId::new(id).unwrap(),
        name: name.to_owned(),
        fillers: vec![filler],
        least: 1,
        most: Some(1),
    };
    let attribution = Filler::Relation(KindId::new("attribution").unwrap());
    let kind = RelationKind {
        id: KindId::new("doubted").unwrap(),
        name: "Doubted".to_owned(),
        description: String::new(),
        roles: vec![role("by", "By", Filler::Label(label("claim"))), role("what", "What", attribution)],
        across_articles: false,
        attributes: Vec::new(),
    };
    Command::Codebook(CodebookCommand::PutRelation(Box::new(kind)))
}

#[test]
fn a_role_that_takes_several_stays_until_enter_and_backspace_goes_back() {
    let mut harness = usual(&marked());
    relate(&mut harness, "to fight it street by street", "Attribution");
    harness.get_by_label_contains("Source of “to fight it street by street”  missing");
    click_mark(&mut harness, "Source: Owen Pryce");
    harness.get_by_label_contains("has Owen Pryce");
    click_mark(&mut harness, "Source: the council");
    press(&mut harness, Key::Enter);
    harness.get_by_label_contains("Cue of “to fight");
    press(&mut harness, Key::Backspace);
    harness.get_by_label_contains("Source of “to fight it street by street”  has Owen Pryce · the council");
    press(&mut harness, Key::Enter);
    click_mark(&mut harness, "Cue: promised");
    press(&mut harness, Key::Escape);
    let expected =
        "attribution: quote=to fight it street by street, source=Owen Pryce, source=the council, cue=promised";
    assert_eq!(relations(&harness).last().unwrap(), expected);
    assert_eq!(picked(&harness), "to fight it street by street");
}

#[test]
fn enter_takes_the_first_kind_and_the_selected_words_for_its_first_role() {
    let mut harness = usual(&marked());
    run(&mut harness, &pick("to fight it street by street"));
    press(&mut harness, Key::R);
    press(&mut harness, Key::Enter);
    harness.get_by_label_contains("Source of “to fight it street by street”  missing");
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::R);
    run(&mut harness, &select("Work is to begin in March"));
    press(&mut harness, Key::Enter);
    let expected = "attribution: quote=to fight it street by street, source=Work is to begin in March";
    assert_eq!(relations(&harness).last().unwrap(), expected);
}

#[test]
fn the_first_role_leads_back_to_the_kinds() {
    let mut harness = usual(&marked());
    relate(&mut harness, "lost by two votes", "Supports");
    press(&mut harness, Key::Backspace);
    click(&mut harness, "Attacks");
    harness.get_by_label_contains("To of “lost by two votes”");
}

#[test]
fn selected_words_get_the_label_whose_key_is_pressed_where_it_may_fill_the_role() {
    let mut harness = usual(&marked());
    let before = (picture(&harness), relations(&harness));
    relate(&mut harness, "lost by two votes", "Supports");
    run(&mut harness, &select("Work is to begin in March"));
    press(&mut harness, Key::Num5);
    harness.get_by_label("Cue can’t fill the role To; Claim, Quote or Stance can");
    assert_eq!((picture(&harness), relations(&harness)), before);
    press(&mut harness, Key::Num3);
    assert!(picture(&harness).contains("⟦Work is to begin in March⟧stance"), "{}", picture(&harness));
    assert_eq!(relations(&harness).last().unwrap(), "supports: from=lost by two votes, to=Work is to begin in March");
}

#[test]
fn what_can_not_fill_the_role_says_why_and_changes_nothing() {
    let mut harness = usual(&marked());
    let before = relations(&harness);
    relate(&mut harness, QUOTE, "Supports");
    click_mark(&mut harness, "Cue: pledged");
    harness.get_by_label("Cue can’t fill the role To; Claim, Quote or Stance can");
    assert_eq!(relations(&harness), before);
    click_mark(&mut harness, "Claim: lost by two votes");
    assert_eq!(relations(&harness).len(), before.len() + 1);
    relate(&mut harness, QUOTE, "Supports");
    click_mark(&mut harness, "Claim: lost by two votes");
    harness.get_by_label("The two are already related by Supports");
    click_mark(&mut harness, "Claim: a detour of forty minutes");
    let mine: Vec<String> = relations(&harness).split_off(before.len());
    assert_eq!(
        mine,
        [
            format!("supports: from={QUOTE}, to=lost by two votes"),
            format!("supports: from={QUOTE}, to=a detour of forty minutes")
        ],
        "a full relation is left alone, and a second one made"
    );
}

#[test]
fn what_supports_a_mark_is_not_changed_by_what_the_mark_supports() {
    let mut harness = usual(&marked());
    for (from, to) in [(QUOTE, "Claim: lost by two votes"), ("lost by two votes", "Claim: a detour of forty minutes")] {
        relate(&mut harness, from, "Supports");
        click_mark(&mut harness, to);
    }
    let found = relations(&harness);
    assert_eq!(found[found.len() - 2], format!("supports: from={QUOTE}, to=lost by two votes"));
    assert_eq!(found[found.len() - 1], "supports: from=lost by two votes, to=a detour of forty minutes");
}

#[test]
fn of_nested_marks_the_innermost_that_may_fill_the_role_is_taken() {
    let mut harness = usual(&marked());
    relate(&mut harness, QUOTE, "Supports");
    click_mark(&mut harness, "Claim: cautious, and still growing");
    let last = relations(&harness).pop().unwrap();
    assert_eq!(last, format!("supports: from={QUOTE}, to=cautious, and still growing"));
}

#[test]
fn a_relation_fills_a_role_by_its_letter_by_a_click_and_from_the_table() {
    let ways: [fn(&mut Harness<'_, App>); 3] = [
        |harness| press(harness, Key::A),
        |harness| click_mark(harness, &format!("Quote: {QUOTE} … and the bridge has been keeping count.")),
        |harness| {
            click(harness, "Table of relations");
            harness.get_by_label_contains("Attribution: We have").click();
            harness.run();
        },
    ];
    for way in ways {
        let mut harness = usual(&[marked(), vec![doubted()]].concat());
        relate(&mut harness, "lost by two votes", "Doubted");
        harness.get_by_label_contains("What of “lost by two votes”");
        way(&mut harness);
        assert_eq!(relations(&harness).last().unwrap(), "doubted: by=lost by two votes, what=⟨relation⟩");
    }
}

#[test]
fn a_relation_chosen_in_the_table_is_related_itself() {
    let mut harness = usual(&[marked(), vec![doubted()]].concat());
    run(&mut harness, &Command::Select(Select::Nothing));
    click(&mut harness, "Table of relations");
    harness.get_by_label_contains("Attribution: We have").click();
    harness.run();
    harness.get_by_role_and_label(Part::Heading, "Attribution");
    press(&mut harness, Key::R);
    harness.get_by_label_contains("By of “Attribution: We have");
    click_mark(&mut harness, "Cue: pledged");
    harness.get_by_label("Cue can’t fill the role By; Claim can");
    click_mark(&mut harness, "Claim: lost by two votes");
    assert_eq!(relations(&harness).last().unwrap(), "doubted: by=lost by two votes, what=⟨relation⟩");
}

#[test]
fn the_table_lists_filters_and_removes() {
    let two = ["lost by two votes", "a detour of forty minutes"].map(|to| supports(QUOTE, to));
    let mut harness = usual(&[marked(), two.to_vec()].concat());
    press_with(&mut harness, Modifiers::COMMAND, Key::T);
    harness.get_by_label("Relations · 3");
    assert_eq!(rows(&harness), ["Attribution", "Supports", "Supports"]);
    harness.get_by_label_contains("a detour of forty minutes, ¶").click();
    harness.run();
    harness.get_by_role_and_label(Part::Heading, "Supports");
    press(&mut harness, Key::Delete);
    assert_eq!(relations(&harness).len(), 2);
    assert!(picture(&harness).contains(QUOTE), "the mark stays");
    let undone = harness.state().session().unwrap().history().to_undo().unwrap().label.to_string();
    assert_eq!(undone, "Remove the relation Supports");
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    harness.get_by_label("Relations · 3");
    press_with(&mut harness, Modifiers::COMMAND, Key::T);
    harness.get_by_label("Marks · 20");
}

#[test]
fn the_table_says_what_is_missing_and_follows_the_marks() {
    let mut harness = usual(&marked());
    run(&mut harness, &pick(QUOTE));
    click(&mut harness, "Clear the role Source");
    harness.get_by_label("Source: missing");
    press_with(&mut harness, Modifiers::COMMAND, Key::T);
    harness.get_by_label_contains("¶2, Source is missing");
    run(&mut harness, &pick("told"));
    run(&mut harness, &Command::Mark(Mark::Delete, MarkRef::Picked));
    harness.get_by_label("Relations · 0");
}

#[test]
fn many_relations_are_filtered() {
    let claims =
        ["its main cables", "lower than in any", "214 million, twice", "cautious, and still", "lost by two votes"];
    let pairs = claims.iter().enumerate().flat_map(|(at, from)| claims[at + 1..].iter().map(move |to| (from, to)));
    let mut harness = usual(&[marked(), pairs.map(|(from, to)| supports(from, to)).collect()].concat());
    press_with(&mut harness, Modifiers::COMMAND, Key::T);
    harness.get_by_label("Relations · 11");
    stage::write(&mut harness, "Filter the relations", "growing");
    assert_eq!(rows(&harness), ["Supports"; 4]);
    harness.get_by_label("Relations · 4 of 11");
    stage::write(&mut harness, "Filter the relations", "attrib");
    assert_eq!(rows(&harness), ["Attribution"]);
    press_with(&mut harness, Modifiers::COMMAND, Key::A);
    press(&mut harness, Key::Backspace);
    assert_eq!(rows(&harness)[..2], ["Supports", "Supports"], "by place");
    click(&mut harness, "Order of the relations");
    click(&mut harness, "by kind");
    assert_eq!(rows(&harness)[..2], ["Attribution", "Supports"], "by kind");
}

#[test]
fn a_long_question_is_never_cut_where_a_role_is_named() {
    for width in [1440.0, 900.0] {
        let mut harness = stage::window(stage::app(&marked(), ThemeChoice::Light), vec2(width, 700.0), 1.0).0;
        harness.run();
        relate(&mut harness, QUOTE, "Attribution");
        let asked = harness.get_by_label_contains("Addressee of “We have").rect();
        let skip = harness.get_by_label("Skip").rect();
        assert!(asked.right() <= skip.left(), "{width}: {asked:?} {skip:?}");
        assert!(asked.width() > 60.0, "{width}: {asked:?}");
    }
}

#[test]
#[ignore = "paints pictures to look at, into the folder that PRESSMARK_PICTURES names"]
fn relating_is_painted() {
    let commands = [marked(), vec![doubted()]].concat();
    let shoot = |name: &str, theme, size, then: &dyn Fn(&mut Harness<'_, App>)| {
        pictures::shoot(&format!("relate-{name}"), theme, (size, 1.0), &commands, then);
    };
    let usual: Vec2 = vec2(1440.0, 900.0);
    let related = |harness: &mut Harness<'_, App>| {
        for to in ["lost by two votes", "a detour of forty minutes"] {
            relate(harness, QUOTE, "Supports");
            click_mark(harness, &format!("Claim: {to}"));
        }
        relate(harness, QUOTE, "Same statement");
        click(harness, "Open “Bridge toll passes after bitter debate”");
        click_mark(harness, "Quote: Nobody wanted this, … and everybody knew.");
        let open = stage::opening(harness.state().session().unwrap(), "Council backs");
        run(harness, &open);
        run(harness, &pick(QUOTE));
    };
    for (theme, suffix) in [(ThemeChoice::Light, "light"), (ThemeChoice::Dark, "dark")] {
        shoot(&format!("table-{suffix}"), theme, usual, &|harness| {
            related(harness);
            click(harness, "Table of relations");
            harness.get_by_label_contains("a detour of forty minutes, ¶").click();
        });
        shoot(&format!("picked-{suffix}"), theme, usual, &related);
        shoot(&format!("refused-{suffix}"), theme, usual, &|harness| {
            relate(harness, QUOTE, "Supports");
            click_mark(harness, "Cue: pledged");
        });
        shoot(&format!("second-{suffix}"), theme, usual, &|harness| relate(harness, "lost by two votes", "Doubted"));
    }
    for width in [900.0, 1440.0] {
        let size = vec2(width, 700.0);
        shoot(&format!("kinds-{width}"), ThemeChoice::Light, size, &|harness| {
            run(harness, &pick(QUOTE));
            press(harness, Key::R);
        });
        shoot(&format!("role-{width}"), ThemeChoice::Light, size, &|harness| {
            relate(harness, "to fight it street by street", "Attribution");
            click_mark(harness, "Cue: promised");
        });
        shoot(&format!("across-{width}"), ThemeChoice::Light, size, &|harness| {
            relate(harness, QUOTE, "Same statement");
            let open = stage::opening(harness.state().session().unwrap(), "Bridge toll");
            run(harness, &open);
        });
    }
}
