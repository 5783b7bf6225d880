//! A day's work, one thing at a time.

use egui::{Event, Key, Modifiers, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use pressmark::{
    command::{Ask, Command, MarkRef, View, article::ArticleCommand, mark::Mark, select::Select},
    diagnostic::Diagnostic,
    model::{Flag, Item, Layer, Status},
    text::ByteRange,
    ui::{
        app::App,
        panel::doing::Doing,
        wish::{Task, Wish},
    },
};

use crate::stage::{
    self, blank, button, click, click_at, marked, move_to, picked, picture, press, press_with, rect_of, run, select,
    usual, write,
};

fn select_words(harness: &mut Harness<'_, App>, words: &str) {
    run(harness, &select(words));
}

fn caret(harness: &Harness<'_, App>) -> Option<(usize, usize)> {
    harness.state().session().expect("a project is open").focus().selection
}

#[test]
fn a_label_key_marks_the_selected_words() {
    let mut harness = blank();
    select_words(&mut harness, "any comparable city");
    press(&mut harness, Key::Num1);
    assert_eq!(picture(&harness), "⟦any comparable city⟧claim");
    assert_eq!(picked(&harness), "any comparable city");
}

#[test]
fn the_first_mark_begins_the_work_and_undo_takes_both_back() {
    let mut harness = blank();
    select_words(&mut harness, "any comparable city");
    press(&mut harness, Key::Num1);
    let status = |h: &Harness<'_, App>| h.state().session().unwrap().scene().layer().map(Layer::status);
    assert_eq!(status(&harness), Some(Status::InProgress));
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(status(&harness), None);
}

#[test]
fn nothing_is_marked_by_keys_while_the_codebook_is_open() {
    let mut harness = blank();
    select_words(&mut harness, "any comparable city");
    press(&mut harness, Key::Num1);
    press_with(&mut harness, Modifiers::COMMAND, Key::B);
    harness.get_by_label("Add a label…");
    press(&mut harness, Key::Num2);
    press(&mut harness, Key::Delete);
    assert_eq!(picture(&harness), "⟦any comparable city⟧claim");
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(picture(&harness), "", "undo holds everywhere");
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_label("Add a label…").is_none());
}

#[test]
fn the_palette_marks_and_relabels() {
    let mut harness = blank();
    select_words(&mut harness, "the harbour traders");
    click(&mut harness, "Mark as Source");
    assert_eq!(picture(&harness), "⟦the harbour traders⟧source");
    click(&mut harness, "Mark as Claim");
    assert_eq!(picture(&harness), "⟦the harbour traders⟧claim");
}

