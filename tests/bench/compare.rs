//! Compares articles of 600 words all against all, as for a story or a search for copies, and prints
//! `compare articles=N words=600 pairs=N found=N prepare_ms=X all_ms=X` with every pair of two sets of so many articles,
//! and `compare longest words=N found=N prepare_ms=X ms=X` for two long articles; medians.

#[expect(dead_code, reason = "the texts are compared unmarked, and by no word of their own")]
mod generate;

use std::time::Instant;

use pressmark::{
    compare::{Prepared, statements},
    text::Text,
};
use rayon::prelude::*;

const RUNS: usize = 5;
const ARTICLES: [usize; 3] = [3, 10, 100];
const WORDS: usize = 600;
const LONG: [usize; 3] = [1_000, 10_000, 100_000];
/// Every so many articles two share a paragraph: so do reports of one event.
const SHARED: usize = 5;

fn main() {
    // `cargo test --benches` runs it too; then there is nothing to measure.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    ARTICLES.into_iter().for_each(all_against_all);
    LONG.into_iter().for_each(longest);
}

/// Articles of which some share the same paragraphs.
fn articles(count: usize, seed: u64) -> Vec<Text> {
    let article = |n: usize| {
        let own = generate::article(WORDS * 4 / 5, seed + n as u64).text;
        let shared = generate::article(WORDS / 5, (n / SHARED) as u64).text;
        Text::new(own + &shared)
    };
    (0..count).map(article).collect()
}

fn prepare(texts: &[Text]) -> Vec<Prepared> {
    texts.par_iter().map(|text| Prepared::new(text, Vec::new())).collect()
}

fn all_against_all(count: usize) {
    let (a, b) = (articles(count, 10_000), articles(count, 20_000));
    let (mut prepares, mut alls) = (Vec::new(), Vec::new());
    let mut found = 0;
    for _ in 0..RUNS {
        let begin = Instant::now();
        let (a, b) = (prepare(&a), prepare(&b));
        prepares.push(ms(begin));
        let begin = Instant::now();
        found = a.par_iter().map(|a| b.iter().map(|b| statements(a, b).len()).sum::<usize>()).sum();
        alls.push(ms(begin));
    }
    let (prepare, all, pairs) = (median(&mut prepares), median(&mut alls), count * count);
    println!(
        "compare articles={count} words={WORDS} pairs={pairs} found={found} prepare_ms={prepare:.3} all_ms={all:.3}"
    );
}

fn longest(words: usize) {
    let texts = [1, 2].map(|seed| {
        let own = generate::article(words * 4 / 5, seed).text;
        Text::new(own + &generate::article(words / 5, 3).text)
    });
    let (mut prepares, mut times) = (Vec::new(), Vec::new());
    let mut found = 0;
    for _ in 0..RUNS {
        let begin = Instant::now();
        let both = prepare(&texts);
        prepares.push(ms(begin));
        let begin = Instant::now();
        found = statements(&both[0], &both[1]).len();
        times.push(ms(begin));
    }
    let (prepare, ms) = (median(&mut prepares), median(&mut times));
    println!("compare longest words={words} found={found} prepare_ms={prepare:.3} ms={ms:.3}");
}

fn ms(begin: Instant) -> f64 {
    begin.elapsed().as_secs_f64() * 1e3
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
