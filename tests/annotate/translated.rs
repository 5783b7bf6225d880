//! Every screen in a pseudo-language: all text of the program comes through the door, and none of it is cut.

use std::{collections::BTreeSet, sync::Arc};

use egui::{Event, Key, Modifiers, accesskit::Role, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use pressmark::{
    command::{
        Ask, Command, MarkRef, View,
        article::ArticleCommand,
        codebook::CodebookCommand,
        correct::{CorrectText, Corrected},
        layer::LayerCommand,
        mark::Mark,
        project::ProjectCommand,
        select::Select,
    },
    compare,
    diagnostic::Diagnostic,
    model::{Attribute, Codebook, Project, Status},
    phrase,
    session::Session,
    ui::{
        app::App,
        settings::Settings,
        theme::ThemeChoice,
        view::welcome::{ProjectPresence, Recent},
        wish::Wish,
        words::tr,
    },
};

use crate::{
    pseudo, stage,
    whole::{self, Window, press, press_with, write},
};

/// The names of keys as they are engraved, and what has one name everywhere.
const ENGRAVED: &str = "Ctrl Shift Alt Enter Esc Escape Backspace Delete Del Home End Page PageUp PageDown Up Down Tab \
    Space Menu jsonl JSON https Markdown Pressmark HTML regex";

/// What egui says of its own accord, in English only: the name that a screen reader hears of the edge by which a panel is
/// resized. It is built in, and no setting changes it.
const BY_EGUI: &str = "Resize panel";

const CTRL: Modifiers = Modifiers::COMMAND;

/// What is seen of the screens, by their names.
type Eye<'a> = dyn FnMut(&str, &Window) + 'a;

fn screens(see: &mut Eye<'_>) {
    beginning(see);
    article(see);
    history(see);
    comparing(see);
    correcting(see);
    conflicts(see);
    searches(see);
    relating(see);
    codebook(see);
    dialogs(see);
    told(see);
    menus(see);
}

fn window() -> Window {
    let mut app = stage::app(&stage::marked(), ThemeChoice::Light);
    app.recent = recent();
    whole::window(app, vec2(1280.0, 800.0)).0
}

fn recent() -> Vec<Recent> {
    let project = |name: &str, state| Recent { name: name.to_owned(), path: format!("/home/{name}"), state };
    vec![project("Harbour", ProjectPresence::Here), project("Reservoir", ProjectPresence::Missing)]
}

fn run(harness: &mut Window, command: Command) {
    harness.state_mut().shell.app.run(&command);
    harness.run();
}

fn click(harness: &mut Window, english: &str) {
    let name = tr(english).into_owned();
    harness.get_by_label(&name).click();
    harness.run();
}

fn beginning(see: &mut Eye<'_>) {
    let mut app: App = App::new(Settings::default());
    app.recent = recent();
    let mut harness = whole::window(app, vec2(1280.0, 800.0)).0;
    see("welcome", &harness);
    run(&mut harness, Command::Undo);
    see("welcome, refusing", &harness);
    let nothing = whole::window(stage::app(&[], ThemeChoice::Light), vec2(1280.0, 800.0)).0;
    see("empty project", &nothing);
}

fn article(see: &mut Eye<'_>) {
    let mut harness = window();
    see("a mark", &harness);
    for (name, command) in [
        ("the article", Command::Select(Select::Nothing)),
        ("another mark", stage::pick("a tax on getting to work")),
        ("a note", Command::View(View::Note)),
        ("undone", Command::Undo),
        ("redone", Command::Redo),
        ("nothing to redo", Command::Redo),
        ("all relations", Command::View(View::AllRelations)),
        ("the table of relations", Command::View(View::Relations)),
        ("the history", Command::View(View::History)),
        ("snapping", Command::View(View::Snapping)),
        ("selected words", stage::select("Buses, bicycles and ambulances")),
        ("a refused relation", Command::View(View::RelateMark)),
        ("nowhere back", Command::View(View::GoBack)),
        ("the page alone", Command::View(View::FocusMode)),
    ] {
        run(&mut harness, command);
        see(name, &harness);
    }
    let warning = Diagnostic::warning("test", phrase!("“{title}” was read again", title = "Water for whom?"));
    harness
        .state_mut()
        .shell
        .app
        .show_message(warning.hint("Open the article first").at_line(3, 4).at_path("/home/a.ron"));
    harness.run();
    see("a message", &harness);
    run(&mut harness, Command::View(View::FocusMode));
    for drop in ["Articles to show", "Order of the articles"] {
        click(&mut harness, drop);
        see(drop, &harness);
        press(&mut harness, Key::Escape);
    }
    run(&mut harness, Command::Article(ArticleCommand::DoneAndNext));
    see("done and next", &harness);
    let mut unmarked = whole::window(stage::app(&stage::unmarked(), ThemeChoice::Light), vec2(1280.0, 800.0)).0;
    see("no article", &unmarked);
    let open = stage::opening(unmarked.state().session(), "Farmers");
    run(&mut unmarked, open);
    see("an unmarked article", &unmarked);
    run(&mut unmarked, Command::Mark(Mark::Delete, MarkRef::Picked));
    see("nothing to delete", &unmarked);
}

fn history(see: &mut Eye<'_>) {
    let mut harness = window();
    run(&mut harness, Command::View(View::History));
    choose_step(&mut harness, 3);
    see("a step", &harness);
    click(&mut harness, "Go back to here");
    choose_step(&mut harness, 0);
    see("a step that was taken back", &harness);
    harness.get_by_label(&tr("Filter the history")).focus();
    harness.run();
    write(&mut harness, "xyz");
    see("no step", &harness);
}

/// Clicks a step of the history, counted from the newest.
fn choose_step(harness: &mut Window, nth: usize) {
    let name = |node: &egui_kittest::Node<'_>| node.accesskit_node().label().unwrap_or_default();
    let mut steps: Vec<_> =
        harness.get_all_by_role(Role::ListItem).filter(|row| name(row).contains("ana · ")).collect();
    steps.sort_by(|a, b| a.rect().top().total_cmp(&b.rect().top()));
    steps[nth].click();
    harness.run();
}

fn correcting(see: &mut Eye<'_>) {
    let mut harness = window();
    run(&mut harness, Command::Ask(Ask::CorrectText));
    see("correcting a text", &harness);
    click(&mut harness, "See what changes");
    see("working out what becomes of the marks", &harness);
    let worked_out = corrected(harness.state().session());
    harness.state_mut().shell.dialogs.worked_out(Ok(worked_out));
    harness.run();
    for group in ["Changed", "Lost", "Moved", "Same"] {
        let group = tr(group).into_owned();
        harness.get_by_role_and_label(Role::RadioButton, &group).click();
        harness.run();
        see(&group, &harness);
    }
}

/// The open article with some words of a mark changed and others gone, as a thread works it out.
fn corrected(session: &Session) -> CorrectText {
    let scene = session.scene();
    let old = scene.text().expect("an article is open").as_str();
    let text = old.replace("a tax on getting to work", "a tax on work").replace("a detour of forty minutes", "");
    let article = scene.article().expect("an article is open").clone();
    let correct = CorrectText { article, text, loaded: None, prepared: None };
    let prepared = Corrected::of(session.project(), &correct).expect("it is another text");
    CorrectText { prepared: Some(Arc::new(prepared)), ..correct }
}

fn conflicts(see: &mut Eye<'_>) {
    let mut harness = window();
    crate::conflicts::leave(|command| {
        run(&mut harness, command);
        harness.state().shell.app.session().and_then(|session| session.scene().layer().cloned()).unwrap_or_default()
    });
    run(&mut harness, stage::pick("a tax on getting to work"));
    run(&mut harness, Command::View(View::Conflicts));
    see("conflicts", &harness);
    let other = stage::opening(harness.state().shell.app.session().expect("it is open"), "Bridge toll passes");
    run(&mut harness, other);
    see("conflicts elsewhere", &harness);
    run(&mut harness, Command::View(View::Conflicts));
    let warning = Diagnostic::warning(
        "undecided",
        phrase!("{n} conflict is to be decided|{n} conflicts are to be decided", n = 2),
    );
    harness.state_mut().shell.app.show_message(warning);
    harness.run();
    see("a message about conflicts", &harness);
}

fn searches(see: &mut Eye<'_>) {
    let mut harness = window();
    press_with(&mut harness, CTRL, Key::F);
    see("find", &harness);
    write(&mut harness, "the");
    see("found", &harness);
    write(&mut harness, "xyz");
    see("not found", &harness);
    press(&mut harness, Key::Escape);
    press_with(&mut harness, CTRL | Modifiers::SHIFT, Key::F);
    see("concordance", &harness);
    write(&mut harness, "calder");
    see("hits", &harness);
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::Space);
    see("a ticked hit", &harness);
    click(&mut harness, "Audit");
    see("audit", &harness);
    click(&mut harness, "Hits");
    click(&mut harness, "Regex");
    harness.get_by_label(&tr("Words to search for")).focus();
    harness.run();
    write(&mut harness, "(");
    see("a wrong expression", &harness);
}

