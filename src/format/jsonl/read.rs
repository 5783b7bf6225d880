//! JSON lines read: a line at a time, with the codebook beside them where there is one. A line that is damaged is told and
//! passed over; so is a mark or a relation in it that can’t be understood.

use std::io::Read as _;

use jiff::Timestamp;

use super::{
    super::{
        json::Place,
        lines::Lines,
        reader::{Head, Placing, Sources, Take, extension_of, file_name},
        seen::{Seen, new_attribute},
        units::{Claimed, OffsetUnit},
    },
    rows::{
        AnnotationRow, AnswerRow, AttributeRow, CODEBOOK, CommentRow, LayerRow, Line, MemberRow, OriginRow,
        RelationRow, words,
    },
};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Annotation, AnnotationId, AnnotatorId, Answer, ArticleId, AttributeKind, Attributes, ChoiceId, Codebook,
        Comment, Filler, Flag, IncomingArticle, IncomingLayer, Item, Member, Metadata, Origin, Question, Relation,
        RelationId, Status, Target, Value,
    },
    phrase,
    text::{ByteRange, Fragments, Text},
};

/// The largest codebook that is read, in bytes.
const MAX_CODEBOOK: u64 = 64 << 20;

/// Whether the first line of a source begins as this format does.
pub fn recognises(heads: &[Head<'_>]) -> bool {
    heads.iter().any(|head| {
        let is_ours = |start: &[u8]| head.bytes.starts_with(start);
        let of_before = is_ours(b"{\"id\":\"") && head.bytes.windows(10).any(|part| part == b",\"title\":\"");
        is_ours(b"{\"pressmark\":") || of_before
    })
}

/// See [`super::super::reader::Read`].
pub fn read(sources: &mut dyn Sources, take: &mut dyn Take) -> Result<Codebook, Diagnostic> {
    let names = sources.names().to_vec();
    let mut reading = Reading::over(read_codebooks(sources, take));
    for name in names
        .iter()
        .filter(|name| matches!(extension_of(name).as_str(), "jsonl" | "ndjson" | "json") && !is_codebook(name))
    {
        match sources.open(name) {
            Ok(source) => reading.source(Lines::of(source, name), name, take)?,
            Err(told) => take.tell(told),
        }
    }
    Ok(reading.finish())
}

/// The codebooks that stand beside the articles, as one; empty where there is none.
pub fn read_codebooks(sources: &mut dyn Sources, take: &mut dyn Take) -> Codebook {
    let mut codebook = Codebook::empty("Imported");
    let names = sources.names().to_vec();
    for name in names.iter().filter(|name| is_codebook(name)) {
        match read_codebook(sources, name) {
            Ok(read) => add(&mut codebook, read),
            Err(told) => take.tell(told),
        }
    }
    codebook
}

fn is_codebook(name: &str) -> bool {
    let name = file_name(name);
    name == CODEBOOK || name.strip_suffix(CODEBOOK).is_some_and(|stem| stem.ends_with('.'))
}

fn read_codebook(sources: &mut dyn Sources, name: &str) -> Result<Codebook, Diagnostic> {
    let mut bytes = Vec::new();
    let at = |told: Diagnostic| told.at_path(name);
    let read = sources.open(name)?.take(MAX_CODEBOOK).read_to_end(&mut bytes);
    read.map_err(|why| at(Diagnostic::error("io", phrase!("Can’t read it: {why}", why = &why)).hint("Try again")))?;
    let codebook: Codebook = serde_json::from_slice(&bytes).map_err(|why| at(explained("codebook", &why)))?;
    match codebook.check().into_iter().next() {
        Some(wrong) => Err(at(wrong)),
        None => Ok(codebook),
    }
}

/// Takes up what another codebook has and this one does not.
fn add(codebook: &mut Codebook, other: Codebook) {
    if codebook.labels.is_empty() && codebook.relations.is_empty() && codebook.questions.is_empty() {
        *codebook = other;
        return;
    }
    let new = |label: &crate::model::Label| codebook.label(&label.id).is_none();
    let labels: Vec<_> = other.labels.into_iter().filter(new).collect();
    let relations: Vec<_> = other.relations.into_iter().filter(|kind| codebook.relation(&kind.id).is_none()).collect();
    let questions = other.questions.into_iter().filter(|asked| codebook.question(&asked.attribute.id).is_none());
    let questions: Vec<_> = questions.collect();
    codebook.labels.extend(labels);
    codebook.relations.extend(relations);
    codebook.questions.extend(questions);
}

/// Why a text is not the JSON that it should be, with the place in it.
fn explained(what: &'static str, why: &serde_json::Error) -> Diagnostic {
    let place = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let what = crate::text::Phrase::plain(what);
    Diagnostic::error("bad-json", phrase!("The {what} can’t be understood: {why}", what, why = why))
        .at_line(place(why.line()), place(why.column()))
        .hint("Repair it, or leave it out")
}

/// What goes from line to line.
#[derive(Debug)]
pub struct Reading {
    seen: Seen,
    /// Questions about articles that no codebook has.
    questions: Vec<Question>,
}

impl Reading {
    pub fn over(codebook: Codebook) -> Self {
        Self { seen: Seen::over(codebook), questions: Vec::new() }
    }

    /// The codebook that goes with everything that was read.
    pub fn finish(self) -> Codebook {
        let mut codebook = self.seen.finish();
        codebook.questions.extend(self.questions);
        codebook
    }

    fn source(&mut self, mut lines: Lines<'_>, source: &str, take: &mut dyn Take) -> Result<(), Diagnostic> {
        while let Some(line) = lines.next_line() {
            let (number, line) = match line {
                Ok(line) => line,
                Err(told) => {
                    take.tell(told);
                    continue;
                }
            };
            if line.trim().is_empty() {
                continue;
            }
            let place = Place::line(source, number);
            match serde_json::from_str::<Line<'_>>(line) {
                Ok(line) => self.line(line, place, take)?,
                Err(why) => {
                    let column = u32::try_from(why.column()).unwrap_or(u32::MAX);
                    take.tell(explained("line", &why).at_line(number, column).at_path(source));
                }
            }
        }
        Ok(())
    }

    /// Takes up an article.
    ///
    /// # Errors
    /// The work is to stop.
    pub fn line(&mut self, line: Line<'_>, place: Place<'_>, take: &mut dyn Take) -> Result<(), Diagnostic> {
        if line.text.trim().is_empty() {
            let told =
                Diagnostic::error("empty-article", "The article has no text").hint("Add one that has words in it");
            take.tell(place.at(told));
            return Ok(());
        }
        let unit = OffsetUnit::named(&line.offsets).unwrap_or_default();
        // The text is Pressmark’s own: nothing becomes of it.
        let text = Text::new(line.text.into_owned());
        let claimed = line.layers.iter().flat_map(|layer| &layer.annotations).flat_map(claimed).collect::<Vec<_>>();
        let placing = Placing::of(&text, unit, &claimed, take);
        let id = ArticleId::new(&line.id).unwrap_or_else(|_| ArticleId::of(&line.title, &text));
        let mut of_line = OfLine { reading: self, id: &id, placing, place, take };
        let layers = line.layers.iter().map(|layer| of_line.layer(layer)).collect();
        let story = if line.story_name.is_empty() { &line.story } else { &line.story_name };
        let metadata = Metadata {
            title: line.title.into_owned(),
            outlet: line.outlet.into_owned(),
            byline: line.byline.into_owned(),
            published: line.published.into_owned(),
            language: line.language.into_owned(),
            url: line.url.into_owned(),
            story: None,
        };
        let (story, source) = (story.to_string(), place.source.to_owned());
        let (text, loaded) = (text.as_str().to_owned(), Vec::new());
        take.article(IncomingArticle { id, metadata, story, text, loaded, layers, source })
    }
}

