//! The concordance on the command line.

use serde_json::Value as Json;

use crate::cli_support::Place;

fn found(place: &Place, arguments: &[&str]) -> Vec<Json> {
    let arguments = [&["find", "p"], arguments, &["--json"]].concat();
    serde_json::from_str(&place.ok(&arguments)).unwrap()
}

#[test]
fn words_are_found_in_their_line_with_article_and_offsets() {
    let place = Place::with_marked_project();
    let ran = place.run(&["find", "p", "bridge  keeps"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("and the [bridge keeps] count.”"), "{}", ran.out);
    assert!(ran.err.contains("1 hit in 1 article"), "{}", ran.err);

    let hits = found(&place, &["COUNCIL"]);
    assert_eq!(hits.len(), 1, "{hits:?}");
    let (hit, text) = (&hits[0], place.read("toll.txt"));
    let place_of = |key: &str| usize::try_from(hit[key].as_u64().unwrap()).unwrap();
    let body = &text[text.find("“We").unwrap()..];
    let at = body.find("council").unwrap();
    assert_eq!((place_of("start_byte"), place_of("end_byte")), (at, at + "council".len()));
    assert_eq!(place_of("start"), body[..at].chars().count());
    assert_eq!((&hit["hit"], &hit["right"]), (&"council".into(), &", “and the bridge keeps count.”".into()));
    assert_eq!(place.ok(&["find", "p", "zebra"]), "");
}

#[test]
fn labels_narrow_a_search_and_expressions_and_exact_signs_are_told_apart() {
    let place = Place::with_marked_project();
    let words = |arguments: &[&str]| {
        let hits = found(&place, arguments);
        hits.iter().map(|hit| hit["hit"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(words(&["told", "--label", "Cue"]), ["told"]);
    assert_eq!(words(&["told", "--label", "cue", "--not-marked"]), [""; 0]);
    assert_eq!(words(&["told", "--label", "quote", "--not-marked"]), ["told"]);
    assert_eq!(words(&["told", "--not-marked"]), [""; 0]);
    assert_eq!(words(&[r"warn\w+|fair", "--regex"]), ["warned", "fair"]);
    assert_eq!(words(&["CAFÉ"]), ["cafe\u{301}"]);
    assert_eq!(words(&["café", "--exactly"]), [""; 0]);
    assert_eq!(words(&["cafe\u{301}", "--exactly"]), ["cafe\u{301}"]);
    assert_eq!(found(&place, &["told"])[0]["label"], "cue");
    place.run(&["find", "p", "a(", "--regex"]).says(2, &["Wrong at character"]);
    place.run(&["find", "p", "told", "--label", "nothing"]).says(2, &["no label “nothing”", "claim"]);
}
