//! Lines read: each is a layer of a text.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::super::{
    asked::Asked,
    json::{Place, each_json, list, number, string, word},
    known::{KEYS, Known},
    pairs::{Pairing, ReadPair},
    reader::{Head, Placing, Sources, Take, extension_of, file_name, origin},
    seen::Seen,
    unified::Unified,
    units::{Claimed, OffsetUnit},
};
use crate::{
    diagnostic::Diagnostic,
    model::{Annotation, AnnotationId, Codebook, CountedIds, IncomingArticle, IncomingLayer, LabelId, Origin, Status},
    phrase,
    text::{ByteRange, Fragments},
};

const FORMAT: &str = "spacy-jsonl";
/// What the choices of a text are answers to, where the line asks nothing by name.
const CATEGORY: &str = "Category";

/// Whether a source has a text with tokens or spans, as its first bytes show it.
pub fn recognises(heads: &[Head<'_>]) -> bool {
    heads.iter().any(|head| {
        let has = |part: &[u8]| head.bytes.windows(part.len()).any(|own| own == part);
        let starts = matches!(head.bytes.trim_ascii_start().first(), Some(b'{' | b'['));
        let is_of_prodigy = has(b"\"_session_id\"") || has(b"\"_input_hash\"");
        let has_spans = has(b"\"text\"") && (has(b"\"spans\"") || has(b"\"tokens\""));
        is_data(head.name) && starts && (is_of_prodigy || has_spans)
    })
}

fn is_data(name: &str) -> bool {
    matches!(extension_of(name).as_str(), "jsonl" | "json")
}

/// See [`super::super::reader::Read`].
pub fn read(sources: &mut dyn Sources, take: &mut dyn Take) -> Result<Codebook, Diagnostic> {
    let names = sources.names().to_vec();
    let seen = Seen::over(Codebook::empty("spaCy"));
    let mut reading = Reading { seen, asked: Asked::default(), left_out: BTreeMap::new(), unaccepted: [0; 2] };
    for name in names.iter().filter(|name| is_data(name)) {
        each_json(sources, name, take, &mut |record, place, take| reading.record(record, place, take))?;
        reading.tell(name, take);
    }
    let mut codebook = reading.seen.finish();
    codebook.questions = reading.asked.finish();
    Ok(codebook)
}

/// What goes from record to record.
struct Reading {
    seen: Seen,
    asked: Asked,
    /// What is not taken up of the file that is being read, with how often it was there.
    left_out: BTreeMap<String, usize>,
    /// How many records of it were rejected or ignored, and how many spans these have.
    unaccepted: [usize; 2],
}

/// Keys of a record, and of what it says of itself, that are read or say nothing of the text.
const PASSED_OVER: [&str; 23] = [
    "text",
    "tokens",
    "spans",
    "relations",
    "answer",
    "meta",
    "accept",
    "options",
    "label",
    "cats",
    "html",
    "user",
    "_input_hash",
    "_task_hash",
    "_session_id",
    "_annotator_id",
    "_view_id",
    "_timestamp",
    "_is_binary",
    "config",
    "priority",
    "score",
    "source",
];

impl Reading {
    fn record(&mut self, record: &Map<String, Json>, place: Place<'_>, take: &mut dyn Take) -> Result<(), Diagnostic> {
        let text = record.get("text").and_then(Json::as_str).filter(|text| !text.trim().is_empty());
        let Some(text) = text else {
            let told =
                Diagnostic::error("empty-article", "The record has no text").hint("Add one that has words in it");
            take.tell(place.at(told));
            return Ok(());
        };
        let unified = Unified::of(text.to_owned());
        let meta = record.get("meta").and_then(Json::as_object);
        let objects: Vec<&Map<String, Json>> = meta.into_iter().chain([record]).collect();
        for key in objects.iter().flat_map(|object| object.keys()) {
            if !KEYS.contains(&key.as_str()) && !PASSED_OVER.contains(&key.as_str()) {
                *self.left_out.entry(key.clone()).or_default() += 1;
            }
        }
        let stem = file_name(place.source).split('.').next().unwrap_or_default();
        let known = Known::of(&objects, || format!("{stem} {}", place.number));
        let id = known.id(&unified.text);
        // Prodigy says where a text is from; mostly it is who published it.
        let source_named = meta.and_then(|meta| string(meta, "source")).unwrap_or_default();
        let mut metadata = known.metadata;
        if metadata.outlet.is_empty() {
            metadata.outlet = source_named;
        }
        let spans: Vec<Span> = list(record, "spans").iter().map(Span::of).collect();
        let tokens = list(record, "tokens");
        let claims = tokens.iter().filter_map(token).chain(spans.iter().filter_map(|span| span.claimed.clone()));
        let claims: Vec<Claimed> = claims.collect();
        let placing = Placing::of(&unified.source, OffsetUnit::CodePoints, &claims, take);
        let pairing = Pairing::of(&id, origin(FORMAT, place.source));
        let (ids, marks, origin) = (CountedIds::default(), Vec::new(), origin(FORMAT, place.source));
        let layer = IncomingLayer { annotator: annotator(record), ..IncomingLayer::default() };
        let mut of_record =
            OfRecord { reading: self, placing, unified: &unified, place, take, origin, ids, marks, layer };
        match string(record, "answer").as_deref() {
            Some("reject" | "ignore") => {
                of_record.reading.unaccepted[0] += 1;
                of_record.reading.unaccepted[1] += spans.len();
            }
            answer => {
                of_record.layer.status = answer.filter(|answer| *answer == "accept").map(|_| Status::Done);
                spans.iter().for_each(|span| of_record.span(span, tokens));
                of_record.relations(list(record, "relations"), pairing);
                of_record.answers(record);
            }
        }
        let layers = Some(of_record.layer).filter(|layer| !layer.is_blank()).into_iter().collect();
        let (story, source) = (known.story, place.source.to_owned());
        let Unified { text, notes: loaded, .. } = unified;
        take.article(IncomingArticle { id, metadata, story, text, loaded, layers, source })
    }

    /// Tells what was passed over of a file.
    fn tell(&mut self, source: &str, take: &mut dyn Take) {
        let [records, spans] = std::mem::take(&mut self.unaccepted);
        if records > 0 {
            let message = phrase!(
                "{n} record was rejected or ignored: its text is read without its {spans} spans|\
                 {n} records were rejected or ignored: their texts are read without their {spans} spans",
                n = records,
                spans = spans.to_string()
            );
            take.tell(
                Diagnostic::note("not-accepted", message).at_path(source).hint("Accept them to have their spans"),
            );
        }
        let left_out = std::mem::take(&mut self.left_out);
        let left_out: Vec<String> = left_out.into_iter().map(|(key, n)| format!("{key} ({n})")).collect();
        if !left_out.is_empty() {
            let message = phrase!("Left out what Pressmark has no place for: {keys}", keys = left_out.join(", "));
            take.tell(Diagnostic::note("left-out", message).at_path(source).hint("Keep the file if you need it"));
        }
    }
}

/// Who said what a line says: Prodigy's annotator, else the session.
fn annotator(record: &Map<String, Json>) -> Option<String> {
    string(record, "_annotator_id").or_else(|| string(record, "_session_id"))
}

/// A token as evidence of what offsets count.
fn token(token: &Json) -> Option<Claimed> {
    let words = token.get("text").and_then(Json::as_str)?.to_owned();
    Some(Claimed { start: number(token.get("start"))?, end: number(token.get("end"))?, words: Some(words) })
}

/// A span as a line has it.
struct Span {
    id: Option<String>,
    part_of: Option<String>,
    label: Option<String>,
    /// `None` where it has no offsets.
    claimed: Option<Claimed>,
    /// Its first token, and its last one.
    tokens: Option<(usize, usize)>,
}

impl Span {
    fn of(span: &Json) -> Self {
        let field = |key: &str| span.get(key).and_then(word).filter(|word| !word.trim().is_empty());
        let range = number(span.get("start")).zip(number(span.get("end")));
        let words = span.get("text").and_then(Json::as_str).map(str::to_owned);
        Self {
            id: field("id"),
            part_of: field("part_of"),
            label: field("label"),
            claimed: range.map(|(start, end)| Claimed { start, end, words }),
            tokens: number(span.get("token_start")).zip(number(span.get("token_end"))),
        }
    }

    /// Whether a relation that names the other one means this: by offsets, tokens and label.
    fn is_at(&self, other: &Self) -> bool {
        let range = |span: &Self| span.claimed.as_ref().map(|claimed| (claimed.start, claimed.end));
        range(self) == range(other) && self.tokens == other.tokens && self.label == other.label
    }
}

/// A span that has become a mark.
struct Marked<'s> {
    span: &'s Span,
    mark: (AnnotationId, LabelId),
}

