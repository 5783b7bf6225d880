//! What was done before the project was opened: undone, redone, gone back to, restored.

use std::{collections::BTreeMap, fs, path::Path};

use pressmark::{
    command::{
        Command, MarkRef, Show,
        article::{ArticleCommand, NewArticle},
        codebook::{CodebookCommand, Fate},
        correct::CorrectText,
        history::HistoryCommand,
        layer::LayerCommand,
        mark::{BoundaryMove, Edge, Mark},
        project::ProjectCommand,
        relate::Relate,
        select::Select,
    },
    diagnostic::Diagnostic,
    model::{Flag, Layer, Status, TransactionId, edit::Standing},
    runner::Runner,
    session::Run,
    store,
};

use super::stage::{begun, mark, on_disk};

/// The files that say what the project is: no journal, and nothing that can be deleted.
type Files = BTreeMap<String, Vec<u8>>;

fn files(folder: &Path) -> Files {
    let mut files = Files::new();
    let mut left = vec![folder.to_owned()];
    while let Some(at) = left.pop() {
        for path in fs::read_dir(at).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
            match path.is_dir() {
                true if name == "history" || name == ".pressmark" => {}
                true => left.push(path),
                false => _ = files.insert(name, fs::read(&path).unwrap()),
            }
        }
    }
    files
}

fn work_as(folder: &Path, annotator: &str) -> Runner {
    let mut runner = Runner::open(folder).unwrap();
    runner.run(&Command::Project(ProjectCommand::WorkAs(annotator.to_owned()))).unwrap();
    runner
}

fn words(from: usize, to: usize) -> Command {
    Command::Select(Select::Characters { start: from, end: to })
}

/// Something of some kind, which may be refused where there is nothing that it could be done to.
fn some(n: usize) -> Vec<Command> {
    let next = || Command::Select(Select::NextMark);
    let picked = |mark: Mark| Command::Mark(mark, MarkRef::Picked);
    let label = ["claim", "quote", "source", "cue", "stance"][n / 12 % 5].parse().unwrap();
    match n % 12 {
        0 | 6 => vec![words(n % 11, n % 11 + 6), picked(Mark::Label(label))],
        1 => vec![Command::Article(ArticleCommand::Add(NewArticle {
            text: format!("Number {n} of the articles says that 橋 is far.\n"),
            ..NewArticle::default()
        }))],
        2 => vec![next(), picked(Mark::Flag(Some(Flag::Flag)))],
        3 => vec![next(), picked(Mark::Note(format!("Note {n}")))],
        4 => vec![Command::Article(ArticleCommand::Next)],
        5 => vec![Command::Layer(LayerCommand::Status([Status::Done, Status::InProgress][n / 12 % 2]), None)],
        7 => vec![next(), picked(Mark::Nudge { edge: Edge::End, by: BoundaryMove::WordForward })],
        8 => vec![Command::Codebook(CodebookCommand::Guidelines(format!("Round {n}\nand more")))],
        9 => vec![next(), picked(Mark::Delete)],
        10 => vec![Command::Codebook(CodebookCommand::RemoveLabel { label, marks: Fate::Remove })],
        _ => {
            let back = store::codebook("news").unwrap().label(&label).unwrap().clone();
            vec![Command::Codebook(CodebookCommand::PutLabel(Box::new(back)))]
        }
    }
}

fn undo(runner: &mut Runner) -> Result<(), Diagnostic> {
    runner.run(&Command::Undo).map(drop)
}

fn code<T>(result: Result<T, Diagnostic>) -> String {
    result.err().map(|why| why.code.into_owned()).unwrap_or_default()
}

/// The steps that everybody has done, with what became of them.
fn log(runner: &mut Runner) -> Vec<(TransactionId, String, Standing)> {
    runner.run(&Command::History(HistoryCommand::Read)).unwrap();
    let entries = runner.session().log().unwrap().entries();
    entries.iter().map(|entry| (entry.id, entry.label.to_string(), entry.standing)).collect()
}

fn id_of(runner: &mut Runner, label: &str) -> TransactionId {
    log(runner).into_iter().rev().find(|(_, called, _)| called == label).unwrap().0
}

