//! Works on long articles in the whole window, without a screen, all the work of a frame: input, commands, layout,
//! interface, tessellation. Prints lines of these kinds:
//!
//! - `page ACTION words=N marks=N median_ms=X p99_ms=X worst_ms=X`, the sizes measured in turn;
//! - `page flat ACTION ratio=X`: the median at the largest size over that at ten thousand words;
//! - `page long-paragraph ACTION …`: the same where all of the article is one paragraph;
//! - `page memory …`: what the article and its marks take beyond an empty window, in a process of its own;
//! - `page peer …`: the same work beside the fastest of the peers.
//!
//! `cargo bench --bench page -- 1000 10000` measures these sizes only.

mod desk;
mod generate;
mod peers;

use egui::{Event, Key, Modifiers, pos2};
use pressmark::command::{Command, View};

use desk::{Desk, Size, quantile, wheel};

/// Frames of each action at each size.
const FRAMES: usize = 300;
/// Sizes take turns after so many, so that whatever else the machine does falls on all of them.
const TURN: usize = 60;
const SIZES: [usize; 4] = [1_000, 10_000, 100_000, 1_000_000];
/// What the largest size is compared with.
const USUAL: usize = 10_000;
/// A mark for every so many words.
const EVERY: usize = 10;
const LONG_PARAGRAPH: usize = 100_000;

/// Brings about one frame, which is the `n`th of its action; milliseconds.
type Frame = fn(&mut Desk, usize) -> f64;

/// What a reader does; each goes on where the one before has stopped.
const ACTIONS: [(&str, Frame); 17] = [
    ("first-frame", |desk, _| desk.open_first()),
    ("first-frame-again", |desk, _| desk.open()),
    ("idle", |desk, _| desk.act(&[], Vec::new())),
    ("scroll-line", |desk, _| desk.act(&[], vec![Event::PointerMoved(pos2(700.0, 400.0)), wheel(-30.0)])),
    ("scroll-page", |desk, n| match n % 40 {
        0 => desk.press(Key::Home, Modifiers::COMMAND),
        _ => desk.press(Key::PageDown, Modifiers::NONE),
    }),
    ("jump-end", |desk, n| desk.press(if n % 2 == 0 { Key::End } else { Key::Home }, Modifiers::COMMAND)),
    ("jump-mark", |desk, n| {
        let mark = desk.marks[n * 7_919 % desk.marks.len()];
        desk.act(&[Desk::pick(mark)], Vec::new())
    }),
    ("next-mark", |desk, _| desk.press(Key::Tab, Modifiers::NONE)),
    ("caret", |desk, _| desk.press(Key::ArrowRight, Modifiers::NONE)),
    ("caret-line", |desk, _| desk.press(Key::ArrowDown, Modifiers::NONE)),
    ("caret-word", |desk, _| desk.press(Key::ArrowRight, Modifiers::COMMAND)),
    ("extend", |desk, _| desk.press(Key::ArrowDown, Modifiers::SHIFT)),
    ("hover", |desk, n| {
        let over = pos2(420.0 + (n * 7 % 600) as f32, 100.0 + (n * 3 % 700) as f32);
        desk.act(&[], vec![Event::PointerMoved(over)])
    }),
    ("marks-list", |desk, _| desk.act(&[], vec![Event::PointerMoved(pos2(1300.0, 700.0)), wheel(-30.0)])),
    ("resize", |desk, n| {
        desk.window.x = 1100.0 - (n % 50) as f32;
        desk.act(&[], Vec::new())
    }),
    ("resized", |desk, _| {
        desk.window.x = 1440.0;
        desk.act(&[], Vec::new())
    }),
    ("text-size", |desk, n| {
        let size = if n / 5 % 2 == 0 { View::LargerText } else { View::SmallerText };
        desk.act(&[Command::View(size)], Vec::new())
    }),
];

