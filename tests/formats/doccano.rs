//! doccano: round trips, both shapes and the older ones, a file for each annotator, damaged records.

use pressmark::{
    format::{ExportOptions, Keeps},
    model::{AnnotationId, Project, Uid, load::RawLayer},
};
use proptest::prelude::*;
use serde_json::Value as Json;

use super::{
    any_project,
    support::{self, format, losses, mark, name, piece, project, read_again, written},
};

/// Files that are read alone, and what was told of them: line and code.
fn alone(files: &[(&str, &str)]) -> (Project, Vec<String>) {
    let (project, told) = support::alone("doccano", files);
    (project, support::lines_and_codes(&told))
}

/// Everything that was said, sorted: “who: label words”, “who: answer”.
fn said(project: &Project) -> Vec<String> {
    let mut said = Vec::new();
    for (article, _) in project.articles() {
        let text = project.text(article).unwrap();
        for (who, _) in project.annotators() {
            let Some(layer) = project.layer(article, who) else { continue };
            said.extend(layer.annotations().map(|(_, m)| format!("{who}: {} {}", m.label, m.fragments.words(text))));
            said.extend(layer.article_answers().answers.iter().map(|a| format!("{who}: {}", a.value.plain())));
        }
    }
    said.sort();
    said
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_the_format_keeps_is_read_and_written_again_the_same(articles in any_project::articles()) {
        let project = any_project::project(&articles);
        let pieces = written(&project, format("doccano"), &ExportOptions::default());
        let (again, summary) = read_again(&pieces, format("doccano"));
        prop_assert_eq!(&summary.set_aside, &[]);
        prop_assert_eq!(&summary.told, &[]);
        let again_written = written(&again, format("doccano"), &ExportOptions::default());
        let files = |pieces: &pressmark::format::Pieces| -> Vec<(String, String)> {
            let files = pieces.iter().filter(|(name, _)| name.ends_with(".jsonl"));
            // Every line end is a line feed in what is read.
            let plain = |name| piece(pieces, name).replace("\\u2028", "\\n").replace("\\u0085", "\\n");
            files.map(|(name, _)| (name.to_owned(), plain(name))).collect()
        };
        prop_assert_eq!(files(&again_written), files(&pieces));
        let lost = losses(&again, format("doccano"));
        let comes_back = |keeps| matches!(keeps, Keeps::Origin | Keeps::Fragments | Keeps::ManyMembers | Keeps::Status);
        prop_assert!(lost.iter().all(|(keeps, _)| comes_back(keeps)), "{:?}", lost);
    }
}

#[test]
fn spans_and_entities_with_relations_are_read() {
    let lines =
        r#"{"text": "🌉 Ann met Ben", "label": [[2, 5, "Person"], [10, 13, "Person"], [2, 13, "Event"]], "title": "Met"}
{"id": 7, "text": "Ann met Cid", "entities": [{"id": 20, "start_offset": 0, "end_offset": 3, "label": "Person"},
"#
        .replace(",\n", ", {\"id\": 21, \"start_offset\": 8, \"end_offset\": 11, \"label\": \"Person\"}], ")
            + r#""relations": [{"id": 1, "from_id": 20, "to_id": 21, "type": "met"}], "Comments": [], "meta": {"outlet": "Post"}}"#;
    let (project, told) = alone(&[("data.jsonl", &lines)]);
    assert_eq!(told, Vec::<String>::new());
    let expected =
        ["ana: event Ann met Ben", "ana: person Ann", "ana: person Ann", "ana: person Ben", "ana: person Cid"];
    assert_eq!(said(&project), expected);
    let known: Vec<_> =
        project.articles().map(|(_, a)| (a.metadata.title.as_str(), a.metadata.outlet.as_str())).collect();
    assert_eq!(known, [("data 2", "Post"), ("Met", "")]);
    let (article, _) = project.articles().next().unwrap();
    let (_, relation) = project.layer(article, &name("ana")).unwrap().relations().iter().next().unwrap();
    let roles: Vec<&str> = relation.members.iter().map(|member| member.role.as_str()).collect();
    assert_eq!((relation.kind.as_str(), roles), ("met", vec!["from", "to"]));
}

#[test]
fn the_shapes_of_the_first_version_and_categories_are_read() {
    let spans = r#"{"text": "Ann met Ben", "annotations": [{"label": 12, "start_offset": 0, "end_offset": 3, "user": 1},
        {"label": 12, "start_offset": 8, "end_offset": 11, "user": 2}], "annotation_approver": null}
{"text": "Cid too", "labels": [[0, 3, "Person"]]}
{"text": "Good", "labels": ["positive", "short"]}
{"text": "Bad", "annotations": [{"label": 15, "user": 1}, {"text": "schlecht", "user": 1}], "wikiPageID": 3}"#;
    let (project, told) = alone(&[("old.jsonl", &spans.replace(",\n", ","))]);
    assert_eq!(told, ["0 left-out"]);
    assert_eq!(said(&project), ["1: 12 Ann", "1: 15", "2: 12 Ben", "ana: person Cid", "ana: positive, short"]);
    let list = r#"[{"text": "Good", "label": ["positive"]}, {"label": ["neutral"]}]"#;
    let (project, told) = alone(&[("list.json", list)]);
    assert_eq!((told, said(&project)), (vec!["0 empty-article".to_owned()], vec!["ana: positive".to_owned()]));
}

