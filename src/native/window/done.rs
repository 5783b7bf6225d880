//! What the window’s jobs come to: projects that were opened, articles that were gathered, files that were written.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use crate::{
    command::{Show, correct::CorrectText, import::ImportOptions},
    compare::Comparison,
    diagnostic::Diagnostic,
    format::ExportOptions,
    jobs::{Job, Outcome},
    runner::{Elsewhere, PlannedArticles, PlannedImport, ReadIn, Runner},
    store::{Backup, ExportReport},
    ui::{
        theme::system_fonts::SystemFonts,
        view::{compare::Tabulated, welcome::Recent},
    },
};

/// What a job came to, on its way to the window’s thread.
pub(super) enum Done {
    /// A project is open; it takes the place of the one in the window.
    Opened(Box<Opened>),
    /// The folder of what was to be opened is held by a project that is not saved yet.
    Held(Wanted),
    /// Articles for the project that was in the window as the one of this number.
    Gathered(u64, Box<PlannedArticles>),
    /// What comes of correcting a text in the project of this number, with what was guessed of its file.
    WorkedOut(u64, Box<Outcome<(CorrectText, Vec<Diagnostic>)>>),
    /// What an export of the project of this number in a format, by its name, would not keep.
    Preflight(u64, (String, ExportOptions), Box<Outcome<ExportReport>>),
    /// What was read for the project of this number, of files of other programs.
    ReadIn(u64, Box<Outcome<ReadIn>>),
    /// What that comes to with these options.
    PlannedImport(u64, ImportOptions, Box<Outcome<PlannedImport>>),
    /// What articles share of the project of this number.
    Compared(u64, Box<Comparison>),
    /// What is marked in articles of the project of this number.
    Tabulated(u64, Box<Tabulated>),
    /// What was to be added is a project.
    Found(Wanted),
    /// A file was written, with what was repaired on the way.
    Written {
        /// The file that was written.
        to: String,
        /// What was left out or repaired.
        told: Vec<Diagnostic>,
    },
    /// What was not saved is, after all.
    Saved,
    /// Everything is in a new folder.
    Elsewhere(Box<Elsewhere>),
    /// The project of this number was backed up, or could not be.
    BackedUp(u64, Outcome<()>),
    /// The backups there are.
    Backups(Vec<Backup>),
    /// Which recent projects are still there.
    Recent(Vec<Recent>),
    /// The system’s fonts, if it has any.
    Fonts(SystemFonts),
    /// The settings were kept, or could not be.
    Kept(Result<(), Diagnostic>),
}

/// A project to open.
#[derive(Clone, Debug)]
pub(super) enum Wanted {
    /// A folder, its `project.ron`, or a packed `.ron`.
    Project(PathBuf),
    /// The sample, which is put where it belongs first.
    Sample,
    /// The first of these that is there, or else the sample.
    Last(Vec<PathBuf>),
    /// A new project in this folder.
    New { folder: PathBuf, name: String, codebook: String },
}

/// A project that has been opened, with somebody at work in it.
pub(super) struct Opened {
    /// At work on the project.
    pub runner: Runner,
    /// The project’s folder as the system knows it, by which it is told apart from others.
    pub root: PathBuf,
    /// What is to be shown at first.
    pub shown: Vec<Show>,
    /// What was refused on the way to the first article.
    pub told: Vec<Diagnostic>,
}

/// A project that was closed, as long as it is being saved and its folder held.
pub(super) struct Closing {
    pub root: PathBuf,
    pub job: Job<()>,
}

impl Closing {
    /// How long it has been under way.
    pub fn age(&self) -> Duration {
        self.job.age()
    }

    /// Waits until everything is on the disk and the lock is given back.
    pub fn wait(self) {
        // Whoever closes the window is told nothing any more.
        let _ = self.job.wait();
    }
}

/// What leaves the project in the window.
pub(super) enum Then {
    /// Close the window.
    Close,
    /// Show a project that was opened already.
    WorkOn(Box<Opened>),
    /// Open a project once this one is let go of.
    OpenLater(Wanted),
}

/// What waits for everything to be saved.
pub(super) struct Leaving {
    /// What happens once everything is saved.
    pub then: Then,
    /// When the user wanted to leave: the question comes only after a moment.
    pub since: Instant,
}

/// What is under way between files of other programs and the project in the window.
#[derive(Default)]
pub(super) struct Exchange {
    /// The number of the job whose answer is waited for: another question makes it void.
    pub asked: Option<u64>,
    /// What was read last.
    pub read: Option<ReadIn>,
    /// What that comes to, as it was worked out last.
    pub planned: Option<PlannedImport>,
}
