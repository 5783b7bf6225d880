//! Marks, answers and relations made of annotations, in a layer for each of their creators.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{
    annotation::{creator, id, list, motives, number, source, targets, text},
    body::{Given, Said, origin},
    found::Found,
    names,
    place::{Selected, quoted, selected},
};
use crate::{
    diagnostic::Diagnostic,
    format::{
        reader::{self, Placing, Take},
        seen::{Seen, new_attribute},
        unified::Unified,
        units::OffsetUnit,
    },
    model::{
        Annotation, Answer, AttributeId, AttributeKind, Attributes, ChoiceId, Codebook, Comment, CountedIds, Filler,
        IncomingArticle, IncomingLayer, Item, Member, Question, Relation, RelationId, Status, Target, Value,
    },
    phrase,
    text::{ByteRange, Fragments, slug::free_id},
};

/// What an annotation without a label is called.
const NO_LABEL: &str = "Annotation";

/// What goes from text to text.
pub struct Reading {
    seen: Seen,
    questions: Vec<Question>,
    ids: CountedIds,
    /// What became of annotations, by their ids.
    items: BTreeMap<String, Made>,
    pub articles: Vec<IncomingArticle>,
}

/// A mark or relation that was made of an annotation.
#[derive(Clone)]
struct Made {
    /// The place of its article, and of its layer there.
    home: (usize, usize),
    item: Item,
    filler: Filler,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            seen: Seen::over(Codebook::empty("Web Annotation")),
            questions: Vec::new(),
            ids: CountedIds::default(),
            items: BTreeMap::new(),
            articles: Vec::new(),
        }
    }
}

/// What is needed to read the annotations of a text.
pub struct OfText<'a> {
    reading: &'a mut Reading,
    unified: &'a Unified,
    take: &'a mut dyn Take,
    layers: Vec<IncomingLayer>,
}

impl<'a> OfText<'a> {
    pub fn new(reading: &'a mut Reading, unified: &'a Unified, take: &'a mut dyn Take) -> Self {
        Self { reading, unified, take, layers: Vec::new() }
    }

    /// The layers of annotations, each given with one of its targets; those of one annotation stand beside each other.
    pub fn layers(mut self, members: &[(usize, &Json)], found: &[Found]) -> Vec<IncomingLayer> {
        let parts = |target: &Json| target.as_object().map(selected).unwrap_or_default();
        let selected: Vec<(usize, Vec<Selected>)> = members.iter().map(|(at, target)| (*at, parts(target))).collect();
        let claimed = selected.iter().flat_map(|(_, parts)| parts).flat_map(Selected::claimed);
        let placing = Placing::of(&self.unified.source, OffsetUnit::CodePoints, claimed, self.take);
        for own in selected.chunk_by(|one, next| one.0 == next.0) {
            let found = &found[own[0].0];
            let parts: Vec<&Selected> = own.iter().flat_map(|(_, parts)| parts).collect();
            if parts.is_empty() {
                self.about(found);
                continue;
            }
            let ranges: Vec<_> = parts.into_iter().filter_map(|part| self.range(&placing, part, found)).collect();
            let ranges = ranges.into_iter().map(|range| self.unified.carried(range));
            match Fragments::new(ranges) {
                Some(fragments) => self.mark(found, &fragments),
                None => {
                    let told = Diagnostic::error("no-fragments", "A mark covers no words");
                    self.take.tell(found.at(told.hint("Give it a range, or leave it out")));
                }
            }
        }
        self.layers
    }

    /// The range of a part in the text as it came; what is lost is told.
    fn range(&mut self, placing: &Placing<'_>, part: &Selected, found: &Found) -> Option<ByteRange> {
        match part {
            Selected::At(claimed) => placing.place(claimed, |told| found.at(told), self.take),
            Selected::Quoted(quote) => match quoted(&self.unified.source, quote) {
                Some((range, is_only)) => {
                    if !is_only {
                        let words = &quote.exact;
                        let message =
                            phrase!("The words “{words}” are in the text more than once; the first was taken", words);
                        self.take.tell(found.at(Diagnostic::warning("ambiguous", message).hint("Look at the mark")));
                    }
                    Some(range)
                }
                None => {
                    let message = phrase!("The words “{words}” are not in the text", words = &quote.exact);
                    let told = Diagnostic::error("words-lost", message).hint("Correct the words or the offsets");
                    self.take.tell(found.at(told));
                    None
                }
            },
            Selected::Between(ends) => {
                let [start, end] = &**ends;
                let (start, end) = (self.range(placing, start, found)?, self.range(placing, end, found)?);
                (start.start() < end.start()).then(|| ByteRange::new(start.start(), end.start()))
            }
            Selected::Unknown(name) => {
                let message = phrase!("A place is given by a selector that plain text does not have: {name}", name);
                let told = Diagnostic::warning("unknown-selector", message);
                self.take.tell(found.at(told.hint("Give it a TextQuoteSelector too")));
                None
            }
        }
    }

