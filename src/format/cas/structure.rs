//! A CAS: texts, and the feature structures that say something of them, whatever file they stood in.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::names::{DEPENDENT, FIRST, GOVERNOR, NEXT, TAGSET, TARGET};
use crate::format::units::OffsetUnit;

/// A CAS.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cas {
    pub sofas: Vec<Sofa>,
    structures: Vec<Structure>,
    by_id: FxHashMap<u32, usize>,
    /// What `begin` and `end` count: UTF-16 units, unless a file shows otherwise.
    pub unit: CasUnit,
    /// The structures that a view lists; one that none does is only there for others.
    pub listed: BTreeSet<u32>,
}

/// What offsets of a CAS count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CasUnit(pub OffsetUnit);

impl Default for CasUnit {
    fn default() -> Self {
        Self(OffsetUnit::Utf16)
    }
}

/// The text of a view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sofa {
    pub id: u32,
    /// Of its view; the one that there always is is called `_InitialView`.
    pub name: String,
    /// `None` for a view of something else than a text.
    pub text: Option<String>,
}

/// A feature structure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Structure {
    /// Positive; 0 is nothing.
    pub id: u32,
    pub type_name: String,
    pub features: Vec<(String, Held)>,
    /// Where it stands in its file, from 1.
    pub line: u32,
}

/// What a feature holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// Words, or a number or a flag in words.
    Text(String),
    Texts(Vec<String>),
    /// The ids of structures; a single one may be that of an array or a list.
    References(Vec<u32>),
}

impl Structure {
    pub fn new(type_name: &str) -> Self {
        Self { type_name: type_name.to_owned(), ..Self::default() }
    }

    pub fn get(&self, feature: &str) -> Option<&Held> {
        self.features.iter().find(|(name, _)| name == feature).map(|(_, held)| held)
    }

    /// Words; empty where there are none.
    pub fn text(&self, feature: &str) -> &str {
        match self.get(feature) {
            Some(Held::Text(text)) => text,
            _ => "",
        }
    }

    pub fn number(&self, feature: &str) -> Option<usize> {
        self.text(feature).trim().parse().ok()
    }

    /// The structure with a feature more, unless the words are empty.
    pub fn with(mut self, feature: &str, words: impl ToString) -> Self {
        let words = words.to_string();
        if !words.is_empty() {
            self.put(feature, Held::Text(words));
        }
        self
    }

    pub fn put(&mut self, feature: &str, held: Held) {
        self.features.push((feature.to_owned(), held));
    }

    /// Whether it lies on some words: it has a beginning and an end.
    pub fn is_annotation(&self) -> bool {
        self.get("begin").is_some() && self.get("end").is_some()
    }

    /// Whether it joins two others.
    pub fn is_pair(&self) -> bool {
        self.get(GOVERNOR).is_some() || self.get(DEPENDENT).is_some()
    }
}

impl Cas {
    /// One text, whose id is 1, and nothing said of it yet.
    pub fn of_text(text: String, unit: OffsetUnit) -> Self {
        let sofa = Sofa { id: 1, name: "_InitialView".to_owned(), text: Some(text) };
        Self { sofas: vec![sofa], unit: CasUnit(unit), ..Self::default() }
    }

    /// Adds a structure and gives its id: its own, or a new one where that is 0.
    pub fn add(&mut self, mut new: Structure) -> u32 {
        if new.id == 0 {
            let sofas = self.sofas.iter().map(|sofa| sofa.id).max().unwrap_or(0);
            let last = self.structures.last().map_or(0, |last| last.id);
            new.id = sofas.max(last) + 1;
        }
        let id = new.id;
        // Where an id is there twice, the first has it.
        self.by_id.entry(id).or_insert(self.structures.len());
        self.structures.push(new);
        id
    }

    pub fn get(&self, id: u32) -> Option<&Structure> {
        self.by_id.get(&id).map(|at| &self.structures[*at])
    }

