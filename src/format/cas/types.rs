//! A type system: which types of feature structures there are, what they are made from, and their features.
//! <https://uima.apache.org/d/uimaj-current/references.html#ugr.ref.xml.component_descriptor.type_system>

use std::collections::BTreeMap;

use super::names::{ANNOTATION, DOCUMENT, STRING};

/// Types lie above each other so many times at most.
const MAX_DEPTH: usize = 64;

/// A type of a type system.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Type {
    /// The name of the type that it is a kind of.
    pub above: String,
    pub description: String,
    /// Its own, not those of the types above it.
    pub features: Vec<Feature>,
    /// The only values of a kind of string; empty where all are allowed.
    pub allowed: Vec<String>,
}

/// A feature of a type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feature {
    pub name: String,
    pub description: String,
    /// The name of the type of its values.
    pub range: String,
    /// What an array or a list is of; empty where that is not said.
    pub element: String,
}

impl Feature {
    pub fn new(name: &str, range: &str) -> Self {
        Self { name: name.to_owned(), range: range.to_owned(), ..Self::default() }
    }
}

/// Types by their names. Those that UIMA has itself are not among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypeSystem(BTreeMap<String, Type>);

impl TypeSystem {
    /// Adds a type; one that is there gets the features that it lacks.
    pub fn add(&mut self, name: &str, new: Type) {
        let Some(known) = self.0.get_mut(name) else {
            self.0.insert(name.to_owned(), new);
            return;
        };
        for feature in new.features {
            if known.features.iter().all(|own| own.name != feature.name) {
                known.features.push(feature);
            }
        }
    }

    /// Adds all types of another one.
    pub fn extend(&mut self, other: Self) {
        other.0.into_iter().for_each(|(name, own)| self.add(&name, own));
    }

    pub fn get(&self, name: &str) -> Option<&Type> {
        self.0.get(name)
    }

    /// All types with their names, sorted by these.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Type)> {
        self.0.iter().map(|(name, own)| (name.as_str(), own))
    }

    /// A type and those above it, as far as they are known; the last one may be UIMA’s.
    fn line<'t>(&'t self, name: &'t str) -> impl Iterator<Item = &'t str> {
        std::iter::successors(Some(name), |name| self.0.get(*name).map(|own| own.above.as_str())).take(MAX_DEPTH)
    }

    /// Whether a type is another one or a kind of it.
    pub fn is_a(&self, name: &str, other: &str) -> bool {
        let is_annotation = |name: &str| other == ANNOTATION && name == DOCUMENT;
        self.line(name).any(|own| own == other || is_annotation(own))
    }

    /// A feature of a type, or of one above it.
    pub fn feature(&self, name: &str, feature: &str) -> Option<&Feature> {
        let own = self.line(name).filter_map(|name| self.0.get(name));
        own.into_iter().find_map(|own| own.features.iter().find(|known| known.name == feature))
    }

    /// The features of a type and of those above it, its own first.
    pub fn features<'t>(&'t self, name: &'t str) -> impl Iterator<Item = &'t Feature> {
        self.line(name).filter_map(|name| self.0.get(name)).flat_map(|own| &own.features)
    }

    pub fn description(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |own| &own.description)
    }

    /// What values of a range are.
    pub fn holds(&self, range: &str) -> Holds {
        match range {
            "uima.cas.Boolean" => Holds::Flag,
            "uima.cas.Byte" | "uima.cas.Short" | "uima.cas.Integer" | "uima.cas.Long" => Holds::Whole,
            "uima.cas.Float" | "uima.cas.Double" => Holds::Fraction,
            _ if self.is_a(range, STRING) => Holds::Words,
            "uima.cas.StringArray" | "uima.cas.StringList" | "uima.cas.String[]" => Holds::SeveralWords,
            _ if is_array_of_values(range) => Holds::Numbers,
            _ => Holds::Structures,
        }
    }

    /// The only values that a feature may have; empty where all are allowed.
    pub fn allowed(&self, feature: &Feature) -> &[String] {
        self.0.get(&feature.range).map_or(&[], |own| &own.allowed)
    }
}

/// What the values of a feature are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    Words,
    Flag,
    Whole,
    Fraction,
    SeveralWords,
    /// An array of numbers or flags.
    Numbers,
    /// One structure, or an array or a list of them.
    Structures,
}

fn is_array_of_values(range: &str) -> bool {
    let stem = ["Array", "List", "[]"].into_iter().find_map(|end| range.strip_suffix(end));
    let stem = stem.and_then(|stem| stem.strip_prefix("uima.cas."));
    matches!(stem, Some("Boolean" | "Byte" | "Short" | "Integer" | "Long" | "Float" | "Double"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_are_found_above_and_circles_end() {
        let mut types = TypeSystem::default();
        let kind = |above: &str, feature: &str| Type {
            above: above.to_owned(),
            features: vec![Feature::new(feature, STRING)],
            ..Type::default()
        };
        types.add("a.Above", kind(ANNOTATION, "one"));
        types.add("a.Below", kind("a.Above", "two"));
        types.add("a.Round", kind("a.Round", "three"));
        assert!(types.is_a("a.Below", ANNOTATION) && !types.is_a("a.Round", ANNOTATION));
        assert_eq!(types.feature("a.Below", "one").map(|own| own.range.as_str()), Some(STRING));
        assert_eq!((types.feature("a.Round", "one"), types.holds("a.Below")), (None, Holds::Structures));
        assert_eq!(
            (types.holds("uima.cas.FloatArray"), types.holds("uima.cas.FSArray")),
            (Holds::Numbers, Holds::Structures)
        );
    }
}