fn restore(runner: &mut Runner, id: TransactionId) -> Result<(), Diagnostic> {
    runner.run(&Command::History(HistoryCommand::Restore(id))).map(drop)
}

#[test]
fn undo_goes_back_through_what_was_done_before_the_program_was_closed() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    drop(begun(&folder, "Ana"));
    // Sometimes the program is closed between two steps; a step is what changes a file.
    let mut states = vec![files(&folder)];
    let mut runner = begun(&folder, "Ana");
    let mut n = 0;
    while states.len() <= 50 {
        for command in some(n * 7 + n / 5) {
            let _ = runner.run(&command);
        }
        runner.flush().unwrap();
        let now = files(&folder);
        if states.last() != Some(&now) {
            states.push(now);
        }
        n += 1;
        assert!(n < 1000, "enough of what is done changes something: {}", states.len());
        if n % 9 == 0 {
            drop(runner);
            runner = begun(&folder, "Ana");
        }
    }
    drop(runner);
    let mut runner = work_as(&folder, "Ana");
    for (at, state) in states.iter().enumerate().rev().skip(1) {
        undo(&mut runner).unwrap_or_else(|why| panic!("{at}: {why}"));
        runner.flush().unwrap();
        assert!(files(&folder) == *state, "step {at} was taken back whole");
        if at == 20 {
            drop(runner);
            runner = work_as(&folder, "Ana");
        }
    }
    assert_eq!(code(undo(&mut runner)), "nothing-to-undo");
    drop(runner);
    let mut runner = work_as(&folder, "Ana");
    for (at, state) in states.iter().enumerate().skip(1) {
        runner.run(&Command::Redo).unwrap_or_else(|why| panic!("{at}: {why}"));
        runner.flush().unwrap();
        assert!(files(&folder) == *state, "step {at} was done again");
    }
    assert_eq!(code(runner.run(&Command::Redo)), "nothing-to-redo");
    drop(runner);
    assert_eq!(store::check_project(&folder), Ok(vec![]));
}

#[test]
fn everybody_takes_back_their_own_after_a_restart_too() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut ana = begun(&folder, "Ana");
    mark(&mut ana, "The toll").unwrap();
    drop(ana);
    let mut ben = begun(&folder, "Ben");
    mark(&mut ben, "unfair").unwrap();
    drop(ben);
    let mut runner = work_as(&folder, "Ben");
    undo(&mut runner).unwrap();
    assert_eq!(code(undo(&mut runner)), "nothing-to-undo");
    // The same in one session: Ana’s come back with her.
    runner.run(&Command::Project(ProjectCommand::WorkAs("Ana".to_owned()))).unwrap();
    undo(&mut runner).unwrap();
    assert_eq!(code(undo(&mut runner)), "nothing-to-undo");
    drop(runner);
    assert!(!folder.join("layers").exists() || fs::read_dir(folder.join("layers")).unwrap().next().is_none());
}

#[test]
fn what_was_changed_since_is_not_taken_back() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let rename = |name: &str| Command::Project(ProjectCommand::Rename(name.to_owned()));
    let mut ana = begun(&folder, "Ana");
    mark(&mut ana, "The toll").unwrap();
    ana.run(&rename("Ana’s")).unwrap();
    drop(ana);
    let mut ben = begun(&folder, "Ben");
    ben.run(&rename("Ben’s")).unwrap();
    drop(ben);
    let before = files(&folder);
    let mut ana = work_as(&folder, "Ana");
    let why = undo(&mut ana).unwrap_err();
    assert_eq!(why.message, "“Rename the project” can’t be undone any more: the project’s name was changed since");
    let first = id_of(&mut ana, "Add “The toll is unfair, drivers say.”");
    assert_eq!(code(ana.run(&Command::History(HistoryCommand::GoTo(first)))), "changed-since", "all or nothing");
    drop(ana);
    assert_eq!(files(&folder), before);
}

