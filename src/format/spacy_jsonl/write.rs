//! Lines written: one for each annotator of an article; an article that nobody has marked is a line of its own.

use std::{collections::BTreeMap, io, ops::Range};

use serde_json::{Map, Value as Json, json};

use super::super::{
    json::line_of,
    known::known_of,
    options::ExportOptions,
    pairs::pairs,
    sink::{Pieces, Sink},
    tokens::Tokens,
    units::OffsetUnit,
    writer::{ExportedArticle, Writer},
};
use crate::model::{AnnotationId, Codebook, Layer, Project, Status};

/// The piece with the lines.
pub const LINES: &str = "annotations.jsonl";

pub fn writer(_: &ExportOptions) -> Box<dyn Writer> {
    Box::new(SpacyJsonl)
}

struct SpacyJsonl;

impl Writer for SpacyJsonl {
    fn begin(&mut self, _: &Project, sink: &mut dyn Sink) -> io::Result<()> {
        // The piece is there even where there is no article.
        sink.write(LINES, b"")
    }

    fn article(&self, article: &ExportedArticle<'_>, out: &mut Pieces) {
        let layers = article.layers();
        let layers: Vec<_> = layers.iter().filter_map(|own| Some((own.annotator.as_str(), own.layer?))).collect();
        let piece = out.piece(LINES);
        let mut write = |line: String| {
            piece.extend_from_slice(line.as_bytes());
            piece.push(b'\n');
        };
        if layers.is_empty() {
            write(line(article, None));
        }
        layers.into_iter().for_each(|layer| write(line(article, Some(layer))));
    }
}

fn line(article: &ExportedArticle<'_>, layer: Option<(&str, &Layer)>) -> String {
    let marks = layer.into_iter().flat_map(|(_, layer)| layer.annotations());
    let tokens = Tokens::of(article.text.as_str(), marks.flat_map(|(_, mark)| mark.fragments.iter()));
    let annotator = layer.map(|(annotator, _)| annotator);
    let mut fields: Vec<(&str, Json)> = vec![("_annotator_id", annotator.into()), ("_session_id", annotator.into())];
    if layer.is_some_and(|(_, layer)| layer.status() == Status::Done) {
        fields.push(("answer", "accept".into()));
    }
    let known = known_of(article).into_iter().filter(|(_, value)| !value.is_empty());
    let known: Map<_, _> = known.map(|(key, value)| (key.to_owned(), Json::from(value))).collect();
    fields.push(("meta", known.into()));
    fields.push(("text", article.text.as_str().into()));
    fields.push(("tokens", tokens_of(article, &tokens)));
    if let Some((_, layer)) = layer {
        let (spans, ids) = spans(article, layer, &tokens);
        let relations = relations(layer, article.codebook(), &spans, &ids);
        fields.extend([("spans", spans.into()), ("relations", relations.into())]);
    }
    line_of(fields)
}

fn tokens_of(article: &ExportedArticle<'_>, tokens: &Tokens) -> Json {
    let token = |(id, token): (usize, &super::super::tokens::Token)| {
        let (start, end) = OffsetUnit::CodePoints.of_bytes(article.text, token.range);
        let text = token.range.slice(article.text.as_str()).unwrap_or_default();
        json!({ "text": text, "start": start, "end": end, "id": id, "ws": token.is_spaced })
    };
    tokens.as_slice().iter().enumerate().map(token).collect()
}

/// Marks as spans, one for each fragment, and which span a mark begins with.
fn spans(article: &ExportedArticle<'_>, layer: &Layer, tokens: &Tokens) -> (Vec<Json>, BTreeMap<AnnotationId, usize>) {
    let (mut spans, mut ids) = (Vec::new(), BTreeMap::new());
    for (id, mark) in layer.annotations() {
        let name = article.codebook().label(&mark.label).map_or(mark.label.as_str(), |label| &label.name);
        let first = spans.len();
        ids.insert(id, first);
        for (at, range) in mark.fragments.iter().enumerate() {
            let (start, end) = OffsetUnit::CodePoints.of_bytes(article.text, range);
            // Tokens are cut where fragments begin and end, so there is one.
            let Range { start: token, end: token_end } = tokens.within(range).unwrap_or(0..1);
            let mut span = json!({
                "start": start, "end": end, "token_start": token, "token_end": token_end - 1, "label": name,
                "text": range.slice(article.text.as_str()).unwrap_or_default(), "id": spans.len(),
            });
            if at > 0 {
                span["part_of"] = first.into();
            }
            spans.push(span);
        }
    }
    (spans, ids)
}

fn relations(layer: &Layer, codebook: &Codebook, spans: &[Json], ids: &BTreeMap<AnnotationId, usize>) -> Vec<Json> {
    let (mut relations, mut wholes) = (Vec::new(), BTreeMap::new());
    let span = |id: &AnnotationId| ids.get(id).and_then(|at| spans.get(*at));
    for pair in pairs(layer, codebook) {
        let (Some(head), Some(child)) = (span(&pair.from.0), span(&pair.to.0)) else { continue };
        let mut relation = json!({
            "head": head["token_end"], "child": child["token_end"], "head_span": place(head), "child_span": place(child),
            "label": pair.kind, "roles": [pair.from.1.as_str(), pair.to.1.as_str()],
        });
        if let Some(whole) = pair.part_of {
            relation["part_of"] = (*wholes.entry(whole).or_insert(relations.len())).into();
        }
        relations.push(relation);
    }
    relations
}

/// A span as relations name it.
fn place(span: &Json) -> Json {
    let keys = ["start", "end", "token_start", "token_end", "label", "id"];
    keys.into_iter().map(|key| (key.to_owned(), span[key].clone())).collect::<Map<_, _>>().into()
}