/// The ranges of a mark as its row has them.
fn claimed(row: &AnnotationRow<'_>) -> impl Iterator<Item = Claimed> {
    row.fragments.iter().map(|row| {
        let words = (!row.text.is_empty()).then(|| row.text.to_string());
        Claimed { start: row.start, end: row.end, words }
    })
}

/// What is needed to read the layers of a line.
struct OfLine<'a, 't> {
    reading: &'a mut Reading,
    id: &'a ArticleId,
    placing: Placing<'t>,
    place: Place<'a>,
    take: &'a mut dyn Take,
}

impl OfLine<'_, '_> {
    fn layer(&mut self, row: &LayerRow<'_>) -> IncomingLayer {
        let annotator = [&row.annotator_name, &row.annotator].into_iter().find(|name| !name.is_empty());
        let labels: Vec<_> = row.annotations.iter().filter_map(|row| self.annotation(row)).collect();
        // What relations may have as members, with what it is.
        let mut fillers: std::collections::BTreeMap<Item, Filler> =
            labels.iter().map(|(id, mark)| ((*id).into(), Filler::Label(mark.label.clone()))).collect();
        let kinds = row.relations.iter().map(|row| (row, false)).chain(row.links.iter().map(|row| (row, true)));
        for (row, across) in kinds.clone() {
            let id = row.id.parse::<RelationId>();
            let kind = self.reading.seen.kind(row.kind.as_ref(), across);
            if let (Ok(id), Some(kind)) = (id, kind) {
                fillers.insert(id.into(), Filler::Relation(kind));
            }
        }
        IncomingLayer {
            annotator: annotator.map(ToString::to_string),
            status: Status::ALL.into_iter().find(|status| status.as_str() == row.status),
            relations: kinds.filter_map(|(row, across)| self.relation(row, across, &fillers)).collect(),
            answers: row.answers.iter().filter_map(|row| self.answer(row)).collect(),
            annotations: labels,
        }
    }

