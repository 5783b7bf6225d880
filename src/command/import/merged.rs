//! The codebook after an import, and what each label, kind, role and attribute that was read is in it.
//!
//! Whether the project’s own label takes what was read is told by the data, not by the schema: where every answer fits, it
//! is the same label.

use std::collections::BTreeMap;

use super::asked::{Becomes, Clash, How, ImportOptions};
use crate::{
    model::{
        Attribute, AttributeId, Attributes, Codebook, Filler, Incoming, KindId, Label, LabelId, RelationKind, Role,
        RoleId, Value,
    },
    text::{as_read::as_read, slug::free_id},
};

/// The codebook after an import.
#[derive(Debug)]
pub struct Merged {
    pub codebook: Codebook,
    pub labels: Vec<Becomes>,
    pub kinds: Vec<Becomes>,
    label_ids: BTreeMap<LabelId, LabelId>,
    kind_ids: BTreeMap<KindId, KindId>,
}

/// The answers that were read of each attribute of a label or kind, by their words.
type Answers = BTreeMap<Filler, BTreeMap<AttributeId, BTreeMap<String, Value>>>;

impl Merged {
    pub fn of(own: &Codebook, incoming: &Incoming, options: &ImportOptions) -> Self {
        let answers = answers(incoming);
        let mut merged = Self {
            codebook: own.clone(),
            labels: Vec::new(),
            kinds: Vec::new(),
            label_ids: BTreeMap::new(),
            kind_ids: BTreeMap::new(),
        };
        for label in &incoming.codebook.labels {
            merged.add_label(own, label, &answers, (incoming.format, options));
        }
        // Kinds may name each other, so all have their ids first.
        let decided: Vec<How> = incoming
            .codebook
            .relations
            .iter()
            .map(|kind| merged.decide_kind(own, kind, &answers, options.clash))
            .collect();
        for (kind, how) in incoming.codebook.relations.iter().zip(decided) {
            merged.add_kind(kind, how, &answers);
        }
        merged.add_rest(&incoming.codebook);
        if merged.codebook != *own {
            merged.codebook.version += 1;
        }
        merged
    }

    /// The label that one of the files becomes.
    pub fn label(&self, id: &LabelId) -> LabelId {
        self.label_ids.get(id).unwrap_or(id).clone()
    }

    /// The kind that one of the files becomes.
    pub fn kind(&self, id: &KindId) -> KindId {
        self.kind_ids.get(id).unwrap_or(id).clone()
    }

    /// The role that one of the files becomes, in a kind of the project.
    pub fn role(&self, incoming: &Codebook, from: &KindId, role: &RoleId) -> RoleId {
        let name = incoming.relation(from).and_then(|kind| kind.role(role)).map_or(role.as_str(), |role| &role.name);
        let kind = self.codebook.relation(&self.kind(from));
        kind.and_then(|kind| role_like(kind, role, name)).map_or_else(|| role.clone(), |role| role.id.clone())
    }

    /// Answers fitted to what the project’s label or kind asks, and those that fit nothing: the attribute’s name and the
    /// value’s words.
    pub fn fitted(
        &self,
        incoming: &Codebook,
        from: &Filler,
        answers: &Attributes,
    ) -> (Attributes, Vec<(String, String)>) {
        let (asked_there, asked_here) = (asked(incoming, from), asked(&self.codebook, &self.filler(from)));
        let (mut fitted, mut left) = (Attributes::default(), Vec::new());
        for (id, value) in answers.iter() {
            let name = asked_there.iter().find(|asked| asked.id == *id).map_or(id.as_str(), |asked| &asked.name);
            let here = attribute_like(asked_here, id, name);
            match here.and_then(|asked| Some((asked.id.clone(), asked.fitted(value)?))) {
                Some((id, value)) => fitted.set(id, Some(value)),
                None => left.push((name.to_owned(), value.plain())),
            }
        }
        (fitted, left)
    }

    fn filler(&self, from: &Filler) -> Filler {
        match from {
            Filler::Label(id) => Filler::Label(self.label(id)),
            Filler::Relation(id) => Filler::Relation(self.kind(id)),
        }
    }

