//! The desktop’s own file dialogs, each on a thread of its own so that the window goes on painting.
//!
//! Some desktops have none. The library answers a failure like a change of mind, so failures are told apart by its log;
//! then [`DesktopAnswer::NoDialog`] lets the caller ask for a path in a field.

use std::{
    path::PathBuf,
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};

use rfd::FileDialog;

use crate::ui::{wish::Choice, words::tr};

/// What came of a dialog. Paths that are not UTF-8 are given with replacement characters.
#[derive(Clone, Debug, PartialEq)]
pub enum DesktopAnswer {
    /// Nothing where the user changed their mind.
    Chosen(Choice, Vec<String>),
    /// The desktop has no dialogs to offer.
    NoDialog(Choice),
}

/// Dialogs under way. Several may be; their answers come in the order in which they are given.
#[derive(Debug)]
pub struct Dialogs {
    /// Given to each dialog’s thread.
    send: Sender<DesktopAnswer>,
    /// What the dialogs have answered so far.
    answers: Receiver<DesktopAnswer>,
}

impl Default for Dialogs {
    fn default() -> Self {
        let (send, answers) = channel();
        Self { send, answers }
    }
}

impl Dialogs {
    /// Opens a dialog; its answer comes through [`Dialogs::answer`], after which the window is repainted.
    pub fn open(&self, choice: Choice, ctx: &egui::Context) {
        let (send, ctx, dialog) = (self.send.clone(), ctx.clone(), dialog_for(choice));
        let work = move || {
            let before = Failures::seen();
            let paths = ask(dialog, choice);
            let failed = paths.is_empty() && Failures::seen() > before;
            let answer =
                if failed { DesktopAnswer::NoDialog(choice) } else { DesktopAnswer::Chosen(choice, as_text(paths)) };
            // The window may have been closed while the dialog was open; then nobody waits for the answer.
            let _ = send.send(answer);
            ctx.request_repaint();
        };
        let started = thread::Builder::new().name("file dialog".to_owned()).spawn(work);
        if started.is_err() {
            let _ = self.send.send(DesktopAnswer::NoDialog(choice));
        }
    }

    /// The next answer, if one has come.
    pub fn answer(&self) -> Option<DesktopAnswer> {
        self.answers.try_recv().ok()
    }
}

/// The dialog for a choice. To be made on the window’s thread: only that one knows the language of the screen.
fn dialog_for(choice: Choice) -> FileDialog {
    let dialog = FileDialog::new();
    match choice {
        Choice::ProjectToOpen => dialog.set_title(tr("Open a project’s folder")),
        Choice::FolderForProject => dialog.set_title(tr("Folder for the new project")),
        Choice::ArticleFiles => with_kinds(dialog.set_title(tr("Add articles"))),
        Choice::CorrectedText => with_kinds(dialog.set_title(tr("Choose the corrected text"))),
        Choice::ArticleFolder => dialog.set_title(tr("Add a folder of articles")),
        Choice::ImportFiles => dialog.set_title(tr("Import files")),
        Choice::ImportFolder => dialog.set_title(tr("Import a folder")),
        Choice::FileForExport { extension: "" } => {
            dialog.set_title(tr("New folder for the export")).set_file_name("export")
        }
        Choice::FileForExport { extension } => {
            let dialog = dialog.set_title(tr("Export")).set_file_name(format!("articles.{extension}"));
            dialog.add_filter(extension.to_uppercase(), &[extension])
        }
        Choice::FileForTable => {
            dialog.set_title(tr("Save the table as CSV")).set_file_name("table.csv").add_filter("CSV", &["csv"])
        }
        Choice::FileForComparison => {
            let dialog = dialog.set_title(tr("Export the comparison"));
            dialog.set_file_name("comparison.html").add_filter("HTML", &["html"])
        }
        Choice::FileForPack => {
            dialog.set_title(tr("Pack into one file")).set_file_name("project.ron").add_filter("RON", &["ron"])
        }
    }
}

/// Shows the files that articles can be read from.
fn with_kinds(dialog: FileDialog) -> FileDialog {
    let kinds: Vec<&str> = crate::source::KINDS.iter().flat_map(|kind| kind.extensions).copied().collect();
    dialog.add_filter(tr("Articles"), &kinds)
}

/// Shows a dialog and waits for the user; empty where they changed their mind.
fn ask(dialog: FileDialog, choice: Choice) -> Vec<PathBuf> {
    let one = |path: Option<PathBuf>| path.into_iter().collect();
    match choice {
        Choice::ProjectToOpen | Choice::FolderForProject | Choice::ArticleFolder | Choice::ImportFolder => {
            one(dialog.pick_folder())
        }
        Choice::ArticleFiles | Choice::ImportFiles => dialog.pick_files().unwrap_or_default(),
        Choice::CorrectedText => one(dialog.pick_file()),
        Choice::FileForExport { .. } | Choice::FileForComparison | Choice::FileForPack | Choice::FileForTable => {
            one(dialog.save_file())
        }
    }
}

/// Paths as the dialogs of Pressmark know them; what is not Unicode in a path is replaced.
fn as_text(paths: Vec<PathBuf>) -> Vec<String> {
    paths.into_iter().map(|path| path.to_string_lossy().into_owned()).collect()
}

/// Failures since the program began. It is one for the program, as a logger is.
static FAILURES: AtomicUsize = AtomicUsize::new(0);

/// Counts what the dialog library reports as failed: it answers a failure like a change of mind, and tells
/// the difference only to the log.
pub struct Failures;

impl Failures {
    /// Begins to count. A logger that somebody else has set stays.
    pub fn watch() {
        static WATCH: Failures = Failures;
        if log::set_logger(&WATCH).is_ok() {
            log::set_max_level(log::LevelFilter::Error);
        }
    }

    /// So many failures so far. Only a difference says something.
    fn seen() -> usize {
        FAILURES.load(Ordering::Relaxed)
    }
}

impl log::Log for Failures {
    fn enabled(&self, metadata: &log::Metadata<'_>) -> bool {
        metadata.level() == log::Level::Error && metadata.target().starts_with("rfd")
    }

    fn log(&self, record: &log::Record<'_>) {
        if self.enabled(record.metadata()) {
            FAILURES.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn flush(&self) {}
}
