//! A codebook made from types, tagsets and what is seen in CASes: layers are labels or kinds of relation, features are
//! attributes.

use std::collections::BTreeMap;

use super::{
    super::seen::{Seen, new_attribute},
    names::{ANNOTATION, CUSTOM, DEPENDENT, GOVERNOR, MEMBERS, REST, identifier, is_own, name_and_description, short},
    types::{Feature, Holds, TypeSystem},
};
use crate::{
    model::{
        Attribute, AttributeId, AttributeKind, Choice, ChoiceId, Codebook, Filler, KindId, LabelId, RelationKind, Value,
    },
    text::slug::free_id,
};

/// What stands before the name of a role in the description of an end of a relation.
pub const ROLE_OF: &str = "Role: ";

/// What has been read so far.
#[derive(Debug)]
pub struct CasCodebook {
    seen: Seen,
    pub types: TypeSystem,
    /// The tags of each feature of a type that has a tagset.
    tags: BTreeMap<(String, String), Vec<String>>,
    labels: BTreeMap<String, LabelId>,
    kinds: BTreeMap<String, KindId>,
    /// The types of labels, and of kinds, by the names that they have.
    names: [BTreeMap<String, String>; 2],
    offered: BTreeMap<(Filler, AttributeId), Offered>,
}

/// What an attribute may be answered with.
#[derive(Debug, Default)]
struct Offered {
    choices: Vec<Choice>,
    takes_several: bool,
}

impl CasCodebook {
    pub fn new(name: &str) -> Self {
        Self {
            seen: Seen::over(Codebook::empty(name)),
            types: TypeSystem::default(),
            tags: BTreeMap::new(),
            labels: BTreeMap::new(),
            kinds: BTreeMap::new(),
            names: Default::default(),
            offered: BTreeMap::new(),
        }
    }

    /// Takes the tags of a tagset: those of the feature that it is called after, else of the only one with words.
    pub fn put_tags(&mut self, type_name: &str, tagset: &str, tags: Vec<String>) {
        let words = |own: &&Feature| matches!(self.types.holds(&own.range), Holds::Words | Holds::SeveralWords);
        let features: Vec<&str> = self.types.features(type_name).filter(words).map(|own| own.name.as_str()).collect();
        let is_own = |name: &&&str| **name == tagset;
        let attributes: Vec<&str> = features.iter().copied().filter(|name| !self::is_own(name)).collect();
        let feature = match (features.iter().find(is_own), attributes.as_slice()) {
            (Some(feature), _) => feature,
            (None, [only]) => only,
            // Without a type system nothing tells that it has no such feature.
            (None, []) => tagset,
            _ => return,
        };
        self.tags.insert((type_name.to_owned(), feature.to_owned()), tags);
    }

    /// What the label or kind of a type is called: by the last part of the type, unless that is another one’s name.
    fn name(&mut self, type_name: &str, is_kind: bool) -> String {
        let (name, _) = name_and_description(short(type_name), self.types.description(type_name));
        let owner = self.names[usize::from(is_kind)].entry(name.to_owned()).or_insert_with(|| type_name.to_owned());
        if owner == type_name { name.to_owned() } else { type_name.to_owned() }
    }

