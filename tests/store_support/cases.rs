//! Broken projects: each file in `tests/data/store/bad` breaks one file of the project in `tests/data/store/v1`, and
//! says what is then reported. With `PRESSMARK_UPDATE=1` the reports are written anew; look at the difference.
//!
//! A case is a path, then `--- find` and `--- put` with what is replaced by what, then `--- report`.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use pressmark::{diagnostic::Diagnostic, model::edit, store};

use super::root::root;
use super::support::{Place, copy, every_key, read_all, sample};

fn data(name: &str) -> PathBuf {
    root().join("tests/data/store").join(name)
}

/// Every version ever written has a project here that still opens.
#[test]
fn version_1_still_opens_and_stays_as_it_is() {
    let place = Place::new();
    copy(&data("v1"), &place.path("p"));
    let before = place.snapshot();
    let (folder, mut project, found) = store::open(&place.path("p")).unwrap();
    assert_eq!(found, []);
    assert_eq!(read_all(&folder, &mut project), []);
    assert_eq!(project, sample());
    assert_eq!(store::check_project(&place.path("p")), Ok(vec![]));
    assert_eq!(place.snapshot(), before);
}

/// What version 1 wrote is readable for ever: each kind of change, and the same taken back.
#[test]
fn the_journal_of_version_1_is_read() {
    let place = Place::new();
    copy(&data("v1"), &place.path("p"));
    let (folder, mut project, _) = store::open(&place.path("p")).unwrap();
    assert_eq!(read_all(&folder, &mut project), []);
    let past = folder.past(Some(&"ana".parse().unwrap())).unwrap();
    let called: Vec<String> = past.done.iter().map(|step| step.label.to_string()).collect();
    assert_eq!(called.len(), 24);
    assert_eq!((called[0].as_str(), called[5].as_str()), ("Mark as Source", "Undone: Mark as Source"));
    let ids: Vec<_> = past.done.iter().rev().map(|step| step.id).collect();
    let transactions = store::retrace(&project, &folder.recorded(&ids).unwrap()).unwrap();
    // All of it was taken back.
    for transaction in &transactions {
        edit::apply(&mut project, &transaction.inverse()).unwrap();
    }
    assert_eq!(project, sample());
    for transaction in transactions.iter().rev() {
        edit::apply(&mut project, &transaction.changes).unwrap();
    }
    assert_eq!(project, sample());
    let (log, found) = folder.log(&pressmark::jobs::Progress::default()).unwrap();
    assert_eq!(found, []);
    let shown = log.entries().iter().find(|entry| entry.label == "Mark as Source").unwrap();
    assert_eq!((shown.words.is_empty(), shown.marks, shown.articles.len()), (false, 1, 1), "{shown:?}");
}

/// With `PRESSMARK_UPDATE=1` they are saved anew.
#[test]
fn the_sample_projects_are_in_order_and_kept_byte_for_byte() {
    let projects = root().join("projects");
    for project in fs::read_dir(projects).unwrap() {
        let root = project.unwrap().path();
        let place = Place::new();
        copy(&root, &place.path("p"));
        let before = place.snapshot();
        assert_eq!(store::check_project(&place.path("p")), Ok(vec![]));
        let (folder, mut project, _) = store::open(&place.path("p")).unwrap();
        read_all(&folder, &mut project);
        folder.save(&project, &every_key(&project)).unwrap();
        if std::env::var_os("PRESSMARK_UPDATE").is_some() {
            copy(&place.path("p"), &root);
        } else {
            assert!(place.snapshot() == before, "{}: run the test with PRESSMARK_UPDATE=1", root.display());
        }
    }
}

