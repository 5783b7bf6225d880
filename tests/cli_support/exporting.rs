//! Exports of a part of a project: by annotator, status and story.

#[path = "importing.rs"]
mod importing;

use serde_json::Value as Json;

use crate::cli_support::Place;

/// Three articles of two stories. Ana is done with the first, and has begun the second; Ben has begun the first. Ana has
/// joined claims of the first two.
fn marked() -> Place {
    let place = Place::new();
    place.ok(&["new", "p"]);
    for (name, story) in [("toll", "The toll"), ("ferry", "The ferry"), ("bridge", "The toll")] {
        place.write(&format!("{name}.txt"), format!("The {name}\n\nThe {name} will cost more, they said.\n"));
        place.ok(&["add", "p", &format!("{name}.txt"), "--story", story]);
    }
    let claim = |name: &str| {
        format!(
            "Article(Open({:?})), Select(Words(words: {:?})), Mark(Label(\"claim\")),",
            id(&place, name),
            format!("The {name} will cost more")
        )
    };
    let link = format!(
        "Relate(Make(kind: \"same-statement\", members: [\
         (\"one\", Words(article: {:?}, words: \"The toll will cost more\")), \
         (\"other\", Words(article: {:?}, words: \"The ferry will cost more\"))])),",
        id(&place, "toll"),
        id(&place, "ferry"),
    );
    place.write("ana.ron", format!("[{}Whole(Status(Done)), {}{link}]", claim("toll"), claim("ferry")));
    place.write("ben.ron", format!("[{}]", claim("toll")));
    place.ok(&["run", "p", "ana.ron", "--annotator", "Ana"]);
    place.ok(&["run", "p", "ben.ron", "--annotator", "Ben"]);
    place
}

fn id(place: &Place, name: &str) -> String {
    let listed: Json = serde_json::from_str(&place.ok(&["list", "p", "--json"])).unwrap();
    let articles = listed["articles"].as_array().unwrap();
    articles.iter().find(|a| a["title"] == format!("The {name}")).unwrap()["id"].as_str().unwrap().to_owned()
}

/// What is written, an article each: the last word of its title, then its layers.
fn exported(place: &Place, arguments: &[&str]) -> Vec<String> {
    let out = place.ok(&[&["export", "p", "--to", "-"], arguments].concat());
    let line = |line: &str| {
        let article: Json = serde_json::from_str(line).unwrap();
        let title = article["title"].as_str().unwrap().trim_start_matches("The ").to_owned();
        let layers = article["layers"].as_array().unwrap().iter();
        let layers = layers.map(|layer| {
            let links = layer["links"].as_array().map_or(0, Vec::len);
            format!(" {} {} {links}", layer["annotator"].as_str().unwrap(), layer["status"].as_str().unwrap())
        });
        title + &layers.collect::<String>()
    };
    let mut lines: Vec<String> = out.lines().map(line).collect();
    lines.sort();
    lines
}

#[test]
fn a_part_is_exported_by_annotator_status_and_story() {
    let place = marked();
    let (toll, ferry) = ("toll ana done 1 ben in-progress 0", "ferry ana in-progress 1");
    assert_eq!(exported(&place, &[]), ["bridge", ferry, toll]);
    assert_eq!(exported(&place, &["--annotator", "ANA"]), ["bridge", ferry, "toll ana done 1"]);
    assert_eq!(exported(&place, &["--status", "done"]), ["toll ana done 0"]);
    assert_eq!(exported(&place, &["--status", "in-progress"]), ["ferry ana in-progress 0", "toll ben in-progress 0"]);
    assert_eq!(exported(&place, &["--status", "to-do", "--annotator", "ben"]), ["bridge", "ferry"]);
    assert_eq!(exported(&place, &["--story", "The toll"]), ["bridge", "toll ana done 0 ben in-progress 0"]);
    assert_eq!(exported(&place, &["--story", "The toll", "--story", "the ferry"]), ["bridge", ferry, toll]);
    let annotators = ["--annotator", "Ben", "--annotator", "Ana", "--status", "done"];
    assert_eq!(exported(&place, &annotators), ["toll ana done 0"]);
}

#[test]
fn an_export_says_how_much_it_wrote_and_what_it_could_not_join() {
    let place = marked();
    let all = place.run(&["export", "p", "--to", "all.jsonl"]);
    assert!(all.err.contains("Exported 3 articles with 3 marks"), "{}", all.err);
    assert!(!all.err.contains("left out"), "{}", all.err);
    let part = place.run(&["export", "p", "--to", "part.jsonl", "--story", "The ferry"]);
    assert!(part.err.contains("Exported 1 article with 1 mark"), "{}", part.err);
    assert!(part.err.contains("1 relation across articles is left out"), "{}", part.err);
}

#[test]
fn an_unknown_name_is_answered_with_those_there_are() {
    let place = marked();
    let refused = |arguments: &[&str], needles: &[&str]| {
        place.run(&[&["export", "p", "--to", "out.jsonl"], arguments].concat()).says(2, needles);
        assert!(!place.path("out.jsonl").exists());
    };
    refused(&["--annotator", "Cleo"], &["no annotator “Cleo”", "Ana, Ben"]);
    refused(&["--status", "finished"], &["no status “finished”", "to-do, in-progress, done"]);
    refused(&["--story", "The tunnel"], &["no story “The tunnel”", "The ferry, The toll"]);
}

#[test]
fn what_a_format_can_not_write_is_told_before() {
    let place = marked();
    let toll = id(&place, "toll");
    let cue = format!("[Article(Open({toll:?})), Select(Words(words: \"said\")), Mark(Label(\"cue\"))]");
    place.write("cue.ron", cue);
    place.ok(&["run", "p", "cue.ron", "--annotator", "Ana"]);
    let dry = place.run(&["export", "p", "--format", "aif", "--dry-run"]);
    assert!(dry.err.contains("1 mark is no part of an argument"), "{}", dry.err);
}
