//! Attributes: what a codebook asks of a mark, a relation or an article, and the values given.
//!
//! The same three types serve labels, relation kinds and questions about the article. Whether an answer is allowed is
//! decided here and nowhere else ([`Attribute::takes`]).

use serde::{Deserialize, Serialize};

use super::id::{AttributeId, ChoiceId};
use crate::{phrase, text::Phrase};

/// A question of the codebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    /// Known by this in answers and in exports; stays when the name changes.
    pub id: AttributeId,
    /// What it is called on the screen.
    pub name: String,
    /// What it asks, in Markdown; shown as a hint.
    #[serde(default)]
    pub description: String,
    /// What may be answered.
    pub kind: AttributeKind,
    /// Whether a missing answer is shown as missing. It never stops the work.
    #[serde(default)]
    pub required: bool,
    /// Asked only where another attribute of the same label or kind has a certain answer; `None` asks always.
    pub shown_when: Option<Condition>,
}

/// What may be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttributeKind {
    /// One of several choices.
    Choice(Vec<Choice>),
    /// One or more of several choices.
    Choices(Vec<Choice>),
    /// Free text.
    Text,
    /// Free text, completed from the codebook’s targets.
    Target,
    /// A finite number within bounds, both inclusive; `None` is no bound.
    Number { least: Option<Number>, most: Option<Number> },
    /// Yes or no.
    YesNo,
}

/// One of an attribute's choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Known by this in answers; stays when the name changes.
    pub id: ChoiceId,
    pub name: String,
}

/// An answer that another attribute must have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    pub attribute: AttributeId,
    /// Exactly this one.
    pub is: Value,
}

/// A finite number, which is equal to itself and can be compared; there is no negative zero.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(transparent)]
pub struct Number(f64);

impl Number {
    /// `None` for an infinity or not a number.
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

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// To [`AttributeKind::Choice`].
    Choice(ChoiceId),
    /// To [`AttributeKind::Choices`]: sorted, none twice, at least one.
    Choices(Vec<ChoiceId>),
    /// To [`AttributeKind::Text`] and [`AttributeKind::Target`]; more than white space.
    Text(String),
    /// To [`AttributeKind::Number`].
    Number(Number),
    /// To [`AttributeKind::YesNo`].
    YesNo(bool),
}

impl Value {
    /// The answer in plain words, English: choices by their ids, numbers without a unit, yes or no.
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
    /// The choices; empty for kinds without any.
    pub fn choices(&self) -> &[Choice] {
        match &self.kind {
            AttributeKind::Choice(choices) | AttributeKind::Choices(choices) => choices,
            _ => &[],
        }
    }

    /// Whether a value answers this question: of the right kind, with choices that there are, within the bounds.
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

    /// Whether it is asked, given the other answers of the same mark or relation.
    pub fn is_shown(&self, answers: &Attributes) -> bool {
        self.shown_when.as_ref().is_none_or(|c| answers.get(&c.attribute) == Some(&c.is))
    }

    /// What may be answered, in words for a message: “one of fact, opinion”.
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

/// Answers by attribute, sorted by the attribute’s id, at most one for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes(Vec<(AttributeId, Value)>);

impl Attributes {
    pub fn get(&self, id: &AttributeId) -> Option<&Value> {
        self.0.binary_search_by(|(a, _)| a.cmp(id)).ok().map(|at| &self.0[at].1)
    }

    /// Sets an answer or, with `None`, takes it away.
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

/// Whether all answers are to these questions and are taken by them. Required ones may be missing.
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

/// Why an answer does not fit; `valid` puts it in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Misfit {
    /// There is no such question.
    UnknownAttribute { attribute: AttributeId },
    /// The question does not take the value.
    BadValue { attribute: AttributeId, value: String, expects: Phrase },
}
