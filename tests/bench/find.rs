//! Counts every place of some words in one text, and looks for them in many articles as the concordance does. Prints
//! `page find words=N hits=N median_ms=X p99_ms=X` and
//! `page concordance articles=N words=600 hits=N first_ms=X all_ms=X`, medians of 30 runs: until the first hits are
//! there to be shown, and until all are. Each line is measured for words that are frequent and for an expression.

#[expect(dead_code, reason = "the texts are searched unmarked, and by no word of their own")]
mod generate;

use std::time::Instant;

use pressmark::{
    model::{Article, ArticleId, Codebook, Metadata, Project},
    query::search::{Advance, Edges, Kind, Marked, MarksFilter, Matcher, Pattern, Query, Scan},
    text::Text,
};

const RUNS: usize = 30;
const SIZES: [usize; 4] = [1_000, 10_000, 100_000, 1_000_000];
const ARTICLES: [usize; 3] = [100, 1_000, 10_000];
const WORDS: usize = 600;
/// What the concordance searches in a frame.
const IN_A_FRAME: usize = 2 << 20;

fn patterns() -> [Pattern; 2] {
    let words = Pattern { text: "council".to_owned(), edges: Edges::WholeWords, ..Pattern::default() };
    let expression = Pattern { text: r"council \w+ed".to_owned(), kind: Kind::Expression, ..Pattern::default() };
    [words, expression]
}

fn main() {
    // `cargo test --benches` runs it too; then there is nothing to measure.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    for pattern in patterns() {
        let matcher = Matcher::new(&pattern).expect("the pattern is right");
        println!("# {}", pattern.text);
        SIZES.into_iter().for_each(|words| find(&matcher, words));
        ARTICLES.into_iter().for_each(|articles| concordance(&matcher, articles));
    }
}

fn find(matcher: &Matcher, words: usize) {
    let text = Text::new(generate::article(words, 20_261_121).text);
    let mut times = Vec::new();
    let mut hits = 0;
    for _ in 0..RUNS {
        let begin = Instant::now();
        hits = matcher.hits(&text).len();
        times.push(begin.elapsed().as_secs_f64() * 1e3);
    }
    let (median, p99) = (at(&mut times, 0.5), at(&mut times, 0.99));
    println!("page find words={words} hits={hits} median_ms={median:.3} p99_ms={p99:.3}");
}

fn concordance(matcher: &Matcher, count: usize) {
    let (project, ids) = project(count);
    let (mut first, mut all) = (Vec::new(), Vec::new());
    let mut hits = 0;
    for _ in 0..RUNS {
        let query = Query { matcher: Some(matcher.clone()), filter: MarksFilter::default(), marked: Marked::Either };
        let begin = Instant::now();
        let mut scan = Scan::new(query, ids.clone());
        let (mut found, mut first_ms) = (Vec::new(), None);
        loop {
            let step = scan.advance(&project, IN_A_FRAME, 0, &mut found);
            if !found.is_empty() {
                first_ms.get_or_insert_with(|| begin.elapsed().as_secs_f64() * 1e3);
            }
            if step == Advance::Done {
                break;
            }
        }
        all.push(begin.elapsed().as_secs_f64() * 1e3);
        first.extend(first_ms);
        hits = found.iter().map(|found| found.hits.len()).sum();
    }
    let (first, all) = (at(&mut first, 0.5), at(&mut all, 0.5));
    println!("page concordance articles={count} words={WORDS} hits={hits} first_ms={first:.3} all_ms={all:.3}");
}

fn at(times: &mut [f64], part: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    times[((times.len() - 1) as f64 * part).round() as usize]
}

/// A project of so many articles, all of them read.
fn project(count: usize) -> (Project, Vec<ArticleId>) {
    let mut project = Project::new("Bench", Codebook::empty("Bench"));
    let mut ids = Vec::new();
    for n in 0..count {
        let text = generate::article(WORDS, n as u64).text;
        let id = ArticleId::of(&format!("Article {n}"), &text);
        let metadata = Metadata { title: format!("Article {n}"), ..Metadata::default() };
        let article = Article { metadata, loaded: Vec::new(), fingerprint: n as u64, words: WORDS as u32 };
        project.load_articles([(id.clone(), article)]);
        project.load_text(&id, Text::new(text));
        ids.push(id);
    }
    (project, ids)
}
