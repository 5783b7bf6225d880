//! What the window wants of the outside: the views push wishes, and whoever has a disk and a desktop carries them out.
//!
//! Wishes are carried out after the frame, in the order they were pushed. They are plain values, so that a test can
//! read what a click asks for.

use super::settings::Settings;
use crate::{
    command::{Ask, Command, View, import::ImportOptions},
    format::ExportOptions,
    model::ArticleId,
    poster::Which,
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
        /// Whose text is to be corrected.
        article: ArticleId,
        /// What it is to be.
        text: NewText,
    },
    /// Let the user choose a place with the desktop's own dialog; what was chosen comes back to the dialogs.
    Choose(Choice),
    /// Make a new project and open it.
    CreateProject {
        /// The project's own folder, which must not exist yet.
        folder: String,
        /// The project’s name, as its user sees it.
        name: String,
        /// The name of a codebook that ships, or empty for one with nothing in it.
        codebook: String,
    },
    /// Open a project: the path of its folder or of a packed one.
    OpenProject(String),
    /// Open a copy of the sample project that comes with the program.
    OpenSample,
    /// Add files and folders as articles.
    AddPaths(Vec<String>),
    /// Find what these articles share; the answer goes to the view that compares them.
    Compare(Vec<ArticleId>),
    /// Read what is marked in these articles, for the tables; the answer goes to the view that compares them.
    Tabulate(Vec<ArticleId>),
    /// Write the table that is shown to a file.
    SaveTable {
        /// The file’s path; a file that is there is replaced.
        to: String,
    },
    /// Write articles and marks to a file.
    Export {
        /// The name of a format of the table.
        format: String,
        /// Of what, and how.
        options: ExportOptions,
        /// The file’s path; a file that is there is replaced.
        to: String,
    },
    /// Find out what an export would not keep; the answer goes to the dialogs.
    Preflight {
        /// The name of a format of the table.
        format: String,
        options: ExportOptions,
    },
    /// Read files of other programs, and those in folders; the answer goes to the dialogs.
    ReadIn {
        paths: Vec<String>,
        /// The name of a format of the table; `None` for the one that they look like.
        format: Option<String>,
    },
    /// Find out what the files that were read last come to; the answer goes to the dialogs.
    PlanImport(ImportOptions),
    /// Bring them in, as it was found out last.
    Import,
    /// Write a page on which these articles are compared, with what the annotator has marked and related.
    ExportComparison {
        /// From left to right.
        articles: Vec<ArticleId>,
        /// Which statements stand on it.
        which: Which,
        /// The file’s path; a file that is there is replaced.
        to: String,
    },
    /// Write the project into one file.
    Pack {
        /// The file’s path.
        to: String,
    },
    /// Try again, at once, to save what is not saved.
    SaveNow,
    /// Write everything into a new folder, and go on there.
    SaveElsewhere {
        /// The new folder’s path.
        to: String,
    },
    /// Offer the backups there are.
    ListBackups,
    /// Make a new folder of the state of a day, and open it.
    RestoreBackup {
        /// Which backup, by the day it is of, as `YYYY-MM-DD`.
        day: String,
        /// The new folder’s path.
        to: String,
    },
    /// Do not leave the project after all.
    Stay,
    /// Leave the project with what is not saved.
    LeaveUnsaved,
    /// Cancel something that goes on beside the window.
    Cancel(Task),
    /// Put words on the clipboard.
    Copy(String),
    /// End the program, after what is not saved was asked about.
    CloseWindow,
}

/// What is to be the text of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewText {
    /// What the user has typed or pasted.
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
    /// One or more files to add as articles.
    ArticleFiles,
    /// A folder whose files become articles.
    ArticleFolder,
    /// Files of other annotation programs.
    ImportFiles,
    /// A folder of such files.
    ImportFolder,
    /// A file with the corrected text of an article.
    CorrectedText,
    /// Where to write the export: a file with this extension, or, where it is empty, a folder that is made.
    FileForExport { extension: &'static str },
    /// Where to write the page with a comparison.
    FileForComparison,
    /// Where to write the packed project.
    FileForPack,
    /// Where to write a table.
    FileForTable,
}
