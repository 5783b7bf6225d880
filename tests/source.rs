//! Every file in `tests/data/source` is read and held against the `.expected` beside it.
//!
//! `PRESSMARK_UPDATE=1 cargo test --test source` writes the expectations anew; read the difference before you commit it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use dom_query::Document;
use pressmark::diagnostic::Diagnostic;
use pressmark::source::{self, Outcome};
use proptest::prelude::*;

#[test]
fn every_case_reads_as_expected() {
    let update = std::env::var_os("PRESSMARK_UPDATE").is_some();
    let mut cases: Vec<PathBuf> = files(&root().join("tests/data/source"));
    cases.retain(|path| path.extension().is_none_or(|extension| extension != "expected"));
    assert!(cases.len() > 10, "the cases are there");
    for path in cases {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let got = shown(&source::read(&name, &std::fs::read(&path).unwrap()));
        let expected = path.with_file_name(format!("{name}.expected"));
        if update {
            std::fs::write(&expected, &got).unwrap();
        }
        assert_eq!(got, std::fs::read_to_string(&expected).unwrap_or_default(), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        read_as_every_kind(&bytes);
    }

    #[test]
    fn no_signs_panic(parts in proptest::collection::vec(sign(), 0..60)) {
        read_as_every_kind(parts.concat().as_bytes());
    }
}

/// Pieces that the kinds treat in special ways.
fn sign() -> impl Strategy<Value = String> {
    const SIGNS: &[&str] = &[
        "\n",
        "\r",
        "\r\n",
        "---\n",
        "+++\n",
        "title: x\n",
        "# ",
        "> ",
        "- ",
        "|a|b|\n|-|-|\n",
        "```\n",
        "<p>",
        "<br>",
        "<div>",
        "</div>",
        "<table>",
        "<td>",
        "<pre>",
        "</pre>",
        "<b>",
        "</b>",
        "<svg>",
        "<!--",
        "-->",
        "<script type='application/ld+json'>",
        "</script>",
        "{\"@type\": \"NewsArticle\", \"author\": [[]]}",
        "<html lang='e'>",
        "<time datetime='2024-13-99'>",
        "<meta charset='utf-16'>",
        "<meta property='og:title' content='x'>",
        "<article>",
        "<h1>",
        "<title>",
        "&nbsp;",
        "\u{feff}",
        "«",
        "🚢",
        "A sentence, with words, that is long enough to count as a paragraph of an article. ",
    ];
    prop_oneof![4 => proptest::sample::select(SIGNS).prop_map(str::to_owned), 1 => "\\PC{0,12}"]
}

fn read_as_every_kind(bytes: &[u8]) {
    for name in ["a.txt", "a.md", "a.html", "a"] {
        if let Ok((source, _)) = source::read(name, bytes) {
            assert!(!source.metadata.title.is_empty() && !source.text.trim().is_empty() && !source.text.contains('\r'));
        }
    }
}

/// Real pages that stand beside some checkouts; the test says nothing where they are missing.
#[test]
fn articles_of_real_pages_come_out_whole_and_alone() {
    let Ok(pages) = root().join("../shared/data/html").canonicalize() else {
        return;
    };
    println!("{:<14} {:>9} {:>6} {:>5}  title byline language outlet date", "page", "precision", "recall", "F1");
    let mut total = Vec::new();
    for page in files(&pages) {
        let wanted = Document::from(std::fs::read_to_string(page.join("expected.html")).unwrap()).formatted_text();
        let (got, _) = source::read("a.html", &std::fs::read(page.join("source.html")).unwrap()).unwrap();
        let (precision, recall) = overlap(&got.text, &wanted);
        let f1 = 2.0 * precision * recall / (precision + recall);
        let metadata = &got.metadata;
        let name = page.file_name().unwrap().to_string_lossy().into_owned();
        println!(
            "{name:<14} {precision:>9.3} {recall:>6.3} {f1:>5.3}  {:?} {:?} {:?} {:?} {:?}",
            metadata.title, metadata.byline, metadata.language, metadata.outlet, metadata.published
        );
        total.push(f1);
    }
    let mean = total.iter().sum::<f64>() / total.len() as f64;
    println!("mean F1 {mean:.3}");
    assert!(mean > 0.95, "mean F1 {mean:.3}");
}

/// Share of the words got that were wanted, and of the words wanted that were got.
fn overlap(got: &str, wanted: &str) -> (f64, f64) {
    let (got, wanted) = (words(got), words(wanted));
    let common: usize = got.iter().map(|(word, count)| wanted.get(word).unwrap_or(&0).min(count)).sum();
    let share = |all: &HashMap<String, usize>| common as f64 / all.values().sum::<usize>().max(1) as f64;
    (share(&got), share(&wanted))
}

fn words(text: &str) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *counts.entry(word.to_lowercase()).or_default() += 1;
    }
    counts
}

/// An outcome as a person reads it.
fn shown(outcome: &Outcome) -> String {
    let (source, diagnostics) = match outcome {
        Ok(read) => read,
        Err(refused) => return diagnostic(refused),
    };
    let metadata = &source.metadata;
    let fields = [
        ("title", &metadata.title),
        ("outlet", &metadata.outlet),
        ("byline", &metadata.byline),
        ("published", &metadata.published),
        ("language", &metadata.language),
        ("url", &metadata.url),
    ];
    let mut out = format!("kind: {:?}\n", source.kind);
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        out += &format!("{name}: {value}\n");
    }
    out.extend(source.notes.iter().map(|note| format!("note: {note}\n")));
    out.extend(diagnostics.iter().map(diagnostic));
    out + "----\n" + &source.text
}

fn diagnostic(d: &Diagnostic) -> String {
    let hints: String = d.hints.iter().map(|hint| format!("  hint: {hint}\n")).collect();
    format!("{:?} {}: {d}\n{hints}", d.severity, d.code)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be listed").path())
        .collect();
    paths.sort();
    paths
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
