//! What is still missing of an article that is said to be done: answers and members that the codebook requires. It keeps
//! nothing from being done.

use super::{
    plan::{Offer, Told},
    scene::Scene,
    view::View,
};
use crate::{
    model::{ArticleAnswers, ArticleId, Layer, Question},
    phrase,
    query::{Relations, is_incomplete},
    text::{Phrase, phrase::Value},
};

/// What is missing of the annotator’s own layer, in words; `None` where nothing is.
pub(super) fn told(scene: &Scene<'_>, article: &ArticleId) -> Option<Told> {
    let annotator = scene.annotator?;
    let layer = scene.project.layer(article, annotator);
    let marks = layer.into_iter().flat_map(Layer::annotations).filter(|(_, a)| is_incomplete(scene.codebook(), a));
    let relations = Relations::new(scene.project, article, annotator);
    let broken = relations.all().filter(|(_, relation)| relations.is_incomplete(relation));
    let (marks, broken, questions) = (marks.count(), broken.count(), unanswered(scene, layer));
    let parts = [
        (marks, phrase!("{n} mark lacks an answer|{n} marks lack an answer", n = marks)),
        (broken, phrase!("{n} relation is incomplete|{n} relations are incomplete", n = broken)),
        (
            questions,
            phrase!("{n} question about the article is open|{n} questions about the article are open", n = questions),
        ),
    ];
    let what = Phrase::list(parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, part)| Value::from(part)))?;
    let offer = match (marks, broken) {
        (0, 0) => Offer::Nothing,
        _ => Offer::View(View::Incomplete),
    };
    Some(Told { what, offer })
}

/// How many required questions about the article have no answer.
fn unanswered(scene: &Scene<'_>, layer: Option<&Layer>) -> usize {
    let blank = ArticleAnswers::default();
    let answers = layer.map_or(&blank, Layer::article_answers);
    let codebook = scene.codebook();
    let open = |question: &Question| {
        let is_open = |target: Option<&str>| answers.answer(&question.attribute.id, target).is_none();
        match question.for_each_target {
            true => codebook.targets.iter().filter(|target| is_open(Some(target))).count(),
            false => usize::from(is_open(None)),
        }
    };
    codebook.questions.iter().filter(|question| question.attribute.required).map(open).sum()
}
