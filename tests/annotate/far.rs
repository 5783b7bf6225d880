//! The other end of a relation: in another article, out of view or gone; and the way there and back.

#![expect(clippy::unwrap_used, reason = "what the tests share is not inside a test function")]

use egui::{Key, Modifiers, vec2};
use egui_kittest::{Harness, kittest::Queryable};
use pressmark::{
    command::{
        Command,
        article::{ArticleCommand, NewArticle},
    },
    model::{AnnotationId, ArticleId, Item, KindId, Member, Relation, RelationId, RoleId, Target, Uid},
    ui::{app::App, theme::ThemeChoice},
};

use crate::{
    pictures,
    relate::{QUOTE, in_words, relate, supports},
    stage::{self, click, click_mark, marked, pick, picked, picture, press, press_with, run, select, usual},
};

fn links(harness: &Harness<'_, App>) -> Vec<String> {
    let session = harness.state().session().unwrap();
    let set = session.annotator().and_then(|who| session.project().links(who));
    set.map(|set| in_words(harness, set)).unwrap_or_default()
}

fn title(harness: &Harness<'_, App>) -> String {
    let session = harness.state().session().unwrap();
    session.project().article(session.focus().article.as_ref().unwrap()).unwrap().metadata.title.clone()
}

#[test]
fn a_mark_is_related_to_one_in_another_article() {
    let mut harness = usual(&marked());
    relate(&mut harness, QUOTE, "Same statement");
    click(&mut harness, "Open “Bridge toll passes after bitter debate”");
    harness.get_by_label_contains("paired with “We have put");
    click_mark(&mut harness, "Cue: said");
    harness.get_by_label("Cue can’t fill the role Other; Quote, Claim or Stance can");
    click_mark(&mut harness, "Quote: Nobody wanted this, … and everybody knew.");
    assert_eq!(links(&harness), [format!("same-statement: one={QUOTE}, other=Nobody wanted this,")]);
    assert!(harness.query_by_label("Stop relating").is_none());
    // There it is seen at once, with what is still missing, and it leads back.
    assert_eq!(picked(&harness), "Nobody wanted this,");
    harness.get_by_label("Form is missing");
    click(&mut harness, "Form: Truncated");
    assert!(harness.query_by_label("Form is missing").is_none());
    stage::write(&mut harness, "Note on the relation", "The Gazette has another one");
    press_with(&mut harness, Modifiers::COMMAND, Key::Enter);
    let session = harness.state().session().unwrap();
    let (_, relation) = session.project().links(session.annotator().unwrap()).unwrap().iter().next().unwrap();
    assert_eq!(relation.note, "The Gazette has another one");
    assert_eq!(relation.attributes.iter().map(|(_, v)| v.plain()).collect::<Vec<_>>(), ["truncated"]);
    click(
        &mut harness,
        &format!("One: {QUOTE} … and the bridge has been keeping count. · Council backs toll to mend harbour bridge"),
    );
    assert_eq!(
        (title(&harness).as_str(), picked(&harness).as_str()),
        ("Council backs toll to mend harbour bridge", QUOTE)
    );
}

#[test]
fn a_relation_is_answered_by_keys_as_a_mark_is() {
    let mut harness = usual(&marked());
    relate(&mut harness, QUOTE, "Same statement");
    click(&mut harness, "Open “Bridge toll passes after bitter debate”");
    click_mark(&mut harness, "Quote: Nobody wanted this, … and everybody knew.");
    let form = |harness: &Harness<'_, App>| {
        let session = harness.state().session().unwrap();
        let (_, relation) = session.project().links(session.annotator().unwrap()).unwrap().iter().next().unwrap();
        relation.attributes.iter().map(|(_, v)| v.plain()).collect::<Vec<_>>()
    };
    press(&mut harness, Key::T);
    assert_eq!(form(&harness), ["truncated"], "what was just made is asked about");
    press(&mut harness, Key::V);
    assert_eq!(form(&harness), ["verbatim"]);
    press(&mut harness, Key::V);
    assert_eq!(form(&harness), [""; 0], "again takes it away");
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::T);
    assert_eq!(form(&harness), [""; 0]);
    harness.get_by_label("Note on the relation");
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_label("Note on the relation").is_none(), "first the answering is left, then the relation");
    press(&mut harness, Key::Enter);
    press(&mut harness, Key::D);
    let scene = harness.state().session().unwrap().scene();
    let answers: Vec<_> = scene.picked().unwrap().1.attributes.iter().map(|(_, v)| v.plain()).collect();
    assert_eq!(answers, ["direct"], "then the keys are the mark's");
}

