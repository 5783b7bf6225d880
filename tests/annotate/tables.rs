//! The tables over articles side by side: who is heard, who is for what, what is claimed, and in which order.
#![expect(clippy::unwrap_used, reason = "a stage that can't be used is a failed test")]

use egui::{
    Event, Key, Modifiers,
    accesskit::{Role, Toggled},
    vec2,
};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use pressmark::{
    command::{
        Command, MarkRef, View,
        article::{ArticleCommand, NewArticle},
        mark::Mark,
        project::ProjectCommand,
        relate::{Filling, Relate, Which},
        select::Select,
    },
    compare,
    model::{AttributeId, ChoiceId, KindId, Layer, Metadata, RoleId, Value},
    ui::{
        app::App,
        theme::ThemeChoice,
        view::compare as view,
        wish::{Choice, Wish},
    },
};

use crate::stage::{self, click, label, mark_of, open, pick, press, press_with, select, window};

const REPORTS: [(&str, &str, &str); 2] = [
    (
        "Weir to be raised",
        "Upland Herald",
        "The weir at Sallow will be raised.\n“It is high time,” said Nora Blythe, the head of the water board. Tom Ashe said \
         the weir would drown his fields.",
    ),
    (
        "Farmers against the weir",
        "River Courier",
        "Farmers came to the hall.\n“It is high time,” Ms Blythe told them. The head of the water board added that nobody would lose a field.",
    ),
];

/// What is said in each report, by whom, and with which cue.
const SAID: [&[(&str, &str, &str, &str)]; 2] = [
    &[
        ("quote", "It is high time,", "Nora Blythe, the head of the water board", "said"),
        ("claim", "the weir would drown his fields", "Tom Ashe", "said"),
    ],
    &[
        ("quote", "It is high time,", "Ms Blythe", "told"),
        ("claim", "nobody would lose a field", "The head of the water board", "added"),
    ],
];

fn attributed(said: &[(&str, &str, &str, &str)]) -> Vec<Command> {
    let mark = |name: &str, words: &str| [select(words), Command::Mark(Mark::Label(label(name)), MarkRef::Picked)];
    let fill = |of: &str, role: &str, with: &str| {
        let (kind, role) = (KindId::new("attribution").unwrap(), RoleId::new(role).unwrap());
        let with = Filling::Mark(mark_of(with));
        Command::Relate(Relate::Fill { of: mark_of(of), kind, role, with, into: Which::First })
    };
    let mut commands = Vec::new();
    for (name, words, source, _) in said {
        commands.extend(mark(name, words).into_iter().chain(mark("source", source)));
        commands.push(fill(words, "source", source));
    }
    commands
}

fn commands() -> Vec<Command> {
    let mut commands = vec![Command::Project(ProjectCommand::WorkAs("ana".to_owned()))];
    commands.extend(REPORTS.iter().zip(1..).map(|((title, outlet, text), day)| {
        let [title, outlet, language] = [*title, *outlet, "en"].map(str::to_owned);
        let metadata =
            Metadata { title, outlet, language, published: format!("2026-10-0{day}"), ..Metadata::default() };
        let new = NewArticle { metadata, story: "Weir".to_owned(), text: (*text).to_owned(), ..NewArticle::default() };
        Command::Article(ArticleCommand::Add(new))
    }));
    for ((title, ..), said) in REPORTS.iter().zip(SAID) {
        commands.push(open(title));
        commands.extend(attributed(said));
    }
    commands.push(open(REPORTS[0].0));
    commands.push(Command::Select(Select::Nothing));
    commands
}

/// The window with both reports side by side, at this table.
fn at(table: View, size: egui::Vec2) -> Harness<'static, App> {
    let app = stage::app(&commands(), ThemeChoice::Light);
    let mut harness = window(app, size, 1.0).0;
    harness.run();
    press(&mut harness, Key::F4);
    settle(&mut harness);
    stage::run(&mut harness, &Command::View(table));
    settle(&mut harness);
    harness
}

