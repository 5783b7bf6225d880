//! JSON lines written: each article is a line of its own, so several are made at a time.

use std::io;

use jiff::Timestamp;

use super::{
    super::{
        lines::on_lines,
        options::ExportOptions,
        sink::{Pieces, Sink},
        units::OffsetUnit,
        writer::{ExportedArticle, ExportedLayer, Writer},
    },
    rows::{
        ARTICLES, AnnotationRow, AnswerRow, AttributeRow, CODEBOOK, CommentRow, FragmentRow, LayerRow, Line, MemberRow,
        OriginRow, RelationRow, VERSION,
    },
};
use crate::{
    model::{
        Annotation, AnnotationId, AnnotatorId, Answer, Attributes, ChoiceId, Codebook, Comment, Flag, Item, Layer,
        Member, Metadata, Origin, Project, Relation, RelationId, Status, Value,
    },
    text::Text,
};

pub fn writer(options: &ExportOptions) -> Box<dyn Writer> {
    Box::new(Jsonl { unit: options.offsets.unwrap_or_default(), seen: 0, rest: Vec::new(), is_spilled: false })
}

/// Lines behind those that are written first, until the end.
const REST: &str = "rest.jsonl";
/// So many bytes of them are kept in memory; more becomes a piece of its own.
const IN_MEMORY: usize = 4 << 20;

/// Programs find out the types of lists from the first lines, and an empty list has none. So an article that is the first
/// one with something in a list is written before all others: at most one for each list that may be empty.
struct Jsonl {
    unit: OffsetUnit,
    /// The lists, a bit each, that were not empty in an article so far.
    seen: u32,
    /// Lines that are in no piece yet.
    rest: Vec<u8>,
    /// Whether some of them are in a piece, which comes before those in memory.
    is_spilled: bool,
}

impl Writer for Jsonl {
    fn begin(&mut self, project: &Project, sink: &mut dyn Sink) -> io::Result<()> {
        let codebook = serde_json::to_string_pretty(&**project.codebook())?;
        sink.write(CODEBOOK, on_lines(codebook).as_bytes())?;
        sink.write(CODEBOOK, b"\n")?;
        // The piece is there even where there is no article.
        sink.write(ARTICLES, b"")
    }

    fn article(&self, article: &ExportedArticle<'_>, out: &mut Pieces) {
        let Metadata { title, outlet, byline, published, language, url, story } = &article.article.metadata;
        let story_name = story.as_ref().and_then(|id| article.project.story(id)).map_or("", |story| &story.name);
        let line = Line {
            pressmark: VERSION,
            id: article.id.as_str().into(),
            title: title.into(),
            outlet: outlet.into(),
            byline: byline.into(),
            published: published.into(),
            language: language.into(),
            url: url.into(),
            story: story.as_ref().map_or("", |id| id.as_str()).into(),
            story_name: story_name.into(),
            offsets: self.unit.name().into(),
            text: article.text.as_str().into(),
            layers: article.layers().iter().map(|layer| self.layer(article, layer)).collect(),
        };
        out.note = lists(&line);
        // Strings, lists and numbers are written without fail.
        let line = serde_json::to_string(&line).unwrap_or_default();
        let piece = out.piece(ARTICLES);
        piece.extend_from_slice(on_lines(line).as_bytes());
        piece.push(b'\n');
    }

    fn put(&mut self, made: Pieces, sink: &mut dyn Sink) -> io::Result<()> {
        let is_new = made.note & !self.seen != 0;
        self.seen |= made.note;
        let Some(line) = made.get(ARTICLES) else { return Ok(()) };
        if is_new {
            return sink.write(ARTICLES, line);
        }
        self.rest.extend_from_slice(line);
        if self.rest.len() > IN_MEMORY {
            sink.write(REST, &self.rest)?;
            self.is_spilled = true;
            self.rest.clear();
        }
        Ok(())
    }

    fn end(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        if self.is_spilled {
            sink.join(REST, ARTICLES)?;
        }
        sink.write(ARTICLES, &self.rest)
    }
}

/// Which of the lists in a line that may be empty have something in them, a bit each.
fn lists(line: &Line<'_>) -> u32 {
    let of_relation = |relation: &RelationRow<'_>| !relation.attributes.is_empty();
    let mut has = [false; 9];
    has[0] = !line.layers.is_empty();
    for layer in &line.layers {
        has[1] |= !layer.annotations.is_empty();
        has[2] |= !layer.relations.is_empty();
        has[3] |= !layer.answers.is_empty();
        has[4] |= !layer.links.is_empty();
        has[5] |= layer.annotations.iter().any(|mark| !mark.attributes.is_empty());
        has[6] |= layer.annotations.iter().any(|mark| !mark.comments.is_empty());
        has[7] |= layer.relations.iter().any(of_relation);
        has[8] |= layer.links.iter().any(of_relation);
    }
    has.into_iter().enumerate().map(|(bit, has)| u32::from(has) << bit).sum()
}