#[test]
fn what_is_broken_is_reported_and_left_alone() {
    let mut cases: Vec<PathBuf> = fs::read_dir(data("bad")).unwrap().map(|e| e.unwrap().path()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    let mut wrong = String::new();
    for case in cases {
        let text = fs::read_to_string(&case).unwrap();
        let (breaking, expected) = text.split_once("--- report\n").unwrap_or((&text, ""));
        let report = report_of(breaking);
        if report == expected {
            continue;
        }
        if std::env::var_os("PRESSMARK_UPDATE").is_some() {
            fs::write(&case, format!("{breaking}--- report\n{report}")).unwrap();
        } else {
            writeln!(wrong, "{}: expected\n{expected}and got\n{report}", case.display()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn report_of(breaking: &str) -> String {
    let (file, rest) = breaking.split_once("\n--- find\n").unwrap();
    let (find, put) = rest.split_once("--- put\n").unwrap();
    let (find, put) = (find.trim_end_matches('\n'), put.trim_end_matches('\n'));
    let place = Place::new();
    let root = place.path("p");
    copy(&data("v1"), &root);
    let path = root.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.matches(find).count(), 1, "{find:?} is there once in {file}");
    fs::write(&path, text.replace(find, put)).unwrap();
    let before = place.snapshot();
    let mut report = String::new();
    match store::open(&root) {
        Err(diagnostic) => show(&mut report, &root, &[diagnostic]),
        Ok((folder, mut project, found)) => {
            show(&mut report, &root, &found);
            let read: Vec<Diagnostic> = project
                .clone()
                .articles()
                .flat_map(|(id, _)| folder.read_article(&mut project, id).unwrap_or_else(|d| vec![d]))
                .collect();
            show(&mut report, &root, &read);
            let checked = store::check_project(&root).unwrap();
            assert!(found.iter().chain(&read).all(|d| checked.contains(d)), "a check finds what reading finds");
            let more: Vec<_> = checked.into_iter().filter(|d| !found.contains(d) && !read.contains(d)).collect();
            show(&mut report, &root, &more);
            assert!(!report.is_empty(), "it is reported: {breaking}");
            let stays =
                |d: &Diagnostic| d.is_error() || d.hints.iter().any(|hint| hint.to_string().contains("set aside"));
            if read.iter().chain(&found).any(stays) {
                let _ = folder.save(&project, &every_key(&project));
                assert_eq!(fs::read(&path).unwrap(), before[&path], "what was not understood stays: {breaking}");
            }
        }
    }
    assert!(fs::read(&path).unwrap() == before[&path] || report.starts_with("warning"), "{report}");
    report
}

fn show(report: &mut String, root: &Path, found: &[Diagnostic]) {
    for diagnostic in found {
        let severity = if diagnostic.is_error() { "error" } else { "warning" };
        let text = diagnostic.to_string().replace(&format!("{}/", root.display()), "");
        writeln!(report, "{severity} {}: {text}", diagnostic.code).unwrap();
        diagnostic.hints.iter().for_each(|hint| writeln!(report, "  hint: {hint}").unwrap());
    }
}

#[test]
fn bytes_that_are_no_text_and_deep_nesting_are_reported() {
    let deep: String = "[".repeat(100_000);
    let comments = "/*".repeat(100_000);
    let cases: [(&[u8], &str); 6] = [
        (b"\xff\xfe\x00", "not-utf8"),
        (b"(version: 1,\n name: \"\xff\")", "not-utf8"),
        (deep.as_bytes(), "bad-ron"),
        (&[b"(version: 1, name: ", deep.as_bytes()].concat(), "too-deep"),
        (comments.as_bytes(), "bad-ron"),
        (b"", "bad-ron"),
    ];
    for (bytes, code) in cases {
        let place = Place::new();
        store::create(&place.path("p"), &sample()).unwrap();
        fs::write(place.path("p/project.ron"), bytes).unwrap();
        let before = place.snapshot();
        let diagnostic = store::open(&place.path("p")).unwrap_err();
        assert_eq!(diagnostic.code, code, "{diagnostic}");
        assert!(diagnostic.location.line_column.is_some(), "{diagnostic}");
        assert_eq!(place.snapshot(), before);
    }
}

#[test]
fn where_there_is_no_project_it_says_so() {
    let place = Place::new();
    fs::create_dir(place.path("empty")).unwrap();
    fs::write(place.path("notes.ron"), "()").unwrap();
    for (name, code) in [("missing", "not-found"), ("empty", "no-project"), ("notes.ron", "no-project")] {
        let diagnostic = store::open(&place.path(name)).unwrap_err();
        assert_eq!(diagnostic.code, code, "{diagnostic}");
        assert!(!diagnostic.hints.is_empty());
    }
}