    fn annotation(&mut self, row: &AnnotationRow<'_>) -> Option<(AnnotationId, Annotation)> {
        let about = |told: Diagnostic| self.place.at(told.about(row.id.to_string()));
        let Ok(id) = row.id.parse::<AnnotationId>() else {
            self.take.tell(about(no_id("mark", &row.id)));
            return None;
        };
        let label = self.reading.seen.label(if row.label.is_empty() { "?" } else { &row.label })?;
        let claimed: Vec<Claimed> = claimed(row).collect();
        let places: Vec<Option<ByteRange>> =
            claimed.iter().map(|claimed| self.placing.place(claimed, about, self.take)).collect();
        let ranges = places.into_iter().flatten();
        let Some(fragments) = Fragments::new(ranges) else {
            let told =
                Diagnostic::error("no-fragments", "A mark covers no words").hint("Give it a range, or leave it out");
            self.take.tell(about(told));
            return None;
        };
        let flag = match row.flag.as_ref() {
            "flag" => Some(Flag::Flag),
            "question" => Some(Flag::Question),
            _ => None,
        };
        let attributes = self.attributes(&Filler::Label(label.clone()), &row.attributes);
        let annotation = Annotation {
            label,
            fragments,
            attributes,
            note: row.note.to_string(),
            comments: row.comments.iter().filter_map(comment).collect(),
            flag,
            confidence: u8::try_from(row.confidence).ok().filter(|percent| *percent <= 100),
            origin: origin(&row.origin),
            codebook_version: row.codebook_version,
        };
        Some((id, annotation))
    }

    fn attributes(&mut self, owner: &Filler, rows: &[AttributeRow]) -> Attributes {
        let of = |row: &AttributeRow| {
            let value = value(&row.values)?;
            Some((self.reading.seen.attribute(owner, &row.attribute, &value)?, value))
        };
        rows.iter().filter_map(of).collect()
    }

