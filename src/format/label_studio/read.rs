//! Tasks read: their text, then what annotations and predictions say of it, each a layer.

use std::{collections::BTreeMap, io::Read as _};

use serde_json::{Map, Value as Json};

use super::{
    super::{
        reader::{Head, Placing, Sources, Take, extension_of, file_name, origin},
        records::each_record,
        seen::{Seen, new_attribute},
        unified::Unified,
        units::{Claimed, OffsetUnit},
    },
    config::{self, Config, TextKind},
    result::{
        Body, annotator, asked, claimed, dialogue, field, flat, is_labels, list, list_of, listed, part_of, string,
        value, values,
    },
};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Annotation, AnnotationId, Answer, ArticleId, AttributeKind, Attributes, Codebook, CountedIds, Filler,
        IncomingArticle, IncomingLayer, LabelId, Member, Metadata, Origin, Question, Relation, RelationId, Target,
    },
    phrase,
    text::Fragments,
};

/// The largest config that is read, in bytes.
const MAX_CONFIG: u64 = 16 << 20;
const FORMAT: &str = "label-studio";

/// Whether a source has a task, as its first bytes show it.
pub fn recognises(heads: &[Head<'_>]) -> bool {
    heads.iter().any(|head| {
        let has = |part: &[u8]| head.bytes.windows(part.len()).any(|own| own == part);
        let is_task = has(b"\"data\"") && (has(b"\"annotations\"") || has(b"\"predictions\"") || has(b"\"result\""));
        head.extension() == "json" && (is_task || has(b"\"from_name\"") || has(b"\"annotation_id\""))
    })
}

/// See [`super::super::reader::Read`].
pub fn read(sources: &mut dyn Sources, take: &mut dyn Take) -> Result<Codebook, Diagnostic> {
    let names = sources.names().to_vec();
    let (mut codebook, mut configs) = (Codebook::empty("Label Studio"), BTreeMap::new());
    for name in names.iter().filter(|name| extension_of(name) == "xml") {
        match read_config(sources, name, &mut codebook) {
            Ok(config) => _ = configs.insert(folder(name).to_owned(), config),
            // Another file beside the tasks.
            Err(told) if told.code == "no-config" => {}
            Err(told) => take.tell(told.at_path(name)),
        }
    }
    let mut reading = Reading {
        questions: std::mem::take(&mut codebook.questions),
        seen: Seen::over(codebook),
        ids: CountedIds::default(),
        configs,
    };
    for name in names.iter().filter(|name| extension_of(name) == "json") {
        match sources.open(name) {
            Ok(source) => each_record(source, name, take, &mut |number, record, take| {
                let place = Place { source: name, number };
                match record {
                    Json::Object(task) => reading.task(&task, place, take),
                    _ => {
                        take.tell(
                            place.at(Diagnostic::error("bad-record", "A task is an object").hint("Leave it out")),
                        );
                        Ok(())
                    }
                }
            })?,
            Err(told) => take.tell(told),
        }
    }
    let mut codebook = reading.seen.with_roles(&["from", "to"]).finish();
    codebook.questions = reading.questions;
    Ok(codebook)
}

fn read_config(sources: &mut dyn Sources, name: &str, codebook: &mut Codebook) -> Result<Config, Diagnostic> {
    let mut bytes = Vec::new();
    let read = sources.open(name)?.take(MAX_CONFIG).read_to_end(&mut bytes);
    read.map_err(|why| Diagnostic::error("io", phrase!("Can’t read it: {why}", why = &why)).hint("Try again"))?;
    config::read(&String::from_utf8_lossy(&bytes), codebook)
}

/// The folder of a source, with its `/`; empty at the top.
fn folder(name: &str) -> &str {
    name.rfind('/').map_or("", |end| &name[..=end])
}

/// Where a task stands, for messages.
#[derive(Clone, Copy)]
struct Place<'p> {
    source: &'p str,
    /// Of the task in its file, from 1.
    number: usize,
}

impl Place<'_> {
    fn at(self, told: Diagnostic) -> Diagnostic {
        told.about(phrase!("task {n}", n = &self.number.to_string())).at_path(self.source)
    }
}

