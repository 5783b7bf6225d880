//! doccano's lines read: whose they are, then a text at a time with the layers of everybody who has said something of it.

use std::{collections::BTreeMap, io::Read as _};

use serde_json::{Map, Value as Json};

use super::{
    super::{
        asked::Asked,
        json::{Place, each_json, list, number, word},
        known::{KEYS, Known},
        pairs::{Pairing, ReadPair},
        reader::{Head, Placing, Sources, Take, extension_of, file_name, origin},
        seen::Seen,
        unified::Unified,
        units::{Claimed, OffsetUnit},
    },
    config::{self, Declares},
};
use crate::{
    diagnostic::Diagnostic,
    model::{Annotation, AnnotationId, Codebook, CountedIds, IncomingArticle, IncomingLayer, LabelId, Origin, Value},
    phrase,
    text::Fragments,
};

const FORMAT: &str = "doccano";
/// The stem of the file with the articles that nobody has marked. No annotator has an id with a `_`.
pub const UNMARKED: &str = "_unmarked";
/// The stem of what doccano exports where all annotators work on the same labels.
const EVERYBODY: &str = "all";
/// What the answers of a project for categories are called.
const CATEGORY: &str = "Category";
/// The largest list of labels that is read, in bytes.
const MAX_CONFIG: u64 = 16 << 20;
/// So many records of a file are looked at to see whether others have the same texts.
const LOOKED_AT: usize = 100;

