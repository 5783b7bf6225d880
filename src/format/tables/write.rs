//! The three tables written.

use std::{borrow::Cow, collections::BTreeSet, io};

use super::{
    super::{
        options::{Cells, ExportOptions},
        sink::{Pieces, Sink},
        units::OffsetUnit,
        writer::{ExportedArticle, ExportedLayer, Writer},
    },
    cells::{ATTRIBUTE, BETWEEN, BOM, COMMAS, Dialect, TABS, guarded},
};
use crate::model::{
    Annotation, AnnotationId, Attribute, AttributeId, Attributes, ChoiceId, Flag, Item, Project, Relation, RelationId,
    Value,
};

pub fn csv(options: &ExportOptions) -> Box<dyn Writer> {
    writer(options, COMMAS)
}

pub fn tsv(options: &ExportOptions) -> Box<dyn Writer> {
    writer(options, TABS)
}

fn writer(options: &ExportOptions, dialect: Dialect) -> Box<dyn Writer> {
    let (unit, cells) = (options.offsets.unwrap_or_default(), options.cells);
    Box::new(Tables { dialect, unit, cells, of_labels: Vec::new(), of_kinds: Vec::new(), links: BTreeSet::new() })
}

struct Tables {
    dialect: Dialect,
    unit: OffsetUnit,
    cells: Cells,
    /// What labels ask for, each once: a column each.
    of_labels: Vec<AttributeId>,
    of_kinds: Vec<AttributeId>,
    /// Relations across articles that are written with the first of their articles.
    links: BTreeSet<(String, RelationId, String)>,
}

const SPANS: [&str; 11] =
    ["article", "annotator", "mark", "label", "fragment", "start", "end", "text", "note", "flag", "confidence"];
const RELATIONS: [&str; 7] = ["article", "annotator", "relation", "kind", "role", "member", "note"];
const ARTICLES: [&str; 9] = ["article", "title", "outlet", "byline", "published", "language", "url", "story", "text"];

impl Writer for Tables {
    fn begin(&mut self, project: &Project, sink: &mut dyn Sink) -> io::Result<()> {
        let codebook = project.codebook();
        self.of_labels = columns(codebook.labels.iter().flat_map(|label| &label.attributes));
        self.of_kinds = columns(codebook.relations.iter().flat_map(|kind| &kind.attributes));
        for (annotator, links) in project.all_links() {
            for (id, link) in links.iter() {
                let first = link.members.iter().map(|member| &member.target.article).min();
                self.links.extend(first.map(|article| (annotator.to_string(), id, article.to_string())));
            }
        }
        let tables: [(&str, &[&str], &[AttributeId]); 3] = [
            ("spans", &SPANS, &self.of_labels),
            ("relations", &RELATIONS, &self.of_kinds),
            ("articles", &ARTICLES, &[]),
        ];
        for (name, columns, attributes) in tables {
            let mut bytes = if self.cells == Cells::SpreadsheetSafe { BOM.to_vec() } else { Vec::new() };
            let attributes = attributes.iter().map(|id| format!("{ATTRIBUTE}{id}").into());
            self.row(&mut bytes, columns.iter().map(|name| Cow::Borrowed(*name)).chain(attributes));
            sink.write(&self.piece(name), &bytes)?;
        }
        Ok(())
    }

    fn article(&self, article: &ExportedArticle<'_>, out: &mut Pieces) {
        let own = &article.article.metadata;
        let story = own.story.as_ref().map_or("", |story| story.as_str());
        let cells = [
            article.id.as_str(),
            &own.title,
            &own.outlet,
            &own.byline,
            &own.published,
            &own.language,
            &own.url,
            story,
            article.text,
        ];
        self.row(out.piece(&self.piece("articles")), cells.into_iter().map(Cow::Borrowed));
        for exported in article.layers() {
            for (id, mark) in exported.layer.into_iter().flat_map(|layer| layer.annotations()) {
                self.mark(article, &exported, (id, mark), out.piece(&self.piece("spans")));
            }
            let own = exported.layer.into_iter().flat_map(|layer| layer.relations().iter());
            let is_first = |(id, _): &(RelationId, _)| {
                self.links.contains(&(exported.annotator.to_string(), *id, article.id.to_string()))
            };
            let links = exported.links.iter().copied().filter(is_first);
            for (id, row) in own.chain(links) {
                self.relation(&exported, (id, row), out.piece(&self.piece("relations")));
            }
        }
    }
}

impl Tables {
    fn piece(&self, name: &str) -> String {
        format!("{name}.{}", self.dialect.extension)
    }

    /// Adds a row; the writer quotes what has to be. Writing to memory does not fail.
    fn row<'c>(&self, to: &mut Vec<u8>, cells: impl Iterator<Item = Cow<'c, str>>) {
        let mut writer = ::csv::WriterBuilder::new().delimiter(self.dialect.separator).from_writer(to);
        for cell in cells {
            let _ = writer.write_field(guarded(&cell, self.cells).as_ref());
        }
        let _ = writer.write_record(None::<&[u8]>);
    }

    fn mark(
        &self,
        article: &ExportedArticle<'_>,
        exported: &ExportedLayer<'_>,
        (id, mark): (AnnotationId, &Annotation),
        to: &mut Vec<u8>,
    ) {
        let flag = match mark.flag {
            Some(Flag::Flag) => "flag",
            Some(Flag::Question) => "question",
            None => "",
        };
        for (number, range) in (1..).zip(mark.fragments.iter()) {
            let (start, end) = self.unit.of_bytes(article.text, range);
            let cells: [Cow<'_, str>; 11] = [
                article.id.as_str().into(),
                exported.annotator.as_str().into(),
                id.to_string().into(),
                mark.label.as_str().into(),
                i32::to_string(&number).into(),
                start.to_string().into(),
                end.to_string().into(),
                range.slice(article.text).unwrap_or_default().into(),
                mark.note.as_str().into(),
                flag.into(),
                mark.confidence.map_or_else(String::new, |percent| percent.to_string()).into(),
            ];
            self.row(to, cells.into_iter().chain(answers(&mark.attributes, &self.of_labels)));
        }
    }

    fn relation(&self, exported: &ExportedLayer<'_>, (id, row): (RelationId, &Relation), to: &mut Vec<u8>) {
        for member in &row.members {
            let target = match member.target.item {
                Item::Annotation(id) => id.to_string(),
                Item::Relation(id) => id.to_string(),
            };
            let cells: [Cow<'_, str>; 7] = [
                member.target.article.as_str().into(),
                exported.annotator.as_str().into(),
                id.to_string().into(),
                row.kind.as_str().into(),
                member.role.as_str().into(),
                target.into(),
                row.note.as_str().into(),
            ];
            self.row(to, cells.into_iter().chain(answers(&row.attributes, &self.of_kinds)));
        }
    }
}

/// The attributes that have a column, each once, in the order in which they are asked.
fn columns<'a>(asked: impl Iterator<Item = &'a Attribute>) -> Vec<AttributeId> {
    let mut columns: Vec<AttributeId> = Vec::new();
    for attribute in asked {
        if !columns.contains(&attribute.id) {
            columns.push(attribute.id.clone());
        }
    }
    columns
}

/// A cell for each column.
fn answers<'a>(attributes: &'a Attributes, columns: &'a [AttributeId]) -> impl Iterator<Item = Cow<'a, str>> {
    columns.iter().map(|id| match attributes.get(id) {
        Some(Value::Choices(ids)) => ids.iter().map(ChoiceId::as_str).collect::<Vec<_>>().join(BETWEEN).into(),
        Some(value) => value.plain().into(),
        None => "".into(),
    })
}
