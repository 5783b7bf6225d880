//! Web Annotation: round trips, what others write, texts beside, selectors, damaged annotations.

use pressmark::{
    format::{ExportOptions, Keeps, OffsetUnit},
    model::{Flag, Item, Project, Value},
};
use proptest::prelude::*;
use serde_json::Value as Json;

use super::{
    any_project,
    support::{self, format, layer, losses, mark, marks, name, piece, project, read, read_again, written},
};

/// Files that are read alone, and the codes of what was told of them.
fn alone(files: &[(&str, &str)]) -> (Project, Vec<String>) {
    let (project, told) = support::alone("w3c", files);
    (project, support::codes(&told))
}

/// The collection with ids counted by where they come first, and without the times that are in them.
fn without_ids(written: &str) -> Json {
    fn walk(json: &mut Json, known: &mut Vec<String>) {
        match json {
            Json::String(text)
                if text.starts_with("urn:pressmark:mark/") || text.starts_with("urn:pressmark:relation/") =>
            {
                let at = known.iter().position(|own| own == text).unwrap_or_else(|| {
                    known.push(text.clone());
                    known.len() - 1
                });
                *text = format!("item {at}");
            }
            Json::Array(several) => several.iter_mut().for_each(|one| walk(one, known)),
            Json::Object(object) => {
                if object.get("type") == Some(&Json::from("Annotation")) {
                    object.remove("created");
                }
                if object.get("purpose") == Some(&Json::from("replying")) {
                    // Whoever has no layer is known by the id alone once it is read.
                    object["creator"].as_object_mut().unwrap().remove("name");
                }
                object.values_mut().for_each(|one| walk(one, known));
            }
            _ => {}
        }
    }
    // Every line end is a line feed in what is read, and the project has another name.
    let written =
        written.replace("\\u2028", "\\n").replace("\\u0085", "\\n").replace("\"label\":\"New\"", "\"label\":\"Any\"");
    let mut json = serde_json::from_str(&written).unwrap();
    walk(&mut json, &mut Vec::new());
    json
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_the_format_keeps_is_read_and_written_again_the_same(articles in any_project::articles(), utf16 in any::<bool>()) {
        let project = any_project::project(&articles);
        let offsets = Some(if utf16 { OffsetUnit::Utf16 } else { OffsetUnit::CodePoints });
        let options = ExportOptions { offsets, ..ExportOptions::default() };
        let pieces = written(&project, format("w3c"), &options);
        let (again, summary) = read_again(&pieces, format("w3c"));
        prop_assert_eq!(&summary.set_aside, &[]);
        prop_assert_eq!(&summary.told, &[]);
        let again_written = written(&again, format("w3c"), &options);
        let plain = |pieces| without_ids(&piece(pieces, "annotations.jsonld"));
        prop_assert_eq!(plain(&again_written), plain(&pieces));
        prop_assert!(losses(&project, format("w3c")).iter().all(|(keeps, _)| keeps == Keeps::Rejections));
    }
}

#[test]
fn a_collection_is_one_of_the_recommendation() {
    let text = "One 😀 two";
    let (mut project, article) = project("Title", text, &["Claim"]);
    let mut claim = mark("claim", text, &["One", "two"]);
    claim.flag = Some(Flag::Question);
    let raw = pressmark::model::load::RawLayer {
        annotations: vec![(
            pressmark::model::AnnotationId(pressmark::model::Uid::from_parts(1_800_000_000_000, 1)),
            claim,
        )],
        ..Default::default()
    };
    assert_eq!(project.load_layer(&article, &name("ana"), raw).unwrap(), []);
    let json: Json = serde_json::from_str(&piece(
        &written(&project, format("w3c"), &ExportOptions::default()),
        "annotations.jsonld",
    ))
    .unwrap();
    assert_eq!((&json["@context"][0], &json["total"]), (&"http://www.w3.org/ns/anno.jsonld".into(), &2.into()));
    let items = json["first"]["items"].as_array().unwrap();
    assert_eq!(items[0]["body"]["value"], text);
    let expected = serde_json::json!([
        { "type": "TextPositionSelector", "start": 6, "end": 9 },
        { "type": "TextQuoteSelector", "exact": "two", "prefix": "One 😀 ", "suffix": "" },
    ]);
    assert_eq!(
        (&items[1]["target"][1]["selector"], &items[1]["target"][1]["source"]),
        (&expected, &items[0]["body"]["id"])
    );
    assert_eq!((&items[1]["created"], &items[1]["creator"]["name"]), (&"2027-01-15T08:00:00Z".into(), &"ANA".into()));
}

