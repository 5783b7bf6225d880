//! A session at work on a disk: what is saved, what waits, and who may write.

#![expect(clippy::unwrap_used, reason = "what the tests share is not inside a test function")]

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    sync::mpsc::{Receiver, channel},
    time::Duration,
};

use pressmark::{
    command::{
        Command, MarkRef, Show,
        article::{NewArticle, OfArticles},
        codebook::{Fate, OfCodebook},
        mark::Mark,
        project::OfProject,
        select::Select,
    },
    model::{ArticleId, LayerSlot},
    runner::{Gathered, Runner, State},
    session::Run,
};

const TEXT: &str = "The toll is unfair, drivers say.";

/// A project in which nothing is marked yet, opened for an annotator.
fn begun(folder: &Path, annotator: &str) -> Runner {
    let mut runner = if folder.exists() {
        Runner::open(folder).unwrap()
    } else {
        let mut runner = Runner::create(folder, "Toll", "news").unwrap();
        let article = NewArticle { text: TEXT.to_owned(), ..NewArticle::default() };
        let gathered = Gathered { articles: vec![article.clone(), article], diagnostics: vec![] };
        let added = runner.add(gathered);
        assert_eq!((added.added.len(), added.twins.len()), (1, 1), "{added:?}");
        assert_eq!(added.twins[0].1, added.added[0]);
        runner
    };
    runner.run(&Command::Project(OfProject::WorkAs(annotator.to_owned()))).unwrap();
    runner.run(&Command::Article(OfArticles::Next)).unwrap();
    runner
}

fn mark(runner: &mut Runner, words: &str) -> Result<(), pressmark::diagnostic::Diagnostic> {
    let select = Select::Words { words: words.to_owned(), occurrence: 1 };
    runner.run(&Command::Select(select))?;
    runner.run(&Command::Mark(Mark::Label("claim".parse().unwrap()), MarkRef::Picked)).map(drop)
}

/// The project as somebody else would find it on the disk, with everything read.
fn on_disk(folder: &Path) -> pressmark::model::Project {
    let mut runner = Runner::open(folder).unwrap();
    runner.run(&Command::Article(OfArticles::Next)).unwrap();
    assert_eq!(runner.diagnostics(), []);
    runner.session().project().clone()
}

#[test]
fn what_is_done_is_on_the_disk_when_the_runner_says_so_and_when_it_is_dropped() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut runner = begun(&folder, "Ana");
    mark(&mut runner, "The toll").unwrap();
    runner.flush().unwrap();
    assert_eq!((runner.state(), runner.diagnostics()), (State::Saved, vec![]));
    assert_eq!(&on_disk(&folder), runner.session().project());
    mark(&mut runner, "drivers").unwrap();
    let project = runner.session().project().clone();
    drop(runner);
    assert_eq!(on_disk(&folder), project);
}

#[test]
fn what_could_not_be_saved_is_kept_and_saved_with_the_next_change() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut runner = begun(&folder, "Ana");
    runner.flush().unwrap();
    fs::write(folder.join("layers"), "in the way").unwrap();
    mark(&mut runner, "The toll").unwrap();
    let why = runner.flush().unwrap_err();
    assert_eq!((runner.state(), why.code.as_ref()), (State::Failed, "not-a-folder"));
    assert_eq!(runner.diagnostics(), [], "it was told once");
    fs::remove_file(folder.join("layers")).unwrap();
    mark(&mut runner, "drivers").unwrap();
    runner.flush().unwrap();
    assert_eq!(runner.state(), State::Saved);
    assert_eq!(&on_disk(&folder), runner.session().project());
}

