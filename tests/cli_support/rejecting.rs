//! What is said not to be the same statement: remembered in files and journal, followed through corrections and merges,
//! and not proposed again.

use serde_json::Value as Json;

use super::cli_support::{Place, copy};

const ONE: &str = "The ferry will stop in May.\n“We have carried this line for eleven years and we can carry it no \
                   longer,” said Ada Lund.\n“Nobody asked the islanders before this was settled,” Per Holm told the hall.\n";
const OTHER: &str = "No boats after May.\n“We have carried this line for eleven years,” Ms Lund said.\n“Nobody asked \
                     the islanders before this was settled,” said Per Holm.\n";

/// A story of two reports that share two quotations, opened for Ana.
fn place() -> Place {
    let place = Place::new();
    place.write("ferry.txt", ONE);
    place.write("boats.txt", OTHER);
    place.ok(&["new", "p"]);
    place.ok(&["add", "p", "ferry.txt", "boats.txt", "--story", "Ferry"]);
    place
}

fn id(place: &Place, words: &str) -> String {
    let all: Json = serde_json::from_str(&place.ok(&["list", "p", "--json"])).unwrap();
    let all = all["articles"].as_array().or(all.as_array()).unwrap().clone();
    let found = all.iter().find(|article| article["title"].as_str().unwrap().contains(words));
    found.unwrap()["id"].as_str().unwrap().to_owned()
}

/// The quotations of both articles that begin so, as commands name them.
fn pair(place: &Place, words: &str) -> String {
    let side = |title: &str, text: &str| {
        let start = text.find(words).unwrap();
        let end = start + text[start..].find(",”").unwrap();
        format!("(article: {:?}, fragments: [({start}, {end})])", id(place, title))
    };
    format!("(one: {}, other: {})", side("ferry", ONE), side("boats", OTHER))
}

fn run(place: &Place, project: &str, commands: &str) {
    place.write("script.ron", format!("[Article(Next), {commands}]"));
    place.ok(&["run", project, "script.ron", "--annotator", "Ana"]);
}

fn reject(place: &Place, project: &str, words: &str) {
    run(place, project, &format!("Statement(Reject(pairs: [{}]))", pair(place, words)));
}

/// The first words of each statement that is proposed.
fn proposed(place: &Place, project: &str) -> Vec<String> {
    let lines = place.ok(&["compare", project, "--json"]);
    let words = |line: &str| {
        let line: Json = serde_json::from_str(line).unwrap();
        line["a_fragments"][0]["text"].as_str().unwrap().split(' ').next().unwrap().to_owned()
    };
    let mut all: Vec<String> = lines.lines().map(words).filter(|word| ["We", "Nobody"].contains(&&**word)).collect();
    all.sort_unstable();
    all
}

#[test]
fn what_is_rejected_is_not_proposed_until_it_is_taken_back() {
    let place = place();
    assert_eq!(proposed(&place, "p"), ["Nobody", "We"]);
    reject(&place, "p", "Nobody asked");
    assert_eq!(proposed(&place, "p"), ["We"]);
    place.ok(&["check", "p"]);
    let history = place.ok(&["history", "p"]);
    assert!(history.contains("Not the same statement: “Nobody asked the islanders before this was"), "{history}");
    run(&place, "p", "Undo");
    assert_eq!(proposed(&place, "p"), ["Nobody", "We"]);
    run(&place, "p", "Redo");
    assert_eq!(proposed(&place, "p"), ["We"]);
    run(&place, "p", &format!("Statement(ProposeAgain([{}]))", pair(&place, "Nobody asked")));
    assert_eq!(proposed(&place, "p"), ["Nobody", "We"]);
    place.ok(&["check", "p"]);
}

#[test]
fn what_is_joined_is_rejected_no_longer() {
    let place = place();
    reject(&place, "p", "Nobody asked");
    let pair = pair(&place, "Nobody asked").replace("(one:", "(form: \"verbatim\", why: \"Alike\", one:");
    run(&place, "p", &format!("Statement(Join([{pair}]))"));
    assert_eq!(proposed(&place, "p"), ["Nobody", "We"]);
    let links = place.read("p/layers/ana/links.ron");
    assert!(!links.contains("rejections") && links.contains("origin: Accepted(\"Alike\")"), "{links}");
    run(&place, "p", "Undo");
    assert_eq!(proposed(&place, "p"), ["We"]);
}