    fn add_label(
        &mut self,
        own: &Codebook,
        label: &Label,
        answers: &Answers,
        (format, options): (&str, &ImportOptions),
    ) {
        let filler = Filler::Label(label.id.clone());
        let asked_for = options.labels.iter().find(|(from, _)| is_called(label.id.as_str(), &label.name, from));
        let here = own
            .labels
            .iter()
            .find(|l| l.id == label.id)
            .or_else(|| own.labels.iter().find(|l| is_same(&l.name, &label.name)));
        let seen = answers.get(&filler);
        let (id, how) = match (asked_for, here) {
            (Some((_, to)), _) => {
                let known =
                    self.codebook.labels.iter().find(|l| is_called(l.id.as_str(), &l.name, to)).map(|l| l.id.clone());
                (known.or_else(|| self.new_label(label, to)), How::Mapped)
            }
            (None, Some(here)) if all_fit(&here.attributes, &label.attributes, seen) => {
                (Some(here.id.clone()), How::Same)
            }
            (None, Some(here)) if options.clash == Clash::Merge => (Some(here.id.clone()), How::Merged),
            (None, Some(_)) => (self.new_label(label, &format!("{} ({format})", label.name)), How::Apart),
            (None, None) => (self.new_label(label, &label.name), How::Added),
        };
        let Some(id) = id else { return };
        if matches!(how, How::Mapped | How::Merged)
            && let Some(here) = self.codebook.labels.iter_mut().find(|l| l.id == id)
        {
            extend(&mut here.attributes, &label.attributes, seen);
        }
        self.labels.push(Becomes { from: label.name.clone(), to: id.to_string(), how });
        self.label_ids.insert(label.id.clone(), id);
    }

    /// Adds a label like this one under another name, with its own id where that is free.
    fn new_label(&mut self, label: &Label, name: &str) -> Option<LabelId> {
        let fresh = self.codebook.new_label(name)?;
        let is_free = name == label.name && self.codebook.label(&label.id).is_none();
        let id = if is_free { label.id.clone() } else { fresh.id };
        let is_key_free = |key: &char| self.codebook.labels.iter().all(|l| l.key != Some(*key));
        let is_color_free = self.codebook.labels.iter().all(|l| l.color != label.color);
        let (color, pattern) = if is_color_free { (label.color, label.pattern) } else { (fresh.color, fresh.pattern) };
        let key = label.key.filter(is_key_free).or(fresh.key);
        self.codebook.labels.push(Label {
            id: id.clone(),
            name: name.to_owned(),
            color,
            pattern,
            key,
            ..label.clone()
        });
        Some(id)
    }

    /// Decides what a kind becomes, and gives it its id.
    fn decide_kind(&mut self, own: &Codebook, kind: &RelationKind, answers: &Answers, clash: Clash) -> How {
        let here = own
            .relations
            .iter()
            .find(|k| k.id == kind.id)
            .or_else(|| own.relations.iter().find(|k| is_same(&k.name, &kind.name)));
        let taken =
            |id: &KindId| self.codebook.relation(id).is_some() || self.kind_ids.values().any(|other| other == id);
        let seen = answers.get(&Filler::Relation(kind.id.clone()));
        let takes_roles = |here: &RelationKind| {
            kind.roles.iter().all(|role| {
                let Some(own_role) = role_like(here, &role.id, &role.name) else { return false };
                let open = own_role.fillers.is_empty();
                role.fillers.iter().all(|filler| match self.filler(filler) {
                    filler @ Filler::Label(_) => open || own_role.fillers.contains(&filler),
                    filler @ Filler::Relation(_) => own_role.fillers.contains(&filler),
                })
            })
        };
        let how = match here {
            None => How::Added,
            Some(here) if here.across_articles != kind.across_articles => How::Apart,
            Some(here) if takes_roles(here) && all_fit(&here.attributes, &kind.attributes, seen) => How::Same,
            Some(_) if clash == Clash::Merge => How::Merged,
            Some(_) => How::Apart,
        };
        let id = match (how, here) {
            (How::Same | How::Merged, Some(here)) => here.id.clone(),
            (How::Added, _) if !taken(&kind.id) => kind.id.clone(),
            _ => free_id(kind.id.as_str(), KindId::new, taken).unwrap_or_else(|| kind.id.clone()),
        };
        self.kind_ids.insert(kind.id.clone(), id);
        how
    }

    fn add_kind(&mut self, kind: &RelationKind, how: How, answers: &Answers) {
        let id = self.kind(&kind.id);
        let roles: Vec<Role> = kind
            .roles
            .iter()
            .map(|role| Role {
                fillers: role.fillers.iter().map(|filler| self.filler(filler)).collect(),
                ..role.clone()
            })
            .collect();
        match how {
            How::Added | How::Apart => {
                self.codebook.relations.push(RelationKind { id: id.clone(), roles, ..kind.clone() });
            }
            How::Merged => {
                let labels = self.codebook.labels.iter().map(|label| Filler::Label(label.id.clone()));
                let labels: Vec<Filler> = labels.collect();
                let seen = answers.get(&Filler::Relation(kind.id.clone()));
                if let Some(here) = self.codebook.relations.iter_mut().find(|k| k.id == id) {
                    extend(&mut here.attributes, &kind.attributes, seen);
                    roles.into_iter().for_each(|role| extend_roles(here, role, &labels));
                }
            }
            How::Same | How::Mapped => {}
        }
        self.kinds.push(Becomes { from: kind.name.clone(), to: id.to_string(), how });
    }

