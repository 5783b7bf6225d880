//! Articles against each other on the command line.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::{
    cli_support::{Place, copy},
    root::root,
};

/// A copy of the sample project, in which people have related statements already.
fn sample() -> Place {
    let place = Place::new();
    copy(&root().join("projects/harbour-bridge"), &place.path("p"));
    place
}

fn compared(place: &Place, arguments: &[&str]) -> Vec<Json> {
    let arguments = [&["compare", "p", "--json"], arguments].concat();
    place.ok(&arguments).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn pairs(lines: &[Json]) -> BTreeSet<(&str, &str)> {
    lines.iter().map(|line| (line["a"].as_str().unwrap(), line["b"].as_str().unwrap())).collect()
}

#[test]
fn statements_have_their_words_and_offsets_in_code_points() {
    let place = sample();
    place.ok(&["export", "p", "--to", "out.jsonl"]);
    let exported: Vec<Json> = place.read("out.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let lines = compared(&place, &[]);
    assert_eq!(pairs(&lines).len(), 3);
    for line in &lines {
        for (article, fragments) in [("a", "a_fragments"), ("b", "b_fragments")] {
            let exported = exported.iter().find(|exported| exported["id"] == line[article]).unwrap();
            let text: Vec<char> = exported["text"].as_str().unwrap().chars().collect();
            for fragment in line[fragments].as_array().unwrap() {
                let place = |key: &str| usize::try_from(fragment[key].as_u64().unwrap()).unwrap();
                let words: String = text[place("start")..place("end")].iter().collect();
                assert_eq!(fragment["text"], words.as_str());
            }
        }
        assert!(["verbatim", "truncated", "altered", "paraphrased"].contains(&line["type"].as_str().unwrap()));
        assert!(["quotation", "quotation-reported", "prose"].contains(&line["kind"].as_str().unwrap()));
        assert!(["sure", "maybe"].contains(&line["confidence"].as_str().unwrap()));
        assert!(line["why"].as_str().unwrap().contains("in the same order"), "{line}");
    }
}

#[test]
fn what_somebody_has_related_is_accepted() {
    let place = sample();
    let lines = compared(&place, &[]);
    let generation =
        |line: &&Json| line["a_fragments"][0]["text"].as_str().unwrap().starts_with("We have put this off");
    let accepted: Vec<(&str, bool)> = lines
        .iter()
        .filter(generation)
        .map(|line| (line["type"].as_str().unwrap(), line["accepted"].as_bool().unwrap()))
        .collect();
    assert_eq!(accepted, [("verbatim", true), ("truncated", true), ("truncated", true)]);
    assert!(lines.iter().any(|line| line["accepted"] == false));
    std::fs::remove_file(place.path("p/layers/ana/links.ron")).unwrap();
    assert!(compared(&place, &[]).iter().all(|line| line["accepted"] == false));
}

#[test]
fn a_story_and_single_articles_are_compared() {
    let place = sample();
    let all = compared(&place, &[]);
    assert_eq!(compared(&place, &["--story", "Harbour bridge"]), all);
    assert_eq!(compared(&place, &["--story", "harbour-bridge"]), all);
    let two = compared(&place, &["drivers", "council"]);
    let pair = ("drivers-to-pay-for-crossing-from-spring-7bq1h", "council-backs-toll-to-mend-harbour-bridge-6nseq");
    assert_eq!(pairs(&two), BTreeSet::from([pair]));
    assert_eq!(compared(&place, &["drivers"]), [] as [Json; 0]);
    place.run(&["compare", "p", "zebra"]).says(2, &["no article “zebra”"]);
    place.run(&["compare", "p", "--story", "Zebra"]).says(2, &["no story “Zebra”", "Harbour bridge"]);
}

#[test]
fn people_are_shown_both_wordings() {
    let place = sample();
    let ran = place.run(&["compare", "p"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("Comparing 3 pairs of 3 articles"), "{}", ran.err);
    assert!(ran.err.contains("statements in 3 pairs"), "{}", ran.err);
    let mut lines = ran.out.lines().skip_while(|line| !line.contains("verbatim, quotation, sure, accepted"));
    assert!(lines.next().is_some_and(|line| line.ends_with("words in the same order")), "{}", ran.out);
    assert!(lines.next().is_some_and(|line| line.contains("We have put this off for a generation, and the bridge")));
    assert!(lines.next().is_some_and(|line| line.contains("We have put this off for a generation, … and the bridge")));
}

#[test]
fn what_is_marked_is_read_as_tables() {
    let place = sample();
    for (table, title, says) in [
        ("sources", "Source,Names,Harbour Gazette: times,", "Owen Pryce,"),
        ("stances", "Article,Target,\"Favor, explicit\",", "Council backs toll to mend harbour bridge,"),
        ("claims", "Claim,Manner,By,Outlet,Date,Words", "Asserted"),
        ("order", "Statement,Harbour Gazette,", "We have put this off for a generation"),
    ] {
        let csv = place.ok(&["compare", "p", "--table", table, "--csv", "--annotator", "ana"]);
        assert!(csv.starts_with(title) && csv.contains(says), "{csv}");
        let columns = csv.lines().next().unwrap().matches(',').count();
        let people = place.ok(&["compare", "p", "--table", table, "--annotator", "ana"]);
        assert!(columns > 2 && people.lines().filter(|line| line.starts_with("    ")).count() > 2, "{people}");
    }
}

#[test]
fn a_table_is_of_one_story_and_of_one_annotator() {
    let place = sample();
    let before = place.ok(&["list", "p", "--json"]);
    let sources = |arguments: &[&str]| place.run(&[&["compare", "p", "--table", "sources"], arguments].concat());
    sources(&["--annotator", "zebra"]).says(2, &["no annotator “zebra”"]);
    let two = sources(&["--annotator", "ana", "--csv", "council", "bridge"]);
    assert!(two.out.contains("Harbour Gazette: times") && !two.out.contains("Valley Post: times"), "{}", two.out);
    let alone = place.run(&["compare", "p", "--csv"]);
    assert!(alone.code == 2 && alone.err.contains("--table"), "{alone:?}");
    assert_eq!(place.ok(&["list", "p", "--json"]), before);
}