fn relating(see: &mut Eye<'_>) {
    let mut harness = window();
    run(&mut harness, stage::pick("a tax on getting to work"));
    run(&mut harness, Command::View(View::RelateMark));
    see("which relation", &harness);
    press(&mut harness, Key::A);
    see("which source", &harness);
    press(&mut harness, Key::Enter);
    see("which cue", &harness);
    run(&mut harness, stage::select("Buses, bicycles"));
    see("words for a cue", &harness);
    press(&mut harness, Key::Escape);
    run(&mut harness, Command::Mark(Mark::LabelInRole(stage::label("source")), MarkRef::Picked));
    see("a source in its role", &harness);
}

fn codebook(see: &mut Eye<'_>) {
    let mut harness = window();
    run(&mut harness, Command::Ask(Ask::Extent));
    see("a label", &harness);
    click(&mut harness, "Remove…");
    see("removing a label", &harness);
    click(&mut harness, "Keep it");
    for name in ["Add a relation…", "Add a question…", "Targets", "Name and guidelines", "Add a label…"] {
        click(&mut harness, name);
        see(name, &harness);
    }
    run(&mut harness, Command::Ask(Ask::Extent));
    click(&mut harness, "Add an attribute…");
    see("an attribute", &harness);
}

fn dialogs(see: &mut Eye<'_>) {
    let mut harness = window();
    for (name, ask) in [
        ("new project", Ask::NewProject),
        ("paste", Ask::PasteArticle),
        ("metadata", Ask::Metadata),
        ("remove the article", Ask::RemoveArticle),
        ("annotator", Ask::Annotator),
        ("export", Ask::Export),
        ("import", Ask::Import),
        ("export of the comparison", Ask::ExportComparison),
        ("pack", Ask::Pack),
        ("settings", Ask::Settings),
    ] {
        run(&mut harness, Command::Ask(ask));
        see(name, &harness);
        press(&mut harness, Key::Escape);
    }
    begun_cards(see);
    for (name, view) in [("keys", View::Keys), ("commands", View::Commands)] {
        run(&mut harness, Command::View(view));
        see(name, &harness);
        press(&mut harness, Key::Escape);
    }
    run(&mut harness, Command::Ask(Ask::Settings));
    let keys = tr("Keys").into_owned();
    harness.get_by_role_and_label(Role::RadioButton, &keys).click();
    harness.run();
    see("settings of keys", &harness);
    harness.get_all_by_role(Role::ListItem).next().expect("commands are listed").click();
    harness.run();
    see("a key that is changed", &harness);
    harness.event(Event::Key {
        key: Key::ArrowDown,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    });
    harness.run();
    see("a key that can’t be", &harness);
}

