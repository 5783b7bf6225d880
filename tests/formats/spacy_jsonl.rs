//! JSON lines of spaCy and Prodigy: round trips, tokens that spans are aligned to, answers, relations, damaged lines.

use pressmark::{
    format::{ExportOptions, Keeps, OffsetUnit},
    model::{AnnotationId, Project, Status, Uid, load::RawLayer},
};
use proptest::prelude::*;
use serde_json::Value as Json;

use super::{
    any_project,
    support::{self, all_marks, format, losses, mark, name, piece, project, read, read_again, written},
};

const LINES: &str = "annotations.jsonl";

/// Lines that are read alone, and what was told of them: line and code.
fn alone(lines: &str) -> (Project, Vec<String>) {
    let (project, told) = support::alone("spacy-jsonl", &[("in.jsonl", lines)]);
    (project, support::lines_and_codes(&told))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_the_format_keeps_is_read_and_written_again_the_same(articles in any_project::articles()) {
        let project = any_project::project(&articles);
        let pieces = written(&project, format("spacy-jsonl"), &ExportOptions::default());
        let (again, summary) = read_again(&pieces, format("spacy-jsonl"));
        prop_assert_eq!(&summary.set_aside, &[]);
        prop_assert_eq!(&summary.told, &[]);
        let again_written = written(&again, format("spacy-jsonl"), &ExportOptions::default());
        // Every line end is a line feed in what is read, and whoever has marked is at work.
        let plain = |pieces| piece(pieces, LINES).replace("\\u2028", "\\n").replace("\\u0085", "\\n");
        prop_assert_eq!(plain(&again_written), plain(&pieces));
        let lost = losses(&again, format("spacy-jsonl"));
        let comes_back = |keeps| matches!(keeps, Keeps::Origin | Keeps::Fragments | Keeps::ManyMembers | Keeps::Status);
        prop_assert!(lost.iter().all(|(keeps, _)| comes_back(keeps)), "{:?}", lost);
    }

    #[test]
    fn tokens_are_the_text_and_every_span_is_made_of_whole_ones(articles in any_project::articles()) {
        let project = any_project::project(&articles);
        let pieces = written(&project, format("spacy-jsonl"), &ExportOptions::default());
        for line in piece(&pieces, LINES).lines() {
            let line: Json = serde_json::from_str(line).unwrap();
            let tokens = line["tokens"].as_array().unwrap();
            let token = |token: &Json| {
                format!("{}{}", token["text"].as_str().unwrap(), if token["ws"] == true { " " } else { "" })
            };
            prop_assert_eq!(&tokens.iter().map(token).collect::<String>(), &line["text"]);
            for span in line["spans"].as_array().into_iter().flatten() {
                let at = |key: &str| &tokens[usize::try_from(span[key].as_u64().unwrap()).unwrap()];
                prop_assert_eq!(&at("token_start")["start"], &span["start"]);
                prop_assert_eq!(&at("token_end")["end"], &span["end"]);
            }
        }
    }
}

#[test]
fn a_line_of_prodigy_is_read_with_its_answer_and_its_session() {
    let lines = r#"{"text":"Uber’s 🌉 Lesson","meta":{"source":"The Times","score":0.5},"_input_hash":1,"_task_hash":-2,"tokens":[{"text":"Uber","start":0,"end":4,"id":0},{"text":"’s","start":4,"end":6,"id":1},{"text":"🌉","start":7,"end":8,"id":2},{"text":"Lesson","start":9,"end":15,"id":3}],"_session_id":"news-ben","_view_id":"ner_manual","spans":[{"start":0,"end":4,"token_start":0,"token_end":0,"label":"ORG"},{"token_start":2,"token_end":3,"label":"THING"}],"answer":"accept"}
{"text":"No 1","_session_id":null,"spans":[{"start":0,"end":2,"label":"ORG"}],"answer":"reject"}
{"text":"No 2","spans":[],"answer":"ignore"}
{"text":"No 3","spans":[{"start":0,"end":2,"label":"ORG"}],"mood":"good"}"#;
    let (project, told) = alone(lines);
    assert_eq!(told, ["0 not-accepted", "0 left-out"]);
    assert_eq!(all_marks(&project), ["news-ben: org Uber", "news-ben: thing 🌉 Lesson", "ana: org No"]);
    let (article, row) = project.articles().find(|(_, row)| row.metadata.title == "in 1").unwrap();
    assert_eq!(row.metadata.outlet, "The Times");
    assert_eq!(project.layer(article, &name("news-ben")).unwrap().status(), Status::Done);
    assert_eq!(project.articles().len(), 4);
}

