//! Opening: what the list needs, without texts and layers, and an index that may go at any time.

use std::fs;

use pressmark::{
    model::*,
    store::{self},
    text::{Text, hash},
};

use super::support::{Place, name, sample};

#[test]
fn a_project_opens_by_its_folder_or_its_file_without_texts() {
    let place = Place::new();
    store::create(&place.path("p"), &sample()).unwrap();
    for path in ["p", "p/project.ron"] {
        let (_, project, _) = store::open(&place.path(path)).unwrap();
        assert_eq!(project.name(), "Toll");
        let summaries = |project: &Project| {
            let layers = project.articles().flat_map(|(id, _)| project.layers(id).map(|(_, slot)| slot.summary()));
            layers.collect::<Vec<_>>()
        };
        assert_eq!(summaries(&project), summaries(&sample()));
        assert!(project.articles().all(|(id, _)| project.text(id).is_none()));
    }
}

/// Enough articles for an index.
fn many() -> Project {
    let codebook = store::codebook("news").unwrap();
    let mut project = Project::load("Many".to_owned(), codebook, [], []).unwrap();
    for n in 0..250 {
        let text = format!("Text {n}\n");
        let metadata = Metadata { title: format!("Title {n}"), ..Metadata::default() };
        let article = Article { metadata, loaded: vec![], fingerprint: hash::fingerprint(&text), words: 2 };
        let id = ArticleId::of("Title", &text);
        project.load_articles([(id.clone(), article)]);
        project.load_text(&id, Text::from(text));
    }
    project
}

#[test]
fn the_index_changes_nothing_but_the_time_it_takes() {
    let place = Place::new();
    store::create(&place.path("p"), &many()).unwrap();
    let index = place.path("p/.pressmark/index.json");
    let first = store::open(&place.path("p")).unwrap().1;
    assert!(index.is_file());
    let from_index = store::open(&place.path("p")).unwrap().1;
    assert_eq!(first, from_index);
    for broken in ["", "{", "[1]", "{\"format\":99,\"articles\":[],\"layers\":[]}"] {
        fs::write(&index, broken).unwrap();
        assert_eq!(store::open(&place.path("p")).unwrap().1, first);
    }
    fs::remove_dir_all(place.path("p/.pressmark")).unwrap();
    assert_eq!(store::open(&place.path("p")).unwrap().1, first);
}

#[test]
fn the_index_is_not_believed_of_a_file_that_changed() {
    let place = Place::new();
    store::create(&place.path("p"), &many()).unwrap();
    let (_, project, _) = store::open(&place.path("p")).unwrap();
    let id = project.articles().next().unwrap().0.clone();
    let path = place.path("p/articles").join(format!("{id}.ron"));
    let text = fs::read_to_string(&path).unwrap().replace("title: \"", "title: \"New ");
    fs::write(&path, text).unwrap();
    let (_, project, _) = store::open(&place.path("p")).unwrap();
    assert!(project.article(&id).unwrap().metadata.title.starts_with("New "));
}

#[test]
fn strays_orphans_and_unknown_annotators_are_reported_and_left_alone() {
    let place = Place::new();
    store::create(&place.path("p"), &sample()).unwrap();
    let layer = fs::read_dir(place.path("p/layers/ben")).unwrap().next().unwrap().unwrap().path();
    fs::create_dir(place.path("p/layers/eve")).unwrap();
    fs::copy(&layer, place.path("p/layers/eve").join(layer.file_name().unwrap())).unwrap();
    fs::copy(&layer, place.path("p/layers/eve/no-such-article.ron")).unwrap();
    fs::write(place.path("p/articles/Notes.txt"), "x").unwrap();
    let before = place.snapshot();
    let (_, project, found) = store::open(&place.path("p")).unwrap();
    let codes: Vec<&str> = found.iter().map(|d| d.code.as_ref()).collect();
    assert_eq!(codes, ["stray-file", "unknown-annotator", "orphan-layer"]);
    assert_eq!(project.annotator(&name("eve")).unwrap().name, "eve");
    assert_eq!(place.snapshot(), before);
}
