//! A collection written: the text of each article, then what everybody has said of it.

use std::io;

use jiff::Timestamp;
use serde_json::{Map, Value as Json, json};

use super::names;
use crate::{
    format::{
        lines::on_lines,
        options::ExportOptions,
        sink::{Pieces, Sink},
        units::OffsetUnit,
        writer::{ExportedArticle, ExportedLayer, Writer},
    },
    model::{
        Annotation, AnnotatorId, Attribute, Attributes, Flag, Item, Layer, Metadata, Origin, Project, Relation,
        RelationId, Status, Uid, Value,
    },
    text::{Anchor, ByteRange},
};

pub fn writer(options: &ExportOptions) -> Box<dyn Writer> {
    Box::new(WebAnnotation { unit: options.offsets.unwrap_or_default(), count: 0 })
}

struct WebAnnotation {
    unit: OffsetUnit,
    /// Annotations that were written.
    count: u64,
}

impl Writer for WebAnnotation {
    fn begin(&mut self, project: &Project, sink: &mut dyn Sink) -> io::Result<()> {
        let name = on_lines(Json::from(project.name()).to_string());
        let head = format!(
            "{{\"@context\":[\"{context}\",{{\"pressmark\":\"{prefix}\"}}],\"id\":\"{prefix}project\",\
             \"type\":\"AnnotationCollection\",\"label\":{name},\
             \"generator\":{{\"id\":\"{prefix}program\",\"type\":\"Software\",\"name\":\"Pressmark\"}},\
             \"first\":{{\"id\":\"{prefix}page\",\"type\":\"AnnotationPage\",\"startIndex\":0,\"items\":[",
            context = names::CONTEXT,
            prefix = names::PREFIX
        );
        sink.write(names::ANNOTATIONS, head.as_bytes())
    }

    fn article(&self, article: &ExportedArticle<'_>, out: &mut Pieces) {
        let mut rows = vec![text(article)];
        for layer in article.layers() {
            let writing = Writing { article, layer: &layer, unit: self.unit };
            rows.extend(writing.about());
            let own = layer.layer;
            rows.extend(own.into_iter().flat_map(Layer::annotations).map(|(id, mark)| writing.mark(id.0, mark)));
            rows.extend(
                own.into_iter().flat_map(|own| own.relations().iter()).map(|(id, row)| writing.relation(id, row)),
            );
            let links = layer.links.iter().filter(|(_, link)| article.is_home_of(link));
            rows.extend(links.map(|(id, row)| writing.relation(*id, row)));
        }
        out.note = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let piece = out.piece(names::ANNOTATIONS);
        for (at, row) in rows.into_iter().enumerate() {
            piece.extend_from_slice(if at == 0 { b"\n" } else { b",\n" });
            piece.extend_from_slice(on_lines(row.to_string()).as_bytes());
        }
    }

    fn put(&mut self, made: Pieces, sink: &mut dyn Sink) -> io::Result<()> {
        let Some(rows) = made.get(names::ANNOTATIONS) else { return Ok(()) };
        if self.count > 0 {
            sink.write(names::ANNOTATIONS, b",")?;
        }
        self.count += u64::from(made.note);
        sink.write(names::ANNOTATIONS, rows)
    }

    fn end(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        sink.write(names::ANNOTATIONS, format!("\n]}},\"total\":{}}}\n", self.count).as_bytes())
    }
}

/// The text of an article, which says what is known of it.
fn text(article: &ExportedArticle<'_>) -> Json {
    let Metadata { title, outlet, byline, published, language, url, story } = &article.article.metadata;
    let story = story.as_ref().and_then(|id| article.project.story(id)).map_or("", |story| &story.name);
    let iri = names::article(article.id);
    let mut body = Map::new();
    body.insert("id".to_owned(), iri.as_str().into());
    body.insert("type".to_owned(), "TextualBody".into());
    body.insert("format".to_owned(), "text/plain".into());
    body.insert("value".to_owned(), article.text.as_str().into());
    let known = [
        (names::TITLE, title.as_str()),
        (names::OUTLET, outlet),
        (names::BYLINE, byline),
        (names::PUBLISHED, published),
        ("language", language),
        (names::URL, url),
        (names::STORY, story),
    ];
    let known = known.into_iter().filter(|(_, value)| !value.is_empty());
    body.extend(known.map(|(key, value)| (key.to_owned(), value.into())));
    // What is no address, as what a person may write, would be none of a resource.
    let is_address = url.starts_with("https://") || url.starts_with("http://");
    let target =
        if is_address && !url.contains(|c: char| c.is_whitespace() || "<>\"{}|\\^`".contains(c)) { url } else { &iri };
    let id = format!("{}about/{}", names::PREFIX, article.id);
    json!({ "id": id, "type": "Annotation", "motivation": "describing", "body": body, "target": target })
}

