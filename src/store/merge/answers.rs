//! What is said of an article as a whole: its status, and an answer for each question and target. Answers can’t be
//! kept twice: one of two that differ is taken, the other is told.

use std::collections::BTreeMap;

use super::fields::{pick, rows};
use crate::{
    diagnostic::Diagnostic,
    model::{AttributeId, Status, Value},
    phrase,
    store::file::{journal::AnswersRow, layer::AnswerRow},
};

/// Both sides’ answers; a conflict for each question that they answer differently.
pub fn merged(
    base: &AnswersRow,
    ours: &AnswersRow,
    theirs: &AnswersRow,
    conflicts: &mut Vec<Diagnostic>,
) -> AnswersRow {
    let status = pick(Some(&base.status), &ours.status, &theirs.status).copied().unwrap_or_else(|| {
        conflicts.push(
            Diagnostic::warning("status-differs", "The two sides say differently how far the article is")
                .hint("It is in progress; say so again where it is done"),
        );
        Status::InProgress
    });
    let [base, ours, theirs] = [base, ours, theirs].map(|whole| by_question(&whole.answers));
    let merged = rows(&base, &ours, &theirs, |(question, _), ours, theirs| {
        let (Some(one), Some(other)) = (ours, theirs) else { return ours.or(theirs).cloned() };
        let (value, left_out) = both(one, other);
        if let Some(left_out) = left_out {
            let (question, value) = (question.to_string(), value.plain());
            conflicts.push(
                Diagnostic::warning(
                    "answered-twice",
                    phrase!(
                        "The question “{question}” is answered “{value}” on one side and “{left_out}” on the other",
                        question,
                        value,
                        left_out
                    ),
                )
                .hint("The first is taken; answer it again if the other one holds"),
            );
        }
        Some(value)
    });
    let answer = |((question, target), value)| AnswerRow { question, target, value };
    AnswersRow { status, answers: merged.into_iter().map(answer).collect() }
}

/// Answers by question and target.
fn by_question(answers: &[AnswerRow]) -> BTreeMap<(AttributeId, Option<String>), Value> {
    let row = |answer: &AnswerRow| ((answer.question.clone(), answer.target.clone()), answer.value.clone());
    answers.iter().map(row).collect()
}

/// The answer that is taken of two, and the other one in words; `None` where both are in the first. Which one is
/// taken follows from their words, so that it does not depend on who merges.
fn both(one: &Value, other: &Value) -> (Value, Option<String>) {
    if let (Value::Choices(one), Value::Choices(other)) = (one, other) {
        let mut all = [one.as_slice(), other].concat();
        all.sort_unstable();
        all.dedup();
        return (Value::Choices(all), None);
    }
    // Told by what they say, so that it does not depend on who merges.
    let (first, second) = if one.plain() <= other.plain() { (one, other) } else { (other, one) };
    (first.clone(), Some(second.plain()))
}
