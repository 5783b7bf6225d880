//! Runs the pictures in `tests/data/compare`: two texts, and what they share.
//!
//! A file has a text, `=====`, another text, `=====`, and a line for each statement with its form, kind and confidence.
//! The words of the first one stand in both texts as `⟦1:…⟧`. With `PRESSMARK_UPDATE=1` the files are rewritten; the
//! difference is for a person to read.

#![expect(clippy::unwrap_used, reason = "what the tests share is not inside a test function")]

#[path = "support/root.rs"]
mod root;

use std::fs;

use pressmark::{
    compare::{Mark, Match, Prepared, statements},
    text::{ByteRange, Fragments, Text},
};
use root::root;

const BETWEEN: &str = "=====\n";

#[test]
fn statements_are_found() {
    let folder = root().join("tests/data/compare");
    let mut paths: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "no picture in {}", folder.display());
    let mut broken = Vec::new();
    for path in paths {
        let expected = fs::read_to_string(&path).unwrap();
        let parts: Vec<String> = expected.split(BETWEEN).map(without_marks).collect();
        let [a, b] = [0, 1].map(|part| Text::new(parts[part].clone()));
        let drawn = draw(&a, &b, &compared(&a, &b));
        if std::env::var_os("PRESSMARK_UPDATE").is_some() {
            fs::write(&path, &drawn).unwrap();
        }
        if drawn != expected {
            broken.push(format!("{}\n{drawn}", path.display()));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

fn compared(a: &Text, b: &Text) -> Vec<Match> {
    statements(&Prepared::new(a, Vec::new()), &Prepared::new(b, Vec::new()))
}

/// A text without `⟦1:` and `⟧`.
fn without_marks(marked: &str) -> String {
    let mut text = String::new();
    for (at, part) in marked.split('⟦').enumerate() {
        let words = if at == 0 { part } else { part.split_once(':').unwrap().1 };
        text.push_str(&words.replace('⟧', ""));
    }
    text
}

fn draw(a: &Text, b: &Text, found: &[Match]) -> String {
    let places = |side: fn(&Match) -> &Fragments| found.iter().map(side).collect::<Vec<_>>();
    let lines: String = found
        .iter()
        .enumerate()
        .map(|(at, m)| format!("{} {} {} {}\n", at + 1, m.form.name(), m.kind.name(), m.confidence.name()))
        .collect();
    [marked(a, &places(|m| &m.a)), marked(b, &places(|m| &m.b)), lines].join(BETWEEN)
}

/// The text with the number of each statement at its words.
fn marked(text: &Text, places: &[&Fragments]) -> String {
    let mut marks: Vec<(usize, i64, String)> = Vec::new();
    for (at, range) in places.iter().enumerate().flat_map(|(at, place)| place.iter().map(move |range| (at, range))) {
        // Where marks meet, what ends comes first; the longer range opens first and closes last.
        marks.push((range.start(), i64::MAX - range.len() as i64, format!("⟦{}:", at + 1)));
        marks.push((range.end(), range.len() as i64 - i64::MAX, "⟧".to_owned()));
    }
    marks.sort();
    let mut drawn = String::new();
    let mut from = 0;
    for (at, _, mark) in marks {
        drawn += &text[from..at];
        drawn += &mark;
        from = at;
    }
    drawn + &text[from..]
}

const FARMER: &str = "“It is a plain disgrace,” said the man below the dam. “We lost the hay.”\n";
const GROCER: &str = "“It is a plain disgrace,” said the woman in the shop.\n";

/// A mark of a quote on the words, said by somebody.
fn quote(text: &Text, words: &[&str], source: &str) -> Mark {
    let range = |words: &&str| {
        let start = text.find(*words).unwrap();
        ByteRange::new(start, start + words.len())
    };
    let fragments = Fragments::new(words.iter().map(range)).unwrap();
    Mark { fragments, is_quote: true, sources: vec![source.to_owned()] }
}

#[test]
fn two_marked_speakers_keep_a_short_phrase_apart() {
    let [a, b] = [FARMER, GROCER].map(|text| Text::new(text.to_owned()));
    let of = |a_source: &str, b_source: &str| {
        let a = Prepared::new(&a, vec![quote(&a, &["It is a plain disgrace,", "We lost the hay."], a_source)]);
        let b = Prepared::new(&b, vec![quote(&b, &["It is a plain disgrace,"], b_source)]);
        statements(&a, &b).len()
    };
    assert_eq!(of("Bill Amory", "Mr Amory"), 1);
    assert_eq!(of("Bill Amory", "Carla Pym"), 0);
}

#[test]
fn a_mark_says_which_quotations_are_one() {
    let a =
        Text::new("“The valves were open all night,” he said.\nThen he paused.\n“Nobody closed them.”\n".to_owned());
    let b = Text::new("“The valves were open all night. Nobody closed them,” said the keeper.\n".to_owned());
    let plain = compared(&a, &b);
    let mark = quote(&a, &["The valves were open all night,", "Nobody closed them."], "the keeper");
    let joined = statements(&Prepared::new(&a, vec![mark.clone()]), &Prepared::new(&b, Vec::new()));
    assert_eq!(joined.len(), 1);
    assert_eq!((&joined[0].a, joined[0].form.name()), (&mark.fragments, "verbatim"));
    assert!(plain.iter().all(|found| found.a != mark.fragments), "{plain:?}");
}

#[test]
fn marks_that_overlap_a_quotation_in_part_leave_it_whole() {
    let a = Text::new(FARMER.to_owned());
    let b = Text::new(FARMER.replace("We lost", "We have lost"));
    let mark = quote(&a, &["plain disgrace,” said the man"], "the farmer");
    let found = statements(&Prepared::new(&a, vec![mark]), &Prepared::new(&b, Vec::new()));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].a.words(&a), "It is a plain disgrace, … We lost the hay.");
}

#[test]
fn both_ways_find_the_same() {
    let folder = root().join("tests/data/compare");
    for entry in fs::read_dir(&folder).unwrap() {
        let expected = fs::read_to_string(entry.unwrap().path()).unwrap();
        let parts: Vec<String> = expected.split(BETWEEN).map(without_marks).collect();
        let [a, b] = [0, 1].map(|part| Text::new(parts[part].clone()));
        let mut there: Vec<_> = compared(&a, &b).into_iter().map(|m| (m.a, m.b, m.form, m.kind)).collect();
        let mut back: Vec<_> = compared(&b, &a).into_iter().map(|m| (m.b, m.a, m.form, m.kind)).collect();
        there.sort();
        back.sort();
        assert_eq!(there, back);
    }
}
