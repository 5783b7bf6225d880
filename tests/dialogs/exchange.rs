//! What goes to other programs and comes from them: each card says before anything happens what it would come to.

#![expect(clippy::unwrap_used, reason = "what the tests share is not inside a test function")]

use egui::{Event, Key, Modifiers, PointerButton, accesskit::Role, vec2};
use egui_kittest::{Harness, kittest::Queryable};
use pressmark::{
    command::{
        Ask, Command, MarkRef,
        article::ArticleCommand,
        import::{Becomes, Clash, How, ImportOptions, ImportSummary},
        mark::Mark,
        project::ProjectCommand,
        select::Select,
    },
    diagnostic::Diagnostic,
    format::{
        Cells, ExportOptions, ExportedArticle, Format, Invalid, Keeps, Losses, OffsetUnit, SplitOptions, SplitReport,
        Together,
    },
    model::{AnnotationId, LabelId, Status, Subset},
    phrase,
    ui::{
        dialog::{Preflight, Recognised},
        theme::Mode,
        wish::{Choice, Wish},
    },
};

use crate::stage::{Scenery, choose, click, dialogs, press, show, usual, wishes, write};

const FILE: Choice = Choice::FileForExport { extension: "jsonl" };

fn open(harness: &mut Harness<'_, Scenery>, ask: Ask) {
    harness.state_mut().with(|dialogs, ctx, _, _| dialogs.open(&ask, ctx));
    harness.run();
}

/// Ana’s claim “traders”, with a note.
fn mark(harness: &mut Harness<'_, Scenery>) -> AnnotationId {
    let scenery = harness.state_mut();
    scenery.run(&Command::Select(Select::Words { words: "traders".to_owned(), occurrence: 1 }));
    scenery.run(&Command::Mark(Mark::Label(LabelId::new("claim").unwrap()), MarkRef::Picked));
    scenery.run(&Command::Mark(Mark::Note("Which?".to_owned()), MarkRef::Picked));
    scenery.session.as_ref().unwrap().focus().picked.unwrap()
}

/// What an export of everything would not keep, as whoever reads the project finds it.
fn preflight(harness: &mut Harness<'_, Scenery>, format: &'static Format, options: &ExportOptions) {
    let project = harness.state().session.as_ref().unwrap().project().clone();
    let mut losses = Losses::of_project(&project, format.keeps);
    for (id, _) in project.articles() {
        losses.extend(Losses::of(&ExportedArticle::of(&project, id).unwrap(), format.keeps));
    }
    let found = Preflight { marks: 1, losses, ..Preflight::default() };
    harness.state_mut().dialogs.looked_at_export((format.name, options), Ok(found));
    harness.run();
}

fn asked(harness: &mut Harness<'_, Scenery>) -> (String, ExportOptions) {
    let found = wishes(harness);
    let [Wish::Preflight { format, options }] = found.as_slice() else { panic!("{found:?}") };
    (format.clone(), options.clone())
}

#[test]
fn an_export_says_what_it_would_not_keep_and_leads_there() {
    let mut harness = usual();
    let id = mark(&mut harness);
    open(&mut harness, Ask::Export);
    assert_eq!(asked(&mut harness), ("jsonl".to_owned(), ExportOptions::default()));
    harness.get_by_label("Looking what would not be kept…");
    preflight(&mut harness, Format::named("jsonl").unwrap(), &ExportOptions::default());
    harness.get_by_label("Keeps everything");
    let csv = Format::named("csv").unwrap();
    choose(&mut harness, "Format", &format!("{} (csv)", csv.title));
    assert_eq!(asked(&mut harness).0, "csv");
    // What was asked before comes too late.
    preflight(&mut harness, Format::named("jsonl").unwrap(), &ExportOptions::default());
    harness.get_by_label("Looking what would not be kept…");
    let brat = Format::named("brat").unwrap();
    choose(&mut harness, "Format", &format!("{} (brat)", brat.title));
    let (_, options) = asked(&mut harness);
    preflight(&mut harness, brat, &options);
    harness.get_by_label("the status of 1 layer");
    harness.get_by_label(&brat.remedy(Keeps::Status).unwrap().to_string());
    harness.get_all_by_label("“Bridge toll passes after bit…”").last().unwrap().click();
    harness.run();
    let article = harness.state().session.as_ref().unwrap().focus().article.clone().unwrap();
    assert_eq!(wishes(&mut harness), [Wish::Run(Command::Article(ArticleCommand::Open(article)))]);
    // Whoever has looked comes back to what was chosen.
    open(&mut harness, Ask::Export);
    assert_eq!(asked(&mut harness).0, "brat");
    let lossy = Losses::of(
        &ExportedArticle::of(
            harness.state().session.as_ref().unwrap().project(),
            &harness.state().session.as_ref().unwrap().focus().article.clone().unwrap(),
        )
        .unwrap(),
        &[],
    );
    let found = Preflight { losses: lossy, ..Preflight::default() };
    harness.state_mut().dialogs.looked_at_export(("brat", &ExportOptions::default()), Ok(found));
    harness.run();
    harness.get_by_label("1 note on a mark or relation");
    harness.get_by_label("“traders”").click();
    harness.run();
    assert_eq!(wishes(&mut harness)[1..], [Wish::Run(Command::Select(Select::Pick(MarkRef::Id(id))))]);
    assert!(!harness.state().dialogs.is_open());
}