/// Does what the window does for wishes; gives those that are left.
fn settle(harness: &mut Harness<'_, App>) -> Vec<Wish> {
    let mut left = Vec::new();
    harness.run();
    for wish in harness.state_mut().take_wishes() {
        let session = harness.state().session().unwrap();
        let (project, annotator) = (session.project().clone(), session.annotator().unwrap().clone());
        match wish {
            Wish::Compare(articles) => {
                let found = compare::compared(&project, articles, || Ok(())).unwrap();
                harness.state_mut().take_comparison(found);
            }
            Wish::Tabulate(articles) => {
                let tables = view::tabulated(&project, &annotator, &articles, || Ok(())).unwrap();
                harness.state_mut().take_tables(tables);
            }
            other => left.push(other),
        }
    }
    harness.run();
    left
}

/// The lines of the table, by their names.
fn lines(harness: &Harness<'_, App>) -> Vec<String> {
    harness.get_all_by_role(Role::ListItem).map(|row| row.accesskit_node().label().unwrap_or_default()).collect()
}

/// The names that were given to the annotator’s sources, in both reports.
fn given(harness: &Harness<'_, App>) -> Vec<String> {
    let session = harness.state().session().unwrap();
    let (project, who) = (session.project(), session.annotator().unwrap());
    let layers = project.articles().filter_map(|(id, _)| project.layer(id, who));
    let attribute = AttributeId::new("who").unwrap();
    let names = layers.flat_map(Layer::annotations).filter_map(|(_, mark)| match mark.attributes.get(&attribute) {
        Some(Value::Text(name)) => Some(name.clone()),
        _ => None,
    });
    names.collect()
}

#[test]
fn sources_say_who_is_heard_where_and_open_to_what_they_say() {
    let mut harness = at(View::Sources, vec2(1280.0, 800.0));
    let rows = lines(&harness);
    assert!(rows[0].starts_with("Nora Blythe, ") && rows[0].contains("Proposed as one"), "{rows:?}");
    assert!(rows[0].contains("Upland Herald 1 time, 4 words quoted; River Courier 2 times"), "{rows:?}");
    assert!(rows[1].starts_with("Tom Ashe: ") && rows[1].contains("River Courier not heard"), "{rows:?}");
    press(&mut harness, Key::Enter);
    let rows = lines(&harness);
    assert!(rows.iter().any(|row| row == "Called: Ms Blythe – The surname of Nora Blythe · River Courier"), "{rows:?}");
    assert!(rows.iter().any(|row| row.starts_with("Upland Herald: It is high time, – ")), "{rows:?}");
    press(&mut harness, Key::Enter);
    assert_eq!(lines(&harness).len(), 2);
}

#[test]
fn names_are_confirmed_in_one_step_and_parted_again() {
    let mut harness = at(View::Sources, vec2(1280.0, 800.0));
    press(&mut harness, Key::Y);
    settle(&mut harness);
    assert_eq!(given(&harness), ["Nora Blythe", "Nora Blythe", "Nora Blythe"]);
    assert!(lines(&harness)[0].contains("Confirmed"));
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert!(given(&harness).is_empty() && lines(&harness)[0].contains("Proposed as one"));
    // “x” shows the names first, then parts the one in hand.
    press(&mut harness, Key::X);
    let names = lines(&harness);
    let at = names.iter().position(|row| row.starts_with("Called: Ms Blythe")).unwrap();
    (0..at).for_each(|_| press(&mut harness, Key::J));
    press(&mut harness, Key::X);
    settle(&mut harness);
    assert_eq!(given(&harness), ["Ms Blythe"]);
    assert!(lines(&harness).iter().any(|row| row.starts_with("Ms Blythe")), "{:?}", lines(&harness));
}

