//! Layers and relations merged as texts: single cases, and what holds of any two edits.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::{
    model::{AnnotationId, Conflict, Uid},
    store::file::layer::AnnotationRow,
};

/// A layer of marks from `id:label words @ note`, each on a line; with `status` where one begins so.
fn layer(text: &str) -> String {
    let mut status = String::new();
    let mut marks = String::new();
    for line in text.split(';').map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(is) = line.strip_prefix("status ") {
            status = format!("status: {is},");
            continue;
        }
        let (id, rest) = line.split_once(':').unwrap();
        let (what, note) = rest.split_once('@').unwrap_or((rest, ""));
        let (label, form) = what.split_once('/').unwrap_or((what, ""));
        let form = if form.is_empty() { String::new() } else { format!("\"form\": Choice(\"{form}\")") };
        let id = Uid::from_parts(1_800_000_000_000, id.parse().unwrap());
        marks.push_str(&format!(
            "(id: \"{id}\", label: \"{label}\", fragments: [(start: 0, end: 3, words: \"The\")], \
             attributes: {{{form}}}, note: \"{note}\", codebook_version: 1),"
        ));
    }
    let file = format!("(offsets: \"unicode code points, end exclusive\", {status} annotations: [{marks}])");
    layout::file(&read::parse::<LayerFile<'_>>(&file).unwrap())
}

fn rows(text: &str) -> BTreeMap<AnnotationId, AnnotationRow<'_>> {
    LayerRows::of(read::parse(text).unwrap()).unwrap().annotations
}

/// The marks of a layer as they are written in a case, a flag as `!`; ids of copies as `+`.
fn shown(text: &str) -> String {
    let base = Uid::from_parts(1_800_000_000_000, 0).as_u64();
    let mark = |(id, row): (AnnotationId, AnnotationRow<'_>)| {
        let number = id.0.as_u64() - base;
        let number = if number < 99 { number.to_string() } else { "+".to_owned() };
        let form = row.attributes.0.iter().map(|(_, value)| format!("/{}", value.plain())).collect::<String>();
        let flag = if row.flag.is_some() { "!" } else { "" };
        let note = if row.note.is_empty() { String::new() } else { format!("@{}", Conflict::without(&row.note)) };
        format!("{number}:{}{form}{note}{flag}", row.label)
    };
    let mut marks: Vec<String> = rows(text).into_iter().map(mark).collect();
    marks.sort();
    marks.join("; ")
}

fn check(base: &str, ours: &str, theirs: &str, expected: &str, codes: &[&str]) {
    let [base, ours, theirs] = [base, ours, theirs].map(layer);
    let base = (base != layer("")).then_some(base.as_str());
    for (ours, theirs) in [(&ours, &theirs), (&theirs, &ours)] {
        let merged = merged(Kind::Layer, &Versions { base, ours, theirs }).unwrap();
        let told: Vec<&str> = merged.conflicts.iter().map(|told| told.code.as_ref()).collect();
        assert_eq!((shown(&merged.text).as_str(), told.as_slice()), (expected, codes), "{ours} {theirs}");
    }
}

#[test]
fn what_goes_together_is_put_together() {
    check("1:claim", "1:claim; 2:quote", "1:claim; 3:cue", "1:claim; 2:quote; 3:cue", &[]);
    check("1:claim; 2:quote", "2:quote", "1:claim; 2:quote@n", "2:quote@n", &[]);
    check("1:claim", "1:quote", "1:claim@why", "1:quote@why", &[]);
    check("1:claim", "1:claim/direct", "1:claim@why", "1:claim/direct@why", &[]);
    check("1:claim", "1:quote", "1:quote", "1:quote", &[]);
    check("1:claim", "", "", "", &[]);
}

