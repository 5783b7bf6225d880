//! TEI documents: the text as it was, anchors where marks begin and end, pointers that lead somewhere, what is said.

use std::collections::{BTreeMap, BTreeSet};

use pressmark::{
    format::{ExportOptions, ExportedArticle, Keeps, Pieces},
    model::{load::RawLayer, *},
};
use proptest::prelude::*;
use quick_xml::{
    Reader,
    escape::{resolve_predefined_entity, unescape},
    events::{BytesStart, Event},
};

use super::{
    any_project,
    support::{Faulty, format, losses, mark, name, piece, project, written},
};

/// A document as it was read.
#[derive(Default)]
struct Document {
    /// The words of the body, taken together.
    text: String,
    /// Where each anchor stands in the text, in bytes.
    anchors: BTreeMap<String, usize>,
    /// Every element with its attributes, in order.
    elements: Vec<(String, BTreeMap<String, String>)>,
}

impl Document {
    fn read(xml: &str) -> Self {
        let (mut reader, mut document, mut open) = (Reader::from_str(xml), Self::default(), Vec::new());
        loop {
            let is_in_body = open.iter().any(|name| name == "body");
            let mut add = |words: &str| document.text.push_str(if is_in_body { words } else { "" });
            match reader.read_event().unwrap() {
                Event::Eof => break,
                Event::Start(tag) => open.push(document.element(&tag)),
                Event::Empty(tag) => _ = document.element(&tag),
                Event::End(_) => _ = open.pop(),
                Event::Text(text) => add(&text.xml10_content().unwrap()),
                Event::GeneralRef(of) => match of.resolve_char_ref().unwrap() {
                    Some(c) => add(&c.to_string()),
                    None => add(resolve_predefined_entity(&of.decode().unwrap()).unwrap()),
                },
                _ => {}
            }
        }
        assert_eq!(open, Vec::<String>::new());
        document
    }

    fn element(&mut self, tag: &BytesStart<'_>) -> String {
        let text = |bytes: &[u8]| std::str::from_utf8(bytes).unwrap().to_owned();
        let attributes = tag.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            (text(attribute.key.as_ref()), unescape(&text(&attribute.value)).unwrap().into_owned())
        });
        let (of, attributes): (_, BTreeMap<_, _>) = (text(tag.name().as_ref()), attributes.collect());
        if of == "anchor" {
            self.anchors.insert(attributes["xml:id"].clone(), self.text.len());
        }
        self.elements.push((of.clone(), attributes));
        of
    }

    fn all(&self, of: &'static str) -> impl Iterator<Item = &BTreeMap<String, String>> {
        self.elements.iter().filter(move |(own, _)| own == of).map(|(_, attributes)| attributes)
    }

    /// The words of each span, with the mark that it is of.
    fn spans(&self) -> Vec<(&str, &str)> {
        let of = |id: &str| self.all("annotation").find(|own| own["target"].split(' ').any(|to| to[1..] == *id));
        let at = |pointer: &String| self.anchors[&pointer[1..]];
        let span = |own: &BTreeMap<String, String>| (at(&own["from"]), at(&own["to"]));
        let spans = self.all("span").map(|own| (span(own), of(&own["xml:id"]).unwrap()["xml:id"].as_str()));
        spans.map(|((from, to), mark)| (mark, &self.text[from..to])).collect()
    }
}

/// The document of the only article, in which Ana has marked these.
fn document(text: &str, marks: Vec<Annotation>) -> String {
    let (mut project, article) = project("Toll <b>", text, &["Claim", "Quote"]);
    let annotations = (1..).zip(marks).map(|(n, mark)| (AnnotationId(Uid::from_u64(n)), mark)).collect();
    let raw = RawLayer { annotations, ..RawLayer::default() };
    assert_eq!(project.load_layer(&article, &name("ana"), raw).unwrap(), []);
    piece(&written(&project, format("tei"), &ExportOptions::default()), &format!("{article}.xml"))
}

/// The body without what tells its anchors apart but the number of the mark.
fn body(xml: &str) -> String {
    let body = xml.split_once("preserve\">").unwrap().1.split_once("</body>").unwrap().0;
    let mut plain = body.replace("<anchor xml:id=\"from.ana.000000000000", "[").replace("\"/>", "");
    plain = plain.replace("<anchor xml:id=\"to.ana.000000000000", "]");
    plain
}

#[test]
fn anchors_stand_where_marks_begin_and_end() {
    let cases: [(&str, &[&[&str]], &str); 6] = [
        ("One two", &[&["two"]], "<p>One [1.1two]1.1</p>"),
        ("One two", &[&["One two"], &["two"]], "<p>[1.1One [2.1two]1.1]2.1</p>"),
        ("a b c", &[&["a", "c"]], "<p>[1.1a]1.1 b [1.2c]1.2</p>"),
        ("One\n\ntwo\n", &[&["One\n\ntwo"]], "<p>[1.1One</p>\n\n<p>two]1.1</p>\n"),
        ("One\n\ntwo", &[&["\n"]], "<p>One[1.1</p>\n]1.1\n<p>two</p>"),
        ("", &[], "<p/>"),
    ];
    for (text, marks, expected) in cases {
        let marks = marks.iter().map(|words| mark("claim", text, words)).collect();
        assert_eq!(body(&document(text, marks)), expected, "{text:?}");
    }
}

