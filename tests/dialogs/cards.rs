//! Each dialog: filled by the names of its fields, confirmed, and held against what it wishes for.

use egui::{Key, accesskit::Role, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use pressmark::{
    command::{
        Ask, Command, View,
        article::{ArticleCommand, NewArticle, Twin},
        project::ProjectCommand,
        table,
    },
    model::Metadata,
    poster::Which,
    ui::{
        theme::Mode,
        wish::{Choice, Wish},
    },
};

use crate::stage::{Scenery, click, dialogs, press, show, usual, wishes, write};

fn open(harness: &mut Harness<'_, Scenery>, ask: Ask) {
    harness.state_mut().with(|dialogs, ctx, _, _| dialogs.open(&ask, ctx));
    harness.run();
}

fn open_view(harness: &mut Harness<'_, Scenery>, view: View) {
    harness.state_mut().with(|dialogs, ctx, settings, _| dialogs.open_view(&view, ctx, settings));
    harness.run();
}

fn paste(harness: &mut Harness<'_, Scenery>, text: &str) {
    harness.state_mut().dialogs.open_paste(text.to_owned());
    harness.run();
}

#[test]
fn a_new_project_has_a_folder_of_its_own() {
    let mut harness = usual();
    open(&mut harness, Ask::NewProject);
    click(&mut harness, "Create the project");
    assert_eq!(wishes(&mut harness), [], "a name is missing");
    harness.get_by_label("Write a name for the project");
    write(&mut harness, "Name", "Border call 2");
    click(&mut harness, "Choose…");
    assert_eq!(wishes(&mut harness), [Wish::Choose(Choice::FolderForProject)]);
    harness.state_mut().dialogs.chosen(Choice::FolderForProject, vec!["/home/ana/projects".to_owned()]);
    harness.run();
    harness.get_by_label("Creates the folder /home/ana/projects/border-call-2");
    press(&mut harness, Key::Enter);
    let created = Wish::CreateProject {
        folder: "/home/ana/projects/border-call-2".to_owned(),
        name: "Border call 2".to_owned(),
        codebook: "news".to_owned(),
    };
    assert_eq!(wishes(&mut harness), [created]);
    assert!(!harness.state().dialogs.is_open());
}

#[test]
fn escape_leaves_without_a_wish() {
    for ask in [Ask::NewProject, Ask::PasteArticle, Ask::Metadata, Ask::Annotator, Ask::Import, Ask::ExportComparison] {
        let mut harness = usual();
        open(&mut harness, ask.clone());
        assert!(harness.state().dialogs.is_open(), "{ask:?}");
        press(&mut harness, Key::Escape);
        assert!(!harness.state().dialogs.is_open(), "{ask:?}");
        assert_eq!(wishes(&mut harness), []);
    }
}

#[test]
fn the_desktop_is_asked_first_and_a_field_where_it_does_not_answer() {
    let path = |p: &str| p.to_owned();
    let cases = [
        (Ask::OpenProject, Choice::ProjectToOpen, "Open", Wish::OpenProject(path("/x"))),
        (Ask::AddFolder, Choice::ArticleFolder, "Add", Wish::AddPaths(vec![path("/x")])),
        (Ask::AddArticles, Choice::ArticleFiles, "Add", Wish::AddPaths(vec![path("/x")])),
        (Ask::Pack, Choice::FileForPack, "Pack", Wish::Pack { to: path("/x") }),
    ];
    for (ask, choice, confirm, wish) in cases {
        let mut harness = usual();
        open(&mut harness, ask);
        assert_eq!(wishes(&mut harness), [Wish::Choose(choice)]);
        assert!(!harness.state().dialogs.is_open());
        harness.state_mut().dialogs.chosen(choice, vec![path("/x")]);
        harness.run();
        assert_eq!(wishes(&mut harness), std::slice::from_ref(&wish));
        harness.state_mut().dialogs.chosen(choice, vec![]);
        harness.state_mut().dialogs.no_desktop_dialog(choice);
        harness.run();
        let field = if choice == Choice::ArticleFiles { "Paths" } else { "Path" };
        write(&mut harness, field, "/x");
        click(&mut harness, confirm);
        assert_eq!(wishes(&mut harness), [wish]);
    }
}

#[test]
fn a_field_of_several_lines_is_confirmed_with_the_command_key() {
    let mut harness = usual();
    harness.state_mut().dialogs.no_desktop_dialog(Choice::ArticleFiles);
    harness.run();
    write(&mut harness, "Paths", "/x");
    press(&mut harness, Key::Enter);
    assert_eq!(wishes(&mut harness), [], "it begins another line");
    // A quick hand has let go of the command key before the frame ends.
    let modifiers = egui::Modifiers::COMMAND;
    let (key, pressed, repeat) = (Key::Enter, true, false);
    harness.event(egui::Event::Key { key, physical_key: None, pressed, repeat, modifiers });
    harness.run();
    assert_eq!(wishes(&mut harness), [Wish::AddPaths(vec!["/x".to_owned()])]);
}

#[test]
fn a_comparison_is_of_the_articles_and_statements_that_are_wanted() {
    let mut harness = usual();
    let metadata = Metadata { title: "Who pays".to_owned(), ..Metadata::default() };
    let new = NewArticle { metadata, text: "Nobody knows.".to_owned(), ..NewArticle::default() };
    harness.state_mut().run(&Command::Article(ArticleCommand::Add(new)));
    let articles: Vec<_> =
        harness.state().session.as_ref().unwrap().project().articles().map(|(id, _)| id.clone()).collect();
    harness.state_mut().dialogs.compared = articles.clone();
    open(&mut harness, Ask::ExportComparison);
    harness.get_by_label("Harbour Gazette: Bridge toll passes after bitter debate");
    harness.get_by_label("Who pays");
    click(&mut harness, "Accepted alone");
    click(&mut harness, "Choose a file…");
    assert_eq!(wishes(&mut harness), [Wish::Choose(Choice::FileForComparison)]);
    let wanted = |which| Wish::ExportComparison { articles: articles.clone(), which, to: "/x.html".to_owned() };
    harness.state_mut().dialogs.chosen(Choice::FileForComparison, vec!["/x.html".to_owned()]);
    harness.run();
    assert_eq!(wishes(&mut harness), [wanted(Which::Accepted)]);
    assert!(!harness.state().dialogs.is_open());
    open(&mut harness, Ask::ExportComparison);
    harness.state_mut().dialogs.no_desktop_dialog(Choice::FileForComparison);
    harness.run();
    write(&mut harness, "Path", "/x.html");
    press(&mut harness, Key::Enter);
    assert_eq!(wishes(&mut harness), [wanted(Which::All)]);
}

#[test]
fn a_single_article_is_not_compared() {
    let mut harness = usual();
    harness.state_mut().dialogs.compared.clear();
    open(&mut harness, Ask::ExportComparison);
    harness.get_by_label("There is no article to compare");
    click(&mut harness, "Choose a file…");
    assert_eq!(wishes(&mut harness), []);
}

#[test]
fn a_pasted_article_is_asked_for_what_it_does_not_say() {
    let mut harness = usual();
    paste(&mut harness, "Lorries take the tunnel\n\nA detour of forty minutes.");
    harness.get_by_label("5 words");
    write(&mut harness, "Outlet", "Valley Post");
    write(&mut harness, "Story", "harb");
    press(&mut harness, Key::Enter);
    assert!(harness.state().dialogs.is_open(), "the first Enter takes the story that is offered");
    press(&mut harness, Key::Enter);
    let found = wishes(&mut harness);
    let [Wish::Run(Command::Article(ArticleCommand::Add(new)))] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((new.metadata.outlet.as_str(), new.story.as_str()), ("Valley Post", "Harbour bridge"));
    assert_eq!(
        (new.metadata.title.as_str(), new.text.as_str()),
        ("Lorries take the tunnel", "A detour of forty minutes.")
    );
    assert_eq!(new.twin, Twin::Refuse);
    run(&mut harness, &found);
}

#[test]
fn the_same_article_is_noticed_before_it_is_added() {
    let mut harness = usual();
    paste(&mut harness, "The council  voted. Mayor Ines Calder told it so.");
    harness.get_by_label("The project already has this article: “Council backs toll to mend harbour bridge”");
    click(&mut harness, "Add it anyway");
    let found = wishes(&mut harness);
    assert!(matches!(&found[..], [Wish::Run(Command::Article(ArticleCommand::Add(new)))] if new.twin == Twin::Add));
    run(&mut harness, &found);
}

#[test]
fn twins_are_offered_as_one() {
    let twin = |title: &str| {
        let metadata = Metadata { title: title.to_owned(), ..Metadata::default() };
        let text = "The council voted. Mayor Ines Calder told it so.".to_owned();
        let new = NewArticle { metadata, story: String::new(), text, loaded: vec![], twin: Twin::Refuse };
        (title.to_owned(), new)
    };
    let mut harness = usual();
    harness.state_mut().dialogs.offer_twins(vec![]);
    assert!(!harness.state().dialogs.is_open());
    for choice in ["Keep what is in the project", "Add anyway"] {
        harness.state_mut().dialogs.offer_twins(vec![twin("One"), twin("Two")]);
        harness.run();
        click(&mut harness, choice);
        click(&mut harness, "Continue");
        let found = wishes(&mut harness);
        let added = found.iter().map(|wish| match wish {
            Wish::Run(Command::Article(ArticleCommand::AddAll(new))) => new.len(),
            _ => 0,
        });
        assert_eq!(added.collect::<Vec<_>>(), if choice.starts_with("Add") { vec![2] } else { vec![] });
        run(&mut harness, &found);
    }
}

#[test]
fn enter_confirms_where_a_choice_has_the_focus_and_the_space_bar_chooses_it() {
    let mut harness = usual();
    let new = NewArticle {
        metadata: Metadata::default(),
        story: String::new(),
        text: "A".into(),
        loaded: vec![],
        twin: Twin::Refuse,
    };
    harness.state_mut().dialogs.offer_twins(vec![("One".to_owned(), new)]);
    harness.run();
    harness.get_by_label("Add anyway").focus();
    harness.run();
    press(&mut harness, Key::Space);
    assert_eq!(wishes(&mut harness), [], "it is only chosen");
    harness.get_by_label("Keep what is in the project").focus();
    harness.run();
    press(&mut harness, Key::Enter);
    assert_eq!(wishes(&mut harness).len(), 1, "the choice stays what it was, and is confirmed");
}

#[test]
fn an_article_is_described_and_put_into_a_new_story() {
    let mut harness = usual();
    open(&mut harness, Ask::Metadata);
    harness.get_by_label("When it was added: Read as UTF-8");
    write(&mut harness, "Title", "Bridge toll passes");
    write(&mut harness, "Published", "2026-12-19");
    write(&mut harness, "Story", "The toll");
    click(&mut harness, "Save");
    let found = wishes(&mut harness);
    run(&mut harness, &found);
    let session = harness.state().session.as_ref().unwrap();
    let article = session.project().article(session.focus().article.as_ref().unwrap()).unwrap();
    assert_eq!(article.metadata.title, "Bridge toll passes");
    assert_eq!(article.metadata.published, "2026-12-19");
    let story = session.project().story(article.metadata.story.as_ref().unwrap()).unwrap();
    assert_eq!(story.name, "The toll");
}

#[test]
fn removing_an_article_is_not_asked_about() {
    let mut harness = usual();
    open(&mut harness, Ask::RemoveArticle);
    let found = wishes(&mut harness);
    run(&mut harness, &found);
    let session = harness.state().session.as_ref().unwrap();
    assert_eq!(session.project().articles().len(), 1);
    assert_eq!(
        session.history().to_undo().unwrap().label.to_string(),
        "Remove “Bridge toll passes after bitter debate”"
    );
}

#[test]
fn an_annotator_is_written_or_chosen() {
    let work_as = |name: &str| Wish::Run(Command::Project(ProjectCommand::WorkAs(name.to_owned())));
    let mut harness = usual();
    open(&mut harness, Ask::Annotator);
    press(&mut harness, Key::Enter);
    harness.get_by_label("Write your name or initials");
    write(&mut harness, "Name", " Bo ");
    press(&mut harness, Key::Enter);
    assert_eq!(wishes(&mut harness), [work_as("Bo")]);
    open(&mut harness, Ask::Annotator);
    click(&mut harness, "Ana");
    assert_eq!(wishes(&mut harness), [work_as("Ana")]);
}

#[test]
fn every_command_label_and_article_is_found_by_its_letters() {
    let mut harness = usual();
    let cases = [
        ("folder of", Command::Ask(Ask::AddFolder)),
        ("drk thm", Command::View(View::DarkTheme)),
        ("keys", Command::View(View::Keys)),
    ];
    for (query, command) in cases {
        open_view(&mut harness, View::Commands);
        write(&mut harness, "Find a command", query);
        press(&mut harness, Key::Enter);
        assert_eq!(wishes(&mut harness), [Wish::Run(command)], "{query}");
    }
    open_view(&mut harness, View::Commands);
    write(&mut harness, "Find a command", "open council");
    press(&mut harness, Key::Enter);
    let found = wishes(&mut harness);
    assert!(matches!(&found[..], [Wish::Run(Command::Article(ArticleCommand::Open(_)))]), "{found:?}");
    run(&mut harness, &found);
}

#[test]
fn what_can_not_be_done_now_says_why_and_stays() {
    let mut harness = usual();
    open_view(&mut harness, View::Commands);
    write(&mut harness, "Find a command", "mark as claim");
    press(&mut harness, Key::Enter);
    assert_eq!(wishes(&mut harness), []);
    assert!(harness.state().dialogs.is_open());
    write(&mut harness, "Find a command", "xqxq");
    harness.get_by_label("Nothing matches");
}

#[test]
fn arrows_pick_among_the_commands() {
    let mut harness = usual();
    open_view(&mut harness, View::Commands);
    for _ in 0..2 {
        press(&mut harness, Key::ArrowDown);
    }
    press(&mut harness, Key::Enter);
    let session = harness.state().session.as_ref().unwrap();
    let third = (table::ROWS[2].command)(&session.scene());
    assert_eq!(wishes(&mut harness), [Wish::Run(third)]);
}

#[test]
fn without_a_project_the_commands_are_those_that_make_sense() {
    let mut harness = usual();
    harness.state_mut().session = None;
    open_view(&mut harness, View::Commands);
    write(&mut harness, "Find a command", "sample");
    press(&mut harness, Key::Enter);
    assert_eq!(wishes(&mut harness), [Wish::Run(Command::Ask(Ask::OpenSample))]);
}

#[test]
fn the_card_of_keys_has_every_key() {
    let mut harness = usual();
    open_view(&mut harness, View::Keys);
    for row in table::ROWS.iter().filter(|r| !r.keys.is_empty()) {
        // The keys of most of the work stand there twice.
        assert!(harness.query_all_by_label(&format!("{}: {}", row.text, row.keys)).count() > 0, "{}", row.text);
    }
    harness.get_by_label("Claim: 1");
    harness.get_by_label_contains("Marks first, whatever sign the same key types");
    press(&mut harness, Key::Escape);
    assert!(!harness.state().dialogs.is_open());
}

/// Runs what was wished for on the session, which takes it.
fn run(harness: &mut Harness<'_, Scenery>, wishes: &[Wish]) {
    for wish in wishes {
        let Wish::Run(command) = wish else { panic!("{wish:?} is no command") };
        harness.state_mut().run(command);
    }
}

#[test]
fn the_handbook_is_read_page_by_page() {
    let mut harness = usual();
    open(&mut harness, Ask::Handbook);
    let heading = harness.get_by_label("What brat cannot hold").rect();
    assert!(heading.width() > 100.0 && heading.height() < 40.0, "it stands in one line: {heading:?}");
    for (page, part) in [
        ("Train a span categoriser with spaCy", "Test"),
        ("Hand over to MAXQDA or ATLAS.ti", "And back"),
        ("Make a training split", "Make a training split"),
    ] {
        click(&mut harness, page);
        assert!(harness.query_all_by_label(part).next().is_some(), "{page} has no {part}");
        assert!(harness.query_by_label("What brat cannot hold").is_none());
    }
    press(&mut harness, Key::Escape);
    assert!(!harness.state().dialogs.is_open());
}

#[test]
fn pictures_to_look_at() {
    for (mode, size) in [(Mode::Light, vec2(1440.0, 900.0)), (Mode::Dark, vec2(1280.0, 800.0))] {
        for (name, ask) in [
            ("new-project", Ask::NewProject),
            ("export", Ask::Export),
            ("import", Ask::Import),
            ("metadata", Ask::Metadata),
            ("annotator", Ask::Annotator),
        ] {
            let (mut harness, camera) = dialogs(mode, size);
            open(&mut harness, ask);
            show(&harness, &camera, &format!("{name}-{mode:?}"));
        }
        for (name, view) in [("commands", View::Commands), ("keys", View::Keys)] {
            let (mut harness, camera) = dialogs(mode, size);
            open_view(&mut harness, view);
            show(&harness, &camera, &format!("{name}-{mode:?}"));
        }
        let (mut harness, camera) = dialogs(mode, size);
        paste(&mut harness, &"Work is to begin in March. Until then lorries must take the tunnel. ".repeat(20));
        show(&harness, &camera, &format!("paste-{mode:?}"));
    }
}

#[test]
fn what_is_picked_in_the_list_of_commands_is_heard_while_the_focus_is_in_the_field() {
    let mut harness = usual();
    open_view(&mut harness, View::Commands);
    harness.get_by_role_and_label(Role::Dialog, "Commands");
    let picked = |harness: &Harness<'_, Scenery>| {
        let field = harness.get_by_label("Find a command").accesskit_node();
        let entry = field.active_descendant().expect("one is picked");
        (entry.label().unwrap(), entry.position_in_set(), entry.role())
    };
    let (first, at, role) = picked(&harness);
    assert_eq!((at, role), (Some(0), Role::ListBoxOption));
    press(&mut harness, Key::ArrowDown);
    let (second, at, _) = picked(&harness);
    assert_eq!(at, Some(1));
    assert_ne!(first, second);
}
