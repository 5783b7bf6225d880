//! Articles side by side: the columns with the whole pen, the statements they share, and what is said of these.
#![expect(clippy::unwrap_used, reason = "a stage that can't be used is a failed test")]

use egui::{
    Key, Modifiers,
    accesskit::{Role, Toggled},
    vec2,
};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use pressmark::{
    command::{
        Command, MarkRef,
        article::{ArticleCommand, NewArticle},
        correct::CorrectText,
        mark::Mark,
        project::ProjectCommand,
    },
    compare,
    model::{Item, Layer, Metadata, Origin, RelationSet, Value},
    ui::{app::App, theme::ThemeChoice, wish::Wish},
};

use crate::stage::{self, button, label, move_to, open, press, press_with, select, window};

/// Three reports of a meeting about a mill; the third has one of the statements alone.
pub const REPORTS: [(&str, &str, &str); 3] = [
    (
        "Mill to close in autumn",
        "Upland Herald",
        "The old mill at Harrow will close in October.\n“We have carried this mill for eleven years, and we can carry it no longer,” said \
         Edith Varga, who runs it.\nThe weavers’ guild called the closure a blow to the valley.\nSeventy people work there now, and most of \
         them live within sight of its chimney.\n“Nobody asked the weavers,” Tobias Renner told the meeting.",
    ),
    (
        "Harrow loses its mill",
        "River Courier",
        "Harrow learned last night that its mill will go.\n“We have carried this mill for eleven years and we cannot carry it any longer,” \
         Ms Varga told a full hall.\nRain fell on the way home.\n“Nobody asked the weavers,” said Tobias Renner.",
    ),
    (
        "What comes after the mill",
        "Plain Dealer",
        "The valley wonders what comes after the mill.\n“Nobody asked the weavers,” Renner said. “Nobody will.”\nA museum is one of the ideas, a \
         school another.",
    ),
];

fn reports(count: usize) -> Vec<Command> {
    let mut commands = vec![Command::Project(ProjectCommand::WorkAs("ana".to_owned()))];
    commands.extend(REPORTS[..count].iter().zip(1..).map(|((title, outlet, text), day)| {
        let [title, outlet, language] = [*title, *outlet, "en"].map(str::to_owned);
        let metadata =
            Metadata { title, outlet, language, published: format!("2026-10-0{day}"), ..Metadata::default() };
        let new = NewArticle { metadata, story: "Mill".to_owned(), text: (*text).to_owned(), ..NewArticle::default() };
        Command::Article(ArticleCommand::Add(new))
    }));
    commands.push(open(REPORTS[0].0));
    commands
}

/// The window with so many reports of the story, side by side and compared.
pub fn compared(count: usize) -> Harness<'static, App> {
    let app = stage::app(&reports(count), ThemeChoice::Light);
    let mut harness = window(app, vec2(1440.0, 900.0), 1.0).0;
    harness.run();
    press(&mut harness, Key::F4);
    settle(&mut harness);
    harness
}

/// Does what the window does for a wish: compares, and brings in what came of it.
fn settle(harness: &mut Harness<'_, App>) {
    for wish in harness.state_mut().take_wishes() {
        if let Wish::Compare(articles) = wish {
            let project = harness.state().session().unwrap().project().clone();
            let found = compare::compared(&project, articles, || Ok(())).unwrap();
            harness.state_mut().take_comparison(found);
        }
    }
    harness.run();
}

/// The statements in the rail, by their words up to the first comma.
pub fn rail(harness: &Harness<'_, App>) -> Vec<String> {
    let rows = harness.get_all_by_role(Role::ListItem);
    rows.map(|row| row.accesskit_node().label().unwrap_or_default()).filter(|name| name.contains(": ")).collect()
}

/// The words of the one that is in hand.
fn in_hand(harness: &Harness<'_, App>) -> String {
    let rows = harness.get_all_by_role(Role::ListItem);
    let chosen = rows.filter(|row| row.accesskit_node().toggled() == Some(Toggled::True));
    chosen.filter_map(|row| row.accesskit_node().label()).find(|name| name.contains(": ")).unwrap_or_default()
}

