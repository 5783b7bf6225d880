//! The header of a WebAnno TSV: which layers there are, and which column is of which feature.

use super::super::cas::{
    names::{ANNOTATION, DEPENDENT, FS_ARRAY, GOVERNOR, STRING},
    types::{Feature, Type, TypeSystem},
};

/// The first line of a file, up to its version.
pub const FORMAT: &str = "#FORMAT=WebAnno TSV 3.";
pub const SPAN: &str = "#T_SP=";
pub const CHAIN: &str = "#T_CH=";
pub const RELATION: &str = "#T_RL=";
/// Before the type of a slot and its links, and before the type that a relation is between.
pub const ROLE: &str = "ROLE_";
pub const BASE: &str = "BT_";

/// What a column is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub type_name: String,
    pub kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A feature of an annotation, or of a relation.
    Feature(String),
    /// Of an annotation without features.
    Placeholder,
    /// The roles of a slot, with the type of its links.
    Roles {
        slot: String,
        link: String,
    },
    /// The targets of the links of the slot before.
    Targets {
        slot: String,
        target: String,
    },
    /// Where a relation comes from; the type that it is between.
    Base(String),
    ChainFeature(String),
    /// The column that says which link of which chain an annotation is, too.
    ChainLink(String),
}

impl Kind {
    pub fn is_of_relation(&self) -> bool {
        matches!(self, Self::Base(_))
    }
}

/// What the fields of a line are, but for the first one.
type ReadFields = fn(&[&str]) -> Vec<Kind>;

/// The columns of a line of the header; empty for a line that is something else.
pub fn columns(line: &str) -> Vec<Column> {
    let readers: [(&str, ReadFields); 3] = [(SPAN, span), (CHAIN, chain), (RELATION, relation)];
    let known = readers.into_iter().find_map(|(start, read)| Some((line.strip_prefix(start)?, read)));
    let Some((rest, read)) = known else { return Vec::new() };
    let mut fields = rest.split('|');
    let type_name = fields.next().unwrap_or_default().trim();
    let fields: Vec<&str> = fields.map(str::trim).filter(|field| !field.is_empty()).collect();
    let kinds = read(&fields);
    kinds.into_iter().map(|kind| Column { type_name: type_name.to_owned(), kind }).collect()
}

fn span(fields: &[&str]) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = Vec::new();
    for field in fields {
        let slot =
            kinds.last().and_then(|kind| if let Kind::Roles { slot, .. } = kind { Some(slot.clone()) } else { None });
        kinds.push(match (slot, field.strip_prefix(ROLE).and_then(slot_and_link)) {
            (Some(slot), _) => Kind::Targets { slot, target: (*field).to_owned() },
            (None, Some((slot, link))) => Kind::Roles { slot, link },
            (None, None) => Kind::Feature((*field).to_owned()),
        });
    }
    if kinds.is_empty() { vec![Kind::Placeholder] } else { kinds }
}

/// `a.Host:links_a.b.Link`: both names may have underscores, but a package has none.
fn slot_and_link(field: &str) -> Option<(String, String)> {
    let (_, rest) = field.rsplit_once(':')?;
    let is_type = |at: &usize| {
        let name = &rest[at + 1..];
        name.split_once('.').is_some_and(|(package, _)| !package.contains('_'))
    };
    let at = rest.match_indices('_').map(|(at, _)| at).find(is_type).or_else(|| rest.rfind('_'))?;
    Some((rest[..at].to_owned(), rest[at + 1..].to_owned()))
}

fn relation(fields: &[&str]) -> Vec<Kind> {
    let kind = |field: &&str| match field.strip_prefix(BASE) {
        Some(base) => Kind::Base(base.to_owned()),
        None => Kind::Feature((*field).to_owned()),
    };
    fields.iter().map(kind).collect()
}

fn chain(fields: &[&str]) -> Vec<Kind> {
    let kind = |field: &&str| match *field {
        "referenceRelation" => Kind::ChainLink((*field).to_owned()),
        _ => Kind::ChainFeature((*field).to_owned()),
    };
    fields.iter().map(kind).collect()
}

/// The types of all columns, as far as a header tells them.
pub fn types(columns: &[Column]) -> TypeSystem {
    let mut types = TypeSystem::default();
    for Column { type_name, kind } in columns {
        let features = match kind {
            Kind::Feature(name) | Kind::ChainFeature(name) | Kind::ChainLink(name) => vec![Feature::new(name, STRING)],
            Kind::Roles { slot, link } => vec![Feature { element: link.clone(), ..Feature::new(slot, FS_ARRAY) }],
            Kind::Base(base) => [GOVERNOR, DEPENDENT].map(|end| Feature::new(end, base)).to_vec(),
            Kind::Placeholder | Kind::Targets { .. } => Vec::new(),
        };
        types.add(type_name, Type { above: ANNOTATION.to_owned(), features, ..Type::default() });
    }
    types
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_column_is_understood() {
        let kinds = |line: &str| columns(line).into_iter().map(|column| column.kind).collect::<Vec<_>>();
        let line = "#T_SP=a.Host|ROLE_a.Host:my_links_a.b.My_Link|uima.tcas.Annotation|value";
        let (slot, link) = ("my_links".to_owned(), "a.b.My_Link".to_owned());
        let targets = Kind::Targets { slot: slot.clone(), target: ANNOTATION.to_owned() };
        assert_eq!(kinds(line), [Kind::Roles { slot, link }, targets, Kind::Feature("value".to_owned())]);
        assert_eq!(kinds("#T_SP=a.Span|"), [Kind::Placeholder]);
        assert_eq!(kinds("#T_RL=a.R|v|BT_a.Span"), [Kind::Feature("v".to_owned()), Kind::Base("a.Span".to_owned())]);
        let chain = [Kind::ChainLink("referenceRelation".to_owned()), Kind::ChainFeature("referenceType".to_owned())];
        assert_eq!(kinds("#T_CH=a.L|referenceRelation|referenceType"), chain);
        assert_eq!(kinds("#Summary=a|b"), []);
    }
}
