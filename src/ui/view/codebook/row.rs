//! What is edited: one row of the codebook as it stands, as it is being written, and the command that keeps it.

use crate::{
    command::{
        codebook::OfCodebook,
        table::{self, Row as TableRow},
    },
    diagnostic::Diagnostic,
    model::{
        Attribute, AttributeId, AttributeKind, Codebook, Condition, KindId, Label, LabelId, Question, RelationKind,
        Value,
    },
    phrase,
    text::Phrase,
};

/// What is picked in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Picked {
    Label(LabelId),
    Relation(KindId),
    Question(AttributeId),
    Targets,
    About,
}

/// A row of the codebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    Label(Box<Label>),
    Relation(Box<RelationKind>),
    Question(Box<Question>),
    Targets(Vec<String>),
    About { name: String, guidelines: String },
}

/// A row as it stands, and as it is being written.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    base: Row,
    pub now: Row,
}

impl Draft {
    pub fn of(row: Row) -> Self {
        Self { now: row.clone(), base: row }
    }

    /// Takes up what was changed elsewhere, such as by undo.
    pub fn follow(&mut self, row: Row) {
        if row != self.base {
            *self = Self::of(row);
        }
    }

    /// Forgets what was written.
    pub fn take_back(&mut self) {
        self.now = self.base.clone();
    }

    /// What keeps the row as it is written now; nothing where that is as it stands or can't be.
    pub fn settle(&mut self, codebook: &Codebook) -> Vec<OfCodebook> {
        let now = self.now.clone().tidy();
        if now == self.base || now.problem(codebook).is_some() {
            return Vec::new();
        }
        let commands = now.clone().commands(&self.base);
        *self = Self::of(now);
        commands
    }
}

impl Row {
    /// The row as it stands; `None` where the codebook does not have it.
    pub fn of(codebook: &Codebook, picked: &Picked) -> Option<Self> {
        match picked {
            Picked::Label(id) => codebook.label(id).cloned().map(Box::new).map(Self::Label),
            Picked::Relation(id) => codebook.relation(id).cloned().map(Box::new).map(Self::Relation),
            Picked::Question(id) => codebook.question(id).cloned().map(Box::new).map(Self::Question),
            Picked::Targets => Some(Self::Targets(codebook.targets.clone())),
            Picked::About => Some(Self::About { name: codebook.name.clone(), guidelines: codebook.guidelines.clone() }),
        }
    }

    /// Why the codebook can't be as it is written now.
    pub fn problem(&self, codebook: &Codebook) -> Option<Diagnostic> {
        if let Self::Label(label) = self
            && let Some(row) = label.key.and_then(row_of_key)
        {
            let key = label.key.unwrap_or_default();
            let text = phrase!("The key {key} is taken: {what}", key = &key, what = Phrase::plain(row.text));
            return Some(Diagnostic::error("key-clash", text).hint("Choose another key"));
        }
        let is_empty = |name: &&str| name.trim().is_empty();
        if self.name().as_ref().is_some_and(is_empty) {
            return Some(Diagnostic::error("no-name", "It needs a name").hint("Write one"));
        }
        if self.inner_names().iter().any(is_empty) {
            let text = "A role, an attribute or a choice has no name";
            return Some(Diagnostic::error("no-inner-name", text).hint("Write one, or remove it"));
        }
        let mut after = codebook.clone();
        match self.clone().tidy() {
            Self::Label(label) => replace(&mut after.labels, *label, |l| l.id.as_str()),
            Self::Relation(kind) => replace(&mut after.relations, *kind, |k| k.id.as_str()),
            Self::Question(question) => replace(&mut after.questions, *question, |q| q.attribute.id.as_str()),
            Self::Targets(_) | Self::About { .. } => return None,
        }
        after.check().into_iter().next()
    }

    /// Its own name, where it has one.
    fn name(&self) -> Option<&str> {
        match self {
            Self::Label(label) => Some(&label.name),
            Self::Relation(kind) => Some(&kind.name),
            Self::Question(question) => Some(&question.attribute.name),
            Self::About { name, .. } => Some(name),
            Self::Targets(_) => None,
        }
    }