/// What is needed to read a record.
struct OfRecord<'a, 't, 's> {
    reading: &'a mut Reading,
    placing: Placing<'t>,
    unified: &'t Unified,
    place: Place<'a>,
    take: &'a mut dyn Take,
    origin: Origin,
    ids: CountedIds,
    marks: Vec<Marked<'s>>,
    layer: IncomingLayer,
}

impl<'s> OfRecord<'_, '_, 's> {
    fn tell(&mut self, told: Diagnostic) {
        self.take.tell(self.place.at(told));
    }

    fn span(&mut self, span: &'s Span, tokens: &[Json]) {
        let Some(name) = &span.label else {
            self.tell(Diagnostic::error("no-label", "A span has no label, so it is no mark").hint("Label it"));
            return;
        };
        let Some(range) = self.range(span, tokens) else { return };
        if let Some(mark) = self.whole(span) {
            mark.fragments = Fragments::new(mark.fragments.iter().chain([range])).unwrap_or(mark.fragments.clone());
            return;
        }
        let Some(fragments) = Fragments::one(range) else {
            let told = Diagnostic::error("no-fragments", "A span covers no words");
            self.tell(told.hint("Give it a range, or leave it out"));
            return;
        };
        let Some(label) = self.reading.seen.label(name) else { return };
        let id = self.ids.annotation();
        let mark = Annotation { origin: self.origin.clone(), ..Annotation::new(label.clone(), fragments, 0) };
        self.layer.annotations.push((id, mark));
        self.marks.push(Marked { span, mark: (id, label) });
    }

