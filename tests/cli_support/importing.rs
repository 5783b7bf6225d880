//! Imports: as one step that undo takes back also later, with what was recognised and what clashes told, and formats listed.

use serde_json::Value as Json;

use crate::cli_support::Place;

const TEXT: &str = "The ferry 🌉 rises\n\nShe said it will cost more.\n";
const ANN: &str = "T1\tClaim 0 17\tThe ferry 🌉 rises\nT2\tPerson 19 22\tShe\nR1\tSays Who:T2 What:T1\n";

/// An empty project, and a small brat corpus.
fn corpus() -> Place {
    let place = Place::new();
    place.ok(&["new", "p"]);
    place.write("corpus/ferry.txt", TEXT);
    place.write("corpus/ferry.ann", ANN);
    place
}

fn counts(place: &Place) -> (usize, u64) {
    let listed: Json = serde_json::from_str(&place.ok(&["list", "p", "--json"])).unwrap();
    let articles = listed["articles"].as_array().unwrap();
    let marks =
        articles.iter().flat_map(|a| a["layers"].as_array().unwrap()).map(|l| l["annotations"].as_u64().unwrap());
    (articles.len(), marks.sum())
}

#[test]
fn a_corpus_is_recognised_and_comes_in_as_one_step() {
    let place = corpus();
    place.run(&["import", "p", "corpus"]).says(2, &["do not say whose marks", "--annotator"]);
    let dry = place.run(&["import", "p", "corpus", "--annotator", "Ana", "--dry-run"]);
    assert!(
        dry.err.contains("Looks like brat") && dry.err.contains("Would import 1 article, 2 marks and 1 relation"),
        "{}",
        dry.err
    );
    assert_eq!(counts(&place), (0, 0));
    let ran = place.run(&["import", "p", "corpus", "--annotator", "Ana"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "ferry\n"), "{}", ran.err);
    for said in
        ["Offsets: 2 of 2 fit as code points", "Person” is person, added", "Imported 1 article, 2 marks and 1 relation"]
    {
        assert!(ran.err.contains(said), "“{said}” is not said: {}", ran.err);
    }
    assert_eq!(counts(&place), (1, 2));
    place.ok(&["check", "p"]);
    let again = place.run(&["import", "p", "corpus", "--annotator", "Ana"]);
    assert!(
        again.err.contains("1 article was there already; 3 marks and relations were there already"),
        "{}",
        again.err
    );
    assert_eq!(counts(&place), (1, 2));
    place.write("undo.ron", "[Undo]");
    place.ok(&["run", "p", "undo.ron", "--annotator", "Ana"]);
    assert_eq!(counts(&place), (0, 0), "it is taken back as a whole, in another session");
    place.ok(&["check", "p"]);
}

#[test]
fn what_is_exported_is_imported_by_the_file_alone_with_its_codebook() {
    let place = corpus();
    place.ok(&["import", "p", "corpus/ferry.ann", "--annotator", "Ana", "--label", "Person=Source"]);
    place.ok(&["export", "p", "--to", "out.jsonl"]);
    assert!(place.path("out.codebook.json").exists());
    place.ok(&["new", "q", "--codebook", "empty"]);
    let ran = place.run(&["import", "q", "out.jsonl"]);
    assert!(ran.err.contains("Looks like jsonl"), "{}", ran.err);
    assert_eq!(place.ok(&["export", "q", "--to", "-"]), place.read("out.jsonl"));
}

#[test]
fn what_a_format_does_not_keep_is_told_before_and_after() {
    let place = corpus();
    place.ok(&["import", "p", "corpus", "--annotator", "Ana"]);
    place.write(
        "note.ron",
        "[Article(Next), Select(Words(words: \"cost more\")), Mark(Label(\"claim\")), Mark(Flag(Some(Flag)))]",
    );
    place.ok(&["run", "p", "note.ron", "--annotator", "Ana"]);
    let dry = place.run(&["export", "p", "--format", "brat", "--dry-run"]);
    assert!(dry.out.contains("Not kept: 1 flag or question (ferry "), "{}", dry.out);
    assert!(!place.path("out").exists());
    let ran = place.run(&["export", "p", "--format", "brat", "--to", "out"]);
    assert!(ran.err.contains("Not kept: 1 flag or question"), "{}", ran.err);
    assert!(place.read("out/ana/ferry.ann").starts_with("T1\tClaim 0 17\t"));
    place.run(&["export", "p", "--format", "brat", "--to", "out"]).says(2, &["something in this folder already"]);
    place.run(&["export", "p", "--format", "brat", "--to", "-"]).says(2, &["folder of files"]);
    place.run(&["export", "p", "--format", "brat", "--offsets", "utf-16", "--to", "o"]).says(2, &["code-points"]);
}

#[test]
fn formats_are_listed_with_what_they_keep() {
    let place = Place::new();
    let listed: Json = serde_json::from_str(&place.ok(&["formats", "--json"])).unwrap();
    let formats = listed["formats"].as_array().unwrap();
    let of = |name: &str| formats.iter().find(|format| format["name"] == name).unwrap();
    assert_eq!(of("jsonl")["loses"], serde_json::json!(["rejections"]));
    assert!(of("brat")["keeps"].as_array().unwrap().contains(&"fragments".into()));
    assert!(place.ok(&["formats"]).contains("read, written  JSON lines"));
}
