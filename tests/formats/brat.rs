//! brat standoff: round trips, events with roles and back, annotators, damaged lines, offsets of other units.

use pressmark::{
    format::{ExportOptions, Keeps, OffsetUnit},
    model::{Item, Layer, Project, Relation, Value},
};
use proptest::prelude::*;

use super::{
    any_project,
    support::{format, imported_alone, losses, name, read, read_again, written},
};

/// Files that are read alone: whose marks they are is asked for.
fn alone<'f>(files: &[(&'f str, &'f str)]) -> (Project, Vec<String>) {
    let (incoming, told, _) = read(format("brat"), files.iter().map(|(name, text)| (*name, text.as_bytes())));
    let (project, summary) = imported_alone(incoming);
    assert_eq!(summary.set_aside, []);
    (
        project,
        told.into_iter()
            .map(|told| format!("{} {}", told.location.line_column.map_or(0, |at| at.0), told.code))
            .collect(),
    )
}

fn layer<'p>(project: &'p Project, annotator: &str) -> &'p Layer {
    let (article, _) = project.articles().next().unwrap();
    project.layer(article, &name(annotator)).unwrap()
}

/// The members of a relation: role and words.
fn members(project: &Project, relation: &Relation) -> Vec<String> {
    let member = |member: &pressmark::model::Member| {
        let words = match member.target.item {
            Item::Annotation(id) => {
                let mark = layer(project, "ana").annotation(id).unwrap();
                mark.fragments.words(project.text(&member.target.article).unwrap())
            }
            Item::Relation(id) => layer(project, "ana").relations().get(id).unwrap().kind.to_string(),
        };
        format!("{} {words}", member.role)
    };
    relation.members.iter().map(member).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_the_format_keeps_is_read_and_written_again_the_same(articles in any_project::articles()) {
        let project = any_project::project(&articles);
        let pieces = written(&project, format("brat"), &ExportOptions::default());
        let (again, summary) = read_again(&pieces, format("brat"));
        prop_assert_eq!(&summary.set_aside, &[]);
        prop_assert_eq!(&summary.told, &[]);
        let pieces_again = written(&again, format("brat"), &ExportOptions::default());
        let files = |pieces: &pressmark::format::Pieces| -> Vec<(String, String)> {
            let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
            let files = pieces.iter().filter(|(name, _)| name.ends_with(".ann"));
            files.map(|(name, bytes)| (name.to_owned(), text(bytes))).collect()
        };
        prop_assert_eq!(files(&pieces_again), files(&pieces));
        // Exactly what is told to be lost is missing: losing it again loses nothing but where the marks come from.
        let lost = losses(&again, format("brat"));
        prop_assert!(lost.iter().all(|(keeps, _)| matches!(keeps, Keeps::Origin | Keeps::Status)), "{:?}", lost);
    }
}

#[test]
fn events_become_relations_with_their_roles() {
    let text = "Late, she said. Ferry and toll rise.\n";
    let ann = "T1\tSource 6 9\tshe\nT2\tCue 10 14\tsaid\nT3\tContent 0 4\tLate\nT4\tAttribution 10 14\tsaid\n\
        E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\nT5\tThing 16 21\tFerry\nT6\tThing 26 30\ttoll\nT7\tRise 31 35\trise\n\
        E2\tRise:T7 What:T5 What2:T6\nE3\tReport:T2 Event:E2\n*\tAlike T5 T6\nA1\tNegated E2\nA2\tSure E2 very\n\
        #1\tAnnotatorNotes E2\tWhy\\nso\nN1\tReference T1 Wiki:12\tShe\nR1\tNear Arg1:T5 Arg2:T6\t\n";
    let (project, told) = alone(&[("a.txt", text), ("a.ann", ann)]);
    assert_eq!(told, Vec::<String>::new());
    let layer = layer(&project, "ana");
    let labels: Vec<&str> = layer.annotations().map(|(_, mark)| mark.label.as_str()).collect();
    assert_eq!(labels, ["source", "cue", "content", "thing", "thing", "rise"], "a place of an event is no mark");
    let relations: Vec<Vec<String>> = layer.relations().iter().map(|(_, row)| members(&project, row)).collect();
    let expected: [&[&str]; 5] = [
        &["content Late", "cue said", "source she"],
        &["trigger rise", "what Ferry", "what toll"],
        &["trigger said", "event rise"],
        &["member Ferry", "member toll"],
        &["arg1 Ferry", "arg2 toll"],
    ];
    assert_eq!(relations, expected);
    let (_, rise) = layer.relations().iter().nth(1).unwrap();
    let answers: Vec<String> = rise.attributes.iter().map(|(id, value)| format!("{id} {}", value.plain())).collect();
    assert_eq!((answers, rise.note.as_str()), (vec!["negated yes".to_owned(), "sure very".to_owned()], "Why\nso"));
    let (_, she) = layer.annotations().next().unwrap();
    assert_eq!(she.attributes.get(&name("reference")).map(Value::plain).as_deref(), Some("wiki-12-she"));
    let ann = written(&project, format("brat"), &ExportOptions::default());
    let ann = super::support::piece(&ann, "ana/a.ann");
    for line in ["E1\tAttribution:T7 Content:T3 Cue:T2 Source:T1", "*\tAlike T4 T5", "R1\tNear Arg1:T4 Arg2:T5"] {
        assert!(ann.lines().any(|own| own == line), "{line} is not in\n{ann}");
    }
}

