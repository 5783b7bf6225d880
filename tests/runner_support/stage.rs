//! Projects on a disk, and somebody at work in them.

use std::{
    path::Path,
    sync::mpsc::{Receiver, channel},
};

use pressmark::{
    command::{
        Command, MarkRef,
        article::{ArticleCommand, NewArticle},
        mark::Mark,
        project::ProjectCommand,
        select::Select,
    },
    model::ArticleId,
    runner::{Gathered, Runner},
    session::Run,
};

pub const TEXT: &str = "The toll is unfair, drivers say.";

/// A project in which nothing is marked yet, opened for an annotator.
pub fn begun(folder: &Path, annotator: &str) -> Runner {
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
    runner.run(&Command::Project(ProjectCommand::WorkAs(annotator.to_owned()))).unwrap();
    runner.run(&Command::Article(ArticleCommand::Next)).unwrap();
    runner
}

pub fn mark(runner: &mut Runner, words: &str) -> Result<(), pressmark::diagnostic::Diagnostic> {
    let select = Select::Words { words: words.to_owned(), occurrence: 1 };
    runner.run(&Command::Select(select))?;
    runner.run(&Command::Mark(Mark::Label("claim".parse().unwrap()), MarkRef::Picked)).map(drop)
}

/// The project as somebody else would find it on the disk, with everything read.
pub fn on_disk(folder: &Path) -> pressmark::model::Project {
    let mut runner = Runner::open(folder).unwrap();
    runner.run(&Command::Article(ArticleCommand::Next)).unwrap();
    assert_eq!(runner.diagnostics(), []);
    runner.session().project().clone()
}

/// So many articles, none of them read, opened anew; and a way to wait until some have been.
pub fn unread(folder: &Path, count: usize) -> (Runner, Vec<ArticleId>, Receiver<()>) {
    let mut runner = Runner::create(folder, "Toll", "news").unwrap();
    let article = |n: usize| NewArticle { text: format!("{TEXT} {n}"), ..NewArticle::default() };
    let gathered = Gathered { articles: (0..count).map(article).collect(), diagnostics: vec![] };
    assert_eq!(runner.add(gathered).added.len(), count);
    runner.run(&Command::Project(ProjectCommand::WorkAs("Ana".to_owned()))).unwrap();
    for _ in 0..count {
        runner.run(&Command::Article(ArticleCommand::Next)).unwrap();
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

pub fn ask(runner: &mut Runner, ids: &[ArticleId]) {
    runner.run(&Command::Article(ArticleCommand::Read(ids.to_vec()))).unwrap();
}
