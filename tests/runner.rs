//! A session at work on a disk: what is saved, what waits, and who may write.

#![expect(clippy::unwrap_used, reason = "what the tests share is not inside a test function")]

use std::{
    fs,
    path::Path,
    sync::mpsc::{Receiver, channel},
};

use pressmark::{
    command::{
        Command, MarkRef,
        article::{NewArticle, OfArticles},
        codebook::{Fate, OfCodebook},
        mark::Mark,
        project::OfProject,
        select::Select,
    },
    model::{ArticleId, LayerSlot},
    runner::{Gathered, Runner, State},
    session::Session,
};

const TEXT: &str = "The toll is unfair, drivers say.";

/// A project in which nothing is marked yet, opened for an annotator.
fn begun(folder: &Path, annotator: &str) -> (Runner, Session) {
    let (mut runner, mut session) = if folder.exists() {
        Runner::open(folder).unwrap()
    } else {
        let (mut runner, mut session) = Runner::create(folder, "Toll", "news").unwrap();
        let article = NewArticle { text: TEXT.to_owned(), ..NewArticle::default() };
        let gathered = Gathered { articles: vec![article.clone(), article], diagnostics: vec![] };
        let added = runner.add(&mut session, gathered);
        assert_eq!((added.added.len(), added.twins.len()), (1, 1), "{added:?}");
        assert_eq!(added.twins[0].1, added.added[0]);
        (runner, session)
    };
    runner.run(&mut session, &Command::Project(OfProject::WorkAs(annotator.to_owned()))).unwrap();
    runner.run(&mut session, &Command::Article(OfArticles::Next)).unwrap();
    (runner, session)
}

fn mark(runner: &mut Runner, session: &mut Session, words: &str) -> Result<(), pressmark::diagnostic::Diagnostic> {
    let select = Select::Words { words: words.to_owned(), occurrence: 1 };
    runner.run(session, &Command::Select(select))?;
    runner.run(session, &Command::Mark(Mark::Label("claim".parse().unwrap()), MarkRef::Picked)).map(drop)
}

/// The project as somebody else would find it on the disk, with everything read.
fn on_disk(folder: &Path) -> pressmark::model::Project {
    let (mut runner, mut session) = Runner::open(folder).unwrap();
    runner.run(&mut session, &Command::Article(OfArticles::Next)).unwrap();
    assert_eq!(runner.diagnostics(), []);
    session.project().clone()
}

#[test]
fn what_is_done_is_on_the_disk_when_the_runner_says_so_and_when_it_is_dropped() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let (mut runner, mut session) = begun(&folder, "Ana");
    mark(&mut runner, &mut session, "The toll").unwrap();
    runner.flush().unwrap();
    assert_eq!((runner.state(), runner.diagnostics()), (State::Saved, vec![]));
    assert_eq!(&on_disk(&folder), session.project());
    mark(&mut runner, &mut session, "drivers").unwrap();
    drop(runner);
    assert_eq!(&on_disk(&folder), session.project());
}

#[test]
fn what_could_not_be_saved_is_kept_and_saved_with_the_next_change() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let (mut runner, mut session) = begun(&folder, "Ana");
    runner.flush().unwrap();
    fs::write(folder.join("layers"), "in the way").unwrap();
    mark(&mut runner, &mut session, "The toll").unwrap();
    let why = runner.flush().unwrap_err();
    assert_eq!((runner.state(), why.code.as_ref()), (State::Failed, "not-a-folder"));
    assert_eq!(runner.diagnostics(), [], "it was told once");
    fs::remove_file(folder.join("layers")).unwrap();
    mark(&mut runner, &mut session, "drivers").unwrap();
    runner.flush().unwrap();
    assert_eq!(runner.state(), State::Saved);
    assert_eq!(&on_disk(&folder), session.project());
}