/// What is needed to write what one annotator has said of an article.
struct Writing<'a> {
    article: &'a ExportedArticle<'a>,
    layer: &'a ExportedLayer<'a>,
    unit: OffsetUnit,
}

impl Writing<'_> {
    fn annotation(&self, id: &str, motivation: &str, body: Vec<Json>, target: Json) -> Json {
        let annotator = self.layer.annotator;
        json!({
            "id": id, "type": "Annotation", "motivation": motivation, "body": body, "target": target,
            "creator": person(self.article.project, annotator),
        })
    }

    fn mark(&self, id: Uid, mark: &Annotation) -> Json {
        let label = self.article.codebook().label(&mark.label);
        let same = |name: &str| self.article.codebook().labels.iter().filter(|label| label.name == name).count();
        let name = label.map(|label| label.name.as_str()).filter(|name| same(name) == 1);
        let mut body = vec![textual("tagging", name.unwrap_or(mark.label.as_str()))];
        answers(&mut body, label.map_or(&[][..], |label| &label.attributes), &mark.attributes);
        if !mark.note.is_empty() {
            body.push(textual("commenting", &mark.note));
        }
        match mark.flag {
            Some(Flag::Flag) => body.push(textual("bookmarking", "flag")),
            Some(Flag::Question) => body.push(textual("questioning", "question")),
            None => {}
        }
        for comment in &mark.comments {
            let reply = with(textual("replying", &comment.text), "creator", person(self.article.project, &comment.by));
            body.push(with(reply, "created", moment(comment.at_unix_ms).into()));
        }
        let target: Vec<Json> = mark.fragments.iter().map(|range| self.target(range)).collect();
        let name = names::item(self.article.id, self.layer.annotator, Item::Annotation(crate::model::AnnotationId(id)));
        let mut row =
            with(self.annotation(&name, "tagging", body, one(target)), "created", moment(id.unix_ms()).into());
        if let Some(percent) = mark.confidence {
            row = with(row, names::CONFIDENCE, percent.into());
        }
        from(row, &mark.origin)
    }

    /// A fragment, by its place and by its words.
    fn target(&self, range: ByteRange) -> Json {
        let (start, end) = self.unit.of_bytes(self.article.text, range);
        let Anchor { exact, prefix, suffix } = Anchor::of(self.article.text, range);
        json!({
            "type": "SpecificResource", "source": names::article(self.article.id), "selector": [
                { "type": "TextPositionSelector", "start": start, "end": end },
                { "type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix },
            ],
        })
    }

    fn relation(&self, id: RelationId, relation: &Relation) -> Json {
        let codebook = self.article.codebook();
        let kind = codebook.relation(&relation.kind);
        let same = |name: &str| codebook.relations.iter().filter(|kind| kind.name == name).count();
        let name = kind.map(|kind| kind.name.as_str()).filter(|name| same(name) == 1);
        let mut body = vec![textual("tagging", name.unwrap_or(relation.kind.as_str()))];
        answers(&mut body, kind.map_or(&[][..], |kind| &kind.attributes), &relation.attributes);
        if !relation.note.is_empty() {
            body.push(textual("commenting", &relation.note));
        }
        let members = relation.members.iter().map(|member| {
            let source = names::item(&member.target.article, self.layer.annotator, member.target.item);
            json!({ "type": "SpecificResource", "source": source, names::ROLE: member.role.as_str() })
        });
        let name = names::item(self.article.id, self.layer.annotator, id.into());
        let row = self.annotation(&name, "linking", body, members.collect::<Vec<_>>().into());
        let row = with(row, "created", moment(id.0.unix_ms()).into());
        let is_across = kind.is_some_and(|kind| kind.across_articles);
        from(if is_across { with(row, names::ACROSS, true.into()) } else { row }, &relation.origin)
    }

    /// What is said of the article as a whole; `None` where nothing is.
    fn about(&self) -> Option<Json> {
        let own = self.layer.layer?;
        let said = own.article_answers();
        if said.answers.is_empty() && said.status == Status::ToDo {
            return None;
        }
        let mut body = Vec::new();
        for answer in &said.answers {
            let question = self.article.codebook().question(&answer.question).map(|question| &question.attribute);
            let name = question.map_or(answer.question.as_str(), |question| &question.name);
            for row in answered(question, name, &answer.value) {
                let row = with(row, names::QUESTION, answer.question.as_str().into());
                body.push(match &answer.target {
                    Some(target) => with(row, names::ABOUT, target.as_str().into()),
                    None => row,
                });
            }
        }
        let id = format!("{}answers/{}/{}", names::PREFIX, self.article.id, self.layer.annotator);
        let row = self.annotation(&id, "classifying", body, names::article(self.article.id).into());
        Some(with(row, names::STATUS, said.status.as_str().into()))
    }
}

