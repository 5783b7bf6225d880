//! The rows of the flat tables, made of the rows of an article.

use serde::Serialize;

use super::super::jsonl::{AnnotationRow, AttributeRow, LayerRow, Line, RelationRow};

/// A fragment of a mark. `fragments` is how many the mark has.
#[derive(Debug, Serialize)]
pub struct SpanRow<'l> {
    article: &'l str,
    annotator: &'l str,
    annotator_name: &'l str,
    mark: &'l str,
    label: &'l str,
    label_name: &'l str,
    /// From 1.
    fragment: usize,
    fragments: usize,
    start: usize,
    end: usize,
    text: &'l str,
    attributes: &'l [AttributeRow],
    note: &'l str,
    flag: &'l str,
    confidence: i16,
}

/// A member of a relation. The relation is of `article`; one across articles is in the table once.
#[derive(Debug, Serialize)]
pub struct MemberOfRow<'l> {
    article: &'l str,
    annotator: &'l str,
    annotator_name: &'l str,
    relation: &'l str,
    kind: &'l str,
    kind_name: &'l str,
    role: &'l str,
    member_article: &'l str,
    /// Empty where the member is a relation.
    member_mark: &'l str,
    /// Empty where the member is a mark.
    member_relation: &'l str,
    attributes: &'l [AttributeRow],
    note: &'l str,
}

/// An article, without what is said of it.
#[derive(Debug, Serialize)]
pub struct ArticleRow<'l> {
    article: &'l str,
    title: &'l str,
    outlet: &'l str,
    byline: &'l str,
    published: &'l str,
    language: &'l str,
    url: &'l str,
    story: &'l str,
    story_name: &'l str,
    text: &'l str,
}

pub fn article_row<'l>(line: &'l Line<'_>) -> ArticleRow<'l> {
    ArticleRow {
        article: &line.id,
        title: &line.title,
        outlet: &line.outlet,
        byline: &line.byline,
        published: &line.published,
        language: &line.language,
        url: &line.url,
        story: &line.story,
        story_name: &line.story_name,
        text: &line.text,
    }
}

/// A row for each fragment of a mark.
pub fn span_rows<'l>(
    article: &'l str,
    layer: &'l LayerRow<'_>,
    mark: &'l AnnotationRow<'_>,
) -> impl Iterator<Item = SpanRow<'l>> {
    (1..).zip(&mark.fragments).map(move |(fragment, row)| SpanRow {
        article,
        annotator: &layer.annotator,
        annotator_name: &layer.annotator_name,
        mark: &mark.id,
        label: &mark.label,
        label_name: &mark.label_name,
        fragment,
        fragments: mark.fragments.len(),
        start: row.start,
        end: row.end,
        text: &row.text,
        attributes: &mark.attributes,
        note: &mark.note,
        flag: &mark.flag,
        confidence: mark.confidence,
    })
}

/// A row for each member of a relation.
pub fn relation_rows<'l>(
    article: &'l str,
    layer: &'l LayerRow<'_>,
    relation: &'l RelationRow<'_>,
) -> impl Iterator<Item = MemberOfRow<'l>> {
    relation.members.iter().map(move |member| MemberOfRow {
        article,
        annotator: &layer.annotator,
        annotator_name: &layer.annotator_name,
        relation: &relation.id,
        kind: &relation.kind,
        kind_name: &relation.kind_name,
        role: &member.role,
        member_article: &member.article,
        member_mark: &member.annotation,
        member_relation: &member.relation,
        attributes: &relation.attributes,
        note: &relation.note,
    })
}
