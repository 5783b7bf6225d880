//! A project as it may come from a stranger, in an archive or a clone: with links that lead out of it, pipes, and files
//! without end in the place of every file and folder of it.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use super::cli_support::{Place, program};

/// Longer than anything here takes on a busy machine.
const FOREVER: Duration = Duration::from_secs(60);

/// A project with one of everything: two articles with marks of Ana, a relation across them, a journal, an index, locks.
fn whole() -> Place {
    let place = Place::with_marked_project();
    place.write("ferry.txt", "The ferry is fair, the mayor said.");
    place.ok(&["add", "p", "ferry.txt"]);
    place.write(
        "link.ron",
        r#"[Article(Open("ferry")), Select(Words(words: "ferry is fair")), Mark(Label("claim")), Article(Open("council")),
        Relate(Make(kind: "contradicts", members: [("one", Words(words: "cables", label: "claim")),
        ("other", Words(words: "ferry is fair", article: "ferry"))]))]"#,
    );
    place.ok(&["run", "p", "link.ron", "--annotator", "Ana"]);
    place.write("p/.pressmark/index.json", "{}");
    place.write("more.ron", r#"[Article(Open("council")), Select(Words(words: "council")), Mark(Label("source"))]"#);
    place.write("label.ron", r#"[Codebook(RemoveLabel(label: "claim", marks: Relabel("quote")))]"#);
    place.write("remove.ron", r#"[Article(Remove("council"))]"#);
    place.write("new.txt", "The tunnel is fair, the mayor said.");
    place
}

/// Every file and folder of a project, below it.
fn places(place: &Place) -> Vec<PathBuf> {
    let root = place.path("p");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            found.push(path.strip_prefix(&root).unwrap().to_owned());
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
    found.sort();
    let has = |name: &str| found.iter().any(|path| path.to_string_lossy().contains(name));
    assert!(
        ["lock", "lock-ana", "index.json", ".gitignore", "links.ron", "history/ana/", "history/_/"]
            .iter()
            .all(|n| has(n))
    );
    found
}

/// What opens, marks, changes all layers, adds, removes, packs and exports.
const TASKS: &[&[&str]] = &[
    &["check", "p"],
    &["run", "p", "more.ron", "--annotator", "Ana"],
    &["run", "p", "label.ron", "--annotator", "Ana"],
    &["add", "p", "new.txt", "--story", "The tunnel"],
    &["run", "p", "remove.ron", "--annotator", "Ana"],
    &["pack", "p", "packed.ron"],
    &["export", "p", "--to", "all.jsonl"],
];

/// Runs every task, of which each must come to an end, and gives what all of them said.
fn run_all(place: &Place) -> String {
    let mut said = String::new();
    for task in TASKS {
        let mut child = program(&place.path(""), task);
        drop(child.stdin.take());
        let began = Instant::now();
        while child.try_wait().unwrap().is_none() {
            if began.elapsed() > FOREVER {
                child.kill().unwrap();
                panic!("{task:?} does not end");
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        let output = child.wait_with_output().unwrap();
        said.push_str(&String::from_utf8(output.stderr).unwrap());
    }
    said
}

/// Every file with its bytes, every link with where it leads.
fn everything(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            files.extend(everything(&path));
            files.insert(path, Vec::new());
        } else {
            files.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    files
}

/// Lets something stand in the place of each file and folder in turn.
fn in_each_place(put: impl Fn(&Place, &Path, &Path), look: impl Fn(&Place, &Path, &str) + Sync) {
    let whole = whole();
    for below in places(&whole) {
        let place = whole.copied();
        fs::create_dir(place.path("outside")).unwrap();
        put(&place, &below, &place.path("p").join(&below));
        let before = everything(&place.path("outside"));
        let said = run_all(&place);
        assert_eq!(everything(&place.path("outside")), before, "{} leads outside", below.display());
        look(&place, &below, &said);
    }
}

fn remove(path: &Path) {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    removed.unwrap();
}

fn is_scratch(below: &Path) -> bool {
    below.starts_with(".pressmark")
}

/// What version control alone reads is written where it is not there, and else left alone.
fn is_never_read(below: &Path) -> bool {
    is_scratch(below) || below == Path::new(".gitignore")
}

#[test]
fn nothing_is_read_or_written_through_a_link_to_what_is_there() {
    let put = |place: &Place, _: &Path, path: &Path| {
        let outside = place.path("outside").join(path.file_name().unwrap());
        fs::rename(path, &outside).unwrap();
        symlink(&outside, path).unwrap();
    };
    in_each_place(put, |_, below, said| {
        let name = below.file_name().unwrap().to_string_lossy().into_owned();
        assert!(is_never_read(below) || (said.contains("link") && said.contains(&name)), "{}: {said}", below.display());
    });
}

#[test]
fn nothing_is_made_through_a_link_to_what_is_not_there() {
    let put = |place: &Place, _: &Path, path: &Path| {
        remove(path);
        symlink(place.path("outside/made"), path).unwrap();
    };
    in_each_place(put, |_, _, _| ());
}

#[test]
fn a_pipe_holds_nobody_up() {
    let put = |_: &Place, _: &Path, path: &Path| {
        remove(path);
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    in_each_place(put, |_, below, said| {
        let name = below.file_name().unwrap().to_string_lossy().into_owned();
        let is_never_needed = [".gitignore", "index.json"].iter().any(|name| below.ends_with(name));
        assert!(is_never_needed || said.contains(&name), "{}: {said}", below.display());
    });
}

#[test]
fn a_file_without_end_fills_no_memory() {
    let put = |_: &Place, _: &Path, path: &Path| {
        if path.is_file() {
            fs::OpenOptions::new().write(true).open(path).unwrap().set_len(1 << 40).unwrap();
        }
    };
    in_each_place(put, |_, _, _| ());
}

#[test]
fn what_is_written_into_the_folder_goes_through_no_link_and_over_no_file_of_the_project() {
    let place = whole();
    place.write("outside/theirs", "mine");
    symlink(place.path("outside/theirs"), place.path("p/all.jsonl")).unwrap();
    symlink(place.path("outside/theirs"), place.path("p/packed.ron")).unwrap();
    place.run(&["export", "p", "--to", "p/all.jsonl"]);
    place.run(&["pack", "p", "p/packed.ron"]);
    assert_eq!(place.read("outside/theirs"), "mine");
    let before = place.snapshot("p");
    for own in
        ["p/codebook.ron", "p/project.ron", "p/layers/all.ron", "p/history/x", "p/articles/x.ron", "p/.pressmark/x"]
    {
        place.run(&["export", "p", "--to", own]).says(2, &[own]);
        place.run(&["pack", "p", own]).says(2, &[own]);
    }
    assert_eq!(place.snapshot("p"), before);
    // The folder itself may be reached by a link.
    symlink(place.path("p"), place.path("door")).unwrap();
    place.ok(&["run", "door", "more.ron", "--annotator", "Ana"]);
    place.ok(&["check", "door"]);
}
