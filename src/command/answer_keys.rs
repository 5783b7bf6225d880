//! A key for each of several things, a letter of its name where one is free. Pure.
//!
//! Keys follow from the names alone, so that the same question always has the same keys. Digits of labels need no
//! care: these keys count only while answers are given by keys.

use crate::model::{Attribute, AttributeKind, Attributes, Value};

/// One key for each name, in their order: the first of its Latin letters that is free, else a digit from 1, else any
/// letter. `None` where none is left.
pub fn keys_for<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<Option<char>> {
    let mut taken: Vec<char> = Vec::new();
    let mut free = |name: &str| {
        let own = name.chars().flat_map(char::to_lowercase).filter(char::is_ascii_lowercase);
        let key = own.chain('1'..='9').chain('a'..='z').find(|c| !taken.contains(c))?;
        taken.push(key);
        Some(key)
    };
    names.into_iter().map(&mut free).collect()
}

/// The keys of everything that can be answered on one card: a key for each choice, and for a text or number one that
/// leads to its field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerKeys {
    /// Key, index of the attribute among those asked, index of the choice in it.
    held: Vec<(char, usize, usize)>,
}

impl AnswerKeys {
    /// The keys for what is asked at the moment, which depends on the answers (`Attribute::is_shown`).
    pub fn of(asked: &[Attribute], answers: &Attributes) -> Self {
        let mut places = Vec::new();
        let mut names: Vec<&str> = Vec::new();
        for (at, attribute) in asked.iter().enumerate().filter(|(_, a)| a.is_shown(answers)) {
            let choices: Vec<&str> = match &attribute.kind {
                AttributeKind::Choice(choices) | AttributeKind::Choices(choices) => {
                    choices.iter().map(|c| c.name.as_str()).collect()
                }
                AttributeKind::YesNo => vec!["Yes", "No"],
                AttributeKind::Text | AttributeKind::Target | AttributeKind::Number { .. } => vec![&attribute.name],
            };
            places.extend((0..choices.len()).map(|choice| (at, choice)));
            names.extend(choices);
        }
        let keys = keys_for(names);
        Self { held: keys.into_iter().zip(places).filter_map(|(key, (a, c))| Some((key?, a, c))).collect() }
    }

    /// The key of a choice, both counted from 0; `None` where no key was left for it.
    pub fn of_choice(&self, attribute: usize, choice: usize) -> Option<char> {
        self.held.iter().find(|(_, a, c)| (*a, *c) == (attribute, choice)).map(|(key, _, _)| *key)
    }

    /// Index of the attribute among those asked, and of the choice in it; `None` for a key that nothing has.
    pub fn meaning(&self, key: char) -> Option<(usize, usize)> {
        self.held.iter().find(|(held, _, _)| *held == key).map(|(_, a, c)| (*a, *c))
    }
}

/// The answer after a choice (from 0) was chosen. Choosing what holds already takes it away: the inner `None` is no
/// answer. The outer `None` says that the attribute is not answered by choosing.
pub fn chosen(attribute: &Attribute, now: Option<&Value>, choice: usize) -> Option<Option<Value>> {
    let value = match &attribute.kind {
        AttributeKind::Choice(choices) => Value::Choice(choices.get(choice)?.id.clone()),
        AttributeKind::YesNo => Value::YesNo(choice == 0),
        AttributeKind::Choices(choices) => {
            let id = &choices.get(choice)?.id;
            let mut ids = if let Some(Value::Choices(ids)) = now { ids.clone() } else { Vec::new() };
            match ids.binary_search(id) {
                Ok(at) => drop(ids.remove(at)),
                Err(at) => ids.insert(at, id.clone()),
            }
            return Some((!ids.is_empty()).then_some(Value::Choices(ids)));
        }
        AttributeKind::Text | AttributeKind::Target | AttributeKind::Number { .. } => return None,
    };
    Some((now != Some(&value)).then_some(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AttributeId, Choice, ChoiceId};

    #[test]
    fn every_name_gets_a_key_of_its_own() {
        let keys = keys_for(["direct", "indirect", "mixed", "d", "条"]);
        assert_eq!(keys, [Some('d'), Some('i'), Some('m'), Some('1'), Some('2')]);
    }

    #[test]
    fn choosing_twice_takes_the_answer_away() {
        let choice = |name: &str| Choice { id: ChoiceId::new(name).unwrap(), name: name.to_owned() };
        let mut attribute = Attribute {
            id: AttributeId::new("form").unwrap(),
            name: "Form".to_owned(),
            description: String::new(),
            kind: AttributeKind::Choice(vec![choice("direct"), choice("mixed")]),
            required: false,
            shown_when: None,
        };
        let one = chosen(&attribute, None, 1).unwrap();
        assert_eq!(one, Some(Value::Choice(ChoiceId::new("mixed").unwrap())));
        assert_eq!(chosen(&attribute, one.as_ref(), 1), Some(None));
        attribute.kind = AttributeKind::Choices(vec![choice("direct"), choice("mixed")]);
        let both = chosen(&attribute, chosen(&attribute, None, 1).unwrap().as_ref(), 0).unwrap();
        assert_eq!(both.as_ref().map(Value::plain).as_deref(), Some("direct, mixed"));
        assert_eq!(chosen(&attribute, None, 7), None);
    }
}
