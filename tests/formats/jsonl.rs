//! JSON lines: everything comes back, what earlier versions wrote is read, types never change from line to line.

use std::collections::BTreeMap;

use pressmark::{
    format::{ExportOptions, OffsetUnit},
    model::Subset,
};
use proptest::prelude::*;
use serde_json::Value as Json;

use super::{
    any_project,
    support::{format, imported_alone, losses, piece, read, written},
};

const ARTICLES: &str = "articles.jsonl";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read_and_written_again_the_same(
        articles in any_project::articles(),
        unit in prop::sample::select(OffsetUnit::ALL.to_vec()),
    ) {
        let options = ExportOptions { offsets: Some(unit), ..ExportOptions::default() };
        let project = any_project::project(&articles);
        let pieces = written(&project, format("jsonl"), &options);
        let (incoming, told, _) = read(format("jsonl"), pieces.iter());
        prop_assert_eq!(told, []);
        let (again, summary) = imported_alone(incoming);
        prop_assert_eq!(&summary.set_aside, &[]);
        prop_assert_eq!(&summary.told, &[]);
        let again = written(&again, format("jsonl"), &options);
        prop_assert_eq!(piece(&again, ARTICLES), piece(&pieces, ARTICLES));
        prop_assert!(losses(&project, format("jsonl")).is_empty());
    }

    #[test]
    fn a_key_has_values_of_one_type_and_what_first_has_a_type_comes_first(articles in any_project::articles()) {
        let pieces = written(&any_project::project(&articles), format("jsonl"), &ExportOptions::default());
        let text = piece(&pieces, ARTICLES);
        prop_assert_eq!(text.lines().count(), articles.len());
        let odd = |c: char| matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}');
        prop_assert!(!text.contains(odd), "a line is a line for every reader");
        let mut types = BTreeMap::new();
        for line in text.lines() {
            note_types(String::new(), &serde_json::from_str(line).unwrap(), &mut types);
        }
        for (path, types) in types {
            prop_assert_eq!(types.len(), 1, "{} is {:?}", path, types);
        }
    }
}

/// The types that stand at each path of a value; a list says what is in it alone.
fn note_types(path: String, value: &Json, types: &mut BTreeMap<String, Vec<&'static str>>) {
    let own = match value {
        Json::Null => "null",
        Json::Bool(_) => "bool",
        Json::Number(_) => "number",
        Json::String(_) => "string",
        Json::Array(values) => {
            values.iter().for_each(|value| note_types(format!("{path}[]"), value, types));
            "list"
        }
        Json::Object(values) => {
            values.iter().for_each(|(key, value)| note_types(format!("{path}.{key}"), value, types));
            "object"
        }
    };
    let known = types.entry(path).or_default();
    if !known.contains(&own) {
        known.push(own);
    }
}