#[test]
fn one_goes_back_to_a_step_and_on_again() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut ana = begun(&folder, "Ana");
    for words in ["The toll", "unfair", "drivers"] {
        mark(&mut ana, words).unwrap();
    }
    drop(ana);
    let mut ana = begun(&folder, "Ana");
    mark(&mut ana, "say").unwrap();
    let steps = log(&mut ana);
    let count = |runner: &Runner| {
        let article = runner.session().focus().article.clone().unwrap();
        let layer = runner.session().project().layer(&article, runner.session().annotator().unwrap());
        layer.map_or(0, Layer::annotation_count)
    };
    let go = |runner: &mut Runner, id| runner.run(&Command::History(HistoryCommand::GoTo(id))).map(drop);
    let first = steps.iter().find(|(_, label, _)| label == "Mark as Claim").unwrap().0;
    go(&mut ana, first).unwrap();
    assert_eq!(count(&ana), 1);
    let undone = log(&mut ana).iter().filter(|(.., standing)| *standing == Standing::Undone).count();
    assert_eq!(undone, 3);
    assert_eq!(code(go(&mut ana, first)), "nothing-since");
    drop(ana);
    let mut ana = begun(&folder, "Ana");
    go(&mut ana, steps.last().unwrap().0).unwrap();
    assert_eq!(count(&ana), 4);
    drop(ana);
    assert_eq!(store::check_project(&folder), Ok(vec![]));
}

#[test]
fn a_deleted_mark_comes_back_with_its_relation_and_without_what_came_after() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut ana = begun(&folder, "Ana");
    let label = |label: &str| Command::Mark(Mark::Label(label.parse().unwrap()), MarkRef::Picked);
    for (from, to, as_label) in [(0, 8, "source"), (12, 18, "quote")] {
        ana.run(&words(from, to)).unwrap();
        ana.run(&label(as_label)).unwrap();
    }
    ana.run(&Command::Select(Select::PreviousMark)).unwrap();
    let scene = ana.session().scene();
    let marks: Vec<_> = scene.layer().unwrap().annotations().map(|(id, _)| id).collect();
    let members = [("source", marks[0]), ("quote", marks[1])];
    let members = members.map(|(role, id)| (role.parse().unwrap(), MarkRef::Id(id))).to_vec();
    let kind = "attribution".parse().unwrap();
    ana.run(&Command::Relate(Relate::Make { kind, members, attributes: vec![], note: String::new() })).unwrap();
    let before = ana.session().project().clone();
    ana.run(&Command::Select(Select::Pick(MarkRef::Id(marks[1])))).unwrap();
    ana.run(&Command::Mark(Mark::Delete, MarkRef::Picked)).unwrap();
    drop(ana);
    let mut ana = begun(&folder, "Ana");
    ana.run(&Command::Select(Select::NextMark)).unwrap();
    ana.run(&Command::Mark(Mark::Note("Later".to_owned()), MarkRef::Picked)).unwrap();
    let removed = log(&mut ana).into_iter().rev().nth(1).unwrap().0;
    assert!(ana.session().log().unwrap().entry(removed).unwrap().is_restorable());
    let mut ben = begun_beside(&folder, "Ben");
    assert_eq!(code(restore(&mut ben, removed)), "not-yours");
    drop(ben);
    restore(&mut ana, removed).unwrap();
    assert_eq!(code(restore(&mut ana, removed)), "nothing-missing");
    let article = ana.session().focus().article.clone().unwrap();
    let who = ana.session().annotator().unwrap().clone();
    let (was, is) = (before.layer(&article, &who).unwrap(), ana.session().project().layer(&article, &who).unwrap());
    assert_eq!(is.relations(), was.relations());
    assert_eq!(is.annotation(marks[1]), was.annotation(marks[1]));
    assert_eq!(is.annotation(marks[0]).unwrap().note, "Later");
    undo(&mut ana).unwrap();
    assert_eq!(ana.session().project().layer(&article, &who).unwrap().annotation_count(), 1);
    drop(ana);
    assert_eq!(store::check_project(&folder), Ok(vec![]));
}

