//! The layers of a CAS as columns: what stands on which unit, and how it is numbered.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{
    super::cas::{
        names::{ANNOTATION, DEPENDENT, GOVERNOR, MEMBERS, ROLE, TARGET, is_own, is_structure},
        structure::{Cas, Held, Structure},
    },
    escape::escaped_value,
    header,
    units::{Unit, Units},
};
use crate::text::{ByteRange, Text};

/// What is said in a file.
pub struct Layers<'c> {
    cas: &'c Cas,
    pub units: Units,
    ids: BTreeMap<Unit, String>,
    spans: BTreeMap<&'c str, Layer<'c>>,
    relations: BTreeMap<&'c str, Layer<'c>>,
    /// The units of each annotation.
    places: FxHashMap<u32, Vec<Unit>>,
    numbers: FxHashMap<u32, usize>,
    pub left_out: LeftOut,
}

/// How many annotations are not written as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Of white space alone.
    pub blank: usize,
    /// With white space at an edge.
    pub edged: usize,
    /// Relations without both ends, or whose ends are of white space alone.
    pub ends: usize,
}

/// A type with what is of it.
#[derive(Default)]
struct Layer<'c> {
    features: Vec<&'c str>,
    has_slot: bool,
    /// Of a relation, the type that it is between.
    base: &'c str,
    on: BTreeMap<Unit, Vec<&'c Structure>>,
}

impl<'c> Layers<'c> {
    pub fn of(cas: &'c Cas, text: &Text) -> Self {
        let is_said = |own: &&Structure| own.is_annotation() && !is_structure(&own.type_name);
        let (relations, spans): (Vec<&Structure>, Vec<&Structure>) =
            cas.iter().filter(is_said).partition(|own| own.is_pair());
        let range = |own: &&Structure| {
            let (begin, end) = (own.number("begin").unwrap_or(0), own.number("end").unwrap_or(0));
            text.range_from_utf16(begin, end).unwrap_or(ByteRange::at(0))
        };
        let ranges: Vec<ByteRange> = spans.iter().map(range).collect();
        let (units, own) = Units::of(text, &ranges);
        let mut layers = Self {
            cas,
            ids: units.ids(),
            units,
            spans: BTreeMap::new(),
            relations: BTreeMap::new(),
            places: FxHashMap::default(),
            numbers: FxHashMap::default(),
            left_out: LeftOut::default(),
        };
        for ((own, range), places) in spans.into_iter().zip(ranges).zip(own) {
            layers.span(own, range, places);
        }
        relations.into_iter().for_each(|own| layers.relation(own));
        layers.number();
        layers
    }

    fn span(&mut self, own: &'c Structure, range: ByteRange, places: Vec<Unit>) {
        let ends = places.first().zip(places.last());
        let Some((first, last)) = ends.map(|(first, last)| (self.units.range(*first), self.units.range(*last))) else {
            self.left_out.blank += 1;
            return;
        };
        self.left_out.edged += usize::from((first.start(), last.end()) != (range.start(), range.end()));
        let layer = self.spans.entry(&own.type_name).or_default();
        layer.take(own);
        places.iter().for_each(|unit| layer.on.entry(*unit).or_default().push(own));
        self.places.insert(own.id, places);
    }

    fn relation(&mut self, own: &'c Structure) {
        let end = |end: &str| {
            self.cas.referred(own.get(end)).into_iter().next().filter(|own| self.places.contains_key(&own.id))
        };
        let (Some(from), Some(to)) = (end(GOVERNOR), end(DEPENDENT)) else {
            self.left_out.ends += 1;
            return;
        };
        let unit = self.places[&to.id][0];
        let layer = self.relations.entry(&own.type_name).or_default();
        layer.take(own);
        for end in [from, to] {
            let is_other = !layer.base.is_empty() && layer.base != end.type_name;
            layer.base = if is_other { ANNOTATION } else { &end.type_name };
        }
        layer.on.entry(unit).or_default().push(own);
    }

    /// Numbers what a unit and a type don’t tell: annotations on several units, those that stand on others of their type,
    /// and those that are named where any type may be.
    fn number(&mut self) {
        let mut needed: BTreeSet<u32> =
            self.places.iter().filter(|(_, units)| units.len() > 1).map(|(id, _)| *id).collect();
        for layer in self.spans.values() {
            needed.extend(layer.on.values().filter(|stack| stack.len() > 1).flatten().map(|own| own.id));
            let links = layer.on.values().flatten().flat_map(|own| self.cas.referred(own.get(MEMBERS)));
            needed.extend(links.flat_map(|link| self.cas.referred(link.get(TARGET))).map(|target| target.id));
        }
        for layer in self.relations.values().filter(|layer| layer.base == ANNOTATION) {
            let ends = |own: &&Structure| [GOVERNOR, DEPENDENT].map(|end| self.cas.referred(own.get(end)));
            needed.extend(layer.on.values().flatten().flat_map(ends).flatten().map(|own| own.id));
        }
        let in_order =
            self.cas.iter().map(|own| own.id).filter(|id| needed.contains(id) && self.places.contains_key(id));
        self.numbers = in_order.zip(1..).collect();
    }