#[test]
fn a_second_program_on_one_annotator_can_only_look() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let (mut first, mut own) = begun(&folder, "Ana");
    first.flush().unwrap();
    let (mut second, mut session) = begun(&folder, "Ana");
    assert_eq!(second.state(), State::ReadOnly);
    assert_eq!(second.diagnostics()[0].code, "in-use");
    let before = session.project().clone();
    assert_eq!(mark(&mut second, &mut session, "drivers").unwrap_err().code, "in-use");
    assert_eq!(session.project(), &before);
    mark(&mut first, &mut own, "drivers").unwrap();
    // As somebody else one can go on.
    second.run(&mut session, &Command::Project(OfProject::WorkAs("Ben".to_owned()))).unwrap();
    mark(&mut second, &mut session, "unfair").unwrap();
    second.flush().unwrap();
    first.flush().unwrap();
    let project = on_disk(&folder);
    let article = project.articles().next().unwrap().0;
    assert_eq!(project.layers(article).map(|(_, slot)| slot.summary().annotations()).collect::<Vec<_>>(), [1, 1]);
}

#[test]
fn a_command_that_needs_every_layer_reads_them_first() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let (mut runner, mut session) = begun(&folder, "Ana");
    mark(&mut runner, &mut session, "The toll").unwrap();
    drop(runner);
    let (mut runner, mut session) = Runner::open(&folder).unwrap();
    let article = session.project().articles().next().unwrap().0.clone();
    assert!(matches!(session.project().layers(&article).next().unwrap().1, LayerSlot::Unread(_)));
    let remove =
        OfCodebook::RemoveLabel { label: "claim".parse().unwrap(), marks: Fate::Relabel("quote".parse().unwrap()) };
    runner.run(&mut session, &Command::Codebook(remove)).unwrap();
    drop(runner);
    let project = on_disk(&folder);
    assert_eq!(&project, session.project());
    assert_eq!(project.layers(&article).next().unwrap().1.summary().counts, [("quote".parse().unwrap(), 1)]);
}

#[test]
fn a_layer_that_cannot_be_read_keeps_the_codebook_from_changing_under_it() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let (mut runner, mut session) = begun(&folder, "Ana");
    mark(&mut runner, &mut session, "The toll").unwrap();
    drop(runner);
    let layer = fs::read_dir(folder.join("layers/ana")).unwrap().next().unwrap().unwrap().path();
    fs::write(&layer, fs::read_to_string(&layer).unwrap().replace("\"The toll\"", "\"No such words\"")).unwrap();
    let (mut runner, mut session) = Runner::open(&folder).unwrap();
    let remove = OfCodebook::RemoveLabel { label: "claim".parse().unwrap(), marks: Fate::Remove };
    let before = fs::read(folder.join("codebook.ron")).unwrap();
    let refused = runner.run(&mut session, &Command::Codebook(remove)).unwrap_err();
    assert_eq!(refused.code, "not-all-read");
    assert!(!runner.diagnostics().is_empty());
    drop(runner);
    assert_eq!(fs::read(folder.join("codebook.ron")).unwrap(), before);
}

/// So many articles, none of them read, opened anew; and a way to wait until some have been.
fn unread(folder: &Path, count: usize) -> (Runner, Session, Vec<ArticleId>, Receiver<()>) {
    let (mut runner, mut session) = Runner::create(folder, "Toll", "news").unwrap();
    let article = |n: usize| NewArticle { text: format!("{TEXT} {n}"), ..NewArticle::default() };
    let gathered = Gathered { articles: (0..count).map(article).collect(), diagnostics: vec![] };
    assert_eq!(runner.add(&mut session, gathered).added.len(), count);
    runner.run(&mut session, &Command::Project(OfProject::WorkAs("Ana".to_owned()))).unwrap();
    for _ in 0..count {
        runner.run(&mut session, &Command::Article(OfArticles::Next)).unwrap();
        mark(&mut runner, &mut session, "The toll").unwrap();
    }
    drop(runner);
    let (runner, session) = Runner::open(folder).unwrap();
    let ids: Vec<_> = session.project().articles().map(|(id, _)| id.clone()).collect();
    assert!(ids.iter().all(|id| !session.project().is_read(id)));
    let (send, woken) = channel();
    // Nobody waits any longer where the test is over.
    runner.wake_with(move || _ = send.send(()));
    (runner, session, ids, woken)
}

