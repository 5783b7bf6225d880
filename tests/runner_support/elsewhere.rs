//! Going on elsewhere with what can't be saved in its place, and closing with it.

use std::{
    fs,
    time::{Duration, Instant},
};

use pressmark::{
    command::{Command, article::ArticleCommand},
    jobs::Progress,
    runner::{Runner, State},
    session::Run,
    store,
};

use super::stage::{begun, mark, on_disk, unread};

/// Puts a file in the place of the folder that the journal is in, so that nothing can be written down.
fn break_it(folder: &std::path::Path) {
    fs::rename(folder.join("history"), folder.join("aside")).unwrap();
    fs::write(folder.join("history"), "in the way").unwrap();
}

fn mend_it(folder: &std::path::Path) {
    fs::remove_file(folder.join("history")).unwrap();
    fs::rename(folder.join("aside"), folder.join("history")).unwrap();
}

#[test]
fn what_can_not_be_saved_goes_on_in_another_folder_with_everything_that_is_done_meanwhile() {
    let place = tempfile::tempdir().unwrap();
    let (old, new) = (place.path().join("p"), place.path().join("deep/q"));
    let mut runner = begun(&old, "Ana");
    mark(&mut runner, "The toll").unwrap();
    runner.flush().unwrap();
    break_it(&old);
    mark(&mut runner, "drivers").unwrap();
    runner.flush().unwrap_err();
    assert_eq!((runner.state(), runner.unsaved()), (State::Failed, 1));
    let files = || fs::read_dir(old.join("layers/ana")).unwrap().map(|e| fs::read(e.unwrap().path()).unwrap());
    let before: Vec<_> = files().collect();
    let work = runner.saving_elsewhere(&new);
    mark(&mut runner, "unfair").unwrap();
    let elsewhere = work(&Progress::default()).unwrap();
    runner.run(&Command::Undo).unwrap();
    mark(&mut runner, "say").unwrap();
    drop(runner.go_on_in(elsewhere).unwrap());
    runner.flush().unwrap();
    assert_eq!((runner.root(), runner.state(), runner.unsaved()), (new.as_path(), State::Saved, 0));
    assert_eq!(files().collect::<Vec<_>>(), before, "the old folder stays as it is");
    assert_eq!(&on_disk(&new), runner.session().project());
    drop(runner);
    assert_eq!(store::check_project(&new).unwrap(), []);
    // What could not be written down went along, and can be taken back.
    let ana = "ana".parse().unwrap();
    let mut runner = begun(&new, "Ana");
    for _ in 0..2 {
        runner.run(&Command::Undo).unwrap();
    }
    runner.flush().unwrap();
    let article = runner.session().project().articles().next().unwrap().0.clone();
    assert_eq!(on_disk(&new).layer(&article, &ana).map_or(0, pressmark::model::Layer::annotation_count), 1);
}

#[test]
fn what_was_never_read_goes_along_and_nothing_is_made_where_it_can_not_be() {
    let place = tempfile::tempdir().unwrap();
    let (old, new) = (place.path().join("p"), place.path().join("q"));
    let (mut runner, ids, _woken) = unread(&old, 3);
    fs::write(&new, "in the way").unwrap();
    let told = runner.saving_elsewhere(&new)(&Progress::default()).unwrap_err();
    assert_eq!(told[0].code, "exists");
    fs::remove_file(&new).unwrap();
    let cancelled = Progress::default();
    cancelled.cancel();
    assert!(runner.saving_elsewhere(&new)(&cancelled).is_err());
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1, "nothing is left lying about");
    let elsewhere = runner.saving_elsewhere(&new)(&Progress::default()).unwrap();
    drop(runner.go_on_in(elsewhere).unwrap());
    fs::remove_dir_all(&old).unwrap();
    runner.run(&Command::Article(ArticleCommand::Open(ids[1].clone()))).unwrap();
    assert!(runner.session().project().is_read(&ids[1]), "it is read from there");
    assert_eq!((runner.diagnostics(), store::check_project(&new).unwrap()), (vec![], vec![]));
}

#[test]
fn what_is_gone_with_the_folder_is_told_and_the_rest_is_saved() {
    let place = tempfile::tempdir().unwrap();
    let (old, new) = (place.path().join("p"), place.path().join("q"));
    let (mut runner, ids, _woken) = unread(&old, 3);
    runner.run(&Command::Project(pressmark::command::project::ProjectCommand::WorkAs("Ana".to_owned()))).unwrap();
    runner.run(&Command::Article(ArticleCommand::Open(ids[0].clone()))).unwrap();
    fs::rename(&old, place.path().join("away")).unwrap();
    mark(&mut runner, "drivers").unwrap();
    assert_eq!(runner.flush().unwrap_err().code, "folder-gone");
    let elsewhere = runner.saving_elsewhere(&new)(&Progress::default()).unwrap();
    drop(runner.go_on_in(elsewhere).unwrap());
    let told = runner.diagnostics();
    assert!(!told.is_empty() && told.iter().all(|told| told.location.path.is_some()), "{told:?}");
    let (folder, mut project, _) = store::open(&new).unwrap();
    folder.read_article(&mut project, &ids[0]).unwrap();
    assert_eq!(project.layer(&ids[0], &"ana".parse().unwrap()).unwrap().annotation_count(), 2);
    assert!(!old.exists());
}

#[test]
fn it_is_tried_again_by_itself() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut runner = begun(&folder, "Ana");
    runner.flush().unwrap();
    break_it(&folder);
    let (send, woken) = std::sync::mpsc::channel();
    runner.wake_with(move || _ = send.send(()));
    mark(&mut runner, "The toll").unwrap();
    assert!(runner.flush().is_err());
    assert_eq!(runner.trouble().unwrap().code, "not-a-folder");
    mend_it(&folder);
    let until = Instant::now() + Duration::from_secs(60);
    while runner.state() != State::Saved && Instant::now() < until {
        let _ = woken.recv_timeout(Duration::from_secs(1));
    }
    assert_eq!((runner.state(), runner.unsaved()), (State::Saved, 0));
    // The files follow.
    runner.flush().unwrap();
    assert_eq!(runner.trouble(), None);
    assert_eq!(&on_disk(&folder), runner.session().project());
}

#[test]
fn a_backup_holds_what_was_done_until_now() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut runner = begun(&folder, "Ana");
    mark(&mut runner, "The toll").unwrap();
    runner.backing_up()(&Progress::default()).unwrap();
    let backups = runner.listing_backups()(&Progress::default()).unwrap();
    assert_eq!(backups.len(), 1);
    store::restore_backup(&folder, &backups[0].day, &place.path().join("q")).unwrap();
    assert_eq!(&on_disk(&place.path().join("q")), runner.session().project());
}

#[test]
fn a_runner_that_works_elsewhere_keeps_others_out_there() {
    let place = tempfile::tempdir().unwrap();
    let (old, new) = (place.path().join("p"), place.path().join("q"));
    let mut runner = begun(&old, "Ana");
    let elsewhere = runner.saving_elsewhere(&new)(&Progress::default()).unwrap();
    drop(runner.go_on_in(elsewhere).unwrap());
    let mut other = Runner::open(&new).unwrap();
    other.run(&Command::Project(pressmark::command::project::ProjectCommand::WorkAs("Ana".to_owned()))).unwrap();
    assert_eq!(other.state(), State::ReadOnly);
}