#[test]
fn words_of_another_article_are_marked_and_related_at_once() {
    let mut harness = usual(&marked());
    relate(&mut harness, QUOTE, "Contradicts");
    press(&mut harness, Key::N);
    assert_eq!(title(&harness), "Drivers to pay for crossing from spring");
    run(&mut harness, &select("The valley was not asked."));
    press(&mut harness, Key::Num1);
    assert_eq!(picture(&harness), "⟦The valley was not asked.⟧claim");
    assert_eq!(picked(&harness), "The valley was not asked.", "what was made is seen with its relation");
    assert_eq!(links(&harness), [format!("contradicts: one={QUOTE}, other=The valley was not asked.")]);
    let status = harness.state().session().unwrap().scene().layer().unwrap().status();
    assert_eq!(status, pressmark::model::Status::InProgress);
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!((picture(&harness).as_str(), links(&harness).len()), ("", 0));
}

#[test]
fn relating_ends_with_escape_and_with_another_article_where_the_kind_does_not_cross() {
    let mut harness = usual(&marked());
    relate(&mut harness, QUOTE, "Same statement");
    press(&mut harness, Key::N);
    harness.get_by_label("Stop relating");
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_label("Stop relating").is_none());
    press(&mut harness, Key::P);
    press(&mut harness, Key::P);
    let open = stage::opening(harness.state().session().unwrap(), "Council backs");
    run(&mut harness, &open);
    relate(&mut harness, QUOTE, "Supports");
    let open = stage::opening(harness.state().session().unwrap(), "Water for whom");
    run(&mut harness, &open);
    assert!(harness.query_by_label("Stop relating").is_none());
}

#[test]
fn a_relation_that_names_a_mark_that_is_gone_says_so_and_can_be_removed() {
    let mut harness = usual(&marked());
    run(&mut harness, &pick(QUOTE));
    let session = harness.state().session().unwrap();
    let (who, here) = (session.annotator().unwrap().clone(), session.scene().picked_target().unwrap());
    let gone = Target { article: here.article.clone(), item: Item::Annotation(AnnotationId(Uid::from_u64(12345))) };
    let member = |role: &str, target: Target| Member { role: RoleId::new(role).unwrap(), target };
    let broken = Relation::new(KindId::new("same-claim").unwrap(), vec![member("one", here), member("other", gone)]);
    let rows = vec![(RelationId(Uid::from_u64(99)), broken)];
    harness.state_mut().load(|project| project.load_links(&who, rows)).unwrap();
    harness.run();
    click(&mut harness, "Show the relation Same claim");
    harness.get_by_label("A relation names a mark that does not exist");
    press_with(&mut harness, Modifiers::COMMAND, Key::T);
    harness.get_by_label_contains("a mark that is gone, ¶2, A relation names a mark that does not exist").click();
    harness.run();
    press(&mut harness, Key::Delete);
    assert_eq!(links(&harness), [""; 0]);
}

#[test]
fn a_key_goes_round_the_ends_and_another_one_back() {
    let mut harness = usual(&marked());
    run(&mut harness, &pick(QUOTE));
    let mut seen = Vec::new();
    for _ in 0..3 {
        press(&mut harness, Key::G);
        seen.push(picked(&harness));
    }
    assert_eq!(seen, ["Mayor Ines Calder", "told", QUOTE]);
    press(&mut harness, Key::G);
    press_with(&mut harness, Modifiers::SHIFT, Key::G);
    assert_eq!(picked(&harness), QUOTE);
    press_with(&mut harness, Modifiers::SHIFT, Key::G);
    assert_eq!(harness.state().messages().map(|m| m.code.as_ref()).collect::<Vec<_>>(), ["nowhere-back"]);
    run(&mut harness, &pick("lost by two votes"));
    press(&mut harness, Key::G);
    assert_eq!(harness.state().messages().map(|m| m.code.as_ref()).collect::<Vec<_>>(), ["no-relation"]);
}

