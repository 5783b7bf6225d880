//! Runs the pictures in `tests/data/text`: texts with `⟦…⟧` around what is found in them.
//!
//! Each file is one text. The marks are taken out, the segmentation puts them back in, and both must agree.
//! With `PRESSMARK_UPDATE=1` the files are rewritten; the difference is for a person to read.

#![expect(clippy::unwrap_used, reason = "what the tests share is not inside a test function")]

#[path = "text_support/correcting.rs"]
mod correcting;
#[path = "support/root.rs"]
mod root;

use std::fs;

use pressmark::text::quotation::passage_around;
use pressmark::text::segment::{next_sentence_start, next_word_start, sentence_at, word_at};
use pressmark::text::{ByteRange, Quotation, Text};
use root::root;

#[test]
fn sentences() {
    check_all("sentences", |text| found(text, next_sentence_start, sentence_at));
}

#[test]
fn words() {
    check_all("words", |text| found(text, next_word_start, word_at));
}

#[test]
fn quotations() {
    check_all("quotations", |text| {
        let all = text.quotations();
        all.iter().map(|q| (q.outer, if q.closed { "⟧" } else { "⟧…" })).collect()
    });
}

/// Every part of each quotation; `→` stands after one that another goes on with.
#[test]
fn passages() {
    check_all("passages", |text| {
        let whole = |quotation: &Quotation| passage_around(text, quotation.outer).unwrap();
        let mut found = Vec::new();
        for parts in text.quotations().iter().map(whole) {
            let closes = parts.iter().enumerate().map(|(at, _)| if at + 1 < parts.len() { "⟧→" } else { "⟧" });
            found.extend(parts.iter().map(|q| q.outer).zip(closes));
        }
        found.sort();
        found.dedup();
        found
    });
}

type Found = Vec<(ByteRange, &'static str)>;

fn found(text: &str, next: fn(&str, usize) -> usize, at: fn(&str, usize) -> ByteRange) -> Found {
    let first = text.len() - text.trim_start().len();
    let starts = std::iter::successors(Some(first), |byte| Some(next(text, *byte)));
    starts.take_while(|byte| *byte < text.len()).map(|byte| (at(text, byte), "⟧")).collect()
}

fn check_all(folder: &str, find: fn(&Text) -> Found) {
    let folder = root().join("tests/data/text").join(folder);
    let mut count = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let expected = fs::read_to_string(&path).unwrap();
        let text = Text::new(expected.replace("⟧…", "").replace("⟧→", "").replace(['⟦', '⟧'], ""));
        let drawn = draw(&text, &find(&text));
        if std::env::var_os("PRESSMARK_UPDATE").is_some() {
            fs::write(&path, &drawn).unwrap();
        }
        let differing = drawn.lines().zip(expected.lines()).filter(|(drawn, expected)| drawn != expected);
        let differing: Vec<String> = differing.map(|(drawn, expected)| format!("- {expected}\n+ {drawn}\n")).collect();
        assert!(drawn == expected, "{}\n{}", path.display(), differing.concat());
        count += 1;
    }
    assert!(count > 0, "no picture in {}", folder.display());
}

fn draw(text: &str, found: &Found) -> String {
    let mut marks: Vec<(usize, i32, &str)> = Vec::new();
    for (range, close) in found {
        // Where marks meet, what ends comes first; the longer range opens first and closes last.
        marks.push((range.start(), i32::MAX - range.len() as i32, "⟦"));
        marks.push((range.end(), range.len() as i32 - i32::MAX, close));
    }
    marks.sort();
    let mut drawn = String::new();
    let mut from = 0;
    for (at, _, mark) in marks {
        drawn += &text[from..at];
        drawn += mark;
        from = at;
    }
    drawn + &text[from..]
}