#[test]
fn a_name_is_written() {
    let mut harness = at(View::Sources, vec2(1280.0, 800.0));
    press(&mut harness, Key::J);
    press(&mut harness, Key::E);
    harness.get_by_label("Name of the source");
    press_with(&mut harness, Modifiers::COMMAND, Key::A);
    harness.event(Event::Text("Thomas Ashe".to_owned()));
    harness.run();
    click(&mut harness, "Name the source");
    settle(&mut harness);
    assert_eq!(given(&harness), ["Thomas Ashe"]);
    assert!(lines(&harness)[1].starts_with("Thomas Ashe"));
}

#[test]
fn a_line_leads_to_its_place() {
    let mut harness = at(View::Sources, vec2(1280.0, 800.0));
    press(&mut harness, Key::J);
    press(&mut harness, Key::G);
    let session = harness.state().session().unwrap();
    let (id, mark) = session.scene().picked().unwrap();
    let text = session.scene().text().unwrap();
    assert_eq!(mark.fragments.words(text), "the weir would drown his fields", "{id}");
    harness.get_by_label(&format!("Column “{}”", REPORTS[0].0));
}

#[test]
fn tables_are_sorted_and_filtered_by_keys_and_names() {
    let mut harness = at(View::Sources, vec2(1280.0, 800.0));
    click(&mut harness, "Sort by Source");
    click(&mut harness, "Sort by Source, now from the smallest");
    assert!(lines(&harness)[0].starts_with("Tom Ashe"));
    press(&mut harness, Key::S);
    press(&mut harness, Key::S);
    assert!(lines(&harness)[0].starts_with("Nora Blythe"), "by the second report, in which the other is not heard");
    press_with(&mut harness, Modifiers::SHIFT, Key::S);
    assert!(lines(&harness)[0].starts_with("Tom Ashe"));
    harness.get_by_label("Filter the table").focus();
    harness.run();
    harness.event(Event::Text("drown".to_owned()));
    harness.run();
    assert_eq!(lines(&harness).len(), 1, "words below a row are found too");
    harness.event(Event::Text("zzz".to_owned()));
    harness.run();
    assert!(harness.query_all_by_role(Role::ListItem).next().is_none());
}

#[test]
fn the_table_is_copied_and_saved_as_it_is_shown() {
    let mut harness = at(View::Sources, vec2(1280.0, 800.0));
    click(&mut harness, "Copy");
    let copied = settle(&mut harness);
    let [Wish::Copy(text)] = copied.as_slice() else { panic!("{copied:?}") };
    let rows: Vec<&str> = text.lines().collect();
    assert!(rows[0].starts_with("Source\tNames\tUpland Herald: times"), "{text}");
    assert!(rows[1].starts_with("Nora Blythe\t") && rows.len() == 3, "{text}");
    stage::run(&mut harness, &Command::View(View::SaveTable));
    assert_eq!(settle(&mut harness), [Wish::Choose(Choice::FileForTable)]);
    let csv = harness.state().table_csv().unwrap();
    assert!(csv.starts_with("\u{feff}Source,Names,") && csv.contains("\r\nTom Ashe,"), "{csv}");
    press(&mut harness, Key::Escape);
    assert_eq!(harness.state().table_csv(), None);
}

#[test]
fn stances_are_a_matrix_whose_cells_open() {
    let mut harness = at(View::Stances, vec2(1280.0, 800.0));
    harness.get_by_label_contains("Statements");
    let stance = [
        Command::View(View::Statements),
        select("drown his fields"),
        Command::Mark(Mark::Label(label("stance")), MarkRef::Picked),
        pick("drown his fields"),
    ];
    stance.iter().for_each(|command| stage::run(&mut harness, command));
    let answers = [
        ("polarity", Value::Choice(ChoiceId::new("against").unwrap())),
        ("target", Value::Text("the weir".to_owned())),
        ("explicit", Value::Choice(ChoiceId::new("implied").unwrap())),
    ];
    for (attribute, value) in answers {
        let attribute = AttributeId::new(attribute).unwrap();
        stage::run(&mut harness, &Command::Mark(Mark::Set { attribute, value: Some(value) }, MarkRef::Picked));
    }
    stage::run(&mut harness, &Command::View(View::Stances));
    settle(&mut harness);
    let rows = lines(&harness);
    assert_eq!(rows, ["Weir to be raised: the weir 1 × Against, implied", "Farmers against the weir: the weir –"]);
    click(&mut harness, "Weir to be raised, the weir: 1 × Against, implied");
    assert!(lines(&harness)[1].starts_with("the weir · Against · implied: drown his fields – Tom Ashe · "));
    press(&mut harness, Key::B);
    press(&mut harness, Key::B);
    assert_eq!(lines(&harness)[0], "Tom Ashe: the weir 1 × Against, implied");
    let chosen = harness.get_by_role_and_label(Role::RadioButton, "Stances");
    assert_eq!(chosen.accesskit_node().toggled(), Some(Toggled::True));
}

