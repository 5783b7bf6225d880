//! The concordance: words in all articles, marked at once from a dock below the page, and the audit of marked words.

use egui::{Event, Key, Modifiers, Vec2, accesskit::Role, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use pressmark::{
    command::{
        Command, MarkRef, Show,
        mark::Mark,
        project::ProjectCommand,
        table::{self, ROWS},
    },
    model::{Article, ArticleId, Layer, Metadata},
    ui::{app::App, theme::ThemeChoice},
};

use crate::stage::{self, blank, click, marked, picture, press, press_with, unmarked, usual, write};

const CTRL: Modifiers = Modifiers::COMMAND;
const USUAL: Vec2 = vec2(1440.0, 900.0);

fn search(harness: &mut Harness<'_, App>, words: &str) {
    press_with(harness, CTRL | Modifiers::SHIFT, Key::F);
    harness.event(Event::Text(words.to_owned()));
    harness.run();
}

/// The rows of the table that can be seen, as they are called.
fn rows(harness: &Harness<'_, App>) -> Vec<String> {
    let items = harness.get_all_by_role(Role::ListItem).filter_map(|node| node.accesskit_node().label());
    items.filter(|name| name.contains(" · ") && !name.contains('¶') || name.contains(" ×")).collect()
}

/// Ticks a row, by where it stands among those that can be seen.
fn tick(harness: &mut Harness<'_, App>, at: usize) {
    let name = format!("Tick {}", rows(harness)[at]);
    click(harness, &name);
}

/// All own marks in all articles, with the titles' first words.
fn marks(harness: &Harness<'_, App>) -> usize {
    let session = harness.state().session().expect("a project is open");
    let (project, who) = (session.project(), session.annotator().expect("somebody marks"));
    project.articles().filter_map(|(id, _)| project.layer(id, who)).map(Layer::annotation_count).sum()
}

/// Chooses what stands so far below what is chosen.
fn choose(harness: &mut Harness<'_, App>, picker: &str, below: usize) {
    harness.get_by_label(picker).focus();
    harness.run();
    press(harness, Key::Enter);
    (0..below).for_each(|_| press(harness, Key::ArrowDown));
    press(harness, Key::Enter);
}

fn open_title(harness: &Harness<'_, App>) -> String {
    let session = harness.state().session().expect("a project is open");
    let id = session.focus().article.as_ref().expect("an article is open");
    session.project().article(id).expect("it is in the project").metadata.title.clone()
}

fn selected(harness: &Harness<'_, App>) -> String {
    let scene = harness.state().session().expect("a project is open").scene();
    let words = scene.selection().zip(scene.text().ok()).and_then(|(range, text)| range.slice(text));
    words.unwrap_or_default().to_owned()
}

#[test]
fn it_has_one_name_wherever_it_is_named() {
    let mut harness = blank();
    search(&mut harness, "mayor");
    harness.get_by_label("Close “Find in the project”");
    harness.get_by_label("Find in the project");
    assert_eq!(table::row("concordance").map(|row| row.text), Some("Find in the project…"));
    let texts = ROWS.iter().flat_map(|row| [row.text, row.hint]);
    assert_eq!(texts.filter(|text| text.to_lowercase().contains("concordance")).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn words_are_shown_in_all_articles_each_in_its_line() {
    let mut harness = blank();
    search(&mut harness, "mayor");
    harness.get_by_label("3 hits in 3 articles");
    let rows = rows(&harness);
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert!(rows[1].ends_with("Mayor Ines Calder told a · Council backs toll to mend harbour bridge"), "{rows:?}");
    click(&mut harness, "In the article");
    harness.get_by_label("1 hit in 1 article");
    click(&mut harness, "In the story");
    harness.get_by_label("2 hits in 2 articles");
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_label("Words to search for").is_none());
}

#[test]
fn a_row_opens_its_hit_on_the_page_and_a_label_key_marks_it() {
    let mut harness = blank();
    search(&mut harness, "Mayor Ines");
    let row = rows(&harness).into_iter().find(|row| row.ends_with("Bridge toll passes after bitter debate"));
    click(&mut harness, &row.expect("the words stand there"));
    assert_eq!(open_title(&harness), "Bridge toll passes after bitter debate");
    assert_eq!(selected(&harness), "Mayor Ines");
    press(&mut harness, Key::Num4);
    assert_eq!(picture(&harness), "⟦Mayor Ines⟧source");
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::Enter);
    assert_eq!(open_title(&harness), "Council backs toll to mend harbour bridge");
    press_with(&mut harness, Modifiers::SHIFT, Key::G);
    assert_eq!(open_title(&harness), "Bridge toll passes after bitter debate");
}

#[test]
fn all_that_is_ticked_is_marked_in_one_step() {
    let mut harness = blank();
    search(&mut harness, "mayor");
    press(&mut harness, Key::Enter);
    press_with(&mut harness, CTRL, Key::A);
    harness.get_by_label("Mark the 3 ticked hits as");
    press(&mut harness, Key::Space);
    harness.get_by_label("Mark the 2 ticked hits as");
    press(&mut harness, Key::Space);
    press(&mut harness, Key::Num4);
    assert_eq!(marks(&harness), 3);
    assert!(harness.query_by_label("Untick all").is_none(), "nothing is ticked any longer");
    press_with(&mut harness, CTRL, Key::Z);
    assert_eq!(marks(&harness), 0, "one step takes all back");
}

#[test]
fn what_lies_in_the_way_is_shown_before_it_is_marked() {
    let mut harness = usual(&marked());
    let before = marks(&harness);
    search(&mut harness, "mayor ines calder");
    tick(&mut harness, 0);
    tick(&mut harness, 1);
    click(&mut harness, "Mark the ticked hits as Source");
    harness.get_by_label("2 are marked already");
    click(&mut harness, "Choose another label");
    write(&mut harness, "Words to search for", "calder told");
    tick(&mut harness, 0);
    click(&mut harness, "Mark the ticked hits as Claim");
    harness.get_by_label("1 will be marked, 1 crosses another mark");
    click(&mut harness, "Untick the one that crosses");
    assert!(harness.query_by_label("Untick all").is_none());
    tick(&mut harness, 0);
    click(&mut harness, "Mark the ticked hits as Claim");
    click(&mut harness, "Mark 1 as Claim");
    assert_eq!(marks(&harness), before + 1);
}

#[test]
fn the_key_of_a_label_pressed_again_marks_what_was_shown_before() {
    let mut harness = usual(&marked());
    let before = marks(&harness);
    search(&mut harness, "calder told");
    press(&mut harness, Key::Enter);
    press(&mut harness, Key::Space);
    press(&mut harness, Key::Num1);
    harness.get_by_label("1 will be marked, 1 crosses another mark");
    press(&mut harness, Key::Num5);
    assert_eq!(marks(&harness), before, "another label is looked at anew");
    press(&mut harness, Key::Num5);
    assert_eq!(marks(&harness), before + 1);
}

#[test]
fn what_lies_in_the_way_follows_the_marks() {
    let mut harness = blank();
    search(&mut harness, "mayor ines");
    press(&mut harness, Key::Enter);
    press(&mut harness, Key::Space);
    press(&mut harness, Key::Num4);
    press_with(&mut harness, CTRL, Key::A);
    press(&mut harness, Key::Num4);
    harness.get_by_label("1 will be marked, 1 is marked already");
    press_with(&mut harness, CTRL, Key::Z);
    harness.get_by_label("2 will be marked");
}

#[test]
fn words_that_bear_another_label_are_told_of_before_they_are_marked() {
    let mut harness = blank();
    search(&mut harness, "mayor ines");
    press(&mut harness, Key::Enter);
    for label in [Key::Num4, Key::Num1] {
        press_with(&mut harness, CTRL, Key::A);
        press(&mut harness, label);
    }
    harness.get_by_label("2 will be marked, 2 lie inside another mark");
    assert_eq!(marks(&harness), 2);
}

#[test]
fn in_a_narrow_window_the_filters_stand_side_by_side() {
    let commands = [marked(), vec![Command::Project(ProjectCommand::WorkAs("ben".to_owned()))]].concat();
    let mut harness = stage::window(stage::app(&commands, ThemeChoice::Light), vec2(900.0, 700.0), 1.0).0;
    harness.run();
    search(&mut harness, "the");
    let page = harness.get_by_role(Role::Document).rect();
    for row in [
        ["Whole words", "Case", "Exactly", "Regex"].as_slice(),
        &["In the article", "In the project", "Marked or not", "Not marked"],
        &["Label", "Attribute", "Marks by"],
    ] {
        let places: Vec<_> = row.iter().map(|name| harness.get_by_label(name).rect()).collect();
        for pair in places.windows(2) {
            assert!(pair[0].right() <= pair[1].left(), "{row:?}: {places:?}");
        }
        assert!(
            places.iter().all(|place| place.right() <= page.right() && place.width() > 40.0),
            "{row:?}: {places:?}"
        );
    }
    let (order, count) = (harness.get_by_label("Order of the hits").rect(), harness.get_by_label_contains(" hits in "));
    assert!(count.rect().y_range().contains(order.center().y), "sorting stands on the line of the count");
    assert!(order.right() <= page.right() && count.rect().right() < order.left());
    assert!(page.height() >= 240.0, "{page}");
}

#[test]
fn filters_are_chosen_by_keys() {
    let mut harness = usual(&marked());
    search(&mut harness, "");
    choose(&mut harness, "Label", 2);
    harness.get_by_label("5 hits in 2 articles");
    let is_left = |harness: &Harness<'_, App>| {
        !egui::Popup::is_any_open(&harness.ctx) && harness.get_by_label("Label").is_focused()
    };
    assert!(is_left(&harness), "what is chosen closes the list, and the focus is where it was");
    press(&mut harness, Key::Enter);
    press(&mut harness, Key::ArrowUp);
    press(&mut harness, Key::Escape);
    assert!(is_left(&harness));
    harness.get_by_label("5 hits in 2 articles");
}

