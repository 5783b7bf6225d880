//! Rows of other data sets: texts with spans, tokens with tags, texts with a class. What a column is, its name and its
//! values tell.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};

use super::{
    super::{
        asked::Asked,
        conll::{Decoder, Placed, Row, Tag},
        json::{Place, number, string},
        known::{KEYS, Known},
        reader::{Placing, Take, file_name, origin},
        seen::Seen,
        unified::Unified,
        units::{Claimed, OffsetUnit},
    },
    features::Features,
};
use crate::{
    diagnostic::Diagnostic,
    model::{Annotation, AnnotationId, Codebook, CountedIds, IncomingArticle, IncomingLayer},
    phrase,
    text::{ByteRange, Fragments},
};

const FORMAT: &str = "parquet";
/// What marks are called that have no label.
const UNNAMED: &str = "Span";

/// What columns are called that have a text, the tokens of one, a tag for each of them, spans, or a class.
const TEXT: [&str; 6] = ["text", "content", "document", "body", "sentence", "passage"];
const TOKENS: [&str; 2] = ["tokens", "words"];
const TAGS: [&str; 5] = ["ner_tags", "tags", "labels", "bio_tags", "ner"];
const SPANS: [&str; 5] = ["spans", "entities", "annotations", "ents", "labels"];
const CLASS: [&str; 4] = ["label", "labels", "category", "class"];
/// What the fields of a span are called.
const START: [&str; 5] = ["start", "begin", "start_offset", "start_char", "start_idx"];
const END: [&str; 5] = ["end", "stop", "end_offset", "end_char", "end_idx"];
const LABEL: [&str; 6] = ["label", "type", "entity_type", "tag", "category", "entity"];
const WORDS: [&str; 5] = ["words", "word", "text", "covered_text", "surface"];
/// Columns whose values are the title or the outlet where there is no better one.
const TITLE: [&str; 3] = ["headline", "name", "id"];
const OUTLET: [&str; 2] = ["source", "publisher"];

/// Whether rows with these columns have texts.
pub fn has_texts(columns: &[&str]) -> bool {
    columns.iter().any(|column| TEXT.contains(column) || TOKENS.contains(column))
}

/// What goes from row to row.
pub struct Foreign {
    seen: Seen,
    asked: Asked,
    /// Of the file that is being read: what is not taken up, with how often it was there, and columns of tags that are
    /// numbers without names.
    left_out: BTreeMap<String, usize>,
    unnamed: BTreeSet<String>,
}

impl Foreign {
    pub fn new() -> Self {
        let (left_out, unnamed) = (BTreeMap::new(), BTreeSet::new());
        Self { seen: Seen::over(Codebook::empty("Dataset")), asked: Asked::default(), left_out, unnamed }
    }

    /// The codebook that goes with everything that was read.
    pub fn finish(self) -> Codebook {
        Codebook { questions: self.asked.finish(), ..self.seen.finish() }
    }

    /// Takes up a row.
    ///
    /// # Errors
    /// The work is to stop.
    pub fn row(
        &mut self,
        row: &Map<String, Json>,
        features: &Features,
        place: Place<'_>,
        take: &mut dyn Take,
    ) -> Result<(), Diagnostic> {
        let text = TEXT
            .iter()
            .find_map(|key| Some((*key, row.get(*key)?.as_str()?)))
            .filter(|(_, text)| !text.trim().is_empty());
        let tokens = TOKENS.iter().find_map(|key| Some((*key, words(row.get(*key)?)?)));
        let mut used: BTreeSet<&str> = KEYS.into_iter().chain(TITLE).chain(OUTLET).collect();
        let marks: Vec<(String, ByteRange)>;
        let unified = match (text, &tokens) {
            (Some((key, text)), _) => {
                used.insert(key);
                let unified = Unified::of(text.to_owned());
                marks = self.spans(row, (features, &unified), &mut used, (place, take));
                unified
            }
            (None, Some((key, tokens))) if tokens.iter().any(|token| !token.trim().is_empty()) => {
                used.insert(key);
                let placed = Placed::together(&rows_of(tokens));
                marks = self.tags(row, (features, &placed), &mut used);
                Unified::of(placed.text)
            }
            _ => {
                let told =
                    Diagnostic::error("empty-article", "The row has no text").hint("Add one that has words in it");
                take.tell(place.at(told));
                return Ok(());
            }
        };
        let mut ids = CountedIds::default();
        let marks = marks.into_iter().filter_map(|mark| self.mark(mark, place.source, &mut ids));
        let mut layer = IncomingLayer { annotations: marks.collect(), ..IncomingLayer::default() };
        for key in CLASS.into_iter().filter(|key| !used.contains(key)).collect::<Vec<_>>() {
            let made = classes(row.get(key), &features.field(key));
            let made: Vec<&str> = made.iter().map(String::as_str).collect();
            let offered = features.field(key);
            let offered: Vec<&str> = offered.names().into_iter().flatten().filter_map(Json::as_str).collect();
            if let Some(answer) = self.asked.answer(key, &made, &offered) {
                layer.answers.push(answer);
                used.insert(key);
            }
        }
        for key in row.keys().filter(|key| !used.contains(key.as_str())) {
            *self.left_out.entry(key.clone()).or_default() += 1;
        }
        take.article(article(row, unified, layer, place))
    }

