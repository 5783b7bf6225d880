//! JSON lines: one JSON object an article, with everything that is said of it. It is written, not read.
//!
//! ```json
//! {"id": "…", "title": "…", "outlet": "…", "byline": "…", "published": "2024-05-01", "language": "en", "url": "…",
//!  "story": "…", "text": "…", "offsets": "unicode code points, end exclusive",
//!  "layers": [{"annotator": "ana", "status": "done",
//!    "annotations": [{"id": "…", "label": "quote", "label_name": "Quote",
//!      "fragments": [{"start": 1, "end": 22, "text": "…"}],
//!      "attributes": {"form": "direct"}, "note": "…", "flag": "question", "confidence": 70,
//!      "origin": {"kind": "accepted", "from": "…"}, "comments": [{"by": "ben", "at": "2027-01-15T08:00:00Z", "text": "…"}],
//!      "codebook_version": 1}],
//!    "relations": [{"id": "…", "kind": "attribution", "kind_name": "Attribution", "members": {"quote": [{"annotation": "…"}]},
//!      "attributes": {}, "note": "…"}],
//!    "answers": [{"question": "stance", "target": "the toll", "value": "against"}],
//!    "links": [{"id": "…", "kind": "same-claim", "kind_name": "Same claim",
//!      "members": {"one": [{"article": "…", "annotation": "…"}]}, "attributes": {}, "note": "",
//!      "origin": {"kind": "accepted", "from": "…"}}]}]}
//! ```
//!
//! Offsets count Unicode code points, as Python's strings do: `text[start:end]` is the fragment's text. What is empty or
//! usual is left out, except `attributes`, `note`, `flag` and `fragments` of a mark, which are always there. A link, a
//! relation across articles, is written with each of its articles. Ids stay what they are when a label or a kind of
//! relation is renamed; `label_name` and `kind_name` are what the codebook calls them. Characters that end a line for
//! some readers (U+0085, U+2028, U+2029) are written as escapes, so that a line is a line for everybody.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::{keeps::Keeps, lines::on_lines};
use crate::{
    model::{
        Annotation, AnnotationId, AnnotatorId, Answer, ArticleId, AttributeId, Attributes, ChoiceId, Codebook, Comment,
        Flag, Item, KindId, LabelId, Layer, Member, Metadata, Origin, Project, Relation, RelationId, RoleId, Status,
        StoryId, Value,
    },
    text::Text,
};

/// What this format keeps: everything but rejections, which are of proposals that are not data.
pub const KEEPS: &[Keeps] = &[
    Keeps::Text,
    Keeps::Metadata,
    Keeps::Fragments,
    Keeps::Overlaps,
    Keeps::Attributes,
    Keeps::Notes,
    Keeps::Flags,
    Keeps::Comments,
    Keeps::Origin,
    Keeps::Confidence,
    Keeps::Relations,
    Keeps::RelationsAcrossArticles,
    Keeps::Answers,
    Keeps::Status,
    Keeps::Annotators,
];

/// An article: the outermost object.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a ArticleId,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    outlet: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    byline: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    published: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    language: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    story: Option<&'a StoryId>,
    text: &'a str,
    offsets: &'static str,
    layers: Vec<LayerRow<'a>>,
}

/// What one annotator has said of the article.
#[derive(Serialize)]
struct LayerRow<'a> {
    annotator: &'a AnnotatorId,
    status: &'static str,
    annotations: Vec<AnnotationRow<'a>>,
    relations: Vec<RelationRow<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    answers: Vec<AnswerRow<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<RelationRow<'a>>,
}

/// A mark.
#[derive(Serialize)]
struct AnnotationRow<'a> {
    id: AnnotationId,
    label: &'a LabelId,
    label_name: &'a str,
    fragments: Vec<FragmentRow<'a>>,
    attributes: Json,
    note: &'a str,
    flag: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<Json>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    comments: Vec<CommentRow<'a>>,
    codebook_version: u32,
}

/// A fragment, in code points, half-open.
#[derive(Serialize)]
struct FragmentRow<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

/// A remark on a mark.
#[derive(Serialize)]
struct CommentRow<'a> {
    by: &'a AnnotatorId,
    /// RFC 3339 in UTC; milliseconds since 1970 where that is no moment.
    at: Json,
    text: &'a str,
}

/// A relation, its members by role.
#[derive(Serialize)]
struct RelationRow<'a> {
    id: RelationId,
    kind: &'a KindId,
    kind_name: &'a str,
    members: BTreeMap<&'a RoleId, Vec<MemberRow<'a>>>,
    attributes: Json,
    note: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<Json>,
}

/// A member: an annotation or a relation, with its article in links alone.
#[derive(Serialize)]
struct MemberRow<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<&'a ArticleId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    annotation: Option<AnnotationId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    relation: Option<RelationId>,
}

/// An answer about the article.
#[derive(Serialize)]
struct AnswerRow<'a> {
    question: &'a AttributeId,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<&'a str>,
    value: Json,
}

/// The article as one line, with its line end; `None` where its text has not been read.
pub fn article(project: &Project, id: &ArticleId) -> Option<String> {
    let (article, text) = (project.article(id)?, project.text(id)?);
    let Metadata { title, outlet, byline, published, language, url, story } = &article.metadata;
    let offsets = "unicode code points, end exclusive";
    let (story, layers, text) = (story.as_ref(), layers(project, id, text), text.as_str());
    let line = Line { id, title, outlet, byline, published, language, url, story, text, offsets, layers };
    let mut line = on_lines(serde_json::to_string(&line).ok()?);
    line.push('\n');
    Some(line)
}

