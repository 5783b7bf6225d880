//! The project's folder is renamed, and comes back, while somebody is at work in it.

use std::fs;

use pressmark::{
    command::{
        Command, MarkRef,
        article::{ArticleCommand, NewArticle},
        mark::Mark,
        project::ProjectCommand,
        select::Select,
    },
    diagnostic::Diagnostic,
    runner::{Gathered, Runner, State},
    session::Run,
    store,
};

fn begun(folder: &std::path::Path) -> Runner {
    let mut runner = Runner::create(folder, "Toll", "news").unwrap();
    let article = NewArticle { text: "The toll is unfair, drivers say.".to_owned(), ..NewArticle::default() };
    runner.add(Gathered { articles: vec![article], diagnostics: vec![] });
    runner.run(&Command::Project(ProjectCommand::WorkAs("Ana".to_owned()))).unwrap();
    runner.run(&Command::Article(ArticleCommand::Next)).unwrap();
    runner
}

fn mark(runner: &mut Runner, words: &str) -> Result<(), Diagnostic> {
    runner.run(&Command::Select(Select::Words { words: words.to_owned(), occurrence: 1 }))?;
    runner.run(&Command::Mark(Mark::Label("claim".parse().unwrap()), MarkRef::Picked)).map(drop)
}

#[test]
fn a_folder_that_goes_away_is_not_made_again_and_nothing_is_lost_when_it_comes_back() {
    let place = tempfile::tempdir().unwrap();
    let (here, elsewhere) = (place.path().join("p"), place.path().join("elsewhere"));
    let mut runner = begun(&here);
    mark(&mut runner, "toll").unwrap();
    runner.flush().unwrap();
    fs::rename(&here, &elsewhere).unwrap();
    for words in ["unfair", "drivers", "say"] {
        // Whether it is refused or kept until it can be saved: it is not said to be saved.
        let kept = mark(&mut runner, words);
        let saved = runner.flush();
        assert!(kept.is_err() || saved.is_err(), "{words}");
        assert_ne!(runner.state(), State::Saved);
        assert_eq!(saved.unwrap_err().code, "folder-gone");
        assert!(!here.exists(), "it was made again");
    }
    fs::rename(&elsewhere, &here).unwrap();
    runner.flush().or_else(|_| mark(&mut runner, "The").and_then(|()| runner.flush())).unwrap();
    drop(runner);
    let (folder, mut project, found) = store::open(&here).unwrap();
    assert_eq!(found, []);
    let article = project.articles().next().unwrap().0.clone();
    folder.read_article(&mut project, &article).unwrap();
    assert!(project.layer(&article, &"ana".parse().unwrap()).unwrap().annotation_count() >= 4);
    assert_eq!(store::check_project(&here).unwrap(), []);
}

#[test]
fn another_folder_in_the_place_of_the_one_that_went_is_left_alone() {
    let place = tempfile::tempdir().unwrap();
    let (here, elsewhere) = (place.path().join("p"), place.path().join("elsewhere"));
    let mut runner = begun(&here);
    runner.flush().unwrap();
    fs::rename(&here, &elsewhere).unwrap();
    fs::create_dir(&here).unwrap();
    let kept = mark(&mut runner, "unfair");
    assert!(kept.is_err() || runner.flush().is_err());
    assert_eq!(fs::read_dir(&here).unwrap().count(), 0);
}
