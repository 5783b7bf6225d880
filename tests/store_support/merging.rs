//! Files in two versions: named when a project is opened and checked, and merged.

use std::fs;

use pressmark::store;

use super::support::{Place, article_named, sample};

fn made() -> Place {
    let place = Place::new();
    store::create(&place.path("p"), &sample()).unwrap();
    place
}

fn codes(found: &[pressmark::diagnostic::Diagnostic]) -> Vec<&str> {
    found.iter().map(|told| told.code.as_ref()).collect()
}

#[test]
fn conflict_copies_are_named_in_every_folder_merged_and_taken_away() {
    let place = made();
    let two = article_named(&sample(), "Drivers to pay");
    let files = [
        ("project.ron".to_owned(), "project (1).ron".to_owned()),
        (format!("articles/{two}.ron"), format!("articles/{two} (Ana's conflicted copy 2026-11-30).ron")),
        (format!("layers/ana/{two}.ron"), format!("layers/ana/{two}.sync-conflict-20261130-081500-ABCDEFG.ron")),
        ("layers/ana/links.ron".to_owned(), "layers/ana/links-DESKTOP-4711.ron".to_owned()),
    ];
    for (file, copy) in &files {
        let text = fs::read_to_string(place.path("p").join(file)).unwrap();
        // Each copy says something that its file does not.
        let text = text.replace("(id: \"ben\"", "(id: \"eva\", name: \"Eva\"),\n        (id: \"ben\"");
        let text = text.replace("title: \"Drivers to pay\",", "title: \"Drivers to pay\",\n    outlet: \"Courier\",");
        fs::write(place.path("p").join(copy), text).unwrap();
    }
    let (_, _, found) = store::open(&place.path("p")).unwrap();
    assert_eq!(codes(&found), ["conflict-copy"; 4]);
    assert!(found.iter().any(|told| told.to_string().contains("second version of layers/ana/links.ron")));
    assert_eq!(codes(&store::check_project(&place.path("p")).unwrap()), ["conflict-copy"; 4]);
    let before = place.snapshot();
    let done = store::merge_project(&place.path("p")).unwrap();
    assert_eq!((done.files.len(), codes(&done.found)), (4, vec![]));
    let (_, project, found) = store::open(&place.path("p")).unwrap();
    assert_eq!(found, []);
    assert_eq!(project.article(&two).unwrap().metadata.outlet, "Courier");
    assert!(project.annotator(&"eva".parse().unwrap()).is_some());
    for (file, copy) in &files {
        assert!(!place.path("p").join(copy).exists());
        let aside = fs::read_dir(place.path("p/.pressmark/merged")).unwrap().next().unwrap().unwrap().path();
        for kept in [file, copy] {
            assert_eq!(fs::read(aside.join(kept)).unwrap(), before[&place.path("p").join(kept)], "{kept}");
        }
    }
}

#[test]
fn what_can_not_be_merged_is_left_as_it_is() {
    let place = made();
    let two = article_named(&sample(), "Drivers to pay");
    let path = place.path("p/articles").join(format!("{two}.ron"));
    let text = fs::read_to_string(&path).unwrap();
    let copy = place.path("p/articles").join(format!("{two} (1).ron"));
    fs::write(&copy, text.replace("He said", "She said")).unwrap();
    let before = place.snapshot();
    let done = store::merge_project(&place.path("p")).unwrap();
    assert_eq!((done.files.len(), codes(&done.found)), (0, vec!["both-changed"]));
    assert!(done.found[0].is_error());
    assert_eq!(place.snapshot(), before);
}

#[test]
fn files_with_conflict_markers_say_so_and_where() {
    let place = made();
    let path = place.path("p/project.ron");
    let text = fs::read_to_string(&path).unwrap();
    let line = text.lines().find(|line| line.contains("\"ben\"")).unwrap();
    let conflict =
        format!("<<<<<<< HEAD\n{line}\n=======\n{}\n>>>>>>> home", line.replace("ben", "eva").replace("BEN", "Eva"));
    fs::write(&path, text.replace(line, &conflict)).unwrap();
    let why = store::open(&place.path("p")).unwrap_err();
    assert_eq!((why.code.as_ref(), why.location.line_column), ("conflict-markers", Some((6, 1))));
    assert!(why.hints[0].to_string().contains("pressmark merge"));
    store::merge_project(&place.path("p")).unwrap();
    let (_, project, found) = store::open(&place.path("p")).unwrap();
    assert_eq!(found, []);
    assert_eq!(project.annotators().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["ana", "ben", "eva"]);
}

#[test]
fn an_article_about_conflict_markers_is_no_conflict() {
    use pressmark::{jobs::Progress, model::Project, text::Text};
    let text = "How git says it:\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> home\n";
    let (id, article) = super::support::article("Git", text);
    let mut project = Project::new("Git", store::codebook("news").unwrap());
    project.load_articles([(id.clone(), article)]);
    project.load_text(&id, Text::from(text));
    let place = Place::new();
    let folder = store::create(&place.path("p"), &project).unwrap();
    folder.pack(&place.path("git.ron"), &Progress::default()).unwrap();
    let path = place.path("p/articles").join(format!("{id}.ron"));
    let written = fs::read_to_string(&path).unwrap();
    assert!(!written.lines().any(|line| line.starts_with("<<<<<<<")), "{written}");
    // Older versions wrote it plainly.
    let start = written.find("text: ").unwrap();
    fs::write(&path, format!("{}text: r#\"{text}\"#,\n)\n", &written[..start])).unwrap();
    assert_eq!(store::check_project(&place.path("p")).unwrap(), []);
    assert_eq!(store::merge_project(&place.path("p")).unwrap().files.len(), 0);
}
