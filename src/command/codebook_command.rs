//! What is done to the codebook, as plain data: the commands, what becomes of marks and answers by them, and what is asked
//! before something is lost. What they change is planned in [`super::codebook`].

use serde::{Deserialize, Serialize};

use crate::{
    model::{AttributeId, Choice, ChoiceId, KindId, Label, LabelId, Question, RelationKind},
    text::Phrase,
};

/// What is done to the codebook. A row replaces the one of the same id as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum CodebookCommand {
    /// Gives the codebook another name.
    Rename(String),
    /// Replaces the guidelines, which are Markdown.
    Guidelines(String),
    /// Replaces the list of targets; empty ones, and repetitions side by side, are dropped. Answers that name a
    /// target stay as they are.
    Targets(Vec<String>),
    /// Adds a label, or replaces the one of this id. Answers it no longer asks are taken away.
    PutLabel(Box<Label>),
    /// Moves a label to a place in the palette, from 0; beyond the end means last.
    MoveLabel { label: LabelId, to: usize },
    /// Removes a label, and says what becomes of its marks, by everybody.
    RemoveLabel { label: LabelId, marks: Fate },
    /// Adds a relation kind, or replaces the one of this id.
    PutRelation(Box<RelationKind>),
    /// Removes a kind of relation with all relations of this kind, and takes it out of the roles that it could fill.
    RemoveRelation(KindId),
    /// Adds a question about the article, or replaces the one of this id. Answers that it no longer takes are taken
    /// away.
    PutQuestion(Box<Question>),
    /// Removes a question with its answers.
    RemoveQuestion(AttributeId),
    /// Does the command, which puts a label, a relation kind or a question, and gives the answers of a choice that goes
    /// another one.
    Recode { recoding: Recoding, then: Box<CodebookCommand> },
    /// Does the command, which takes a target off the list, and gives the answers that name it another one; without one
    /// they stay as they are written.
    Retarget { from: String, to: Option<String>, then: Box<CodebookCommand> },
    /// Does the command where nothing is lost by it, and else asks first: only a window can, so that no script has it.
    #[serde(skip)]
    Propose(Box<CodebookCommand>),
}

impl CodebookCommand {
    /// The same, asking first where marks, relations or answers would be lost by it, or answers left with a target that
    /// is no longer listed.
    #[must_use]
    pub fn proposed(self) -> Self {
        match self {
            Self::PutLabel(_)
            | Self::PutRelation(_)
            | Self::RemoveRelation(_)
            | Self::PutQuestion(_)
            | Self::RemoveQuestion(_)
            | Self::Targets(_) => Self::Propose(Box::new(self)),
            other => other,
        }
    }
}

/// What becomes of the marks of a label that is removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// They get this label, and keep the answers that it takes.
    Relabel(LabelId),
    /// They are removed, with the relations that are left with one member.
    Remove,
}

/// What answers are given to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asked {
    Label(LabelId),
    Relation(KindId),
    /// The article.
    Article,
}

/// A choice that takes the place of another one in every answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recoding {
    pub of: Asked,
    pub attribute: AttributeId,
    pub from: ChoiceId,
    pub to: ChoiceId,
}

/// A change of the codebook, and what would be lost by it.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// What would be done.
    pub command: CodebookCommand,
    /// Such as “12 answers by Ana”.
    pub lost: Phrase,
    /// What goes and could be replaced, where it is one thing.
    pub gone: Option<Gone>,
}

/// What goes from the codebook while answers have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gone {
    Choice(GoneChoice),
    Target(GoneTarget),
}

/// A target that goes, and those that are left for its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoneTarget {
    pub target: String,
    /// The one that would take its place first, as when it was renamed.
    pub left: Vec<String>,
}

/// A choice that goes, and those that are left for its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoneChoice {
    /// What the question is asked of.
    pub(super) of: Asked,
    /// The question that has the choice.
    pub(super) attribute: AttributeId,
    /// The choice that goes.
    pub choice: Choice,
    /// At least one.
    pub left: Vec<Choice>,
}

impl Gone {
    /// As it is shown.
    pub fn name(&self) -> &str {
        match self {
            Self::Choice(gone) => &gone.choice.name,
            Self::Target(gone) => &gone.target,
        }
    }

    /// What its answers can be instead, as it is shown.
    pub fn left(&self) -> Vec<String> {
        match self {
            Self::Choice(gone) => gone.left.iter().map(|choice| choice.name.clone()).collect(),
            Self::Target(gone) => gone.left.clone(),
        }
    }

    /// The command with which its answers become one of those that are left, or do not: those of a choice go then, and
    /// those with a target stay as they are written.
    pub fn replaced(&self, command: &CodebookCommand, by: Option<usize>) -> CodebookCommand {
        match self {
            Self::Choice(gone) => match by.and_then(|at| gone.left.get(at)) {
                Some(to) => gone.recoded(command, to),
                None => command.clone(),
            },
            Self::Target(gone) => {
                let (from, to) = (gone.target.clone(), by.and_then(|at| gone.left.get(at)).cloned());
                // Others may go too, and are asked about next.
                CodebookCommand::Propose(Box::new(CodebookCommand::Retarget {
                    from,
                    to,
                    then: Box::new(command.clone()),
                }))
            }
        }
    }
}

impl GoneChoice {
    fn recoded(&self, command: &CodebookCommand, to: &Choice) -> CodebookCommand {
        let recoding = Recoding {
            of: self.of.clone(),
            attribute: self.attribute.clone(),
            from: self.choice.id.clone(),
            to: to.id.clone(),
        };
        CodebookCommand::Recode { recoding, then: Box::new(command.clone()) }
    }
}