#[test]
fn a_second_program_on_one_annotator_can_only_look() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut first = begun(&folder, "Ana");
    first.flush().unwrap();
    let mut second = begun(&folder, "Ana");
    assert_eq!(second.state(), State::ReadOnly);
    assert_eq!(second.diagnostics()[0].code, "in-use");
    let before = second.session().project().clone();
    assert_eq!(mark(&mut second, "drivers").unwrap_err().code, "in-use");
    assert_eq!(second.session().project(), &before);
    mark(&mut first, "drivers").unwrap();
    // As somebody else one can go on.
    second.run(&Command::Project(OfProject::WorkAs("Ben".to_owned()))).unwrap();
    mark(&mut second, "unfair").unwrap();
    second.flush().unwrap();
    first.flush().unwrap();
    let project = on_disk(&folder);
    let article = project.articles().next().unwrap().0;
    assert_eq!(project.layers(article).map(|(_, slot)| slot.summary().annotations()).collect::<Vec<_>>(), [1, 1]);
}

#[test]
fn whoever_could_not_have_a_lock_goes_back_to_work_as_before() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut first = begun(&folder, "Ana");
    first.flush().unwrap();
    let mut second = begun(&folder, "Ben");
    let work_as = |name: &str| Command::Project(OfProject::WorkAs(name.to_owned()));
    second.run(&work_as("Ana")).unwrap();
    assert_eq!((second.state(), second.diagnostics()[0].code.as_ref()), (State::ReadOnly, "in-use"));
    second.run(&work_as("Ben")).unwrap();
    mark(&mut second, "unfair").unwrap();
    second.flush().unwrap();
    assert_eq!((second.state(), second.diagnostics()), (State::Saved, vec![]));
    drop(first);
    second.run(&work_as("Ana")).unwrap();
    mark(&mut second, "drivers").unwrap();
    second.flush().unwrap();
    let project = on_disk(&folder);
    let article = project.articles().next().unwrap().0;
    assert_eq!(project.layers(article).map(|(_, slot)| slot.summary().annotations()).collect::<Vec<_>>(), [1, 1]);
}

#[test]
fn nothing_changes_what_can_only_be_read() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut first = begun(&folder, "Ana");
    mark(&mut first, "The toll").unwrap();
    first.flush().unwrap();
    // A mark of one's own to undo, and one that was undone.
    let mut second = begun(&folder, "Ben");
    mark(&mut second, "drivers").unwrap();
    mark(&mut second, "unfair").unwrap();
    second.run(&Command::Undo).unwrap();
    second.flush().unwrap();
    second.run(&Command::Project(OfProject::WorkAs("Ana".to_owned()))).unwrap();
    let before = second.session().project().clone();
    let article = before.articles().next().unwrap().0.clone();
    let remove = OfCodebook::RemoveLabel { label: "claim".parse().unwrap(), marks: Fate::Remove };
    let new = NewArticle { text: "Another article.".to_owned(), ..NewArticle::default() };
    for command in [
        Command::Undo,
        Command::Redo,
        Command::Codebook(remove.clone()),
        Command::Article(OfArticles::Remove(article)),
        Command::Article(OfArticles::Add(new.clone())),
        Command::Project(OfProject::Rename("Bridge".to_owned())),
    ] {
        assert_eq!(second.run(&command).unwrap_err().code, "in-use", "{command:?}");
    }
    let added = second.add(Gathered { articles: vec![new], diagnostics: vec![] });
    assert_eq!((added.added, added.diagnostics[0].code.as_ref()), (vec![], "in-use"));
    assert_eq!(second.session().project(), &before);
    // Where something would have to be read first, it is not read either.
    let mut third = Runner::open(&folder).unwrap();
    third.run(&Command::Project(OfProject::WorkAs("Ana".to_owned()))).unwrap();
    let before = third.session().project().clone();
    assert_eq!(third.run(&Command::Codebook(remove)).unwrap_err().code, "in-use");
    assert_eq!(third.session().project(), &before);
    drop((second, third));
    assert_eq!(on_disk(&folder).layers(&before.articles().next().unwrap().0.clone()).count(), 2);
}

/// Every change of the journals, by the words that name it.
fn journal(folder: &Path) -> Vec<String> {
    let (folder, project, _) = pressmark::store::open(folder).unwrap();
    let by = project.annotators().map(|(id, _)| Some(id)).chain([None]);
    let read = by.flat_map(|by| {
        let (rows, lost) = folder.read_journal(&project, by);
        assert_eq!(lost, []);
        rows
    });
    read.map(|row| row.label.english()).collect()
}

