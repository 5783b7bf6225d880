//! How soon the window shows the sample project, and how much memory it takes, beside an empty window of the same
//! build. Needs a display. Each is started several times, in turn; the medians are printed as a table.
//!
//! The program starts itself anew for every measurement, so that each begins as a user's does.

#[path = "../support/root.rs"]
mod root;

use std::{
    process::Command,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

const RUNS: usize = 5;
/// The frame after which the memory is read: fonts and atlas are there by then.
const SETTLED: Duration = Duration::from_millis(2_500);

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let asked = |name: &str| arguments.iter().any(|a| a == name);
    match () {
        () if asked("empty") => empty(),
        () if asked("sample") => sample(),
        () if asked("--bench") => measure(),
        // `cargo test --benches` runs it too; then there is nothing to measure.
        () => {}
    }
}

fn measure() {
    println!("{:<8} {:>16} {:>14}", "window", "first paint ms", "resident MB");
    let mut medians = Vec::new();
    for what in ["empty", "sample"] {
        let runs: Vec<(f64, f64)> = (0..RUNS).filter_map(|_| run(what)).collect();
        if runs.is_empty() {
            println!("{what:<8} could not be started; a display is needed");
            return;
        }
        let median = |mut values: Vec<f64>| {
            values.sort_by(f64::total_cmp);
            values[values.len() / 2]
        };
        let first = median(runs.iter().map(|r| r.0).collect());
        let memory = median(runs.iter().map(|r| r.1).collect());
        println!("{what:<8} {first:>16.0} {memory:>14.1}");
        medians.push(memory);
    }
    println!("the sample takes {:.1} MB more than an empty window", medians[1] - medians[0]);
}

fn run(what: &str) -> Option<(f64, f64)> {
    let home = tempfile::tempdir().ok()?;
    let this = std::env::current_exe().ok()?;
    let output = Command::new(this)
        .arg(what)
        .env("STARTED", now().to_string())
        .env("HOME", home.path())
        .env("XDG_CONFIG_HOME", home.path())
        .env("XDG_DATA_HOME", home.path())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut numbers = text.split_whitespace().filter_map(|word| word.parse().ok());
    numbers.next().zip(numbers.next())
}

fn sample() {
    let root = root::root().join("projects/harbour-bridge");
    let mut watch = Watch::default();
    pressmark::native::run_and_watch(Some(root), Some(Box::new(move |seen| watch.frame(seen.ctx))));
}

fn empty() {
    struct Empty(Watch);
    impl eframe::App for Empty {
        fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
            self.0.frame(ui.ctx());
        }
    }
    let create: eframe::AppCreator<'_> = Box::new(|_| Ok(Box::new(Empty(Watch::default()))));
    if let Err(error) = eframe::run_native("empty", pressmark::native::options(), create) {
        eprintln!("error: {error}");
    }
}

/// Prints when the first frame was on the screen, and the memory after a while, and closes the window.
#[derive(Default)]
struct Watch {
    frames: u64,
    first: Option<Instant>,
}

impl Watch {
    fn frame(&mut self, ctx: &egui::Context) {
        self.frames += 1;
        // The second frame begins when the first has been painted.
        if self.frames == 2 {
            let started: u128 = std::env::var("STARTED").ok().and_then(|t| t.parse().ok()).unwrap_or_default();
            println!("{}", now().saturating_sub(started));
            self.first = Some(Instant::now());
        }
        match self.first {
            Some(first) if first.elapsed() > SETTLED => {
                println!("{:.1}", resident_mb());
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
                self.first = None;
            }
            _ => ctx.request_repaint_after(Duration::from_millis(if self.frames < 2 { 0 } else { 50 })),
        }
    }
}

fn now() -> u128 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis())
}

/// Memory that is really there, as Linux tells it; 0 elsewhere.
fn resident_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kb = line.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok());
    kb.unwrap_or_default() / 1024.0
}