/// What goes from task to task.
struct Reading {
    seen: Seen,
    questions: Vec<Question>,
    ids: CountedIds,
    /// By the folder that each stands in.
    configs: BTreeMap<String, Config>,
}

impl Reading {
    fn task(&mut self, task: &Map<String, Json>, place: Place<'_>, take: &mut dyn Take) -> Result<(), Diagnostic> {
        // In JSON-MIN everything stands in one object.
        let data = task.get("data").and_then(Json::as_object).unwrap_or(task);
        let Some(body) = self.body(data, place, take) else { return Ok(()) };
        let unified = Unified::of(body.text);
        let annotations: Vec<(&Map<String, Json>, bool)> = match task.get("data") {
            Some(_) => listed(task, "annotations")
                .map(|own| (own, false))
                .chain(listed(task, "predictions").map(|own| (own, true)))
                .collect(),
            None => Vec::new(),
        };
        let results: Vec<(Option<String>, bool, Vec<Json>)> = match task.get("data") {
            Some(_) => annotations
                .into_iter()
                .filter(|(own, _)| own.get("was_cancelled") != Some(&Json::Bool(true)))
                .map(|(own, guessed)| (annotator(own, guessed), guessed, list(own, "result").to_vec()))
                .collect(),
            None => vec![(annotator(task, false), false, flat(task))],
        };
        let claims: Vec<Claimed> =
            results.iter().flat_map(|(_, _, result)| result).filter_map(|row| claimed(row, &body.turns)).collect();
        let placing = Placing::of(&unified.source, OffsetUnit::Utf16, &claims, take);
        let title = string(data, "title").unwrap_or_else(|| {
            let stem = file_name(place.source).split('.').next().unwrap_or_default();
            format!("{stem} {}", place.number)
        });
        let id = string(data, "pressmark_id").and_then(|id| ArticleId::new(&id).ok());
        let id = id.unwrap_or_else(|| ArticleId::of(&title, &unified.text));
        let mut of_task =
            OfTask { reading: self, id: &id, placing, unified: &unified, turns: &body.turns, place, take };
        let layers = results.iter().map(|(who, guessed, result)| of_task.layer(who.clone(), *guessed, result));
        let layers: Vec<IncomingLayer> = layers.filter(|layer| !layer.is_blank()).collect();
        let text_of = |key: &str| string(data, key).unwrap_or_default();
        let metadata = Metadata {
            title,
            outlet: text_of("outlet"),
            byline: text_of("byline"),
            published: text_of("published"),
            language: text_of("language"),
            url: text_of("url"),
            story: None,
        };
        let (story, source) = (text_of("story"), place.source.to_owned());
        let Unified { text, notes: loaded, .. } = unified;
        take.article(IncomingArticle { id, metadata, story, text, loaded, layers, source })
    }

    /// The text of a task: the one that the config names, else the longest there is. What has none is told.
    fn body(&self, data: &Map<String, Json>, place: Place<'_>, take: &mut dyn Take) -> Option<Body> {
        let config = self.configs.iter().rev().find(|(folder, _)| place.source.starts_with(folder.as_str()));
        let named = config.and_then(|(_, config)| {
            config.texts.values().find(|(key, _)| data.contains_key(key)).map(|(key, kind)| (&data[key], *kind))
        });
        let longest =
            || data.values().filter(|value| value.is_string()).max_by_key(|value| value.as_str().map(str::len));
        let found = named.or_else(|| data.get("text").or_else(longest).map(|value| (value, TextKind::Plain)));
        let body = match found {
            Some((Json::String(text), TextKind::Plain)) => Some(Body { text: text.clone(), turns: Vec::new() }),
            Some((Json::Array(turns), TextKind::Dialogue)) => Some(dialogue(turns)),
            Some((_, TextKind::Html)) => {
                let told =
                    Diagnostic::warning("html-task", "The task’s text is HTML, which is not read from Label Studio");
                take.tell(place.at(told.hint("Add the page as an article, or label its plain text")));
                return None;
            }
            _ => None,
        };
        let body = body.filter(|body| !body.text.trim().is_empty());
        if body.is_none() {
            let told = Diagnostic::error("empty-article", "The task has no text").hint("Add one that has words in it");
            take.tell(place.at(told));
        }
        body
    }
}

