//! Marks and relations made of the feature structures of a view.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{
    codebook::CasCodebook,
    names::{
        CONFIDENCE, DEPENDENT, DOCUMENT, FIRST, FLAG, GOVERNOR, MEMBERS, NEXT, NOTE, PART, POS, ROLE, TARGET, TOKEN,
        is_own, is_structure, layer_type, short,
    },
    structure::{Cas, Held, Sofa, Structure},
};
use crate::{
    diagnostic::Diagnostic,
    format::{reader::Take, unified::Unified},
    model::{
        Annotation, ArticleId, Attributes, CountedIds, Filler, Flag, IncomingLayer, Item, KindId, Member, Origin,
        Relation, Target,
    },
    phrase,
    text::{ByteRange, Fragments},
};

/// Where a view comes from, for marks and messages.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    pub name: &'a str,
    pub article: &'a ArticleId,
    pub origin: &'a Origin,
}

/// What is said in a view of a CAS. `unified` is its text.
pub fn layer(
    (cas, sofa): (&Cas, &Sofa),
    unified: &Unified,
    source: Source<'_>,
    (codebook, take): (&mut CasCodebook, &mut dyn Take),
) -> IncomingLayer {
    let (items, ids, layer) = (FxHashMap::default(), CountedIds::default(), IncomingLayer::default());
    let pos = cas.iter().filter(|own| layer_type(&own.type_name) == POS);
    let pos = pos.map(|own| ((own.text("begin"), own.text("end")), own.id)).collect();
    let mut view = View { cas, sofa: sofa.id, unified, source, codebook, take, pos, items, ids, layer };
    view.marks();
    let pending = view.relation_ids();
    pending.iter().for_each(|pending| view.relation(pending));
    view.chains();
    view.slots();
    view.layer
}

struct View<'a> {
    cas: &'a Cas,
    sofa: u32,
    unified: &'a Unified,
    source: Source<'a>,
    codebook: &'a mut CasCodebook,
    take: &'a mut dyn Take,
    /// The parts of speech, by where they begin and end.
    pos: FxHashMap<(&'a str, &'a str), u32>,
    /// What became of each structure.
    items: FxHashMap<u32, (Item, Filler)>,
    ids: CountedIds,
    layer: IncomingLayer,
}

/// A relation that has its id, so that others can name it.
struct Pending<'a> {
    own: &'a Structure,
    type_name: String,
    id: crate::model::RelationId,
    kind: KindId,
}

