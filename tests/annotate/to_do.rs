//! The day of an annotator: how much is done, what comes next, and where one was.

#![expect(clippy::unwrap_used, reason = "what the tests share is not inside a test function")]

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use pressmark::{
    command::{
        Command, View, article::ArticleCommand, article_order::ArticleOrder, layer::LayerCommand, select::Select,
    },
    model::Status,
    ui::app::App,
};

use crate::stage::{self, click, marked, press_with, run, usual};

const SHIFT: Modifiers = Modifiers::SHIFT;

fn title(harness: &Harness<'_, App>) -> String {
    let session = harness.state().session().unwrap();
    let open = session.focus().article.as_ref().unwrap();
    session.project().article(open).unwrap().metadata.title.clone()
}

/// The articles in the list, from the top, each by its first word.
fn listed(harness: &Harness<'_, App>) -> Vec<String> {
    let mut rows: Vec<_> = harness
        .get_all_by_role(Role::ListItem)
        .filter_map(|node| Some((node.rect().top(), node.accesskit_node().label()?)))
        .filter(|(_, name)| name.starts_with("Open “"))
        .collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    let first = |name: &str| name.trim_start_matches("Open “").split(' ').next().unwrap_or_default().to_owned();
    rows.iter().map(|(_, name)| first(name)).collect()
}

#[test]
fn next_to_do_passes_over_what_is_done_and_goes_round() {
    let mut harness = usual(&marked());
    harness.get_by_label("1 of 5 done");
    harness.get_by_label("Harbour bridge · 1 of 3 done");
    let mut seen = Vec::new();
    for _ in 0..4 {
        press_with(&mut harness, SHIFT, Key::N);
        seen.push(title(&harness).split(' ').next().unwrap().to_owned());
    }
    assert_eq!(seen, ["Drivers", "Farmers", "Water", "Council"], "the Gazette’s is done");
}

#[test]
fn done_and_next_says_so_and_opens_what_is_to_do_as_one_step() {
    let mut harness = usual(&marked());
    press_with(&mut harness, Modifiers::COMMAND | SHIFT, Key::D);
    assert_eq!(title(&harness), "Drivers to pay for crossing from spring");
    harness.get_by_label("2 of 5 done");
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(title(&harness).starts_with("Council"), "{}", title(&harness));
    harness.get_by_label("1 of 5 done");
    for _ in 0..4 {
        press_with(&mut harness, Modifiers::COMMAND | SHIFT, Key::D);
    }
    harness.get_by_label("5 of 5 done");
    harness.get_by_role_and_label(Role::Label, "Every article is done");
}

#[test]
fn the_list_is_sorted_filtered_and_folded_and_keys_follow_its_order() {
    let mut harness = usual(&marked());
    assert_eq!(listed(&harness), ["Bridge", "Council", "Drivers", "Farmers", "Water"]);
    click(&mut harness, "Order of the articles");
    click(&mut harness, "by length");
    assert_eq!(listed(&harness), ["Drivers", "Bridge", "Council", "Farmers", "Water"]);
    run(&mut harness, &Command::Article(ArticleCommand::Previous));
    assert_eq!(title(&harness), "Bridge toll passes after bitter debate");
    run(&mut harness, &Command::Article(ArticleCommand::Sort(ArticleOrder::Marks)));
    assert_eq!(listed(&harness)[..3], ["Council", "Bridge", "Drivers"]);
    let open = stage::opening(harness.state().session().unwrap(), "Drivers");
    run(&mut harness, &open);
    click(&mut harness, "Articles to show");
    click(&mut harness, "Not done");
    assert_eq!(listed(&harness), ["Council", "Drivers", "Farmers", "Water"]);
    run(&mut harness, &Command::Layer(LayerCommand::Status(Status::Done), None));
    assert_eq!(listed(&harness), ["Council", "Drivers", "Farmers", "Water"], "the open one does not vanish");
    click(&mut harness, "Reservoir vote · 0 of 2 done");
    assert_eq!(listed(&harness), ["Council", "Drivers"]);
    click(&mut harness, "Reservoir vote · 0 of 2 done");
    assert_eq!(listed(&harness).len(), 4);
}

#[test]
fn the_list_shows_which_articles_have_incomplete_marks() {
    let mut harness = usual(&marked());
    let told = |harness: &Harness<'_, App>, title: &str| {
        let name = format!("Open “{title}”");
        let card = harness.get_by_role_and_label(Role::ListItem, &name);
        card.accesskit_node().description().unwrap_or_default()
    };
    run(&mut harness, &Command::View(View::IncompleteArticles));
    assert_eq!(listed(&harness), ["Bridge", "Council"], "they have marks without an answer");
    assert!(told(&harness, "Council backs toll to mend harbour bridge").contains(" lack an answer"));
    click(&mut harness, "Articles to show");
    click(&mut harness, "All");
    assert_eq!(listed(&harness).len(), 5);
    click(&mut harness, "Articles to show");
    click(&mut harness, "Incomplete marks");
    assert_eq!(listed(&harness), ["Bridge", "Council"]);
}

#[test]
fn a_card_says_in_words_what_it_shows_in_signs() {
    let harness = usual(&marked());
    let card = harness.get_by_role_and_label(Role::ListItem, "Open “Bridge toll passes after bitter debate”");
    let told = card.accesskit_node().description().unwrap_or_default();
    assert!(told.starts_with("Done · ") && told.contains("5 marks"), "{told}");
    assert!(told.contains("Claim 1"), "{told}");
}

#[test]
fn an_article_that_was_left_is_found_as_it_was() {
    let mut harness = usual(&marked());
    run(&mut harness, &Command::Select(Select::To { anchor: 40, head: 40 }));
    run(&mut harness, &Command::Article(ArticleCommand::Next));
    run(&mut harness, &Command::Article(ArticleCommand::Previous));
    assert_eq!(harness.state().session().unwrap().scene().caret(), Some(40));
}