    /// The type of pairs of the kind whose relations with more members, or fewer, are of this type.
    fn pairs_of<'t>(&self, type_name: &'t str) -> Option<&'t str> {
        let (stem, of_pairs) = (short(type_name).strip_suffix(REST)?, type_name.strip_suffix(REST)?);
        let (name, _) = name_and_description(short(type_name), self.types.description(type_name));
        (identifier(name) == stem && self.types.feature(of_pairs, GOVERNOR).is_some()).then_some(of_pairs)
    }

    pub fn label(&mut self, type_name: &str) -> Option<LabelId> {
        if let Some(id) = self.labels.get(type_name) {
            return Some(id.clone());
        }
        let name = self.name(type_name, false);
        let id = self.seen.label(&name)?;
        self.labels.insert(type_name.to_owned(), id.clone());
        Some(id)
    }

    pub fn kind(&mut self, type_name: &str) -> Option<KindId> {
        if let Some(id) = self.kinds.get(type_name) {
            return Some(id.clone());
        }
        let id = match self.pairs_of(type_name) {
            Some(of_pairs) => self.kind(of_pairs)?,
            None => {
                let name = self.name(type_name, true);
                self.seen.kind(&name, false)?
            }
        };
        self.kinds.insert(type_name.to_owned(), id.clone());
        Some(id)
    }

    /// The kind that is called so, and is of no type alone.
    pub fn kind_named(&mut self, name: &str) -> Option<KindId> {
        self.seen.kind(name, false)
    }

    pub fn label_name(&self, id: &LabelId) -> String {
        self.seen.codebook().label(id).map_or_else(|| id.to_string(), |label| label.name.clone())
    }

    pub fn role(&mut self, kind: &KindId, name: &str, filler: Option<&Filler>) -> Option<crate::model::RoleId> {
        self.seen.role(kind, name, filler)
    }

    /// The role of an end of a relation.
    pub fn role_name(&self, type_name: &str, end: &str) -> String {
        role_of(&self.types, type_name, end).to_owned()
    }

    /// What the attribute of a feature is called.
    pub fn attribute_name(&self, type_name: &str, feature: &str) -> String {
        let description = self.types.feature(type_name, feature).map_or("", |own| own.description.as_str());
        name_and_description(feature, description).0.to_owned()
    }

    /// The answer that the words of a feature are; several where the feature may have several. `None` where there is none.
    pub fn answer(
        &mut self,
        owner: &Filler,
        (type_name, feature): (&str, &str),
        words: &[String],
        takes_several: bool,
    ) -> Option<(AttributeId, Value)> {
        let words: Vec<&String> = words.iter().filter(|word| !word.trim().is_empty()).collect();
        let first = Value::Text((*words.first()?).clone());
        let name = self.attribute_name(type_name, feature);
        let id = self.seen.attribute(owner, &name, &first)?;
        let tags = self.tags_of(type_name, feature);
        if tags.is_none() && !takes_several {
            return Some((id, first));
        }
        let offered = self.offered.entry((owner.clone(), id.clone())).or_default();
        offered.takes_several |= takes_several;
        tags.iter().flatten().for_each(|tag| _ = offered.choice(tag));
        let mut made: Vec<ChoiceId> = words.into_iter().filter_map(|word| offered.choice(word)).collect();
        made.sort_unstable();
        made.dedup();
        let value = if takes_several { Value::Choices(made) } else { Value::Choice(made.into_iter().next()?) };
        Some((id, value))
    }

    fn tags_of(&self, type_name: &str, feature: &str) -> Option<Vec<String>> {
        let tags = self.tags.get(&(type_name.to_owned(), feature.to_owned()));
        let allowed = || self.types.feature(type_name, feature).map(|own| self.types.allowed(own));
        tags.cloned().or_else(|| allowed().map(<[String]>::to_vec)).filter(|tags| !tags.is_empty())
    }

    /// The codebook: what was seen, and what the layers of a project’s own declare besides.
    pub fn finish(mut self) -> Codebook {
        let custom: Vec<String> =
            self.types.iter().map(|(name, _)| name.to_owned()).filter(|name| name.starts_with(CUSTOM)).collect();
        for name in &custom {
            self.declare(name);
        }
        let Self { seen, types, tags, labels, kinds, offered, .. } = self;
        let mut codebook = seen.finish();
        for ((owner, id), offered) in offered {
            let attribute = attributes(&mut codebook, &owner).and_then(|all| all.iter_mut().find(|own| own.id == id));
            if let Some(attribute) = attribute {
                attribute.kind = offered.kind();
            }
        }
        for name in &custom {
            let (label, kind) = (labels.get(name), kinds.get(name));
            let owner =
                label.map(|id| Filler::Label(id.clone())).or_else(|| kind.map(|id| Filler::Relation(id.clone())));
            let Some(owner) = owner else { continue };
            let features = types.features(name).filter(|own| !is_own(&own.name));
            for feature in features {
                let tags = tags.get(&(name.clone(), feature.name.clone()));
                if let (Some(all), Some(kind)) = (attributes(&mut codebook, &owner), kind_of(&types, feature, tags)) {
                    add(all, feature, kind);
                }
            }
            let (_, description) = name_and_description(short(name), types.description(name));
            describe(&mut codebook, &owner, description);
        }
        // Where a kind has a type for more members, its ends may be several.
        for (name, id) in kinds.iter().filter(|(name, _)| types.get(&format!("{name}{REST}")).is_none()) {
            if let Some(kind) = codebook.relations.iter_mut().find(|own| own.id == *id) {
                limit(kind, |role| [GOVERNOR, DEPENDENT].iter().any(|end| role_of(&types, name, end) == role));
            }
        }
        codebook
    }

    /// Adds the label or kind of a type of a project’s own that was not seen.
    fn declare(&mut self, name: &str) {
        let has = |feature: &str| self.types.feature(name, feature).is_some();
        if !self.types.is_a(name, ANNOTATION)
            || has(MEMBERS)
            || self.labels.contains_key(name)
            || self.kinds.contains_key(name)
        {
            return;
        }
        if has(GOVERNOR) && has(DEPENDENT) {
            let Some(kind) = self.kind(name) else { return };
            for end in [GOVERNOR, DEPENDENT] {
                let role = self.role_name(name, end);
                self.role(&kind, &role, None);
            }
        } else {
            self.label(name);
        }
    }
}

