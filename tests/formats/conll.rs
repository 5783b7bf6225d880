//! CoNLL: round trips, every way of tagging, nested marks in further columns, texts that come back, damaged lines.

use std::collections::BTreeSet;

use pressmark::{
    format::{ExportOptions, Keeps, Pieces},
    model::{AnnotationId, Layer, Project, Uid, load::RawLayer},
};
use proptest::prelude::*;

use super::{
    any_project,
    support::{self, all_marks, format, imported_alone, losses, mark, name, piece, project, read, read_again, written},
};

/// Files that are read alone, and what was told of them: line and code.
fn alone(files: &[(&str, &str)]) -> (Project, Vec<String>) {
    let (project, told) = support::alone("conll", files);
    (project, support::lines_and_codes(&told))
}

fn texts(project: &Project) -> Vec<&str> {
    project.articles().map(|(id, _)| project.text(id).unwrap().as_str()).collect()
}

/// Every fragment as “article, who, label: from, to”, without white space at its edges. The same one twice is one: an
/// import takes it once.
fn fragments(project: &Project) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (article, row) in project.articles() {
        let text = project.text(article).unwrap().as_str();
        for (who, _) in project.annotators() {
            let marks = project.layer(article, who).into_iter().flat_map(Layer::annotations);
            for (label, range) in marks.flat_map(|(_, mark)| mark.fragments.iter().map(|range| (&mark.label, range))) {
                let words = range.slice(text).unwrap();
                let start = range.start() + (words.len() - words.trim_start().len());
                let end = start + words.trim().len();
                let shown = format!("{} {who} {label}: {start}, {end}", row.metadata.title);
                found.extend((start < end).then_some(shown));
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_the_format_keeps_is_read_and_written_again_the_same(articles in any_project::articles()) {
        let project = any_project::project(&articles);
        let pieces = written(&project, format("conll"), &ExportOptions::default());
        let (again, summary) = read_again(&pieces, format("conll"));
        prop_assert_eq!(&summary.set_aside, &[]);
        prop_assert_eq!(&summary.told, &[]);
        prop_assert_eq!(texts(&again), texts(&project));
        prop_assert_eq!(fragments(&again), fragments(&project));
        let lost = losses(&again, format("conll"));
        prop_assert!(lost.iter().all(|(keeps, _)| matches!(keeps, Keeps::Origin | Keeps::Status)), "{:?}", lost);
    }

    #[test]
    fn every_line_has_four_columns_for_every_reader(articles in any_project::articles()) {
        let pieces = written(&any_project::project(&articles), format("conll"), &ExportOptions::default());
        for (name, _) in pieces.iter().filter(|(name, _)| name.ends_with(".conll")) {
            let text = piece(&pieces, name);
            prop_assert!(text.split('\n').all(|line| line.is_empty() || line.split_whitespace().count() == 4));
        }
    }
}

const NESTED: &str = "One two three four five six.  Seven\n\neight";

#[test]
fn nested_marks_are_in_further_columns_and_files() {
    let (mut project, id) = project("Nested", NESTED, &["A", "B b", "C"]);
    let words = ["One two three four five", "two three four", "three four", "three", "hre", "six.  Seven\n\neight"];
    let labels = ["a", "b-b", "c", "a", "c", "a"];
    let marks = (1..).map(|n| AnnotationId(Uid::from_u64(n)));
    let marks = marks.zip(labels.into_iter().zip(words).map(|(label, words)| mark(label, NESTED, &[words]))).collect();
    project.load_layer(&id, &name("ana"), RawLayer { annotations: marks, ..RawLayer::default() }).unwrap();
    let pieces = written(&project, format("conll"), &ExportOptions::default());
    let expected = "-DOCSTART- -X- O O\n\nOne O O B-A\ntwo O B-b-b I-A\nt B-C I-b-b I-A\nhre I-C I-b-b I-A\n\
        e I-C I-b-b I-A\nfour I-C I-b-b I-A\nfive O O I-A\nsix O O B-A\n. O O I-A\nSeven O O I-A\neight O O I-A\n\n";
    assert_eq!(piece(&pieces, "ana.conll"), expected);
    let further = piece(&pieces, "ana.2.conll");
    assert!(further.contains("\nt O O B-A\nhre O B-C I-A\ne O O I-A\nfour O O O\n"), "{further}");
    let (again, summary) = read_again(&pieces, format("conll"));
    assert_eq!((summary.marks, texts(&again)), (6, vec![NESTED]));
    let read: Vec<String> = marks_of(&again);
    let mut expected: Vec<String> = words.into_iter().map(str::to_owned).collect();
    expected.sort();
    assert_eq!(read, expected);
}

fn marks_of(project: &Project) -> Vec<String> {
    let (article, _) = project.articles().next().unwrap();
    let text = project.text(article).unwrap();
    let layer = project.layer(article, &name("ana")).unwrap();
    let mut words: Vec<String> = layer.annotations().map(|(_, mark)| mark.fragments.words(text)).collect();
    words.sort();
    words
}

#[test]
fn every_way_of_tagging_is_found_out() {
    let tags = |tags: [&str; 6]| {
        let words = ["Ann", "Bee", "met", "Cid", "Dee", "Eve"];
        words.iter().zip(tags).map(|(word, tag)| format!("{word} {tag}\n")).collect::<String>()
    };
    for (scheme, tagged) in [
        ("IOB2", tags(["B-P", "I-P", "O", "B-P", "B-P", "B-Q"])),
        ("IOB1", tags(["I-P", "I-P", "O", "I-P", "B-P", "I-Q"])),
        ("BILOU", tags(["B-P", "L-P", "O", "U-P", "U-P", "U-Q"])),
        ("IOBES", tags(["B-P", "E-P", "O", "S-P", "S-P", "S-Q"])),
    ] {
        let (incoming, told, _) = read(format("conll"), [("a.conll", tagged.as_bytes())]);
        assert_eq!(told.iter().map(|told| told.code.as_ref()).collect::<Vec<_>>(), ["tags-found"], "{scheme}");
        assert!(told[0].message.to_string().contains(&format!("Column 2 is read as {scheme}: 4 marks")));
        let (project, _) = imported_alone(incoming);
        assert_eq!(all_marks(&project), ["ana: p Ann Bee", "ana: p Cid", "ana: p Dee", "ana: q Eve"], "{scheme}");
    }
    let (project, told) = alone(&[("a.bio", &tags(["B-P", "I-Q", "O", "B-P", "I-P", "I-P"]))]);
    assert_eq!((told, all_marks(&project).len()), (vec!["0 tags-found".to_owned(), "2 not-begun".to_owned()], 3));
}

#[test]
fn articles_sentences_and_other_columns_of_the_task_of_2003_are_read() {
    let text = "-DOCSTART- -X- -X- O\n\nEU NNP B-NP B-ORG\nrejects VBZ B-VP O\n. . O O\n\nPeter NNP B-NP B-PER\n\n\
        -DOCSTART- -X- -X- O\n\nBRUSSELS NNP B-NP B-LOC\n";
    let (project, told) = alone(&[("eng.train", text)]);
    assert_eq!(told, ["0 tags-found", "0 column-left-out"]);
    assert_eq!(texts(&project), ["EU rejects .\nPeter", "BRUSSELS"]);
    assert_eq!(all_marks(&project), ["ana: org EU", "ana: per Peter", "ana: loc BRUSSELS"]);
    let (_, article) = project.articles().next().unwrap();
    assert_eq!((article.metadata.title.as_str(), article.loaded.len()), ("eng 1", 1));
}

#[test]
fn columns_are_levels_or_annotators() {
    let levels = "# source: x\n1\tNew\tB-ORG\tB-LOC\n2\tYork\tI-ORG\tI-LOC\n3\tTimes\tI-ORG\tO\n4\tman\tO\tO\n5\tNYC\tB-LOC\tO\n";
    let (project, told) = alone(&[("nested.tsv", levels)]);
    assert_eq!(told, ["0 left-out", "0 tags-found", "0 tags-found"]);
    assert_eq!(all_marks(&project), ["ana: loc New York", "ana: org New York Times", "ana: loc NYC"]);
    let both = "Ann B-P B-P\nmet O O\nBee B-P B-P\nCid B-P O\n";
    let (project, told) = alone(&[("both.txt", both)]);
    assert_eq!(told.len(), 2);
    let expected = ["p Ann", "p Bee", "p Cid"].map(|said| format!("column-2: {said}"));
    assert_eq!(all_marks(&project)[..3], expected);
    assert_eq!(all_marks(&project)[3..], ["column-3: p Ann", "column-3: p Bee"]);
}

#[test]
fn what_is_damaged_is_told_and_the_rest_is_read() {
    let text =
        "SOCCERO SOCCERO SOCCERO\n-\tO\nJAPAN\tB-LOC\n\tO\nGET\tWHAT\nLUCKY\n".to_owned() + &"WIN\tO\n".repeat(100);
    let (project, told) = alone(&[("a.conll", &text), ("notes.md", "Some words\n")]);
    assert_eq!(told, ["1 bad-line", "5 bad-tag", "6 bad-line", "0 tags-found", "0 no-tags"]);
    assert!(texts(&project)[0].starts_with("SOCCERO SOCCERO SOCCERO - JAPAN GET LUCKY WIN"));
    assert_eq!(all_marks(&project), ["ana: loc JAPAN"]);
}

#[test]
fn where_the_tokens_have_changed_the_text_is_put_together() {
    let (mut project, id) = project("Nested", NESTED, &["A"]);
    let marks = vec![(AnnotationId(Uid::from_u64(1)), mark("a", NESTED, &["two three"]))];
    project.load_layer(&id, &name("ana"), RawLayer { annotations: marks, ..RawLayer::default() }).unwrap();
    let pieces = written(&project, format("conll"), &ExportOptions::default());
    let changed = piece(&pieces, "ana.conll").replace("\nfive O O O", "");
    let beside = piece(&pieces, "ana.articles.jsonl");
    let files = [("ana.conll", changed.as_bytes()), ("ana.articles.jsonl", beside.as_bytes())];
    let (incoming, told, _) = read(format("conll"), files);
    assert_eq!(told.iter().map(|told| told.code.as_ref()).collect::<Vec<_>>(), ["no-layout"]);
    assert!(incoming.articles[0].text.starts_with("One two three four six ."), "{}", incoming.articles[0].text);
    assert_eq!(marks_of(&imported_alone(incoming).0), ["two three"]);
}

#[test]
fn white_space_at_the_edges_of_a_mark_is_told() {
    let text = "One two three";
    let (mut project, id) = project("Blank", text, &["A"]);
    let marks = [(1, mark("a", text, &["two "])), (2, mark("a", text, &[" "]))];
    let marks = marks.map(|(n, mark)| (AnnotationId(Uid::from_u64(n)), mark)).to_vec();
    project.load_layer(&id, &name("ana"), RawLayer { annotations: marks, ..RawLayer::default() }).unwrap();
    let mut pieces = Pieces::default();
    let writer = format("conll").write.unwrap()(&ExportOptions::default());
    writer.article(&pressmark::format::ExportedArticle::of(&project, &id).unwrap(), &mut pieces);
    let told: Vec<String> = pieces.take_told().iter().map(|told| told.code.to_string()).collect();
    assert_eq!(told, ["blank-edges", "blank-mark"]);
    assert!(piece(&pieces, "ana.conll").contains("\ntwo O O B-A\nthree O O O\n"));
}
