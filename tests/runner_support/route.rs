//! The one route for a change: who may change what, and what is saved of it.

use std::{fs, path::Path};

use pressmark::{
    command::{
        Command, Show,
        article::{ArticleCommand, NewArticle},
        codebook::{CodebookCommand, Fate},
        project::ProjectCommand,
    },
    model::ArticleId,
    runner::{Gathered, Runner, State},
    session::Run,
};

use crate::stage::{begun, mark, on_disk};

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
    second.run(&Command::Project(ProjectCommand::WorkAs("Ben".to_owned()))).unwrap();
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
    let work_as = |name: &str| Command::Project(ProjectCommand::WorkAs(name.to_owned()));
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
    second.run(&Command::Project(ProjectCommand::WorkAs("Ana".to_owned()))).unwrap();
    let before = second.session().project().clone();
    let article = before.articles().next().unwrap().0.clone();
    let remove = CodebookCommand::RemoveLabel { label: "claim".parse().unwrap(), marks: Fate::Remove };
    let new = NewArticle { text: "Another article.".to_owned(), ..NewArticle::default() };
    for command in [
        Command::Codebook(remove.clone()),
        Command::Article(ArticleCommand::Remove(article)),
        Command::Article(ArticleCommand::Add(new.clone())),
        Command::Project(ProjectCommand::Rename("Bridge".to_owned())),
    ] {
        assert_eq!(second.run(&command).unwrap_err().code, "in-use", "{command:?}");
    }
    // What Ben can undo and redo is his, and what Ana has done is for whoever works as her.
    for command in [Command::Undo, Command::Redo] {
        assert_eq!(second.run(&command).unwrap_err().code, "in-use", "{command:?}");
    }
    let added = second.add(Gathered { articles: vec![new], diagnostics: vec![] });
    assert_eq!((added.added, added.diagnostics[0].code.as_ref()), (vec![], "in-use"));
    assert_eq!(second.session().project(), &before);
    // Where something would have to be read first, it is not read either.
    let mut third = Runner::open(&folder).unwrap();
    third.run(&Command::Project(ProjectCommand::WorkAs("Ana".to_owned()))).unwrap();
    let before = third.session().project().clone();
    assert_eq!(third.run(&Command::Codebook(remove)).unwrap_err().code, "in-use");
    assert_eq!(third.session().project(), &before);
    drop((second, third));
    assert_eq!(on_disk(&folder).layers(&before.articles().next().unwrap().0.clone()).count(), 2);
}

#[test]
fn nobody_takes_back_the_work_of_another() {
    let place = tempfile::tempdir().unwrap();
    let mut runner = begun(&place.path().join("p"), "Ana");
    mark(&mut runner, "unfair").unwrap();
    let marked = runner.session().project().clone();
    let work_as = |runner: &mut Runner, name: &str| {
        runner.run(&Command::Project(ProjectCommand::WorkAs(name.to_owned()))).unwrap();
    };
    work_as(&mut runner, "Ben");
    assert_eq!(runner.run(&Command::Undo).unwrap_err().code, "nothing-to-undo");
    mark(&mut runner, "drivers").unwrap();
    runner.run(&Command::Undo).unwrap();
    let article = marked.articles().next().unwrap().0.clone();
    let ana = "ana".parse().unwrap();
    assert_eq!(runner.session().project().layer(&article, &ana), marked.layer(&article, &ana));
    work_as(&mut runner, "Ana");
    runner.run(&Command::Undo).unwrap();
    assert_eq!(
        runner.session().project().layer(&article, &ana).map_or(0, pressmark::model::Layer::annotation_count),
        0
    );
    work_as(&mut runner, "Ben");
    runner.run(&Command::Redo).unwrap();
    assert_eq!(runner.session().project().layers(&article).count(), 1, "Ben’s mark is back, and Ana’s is not");
}

#[test]
fn a_change_is_saved_as_the_project_was_right_after_it() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut runner = begun(&folder, "Ana");
    let new = NewArticle { text: "The ferry is late, sailors say.".to_owned(), ..NewArticle::default() };
    runner.run(&Command::Article(ArticleCommand::Add(new))).unwrap();
    let ids: Vec<ArticleId> = runner.session().project().articles().map(|(id, _)| id.clone()).collect();
    let ferry = ids.into_iter().find(|id| id.as_str().starts_with("the-ferry")).unwrap();
    runner.run(&Command::Article(ArticleCommand::Open(ferry))).unwrap();
    mark(&mut runner, "sailors").unwrap();
    // The mark’s row is written down in characters of a text that is gone with the next step.
    let shown = [runner.run(&Command::Undo).unwrap(), runner.run(&Command::Undo).unwrap()].concat();
    assert_eq!(shown.iter().filter(|show| matches!(show, Show::Changed(_))).count(), 2);
    runner.flush().unwrap();
    assert_eq!((runner.state(), runner.diagnostics()), (State::Saved, vec![]));
    drop(runner);
    let rows = journal(&folder);
    assert_eq!(rows.iter().filter(|row| row.contains("kind: Undo(")).count(), 2, "{rows:?}");
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

/// Every line of the journals.
fn journal(folder: &Path) -> Vec<String> {
    let journals = fs::read_dir(folder.join("history")).unwrap().map(|entry| entry.unwrap().path());
    let files = journals.flat_map(|journal| fs::read_dir(journal).unwrap().map(|entry| entry.unwrap().path()));
    let files = files.filter(|file| file.is_file());
    files.flat_map(|file| fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}