#[test]
fn a_file_is_its_annotators_where_others_have_the_same_texts_or_the_labels_lie_beside_it() {
    let line = r#"{"text": "Ann met Ben", "label": [[0, 3, "Person"]]}"#;
    let other = r#"{"text": "Cid", "label": [[0, 3, "Person"]]}"#;
    let who = |files: &[(&str, &str)]| {
        let (project, told) = alone(files);
        assert_eq!(told, Vec::<String>::new());
        project.annotators().map(|(id, _)| id.to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(who(&[("ben.jsonl", line), ("cleo.jsonl", line)]), "ben cleo");
    assert_eq!(who(&[("train.jsonl", line), ("test.jsonl", other)]), "ana", "these are splits");
    assert_eq!(who(&[("all.jsonl", line)]), "ana");
    assert_eq!(who(&[("label_config.json", r#"[{"text": "Person"}]"#), ("ben.jsonl", line)]), "ben");
}

#[test]
fn what_is_damaged_is_told_and_the_rest_is_read() {
    let lines = r#"{"text": "Ann met Ben", "label": [[0, 3, "P"], [8, 99, "P"], [1, 1, "P"], ["x", 2, "P"], [8, 11]],
{"text": "Ann"
[1]
{"text": "Cid", "entities": [{"id": 1, "start_offset": 0, "end_offset": 3, "label": "P"}], "relations": [{"from_id": 1, "to_id": 2, "type": "r"}, 5]}
{"text": " "}"#
        .replacen("]],\n", "]]}\n", 1);
    let (project, told) = alone(&[("label_config.json", "{"), ("data.jsonl", &lines)]);
    let expected = [
        "0 bad-json",
        "1 outside-text",
        "1 no-fragments",
        "1 no-range",
        "1 no-label",
        "2 bad-json",
        "3 bad-record",
        "4 no-such-member",
        "4 no-such-member",
        "5 empty-article",
    ];
    assert_eq!(told, expected);
    assert_eq!(said(&project), ["data: p Ann", "data: p Cid"]);
}

#[test]
fn without_kinds_of_relation_spans_are_written_as_lists() {
    let text = "“Late,” 🌉 said Ann";
    let (mut project, id) = project("Toll", text, &["Claim", "Person"]);
    let marks = [mark("claim", text, &["Late,", "said"]), mark("person", text, &["Ann"])];
    let marks = (1..).map(|n| AnnotationId(Uid::from_u64(n))).zip(marks).collect();
    project.load_layer(&id, &name("ana"), RawLayer { annotations: marks, ..RawLayer::default() }).unwrap();
    let pieces = written(&project, format("doccano"), &ExportOptions::default());
    let line: Json = serde_json::from_str(&piece(&pieces, "ana.jsonl")).unwrap();
    assert_eq!(line["label"], serde_json::json!([[1, 6, "Claim"], [10, 14, "Claim"], [15, 18, "Person"]]));
    assert_eq!((&line["id"], &line["title"]), (&1.into(), &"Toll".into()));
    let labels: Json = serde_json::from_str(&piece(&pieces, "label_config.json")).unwrap();
    assert_eq!((&labels[0]["text"], &labels[0]["suffix_key"]), (&"Claim".into(), &"1".into()));
    assert_eq!(pieces.get("relation_config.json"), None);
}