/// The annotator's relations across articles as `one = other (form)`, and how many marks were made by accepting.
pub fn said(harness: &Harness<'_, App>) -> (Vec<String>, usize) {
    let session = harness.state().session().unwrap();
    let (project, who) = (session.project(), session.annotator().unwrap());
    let words = |member: &pressmark::model::Member| {
        let Item::Annotation(id) = member.target.item else { return String::new() };
        let text = project.text(&member.target.article).unwrap();
        project.layer(&member.target.article, who).unwrap().annotation(id).unwrap().fragments.words(text)
    };
    let draw = |relation: &pressmark::model::Relation| {
        let form = relation.attributes.iter().find_map(|(_, value)| match value {
            Value::Choice(form) => Some(form.to_string()),
            _ => None,
        });
        let members: Vec<String> = relation.members.iter().map(words).collect();
        format!("{} ({})", members.join(" = "), form.unwrap_or_default())
    };
    let links = project.links(who).into_iter().flat_map(RelationSet::iter);
    let layers = project.articles().filter_map(|(id, _)| project.layer(id, who));
    let accepted = layers.flat_map(Layer::annotations).filter(|(_, a)| matches!(a.origin, Origin::Accepted(_)));
    (links.map(|(_, relation)| draw(relation)).collect(), accepted.count())
}

#[test]
fn a_story_stands_side_by_side_and_one_comes_back_to_the_article() {
    let mut harness = compared(3);
    for (title, ..) in REPORTS {
        harness.get_by_label(&format!("Column “{title}”"));
    }
    let tab = |harness: &Harness<'_, App>, name: &str| {
        harness.get_by_role_and_label(Role::Tab, name).accesskit_node().toggled() == Some(Toggled::True)
    };
    assert!(tab(&harness, "Compare"));
    press(&mut harness, Key::Escape);
    assert_eq!((tab(&harness, "Compare"), tab(&harness, "Annotate")), (false, true));
    assert_eq!(harness.query_all_by_label(&format!("Column “{}”", REPORTS[0].0)).count(), 0);
    stage::click(&mut harness, "Compare");
    let left =
        |title: &str, harness: &Harness<'_, App>| harness.get_by_label(&format!("Column “{title}”")).rect().left();
    let places: Vec<f32> = REPORTS.iter().map(|(title, ..)| left(title, &harness)).collect();
    assert!(
        places.is_sorted() && harness.state_mut().take_wishes().is_empty(),
        "{places:?}: nothing is compared again"
    );
}

#[test]
fn the_pen_marks_in_the_column_that_is_worked_in() {
    let mut harness = compared(2);
    press(&mut harness, Key::C);
    stage::run(&mut harness, &select("Rain fell"));
    press(&mut harness, Key::Num1);
    assert_eq!(stage::picture(&harness), "⟦Rain fell⟧claim");
    let session = harness.state().session().unwrap();
    assert_eq!(
        session.project().article(session.focus().article.as_ref().unwrap()).unwrap().metadata.title,
        REPORTS[1].0
    );
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(stage::picture(&harness), "");
}

#[test]
fn a_press_on_a_page_works_in_its_column() {
    let mut harness = compared(2);
    let header = harness.get_by_label(&format!("Column “{}”", REPORTS[1].0)).rect();
    let at = header.center() + vec2(0.0, 120.0);
    move_to(&mut harness, at);
    [true, false].into_iter().for_each(|pressed| button(&mut harness, at, pressed, Modifiers::NONE));
    let session = harness.state().session().unwrap();
    let open = session.focus().article.as_ref().unwrap();
    assert_eq!(session.project().article(open).unwrap().metadata.title, REPORTS[1].0);
}

#[test]
fn shared_statements_come_first_in_the_order_of_the_first_report() {
    let mut harness = compared(3);
    let rows = rail(&harness);
    assert!(rows[0].starts_with("We have carried this mill") && rows[0].contains("Dealer absent"), "{rows:?}");
    assert!(rows[1].starts_with("Nobody asked the weavers") && !rows[1].contains("absent"), "{rows:?}");
    assert_eq!(in_hand(&harness), "");
    press(&mut harness, Key::J);
    assert!(in_hand(&harness).starts_with("We have carried"));
    press(&mut harness, Key::J);
    assert!(in_hand(&harness).starts_with("Nobody asked"));
    press(&mut harness, Key::K);
    press(&mut harness, Key::K);
    assert!(in_hand(&harness).starts_with("We have carried"), "the first one is the first");
}

