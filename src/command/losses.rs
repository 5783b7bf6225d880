//! What changes take away, counted by whose it was. It compares the rows before and after, and says nothing of what was asked
//! for.

use std::collections::BTreeMap;

use crate::{
    model::{
        Annotation, AnnotatorId, ArticleAnswers, AttributeId, Attributes, Project, Relation, Value as AnswerValue,
        edit::Change,
    },
    phrase,
    text::{Phrase, phrase::Value},
};

/// What changes take away, by whose it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Losses(BTreeMap<AnnotatorId, Counts>);

/// How much of one annotator’s work changes take away. What goes with a mark or a relation counts as that alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Removed marks, of whatever they were members.
    pub(super) marks: usize,
    /// Removed relations.
    pub(super) relations: usize,
    /// Taken out of relations that stay.
    pub(super) members: usize,
    /// To what is asked of marks, relations and articles that stay.
    pub(super) answers: usize,
    /// What was said not to be the same statement and is forgotten.
    pub(super) rejections: usize,
    /// Rows that were set aside and are removed.
    pub(super) set_aside: usize,
}

impl Losses {
    /// What these changes take away; empty where they only add and change.
    pub fn of(changes: &[Change]) -> Self {
        let mut losses = Self::default();
        changes.iter().for_each(|change| losses.add(change));
        losses.0.retain(|_, counts| *counts != Counts::default());
        losses
    }

    /// The same without what one annotator was to lose.
    #[must_use]
    pub(super) fn leaving_out(mut self, who: Option<&AnnotatorId>, leave_out: impl FnOnce(&mut Counts)) -> Self {
        if let Some(counts) = who.and_then(|who| self.0.get_mut(who)) {
            leave_out(counts);
        }
        self.0.retain(|_, counts| *counts != Counts::default());
        self
    }

    /// Whether nothing is lost.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// “2 relations and 1 answer”; where others than `own` lose something, by whom each is.
    pub fn said(&self, project: &Project, own: Option<&AnnotatorId>) -> Option<Phrase> {
        let is_own = self.0.keys().all(|who| Some(who) == own);
        let parts = self.0.iter().filter_map(|(who, counts)| {
            let part = counts.said()?;
            let name = project.annotator(who).map_or_else(|| who.to_string(), |a| a.name.clone());
            Some(if is_own { part } else { phrase!("{part} by {name}", part, name) })
        });
        Phrase::list(parts.map(Value::from))
    }

    /// Counts what one change takes away.
    fn add(&mut self, change: &Change) {
        match change {
            Change::Annotation { annotator, before: Some(before), after, .. } => {
                self.counts(annotator).compare_mark(before, after.as_deref());
            }
            Change::Relation { annotator, before: Some(before), after, .. } => {
                self.counts(annotator).compare_relation(before, after.as_deref());
            }
            Change::Rejection { annotator, before: Some(_), after: None, .. } => self.counts(annotator).rejections += 1,
            Change::Answers { annotator, before, after, .. } => {
                self.counts(annotator).answers += answers_gone(before, after);
            }
            Change::SetAside { annotator, before, after, .. } => {
                self.counts(annotator).set_aside += before.len().saturating_sub(after.len());
            }
            _ => {}
        }
    }

    /// The counts of an annotator.
    fn counts(&mut self, who: &AnnotatorId) -> &mut Counts {
        self.0.entry(who.clone()).or_default()
    }
}

impl Counts {
    /// Counts a mark that is gone, or answers that it has no longer.
    fn compare_mark(&mut self, before: &Annotation, after: Option<&Annotation>) {
        match after {
            None => self.marks += 1,
            Some(after) => self.answers += gone(&before.attributes, &after.attributes),
        }
    }

    /// Counts a relation that is gone, or members and answers that it has no longer.
    fn compare_relation(&mut self, before: &Relation, after: Option<&Relation>) {
        let Some(after) = after else {
            self.relations += 1;
            return;
        };
        self.members += before.members.iter().filter(|member| !after.members.contains(member)).count();
        self.answers += gone(&before.attributes, &after.attributes);
    }

    /// “3 marks, 1 relation and 2 answers”.
    fn said(self) -> Option<Phrase> {
        let Self { marks, relations, members, answers, rejections, set_aside } = self;
        let parts = [
            (marks, phrase!("{n} mark|{n} marks", n = marks)),
            (relations, phrase!("{n} relation|{n} relations", n = relations)),
            (members, phrase!("{n} member of a relation|{n} members of relations", n = members)),
            (answers, phrase!("{n} answer|{n} answers", n = answers)),
            (rejections, phrase!("{n} rejected statement|{n} rejected statements", n = rejections)),
            (set_aside, phrase!("{n} item set aside|{n} items set aside", n = set_aside)),
        ];
        listed(parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, part)| part).collect())
    }
}

/// How many answers are there no more, or not whole; one that became another is there.
fn gone(before: &Attributes, after: &Attributes) -> usize {
    let is_gone = |(id, before): &(&AttributeId, &AnswerValue)| match (before, after.get(id)) {
        (AnswerValue::Choices(before), Some(AnswerValue::Choices(after))) => after.len() < before.len(),
        (_, after) => after.is_none(),
    };
    before.iter().filter(is_gone).count()
}

/// Answers about the article that are there no more.
fn answers_gone(before: &ArticleAnswers, after: &ArticleAnswers) -> usize {
    before.answers.iter().filter(|a| after.answer(&a.question, a.target.as_deref()).is_none()).count()
}

/// “a, b and c”.
fn listed(mut parts: Vec<Phrase>) -> Option<Phrase> {
    let last = parts.pop()?;
    let most = Phrase::list(parts.into_iter().map(Value::from));
    Some(most.map_or(last.clone(), |most| phrase!("{most} and {last}", most, last)))
}
