//! What is exported says the same as the project, in offsets that other programs count alike.

use pressmark::format::{ExportOptions, ExportedArticle, FORMATS, Format, Keeps, Pieces};
use serde_json::{Value, json};

use super::support::{article_named, sample};

fn exported(title: &str) -> Value {
    let project = sample();
    let id = article_named(&project, title);
    let (mut made, article) = (Pieces::default(), ExportedArticle::of(&project, &id).unwrap());
    Format::named("jsonl").unwrap().write.unwrap()(&ExportOptions::default()).article(&article, &mut made);
    let (_, line) = made.iter().next().unwrap();
    let line = str::from_utf8(line).unwrap();
    assert_eq!(line.matches('\n').count(), 1);
    serde_json::from_str(line).unwrap()
}

#[test]
fn fragments_slice_the_text_by_code_points() {
    let article = exported("Council backs toll");
    let text: Vec<char> = article["text"].as_str().unwrap().chars().collect();
    let annotations = article["layers"][0]["annotations"].as_array().unwrap();
    let fragments: Vec<&Value> = annotations.iter().flat_map(|a| a["fragments"].as_array().unwrap()).collect();
    assert_eq!(fragments.len(), 3);
    for fragment in fragments {
        let at = |key: &str| usize::try_from(fragment[key].as_u64().unwrap()).unwrap();
        assert_eq!(text[at("start")..at("end")].iter().collect::<String>(), fragment["text"]);
    }
}

#[test]
fn everything_that_is_said_is_exported() {
    let article = exported("Council backs toll");
    let ana = &article["layers"][0];
    assert_eq!(article["story"], "toll");
    assert_eq!(
        ana["annotations"][0],
        json!({
            "id": "0svkxb8000000", "label": "quote", "label_name": "Quote",
            "fragments": [{"start": 1, "end": 22, "text": "We have put this off,"}],
            "attributes": [{"attribute": "form", "values": ["direct"]}], "note": "Says \"who\"?\nAsk.", "flag": "question", "confidence": 70,
            "origin": {"kind": "accepted", "from": "quotation marks"},
            "comments": [{"by": "ben", "at": "2027-01-15T08:00:00.123Z", "text": "Yes"}], "codebook_version": 1,
        })
    );
    assert_eq!(
        ana["relations"],
        json!([{
            "id": "0svkxb800001j", "kind": "attribution", "kind_name": "Attribution", "attributes": [], "note": "",
            "members": [
                {"role": "quote", "article": ana["links"][0]["members"][0]["article"], "annotation": "0svkxb8000000", "relation": ""},
                {"role": "source", "article": ana["links"][0]["members"][0]["article"], "annotation": "0svkxb8000001", "relation": ""},
            ],
            "origin": {"kind": "hand", "from": ""},
        }])
    );
    assert_eq!(
        (&ana["annotator"], &ana["status"], &ana["answers"]),
        (&json!("ana"), &json!("done"), &json!([{"question": "stance", "target": "the toll", "values": ["against"]}]))
    );
    let link = &exported("Drivers to pay")["layers"][0]["links"][0];
    assert_eq!(*link, ana["links"][0], "a relation across articles is told with both");
    assert_eq!(link["members"][1]["article"], "drivers-to-pay-rp71r");
}

#[test]
fn formats_are_told_apart_by_name_and_say_what_they_keep() {
    for format in FORMATS {
        assert_eq!(FORMATS.iter().filter(|f| f.name == format.name).count(), 1);
        // A codebook alone has no article to keep anything of, and an argument map none of its text.
        let has_text = !matches!(format.name, "refi-qdc" | "aif");
        assert_eq!(format.keeps.contains(&Keeps::Text), has_text, "{}", format.name);
        assert!(format.main.is_none_or(|main| main.ends_with(format.extension)) && !format.extension.starts_with('.'));
    }
}