#[test]
fn claims_and_order_follow_what_is_related() {
    let mut harness = at(View::Claims, vec2(1280.0, 800.0));
    harness.get_by_label_contains("Claims");
    assert!(harness.query_all_by_role(Role::ListItem).next().is_none(), "nothing is related yet");
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::J);
    press(&mut harness, Key::Enter);
    stage::run(&mut harness, &Command::View(View::Claims));
    settle(&mut harness);
    let rows = lines(&harness);
    assert!(rows[0].starts_with("It is high time,: Asserted 2 times, Nora Blythe · Upland Herald"), "{rows:?}");
    stage::run(&mut harness, &Command::View(View::Order));
    settle(&mut harness);
    let rows = lines(&harness);
    assert!(rows.contains(&"It is high time,: 1 in Herald".to_owned()), "{rows:?}");
}

#[test]
fn the_order_is_sorted_and_filtered_as_the_other_tables_are() {
    let mut harness = crate::compare::compared(3);
    stage::run(&mut harness, &Command::View(View::Order));
    let tops = |harness: &Harness<'_, App>, words: &str| -> Vec<f32> {
        let rows = harness.get_all_by_role(Role::ListItem);
        let own = rows.filter(|row| row.accesskit_node().label().is_some_and(|name| name.starts_with(words)));
        own.map(|row| row.rect().top()).collect()
    };
    let is_level = |tops: &[f32]| tops.windows(2).all(|pair| pair[0] == pair[1]);
    let asked = tops(&harness, "Nobody asked");
    assert!(asked.len() == 3 && !is_level(&asked), "the third report tells it first: {asked:?}");
    click(&mut harness, "Sort by Herald");
    harness.get_by_label("Sort by Herald, now from the smallest");
    let (carried, asked) = (tops(&harness, "We have carried"), tops(&harness, "Nobody asked"));
    assert!(is_level(&carried) && is_level(&asked) && carried[0] < asked[0], "{carried:?}, {asked:?}");
    press_with(&mut harness, Modifiers::SHIFT, Key::S);
    assert!(tops(&harness, "We have carried")[0] > tops(&harness, "Nobody asked")[0]);
    for _ in 0..3 {
        press(&mut harness, Key::S);
    }
    harness.get_by_label("Sort by Places apart, now from the largest");
    assert!(
        tops(&harness, "We have carried")[0] > tops(&harness, "Nobody asked")[0],
        "that one is told sooner or later"
    );
    harness.get_by_label("Filter the table").focus();
    harness.run();
    harness.event(Event::Text("ELEVEN YEARS".to_owned()));
    harness.run();
    assert_eq!((tops(&harness, "Nobody asked").len(), tops(&harness, "We have carried").len()), (0, 2));
    press(&mut harness, Key::Escape);
    assert_eq!(tops(&harness, "Nobody asked").len(), 3);
}

#[test]
fn keys_of_the_pen_mark_nothing_while_a_table_is_shown() {
    let mut harness = at(View::Sources, vec2(900.0, 700.0));
    let before = harness.state().session().unwrap().project().clone();
    for key in [Key::Num1, Key::Num3, Key::Delete, Key::F, Key::R] {
        press(&mut harness, key);
    }
    assert_eq!(*harness.state().session().unwrap().project(), before);
    harness.get_by_label("Save as CSV…");
}