    /// The spans of a row. What has no range is told.
    fn spans<'r>(
        &mut self,
        row: &'r Map<String, Json>,
        (features, unified): (&Features, &Unified),
        used: &mut BTreeSet<&'r str>,
        (place, take): (Place<'_>, &mut dyn Take),
    ) -> Vec<(String, ByteRange)> {
        let Some((key, spans)) = SPANS.iter().find_map(|key| Some((*key, objects(row.get(*key)?)?))) else {
            return Vec::new();
        };
        used.insert(key);
        let features = features.field(key);
        let claims: Vec<(String, Option<Claimed>)> =
            spans.iter().map(|span| (label(span, &features), claimed(span))).collect();
        let evidence = claims.iter().filter_map(|(_, claimed)| claimed.as_ref());
        let placing = Placing::of(&unified.source, OffsetUnit::CodePoints, evidence, take);
        let mut marks = Vec::new();
        for (label, claimed) in claims {
            let Some(claimed) = claimed else {
                let message = phrase!("A span called {label} has no range", label);
                take.tell(place.at(Diagnostic::error("no-range", message).hint("Give it a start and an end")));
                continue;
            };
            let range = placing.place(&claimed, |told| place.at(told), take);
            marks.extend(range.map(|range| (label, unified.carried(range))));
        }
        marks
    }

    /// The marks that the tags of a row make.
    fn tags<'r>(
        &mut self,
        row: &'r Map<String, Json>,
        (features, placed): (&Features, &Placed),
        used: &mut BTreeSet<&'r str>,
    ) -> Vec<(String, ByteRange)> {
        let of_tokens = |key: &str| row.get(key)?.as_array().filter(|tags| tags.len() == placed.places.len());
        let Some((key, tags)) = TAGS.iter().find_map(|key| Some((*key, of_tokens(key)?))) else { return Vec::new() };
        used.insert(key);
        let features = features.field(key);
        if tags.iter().all(Json::is_number) && features.names().is_none() {
            self.unnamed.insert(key.to_owned());
            return Vec::new();
        }
        let mut decoder = Decoder::default();
        for (at, tag) in tags.iter().enumerate() {
            let tag = features.class(tag).unwrap_or_else(|| "O".to_owned());
            // Where tags do not say which part of a mark a token is, those that are the same are one.
            let tag = if tag.is_empty() || Tag::of(&tag).is_some() { tag } else { format!("I-{tag}") };
            decoder.push(at, &tag, 0);
        }
        decoder.close(tags.len());
        let range = |(tokens, label): (std::ops::Range<usize>, String)| {
            let places = placed.places.get(tokens)?;
            Some((label, ByteRange::new(places.first()?.start(), places.last()?.end())))
        };
        decoder.take().into_iter().filter_map(range).collect()
    }

    fn mark(
        &mut self,
        (label, range): (String, ByteRange),
        source: &str,
        ids: &mut CountedIds,
    ) -> Option<(AnnotationId, Annotation)> {
        let label = self.seen.label(if label.trim().is_empty() { UNNAMED } else { &label })?;
        let mark = Annotation::new(label, Fragments::new([range])?, 0);
        Some((ids.annotation(), Annotation { origin: origin(FORMAT, source), ..mark }))
    }

    /// Tells what was passed over of a file.
    pub fn tell(&mut self, source: &str, take: &mut dyn Take) {
        for column in std::mem::take(&mut self.unnamed) {
            let message = phrase!(
                "The tags in “{column}” are numbers, and nothing in the file says what they stand for: no mark was read",
                column
            );
            let told = Diagnostic::error("tags-without-names", message).at_path(source);
            take.tell(
                told.hint(
                    "Write the file with `datasets`, which keeps the names of classes, or write the tags as words",
                ),
            );
        }
        let left_out = std::mem::take(&mut self.left_out);
        let left_out: Vec<String> = left_out.into_iter().map(|(column, n)| format!("{column} ({n})")).collect();
        if !left_out.is_empty() {
            let message = phrase!("Left out what Pressmark has no place for: {keys}", keys = left_out.join(", "));
            take.tell(Diagnostic::note("left-out", message).at_path(source).hint("Keep the file if you need it"));
        }
    }
}