/// What is needed to read the annotations of a task.
struct OfTask<'a, 't> {
    reading: &'a mut Reading,
    id: &'a ArticleId,
    placing: Placing<'t>,
    unified: &'t Unified,
    turns: &'a [usize],
    place: Place<'a>,
    take: &'a mut dyn Take,
}

/// The marks of the regions that were read, by the ids of the file.
type Marks = BTreeMap<String, Vec<(AnnotationId, LabelId)>>;

impl OfTask<'_, '_> {
    fn layer(&mut self, annotator: Option<String>, is_guessed: bool, result: &[Json]) -> IncomingLayer {
        let mut layer = IncomingLayer { annotator, ..IncomingLayer::default() };
        let mut marks = Marks::new();
        // Parts come behind the regions that they are parts of.
        let (parts, wholes): (Vec<&Json>, Vec<&Json>) =
            result.iter().filter(|row| is_labels(row)).partition(|row| part_of(row).is_some());
        for row in wholes {
            self.region(row, is_guessed, &mut layer, &mut marks);
        }
        for row in parts {
            self.part(row, is_guessed, &mut layer, &mut marks);
        }
        for row in result.iter().filter(|row| !is_labels(row) && field(row, "type") != "relation") {
            match marks.get(field(row, "id")) {
                Some(of) => self.attribute(row, &of.clone(), &mut layer),
                None if claimed(row, self.turns).is_some() => {
                    let told =
                        Diagnostic::warning("no-label", "A region has no label, so it is no mark").hint("Label it");
                    self.take.tell(self.place.at(told));
                }
                None => layer.answers.extend(self.answer(row)),
            }
        }
        self.relations(result, is_guessed, &marks, &mut layer);
        layer
    }

    fn origin(&self, is_guessed: bool) -> Origin {
        let format = if is_guessed { "Label Studio prediction" } else { FORMAT };
        origin(format, self.place.source)
    }

    /// The marks of a region: one for each of its labels.
    fn region(&mut self, row: &Json, is_guessed: bool, layer: &mut IncomingLayer, marks: &mut Marks) {
        let place = self.place;
        let at = |told: Diagnostic| place.at(told);
        let Some(claimed) = claimed(row, self.turns) else {
            let told = Diagnostic::error("no-range", "A region has no offsets").hint("Give it a start and an end");
            self.take.tell(at(told));
            return;
        };
        let range = self.placing.place(&claimed, at, self.take).map(|range| self.unified.carried(range));
        let Some(fragments) = range.and_then(|range| Fragments::new([range])) else { return };
        let notes = row.get("meta").and_then(|meta| meta.get("text"));
        let notes =
            notes.and_then(Json::as_array).map(|notes| notes.iter().filter_map(Json::as_str).collect::<Vec<_>>());
        for name in values(row) {
            let Some(label) = self.reading.seen.label(&name) else { continue };
            let id = self.reading.ids.annotation();
            let score = row.get("score").and_then(Json::as_f64).filter(|score| (0.0..=1.0).contains(score));
            let annotation = Annotation {
                label: label.clone(),
                fragments: fragments.clone(),
                attributes: Attributes::default(),
                note: notes.as_ref().map(|notes| notes.join("\n")).unwrap_or_default(),
                comments: Vec::new(),
                flag: None,
                confidence: score.map(|score| (score * 100.0).round() as u8),
                origin: self.origin(is_guessed),
                codebook_version: 0,
            };
            layer.annotations.push((id, annotation));
            marks.entry(field(row, "id").to_owned()).or_default().push((id, label));
        }
    }

    /// A further fragment of a mark; a region of its own where that mark was lost.
    fn part(&mut self, row: &Json, is_guessed: bool, layer: &mut IncomingLayer, marks: &mut Marks) {
        let whole = part_of(row).and_then(|id| marks.get(id)).and_then(|of| of.first()).map(|(id, _)| *id);
        let place = self.place;
        let joined = whole.zip(claimed(row, self.turns)).and_then(|(whole, claimed)| {
            let range = self.placing.place(&claimed, |told| place.at(told), self.take)?;
            let (_, mark) = layer.annotations.iter_mut().find(|(id, _)| *id == whole)?;
            mark.fragments = Fragments::new(mark.fragments.iter().chain([self.unified.carried(range)]))?;
            Some(())
        });
        if joined.is_none() && whole.is_none() {
            self.region(row, is_guessed, layer, marks);
        }
    }