#[test]
fn a_change_is_saved_as_the_project_was_right_after_it() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut runner = begun(&folder, "Ana");
    let new = NewArticle { text: "The ferry is late, sailors say.".to_owned(), ..NewArticle::default() };
    runner.run(&Command::Article(OfArticles::Add(new))).unwrap();
    let ids: Vec<ArticleId> = runner.session().project().articles().map(|(id, _)| id.clone()).collect();
    let ferry = ids.into_iter().find(|id| id.as_str().starts_with("the-ferry")).unwrap();
    runner.run(&Command::Article(OfArticles::Open(ferry))).unwrap();
    mark(&mut runner, "sailors").unwrap();
    // The mark’s row is written down in characters of a text that is gone with the next step.
    let shown = [runner.run(&Command::Undo).unwrap(), runner.run(&Command::Undo).unwrap()].concat();
    assert_eq!(shown.iter().filter(|show| matches!(show, Show::Changed(_))).count(), 2);
    runner.flush().unwrap();
    assert_eq!((runner.state(), runner.diagnostics()), (State::Saved, vec![]));
    drop(runner);
    let rows = journal(&folder);
    assert_eq!(rows.iter().filter(|row| row.starts_with("Undone: ")).count(), 2, "{rows:?}");
}

#[test]
fn a_command_that_needs_every_layer_reads_them_first() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut runner = begun(&folder, "Ana");
    mark(&mut runner, "The toll").unwrap();
    drop(runner);
    let mut runner = Runner::open(&folder).unwrap();
    let article = runner.session().project().articles().next().unwrap().0.clone();
    assert!(matches!(runner.session().project().layers(&article).next().unwrap().1, LayerSlot::Unread(_)));
    let remove =
        OfCodebook::RemoveLabel { label: "claim".parse().unwrap(), marks: Fate::Relabel("quote".parse().unwrap()) };
    runner.run(&Command::Codebook(remove)).unwrap();
    let project = runner.session().project().clone();
    drop(runner);
    assert_eq!(on_disk(&folder), project);
    assert_eq!(project.layers(&article).next().unwrap().1.summary().counts, [("quote".parse().unwrap(), 1)]);
}

#[test]
fn a_layer_that_cannot_be_read_keeps_the_codebook_from_changing_under_it() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut runner = begun(&folder, "Ana");
    mark(&mut runner, "The toll").unwrap();
    drop(runner);
    let layer = fs::read_dir(folder.join("layers/ana")).unwrap().next().unwrap().unwrap().path();
    fs::write(&layer, fs::read_to_string(&layer).unwrap().replace("\"The toll\"", "\"No such words\"")).unwrap();
    let mut runner = Runner::open(&folder).unwrap();
    let remove = OfCodebook::RemoveLabel { label: "claim".parse().unwrap(), marks: Fate::Remove };
    let before = fs::read(folder.join("codebook.ron")).unwrap();
    let refused = runner.run(&Command::Codebook(remove)).unwrap_err();
    assert_eq!(refused.code, "not-all-read");
    assert!(!runner.diagnostics().is_empty());
    drop(runner);
    assert_eq!(fs::read(folder.join("codebook.ron")).unwrap(), before);
}

#[test]
fn removing_an_article_reads_that_article_alone() {
    let place = tempfile::tempdir().unwrap();
    let (mut runner, ids, _) = unread(&place.path().join("p"), 5);
    let shown = runner.run(&Command::Article(OfArticles::Remove(ids[2].clone()))).unwrap();
    assert_eq!(shown[0], Show::WasRead(vec![ids[2].clone()]), "the views are told");
    let project = runner.session().project();
    assert_eq!((project.articles().len(), ids.iter().filter(|id| project.is_read(id)).count()), (4, 0));
    runner.run(&Command::Undo).unwrap();
    let project = runner.session().project();
    assert!(project.is_read(&ids[2]) && project.layers(&ids[2]).count() == 1);
}

