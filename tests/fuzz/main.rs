//! Fuzzing: every reader of bytes from outside is fed with what is nearly right, and none may panic.
//!
//! A short run with a fixed seed is a test like the others. `PRESSMARK_FUZZ=600 cargo test --release --test fuzz` runs
//! each reader for 600 seconds with seeds of its own (or that of `PRESSMARK_SEED`), says how many inputs that were, and which
//! one took longest. What is found becomes a test beside the reader.

#![expect(clippy::unwrap_used, reason = "what the tests share is not inside a test function")]

mod mutate;
#[path = "../support/random.rs"]
mod random;
mod tokens;

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    time::{Duration, Instant},
};

use mutate::mutated;
use pressmark::{
    cli::script,
    jobs::Progress,
    source,
    store::{
        self,
        file::{
            ArticleFile, CodebookFile, LayerFile, LinksFile, ProjectFile,
            journal::{EntryRow, v1::EntryV1},
        },
        read,
    },
};
use random::Rng;
use tokens::{ENTRIES, HTML, MARKDOWN, PLAIN, RON, SCRIPT};

/// Inputs of a run without the variable.
const SHORT: u64 = 300;
/// The same where each is written to the disk.
const FEW: u64 = 40;

#[test]
fn html_pages() {
    fuzz("HTML", &sources(&["html"]), HTML, |bytes| read_source("a.html", bytes));
}

#[test]
fn markdown() {
    fuzz("Markdown", &sources(&["md"]), MARKDOWN, |bytes| read_source("a.md", bytes));
}

#[test]
fn plain_text() {
    fuzz("plain text", &sources(&["txt"]), PLAIN, |bytes| read_source("a.txt", bytes));
}

#[test]
fn files_of_any_kind() {
    fuzz("any source", &sources(&["html", "md", "txt"]), PLAIN, |bytes| read_source("a", bytes));
}

#[test]
fn scripts() {
    let example = fs::read(root().join("src/cli/example.ron")).unwrap();
    fuzz("scripts", &[example], SCRIPT, |bytes| {
        let _ = script::parse(&String::from_utf8_lossy(bytes));
    });
}

#[test]
fn files_of_a_project() {
    fuzz("files of a project", &project_files(), RON, |bytes| {
        let Ok(text) = read::utf8(bytes.to_vec()) else { return };
        let _ = read::parse::<ProjectFile>(&text);
        let _ = read::parse::<CodebookFile>(&text);
        let _ = read::parse::<ArticleFile>(&text);
        let _ = read::parse::<LinksFile>(&text).map(LinksFile::into_model);
        let Ok(layer) = read::parse::<LayerFile>(&text) else { return };
        let _ = layer.into_raw(&"council".parse().unwrap(), &"“We have put this off,” she said.".into());
    });
}

#[test]
fn entries_of_a_journal() {
    let entries: Vec<Vec<u8>> = ENTRIES.iter().map(|line| line.as_bytes().to_vec()).collect();
    fuzz("entries of a journal", &entries, RON, |bytes| {
        let Ok(text) = read::utf8(bytes.to_vec()) else { return };
        let _ = read::parse::<EntryRow>(&text);
        let _ = read::parse::<EntryV1>(&text).map(|entry| EntryRow::from(entry).label());
    });
}

#[test]
fn whole_projects() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path().join("p");
    let files = project_files();
    let journal = ENTRIES.join("\n").into_bytes();
    let places = ["project.ron", "codebook.ron", "articles/a.ron", "layers/ana/a.ron", "layers/ana/links.ron"];
    let mut turn = 0;
    fuzz_with(
        FEW,
        "whole projects",
        &[files, vec![journal.clone(), [journal, b"\n".to_vec()].concat()]].concat(),
        RON,
        |bytes| {
            let _ = fs::remove_dir_all(&root);
            copy(&root_of_sample(), &root);
            turn += 1;
            let file = places.get(turn % (places.len() + 1)).copied().unwrap_or("history/ana/2026-11.ron");
            fs::create_dir_all(root.join(file).parent().unwrap()).unwrap();
            fs::write(root.join(file), bytes).unwrap();
            let _ = store::check_project(&root);
            let _ = store::open(&root).map(|(folder, mut project, _)| {
                let ids: Vec<_> = project.articles().map(|(id, _)| id.clone()).collect();
                ids.iter().for_each(|id| _ = folder.read_article(&mut project, id));
            });
            let _ = store::check_project(&root);
        },
    );
}

