//! Projects of past formats, each a folder `tests/data/store/v…` with its history: they open for ever, nothing in them
//! changes by it, and the first write takes all of them to the newest format.

use std::{collections::BTreeMap, fs, path::PathBuf, sync::Arc, time::UNIX_EPOCH};

use pressmark::{
    command::{Command, project::ProjectCommand},
    diagnostic::Diagnostic,
    jobs::Progress,
    model::{edit::*, *},
    runner::Runner,
    session::Run,
    store::{self, VERSION},
    text::Phrase,
};

use super::{
    root::root,
    support::{Place, article_named, copy, name, read_all},
};

/// Every past and present format: its version, and the folder.
fn formats() -> Vec<(u32, PathBuf)> {
    let data = root().join("tests/data/store");
    let folders = fs::read_dir(data).unwrap().map(|entry| entry.unwrap().path());
    let version = |path: &PathBuf| path.file_name()?.to_str()?.strip_prefix('v')?.parse().ok();
    let mut all: Vec<(u32, PathBuf)> = folders.filter_map(|path| Some((version(&path)?, path))).collect();
    all.sort();
    assert_eq!(all.iter().map(|(version, _)| *version).collect::<Vec<_>>(), (1..=VERSION).collect::<Vec<_>>());
    all
}

fn version_of(place: &Place) -> String {
    let text = fs::read_to_string(place.path("p/project.ron")).unwrap();
    text.lines().find_map(|line| line.trim().strip_prefix("version: ")).unwrap().trim_end_matches(',').to_owned()
}

/// Writes something down as Ana, as the program does.
fn note(folder: &store::Folder, project: &mut Project) {
    folder.lock(&name("ana")).unwrap();
    let article = article_named(project, "Council backs toll");
    let before = Arc::new(project.layer(&article, &name("ana")).unwrap().article_answers().clone());
    let after = Arc::new(ArticleAnswers { status: Status::InProgress, ..(*before).clone() });
    let change = Change::Answers { article, annotator: name("ana"), before, after };
    let now = i64::try_from(UNIX_EPOCH.elapsed().unwrap().as_millis()).unwrap();
    let transaction = Transaction {
        id: TransactionId(Uid::from_parts(now, 0)),
        kind: Kind::Do,
        at_unix_ms: now,
        by: Some(name("ana")),
        label: Phrase::plain("Change"),
        changes: vec![change],
        focus_before: Focus::default(),
        focus_after: Focus::default(),
    };
    apply(project, &transaction.changes).unwrap();
    let behind = folder.record(project, &transaction).unwrap();
    assert_eq!(folder.save_each(project, &behind), []);
}

#[test]
fn a_project_of_every_format_opens_and_stays_as_it_is_until_something_is_written() {
    for (version, path) in formats() {
        let place = Place::new();
        copy(&path, &place.path("p"));
        let before = place.snapshot();
        let (folder, mut project, found) = store::open(&place.path("p")).unwrap();
        assert_eq!((found, read_all(&folder, &mut project)), (vec![], vec![]), "version {version}");
        assert_eq!(store::check_project(&place.path("p")).unwrap(), [], "version {version}");
        assert_eq!(place.snapshot(), before, "version {version}");

        note(&folder, &mut project);
        drop(folder);
        assert_eq!(version_of(&place), VERSION.to_string());
        let (folder, mut again, found) = store::open(&place.path("p")).unwrap();
        assert_eq!((found, read_all(&folder, &mut again)), (vec![], vec![]), "version {version}");
        assert_eq!(again, project, "version {version}");
        let wrong: Vec<_> =
            store::check_project(&place.path("p")).unwrap().into_iter().filter(Diagnostic::is_error).collect();
        assert_eq!(wrong, [], "version {version}");
        let all = place.snapshot();
        let kept = place.path(&format!("p/backups/format-{version}"));
        let is_kept = |path: &PathBuf| Some((path.strip_prefix(&kept).ok()?.to_owned(), all[path].clone()));
        let kept: BTreeMap<PathBuf, Vec<u8>> = all.keys().filter_map(is_kept).collect();
        let old =
            before.iter().map(|(path, bytes)| (path.strip_prefix(place.path("p")).unwrap().to_owned(), bytes.clone()));
        if version < VERSION {
            assert_eq!(kept, old.collect(), "version {version} is kept as it was");
        } else {
            assert_eq!(kept, BTreeMap::new());
        }
    }
}

#[test]
fn a_packed_project_of_every_format_opens() {
    for (version, path) in formats() {
        let place = Place::new();
        copy(&path, &place.path("p"));
        let (folder, mut project, _) = store::open(&place.path("p")).unwrap();
        read_all(&folder, &mut project);
        folder.pack(&place.path("one.ron"), &Progress::default()).unwrap();
        // It is packed in the newest format; what a program of its time wrote differs in the number alone.
        let text = fs::read_to_string(place.path("one.ron")).unwrap();
        let old = text.replace(&format!("version: {VERSION},\n"), &format!("version: {version},\n"));
        fs::write(place.path("one.ron"), old).unwrap();
        let (folder, mut again, found) = store::open(&place.path("one.ron")).unwrap();
        assert_eq!((found, read_all(&folder, &mut again)), (vec![], vec![]), "version {version}");
        assert_eq!(again, project, "version {version}");
    }
}

#[test]
fn a_project_of_an_older_format_waits_until_the_others_have_closed_it() {
    let place = Place::new();
    copy(&formats()[0].1, &place.path("p"));
    let (folder, mut project, _) = store::open(&place.path("p")).unwrap();
    let (other, _, _) = store::open(&place.path("p")).unwrap();
    other.lock(&name("ben")).unwrap();
    read_all(&folder, &mut project);
    let before = place.snapshot();
    folder.lock(&name("ana")).unwrap();
    assert_eq!(folder.save(&project, &store::FileKey::all(&project)).unwrap_err().code, "in-use");
    assert_eq!(place.snapshot(), before);
    drop(other);
    note(&folder, &mut project);
    assert_eq!(version_of(&place), VERSION.to_string());
}

#[test]
fn what_was_done_in_an_older_format_can_be_taken_back_in_the_newest() {
    for (version, path) in formats() {
        let place = Place::new();
        copy(&path, &place.path("p"));
        let mut runner = Runner::open(&place.path("p")).unwrap();
        let before = runner.session().project().clone();
        runner.run(&Command::Project(ProjectCommand::WorkAs("ana".to_owned()))).unwrap();
        runner.run(&Command::Undo).unwrap();
        runner.flush().unwrap();
        assert!(*runner.session().project() != before, "version {version}");
        runner.run(&Command::Redo).unwrap();
        runner.flush().unwrap();
        assert_eq!(version_of(&place), VERSION.to_string());
        assert_eq!(runner.diagnostics(), []);
    }
}