    /// The names of what is in it.
    fn inner_names(&self) -> Vec<&str> {
        let attributes: &[Attribute] = match self {
            Self::Label(label) => &label.attributes,
            Self::Relation(kind) => &kind.attributes,
            Self::Question(question) => std::slice::from_ref(&question.attribute),
            Self::Targets(_) | Self::About { .. } => &[],
        };
        let roles = match self {
            Self::Relation(kind) => kind.roles.as_slice(),
            _ => &[],
        };
        let mut names: Vec<&str> = roles.iter().map(|r| r.name.as_str()).collect();
        for attribute in attributes {
            names.push(&attribute.name);
            names.extend(attribute.choices().iter().map(|c| c.name.as_str()));
        }
        names
    }

    /// Without blanks around names and without empty lines.
    fn tidy(self) -> Self {
        match self {
            Self::Label(mut label) => {
                trim(&mut label.name);
                trim(&mut label.description);
                label.examples = lines(&label.examples);
                tidy_attributes(&mut label.attributes);
                Self::Label(label)
            }
            Self::Relation(mut kind) => {
                trim(&mut kind.name);
                trim(&mut kind.description);
                kind.roles.iter_mut().for_each(|r| trim(&mut r.name));
                tidy_attributes(&mut kind.attributes);
                Self::Relation(kind)
            }
            Self::Question(mut question) => {
                tidy_attributes(std::slice::from_mut(&mut question.attribute));
                Self::Question(question)
            }
            Self::Targets(targets) => Self::Targets(lines(&targets)),
            Self::About { name, guidelines } => Self::About { name: name.trim().to_owned(), guidelines },
        }
    }

    fn commands(self, base: &Self) -> Vec<OfCodebook> {
        match (self, base) {
            (Self::Label(label), _) => vec![OfCodebook::PutLabel(label)],
            (Self::Relation(kind), _) => vec![OfCodebook::PutRelation(kind)],
            (Self::Question(question), _) => vec![OfCodebook::PutQuestion(question)],
            (Self::Targets(targets), _) => vec![OfCodebook::Targets(targets)],
            (Self::About { name, guidelines }, Self::About { name: old_name, guidelines: old_text }) => {
                let rename = (name != *old_name).then_some(OfCodebook::Rename(name));
                let write = (guidelines != *old_text).then_some(OfCodebook::Guidelines(guidelines));
                rename.into_iter().chain(write).collect()
            }
            (Self::About { .. }, _) => Vec::new(),
        }
    }
}

/// The command that a bare key belongs to already.
fn row_of_key(key: char) -> Option<&'static TableRow> {
    let key = key.to_lowercase().to_string();
    table::ROWS.iter().find(|r| r.keys.split(' ').any(|k| k.to_lowercase() == key))
}

fn replace<T>(rows: &mut [T], row: T, id: impl Fn(&T) -> &str) {
    if let Some(place) = rows.iter_mut().find(|r| id(r) == id(&row)) {
        *place = row;
    }
}

fn trim(text: &mut String) {
    *text = text.trim().to_owned();
}

fn lines(lines: &[String]) -> Vec<String> {
    lines.iter().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect()
}

fn tidy_attributes(attributes: &mut [Attribute]) {
    for attribute in attributes.iter_mut() {
        trim(&mut attribute.name);
        trim(&mut attribute.description);
        if let AttributeKind::Choice(choices) | AttributeKind::Choices(choices) = &mut attribute.kind {
            choices.iter_mut().for_each(|c| trim(&mut c.name));
        }
    }
    let conditions: Vec<(AttributeId, Value, String)> = conditions(attributes);
    for attribute in attributes {
        let still = |c: &Condition| conditions.iter().any(|(id, is, _)| *id == c.attribute && *is == c.is);
        let own = attribute.id.clone();
        attribute.shown_when.take_if(|c| c.attribute == own || !still(c));
    }
}

/// Everything that another attribute may be shown for: whose value, which value, and in words.
pub(super) fn conditions(attributes: &[Attribute]) -> Vec<(AttributeId, Value, String)> {
    let mut found = Vec::new();
    for attribute in attributes {
        match &attribute.kind {
            AttributeKind::Choice(choices) => found.extend(choices.iter().map(|choice| {
                let words = format!("{}: {}", attribute.name, choice.name);
                (attribute.id.clone(), Value::Choice(choice.id.clone()), words)
            })),
            AttributeKind::YesNo => {
                found.extend([(true, "Yes"), (false, "No")].map(|(is, word)| {
                    let words = format!("{}: {}", attribute.name, crate::ui::words::tr(word));
                    (attribute.id.clone(), Value::YesNo(is), words)
                }));
            }
            _ => {}
        }
    }
    found
}