#[test]
fn an_annotator_is_a_folder_or_a_suffix() {
    let (text, mark) = ("Some words\n", "T1\tThing 0 4\tSome\n");
    let who = |files: &[(&str, &str)]| {
        let (project, told) = alone(files);
        assert_eq!((told, project.articles().len()), (vec![], 1));
        project.annotators().map(|(id, _)| id.to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        who(&[("ben/a.txt", text), ("ben/a.ann", mark), ("cleo/a.txt", text), ("cleo/a.ann", mark)]),
        "ben cleo"
    );
    assert_eq!(who(&[("annotation.conf", ""), ("ben/a.txt", text), ("ben/a.ann", mark)]), "ben");
    assert_eq!(who(&[("a.txt", text), ("a.ben.ann", mark), ("a.cleo.ann", mark)]), "ben cleo");
    assert_eq!(who(&[("news/a.txt", text), ("news/a.ann", mark)]), "ana", "a folder alone is nobody");
}

#[test]
fn the_configuration_is_the_codebook() {
    let conf = "# All\n[entities]\n<POG>=Person|Group\n!Actor\n\tPerson\n\tGroup\n[relations]\nNear Arg1:<POG>, Arg2:<POG>\n\
        [events]\nMeet Who+:<POG>, Where?:Person\n[attributes]\nNegated Arg:<EVENT>\nForm\tArg:Person, Value:Name|Other\n";
    let text = "Ann met Ben\n";
    let ann =
        "T1\tPerson 0 3\tAnn\nT2\tPerson 8 11\tBen\nT3\tMeet 4 7\tmet\nE1\tMeet:T3 Who:T1 Who2:T2\nA1\tForm T1 Name\n";
    let (project, told) = alone(&[("annotation.conf", conf), ("a.txt", text), ("a.ann", ann)]);
    assert_eq!(told, Vec::<String>::new());
    let codebook = project.codebook();
    let labels: Vec<&str> = codebook.labels.iter().map(|label| label.name.as_str()).collect();
    assert_eq!(labels, ["Person", "Group", "Meet"]);
    assert_eq!(codebook.labels[0].attributes[0].choices().len(), 2);
    let meet = codebook.relation(&name("meet")).unwrap();
    let roles: Vec<&str> = meet.roles.iter().map(|role| role.name.as_str()).collect();
    assert_eq!((roles, meet.attributes[0].name.as_str()), (vec!["Who", "Where", "Trigger"], "Negated"));
}

#[test]
fn damaged_lines_are_told_and_the_rest_is_read() {
    let text = "Some words, and more words\n";
    let ann = "T1\tThing 0 4\tSome\nand a line that a line break made\nT2\tThing 90 99\tnowhere\nT3\tThing 6 11\twords\n\
        R1\tNear Arg1:T1 Arg2:T9\nT4\tThing x y\tmore\n";
    let (project, told) = alone(&[("a.txt", text), ("a.ann", ann), ("b.ann", "T1\tThing 0 1\tS\n")]);
    assert_eq!(
        told,
        [
            "2 bad-line",
            "6 bad-line",
            "3 words-lost",
            "3 no-fragments",
            "4 re-anchored",
            "5 no-such-member",
            "0 no-text"
        ]
    );
    let marks: Vec<String> = layer(&project, "ana").annotations().map(|(_, mark)| mark.fragments.words(text)).collect();
    assert_eq!(marks, ["Some", "words"]);
}

#[test]
fn offsets_of_browsers_and_line_ends_of_other_systems_are_found_out() {
    let text = "One 😀 two\r\nthree 😀 four\r\n";
    let utf16 = |words: &str| {
        let start = text[..text.find(words).unwrap()].encode_utf16().count();
        format!("Thing {} {}\t{words}\n", start, start + words.encode_utf16().count())
    };
    let ann = format!("T1\t{}T2\t{}T3\t{}", utf16("One"), utf16("two"), utf16("four"));
    let (incoming, told, evidence) = read(format("brat"), [("a.txt", text.as_bytes()), ("a.ann", ann.as_bytes())]);
    assert_eq!(told, []);
    assert_eq!(evidence.told(OffsetUnit::CodePoints), "3 of 3 fit as UTF-16, 1 as code points, 1 as UTF-8 bytes");
    let article = &incoming.articles[0];
    assert_eq!((article.text.as_str(), article.loaded.len()), ("One 😀 two\nthree 😀 four\n", 1));
    let words: Vec<String> =
        article.layers[0].annotations.iter().map(|(_, mark)| mark.fragments.words(&article.text)).collect();
    assert_eq!(words, ["One", "two", "four"]);
}
