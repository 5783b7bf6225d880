//! What is read here is held against what all of RON reads.

use std::fmt::Debug;

use proptest::prelude::*;

use super::*;
use crate::store::{
    file::{ArticleFile, ArticleHead, LayerFile, LinksFile, ProjectFile, SummaryFile},
    read::options,
};

/// The same text read here and by all of RON, and what came of it.
type Both = fn(&str) -> (Option<String>, Option<String>);

fn both<'t, T: Deserialize<'t> + Debug>(text: &'t str) -> (Option<String>, Option<String>) {
    let said = |value: T| format!("{value:?}");
    (read(text).map(said), options().from_str(text).ok().map(said))
}

macro_rules! v1 {
    ($path:literal) => {
        include_str!(concat!("../../../tests/data/store/v1/", $path))
    };
}

/// Those that grow with the work.
const FILES: [(&str, Both); 6] = [
    (v1!("project.ron"), |text| both::<ProjectFile>(text)),
    (v1!("articles/drivers-to-pay-rp71r.ron"), |text| both::<ArticleFile>(text)),
    (v1!("articles/drivers-to-pay-rp71r.ron"), |text| both::<ArticleHead>(text)),
    (v1!("layers/ana/drivers-to-pay-rp71r.ron"), |text| both::<LayerFile<'_>>(text)),
    (v1!("layers/ana/drivers-to-pay-rp71r.ron"), |text| both::<SummaryFile>(text)),
    (v1!("layers/ana/links.ron"), |text| both::<LinksFile>(text)),
];

#[test]
fn what_pressmark_writes_is_read_here() {
    for (text, both) in FILES {
        let (here, all) = both(text);
        assert!(here.is_some(), "left to others: {text}");
        assert_eq!(here, all);
    }
}

#[test]
fn escapes_and_raw_strings_are_taken_for_what_they_stand_for() {
    for text in [r#""a \"b\" \\ \n \r \t \u{200f} \u{1F309} é""#, "r#\"a\"b\\n\"#", "r\"a\"", "\"\""] {
        let (here, all) = both::<String>(text);
        assert!(here.is_some() && here == all, "{text}: {here:?} {all:?}");
    }
}

#[test]
fn what_it_does_not_know_is_left_to_others() {
    for text in
        ["", "\"", "\"\\", "\"\\q\"", "\"\\u{d800}\"", "\"\\u{}\"", "r#\"a\"", "/* x */ \"a\"", "\"a\" b", "b\"a\""]
    {
        assert_eq!(read::<String>(text), None, "{text}");
    }
    for text in ["07", "1.", ".5", "-", "1e3", "0x1f", "1_000", "+1", "1.2.3", "12a", "99999999999999999999"] {
        assert_eq!(read::<f64>(text), None, "{text}");
    }
    for text in ["[1 2]", "[,]", "[1,,2]", "[1", "(1, 2)", "[1]]"] {
        assert_eq!(read::<Vec<u8>>(text), None, "{text}");
    }
}

/// Fields as people and other programs write them, well or badly.
const CASES: &str = r###"number: 5
number: -0
number: -0.0
number: 0
number: 0.10
number: 1.
number: 1.5f64
number: 18446744073709551615
number: 9007199254740993
number: -9223372036854775808
number: inf
number: 00
number: -
number: 1 . 5
number: 1.5.
number: 1-2
count: 5
count: -0
count: -7
count: 1.0
count: None
count: Some(1)
count: Some(None)
count: Some(Some(1))
count: Some 1
count: 1i64
count: 1_0
count: 9223372036854775808
count: 170141183460469231731687303715884105727
count: true
by_name: {"a": 1, "a": 2}
by_name: {"a": 1,}
by_name: {,}
by_name: {a: 1}
by_name: {"a": 256}
by_name: {"a": 1 "b": 2}
by_name: {"a"}
by_name: [("a", 1)]
kind: Plain
kind: Plain()
kind: r#Plain
kind: Plain.x
kind: Pla-in
kind: "Plain"
kind: One(None)
kind: One(3)
kind: One(Some(3))
kind: One(3,)
kind: One((3))
kind: One()
kind: Two(1, 2.5)
kind: Two(1, 2.5,)
kind: Two(1)
kind: Two((1, 2.5))
kind: Two[1, 2.5]
kind: Named(at: 3)
kind: Named(at: 3, at: 4)
kind: Named(at: 3, to: 4)
kind: Named()
kind: Named((at: 3))
kind: Named{at: 3}
pair: (1, 2)
pair: [1, 2]
pair: (1, 2,)
pair: (1)
letter: 'x'
letter: "x"
letter: x
letter: Some('x')
weight: 0.1
weight: 1.00000017881393432617187499
weight: 16777217
weight: -0
words: "a\\b"
words: "\0"
words: "\x41"
words: "\'"
words: "\é"
words: "\u{41}"
words: "\u{0000041}"
words: "\u{ 41}"
words: "\u{110000}"
words: 'x'
words: b"x"
words: br"x"
words: r"a\n"
words: r##"a"#b"##
words: r#x#"a"#
words: r # "a" #
words: x
words: None
words: Some("x")
words: 5
nothing: ()
nothing: None
words: "x", words: "y"
words: "x", number: 2
word: "x"
words "x"
words: "x",,
, words: "x"
words: "x" ;
words: "x" // said
words: "x" /* said */
r#words: "x"
wörds: "x"
_words: "x"
words : "x""###;

/// The same with characters that a file should not hold.
const ODD: [&str; 10] = [
    "",
    "words: \"a\nb\"",
    "words: \"a\rb\"",
    "words: \"a\0b\"",
    "words: \"a\\\n  b\"",
    "words: \"\u{2028}\u{feff}\"",
    "words:\u{a0}\"x\"",
    "words:\u{b}\"x\"",
    "words:\r\"x\"",
    "words:\0\"x\"",
];

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Shape {
    #[serde(default)]
    number: f64,
    #[serde(default)]
    count: Option<Option<i64>>,
    #[serde(default)]
    by_name: std::collections::BTreeMap<String, u8>,
    #[serde(default)]
    kind: Kind,
    #[serde(default)]
    pair: (u8, u8),
    #[serde(default)]
    letter: Option<char>,
    #[serde(default)]
    weight: f32,
    #[serde(default)]
    words: Option<String>,
    #[serde(default)]
    nothing: (),
}

#[derive(Debug, Default, Deserialize, PartialEq)]
enum Kind {
    #[default]
    Plain,
    One(Option<i64>),
    Two(i64, f64),
    Named {
        at: u8,
    },
}

#[test]
fn what_is_read_here_at_all_is_what_all_of_ron_reads() {
    let mut read_here = 0;
    for case in CASES.lines().chain(ODD) {
        let wrapped =
            [("(", ")"), ("(\n    ", ",\n)\n"), ("Shape(", ")"), ("(", ") ()"), ("(", ")\0"), ("(", ")\0\0(")];
        for (before, after) in wrapped {
            let text = format!("{before}{case}{after}");
            if let (Some(here), all) = both::<Shape>(&text) {
                assert_eq!(Some(here), all, "{text:?}");
                read_here += 1;
            }
        }
    }
    assert!(read_here > 40, "{read_here} were read here");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]
    /// Files that people and other programs have been at.
    #[test]
    fn it_never_gives_what_all_of_ron_would_not(
        file in 0..FILES.len(),
        cut in any::<prop::sample::Index>(),
        len in 0..12_usize,
        put in "[(){}\\[\\],:\"\\\\ \n#r0-9.a-zSN_/*+'-]{0,6}|None|Some\\(1\\)|true|\\\\u\\{[0-9a-f]{0,6}\\}",
    ) {
        let (text, both) = FILES[file];
        let mut chars: Vec<char> = text.chars().collect();
        let at = cut.index(chars.len());
        chars.splice(at..(at + len).min(chars.len()), put.chars());
        let changed: String = chars.into_iter().collect();
        if let (Some(here), all) = both(&changed) {
            // What is passed over is not looked at here.
            let is_whole = !matches!(file, 2 | 4);
            prop_assert!(all.as_ref() == Some(&here) || (all.is_none() && !is_whole), "{changed}");
        }
    }
}
