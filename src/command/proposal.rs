//! A change of the codebook by which something would be lost, as long as nobody has said that it is to be.

use super::{
    codebook::CodebookCommand,
    losses::Losses,
    plan::{Plan, Show},
    refit::{Asked, Recoding},
    scene::Scene,
};
use crate::{
    diagnostic::Diagnostic,
    model::{Attribute, AttributeId, Choice},
    text::Phrase,
};

/// A change of the codebook, and what would be lost by it.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// What would be done.
    pub command: CodebookCommand,
    /// Such as “12 answers by Ana”.
    pub lost: Phrase,
    /// The choice that goes, where it is one.
    pub gone: Option<GoneChoice>,
}

/// A choice that goes, and those that are left for its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoneChoice {
    /// What the question is asked of.
    of: Asked,
    /// The question that has the choice.
    attribute: AttributeId,
    /// The choice that goes.
    pub choice: Choice,
    /// At least one.
    pub left: Vec<Choice>,
}

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

impl GoneChoice {
    /// The command with which the answers get another choice.
    pub fn recoded(&self, command: &CodebookCommand, to: &Choice) -> CodebookCommand {
        let recoding = Recoding {
            of: self.of.clone(),
            attribute: self.attribute.clone(),
            from: self.choice.id.clone(),
            to: to.id.clone(),
        };
        CodebookCommand::Recode { recoding, then: Box::new(command.clone()) }
    }
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