/// Somebody else at work in the same folder.
fn begun_beside(folder: &Path, annotator: &str) -> Runner {
    let mut runner = work_as(folder, annotator);
    runner.run(&Command::Article(ArticleCommand::Next)).unwrap();
    runner
}

#[test]
fn a_removed_article_and_a_removed_label_come_back_with_their_marks() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut ana = begun(&folder, "Ana");
    mark(&mut ana, "The toll").unwrap();
    ana.flush().unwrap();
    let before = files(&folder);
    let article = ana.session().focus().article.clone().unwrap();
    ana.run(&Command::Article(ArticleCommand::Remove(article.clone()))).unwrap();
    drop(ana);
    let mut ana = work_as(&folder, "Ana");
    ana.run(&Command::Project(ProjectCommand::Rename("Later".to_owned()))).unwrap();
    let removed = id_of(&mut ana, "Remove “The toll is unfair, drivers say.”");
    restore(&mut ana, removed).unwrap();
    ana.flush().unwrap();
    let now = files(&folder);
    let differ: Vec<&String> =
        now.iter().filter(|(name, bytes)| before.get(*name) != Some(bytes)).map(|of| of.0).collect();
    assert_eq!(differ, ["project.ron"]);

    let claim =
        Command::Codebook(CodebookCommand::RemoveLabel { label: "claim".parse().unwrap(), marks: Fate::Remove });
    ana.run(&claim).unwrap();
    drop(ana);
    let mut ana = work_as(&folder, "Ana");
    let kept = ana.session().project().codebook().labels.len();
    let removed = id_of(&mut ana, "Remove the label Claim");
    restore(&mut ana, removed).unwrap();
    assert_eq!(ana.session().project().codebook().labels.len(), kept + 1);
    drop(ana);
    let project = on_disk(&folder);
    assert_eq!(project.layer(&article, &"ana".parse().unwrap()).unwrap().annotation_count(), 1);
    assert_eq!(store::check_project(&folder), Ok(vec![]));
}

#[test]
fn a_script_s_first_undo_takes_back_the_last_step_of_the_session_before_while_nobody_waits() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut ana = begun(&folder, "Ana");
    mark(&mut ana, "The toll").unwrap();
    drop(ana);
    let mut ana = work_as(&folder, "Ana");
    ana.wait_at_most(std::time::Duration::ZERO);
    let (send, woken) = std::sync::mpsc::channel();
    ana.wake_with(move || _ = send.send(()));
    undo(&mut ana).unwrap();
    assert_eq!(
        ana.waiting().map(|(waiting, _)| waiting.name().to_owned()).collect::<Vec<_>>(),
        ["Reading the history"]
    );
    let mut shown = Vec::new();
    while ana.waiting().next().is_some() {
        woken.recv_timeout(std::time::Duration::from_secs(60)).unwrap();
        shown.extend(ana.bring_in());
    }
    let said = shown.iter().any(|show| matches!(show, Show::Say(phrase) if *phrase == "Undone: Mark as Claim"));
    assert!(said, "{shown:?}");
    assert_eq!(ana.diagnostics(), []);
}

/// A mark whose words are lost goes from the text to what is set aside, and back.
#[test]
fn a_corrected_text_is_undone_and_redone_after_restarts_with_its_marks() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut ana = begun(&folder, "Ana");
    for words in ["The toll", "unfair", "drivers"] {
        mark(&mut ana, words).unwrap();
    }
    ana.flush().unwrap();
    let before = files(&folder);
    let article = ana.session().focus().article.clone().unwrap();
    let text = "It is said that the toll is just, drivers say. The toll".to_owned();
    let correct = CorrectText { article, text, loaded: None, prepared: None };
    ana.run(&Command::Article(ArticleCommand::Correct(correct))).unwrap();
    ana.flush().unwrap();
    let after = files(&folder);
    assert_ne!(before, after);
    drop(ana);
    for (command, expected) in [(Command::Undo, &before), (Command::Redo, &after), (Command::Undo, &before)] {
        let mut ana = work_as(&folder, "Ana");
        ana.run(&command).unwrap();
        drop(ana);
        assert!(files(&folder) == *expected, "{command:?}");
    }
}
