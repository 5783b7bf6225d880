//! Tasks written: one an article, an annotation of each for everybody who has said something of it.

use std::io;

use serde_json::{Map, Value as Json, json};

use super::{
    super::{
        lines::on_lines,
        options::ExportOptions,
        sink::{Pieces, Sink},
        units::OffsetUnit,
        writer::{ExportedArticle, ExportedLayer, Writer},
    },
    config,
    names::{CONFIG, LABELS, TASKS, TEXT},
};
use crate::{
    model::{
        Annotation, AnnotationId, Answer, Attribute, Codebook, Item, Metadata, Project, Relation, RelationId, Value,
    },
    text::{ByteRange, Text},
};

pub fn writer(_: &ExportOptions) -> Box<dyn Writer> {
    Box::new(LabelStudio { count: 0 })
}

struct LabelStudio {
    /// Tasks that were written.
    count: usize,
}

impl Writer for LabelStudio {
    fn begin(&mut self, project: &Project, sink: &mut dyn Sink) -> io::Result<()> {
        sink.write(CONFIG, config::write(project.codebook()).as_bytes())?;
        sink.write(TASKS, b"[")
    }

    fn article(&self, article: &ExportedArticle<'_>, out: &mut Pieces) {
        let annotations: Vec<Json> = article.layers().iter().map(|layer| annotation(article, layer)).collect();
        let task = json!({ "data": data(article), "annotations": annotations });
        out.piece(TASKS).extend_from_slice(on_lines(task.to_string()).as_bytes());
    }

    fn put(&mut self, made: Pieces, sink: &mut dyn Sink) -> io::Result<()> {
        let Some(task) = made.get(TASKS).and_then(|task| task.strip_prefix(b"{")) else { return Ok(()) };
        let before = if self.count == 0 { "\n" } else { ",\n" };
        self.count += 1;
        sink.write(TASKS, format!("{before}{{\"id\":{},", self.count).as_bytes())?;
        sink.write(TASKS, task)
    }

    fn end(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        sink.write(TASKS, b"\n]\n")
    }
}

/// The text and what is known of the article.
fn data(article: &ExportedArticle<'_>) -> Json {
    let Metadata { title, outlet, byline, published, language, url, story } = &article.article.metadata;
    let story = story.as_ref().and_then(|id| article.project.story(id)).map_or("", |story| &story.name);
    let mut data = Map::new();
    data.insert(TEXT.to_owned(), article.text.as_str().into());
    data.insert("pressmark_id".to_owned(), article.id.as_str().into());
    let known = [
        ("title", title.as_str()),
        ("outlet", outlet),
        ("byline", byline),
        ("published", published),
        ("language", language),
        ("url", url),
        ("story", story),
    ];
    data.extend(
        known.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (key.to_owned(), value.into())),
    );
    data.into()
}

fn annotation(article: &ExportedArticle<'_>, exported: &ExportedLayer<'_>) -> Json {
    let codebook = article.codebook();
    let mut result = Vec::new();
    if let Some(layer) = exported.layer {
        for (id, mark) in layer.annotations() {
            regions(&mut result, (id, mark), codebook, article.text);
        }
        for (id, relation) in layer.relations().iter() {
            relations(&mut result, id, relation, codebook);
        }
        result.extend(layer.article_answers().answers.iter().filter_map(|given| answer(given, codebook)));
    }
    let who = article.project.annotator(exported.annotator).map_or(exported.annotator.as_str(), |who| &who.name);
    json!({ "annotator": who, "result": result })
}