/// Cards that ask before something goes, and those that help to begin.
fn begun_cards(see: &mut Eye<'_>) {
    let mut harness = window();
    for (name, ask) in [("open recent", Ask::OpenRecent), ("first steps", Ask::FirstSteps), ("about", Ask::About)] {
        run(&mut harness, Command::Ask(ask));
        see(name, &harness);
        press(&mut harness, Key::Escape);
    }
    run(&mut harness, Command::Ask(Ask::Metadata));
    write(&mut harness, " toll");
    press(&mut harness, Key::Escape);
    see("discarding", &harness);
    press(&mut harness, Key::Escape);
    click(&mut harness, "Cancel");
    run(&mut harness, Command::Project(ProjectCommand::WorkAs("Ben".to_owned())));
    run(&mut harness, Command::Ask(Ask::RemoveArticle));
    see("removing what others have marked", &harness);
}

/// What is told of a step, and what is missing.
fn told(see: &mut Eye<'_>) {
    let mut harness = window();
    click(&mut harness, "Definition");
    see("a definition", &harness);
    press(&mut harness, Key::F2);
    see("guidelines", &harness);
    press(&mut harness, Key::F2);
    run(&mut harness, Command::Layer(LayerCommand::Status(Status::Done), None));
    see("what is missing", &harness);
    run(&mut harness, Command::View(View::Incomplete));
    see("incomplete marks", &harness);
    press(&mut harness, Key::Num5);
    see("what was lost", &harness);
    run(&mut harness, Command::Undo);
    let codebook = harness.state().session().project().codebook().clone();
    let mut quote = codebook.label(&stage::label("quote")).expect("there are quotes").clone();
    quote.attributes.clear();
    run(&mut harness, Command::Codebook(CodebookCommand::PutLabel(Box::new(quote)).proposed()));
    see("a change that loses answers", &harness);
}