/// One round of editing: every step is a key, and one step of the history.
const EDITS: [(&str, Key, Modifiers); 6] = [
    ("mark", Key::Num3, Modifiers::NONE),
    ("relabel", Key::Num1, Modifiers::NONE),
    ("move-end", Key::CloseBracket, Modifiers::NONE),
    ("delete", Key::Delete, Modifiers::NONE),
    ("undo", Key::Z, Modifiers::COMMAND),
    ("redo", Key::Y, Modifiers::COMMAND),
];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let wanted: Vec<usize> = arguments.iter().filter_map(|a| a.parse().ok()).collect();
    if arguments.iter().any(|a| a == "memory") {
        peers::print_memory(Size { words: wanted[0], every: EVERY });
        return;
    }
    // `cargo test --benches` runs it too; then there is nothing to measure.
    if !arguments.iter().any(|a| a == "--bench") {
        return;
    }
    let sizes = if wanted.is_empty() { SIZES.to_vec() } else { wanted };
    let desks = sizes.iter().map(|&words| Bench::new(words.to_string(), Desk::of(Size { words, every: EVERY })));
    measure("page", desks.collect());
    let mut paragraph = generate::article(LONG_PARAGRAPH, 20_261_121);
    paragraph.text = paragraph.text.replace('\n', " ");
    measure("page long-paragraph", vec![Bench::new(LONG_PARAGRAPH.to_string(), Desk::new(paragraph, EVERY))]);
    peers::memory(&sizes);
    peers::compare();
}

/// A desk and what was measured at it.
struct Bench {
    words: String,
    desk: Desk,
    times: Vec<(&'static str, Vec<f64>)>,
}

impl Bench {
    fn new(words: String, desk: Desk) -> Self {
        Self { words, desk, times: Vec::new() }
    }

    fn take(&mut self, action: &'static str, took: f64) {
        match self.times.iter_mut().find(|(name, _)| *name == action) {
            Some((_, times)) => times.push(took),
            None => self.times.push((action, vec![took])),
        }
    }

    fn turn(&mut self, action: &'static str, frame: Frame, turn: usize) {
        // Others were at work meanwhile: what the processor keeps is theirs.
        for _ in 0..3 {
            self.desk.act(&[], Vec::new());
        }
        for n in turn * TURN..(turn + 1) * TURN {
            let took = frame(&mut self.desk, n);
            self.take(action, took);
        }
    }

    /// Marks four words somewhere in the middle of the article, and does to the mark all that can be done.
    fn edit(&mut self, round: usize) {
        let first = self.desk.words.len() / 2 + round % 100;
        self.desk.select(first, first + 3);
        for (action, key, modifiers) in EDITS {
            let took = self.desk.change(key, modifiers);
            self.take(action, took);
        }
        for _ in 0..4 {
            self.desk.change(Key::Z, Modifiers::COMMAND);
        }
    }

    fn median(&self, action: &str) -> Option<f64> {
        self.times.iter().find(|(name, _)| *name == action).map(|(_, times)| quantile(times, 0.5))
    }
}

fn measure(kind: &str, mut benches: Vec<Bench>) {
    for bench in &mut benches {
        let cold = bench.desk.open_first();
        println!("{kind} first-frame-cold words={} median_ms={cold:.3}", bench.words);
        bench.desk.press(Key::ArrowRight, Modifiers::NONE);
    }
    for (action, frame) in ACTIONS {
        for turn in 0..FRAMES / TURN {
            benches.iter_mut().for_each(|bench| bench.turn(action, frame, turn));
        }
    }
    for bench in &mut benches {
        let middle = bench.desk.marks[bench.desk.marks.len() / 2];
        bench.desk.act(&[Desk::pick(middle)], Vec::new());
    }
    for turn in 0..FRAMES / TURN {
        for bench in &mut benches {
            (turn * TURN..(turn + 1) * TURN).for_each(|round| bench.edit(round));
        }
    }
    for bench in &mut benches {
        report(kind, bench);
        rests(kind, bench);
    }
    let (Some(usual), Some(largest)) = (benches.iter().find(|b| b.words == USUAL.to_string()), benches.last()) else {
        return;
    };
    for (action, _) in &usual.times {
        if let (Some(usual), Some(largest)) = (usual.median(action), largest.median(action)) {
            println!("{kind} flat {action} ratio={:.2}", largest / usual);
        }
    }
}

fn report(kind: &str, bench: &Bench) {
    let (words, marks) = (&bench.words, bench.desk.marks.len());
    for (action, times) in &bench.times {
        let [median, p99, worst] = [0.5, 0.99, 1.0].map(|part| quantile(times, part));
        println!(
            "{kind} {action} words={words} marks={marks} median_ms={median:.3} p99_ms={p99:.3} worst_ms={worst:.3}"
        );
    }
}

/// With the caret in the text and nothing done for a while no frame is wanted: what still fades has a second for it.
fn rests(kind: &str, bench: &mut Bench) {
    bench.desk.press(Key::ArrowRight, Modifiers::NONE);
    bench.desk.wait(20.0);
    for _ in 0..60 {
        bench.desk.act(&[], Vec::new());
    }
    println!("{kind} rests words={} wants_a_frame={}", bench.words, bench.desk.restless);
}
