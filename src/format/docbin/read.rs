//! DocBins read: a file in memory, and a document of it at a time.

use std::{
    collections::BTreeMap,
    io::{BufRead, Read as _},
};

use flate2::bufread::ZlibDecoder;
use rmpv::ValueRef;
use serde_json::{Map, Value as Json};

use super::{
    super::{
        asked::Asked,
        json::{list, string},
        known::Known,
        reader::{Head, Sources, Take, extension_of, file_name, origin},
        seen::{Seen, choices, new_attribute},
    },
    file::{Document, File, Span},
    names::OWN,
    packed::{at, json, value},
};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Annotation, AnnotationId, Answer, AttributeId, AttributeKind, ChoiceId, Codebook, CountedIds, IncomingArticle,
        IncomingLayer, Question, Status, Value,
    },
    phrase,
    text::{ByteRange, Fragments, Text},
};

const FORMAT: &str = "docbin";
/// The largest file that is read, in bytes when it is unpacked.
const MAX_FILE: u64 = 2 << 30;
/// What the categories of a document are answers to.
const CATEGORY: &str = "Category";

/// Whether a source is called as spaCy's files are.
pub fn recognises(heads: &[Head<'_>]) -> bool {
    heads.iter().any(|head| head.extension() == "spacy" && (head.bytes.is_empty() || head.bytes[0] & 0xf == 8))
}

/// See [`super::super::reader::Read`].
pub fn read(sources: &mut dyn Sources, take: &mut dyn Take) -> Result<Codebook, Diagnostic> {
    let names = sources.names().to_vec();
    let mut reading =
        Reading { seen: Seen::over(Codebook::empty("spaCy")), asked: Asked::default(), questions: BTreeMap::new() };
    for name in names.iter().filter(|name| extension_of(name) == "spacy") {
        let bytes = sources.open(name).and_then(|source| unpacked(source, name));
        match bytes {
            Ok(bytes) => reading.file(&bytes, name, take)?,
            Err(told) => take.tell(told),
        }
    }
    let mut codebook = reading.seen.finish();
    codebook.questions = reading.asked.finish();
    let own = reading.questions.into_values();
    let new: Vec<_> = own.filter(|own| codebook.question(&own.attribute.id).is_none()).collect();
    codebook.questions.extend(new);
    Ok(codebook)
}

/// The bytes of a file, unpacked.
///
/// # Errors
/// It can't be read, is no zlib, or too large.
fn unpacked(source: Box<dyn BufRead + '_>, name: &str) -> Result<Vec<u8>, Diagnostic> {
    let mut bytes = Vec::new();
    let read = ZlibDecoder::new(source).take(MAX_FILE + 1).read_to_end(&mut bytes);
    read.map_err(|why| bad(phrase!("It is no zlib: {why}", why = &why)).at_path(name))?;
    if bytes.len() as u64 > MAX_FILE {
        let told = Diagnostic::error("too-large", "The file is larger than 2 GiB when it is unpacked").at_path(name);
        return Err(told.hint("Divide it into several files with spaCy"));
    }
    Ok(bytes)
}

fn bad(message: impl Into<crate::text::Phrase>) -> Diagnostic {
    Diagnostic::error("bad-docbin", message).hint("Write it again with DocBin.to_disk of spaCy 3")
}

/// Where a document stands, for messages.
#[derive(Clone, Copy)]
struct Place<'p> {
    source: &'p str,
    /// Of the document in its file, from 1.
    number: usize,
}

impl Place<'_> {
    fn at(self, told: Diagnostic) -> Diagnostic {
        told.about(phrase!("document {n}", n = self.number.to_string())).at_path(self.source)
    }
}

/// What goes from document to document.
struct Reading {
    seen: Seen,
    asked: Asked,
    /// The questions of answers that Pressmark has kept.
    questions: BTreeMap<AttributeId, Question>,
}

impl Reading {
    fn file(&mut self, bytes: &[u8], name: &str, take: &mut dyn Take) -> Result<(), Diagnostic> {
        let Some(value) = value(bytes) else {
            take.tell(bad("It is no MessagePack").at_path(name));
            return Ok(());
        };
        let file = match File::of(&value) {
            Ok(file) => file,
            Err(key) => {
                let key = key.to_owned();
                take.tell(bad(phrase!("“{key}” is missing, or does not fit the rest", key)).at_path(name));
                return Ok(());
            }
        };
        let (mut first, mut groups) = (0, Vec::new());
        for at in 0..file.count() {
            let place = Place { source: name, number: at + 1 };
            let document = file.document(at, first);
            first += file.tokens_of(at);
            match document {
                Ok(document) if document.text.trim().is_empty() => {
                    let told = Diagnostic::error("empty-article", "The document has no text");
                    take.tell(place.at(told.hint("Leave it out")));
                }
                Ok(document) => {
                    groups.extend(
                        document.groups.iter().filter(|group| !groups.contains(*group)).cloned().collect::<Vec<_>>(),
                    );
                    self.document(document, (&file, at), place, take)?;
                }
                Err(token) => {
                    let message = phrase!("Nobody says what the word of token {n} is", n = (token + 1).to_string());
                    take.tell(place.at(bad(message)));
                }
            }
        }
        if groups.len() > 1 {
            let message = phrase!(
                "The spans of several groups are read as marks of one layer: {groups}",
                groups = groups.join(", ")
            );
            take.tell(
                Diagnostic::note("several-groups", message).at_path(name).hint("Look whether they are all meant"),
            );
        }
        Ok(())
    }