#[test]
fn packed_projects() {
    let place = tempfile::tempdir().unwrap();
    let (folder, _, _) = store::open(&copied(place.path())).unwrap();
    folder.pack(&place.path().join("packed.ron"), &Progress::default()).unwrap();
    let packed = fs::read(place.path().join("packed.ron")).unwrap();
    fuzz_with(FEW, "packed projects", &[packed], RON, |bytes| {
        let (file, to) = (place.path().join("any.ron"), place.path().join("to"));
        fs::write(&file, bytes).unwrap();
        let _ = fs::remove_dir_all(&to);
        if store::unpack(&file, &to).is_ok() {
            store::check_project(&to).unwrap();
        }
    });
}

/// A small project of the first version.
fn root_of_sample() -> std::path::PathBuf {
    root().join("tests/data/store/v1")
}

fn copied(place: &Path) -> std::path::PathBuf {
    let root = place.join("copy");
    copy(&root_of_sample(), &root);
    root
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for path in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &to) } else { fs::copy(&path, &to).map(drop).unwrap() }
    }
}

fn project_files() -> Vec<Vec<u8>> {
    let mut folders = vec![root_of_sample()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() { folders.push(path) } else { files.push(fs::read(path).unwrap()) }
        }
    }
    files
}

/// An article that was read is as it is promised to be.
fn read_source(name: &str, bytes: &[u8]) {
    let Ok((source, _)) = source::read(name, bytes) else { return };
    assert!(!source.metadata.title.is_empty() && source.metadata.story.is_none());
    assert_eq!(source.metadata.check(), Ok(()));
    assert!(!source.text.trim().is_empty() && !source.text.contains(['\r', '\0']));
}

/// Feeds a reader with mutated inputs, and shows the one that it panics on.
fn fuzz(name: &str, corpus: &[Vec<u8>], tokens: &[&str], read: impl FnMut(&[u8])) {
    fuzz_with(SHORT, name, corpus, tokens, read);
}

/// As [`fuzz`], with so many inputs in a short run.
fn fuzz_with(short: u64, name: &str, corpus: &[Vec<u8>], tokens: &[&str], mut read: impl FnMut(&[u8])) {
    let asked = |variable: &str| std::env::var(variable).ok()?.parse().ok();
    let seconds = asked("PRESSMARK_FUZZ").map(Duration::from_secs);
    let own = || seconds.map(|_| u64::from(std::process::id()));
    let seed = asked("PRESSMARK_SEED").or_else(own).unwrap_or(1);
    let (mut rng, began) = (Rng::new(seed), Instant::now());
    let (mut count, mut slowest) = (0u64, (Duration::ZERO, Vec::new()));
    while seconds.map_or(count < short, |most| began.elapsed() < most) {
        let bytes = mutated(&mut rng, corpus, tokens);
        let started = Instant::now();
        if catch_unwind(AssertUnwindSafe(|| read(&bytes))).is_err() {
            panic!("{name}: input {count} of seed {seed}: {}", bytes.escape_ascii());
        }
        if seconds.is_some() && started.elapsed() > slowest.0 {
            slowest = (started.elapsed(), bytes);
        }
        count += 1;
    }
    if seconds.is_some() {
        let (time, bytes) = &slowest;
        println!("{name}: {count} inputs of seed {seed}; the slowest has {} bytes and took {time:?}", bytes.len());
        let kept = std::env::temp_dir().join(format!("pressmark-slowest-{}", name.replace(' ', "-")));
        fs::write(kept, bytes).unwrap();
    }
}

fn sources(extensions: &[&str]) -> Vec<Vec<u8>> {
    let folder = fs::read_dir(root().join("tests/data/source")).unwrap();
    let mut paths: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| extensions.contains(&&*e.to_string_lossy())));
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
