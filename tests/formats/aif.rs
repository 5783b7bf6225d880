//! Argument maps: which marks and relations become what, by whom it was said, and what is left out.

use std::collections::BTreeSet;

use pressmark::{
    format::{ExportOptions, ExportedArticle, Keeps, Pieces},
    model::{load::RawLayer, *},
    store,
};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::{
    any_project,
    support::{add_article, annotators, codes, format, losses, mark, name, piece, written},
};

const TEXT: &str = "“The toll is fair,” said Ines Calder, for it is low, if nobody believes it.";

/// Relations, each a kind with its members by role.
type Related<'a> = &'a [(&'a str, &'a [(&'a str, usize)])];

/// A project in which Ana has marked a text with the news codebook, and related the marks: a number is a mark, or counts on
/// through the relations.
fn project(relations: Related<'_>) -> (Project, ArticleId) {
    let codebook = store::codebook("news").unwrap();
    let mut project = Project::load("Test".to_owned(), codebook, annotators(), []).unwrap();
    let article = add_article(&mut project, "Toll", TEXT);
    let mut source = mark("source", TEXT, &["Ines Calder"]);
    source.attributes.set(name("who"), Some(Value::Text("Mayor Ines Calder".to_owned())));
    let marks = vec![
        mark("quote", TEXT, &["The toll is fair"]),
        mark("claim", TEXT, &["it is", "low"]),
        source,
        mark("cue", TEXT, &["said"]),
        mark("claim", TEXT, &["nobody believes it"]),
    ];
    let uid = |n: usize| Uid::from_u64(n as u64 + 1);
    let count = marks.len();
    let item = |n: usize| match n < count {
        true => Item::Annotation(AnnotationId(uid(n))),
        false => Item::Relation(RelationId(uid(n))),
    };
    let member = |(role, n): &(&str, usize)| Member {
        role: name(role),
        target: Target { article: article.clone(), item: item(*n) },
    };
    let relations = (count..).zip(relations).map(|(n, (kind, members))| {
        (RelationId(uid(n)), Relation::new(name(kind), members.iter().map(member).collect()))
    });
    let raw = RawLayer {
        annotations: (0..).map(uid).map(AnnotationId).zip(marks).collect(),
        relations: relations.collect(),
        ..RawLayer::default()
    };
    assert_eq!(project.load_layer(&article, &name("ana"), raw).unwrap(), []);
    (project, article)
}

fn map(project: &Project, annotator: &str) -> Json {
    let pieces = written(project, format("aif"), &ExportOptions::default());
    serde_json::from_str(&piece(&pieces, &format!("{annotator}.json"))).unwrap()
}

/// Each edge as “type text > type text”.
fn edges(map: &Json) -> Vec<String> {
    let node = |id: &Json| {
        let node = map["nodes"].as_array().unwrap().iter().find(|node| node["nodeID"] == *id).unwrap();
        format!("{} {}", node["type"].as_str().unwrap(), node["text"].as_str().unwrap())
    };
    let edges = map["edges"].as_array().unwrap().iter();
    edges.map(|edge| format!("{} > {}", node(&edge["fromID"]), node(&edge["toID"]))).collect()
}

#[test]
fn relations_become_inferences_conflicts_and_locutions() {
    let cases: [(Related<'_>, &[&str]); 4] = [
        (&[], &[]),
        (
            &[("supports", &[("from", 1), ("to", 0)])],
            &["I it is … low > RA Default Inference", "RA Default Inference > I The toll is fair"],
        ),
        (
            &[("attacks", &[("from", 4), ("to", 1)])],
            &["I nobody believes it > CA Default Conflict", "CA Default Conflict > I it is … low"],
        ),
        (
            &[("attribution", &[("quote", 0), ("source", 2), ("cue", 3)])],
            &["L Mayor Ines Calder: The toll is fair > YA Asserting", "YA Asserting > I The toll is fair"],
        ),
    ];
    for (relations, expected) in cases {
        assert_eq!(edges(&map(&project(relations).0, "ana")), expected);
    }
}

#[test]
fn a_locution_says_who_said_it() {
    let map = map(&project(&[("attribution", &[("quote", 0), ("source", 2)])]).0, "ana");
    let person = &map["participants"][0];
    assert_eq!((&person["firstname"], &person["surname"]), (&json!("Mayor Ines"), &json!("Calder")));
    assert_eq!(map["locutions"].as_array().unwrap().len(), 1);
    assert_eq!(map["locutions"][0]["personID"], person["participantID"]);
    assert_eq!(map["nodes"][0]["nodeID"], map["locutions"][0]["nodeID"]);
    assert_eq!(map["nodes"][0]["timestamp"], "2020-01-01 00:00:00");
}

#[test]
fn what_contradicts_does_so_both_ways_across_articles() {
    let (mut project, article) = project(&[]);
    let other = add_article(&mut project, "Other", "The toll is unfair");
    let annotations = vec![(AnnotationId(Uid::from_u64(90)), mark("claim", "The toll is unfair", &["unfair"]))];
    assert_eq!(project.load_layer(&other, &name("ana"), RawLayer { annotations, ..RawLayer::default() }).unwrap(), []);
    let member = |role: &str, article: &ArticleId, id: u64| Member {
        role: name(role),
        target: Target { article: article.clone(), item: AnnotationId(Uid::from_u64(id)).into() },
    };
    let link = Relation::new(name("contradicts"), vec![member("one", &article, 1), member("other", &other, 90)]);
    assert_eq!(project.load_links(&name("ana"), vec![(RelationId(Uid::from_u64(99)), link)]), []);
    let mut found = edges(&map(&project, "ana"));
    found.sort();
    let expected = [
        "CA Default Conflict > I The toll is fair",
        "CA Default Conflict > I unfair",
        "I The toll is fair > CA Default Conflict",
        "I unfair > CA Default Conflict",
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_is_no_part_of_an_argument_is_told() {
    let (project, article) = project(&[("attribution", &[("quote", 0), ("cue", 3)])]);
    let mut writer = format("aif").write.unwrap()(&ExportOptions::default());
    writer.begin(&project, &mut Pieces::default()).unwrap();
    let mut made = Pieces::default();
    writer.article(&ExportedArticle::of(&project, &article).unwrap(), &mut made);
    let told = made.take_told();
    assert_eq!(codes(&told), ["no-argument-mark", "no-argument-relation"]);
    let expected = format!("2 marks are no part of an argument, and are not written ({article} ana)");
    assert_eq!(told[0].to_string(), expected);
    let lost: Vec<Keeps> = losses(&project, format("aif")).iter().map(|(keeps, _)| keeps).collect();
    assert_eq!(lost, [Keeps::Text, Keeps::Fragments, Keeps::Attributes]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_map_is_whole_and_every_edge_leads_somewhere(articles in any_project::articles()) {
        let project = any_project::project(&articles);
        for (who, _) in project.annotators() {
            let map = map(&project, who.as_str());
            let rows = |list: &str| map[list].as_array().unwrap().clone();
            let ids: BTreeSet<String> = rows("nodes").iter().map(|node| node["nodeID"].to_string()).collect();
            prop_assert_eq!(ids.len(), rows("nodes").len());
            for edge in rows("edges") {
                prop_assert!(ids.contains(&edge["fromID"].to_string()) && ids.contains(&edge["toID"].to_string()));
            }
            let people: BTreeSet<String> =
                rows("participants").iter().map(|person| person["participantID"].to_string()).collect();
            prop_assert_eq!(people.len(), rows("participants").len());
            for locution in rows("locutions") {
                prop_assert!(people.contains(&locution["personID"].to_string()));
                prop_assert!(ids.contains(&locution["nodeID"].to_string()));
            }
            let marks = project.articles().filter_map(|(id, _)| project.layer(id, who)).flat_map(Layer::annotations);
            let statements = marks.filter(|(_, mark)| matches!(mark.label.as_str(), "claim" | "quote" | "stance"));
            let written = rows("nodes").iter().filter(|node| node["type"] == "I").count();
            prop_assert_eq!(written, statements.count());
        }
    }
}
