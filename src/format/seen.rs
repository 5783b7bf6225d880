//! A codebook of what is seen in data, on top of what the format’s own schema says: labels, attributes, kinds of relation,
//! roles and what fills them. Names become ids, each name the same one for as long as a reader reads.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{
        Attribute, AttributeId, AttributeKind, Choice, ChoiceId, Codebook, Filler, KindId, LabelId, RelationKind, Role,
        RoleId, Value,
    },
    text::slug::free_id,
};

/// With more different values an attribute is free text.
const MAX_CHOICES: usize = 20;
/// A value of more characters is free text.
const MAX_CHOICE: usize = 60;

/// What has been seen so far.
#[derive(Debug)]
pub struct Seen {
    codebook: Codebook,
    labels: BTreeMap<String, LabelId>,
    kinds: BTreeMap<String, KindId>,
    /// Attributes that no schema declares, with the texts that they were seen to have; `None` once these are too many.
    texts: BTreeMap<(Filler, AttributeId), Option<BTreeSet<String>>>,
}

impl Seen {
    /// Begins with a schema, in which labels and kinds are known by their names and by their ids.
    pub fn over(codebook: Codebook) -> Self {
        let labels =
            codebook.labels.iter().flat_map(|l| [(l.id.to_string(), l.id.clone()), (l.name.clone(), l.id.clone())]);
        let kinds =
            codebook.relations.iter().flat_map(|k| [(k.id.to_string(), k.id.clone()), (k.name.clone(), k.id.clone())]);
        Self { labels: labels.collect(), kinds: kinds.collect(), codebook, texts: BTreeMap::new() }
    }

    /// The codebook as it is by now, to go on with.
    pub fn into_codebook(self) -> Codebook {
        self.codebook
    }

    pub fn codebook(&self) -> &Codebook {
        &self.codebook
    }

    /// The label of a name, which is added where it is new; `None` for a name of which no id can be made.
    pub fn label(&mut self, name: &str) -> Option<LabelId> {
        let name = named(name);
        if let Some(id) = self.labels.get(name) {
            return Some(id.clone());
        }
        let label = self.codebook.new_label(name)?;
        let id = label.id.clone();
        self.codebook.labels.push(label);
        self.labels.insert(name.to_owned(), id.clone());
        Some(id)
    }

    /// The kind of relation of a name, which is added, without roles, where it is new.
    pub fn kind(&mut self, name: &str, across_articles: bool) -> Option<KindId> {
        let name = named(name);
        if let Some(id) = self.kinds.get(name) {
            return Some(id.clone());
        }
        let id = free_id(name, KindId::new, |id| self.codebook.relation(id).is_some())?;
        let (description, roles, attributes) = (String::new(), Vec::new(), Vec::new());
        let name = name.to_owned();
        self.kinds.insert(name.clone(), id.clone());
        self.codebook.relations.push(RelationKind {
            id: id.clone(),
            name,
            description,
            roles,
            across_articles,
            attributes,
        });
        Some(id)
    }

    /// The role of a name in a kind, which is added where it is new, and takes this filler from now on.
    pub fn role(&mut self, kind: &KindId, name: &str, filler: Option<&Filler>) -> Option<RoleId> {
        let name = named(name);
        let labels = || self.codebook.labels.iter().map(|label| Filler::Label(label.id.clone()));
        let labels: Vec<Filler> =
            if matches!(filler, Some(Filler::Relation(_))) { labels().collect() } else { Vec::new() };
        let kind = self.codebook.relations.iter_mut().find(|known| known.id == *kind)?;
        let known = kind.roles.iter().position(|role| role.name == name || role.id.as_str() == name);
        let at = match known {
            Some(at) => at,
            None => {
                let id = free_id(name, RoleId::new, |id| kind.role(id).is_some())?;
                kind.roles.push(Role { id, name: name.to_owned(), fillers: Vec::new(), least: 0, most: None });
                kind.roles.len() - 1
            }
        };
        let role = &mut kind.roles[at];
        // A role of the schema that takes any mark stays so; it is the first filler that narrows a new one.
        let is_open = known.is_some() && role.fillers.is_empty();
        if let Some(filler) = filler.filter(|filler| !role.fillers.contains(filler)) {
            match filler {
                Filler::Label(_) if is_open => {}
                Filler::Label(_) => role.fillers.push(filler.clone()),
                Filler::Relation(_) => {
                    // Naming a relation alone would shut out the marks that it took before.
                    role.fillers.extend(labels.into_iter().filter(|_| is_open));
                    role.fillers.push(filler.clone());
                }
            }
        }
        Some(role.id.clone())
    }

    /// An attribute of a label or a kind, which is added where it is new, with a value that it was seen to have.
    ///
    /// What the value is in the end is decided when all is read: a text may be one of several choices. So values are given
    /// on as they were seen, and the import fits them to the codebook.
    pub fn attribute(&mut self, owner: &Filler, name: &str, value: &Value) -> Option<AttributeId> {
        let name = named(name);
        let attributes = match owner {
            Filler::Label(id) => &mut self.codebook.labels.iter_mut().find(|l| l.id == *id)?.attributes,
            Filler::Relation(id) => &mut self.codebook.relations.iter_mut().find(|k| k.id == *id)?.attributes,
        };
        let known = attributes.iter().find(|a| a.name == name || a.id.as_str() == name).map(|a| a.id.clone());
        let id = match known {
            Some(id) => id,
            None => {
                let id = free_id(name, AttributeId::new, |id| attributes.iter().any(|a| a.id == *id))?;
                let kind = match value {
                    Value::Number(_) => AttributeKind::Number { least: None, most: None },
                    Value::YesNo(_) => AttributeKind::YesNo,
                    _ => {
                        self.texts.insert((owner.clone(), id.clone()), Some(BTreeSet::new()));
                        AttributeKind::Text
                    }
                };
                attributes.push(new_attribute(id.clone(), name, kind));
                id
            }
        };
        self.see(owner, &id, value);
        Some(id)
    }

