//! What is read for commands and searches, and how it is brought in.

use std::{fs, sync::mpsc::Receiver};

use pressmark::{
    command::{
        Command, Show,
        article::ArticleCommand,
        codebook::{CodebookCommand, Fate},
        project::ProjectCommand,
    },
    model::{ArticleId, LayerSlot},
    runner::Runner,
    session::Run,
};

use crate::stage::{ask, begun, mark, on_disk, unread};

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
    let remove = CodebookCommand::RemoveLabel {
        label: "claim".parse().unwrap(),
        marks: Fate::Relabel("quote".parse().unwrap()),
    };
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
    fs::write(&layer, fs::read_to_string(&layer).unwrap().replace("annotations: [", "annotations: [<<<<<<< HEAD"))
        .unwrap();
    let mut runner = Runner::open(&folder).unwrap();
    let remove = CodebookCommand::RemoveLabel { label: "claim".parse().unwrap(), marks: Fate::Remove };
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
    let shown = runner.run(&Command::Article(ArticleCommand::Remove(ids[2].clone()))).unwrap();
    assert_eq!(shown[0], Show::WasRead(vec![ids[2].clone()]), "the views are told");
    let project = runner.session().project();
    assert_eq!((project.articles().len(), ids.iter().filter(|id| project.is_read(id)).count()), (4, 0));
    runner.run(&Command::Undo).unwrap();
    let project = runner.session().project();
    assert!(project.is_read(&ids[2]) && project.layers(&ids[2]).count() == 1);
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
    runner.run(&Command::Project(ProjectCommand::WorkAs("Ana".to_owned()))).unwrap();
    ask(&mut runner, &ids);
    // The last article is opened and marked, and the first removed, before or while they are read.
    let mut told = read_in(runner.run(&Command::Article(ArticleCommand::Open(ids[39].clone()))).unwrap());
    mark(&mut runner, "drivers").unwrap();
    runner.run(&Command::Project(ProjectCommand::Rename("Bridge".to_owned()))).unwrap();
    runner.run(&Command::Codebook(CodebookCommand::Rename("Other".to_owned()))).unwrap();
    told.extend(read_in(runner.run(&Command::Article(ArticleCommand::Remove(ids[0].clone()))).unwrap()));
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
