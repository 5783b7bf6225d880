//! REFI-QDA: round trips, projects as MAXQDA, NVivo and ATLAS.ti write them, codebooks, damaged files.

use pressmark::{
    format::{ExportOptions, Keeps, OffsetUnit},
    model::{AttributeKind, Layer, Project, Rgb},
};
use proptest::prelude::*;

use super::{
    any_project,
    support::{self, format, layer, losses, marks, name, piece, read, read_again, written},
};

/// Files that are read alone, and what was told of them: line and code.
fn alone(files: &[(&str, &str)]) -> (Project, Vec<String>) {
    let (project, told) = support::alone("refi-qda", files);
    (project, support::lines_and_codes(&told))
}

/// A project of this inside, with a text beside it.
fn qde(inside: &str) -> String {
    format!(
        "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"P\" origin=\"Other\">\n{inside}\n</Project>"
    )
}

/// A project without what is made of ids and times, with things counted by where they come first.
fn plain(qde: &str) -> String {
    let mut known: Vec<&str> = Vec::new();
    let mut plain = String::new();
    for part in qde.split_inclusive(['"', '/']) {
        let is_guid = |word: &str| word.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
        let is_time = part.starts_with("20") && part.as_bytes().get(10) == Some(&b'T');
        match part.get(..36).filter(|word| is_guid(word)) {
            Some(word) => {
                let at = known.iter().position(|own| *own == word).unwrap_or_else(|| {
                    known.push(word);
                    known.len() - 1
                });
                plain.push_str(&format!("{at}{}", &part[36..]));
            }
            None if is_time => plain.push_str("time\""),
            None => plain.push_str(part),
        }
    }
    plain
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_the_format_keeps_is_read_and_written_again_the_same(articles in any_project::articles(), points in any::<bool>()) {
        let project = any_project::project(&articles);
        let offsets = points.then_some(OffsetUnit::CodePoints);
        let options = ExportOptions { offsets, ..ExportOptions::default() };
        let pieces = written(&project, format("refi-qda"), &options);
        let (once, summary) = read_again(&pieces, format("refi-qda"));
        prop_assert_eq!(&summary.set_aside, &[]);
        prop_assert_eq!(&summary.told, &[]);
        let pieces = written(&once, format("refi-qda"), &options);
        let (twice, _) = read_again(&pieces, format("refi-qda"));
        let again = written(&twice, format("refi-qda"), &options);
        prop_assert_eq!(plain(&piece(&again, "project.qde")), plain(&piece(&pieces, "project.qde")));
        for (id, _) in project.articles() {
            let marks = |project: &Project, id| -> Vec<_> {
                let text = project.text(id).unwrap();
                let layers = ["ana", "ben"].map(|who| project.layer(id, &name(who)));
                let marks = layers.into_iter().flatten().flat_map(Layer::annotations);
                let mut marks: Vec<_> = marks.map(|(_, mark)| {
                    let words = mark.fragments.words(text).replace(['\u{85}', '\u{2028}'], "\n");
                    let note = mark.note.clone();
                    (mark.label.clone(), words, mark.attributes.clone(), note, mark.comments.clone())
                }).collect();
                marks.sort_by_key(|mark| format!("{mark:?}"));
                marks
            };
            let title = &project.article(id).unwrap().metadata.title;
            let (own, _) = once.articles().find(|(_, article)| article.metadata.title == *title).unwrap();
            prop_assert_eq!(marks(&once, own), marks(&project, id));
        }
        let lost = losses(&once, format("refi-qda"));
        prop_assert!(lost.iter().all(|(keeps, _)| matches!(keeps, Keeps::Origin | Keeps::Status)), "{:?}", lost);
    }
}

#[test]
fn what_nvivo_writes_counts_line_ends_twice_and_no_byte_order_mark() {
    let text = "\u{feff}One 😀 two\r\nthree";
    let start = |words: &str| text[3..3 + text[3..].find(words).unwrap()].encode_utf16().count();
    let selection = |n: usize, words: &str, code: &str| {
        let (start, end) = (start(words), start(words) + words.len());
        format!(
            "<PlainTextSelection guid=\"{{00000000-0000-0000-0000-00000000000{n}}}\" startPosition=\"{start}\" endPosition=\"{end}\" \
             creatingUser=\"00000000-0000-0000-0000-0000000000AA\"><Coding guid=\"10000000-0000-0000-0000-00000000000{n}\">\
             <CodeRef targetGUID=\"{code}\"/></Coding></PlainTextSelection>"
        )
    };
    let inside = format!(
        "<Users><User guid=\"00000000-0000-0000-0000-0000000000aa\" name=\"Cleo\"/></Users><CodeBook><Codes>\
         <Code guid=\"c1\" name=\"Mood\" isCodable=\"true\" color=\"#F0C\"><Description>How it feels</Description>\
         <Code guid=\"c2\" name=\"Good\" isCodable=\"true\"/></Code><Code guid=\"c3\" name=\"Bad\" isCodable=\"false\">\
         <Code guid=\"c4\" name=\"Good\" isCodable=\"true\"/></Code></Codes></CodeBook>\
         <Variables><Variable guid=\"v1\" name=\"outlet\" typeOfVariable=\"Text\"/></Variables>\
         <Cases><Case guid=\"k1\" name=\"Toll\"><VariableValue><VariableRef targetGUID=\"v1\"/><TextValue>The Post</TextValue>\
         </VariableValue><SourceRef targetGUID=\"s1\"/></Case></Cases>\
         <Sources><TextSource guid=\"s1\" name=\"Article\" plainTextPath=\"internal://s1.TXT\">{}{}{}</TextSource></Sources>\
         <Links><Link guid=\"l1\" name=\"goes with\" originGUID=\"00000000-0000-0000-0000-000000000001\" \
         targetGUID=\"{{00000000-0000-0000-0000-000000000002}}\"/><Link guid=\"l2\" originGUID=\"c1\" targetGUID=\"c2\"/></Links>",
        selection(1, "two", "c1"),
        selection(2, "three", "c2"),
        selection(3, "One", "c4")
    );
    let (project, told) = alone(&[("x/project.qde", &qde(&inside)), ("x/Sources/s1.txt", text)]);
    assert_eq!(told, ["0 links-passed"]);
    assert_eq!(marks(&project, "cleo"), ["mood two", "good three", "bad-good One"]);
    let labels = &project.codebook().labels;
    assert_eq!((labels[0].color.light, labels[0].description.as_str()), (Rgb([255, 0, 204]), "How it feels"));
    let (_, article) = project.articles().next().unwrap();
    assert_eq!((article.metadata.title.as_str(), article.metadata.outlet.as_str()), ("Article", "The Post"));
    assert_eq!(project.story(article.metadata.story.as_ref().unwrap()).unwrap().name, "Toll");
    assert_eq!(article.loaded.len(), 2, "what was done is said: {:?}", article.loaded);
    let (_, link) = layer(&project, "cleo").relations().iter().next().unwrap();
    assert_eq!((link.kind.as_str(), link.members.len()), ("goes-with", 2));
}