impl Jsonl {
    fn layer<'a>(&self, article: &ExportedArticle<'a>, exported: &ExportedLayer<'a>) -> LayerRow<'a> {
        let ExportedLayer { annotator, layer, links } = exported;
        let (codebook, text) = (article.codebook(), article.text);
        let annotations = layer.into_iter().flat_map(|layer| layer.annotations());
        let relations = layer.into_iter().flat_map(|layer| layer.relations().iter());
        let answers = layer.into_iter().flat_map(|layer| &layer.article_answers().answers);
        let relation = |(id, relation)| relation_row(id, relation, codebook);
        LayerRow {
            annotator: annotator.as_str().into(),
            annotator_name: article.project.annotator(annotator).map_or("", |who| &who.name).into(),
            status: layer.map_or(Status::ToDo, Layer::status).as_str().into(),
            annotations: annotations.map(|(id, mark)| self.annotation(id, mark, codebook, text)).collect(),
            relations: relations.map(|(id, r)| relation((id, &**r))).collect(),
            answers: answers.map(answer).collect(),
            links: links.iter().map(|(id, r)| relation((*id, &***r))).collect(),
        }
    }

    fn annotation<'a>(
        &self,
        id: AnnotationId,
        annotation: &'a Annotation,
        codebook: &'a Codebook,
        text: &'a Text,
    ) -> AnnotationRow<'a> {
        let fragments = annotation.fragments.iter().map(|range| {
            let (start, end) = self.unit.of_bytes(text, range);
            FragmentRow { start, end, text: range.slice(text.as_str()).unwrap_or_default().into() }
        });
        let flag = match annotation.flag {
            Some(Flag::Flag) => "flag",
            Some(Flag::Question) => "question",
            None => "",
        };
        let label = &annotation.label;
        AnnotationRow {
            id: id.to_string().into(),
            label: label.as_str().into(),
            label_name: codebook.label(label).map_or(label.as_str(), |label| &label.name).into(),
            fragments: fragments.collect(),
            attributes: attributes(&annotation.attributes),
            note: (&annotation.note).into(),
            flag: flag.into(),
            confidence: annotation.confidence.map_or(-1, i16::from),
            origin: origin(&annotation.origin),
            comments: annotation.comments.iter().map(comment).collect(),
            codebook_version: annotation.codebook_version,
        }
    }
}

fn comment(comment: &Comment) -> CommentRow<'_> {
    let moment = Timestamp::from_millisecond(comment.at_unix_ms);
    let at = moment.map_or_else(|_| comment.at_unix_ms.to_string(), |moment| moment.to_string());
    CommentRow { by: comment.by.as_str().into(), at, text: (&comment.text).into() }
}

fn origin(origin: &Origin) -> OriginRow {
    let (kind, from) = match origin {
        Origin::Hand => ("hand", String::new()),
        Origin::Imported(from) => ("imported", from.clone()),
        Origin::Accepted(reason) => ("accepted", reason.clone()),
        Origin::Changed(reason) => ("changed", reason.clone()),
        Origin::Adjudicated(from) => {
            ("adjudicated", from.iter().map(AnnotatorId::as_str).collect::<Vec<_>>().join(", "))
        }
    };
    OriginRow { kind: kind.to_owned(), from }
}

fn attributes(attributes: &Attributes) -> Vec<AttributeRow> {
    attributes.iter().map(|(id, value)| AttributeRow { attribute: id.to_string(), values: values(value) }).collect()
}

fn values(value: &Value) -> Vec<String> {
    match value {
        Value::Choices(ids) => ids.iter().map(ChoiceId::to_string).collect(),
        _ => vec![value.plain()],
    }
}

fn answer(answer: &Answer) -> AnswerRow<'_> {
    let target = answer.target.as_deref().unwrap_or_default().into();
    AnswerRow { question: answer.question.as_str().into(), target, values: values(&answer.value), value: None }
}

fn relation_row<'a>(id: RelationId, relation: &'a Relation, codebook: &'a Codebook) -> RelationRow<'a> {
    let members = relation.members.iter().map(|Member { role, target }| {
        let (annotation, relation) = match target.item {
            Item::Annotation(id) => (id.to_string(), String::new()),
            Item::Relation(id) => (String::new(), id.to_string()),
        };
        MemberRow { role: role.to_string(), article: target.article.to_string(), annotation, relation }
    });
    let kind = &relation.kind;
    RelationRow {
        id: id.to_string().into(),
        kind: kind.as_str().into(),
        kind_name: codebook.relation(kind).map_or(kind.as_str(), |kind| &kind.name).into(),
        members: members.collect(),
        attributes: attributes(&relation.attributes),
        note: (&relation.note).into(),
        origin: origin(&relation.origin),
    }
}