#[test]
fn relations_name_their_spans_or_the_last_token_of_each() {
    let line = r#"{"text":"Ann met Ben","tokens":[{"text":"Ann","start":0,"end":3,"id":0},{"text":"met","start":4,"end":7,"id":1},{"text":"Ben","start":8,"end":11,"id":2}],"spans":[{"start":0,"end":3,"token_start":0,"token_end":0,"label":"P"},{"start":0,"end":11,"token_start":0,"token_end":2,"label":"E"},{"start":8,"end":11,"token_start":2,"token_end":2,"label":"P"}],"relations":[{"head":2,"child":0,"label":"MET","head_span":{"start":8,"end":11,"token_start":2,"token_end":2,"label":"P"},"child_span":{"start":0,"end":3,"token_start":0,"token_end":0,"label":"P"},"color":"red"},{"head":0,"child":2,"label":"IN"},{"head":1,"child":0,"label":"X"}]}"#;
    let (project, told) = alone(line);
    assert_eq!(told, ["1 no-such-member"]);
    let (article, _) = project.articles().next().unwrap();
    let layer = project.layer(article, &name("ana")).unwrap();
    let said = layer.relations().iter().map(|(_, relation)| {
        let of = |member: &pressmark::model::Member| match member.target.item {
            pressmark::model::Item::Annotation(id) => {
                let mark = layer.annotation(id).unwrap();
                format!(" {}={}", member.role, mark.fragments.words(project.text(article).unwrap()))
            }
            pressmark::model::Item::Relation(_) => unreachable!(),
        };
        format!("{}{}", relation.kind, relation.members.iter().map(of).collect::<String>())
    });
    assert_eq!(said.collect::<Vec<_>>(), ["met head=Ben child=Ann", "in head=Ann child=Ann met Ben"]);
}

#[test]
fn choices_labels_and_categories_of_a_text_are_answers() {
    let lines = r#"{"text":"One","options":[{"id":1,"text":"Sports"},{"id":2,"text":"News"}],"accept":[2],"answer":"accept"}
{"text":"Two","label":"Sports","answer":"accept"}
{"text":"Three","cats":{"Sports":1.0,"News":0.0,"Local":true}}"#;
    let (project, told) = alone(lines);
    assert_eq!(told, Vec::<String>::new());
    let mut answers: Vec<String> = project
        .articles()
        .flat_map(|(id, _)| project.layer(id, &name("ana")).unwrap().article_answers().answers.clone())
        .map(|answer| format!("{} {}", answer.question, answer.value.plain()))
        .collect();
    answers.sort();
    assert_eq!(answers, ["category local, sports", "category news", "category sports"]);
    assert_eq!(project.codebook().questions[0].attribute.choices().len(), 3);
}

#[test]
fn what_is_damaged_is_told_and_the_rest_is_read() {
    let lines = r#"{"text":"Ann met Ben","tokens":[{"text":"Ann","start":0,"end":3,"id":0}],"spans":[{"start":0,"end":7,"token_start":0,"token_end":0,"label":"P"},{"start":4,"end":99,"label":"P"},{"label":"P","token_start":7,"token_end":9},{"start":0,"end":3},{"start":2,"end":2,"label":"P"},{"start":0,"end":3,"text":"Ben","label":"P"}]}
{"text":"Ann
["Ann", {"entities": []}]
{"spans":[]}"#;
    let (project, told) = alone(lines);
    let expected = [
        "1 not-on-tokens",
        "1 outside-text",
        "1 no-range",
        "1 no-label",
        "1 no-fragments",
        "1 re-anchored",
        "2 bad-json",
        "3 bad-record",
        "4 empty-article",
    ];
    assert_eq!(told, expected);
    assert_eq!(all_marks(&project), ["ana: p Ann met", "ana: p Ben"]);
}

#[test]
fn offsets_of_browsers_are_found_out_by_the_tokens() {
    let line = r#"{"text":"🌉 Ann met Ben","tokens":[{"text":"Ann","start":3,"end":6},{"text":"met","start":7,"end":10}],"spans":[{"start":11,"end":14,"label":"P"}]}"#;
    let (_, told, evidence) = read(format("spacy-jsonl"), [("in.jsonl", line.as_bytes())]);
    assert_eq!((told, evidence.unit(OffsetUnit::CodePoints)), (vec![], OffsetUnit::Utf16));
    assert_eq!(all_marks(&alone(line).0), ["ana: p Ben"]);
}

#[test]
fn a_mark_inside_a_word_cuts_its_token() {
    let text = "🌉 unmarked  toll";
    let (mut project, id) = project("Toll", text, &["Claim"]);
    let marks = vec![(AnnotationId(Uid::from_u64(1)), mark("claim", text, &["mark", " toll"]))];
    project.load_layer(&id, &name("ana"), RawLayer { annotations: marks, ..RawLayer::default() }).unwrap();
    let line: Json =
        serde_json::from_str(&piece(&written(&project, format("spacy-jsonl"), &ExportOptions::default()), LINES))
            .unwrap();
    let tokens: Vec<&str> =
        line["tokens"].as_array().unwrap().iter().map(|token| token["text"].as_str().unwrap()).collect();
    assert_eq!(tokens, ["🌉", "un", "mark", "ed", " ", "toll"]);
    let spans: Vec<(u64, u64, u64, u64)> = line["spans"]
        .as_array()
        .unwrap()
        .iter()
        .map(|span| ["start", "end", "token_start", "token_end"].map(|key| span[key].as_u64().unwrap()).into())
        .collect();
    assert_eq!(spans, [(4, 8, 2, 2), (11, 16, 4, 5)]);
    assert_eq!((&line["_annotator_id"], line.get("answer")), (&"ana".into(), None));
    assert_eq!((&line["spans"][1]["part_of"], &line["meta"]["title"]), (&0.into(), &"Toll".into()));
}