    /// Where a span is in the text; by its tokens where it has no offsets. Where its tokens are elsewhere that is told.
    fn range(&mut self, span: &Span, tokens: &[Json]) -> Option<ByteRange> {
        let of_tokens = span.tokens.and_then(|(first, last)| {
            let (first, last) = (token(tokens.get(first)?)?, token(tokens.get(last)?)?);
            Some(Claimed { start: first.start, end: last.end, words: None })
        });
        let Some(claimed) = span.claimed.as_ref().or(of_tokens.as_ref()) else {
            let told = Diagnostic::error("no-range", "A span has no offsets").hint("Give it a start and an end");
            self.tell(told);
            return None;
        };
        if of_tokens.as_ref().is_some_and(|own| (own.start, own.end) != (claimed.start, claimed.end)) {
            let message = phrase!(
                "A span from {start} to {end} is not where its tokens are; its offsets are taken",
                start = claimed.start.to_string(),
                end = claimed.end.to_string()
            );
            self.tell(Diagnostic::warning("not-on-tokens", message).hint("Look at the mark"));
        }
        let place = self.place;
        let range = self.placing.place(claimed, |told| place.at(told), self.take)?;
        Some(self.unified.carried(range))
    }

    /// The mark that a span is a further fragment of; it is the last one, as the fragments of a mark stand together.
    fn whole(&mut self, span: &Span) -> Option<&mut Annotation> {
        let whole = span.part_of.as_ref()?;
        self.marks.last().filter(|last| last.span.id.as_ref() == Some(whole))?;
        self.layer.annotations.last_mut().map(|(_, mark)| mark)
    }

    fn relations(&mut self, relations: &[Json], mut pairing: Pairing<'_>) {
        for row in relations {
            let ends = ["head", "child"].map(|end| self.end(row, end).cloned());
            let [Some(from), Some(to)] = &ends else {
                let told = Diagnostic::error("no-such-member", "A relation is of a span that is not there");
                self.tell(told.hint("Mark the words of both its ends, or leave it out"));
                continue;
            };
            let kind = row.get("label").and_then(word).unwrap_or_default();
            let part_of = row.get("part_of").and_then(word);
            let role = |at: usize| row.get("roles").and_then(|roles| roles.get(at)).and_then(Json::as_str);
            let roles = [role(0).or(Some("head")), role(1).or(Some("child"))];
            let pair = ReadPair { kind: &kind, from, to, roles, part_of: part_of.as_deref() };
            pairing.add(&pair, (&mut self.reading.seen, &mut self.ids), &mut self.layer);
        }
    }

    /// The mark at one end of a relation: of the span that it names, else of the one that ends with the token.
    fn end(&self, row: &Json, end: &str) -> Option<&(AnnotationId, LabelId)> {
        let named = row.get(format!("{end}_span")).map(Span::of);
        let by_id =
            |own: &&Marked<'_>| named.as_ref().is_some_and(|named| named.id.is_some() && named.id == own.span.id);
        let by_place = |own: &&Marked<'_>| named.as_ref().is_some_and(|named| own.span.is_at(named));
        let last = number(row.get(end));
        let by_token = |own: &&Marked<'_>| last.is_some() && own.span.tokens.map(|(_, last)| last) == last;
        let found = self.marks.iter().find(by_id).or_else(|| self.marks.iter().find(by_place));
        found.or_else(|| self.marks.iter().find(by_token)).map(|found| &found.mark)
    }

    /// What is said of the text as a whole: choices, a label that was accepted, categories.
    fn answers(&mut self, record: &Map<String, Json>) {
        let text = |option: &'_ Json| option.get("text").and_then(word);
        let options: Vec<(String, String)> = list(record, "options")
            .iter()
            .filter_map(|option| {
                let id = option.get("id").and_then(word)?;
                Some((id.clone(), text(option).unwrap_or(id)))
            })
            .collect();
        let named =
            |id: String| options.iter().find(|(own, _)| *own == id).map_or(id.clone(), |(_, text)| text.clone());
        let mut made: Vec<String> = list(record, "accept").iter().filter_map(word).map(named).collect();
        // Beside spans it is theirs.
        made.extend(string(record, "label").filter(|_| list(record, "spans").is_empty()));
        let mut offered: Vec<String> = options.iter().map(|(_, text)| text.clone()).collect();
        for (category, value) in record.get("cats").and_then(Json::as_object).into_iter().flatten() {
            let is_made = value.as_bool().or_else(|| Some(value.as_f64()? >= 0.5));
            if is_made == Some(true) { &mut made } else { &mut offered }.push(category.clone());
        }
        let [made, offered] = [&made, &offered].map(|all| all.iter().map(String::as_str).collect::<Vec<_>>());
        let answer = self.reading.asked.answer(CATEGORY, &made, &offered);
        self.layer.answers.extend(answer);
    }
}
