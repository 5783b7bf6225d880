//! A path asked for in a field, where the desktop has no dialog of its own, as on a bare X server; and what is wished for
//! with a path once it is chosen, whichever way.

use super::{
    around::{Around, Outcome},
    card::{Card, CardAnswer},
};
use crate::ui::{
    kit::form::FormState,
    wish::{Choice, Wish},
    words::tr,
};

/// The card. For articles every line of the field is a path, elsewhere there is one.
pub(super) struct PathAsked {
    form: FormState,
    /// What the path is for.
    choice: Choice,
    /// As written so far.
    path: String,
}

impl PathAsked {
    /// With an empty field. The card for exports and that for new projects have a field of their own.
    pub fn of(choice: Choice) -> Self {
        Self { form: FormState::default(), choice, path: String::new() }
    }

    /// Draws the card; without a path it stays open. Whether the path is good is found out by whoever carries out the
    /// wish.
    pub fn ui(&mut self, around: Around<'_>) -> Outcome {
        let (heading, confirm, hint) = match self.choice {
            Choice::ProjectToOpen => ("Open a project", "Open", "A project’s folder, or a packed project"),
            Choice::ArticleFiles => ("Add articles", "Add", "One path per line"),
            Choice::ArticleFolder => ("Add a folder of articles", "Add", "The folder’s path"),
            Choice::FileForPack => ("Pack into one file", "Pack", "A file’s path, such as harbour.ron"),
            Choice::FileForTable => ("Save the table as CSV", "Save", "A file’s path, such as sources.csv"),
            Choice::FileForExport { .. }
            | Choice::FileForComparison
            | Choice::FolderForProject
            | Choice::ImportFiles
            | Choice::ImportFolder
            | Choice::CorrectedText => ("Choose a path", "Choose", "A path"),
        };
        let Self { form, choice, path } = self;
        let answer = Card::new(heading, confirm).show(around.egui, around.tokens, form, |ui, form| {
            if *choice == Choice::ArticleFiles {
                form.paragraph(ui, &tr("Paths"), &tr(hint), 4, path);
            } else {
                form.text(ui, &tr("Path"), &tr(hint), path);
            }
            form.note(ui, &tr("There is no file dialog here, so type the path"));
        });
        let paths: Vec<String> =
            self.path.lines().map(str::trim).filter(|p| !p.is_empty()).map(str::to_owned).collect();
        match answer {
            CardAnswer::Leave => Outcome::Leave,
            CardAnswer::Confirm if !paths.is_empty() => Outcome::Done(wish(self.choice, paths).into_iter().collect()),
            _ => Outcome::Stay,
        }
    }
}

/// What is wished for with the paths that were chosen, whether in a field or by the desktop. `None` without a path,
/// and for choices whose own card takes the path.
pub(super) fn wish(choice: Choice, paths: Vec<String>) -> Option<Wish> {
    if matches!(choice, Choice::ArticleFiles | Choice::ArticleFolder) {
        return (!paths.is_empty()).then_some(Wish::AddPaths(paths));
    }
    let path = paths.into_iter().next()?;
    match choice {
        Choice::ProjectToOpen => Some(Wish::OpenProject(path)),
        Choice::FileForPack => Some(Wish::Pack { to: path }),
        Choice::FileForTable => Some(Wish::SaveTable { to: path }),
        _ => None,
    }
}