#[test]
fn what_does_not_go_together_is_kept_twice_and_told() {
    let twice = &["kept-twice"];
    check("1:claim", "1:quote", "1:cue", "+:quote@!; 1:cue", twice);
    check("1:claim/direct", "1:claim/mixed@a", "1:claim/indirect", "+:claim/mixed@a!; 1:claim/indirect@a", twice);
    check("1:claim", "", "1:quote", "1:quote@!", &["changed-and-removed"]);
}

#[test]
fn without_what_both_began_with_all_of_both_is_there() {
    check("", "1:claim; 2:quote", "1:claim; 3:cue", "1:claim; 2:quote; 3:cue", &[]);
    check("", "1:claim/direct", "1:claim@why", "1:claim/direct@why", &[]);
    check("", "1:claim", "1:quote", "+:quote@!; 1:claim", &["kept-twice"]);
}

#[test]
fn a_mark_that_one_side_needs_stays_though_the_other_has_removed_it() {
    let id = Uid::from_parts(1_800_000_000_000, 1);
    let base = layer("1:claim");
    let relation =
        format!("relations: [(id: \"{id}\", kind: \"same\", members: [(role: \"one\", item: Annotation(\"{id}\"))])])");
    let related = format!("{}{relation}", base.trim_end().strip_suffix(')').unwrap());
    let texts = Versions { base: Some(base.as_str()), ours: &layer(""), theirs: &related };
    let merged = merged(Kind::Layer, &texts).unwrap();
    assert_eq!((shown(&merged.text).as_str(), merged.conflicts[0].code.as_ref()), ("1:claim@!", "changed-and-removed"));
}

#[test]
fn how_far_an_article_is_is_in_progress_where_both_say_something_else() {
    let status = |text: &str| {
        if text.contains("status: Done") {
            "done"
        } else if text.contains("InProgress") {
            "on"
        } else {
            ""
        }
    };
    let merge = |base: &str, ours: &str, theirs: &str| {
        let [base, ours, theirs] = [base, ours, theirs].map(layer);
        status(&merged(Kind::Layer, &Versions { base: Some(&base), ours: &ours, theirs: &theirs }).unwrap().text)
    };
    assert_eq!(merge("status InProgress", "status Done", "status InProgress"), "done");
    assert_eq!(merge("status ToDo", "status Done", "status InProgress"), "on");
}

#[test]
fn files_are_told_by_where_they_lie() {
    let kind = |path: &str| Kind::of(Path::new(path));
    assert_eq!(kind("news/project.ron"), Some(Kind::Project));
    assert_eq!(kind("layers/ana/toll.ron"), Some(Kind::Layer));
    assert_eq!(kind("a/layers/ana/links.ron"), Some(Kind::Links));
    assert_eq!(kind("history/ana/2026-11.ron"), Some(Kind::Journal));
    assert_eq!(kind("articles/toll.ron"), Some(Kind::Article));
    assert_eq!(kind("articles/toll.txt"), None);
    assert_eq!(kind("toll.ron"), None);
}

#[test]
fn the_lines_of_a_journal_are_there_once_each_in_their_order() {
    let line = |n: u32| {
        let id = Uid::from_parts(1_800_000_000_000, n);
        format!("(v: 2, id: \"{id}\", kind: Do, at: \"2027-01-15T08:00:00Z\", did: \"{n}\")\n")
    };
    let saved = "Saved(v: 2)\n";
    let ours = [&line(1), saved, &line(3), saved].concat();
    let theirs = [&line(1), &line(2), saved, &line(4)].concat();
    let texts = Versions { base: None, ours: ours.as_str(), theirs: &theirs };
    let merged = merged(Kind::Journal, &texts).unwrap().text;
    assert_eq!(merged, [&line(1), &line(2), &line(3), saved, &line(4)].concat());
}

