//! `project.ron`: the format's version, the project's name, who works on it, and its stories.

use serde::{Deserialize, Serialize};

use super::shape::usual;
use crate::model::{Annotator, AnnotatorId, Project, Story, StoryId};

/// The whole file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectFile {
    /// The version of all files of the project (`store/migrate`).
    pub version: u32,
    pub name: String,
    #[serde(default, skip_serializing_if = "usual")]
    pub annotators: Vec<AnnotatorRow>,
    #[serde(default, skip_serializing_if = "usual")]
    pub stories: Vec<StoryRow>,
}

/// An annotator, sorted by id in the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnnotatorRow {
    pub id: AnnotatorId,
    pub name: String,
}

/// A story, sorted by id in the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoryRow {
    pub id: StoryId,
    pub name: String,
}

/// The version, whatever else the file says: read first, as a newer file may have fields that are unknown here.
#[derive(Debug, Deserialize)]
pub struct VersionOnly {
    pub version: u32,
}

impl ProjectFile {
    pub fn of(project: &Project, version: u32) -> Self {
        let annotators = project.annotators().map(|(id, a)| AnnotatorRow { id: id.clone(), name: a.name.clone() });
        let stories = project.stories().map(|(id, s)| StoryRow { id: id.clone(), name: s.name.clone() });
        Self { version, name: project.name().to_owned(), annotators: annotators.collect(), stories: stories.collect() }
    }
}

impl From<AnnotatorRow> for (AnnotatorId, Annotator) {
    fn from(row: AnnotatorRow) -> Self {
        (row.id, Annotator { name: row.name })
    }
}

impl From<StoryRow> for (StoryId, Story) {
    fn from(row: StoryRow) -> Self {
        (row.id, Story { name: row.name })
    }
}