#[test]
fn keys_take_away_bring_back_and_undo() {
    let mut harness = blank();
    select_words(&mut harness, "Work is to begin in March");
    press(&mut harness, Key::Num1);
    press(&mut harness, Key::Delete);
    assert_eq!(picture(&harness), "");
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(picture(&harness), "⟦Work is to begin in March⟧claim");
    harness.get_by_label("Undone: Delete the Claim");
    press_with(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(picture(&harness), "");
}

#[test]
fn what_was_undone_is_no_longer_said_after_the_next_change() {
    let mut harness = blank();
    select_words(&mut harness, "Work is to begin in March");
    press(&mut harness, Key::Num1);
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    harness.get_by_role_and_label(Role::Label, "Undone: Mark as Claim");
    press(&mut harness, Key::Num2);
    assert!(harness.query_by_label_contains("Undone: ").is_none());
}

#[test]
fn the_first_row_of_choices_stands_beside_its_name() {
    let mut harness = usual(&marked());
    run(&mut harness, &stage::pick("its main cables"));
    let middle = |name: &str| harness.get_by_label(name).rect().center().y;
    assert!(middle("Kind *").round() == middle("Kind: Fact").round(), "{} {}", middle("Kind *"), middle("Kind: Fact"));
}

#[test]
fn a_refusal_passes_with_the_next_command() {
    let mut harness = blank();
    select_words(&mut harness, "five hours");
    assert_eq!(harness.state().messages().map(|m| m.code.as_ref()).collect::<Vec<_>>(), ["no-such-words"]);
    select_words(&mut harness, "two votes");
    press(&mut harness, Key::Num1);
    assert_eq!(harness.state().messages().count(), 0);
}

#[test]
fn tab_goes_from_mark_to_mark_and_back() {
    let mut harness = usual(&marked());
    assert_eq!(picked(&harness), "We have put this off for a generation,");
    press(&mut harness, Key::Tab);
    assert_eq!(picked(&harness), "Mayor Ines Calder");
    press(&mut harness, Key::Tab);
    press_with(&mut harness, Modifiers::SHIFT, Key::Tab);
    assert_eq!(picked(&harness), "Mayor Ines Calder");
}

#[test]
fn a_click_picks_the_innermost_and_another_the_next_one_out() {
    let mut harness = usual(&marked());
    let at = rect_of(&harness, "Claim: cautious, and still growing").center();
    click_at(&mut harness, at);
    assert_eq!(picked(&harness), "cautious, and still growing");
    harness.set_size(egui::vec2(1440.0, 899.0));
    for _ in 0..6 {
        harness.step();
    }
    click_at(&mut harness, at);
    assert_eq!(picked(&harness), "the figure was “cautious, and still growing”");
}

#[test]
fn a_click_in_the_list_of_marks_picks() {
    let mut harness = usual(&marked());
    click(&mut harness, "Stance: to fight it street by street, ¶3");
    assert_eq!(picked(&harness), "to fight it street by street");
}

#[test]
fn the_list_of_marks_is_filtered_and_sorted() {
    let mut harness = usual(&marked());
    write(&mut harness, "Filter the marks", "toll");
    assert!(harness.query_by_label_contains("¶2").is_none());
    write(&mut harness, "Filter the marks", "guild");
    harness.get_by_label("Source: The engineers’ guild, ¶4");
    harness.get_by_label("Marks · 1 of 20");
    assert!(harness.query_by_label("Claim: a detour of forty minutes, ¶6").is_none());
}

#[test]
fn an_attribute_is_set_by_the_mouse_and_by_a_key() {
    let mut harness = usual(&marked());
    click(&mut harness, "Form: Mixed");
    let form = |harness: &Harness<'_, App>| {
        let scene = harness.state().session().unwrap().scene();
        let (_, annotation) = scene.picked().unwrap();
        annotation.attributes.iter().map(|(_, v)| v.plain()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(form(&harness), "mixed");
    press(&mut harness, Key::Enter);
    press(&mut harness, Key::I);
    assert_eq!(form(&harness), "indirect");
    press(&mut harness, Key::I);
    assert_eq!(form(&harness), "", "the same again takes the answer away");
    press(&mut harness, Key::Escape);
    assert_ne!(picked(&harness), "", "Escape leaves the answering first");
    press(&mut harness, Key::Escape);
    assert_eq!(picked(&harness), "");
}

#[test]
fn a_note_is_one_command_when_the_writing_ends() {
    let mut harness = blank();
    select_words(&mut harness, "two votes");
    press(&mut harness, Key::Num1);
    let before = harness.state().session().unwrap().history().done().len();
    press(&mut harness, Key::M);
    harness.event(Event::Text("Which two? f".to_owned()));
    harness.run();
    press(&mut harness, Key::F);
    press_with(&mut harness, Modifiers::COMMAND, Key::Enter);
    let session = harness.state().session().unwrap();
    let (_, annotation) = session.scene().picked().unwrap();
    assert_eq!((annotation.note.as_str(), annotation.flag), ("Which two? f", None));
    assert_eq!(session.history().done().len(), before + 1);
    press(&mut harness, Key::F);
    let (_, annotation) = harness.state().session().unwrap().scene().picked().unwrap();
    assert_eq!(annotation.flag, Some(Flag::Flag), "the keys are the page's again");
}

#[test]
fn what_is_being_written_is_kept_when_another_article_opens() {
    let mut harness = blank();
    select_words(&mut harness, "two votes");
    press(&mut harness, Key::Num1);
    press(&mut harness, Key::M);
    harness.event(Event::Text("Ask Ben".to_owned()));
    harness.run();
    click(&mut harness, "Open “Water for whom?”");
    let open = stage::opening(harness.state().session().unwrap(), "Council backs");
    run(&mut harness, &open);
    press(&mut harness, Key::Tab);
    let (_, annotation) = harness.state().session().unwrap().scene().picked().unwrap();
    assert_eq!(annotation.note, "Ask Ben");
}

#[test]
fn a_quote_is_related_to_source_and_cue_by_keys() {
    let mut harness = blank();
    for (key, words) in [(Key::Num4, "Owen Pryce"), (Key::Num5, "called"), (Key::Num2, "a tax on getting to work")] {
        select_words(&mut harness, words);
        press(&mut harness, key);
    }
    press(&mut harness, Key::R);
    harness.get_by_role_and_label(Role::Button, "Attribution").click();
    harness.run();
    harness.get_by_label_contains("Source of “a tax on");
    press(&mut harness, Key::A);
    harness.get_by_label_contains("has Owen Pryce");
    press(&mut harness, Key::Enter);
    harness.get_by_label_contains("Cue of “a tax on");
    press(&mut harness, Key::A);
    press(&mut harness, Key::Escape);
    let session = harness.state().session().unwrap();
    let scene = session.scene();
    let (id, _) = scene.picked().unwrap();
    let relations = scene.layer().unwrap().relations();
    let relation = relations.get(relations.of(Item::Annotation(id))[0]).unwrap();
    let roles: Vec<&str> = relation.members.iter().map(|m| m.role.as_str()).collect();
    assert_eq!(roles, ["quote", "source", "cue"]);
    harness.get_by_role_and_label(Role::Button, "Source: Owen Pryce");
    click(&mut harness, "Clear the role Cue");
    harness.get_by_label("Cue: none");
}

#[test]
fn selected_words_fill_a_role_while_relating() {
    let mut harness = usual(&marked());
    click(&mut harness, "Addressee: none");
    press_with(&mut harness, Modifiers::COMMAND, Key::End);
    press(&mut harness, Key::ArrowLeft);
    assert_eq!(picked(&harness), "We have put this off for a generation,", "the caret may go anywhere");
    select_words(&mut harness, "a packed chamber");
    press(&mut harness, Key::Enter);
    harness.get_by_label("Addressee: a packed chamber");
    assert_eq!(picked(&harness), "We have put this off for a generation,");
}

#[test]
fn selected_words_become_a_fragment_of_the_picked_mark() {
    let mut harness = blank();
    select_words(&mut harness, "The city council");
    press(&mut harness, Key::Num4);
    select_words(&mut harness, "the council pledged");
    assert_eq!(picked(&harness), "The city council", "selecting keeps the mark picked");
    press(&mut harness, Key::Plus);
    assert_eq!(picture(&harness), "⟦The city council … the council pledged⟧source");
    run(&mut harness, &Command::Select(Select::To { anchor: 0, head: 200 }));
    run(&mut harness, &Command::Select(Select::To { anchor: 200, head: 200 }));
    assert_eq!(picked(&harness), "", "a caret elsewhere lets go of it");
}

#[test]
fn the_mouse_selects_words_and_moves_ends() {
    let mut harness = usual(&marked());
    let cue = rect_of(&harness, "Cue: pledged");
    let from = cue.left_center();
    move_to(&mut harness, from);
    button(&mut harness, from, true, Modifiers::NONE);
    assert_eq!(picked(&harness), "We have put this off for a generation,", "a press alone lets go of nothing");
    let to = cue.right_center() + egui::vec2(40.0, 0.0);
    move_to(&mut harness, to);
    button(&mut harness, to, false, Modifiers::NONE);
    let (anchor, head) = caret(&harness).unwrap();
    let session = harness.state().session().unwrap();
    let words = ByteRange::new(anchor, head).slice(session.scene().text().unwrap()).unwrap();
    assert!(words.starts_with("pledged, though"), "{words}");
}

#[test]
fn arrows_move_the_caret_without_a_click() {
    let mut harness = blank();
    press(&mut harness, Key::ArrowRight);
    press(&mut harness, Key::ArrowRight);
    press_with(&mut harness, Modifiers::SHIFT, Key::ArrowRight);
    let (anchor, head) = caret(&harness).expect("there is a caret");
    assert_eq!(head, anchor + 1);
    press(&mut harness, Key::Tab);
    assert_eq!(harness.state().messages().map(|m| m.code.as_ref()).collect::<Vec<_>>(), ["no-marks"]);
}

#[test]
fn articles_open_by_click_and_by_key_and_have_a_status() {
    let mut harness = usual(&marked());
    press(&mut harness, Key::N);
    let title = |harness: &Harness<'_, App>| {
        let session = harness.state().session().unwrap();
        let id = session.focus().article.clone().unwrap();
        session.project().article(&id).unwrap().metadata.title.clone()
    };
    assert_eq!(title(&harness), "Drivers to pay for crossing from spring");
    click(&mut harness, "Open “Farmers split over reservoir plan”");
    assert_eq!(title(&harness), "Farmers split over reservoir plan");
    click(&mut harness, "Status: done");
    let status = |harness: &Harness<'_, App>| harness.state().session().unwrap().scene().layer().unwrap().status();
    assert_eq!(status(&harness), Status::Done);
}

#[test]
fn an_article_that_is_not_there_is_not_asked_for() {
    let mut harness = blank();
    let missing = pressmark::model::ArticleId::new("no-such-article").unwrap();
    run(&mut harness, &Command::Article(ArticleCommand::Open(missing)));
    assert_eq!(harness.state().messages().count(), 1);
    assert_eq!(harness.state_mut().runner_mut().unwrap().asked, []);
}

#[test]
fn what_takes_long_is_shown_until_it_ends_and_moves_nothing() {
    let mut harness = blank();
    let before = harness.get_by_label("saved").rect();
    let share = |share| Doing { name: "Adding articles".to_owned(), share, task: Some(Task::Job(7)) };
    harness.state_mut().doing = vec![share(None), Doing { name: "Saving".to_owned(), share: None, task: None }];
    harness.run();
    harness.get_by_label("Adding articles…");
    harness.get_by_label("Saving…");
    assert!(harness.query_by_label("Cancel Saving").is_none());
    harness.state_mut().doing = vec![share(Some(0.5))];
    harness.run();
    harness.get_by_label("Adding articles: 50 %");
    let cancel = harness.get_by_label("Cancel Adding articles").rect();
    harness.state_mut().doing = vec![share(Some(0.07))];
    harness.run();
    assert_eq!(harness.get_by_label("Cancel Adding articles").rect(), cancel);
    assert_eq!(harness.get_by_label("saved").rect(), before);
    click(&mut harness, "Cancel Adding articles");
    assert_eq!(harness.state_mut().take_wishes(), [Wish::Cancel(Task::Job(7))]);
    harness.state_mut().doing.clear();
    harness.run();
    assert!(harness.query_by_label_contains("Adding articles").is_none());
    harness.state_mut().set_runner(None);
    harness.state_mut().doing = vec![share(None)];
    harness.run();
    harness.get_by_label("Adding articles…");
}

/// So many articles more, called “Number 0” and so on.
fn many(count: usize) -> Vec<Command> {
    let mut commands = stage::unmarked();
    for n in 0..count {
        let metadata = pressmark::model::Metadata { title: format!("Number {n}"), ..Default::default() };
        let text = format!("This is article {n}.");
        let new = pressmark::command::article::NewArticle { metadata, text, ..Default::default() };
        commands.push(Command::Article(ArticleCommand::Add(new)));
    }
    commands
}

#[test]
fn many_articles_are_filtered() {
    let mut harness = usual(&many(30));
    assert!(harness.query_by_label("Open “Number 9”").is_none(), "what is not seen is not there");
    write(&mut harness, "Filter the articles", "number 9");
    harness.get_by_label("Open “Number 9”");
    assert!(harness.query_by_label("Open “Water for whom?”").is_none());
}

#[test]
fn of_many_articles_the_one_that_is_opened_comes_into_view() {
    let mut harness = usual(&many(300));
    let open = stage::opening(harness.state().session().unwrap(), "Number 250");
    run(&mut harness, &open);
    let row = harness.get_by_label("Open “Number 250”").rect();
    assert!(row.top() > 44.0 && row.bottom() < 856.0, "{row:?}");
    harness.state_mut().stale();
    harness.run();
    assert_eq!(harness.get_by_label("Open “Number 250”").rect(), row, "it stays when the list is made anew");
}

#[test]
fn keys_belong_to_a_field_that_has_the_focus() {
    let mut harness = usual(&marked());
    let before = picture(&harness);
    write(&mut harness, "Filter the marks", "1");
    press(&mut harness, Key::Num1);
    press(&mut harness, Key::Delete);
    assert_eq!(picture(&harness), before);
}

#[test]
fn menus_name_what_they_undo_and_why_something_is_not_possible() {
    let mut harness = blank();
    select_words(&mut harness, "two votes");
    press(&mut harness, Key::Num1);
    click(&mut harness, "Edit");
    harness.get_by_label("Undo: Mark as Claim").click();
    harness.run();
    assert_eq!(picture(&harness), "");
    click(&mut harness, "Mark");
    assert!(harness.get_by_label("Delete").accesskit_node().is_disabled());
}

#[test]
fn text_grows_and_panels_go() {
    let mut harness = usual(&marked());
    press_with(&mut harness, Modifiers::COMMAND, Key::Plus);
    harness.get_by_label("110 %");
    press_with(&mut harness, Modifiers::COMMAND, Key::Num0);
    press_with(&mut harness, Modifiers::COMMAND, Key::Num2);
    assert!(harness.query_by_label("Marks · 20").is_none());
    press(&mut harness, Key::F11);
    assert!(harness.query_by_label("Pressmark").is_none());
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::Escape);
    harness.get_by_label("Pressmark");
}