/// Whether a source has a text with labels as doccano has them, as its first bytes show it.
pub fn recognises(heads: &[Head<'_>]) -> bool {
    heads.iter().any(|head| {
        let has = |part: &[u8]| head.bytes.windows(part.len()).any(|own| own == part);
        let is_json = is_data(head.name) && matches!(head.bytes.trim_ascii_start().first(), Some(b'{' | b'['));
        let has_labels = [&b"\"label\""[..], b"\"labels\"", b"\"entities\"", b"\"annotations\"", b"\"cats\""];
        let has_texts = has(b"\"text\"") && has_labels.into_iter().any(has) && !has(b"\"@context\"");
        is_json && (has_texts || has(b"\"start_offset\"") || has(b"\"label\":[["))
    })
}

fn is_data(name: &str) -> bool {
    matches!(extension_of(name).as_str(), "jsonl" | "json") && Declares::named(file_name(name)).is_none()
}

/// See [`super::super::reader::Read`].
pub fn read(sources: &mut dyn Sources, take: &mut dyn Take) -> Result<Codebook, Diagnostic> {
    let names = sources.names().to_vec();
    let mut codebook = Codebook::empty("doccano");
    for name in &names {
        let Some(declares) = Declares::named(file_name(name)) else { continue };
        match read_config(sources, name) {
            Ok(types) => codebook = config::declared(&types, declares, codebook),
            Err(told) => take.tell(told),
        }
    }
    let names: Vec<(String, Option<String>)> = annotators(sources, &names);
    let mut reading = Reading { seen: Seen::over(codebook), asked: Asked::default(), left_out: BTreeMap::new() };
    for (name, annotator) in &names {
        each_json(sources, name, take, &mut |record, place, take| {
            reading.record(record, annotator.as_ref(), place, take)
        })?;
        reading.tell_left_out(name, take);
    }
    let mut codebook = reading.seen.finish();
    codebook.questions = reading.asked.finish();
    Ok(codebook)
}

fn read_config(sources: &mut dyn Sources, name: &str) -> Result<Vec<Json>, Diagnostic> {
    let mut bytes = Vec::new();
    let read = sources.open(name)?.take(MAX_CONFIG).read_to_end(&mut bytes);
    let io = |why: std::io::Error| Diagnostic::error("io", phrase!("Can’t read it: {why}", why = &why));
    read.map_err(|why| io(why).hint("Try again").at_path(name))?;
    config::types(&bytes).map_err(|told| told.at_path(name))
}

/// The files with data, each with its annotator, where it is one's: where the labels lie beside it, or where another file
/// of the folder has the same texts. doccano names a file after the annotator, or `all` where all work together.
fn annotators(sources: &mut dyn Sources, names: &[String]) -> Vec<(String, Option<String>)> {
    let data: Vec<&String> = names.iter().filter(|name| is_data(name)).collect();
    let has_labels = |folder: &str| {
        names.iter().any(|name| folder_of(name) == folder && Declares::named(file_name(name)) == Some(Declares::Labels))
    };
    let mut texts: Vec<Vec<u64>> = Vec::new();
    for name in &data {
        // A file that stands alone has nothing to be compared with.
        let stands_alone = data.iter().filter(|other| folder_of(other) == folder_of(name)).count() < 2;
        texts.push(if stands_alone || has_labels(folder_of(name)) { Vec::new() } else { first_texts(sources, name) });
    }
    let is_shared = |at: usize| {
        let others = (0..data.len()).filter(|other| *other != at && folder_of(data[*other]) == folder_of(data[at]));
        others.into_iter().any(|other| texts[other].iter().any(|text| texts[at].contains(text)))
    };
    let owned = data.iter().enumerate().map(|(at, name)| {
        let stem = file_name(name).rsplit_once('.').map_or("", |(stem, _)| stem);
        let is_labelled = has_labels(folder_of(name));
        let is_somebodys = stem != UNMARKED && (is_labelled || (stem != EVERYBODY && is_shared(at)));
        ((*name).clone(), is_somebodys.then(|| stem.to_owned()))
    });
    owned.collect()
}

fn folder_of(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The first texts of a file, as hashes. What is wrong with it is told when it is read.
fn first_texts(sources: &mut dyn Sources, name: &str) -> Vec<u64> {
    struct Silent;
    impl Take for Silent {
        fn article(&mut self, _: IncomingArticle) -> Result<(), Diagnostic> {
            Ok(())
        }
        fn tell(&mut self, _: Diagnostic) {}
        fn offsets(&mut self, _: OffsetUnit, _: super::super::units::Evidence) {}
    }
    let mut texts = Vec::new();
    let enough = each_json(sources, name, &mut Silent, &mut |record, _, _| {
        texts.extend(text_of(record).map(crate::text::hash::fingerprint));
        if texts.len() < LOOKED_AT { Ok(()) } else { Err(Diagnostic::note("enough", "Enough was seen")) }
    });
    drop(enough);
    texts
}

fn text_of(record: &Map<String, Json>) -> Option<&str> {
    record.get("text").or_else(|| record.get("data")).and_then(Json::as_str)
}

/// What goes from record to record.
struct Reading {
    seen: Seen,
    asked: Asked,
    /// What is not taken up of the file that is being read, with how often it was there.
    left_out: BTreeMap<String, usize>,
}

/// Keys whose values are spans, categories or other labels.
const LABELS: [&str; 5] = ["label", "labels", "entities", "cats", "annotations"];
/// Keys that say nothing of the article, besides those that are known.
const PASSED_OVER: [&str; 7] = ["id", "text", "data", "meta", "relations", "Comments", "annotation_approver"];

impl Reading {
    fn record(
        &mut self,
        record: &Map<String, Json>,
        annotator: Option<&String>,
        place: Place<'_>,
        take: &mut dyn Take,
    ) -> Result<(), Diagnostic> {
        let Some(text) = text_of(record).filter(|text| !text.trim().is_empty()) else {
            let told =
                Diagnostic::error("empty-article", "The record has no text").hint("Add one that has words in it");
            take.tell(place.at(told));
            return Ok(());
        };
        let unified = Unified::of(text.to_owned());
        let meta = record.get("meta").and_then(Json::as_object);
        let objects: Vec<&Map<String, Json>> = [Some(record), meta].into_iter().flatten().collect();
        let stem = file_name(place.source).split('.').next().unwrap_or_default();
        let known = Known::of(&objects, || format!("{stem} {}", place.number));
        let id = known.id(&unified.text);
        for key in objects.iter().flat_map(|object| object.keys()) {
            if ![&KEYS[..], &LABELS, &PASSED_OVER].concat().contains(&key.as_str()) {
                *self.left_out.entry(key.clone()).or_default() += 1;
            }
        }
        *self.left_out.entry("Comments".to_owned()).or_default() += list(record, "Comments").len();
        let items: Vec<&Json> = LABELS.iter().filter_map(|key| record.get(*key)).flat_map(items).collect();
        let claims: Vec<Claimed> = items.iter().filter_map(|item| claimed(item)).collect();
        let placing = Placing::of(&unified.source, OffsetUnit::CodePoints, &claims, take);
        let origin = origin(FORMAT, place.source);
        let pairing = Pairing::of(&id, origin.clone());
        let ids = CountedIds::default();
        let (marks, layers) = (Marks::new(), BTreeMap::new());
        let mut of_record =
            OfRecord { reading: self, placing, unified: &unified, place, take, origin, ids, marks, layers };
        for item in items {
            of_record.item(item, annotator);
        }
        of_record.relations(list(record, "relations"), annotator, pairing);
        let layers = of_record.layers.into_values().filter(|layer| !layer.is_blank()).collect();
        let (Known { metadata, story, .. }, source) = (known, place.source.to_owned());
        let Unified { text, notes: loaded, .. } = unified;
        take.article(IncomingArticle { id, metadata, story, text, loaded, layers, source })
    }

    fn tell_left_out(&mut self, source: &str, take: &mut dyn Take) {
        let left_out = std::mem::take(&mut self.left_out);
        let left_out: Vec<String> =
            left_out.into_iter().filter(|(_, n)| *n > 0).map(|(key, n)| format!("{key} ({n})")).collect();
        if !left_out.is_empty() {
            let message = phrase!("Left out what Pressmark has no place for: {keys}", keys = left_out.join(", "));
            take.tell(Diagnostic::note("left-out", message).at_path(source).hint("Keep the file if you need it"));
        }
    }
}

/// What stands at a key: the things in a list, or one alone.
fn items(value: &Json) -> Vec<&Json> {
    match value {
        Json::Array(items) => items.iter().collect(),
        Json::Null => Vec::new(),
        one => vec![one],
    }
}

/// The range of a span; `None` for what is none.
fn claimed(item: &Json) -> Option<Claimed> {
    let (start, end) = match item {
        Json::Array(parts) => (parts.first(), parts.get(1)),
        _ => (item.get("start_offset"), item.get("end_offset")),
    };
    Some(Claimed { start: number(start)?, end: number(end)?, words: None })
}

/// The mark of each span, and of each entity with the id that the file gives it.
type Marks = BTreeMap<String, (AnnotationId, LabelId)>;

/// What is needed to read a record.
struct OfRecord<'a, 't> {
    reading: &'a mut Reading,
    placing: Placing<'t>,
    unified: &'t Unified,
    place: Place<'a>,
    take: &'a mut dyn Take,
    origin: Origin,
    ids: CountedIds,
    marks: Marks,
    /// Of each annotator.
    layers: BTreeMap<Option<String>, IncomingLayer>,
}

impl OfRecord<'_, '_> {
    fn item(&mut self, item: &Json, annotator: Option<&String>) {
        // The first version had everybody's labels in one file.
        let annotator = item.get("user").and_then(word).or_else(|| annotator.cloned());
        let label = match item {
            Json::Array(parts) => parts.get(2),
            Json::Object(fields) => fields.get("label"),
            one => Some(one),
        };
        let (label, is_span) = (label.and_then(word), claimed(item).is_some());
        let Some(label) = label.filter(|label| !label.trim().is_empty()) else {
            self.no_label(item);
            return;
        };
        if is_span {
            self.span(item, &label, annotator);
        } else if item.is_array() || item.get("start_offset").is_some() {
            let told = Diagnostic::error("no-range", phrase!("A span called {label} has no offsets", label));
            self.take.tell(self.place.at(told.hint("Give it a start and an end")));
        } else {
            let answer = self.reading.asked.answer(CATEGORY, &[&label], &[]);
            let layer = self.layers.entry(annotator.clone()).or_default();
            layer.annotator = annotator;
            let Some(answer) = answer else { return };
            match layer.answers.iter_mut().find(|own| own.question == answer.question) {
                Some(own) => own.value = both(&own.value, &answer.value),
                None => layer.answers.push(answer),
            }
        }
    }

    fn no_label(&mut self, item: &Json) {
        if item.get("text").is_some() {
            *self.reading.left_out.entry("text of a label".to_owned()).or_default() += 1;
            return;
        }
        let told = Diagnostic::error("no-label", "A span has no label, so it is no mark").hint("Label it");
        self.take.tell(self.place.at(told));
    }

    fn span(&mut self, item: &Json, name: &str, annotator: Option<String>) {
        let place = self.place;
        let at = |told: Diagnostic| place.at(told);
        let range = claimed(item).and_then(|claimed| self.placing.place(&claimed, at, self.take));
        let Some(range) = range.map(|range| self.unified.carried(range)) else { return };
        if let Some(mark) = self.whole(item, annotator.as_ref()) {
            mark.fragments = Fragments::new(mark.fragments.iter().chain([range])).unwrap_or(mark.fragments.clone());
            return;
        }
        let Some(fragments) = Fragments::one(range) else {
            let told =
                Diagnostic::error("no-fragments", "A span covers no words").hint("Give it a range, or leave it out");
            self.take.tell(at(told));
            return;
        };
        let Some(label) = self.reading.seen.label(name) else { return };
        let id = self.ids.annotation();
        let mark = Annotation { origin: self.origin.clone(), ..Annotation::new(label.clone(), fragments, 0) };
        let layer = self.layers.entry(annotator.clone()).or_default();
        layer.annotator = annotator;
        layer.annotations.push((id, mark));
        self.marks.extend(item.get("id").and_then(word).map(|own| (own, (id, label))));
    }

    /// The mark that a span is a further fragment of.
    fn whole(&mut self, item: &Json, annotator: Option<&String>) -> Option<&mut Annotation> {
        let (id, _) = self.marks.get(&item.get("part_of").and_then(word)?)?;
        let layer = self.layers.get_mut(&annotator.cloned())?;
        // It is the last one: the fragments of a mark stand together.
        layer.annotations.last_mut().filter(|(own, _)| own == id).map(|(_, mark)| mark)
    }

    fn relations(&mut self, relations: &[Json], annotator: Option<&String>, mut pairing: Pairing<'_>) {
        for row in relations {
            let end = |key: &str| row.get(key).and_then(word).and_then(|id| self.marks.get(&id));
            let (Some(from), Some(to)) = (end("from_id"), end("to_id")) else {
                let told = Diagnostic::error("no-such-member", "A relation names an entity that is not there");
                self.take.tell(self.place.at(told.hint("Leave it out")));
                continue;
            };
            let kind = row.get("type").and_then(word).unwrap_or_default();
            let part_of = row.get("part_of").and_then(word);
            let role = |at: usize| row.get("roles").and_then(|roles| roles.get(at)).and_then(Json::as_str);
            let pair = ReadPair { kind: &kind, from, to, roles: [role(0), role(1)], part_of: part_of.as_deref() };
            let layer = self.layers.entry(annotator.cloned()).or_default();
            pairing.add(&pair, (&mut self.reading.seen, &mut self.ids), layer);
        }
    }
}

/// The choices of two answers to one question.
fn both(one: &Value, other: &Value) -> Value {
    let (Value::Choices(own), Value::Choices(others)) = (one, other) else { return one.clone() };
    let mut all: Vec<_> = own.iter().chain(others).cloned().collect();
    all.sort_unstable();
    all.dedup();
    Value::Choices(all)
}
