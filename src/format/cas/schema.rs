//! The types that labels and kinds of relation become, for as long as an export lasts.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    codebook::ROLE_OF,
    names::{
        ANNOTATION, CONFIDENCE, CUSTOM, DEPENDENT, DOCUMENT, FIELD, FLAG, FS_ARRAY, GOVERNOR, MEMBERS, METADATA,
        NAMED_ENTITY, NOTE, PART, REST, ROLE, SENTENCE, STRING, STRING_ARRAY, TAG, TAGSET, TARGET, TOKEN, TOP, WHO,
        described, free_identifier, is_own, short,
    },
    types::{Feature, Type, TypeSystem},
};
use crate::model::{
    Attribute, AttributeId, AttributeKind, Codebook, Filler, KindId, LabelId, Relation, RelationKind, RoleId,
};

/// How several choices of one attribute are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Several {
    Array,
    /// As one text.
    Joined,
}

/// The types of a codebook.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    pub types: TypeSystem,
    labels: BTreeMap<LabelId, Named>,
    kinds: BTreeMap<KindId, NamedKind>,
}

/// What a label or a kind is called.
#[derive(Clone, Debug)]
pub struct Named {
    pub type_name: String,
    features: BTreeMap<AttributeId, String>,
    /// The features that have tags, with these.
    pub tags: Vec<(String, Vec<String>)>,
}

/// What a kind is called, and how its relations are written.
#[derive(Clone, Debug)]
pub struct NamedKind {
    pub named: Named,
    /// The roles of the governor and the dependent, where a relation may be one of two ends.
    ends: Option<[RoleId; 2]>,
    /// The type of those that have members, where they may be written so.
    members: Option<String>,
    roles: BTreeMap<RoleId, String>,
}

/// How a relation is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form<'s> {
    /// Of the type of its kind, with a governor and a dependent: places among its members.
    Pair { governor: Option<usize>, dependent: Option<usize> },
    /// Of this type, with links to its members.
    Members(&'s str),
}

impl Named {
    /// The feature of an attribute.
    pub fn feature(&self, id: &AttributeId) -> Option<&str> {
        self.features.get(id).map(String::as_str)
    }
}

impl NamedKind {
    /// What a role is called.
    pub fn role<'s>(&'s self, id: &'s RoleId) -> &'s str {
        self.roles.get(id).map_or(id.as_str(), String::as_str)
    }

    pub fn form(&self, relation: &Relation) -> Form<'_> {
        let place = |role: &RoleId| relation.members.iter().position(|member| member.role == *role);
        let ends = self.ends.as_ref().map(|[one, other]| (place(one), place(other)));
        match (ends, &self.members) {
            (Some((governor, dependent)), members)
                if members.is_none() || (relation.members.len() == 2 && governor.is_some() && dependent.is_some()) =>
            {
                Form::Pair { governor, dependent }
            }
            (_, Some(members)) => Form::Members(members),
            // A kind has one of both.
            (_, None) => Form::Members(&self.named.type_name),
        }
    }
}

impl Schema {
    /// The types of a codebook; those that every CAS has are among them.
    pub fn of(codebook: &Codebook, several: Several) -> Self {
        let mut schema = Self { types: shared(), ..Self::default() };
        let mut taken = BTreeSet::new();
        for label in &codebook.labels {
            let type_name = schema.type_name(&label.name, &mut taken);
            let (mut own, named) =
                described_type(&type_name, (&label.name, &label.description), &label.attributes, several);
            own.features.push(Feature::new(FLAG, STRING));
            own.features.push(Feature::new(CONFIDENCE, "uima.cas.Integer"));
            own.features.push(Feature::new(PART, STRING));
            schema.types.add(&type_name, own);
            schema.labels.insert(label.id.clone(), named);
        }
        let fillers: BTreeSet<&Filler> =
            codebook.relations.iter().flat_map(|kind| &kind.roles).flat_map(|role| &role.fillers).collect();
        for kind in codebook.relations.iter().filter(|kind| !kind.across_articles) {
            let is_filler = fillers.contains(&Filler::Relation(kind.id.clone()));
            schema.kind(kind, is_filler, (&mut taken, several));
        }
        schema
    }

    pub fn label(&self, id: &LabelId) -> Option<&Named> {
        self.labels.get(id)
    }

    pub fn relation(&self, id: &KindId) -> Option<&NamedKind> {
        self.kinds.get(id)
    }

    /// Everything that has a type.
    pub fn all(&self) -> impl Iterator<Item = &Named> {
        self.labels.values().chain(self.kinds.values().map(|kind| &kind.named))
    }

    fn type_name(&self, name: &str, taken: &mut BTreeSet<String>) -> String {
        if name == short(NAMED_ENTITY) && taken.insert(name.to_owned()) {
            return NAMED_ENTITY.to_owned();
        }
        let own = free_identifier(name, |own| taken.contains(own));
        taken.insert(own.clone());
        format!("{CUSTOM}{own}")
    }