#[test]
fn what_others_write_is_read_with_the_text_beside() {
    let text = "One two three, one two";
    let anno = r##"[{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "#a", "type": "Annotation", "motivation": "commenting",
        "creator": {"type": "Person", "nickname": "ben"}, "body": [{"type": "TextualBody", "value": "why"},
        {"type": "TextualBody", "purpose": "tagging", "value": "Person"}], "target": {"source": "http://example.org/page.html",
        "selector": [{"type": "TextQuoteSelector", "exact": "two", "prefix": "one "}]}},
        {"id": "#b", "type": "Annotation", "creator": "http://example.org/people/ben", "bodyValue": "a remark", "target":
        {"source": {"id": "http://example.org/page.html"}, "selector": {"type": "TextPositionSelector", "start": 0, "end": 3}}},
        {"type": "Annotation", "motivation": "linking", "creator": "ben", "body": {"type": "TextualBody", "purpose": "tagging",
        "value": "Near"}, "target": ["#a", {"source": "#b"}]},
        {"type": "Annotation", "motivation": "replying", "creator": "Cleo", "bodyValue": "Indeed", "target": "#b"},
        {"type": "Annotation", "creator": "ben", "target": {"source": "http://example.org/page.html", "selector":
        {"type": "RangeSelector", "startSelector": {"type": "TextQuoteSelector", "exact": "three"}, "endSelector":
        {"type": "TextPositionSelector", "start": 15, "end": 18}}}}]"##;
    let (project, told) = alone(&[("anno.json", anno), ("page.txt", text)]);
    assert_eq!(told, Vec::<String>::new());
    assert_eq!(marks(&project, "ben"), ["person two", "annotation One", "annotation three, "]);
    let layer = layer(&project, "ben");
    let (_, first) = layer.annotations().next().unwrap();
    assert_eq!((first.note.as_str(), first.fragments.first().start()), ("why", 19));
    let (_, near) = layer.relations().iter().next().unwrap();
    let roles: Vec<&str> = near.members.iter().map(|member| member.role.as_str()).collect();
    assert_eq!((near.kind.as_str(), roles), ("near", vec!["from", "to"]));
    assert!(matches!(near.members[0].target.item, Item::Annotation(_)));
    let (_, second) = layer.annotations().nth(1).unwrap();
    assert_eq!((second.comments[0].by.as_str(), second.comments[0].text.as_str()), ("cleo", "Indeed"));
}

#[test]
fn a_text_may_stand_in_the_target_or_in_a_body() {
    let anno = r#"{"type": "AnnotationPage", "items": [{"type": "Annotation", "body": {"type": "TextualBody", "purpose": "tagging",
        "value": "Thing"}, "target": {"source": {"id": "http://example.org/t", "type": "Text", "value": "Some words"},
        "selector": {"type": "FragmentSelector", "value": "char=5,10"}}},
        {"type": "Annotation", "body": {"type": "TextualBody", "purpose": "classifying", "label": "Size", "value": "3"}, "target":
        {"source": "http://example.org/t", "selector": {"type": "TextPositionSelector", "start": 0, "end": 4}}}]}"#;
    let (project, told) = alone(&[("anno.jsonld", anno)]);
    assert_eq!((told, marks(&project, "ana")), (vec![], vec!["thing words".to_owned(), "annotation Some".to_owned()]));
    let (_, size) = layer(&project, "ana").annotations().nth(1).unwrap();
    assert_eq!(size.attributes.get(&name("size")).map(Value::plain).as_deref(), Some("3"));
}

#[test]
fn offsets_that_count_utf_16_are_found_out() {
    let anno = r#"[{"type": "Annotation", "target": {"source": "t.txt", "selector": [{"type": "TextPositionSelector", "start": 3,
        "end": 6}, {"type": "TextQuoteSelector", "exact": "two"}]}}]"#;
    let files = [("a.json", anno.as_bytes()), ("t.txt", "🌉 two".as_bytes())];
    let (_, told, evidence) = read(format("w3c"), files);
    assert_eq!((told, evidence.unit(OffsetUnit::CodePoints)), (vec![], OffsetUnit::Utf16));
}

#[test]
fn what_has_no_place_is_told_and_the_rest_is_read() {
    let of = |selector: &str| {
        format!(r#"{{"type": "Annotation", "target": {{"source": "t.txt", "selector": {selector}}}}}"#)
    };
    let anno = [
        of(r#"{"type": "TextQuoteSelector", "exact": "gone"}"#),
        of(r#"{"type": "TextQuoteSelector", "exact": "one"}"#),
        of(r#"{"type": "XPathSelector", "value": "/p"}"#),
        of(r#"{"type": "TextPositionSelector", "start": 90, "end": 99}"#),
        r#"{"type": "Annotation", "body": "http://example.org/x", "target": "t.txt"}"#.to_owned(),
        r#"{"type": "Annotation", "bodyValue": "x"}"#.to_owned(),
        r#"{"id": "r", "type": "Annotation", "motivation": "linking", "target": ["r", "q"]}"#.to_owned(),
        r#"{"type": "Annotation", "target": "http://example.org/image.jpg"}"#.to_owned(),
        "7".to_owned(),
    ];
    let (project, told) = alone(&[("a.json", &format!("[{}, {{", anno.join(","))), ("t.txt", "one and one")]);
    let expected = [
        "bad-record",
        "bad-json",
        "words-lost",
        "no-fragments",
        "ambiguous",
        "unknown-selector",
        "no-fragments",
        "outside-text",
        "no-fragments",
        "whole-text",
        "no-text",
        "no-text",
        "no-such-member",
    ];
    assert_eq!(
        (told, marks(&project, "ana")),
        (expected.map(str::to_owned).to_vec(), vec!["annotation one".to_owned()])
    );
}
