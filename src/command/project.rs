//! The project's name, its annotators and its stories.
//!
//! Renaming and removing are undoable; switching annotator is not, as it changes no project, unless the annotator is
//! new.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{known, plan::Plan, scene::Scene};
use crate::{
    diagnostic::Diagnostic,
    model::{Annotator, AnnotatorId, Project, Story, StoryId, edit::Change},
    phrase,
    text::{Phrase, as_read, slug::free_id},
};

/// What is done to the project itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum ProjectCommand {
    /// Gives the project another name; its folder keeps its own.
    Rename(String),
    /// Marks from then on as the annotator of this name or id; a new one is added to the project.
    WorkAs(String),
    /// Gives a story another name; its id stays.
    RenameStory { story: StoryId, name: String },
    /// Removes a story; refused while articles belong to it.
    RemoveStory(StoryId),
}

impl ProjectCommand {
    pub(super) fn plan(&self, scene: &Scene<'_>) -> Result<Plan, Diagnostic> {
        match self {
            Self::Rename(name) => {
                let change = Change::Name { before: scene.project.name().to_owned(), after: name.trim().to_owned() };
                Ok(Plan::change_if(Phrase::plain("Rename the project"), change))
            }
            Self::WorkAs(name) => work_as(scene.project, name),
            Self::RenameStory { story, name } => {
                let before = known::story(scene.project, story)?;
                let after = Arc::new(Story { name: name.trim().to_owned() });
                let change = Change::Story { id: story.clone(), before: Some(Arc::clone(before)), after: Some(after) };
                Ok(Plan::change_if(Phrase::plain("Rename the story"), change))
            }
            Self::RemoveStory(story) => {
                let before = Some(Arc::clone(known::story(scene.project, story)?));
                let change = Change::Story { id: story.clone(), before, after: None };
                Ok(Plan::change(Phrase::plain("Remove the story"), vec![change]))
            }
        }
    }
}

/// Switches to the annotator, adding them where no annotator has this name or id.
fn work_as(project: &Project, name: &str) -> Result<Plan, Diagnostic> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Diagnostic::error("no-name", "An annotator needs a name").hint("Write your name or initials"));
    }
    let (id, new) = annotator_named(project, name, |_| false)?;
    let Some(name) = new else { return Ok(Plan { annotator: Some(id), ..Plan::default() }) };
    let after = Some(Arc::new(Annotator { name: name.clone() }));
    let change = Change::Annotator { id: id.clone(), before: None, after };
    let label = Phrase::with("Add the annotator {what}", name);
    Ok(Plan { annotator: Some(id), ..Plan::change(label, vec![change]) })
}

/// The annotator of this name or id, or an id for a new one with their name. `is_taken` knows of ids that are on their way
/// into the project.
///
/// # Errors
/// Where too many annotators have nearly the same name.
pub(super) fn annotator_named(
    project: &Project,
    name: &str,
    is_taken: impl Fn(&AnnotatorId) -> bool,
) -> Result<(AnnotatorId, Option<String>), Diagnostic> {
    let name = name.trim();
    let known = project.annotators().find(|(id, a)| a.name == name || id.as_str() == name);
    let like = |(_, a): &(&AnnotatorId, &Arc<Annotator>)| is_same_name(&a.name, name);
    if let Some((id, _)) = known.or_else(|| project.annotators().find(like)) {
        return Ok((id.clone(), None));
    }
    let taken = |id: &AnnotatorId| project.annotator(id).is_some() || is_taken(id);
    let id = free_id(name, AnnotatorId::new, taken)
        .ok_or_else(|| too_many(phrase!("There are too many annotators named like “{name}”", name)))?;
    Ok((id, Some(name.to_owned())))
}

/// Whether two names are of the same person, however they are typed: capitals, accents, apostrophes and blanks tell
/// nobody apart.
pub(super) fn is_same_name(one: &str, other: &str) -> bool {
    let folded = |name: &str| as_read(name.trim()).to_lowercase();
    folded(one) == folded(other)
}

/// The story of this name or id, and the change that adds it where there is none.
///
/// # Errors
/// Where too many stories have nearly the same name.
pub(super) fn story_named(project: &Project, name: &str) -> Result<(StoryId, Option<Change>), Diagnostic> {
    story_beside(project, name, |_| false)
}

/// As [`story_named`], where `is_taken` knows of ids that are on their way into the project.
pub(super) fn story_beside(
    project: &Project,
    name: &str,
    is_taken: impl Fn(&StoryId) -> bool,
) -> Result<(StoryId, Option<Change>), Diagnostic> {
    let name = name.trim();
    let known = project.stories().find(|(id, s)| s.name == name || id.as_str() == name);
    if let Some((id, _)) = known {
        return Ok((id.clone(), None));
    }
    let taken = |id: &StoryId| project.story(id).is_some() || is_taken(id);
    let id = free_id(name, StoryId::new, taken)
        .ok_or_else(|| too_many(phrase!("There are too many stories named like “{name}”", name)))?;
    let after = Some(Arc::new(Story { name: name.to_owned() }));
    Ok((id.clone(), Some(Change::Story { id, before: None, after })))
}

fn too_many(message: Phrase) -> Diagnostic {
    Diagnostic::error("too-many", message).hint("Choose another name")
}