impl Offered {
    /// The choice of a name, which is added where it is new.
    fn choice(&mut self, name: &str) -> Option<ChoiceId> {
        let known = self.choices.iter().find(|choice| choice.name == name).map(|choice| choice.id.clone());
        known.or_else(|| {
            let id = free_id(name, ChoiceId::new, |id| self.choices.iter().any(|choice| choice.id == *id))?;
            self.choices.push(Choice { id: id.clone(), name: name.to_owned() });
            Some(id)
        })
    }

    fn kind(self) -> AttributeKind {
        if self.takes_several { AttributeKind::Choices(self.choices) } else { AttributeKind::Choice(self.choices) }
    }
}

fn attributes<'c>(codebook: &'c mut Codebook, owner: &Filler) -> Option<&'c mut Vec<Attribute>> {
    match owner {
        Filler::Label(id) => codebook.labels.iter_mut().find(|own| own.id == *id).map(|own| &mut own.attributes),
        Filler::Relation(id) => codebook.relations.iter_mut().find(|own| own.id == *id).map(|own| &mut own.attributes),
    }
}

/// What is asked by a feature that has no value anywhere; `None` for one that holds structures.
fn kind_of(types: &TypeSystem, feature: &Feature, tags: Option<&Vec<String>>) -> Option<AttributeKind> {
    let offered = tags.map(|tags| {
        let mut offered = Offered::default();
        tags.iter().for_each(|tag| _ = offered.choice(tag));
        offered.choices
    });
    Some(match (types.holds(&feature.range), offered) {
        (Holds::Flag, _) => AttributeKind::YesNo,
        (Holds::Whole | Holds::Fraction, _) => AttributeKind::Number { least: None, most: None },
        (Holds::Words, Some(choices)) => AttributeKind::Choice(choices),
        (Holds::SeveralWords, Some(choices)) => AttributeKind::Choices(choices),
        (Holds::Words | Holds::SeveralWords, None) => AttributeKind::Text,
        (Holds::Numbers | Holds::Structures, _) => return None,
    })
}

fn add(all: &mut Vec<Attribute>, feature: &Feature, kind: AttributeKind) {
    let (name, description) = name_and_description(&feature.name, &feature.description);
    if let Some(known) = all.iter_mut().find(|own| own.name == name) {
        known.description = description.to_owned();
        return;
    }
    let id = free_id(name, AttributeId::new, |id| all.iter().any(|own| own.id == *id));
    all.extend(id.map(|id| Attribute { description: description.to_owned(), ..new_attribute(id, name, kind) }));
}

fn describe(codebook: &mut Codebook, owner: &Filler, description: &str) {
    let own = match owner {
        Filler::Label(id) => codebook.labels.iter_mut().find(|own| own.id == *id).map(|own| &mut own.description),
        Filler::Relation(id) => codebook.relations.iter_mut().find(|own| own.id == *id).map(|own| &mut own.description),
    };
    if let Some(own) = own {
        *own = description.to_owned();
    }
}

/// An end of a relation is one.
fn limit(kind: &mut RelationKind, is_end: impl Fn(&str) -> bool) {
    let [one, other] = kind.roles.as_mut_slice() else { return };
    for role in [one, other].into_iter().filter(|role| is_end(&role.name)) {
        role.most = Some(1);
    }
}

fn role_of<'t>(types: &'t TypeSystem, type_name: &'t str, end: &'t str) -> &'t str {
    let description = types.feature(type_name, end).map_or("", |own| own.description.as_str());
    description.strip_prefix(ROLE_OF).map(str::trim).filter(|role| !role.is_empty()).unwrap_or(end)
}