#[test]
fn messages_stay_until_they_are_dismissed() {
    let mut harness = blank();
    harness.state_mut().show_message(Diagnostic::error("disk-full", "The disk is full").hint("Make room on it"));
    harness.run();
    select_words(&mut harness, "two votes");
    harness.get_by_label("The disk is full");
    click(&mut harness, "Dismiss");
    assert!(harness.query_by_label("The disk is full").is_none());
}

#[test]
fn what_is_asked_is_left_to_the_outside() {
    let mut harness = usual(&marked());
    let before = picture(&harness);
    run(&mut harness, &Command::Ask(Ask::Annotator));
    assert_eq!(harness.state_mut().take_wishes(), [Wish::Ask(Ask::Annotator)]);
    let picked = "We have put this off for a generation,";
    harness.state_mut().run(&Command::View(View::Commands));
    assert_eq!(harness.state_mut().take_wishes(), [Wish::Overlay(View::Commands)]);
    assert_eq!((picture(&harness), stage::picked(&harness)), (before, picked.to_owned()));
}

#[test]
fn bare_keys_act_on_no_mark_that_the_codebook_hides() {
    let mut harness = usual(&marked());
    let before = picture(&harness);
    run(&mut harness, &Command::Ask(Ask::Codebook));
    press(&mut harness, Key::Delete);
    assert_eq!(picture(&harness), before);
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(harness.state().session().unwrap().history().to_redo().is_some());
}

#[test]
fn a_command_without_a_project_says_so() {
    let mut harness = blank();
    harness.state_mut().set_runner(None);
    harness.run();
    run(&mut harness, &Command::Mark(Mark::Delete, MarkRef::Picked));
    run(&mut harness, &Command::View(View::DarkTheme));
    assert_eq!(harness.state().messages().map(|m| m.code.as_ref()).collect::<Vec<_>>(), ["no-project"]);
}
