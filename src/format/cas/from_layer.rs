//! A CAS made of an article and what one annotator has said of it.

use std::collections::BTreeMap;

use super::{
    document::{self, list, with_references},
    names::{CONFIDENCE, DEPENDENT, FLAG, GOVERNOR, MEMBERS, NOTE, PART, ROLE, SENTENCE, TAG, TAGSET, TARGET, TOKEN},
    schema::{Form, Named, Schema},
    segments::{sentences, tokens},
    structure::{Cas, Held, Structure},
};
use crate::{
    format::{units::OffsetUnit, writer::ExportedArticle},
    model::{Annotation, AnnotationId, AnnotatorId, Attributes, Flag, Item, Layer, Relation, Value},
    text::{ByteRange, Text},
};

/// The id of the text.
const SOFA_ID: u32 = 1;

/// The CAS of an article; offsets are UTF-16 units.
pub fn cas_of(article: &ExportedArticle<'_>, said: Option<(&AnnotatorId, &Layer)>, schema: &Schema) -> Cas {
    let text = article.text;
    let cas = Cas::of_text(text.to_string(), OffsetUnit::Utf16);
    let mut making = Making { text, schema, cas, ids: BTreeMap::new() };
    let length = OffsetUnit::Utf16.of_bytes(text, ByteRange::new(0, text.len())).1;
    let who = said.map(|(who, layer)| (who.as_str(), layer.status()));
    document::put(&mut making.cas, article, length, who);
    let tokens = tokens(text);
    for (type_name, ranges) in [(SENTENCE, sentences(text, &tokens)), (TOKEN, tokens)] {
        for range in ranges {
            let own = making.on(type_name, range);
            list(&mut making.cas, own);
        }
    }
    making.tagsets();
    if let Some((_, layer)) = said {
        making.marks(layer);
        making.relations(layer);
    }
    making.cas
}

struct Making<'a> {
    text: &'a Text,
    schema: &'a Schema,
    cas: Cas,
    /// The structures of marks and relations.
    ids: BTreeMap<Item, u32>,
}

impl Making<'_> {
    /// A structure on some words.
    fn on(&self, type_name: &str, range: ByteRange) -> Structure {
        let (begin, end) = OffsetUnit::Utf16.of_bytes(self.text, range);
        Structure::new(type_name).with("sofa", SOFA_ID).with("begin", begin).with("end", end)
    }

    fn tagsets(&mut self) {
        for named in self.schema.all() {
            for (feature, tags) in &named.tags {
                let tags = tags.iter().map(|tag| list(&mut self.cas, Structure::new(TAG).with("name", tag))).collect();
                let own = self.on(TAGSET, ByteRange::at(0)).with("layer", &named.type_name).with("name", feature);
                list(&mut self.cas, with_references(own, "tags", tags));
            }
        }
    }

    fn marks(&mut self, layer: &Layer) {
        let mut parts = 0;
        for (id, mark) in layer.annotations() {
            let Some(named) = self.schema.label(&mark.label) else { continue };
            let is_parted = mark.fragments.count() > 1;
            parts += usize::from(is_parted);
            for (at, range) in mark.fragments.iter().enumerate() {
                let mut own = self.on(&named.type_name, range);
                if is_parted {
                    own = own.with(PART, parts);
                }
                if at == 0 {
                    own = said_of_mark(own, mark, named);
                }
                let new = list(&mut self.cas, own);
                self.ids.entry(id.into()).or_insert(new);
            }
        }
    }

    /// Every relation gets its structure first, since others may be of it.
    fn relations(&mut self, layer: &Layer) {
        let mut open = Vec::new();
        let next = self.cas.iter().last().map_or(SOFA_ID, |last| last.id) + 1;
        for ((id, relation), at) in layer.relations().iter().zip(next..) {
            self.ids.insert(id.into(), at);
            open.push((at, relation));
        }
        // The links of slots come behind all relations, whose ids are given by now.
        let mut links = Vec::new();
        let mut free = next + u32::try_from(open.len()).unwrap_or(0);
        for (id, relation) in open {
            let own = self.relation(layer, relation, (&mut free, &mut links));
            list(&mut self.cas, Structure { id, ..own });
        }
        links.into_iter().for_each(|link| _ = list(&mut self.cas, link));
    }

    fn relation(
        &self,
        layer: &Layer,
        relation: &Relation,
        (free, links): (&mut u32, &mut Vec<Structure>),
    ) -> Structure {
        let Some(kind) = self.schema.relation(&relation.kind) else { return Structure::new(TAG) };
        let target = |at: usize| relation.members.get(at).and_then(|member| self.ids.get(&member.target.item)).copied();
        let mut own = match kind.form(relation) {
            Form::Pair { governor, dependent } => {
                let place =
                    dependent.or(governor).and_then(|at| place(layer, relation.members.get(at)?.target.item, 0));
                let mut own = self.on(&kind.named.type_name, place.unwrap_or(ByteRange::at(0)));
                for (end, at) in [(GOVERNOR, governor), (DEPENDENT, dependent)] {
                    if let Some(id) = at.and_then(target) {
                        own.put(end, Held::References(vec![id]));
                    }
                }
                own
            }
            Form::Members(type_name) => {
                let first = relation.members.first().and_then(|member| place(layer, member.target.item, 0));
                let mut ids = Vec::new();
                for (at, member) in relation.members.iter().enumerate() {
                    let Some(target) = target(at) else { continue };
                    let link =
                        Structure::new(&format!("{type_name}RelationMembersLink")).with(ROLE, kind.role(&member.role));
                    links.push(Structure { id: *free, ..with_references(link, TARGET, vec![target]) });
                    ids.push(*free);
                    *free += 1;
                }
                with_references(self.on(type_name, first.unwrap_or(ByteRange::at(0))), MEMBERS, ids)
            }
        };
        answers(&mut own, &relation.attributes, &kind.named);
        own.with(NOTE, &relation.note)
    }
}

/// What is said of a mark beside where it is.
fn said_of_mark(mut own: Structure, mark: &Annotation, named: &Named) -> Structure {
    answers(&mut own, &mark.attributes, named);
    let flag = match mark.flag {
        Some(Flag::Question) => "question",
        Some(Flag::Flag) => "flag",
        None => "",
    };
    let confidence = mark.confidence.map_or(String::new(), |sure| sure.to_string());
    own.with(NOTE, &mark.note).with(FLAG, flag).with(CONFIDENCE, confidence)
}

fn answers(own: &mut Structure, attributes: &Attributes, named: &Named) {
    for (id, value) in attributes.iter() {
        let Some(feature) = named.feature(id) else { continue };
        let held = match value {
            Value::Choices(ids) => Held::Texts(ids.iter().map(ToString::to_string).collect()),
            Value::YesNo(yes) => Held::Text(yes.to_string()),
            _ => Held::Text(value.plain()),
        };
        own.put(feature, held);
    }
}

/// The first words of a mark, or of the first member of a relation.
fn place(layer: &Layer, item: Item, depth: usize) -> Option<ByteRange> {
    let mark = |id: AnnotationId| layer.annotation(id).map(|mark| mark.fragments.first());
    match item {
        Item::Annotation(id) => mark(id),
        // Relations that are members of each other have no words.
        Item::Relation(id) if depth < 16 => {
            place(layer, layer.relations().get(id)?.members.first()?.target.item, depth + 1)
        }
        Item::Relation(_) => None,
    }
}