#[test]
fn a_filter_that_no_longer_means_anything_is_dropped() {
    let mut harness = usual(&marked());
    search(&mut harness, "");
    choose(&mut harness, "Label", 2);
    choose(&mut harness, "Attribute", 1);
    harness.get_by_label("2 hits in 1 article");
    choose(&mut harness, "Label", 1);
    harness.get_by_label("3 hits in 2 articles");
}

#[test]
fn tab_leads_from_the_rows_to_what_becomes_of_them() {
    let mut harness = blank();
    search(&mut harness, "the");
    press(&mut harness, Key::Enter);
    press(&mut harness, Key::Space);
    press(&mut harness, Key::Tab);
    assert!(harness.get_by_label("Mark the ticked hits as Claim").is_focused());
}

#[test]
fn the_rows_follow_the_marks() {
    let mut harness = usual(&marked());
    search(&mut harness, "the council");
    harness.get_by_label("1 hit in 1 article");
    click(&mut harness, "Not marked");
    harness.get_by_label("0 hits in 0 articles");
    stage::run(&mut harness, &stage::pick("the council"));
    stage::run(&mut harness, &Command::Mark(Mark::Delete, MarkRef::Picked));
    harness.get_by_label("1 hit in 1 article");
    press_with(&mut harness, CTRL, Key::Z);
    harness.get_by_label("0 hits in 0 articles");
    click(&mut harness, "Marked");
    harness.get_by_label("1 hit in 1 article");
}

