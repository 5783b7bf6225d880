//! What kinds of relation and attributes mean, as far as a codebook tells.
//!
//! Nothing is known by name where structure can tell. Where it can’t, ids and names are read, in the words that codebooks
//! use.

use super::{
    attribute::{Attribute, AttributeKind},
    codebook::{Label, RelationKind, Role},
    id::{KindId, RoleId},
};

/// A kind of relation that says who said what.
#[derive(Clone, Debug)]
pub struct AttributionTerm {
    pub kind: KindId,
    pub said: RoleId,
    pub source: RoleId,
    pub cue: Option<RoleId>,
}

/// A kind of relation that joins what belongs together.
#[derive(Clone, Debug)]
pub struct TieTerm {
    pub tie: Tie,
    /// The first role, which the relation starts from, and the other one.
    pub roles: [RoleId; 2],
}

/// What a relation says of two marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tie {
    /// They say the same.
    Same,
    /// They cannot both be true.
    Contradicts,
    /// The first speaks for the other.
    Supports,
    /// The first speaks against the other.
    Disputes,
}

const SOURCE: &[&str] = &["source", "speaker", "holder", "who"];
const CUE: &[&str] = &["cue", "verb", "trigger"];
const IDENTITY: &[&str] = &["who", "identity", "entity", "canonical", "person", "name"];

impl AttributionTerm {
    /// A relation in one article is an attribution where it has a role for the source and one for what is said.
    pub fn of(kind: &RelationKind) -> Option<Self> {
        if kind.across_articles {
            return None;
        }
        let (source, cue) = (role_called(kind, SOURCE)?, role_called(kind, CUE));
        let said = kind.roles.iter().find(|role| role.id != source.id && Some(&role.id) != cue.map(|cue| &cue.id))?;
        Some(Self {
            kind: kind.id.clone(),
            said: said.id.clone(),
            source: source.id.clone(),
            cue: cue.map(|cue| cue.id.clone()),
        })
    }
}

impl TieTerm {
    /// Two roles that nothing tells apart join what says the same, unless the kind is called the opposite.
    pub fn of(kind: &RelationKind) -> Option<Self> {
        let [one, other, ..] = kind.roles.as_slice() else { return None };
        let (id, name) = (kind.id.as_str(), kind.name.to_lowercase());
        let says = |parts: &[&str]| parts.iter().any(|part| id.contains(part) || name.contains(part));
        let tie = match () {
            () if says(&["contradict", "conflict", "denie", "deny"]) => Tie::Contradicts,
            () if says(&["attack", "disput", "refut", "rebut", "doubt", "oppose", "against"]) => Tie::Disputes,
            () if says(&["support", "back"]) => Tie::Supports,
            () if kind.is_symmetric() && (kind.across_articles || says(&["same", "equal"])) => Tie::Same,
            () => return None,
        };
        Some(Self { tie, roles: [one.id.clone(), other.id.clone()] })
    }
}

/// The attribute that says who a source is: one called so, else the only one that is free text.
pub fn identity(label: &Label) -> Option<&Attribute> {
    let texts: Vec<&Attribute> = label.attributes.iter().filter(|asked| asked.kind == AttributeKind::Text).collect();
    let is_named = |asked: &&&Attribute| is_called(asked.id.as_str(), &asked.name, IDENTITY);
    texts.iter().find(is_named).copied().or(if texts.len() == 1 { texts.first().copied() } else { None })
}

/// Whether an id or a name is one of these words.
pub fn is_called(id: &str, name: &str, words: &[&str]) -> bool {
    words.contains(&id) || words.contains(&name.to_lowercase().as_str())
}

fn role_called<'k>(kind: &'k RelationKind, words: &[&str]) -> Option<&'k Role> {
    kind.roles.iter().find(|role| is_called(role.id.as_str(), &role.name, words))
}
