//! Any project, for round trips: texts with what is hard in them, marks within marks and in fragments, answers, relations
//! within articles and across them.

use pressmark::{
    model::{load::RawLayer, *},
    store,
    text::{ByteRange, Fragments, Text},
};
use proptest::prelude::*;

use super::support::{add_article, annotators, name};

/// An article and what both annotators mark in it.
#[derive(Clone, Debug)]
pub struct Written {
    title: String,
    text: String,
    layers: [Vec<Mark>; 2],
}

#[derive(Clone, Debug)]
struct Mark {
    label: usize,
    /// Where its one or two fragments begin and end, in code points, modulo the text.
    ends: Vec<(usize, usize)>,
    note: String,
    /// What else is said of it; each bit says whether something is.
    said: u8,
}

pub fn articles() -> impl Strategy<Value = Vec<Written>> {
    prop::collection::vec(article(), 1..4)
}

fn words() -> impl Strategy<Value = String> {
    let hard = vec![
        "\"",
        "\\",
        "\n",
        "\n\n",
        "\t",
        " ",
        "é",
        "e\u{301}",
        "😀",
        "界",
        "مرحبا",
        "\u{2028}",
        "\u{85}",
        "'",
        ",",
        "=",
    ];
    let part = prop_oneof!["[a-z]{1,8}", prop::sample::select(hard).prop_map(str::to_owned)];
    prop::collection::vec(part, 1..20).prop_map(|parts| format!("Words {}", parts.concat()))
}

fn article() -> impl Strategy<Value = Written> {
    let ends = prop::collection::vec((0..60usize, 0..60usize), 1..3);
    let mark = (0..5usize, ends, words(), any::<u8>());
    let mark = mark.prop_map(|(label, ends, note, said)| Mark { label, ends, note, said });
    let mark = mark.boxed();
    let layer = || prop::collection::vec(mark.clone(), 0..5);
    ("[A-Z][a-z]{1,5}", words(), layer(), layer()).prop_map(|(title, text, one, other)| Written {
        title,
        text,
        layers: [one, other],
    })
}

const LABELS: [&str; 5] = ["claim", "quote", "stance", "source", "cue"];

/// A project of these articles, with the news codebook.
pub fn project(articles: &[Written]) -> Project {
    let codebook = store::codebook("news").unwrap();
    let mut project = Project::load("Any".to_owned(), codebook, annotators(), []).unwrap();
    let mut count = 0;
    let mut uid = || {
        count += 1;
        Uid::from_parts(1_800_000_000_000, count)
    };
    let mut claims: Vec<Target> = Vec::new();
    for (n, written) in articles.iter().enumerate() {
        // Articles of the same words are the same article to an import.
        let text = Text::new(format!("{} {n}", written.text));
        let id = add_article(&mut project, &format!("{} {n}", written.title), text.as_str());
        for (annotator, marks) in ["ana", "ben"].into_iter().zip(&written.layers) {
            let mut raw = RawLayer::default();
            for mark in marks {
                let Some(annotation) = annotation(mark, &text) else { continue };
                let of = AnnotationId(uid());
                if LABELS[mark.label] == "claim" && annotator == "ana" {
                    claims.push(Target { article: id.clone(), item: of.into() });
                }
                raw.annotations.push((of, annotation));
            }
            raw.relations.extend(attribution(&raw, &id).map(|relation| (RelationId(uid()), relation)));
            if !raw.annotations.is_empty() {
                raw.article_answers.status = Status::Done;
                let target = Some("the toll".to_owned());
                raw.article_answers.set_answer(name("stance"), target, Some(Value::Choice(name("against"))));
            }
            assert_eq!(project.load_layer(&id, &name(annotator), raw).unwrap(), []);
        }
    }
    if let [one, .., other] = claims.as_slice()
        && one.article != other.article
    {
        let member = |role: &str, target: &Target| Member { role: name(role), target: target.clone() };
        let link = Relation::new(name("same-claim"), vec![member("one", one), member("other", other)]);
        assert_eq!(project.load_links(&name("ana"), vec![(RelationId(uid()), link)]), []);
    }
    project
}

fn annotation(mark: &Mark, text: &Text) -> Option<Annotation> {
    let count = text.char_count();
    let range = |(a, b): &(usize, usize)| {
        let (a, b) = (a % (count + 1), b % (count + 1));
        text.range_from_chars(a.min(b), a.max(b))
    };
    let ranges: Vec<ByteRange> = mark.ends.iter().filter_map(range).collect();
    let label = LABELS[mark.label];
    let mut annotation = Annotation::new(name(label), Fragments::new(ranges)?, 1);
    let says = |bit: u8| mark.said & (1 << bit) != 0;
    annotation.note = if says(0) { mark.note.clone() } else { String::new() };
    annotation.flag = says(1).then_some(Flag::Question);
    annotation.confidence = says(2).then_some(mark.said % 101);
    if says(3) {
        annotation.origin = Origin::Accepted(mark.note.clone());
    }
    if says(4) {
        let text = mark.note.clone();
        annotation.comments = vec![Comment { by: name("ben"), at_unix_ms: 1_800_000_000_123, text }];
    }
    if says(5) && label == "quote" {
        annotation.attributes.set(name("form"), Some(Value::Choice(name("direct"))));
    }
    if says(6) && label == "stance" {
        annotation.attributes.set(name("target"), Some(Value::Text(mark.note.clone())));
    }
    Some(annotation)
}

/// An attribution of the first quote to every source and cue.
fn attribution(raw: &RawLayer, article: &ArticleId) -> Option<Relation> {
    let of = |label: &str| raw.annotations.iter().find(|(_, a)| a.label.as_str() == label).map(|(id, _)| *id);
    let member = |role: &str, id: AnnotationId| Member {
        role: name(role),
        target: Target { article: article.clone(), item: id.into() },
    };
    let quote = member("quote", of("quote")?);
    let source = of("source").map(|id| member("source", id));
    let cue = of("cue").map(|id| member("cue", id));
    Some(Relation::new(name("attribution"), [Some(quote), source, cue].into_iter().flatten().collect()))
}
