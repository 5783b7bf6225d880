//! A change of the codebook by which something would be lost, as long as nobody has said that it is to be.

use super::{
    codebook_command::{Asked, CodebookCommand, GoneChoice, Proposal},
    losses::Losses,
    plan::{Plan, Show},
    scene::Scene,
};
use crate::{
    diagnostic::Diagnostic,
    model::{Attribute, Choice},
};

/// Does the command where nothing is lost by it, and else says what would be.
pub(super) fn plan(scene: &Scene<'_>, command: &CodebookCommand) -> Result<Plan, Diagnostic> {
    let plan = command.plan(scene)?;
    let Some(lost) = Losses::of(&plan.changes).said(scene.project, scene.annotator) else { return Ok(plan) };
    let gone = gone_choice(scene, command);
    // Where other things would be lost too, another choice would not save them.
    let gone = gone.filter(|gone| {
        let recoded = gone.left.first().and_then(|to| gone.recoded(command, to).plan(scene).ok());
        recoded.is_some_and(|plan| Losses::of(&plan.changes).is_empty())
    });
    Ok(Plan::effect(Show::Propose(Box::new(Proposal { command: command.clone(), lost, gone }))))
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
