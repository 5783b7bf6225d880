//! How long a project takes to open, list, save and export, by its size: run with `cargo bench --bench open`.
//!
//! Sizes are ten times apart, printed as a table in milliseconds. Each article has 600 words and a layer of 20 marks.
//! Two columns say what `ron` alone takes, without the reader of our own for what Pressmark wrote itself: the same
//! project with a comment in each file, which that reader leaves to `ron`.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use pressmark::{
    format::{ExportOptions, Format},
    jobs::Progress,
    model::{load::RawLayer, *},
    store,
    text::{Fragments, Text, hash},
};

const SIZES: [u64; 3] = [100, 1_000, 10_000];
const WORDS: usize = 600;
const MARKS: usize = 20;

fn main() {
    let columns = ["MB", "create", "cold", "by ron", "warm", "list", "save one", "export", "read all", "by ron"];
    println!("{:>8} {}", "articles", columns.map(|column| format!("{column:>10}")).join(" "));
    let most: u64 = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(10_000);
    for size in SIZES.into_iter().filter(|size| *size <= most) {
        measure(size);
    }
}

fn measure(size: u64) {
    let place = tempfile::tempdir().expect("a temporary folder");
    let root = place.path().join("project");
    let project = project(size);
    let create = time(|| store::create(&root, &project).expect("it can be written")).0;
    drop(project);
    let cold = time(|| store::open(&root).expect("it opens")).0;
    let warm: Duration = (0..3).map(|_| time(|| store::open(&root).expect("it opens")).0).min().expect("three");
    let commented = place.path().join("commented");
    comment(&root, &commented);
    let cold_by_ron = time(|| store::open(&commented).expect("it opens")).0;
    let [read, read_by_ron] = [&root, &commented].map(|root| read_all(root));
    let (_, (folder, mut project, found)) = time(|| store::open(&root).expect("it opens"));
    assert_eq!(found, []);
    let (list, marks) = time(|| {
        let layers = project.articles().flat_map(|(id, _)| project.layers(id));
        layers.map(|(_, slot)| u64::from(slot.summary().annotations())).sum::<u64>()
    });
    assert_eq!(marks, size * MARKS as u64);
    let id = project.articles().next().expect("there are articles").0.clone();
    let save = save_one(&folder, &mut project, &id);
    let export = time(|| export(&folder, &project)).0;
    let times = [create, cold, cold_by_ron, warm, list, save, export, read, read_by_ron];
    let times = times.map(|time| format!("{:>10.1}", time.as_secs_f64() * 1e3)).join(" ");
    println!("{size:>8} {:>10.1} {times}", bytes_under(&root) as f64 / 1e6);
}

/// Copies a project, with a comment at the top of each file.
fn comment(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a temporary folder");
    for entry in fs::read_dir(from).expect("it was just written").flatten() {
        let (path, copy) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() && entry.file_name() != ".pressmark" {
            comment(&path, &copy);
        } else if path.is_file() {
            let text = fs::read_to_string(&path).expect("it is text");
            fs::write(copy, format!("// A comment.\n{text}")).expect("a temporary folder");
        }
    }
}

/// How long all texts and layers of a project take to read, one after the other.
fn read_all(root: &Path) -> Duration {
    let (folder, mut project, _) = store::open(root).expect("it opens");
    let ids: Vec<ArticleId> = project.articles().map(|(id, _)| id.clone()).collect();
    let read = |id: &ArticleId| folder.read_article(&mut project, id).expect("it can be read");
    time(|| ids.iter().flat_map(read).count()).0
}

fn save_one(folder: &store::Folder, project: &mut Project, id: &ArticleId) -> Duration {
    folder.read_article(project, id).expect("it can be read");
    let annotator: AnnotatorId = "ana".parse().expect("a name");
    let layer = project.layer(id, &annotator).expect("it was read");
    let (mark, before) = layer.annotations().next().expect("it has marks");
    let mut after = (**before).clone();
    after.note = "Changed".to_owned();
    let (before, after) = (Some(before.clone()), Some(after.into()));
    let change = edit::Change::Annotation { article: id.clone(), annotator, id: mark, before, after };
    let keys = store::touched(std::slice::from_ref(&change));
    edit::apply(project, &[change]).expect("the change is valid");
    time(|| folder.save(project, &keys).expect("it can be written")).0
}

fn export(folder: &store::Folder, project: &Project) -> usize {
    let jsonl = Format::named("jsonl").expect("there is such a format");
    let mut bytes = Vec::new();
    let options = ExportOptions::default();
    folder.export(project, (jsonl, &options), &mut bytes, &Progress::default()).expect("all of it can be read");
    bytes.len()
}

fn time<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let value = work();
    (start.elapsed(), value)
}

fn bytes_under(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).expect("it was just written").flatten();
    entries.map(|e| if e.path().is_dir() { bytes_under(&e.path()) } else { e.metadata().map_or(0, |m| m.len()) }).sum()
}

fn project(size: u64) -> Project {
    let ana: AnnotatorId = "ana".parse().expect("a name");
    let annotators = [(ana.clone(), Annotator { name: "Ana".to_owned() })];
    let codebook = store::codebook("news").expect("it ships");
    let mut project = Project::load("Bench".to_owned(), codebook, annotators, []).expect("it is valid");
    for n in 0..size {
        let text = text(n);
        let title = format!("Report {n} on the toll that the council wants");
        let id = ArticleId::of(&title, &text);
        let metadata =
            Metadata { title, outlet: "Courier".to_owned(), published: "2026-01-31".to_owned(), ..Metadata::default() };
        let article = Article { metadata, loaded: vec![], fingerprint: hash::fingerprint(&text), words: WORDS as u32 };
        let annotations =
            (0..MARKS).map(|mark| (AnnotationId(Uid::from_u64(n * 100 + mark as u64)), annotation(&text, mark)));
        let raw = RawLayer { annotations: annotations.collect(), ..RawLayer::default() };
        project.load_articles([(id.clone(), article)]);
        project.load_text(&id, Text::from(text));
        project.load_layer(&id, &ana, raw).expect("it is valid");
    }
    project
}

fn annotation(text: &str, mark: usize) -> Annotation {
    let (label, words) = [("quote", 12), ("source", 3), ("cue", 1), ("claim", 9)][mark % 4];
    let starts: Vec<usize> = text.match_indices(' ').map(|(at, _)| at + 1).collect();
    let first = mark * (WORDS - 20) / MARKS;
    let fragments = Fragments::one((starts[first]..starts[first + words] - 1).into()).expect("it has words");
    Annotation::new(label.parse().expect("a name"), fragments, 1)
}

fn text(n: u64) -> String {
    let words =
        ["council", "bridge", "toll", "said", "“unfair”", "mayor", "river", "crowns", "vote", "the", "of", "année"];
    let mut state = n.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut text = String::new();
    for word in 0..WORDS {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        text.push_str(words[(state % words.len() as u64) as usize]);
        text.push_str(if word % 60 == 59 { ".\n\nThen " } else { " " });
    }
    text
}