#[test]
fn a_list_that_drops_down_again_lies_above_its_card() {
    let mut harness = usual();
    open(&mut harness, Ask::Export);
    // Where frames are slow, pressing and letting go fall into one.
    let drop_down = |harness: &mut Harness<'_, Scenery>, list: &str| {
        let pos = harness.get_by_role_and_label(Role::ComboBox, list).rect().center();
        harness.event(Event::PointerMoved(pos));
        harness.run();
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        let click = [true, false].map(|pressed| Event::PointerButton { pos, button, pressed, modifiers });
        harness.input_mut().events.extend(click);
        harness.run();
    };
    drop_down(&mut harness, "Format");
    drop_down(&mut harness, "Story");
    press(&mut harness, Key::Escape);
    drop_down(&mut harness, "Format");
    wishes(&mut harness);
    let brat = Format::named("brat").unwrap();
    click(&mut harness, &format!("{} (brat)", brat.title));
    assert_eq!(asked(&mut harness).0, "brat");
}

#[test]
fn an_export_goes_where_the_desktop_or_a_path_says() {
    let mut harness = usual();
    open(&mut harness, Ask::Export);
    asked(&mut harness);
    click(&mut harness, "Choose a file…");
    assert_eq!(wishes(&mut harness), [Wish::Choose(FILE)]);
    let options = ExportOptions::default();
    let exported = |to: &str| Wish::Export { format: "jsonl".to_owned(), options: options.clone(), to: to.to_owned() };
    harness.state_mut().dialogs.no_desktop_dialog(FILE);
    harness.run();
    write(&mut harness, "Path", "/x.jsonl");
    press(&mut harness, Key::Enter);
    assert_eq!(wishes(&mut harness), [exported("/x.jsonl")]);
    open(&mut harness, Ask::Export);
    harness.state_mut().dialogs.chosen(FILE, vec!["/y.jsonl".to_owned()]);
    harness.run();
    assert_eq!(wishes(&mut harness).last(), Some(&exported("/y.jsonl")));
    assert!(!harness.state().dialogs.is_open());
}

#[test]
fn an_export_is_of_whom_and_what_was_chosen_and_says_how_much_that_is() {
    let mut harness = usual();
    mark(&mut harness);
    harness.state_mut().run(&Command::Project(ProjectCommand::WorkAs("Ben".to_owned())));
    open(&mut harness, Ask::Export);
    harness.get_by_label("Writes 2 articles with 1 mark");
    choose(&mut harness, "Annotator", "Ben");
    harness.get_by_label("Writes 2 articles with 0 marks");
    choose(&mut harness, "Annotator", "Ana");
    choose(&mut harness, "Status", "In progress");
    harness.get_by_label("Writes 1 article with 1 mark");
    choose(&mut harness, "Story", "Harbour bridge");
    choose(&mut harness, "Label", "Claim");
    harness.get_by_label("Writes 1 article");
    let csv = Format::named("csv").unwrap();
    choose(&mut harness, "Format", &format!("{} (csv)", csv.title));
    choose(&mut harness, "Offsets", "UTF-16");
    click(&mut harness, "Safe for spreadsheets: no cell is taken for a formula");
    click(&mut harness, "Write nothing where something is invalid");
    let project = harness.state().session.as_ref().unwrap().project().clone();
    let mut subset = Subset { statuses: vec![Status::InProgress], ..Subset::default() };
    subset.add_annotator(&project, "Ana").unwrap();
    subset.add_story(&project, "Harbour bridge").unwrap();
    subset.add_label(&project, "Claim").unwrap();
    let options = ExportOptions {
        subset,
        offsets: Some(OffsetUnit::Utf16),
        cells: Cells::SpreadsheetSafe,
        invalid: Invalid::Stop,
        split: None,
    };
    let found = wishes(&mut harness);
    let asked = Wish::Preflight { format: "csv".to_owned(), options: options.clone() };
    assert_eq!(found.last(), Some(&asked));
    harness.state_mut().dialogs.chosen(Choice::FileForExport { extension: "csv" }, vec!["/y.csv".to_owned()]);
    harness.run();
    assert_eq!(wishes(&mut harness), [Wish::Export { format: "csv".to_owned(), options, to: "/y.csv".to_owned() }]);
}