fn article(row: &Map<String, Json>, unified: Unified, layer: IncomingLayer, place: Place<'_>) -> IncomingArticle {
    let first = |keys: &[&str]| keys.iter().find_map(|key| string(row, key));
    let stem = file_name(place.source).split('.').next().unwrap_or_default();
    let known = Known::of(&[row], || first(&TITLE).unwrap_or_else(|| format!("{stem} {}", place.number)));
    let id = known.id(&unified.text);
    let mut metadata = known.metadata;
    if metadata.outlet.is_empty() {
        metadata.outlet = first(&OUTLET).unwrap_or_default();
    }
    let layers = Some(layer).filter(|layer| !layer.is_blank()).into_iter().collect();
    let (story, source) = (known.story, place.source.to_owned());
    IncomingArticle { id, metadata, story, text: unified.text, loaded: unified.notes, layers, source }
}

/// A list of texts.
fn words(value: &Json) -> Option<Vec<&str>> {
    value.as_array()?.iter().map(Json::as_str).collect()
}

fn rows_of(tokens: &[&str]) -> Vec<Row> {
    let row = |token: &&str| Row { words: (*token).to_owned(), tags: Vec::new(), line: 0, begins: false };
    tokens.iter().map(row).collect()
}

/// A list of objects, also as an object of lists, which is how `datasets` had them before version 4.
fn objects(value: &Json) -> Option<Vec<Map<String, Json>>> {
    match value {
        Json::Array(list) => list.iter().map(|one| one.as_object().cloned()).collect(),
        Json::Object(lists) => {
            let len = lists.values().map(|list| list.as_array().map(Vec::len)).max()??;
            let at = |at: usize| {
                let field = |(key, list): (&String, &Json)| Some((key.clone(), list.get(at)?.clone()));
                lists.iter().filter_map(field).collect()
            };
            Some((0..len).map(at).collect())
        }
        _ => None,
    }
}

/// The first field of a span that it has of some.
fn field<'s>(span: &'s Map<String, Json>, keys: &[&'static str]) -> Option<(&'static str, &'s Json)> {
    keys.iter().find_map(|key| Some((*key, span.get(*key).filter(|value| !value.is_null())?)))
}

fn label(span: &Map<String, Json>, features: &Features) -> String {
    field(span, &LABEL).and_then(|(key, value)| features.field(key).class(value)).unwrap_or_default()
}

fn claimed(span: &Map<String, Json>) -> Option<Claimed> {
    let offset = |keys: &[&'static str]| number(field(span, keys).map(|(_, value)| value));
    let words = field(span, &WORDS).and_then(|(_, words)| words.as_str()).filter(|words| !words.is_empty());
    Some(Claimed { start: offset(&START)?, end: offset(&END)?, words: words.map(str::to_owned) })
}

/// The class of a text, or its classes.
fn classes(value: Option<&Json>, features: &Features) -> Vec<String> {
    let values = match value {
        Some(Json::Array(values)) => values.as_slice(),
        Some(value) => std::slice::from_ref(value),
        None => &[],
    };
    values.iter().filter_map(|value| features.class(value)).collect()
}
