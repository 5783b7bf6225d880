//! What is said of the article as a whole: its status, and answers to the codebook's questions.
//!
//! All of it is in the annotator’s own layer; the article need not be open, but must have been read. Marking sets the
//! status to *in progress* by itself (`begun`), nothing else changes it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    incomplete, known,
    plan::{Plan, Show},
    scene::Scene,
};
use crate::{
    diagnostic::Diagnostic,
    model::{ArticleAnswers, ArticleId, AttributeId, Status, Value, edit::Change},
    text::Phrase,
};

/// What is said of an article as a whole; the command names the article beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum LayerCommand {
    /// Says how far the work on the article has come.
    Status(Status),
    /// Answers a question about the article; `None` takes the answer away. A target is named exactly where the
    /// question is asked for each target.
    Answer {
        question: AttributeId,
        #[serde(default)]
        target: Option<String>,
        value: Option<Value>,
    },
}

impl LayerCommand {
    pub(super) fn plan(&self, scene: &Scene<'_>, article: Option<&ArticleId>) -> Result<Plan, Diagnostic> {
        let article = article.map_or_else(|| scene.article(), |id| known::article(scene.project, id))?;
        match self {
            Self::Status(status) => {
                let pattern = match status {
                    Status::ToDo => "Set the status to To do",
                    Status::InProgress => "Set the status to In progress",
                    Status::Done => "Set the status to Done",
                };
                let plan = edit(scene, article, Phrase::plain(pattern), |whole| whole.status = *status)?;
                let told = (*status == Status::Done).then(|| incomplete::told(scene, article)).flatten();
                Ok(told.into_iter().fold(plan, |plan, told| plan.and(Show::Tell(told))))
            }
            Self::Answer { question, target, value } => {
                edit(scene, article, Phrase::plain("Answer a question about the article"), |whole| {
                    whole.set_answer(question.clone(), target.clone(), value.clone());
                })
            }
        }
    }
}

/// The change that sets an article that was to do in progress, as its first mark does; `None` where it is further
/// already. The article must have been read.
pub(super) fn begun(scene: &Scene<'_>, article: &ArticleId) -> Result<Option<Change>, Diagnostic> {
    let layer = scene.project.layer(article, scene.annotator()?);
    let before = layer.map(|l| l.article_answers().clone()).unwrap_or_default();
    if before.status != Status::ToDo {
        return Ok(None);
    }
    let after = ArticleAnswers { status: Status::InProgress, ..before.clone() };
    Ok(Some(Change::Answers {
        article: article.clone(),
        annotator: scene.annotator()?.clone(),
        before: Arc::new(before),
        after: Arc::new(after),
    }))
}

/// Changes status or answers; nothing happens where they stay as they were.
fn edit(
    scene: &Scene<'_>,
    article: &ArticleId,
    label: Phrase,
    with: impl FnOnce(&mut ArticleAnswers),
) -> Result<Plan, Diagnostic> {
    let annotator = scene.annotator()?.clone();
    scene.project.text(article).ok_or_else(|| known::not_read(article))?;
    let before = scene.project.layer(article, &annotator).map(|l| l.article_answers().clone()).unwrap_or_default();
    let mut after = before.clone();
    with(&mut after);
    if after == before {
        return Ok(Plan::default());
    }
    let (before, after) = (Arc::new(before), Arc::new(after));
    let change = Change::Answers { article: article.clone(), annotator, before, after };
    Ok(Plan::change(label, vec![change]))
}