#[test]
fn lists_that_are_first_filled_late_come_first() {
    let plain =
        |n: u32| format!(r#"{{"pressmark":2,"id":"a-{n:03}","title":"A","text":"Some words {n}","layers":[]}}"#);
    let late = r#"{"pressmark":2,"id":"z","title":"Z","text":"Some words","layers":[{"annotator":"ana","annotations":[
        {"id":"0svkxb8000000","label":"claim","fragments":[{"start":0,"end":4,"text":"Some"}],
         "comments":[{"by":"ben","at":"2027-01-15T08:00:00Z","text":"Why"}]}]}]}"#
        .replace('\n', "");
    let lines = (0..300).map(plain).chain([late]).collect::<Vec<_>>().join("\n");
    let (incoming, told, _) = read(format("jsonl"), [("in.jsonl", lines.as_bytes())]);
    assert_eq!(told, []);
    let (project, _) = imported_alone(incoming);
    let text = piece(&written(&project, format("jsonl"), &ExportOptions::default()), ARTICLES);
    let ids: Vec<String> = text
        .lines()
        .map(|line| serde_json::from_str::<Json>(line).unwrap()["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 301);
    assert_eq!(ids[..3], ["z", "a-000", "a-001"], "then they are sorted");
}

#[test]
fn what_the_first_version_wrote_is_read() {
    let line = r#"{"id":"toll-1","title":"Toll","outlet":"The Post","story":"toll","text":"“Late,” 😀 she said.","offsets":"unicode code points, end exclusive","layers":[{"annotator":"ana","status":"done","annotations":[{"id":"0svkxb8000000","label":"quote","label_name":"Quote","fragments":[{"start":1,"end":6,"text":"Late,"}],"attributes":{"form":"direct","sure":true,"score":0.5},"note":"Ask","flag":"question","confidence":70,"origin":{"kind":"accepted","from":"marks"},"comments":[{"by":"ben","at":"2027-01-15T08:00:00Z","text":"Yes"}],"codebook_version":1},{"id":"0svkxb8000001","label":"source","label_name":"Source","fragments":[{"start":10,"end":13,"text":"she"}],"attributes":{},"note":"","flag":null,"codebook_version":1}],"relations":[{"id":"0svkxb800001j","kind":"attribution","kind_name":"Attribution","members":{"quote":[{"annotation":"0svkxb8000000"}],"source":[{"annotation":"0svkxb8000001"}]},"attributes":{},"note":""}],"answers":[{"question":"tone","target":"the toll","value":"against"}]}]}"#;
    let (incoming, told, evidence) = read(format("jsonl"), [("out.jsonl", line.as_bytes())]);
    assert_eq!((told, evidence.of, evidence.fits(OffsetUnit::CodePoints)), (vec![], 2, 2));
    let (project, summary) = imported_alone(incoming);
    assert_eq!((summary.marks, summary.relations, summary.answers, summary.set_aside.len()), (2, 1, 1, 0));
    let text = piece(&written(&project, format("jsonl"), &ExportOptions::default()), ARTICLES);
    let article: Json = serde_json::from_str(&text).unwrap();
    let layer = &article["layers"][0];
    let quote = &layer["annotations"][0];
    assert_eq!(
        (&article["story"], &article["id"], &layer["status"]),
        (&"toll".into(), &"toll-1".into(), &"done".into())
    );
    assert_eq!((&quote["note"], &quote["flag"], &quote["confidence"]), (&"Ask".into(), &"question".into(), &70.into()));
    let answers: Vec<(&str, &str)> = quote["attributes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["attribute"].as_str().unwrap(), row["values"][0].as_str().unwrap()))
        .collect();
    assert_eq!(answers, [("form", "direct"), ("score", "0.5"), ("sure", "yes")]);
    assert_eq!(layer["relations"][0]["members"][1]["role"], "source");
}

#[test]
fn a_damaged_line_is_told_with_its_place_and_the_rest_is_read() {
    let good = |n: u32| format!(r#"{{"pressmark":2,"id":"a-{n}","title":"A","text":"Some words {n}","layers":[]}}"#);
    let lost = r#"{"pressmark":2,"id":"b","title":"B","text":"Some words","layers":[{"annotator":"ana","annotations":[
        {"id":"0svkxb8000000","label":"claim","fragments":[{"start":0,"end":4,"text":"Gone"}]},
        {"id":"nonsense","label":"claim","fragments":[{"start":0,"end":4,"text":"Some"}]},
        {"id":"0svkxb8000001","label":"claim","fragments":[{"start":2,"end":6,"text":"words"}]}]}]}"#
        .replace('\n', "");
    let lines = [good(1), "{\"pressmark\":2,\"id\":".to_owned(), "[]".to_owned(), lost, good(2)].join("\n");
    let (incoming, told, _) = read(format("jsonl"), [("in.jsonl", lines.as_bytes())]);
    assert_eq!(incoming.articles.len(), 3);
    let told: Vec<(u32, &str)> =
        told.iter().map(|told| (told.location.line_column.unwrap().0, told.code.as_ref())).collect();
    let expected = [
        (2, "bad-json"),
        (3, "empty-article"),
        (4, "words-lost"),
        (4, "no-fragments"),
        (4, "bad-id"),
        (4, "re-anchored"),
    ];
    assert_eq!(told, expected);
    let (project, summary) = imported_alone(incoming);
    assert_eq!((summary.added.len(), summary.marks), (3, 1));
    assert_eq!(project.size().annotations, 1);
}

#[test]
fn labels_that_are_not_asked_for_are_left_out_with_their_relations() {
    let text = "“Late,” she said";
    let (mut project, id) = super::support::project("Toll", text, &["Quote", "Source"]);
    let marks = ["quote", "source"].into_iter().zip([["Late,"], ["she"]]);
    let marks = marks.zip(1..).map(|((label, words), n)| {
        (pressmark::model::AnnotationId(pressmark::model::Uid::from_u64(n)), super::support::mark(label, text, &words))
    });
    let raw = pressmark::model::load::RawLayer { annotations: marks.collect(), ..Default::default() };
    project.load_layer(&id, &super::support::name("ana"), raw).unwrap();
    let mut subset = Subset::default();
    subset.add_label(&project, "source").unwrap();
    assert_eq!(subset.add_label(&project, "Cue").unwrap_err().code, "unknown-label");
    project.keep_labels(&id, &subset.labels);
    let left = project.layer(&id, &super::support::name("ana")).unwrap();
    assert_eq!(left.annotations().map(|(_, mark)| mark.label.to_string()).collect::<Vec<_>>(), ["source"]);
}

#[test]
fn a_confidence_that_is_not_written_is_not_said() {
    let mark = |confidence: &str| {
        let line = format!(
            r#"{{"pressmark":2,"id":"toll","title":"Toll","text":"Some words","layers":[{{"annotator":"ana","annotations":[{{"id":"0svkxb8000000","label":"quote","fragments":[{{"start":0,"end":4}}]{confidence}}}]}}]}}"#
        );
        let (incoming, told, _) = read(format("jsonl"), [("in.jsonl", line.as_bytes())]);
        assert_eq!(told, []);
        incoming.articles[0].layers[0].annotations[0].1.confidence
    };
    assert_eq!(["", r#","confidence":null"#, r#","confidence":-1"#].map(mark), [None; 3]);
    assert_eq!(mark(r#","confidence":0"#), Some(0));
}

#[test]
fn a_line_with_a_long_text_is_recognised() {
    let long = "Some words. ".repeat(2_000);
    let guess = |line: String| {
        let bytes = &line.as_bytes()[..line.len().min(pressmark::format::HEAD)];
        let heads = [pressmark::format::Head { name: "in.jsonl", bytes }];
        pressmark::format::Format::guess(&heads).map(|format| format.name)
    };
    assert_eq!(guess(format!(r#"{{"text": "{long}", "spans": []}}"#)), Some("spacy-jsonl"));
    assert_eq!(guess(format!(r#"{{"text": "{long}", "label": [[0, 4, "Who"]]}}"#)), Some("doccano"));
}