#[test]
fn an_export_in_parts_is_a_folder_and_says_what_each_part_has() {
    let mut harness = usual();
    open(&mut harness, Ask::Export);
    choose(&mut harness, "Split", "Train 80 %, test 20 %");
    choose(&mut harness, "Kept together", "Articles of a story or an outlet");
    write(&mut harness, "Seed", "many");
    harness.get_by_label("A seed is a whole number");
    wishes(&mut harness);
    click(&mut harness, "Choose a file…");
    assert_eq!(wishes(&mut harness), []);
    write(&mut harness, "Seed", "7");
    let split = SplitOptions { shares: [80, 0, 20], together: vec![Together::Story, Together::Source], seed: 7 };
    let options = ExportOptions { split: Some(split), ..ExportOptions::default() };
    assert_eq!(asked(&mut harness), ("jsonl".to_owned(), options.clone()));
    let split = Some(SplitReport { groups: 2, ..SplitReport::default() });
    let found = Preflight { split, ..Preflight::default() };
    harness.state_mut().dialogs.looked_at_export(("jsonl", &options), Ok(found));
    harness.run();
    harness.get_by_label("2 groups stay together, with 0 near-duplicate pairs");
    click(&mut harness, "Choose a file…");
    assert_eq!(wishes(&mut harness), [Wish::Choose(Choice::FileForExport { extension: "" })]);
}

#[test]
fn nothing_is_exported_where_nothing_is_left() {
    let mut harness = usual();
    open(&mut harness, Ask::Export);
    choose(&mut harness, "Status", "Done");
    wishes(&mut harness);
    harness.get_by_label("There is no such article, so nothing would be written");
    click(&mut harness, "Choose a file…");
    assert_eq!(wishes(&mut harness), []);
}

/// Takes one of a list that drops down.
#[test]
fn what_stands_in_the_way_of_an_export_is_said() {
    let mut harness = usual();
    open(&mut harness, Ask::Export);
    let why = Diagnostic::error("bad", "The layer is damaged").at_path("articles/x/ana.ron");
    harness.state_mut().dialogs.looked_at_export(("jsonl", &ExportOptions::default()), Err(vec![why]));
    harness.run();
    harness.get_by_label("The layer is damaged (articles/x/ana.ron)");
}

fn recognised() -> Recognised {
    Recognised {
        format: "brat",
        is_guessed: true,
        articles: 2,
        offsets: Some(phrase!("3 of 3 fit as code points")),
        told: vec![Diagnostic::error("bad-line", "The line is damaged").at_path("toll.ann").at_line(4, 1)],
    }
}

fn summary(how: How) -> ImportSummary {
    let becomes = |from: &str, to: &str, how| Becomes { from: from.to_owned(), to: to.to_owned(), how };
    ImportSummary {
        added: Vec::new(),
        known: 2,
        marks: 3,
        annotators: vec!["Ana".to_owned()],
        labels: vec![becomes("Person", "person", How::Added), becomes("Claim", "claim", how)],
        ..ImportSummary::default()
    }
}

/// Files are chosen and read; what is asked next is given.
fn read(harness: &mut Harness<'_, Scenery>) -> Vec<Wish> {
    open(harness, Ask::Import);
    click(harness, "Choose files…");
    assert_eq!(wishes(harness), [Wish::Choose(Choice::ImportFiles)]);
    harness.state_mut().dialogs.chosen(Choice::ImportFiles, vec!["/toll.ann".to_owned()]);
    harness.run();
    assert_eq!(wishes(harness), [Wish::ReadIn { paths: vec!["/toll.ann".to_owned()], format: None }]);
    harness.get_by_label("Reading…");
    harness.state_mut().dialogs.read_in(Ok(recognised()));
    harness.run();
    wishes(harness)
}

