//! What it costs to be safe, by how much there is already: run with `cargo bench --bench write`, and a largest size to
//! stop at where it is to be short.
//!
//! Medians, in milliseconds, of sizes that are ten times apart: a change that is written down, by the marks of its
//! article; opening, by the steps of the journal; a whole script, by its commands. The first is to stay the same.

use std::{
    fmt::Write,
    fs,
    path::Path,
    process::{Command as Program, Stdio},
    time::{Duration, Instant},
};

use pressmark::{
    command::{
        Command, MarkRef,
        article::{ArticleCommand, NewArticle},
        mark::Mark,
        occurrences::Occurrence,
        project::ProjectCommand,
        select::Select,
    },
    runner::{Gathered, Runner},
    session::Run,
};

const MARKS: [usize; 5] = [50, 100, 1_000, 10_000, 100_000];
const STEPS: [usize; 3] = [100, 1_000, 10_000];
const COMMANDS: [usize; 3] = [1_000, 10_000, 100_000];
const TIMES: usize = 41;

fn main() {
    let most: usize = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(usize::MAX);
    table("a change written down, by marks", &MARKS, most, written_down);
    table("opening, by steps of the journal", &STEPS, most, opening);
    table("a script, by commands", &COMMANDS, most, script);
}

fn table(title: &str, sizes: &[usize], most: usize, measure: impl Fn(usize) -> Duration) {
    println!("{title}");
    for size in sizes.iter().filter(|size| **size <= most) {
        println!("{size:>8} {:>10.2} ms", measure(*size).as_secs_f64() * 1e3);
    }
}

/// How long it takes from a key to the journal, in an article with so many marks, while its files are written behind.
fn written_down(marks: usize) -> Duration {
    let place = tempfile::tempdir().expect("a temporary folder");
    let mut runner = marked(&place.path().join("p"), marks);
    let changes = (0..TIMES).map(|n| {
        time(|| {
            note(&mut runner, n);
            runner.record().expect("it can be written");
        })
    });
    median(changes.collect())
}

/// How long a project takes to open whose journal has so many steps.
fn opening(steps: usize) -> Duration {
    let place = tempfile::tempdir().expect("a temporary folder");
    let root = place.path().join("p");
    let mut runner = marked(&root, 50);
    (0..steps).for_each(|n| note(&mut runner, n));
    runner.flush().expect("it can be written");
    drop(runner);
    let open = || {
        let mut runner = Runner::open(&root).expect("it opens");
        runner.run(&Command::Project(ProjectCommand::WorkAs("Ana".to_owned()))).expect("Ana is known");
    };
    median((0..9).map(|_| time(open)).collect())
}

/// How long the program takes for a script of so many commands, from its start to its end.
fn script(commands: usize) -> Duration {
    let place = tempfile::tempdir().expect("a temporary folder");
    let root = place.path().join("p");
    drop(marked(&root, 50));
    let mut text = "[Article(Next), Select(NextMark),".to_owned();
    (0..commands).for_each(|n| _ = write!(text, "\nMark(Note(\"{n}\")),"));
    fs::write(place.path().join("script.ron"), text + "]").expect("a temporary folder");
    median((0..3).map(|_| time(|| run(place.path()))).collect())
}

fn run(folder: &Path) {
    let mut program = Program::new(env!("CARGO_BIN_EXE_pressmark"));
    program.args(["run", "p", "script.ron", "--annotator", "Ana"]).current_dir(folder).stderr(Stdio::null());
    assert!(program.status().expect("the program is built").success());
}

/// A project with one article and so many marks of Ana’s, the first of them picked, all of it on the disk.
fn marked(root: &Path, marks: usize) -> Runner {
    let mut runner = Runner::create(root, "Bench", "news").expect("it can be made");
    let words: Vec<String> = (0..marks).map(|n| format!("mark{n:06} was said.")).collect();
    let text = words.join(" ");
    let article = NewArticle { text: text.clone(), ..NewArticle::default() };
    let added = runner.add(Gathered { articles: vec![article], diagnostics: vec![] }).added;
    runner.run(&Command::Project(ProjectCommand::WorkAs("Ana".to_owned()))).expect("anybody may");
    runner.run(&Command::Article(ArticleCommand::Open(added[0].clone()))).expect("it was added");
    let places = text.match_indices("mark").map(|(start, _)| (start..start + "mark000000".len()).into());
    let places = places.map(|range| Occurrence::new(added[0].clone(), range)).collect();
    let label = "claim".parse().expect("a name");
    runner.run(&Command::Mark(Mark::Occurrences { label, places }, MarkRef::Picked)).expect("they are free");
    runner.run(&Command::Select(Select::NextMark)).expect("there are marks");
    runner.flush().expect("it can be written");
    runner
}

fn note(runner: &mut Runner, n: usize) {
    runner.run(&Command::Mark(Mark::Note(n.to_string()), MarkRef::Picked)).expect("a mark is picked");
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