fn ask(runner: &mut Runner, session: &mut Session, ids: &[ArticleId]) {
    runner.run(session, &Command::Article(OfArticles::Read(ids.to_vec()))).unwrap();
}

/// Brings articles in until so many have been told of, in their order.
fn wait_for(count: usize, runner: &mut Runner, session: &mut Session, woken: &Receiver<()>) -> Vec<ArticleId> {
    let mut told = runner.bring_in(session);
    while told.len() < count {
        woken.recv().unwrap();
        told.extend(runner.bring_in(session));
    }
    told
}

#[test]
fn articles_are_read_ahead_of_a_search_and_none_of_them_is_shown() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let (mut runner, mut session, ids, woken) = unread(&folder, 40);
    ask(&mut runner, &mut session, &ids);
    assert_eq!(wait_for(40, &mut runner, &mut session, &woken), ids);
    assert!(ids.iter().all(|id| session.project().is_read(id)));
    assert_eq!((runner.diagnostics(), session.focus().article.as_ref()), (vec![], None));
    ask(&mut runner, &mut session, &ids[..1]);
    assert_eq!(wait_for(1, &mut runner, &mut session, &woken), ids[..1], "what is read already is told of too");
}

#[test]
fn articles_that_several_searches_ask_for_are_read_once() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let (mut runner, mut session, ids, woken) = unread(&folder, 40);
    for _ in 0..3 {
        ask(&mut runner, &mut session, &ids);
    }
    assert_eq!(wait_for(40, &mut runner, &mut session, &woken), ids);
    ask(&mut runner, &mut session, &ids[..1]);
    assert_eq!(wait_for(1, &mut runner, &mut session, &woken), ids[..1], "nothing else is still to come");
}

#[test]
fn an_article_that_cannot_be_read_is_told_of_once_however_often_it_is_searched() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let (mut runner, mut session, ids, woken) = unread(&folder, 2);
    fs::write(folder.join("articles").join(format!("{}.ron", ids[0])), "no article").unwrap();
    for told in [1, 0] {
        ask(&mut runner, &mut session, &ids);
        assert_eq!(wait_for(2, &mut runner, &mut session, &woken), ids);
        assert_eq!(runner.diagnostics().len(), told);
    }
    assert_eq!(ids.iter().map(|id| session.project().is_read(id)).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn work_goes_on_while_articles_are_read_and_nothing_of_it_is_lost() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let (mut runner, mut session, ids, woken) = unread(&folder, 40);
    runner.run(&mut session, &Command::Project(OfProject::WorkAs("Ana".to_owned()))).unwrap();
    ask(&mut runner, &mut session, &ids);
    // The last article is opened and marked, and the first removed, before or while they are read.
    runner.run(&mut session, &Command::Article(OfArticles::Open(ids[39].clone()))).unwrap();
    mark(&mut runner, &mut session, "drivers").unwrap();
    runner.run(&mut session, &Command::Project(OfProject::Rename("Bridge".to_owned()))).unwrap();
    runner.run(&mut session, &Command::Codebook(OfCodebook::Rename("Other".to_owned()))).unwrap();
    runner.run(&mut session, &Command::Article(OfArticles::Remove(ids[0].clone()))).unwrap();
    let mut told = wait_for(40, &mut runner, &mut session, &woken);
    told.sort();
    assert_eq!(told, ids, "each once");
    let summaries = |id: &ArticleId| session.project().layers(id).map(|(_, slot)| slot.summary().annotations()).sum();
    let counts: Vec<u32> = ids.iter().map(summaries).collect();
    assert_eq!((counts[0], counts[1], counts[39]), (0, 1, 2));
    runner.flush().unwrap();
    assert_eq!(runner.diagnostics(), []);
}
