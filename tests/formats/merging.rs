//! What an import makes of labels that the project has too, of articles that are there, and of who marked.

use pressmark::{
    command::import::{Clash, How, ImportOptions},
    model::{Codebook, Incoming, Project},
    store,
};

use super::support::{format, imported, imported_alone, read};

/// An article with one mark that has one answer.
fn incoming(label: &str, attribute: &str, value: &str) -> Incoming {
    let line = format!(
        r#"{{"pressmark":2,"id":"toll","title":"Toll","text":"Some words","layers":[{{"annotator":"","annotations":[
        {{"id":"0svkxb8000000","label":"{label}","fragments":[{{"start":0,"end":4,"text":"Some"}}],
        "attributes":[{{"attribute":"{attribute}","values":["{value}"]}}]}}]}}]}}"#
    )
    .replace('\n', "");
    read(format("jsonl"), [("in.jsonl", line.as_bytes())]).0
}

fn ana() -> ImportOptions {
    ImportOptions { annotator: Some("Ana".to_owned()), ..ImportOptions::default() }
}

fn news() -> Project {
    Project::new("News", store::codebook("news").unwrap())
}

/// What becomes of the label, and the answers of the mark.
fn became(incoming: Incoming, options: ImportOptions) -> (String, How, Vec<String>) {
    let (project, summary) = imported(&news(), incoming, options);
    let label = &summary.labels[0];
    let (article, _) = project.articles().next().unwrap();
    let layer = project.layer(article, &"ana".parse().unwrap()).unwrap();
    let (_, mark) = layer.annotations().next().unwrap();
    assert_eq!(mark.label.as_str(), label.to);
    assert_eq!(project.codebook().check(), []);
    (label.to.clone(), label.how, mark.attributes.iter().map(|(_, value)| value.plain()).collect())
}

#[test]
fn a_label_is_the_projects_own_where_all_answers_fit() {
    assert_eq!(
        became(incoming("quote", "form", "direct"), ana()),
        ("quote".to_owned(), How::Same, vec!["direct".to_owned()])
    );
    assert_eq!(became(incoming("Quote", "Form", "Direct"), ana()).1, How::Same, "names do as well as ids");
}

#[test]
fn else_it_is_kept_apart_or_the_projects_own_is_extended() {
    let (to, how, answers) = became(incoming("quote", "form", "shouted"), ana());
    assert_eq!((to.as_str(), how, answers), ("quote-jsonl", How::Apart, vec!["shouted".to_owned()]));
    let merge = ImportOptions { clash: Clash::Merge, ..ana() };
    let (to, how, answers) = became(incoming("quote", "form", "shouted"), merge.clone());
    assert_eq!((to.as_str(), how, answers), ("quote", How::Merged, vec!["shouted".to_owned()]));
    assert_eq!(became(incoming("quote", "speed", "slow"), merge).0, "quote");
    assert_eq!(became(incoming("Person", "kind", "named"), ana()).1, How::Added);
}

#[test]
fn a_label_becomes_the_one_that_is_asked_for() {
    let map = |to: &str| ImportOptions { labels: vec![("Person".to_owned(), to.to_owned())], ..ana() };
    let (to, how, _) = became(incoming("Person", "kind", "person"), map("Source"));
    assert_eq!((to.as_str(), how), ("source", How::Mapped));
    assert_eq!(became(incoming("Person", "kind", "person"), map("Speaker")).0, "speaker");
}

#[test]
fn the_same_twice_adds_nothing() {
    let (once, first) = imported(&news(), incoming("quote", "form", "direct"), ana());
    assert_eq!((first.added.len(), first.marks, first.known), (1, 1, 0));
    let (twice, second) = imported(&once, incoming("quote", "form", "direct"), ana());
    assert_eq!((second.added.len(), second.marks, second.known, second.repeated), (0, 0, 1, 1));
    assert_eq!(once, twice);
}

#[test]
fn whose_marks_they_are_has_to_be_known() {
    let import = pressmark::command::import::Import {
        incoming: std::sync::Arc::new(incoming("quote", "form", "direct")),
        options: ImportOptions::default(),
    };
    let mut mint = pressmark::model::id::CountingMint::default();
    assert_eq!(import.outcome(&news(), None, &mut mint).unwrap_err().code, "no-annotator");
    let (project, _) = imported_alone(incoming("quote", "form", "direct"));
    assert_eq!(project.annotators().map(|(_, who)| who.name.as_str()).collect::<Vec<_>>(), ["Ana"]);
}

#[test]
fn an_empty_codebook_takes_over_what_comes() {
    let (project, summary) = imported_alone(incoming("Person", "kind", "named"));
    assert_eq!(summary.labels[0].how, How::Added);
    let codebook: &Codebook = project.codebook();
    assert_eq!((codebook.labels[0].name.as_str(), codebook.version), ("Person", 2));
}

/// An article with a mark of somebody, on which somebody has remarked.
fn by(annotator: &str, commenter: &str) -> String {
    format!(
        r#"{{"pressmark":2,"id":"{annotator}-1","title":"Of {annotator}","text":"Some words of {annotator}","layers":[{{"annotator":"{annotator}","annotations":[{{"id":"0svkxb8000000","label":"quote","fragments":[{{"start":0,"end":4,"text":"Some"}}],"comments":[{{"by":"{commenter}","at":"2027-01-15T08:00:00Z","text":"Why?"}}]}}]}}]}}"#
    ) + "\n"
}

fn names(project: &Project) -> Vec<&str> {
    project.annotators().map(|(_, who)| who.name.as_str()).collect()
}

#[test]
fn who_is_named_in_the_files_and_asked_for_is_one_person() {
    for named in ["Ana", "ana", " ANA"] {
        let lines = by("", "ana") + &by(named, "ana");
        let (incoming, told, _) = read(format("jsonl"), [("in.jsonl", lines.as_bytes())]);
        assert_eq!(told, []);
        let (project, _) = imported(&news(), incoming, ana());
        assert_eq!(names(&project), ["Ana"], "{named}");
    }
}

#[test]
fn who_has_only_commented_is_an_annotator_too() {
    let lines = by("Ana", "ben");
    let (project, _) = imported(&news(), read(format("jsonl"), [("in.jsonl", lines.as_bytes())]).0, ana());
    assert_eq!(names(&project), ["Ana", "ben"]);
}
