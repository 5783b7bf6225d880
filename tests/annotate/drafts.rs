//! What is being written is committed to what it was begun on, before anything changes the view.
#![expect(clippy::unwrap_used, reason = "what the tests share is not inside a test function")]

use egui::{Event, Key};
use pressmark::{
    command::{Ask, Command, View, codebook::CodebookCommand, layer::LayerCommand, project::ProjectCommand},
    model::{AnnotationId, AnnotatorId, AttributeId, AttributeKind, Value},
    ui::app::App,
};

use crate::stage;

type Harness = egui_kittest::Harness<'static, App>;

/// Notes of the marks of an annotator, in any article, as “words: note”; those without a note are left out.
fn notes(h: &Harness) -> Vec<String> {
    let project = h.state().session().unwrap().project();
    let who = AnnotatorId::new("ana").unwrap();
    let mut notes = Vec::new();
    for (article, _) in project.articles() {
        let (Some(layer), Some(text)) = (project.layer(article, &who), project.text(article)) else { continue };
        let noted = layer.annotations().filter(|(_, a)| !a.note.is_empty());
        notes.extend(noted.map(|(_, a)| format!("{}: {}", a.fragments.first().slice(text).unwrap(), a.note)));
    }
    notes.sort();
    notes
}

/// A note on a claim, begun and not yet ended.
fn writing() -> Harness {
    let mut h = stage::usual(&stage::marked());
    stage::run(&mut h, &stage::pick("lost by two votes"));
    stage::press(&mut h, Key::M);
    h.event(Event::Text("Which two?".to_owned()));
    h.run();
    assert_eq!(notes(&h), [FIRST], "it is not done before it ends");
    h
}

/// The note that the stage begins with.
const FIRST: &str = "We have put this off for a generation,: Same words in the Gazette?";
const BOTH: [&str; 2] = [FIRST, "lost by two votes: Which two?"];

fn focus_mode(h: &mut Harness) {
    stage::press(h, Key::F11);
}

#[test]
fn focus_mode_ends_the_writing() {
    let mut h = writing();
    focus_mode(&mut h);
    assert_eq!(notes(&h), BOTH);
    focus_mode(&mut h);
    stage::run(&mut h, &stage::pick("a detour of forty minutes"));
    assert_eq!(notes(&h), BOTH);
}

#[test]
fn closing_in_focus_mode_leaves_the_note_where_it_was_begun() {
    let mut h = writing();
    focus_mode(&mut h);
    stage::press(&mut h, Key::Tab);
    assert_eq!(stage::picked(&h), "a detour of forty minutes");
    h.state_mut().end_writing();
    assert_eq!(notes(&h), BOTH);
}

#[test]
fn whatever_changes_the_view_ends_the_writing_first() {
    let work_as = Command::Project(ProjectCommand::WorkAs("Ben".to_owned()));
    let gazette = stage::opening(writing().state().session().unwrap(), "Bridge toll passes");
    for command in [
        stage::pick("a detour of forty minutes"),
        gazette,
        work_as,
        Command::Ask(Ask::Codebook),
        Command::View(View::Inspector),
        Command::View(View::Relations),
        Command::View(View::Concordance),
        Command::View(View::Leave),
    ] {
        let mut h = writing();
        stage::run(&mut h, &command);
        assert_eq!(notes(&h), BOTH, "{command:?}");
    }
}

#[test]
fn undo_takes_back_what_was_being_written() {
    let mut h = writing();
    stage::run(&mut h, &Command::Undo);
    assert_eq!(notes(&h), [FIRST], "the note was the last thing done");
    stage::run(&mut h, &Command::Redo);
    assert_eq!(notes(&h), BOTH);
}

#[test]
fn writing_goes_on_after_a_command_that_leaves_the_field_alone() {
    let mut h = writing();
    stage::run(&mut h, &Command::View(View::LargerText));
    assert_eq!(notes(&h), BOTH);
    h.event(Event::Text(" And why?".to_owned()));
    stage::press_with(&mut h, egui::Modifiers::COMMAND, Key::Enter);
    assert_eq!(notes(&h), [FIRST, "lost by two votes: Which two? And why?"]);
}

#[test]
fn what_was_answered_of_an_article_stays_with_it() {
    let mut h = stage::usual(&stage::marked());
    stage::run(&mut h, &Command::View(View::Leave));
    let scene = h.state().session().unwrap().scene();
    let (article, who) = (scene.article().unwrap().clone(), scene.annotator().unwrap().clone());
    let other = stage::opening(h.state().session().unwrap(), "Bridge toll passes");
    stage::run(&mut h, &other);
    let (question, target) = (AttributeId::new("stance").unwrap(), Some("the toll".to_owned()));
    let value = Some(Value::Choice("against".parse().unwrap()));
    let answer = LayerCommand::Answer { question: question.clone(), target: target.clone(), value };
    stage::run(&mut h, &Command::Layer(answer, Some(article.clone())));
    let project = h.state().session().unwrap().project();
    let layer = project.layer(&article, &who).unwrap();
    assert!(layer.article_answers().answer(&question, target.as_deref()).is_some());
}

#[test]
fn what_the_writing_could_not_be_is_said() {
    let mut h = stage::usual(&stage::marked());
    let mut claim = h.state().session().unwrap().project().codebook().label(&stage::label("claim")).unwrap().clone();
    let mut strength = claim.attributes[0].clone();
    strength.id = "strength".parse().unwrap();
    (strength.name, strength.kind) = ("Strength".to_owned(), AttributeKind::Number { least: None, most: None });
    claim.attributes = vec![strength];
    stage::run(&mut h, &Command::Codebook(CodebookCommand::PutLabel(Box::new(claim))));
    stage::run(&mut h, &stage::pick("lost by two votes"));
    stage::write(&mut h, "Strength", "very");
    focus_mode(&mut h);
    assert!(h.state().messages().any(|m| m.code == "bad-value"), "{:?}", h.state().messages().collect::<Vec<_>>());
}

#[test]
fn a_mark_that_is_gone_takes_no_note() {
    let mut h = writing();
    let id: Option<AnnotationId> = h.state().session().unwrap().focus().picked;
    assert!(id.is_some());
    stage::run(&mut h, &Command::Mark(pressmark::command::mark::Mark::Delete, pressmark::command::MarkRef::Picked));
    assert_eq!(notes(&h), [FIRST]);
}
