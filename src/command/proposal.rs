//! A change of the codebook by which something would be lost, as long as nobody has said that it is to be.

use super::{
    codebook_command::{Asked, CodebookCommand, Gone, GoneChoice, GoneTarget, Proposal},
    losses::Losses,
    plan::{Plan, Show},
    refit,
    scene::Scene,
};
use crate::{
    diagnostic::Diagnostic,
    model::{Annotation, Answer, Attribute, AttributeKind, Attributes, Choice, Layer, LayerSlot, Relation, Value},
    phrase,
};

/// Does the command where nothing is lost by it, and else says what would be.
pub(super) fn plan(scene: &Scene<'_>, command: &CodebookCommand) -> Result<Plan, Diagnostic> {
    if let Some((gone, answers)) = gone_target(scene, command) {
        let unread = refit::unread(scene.project);
        if !unread.is_empty() {
            return Ok(Plan::read_first(unread));
        }
        if answers > 0 {
            let lost = phrase!("{n} answer|{n} answers", n = answers);
            let proposal = Proposal { command: command.clone(), lost, gone: Some(Gone::Target(gone)) };
            return Ok(Plan::effect(Show::Propose(Box::new(proposal))));
        }
    }
    let plan = command.plan(scene)?;
    let Some(lost) = Losses::of(&plan.changes).said(scene.project, scene.annotator) else { return Ok(plan) };
    let gone = gone_choice(scene, command).map(Gone::Choice);
    // Where other things would be lost too, another choice would not save them.
    let gone = gone.filter(|gone| {
        gone.replaced(command, Some(0)).plan(scene).is_ok_and(|plan| Losses::of(&plan.changes).is_empty())
    });
    Ok(Plan::effect(Show::Propose(Box::new(Proposal { command: command.clone(), lost, gone }))))
}

/// The first target that a command takes off the list while answers name it, and of which nobody has said yet what
/// becomes of them; with the number of these answers in layers that are read.
fn gone_target(scene: &Scene<'_>, command: &CodebookCommand) -> Option<(GoneTarget, usize)> {
    let settled = command.retargets();
    let mut innermost = command;
    while let CodebookCommand::Retarget { then, .. } = innermost {
        innermost = then;
    }
    let CodebookCommand::Targets(after) = innermost else { return None };
    let before = &scene.codebook().targets;
    let is_gone = |target: &&String| {
        after.iter().all(|left| left.trim() != target.as_str()) && settled.iter().all(|(from, _)| from != target)
    };
    let mut gone = before.iter().filter(is_gone).map(|target| (target, answers_with(scene, target)));
    let first = gone.clone().next()?;
    let (target, answers) = gone.find(|(_, answers)| *answers > 0).unwrap_or(first);
    // What was written in its place comes first.
    let is_new = |left: &&String| before.iter().all(|known| known.as_str() != left.trim());
    let (new, old): (Vec<&String>, Vec<&String>) = after.iter().filter(|t| !t.trim().is_empty()).partition(is_new);
    let left = new.into_iter().chain(old).map(|left| left.trim().to_owned()).collect();
    Some((GoneTarget { target: target.clone(), left }, answers))
}

/// How many answers name a target, by everybody, in layers that are read.
fn answers_with(scene: &Scene<'_>, target: &str) -> usize {
    let (project, codebook) = (scene.project, scene.codebook());
    let names = |asked: &[Attribute], answers: &Attributes| {
        let is_named = |attribute: &&Attribute| {
            let named = matches!(answers.get(&attribute.id), Some(Value::Text(text)) if text == target);
            attribute.kind == AttributeKind::Target && named
        };
        asked.iter().filter(is_named).count()
    };
    let of_relation = |relation: &Relation| {
        codebook.relation(&relation.kind).map_or(0, |kind| names(&kind.attributes, &relation.attributes))
    };
    let of_layer = |layer: &Layer| {
        let of_mark =
            |mark: &Annotation| codebook.label(&mark.label).map_or(0, |l| names(&l.attributes, &mark.attributes));
        let of_article = |answer: &Answer| {
            let is_target =
                codebook.question(&answer.question).is_some_and(|q| q.attribute.kind == AttributeKind::Target);
            let named = matches!(&answer.value, Value::Text(text) if is_target && text == target);
            usize::from(named || answer.target.as_deref() == Some(target))
        };
        let marks = layer.annotations().map(|(_, mark)| of_mark(mark)).sum::<usize>();
        let relations = layer.relations().iter().map(|(_, relation)| of_relation(relation)).sum::<usize>();
        marks + relations + layer.article_answers().answers.iter().map(of_article).sum::<usize>()
    };
    let slots = project.articles().flat_map(|(id, _)| project.layers(id).map(|(_, slot)| slot));
    let read = slots.filter_map(|slot| match slot {
        LayerSlot::Read(layer) => Some(layer),
        LayerSlot::Unread(_) => None,
    });
    let links = project.all_links().flat_map(|(_, links)| links.iter());
    read.map(of_layer).sum::<usize>() + links.map(|(_, relation)| of_relation(relation)).sum::<usize>()
}

/// The first choice that a command takes away and leaves others of the same attribute.
fn gone_choice(scene: &Scene<'_>, command: &CodebookCommand) -> Option<GoneChoice> {
    let codebook = scene.codebook();
    let (of, before, after) = match command {
        CodebookCommand::PutLabel(label) => {
            (Asked::Label(label.id.clone()), &codebook.label(&label.id)?.attributes[..], &label.attributes[..])
        }
        CodebookCommand::PutRelation(kind) => {
            (Asked::Relation(kind.id.clone()), &codebook.relation(&kind.id)?.attributes[..], &kind.attributes[..])
        }
        CodebookCommand::PutQuestion(question) => {
            let before = &codebook.question(&question.attribute.id)?.attribute;
            (Asked::Article, std::slice::from_ref(before), std::slice::from_ref(&question.attribute))
        }
        _ => return None,
    };
    before.iter().find_map(|before| {
        let after: &Attribute = after.iter().find(|after| after.id == before.id)?;
        let is_gone = |choice: &&Choice| after.choices().iter().all(|left| left.id != choice.id);
        let choice = before.choices().iter().find(is_gone)?.clone();
        let left = after.choices().to_vec();
        (!left.is_empty()).then(|| GoneChoice { of: of.clone(), attribute: before.id.clone(), choice, left })
    })
}
