//! What the window wants of the outside: the views push wishes, and whoever has a disk and a desktop carries them out.

use super::settings::Settings;
use crate::{
    command::{Ask, Command, View},
    model::ArticleId,
};

/// Something a view cannot do itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// Run a command of the session.
    Run(Command),
    /// Open the dialog that asks this.
    Ask(Ask),
    /// Show the list of commands or the card of keys over the views.
    Overlay(View),
    /// Take these settings from now on.
    Settings(Box<Settings>),
    /// Find out what comes of correcting a text; the answer goes to the dialogs.
    WorkOut {
        article: ArticleId,
        text: NewText,
    },
    /// Let the user choose a place with the desktop's own dialog; what was chosen comes back to the dialogs.
    Choose(Choice),
    CreateProject {
        /// The project's own folder, which must not exist yet.
        folder: String,
        name: String,
        /// The name of a codebook that ships, or empty for one with nothing in it.
        codebook: String,
    },
    OpenProject(String),
    OpenSample,
    /// Add files and folders as articles.
    AddPaths(Vec<String>),
    Export {
        /// The name of a format of the table.
        format: String,
        to: String,
    },
    Pack {
        to: String,
    },
    /// Try again, at once, to save what is not saved.
    SaveNow,
    /// Write everything into a new folder, and go on there.
    SaveElsewhere {
        to: String,
    },
    /// Offer the backups there are.
    ListBackups,
    /// Make a new folder of the state of a day, and open it.
    RestoreBackup {
        day: String,
        to: String,
    },
    /// Do not leave the project after all.
    Stay,
    /// Leave the project with what is not saved.
    LeaveUnsaved,
    /// Cancel something that goes on beside the window.
    Cancel(Task),
    Copy(String),
    CloseWindow,
}

/// What is to be the text of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewText {
    Written(String),
    /// A file’s path.
    File(String),
}

/// Something that goes on beside the window, by the number that whoever carries it out has given it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// A job of the window’s.
    Job(u64),
    /// Articles that are read for a command.
    Reading(u64),
}

/// What the desktop's own dialog is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A project's folder, or a packed project.
    ProjectToOpen,
    /// Where the new project's folder will stand.
    FolderForProject,
    ArticleFiles,
    ArticleFolder,
    /// A file with the corrected text of an article.
    CorrectedText,
    FileForExport,
    FileForPack,
}