#[test]
fn nothing_is_searched_before_something_is_asked_for() {
    let mut harness = usual(&unmarked());
    search(&mut harness, "");
    harness.get_by_label("Words to search for");
    assert_eq!(rows(&harness), [""; 0]);
    click(&mut harness, "Marked");
    harness.get_by_label("0 hits in 0 articles");
    write(&mut harness, "Words to search for", "(");
    click(&mut harness, "Marked or not");
    click(&mut harness, "Regex");
    let under_the_words = |harness: &Harness<'_, App>, says: &str| {
        let says = harness.get_by_label(says).rect();
        let field = harness.get_by_role_and_label(Role::TextInput, "Words to search for").rect();
        let below = says.top() - field.bottom();
        assert!((0.0..30.0).contains(&below) && says.left() >= field.left(), "{says:?} under {field:?}");
    };
    under_the_words(&harness, "Wrong at character 1, “(”: unclosed group");
    write(&mut harness, "Words to search for", r"(\w{1000}){1000}");
    under_the_words(&harness, "The expression is too large");
    write(&mut harness, "Words to search for", "(the|the)+ (o*)*toll");
    harness.get_by_label("1 hit in 1 article");
}

#[test]
fn the_audit_marks_what_was_forgotten() {
    let mut harness = usual(&marked());
    let before = marks(&harness);
    search(&mut harness, "");
    click(&mut harness, "Audit");
    let group =
        rows(&harness).into_iter().find(|row| row.starts_with("called")).expect("called is marked here and not there");
    assert!(group.ends_with("Cue ×1, unmarked ×1"), "{group}");
    click(&mut harness, &format!("Tick {group}"));
    click(&mut harness, "Mark the ticked hits as Cue");
    assert_eq!(marks(&harness), before + 1);
    let called = |harness: &Harness<'_, App>| rows(harness).into_iter().find(|row| row.starts_with("called"));
    assert_eq!(called(&harness), None, "there is nothing left to mark");
    press_with(&mut harness, CTRL, Key::Z);
    assert_eq!(called(&harness), Some(group));
}