fn comparing(see: &mut Eye<'_>) {
    let mut harness = window();
    run(&mut harness, Command::View(View::Compare));
    see("articles that are being compared", &harness);
    for wish in std::mem::take(&mut harness.state_mut().wishes) {
        if let Wish::Compare(articles) = wish {
            let project = harness.state().session().project().clone();
            let found = compare::compared(&project, articles, || Ok(())).expect("nobody cancels it");
            harness.state_mut().shell.app.take_comparison(found);
        }
    }
    harness.run();
    see("statements", &harness);
    for (name, key) in
        [("a statement", Key::J), ("one that is accepted", Key::Enter), ("one that is taken back", Key::X)]
    {
        press(&mut harness, key);
        see(name, &harness);
    }
    press(&mut harness, Key::F1);
    see("the keys among statements", &harness);
}

fn menus(see: &mut Eye<'_>) {
    for menu in pressmark::command::table::Menu::ALL {
        let mut harness = window();
        click(&mut harness, menu.text());
        see(menu.text(), &harness);
    }
}

/// Every word of a project and of what stands in it.
fn data(project: &Project) -> BTreeSet<String> {
    let mut texts: Vec<String> = vec![ENGRAVED.to_owned(), project.name().to_owned()];
    texts.extend(project.annotators().flat_map(|(id, a)| [id.to_string(), a.name.clone()]));
    texts.extend(project.stories().map(|(_, story)| story.name.clone()));
    for (id, article) in project.articles() {
        let m = &article.metadata;
        texts.extend([&m.title, &m.outlet, &m.byline, &m.language].map(Clone::clone));
        texts.extend(project.text(id).map(ToString::to_string));
    }
    texts.extend(codebook_texts(project.codebook()));
    texts.extend(recent().into_iter().flat_map(|recent| [recent.name, recent.path]));
    texts.extend(
        [
            "Same words in the Gazette?",
            "/home/a.ron",
            "calder",
            "Ben",
            "thexyz",
            "xyz",
            // Notes of the conflicts.
            "By name A trader",
            // What the library of regular expressions says is put into a sentence of ours.
            "unclosed group",
            "One JSON object for each article, with everybody's marks",
        ]
        .map(str::to_owned),
    );
    pseudo::words_of(texts)
}

