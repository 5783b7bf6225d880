//! Nothing goes without a word: what a step takes away is told with a way back, and what is missing with a way to it.

#![expect(clippy::unwrap_used, reason = "what the tests share is not inside a test function")]

use egui::{Key, Modifiers, accesskit::Role, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use pressmark::{
    command::{
        Ask, Command, MarkRef, codebook::CodebookCommand, layer::LayerCommand, mark::Mark, project::ProjectCommand,
        select::Select,
    },
    diagnostic::Diagnostic,
    model::{AttributeId, Item, Layer, Status, Value},
    ui::{context::SaveState, settings::Settings, theme::ThemeChoice},
};

use crate::{
    stage::{self, label, mark_of},
    whole::{self, Window, press, press_with},
};

fn window() -> Window {
    whole::window(stage::app(&stage::marked(), ThemeChoice::Light), vec2(1280.0, 800.0)).0
}

fn run(harness: &mut Window, command: Command) {
    harness.state_mut().shell.app.run(&command);
    harness.run();
}

fn click(harness: &mut Window, name: &str) {
    harness.get_by_label(name).click();
    harness.run();
}

fn relations(harness: &Window) -> usize {
    harness.state().session().scene().layer().map_or(0, |layer| layer.relations().count())
}

/// The answer to the form of the first quote.
fn form(harness: &Window) -> Option<String> {
    let scene = harness.state().session().scene();
    let id = AttributeId::new("form").unwrap();
    let marks = scene.layer().into_iter().flat_map(Layer::annotations);
    let answers = marks.filter_map(|(_, mark)| mark.attributes.get(&id).map(Value::plain));
    answers.last()
}

#[test]
fn a_relabelled_quote_says_what_it_has_lost_until_something_else_is_done() {
    let mut harness = window();
    let before = relations(&harness);
    press(&mut harness, Key::Num5);
    harness.get_by_label("Relabel as Cue: this removed 1 member of a relation and 1 answer");
    click(&mut harness, "Undo");
    assert_eq!((relations(&harness), form(&harness).as_deref()), (before, Some("direct")));
    assert!(harness.query_by_label("Undo").is_none(), "it is taken back");

    press(&mut harness, Key::Num5);
    run(&mut harness, Command::Mark(Mark::Note("Why?".to_owned()), MarkRef::Picked));
    assert!(harness.query_by_label("Undo").is_none(), "another step would be taken back");
}

#[test]
fn removing_what_others_have_marked_is_asked_and_opens_the_neighbour() {
    let mut harness = window();
    let article = harness.state().session().focus().article.clone().unwrap();
    run(&mut harness, Command::Project(ProjectCommand::WorkAs("Ben".to_owned())));
    run(&mut harness, Command::Ask(Ask::RemoveArticle));
    harness.get_by_label("20 marks by ana");
    press(&mut harness, Key::Escape);
    assert!(harness.state().session().project().article(&article).is_some());
    run(&mut harness, Command::Ask(Ask::RemoveArticle));
    click(&mut harness, "Remove it");
    assert!(harness.state().session().project().article(&article).is_none());
    assert!(harness.state().session().focus().article.is_some(), "the neighbour is open");
    click(&mut harness, "Undo");
    assert_eq!(harness.state().session().focus().article.as_ref(), Some(&article));
}

#[test]
fn a_choice_in_use_asks_what_becomes_of_its_answers() {
    let without = |harness: &Window| {
        let mut quote = harness.state().session().project().codebook().label(&label("quote")).unwrap().clone();
        for attribute in &mut quote.attributes {
            if let pressmark::model::AttributeKind::Choice(choices) = &mut attribute.kind {
                choices.retain(|choice| choice.id.as_str() != "direct");
            }
        }
        Command::Codebook(CodebookCommand::PutLabel(Box::new(quote)).proposed())
    };
    let asked = "“Direct” is in use, and removing it loses 1 answer";
    let mut harness = window();
    let command = without(&harness);
    run(&mut harness, command.clone());
    harness.get_by_label(asked);
    assert_eq!(form(&harness).as_deref(), Some("direct"), "nothing has changed yet");
    click(&mut harness, "Keep it");
    assert!(harness.query_by_label(asked).is_none());

    run(&mut harness, command.clone());
    click(&mut harness, "Make the change");
    assert!(form(&harness).is_some_and(|form| form != "direct"), "it has another answer");
    run(&mut harness, Command::Undo);

    run(&mut harness, command);
    click(&mut harness, "Remove these answers");
    click(&mut harness, "Make the change");
    assert_eq!(form(&harness), None);
    harness.get_by_label("Change the label Quote: this removed 1 answer");
}

#[test]
fn a_target_in_use_asks_what_becomes_of_its_answers() {
    let targets = |targets: &[&str]| {
        let targets = targets.iter().map(|target| (*target).to_owned()).collect();
        Command::Codebook(CodebookCommand::Targets(targets).proposed())
    };
    let stance = || mark_of("a tax on getting to work");
    let answer = |harness: &Window| {
        let scene = harness.state().session().scene();
        let Item::Annotation(id) = stance().resolve(&scene).unwrap().item else { panic!("it is a mark") };
        let target = AttributeId::new("target").unwrap();
        match scene.layer().unwrap().annotation(id).unwrap().attributes.get(&target) {
            Some(Value::Text(text)) => text.clone(),
            other => panic!("{other:?}"),
        }
    };
    let mut harness = window();
    run(&mut harness, targets(&["the toll", "the mayor"]));
    let set =
        Mark::Set { attribute: AttributeId::new("target").unwrap(), value: Some(Value::Text("the toll".to_owned())) };
    run(&mut harness, Command::Mark(set, stance()));
    run(&mut harness, targets(&["the toll"]));
    let asked = "“the toll” is in use: 1 answer would name a target that is not listed";
    assert!(harness.query_by_label(asked).is_none(), "nobody has answered the mayor");
    run(&mut harness, targets(&["the bridge", "the bridge toll"]));
    harness.get_by_label(asked);
    assert_eq!(harness.state().session().project().codebook().targets, ["the toll"], "nothing has changed yet");
    click(&mut harness, "Make the change");
    assert_eq!(answer(&harness), "the bridge");
    run(&mut harness, Command::Undo);
    assert_eq!(answer(&harness), "the toll");

    run(&mut harness, targets(&["the bridge"]));
    click(&mut harness, "Leave these answers as they are");
    click(&mut harness, "Make the change");
    assert_eq!(answer(&harness), "the toll");
    assert_eq!(harness.state().session().project().codebook().targets, ["the bridge"]);
}

#[test]
fn done_says_what_is_missing_and_shows_it() {
    let mut harness = window();
    run(&mut harness, Command::Layer(LayerCommand::Status(Status::Done), None));
    let says = stage::painted(&harness);
    assert!(says.iter().any(|text| text.contains("lack an answer")), "{says:?}");
    click(&mut harness, "Show");
    let rows = |harness: &Window| {
        let rows = harness.get_all_by_role(Role::ListItem).map(|row| row.accesskit_node());
        let marks = rows.filter(|row| row.label().is_some_and(|name| name.contains('¶')));
        marks.map(|row| row.description().unwrap_or_default()).collect::<Vec<String>>()
    };
    let incomplete = rows(&harness);
    assert!(!incomplete.is_empty() && incomplete.iter().all(|said| said.contains("is missing")), "{incomplete:?}");
    click(&mut harness, "Only what is incomplete");
    assert!(rows(&harness).len() > incomplete.len());
}

#[test]
fn what_is_written_in_a_card_stays_until_it_is_discarded() {
    let mut harness = window();
    run(&mut harness, Command::Ask(Ask::Metadata));
    harness.event(egui::Event::Text(" and more".to_owned()));
    harness.run();
    let beside = egui::pos2(20.0, 400.0);
    for pressed in [true, false] {
        harness.event(egui::Event::PointerMoved(beside));
        let (button, modifiers) = (egui::PointerButton::Primary, Modifiers::NONE);
        harness.event(egui::Event::PointerButton { pos: beside, button, pressed, modifiers });
        harness.run();
    }
    harness.get_by_role_and_label(Role::Dialog, "Article details");
    press(&mut harness, Key::Escape);
    harness.get_by_label("Discard what you have written?");
    click(&mut harness, "Keep writing");
    assert!(harness.query_by_label("Discard what you have written?").is_none());
    press(&mut harness, Key::Escape);
    click(&mut harness, "Discard");
    assert!(!harness.state().shell.dialogs.is_open());
    run(&mut harness, Command::Ask(Ask::Metadata));
    press(&mut harness, Key::Escape);
    assert!(!harness.state().shell.dialogs.is_open(), "nothing was written");
}

#[test]
fn a_card_that_comes_up_over_another_gives_it_back() {
    let mut harness = window();
    run(&mut harness, Command::Ask(Ask::Metadata));
    harness.state_mut().shell.dialogs.open_paste("A text".to_owned());
    harness.run();
    click(&mut harness, "Cancel");
    harness.get_by_role_and_label(Role::Dialog, "Article details");
}

#[test]
fn a_relation_across_articles_is_shown_where_it_was_made() {
    let mut harness = whole::usual(&stage::marked(), Settings::default());
    let from = mark_of("a tax on getting to work").resolve(&harness.state().session().scene()).unwrap();
    let open = stage::opening(harness.state().session(), "Bridge toll passes");
    run(&mut harness, open);
    run(&mut harness, Command::Select(Select::Pick(mark_of("a tax on getting to work"))));
    let here = harness.state().session().scene().picked_target().unwrap();
    let codebook = harness.state().session().project().codebook().clone();
    let kind = codebook.relations.iter().find(|kind| {
        let takes =
            |role: &pressmark::model::Role| role.may_be_filled_by(&pressmark::model::Filler::Label(label("stance")));
        kind.across_articles && kind.roles.iter().all(takes)
    });
    let kind = kind.expect("a stance is related across articles");
    let members = kind.roles.iter().map(|role| role.id.clone()).zip([from.into(), here.into()]).collect();
    let make = pressmark::command::relate::Relate::Make {
        kind: kind.id.clone(),
        members,
        attributes: Vec::new(),
        note: String::new(),
    };
    run(&mut harness, Command::Relate(make));
    harness.get_by_label(&format!("Remove the relation {}", kind.name));
    assert!(harness.state().shell.app.messages().any(|told| told.code == "related"));
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(!harness.state().shell.app.messages().any(|told| told.code == "related"));
}

#[test]
fn why_nothing_was_saved_is_said_until_it_is_saved_again() {
    let mut harness = window();
    let why = || Diagnostic::error("folder-gone", "The folder is gone").hint("Put it back");
    let app = |harness: &mut Window, save, trouble: Option<Diagnostic>| {
        let app = &mut harness.state_mut().shell.app;
        trouble.iter().for_each(|why| app.show_message(why.clone()));
        app.set_saving(save, trouble);
        harness.run();
        stage::painted(harness)
    };
    let says = |painted: &[String], text: &str| painted.iter().any(|line| line == text);
    let painted = app(&mut harness, SaveState::Failed, Some(why()));
    assert!(says(&painted, "The folder is gone") && says(&painted, "not saved"), "{painted:?}");
    let painted = app(&mut harness, SaveState::Saved, None);
    assert!(!says(&painted, "The folder is gone") && says(&painted, "saved"), "{painted:?}");
    assert!(says(&painted, "Saved again, with everything since"), "{painted:?}");
}

#[test]
fn no_time_passes_for_messages_while_the_pointer_is_on_one() {
    let mut harness = window();
    harness.state_mut().shell.app.show_message(Diagnostic::note("told", "Something was done"));
    harness.run();
    let there = |harness: &Window| harness.state().shell.app.messages().any(|told| told.code == "told");
    let wait = |harness: &mut Window| {
        let now = harness.ctx.input(|i| i.time);
        harness.input_mut().time = Some(now + 20.0);
        harness.step();
    };
    let at = harness.get_by_label("Dismiss").rect().center();
    harness.hover_at(at);
    harness.step();
    for _ in 0..3 {
        wait(&mut harness);
        assert!(there(&harness));
    }
    harness.hover_at(egui::pos2(600.0, 200.0));
    harness.step();
    wait(&mut harness);
    assert!(!there(&harness));
}
