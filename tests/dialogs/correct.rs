//! Correcting the text of the open article: written, from a file, looked at, done.

use egui::{Key, accesskit::Role, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use pressmark::{
    command::{
        Ask, Command, MarkRef, View,
        article::ArticleCommand,
        correct::{CorrectText, Corrected},
        mark::Mark,
        select::Select,
    },
    model::LabelId,
    ui::{
        theme::Mode,
        wish::{Choice, NewText, Wish},
    },
};

use crate::stage::{Scenery, click, dialogs, press, show, usual, wishes, write};

/// The article’s text is “The council voted. Mayor Ines Calder told it so.”
fn marked(harness: &mut Harness<'_, Scenery>) {
    let session = harness.state().session.as_ref().expect("a project is open");
    let first = session.project().articles().find(|(_, article)| article.metadata.title.starts_with("Council backs"));
    let open = Command::Article(ArticleCommand::Open(first.expect("it is in the project").0.clone()));
    harness.state_mut().run(&open);
    for (words, label) in [("The council", "source"), ("Mayor Ines Calder", "source"), ("told", "cue")] {
        harness.state_mut().run(&Command::Select(Select::Words { words: words.to_owned(), occurrence: 1 }));
        harness
            .state_mut()
            .run(&Command::Mark(Mark::Label(LabelId::new(label).expect("it is an id")), MarkRef::Picked));
    }
    harness.state_mut().with(|dialogs, ctx, _, _| dialogs.open(&Ask::CorrectText, ctx));
    harness.run();
}

/// Answers what was wished for, as whoever has a disk does; gives the text it was asked with.
fn work_out(harness: &mut Harness<'_, Scenery>) -> String {
    let Some(Wish::WorkOut { article, text: NewText::Written(text) }) = wishes(harness).pop() else {
        panic!("it is to be worked out")
    };
    let correct = CorrectText { article, text: text.clone(), loaded: None, prepared: None };
    let state = harness.state_mut();
    let corrected =
        Corrected::of(state.session.as_ref().expect("a project is open").project(), &correct).map(std::sync::Arc::new);
    let answer = corrected.map(|corrected| CorrectText { prepared: Some(corrected), ..correct });
    state.dialogs.worked_out(answer.map_err(|why| vec![why]));
    harness.run();
    text
}

#[test]
fn a_typo_is_corrected_after_a_look_at_the_marks() {
    let (mut harness, camera) = dialogs(Mode::Light, vec2(1280.0, 800.0));
    marked(&mut harness);
    show(&harness, &camera, "correct-write");
    let text = "Today the council voted. Mayor Inez Calder said it so.";
    write(&mut harness, "Text of the article", text);
    click(&mut harness, "See what changes");
    assert_eq!(work_out(&mut harness), text);
    show(&harness, &camera, "correct-look");
    // What is to be looked at comes first.
    for group in ["Changed", "Lost", "Moved", "Same"] {
        assert_eq!(harness.get_by_label(group).accesskit_node().role(), Role::RadioButton);
    }
    harness.get_by_label("Mayor Ines Calder → Mayor Inez Calder").click();
    harness.run();
    assert!(matches!(wishes(&mut harness).as_slice(), [Wish::Run(Command::Select(Select::Pick(_)))]));
    click(&mut harness, "Lost");
    harness.get_by_label("told");
    click(&mut harness, "Back to the text");
    click(&mut harness, "See what changes");
    work_out(&mut harness);
    click(&mut harness, "Correct the text");
    harness.state_mut().run_wishes();
    harness.run();
    assert!(!harness.state().dialogs.is_open());
    assert_eq!(wishes(&mut harness), [Wish::Run(Command::View(View::SetAside))]);
    let scene = harness.state().session.as_ref().unwrap().scene();
    assert_eq!(scene.text().unwrap().as_str(), text);
    assert_eq!((scene.layer().unwrap().annotation_count(), scene.layer().unwrap().set_aside().len()), (2, 1));
}

#[test]
fn nothing_is_done_without_a_change_or_without_words() {
    let mut harness = usual();
    marked(&mut harness);
    click(&mut harness, "See what changes");
    work_out(&mut harness);
    harness.get_by_label("The text has not changed");
    write(&mut harness, "Text of the article", " ");
    click(&mut harness, "See what changes");
    work_out(&mut harness);
    harness.get_by_label("The corrected text has no words in it");
    press(&mut harness, Key::Escape);
    click(&mut harness, "Discard");
    assert!(!harness.state().dialogs.is_open());
}

#[test]
fn a_file_takes_the_place_of_the_text() {
    let mut harness = usual();
    marked(&mut harness);
    click(&mut harness, "Choose a file with the corrected text");
    assert_eq!(wishes(&mut harness), [Wish::Choose(Choice::CorrectedText)]);
    harness.state_mut().dialogs.chosen(Choice::CorrectedText, vec!["/x.txt".to_owned()]);
    harness.run();
    let wished = wishes(&mut harness);
    assert!(matches!(&wished[..], [Wish::WorkOut { text: NewText::File(path), .. }] if path == "/x.txt"), "{wished:?}");
    harness.state_mut().dialogs.no_desktop_dialog(Choice::CorrectedText);
    harness.run();
    write(&mut harness, "Path", "/y.txt");
    click(&mut harness, "See what changes");
    assert!(matches!(&wishes(&mut harness)[..], [Wish::WorkOut { text: NewText::File(path), .. }] if path == "/y.txt"));
}

#[test]
fn a_refusal_takes_nothing_that_was_written() {
    let mut harness = usual();
    marked(&mut harness);
    write(&mut harness, "Text of the article", "The council voted twice. Mayor Ines Calder told it so.");
    click(&mut harness, "See what changes");
    work_out(&mut harness);
    click(&mut harness, "Correct the text");
    let wished = wishes(&mut harness);
    assert!(matches!(&wished[..], [Wish::Run(Command::Article(ArticleCommand::Correct(_)))]), "{wished:?}");
    harness.run();
    assert!(harness.state().dialogs.is_open());
}
