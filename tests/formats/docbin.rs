//! DocBins: round trips, what spaCy itself has written, files that are nearly right.

use pressmark::{
    format::{ExportOptions, Keeps, Pieces},
    model::{AnnotationId, ArticleAnswers, Layer, Project, Status, Uid, Value, load::RawLayer},
    store,
};
use proptest::prelude::*;

use super::{
    any_project,
    support::{add_article, annotators, format, imported_alone, losses, mark, name, read, read_again, written},
};

/// Two groups of spans, entities and categories; a document whose blanks nobody knows; a plain one.
const OF_SPACY: &[u8] = include_bytes!("../data/formats/spacy-3.8.spacy");

/// Every mark as “label words”, in the order of the texts.
fn marks(project: &Project, annotator: &str) -> Vec<String> {
    let mut said = Vec::new();
    for (article, _) in project.articles() {
        let text = project.text(article).unwrap();
        let layer = project.layer(article, &name(annotator)).into_iter();
        let marks = layer.flat_map(Layer::annotations);
        said.extend(marks.map(|(_, mark)| format!("{} {}", mark.label, mark.fragments.words(text))));
    }
    said
}

fn files(pieces: &Pieces) -> Vec<(String, Vec<u8>)> {
    pieces.iter().map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_the_format_keeps_is_read_and_written_again_the_same(articles in any_project::articles()) {
        let project = any_project::project(&articles);
        let pieces = written(&project, format("docbin"), &ExportOptions::default());
        let (again, summary) = read_again(&pieces, format("docbin"));
        prop_assert_eq!(&summary.set_aside, &[]);
        prop_assert_eq!(&summary.told, &[]);
        prop_assert_eq!(files(&written(&again, format("docbin"), &ExportOptions::default())), files(&pieces));
        let lost = losses(&again, format("docbin"));
        prop_assert!(lost.iter().all(|(keeps, _)| matches!(keeps, Keeps::Origin | Keeps::Fragments)), "{:?}", lost);
    }

    #[test]
    fn whatever_is_in_a_file_is_told(edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        // Inside the compression: outside it hardly anything gets past the checksum.
        let mut packed = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::ZlibDecoder::new(OF_SPACY), &mut packed).unwrap();
        for (at, byte) in edits {
            let at = at.index(packed.len());
            packed[at] = byte;
        }
        let mut file = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut file, &packed).unwrap();
        let (incoming, _, _) = read(format("docbin"), [("a.spacy", file.finish().unwrap().as_slice())]);
        imported_alone(incoming);
    }
}

#[test]
fn what_spacy_writes_is_read() {
    let (incoming, told, _) = read(format("docbin"), [("train.spacy", OF_SPACY)]);
    assert_eq!(told.iter().map(|told| told.code.as_ref()).collect::<Vec<_>>(), ["several-groups"]);
    let texts: Vec<&str> = incoming.articles.iter().map(|article| article.text.as_str()).collect();
    assert_eq!(texts, ["🌉 Ann Bee met the PERSON mark,\n\nin  Oslo", "No spaces known ", "Plain"]);
    let (project, summary) = imported_alone(incoming);
    assert_eq!((summary.marks, summary.answers), (5, 1));
    let mut marks = marks(&project, "ana");
    marks.sort();
    let expected = ["event met the PERSON mark", "first Ann", "gpe Oslo", "person Ann Bee", "who Ann"];
    assert_eq!(marks, expected, "an entity that is a span too is one mark");
    let asked = &project.codebook().questions[0].attribute;
    let choices: Vec<&str> = asked.choices().iter().map(|choice| choice.name.as_str()).collect();
    assert_eq!((asked.name.as_str(), choices), ("Category", vec!["news", "sports"]));
}

#[test]
fn answers_status_and_fragments_come_back_without_the_codebook() {
    let text = "“Late,” she said: it ends.";
    let mut codebook = store::codebook("news").unwrap();
    codebook.targets = vec!["the toll".to_owned()];
    let mut project = Project::load("Test".to_owned(), codebook, annotators(), []).unwrap();
    let id = add_article(&mut project, "Toll", text);
    let marks = [mark("quote", text, &["Late,", "it ends"]), mark("source", text, &["she"])];
    let annotations = (1..).map(|n| AnnotationId(Uid::from_u64(n))).zip(marks).collect();
    let mut article_answers = ArticleAnswers { status: Status::Done, ..ArticleAnswers::default() };
    article_answers.set_answer(name("stance"), Some("the toll".to_owned()), Some(Value::Choice(name("against"))));
    let raw = RawLayer { annotations, article_answers, ..RawLayer::default() };
    assert_eq!(project.load_layer(&id, &name("ana"), raw).unwrap(), []);
    let pieces = written(&project, format("docbin"), &ExportOptions::default());
    let (incoming, told, _) = read(format("docbin"), pieces.iter());
    assert_eq!(told, []);
    let (again, _) = imported_alone(incoming);
    assert_eq!(self::marks(&again, "ana"), ["quote Late, … it ends", "source she"]);
    let layer = again.layer(&id, &name("ana")).unwrap();
    assert_eq!((layer.status(), layer.annotation_count()), (Status::Done, 2));
    let answer = &layer.article_answers().answers[0];
    assert_eq!((answer.target.as_deref(), &answer.value), (Some("the toll"), &Value::Choice(name("against"))));
}

#[test]
fn what_is_no_docbin_is_told() {
    let told = |bytes: &[u8]| {
        let (incoming, told, _) = read(format("docbin"), [("a.spacy", bytes)]);
        assert!(incoming.articles.is_empty());
        told.iter().map(|told| told.code.to_string()).collect::<Vec<_>>()
    };
    let packed = |bytes: &[u8]| {
        let mut file = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut file, bytes).unwrap();
        file.finish().unwrap()
    };
    assert_eq!(told(b"nothing"), ["bad-docbin"]);
    assert_eq!(told(&OF_SPACY[..OF_SPACY.len() / 2]), ["bad-docbin"]);
    assert_eq!(told(&packed(b"\xc1")), ["bad-docbin"]);
    assert_eq!(told(&packed(b"\x80")), ["bad-docbin"]);
    // A list that says to be as long as can be, and is not.
    assert_eq!(told(&packed(b"\xdd\xff\xff\xff\xff")), ["bad-docbin"]);
    let deep: Vec<u8> = std::iter::repeat_n(0x91, 100_000).collect();
    assert_eq!(told(&packed(&deep)), ["bad-docbin"]);
}
