//! Questions about articles that are seen in data: categories of a text, and the choices that were made or offered.

use std::collections::BTreeMap;

use super::seen::new_attribute;
use crate::{
    model::{Answer, AttributeId, AttributeKind, Choice, ChoiceId, Question, Value},
    text::slug::free_id,
};

/// What has been seen so far, by the names of the questions.
#[derive(Debug, Default)]
pub struct Asked(BTreeMap<String, (AttributeId, Vec<Choice>)>);

impl Asked {
    /// An answer to a question: the choices that were made, among those that are offered. `None` where none was made, or
    /// of a name no id can be made.
    pub fn answer(&mut self, question: &str, made: &[&str], offered: &[&str]) -> Option<Answer> {
        if !self.0.contains_key(question) {
            let is_taken = |id: &AttributeId| self.0.values().any(|(other, _)| other == id);
            let id = free_id(question, AttributeId::new, is_taken)?;
            self.0.insert(question.to_owned(), (id, Vec::new()));
        }
        let (id, choices) = self.0.get_mut(question)?;
        offered.iter().for_each(|name| _ = choice(choices, name));
        let mut made: Vec<ChoiceId> = made.iter().filter_map(|name| choice(choices, name)).collect();
        made.sort_unstable();
        made.dedup();
        (!made.is_empty()).then(|| Answer { question: id.clone(), target: None, value: Value::Choices(made) })
    }

    /// The questions, each with its choices; one without any is none.
    pub fn finish(self) -> Vec<Question> {
        let asked = self.0.into_iter().filter(|(_, (_, choices))| !choices.is_empty());
        let question = |(name, (id, choices)): (String, (AttributeId, Vec<Choice>))| Question {
            attribute: new_attribute(id, &name, AttributeKind::Choices(choices)),
            for_each_target: false,
        };
        asked.map(question).collect()
    }
}

/// The choice of a name, which is added where it is new.
fn choice(choices: &mut Vec<Choice>, name: &str) -> Option<ChoiceId> {
    if let Some(known) = choices.iter().find(|known| known.name == name) {
        return Some(known.id.clone());
    }
    if name.trim().is_empty() {
        return None;
    }
    let id = free_id(name, ChoiceId::new, |id| choices.iter().any(|choice| choice.id == *id))?;
    choices.push(Choice { id: id.clone(), name: name.to_owned() });
    Some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_has_the_choices_that_were_made_or_offered() {
        let mut asked = Asked::default();
        let answer = asked.answer("Category", &["Sports", "World news"], &["Sports", "Weather"]).unwrap();
        assert_eq!(answer.value.plain(), "sports, world-news");
        assert_eq!(asked.answer("Category", &[], &["Other"]), None);
        assert_eq!(asked.answer("Empty", &[], &[]), None);
        let questions = asked.finish();
        assert_eq!(questions.len(), 1);
        let names: Vec<&str> = questions[0].attribute.choices().iter().map(|choice| choice.name.as_str()).collect();
        assert_eq!(names, ["Sports", "Weather", "World news", "Other"]);
    }
}