/// So many articles, none of them read, opened anew; and a way to wait until some have been.
fn unread(folder: &Path, count: usize) -> (Runner, Vec<ArticleId>, Receiver<()>) {
    let mut runner = Runner::create(folder, "Toll", "news").unwrap();
    let article = |n: usize| NewArticle { text: format!("{TEXT} {n}"), ..NewArticle::default() };
    let gathered = Gathered { articles: (0..count).map(article).collect(), diagnostics: vec![] };
    assert_eq!(runner.add(gathered).added.len(), count);
    runner.run(&Command::Project(OfProject::WorkAs("Ana".to_owned()))).unwrap();
    for _ in 0..count {
        runner.run(&Command::Article(OfArticles::Next)).unwrap();
        mark(&mut runner, "The toll").unwrap();
    }
    drop(runner);
    let runner = Runner::open(folder).unwrap();
    let ids: Vec<_> = runner.session().project().articles().map(|(id, _)| id.clone()).collect();
    assert!(ids.iter().all(|id| !runner.session().project().is_read(id)));
    let (send, woken) = channel();
    // Nobody waits any longer where the test is over.
    runner.wake_with(move || _ = send.send(()));
    (runner, ids, woken)
}

fn ask(runner: &mut Runner, ids: &[ArticleId]) {
    runner.run(&Command::Article(OfArticles::Read(ids.to_vec()))).unwrap();
}

/// Brings articles in until so many have been told of, in their order.
fn wait_for(count: usize, runner: &mut Runner, woken: &Receiver<()>) -> Vec<ArticleId> {
    let mut told = read_in(runner.bring_in());
    while told.len() < count {
        woken.recv().unwrap();
        told.extend(read_in(runner.bring_in()));
    }
    told
}

/// The articles that are told of as read.
fn read_in(shown: Vec<Show>) -> Vec<ArticleId> {
    let read = shown.into_iter().filter_map(|show| match show {
        Show::WasRead(read) => Some(read),
        _ => None,
    });
    read.flatten().collect()
}

#[test]
fn articles_are_read_ahead_of_a_search_and_none_of_them_is_shown() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let (mut runner, ids, woken) = unread(&folder, 40);
    ask(&mut runner, &ids);
    assert_eq!(wait_for(40, &mut runner, &woken), ids);
    assert!(ids.iter().all(|id| runner.session().project().is_read(id)));
    assert_eq!((runner.diagnostics(), runner.session().focus().article.as_ref()), (vec![], None));
    ask(&mut runner, &ids[..1]);
    assert_eq!(wait_for(1, &mut runner, &woken), ids[..1], "what is read already is told of too");
}

#[test]
fn articles_that_several_searches_ask_for_are_read_once() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let (mut runner, ids, woken) = unread(&folder, 40);
    for _ in 0..3 {
        ask(&mut runner, &ids);
    }
    assert_eq!(wait_for(40, &mut runner, &woken), ids);
    ask(&mut runner, &ids[..1]);
    assert_eq!(wait_for(1, &mut runner, &woken), ids[..1], "nothing else is still to come");
}