#[test]
fn the_card_shows_what_differs() {
    let mut harness = compared(2);
    press(&mut harness, Key::J);
    let herald = harness.get_by_label_contains("Upland Herald: ").accesskit_node().value().unwrap();
    assert!(herald.contains("we can carry it no longer") && herald.contains("changed"), "{herald}");
}

#[test]
fn accepting_marks_and_joins_in_one_step() {
    let mut harness = compared(2);
    press(&mut harness, Key::J);
    press(&mut harness, Key::Enter);
    let (relations, made) = said(&harness);
    assert_eq!((relations.len(), made), (1, 2), "{relations:?}");
    assert!(relations[0].ends_with("(altered)") && relations[0].contains("carry it no longer"), "{relations:?}");
    harness.get_by_role_and_label(Role::Status, "Same statement");
    let picture = stage::picture(&harness);
    assert!(picture.ends_with("longer,⟧quote"), "between quotation marks it is a quote: {picture}");
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(said(&harness), (Vec::new(), 0));
    press(&mut harness, Key::Enter);
    assert_eq!(said(&harness).1, 2);
}

#[test]
fn what_is_marked_already_is_joined_as_it_is() {
    let mut harness = compared(2);
    stage::run(&mut harness, &select("We have carried this mill for eleven years, and we can carry it no longer,"));
    stage::run(&mut harness, &Command::Mark(Mark::Label(label("quote")), MarkRef::Picked));
    press(&mut harness, Key::Escape);
    assert!(in_hand(&harness).starts_with("We have carried"), "the statement under the caret comes in hand");
    press(&mut harness, Key::Enter);
    let (relations, made) = said(&harness);
    assert_eq!((relations.len(), made), (1, 1), "{relations:?}");
}

#[test]
fn all_sure_ones_are_joined_in_one_step_after_a_look() {
    let mut harness = compared(2);
    stage::click(&mut harness, "Sure statements");
    let all = harness.get_by_label_contains("as the same statement");
    all.click();
    harness.run();
    assert!(!said(&harness).0.is_empty());
    assert!(harness.query_by_label("Sure statements").is_none(), "none is left");
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(said(&harness), (Vec::new(), 0));
}

#[test]
fn three_reports_are_joined_two_by_two() {
    let mut harness = compared(3);
    press(&mut harness, Key::J);
    press(&mut harness, Key::J);
    press(&mut harness, Key::Enter);
    let (relations, made) = said(&harness);
    assert!(relations.len() >= 2 && made == 3, "{relations:?}, {made}");
}

#[test]
fn the_form_is_corrected_before_and_after() {
    let mut harness = compared(2);
    press(&mut harness, Key::J);
    press(&mut harness, Key::Num4);
    press(&mut harness, Key::Enter);
    assert!(said(&harness).0[0].ends_with("(paraphrased)"), "{:?}", said(&harness));
    press(&mut harness, Key::Num3);
    assert!(said(&harness).0[0].ends_with("(altered)"), "{:?}", said(&harness));
    press(&mut harness, Key::X);
    assert_eq!(said(&harness), (Vec::new(), 2), "the marks stay");
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(said(&harness).0.len(), 1);
}

#[test]
fn the_other_end_of_a_relation_is_gone_to_in_its_column() {
    let mut harness = compared(2);
    press(&mut harness, Key::J);
    press(&mut harness, Key::Enter);
    press(&mut harness, Key::Tab);
    assert!(stage::picked(&harness).starts_with("We have carried"));
    press(&mut harness, Key::G);
    harness.run();
    let session = harness.state().session().unwrap();
    let open = session.focus().article.as_ref().unwrap();
    assert_eq!(session.project().article(open).unwrap().metadata.title, REPORTS[1].0);
    harness.get_by_label(&format!("Column “{}”", REPORTS[0].0));
    assert!(stage::picked(&harness).contains("cannot carry it"));
}