    fn document(
        &mut self,
        document: Document,
        (file, number): (&File<'_>, usize),
        place: Place<'_>,
        take: &mut dyn Take,
    ) -> Result<(), Diagnostic> {
        let user_data = file.user_data(number);
        let own = user_data.as_ref().and_then(|data: &ValueRef<'_>| at(data, OWN)).map(json);
        let own = own.as_ref().and_then(Json::as_object);
        let objects: Vec<&Map<String, Json>> = own.into_iter().collect();
        let stem = file_name(place.source).split('.').next().unwrap_or_default();
        let known = Known::of(&objects, || format!("{stem} {}", place.number));
        let id = known.id(&document.text);
        let mut layer = IncomingLayer {
            annotator: own.and_then(|own| string(own, "annotator")),
            status: own.and_then(|own| {
                let status = string(own, "status")?;
                Status::ALL.into_iter().find(|known| known.as_str() == status)
            }),
            annotations: self.marks(&document, place, take),
            ..IncomingLayer::default()
        };
        match own {
            Some(own) => layer.answers = list(own, "answers").iter().filter_map(|row| self.answer(row)).collect(),
            None => {
                let cats = file.cats(number);
                let made: Vec<&str> = cats.iter().filter(|(_, sure)| *sure >= 0.5).map(|(name, _)| *name).collect();
                let offered: Vec<&str> = cats.iter().map(|(name, _)| *name).collect();
                layer.answers.extend(self.asked.answer(CATEGORY, &made, &offered));
            }
        }
        let layers = Some(layer).filter(|layer| !layer.is_blank()).into_iter().collect();
        let (Known { metadata, story, .. }, source) = (known, place.source.to_owned());
        take.article(IncomingArticle { id, metadata, story, text: document.text, loaded: Vec::new(), layers, source })
    }

    fn marks(&mut self, document: &Document, place: Place<'_>, take: &mut dyn Take) -> Vec<(AnnotationId, Annotation)> {
        let text = Text::from(document.text.as_str());
        let mut ids = CountedIds::default();
        let mut marks: Vec<(AnnotationId, Annotation)> = Vec::new();
        let mut before: Option<&Span> = None;
        for span in &document.spans {
            let places = document.places.get(span.tokens.clone()).filter(|places| !places.is_empty());
            let ends = places.and_then(|places| Some((places.first()?.start, places.last()?.end)));
            let Some(range) = ends.map(|(start, end)| ByteRange::new(start, end)).filter(|range| !range.is_empty())
            else {
                let message = phrase!("A span called {label} has no tokens", label = span.label.clone());
                take.tell(place.at(Diagnostic::error("no-range", message).hint("Leave it out")));
                continue;
            };
            if span.chars.is_some_and(|chars| chars != text.range_to_chars(range)) {
                let message = phrase!(
                    "The offsets of a span called {label} are not those of its tokens, which are taken",
                    label = span.label.clone()
                );
                take.tell(place.at(Diagnostic::warning("not-on-tokens", message).hint("Look at the mark")));
            }
            // The fragments of a mark that Pressmark has written stand together and have an id in common.
            let is_part = span.group == OWN && !span.id.is_empty() && before.is_some_and(|own| own.id == span.id);
            before = Some(span);
            if let Some((_, mark)) = marks.last_mut().filter(|_| is_part) {
                mark.fragments = Fragments::new(mark.fragments.iter().chain([range])).unwrap_or(mark.fragments.clone());
                continue;
            }
            let (Some(label), Some(fragments)) = (self.seen.label(&span.label), Fragments::one(range)) else {
                continue;
            };
            let origin = origin(FORMAT, place.source);
            marks.push((ids.annotation(), Annotation { origin, ..Annotation::new(label, fragments, 0) }));
        }
        marks
    }

    /// An answer that Pressmark has kept.
    fn answer(&mut self, row: &Json) -> Option<Answer> {
        let row = row.as_object()?;
        let question = AttributeId::new(&string(row, "question")?).ok()?;
        let values: Vec<&str> = list(row, "values").iter().filter_map(Json::as_str).collect();
        let target = string(row, "target");
        if !self.questions.contains_key(&question) {
            let name = string(row, "name").unwrap_or_else(|| question.to_string());
            let attribute = new_attribute(question.clone(), &name, kind(row));
            let asked = Question { attribute, for_each_target: target.is_some() };
            self.questions.insert(question.clone(), asked);
        }
        let value = match values.as_slice() {
            [] => return None,
            [one] => Value::Text((*one).to_owned()),
            several => {
                let ids: Option<Vec<ChoiceId>> = several.iter().map(|id| ChoiceId::new(id).ok()).collect();
                ids.map_or_else(|| Value::Text(several.join(", ")), Value::Choices)
            }
        };
        Some(Answer { question, target, value })
    }
}

/// What a question takes, as it was kept with an answer.
fn kind(row: &Map<String, Json>) -> AttributeKind {
    let own = row.get("choices").and_then(Json::as_object);
    let names = own.into_iter().flatten().filter_map(|(_, name)| name.as_str());
    let names = names.filter(|name| !name.trim().is_empty()).map(str::to_owned);
    let choices = choices(names);
    match (string(row, "kind").as_deref(), choices) {
        (Some("choice"), Some(choices)) => AttributeKind::Choice(choices),
        (Some("choices"), Some(choices)) => AttributeKind::Choices(choices),
        (Some("number"), _) => AttributeKind::Number { least: None, most: None },
        (Some("yes-no"), _) => AttributeKind::YesNo,
        _ => AttributeKind::Text,
    }
}