    /// In the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Structure> {
        self.structures.iter()
    }

    /// The words of a feature, one by one: of an array or a list each of its own.
    pub fn words(&self, held: &Held) -> Vec<String> {
        match held {
            Held::Text(text) => vec![text.clone()],
            Held::Texts(texts) => texts.clone(),
            Held::References(ids) => {
                let arrays = self.opened(ids).into_iter().filter_map(|id| self.get(id)).filter_map(array_of);
                arrays.flat_map(|held| if let Held::Texts(texts) = held { texts.clone() } else { Vec::new() }).collect()
            }
        }
    }

    /// The structures that a feature refers to: of an array or a list each of its own. Those that are not there are left
    /// out.
    pub fn referred(&self, held: Option<&Held>) -> Vec<&Structure> {
        let Some(Held::References(ids)) = held else { return Vec::new() };
        let mut found = Vec::new();
        for id in self.opened(ids) {
            match self.get(id).map(|own| (own, array_of(own))) {
                Some((_, Some(Held::References(ids)))) => found.extend(ids.iter().filter_map(|id| self.get(*id))),
                Some((own, None)) => found.push(own),
                _ => {}
            }
        }
        found
    }

    /// Ids, each of a list as those of what is in it.
    fn opened(&self, ids: &[u32]) -> Vec<u32> {
        let mut found = Vec::new();
        for id in ids {
            match self.get(*id) {
                Some(own) if own.get("tail").is_some() || own.get("head").is_some() => self.walk(own, &mut found),
                Some(own) if own.type_name.starts_with("uima.cas.Empty") => {}
                _ => found.push(*id),
            }
        }
        found
    }

    fn walk(&self, list: &Structure, found: &mut Vec<u32>) {
        let one = |own: &Structure, feature: &str| match own.get(feature) {
            Some(Held::References(ids)) => ids.first().copied(),
            Some(Held::Text(id)) => id.parse().ok(),
            _ => None,
        };
        // A damaged list may lead back to where it began.
        let (mut at, mut passed) = (Some(list), BTreeSet::new());
        while let Some(own) = at.filter(|own| passed.insert(own.id)) {
            found.extend(one(own, "head"));
            at = one(own, "tail").and_then(|id| self.get(id));
        }
    }

    /// Makes references of words where a type system says that they are, or, without one, where nothing else makes sense:
    /// XMI writes both as numbers. `is_reference` is asked for the type and the feature; `None` where nobody knows.
    pub fn resolve(&mut self, is_reference: impl Fn(&str, &str) -> Option<bool>) {
        let links: BTreeSet<u32> =
            self.structures.iter().filter(|own| own.get(TARGET).is_some()).map(|own| own.id).collect();
        let known: BTreeSet<u32> = self.structures.iter().map(|own| own.id).collect();
        for own in &mut self.structures {
            let is_list = own.type_name.starts_with("uima.cas.") && !own.type_name.contains("String");
            for (name, held) in &mut own.features {
                let Held::Text(text) = held else { continue };
                let Some(ids) = ids(text) else { continue };
                let is_reference = match is_reference(&own.type_name, name) {
                    Some(is) => is,
                    None if matches!(name.as_str(), "sofa" | "begin" | "end") => false,
                    None if matches!(name.as_str(), GOVERNOR | DEPENDENT | TARGET | FIRST | NEXT) => true,
                    None if own.type_name == TAGSET => name == "tags",
                    None if is_list => {
                        matches!(name.as_str(), "head" | "tail" | "elements") && ids.iter().all(|id| known.contains(id))
                    }
                    None => !ids.is_empty() && ids.iter().all(|id| links.contains(id)),
                };
                if is_reference {
                    *held = Held::References(ids);
                }
            }
        }
    }
}

/// What an array holds; `None` for what is no array.
fn array_of(own: &Structure) -> Option<&Held> {
    let is_array = own.type_name.ends_with("Array") || own.type_name.ends_with("[]");
    is_array.then(|| own.get("elements")).flatten().filter(|held| !matches!(held, Held::Text(_)))
}

/// Ids, parted by blanks; `None` where something else is among them.
fn ids(text: &str) -> Option<Vec<u32>> {
    text.split_ascii_whitespace().map(|id| id.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_and_lists_are_what_is_in_them() {
        let mut cas = Cas::default();
        let with = |id: u32, name: &str, features: &[(&str, &str)]| {
            let mut own = Structure { id, ..Structure::new(name) };
            features.iter().for_each(|(name, text)| own.put(name, Held::Text((*text).to_owned())));
            own
        };
        cas.add(with(2, "a.Link", &[("target", "5"), ("role", "12")]));
        cas.add(with(3, "a.Link", &[("target", "5")]));
        cas.add(with(4, "uima.cas.FSArray", &[("elements", "2 3")]));
        cas.add(with(5, "a.Host", &[("links", "2 3"), ("number", "42"), ("array", "4"), ("list", "6")]));
        cas.add(with(6, "uima.cas.NonEmptyFSList", &[("head", "2"), ("tail", "7")]));
        cas.add(with(7, "uima.cas.NonEmptyFSList", &[("head", "3"), ("tail", "6")]));
        cas.resolve(|_, name| matches!(name, "array" | "list").then_some(true));
        let host = cas.get(5).unwrap().clone();
        let ids = |name: &str| cas.referred(host.get(name)).iter().map(|own| own.id).collect::<Vec<_>>();
        assert_eq!(
            (ids("links"), ids("array"), ids("list"), ids("number")),
            (vec![2, 3], vec![2, 3], vec![2, 3], vec![])
        );
        assert_eq!((host.text("number"), cas.get(2).unwrap().text("role")), ("42", "12"));
    }
}
