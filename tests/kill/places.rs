//! Places in which tasks are done, and what is there before and after them.

use std::{fs, path::Path};

use serde_json::Value as Json;

use super::{
    cli_support::{Place, copy},
    content::{Content, content, opened, opened_but},
    root::root,
};

/// So many articles are marked, each by two annotators.
const ARTICLES: usize = 20;

fn marks(words: &str, label: &str) -> String {
    let mark = format!("Article(Next), Select(Words(words: {words:?})), Mark(Label({label:?})),");
    format!("[{}]", mark.repeat(ARTICLES))
}

/// A project `p` with marks of two annotators, a packed one, an export, and articles that could be added.
pub fn marked() -> Place {
    let place = Place::new();
    let article = |n: usize| format!("Report {n}\n\nThe toll is fair, the mayor said, {n} times.\n");
    (0..ARTICLES).for_each(|n| place.write(&format!("old/{n}.txt"), article(n)));
    (ARTICLES..ARTICLES + 5).for_each(|n| place.write(&format!("news/{n}.txt"), article(n)));
    place.ok(&["new", "p"]);
    place.ok(&["add", "p", "old"]);
    place.write("claims.ron", marks("toll is fair", "claim"));
    place.write("cues.ron", marks("said", "cue"));
    place.ok(&["run", "p", "claims.ron", "--annotator", "Ana"]);
    place.ok(&["run", "p", "cues.ron", "--annotator", "Ben"]);
    place.ok(&["export", "p", "--to", "all.jsonl"]);
    place.ok(&["pack", "p", "whole.ron"]);
    place.write("more.ron", marks("mayor", "source"));
    place.ok(&["run", "p", "more.ron", "--annotator", "Ben"]);
    place.write("begin.ron", "[]");
    place.write("remove-label.ron", "[Codebook(RemoveLabel(label: \"claim\", marks: Relabel(\"quote\")))]");
    // Ben’s marks move, Ana’s has no words any more.
    place.write("corrected.txt", "Report 7\n\nNobody would pay it, so the mayor of the town said, 7 times.\n");
    place
}

/// All that there is in [a marked place](marked).
pub fn everything(place: &Place) -> Content {
    let mut lines: Vec<String> = ["p", "q"].iter().flat_map(|name| project(place, name)).collect();
    let text = |name: &str| fs::read_to_string(place.path(name)).map(|text| format!("{name} {text}"));
    lines.extend(["all.jsonl", "packed.ron"].iter().filter_map(|name| text(name).ok()));
    // The next one of each kind that is made here clears away what was left of the last.
    place.ok(&["unpack", "whole.ron", "other"]);
    place.ok(&["export", "other", "--to", "other.jsonl"]);
    fs::remove_dir_all(place.path("other")).unwrap();
    lines
}

fn project(place: &Place, name: &str) -> Content {
    if !place.path(name).join("project.ron").exists() {
        // Whatever is left of one is in nobody’s way.
        if name == "q" {
            place.ok(&["new", name]);
            fs::remove_dir_all(place.path(name)).unwrap();
        }
        return Vec::new();
    }
    content(&opened(&place.path(name))).into_iter().map(|line| format!("{name}: {line}")).collect()
}

/// The project `p`.
pub fn only_project(place: &Place) -> Content {
    content(&opened(&place.path("p")))
}

/// The ids of an annotator’s steps, the newest first.
pub fn steps(place: &Place, by: &str) -> Vec<String> {
    let rows: Vec<Json> = serde_json::from_str(&place.ok(&["history", "p", "--json", "--by", by])).unwrap();
    rows.iter().map(|row| row["step"].as_str().unwrap().to_owned()).collect()
}

/// A marked place in which Ana has removed an article.
pub fn with_removed_article() -> Place {
    let place = marked();
    let article = files(&place.path("p/articles")).remove(0).replace(".ron", "");
    place.write("remove.ron", format!("[Article(Remove({article:?}))]"));
    place.ok(&["run", "p", "remove.ron", "--annotator", "Ana"]);
    place
}

/// A project `p` of the first format, and a script that writes in it.
pub fn of_first_format() -> Place {
    let place = Place::new();
    copy(&root().join("tests/data/store/v1"), &place.path("p"));
    copy(&place.path("p"), &place.path("first"));
    place.write("mark.ron", "[Article(Next), Select(Words(words: \"toll\")), Mark(Label(\"claim\"))]");
    place
}

/// The project `p`; and it is of the first format, or that is kept whole.
pub fn migrated(place: &Place) -> Content {
    // The marks that are there have ids of a clock that was ahead of this one, and look younger than the history.
    let content = content(&opened_but(&place.path("p"), "not-as-in-history"));
    let is_first = place.read("p/project.ron").contains("version: 1,");
    let kept = fs::read_dir(place.path("p/backups")).into_iter().flatten().map(|entry| entry.unwrap());
    let kept: Vec<String> = kept.map(|entry| entry.file_name().into_string().unwrap()).collect();
    assert!(is_first || !kept.is_empty(), "the first format is kept");
    for name in kept.iter().filter(|name| !name.starts_with('.')) {
        assert!(place.snapshot(&format!("p/backups/{name}")) == place.snapshot("first"), "{name} is what there was");
    }
    content
}

/// A project `p` with files in two versions: some with conflict markers, some with conflict copies.
pub fn in_two_versions() -> Place {
    let place = marked();
    copy(&place.path("p"), &place.path("theirs"));
    for (project, label, annotator) in [("p", "quote", "Ana"), ("theirs", "stance", "Ana"), ("theirs", "quote", "Ben")]
    {
        place.write("go-on.ron", marks("fair", label));
        place.ok(&["run", project, "go-on.ron", "--annotator", annotator]);
    }
    for (n, file) in files(&place.path("p/layers/ana")).into_iter().enumerate() {
        two_versions(&place, &format!("layers/ana/{file}"), n % 2 == 0);
    }
    for folder in ["history/ana", "history/ben"] {
        let file = files(&place.path("p").join(folder)).remove(0);
        two_versions(&place, &format!("{folder}/{file}"), true);
    }
    for file in files(&place.path("p/layers/ben")) {
        fs::copy(place.path("theirs/layers/ben").join(&file), place.path("p/layers/ben").join(&file)).unwrap();
    }
    place
}

fn files(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// Leaves two versions of a file, as version control does or as a synchronising program.
fn two_versions(place: &Place, file: &str, is_marked: bool) {
    let (ours, theirs) = (place.read(&format!("p/{file}")), place.read(&format!("theirs/{file}")));
    if is_marked {
        place.write(&format!("p/{file}"), format!("<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> home\n"));
    } else {
        place.write(&format!("p/{}", file.replace(".ron", " (1).ron")), theirs);
    }
}

/// Every file of the project `p`.
pub fn all_files(place: &Place) -> Content {
    // Whatever its files say, opening it clears away what was left lying about.
    place.run(&["list", "p"]);
    let files = place.snapshot("p").into_iter();
    files.map(|(path, bytes)| format!("{} {}", path.display(), String::from_utf8(bytes).unwrap())).collect()
}
