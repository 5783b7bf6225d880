//! Label Studio: round trips, regions with what controls say of them, predictions, dialogues, damaged tasks.

use pressmark::{
    format::{ExportOptions, Keeps, OffsetUnit},
    model::{Origin, Project, Value},
};
use proptest::prelude::*;

use super::{
    any_project,
    support::{self, format, layer, losses, marks, name, piece, read, read_again, written},
};

/// Files that are read alone, and the codes of what was told of them.
fn alone(files: &[(&str, &str)]) -> (Project, Vec<String>) {
    let (project, told) = support::alone("label-studio", files);
    (project, support::codes(&told))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_the_format_keeps_is_read_and_written_again_the_same(articles in any_project::articles()) {
        let project = any_project::project(&articles);
        let pieces = written(&project, format("label-studio"), &ExportOptions::default());
        let (again, summary) = read_again(&pieces, format("label-studio"));
        prop_assert_eq!(&summary.set_aside, &[]);
        prop_assert_eq!(&summary.told, &[]);
        let again_written = written(&again, format("label-studio"), &ExportOptions::default());
        // Every line end is a line feed in what is read.
        let plain = |pieces| without_ids(&piece(pieces, "tasks.json")).replace("\\u2028", "\\n").replace("\\u0085", "\\n");
        prop_assert_eq!(plain(&again_written), plain(&pieces));
        let lost = losses(&again, format("label-studio"));
        let comes_back = |keeps| matches!(keeps, Keeps::Origin | Keeps::Fragments | Keeps::ManyMembers | Keeps::Status);
        prop_assert!(lost.iter().all(|(keeps, _)| comes_back(keeps)), "{:?}", lost);
    }
}

/// Tasks with ids counted by where they come first, as ids of marks are made anew.
fn without_ids(tasks: &str) -> String {
    let mut known: Vec<String> = Vec::new();
    let is_of_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let mut plain = String::new();
    for part in tasks.split_inclusive('"') {
        let word = part.trim_end_matches('"');
        let id: String = word.chars().take_while(|c| is_of_id(*c)).collect();
        let is_id = id.len() == 13 && id.starts_with('0') && (id == word || word[13..].starts_with('-'));
        if !is_id {
            plain.push_str(part);
            continue;
        }
        let at = known.iter().position(|own| *own == id).unwrap_or_else(|| {
            known.push(id.clone());
            known.len() - 1
        });
        plain.push_str(&format!("{at}{}", &part[13..]));
    }
    plain
}

#[test]
fn regions_get_what_controls_say_of_them() {
    let config = r#"<View><Labels name="ner" toName="t"><Label value="Person" background="red"/><Label value="Group"/></Labels>
        <Text name="t" value="$body"/><Choices name="form" toName="t" perRegion="true" choice="multiple"><Choice value="Full name"/>
        <Choice value="Short"/></Choices><TextArea name="who" toName="t" perRegion="true" whenLabelValue="Person"/>
        <Choices name="mood" toName="t"><Choice value="Good"/><Choice value="Bad"/></Choices>
        <Relations><Relation value="member of"/></Relations></View>"#;
    let tasks = r#"[{"id": 7, "data": {"body": "🌉 Ann met the Board", "title": "Met"}, "annotations": [{"completed_by":
        {"email": "ben@example.org"}, "result": [
        {"id": "a", "from_name": "ner", "to_name": "t", "type": "labels", "value": {"start": 3, "end": 6, "text": "Ann",
        "labels": ["Person", "Group"]}, "meta": {"text": ["two", "lines"]}, "score": 0.7},
        {"id": "a", "from_name": "form", "to_name": "t", "type": "choices", "value": {"start": 3, "end": 6, "choices": ["Short"]}},
        {"id": "a", "from_name": "who", "to_name": "t", "type": "textarea", "value": {"start": 3, "end": 6, "text": ["Ann B."]}},
        {"id": "b", "from_name": "ner", "to_name": "t", "type": "labels", "value": {"start": 15, "end": 20, "labels": ["Group"]}},
        {"from_id": "b", "to_id": "a", "type": "relation", "direction": "left", "labels": ["member of"]},
        {"id": "c", "from_name": "mood", "to_name": "t", "type": "choices", "value": {"choices": ["Good"]}}]},
        {"was_cancelled": true, "completed_by": 3, "result": []}]}]"#;
    let (project, told) = alone(&[("config.xml", config), ("tasks.json", tasks)]);
    assert_eq!(told, Vec::<String>::new());
    let (_, article) = project.articles().next().unwrap();
    assert_eq!(article.metadata.title, "Met");
    let who = project.annotators().next().unwrap().0.to_string();
    assert_eq!(marks(&project, &who), ["person Ann", "group Ann", "group Board"]);
    let layer = layer(&project, &who);
    let (_, ann) = layer.annotations().next().unwrap();
    assert_eq!((ann.note.as_str(), ann.confidence), ("two\nlines", Some(70)));
    let answers: Vec<String> = ann.attributes.iter().map(|(id, value)| format!("{id} {}", value.plain())).collect();
    assert_eq!(answers, ["form short", "who Ann B."]);
    let (_, relation) = layer.relations().iter().next().unwrap();
    let first = relation.members[0].target.item;
    assert_eq!((relation.kind.as_str(), first), ("member-of", layer.annotations().next().unwrap().0.into()));
    assert_eq!(layer.article_answers().answers[0].value, Value::Choice(name("good")));
}