impl<'a> View<'a> {
    /// The annotations of this view.
    fn annotations(&self) -> Vec<&'a Structure> {
        let is_listed = |own: &Structure| self.cas.listed.is_empty() || self.cas.listed.contains(&own.id);
        let is_here = |own: &&Structure| own.number("sofa").is_none_or(|sofa| sofa == self.sofa as usize);
        self.cas.iter().filter(|own| own.is_annotation() && is_listed(own)).filter(is_here).collect()
    }

    fn is_pair(&self, own: &Structure) -> bool {
        let has = |end: &str| self.codebook.types.feature(&own.type_name, end).is_some();
        own.is_pair() || (has(GOVERNOR) && has(DEPENDENT))
    }

    fn has_members(&self, own: &Structure) -> bool {
        own.get(MEMBERS).is_some() || self.codebook.types.feature(&own.type_name, MEMBERS).is_some()
    }

    fn is_mark(&self, own: &Structure) -> bool {
        !is_structure(&own.type_name)
            && !self.codebook.types.is_a(&own.type_name, DOCUMENT)
            && !self.is_pair(own)
            && !self.has_members(own)
    }

    fn marks(&mut self) {
        let own: Vec<&Structure> = self.annotations().into_iter().filter(|own| self.is_mark(own)).collect();
        // All fragments of a mark stand where its first one does.
        let mut places: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut marks: Vec<Vec<&Structure>> = Vec::new();
        for own in own {
            let part = own.text(PART);
            let known = if part.is_empty() { None } else { places.get(&(own.type_name.as_str(), part)).copied() };
            match known {
                Some(at) => marks[at].push(own),
                None => {
                    places.insert((&own.type_name, part), marks.len());
                    marks.push(vec![own]);
                }
            }
        }
        marks.iter().for_each(|parts| self.mark(parts));
    }

    fn at(&self, own: &Structure, told: Diagnostic) -> Diagnostic {
        let told = told.about(format!("{} {}", short(&own.type_name), own.id));
        let told = if own.line > 0 { told.at_line(own.line, 1) } else { told };
        told.at_path(self.source.name)
    }

    fn tell(&mut self, own: &Structure, told: Diagnostic) {
        let told = self.at(own, told);
        self.take.tell(told);
    }

    /// The words of an annotation in the text as it becomes; what has none is told.
    fn range(&mut self, own: &Structure) -> Option<ByteRange> {
        let (begin, end) = (own.number("begin"), own.number("end"));
        let range = begin.zip(end).and_then(|(begin, end)| self.cas.unit.0.bytes(&self.unified.source, begin, end));
        match range {
            Some(range) if !range.is_empty() => Some(self.unified.carried(range)),
            Some(_) => {
                let told = Diagnostic::warning("zero-width", "A mark of no words is left out");
                self.tell(own, told.hint("Give it the words that it is about"));
                None
            }
            None => {
                let (start, end) = (own.text("begin").to_owned(), own.text("end").to_owned());
                let message = phrase!("There is nothing from {start} to {end} in the text", start, end);
                self.tell(own, Diagnostic::error("outside-text", message).hint("Correct the offsets"));
                None
            }
        }
    }

    fn mark(&mut self, parts: &[&'a Structure]) {
        let Some(first) = parts.first() else { return };
        let ranges: Vec<ByteRange> = parts.iter().filter_map(|own| self.range(own)).collect();
        let type_name = layer_type(&first.type_name);
        let (Some(fragments), Some(label)) = (Fragments::new(ranges), self.codebook.label(&type_name)) else { return };
        let filler = Filler::Label(label.clone());
        let annotation = Annotation {
            attributes: self.attributes(first, &type_name, &filler),
            note: first.text(NOTE).to_owned(),
            flag: match first.text(FLAG) {
                "question" => Some(Flag::Question),
                "flag" => Some(Flag::Flag),
                _ => None,
            },
            confidence: first.number(CONFIDENCE).and_then(|n| u8::try_from(n).ok()).filter(|n| *n <= 100),
            origin: self.source.origin.clone(),
            ..Annotation::new(label, fragments, 1)
        };
        let id = self.ids.annotation();
        self.layer.annotations.push((id, annotation));
        parts.iter().for_each(|own| _ = self.items.insert(own.id, (id.into(), filler.clone())));
    }

    /// The answers of a mark or relation.
    fn attributes(&mut self, own: &Structure, type_name: &str, owner: &Filler) -> Attributes {
        let mut attributes = Attributes::default();
        for (feature, held) in own.features.iter().filter(|(feature, _)| !is_own(feature)) {
            let words = self.cas.words(held);
            let takes_several = !matches!(held, Held::Text(_)) && !words.is_empty();
            if let Some((id, value)) = self.codebook.answer(owner, (type_name, feature), &words, takes_several) {
                attributes.set(id, Some(value));
            }
        }
        attributes
    }

    /// Gives every relation its id.
    fn relation_ids(&mut self) -> Vec<Pending<'a>> {
        let mut pending = Vec::new();
        for own in self.annotations() {
            if is_structure(&own.type_name) || !(self.is_pair(own) || self.has_members(own)) {
                continue;
            }
            let type_name = layer_type(&own.type_name);
            let Some(kind) = self.codebook.kind(&type_name) else { continue };
            let id = self.ids.relation();
            self.items.insert(own.id, (id.into(), Filler::Relation(kind.clone())));
            pending.push(Pending { own, type_name, id, kind });
        }
        pending
    }

    fn relation(&mut self, pending: &Pending<'a>) {
        let Pending { own, type_name, id, kind } = pending;
        let ends: Vec<(String, Option<&Structure>)> = match self.has_members(own) {
            true => self.links(own, MEMBERS),
            false => [GOVERNOR, DEPENDENT]
                .into_iter()
                .filter(|end| own.get(end).is_some())
                .map(|end| {
                    (self.codebook.role_name(type_name, end), self.cas.referred(own.get(end)).into_iter().next())
                })
                .collect(),
        };
        let members = self.members(own, kind, ends);
        if members.is_empty() {
            self.items.remove(&own.id);
            return;
        }
        let attributes = self.attributes(own, type_name, &Filler::Relation(kind.clone()));
        let (note, origin) = (own.text(NOTE).to_owned(), self.source.origin.clone());
        self.layer.relations.push((*id, Relation { kind: kind.clone(), members, attributes, note, origin }));
    }

    /// The roles and targets of the links of a slot.
    fn links(&self, own: &'a Structure, slot: &str) -> Vec<(String, Option<&'a Structure>)> {
        let name = self.codebook.attribute_name(&own.type_name, slot);
        let link = |link: &'a Structure| match link.is_annotation() {
            true => (name.clone(), Some(link)),
            false => {
                let role = Some(link.text(ROLE)).filter(|role| !role.trim().is_empty()).unwrap_or(&name);
                (role.to_owned(), self.cas.referred(link.get(TARGET)).into_iter().next())
            }
        };
        self.cas.referred(own.get(slot)).into_iter().map(link).collect()
    }

    fn members(&mut self, own: &Structure, kind: &KindId, ends: Vec<(String, Option<&'a Structure>)>) -> Vec<Member> {
        let mut members = Vec::new();
        for (role, target) in ends {
            let Some((item, filler)) = target.and_then(|target| self.item(target)) else {
                let message = phrase!("Its {role} is not there or could not be read", role);
                self.tell(own, Diagnostic::error("no-such-member", message).hint("Repair it, or take it out"));
                continue;
            };
            if let Some(role) = self.codebook.role(kind, &role, Some(&filler)) {
                members.push(Member { role, target: Target { article: self.source.article.clone(), item } });
            }
        }
        members
    }

    /// What became of a structure. Of a token that is the part of speech that stands on it, or else a mark of its own.
    fn item(&mut self, own: &'a Structure) -> Option<(Item, Filler)> {
        if let Some(item) = self.items.get(&own.id) {
            return Some(item.clone());
        }
        if own.type_name != TOKEN {
            return None;
        }
        let pos = self.cas.referred(own.get("pos")).first().map(|pos| pos.id);
        let pos = pos.or_else(|| self.pos.get(&(own.text("begin"), own.text("end"))).copied());
        let pos = pos.and_then(|pos| self.items.get(&pos)).cloned();
        match pos {
            Some(item) => _ = self.items.insert(own.id, item),
            None => self.token(own),
        }
        self.items.get(&own.id).cloned()
    }

    /// A mark on a token, which says nothing but where it is.
    fn token(&mut self, own: &Structure) {
        let (Some(range), Some(label)) = (self.range(own), self.codebook.label(TOKEN)) else { return };
        let Some(fragments) = Fragments::new([range]) else { return };
        let (id, origin) = (self.ids.annotation(), self.source.origin.clone());
        self.items.insert(own.id, (id.into(), Filler::Label(label.clone())));
        self.layer.annotations.push((id, Annotation { origin, ..Annotation::new(label, fragments, 1) }));
    }

    /// A relation for each chain, of all its links in their order.
    fn chains(&mut self) {
        for own in self.cas.iter().filter(|own| own.get(FIRST).is_some() && !own.is_annotation()) {
            let (mut links, mut next) = (Vec::new(), self.cas.referred(own.get(FIRST)).into_iter().next());
            while let Some(link) = next.filter(|link| links.iter().all(|known: &&Structure| known.id != link.id)) {
                links.push(link);
                next = self.cas.referred(link.get(NEXT)).into_iter().next();
            }
            let is_here = links.iter().any(|link| link.number("sofa").is_none_or(|sofa| sofa == self.sofa as usize));
            let name = short(&own.type_name);
            let name = name.strip_suffix("Chain").filter(|stem| !stem.is_empty()).unwrap_or(name);
            if let Some(kind) = self.codebook.kind_named(name).filter(|_| is_here) {
                let links = links.into_iter().map(|link| ("Link".to_owned(), Some(link))).collect();
                self.join(own, kind, links);
            }
        }
    }

    /// A relation for each slot of a mark, of the mark and all that the slot links to.
    fn slots(&mut self) {
        for own in self.annotations() {
            let Some((host, Filler::Label(label))) = self.items.get(&own.id).cloned() else { continue };
            let slots = own.features.iter().filter(|(name, held)| !is_own(name) && matches!(held, Held::References(_)));
            for (slot, _) in slots {
                let mut links = self.links(own, slot);
                // What is no link is a part of another structure, such as that of a sentence: only marks are related.
                let is_link = |own: &Structure| !own.is_annotation();
                let has_links = self.cas.referred(own.get(slot)).into_iter().any(is_link);
                links.retain(|(_, target)| {
                    has_links || target.is_some_and(|target| self.items.contains_key(&target.id))
                });
                let host_name = self.codebook.label_name(&label);
                let name = format!("{host_name} {}", self.codebook.attribute_name(&own.type_name, slot));
                if links.is_empty() || !matches!(host, Item::Annotation(_)) {
                    continue;
                }
                if let Some(kind) = self.codebook.kind_named(&name) {
                    self.join(own, kind, std::iter::once((host_name, Some(own))).chain(links).collect());
                }
            }
        }
    }

    /// Adds a relation of which nothing else is known, unless none of its members but the first can be read.
    fn join(&mut self, own: &Structure, kind: KindId, ends: Vec<(String, Option<&'a Structure>)>) {
        let has_several = ends.len() > 1;
        let members = self.members(own, &kind, ends);
        if members.is_empty() || (has_several && members.len() < 2) {
            return;
        }
        let (id, origin) = (self.ids.relation(), self.source.origin.clone());
        let (attributes, note) = (Attributes::default(), String::new());
        self.layer.relations.push((id, Relation { kind, members, attributes, note, origin }));
    }
}