    /// Takes note of a value of an attribute that no schema declares.
    fn see(&mut self, owner: &Filler, id: &AttributeId, value: &Value) {
        let Some(seen) = self.texts.get_mut(&(owner.clone(), id.clone())) else { return };
        let Some(texts) = seen else { return };
        texts.extend(match value {
            Value::Choices(ids) => ids.iter().map(ChoiceId::to_string).collect(),
            _ => vec![value.plain()],
        });
        if texts.len() > MAX_CHOICES || texts.iter().any(|text| text.chars().nth(MAX_CHOICE).is_some()) {
            *seen = None;
        }
    }

    /// Gives these roles to kinds that a schema names, and of which no relation was seen.
    pub fn with_roles(mut self, names: &[&str]) -> Self {
        let role = |name: &&str| {
            let (id, name) = (RoleId::new(name).ok()?, (*name).to_owned());
            Some(Role { id, name, fillers: Vec::new(), least: 0, most: None })
        };
        let unused = self.codebook.relations.iter_mut().filter(|kind| kind.roles.is_empty());
        unused.for_each(|kind| kind.roles = names.iter().filter_map(role).collect());
        self
    }

    /// The codebook. Attributes of which few, short texts were seen are choices of these.
    pub fn finish(mut self) -> Codebook {
        for ((owner, id), texts) in std::mem::take(&mut self.texts) {
            let Some(kind) = texts.and_then(kind_of) else { continue };
            let attributes = match &owner {
                Filler::Label(label) => {
                    self.codebook.labels.iter_mut().find(|l| l.id == *label).map(|l| &mut l.attributes)
                }
                Filler::Relation(kind) => {
                    self.codebook.relations.iter_mut().find(|k| k.id == *kind).map(|k| &mut k.attributes)
                }
            };
            let attribute = attributes.into_iter().flatten().find(|attribute| attribute.id == id);
            if let Some(attribute) = attribute {
                attribute.kind = kind;
            }
        }
        // A kind without roles was named by a schema or by a relation that was damaged.
        self.codebook.relations.retain(|kind| !kind.roles.is_empty());
        let kinds: Vec<KindId> = self.codebook.relations.iter().map(|kind| kind.id.clone()).collect();
        let is_there = |filler: &Filler| !matches!(filler, Filler::Relation(id) if !kinds.contains(id));
        self.codebook
            .relations
            .iter_mut()
            .flat_map(|kind| &mut kind.roles)
            .for_each(|role| role.fillers.retain(is_there));
        self.codebook
    }
}

/// A name as a codebook can have it: what is called nothing has a question mark for a name.
fn named(name: &str) -> &str {
    if name.trim().is_empty() { "?" } else { name }
}

/// What takes all of these texts: numbers, yes or no, or else choices.
fn kind_of(texts: BTreeSet<String>) -> Option<AttributeKind> {
    let all = |is_one: fn(&String) -> bool| !texts.is_empty() && texts.iter().all(is_one);
    if all(|text| text.parse::<f64>().is_ok_and(f64::is_finite)) {
        return Some(AttributeKind::Number { least: None, most: None });
    }
    if all(|text| matches!(text.as_str(), "yes" | "no" | "true" | "false")) {
        return Some(AttributeKind::YesNo);
    }
    choices(texts).map(AttributeKind::Choice)
}

/// An attribute of which nothing else is known.
pub fn new_attribute(id: AttributeId, name: &str, kind: AttributeKind) -> Attribute {
    Attribute { id, name: name.to_owned(), description: String::new(), kind, required: false, shown_when: None }
}

/// A choice for each text, with an id of its own; `None` where there is none, or one has no id.
pub fn choices(texts: impl IntoIterator<Item = String>) -> Option<Vec<Choice>> {
    let mut choices: Vec<Choice> = Vec::new();
    for name in texts {
        let id = free_id(&name, ChoiceId::new, |id| choices.iter().any(|choice| choice.id == *id))?;
        choices.push(Choice { id, name });
    }
    (!choices.is_empty()).then_some(choices)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_is_a_codebook_that_can_be_used() {
        let mut seen = Seen::over(Codebook::empty("Seen"));
        let [person, per] = ["Person", "PERSON"].map(|name| seen.label(name).unwrap());
        assert_eq!([person.as_str(), per.as_str()], ["person", "person-2"]);
        assert_eq!(seen.label("Person"), Some(person.clone()));
        assert_eq!(seen.label(" "), seen.label(""), "what has no name is in nobody’s way");
        let kind = seen.kind("Be-born", false).unwrap();
        for filler in [&person, &per] {
            seen.role(&kind, "Who", Some(&Filler::Label(filler.clone())));
        }
        seen.kind("Damaged", false);
        let owner = Filler::Label(person);
        for text in ["sure", "not sure"] {
            seen.attribute(&owner, "Confidence", &Value::Text(text.to_owned()));
        }
        (0..30).for_each(|n| _ = seen.attribute(&owner, "Text", &Value::Text(n.to_string())));
        let codebook = seen.finish();
        assert_eq!(codebook.check(), []);
        assert_eq!(codebook.relations.len(), 1);
        assert_eq!(codebook.relations[0].roles[0].fillers.len(), 2);
        let asked = &codebook.labels[0].attributes;
        assert_eq!(asked[0].choices().len(), 2);
        assert_eq!(asked[1].kind, AttributeKind::Text);
    }
}
