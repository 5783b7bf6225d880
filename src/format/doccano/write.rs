//! doccano's lines written: a file for each annotator, with the articles of which they have said something; articles of
//! which nobody has are in a file of nobody.

use std::{collections::BTreeMap, io};

use serde_json::{Value as Json, json};

use super::{
    super::{
        json::line_of,
        known::known_of,
        options::ExportOptions,
        pairs::pairs,
        sink::{Pieces, Sink},
        units::OffsetUnit,
        writer::{ExportedArticle, Writer},
    },
    config::{self, LABELS, RELATIONS},
    read::UNMARKED,
};
use crate::model::{AnnotationId, Codebook, Layer, Project};

pub fn writer(_: &ExportOptions) -> Box<dyn Writer> {
    Box::new(Doccano { counts: BTreeMap::new() })
}

struct Doccano {
    /// How many lines each file has.
    counts: BTreeMap<String, usize>,
}

impl Writer for Doccano {
    fn begin(&mut self, project: &Project, sink: &mut dyn Sink) -> io::Result<()> {
        let codebook = project.codebook();
        let mut list = |piece: &str, list: &Json| sink.write(piece, format!("{list:#}\n").as_bytes());
        list(LABELS, &config::labels(codebook))?;
        if has_relations(codebook) { list(RELATIONS, &config::relations(codebook)) } else { Ok(()) }
    }

    fn article(&self, article: &ExportedArticle<'_>, out: &mut Pieces) {
        let layers = article.layers();
        let layers: Vec<_> = layers.iter().filter_map(|own| Some((own.annotator.as_str(), Some(own.layer?)))).collect();
        let layers = if layers.is_empty() { vec![(UNMARKED, None)] } else { layers };
        for (stem, layer) in layers {
            out.piece(&format!("{stem}.jsonl")).extend_from_slice(line(article, layer).as_bytes());
        }
    }

    fn put(&mut self, made: Pieces, sink: &mut dyn Sink) -> io::Result<()> {
        for (piece, line) in made.iter() {
            let count = self.counts.entry(piece.to_owned()).or_default();
            *count += 1;
            sink.write(piece, format!("{{\"id\":{count},").as_bytes())?;
            sink.write(piece, line.strip_prefix(b"{").unwrap_or(line))?;
            sink.write(piece, b"\n")?;
        }
        Ok(())
    }
}

fn has_relations(codebook: &Codebook) -> bool {
    codebook.relations.iter().any(|kind| !kind.across_articles)
}

/// A line without its number.
fn line(article: &ExportedArticle<'_>, layer: Option<&Layer>) -> String {
    let mut fields: Vec<(&str, Json)> = Vec::new();
    match has_relations(article.codebook()) {
        true => {
            let (entities, ids) = layer.map(|layer| entities(article, layer)).unwrap_or_default();
            let relations = layer.map(|layer| relations(layer, article.codebook(), &ids)).unwrap_or_default();
            fields.extend([("entities", entities.into()), ("relations", relations.into())]);
        }
        false => fields.push(("label", layer.map(|layer| spans(article, layer)).unwrap_or_default().into())),
    }
    fields.push(("text", article.text.as_str().into()));
    fields.extend(known_of(article).map(|(key, value)| (key, value.into())));
    line_of(fields)
}

/// Marks as `[start, end, label]`, each fragment for itself.
fn spans(article: &ExportedArticle<'_>, layer: &Layer) -> Vec<Json> {
    let spans = layer.annotations().flat_map(|(_, mark)| {
        let name = article.codebook().label(&mark.label).map_or(mark.label.as_str(), |label| &label.name);
        mark.fragments.iter().map(move |range| {
            let (start, end) = OffsetUnit::CodePoints.of_bytes(article.text, range);
            json!([start, end, name])
        })
    });
    spans.collect()
}

/// Marks as entities, one for each fragment, and which entity a mark begins with.
fn entities(article: &ExportedArticle<'_>, layer: &Layer) -> (Vec<Json>, BTreeMap<AnnotationId, usize>) {
    let (mut entities, mut ids) = (Vec::new(), BTreeMap::new());
    for (id, mark) in layer.annotations() {
        let name = article.codebook().label(&mark.label).map_or(mark.label.as_str(), |label| &label.name);
        let first = entities.len();
        ids.insert(id, first);
        for (at, range) in mark.fragments.iter().enumerate() {
            let (start, end) = OffsetUnit::CodePoints.of_bytes(article.text, range);
            let number = entities.len();
            let mut entity = json!({ "id": number, "label": name, "start_offset": start, "end_offset": end });
            if at > 0 {
                entity["part_of"] = first.into();
            }
            entities.push(entity);
        }
    }
    (entities, ids)
}

fn relations(layer: &Layer, codebook: &Codebook, ids: &BTreeMap<AnnotationId, usize>) -> Vec<Json> {
    let (mut relations, mut wholes) = (Vec::new(), BTreeMap::new());
    for pair in pairs(layer, codebook) {
        let (Some(from), Some(to)) = (ids.get(&pair.from.0), ids.get(&pair.to.0)) else { continue };
        let mut relation = json!({
            "id": relations.len(), "from_id": from, "to_id": to, "type": pair.kind,
            "roles": [pair.from.1.as_str(), pair.to.1.as_str()],
        });
        if let Some(whole) = pair.part_of {
            relation["part_of"] = (*wholes.entry(whole).or_insert(relations.len())).into();
        }
        relations.push(relation);
    }
    relations
}
