//! What a DocBin keeps of an article and what one annotator has said of it.

use super::{
    super::{
        known::known_of,
        tokens::{Token, Tokens},
        units::OffsetUnit,
        writer::ExportedArticle,
    },
    bin::Bin,
    names::{OWN, entity},
    packed::Packed,
    strings::number,
};
use crate::{
    model::{Annotation, Answer, AttributeKind, Codebook, LabelId, Layer, Value},
    text::{ByteRange, segment::next_sentence_start},
};

/// A document, as the only one of a bin.
pub fn document(article: &ExportedArticle<'_>, layer: Option<(&str, &Layer)>) -> Bin {
    let marks: Vec<&Annotation> =
        layer.into_iter().flat_map(|(_, layer)| layer.annotations()).map(|(_, mark)| &**mark).collect();
    let tokens = Tokens::of(article.text.as_str(), marks.iter().flat_map(|mark| mark.fragments.iter()));
    let mut bin = Bin::default();
    let entities = entities(article, &marks, &tokens);
    let begins = sentences(article.text.as_str(), tokens.as_slice());
    for ((token, (iob, label)), begins) in tokens.as_slice().iter().zip(entities).zip(begins) {
        let word = token.range.slice(article.text.as_str()).unwrap_or_default();
        // What is no beginning is −1.
        let sentence = if begins { 1 } else { u64::MAX };
        for value in [number(word), iob, label, sentence] {
            bin.tokens.extend(value.to_le_bytes());
        }
        bin.spaces.push(u8::from(token.is_spaced));
        if !bin.strings.contains(word) {
            bin.strings.insert(word.to_owned());
        }
    }
    spans(article, &marks, &tokens, &mut bin);
    bin.cats = cats(article.codebook(), layer.map(|(_, layer)| layer));
    let mut user_data = Packed::default();
    user_data.bytes(&known(article, layer).0);
    bin.user_data = user_data;
    bin.end_document(tokens.as_slice().len());
    bin
}

fn name<'c>(codebook: &'c Codebook, id: &'c LabelId) -> &'c str {
    codebook.label(id).map_or(id.as_str(), |label| &label.name)
}

/// For each token what it is of an entity, and of which label; nothing is known where marks cannot be entities.
fn entities(article: &ExportedArticle<'_>, marks: &[&Annotation], tokens: &Tokens) -> Vec<(u64, u64)> {
    let text = article.text.as_str();
    let mut entities = vec![(entity::OUTSIDE, 0); tokens.as_slice().len()];
    for mark in marks {
        for range in mark.fragments.iter() {
            let (Some(own), Some(words)) = (tokens.within(range), range.slice(text)) else { continue };
            let is_free = entities[own.clone()].iter().all(|(iob, _)| *iob == entity::OUTSIDE);
            // spaCy refuses to learn entities that begin or end with white space.
            if !is_free || words.starts_with(char::is_whitespace) || words.ends_with(char::is_whitespace) {
                return vec![(0, 0); entities.len()];
            }
            let label = number(name(article.codebook(), &mark.label));
            entities[own.clone()].fill((entity::INSIDE, label));
            entities[own.start].0 = entity::BEGIN;
        }
    }
    entities
}

/// Whether a sentence begins with each token.
fn sentences(text: &str, tokens: &[Token]) -> Vec<bool> {
    let mut next = 0;
    let begins = tokens.iter().map(|token| {
        let start = token.range.start();
        let begins = start >= next;
        if begins {
            next = next_sentence_start(text, start).max(start + 1);
        }
        begins
    });
    begins.collect()
}

/// The marks as a group of spans, one for each fragment; those of a mark have an id in common.
fn spans(article: &ExportedArticle<'_>, marks: &[&Annotation], tokens: &Tokens, bin: &mut Bin) {
    let mut spans: Vec<Vec<u8>> = Vec::new();
    for (at, mark) in marks.iter().enumerate() {
        let label = name(article.codebook(), &mark.label);
        bin.strings.insert(label.to_owned());
        let id = if mark.fragments.count() > 1 { (at + 1).to_string() } else { String::new() };
        for range in mark.fragments.iter() {
            spans.extend(tokens.within(range).map(|own| span(article, (label, &id), range, &own)));
        }
        bin.strings.insert(id);
    }
    let mut group = Packed::default();
    group.map(3);
    group.string("name");
    group.string(OWN);
    group.string("attrs");
    group.map(0);
    group.string("spans");
    group.array(spans.len());
    spans.iter().for_each(|span| group.bytes(span));
    let mut groups = Packed::default();
    groups.map(1);
    groups.bytes(&group.0);
    groups.array(1);
    groups.string(OWN);
    bin.span_groups.bytes(&groups.0);
}

