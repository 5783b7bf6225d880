//! A real disk that is full: whatever is done says so with the path and leaves nothing half-written, and works as soon as
//! there is room.
//!
//! The disk is a small one in memory, which is mounted where nobody else sees it.

use std::{
    env,
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::Command as Program,
};

use pressmark::{
    command::{
        Command, MarkRef,
        article::{ArticleCommand, NewArticle},
        mark::Mark,
        project::ProjectCommand,
        select::Select,
    },
    runner::{Gathered, Runner},
    session::Run,
    store,
};

use super::{
    cli_support::Place,
    content::{difference, litter},
    places::{everything, marked, steps},
};

/// Where the small disk is, for a test that runs on it.
const DISK: &str = "PRESSMARK_SMALL_DISK";
const PAGE: usize = 4096;
/// What is left of the disk, in pages: at each another write is the first that does not fit.
const ROOM: [usize; 6] = [0, 1, 2, 6, 20, 60];

/// Runs a test once more on a disk of so many megabytes, where it is not yet; gives the disk where it is.
fn on_small_disk(test: &str, megabytes: usize) -> Option<PathBuf> {
    if let Some(disk) = env::var_os(DISK) {
        return Some(disk.into());
    }
    let folder = tempfile::tempdir().unwrap();
    let is_root = Program::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    let mount = format!("mount -t tmpfs -o size={megabytes}m none \"$0\" && exec \"$@\"");
    let mut program = Program::new("unshare");
    program.arg("--mount").args((!is_root).then_some("--map-root-user"));
    program.args(["sh", "-c", &mount]).arg(folder.path()).arg(env::current_exe().unwrap());
    program.args(["--exact", test, "--include-ignored", "--nocapture"]);
    program.env(DISK, folder.path()).env("TMPDIR", folder.path());
    let ran = program.output().unwrap();
    let told = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success() && told.contains("1 passed"), "{told}");
    None
}

/// Writes until the disk has no room but for so many pages.
fn fill(disk: &Path, room: usize) {
    let mut file = File::create(disk.join("filler")).unwrap();
    while file.write_all(&[1; PAGE]).is_ok() {}
    let len = file.metadata().unwrap().len().next_multiple_of(PAGE as u64);
    file.set_len(len.saturating_sub((room * PAGE) as u64)).unwrap();
}

fn make_room(disk: &Path) {
    fs::remove_file(disk.join("filler")).unwrap();
}

#[test]
#[ignore = "needs to mount a small disk: .ci/run runs it where it may"]
fn on_a_full_disk_everything_is_done_whole_or_not_at_all_and_done_when_there_is_room() {
    let name = "full_disk::on_a_full_disk_everything_is_done_whole_or_not_at_all_and_done_when_there_is_room";
    let Some(disk) = on_small_disk(name, 24) else { return };
    let ready = marked();
    ready.write("one.ron", "[Article(Next), Select(Words(words: \"fair\")), Mark(Label(\"quote\"))]");
    let back = steps(&ready, "Ana").remove(1);
    let tasks: [&[&str]; 9] = [
        &["run", "p", "one.ron", "--annotator", "Ana"],
        &["run", "p", "remove-label.ron", "--annotator", "Ana"],
        &["add", "p", "news", "--story", "The ferry"],
        &["new", "q"],
        &["pack", "p", "packed.ron"],
        &["unpack", "whole.ron", "q"],
        &["export", "p", "--to", "all.jsonl"],
        &["retext", "p", "report-7", "corrected.txt"],
        &["history", "p", "--go-to", &back],
    ];
    tasks.iter().for_each(|arguments| check(&disk, &ready, arguments));
}

fn check(disk: &Path, ready: &Place, arguments: &[&str]) {
    let old = everything(&ready.copied());
    let done = ready.copied();
    done.ok(arguments);
    let new = everything(&done);
    assert!(old != new, "{arguments:?} does something");
    drop(done);
    let mut refused = 0;
    for room in ROOM {
        let about = format!("{arguments:?} with room for {room} pages");
        let place = ready.copied();
        fill(disk, room);
        let ran = place.run(arguments);
        make_room(disk);
        let found = everything(&place);
        assert!(found == new || found == old, "{about}: {}", difference(&new, &found));
        assert_eq!(litter(&place.path("")), Vec::<String>::new(), "{about}");
        if ran.code == 0 {
            assert!(found == new, "{about}, which was said to be done: {}", difference(&new, &found));
            continue;
        }
        refused += 1;
        let is_told = ran.err.contains("the disk is full")
            && ["(p", "(q", "(all", "(pack"].iter().any(|path| ran.err.contains(path));
        assert!(ran.code == 2 && is_told, "{about}: {ran:?}");
        if found == old {
            place.ok(arguments);
            assert!(everything(&place) == new, "{about}, and done again when there was room");
        }
    }
    assert!(refused > 0, "{arguments:?} needs room");
}

#[test]
#[ignore = "needs to mount a small disk: .ci/run runs it where it may"]
fn what_is_marked_while_the_disk_is_full_is_saved_when_there_is_room() {
    let name = "full_disk::what_is_marked_while_the_disk_is_full_is_saved_when_there_is_room";
    let Some(disk) = on_small_disk(name, 4) else { return };
    let root = disk.join("p");
    let mut runner = Runner::create(&root, "Toll", "news").unwrap();
    let article = NewArticle { text: "The toll is unfair, drivers say. ".repeat(400), ..NewArticle::default() };
    runner.add(Gathered { articles: vec![article], diagnostics: vec![] });
    runner.run(&Command::Project(ProjectCommand::WorkAs("Ana".to_owned()))).unwrap();
    runner.run(&Command::Article(ArticleCommand::Next)).unwrap();
    runner.flush().unwrap();
    fill(&disk, 0);
    // Until nothing more goes on the last page of the journal.
    for occurrence in 1..=200 {
        runner.run(&Command::Select(Select::Words { words: "toll".to_owned(), occurrence })).unwrap();
        runner.run(&Command::Mark(Mark::Label("claim".parse().unwrap()), MarkRef::Picked)).unwrap();
    }
    let why = runner.record().unwrap_err();
    assert!(why.code == "disk-full" && why.to_string().contains(&*root.to_string_lossy()), "{why}");
    assert!(runner.flush().is_err());
    make_room(&disk);
    runner.flush().unwrap();
    drop(runner);
    assert_eq!(store::check_project(&root).unwrap(), []);
    let (_, project, found) = store::open(&root).unwrap();
    assert_eq!(found, []);
    let (article, _) = project.articles().next().unwrap();
    let marks: u32 = project.layers(article).map(|(_, slot)| slot.summary().annotations()).sum();
    assert_eq!(marks, 200);
}