fn person(project: &Project, id: &AnnotatorId) -> Json {
    let name = project.annotator(id).map_or(id.as_str(), |who| &who.name);
    json!({ "id": names::annotator(id), "type": "Person", "name": name })
}

fn textual(purpose: &str, value: &str) -> Json {
    json!({ "type": "TextualBody", "purpose": purpose, "value": value })
}

/// Adds a body for each answer; one for each of several choices.
fn answers(body: &mut Vec<Json>, asked: &[Attribute], answers: &Attributes) {
    for (id, value) in answers.iter() {
        let attribute = asked.iter().find(|asked| asked.id == *id);
        let same = |name: &str| asked.iter().filter(|asked| asked.name == name).count();
        let name = attribute.map(|asked| asked.name.as_str()).filter(|name| same(name) == 1);
        body.extend(answered(attribute, name.unwrap_or(id.as_str()), value));
    }
}

fn answered(asked: Option<&Attribute>, name: &str, value: &Value) -> Vec<Json> {
    let row = |value: &str| with(textual("classifying", value), "label", name.into());
    let chosen = |id: &crate::model::ChoiceId| {
        let choice = asked.and_then(|asked| asked.choices().iter().find(|choice| choice.id == *id));
        with(row(choice.map_or(id.as_str(), |choice| &choice.name)), names::CHOICE, id.as_str().into())
    };
    match value {
        Value::Choice(id) => vec![chosen(id)],
        Value::Choices(ids) => ids.iter().map(chosen).collect(),
        _ => vec![row(&value.plain())],
    }
}

/// Says how a mark or relation came to be.
fn from(row: Json, origin: &Origin) -> Json {
    let (kind, from) = match origin {
        Origin::Hand => ("hand", String::new()),
        Origin::Imported(from) => ("imported", from.clone()),
        Origin::Accepted(from) => ("accepted", from.clone()),
        Origin::Changed(from) => ("changed", from.clone()),
        Origin::Adjudicated(who) => ("adjudicated", who.iter().map(AnnotatorId::as_str).collect::<Vec<_>>().join(", ")),
    };
    let row = with(row, names::ORIGIN, kind.into());
    if from.is_empty() { row } else { with(row, names::ORIGIN_FROM, from.into()) }
}

fn with(mut object: Json, key: &str, value: Json) -> Json {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(key.to_owned(), value);
    }
    object
}

/// One thing as itself, several as a list.
fn one(mut several: Vec<Json>) -> Json {
    if several.len() == 1 { several.remove(0) } else { several.into() }
}

/// A moment as `xsd:dateTime`, to the millisecond.
fn moment(unix_ms: i64) -> String {
    Timestamp::from_millisecond(unix_ms).unwrap_or_default().to_string()
}