/// A span: id, knowledge base, label; tokens; code points; all big-endian, ends exclusive.
fn span(
    article: &ExportedArticle<'_>,
    (label, id): (&str, &str),
    range: ByteRange,
    tokens: &std::ops::Range<usize>,
) -> Vec<u8> {
    let (start, end) = OffsetUnit::CodePoints.of_bytes(article.text, range);
    let mut span = Vec::with_capacity(40);
    [number(id), 0, number(label)].into_iter().for_each(|number| span.extend(number.to_be_bytes()));
    for offset in [tokens.start, tokens.end, start, end] {
        span.extend(i32::try_from(offset).unwrap_or(i32::MAX).to_be_bytes());
    }
    span
}

/// Every choice of the questions that were answered, with 1 for those that were made.
fn cats(codebook: &Codebook, layer: Option<&Layer>) -> Packed {
    let answers = layer.map_or(&[][..], |layer| &layer.article_answers().answers);
    let cats: Vec<(String, bool)> = answers.iter().flat_map(|answer| cats_of(codebook, answer)).collect();
    let mut packed = Packed::default();
    packed.map(cats.len());
    for (name, is_made) in cats {
        packed.string(&name);
        packed.float(f64::from(u8::from(is_made)));
    }
    packed
}

fn cats_of(codebook: &Codebook, answer: &Answer) -> Vec<(String, bool)> {
    let Some(question) = codebook.question(&answer.question) else { return Vec::new() };
    let asked = &question.attribute;
    let about =
        answer.target.as_ref().map_or_else(|| asked.name.clone(), |target| format!("{} ({target})", asked.name));
    match (&asked.kind, &answer.value) {
        (AttributeKind::Choice(choices), Value::Choice(made)) => {
            choices.iter().map(|choice| (format!("{about}: {}", choice.name), choice.id == *made)).collect()
        }
        (AttributeKind::Choices(choices), Value::Choices(made)) => {
            choices.iter().map(|choice| (format!("{about}: {}", choice.name), made.contains(&choice.id))).collect()
        }
        (_, Value::YesNo(yes)) => vec![(about, *yes)],
        _ => Vec::new(),
    }
}

/// What Pressmark keeps beside a document: `{"pressmark": {…}}`.
fn known(article: &ExportedArticle<'_>, layer: Option<(&str, &Layer)>) -> Packed {
    let known = known_of(article).into_iter().filter(|(_, value)| !value.is_empty());
    let of_layer = layer.map(|(annotator, layer)| [("annotator", annotator), ("status", layer.status().as_str())]);
    let fields: Vec<(&str, &str)> = known.chain(of_layer.into_iter().flatten()).collect();
    let answers = layer.map_or(&[][..], |(_, layer)| &layer.article_answers().answers);
    let mut packed = Packed::default();
    packed.map(1);
    packed.string(OWN);
    packed.map(fields.len() + 1);
    for (key, value) in fields {
        packed.string(key);
        packed.string(value);
    }
    packed.string("answers");
    packed.array(answers.len());
    answers.iter().for_each(|given| answer(article.codebook(), given, &mut packed));
    packed
}

/// An answer, with what its question is, as a codebook says it in files.
fn answer(codebook: &Codebook, answer: &Answer, packed: &mut Packed) {
    let asked = codebook.question(&answer.question).map(|question| &question.attribute);
    let kind = match asked.map(|asked| &asked.kind) {
        Some(AttributeKind::Choice(_)) => "choice",
        Some(AttributeKind::Choices(_)) => "choices",
        Some(AttributeKind::Number { .. }) => "number",
        Some(AttributeKind::YesNo) => "yes-no",
        _ => "text",
    };
    let values = match &answer.value {
        Value::Choices(ids) => ids.iter().map(ToString::to_string).collect(),
        value => vec![value.plain()],
    };
    let choices = asked.map_or(&[][..], |asked| asked.choices());
    packed.map(6);
    let name = asked.map_or(answer.question.as_str(), |asked| &asked.name);
    let target = answer.target.as_deref().unwrap_or_default();
    for (key, value) in [("question", answer.question.as_str()), ("name", name), ("kind", kind), ("target", target)] {
        packed.string(key);
        packed.string(value);
    }
    packed.string("values");
    packed.array(values.len());
    values.iter().for_each(|value| packed.string(value));
    packed.string("choices");
    packed.map(choices.len());
    for choice in choices {
        packed.string(choice.id.as_str());
        packed.string(&choice.name);
    }
}
