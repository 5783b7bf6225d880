//! What goes on beside whoever works: waiting, cancelling, and letting go of what is not needed.

use std::{
    collections::BTreeSet,
    fs,
    sync::mpsc::Receiver,
    thread,
    time::{Duration, Instant},
};

use pressmark::{
    command::{
        Command, Show,
        article::ArticleCommand,
        codebook::{CodebookCommand, Fate},
        project::ProjectCommand,
    },
    format::{ExportOptions, Format},
    jobs::Progress,
    model::ArticleId,
    runner::{self, Runner},
    session::Run,
};

use crate::stage::{ask, mark, on_disk, unread};

#[test]
fn a_window_goes_on_while_a_command_waits_for_articles_and_it_is_run_when_they_are_there() {
    let place = tempfile::tempdir().unwrap();
    let (mut runner, ids, woken) = unread(&place.path().join("p"), 40);
    runner.run(&Command::Project(ProjectCommand::WorkAs("Ana".to_owned()))).unwrap();
    runner.wait_at_most(Duration::ZERO);
    let before = runner.session().project().codebook().labels.len();
    assert_eq!(runner.run(&remove_claims()).unwrap(), []);
    assert_eq!(runner.waiting().count(), 1);
    // What is marked meanwhile is brought under the new codebook too.
    runner.run(&Command::Article(ArticleCommand::Open(ids[39].clone()))).unwrap();
    runner.run(&Command::Project(ProjectCommand::Rename("Bridge".to_owned()))).unwrap();
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
    runner.run(&Command::Project(ProjectCommand::WorkAs("Ana".to_owned()))).unwrap();
    runner.wait_at_most(Duration::ZERO);
    runner.run(&Command::Article(ArticleCommand::Remove(ids[3].clone()))).unwrap();
    runner.run(&Command::Project(ProjectCommand::WorkAs("Ben".to_owned()))).unwrap();
    wait_until(|show| matches!(show, Show::WasRead(_)), &mut runner, &woken);
    // Whether it was read before Ben took over or after: nothing was done in his name.
    let overtaken = runner.diagnostics().iter().any(|told| told.code == "overtaken");
    assert_eq!(runner.session().project().articles().len(), if overtaken { 40 } else { 39 });
    let nothing_done = |runner: &mut Runner| {
        let is_ben = runner.session().annotator().is_some_and(|who| who.as_str() == "ben");
        is_ben.then(|| runner.run(&Command::Undo).is_err())
    };
    let end = Instant::now() + Duration::from_secs(20);
    while nothing_done(&mut runner) != Some(true) {
        assert!(Instant::now() < end, "Ben has nothing to take back");
        thread::sleep(Duration::from_millis(1));
        runner.bring_in();
    }
}

#[test]
fn what_is_not_needed_is_let_go_of_and_read_again_for_whoever_wants_it_changed() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let (mut runner, ids, _) = unread(&folder, 6);
    let open = |id: &ArticleId| Command::Article(ArticleCommand::Open(id.clone()));
    runner.run(&Command::Project(ProjectCommand::WorkAs("Ana".to_owned()))).unwrap();
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
    runner.run(&Command::Project(ProjectCommand::WorkAs("Ana".to_owned()))).unwrap();
    runner.run(&Command::Article(ArticleCommand::Open(ids[0].clone()))).unwrap();
    let layers = folder.join("layers/ana");
    fs::rename(&layers, folder.join("layers/aside")).unwrap();
    fs::write(&layers, "in the way").unwrap();
    mark(&mut runner, "unfair").unwrap();
    runner.flush().unwrap_err();
    runner.run(&Command::Article(ArticleCommand::Open(ids[1].clone()))).unwrap();
    runner.keep_at_most(0);
    runner.make_room(&BTreeSet::new());
    assert!(runner.session().project().is_read(&ids[0]));
}

#[test]
fn work_that_is_cancelled_leaves_nothing_behind_and_work_that_is_not_says_how_far_it_is() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let (runner, _, _) = unread(&folder, 5);
    let jsonl = Format::named("jsonl").unwrap();
    let [dataset, packed, unpacked] = ["out.jsonl", "one.ron", "one"].map(|name| place.path().join(name));
    let names = || {
        let entries = fs::read_dir(place.path()).unwrap();
        let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    let cancelled = Progress::default();
    cancelled.cancel();
    assert_eq!(
        runner.exporting(jsonl, &ExportOptions::default(), &dataset)(&cancelled).unwrap_err()[0].code,
        "cancelled"
    );
    assert_eq!(runner.packing(&packed)(&cancelled).unwrap_err()[0].code, "cancelled");
    assert_eq!(Runner::open_in_steps(&folder, &cancelled).unwrap_err().code, "cancelled");
    let gathered = runner::gather(&[folder.join("articles")], "", "", &cancelled);
    assert!(gathered.articles.is_empty());
    assert_eq!(names(), ["p"]);
    let all = || Progress::default();
    for progress in [all(), all()] {
        runner.exporting(jsonl, &ExportOptions::default(), &dataset)(&progress).unwrap();
        assert_eq!(progress.share(), Some(1.0));
    }
    let progress = all();
    runner.packing(&packed)(&progress).unwrap();
    assert_eq!(progress.share(), Some(1.0));
    assert_eq!(Runner::open_in_steps(&packed, &cancelled).unwrap_err().code, "cancelled");
    assert_eq!(names(), ["one.ron", "out.codebook.json", "out.jsonl", "p"]);
    let progress = all();
    let opened = Runner::open_in_steps(&packed, &progress).unwrap();
    assert_eq!((opened.root(), progress.share()), (unpacked.as_path(), Some(1.0)));
}

/// Removes the label of every mark, for which all articles have to be read.
fn remove_claims() -> Command {
    Command::Codebook(CodebookCommand::RemoveLabel { label: "claim".parse().unwrap(), marks: Fate::Remove })
}

/// Brings in what comes until there is something to be shown of this kind.
fn wait_until(is_wanted: impl Fn(&Show) -> bool, runner: &mut Runner, woken: &Receiver<()>) {
    while !runner.bring_in().iter().any(&is_wanted) {
        woken.recv().unwrap();
    }
}