#[test]
fn predictions_and_the_short_form_are_read() {
    let tasks = r#"[{"data": {"text": "Ann met Ben"}, "predictions": [{"model_version": "m1", "result": [
        {"id": "a", "from_name": "ner", "to_name": "t", "type": "labels", "value": {"start": 0, "end": 3, "text": "Ann", "labels": ["Person"]}}]}]}]"#;
    let (project, told) = alone(&[("tasks.json", tasks)]);
    assert_eq!((told, marks(&project, "m1")), (vec![], vec!["person Ann".to_owned()]));
    let (_, mark) = layer(&project, "m1").annotations().next().unwrap();
    assert!(matches!(&mark.origin, Origin::Imported(from) if from.contains("prediction")));
    let short = r#"[{"text": "Ann met Ben", "id": 1, "annotator": 4, "annotation_id": 9,
        "ner": [{"start": 8, "end": 11, "text": "Ben", "labels": ["Person"]}]}]"#;
    let (project, told) = alone(&[("short.json", short)]);
    assert_eq!((told, marks(&project, "4")), (vec![], vec!["person Ben".to_owned()]));
}

#[test]
fn a_dialogue_becomes_a_line_for_each_turn() {
    let config = r#"<View><ParagraphLabels name="ner" toName="text"><Label value="Key"/></ParagraphLabels>
        <Paragraphs name="text" value="$turns"/></View>"#;
    let tasks = r#"[{"data": {"turns": [{"author": "Mia", "text": "Hate 🌉 what?"}, {"author": "Vin:", "text": "Noise here."}]},
        "annotations": [{"result": [{"id": "a", "type": "paragraphlabels", "value":
        {"start": "0", "end": "1", "startOffset": 8, "endOffset": 5, "paragraphlabels": ["Key"]}}]}]}]"#;
    let (project, told) = alone(&[("config.xml", config), ("tasks.json", tasks)]);
    assert_eq!((told, marks(&project, "ana")), (vec![], vec!["key what?\nVin: Noise".to_owned()]));
}

#[test]
fn what_is_damaged_is_told_and_the_rest_is_read() {
    let tasks = r#"[5, {"data": {}}, {"data": {"text": "Ann met Ben"}, "annotations": [{"result": [
        {"id": "a", "type": "labels", "value": {"start": 4, "end": 7, "text": "Ann", "labels": ["P"]}},
        {"id": "b", "type": "labels", "value": {"start": 90, "end": 99, "labels": ["P"]}},
        {"id": "c", "type": "labels", "value": {"labels": ["P"]}}, {"id": "d", "type": "choices", "value": {"start": 0, "end": 1, "choices": ["x"]}},
        {"type": "relation", "from_id": "a", "to_id": "z", "labels": ["r"]}]}]},
        {"data": {"text": "More"}, "annotations": 7}, {"data": "#;
    let (project, told) = alone(&[("config.xml", "<View><Labels"), ("tasks.json", tasks)]);
    let expected = [
        "bad-xml",
        "bad-record",
        "empty-article",
        "re-anchored",
        "outside-text",
        "no-range",
        "no-label",
        "no-such-member",
        "bad-json",
    ];
    assert_eq!(told, expected);
    assert_eq!(project.articles().len(), 2);
    let all: Vec<_> = project.articles().flat_map(|(id, _)| project.layer(id, &name("ana"))).collect();
    assert_eq!(all.iter().map(|layer| layer.annotation_count()).sum::<usize>(), 1);
}

#[test]
fn offsets_that_count_code_points_are_found_out() {
    let tasks = r#"[{"data": {"text": "🌉🌉 Ann met Ben"}, "annotations": [{"result": [
        {"id": "a", "type": "labels", "value": {"start": 3, "end": 6, "text": "Ann", "labels": ["P"]}},
        {"id": "b", "type": "labels", "value": {"start": 11, "end": 14, "text": "Ben", "labels": ["P"]}}]}]}]"#;
    let (_, told, evidence) = read(format("label-studio"), [("tasks.json", tasks.as_bytes())]);
    assert_eq!((told, evidence.unit(OffsetUnit::Utf16)), (vec![], OffsetUnit::CodePoints));
    assert_eq!(evidence.told(OffsetUnit::Utf16), "2 of 2 fit as code points, 0 as UTF-16, 0 as UTF-8 bytes");
}

#[test]
fn a_kind_of_relation_has_the_roles_that_the_data_have() {
    let config = r#"<View><Labels name="label" toName="text"><Label value="Quote"/><Label value="Cue"/></Labels>
        <Text name="text" value="$text"/><Relations><Relation value="Attribution"/><Relation value="Other"/></Relations></View>"#;
    let region = |id: &str, start: usize, label: &str| {
        format!(
            r#"{{"id":"{id}","from_name":"label","to_name":"text","type":"labels","value":{{"start":{start},"end":{},"labels":["{label}"]}}}}"#,
            start + 1
        )
    };
    let relation = r#"{"type":"relation","from_id":"a","to_id":"b","direction":"right","labels":["Attribution"],"roles":["quote","cue"]}"#;
    let result = [region("a", 0, "Quote"), region("b", 5, "Cue"), relation.to_owned()].join(",");
    let tasks = format!(r#"[{{"data":{{"text":"Some words"}},"annotations":[{{"result":[{result}]}}]}}]"#);
    let (project, told) = alone(&[("config.xml", config), ("tasks.json", &tasks)]);
    assert_eq!(told, Vec::<String>::new());
    let roles = |kind: &str| {
        let kind = project.codebook().relation(&name(kind)).unwrap();
        kind.roles.iter().map(|role| role.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(
        (roles("attribution"), roles("other")),
        (vec!["quote".to_owned(), "cue".to_owned()], vec!["from".to_owned(), "to".to_owned()])
    );
}