#[test]
fn a_journal_says_that_two_versions_were_merged_whoever_merges_and_once() {
    let id = |n: u32| Uid::from_parts(1_800_000_000_000, n);
    let line = |n: u32, kind: &str| {
        format!("(v: 2, id: \"{}\", kind: {kind}, at: \"2027-01-15T08:00:00Z\", did: \"{n}\")\n", id(n))
    };
    let step = |n: u32| line(n, &format!("Undo(\"{}\")", id(1)));
    let saved = "Saved(v: 2)\n";
    let base = [&line(1, "Do"), saved].concat();
    let ours = [&base, &step(2), saved].concat();
    let theirs = [&base, &step(3), &step(4), saved].concat();
    let merge = |base: Option<&str>, ours: &str, theirs: &str| {
        merged(Kind::Journal, &Versions { base, ours, theirs }).unwrap().text
    };
    let both = merge(Some(&base), &ours, &theirs);
    let told = line(5, "Do").replace("\"5\"", "\"Merge two versions: {what} change that only one of them had|Merge two versions: {what} changes that only one of them had\", what: \"3\"");
    assert_eq!(both, [&line(1, "Do"), &step(2), &step(3), &step(4), &told, saved].concat());
    for base in [Some(base.as_str()), None] {
        assert_eq!(merge(base, &theirs, &ours), both);
        assert_eq!(merge(base, &both, &theirs), both);
        assert_eq!(merge(base, &ours, &both), both);
    }
}

fn any_layer() -> impl Strategy<Value = String> {
    let label = prop::sample::select(vec!["claim", "quote", "cue"]);
    let form = prop::sample::select(vec!["", "/direct", "/mixed"]);
    let note = prop::sample::select(vec!["", "a", "b"]);
    let mark =
        (1u32..6, label, form, note).prop_map(|(id, label, form, note)| (id, format!("{id}:{label}{form}@{note}")));
    prop::collection::vec(mark, 0..6).prop_map(|marks| {
        let marks: BTreeMap<u32, String> = marks.into_iter().collect();
        layer(&marks.into_values().collect::<Vec<_>>().join(";"))
    })
}

/// Whether some mark of the merged layer says this of a mark: under its id, or as another version of it.
fn is_said(merged: &str, id: AnnotationId, says: impl Fn(&AnnotationRow<'_>) -> bool) -> bool {
    rows(merged).iter().any(|(own, row)| (*own == id || row.note.contains(&id.to_string())) && says(row))
}

proptest! {
    #[test]
    fn every_edit_of_both_sides_is_there_whoever_merges_and_however_often(
        base in any_layer(), ours in any_layer(), theirs in any_layer(),
    ) {
        let merge = |ours: &str, theirs: &str| merged(Kind::Layer, &Versions { base: Some(&base), ours, theirs }).unwrap();
        let one = merge(&ours, &theirs);
        prop_assert_eq!(&one.text, &merge(&theirs, &ours).text);
        prop_assert_eq!(&merge(&one.text, &theirs).text, &one.text);
        prop_assert_eq!(&merge(&ours, &one.text).text, &one.text);
        prop_assert_eq!(&merge(&base, &theirs).text, &theirs);
        let was = rows(&base);
        for side in [&ours, &theirs] {
            for (id, row) in rows(side) {
                let before = was.get(&id);
                if before.is_none_or(|before| before.label != row.label) {
                    prop_assert!(is_said(&one.text, id, |said| said.label == row.label));
                }
                if before.is_none_or(|before| before.attributes != row.attributes) {
                    prop_assert!(is_said(&one.text, id, |said| said.attributes == row.attributes) || row.attributes.0.is_empty());
                }
                if before.is_none_or(|before| before.note != row.note) {
                    prop_assert!(is_said(&one.text, id, |said| said.note.starts_with(&row.note)));
                }
            }
        }
        // What one side has removed and the other left as it was is gone.
        for (id, row) in &was {
            let [our, their] = [rows(&ours).get(id).cloned(), rows(&theirs).get(id).cloned()];
            if (our.is_none() && their.is_none_or(|their| their == *row)) || (!rows(&theirs).contains_key(id) && our.is_none_or(|our| our == *row)) {
                prop_assert!(!rows(&one.text).contains_key(id));
            }
        }
    }
}