    fn relation(
        &mut self,
        row: &RelationRow<'_>,
        across: bool,
        fillers: &std::collections::BTreeMap<Item, Filler>,
    ) -> Option<(RelationId, Relation)> {
        let about = |told: Diagnostic| self.place.at(told.about(row.id.to_string()));
        let Ok(id) = row.id.parse::<RelationId>() else {
            self.take.tell(about(no_id("relation", &row.id)));
            return None;
        };
        let kind = self.reading.seen.kind(if row.kind.is_empty() { "?" } else { &row.kind }, across)?;
        let mut members = Vec::new();
        for row in &row.members {
            let Some(target) = target(row, self.id) else {
                self.take.tell(about(no_id("member", &row.annotation)));
                return None;
            };
            let role = self.reading.seen.role(&kind, &row.role, fillers.get(&target.item))?;
            members.push(Member { role, target });
        }
        let attributes = self.attributes(&Filler::Relation(kind.clone()), &row.attributes);
        Some((id, Relation { kind, members, attributes, note: row.note.to_string(), origin: origin(&row.origin) }))
    }

    fn answer(&mut self, row: &AnswerRow<'_>) -> Option<Answer> {
        let old = row.value.as_ref().map(words).unwrap_or_default();
        let value = value(if row.values.is_empty() { &old } else { &row.values })?;
        let question = row.question.parse().ok()?;
        let is_known = |asked: &Question| asked.attribute.id == question;
        if !self.reading.seen.codebook().questions.iter().chain(&self.reading.questions).any(is_known) {
            let attribute = new_attribute(question.clone(), &row.question, AttributeKind::Text);
            self.reading.questions.push(Question { attribute, for_each_target: !row.target.is_empty() });
        }
        let target = (!row.target.is_empty()).then(|| row.target.to_string());
        Some(Answer { question, target, value })
    }
}

fn no_id(what: &'static str, id: &str) -> Diagnostic {
    let what = crate::text::Phrase::plain(what);
    Diagnostic::error("bad-id", phrase!("A {what} has no id that can be understood: “{id}”", what, id))
        .hint("Give it one, or leave it out")
}

/// Words as a value, whose kind the codebook decides; `None` where there are none.
fn value(words: &[String]) -> Option<Value> {
    match words {
        [] => None,
        [one] if one.trim().is_empty() => None,
        [one] => Some(Value::Text(one.clone())),
        several => {
            let ids: Option<Vec<ChoiceId>> = several.iter().map(|word| ChoiceId::new(word).ok()).collect();
            Some(ids.map_or_else(|| Value::Text(several.join(", ")), Value::Choices))
        }
    }
}

fn target(row: &MemberRow, here: &ArticleId) -> Option<Target> {
    let item = match row.annotation.as_str() {
        "" => Item::Relation(row.relation.parse().ok()?),
        id => Item::Annotation(id.parse().ok()?),
    };
    let article = if row.article.is_empty() { here.clone() } else { ArticleId::new(&row.article).ok()? };
    Some(Target { article, item })
}

fn comment(row: &CommentRow<'_>) -> Option<Comment> {
    let moment = row.at.parse::<Timestamp>().map(Timestamp::as_millisecond).ok();
    let at_unix_ms = moment.or_else(|| row.at.parse().ok()).unwrap_or_default();
    Some(Comment { by: AnnotatorId::new(&row.by).ok()?, at_unix_ms, text: row.text.to_string() })
}

fn origin(row: &OriginRow) -> Origin {
    let from = || row.from.clone();
    match row.kind.as_str() {
        "imported" => Origin::Imported(from()),
        "accepted" => Origin::Accepted(from()),
        "changed" => Origin::Changed(from()),
        "adjudicated" => Origin::Adjudicated(row.from.split(", ").filter_map(|id| AnnotatorId::new(id).ok()).collect()),
        _ => Origin::Hand,
    }
}
