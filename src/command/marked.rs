//! The mark that an edit is about, and editing it. Everything that changes a mark goes through [`Marked::edit`],
//! which makes the change with the row as it was.

use std::sync::Arc;

use super::{mark_ref::MarkRef, plan::Plan, scene::Scene};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Annotation, AnnotationId, ArticleId, Attribute, AttributeId, Attributes, ChoiceId, Item, Value, edit::Change,
    },
    text::{Phrase, Text},
};

/// A mark of the annotator’s own that exists now, in whichever article; its text has been read.
#[derive(Clone, Debug)]
pub(super) struct Marked<'a> {
    pub article: ArticleId,
    pub id: AnnotationId,
    pub annotation: &'a Arc<Annotation>,
    pub text: &'a Text,
}

impl<'a> Marked<'a> {
    /// The mark that is named.
    ///
    /// # Errors
    /// Where nothing is named so, or a relation is.
    pub fn of(mark: &MarkRef, scene: &Scene<'a>) -> Result<Self, Diagnostic> {
        let target = mark.resolve(scene)?;
        let Item::Annotation(id) = target.item else {
            return Err(Diagnostic::error("no-mark", "This needs a mark, not a relation")
                .hint("Name a mark, by its words or by its id"));
        };
        let layer = scene.project.layer(&target.article, scene.annotator()?);
        let found = layer.and_then(|layer| layer.annotation(id)).zip(scene.project.text(&target.article));
        let (annotation, text) = found
            .ok_or_else(|| Diagnostic::error("no-such-mark", "This mark no longer exists").hint("Pick another one"))?;
        Ok(Self { article: target.article, id, annotation, text })
    }

    /// Whether it lies in the open article, so that the caret and the selection are of its text.
    pub fn is_here(&self, scene: &Scene<'_>) -> bool {
        scene.focus.article.as_ref() == Some(&self.article)
    }

    /// Whether it is the picked mark of the open article.
    pub fn is_picked(&self, scene: &Scene<'_>) -> bool {
        self.is_here(scene) && scene.focus.picked == Some(self.id)
    }

    /// The caret, in bytes of the mark’s own text; `None` where another article is open.
    pub fn caret(&self, scene: &Scene<'_>) -> Option<usize> {
        scene.caret().filter(|_| self.is_here(scene))
    }

    /// The change that makes something else of it, or, with `None`, removes it.
    pub fn change(&self, scene: &Scene<'_>, after: Option<Annotation>) -> Result<Change, Diagnostic> {
        Ok(Change::Annotation {
            article: self.article.clone(),
            annotator: scene.annotator()?.clone(),
            id: self.id,
            before: Some(Arc::clone(self.annotation)),
            after: after.map(Arc::new),
        })
    }

    /// Changes the mark. A suggestion that was accepted as it was counts as changed from then on
    /// ([`Origin::Changed`]). An edit that changes nothing makes no transaction.
    pub fn edit(
        &self,
        scene: &Scene<'_>,
        label: Phrase,
        with: impl FnOnce(&mut Annotation),
    ) -> Result<Plan, Diagnostic> {
        let mut after = (**self.annotation).clone();
        with(&mut after);
        if after == **self.annotation {
            return Ok(Plan::default());
        }
        after.origin = after.origin.changed();
        Ok(Plan::change(label, vec![self.change(scene, Some(after))?]))
    }
}

/// The answers that these questions still take; of several choices, those that are left. The others are
/// dropped.
pub(super) fn fitting(answers: &Attributes, questions: &[Attribute]) -> Attributes {
    let fits = |(id, value): (&AttributeId, &Value)| {
        let question = questions.iter().find(|question| question.id == *id)?;
        let value = match value {
            Value::Choices(ids) => {
                let is_left = |id: &&ChoiceId| question.choices().iter().any(|choice| choice.id == **id);
                Value::Choices(ids.iter().filter(is_left).cloned().collect())
            }
            other => other.clone(),
        };
        question.takes(&value).then(|| (id.clone(), value))
    };
    answers.iter().filter_map(fits).collect()
}
