//! Fuzzing: every reader of bytes from outside is fed with what is nearly right, and none may panic.
//!
//! A short run with a fixed seed is a test like the others. `PRESSMARK_FUZZ=600 cargo test --release --test fuzz` runs
//! each reader for 600 seconds with seeds of its own, says how many inputs that were, and which one took longest. What is
//! found becomes a test beside the reader.

#![expect(clippy::unwrap_used, reason = "what the tests share is not inside a test function")]

mod mutate;
#[path = "../support/random.rs"]
mod random;

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    time::{Duration, Instant},
};

use mutate::mutated;
use pressmark::{cli::script, source};
use random::Rng;

/// Inputs of a run without the variable.
const SHORT: u64 = 300;

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

/// An article that was read is as it is promised to be.
fn read_source(name: &str, bytes: &[u8]) {
    let Ok((source, _)) = source::read(name, bytes) else { return };
    assert!(!source.metadata.title.is_empty() && source.metadata.story.is_none());
    assert_eq!(source.metadata.check(), Ok(()));
    assert!(!source.text.trim().is_empty() && !source.text.contains(['\r', '\0']));
}

/// Feeds a reader with mutated inputs, and shows the one that it panics on.
fn fuzz(name: &str, corpus: &[Vec<u8>], tokens: &[&str], read: impl Fn(&[u8])) {
    let seconds =
        std::env::var("PRESSMARK_FUZZ").ok().and_then(|seconds| seconds.parse().ok()).map(Duration::from_secs);
    let seed = seconds.map_or(1, |_| u64::from(std::process::id()));
    let (mut rng, began) = (Rng::new(seed), Instant::now());
    let (mut count, mut slowest) = (0u64, (Duration::ZERO, Vec::new()));
    while seconds.map_or(count < SHORT, |most| began.elapsed() < most) {
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

const HTML: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<br><br>",
    "<table><tr><td>",
    "</table>",
    "<pre>",
    "</pre>",
    "<q>",
    "</q>",
    "<q lang='fr'>",
    "<blockquote class='comment'>",
    "<em class='header'>",
    "</em>",
    "<b>",
    "<i>",
    "<a href='#'>",
    "<svg>",
    "</svg>",
    "<math>",
    "<style>",
    "</style>",
    "<script>",
    "</script>",
    "<noscript>",
    "<title>",
    "<template>",
    "<select>",
    "<object>",
    "<textarea>",
    "<frameset>",
    "<plaintext>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<!doctype html>",
    "<script type='application/ld+json'>",
    "{\"@type\": \"NewsArticle\", \"headline\": \"",
    "\"@graph\": [",
    "/*",
    "//",
    "<html lang='e'>",
    "<time datetime='2024-13-99'>",
    "<meta charset='utf-16'>",
    "<meta charset='shift_jis'>",
    "<meta property='og:title' content='",
    "<link rel=canonical href='https://",
    "<article>",
    "<h1>",
    "&nbsp;",
    "&#0;",
    "&#xD800;",
    " class='sidebar'",
    " id=\"",
    " hidden",
    " style='display:none'",
    "'",
    "\"",
    "=",
    "/>",
    "\0",
    "\u{feff}",
    "«",
    "🚢",
    "\u{202e}",
    "A sentence, with words, that is long enough to count as a paragraph of an article. ",
];

const MARKDOWN: &[&str] = &[
    "---\n",
    "+++\n",
    "...\n",
    "title: ",
    "author:\n  - ",
    "date: ",
    "[extra]\n",
    "[[x]]\n",
    "&a ",
    "*a",
    ">-\n  ",
    "|\n  ",
    "\"",
    "'",
    "'''",
    "\"\"\"",
    "{a: ",
    "[",
    "]",
    ": ",
    " # ",
    "? ",
    "!tag ",
    "%YAML 1.2\n",
    "# ",
    "## ",
    "> ",
    "- ",
    "1. ",
    "|a|b|\n|-|-|\n",
    "```\n",
    "~~~\n",
    "<q>",
    "</q>",
    "<br>",
    "<div>\n",
    "\n\n",
    "  \n",
    "[a](b)",
    "![",
    "**",
    "_",
    "\\",
    "\t",
    "\r\n",
    "\u{2028}",
    "\0",
];

const PLAIN: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\u{85}",
    "\u{2029}",
    "\t",
    "   ",
    "-\n",
    "Mr.\n",
    "- ",
    "1. ",
    "> ",
    "|",
    "“",
    "”",
    "雨。",
    "\0",
    "\u{feff}",
    "\x1b$B",
    "BM",
    "%PDF-",
    "{\\rtf",
    "PK\x03\x04",
    "<html>",
    "and some words of a line of one width\n",
];

const SCRIPT: &[&str] = &[
    "[",
    "]",
    "(",
    ")",
    ",",
    "\"",
    "r#\"",
    "\"#",
    "/*",
    "*/",
    "//",
    "\n",
    "Article(Next), ",
    "Mark(Label(\"claim\")), ",
    "Select(Words(words: \"",
    "Some(",
    "None",
    "\\u{10ffff}",
    "\\u{d800}",
    "4294967296",
    "-1",
    "1e999",
    "'",
    "#![enable(",
    "{",
    "}",
    "🚢",
    "\u{2028}",
];