#[test]
fn switches_have_a_key_each() {
    let mut harness = compared(2);
    let is_on = |harness: &Harness<'_, App>, name: &str| harness.get_by_label(name).accesskit_node().toggled();
    for (name, key) in [("Scroll together", Key::L), ("Only here", Key::O), ("Word for word", Key::W)] {
        let before = is_on(&harness, name);
        press(&mut harness, key);
        assert_ne!(is_on(&harness, name), before, "{name}");
    }
}

#[test]
fn a_story_of_one_says_what_to_do() {
    let mut harness = compared(1);
    harness.get_by_label("No other article is in the story of this one");
    press(&mut harness, Key::Escape);
    assert_eq!(harness.query_all_by_label("No other article is in the story of this one").count(), 0);
}

#[test]
fn what_is_rejected_is_not_proposed_again_and_comes_back_with_undo() {
    let mut harness = compared(2);
    let before = rail(&harness);
    press(&mut harness, Key::J);
    press(&mut harness, Key::X);
    let shared = |harness: &Harness<'_, App>, words: &str| {
        rail(harness).iter().any(|row| row.starts_with(words) && !row.contains("absent"))
    };
    assert!(!shared(&harness, "We have carried") && shared(&harness, "Nobody asked"), "{:?}", rail(&harness));
    assert!(in_hand(&harness).starts_with("Nobody asked"), "the next one is in hand: {}", in_hand(&harness));
    assert_eq!(said(&harness), (Vec::new(), 0), "nothing is marked for it");
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(rail(&harness), before);
    press_with(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert!(!shared(&harness, "We have carried"));
}

#[test]
fn what_is_accepted_and_then_rejected_is_parted_in_one_step() {
    let mut harness = compared(2);
    press(&mut harness, Key::J);
    press(&mut harness, Key::Enter);
    stage::click(&mut harness, "Not the same");
    assert_eq!(said(&harness), (Vec::new(), 2), "the marks stay");
    assert!(in_hand(&harness).starts_with("Nobody asked"));
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(said(&harness).0.len(), 1);
}

#[test]
fn the_rejected_ones_are_looked_at_and_proposed_again() {
    let mut harness = compared(2);
    let before = rail(&harness);
    assert!(harness.query_by_label("Rejected statements").is_none());
    press(&mut harness, Key::J);
    press(&mut harness, Key::X);
    stage::click(&mut harness, "Rejected statements");
    harness.get_by_label_contains("Propose again: We have carried").click();
    harness.run();
    assert_eq!(rail(&harness), before);
}

#[test]
fn one_of_three_reports_is_taken_out_of_a_statement_where_it_is_worked_in() {
    let mut harness = compared(3);
    press(&mut harness, Key::C);
    press(&mut harness, Key::C);
    press(&mut harness, Key::J);
    press(&mut harness, Key::J);
    assert!(in_hand(&harness).starts_with("Nobody asked"), "{}", in_hand(&harness));
    press(&mut harness, Key::X);
    let rows = rail(&harness);
    let left = rows.iter().find(|row| row.starts_with("Nobody asked the weavers") && row.contains("Dealer absent"));
    assert!(left.is_some(), "{rows:?}");
}

#[test]
fn a_relation_says_that_it_was_proposed_and_whether_it_was_changed() {
    let mut harness = compared(2);
    let origin = |harness: &Harness<'_, App>| {
        let session = harness.state().session().unwrap();
        let links = session.project().links(session.annotator().unwrap()).unwrap();
        links.iter().map(|(_, relation)| relation.origin.clone()).next().unwrap()
    };
    press(&mut harness, Key::J);
    press(&mut harness, Key::Enter);
    let Origin::Accepted(why) = origin(&harness) else { panic!("{:?}", origin(&harness)) };
    assert!(why.contains("in the same order"), "{why}");
    press(&mut harness, Key::Num4);
    assert_eq!(origin(&harness), Origin::Changed(why));
}