#[test]
fn an_import_shows_what_is_in_the_files_before_anything_happens() {
    let mut harness = usual();
    let options = ImportOptions::default();
    assert_eq!(read(&mut harness), [Wish::PlanImport(options.clone())]);
    harness.get_by_label("Looks like brat standoff, a text and its annotations for each article (brat): 2 articles");
    harness.get_by_label("Offsets: 3 of 3 fit as code points");
    click(&mut harness, "Import");
    assert_eq!(wishes(&mut harness), [], "it is not known yet what that would be");
    harness.state_mut().dialogs.planned_import(&options, Ok(summary(How::Apart)));
    harness.run();
    harness.get_by_label("Adds 0 articles, 3 marks and 0 relations; 2 articles were there already");
    harness.get_by_label("Marked by Ana");
    harness.get_by_label("Person: added");
    harness.get_by_label("Claim: kept apart, claim");
    harness.get_by_label("The line is damaged (line 4, column 1, toll.ann)");
    click(&mut harness, "Extend the project’s");
    let merging = ImportOptions { clash: Clash::Merge, ..ImportOptions::default() };
    assert_eq!(wishes(&mut harness), [Wish::PlanImport(merging.clone())]);
    // What was asked before comes too late.
    harness.state_mut().dialogs.planned_import(&options, Ok(summary(How::Same)));
    click(&mut harness, "Import");
    assert_eq!(wishes(&mut harness), []);
    harness.state_mut().dialogs.planned_import(&merging, Ok(summary(How::Merged)));
    harness.run();
    harness.get_by_label("Claim: extended, claim");
    click(&mut harness, "Import");
    assert_eq!(wishes(&mut harness), [Wish::Import]);
    assert!(!harness.state().dialogs.is_open());
}

#[test]
fn labels_of_an_import_become_those_of_the_project() {
    let mut harness = usual();
    read(&mut harness);
    harness.state_mut().dialogs.planned_import(&ImportOptions::default(), Ok(summary(How::Same)));
    harness.run();
    choose(&mut harness, "Person", "Source");
    let labels = vec![("Person".to_owned(), "source".to_owned())];
    assert_eq!(wishes(&mut harness), [Wish::PlanImport(ImportOptions { labels, ..ImportOptions::default() })]);
}

#[test]
fn an_import_asks_whose_marks_they_are_where_nobody_says() {
    let mut harness = usual();
    read(&mut harness);
    let why = Diagnostic::error("no-annotator", "The files do not say whose marks they are");
    harness.state_mut().dialogs.planned_import(&ImportOptions::default(), Err(vec![why]));
    harness.run();
    write(&mut harness, "Annotator", "Cy");
    press(&mut harness, Key::Enter);
    let options = ImportOptions { annotator: Some("Cy".to_owned()), ..ImportOptions::default() };
    assert_eq!(wishes(&mut harness), [Wish::PlanImport(options.clone())]);
    harness.state_mut().dialogs.planned_import(&options, Ok(summary(How::Same)));
    harness.run();
    assert!(harness.query_by_label("The files do not say whose marks they are").is_none());
    click(&mut harness, "Import");
    assert_eq!(wishes(&mut harness), [Wish::Import]);
}

#[test]
fn an_import_without_a_file_dialog_takes_paths_and_says_what_it_can_not_read() {
    let mut harness = usual();
    open(&mut harness, Ask::Import);
    let label_studio = Format::named("label-studio").unwrap();
    choose(&mut harness, "Format", &format!("{} (label-studio)", label_studio.title));
    click(&mut harness, "Choose a folder…");
    assert_eq!(wishes(&mut harness), [Wish::Choose(Choice::ImportFolder)]);
    harness.state_mut().dialogs.no_desktop_dialog(Choice::ImportFolder);
    harness.run();
    write(&mut harness, "Paths", "/corpus\n/more.json");
    click(&mut harness, "See what is in them");
    let paths = vec!["/corpus".to_owned(), "/more.json".to_owned()];
    let asked = Wish::ReadIn { paths, format: Some("label-studio".to_owned()) };
    assert_eq!(wishes(&mut harness), [asked]);
    let why = Diagnostic::error("not-found", "There is no such file").at_path("/corpus");
    harness.state_mut().dialogs.read_in(Err(vec![why]));
    harness.run();
    harness.get_by_label("There is no such file (/corpus)");
    click(&mut harness, "See what is in them");
    assert_eq!(wishes(&mut harness).len(), 1, "it can be tried again");
}

#[test]
fn pictures_to_look_at() {
    for (mode, size) in [(Mode::Light, vec2(1440.0, 900.0)), (Mode::Dark, vec2(1280.0, 800.0))] {
        let (mut harness, camera) = dialogs(mode, size);
        harness.run();
        read(&mut harness);
        harness.state_mut().dialogs.planned_import(&ImportOptions::default(), Ok(summary(How::Apart)));
        harness.run();
        show(&harness, &camera, &format!("import-{mode:?}"));
    }
}
