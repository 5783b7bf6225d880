//! JSON lines: one JSON object an article, with everything that is said of it. It is written, not read.
//!
//! ```json
//! {"id": "…", "title": "…", "outlet": "…", "byline": "…", "published": "2024-05-01", "language": "en", "url": "…",
//!  "story": "…", "text": "…", "offsets": "unicode code points, end exclusive",
//!  "layers": [{"annotator": "ana", "status": "done",
//!    "annotations": [{"id": "…", "label": "quote", "fragments": [{"start": 1, "end": 22, "text": "…"}],
//!      "attributes": {"form": "direct"}, "note": "…", "flag": "question", "confidence": 70,
//!      "origin": {"kind": "accepted", "from": "…"}, "comments": [{"by": "ben", "at": "2027-01-15T08:00:00Z", "text": "…"}],
//!      "codebook_version": 1}],
//!    "relations": [{"id": "…", "kind": "attribution", "members": {"quote": [{"annotation": "…"}]},
//!      "attributes": {}, "note": "…"}],
//!    "answers": [{"question": "stance", "target": "the toll", "value": "against"}],
//!    "links": [{"id": "…", "kind": "same-claim", "members": {"one": [{"article": "…", "annotation": "…"}]}}]}]}
//! ```
//!
//! Offsets count Unicode code points, as Python's strings do: `text[start:end]` is the fragment's text. What is empty or
//! usual is left out, except `attributes`, `note`, `flag` and `fragments` of a mark, which are always there. A link, a
//! relation across articles, is written with each of its articles.

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::Keeps;
use crate::{
    model::{
        Annotation, AnnotationId, AnnotatorId, Answer, ArticleId, Attributes, Flag, Item, Layer, LayerSlot, Member,
        Origin, Project, Relation, RelationId, Status, Value,
    },
    text::Text,
};

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
    story: Option<&'a str>,
    text: &'a str,
    offsets: &'static str,
    layers: Vec<Json>,
}

/// The article as one line, with its line end; `None` where its text has not been read.
pub fn article(project: &Project, id: &ArticleId) -> Option<String> {
    let (article, text) = (project.article(id)?, project.text(id)?);
    let metadata = &article.metadata;
    let line = Line {
        id,
        title: &metadata.title,
        outlet: &metadata.outlet,
        byline: &metadata.byline,
        published: &metadata.published,
        language: &metadata.language,
        url: &metadata.url,
        story: metadata.story.as_ref().map(super::super::model::id::StoryId::as_str),
        text: text.as_str(),
        offsets: "unicode code points, end exclusive",
        layers: layers(project, id, text),
    };
    let mut line = serde_json::to_string(&line).ok()?;
    line.push('\n');
    Some(line)
}

/// The layers that were read; of an annotator without one, the links alone.
fn layers(project: &Project, id: &ArticleId, text: &Text) -> Vec<Json> {
    let none = Layer::default();
    let annotators = project.annotators().map(|(annotator, _)| annotator);
    let layers = annotators.filter_map(|annotator| {
        let layer = match project.layer_slot(id, annotator) {
            Some(LayerSlot::Read(layer)) => layer,
            _ => &none,
        };
        let links = links(project, id, annotator);
        (!layer.is_blank() || !links.is_empty()).then(|| layer_json(annotator, layer, links, text))
    });
    layers.collect()
}

fn layer_json(annotator: &AnnotatorId, layer: &Layer, links: Vec<Json>, text: &Text) -> Json {
    let status = match layer.status() {
        Status::ToDo => "to-do",
        Status::InProgress => "in-progress",
        Status::Done => "done",
    };
    let annotations: Vec<Json> = layer.annotations().map(|(id, a)| annotation(id, a, text)).collect();
    let relations: Vec<Json> = layer.relations().iter().map(|(id, r)| relation(id, r, Place::Here)).collect();
    let answers: Vec<Json> = layer.whole().answers.iter().map(answer).collect();
    let mut object =
        json!({"annotator": annotator, "status": status, "annotations": annotations, "relations": relations});
    put_unless_empty(&mut object, "answers", answers);
    put_unless_empty(&mut object, "links", links);
    object
}