#[test]
fn a_corrected_text_is_followed_and_lost_words_reject_nothing() {
    let place = place();
    reject(&place, "p", "Nobody asked");
    place.write("moved.txt", format!("Updated at noon.\n{ONE}"));
    place.ok(&["retext", "p", &id(&place, "ferry"), "moved.txt"]);
    assert_eq!(proposed(&place, "p"), ["We"]);
    place.ok(&["check", "p"]);
    // The same words from another mouth, in another place, are others.
    let elsewhere = ONE
        .replace("told the hall", "told nobody")
        .replace("“Nobody asked", "“No, never mind.” A choir sang: “Nobody asked");
    let elsewhere = elsewhere.replace("this was settled,” Per Holm told nobody", "this was settled!” and went home");
    place.write("elsewhere.txt", elsewhere);
    place.ok(&["retext", "p", &id(&place, "ferry"), "elsewhere.txt"]);
    assert_eq!(proposed(&place, "p"), ["Nobody", "We"]);
    place.ok(&["check", "p"]);
}

#[test]
fn a_removed_article_takes_it_along_and_brings_it_back() {
    let place = place();
    reject(&place, "p", "Nobody asked");
    run(&place, "p", &format!("Article(Remove({:?}))", id(&place, "boats")));
    assert!(!place.path("p/layers/ana/links.ron").exists());
    place.ok(&["check", "p"]);
    run(&place, "p", "Undo");
    assert_eq!(proposed(&place, "p"), ["We"]);
    place.ok(&["check", "p"]);
}

#[test]
fn what_two_machines_reject_is_rejected_after_a_merge() {
    let place = place();
    place.write("nothing.ron", "[]");
    place.ok(&["run", "p", "nothing.ron", "--annotator", "Ana"]);
    for project in ["b", "q"] {
        copy(&place.path("p"), &place.path(project));
    }
    reject(&place, "p", "Nobody asked");
    reject(&place, "q", "We have carried");
    let theirs = place.read("q/layers/ana/links.ron");
    place.write("p/layers/ana/links (1).ron", &theirs);
    place.ok(&["merge", "p"]);
    let merged = place.read("p/layers/ana/links.ron");
    assert_eq!(merged.matches("one: (").count(), 2, "{merged}");
    assert_eq!(proposed(&place, "p"), [] as [&str; 0]);
    // Merging the same again changes nothing.
    place.write("p/layers/ana/links (1).ron", &theirs);
    place.ok(&["merge", "p"]);
    assert_eq!(place.read("p/layers/ana/links.ron"), merged);
}

#[test]
fn what_the_journal_has_and_the_file_lacks_is_carried_out() {
    let place = place();
    reject(&place, "p", "Nobody asked");
    let links = place.read("p/layers/ana/links.ron");
    // As if the program had ended before the file was written.
    let journal = place.only("p/history/ana");
    let lines = place.read(&journal);
    let unsaved = lines.lines().filter(|line| !line.starts_with("Saved("));
    place.write(&journal, unsaved.map(|line| format!("{line}\n")).collect::<String>());
    std::fs::remove_file(place.path("p/layers/ana/links.ron")).unwrap();
    place.write("nothing.ron", "[]");
    let ran = place.run(&["run", "p", "nothing.ron", "--annotator", "Ana"]);
    assert!(ran.err.contains("recovered from the history"), "{ran:?}");
    assert_eq!(place.read("p/layers/ana/links.ron"), links);
    place.ok(&["check", "p"]);
}

#[test]
fn a_rejection_of_no_article_is_told_and_stays() {
    let place = place();
    reject(&place, "p", "Nobody asked");
    let links = place.read("p/layers/ana/links.ron");
    place.write("p/layers/ana/links.ron", links.replace(&id(&place, "boats"), "no-such-article"));
    let checked = place.run(&["check", "p"]);
    checked.says(1, &["names no-such-article, which is not in the project"]);
    assert_eq!(proposed(&place, "p"), ["Nobody", "We"]);
    run(&place, "p", "Layer(Status(Done))");
    assert!(place.read("p/layers/ana/links.ron").contains("no-such-article"));
}