#[test]
fn the_audit_follows_the_marks() {
    let mut harness = usual(&marked());
    search(&mut harness, "");
    click(&mut harness, "Audit");
    let of_mayor = |harness: &Harness<'_, App>| rows(harness).into_iter().find(|row| row.starts_with("Mayor"));
    assert_eq!(of_mayor(&harness), None, "it is marked wherever it stands");
    stage::run(&mut harness, &stage::pick("Mayor Ines Calder"));
    stage::run(&mut harness, &Command::Mark(Mark::Delete, MarkRef::Picked));
    assert_eq!(of_mayor(&harness).as_deref(), Some("Mayor Ines Calder — Source ×1, unmarked ×1"));
}

/// The window over articles of which one is not read, and never will be as long as nobody reads it.
fn unread_one() -> Harness<'static, App> {
    let mut harness = usual(&marked());
    harness.state_mut().load(|project| {
        let metadata = Metadata { title: "Unread".to_owned(), ..Metadata::default() };
        let article = Article { metadata, loaded: Vec::new(), fingerprint: 0, words: 3 };
        project.load_articles([("unread".parse().expect("an id"), article)]);
    });
    harness.run();
    harness
}

#[test]
fn a_search_that_is_stopped_keeps_what_was_found_and_says_how_far_it_came() {
    let mut harness = unread_one();
    search(&mut harness, "mayor");
    harness.get_by_label("3 hits in 3 articles");
    click(&mut harness, "Cancel searching");
    harness.get_by_label("3 hits in 3 articles · stopped at 83 %");
    assert_eq!(rows(&harness).len(), 3);
    click(&mut harness, "Audit");
    click(&mut harness, "Cancel searching");
    harness.get_by_label("0 unmarked in 0 articles · stopped at 41 %");
}

#[test]
fn a_search_waits_for_what_is_read_and_counts_what_can_not_be() {
    let mut harness = unread_one();
    search(&mut harness, "mayor");
    let id: ArticleId = "unread".parse().expect("an id");
    assert_eq!(harness.state_mut().runner_mut().unwrap().asked, std::slice::from_ref(&id), "it is asked for once");
    harness.get_by_label("3 hits in 3 articles");
    harness.get_by_label("Searching…");
    harness.state_mut().show(vec![Show::WasRead(vec![id.clone()])]);
    harness.run();
    harness.get_by_label("3 hits in 3 articles · 1 article can’t be read");
    click(&mut harness, "Audit");
    harness.state_mut().load(|project| project.load_text(&id, "The mayor called.".into()));
    harness.state_mut().show(vec![Show::WasRead(vec![id])]);
    harness.run();
    let called = rows(&harness).into_iter().find(|row| row.starts_with("called")).expect("called is marked");
    assert!(called.ends_with("Cue ×1, unmarked ×2"), "{called}");
}

#[test]
fn the_dock_is_painted_in_both_themes() {
    for (name, theme, size) in [
        ("concordance-light", ThemeChoice::Light, USUAL),
        ("concordance-dark", ThemeChoice::Dark, USUAL),
        ("concordance-tiny", ThemeChoice::Light, vec2(1000.0, 700.0)),
    ] {
        crate::pictures::shoot(name, theme, (size, 1.0), &marked(), |harness| {
            search(harness, "the");
            click(harness, "Whole words");
            for at in [0, 1, 3] {
                tick(harness, at);
            }
        });
    }
    crate::pictures::shoot("concordance-conflicts", ThemeChoice::Light, (USUAL, 1.0), &marked(), |harness| {
        search(harness, r"\w+ calder( told)?");
        click(harness, "Regex");
        tick(harness, 0);
        tick(harness, 1);
        click(harness, "Mark the ticked hits as Source");
    });
    crate::pictures::shoot("concordance-audit", ThemeChoice::Dark, (USUAL, 1.0), &marked(), |harness| {
        search(harness, "");
        click(harness, "Audit");
    });
}

#[test]
fn ticks_survive_another_order_and_not_another_search() {
    let mut harness = blank();
    search(&mut harness, "will");
    let by_place = rows(&harness);
    tick(&mut harness, 1);
    click(&mut harness, "Order of the hits");
    click(&mut harness, "By the words after");
    let by_words = rows(&harness);
    assert_ne!(by_place, by_words);
    harness.get_by_label("Mark the ticked hit as");
    click(&mut harness, "Mark the ticked hits as Source");
    assert_eq!(marks(&harness), 1);
    tick(&mut harness, 0);
    write(&mut harness, "Words to search for", "will not");
    assert!(harness.query_by_label("Untick all").is_none());
}