    /// Adds the type of a kind: one of pairs, one of members, or both where a kind of pairs may have more members or fewer.
    fn kind(&mut self, kind: &RelationKind, is_filler: bool, (taken, several): (&mut BTreeSet<String>, Several)) {
        let type_name = self.type_name(&kind.name, taken);
        let (mut own, named) = described_type(&type_name, (&kind.name, &kind.description), &kind.attributes, several);
        let has_relations =
            kind.roles.iter().flat_map(|role| &role.fillers).any(|filler| matches!(filler, Filler::Relation(_)));
        let ends = match kind.roles.as_slice() {
            [one, other] if !is_filler && !has_relations => Some([one, other]),
            _ => None,
        };
        let is_open = ends.is_none_or(|ends| ends.iter().any(|role| role.most != Some(1)));
        let mut members = None;
        if is_open {
            let of_members = match ends {
                Some(_) => self.type_name(&format!("{}{REST}", short(&type_name)), taken),
                None => type_name.clone(),
            };
            let mut with = own.clone();
            with.description = described(short(&of_members), &kind.name, &kind.description);
            with.features.push(self.slot(&of_members));
            self.types.add(&of_members, with);
            members = Some(of_members);
        }
        if let Some([one, other]) = ends {
            let range = self.range(&[&one.fillers, &other.fillers]);
            for (end, role) in [(GOVERNOR, one), (DEPENDENT, other)] {
                let description = if role.name == end { String::new() } else { format!("{ROLE_OF}{}", role.name) };
                own.features.push(Feature { description, ..Feature::new(end, &range) });
            }
            self.types.add(&type_name, own);
        }
        let ends = ends.map(|[one, other]| [one.id.clone(), other.id.clone()]);
        let roles = kind.roles.iter().map(|role| (role.id.clone(), role.name.clone())).collect();
        self.kinds.insert(kind.id.clone(), NamedKind { named, ends, members, roles });
    }

    /// The slot of a type of relations, whose links are a type of their own.
    fn slot(&mut self, type_name: &str) -> Feature {
        let link = format!("{type_name}RelationMembersLink");
        let features = vec![Feature::new(ROLE, STRING), Feature::new(TARGET, ANNOTATION)];
        self.types.add(&link, Type { above: TOP.to_owned(), features, ..Type::default() });
        Feature { element: link, ..Feature::new(MEMBERS, FS_ARRAY) }
    }

    /// The type of everything that may be at both ends.
    fn range(&self, fillers: &[&Vec<Filler>]) -> String {
        let all: BTreeSet<&Filler> = fillers.iter().flat_map(|own| own.iter()).collect();
        let is_any = fillers.iter().any(|own| own.is_empty());
        match all.into_iter().collect::<Vec<_>>().as_slice() {
            [Filler::Label(only)] if !is_any => {
                self.labels.get(only).map_or(ANNOTATION, |own| &own.type_name).to_owned()
            }
            _ => ANNOTATION.to_owned(),
        }
    }
}

/// A type with a feature for each attribute and one for a note.
fn described_type(
    type_name: &str,
    (name, description): (&str, &str),
    attributes: &[Attribute],
    several: Several,
) -> (Type, Named) {
    let description = described(short(type_name), name, description);
    let mut named = Named { type_name: type_name.to_owned(), features: BTreeMap::new(), tags: Vec::new() };
    let mut features: Vec<Feature> = Vec::new();
    for asked in attributes {
        let is_taken = |name: &str| is_own(name) || features.iter().any(|own| own.name.eq_ignore_ascii_case(name));
        let feature = free_identifier(&asked.name, is_taken);
        let description = described(&feature, &asked.name, &asked.description);
        features.push(Feature { description, ..Feature::new(&feature, range(&asked.kind, several)) });
        let tags: Vec<String> = asked.choices().iter().map(|choice| choice.id.to_string()).collect();
        if !tags.is_empty() {
            named.tags.push((feature.clone(), tags));
        }
        named.features.insert(asked.id.clone(), feature);
    }
    features.push(Feature::new(NOTE, STRING));
    (Type { above: ANNOTATION.to_owned(), description, features, allowed: Vec::new() }, named)
}

fn range(kind: &AttributeKind, several: Several) -> &'static str {
    match kind {
        AttributeKind::Choices(_) if several == Several::Array => STRING_ARRAY,
        // INCEpTION knows no other fractions.
        AttributeKind::Number { .. } => "uima.cas.Float",
        AttributeKind::YesNo => "uima.cas.Boolean",
        _ => STRING,
    }
}

/// The types that every CAS has.
fn shared() -> TypeSystem {
    let mut types = TypeSystem::default();
    let mut add = |name: &str, above: &str, features: &[&str]| {
        let features = features.iter().map(|name| Feature::new(name, STRING)).collect();
        types.add(name, Type { above: above.to_owned(), features, ..Type::default() });
    };
    add(TOKEN, ANNOTATION, &["id"]);
    add(SENTENCE, ANNOTATION, &["id"]);
    add(METADATA, DOCUMENT, &["documentTitle", "documentId", "documentUri"]);
    add(FIELD, ANNOTATION, &["key", "value"]);
    add(WHO, ANNOTATION, &["sourceDocumentName", "username"]);
    add(TAG, TOP, &["name"]);
    add(TAGSET, ANNOTATION, &["layer", "name"]);
    let tags = Feature { element: TAG.to_owned(), ..Feature::new("tags", FS_ARRAY) };
    types.add(TAGSET, Type { features: vec![tags], ..Type::default() });
    types
}