    /// The lines of the header that declare the columns.
    pub fn header(&self) -> String {
        let mut lines = String::new();
        for (type_name, layer) in &self.spans {
            let slot = layer
                .has_slot
                .then(|| format!("{}{type_name}:{MEMBERS}_{type_name}RelationMembersLink|{ANNOTATION}", header::ROLE));
            let fields: Vec<&str> = layer.features.iter().copied().chain(slot.as_deref()).collect();
            lines.push_str(&format!("{}{type_name}|{}\n", header::SPAN, fields.join("|")));
        }
        for (type_name, layer) in &self.relations {
            let fields: String = layer.features.iter().map(|name| format!("|{name}")).collect();
            lines.push_str(&format!("{}{type_name}{fields}|{}{}\n", header::RELATION, header::BASE, layer.base));
        }
        lines
    }

    pub fn id(&self, unit: Unit) -> &str {
        self.ids.get(&unit).map_or("", String::as_str)
    }

    /// What stands in the columns of a row.
    pub fn cells(&self, unit: Unit) -> Vec<String> {
        let mut cells = Vec::new();
        for layer in self.spans.values() {
            let stack = layer.on.get(&unit).map_or(&[][..], Vec::as_slice);
            for feature in &layer.features {
                cells.push(stacked(stack, |own| self.numbered(own, &value(own, feature))));
            }
            if layer.has_slot {
                cells.push(stacked(stack, |own| self.numbered(own, &self.slot(own).0)));
                cells.push(stacked(stack, |own| self.slot(own).1));
            } else if layer.features.is_empty() {
                cells.push(stacked(stack, |own| self.numbered(own, "*")));
            }
        }
        for layer in self.relations.values() {
            let stack = layer.on.get(&unit).map_or(&[][..], Vec::as_slice);
            for feature in &layer.features {
                cells.push(stacked(stack, |own| value(own, feature)));
            }
            cells.push(stacked(stack, |own| self.ends(own)));
        }
        cells
    }

    fn numbered(&self, own: &Structure, value: &str) -> String {
        self.numbers.get(&own.id).map_or_else(|| value.to_owned(), |number| format!("{value}[{number}]"))
    }

    /// The roles and the targets of the links of a relation.
    fn slot(&self, own: &Structure) -> (String, String) {
        let target = |link: &&Structure| self.cas.referred(link.get(TARGET)).into_iter().next();
        let links = self.cas.referred(own.get(MEMBERS)).into_iter();
        let links: Vec<(String, String)> = links
            .filter_map(|link| {
                let target = target(&link)?;
                let unit = self.places.get(&target.id)?.first()?;
                Some((value(link, ROLE), self.numbered(target, self.id(*unit))))
            })
            .collect();
        if links.is_empty() {
            return ("_".to_owned(), "*".to_owned());
        }
        let (roles, targets): (Vec<String>, Vec<String>) = links.into_iter().unzip();
        (roles.join(";"), targets.join(";"))
    }

    /// Where a relation comes from, with the numbers of both ends where one has any.
    fn ends(&self, own: &Structure) -> String {
        let end = |end: &str| self.cas.referred(own.get(end)).into_iter().next();
        let (Some(from), Some(to)) = (end(GOVERNOR), end(DEPENDENT)) else { return "_".to_owned() };
        let number = |own: &Structure| self.numbers.get(&own.id).copied().unwrap_or(0);
        let unit = self.places.get(&from.id).and_then(|units| units.first()).map_or("", |unit| self.id(*unit));
        match (number(from), number(to)) {
            (0, 0) => unit.to_owned(),
            (one, other) => format!("{unit}[{one}_{other}]"),
        }
    }
}

impl<'c> Layer<'c> {
    /// Takes note of the features of an annotation.
    fn take(&mut self, own: &'c Structure) {
        for (name, held) in &own.features {
            match held {
                Held::References(_) => self.has_slot |= name == MEMBERS,
                _ if matches!(name.as_str(), "sofa" | "begin" | "end") => {}
                _ if self.features.contains(&name.as_str()) => {}
                _ => {
                    self.features.push(name);
                    // Those of Pressmark stand behind those of the codebook.
                    self.features.sort_by_key(|name| (is_own(name), *name));
                }
            }
        }
    }
}

/// A cell for all annotations on a unit.
fn stacked(stack: &[&Structure], cell: impl Fn(&Structure) -> String) -> String {
    let cells: Vec<String> = stack.iter().map(|own| cell(own)).collect();
    if cells.is_empty() { "_".to_owned() } else { cells.join("|") }
}

/// The value of a feature; `*` where it has none. Several are joined to one.
fn value(own: &Structure, feature: &str) -> String {
    match own.get(feature) {
        Some(Held::Text(text)) if !text.is_empty() => escaped_value(text),
        Some(Held::Texts(texts)) if !texts.is_empty() => escaped_value(&texts.join(", ")),
        _ => "*".to_owned(),
    }
}