    /// What a control says of a region, for each of its marks.
    fn attribute(&mut self, row: &Json, of: &[(AnnotationId, LabelId)], layer: &mut IncomingLayer) {
        for (id, label) in of {
            let Some(known) = self.reading.seen.codebook().label(label) else { continue };
            let name = config::own_name(field(row, "from_name"), known).to_owned();
            let Some(value) = value(row, asked(known, &name)) else { continue };
            let attribute = self.reading.seen.attribute(&Filler::Label(label.clone()), &name, &value);
            let mark = layer.annotations.iter_mut().find(|(own, _)| own == id);
            if let (Some(attribute), Some((_, mark))) = (attribute, mark) {
                mark.attributes.set(attribute, Some(value));
            }
        }
    }

    fn answer(&mut self, row: &Json) -> Option<Answer> {
        let name = field(row, "from_name");
        let (name, target) =
            name.split_once(": ").map_or((name, None), |(name, target)| (name, Some(target.to_owned())));
        let is_asked = |question: &&Question| question.attribute.name == name || question.attribute.id.as_str() == name;
        let known = self.reading.questions.iter().find(is_asked).map(|question| question.attribute.clone());
        let value = value(row, known.as_ref())?;
        let question = match known {
            Some(known) => known.id,
            None => {
                let questions = &mut self.reading.questions;
                let is_taken = |id: &crate::model::AttributeId| questions.iter().any(|q| q.attribute.id == *id);
                let id = crate::text::slug::free_id(name, crate::model::AttributeId::new, is_taken)?;
                let attribute = new_attribute(id.clone(), name, AttributeKind::Text);
                questions.push(Question { attribute, for_each_target: target.is_some() });
                id
            }
        };
        Some(Answer { question, target, value })
    }

    fn relations(&mut self, result: &[Json], is_guessed: bool, marks: &Marks, layer: &mut IncomingLayer) {
        let mut made: BTreeMap<&str, RelationId> = BTreeMap::new();
        for row in result.iter().filter(|row| field(row, "type") == "relation") {
            let ends = ["from_id", "to_id"].map(|end| marks.get(field(row, end)).and_then(|of| of.first()).cloned());
            let [Some(from), Some(to)] = ends else {
                let told = Diagnostic::error("no-such-member", "A relation names a region that is not there")
                    .hint("Leave it out");
                self.take.tell(self.place.at(told));
                continue;
            };
            let (from, to) = if field(row, "direction") == "left" { (to, from) } else { (from, to) };
            let names = list_of(row, "labels");
            let kind = names.first().copied().unwrap_or("related");
            let Some(kind) = self.reading.seen.kind(kind, false) else { continue };
            let roles = list_of(row, "roles");
            let role_names = [roles.first().copied().unwrap_or("from"), roles.get(1).copied().unwrap_or("to")];
            let mut members = Vec::new();
            for ((id, label), role) in [from, to].into_iter().zip(role_names) {
                let Some(role) = self.reading.seen.role(&kind, role, Some(&Filler::Label(label))) else { continue };
                members.push(Member { role, target: Target { article: self.id.clone(), item: id.into() } });
            }
            let whole = made.get(field(row, "part_of")).copied();
            if let Some((_, whole)) = layer.relations.iter_mut().find(|(id, _)| Some(*id) == whole) {
                whole.members.extend(members.into_iter().nth(1));
                continue;
            }
            let id = self.reading.ids.relation();
            if !field(row, "relation_id").is_empty() {
                made.insert(field(row, "relation_id"), id);
            }
            let note = field(row, "note").to_owned();
            let relation =
                Relation { kind, members, attributes: Attributes::default(), note, origin: self.origin(is_guessed) };
            layer.relations.push((id, relation));
        }
    }
}
