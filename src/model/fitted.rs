//! Answers that were read elsewhere, fitted to what an attribute asks: a text may be one of its choices, a number or a yes.

use super::{Attribute, AttributeKind, Choice, ChoiceId, Number, Value};
use crate::text::as_read::as_read;

impl Attribute {
    /// The answer to this attribute that a value means: itself where it is one, else what its words say (a choice by its id
    /// or name, a number, yes or no). `None` where it means none.
    pub fn fitted(&self, value: &Value) -> Option<Value> {
        if self.takes(value) {
            return Some(value.clone());
        }
        let words = words(value);
        let fitted = match &self.kind {
            AttributeKind::Choice(choices) => match words.as_slice() {
                [one] => Value::Choice(choice(choices, one)?),
                _ => return None,
            },
            AttributeKind::Choices(choices) => {
                let mut ids: Vec<ChoiceId> = words.iter().map(|word| choice(choices, word)).collect::<Option<_>>()?;
                ids.sort_unstable();
                ids.dedup();
                Value::Choices(ids)
            }
            AttributeKind::Text | AttributeKind::Target => Value::Text(words.join(", ")),
            AttributeKind::Number { .. } => Value::Number(Number::new(words.first()?.trim().parse().ok()?)?),
            AttributeKind::YesNo => match words.first()?.trim().to_lowercase().as_str() {
                "yes" | "true" | "1" => Value::YesNo(true),
                "no" | "false" | "0" => Value::YesNo(false),
                _ => return None,
            },
        };
        self.takes(&fitted).then_some(fitted)
    }

    /// The attribute with choices for the words of a value that it has none for; `None` where it takes no choices, or no id
    /// is left.
    pub fn with_choices_for(&self, value: &Value) -> Option<Self> {
        let mut after = self.clone();
        let (AttributeKind::Choice(choices) | AttributeKind::Choices(choices)) = &mut after.kind else { return None };
        for word in words(value) {
            if choice(choices, &word).is_none() {
                let is_taken = |id: &ChoiceId| choices.iter().any(|choice| choice.id == *id);
                let id = crate::text::slug::free_id(&word, ChoiceId::new, is_taken)?;
                choices.push(Choice { id, name: word });
            }
        }
        Some(after)
    }
}

/// The words of an answer; several of several choices.
fn words(value: &Value) -> Vec<String> {
    match value {
        Value::Choices(ids) => ids.iter().map(ChoiceId::to_string).collect(),
        _ => vec![value.plain()],
    }
}

/// The choice of this id or, as it is read, of this name.
fn choice(choices: &[Choice], word: &str) -> Option<ChoiceId> {
    let folded = |name: &str| as_read(name.trim()).to_lowercase();
    let by_id = choices.iter().find(|choice| choice.id.as_str() == word);
    let found = by_id.or_else(|| choices.iter().find(|choice| folded(&choice.name) == folded(word)));
    found.map(|choice| choice.id.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(kind: AttributeKind) -> Attribute {
        let (name, description) = (String::new(), String::new());
        Attribute { id: "form".parse().unwrap(), name, description, kind, required: false, shown_when: None }
    }

    #[test]
    fn words_are_what_the_attribute_takes() {
        let choice = |id: &str, name: &str| Choice { id: id.parse().unwrap(), name: name.to_owned() };
        let choices = vec![choice("direct", "Direct"), choice("mixed", "Partly direct")];
        let text = |text: &str| Value::Text(text.to_owned());
        let one = asked(AttributeKind::Choice(choices.clone()));
        assert_eq!(one.fitted(&text("partly Direct")), Some(Value::Choice("mixed".parse().unwrap())));
        assert_eq!(one.fitted(&text("indirect")), None);
        let after = one.with_choices_for(&text("indirect")).unwrap();
        assert_eq!(after.fitted(&text("indirect")), Some(Value::Choice("indirect".parse().unwrap())));
        let several = asked(AttributeKind::Choices(choices));
        assert_eq!(several.fitted(&text("mixed")), Some(Value::Choices(vec!["mixed".parse().unwrap()])));
        let number = asked(AttributeKind::Number { least: None, most: Number::new(1.0) });
        assert_eq!(number.fitted(&text("0.5")), Number::new(0.5).map(Value::Number));
        assert_eq!(number.fitted(&text("2")), None);
        assert_eq!(asked(AttributeKind::YesNo).fitted(&text("true")), Some(Value::YesNo(true)));
        assert_eq!(asked(AttributeKind::Text).fitted(&Value::YesNo(true)), Some(text("yes")));
    }
}