#[test]
fn the_way_to_the_other_end_leads_into_other_articles_and_back() {
    let mut harness = usual(&marked());
    relate(&mut harness, "lost by two votes", "Same claim");
    click(&mut harness, "Open “Bridge toll passes after bitter debate”");
    click_mark(&mut harness, "Claim: will cost drivers money");
    run(&mut harness, &pick("will cost drivers money"));
    press(&mut harness, Key::G);
    harness.run();
    assert_eq!((title(&harness).starts_with("Council"), picked(&harness).as_str()), (true, "lost by two votes"));
    // Its other end has a chip, which leads there too.
    harness
        .get_all_by_label("Same claim: will cost drivers money · Bridge toll passes after bitter debate")
        .next()
        .expect("a chip leads there")
        .click();
    harness.run();
    assert_eq!(picked(&harness), "will cost drivers money");
    press_with(&mut harness, Modifiers::SHIFT, Key::G);
    harness.run();
    assert_eq!(picked(&harness), "lost by two votes");
}

#[test]
fn a_chip_says_that_its_article_is_not_read_yet_and_the_words_once_it_is() {
    let mut harness = usual(&marked());
    relate(&mut harness, "lost by two votes", "Same claim");
    click(&mut harness, "Open “Bridge toll passes after bitter debate”");
    click_mark(&mut harness, "Claim: will cost drivers money");
    run(&mut harness, &pick("will cost drivers money"));
    press(&mut harness, Key::G);
    let session = harness.state().session().unwrap();
    let other = |(_, article): &(&ArticleId, &std::sync::Arc<pressmark::model::Article>)| {
        article.metadata.title.starts_with("Bridge")
    };
    let other = session.project().articles().find(other).unwrap().0.clone();
    let before = session.project().clone();
    harness.state_mut().load(|project| project.release(&other));
    harness.run();
    let chips = |harness: &Harness<'_, App>, words: &str| harness.query_all_by_label(words).count();
    assert!(chips(&harness, "Same claim: Bridge toll passes after bitter debate · not read yet") > 0);
    assert!(harness.state_mut().load(|project| project.load_from(&before, &other)).unwrap());
    harness.run();
    assert!(chips(&harness, "Same claim: will cost drivers money · Bridge toll passes after bitter debate") > 0);
}

#[test]
#[ignore = "paints pictures to look at, into the folder that PRESSMARK_PICTURES names"]
fn far_ends_are_painted() {
    let add = |text: String| Command::Article(ArticleCommand::Add(NewArticle { text, ..NewArticle::default() }));
    pictures::shoot("relate-right-to-left", ThemeChoice::Light, (vec2(1440.0, 900.0), 1.0), &marked(), |harness| {
        let line = "הגשר ייסגר בחורף, אמרה ראש העיר, והאגרה תעלה על כל נהג. ".repeat(3);
        run(harness, &add(format!("פתיחה {line}\n{line}\nסיום {line}")));
        let open = stage::opening(harness.state().session().unwrap(), "פתיחה");
        run(harness, &open);
        for words in ["פתיחה", "סיום"] {
            run(harness, &select(words));
            press(harness, Key::Num1);
        }
        run(harness, &supports("פתיחה", "סיום"));
    });
    pictures::shoot("relate-far", ThemeChoice::Dark, (vec2(1200.0, 700.0), 1.0), &marked(), |harness| {
        let lines: Vec<String> = (10..70).map(|n| format!("Number {n} says something of its own.")).collect();
        run(harness, &add(lines.join("\n")));
        let open = stage::opening(harness.state().session().unwrap(), "Number 10");
        run(harness, &open);
        for n in (10..70).step_by(5) {
            run(harness, &select(&format!("Number {n} says")));
            press(harness, Key::Num1);
        }
        for n in (10..70).step_by(5).filter(|n| *n != 40) {
            run(harness, &supports("Number 40 says", &format!("Number {n} says")));
        }
        run(harness, &pick("Number 40 says"));
    });
}
