//! Articles as the rows that stand for them, in JSON lines and wherever else the same rows are written.

use jiff::Timestamp;

use super::{
    super::{
        units::OffsetUnit,
        writer::{ExportedArticle, ExportedLayer},
    },
    rows::{
        AnnotationRow, AnswerRow, AttributeRow, CommentRow, FragmentRow, LayerRow, Line, MemberRow, OriginRow,
        RelationRow, VERSION,
    },
};
use crate::{
    model::{
        Annotation, AnnotationId, AnnotatorId, Answer, Attributes, ChoiceId, Codebook, Comment, Flag, Item, Layer,
        Member, Metadata, Origin, Relation, RelationId, Status, Value,
    },
    text::Text,
};

/// An article with everything that is said of it; offsets count this unit.
pub fn line_of<'a>(article: &ExportedArticle<'a>, unit: OffsetUnit) -> Line<'a> {
    let Metadata { title, outlet, byline, published, language, url, story } = &article.article.metadata;
    let story_name = story.as_ref().and_then(|id| article.project.story(id)).map_or("", |story| &story.name);
    Line {
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
        offsets: unit.name().into(),
        text: article.text.as_str().into(),
        layers: article.layers().iter().map(|exported| layer(article, exported, unit)).collect(),
    }
}

fn layer<'a>(article: &ExportedArticle<'a>, exported: &ExportedLayer<'a>, unit: OffsetUnit) -> LayerRow<'a> {
    let ExportedLayer { annotator, layer, links } = exported;
    let (codebook, text) = (article.codebook(), article.text);
    let annotations = layer.iter().flat_map(|layer| layer.annotations());
    let relations = layer.iter().flat_map(|layer| layer.relations().iter());
    let answers = layer.iter().flat_map(|layer| &layer.article_answers().answers);
    let relation = |(id, relation)| relation_row(id, relation, codebook);
    LayerRow {
        annotator: annotator.as_str().into(),
        annotator_name: article.project.annotator(annotator).map_or("", |who| &who.name).into(),
        status: layer.map_or(Status::ToDo, Layer::status).as_str().into(),
        annotations: annotations.map(|(id, mark)| annotation((id, mark), (codebook, text), unit)).collect(),
        relations: relations.map(|(id, r)| relation((id, &**r))).collect(),
        answers: answers.map(answer).collect(),
        links: links.iter().map(|(id, r)| relation((*id, &***r))).collect(),
    }
}

fn annotation<'a>(
    (id, annotation): (AnnotationId, &'a Annotation),
    (codebook, text): (&'a Codebook, &'a Text),
    unit: OffsetUnit,
) -> AnnotationRow<'a> {
    let fragments = annotation.fragments.iter().map(|range| {
        let (start, end) = unit.of_bytes(text, range);
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