    fn layer(&mut self, found: &Found) -> usize {
        let annotator = creator(&found.annotation);
        self.layers.iter().position(|layer| layer.annotator == annotator).unwrap_or_else(|| {
            self.layers.push(IncomingLayer { annotator, ..IncomingLayer::default() });
            self.layers.len() - 1
        })
    }

    /// A mark for each label.
    fn mark(&mut self, found: &Found, fragments: &Fragments) {
        let said = Said::of(&found.annotation);
        let motives = motives(&found.annotation, "motivation");
        let motive = motives.first().copied().filter(|motive| !matches!(*motive, "tagging" | "classifying"));
        let tags = if said.tags.is_empty() { vec![motive.unwrap_or(NO_LABEL).to_owned()] } else { said.tags };
        let layer = self.layer(found);
        for (at, tag) in tags.iter().enumerate() {
            let Some(label) = self.reading.seen.label(tag) else { continue };
            let filler = Filler::Label(label.clone());
            let annotation = Annotation {
                attributes: attributes(&mut self.reading.seen, &filler, &said.answers),
                note: said.notes.join("\n"),
                flag: said.flag,
                comments: said.comments.clone(),
                confidence: number(&found.annotation, names::CONFIDENCE)
                    .and_then(|n| u8::try_from(n).ok())
                    .filter(|n| *n <= 100),
                origin: origin(&found.annotation, reader::origin("w3c", &found.source)),
                ..Annotation::new(label, fragments.clone(), 1)
            };
            let id = self.reading.ids.annotation();
            self.layers[layer].annotations.push((id, annotation));
            if let (0, Some(name)) = (at, self::id(&found.annotation)) {
                let home = (self.reading.articles.len(), layer);
                self.reading.items.entry(name.to_owned()).or_insert(Made { home, item: id.into(), filler });
            }
        }
    }

    /// What is said of the text as a whole.
    fn about(&mut self, found: &Found) {
        let said = Said::of(&found.annotation);
        let status = text(&found.annotation, names::STATUS);
        let status = Status::ALL.into_iter().find(|known| Some(known.as_str()) == status);
        let is_answered = !said.answers.is_empty() && said.answers.iter().all(|given| given.name != super::body::LINK);
        if status.is_none() && !is_answered {
            let told = Diagnostic::warning("whole-text", "An annotation is of the whole of a text, so it is no mark");
            return self.take.tell(found.at(told.hint("Give it a selector, or make it a question of the codebook")));
        }
        let layer = self.layer(found);
        self.layers[layer].status = status.or(self.layers[layer].status);
        let mut groups: BTreeMap<_, Vec<&str>> = BTreeMap::new();
        for given in &said.answers {
            let key = (given.name.as_str(), given.question.as_deref(), given.about.as_deref());
            groups.entry(key).or_default().push(&given.words);
        }
        for ((name, id, about), words) in groups {
            if let Some(question) = self.reading.question((name, id), about) {
                let target = about.map(str::to_owned);
                self.layers[layer].answers.push(Answer { question, target, value: value(&words) });
            }
        }
    }
}

impl Reading {
    /// The question of a name, and of an id where one is said.
    fn question(&mut self, (name, id): (&str, Option<&str>), about: Option<&str>) -> Option<AttributeId> {
        let is_same = |asked: &&Question| match id {
            Some(id) => asked.attribute.id.as_str() == id,
            None => asked.attribute.name == name,
        };
        if let Some(known) = self.questions.iter().find(is_same) {
            return Some(known.attribute.id.clone());
        }
        let is_taken = |id: &AttributeId| self.questions.iter().any(|question| question.attribute.id == *id);
        let own = id.and_then(|id| AttributeId::new(id).ok());
        let id = own.or_else(|| free_id(name, AttributeId::new, is_taken))?;
        let attribute = new_attribute(id.clone(), name, AttributeKind::Text);
        self.questions.push(Question { attribute, for_each_target: about.is_some() });
        Some(id)
    }

    /// Makes relations of the annotations that are of annotations, and comments of those that reply to one.
    pub fn relations(&mut self, found: &[Found], take: &mut dyn Take) {
        let known: std::collections::BTreeSet<&str> = found.iter().filter_map(|one| id(&one.annotation)).collect();
        let mut pending = Vec::new();
        for one in found {
            let members = members(one, |name| known.contains(name));
            match members.as_slice() {
                [] => {}
                [(name, _)] if !motives(&one.annotation, "motivation").contains(&"linking") => {
                    if !self.reply(one, name) {
                        take.tell(one.at(no_member(name)));
                    }
                }
                _ => pending.push((one, members)),
            }
        }
        // One may be of others that come later.
        loop {
            let before = pending.len();
            pending.retain(|(one, members)| !self.relation(one, members));
            if pending.len() == before {
                break;
            }
        }
        for (one, members) in pending {
            let missing = members.iter().find(|(name, _)| !self.items.contains_key(*name));
            take.tell(one.at(no_member(missing.map_or("", |(name, _)| name))));
        }
    }

