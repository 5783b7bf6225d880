//! Exchange formats at work: run with `cargo bench --bench formats`, and a number of articles where it is to be short.
//!
//! brat with 100 marks an article, read and written; JSON lines, Parquet and DocBin with 1,000 marks an article, written,
//! in megabytes of the JSON lines a second, so that a format that packs well is not the slower for it; a file of Label
//! Studio read, with the memory that it takes above its own size. Beside each stands what a converter in Python takes for
//! the same files (`formats.py`), where `python3`, or what `PRESSMARK_PYTHON` names, has the packages: bioc, pyarrow, spacy.

#![expect(clippy::unwrap_used, reason = "a benchmark ends where something fails")]

#[expect(dead_code, reason = "not all of it is needed here")]
mod generate;

use std::{
    fs,
    path::Path,
    process::Command as Program,
    time::{Duration, Instant},
};

use pressmark::{
    format::{ExportOptions, Format},
    jobs::Progress,
    model::{load::RawLayer, *},
    runner::read_in,
    store::{self, Folder},
    text::{Fragments, Text, hash},
};

/// Articles, where nobody says.
const ARTICLES: usize = 1_000;
/// Marks of an article in brat, and in what is measured by its bytes.
const FEW: usize = 100;
const MANY: usize = 1_000;
/// A file of Label Studio has so many bytes at least, for [`ARTICLES`].
const LABEL_STUDIO: u64 = 50_000_000;
/// The argument with which the program measures a file alone, so that nothing else is in its memory.
const ALONE: &str = "--alone";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == ALONE) {
        return alone(Path::new(&arguments[at + 1]));
    }
    let articles = arguments.iter().find_map(|argument| argument.parse().ok()).unwrap_or(ARTICLES);
    let place = tempfile::tempdir().unwrap();
    let folder = store::create(&place.path().join("empty"), &Project::new("Empty", Codebook::empty("Empty"))).unwrap();
    brat(&folder, place.path(), articles);
    by_bytes(&folder, place.path(), articles);
    label_studio(&folder, place.path(), articles);
}

fn brat(folder: &Folder, place: &Path, articles: usize) {
    let (project, to) = (project(articles, FEW), place.join("brat"));
    let took = time(|| export(folder, &project, "brat", &to));
    say("brat written", took, peer("brat-write", &to));
    let took = time(|| read(&to, "brat"));
    say("brat read", took, peer("brat-read", &to));
}

fn by_bytes(folder: &Folder, place: &Path, articles: usize) {
    let (project, lines) = (project(articles, MANY), place.join("out.jsonl"));
    for name in ["jsonl", "hf", "docbin"] {
        let to = if name == "jsonl" { lines.clone() } else { place.join(name) };
        let took = time(|| export(folder, &project, name, &to));
        let megabytes = size(&lines) as f64 / 1e6;
        say(&format!("{name} written"), took, peer(name, &lines));
        println!("    {:.0} MB/s, {:.0} MB on the disk", megabytes / took.as_secs_f64(), size(&to) as f64 / 1e6);
    }
}

fn label_studio(folder: &Folder, place: &Path, articles: usize) {
    let least = LABEL_STUDIO * articles as u64 / ARTICLES as u64;
    let (mut count, to) = (articles.div_ceil(4), place.join("tasks.json"));
    while size(&to) < least {
        export(folder, &project(count, MANY), "label-studio", &to);
        count += count.div_ceil(3);
    }
    let program = std::env::current_exe().unwrap();
    let out = Program::new(program).arg(ALONE).arg(&to).output().unwrap();
    let said = String::from_utf8(out.stdout).unwrap();
    let mut said = said.split_whitespace().map(|word| word.parse::<f64>().unwrap());
    let (took, memory, bytes) = (said.next().unwrap(), said.next().unwrap(), size(&to) as f64 / 1e6);
    say(&format!("label-studio read, {bytes:.0} MB"), Duration::from_secs_f64(took), peer("label-studio", &to));
    println!("    {:.0} MB of memory above its own size", memory - bytes);
}

/// Reads a file of Label Studio; prints seconds, and megabytes of memory at most.
fn alone(path: &Path) {
    let before = most_memory();
    let took = time(|| read(path, "label-studio"));
    println!("{} {}", took.as_secs_f64(), most_memory() - before);
}

/// How much memory this program has had at most, in megabytes; 0 where the system does not say.
fn most_memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or_default() * 1024.0 / 1e6
}

/// A project with so many articles, and so many marks in each.
fn project(articles: usize, marks: usize) -> Project {
    let who = AnnotatorId::new("ana").unwrap();
    let annotators = [(who.clone(), Annotator { name: "Ana".to_owned() })];
    let codebook = store::codebook("news").unwrap();
    let labels: Vec<LabelId> = codebook.labels.iter().map(|label| label.id.clone()).collect();
    let mut project = Project::load("Bench".to_owned(), codebook, annotators, []).unwrap();
    for number in 0..articles {
        let generate::Generated { text, words } = generate::article(marks * 2, number as u64);
        let title = format!("Article {number}");
        let id = ArticleId::of(&title, &text);
        let metadata = Metadata { title, ..Metadata::default() };
        let words_of_text = u32::try_from(words.len()).unwrap();
        let fingerprint = hash::fingerprint(&text);
        let article = Article { metadata, loaded: Vec::new(), fingerprint, words: words_of_text };
        project.load_articles([(id.clone(), article)]);
        project.load_text(&id, Text::from(text.as_str()));
        let mark = |at: usize| {
            let fragments = Fragments::one(words[at * 2]).unwrap();
            let uid = Uid::from_parts(1_800_000_000_000, u32::try_from(number * marks + at).unwrap());
            (AnnotationId(uid), Annotation::new(labels[at % labels.len()].clone(), fragments, 1))
        };
        let raw = RawLayer { annotations: (0..marks).map(mark).collect(), ..RawLayer::default() };
        assert_eq!(project.load_layer(&id, &who, raw).unwrap(), []);
    }
    project
}

fn export(folder: &Folder, project: &Project, format: &str, to: &Path) {
    let asked = (Format::named(format).unwrap(), &ExportOptions::default());
    folder.export_file(project, asked, to, &Progress::default()).unwrap();
}

fn read(path: &Path, format: &str) {
    let read = read_in(&[path.to_owned()], Format::named(format), &Progress::default()).unwrap();
    assert!(!read.incoming.articles.is_empty() && read.diagnostics.is_empty(), "{:?}", read.diagnostics);
}

/// The bytes of a file, or of all files below a folder; 0 where there is none.
fn size(path: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(path) else { return fs::metadata(path).map_or(0, |metadata| metadata.len()) };
    entries.flatten().map(|entry| size(&entry.path())).sum()
}

/// What a converter in Python takes; `None` where it can’t be run.
fn peer(work: &str, path: &Path) -> Option<Duration> {
    let python = std::env::var("PRESSMARK_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bench/formats.py");
    let out = Program::new(python).arg(script).arg(work).arg(path).output().ok().filter(|out| out.status.success())?;
    String::from_utf8_lossy(&out.stdout).trim().parse().ok().map(Duration::from_secs_f64)
}

fn say(what: &str, took: Duration, peer: Option<Duration>) {
    let own = took.as_secs_f64();
    match peer.map(|peer| peer.as_secs_f64()) {
        Some(peer) => println!("{what}: {own:.3} s; in Python {peer:.3} s, {:.0} times as long", peer / own),
        None => println!("{what}: {own:.3} s; nothing to compare with, as Python or a package is missing"),
    }
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}
