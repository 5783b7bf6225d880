//! Attributes: what a codebook asks of a mark, a relation or an article, and the values given.

use serde::{Deserialize, Serialize};

use super::id::{AttributeId, ChoiceId};
use crate::{phrase, text::Phrase};

/// One question of the codebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    pub id: AttributeId,
    pub name: String,
    #[serde(default)]
    pub description: String,
    pub kind: AttributeKind,
    /// A missing value is shown as missing; it never stops the work.
    #[serde(default)]
    pub required: bool,
    /// Asked only where another attribute of the same thing has this value.
    pub shown_when: Option<Condition>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttributeKind {
    /// One of several.
    Choice(Vec<Choice>),
    /// Any of several.
    Choices(Vec<Choice>),
    /// Free text.
    Text,
    /// Free text, completed from the codebook's targets. Asked of an article, it is asked for each.
    Target,
    /// A number within bounds, both inclusive.
    Number {
        least: Option<Number>,
        most: Option<Number>,
    },
    YesNo,
}

/// One of an attribute's choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub id: ChoiceId,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    pub attribute: AttributeId,
    pub is: Value,
}

/// A finite number, equal to itself.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(transparent)]
pub struct Number(f64);

impl Number {
    /// `None` for what is not finite.
    pub fn new(value: f64) -> Option<Self> {
        // Adding zero turns the negative zero into the positive one, so that equal numbers have equal bits.
        value.is_finite().then_some(Self(value + 0.0))
    }

    pub fn get(self) -> f64 {
        self.0
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}

impl Eq for Number {}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = f64::deserialize(deserializer)?;
        Self::new(value).ok_or_else(|| serde::de::Error::custom("a number must be finite"))
    }
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    Choice(ChoiceId),
    /// Sorted, none twice, at least one.
    Choices(Vec<ChoiceId>),
    Text(String),
    Number(Number),
    YesNo(bool),
}

impl Value {
    /// As one reads it aloud: choices by their ids, numbers plainly, yes or no.
    pub fn plain(&self) -> String {
        match self {
            Self::Choice(id) => id.to_string(),
            Self::Choices(ids) => ids.iter().map(ChoiceId::as_str).collect::<Vec<_>>().join(", "),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.get().to_string(),
            Self::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        }
    }
}

impl Attribute {
    /// The choices, where there are any.
    pub fn choices(&self) -> &[Choice] {
        match &self.kind {
            AttributeKind::Choice(choices) | AttributeKind::Choices(choices) => choices,
            _ => &[],
        }
    }

    /// Whether the value answers this question.
    pub fn takes(&self, value: &Value) -> bool {
        let known = |id: &ChoiceId| self.choices().iter().any(|c| c.id == *id);
        match (&self.kind, value) {
            (AttributeKind::Choice(_), Value::Choice(id)) => known(id),
            (AttributeKind::Choices(_), Value::Choices(ids)) => {
                !ids.is_empty() && ids.iter().all(known) && ids.windows(2).all(|w| w[0] < w[1])
            }
            (AttributeKind::Text | AttributeKind::Target, Value::Text(text)) => !text.trim().is_empty(),
            (AttributeKind::Number { least, most }, Value::Number(n)) => {
                least.is_none_or(|l| l.get() <= n.get()) && most.is_none_or(|m| n.get() <= m.get())
            }
            (AttributeKind::YesNo, Value::YesNo(_)) => true,
            _ => false,
        }
    }

    /// Whether it is asked, given the other answers.
    pub fn is_shown(&self, answers: &Attributes) -> bool {
        self.shown_when.as_ref().is_none_or(|c| answers.get(&c.attribute) == Some(&c.is))
    }

    /// What may be answered, as one reads it in a message.
    pub fn expects(&self) -> Phrase {
        match &self.kind {
            AttributeKind::Choice(choices) => phrase!("one of {names}", names = list(choices)),
            AttributeKind::Choices(choices) => phrase!("any of {names}", names = list(choices)),
            AttributeKind::Text | AttributeKind::Target => phrase!("some text"),
            AttributeKind::Number { least: None, most: None } => phrase!("a number"),
            AttributeKind::Number { least, most } => {
                let bound = |n: &Option<Number>| n.map_or("…".to_owned(), |n| n.get().to_string());
                phrase!("a number from {least} to {most}", least = bound(least), most = bound(most))
            }
            AttributeKind::YesNo => phrase!("yes or no"),
        }
    }
}

fn list(choices: &[Choice]) -> String {
    choices.iter().map(|c| c.id.as_str()).collect::<Vec<_>>().join(", ")
}

/// Answers by attribute, sorted by the attribute's id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes(Vec<(AttributeId, Value)>);

impl Attributes {
    pub fn get(&self, id: &AttributeId) -> Option<&Value> {
        self.0.binary_search_by(|(a, _)| a.cmp(id)).ok().map(|at| &self.0[at].1)
    }

    /// Sets or, with `None`, takes away.
    pub fn set(&mut self, id: AttributeId, value: Option<Value>) {
        match (self.0.binary_search_by(|(a, _)| a.cmp(&id)), value) {
            (Ok(at), Some(value)) => self.0[at].1 = value,
            (Ok(at), None) => {
                self.0.remove(at);
            }
            (Err(at), Some(value)) => self.0.insert(at, (id, value)),
            (Err(_), None) => {}
        }
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&AttributeId, &Value)> {
        self.0.iter().map(|(id, value)| (id, value))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(AttributeId, Value)> for Attributes {
    fn from_iter<I: IntoIterator<Item = (AttributeId, Value)>>(items: I) -> Self {
        let mut attributes = Self::default();
        for (id, value) in items {
            attributes.set(id, Some(value));
        }
        attributes
    }
}

/// What is required and asked, given the answers, and has none.
pub fn unanswered<'a>(asked: &'a [Attribute], answers: &Attributes) -> impl Iterator<Item = &'a Attribute> {
    asked.iter().filter(|asked| asked.required && asked.is_shown(answers) && answers.get(&asked.id).is_none())
}

/// Why the answers do not fit the questions, or `Ok`.
///
/// # Errors
/// Names the first unknown attribute or unfitting value.
pub(super) fn check(answers: &Attributes, questions: &[Attribute]) -> Result<(), Misfit> {
    for (id, value) in answers.iter() {
        let Some(question) = questions.iter().find(|q| q.id == *id) else {
            return Err(Misfit::UnknownAttribute { attribute: id.clone() });
        };
        if !question.takes(value) {
            return Err(Misfit::BadValue { attribute: id.clone(), value: value.plain(), expects: question.expects() });
        }
    }
    Ok(())
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Misfit {
    UnknownAttribute { attribute: AttributeId },
    BadValue { attribute: AttributeId, value: String, expects: Phrase },
}