#[test]
fn an_article_that_cannot_be_read_is_told_of_once_however_often_it_is_searched() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let (mut runner, ids, woken) = unread(&folder, 2);
    fs::write(folder.join("articles").join(format!("{}.ron", ids[0])), "no article").unwrap();
    for told in [1, 0] {
        ask(&mut runner, &ids);
        assert_eq!(wait_for(2, &mut runner, &woken), ids);
        assert_eq!(runner.diagnostics().len(), told);
    }
    assert_eq!(ids.iter().map(|id| runner.session().project().is_read(id)).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn work_goes_on_while_articles_are_read_and_nothing_of_it_is_lost() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let (mut runner, ids, woken) = unread(&folder, 40);
    runner.run(&Command::Project(OfProject::WorkAs("Ana".to_owned()))).unwrap();
    ask(&mut runner, &ids);
    // The last article is opened and marked, and the first removed, before or while they are read.
    let mut told = read_in(runner.run(&Command::Article(OfArticles::Open(ids[39].clone()))).unwrap());
    mark(&mut runner, "drivers").unwrap();
    runner.run(&Command::Project(OfProject::Rename("Bridge".to_owned()))).unwrap();
    runner.run(&Command::Codebook(OfCodebook::Rename("Other".to_owned()))).unwrap();
    told.extend(read_in(runner.run(&Command::Article(OfArticles::Remove(ids[0].clone()))).unwrap()));
    told.extend(wait_for(40 - told.len(), &mut runner, &woken));
    told.sort();
    told.dedup();
    assert_eq!(told, ids);
    let summaries =
        |id: &ArticleId| runner.session().project().layers(id).map(|(_, slot)| slot.summary().annotations()).sum();
    let counts: Vec<u32> = ids.iter().map(summaries).collect();
    assert_eq!((counts[0], counts[1], counts[39]), (0, 1, 2));
    runner.flush().unwrap();
    assert_eq!(runner.diagnostics(), []);
}

/// Removes the label of every mark, for which all articles have to be read.
fn remove_claims() -> Command {
    Command::Codebook(OfCodebook::RemoveLabel { label: "claim".parse().unwrap(), marks: Fate::Remove })
}

/// Brings in what comes until there is something to be shown of this kind.
fn wait_until(is_wanted: impl Fn(&Show) -> bool, runner: &mut Runner, woken: &Receiver<()>) {
    while !runner.bring_in().iter().any(&is_wanted) {
        woken.recv().unwrap();
    }
}

#[test]
fn a_window_goes_on_while_a_command_waits_for_articles_and_it_is_run_when_they_are_there() {
    let place = tempfile::tempdir().unwrap();
    let (mut runner, ids, woken) = unread(&place.path().join("p"), 40);
    runner.run(&Command::Project(OfProject::WorkAs("Ana".to_owned()))).unwrap();
    runner.wait_at_most(Duration::ZERO);
    let before = runner.session().project().codebook().labels.len();
    assert_eq!(runner.run(&remove_claims()).unwrap(), []);
    assert_eq!(runner.waiting().count(), 1);
    // What is marked meanwhile is brought under the new codebook too.
    runner.run(&Command::Article(OfArticles::Open(ids[39].clone()))).unwrap();
    runner.run(&Command::Project(OfProject::Rename("Bridge".to_owned()))).unwrap();
    wait_until(|show| matches!(show, Show::Changed(_)), &mut runner, &woken);
    assert_eq!((runner.waiting().count(), runner.diagnostics()), (0, vec![]));
    let project = runner.session().project();
    assert_eq!((project.name(), project.codebook().labels.len()), ("Bridge", before - 1));
    let marks = |id: &ArticleId| project.layers(id).map(|(_, slot)| slot.summary().annotations()).sum::<u32>();
    assert!(ids.iter().all(|id| marks(id) == 0));
}

#[test]
fn a_command_that_is_cancelled_while_it_waits_leaves_everything_as_it_was() {
    let place = tempfile::tempdir().unwrap();
    let (mut runner, ids, woken) = unread(&place.path().join("p"), 200);
    runner.wait_at_most(Duration::ZERO);
    let before = runner.session().project().codebook().clone();
    runner.run(&remove_claims()).unwrap();
    let number = runner.waiting().next().unwrap().0.number;
    runner.cancel(number + 1);
    assert_eq!(runner.waiting().count(), 1);
    runner.cancel(number);
    assert_eq!((runner.waiting().count(), runner.diagnostics()[0].code.as_ref()), (0, "cancelled"));
    ask(&mut runner, &ids[199..]);
    wait_until(|show| matches!(show, Show::WasRead(read) if read.contains(&ids[199])), &mut runner, &woken);
    let project = runner.session().project();
    assert_eq!(project.codebook(), &before);
    assert!(ids.iter().filter(|id| project.is_read(id)).count() < 199, "it was not read to the end");
}