/// The regions of a mark: one with its label for each fragment, then its answers on the first.
fn regions(result: &mut Vec<Json>, (id, mark): (AnnotationId, &Annotation), codebook: &Codebook, text: &Text) {
    let label = codebook.label(&mark.label);
    let label_name = label.map_or(mark.label.as_str(), |label| &label.name);
    let place = |range: ByteRange| {
        let (start, end) = OffsetUnit::Utf16.of_bytes(text, range);
        json!({ "start": start, "end": end, "text": range.slice(text.as_str()).unwrap_or_default() })
    };
    for (at, range) in mark.fragments.iter().enumerate() {
        let id_of_part = if at == 0 { id.to_string() } else { format!("{id}-{}", at + 1) };
        let value = with(place(range), "labels", json!([label_name]));
        let mut region = item(&id_of_part, LABELS, "labels", value);
        let mut meta = Map::new();
        if at > 0 {
            meta.insert("part_of".to_owned(), id.to_string().into());
        } else if !mark.note.is_empty() {
            meta.insert("text".to_owned(), json!([mark.note]));
        }
        if !meta.is_empty() {
            region = with(region, "meta", meta.into());
        }
        if let Some(percent) = mark.confidence {
            region = with(region, "score", (f64::from(percent) / 100.0).into());
        }
        result.push(region);
    }
    let first = place(mark.fragments.first());
    for (asked, value) in mark.attributes.iter() {
        let attribute = label.and_then(|label| label.attributes.iter().find(|a| a.id == *asked));
        let (kind, key, given) = given(attribute, value);
        let mut value = first.clone();
        // A field of text has its words where the region has those it covers.
        value = with(value, key, given);
        result.push(item(&id.to_string(), &format!("{}.{asked}", mark.label), kind, value));
    }
}

fn item(id: &str, from: &str, kind: &str, value: Json) -> Json {
    json!({ "id": id, "from_name": from, "to_name": TEXT, "type": kind, "value": value })
}

fn with(mut object: Json, key: &str, value: Json) -> Json {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(key.to_owned(), value);
    }
    object
}

/// An answer as a control gives it: the type of the result, the key of its value, and the value.
fn given(attribute: Option<&Attribute>, value: &Value) -> (&'static str, &'static str, Json) {
    let name = |id: &crate::model::ChoiceId| {
        let choice = attribute.and_then(|a| a.choices().iter().find(|choice| choice.id == *id));
        choice.map_or_else(|| id.to_string(), |choice| choice.name.clone())
    };
    match value {
        Value::Choice(id) => ("choices", "choices", json!([name(id)])),
        Value::Choices(ids) => ("choices", "choices", ids.iter().map(name).collect()),
        Value::YesNo(_) => ("choices", "choices", json!([value.plain()])),
        Value::Number(number) => ("number", "number", number.get().into()),
        Value::Text(text) => ("textarea", "text", json!([text])),
    }
}

/// An answer about the article; `None` where the codebook has no such question.
fn answer(answer: &Answer, codebook: &Codebook) -> Option<Json> {
    let question = codebook.question(&answer.question)?;
    let (kind, key, value) = given(Some(&question.attribute), &answer.value);
    let name = match &answer.target {
        Some(target) => format!("{}: {target}", answer.question),
        None => answer.question.to_string(),
    };
    let id = format!("answer {name}");
    Some(item(&id, &name, kind, with(json!({}), key, value)))
}

/// A relation as one from its first member to each of the others; one of relations, or of one member, is left out.
fn relations(result: &mut Vec<Json>, id: RelationId, relation: &Relation, codebook: &Codebook) {
    let is_of_relations = relation.members.iter().any(|member| matches!(member.target.item, Item::Relation(_)));
    let [first, others @ ..] = relation.members.as_slice() else { return };
    if is_of_relations {
        return;
    }
    let kind = codebook.relation(&relation.kind).map_or(relation.kind.as_str(), |kind| &kind.name);
    for (at, other) in others.iter().enumerate() {
        let mut row = json!({
            "type": "relation", "from_id": name(&first.target.item), "to_id": name(&other.target.item), "direction": "right",
            "labels": [kind], "roles": [first.role.as_str(), other.role.as_str()],
        });
        if others.len() > 1 {
            row = with(row, if at == 0 { "relation_id" } else { "part_of" }, id.to_string().into());
        }
        if !relation.note.is_empty() && at == 0 {
            row = with(row, "note", relation.note.as_str().into());
        }
        result.push(row);
    }
}

fn name(item: &Item) -> String {
    match item {
        Item::Annotation(id) => id.to_string(),
        Item::Relation(id) => id.to_string(),
    }
}