#[test]
fn what_is_said_of_a_mark_stands_with_it() {
    let text = "One two three";
    let mut claim = mark("claim", text, &["two"]);
    claim.note = "Is it <so>?".to_owned();
    claim.flag = Some(Flag::Question);
    claim.confidence = Some(70);
    claim.origin = Origin::Accepted("a cue".to_owned());
    claim.comments = vec![Comment { by: name("cleo"), at_unix_ms: 1_800_000_000_000, text: "Yes".to_owned() }];
    let xml = document(text, vec![claim]);
    for part in [
        "<title>Toll &lt;b&gt;</title>",
        "<respStmt xml:id=\"annotator.ana\"><resp>annotator</resp><name>ANA</name></respStmt>",
        "<respStmt xml:id=\"annotator.cleo\"><resp>commentator</resp><name>cleo</name></respStmt>",
        "<category xml:id=\"label.claim\"><gloss>Claim</gloss></category>",
        "ana=\"#label.claim\">Claim</span>",
        "motivation=\"tagging questioning\" target=\"#span.ana.0000000000001.1\" ana=\"#label.claim\" \
         resp=\"#annotator.ana\" cert=\"0.7\">",
        "<change status=\"created\" when=\"2020-01-01T00:00:00Z\" who=\"#annotator.ana\"/>",
        "<note type=\"note\">Is it &lt;so&gt;?</note>",
        "<note type=\"comment\" resp=\"#annotator.cleo\"><date when=\"2027-01-15T08:00:00Z\"/>Yes</note>",
        "<note type=\"origin\" subtype=\"accepted\">a cue</note>",
    ] {
        assert!(xml.contains(part), "{part} is not in\n{xml}");
    }
}

#[test]
fn what_xml_cannot_hold_is_told() {
    let (project, article) = project("Title", "One\u{1}two\u{ffff} \u{fffd}", &[]);
    let mut made = Pieces::default();
    let writer = format("tei").write.unwrap()(&ExportOptions::default());
    writer.article(&ExportedArticle::of(&project, &article).unwrap(), &mut made);
    let told: Vec<String> = made.take_told().iter().map(ToString::to_string).collect();
    assert_eq!(told, ["2 characters that XML can’t hold become � (Title)"]);
    assert!(piece(&made, &format!("{article}.xml")).contains("<p>One\u{fffd}two\u{fffd} \u{fffd}</p>"));
}

#[test]
fn a_sink_that_fails_stops_the_writer() {
    let (project, _) = project("Title", "One two", &["Claim"]);
    for format in ["tei", "aif"].map(format) {
        let count = Faulty::write(&project, format, usize::MAX).unwrap();
        assert!(count > 0);
        for good in 0..count {
            assert_eq!(Faulty::write(&project, format, good).unwrap_err().kind(), std::io::ErrorKind::StorageFull);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn text_and_words_are_those_of_the_article_and_pointers_lead_somewhere(articles in any_project::articles()) {
        let project = any_project::project(&articles);
        let pieces = written(&project, format("tei"), &ExportOptions::default());
        let documents: BTreeMap<String, Document> = pieces
            .iter()
            .map(|(name, bytes)| (name.to_owned(), Document::read(std::str::from_utf8(bytes).unwrap())))
            .collect();
        let ids: BTreeMap<&str, Vec<&String>> = documents
            .iter()
            .map(|(name, document)| {
                let ids = document.elements.iter().filter_map(|(_, attributes)| attributes.get("xml:id"));
                (name.as_str(), ids.collect())
            })
            .collect();
        for (id, _) in project.articles() {
            let piece = format!("{id}.xml");
            let (document, text) = (&documents[&piece], project.text(id).unwrap());
            prop_assert_eq!(&document.text, text.as_str());
            let mut expected = Vec::new();
            for (who, _) in project.annotators() {
                for (mark, of) in project.layer(id, who).into_iter().flat_map(Layer::annotations) {
                    let words = of.fragments.iter().map(|range| range.slice(text).unwrap());
                    expected.extend(words.map(|words| (format!("mark.{who}.{mark}"), words)));
                }
            }
            let found: Vec<_> = document.spans().into_iter().map(|(mark, words)| (mark.to_owned(), words)).collect();
            prop_assert_eq!(found, expected);
            prop_assert_eq!(ids[piece.as_str()].iter().collect::<BTreeSet<_>>().len(), ids[piece.as_str()].len());
            for (of, attributes) in &document.elements {
                let names = ["target", "ana", "from", "to", "next", "prev", "resp", "who", "mutual", "active", "passive"];
                for pointer in names.iter().filter_map(|name| attributes.get(*name)).flat_map(|own| own.split(' ')) {
                    let (place, there) = pointer.split_once('#').unwrap();
                    let place = if place.is_empty() { &piece } else { place };
                    prop_assert!(ids[place].iter().any(|id| *id == there), "{} in {} leads nowhere", pointer, of);
                }
            }
        }
        let relations: usize = documents.values().map(|document| document.all("relation").count()).sum();
        let layers = project.articles().flat_map(|(id, _)| project.annotators().map(move |(who, _)| (id, who)));
        let layers = layers.filter_map(|(id, who)| project.layer(id, who)).map(|own| own.relations().count());
        let links: usize = project.all_links().map(|(_, links)| links.count()).sum();
        prop_assert_eq!(relations, layers.sum::<usize>() + links);
        prop_assert!(losses(&project, format("tei")).iter().all(|(keeps, _)| keeps == Keeps::Rejections));
    }
}