    /// Takes up questions and targets that the project does not have, and guidelines where it has none.
    fn add_rest(&mut self, incoming: &Codebook) {
        for question in &incoming.questions {
            if self.codebook.question(&question.attribute.id).is_none() {
                self.codebook.questions.push(question.clone());
            }
        }
        for target in &incoming.targets {
            if !self.codebook.targets.contains(target) {
                self.codebook.targets.push(target.clone());
            }
        }
        if self.codebook.guidelines.is_empty() {
            self.codebook.guidelines.clone_from(&incoming.guidelines);
        }
    }
}

/// The answers of all marks and relations.
fn answers(incoming: &Incoming) -> Answers {
    let mut answers = Answers::new();
    let mut add = |owner: Filler, given: &Attributes| {
        for (id, value) in given.iter() {
            let of = answers.entry(owner.clone()).or_default().entry(id.clone()).or_default();
            of.entry(value.plain()).or_insert_with(|| value.clone());
        }
    };
    for layer in incoming.articles.iter().flat_map(|article| &article.layers) {
        layer.annotations.iter().for_each(|(_, mark)| add(Filler::Label(mark.label.clone()), &mark.attributes));
        layer.relations.iter().for_each(|(_, row)| add(Filler::Relation(row.kind.clone()), &row.attributes));
    }
    answers
}

/// What a codebook asks of a label or kind.
fn asked<'c>(codebook: &'c Codebook, of: &Filler) -> &'c [Attribute] {
    match of {
        Filler::Label(id) => codebook.label(id).map_or(&[], |label| label.attributes.as_slice()),
        Filler::Relation(id) => codebook.relation(id).map_or(&[], |kind| kind.attributes.as_slice()),
    }
}

/// Whether every answer that was read fits what is asked here.
fn all_fit(
    here: &[Attribute],
    there: &[Attribute],
    seen: Option<&BTreeMap<AttributeId, BTreeMap<String, Value>>>,
) -> bool {
    seen.into_iter().flatten().all(|(id, values)| {
        let name = there.iter().find(|asked| asked.id == *id).map_or(id.as_str(), |asked| &asked.name);
        attribute_like(here, id, name).is_some_and(|asked| values.values().all(|value| asked.fitted(value).is_some()))
    })
}

/// Adds the attributes that are not asked here, and the choices that answers need.
fn extend(
    here: &mut Vec<Attribute>,
    there: &[Attribute],
    seen: Option<&BTreeMap<AttributeId, BTreeMap<String, Value>>>,
) {
    for attribute in there {
        let Some(at) = here.iter().position(|own| own.id == attribute.id || is_same(&own.name, &attribute.name)) else {
            here.push(Attribute { shown_when: None, ..attribute.clone() });
            continue;
        };
        let values = seen.and_then(|seen| seen.get(&attribute.id)).into_iter().flat_map(BTreeMap::values);
        for value in values {
            if here[at].fitted(value).is_none()
                && let Some(after) = here[at].with_choices_for(value)
            {
                here[at] = after;
            }
        }
    }
}

/// Adds a role to a kind, or what may fill it to the one that the kind has.
fn extend_roles(here: &mut RelationKind, role: Role, labels: &[Filler]) {
    let Some(own) = here.roles.iter_mut().find(|own| own.id == role.id || is_same(&own.name, &role.name)) else {
        here.roles.push(role);
        return;
    };
    if own.fillers.is_empty() && role.fillers.iter().any(|filler| matches!(filler, Filler::Relation(_))) {
        // Naming a relation alone would shut out the marks that it took before.
        own.fillers.extend_from_slice(labels);
    }
    let is_open = own.fillers.is_empty();
    own.fillers.extend(role.fillers.into_iter().filter(|_| !is_open));
    let mut seen: Vec<Filler> = Vec::new();
    own.fillers.retain(|filler| {
        let is_new = !seen.contains(filler);
        seen.push(filler.clone());
        is_new
    });
}

fn attribute_like<'a>(asked: &'a [Attribute], id: &AttributeId, name: &str) -> Option<&'a Attribute> {
    asked.iter().find(|own| own.id == *id).or_else(|| asked.iter().find(|own| is_same(&own.name, name)))
}

fn role_like<'k>(kind: &'k RelationKind, id: &RoleId, name: &str) -> Option<&'k Role> {
    kind.role(id).or_else(|| kind.roles.iter().find(|own| is_same(&own.name, name)))
}

/// Whether two names read the same; case makes no difference.
fn is_same(one: &str, other: &str) -> bool {
    let folded = |name: &str| as_read(name.trim()).to_lowercase();
    folded(one) == folded(other)
}

fn is_called(id: &str, name: &str, wanted: &str) -> bool {
    id == wanted || is_same(name, wanted)
}