#[test]
fn texts_may_stand_in_the_project_or_be_those_of_a_pdf() {
    let inside = "<Users><User guid=\"u1\" name=\"Ana\"/><User guid=\"u2\" name=\"Ben\"/></Users>\
        <CodeBook><Codes><Code guid=\"c1\" name=\"Quote\" isCodable=\"true\"/></Codes></CodeBook><Sources>\
        <PDFSource guid=\"s1\" name=\"Paper\"><Representation guid=\"s2\" name=\"\"><PlainTextContent>Some &amp; more\nwords</PlainTextContent>\
        <PlainTextSelection guid=\"p1\" name=\"Some\" startPosition=\"0\" endPosition=\"4\" creatingUser=\"u1\"><Description>First</Description>\
        <Coding guid=\"q1\" creatingUser=\"u1\"><CodeRef targetGUID=\"c1\"/></Coding><Coding guid=\"q2\" creatingUser=\"u2\">\
        <CodeRef targetGUID=\"c1\"/></Coding><NoteRef targetGUID=\"n1\"/></PlainTextSelection>\
        <PlainTextSelection guid=\"p2\" startPosition=\"7\" endPosition=\"11\" creatingUser=\"u1\"/></Representation></PDFSource>\
        <AudioSource guid=\"s3\" name=\"Talk\"/></Sources><Notes><Note guid=\"n1\" name=\"Memo\"><PlainTextContent>Why?</PlainTextContent></Note></Notes>\
        <Graphs/>";
    let (project, told) = alone(&[("project.qde", &qde(inside))]);
    assert_eq!(told, ["4 no-text-source", "0 sets-and-graphs"]);
    assert_eq!(
        (marks(&project, "ana"), marks(&project, "ben")),
        (vec!["quote Some".to_owned(), "selection more".to_owned()], vec!["quote Some".to_owned()])
    );
    let (_, mark) = layer(&project, "ana").annotations().next().unwrap();
    assert_eq!(mark.note, "First\nMemo: Why?");
}

#[test]
fn a_codebook_is_read_and_written_alone() {
    let project = any_project::project(&[]);
    let pieces = written(&project, format("refi-qdc"), &ExportOptions::default());
    let (incoming, told, _) = read(format("refi-qdc"), pieces.iter());
    assert_eq!(told, []);
    assert_eq!(incoming.articles, []);
    let own = project.codebook();
    let names = |codebook: &pressmark::model::Codebook| -> Vec<_> {
        codebook
            .labels
            .iter()
            .map(|label| (label.name.clone(), label.color, label.description.trim().to_owned()))
            .collect()
    };
    assert_eq!(names(&incoming.codebook), names(own));
    let quote = incoming.codebook.label(&name("quote")).unwrap();
    let form = quote.attributes.iter().find(|asked| asked.name == "Form").unwrap();
    assert!(matches!(&form.kind, AttributeKind::Choices(choices) if choices.len() > 1));
}

#[test]
fn what_is_damaged_is_told_and_the_rest_is_read() {
    let inside = "<Sources><TextSource guid=\"s1\" name=\"Gone\" plainTextPath=\"internal://s1.txt\"/>\n\
        <TextSource guid=\"s2\" name=\"Word\" richTextPath=\"internal://s2.docx\"/>\n\
        <TextSource guid=\"s3\" name=\"Here\"><PlainTextContent>Some words</PlainTextContent>\n\
        <PlainTextSelection guid=\"p1\" startPosition=\"0\" endPosition=\"400\"/>\n\
        <PlainTextSelection guid=\"p2\" startPosition=\"x\" endPosition=\"4\"/>\n\
        <PlainTextSelection guid=\"p3\" name=\"words\" startPosition=\"4\" endPosition=\"9\"/>\n\
        <Coding guid=\"q1\"><CodeRef targetGUID=\"none\"/></Coding></TextSource></Sources>";
    let (project, told) = alone(&[("project.qde", &qde(inside)), ("other.qde", "<x/>"), ("third.qde", "<Project>")]);
    let expected = [
        "0 no-project",
        "3 no-text",
        "4 no-text",
        "7 no-range",
        "6 outside-text",
        "6 no-fragments",
        "8 re-anchored",
        "5 whole-text",
        "1 bad-xml",
    ];
    assert_eq!(
        (told, marks(&project, "ana")),
        (expected.map(str::to_owned).to_vec(), vec!["selection words".to_owned()])
    );
}