fn links(project: &Project, id: &ArticleId, annotator: &AnnotatorId) -> Vec<Json> {
    let links = project.links(annotator).into_iter().flat_map(super::super::model::layer::RelationSet::iter);
    let here = links.filter(|(_, r)| r.members.iter().any(|m| m.target.article == *id));
    here.map(|(id, r)| relation(id, r, Place::Anywhere)).collect()
}

fn put_unless_empty(object: &mut Json, key: &str, rows: Vec<Json>) {
    if !rows.is_empty() {
        object[key] = rows.into();
    }
}

fn annotation(id: AnnotationId, annotation: &Annotation, text: &Text) -> Json {
    let fragments = annotation.fragments.iter().map(|range| {
        let (start, end) = text.range_to_chars(range);
        json!({"start": start, "end": end, "text": range.slice(text.as_str())})
    });
    let flag = annotation.flag.map(|flag| match flag {
        Flag::Flag => "flag",
        Flag::Question => "question",
    });
    let mut object = json!({
        "id": id,
        "label": annotation.label,
        "fragments": fragments.collect::<Vec<_>>(),
        "attributes": attributes(&annotation.attributes),
        "note": annotation.note,
        "flag": flag,
        "codebook_version": annotation.codebook_version,
    });
    if let Some(confidence) = annotation.confidence {
        object["confidence"] = confidence.into();
    }
    if let Some(origin) = origin(&annotation.origin) {
        object["origin"] = origin;
    }
    let comments = annotation.comments.iter();
    let comments = comments.map(|c| json!({"by": c.by, "at": moment(c.at_unix_ms), "text": c.text}));
    put_unless_empty(&mut object, "comments", comments.collect());
    object
}

/// RFC 3339 in UTC; the number itself where it is no moment.
fn moment(unix_ms: i64) -> Json {
    jiff::Timestamp::from_millisecond(unix_ms).map_or(unix_ms.into(), |moment| moment.to_string().into())
}

fn origin(origin: &Origin) -> Option<Json> {
    Some(match origin {
        Origin::Hand => return None,
        Origin::Imported(from) => json!({"kind": "imported", "from": from}),
        Origin::Accepted(reason) => json!({"kind": "accepted", "from": reason}),
        Origin::Changed(reason) => json!({"kind": "changed", "from": reason}),
        Origin::Adjudicated(annotators) => json!({"kind": "adjudicated", "from": annotators}),
    })
}

fn attributes(attributes: &Attributes) -> Json {
    attributes.iter().map(|(id, v)| (id.to_string(), value(v))).collect::<Map<String, Json>>().into()
}

fn value(value: &Value) -> Json {
    match value {
        Value::Choice(id) => id.as_str().into(),
        Value::Choices(ids) => ids.iter().map(super::super::model::id::ChoiceId::as_str).collect::<Vec<_>>().into(),
        Value::Text(text) => text.as_str().into(),
        Value::Number(number) => number.get().into(),
        Value::YesNo(yes) => (*yes).into(),
    }
}

fn answer(answer: &Answer) -> Json {
    let mut object = json!({"question": answer.question, "value": value(&answer.value)});
    if let Some(target) = &answer.target {
        object["target"] = target.as_str().into();
    }
    object
}

/// Whether members say which article they are in.
#[derive(Clone, Copy)]
enum Place {
    Here,
    Anywhere,
}

fn relation(id: RelationId, relation: &Relation, place: Place) -> Json {
    let mut members = Map::new();
    for Member { role, target } in &relation.members {
        let mut member = match target.item {
            Item::Annotation(id) => json!({"annotation": id}),
            Item::Relation(id) => json!({"relation": id}),
        };
        if matches!(place, Place::Anywhere) {
            member["article"] = target.article.as_str().into();
        }
        let in_role = members.entry(role.as_str()).or_insert_with(|| Json::Array(Vec::new()));
        if let Json::Array(in_role) = in_role {
            in_role.push(member);
        }
    }
    json!({
        "id": id,
        "kind": relation.kind,
        "members": members,
        "attributes": attributes(&relation.attributes),
        "note": relation.note,
    })
}