fn codebook_texts(codebook: &Codebook) -> Vec<String> {
    let mut texts = vec![codebook.name.clone(), codebook.guidelines.clone()];
    texts.extend(codebook.targets.iter().cloned());
    let attributes = |attributes: &[Attribute]| {
        let choices = attributes.iter().flat_map(Attribute::choices).map(|choice| choice.name.clone());
        let own = attributes.iter().flat_map(|a| [a.name.clone(), a.description.clone()]);
        own.chain(choices).collect::<Vec<_>>()
    };
    for label in &codebook.labels {
        texts.extend([label.name.clone(), label.description.clone(), label.initials.clone()]);
        texts.extend([label.color.light, label.color.dark].map(|color| color.to_string()));
        texts.extend(label.examples.iter().cloned().chain(attributes(&label.attributes)));
    }
    for kind in &codebook.relations {
        texts.extend([kind.name.clone(), kind.description.clone()]);
        texts.extend(kind.roles.iter().map(|role| role.name.clone()).chain(attributes(&kind.attributes)));
    }
    texts.extend(codebook.questions.iter().flat_map(|q| attributes(std::slice::from_ref(&q.attribute))));
    texts
}

/// What is painted on a screen, and what controls are called on it.
fn texts(harness: &Window) -> Vec<pseudo::Painted> {
    let mut texts = pseudo::painted(&harness.output().shapes);
    let named = harness.root().children_recursive().filter_map(|node| node.accesskit_node().label());
    texts.extend(named.map(|text| pseudo::Painted { text, is_cut: false }));
    texts.retain(|painted| painted.text != BY_EGUI);
    texts
}

/// Whether a word is the letter on a key: alone, as on a cap, or in a shortcut.
fn is_key(word: &str, text: &str) -> bool {
    word.chars().count() == 1 && (text == word || text.contains("Ctrl"))
}

#[test]
fn every_screen_is_translated_and_nothing_is_cut() {
    // What is cut in English may be: titles, and words of articles.
    let mut cut = BTreeSet::new();
    screens(&mut |_, harness| cut.extend(texts(harness).into_iter().filter(|t| t.is_cut).map(|t| t.text)));

    let known = data(stage::app(&stage::marked(), ThemeChoice::Light).session().expect("it is open").project());
    let (mut untranslated, mut newly_cut) = (BTreeSet::new(), BTreeSet::new());
    pseudo::speak();
    screens(&mut |screen, harness| {
        for painted in texts(harness) {
            let is_cut =
                |word: &str| painted.text.contains(&format!("{word}…")) && known.iter().any(|k| k.starts_with(word));
            let is_known = |word: &str| known.contains(word) || is_key(word, &painted.text) || is_cut(word);
            let unknown: Vec<_> = pseudo::untranslated(&painted.text).filter(|word| !is_known(word)).collect();
            if !unknown.is_empty() {
                untranslated.insert(format!("{screen}: {} ({})", painted.text, unknown.join(" ")));
            }
            if painted.is_cut && !cut.contains(&pseudo::english(&painted.text)) {
                newly_cut.insert(format!("{screen}: {}", painted.text));
            }
        }
    });
    let list = |found: BTreeSet<String>| found.into_iter().collect::<Vec<_>>().join("\n");
    let (untranslated, newly_cut) = (list(untranslated), list(newly_cut));
    assert!(untranslated.is_empty() && newly_cut.is_empty(), "not translated:\n{untranslated}\n\ncut:\n{newly_cut}");
}
