//! What a correction of the text has set aside: listed, placed on other words, removed.

use egui_kittest::kittest::Queryable;
use pressmark::{
    command::{Command, View, article::ArticleCommand, correct::CorrectText},
    model::Layer,
    ui::app::App,
};

use crate::stage::{click, marked, painted, run, select, usual};

fn layer(app: &App) -> Layer {
    app.session().expect("a project is open").scene().layer().cloned().unwrap_or_default()
}

#[test]
fn lost_marks_are_listed_and_placed_or_removed() {
    let mut harness = usual(&marked());
    let scene = harness.state().session().unwrap().scene();
    let article = scene.article().unwrap().clone();
    let text = scene
        .text()
        .unwrap()
        .replace("a detour of forty minutes", "nobody knows how long")
        .replace("Owen Pryce,", "One");
    let marks = layer(harness.state()).annotation_count();
    let correct = CorrectText { article, text, loaded: None, prepared: None };
    run(&mut harness, &Command::Article(ArticleCommand::Correct(correct)));
    assert_eq!(layer(harness.state()).set_aside().len(), 2);

    run(&mut harness, &Command::View(View::SetAside));
    harness.get_by_label("Set aside · 2");
    run(&mut harness, &select("nobody knows how long"));
    click(&mut harness, "Place “a detour of forty minutes” on the selection");
    assert_eq!(layer(harness.state()).annotation_count(), marks - 1);
    click(&mut harness, "Remove “Owen Pryce”");
    assert!(layer(harness.state()).set_aside().is_empty());
    assert!(painted(&harness).iter().any(|text| text == "Nothing is set aside in this article"));
    run(&mut harness, &Command::Undo);
    harness.get_by_label("Set aside · 1");
}
