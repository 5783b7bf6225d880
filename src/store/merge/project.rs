//! Two programs have changed `project.ron`: what both say is put together where it goes together. Annotators and
//! stories are rows of a name each; the same id with two names is the only conflict.

use std::collections::BTreeMap;

use crate::{
    diagnostic::Diagnostic,
    store::file::{
        ProjectFile,
        project::{AnnotatorRow, StoryRow},
    },
};

/// What is on the disk, with what has changed here between the states `was` and `is`.
///
/// # Errors
/// Both have changed the same thing, and not alike.
pub fn merged(disk: ProjectFile, was: &ProjectFile, is: &ProjectFile) -> Result<ProjectFile, Diagnostic> {
    let named = |name: &str| BTreeMap::from([((), name.to_owned())]);
    let name = merged_rows(named(&disk.name), &named(&was.name), &named(&is.name));
    let name = name
        .and_then(|mut rows| rows.remove(&()))
        .ok_or_else(|| conflict("Another program has changed the name of the project too, so it is not saved"))?;
    let annotators = merged_rows(annotators(&disk), &annotators(was), &annotators(is));
    let annotators = annotators
        .ok_or_else(|| conflict("Another program has changed the name of an annotator too, so it is not saved"))?;
    let stories = merged_rows(stories(&disk), &stories(was), &stories(is));
    let stories =
        stories.ok_or_else(|| conflict("Another program has changed the name of a story too, so it is not saved"))?;
    Ok(ProjectFile {
        version: is.version,
        name,
        annotators: annotators.into_iter().map(|(id, name)| AnnotatorRow { id, name }).collect(),
        stories: stories.into_iter().map(|(id, name)| StoryRow { id, name }).collect(),
    })
}

fn annotators(file: &ProjectFile) -> BTreeMap<crate::model::AnnotatorId, String> {
    file.annotators.iter().map(|row| (row.id.clone(), row.name.clone())).collect()
}

fn stories(file: &ProjectFile) -> BTreeMap<crate::model::StoryId, String> {
    file.stories.iter().map(|row| (row.id.clone(), row.name.clone())).collect()
}

/// The rows on the disk with the changes from `was` to `is`; `None` where a row that was changed here is neither as
/// it was nor as it is now.
fn merged_rows<I: Ord + Clone>(
    mut disk: BTreeMap<I, String>,
    was: &BTreeMap<I, String>,
    is: &BTreeMap<I, String>,
) -> Option<BTreeMap<I, String>> {
    for id in was.keys().chain(is.keys()) {
        let (was, is, there) = (was.get(id), is.get(id), disk.get(id));
        if was == is || there == is {
            continue;
        }
        if there != was {
            return None;
        }
        match is {
            Some(name) => disk.insert(id.clone(), name.clone()),
            None => disk.remove(id),
        };
    }
    Some(disk)
}

fn conflict(message: &'static str) -> Diagnostic {
    Diagnostic::error("changed-outside", message)
        .hint("Open the project again to see what it says now, and repeat the change")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A project file from `name: annotator=Name …`.
    fn file(text: &str) -> ProjectFile {
        let (name, rows) = text.split_once(':').unwrap();
        let rows = rows.split_whitespace().map(|row| row.split_once('=').unwrap());
        let annotators = rows.map(|(id, name)| AnnotatorRow { id: id.parse().unwrap(), name: name.to_owned() });
        ProjectFile { version: 1, name: name.to_owned(), annotators: annotators.collect(), stories: Vec::new() }
    }

    fn check(disk: &str, was: &str, is: &str, expected: &str) {
        let merged = merged(file(disk), &file(was), &file(is));
        let said = merged.map_or_else(
            |why| why.code.into_owned(),
            |merged| {
                let rows = merged.annotators.iter().map(|row| format!(" {}={}", row.id, row.name));
                format!("{}:{}", merged.name, rows.collect::<String>())
            },
        );
        assert_eq!(said, expected, "{disk} | {was} | {is}");
    }

    #[test]
    fn what_goes_together_is_put_together_and_what_does_not_is_refused() {
        check("Toll: ben=Ben", "Toll:", "Toll: ana=Ana", "Toll: ana=Ana ben=Ben");
        check("Toll: ana=Ana", "Toll:", "Toll: ana=Ana", "Toll: ana=Ana");
        check("Toll: ana=Anna", "Toll:", "Toll: ana=Ana", "changed-outside");
        check("Toll: ana=Ana ben=Ben", "Toll: ana=Ana", "Toll:", "Toll: ben=Ben");
        check("Toll:", "Toll: ana=Ana", "Toll:", "Toll:");
        check("Toll:", "Toll: ana=Ana", "Toll: ana=Anna", "changed-outside");
        check("Bridge:", "Toll:", "Toll: ana=Ana", "Bridge: ana=Ana");
        check("Bridge:", "Toll:", "Ferry:", "changed-outside");
    }
}
