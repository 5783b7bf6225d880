//! Works in three long articles side by side, in the whole window without a screen: all the work of a frame, as
//! `page` measures it. The articles share a fifth of their paragraphs. Prints
//! `columns ACTION words=N marks=N median_ms=X p99_ms=X worst_ms=X`, words and marks those of each article, and
//! `columns compared words=N statements=N ms=X`, which is the work of a thread.
//!
//! `cargo bench --bench columns -- 1000` measures this size only.

#[expect(dead_code, reason = "the desk of other benchmarks can do more")]
mod desk;
mod generate;

use std::time::Instant;

use egui::{Event, Key, Modifiers, pos2};
use pressmark::{compare, ui::wish::Wish};

use desk::{Desk, quantile, wheel};
use generate::Generated;

const FRAMES: usize = 200;
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
/// A mark for every so many words.
const EVERY: usize = 10;

type Frame = fn(&mut Desk, usize) -> f64;

const ACTIONS: [(&str, Frame); 6] = [
    ("idle", |desk, _| desk.act(&[], Vec::new())),
    ("scroll-line", |desk, _| desk.act(&[], vec![Event::PointerMoved(pos2(500.0, 400.0)), wheel(-30.0)])),
    ("scroll-page", |desk, n| match n % 40 {
        0 => desk.press(Key::Home, Modifiers::COMMAND),
        _ => desk.press(Key::PageDown, Modifiers::NONE),
    }),
    ("next-statement", |desk, _| desk.press(Key::J, Modifiers::NONE)),
    ("caret", |desk, _| desk.press(Key::ArrowRight, Modifiers::NONE)),
    ("hover", |desk, n| {
        let over = pos2(300.0 + (n * 7 % 900) as f32, 100.0 + (n * 3 % 500) as f32);
        desk.act(&[], vec![Event::PointerMoved(over)])
    }),
];

/// What is done with a mark, a key each.
const EDITS: [(&str, Key, Modifiers); 4] = [
    ("mark", Key::Num3, Modifiers::NONE),
    ("relabel", Key::Num1, Modifiers::NONE),
    ("delete", Key::Delete, Modifiers::NONE),
    ("undo", Key::Z, Modifiers::COMMAND),
];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    // `cargo test --benches` runs it too; then there is nothing to measure.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let wanted: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if wanted.is_empty() { SIZES.to_vec() } else { wanted };
    sizes.into_iter().for_each(measure);
}

fn measure(words: usize) {
    let mut desk = Desk::with((0..3).map(|n| report_of(words, n)).collect(), EVERY);
    desk.open();
    desk.press(Key::F4, Modifiers::NONE);
    let say = |action: &str, times: Vec<f64>| {
        let [median, p99, worst] = [0.5, 0.99, 1.0].map(|part| quantile(&times, part));
        let marks = words / EVERY;
        println!(
            "columns {action} words={words} marks={marks} median_ms={median:.3} p99_ms={p99:.3} worst_ms={worst:.3}"
        );
    };
    let taken = take(&mut desk, words).expect("three articles are compared");
    say("comparison-comes-in", vec![taken]);
    for (action, frame) in ACTIONS {
        say(action, (0..FRAMES).map(|n| frame(&mut desk, n)).collect());
    }
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); EDITS.len()];
    let mut taken = Vec::new();
    for round in 0..FRAMES / 10 {
        let first = desk.words.len() / 2 + round % 100;
        desk.select(first, first + 3);
        for ((_, key, modifiers), times) in EDITS.iter().zip(&mut times) {
            times.push(desk.change(*key, *modifiers));
        }
        for _ in 0..2 {
            desk.change(Key::Z, Modifiers::COMMAND);
        }
        taken.extend(take(&mut desk, words));
    }
    for ((action, ..), times) in EDITS.iter().zip(times) {
        say(action, times);
    }
    if !taken.is_empty() {
        say("comparison-comes-in-again", taken);
    }
}

/// Compares where that was asked for, as a thread of the window does; the milliseconds of the frame into which it comes.
fn take(desk: &mut Desk, words: usize) -> Option<f64> {
    let wishes = desk.app.take_wishes();
    let articles = wishes.into_iter().filter_map(|wish| match wish {
        Wish::Compare(articles) => Some(articles),
        _ => None,
    });
    let articles = articles.last()?;
    let project = desk.app.session()?.project().clone();
    let begin = Instant::now();
    let found = compare::compared(&project, articles, || Ok(())).ok()?;
    println!("columns compared words={words} ms={:.3}", begin.elapsed().as_secs_f64() * 1e3);
    let begin = Instant::now();
    desk.app.take_comparison(found);
    let taken = begin.elapsed().as_secs_f64() * 1e3;
    Some(taken + desk.act(&[], Vec::new()))
}

/// An article of which a fifth stands in the others too.
fn report_of(words: usize, n: u64) -> Generated {
    let Generated { mut text, mut words } = generate::article(words * 4 / 5, 10 + n);
    let shared = generate::article(words.len() / 4, 1);
    let moved = |word: &pressmark::text::ByteRange| {
        pressmark::text::ByteRange::new(word.start() + text.len(), word.end() + text.len())
    };
    words.extend(shared.words.iter().map(moved));
    text.push_str(&shared.text);
    Generated { text, words }
}