    /// Makes a relation; false where not all of its members are there.
    fn relation(&mut self, found: &Found, members: &[(&str, Option<&str>)]) -> bool {
        let made: Option<Vec<Made>> = members.iter().map(|(name, _)| self.items.get(*name).cloned()).collect();
        let Some(made) = made else { return false };
        let said = Said::of(&found.annotation);
        let across = found.annotation.get(names::ACROSS) == Some(&Json::Bool(true));
        let is_apart = made.iter().any(|one| one.home.0 != made[0].home.0);
        let kind = said.tags.first().map_or("Link", String::as_str);
        let Some(kind) = self.seen.kind(kind, across || is_apart) else { return true };
        let filler = Filler::Relation(kind.clone());
        let defaults: &[&str] = if members.len() == 2 { &["from", "to"] } else { &[] };
        let mut rows = Vec::new();
        for (at, ((_, role), made)) in members.iter().zip(&made).enumerate() {
            let role = role.or(defaults.get(at).copied()).unwrap_or("member");
            let Some(role) = self.seen.role(&kind, role, Some(&made.filler)) else { continue };
            let article = self.articles[made.home.0].id.clone();
            rows.push(Member { role, target: Target { article, item: made.item } });
        }
        let annotator = creator(&found.annotation);
        let home = self.home(made[0].home.0, annotator);
        let id: RelationId = self.ids.relation();
        let relation = Relation {
            kind,
            members: rows,
            attributes: attributes(&mut self.seen, &filler, &said.answers),
            note: said.notes.join("\n"),
            origin: origin(&found.annotation, reader::origin("w3c", &found.source)),
        };
        self.articles[home.0].layers[home.1].relations.push((id, relation));
        if let Some(name) = self::id(&found.annotation) {
            self.items.entry(name.to_owned()).or_insert(Made { home, item: id.into(), filler });
        }
        true
    }

    /// The layer of an annotator.
    fn home(&mut self, article: usize, annotator: Option<String>) -> (usize, usize) {
        let layers = &mut self.articles[article].layers;
        let known = layers.iter().position(|layer| layer.annotator == annotator);
        let layer = known.unwrap_or_else(|| {
            layers.push(IncomingLayer { annotator, ..IncomingLayer::default() });
            layers.len() - 1
        });
        (article, layer)
    }

    /// Adds a comment to a mark; false where there is no such mark.
    fn reply(&mut self, found: &Found, to: &str) -> bool {
        let Some(Made { home, item: Item::Annotation(mark), .. }) = self.items.get(to).cloned() else { return false };
        let layer = &mut self.articles[home.0].layers[home.1];
        let Some((_, mark)) = layer.annotations.iter_mut().find(|(id, _)| *id == mark) else { return false };
        let said = Said::of(&found.annotation);
        let words: Vec<String> =
            said.tags.into_iter().chain(said.notes).chain(said.comments.into_iter().map(|c| c.text)).collect();
        if !words.is_empty() {
            mark.comments
                .push(Comment { text: words.join("\n"), ..super::body::comment(&found.annotation, String::new()) });
        }
        true
    }

    /// The articles, and the codebook that goes with them.
    pub fn finish(self) -> (Vec<IncomingArticle>, Codebook) {
        let mut codebook = self.seen.finish();
        codebook.questions = self.questions;
        (self.articles, codebook)
    }
}

/// The annotations that one is of, each with its role where it says one.
fn members(found: &Found, is_known: impl Fn(&str) -> bool) -> Vec<(&str, Option<&str>)> {
    let bodies = list(&found.annotation, "body").iter();
    let all = targets(&found.annotation).into_iter().chain(bodies);
    let named = all.filter_map(|resource| {
        let role = resource.as_object().and_then(|object| text(object, names::ROLE));
        Some((source(resource)?, role))
    });
    named.filter(|(name, _)| is_known(name)).collect()
}

fn no_member(name: &str) -> Diagnostic {
    let message = phrase!("It names {target}, which is not there or could not be read", target = name);
    Diagnostic::error("no-such-member", message).hint("Leave it out")
}

fn attributes(seen: &mut Seen, owner: &Filler, given: &[Given]) -> Attributes {
    let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for one in given {
        groups.entry(&one.name).or_default().push(&one.words);
    }
    let mut attributes = Attributes::default();
    for (name, words) in groups {
        let value = value(&words);
        if let Some(id) = seen.attribute(owner, name, &value) {
            attributes.set(id, Some(value));
        }
    }
    attributes
}

/// Several words are choices, where they can be.
fn value(words: &[&str]) -> Value {
    match words {
        [one] => Value::Text((*one).to_owned()),
        several => {
            let ids: Option<Vec<ChoiceId>> = several.iter().map(|word| ChoiceId::new(word).ok()).collect();
            let Some(mut ids) = ids else { return Value::Text(several.join(", ")) };
            ids.sort_unstable();
            ids.dedup();
            Value::Choices(ids)
        }
    }
}