/// The layers that were read; of an annotator without one, the links alone.
fn layers<'a>(project: &'a Project, id: &'a ArticleId, text: &'a Text) -> Vec<LayerRow<'a>> {
    let annotators = project.annotators().map(|(annotator, _)| annotator);
    let layers = annotators.filter_map(|annotator| {
        let layer = project.layer(id, annotator).filter(|layer| !layer.is_blank());
        let links = links(project, id, annotator);
        (layer.is_some() || !links.is_empty())
            .then(|| LayerRow::of(annotator, layer, links, (project.codebook(), text)))
    });
    layers.collect()
}

/// The annotator’s relations across articles that have a member in this one.
fn links<'a>(project: &'a Project, id: &ArticleId, annotator: &AnnotatorId) -> Vec<RelationRow<'a>> {
    let links = project.links(annotator).into_iter().flat_map(|links| links.reaching(id));
    links.map(|(id, r)| RelationRow::of(id, r, project.codebook(), MemberScope::Anywhere)).collect()
}

impl<'a> LayerRow<'a> {
    fn of(
        annotator: &'a AnnotatorId,
        layer: Option<&'a Layer>,
        links: Vec<RelationRow<'a>>,
        (codebook, text): (&'a Codebook, &'a Text),
    ) -> Self {
        let status = layer.map_or(Status::ToDo, Layer::status).as_str();
        let annotations = layer.into_iter().flat_map(Layer::annotations);
        let relations = layer.into_iter().flat_map(|l| l.relations().iter());
        let answers = layer.into_iter().flat_map(|l| &l.article_answers().answers);
        Self {
            annotator,
            status,
            annotations: annotations.map(|(id, a)| AnnotationRow::of(id, a, codebook, text)).collect(),
            relations: relations.map(|(id, r)| RelationRow::of(id, r, codebook, MemberScope::Here)).collect(),
            answers: answers.map(AnswerRow::of).collect(),
            links,
        }
    }
}

impl<'a> AnnotationRow<'a> {
    fn of(id: AnnotationId, annotation: &'a Annotation, codebook: &'a Codebook, text: &'a Text) -> Self {
        let fragments = annotation.fragments.iter().map(|range| {
            let (start, end) = text.range_to_chars(range);
            FragmentRow { start, end, text: range.slice(text.as_str()).unwrap_or_default() }
        });
        let flag = annotation.flag.map(|flag| match flag {
            Flag::Flag => "flag",
            Flag::Question => "question",
        });
        Self {
            id,
            label: &annotation.label,
            label_name: codebook.label(&annotation.label).map_or(annotation.label.as_str(), |label| &label.name),
            fragments: fragments.collect(),
            attributes: attributes(&annotation.attributes),
            note: &annotation.note,
            flag,
            confidence: annotation.confidence,
            origin: origin(&annotation.origin),
            comments: annotation.comments.iter().map(CommentRow::of).collect(),
            codebook_version: annotation.codebook_version,
        }
    }
}

impl<'a> CommentRow<'a> {
    fn of(comment: &'a Comment) -> Self {
        let moment = Timestamp::from_millisecond(comment.at_unix_ms);
        let at = moment.map_or(comment.at_unix_ms.into(), |moment| moment.to_string().into());
        Self { by: &comment.by, at, text: &comment.text }
    }
}

/// How a mark or a relation came to be; `None` for one made by hand.
fn origin(origin: &Origin) -> Option<Json> {
    Some(match origin {
        Origin::Hand => return None,
        Origin::Imported(from) => json!({"kind": "imported", "from": from}),
        Origin::Accepted(reason) => json!({"kind": "accepted", "from": reason}),
        Origin::Changed(reason) => json!({"kind": "changed", "from": reason}),
        Origin::Adjudicated(annotators) => json!({"kind": "adjudicated", "from": annotators}),
    })
}

/// Answers as an object, by attribute.
fn attributes(attributes: &Attributes) -> Json {
    attributes.iter().map(|(id, v)| (id.to_string(), value(v))).collect::<Map<String, Json>>().into()
}

/// An answer as JSON’s own types.
fn value(value: &Value) -> Json {
    match value {
        Value::Choice(id) => id.as_str().into(),
        Value::Choices(ids) => ids.iter().map(ChoiceId::as_str).collect::<Vec<_>>().into(),
        Value::Text(text) => text.as_str().into(),
        Value::Number(number) => number.get().into(),
        Value::YesNo(yes) => (*yes).into(),
    }
}

impl<'a> AnswerRow<'a> {
    fn of(answer: &'a Answer) -> Self {
        Self { question: &answer.question, target: answer.target.as_deref(), value: value(&answer.value) }
    }
}

/// Whether members say which article they are in.
#[derive(Clone, Copy)]
enum MemberScope {
    /// All members are in the article, which is not repeated.
    Here,
    /// Each member says its article.
    Anywhere,
}

impl<'a> RelationRow<'a> {
    fn of(id: RelationId, relation: &'a Relation, codebook: &'a Codebook, place: MemberScope) -> Self {
        let mut members: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for Member { role, target } in &relation.members {
            let (annotation, other) = match target.item {
                Item::Annotation(id) => (Some(id), None),
                Item::Relation(id) => (None, Some(id)),
            };
            let article = matches!(place, MemberScope::Anywhere).then_some(&target.article);
            members.entry(role).or_default().push(MemberRow { article, annotation, relation: other });
        }
        let attributes = attributes(&relation.attributes);
        let kind = &relation.kind;
        let kind_name = codebook.relation(kind).map_or(kind.as_str(), |kind| &kind.name);
        let origin = origin(&relation.origin);
        Self { id, kind, kind_name, members, attributes, note: &relation.note, origin }
    }
}