#[test]
fn a_corrected_text_is_compared_anew_and_nothing_is_joined_meanwhile() {
    let mut harness = compared(2);
    press(&mut harness, Key::J);
    let id = harness.state().session().unwrap().focus().article.clone().unwrap();
    let text = format!("Corrected at noon, for the first edition was in a hurry.\n{}", REPORTS[0].2);
    let correct = CorrectText { article: id, text, loaded: None, prepared: None };
    stage::run(&mut harness, &Command::Article(ArticleCommand::Correct(correct)));
    press(&mut harness, Key::Enter);
    press(&mut harness, Key::X);
    assert_eq!(said(&harness), (Vec::new(), 0));
    settle(&mut harness);
    press(&mut harness, Key::J);
    press(&mut harness, Key::Enter);
    assert!(said(&harness).0[0].starts_with("We have carried this mill for eleven years"), "{:?}", said(&harness));
}

#[test]
fn a_partner_that_is_removed_leaves_the_others() {
    let mut harness = compared(3);
    press(&mut harness, Key::J);
    let session = harness.state().session().unwrap();
    let gone =
        session.project().articles().find(|(_, article)| article.metadata.title == REPORTS[1].0).unwrap().0.clone();
    stage::run(&mut harness, &Command::Article(ArticleCommand::Remove(gone)));
    press(&mut harness, Key::Enter);
    settle(&mut harness);
    let rows = rail(&harness);
    assert!(
        rows.iter().any(|row| row.starts_with("Nobody asked")) && rows.iter().all(|row| !row.contains("Courier")),
        "{rows:?}"
    );
    press(&mut harness, Key::J);
    press(&mut harness, Key::Enter);
    assert!(said(&harness).0.iter().all(|pair| pair.contains("Nobody asked")), "{:?}", said(&harness));
}

#[test]
fn a_mark_is_joined_where_it_has_most_of_the_words_and_little_else() {
    let whole = "We have carried this mill for eleven years, and we can carry it no longer,";
    for (words, label_of, made) in [
        // A part of the words is another mark, and so is the whole paragraph.
        ("eleven years", "claim", 2),
        ("carried this mill for eleven years, and we can carry it", "claim", 1),
        (
            "“We have carried this mill for eleven years, and we can carry it no longer,” said Edith Varga, who runs it",
            "claim",
            1,
        ),
        (whole, "source", 2),
    ] {
        let mut harness = compared(2);
        stage::run(&mut harness, &select(words));
        stage::run(&mut harness, &Command::Mark(Mark::Label(label(label_of)), MarkRef::Picked));
        press(&mut harness, Key::Escape);
        press(&mut harness, Key::K);
        press(&mut harness, Key::Enter);
        assert_eq!(said(&harness).1, made, "{label_of} at {words}: {:?}", said(&harness));
        assert_eq!(said(&harness).0.len(), 1);
    }
}

#[test]
fn articles_that_are_picked_in_the_list_are_compared() {
    let app = stage::app(&reports(3), ThemeChoice::Light);
    let mut harness = window(app, vec2(1440.0, 900.0), 1.0).0;
    harness.run();
    harness
        .get_by_role_and_label(Role::ListItem, &format!("Open “{}”", REPORTS[2].0))
        .click_modifiers(Modifiers::COMMAND);
    harness.run();
    let session = harness.state().session().unwrap();
    let open = session.focus().article.as_ref().unwrap();
    assert_eq!(session.project().article(open).unwrap().metadata.title, REPORTS[0].0, "it stays open");
    press(&mut harness, Key::F4);
    let shown = |at: usize| harness.query_all_by_label(&format!("Column “{}”", REPORTS[at].0)).count();
    assert_eq!([shown(0), shown(1), shown(2)], [1, 0, 1]);
}

#[test]
fn columns_stand_as_they_did_in_an_earlier_session() {
    let app = stage::app(&reports(3), ThemeChoice::Light);
    let mut harness = window(app, vec2(1440.0, 900.0), 1.0).0;
    harness.run();
    let id = |at: usize| {
        let session = harness.state().session().unwrap();
        session.project().articles().find(|(_, article)| article.metadata.title == REPORTS[at].0).unwrap().0.clone()
    };
    let kept = vec![id(2), id(0)];
    harness.state_mut().keep_columns(kept.clone());
    assert_eq!(harness.state().columns(), kept, "as long as nothing is compared");
    press(&mut harness, Key::F4);
    assert_eq!(harness.state().columns(), kept);
    press(&mut harness, Key::F4);
    assert_eq!(harness.state().columns(), kept, "they are left as they are");
}