#[test]
fn a_command_that_waits_is_not_run_for_somebody_else() {
    let place = tempfile::tempdir().unwrap();
    let (mut runner, ids, woken) = unread(&place.path().join("p"), 40);
    runner.run(&Command::Project(OfProject::WorkAs("Ana".to_owned()))).unwrap();
    runner.wait_at_most(Duration::ZERO);
    runner.run(&Command::Article(OfArticles::Remove(ids[3].clone()))).unwrap();
    runner.run(&Command::Project(OfProject::WorkAs("Ben".to_owned()))).unwrap();
    wait_until(|show| matches!(show, Show::WasRead(_)), &mut runner, &woken);
    assert_eq!(runner.diagnostics()[0].code, "overtaken");
    assert_eq!(runner.session().project().articles().len(), 40);
}

#[test]
fn what_is_not_needed_is_let_go_of_and_read_again_for_whoever_wants_it_changed() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let (mut runner, ids, _) = unread(&folder, 6);
    let open = |id: &ArticleId| Command::Article(OfArticles::Open(id.clone()));
    runner.run(&Command::Project(OfProject::WorkAs("Ana".to_owned()))).unwrap();
    for id in &ids[..4] {
        runner.run(&open(id)).unwrap();
        mark(&mut runner, "unfair").unwrap();
    }
    runner.flush().unwrap();
    let before = runner.session().project().clone();
    let is_read = |runner: &Runner| ids.iter().map(|id| runner.session().project().is_read(id)).collect::<Vec<_>>();
    assert_eq!(is_read(&runner), [true, true, true, true, false, false]);
    runner.keep_at_most(0);
    runner.make_room(&[ids[1].clone()].into());
    assert_eq!(is_read(&runner), [false, true, false, true, false, false], "it is needed, or open");
    assert!(runner.session().index(&ids[0], &"ana".parse().unwrap()).is_none());
    let summaries = |project: &pressmark::model::Project| -> Vec<_> {
        ids.iter().flat_map(|id| project.layers(id).map(|(_, slot)| slot.summary()).collect::<Vec<_>>()).collect()
    };
    assert_eq!(summaries(runner.session().project()), summaries(&before), "what the list shows stays");
    runner.keep_at_most(usize::MAX);
    for _ in &ids[..4] {
        runner.run(&Command::Undo).unwrap();
    }
    assert_eq!(is_read(&runner), [true, true, true, true, false, false]);
    let marks = |runner: &Runner| {
        let marks = |id| runner.session().project().layers(id).map(|(_, slot)| slot.summary().annotations()).sum();
        ids.iter().map(marks).collect::<Vec<u32>>()
    };
    assert_eq!(marks(&runner), [1; 6]);
    runner.flush().unwrap();
    runner.keep_at_most(0);
    runner.make_room(&BTreeSet::new());
    for _ in &ids[..4] {
        runner.run(&Command::Redo).unwrap();
    }
    assert_eq!(marks(&runner), [2, 2, 2, 2, 1, 1]);
    drop(runner);
    assert_eq!(summaries(&on_disk(&folder)), summaries(&before));
}

#[test]
fn what_is_not_saved_is_not_let_go_of() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let (mut runner, ids, _) = unread(&folder, 2);
    runner.run(&Command::Project(OfProject::WorkAs("Ana".to_owned()))).unwrap();
    runner.run(&Command::Article(OfArticles::Open(ids[0].clone()))).unwrap();
    let layers = folder.join("layers/ana");
    fs::rename(&layers, folder.join("layers/aside")).unwrap();
    fs::write(&layers, "in the way").unwrap();
    mark(&mut runner, "unfair").unwrap();
    runner.flush().unwrap_err();
    runner.run(&Command::Article(OfArticles::Open(ids[1].clone()))).unwrap();
    runner.keep_at_most(0);
    runner.make_room(&BTreeSet::new());
    assert!(runner.session().project().is_read(&ids[0]));
}
