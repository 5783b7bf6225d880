//! Dialogs: cards that come up where the program has to ask something, one at a time. Each answer becomes wishes.
//!
//! A dialog reads the project and changes nothing: it hands out [`Wish`]es, which the window or the runner carries out.
//! What undo can take back is not asked about. A dialog knows no disk; paths are text, which whoever carries out the wish
//! reads.

mod annotator;
mod around;
mod backups;
mod card;
mod commands;
mod comparison;
mod correct;
mod export;
mod handbook;
mod help;
mod import;
mod keys;
mod losses;
mod metadata;
mod new_project;
mod outcomes;
mod paste;
mod path;
mod place;
mod recent;
mod remove_article;
mod save_elsewhere;
mod settings;
mod splitting;
mod told;
mod twins;
mod unsaved;

use super::{
    context::Ctx,
    settings::Settings,
    theme::Tokens,
    wish::{Choice, Wish},
};
use crate::{
    command::{
        Ask, View,
        article::NewArticle,
        correct::CorrectText,
        import::{ImportOptions, ImportSummary},
    },
    diagnostic::Diagnostic,
    format::ExportOptions,
    model::ArticleId,
};
use annotator::Annotator;
use around::{Around, Outcome};
use backups::Backups;
use commands::Commands;
use comparison::Comparison;
use correct::Correct;
use export::{Export, ExportChoices};
use handbook::Handbook;
use help::Help;
use import::Import;
pub use import::Recognised;
use keys::Keys;
pub use keys::KeysOf;
pub use losses::Preflight;
use metadata::Metadata;
use new_project::NewProject;
use paste::Paste;
use path::PathAsked;
use place::ProjectPlace;
use recent::RecentProjects;
use remove_article::RemoveArticle;
use save_elsewhere::SaveElsewhere;
use settings::SettingsCard;
use twins::Twins;
use unsaved::Unsaved;

/// The dialog that is open, if any, and what is still to be wished for.
///
/// The app asks it to open something, draws it last in each frame, and carries out what it hands out. Answers of the
/// desktop (a chosen file) come back by [`Dialogs::chosen`].
#[derive(Default)]
pub struct Dialogs {
    /// The card on the screen.
    open: Option<Dialog>,
    /// The card that it came up over, with what was written there; it comes back.
    below: Option<Dialog>,
    /// Whether one was drawn in the last frame; the first frame of a card takes the focus from the page.
    shown: bool,
    /// Wishes that arose outside of a frame; handed out in the next one.
    wishes: Vec<Wish>,
    /// The folder in which new projects are suggested; set by whoever knows the disk.
    pub projects_folder: String,
    /// What was chosen for the last export.
    exported: ExportChoices,
    /// The articles that a comparison is of, from left to right; set by the view that is on the screen.
    pub compared: Vec<ArticleId>,
    /// Which keys the card of keys shows; set by the view that is on the screen.
    pub keys_of: KeysOf,
}

/// One variant for each card. Large ones are boxed, so that an empty [`Dialogs`] stays small.
enum Dialog {
    /// Name, folder and codebook of a new project.
    NewProject(NewProject),
    /// A path by hand, where the desktop has no dialog.
    Path(PathAsked),
    /// Format and file of an export.
    Export(Box<Export>),
    /// Files of other programs, and what is in them.
    Import(Box<Import>),
    /// What of a comparison is to be printed.
    Comparison(Comparison),
    /// An article from the clipboard.
    Paste(Box<Paste>),
    /// Whether articles that are there already are to be added.
    Twins(Twins),
    /// Title, outlet and the rest of an article.
    Metadata(Box<Metadata>),
    /// The text of an article, and what happens to its marks.
    Correct(Box<Correct>),
    /// Who is annotating.
    Annotator(Annotator),
    /// The list of all commands.
    Commands(Commands),
    /// The card of keys.
    Keys(Keys),
    /// What the user chose for all projects.
    Settings(Box<SettingsCard>),
    /// Another folder for what can’t be saved.
    SaveElsewhere(SaveElsewhere),
    /// Which day to go back to.
    Backups(Backups),
    /// What to do before the window closes on unsaved work.
    Unsaved(Unsaved),
    RemoveArticle(RemoveArticle),
    Recent(RecentProjects),
    Help(Help),
    /// A page of the handbook.
    Handbook(Handbook),
}

impl Dialog {
    /// Whether there may be something written in it.
    fn is_written_in(&self) -> bool {
        matches!(
            self,
            Self::NewProject(_)
                | Self::Path(_)
                | Self::Export(_)
                | Self::Import(_)
                | Self::Comparison(_)
                | Self::Paste(_)
                | Self::Twins(_)
                | Self::Metadata(_)
                | Self::Correct(_)
                | Self::Annotator(_)
                | Self::SaveElsewhere(_)
                | Self::Backups(_)
        )
    }
}

impl Dialogs {
    /// Opens what was asked for, or wishes for it at once where nothing needs to be asked.
    ///
    /// `ctx` is `None` where no project is open.
    pub fn open(&mut self, ask: &Ask, ctx: Option<&Ctx<'_>>) {
        match ask {
            Ask::NewProject => self.put(Dialog::NewProject(NewProject::in_folder(&self.projects_folder))),
            Ask::OpenProject => self.choose(Choice::ProjectToOpen),
            Ask::AddArticles => self.choose(Choice::ArticleFiles),
            Ask::AddFolder => self.choose(Choice::ArticleFolder),
            Ask::Pack => self.choose(Choice::FileForPack),
            Ask::Export => self.put(Dialog::Export(Box::new(Export::of(self.exported.clone())))),
            Ask::Import => self.put(Dialog::Import(Box::default())),
            Ask::ExportComparison => self.put(Dialog::Comparison(Comparison::of(&self.compared))),
            Ask::PasteArticle => self.open_paste(String::new()),
            Ask::Metadata => self.put_if(ctx.and_then(Metadata::of).map(|m| Dialog::Metadata(Box::new(m)))),
            Ask::CorrectText => self.put_if(ctx.and_then(Correct::of).map(|c| Dialog::Correct(Box::new(c)))),
            Ask::Annotator => self.put(Dialog::Annotator(Annotator::default())),
            Ask::Settings => self.put(Dialog::Settings(Box::default())),
            Ask::OpenRecent => self.put(Dialog::Recent(RecentProjects::default())),
            Ask::FirstSteps => self.put(Dialog::Help(Help::FirstSteps)),
            Ask::Handbook => self.put(Dialog::Handbook(Handbook::default())),
            Ask::About => self.put(Dialog::Help(Help::About)),
            Ask::OpenSample => self.wishes.push(Wish::OpenSample),
            Ask::Save => self.wishes.push(Wish::SaveNow),
            Ask::SaveElsewhere => {
                let name = name_of_project(ctx);
                self.put(Dialog::SaveElsewhere(SaveElsewhere::of(&name, &self.projects_folder)));
            }
            Ask::RestoreBackup => self.wishes.push(Wish::ListBackups),
            Ask::Quit => self.wishes.push(Wish::CloseWindow),
            // Undo brings it back, so nothing is asked where it is one's own.
            Ask::RemoveArticle => match ctx.and_then(RemoveArticle::of) {
                Some(dialog) => self.put(Dialog::RemoveArticle(dialog)),
                None => {
                    let article = ctx.and_then(|c| c.session.focus().article.as_ref());
                    self.wishes.extend(article.map(remove_article::remove));
                }
            },
            // A view of its own.
            Ask::Codebook | Ask::Extent => {}
        }
    }

    /// Opens the list of commands or the card of keys. Other views are no dialogs, and nothing happens.
    pub fn open_view(&mut self, view: &View, ctx: Option<&Ctx<'_>>, settings: &Settings) {
        match view {
            View::Commands => self.put(Dialog::Commands(Commands::new(ctx, settings))),
            View::Keys => self.put(Dialog::Keys(Keys::of(self.keys_of))),
            _ => {}
        }
    }

    /// Opens the card for an article from the clipboard. An empty text is asked for in a field.
    pub fn open_paste(&mut self, text: String) {
        self.put(Dialog::Paste(Box::new(Paste::of(text))));
    }

    /// Asks, as one question, whether to add articles whose words are in the project already; each with the title of
    /// the one that is there. Does nothing without any.
    pub fn offer_twins(&mut self, twins: Vec<(String, NewArticle)>) {
        if !twins.is_empty() {
            self.put(Dialog::Twins(Twins::of(twins)));
        }
    }

    /// Takes what a thread has worked out about a corrected text, or why it could not. Dropped where the card has
    /// been closed.
    pub fn worked_out(&mut self, outcome: Result<CorrectText, Vec<Diagnostic>>) {
        if let Some(Dialog::Correct(dialog)) = &mut self.open {
            dialog.take(outcome);
        }
    }

    /// Takes what a thread has found out about an export of this format, with these options.
    pub fn looked_at_export(&mut self, of: (&str, &ExportOptions), found: Result<Preflight, Vec<Diagnostic>>) {
        if let Some(Dialog::Export(dialog)) = &mut self.open {
            dialog.take(of, found);
        }
    }

    /// Takes what a thread has read of the files of an import, or why it could not. Dropped where the card has been closed.
    pub fn read_in(&mut self, read: Result<Recognised, Vec<Diagnostic>>) {
        if let Some(Dialog::Import(dialog)) = &mut self.open {
            self.wishes.extend(dialog.take_read(read));
        }
    }

    /// Takes what the files of an import come to with these options, or why they can’t be brought in so.
    pub fn planned_import(&mut self, options: &ImportOptions, planned: Result<ImportSummary, Vec<Diagnostic>>) {
        if let Some(Dialog::Import(dialog)) = &mut self.open {
            dialog.take_planned(options, planned);
        }
    }

    /// Offers the days of which there is a backup, the newest first; not to be called without any.
    pub fn offer_backups(&mut self, days: Vec<String>, ctx: Option<&Ctx<'_>>) {
        let name = name_of_project(ctx);
        self.put(Dialog::Backups(Backups::of(days, &name, &self.projects_folder)));
    }

    /// Asks what is to become of changes that are not saved, as the window is about to close; brings the card up to
    /// date where it is open. `why` is `None` while they are still being saved.
    pub fn ask_unsaved(&mut self, changes: usize, why: Option<Diagnostic>) {
        match &mut self.open {
            Some(Dialog::Unsaved(unsaved)) => unsaved.update(changes, why),
            // Where to save them is being asked.
            Some(Dialog::SaveElsewhere(_)) => {}
            _ => self.put(Dialog::Unsaved(Unsaved::of(changes, why))),
        }
    }

    /// Closes that card: everything is saved, or on its way to another folder.
    pub fn stop_asking_unsaved(&mut self) {
        if matches!(self.open, Some(Dialog::Unsaved(_))) {
            self.close();
        }
    }

    /// Brings up a card. What is written in the one that it comes up over is kept, and that comes back afterwards.
    fn put(&mut self, dialog: Dialog) {
        let below = self.open.replace(dialog).filter(Dialog::is_written_in);
        self.below = below.or(self.below.take());
    }

    fn put_if(&mut self, dialog: Option<Dialog>) {
        dialog.into_iter().for_each(|dialog| self.put(dialog));
    }

    fn close(&mut self) {
        self.open = self.below.take();
    }

    /// The fields for a folder’s place, in whichever card has them.
    fn place(&mut self) -> Option<&mut ProjectPlace> {
        match &mut self.open {
            Some(Dialog::NewProject(new)) => Some(&mut new.place),
            Some(Dialog::SaveElsewhere(elsewhere)) => Some(&mut elsewhere.place),
            Some(Dialog::Backups(backups)) => Some(&mut backups.place),
            _ => None,
        }
    }

    /// Takes what the user chose in the desktop’s own dialog; no paths where it was cancelled.
    pub fn chosen(&mut self, choice: Choice, paths: Vec<String>) {
        if let (Choice::FolderForProject, Some(place)) = (choice, self.place()) {
            return place.choose(paths);
        }
        match (choice, &mut self.open) {
            (Choice::CorrectedText, Some(Dialog::Correct(correct))) => self.wishes.extend(correct.choose(paths)),
            (Choice::ImportFiles | Choice::ImportFolder, Some(Dialog::Import(import))) => {
                self.wishes.extend(import.choose(paths));
            }
            (Choice::FileForExport { .. }, Some(Dialog::Export(export))) => {
                if let Some(wish) = paths.into_iter().next().map(|to| export.wish(to)) {
                    self.wishes.push(wish);
                    self.close();
                }
            }
            (Choice::FileForComparison, Some(Dialog::Comparison(comparison))) => {
                if let Some(wish) = paths.into_iter().next().map(|to| comparison.wish(to)) {
                    self.wishes.push(wish);
                    self.close();
                }
            }
            _ => self.wishes.extend(path::wish(choice, paths)),
        }
    }

    /// Asks for a path in a field instead, as this desktop shows no dialog.
    pub fn no_desktop_dialog(&mut self, choice: Choice) {
        if let (Choice::FolderForProject, Some(place)) = (choice, self.place()) {
            return place.no_desktop_dialog();
        }
        match (choice, &mut self.open) {
            (Choice::CorrectedText, Some(Dialog::Correct(correct))) => correct.no_desktop_dialog(),
            (Choice::FileForExport { .. }, Some(Dialog::Export(export))) => export.no_desktop_dialog(),
            (Choice::ImportFiles | Choice::ImportFolder, Some(Dialog::Import(import))) => import.no_desktop_dialog(),
            (Choice::FileForComparison, Some(Dialog::Comparison(comparison))) => comparison.no_desktop_dialog(),
            (
                Choice::FolderForProject
                | Choice::FileForExport { .. }
                | Choice::ImportFiles
                | Choice::ImportFolder
                | Choice::FileForComparison
                | Choice::CorrectedText,
                _,
            ) => {}
            _ => self.put(Dialog::Path(PathAsked::of(choice))),
        }
    }

    /// Whether a card is on the screen: then no key belongs to the page.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Whether a card was opened that has not been drawn yet.
    pub fn is_opening(&self) -> bool {
        self.open.is_some() && !self.shown
    }

    /// Draws the open dialog, and hands out what was wished for.
    ///
    /// Other views must not take keys in the same frame: the first frame of a card takes the focus from whatever had it.
    /// Without a project (`ctx` is `None`), cards that need one leave by themselves.
    pub fn ui(
        &mut self,
        egui: &egui::Context,
        ctx: Option<&Ctx<'_>>,
        tokens: &Tokens,
        settings: &Settings,
        out: &mut Vec<Wish>,
    ) {
        out.append(&mut self.wishes);
        if !std::mem::replace(&mut self.shown, self.open.is_some()) && self.shown {
            // What lies below must not hear the keys.
            egui.memory_mut(|m| m.focused().into_iter().for_each(|id| m.surrender_focus(id)));
        }
        let around = Around { egui, ctx, tokens, settings };
        let outcome = match &mut self.open {
            None => return,
            Some(Dialog::NewProject(dialog)) => dialog.ui(around),
            Some(Dialog::Path(dialog)) => dialog.ui(around),
            Some(Dialog::Export(dialog)) => {
                let outcome = dialog.ui(around);
                self.exported.clone_from(&dialog.choices);
                outcome
            }
            Some(Dialog::Import(dialog)) => dialog.ui(around),
            Some(Dialog::Comparison(dialog)) => dialog.ui(around),
            Some(Dialog::Paste(dialog)) => dialog.ui(around),
            Some(Dialog::Twins(dialog)) => dialog.ui(around),
            Some(Dialog::Metadata(dialog)) => dialog.ui(around),
            Some(Dialog::Correct(dialog)) => dialog.ui(around),
            Some(Dialog::Annotator(dialog)) => dialog.ui(around),
            Some(Dialog::Commands(dialog)) => dialog.ui(around),
            Some(Dialog::Keys(dialog)) => dialog.ui(around),
            Some(Dialog::Settings(dialog)) => dialog.ui(around),
            Some(Dialog::SaveElsewhere(dialog)) => dialog.ui(around),
            Some(Dialog::Backups(dialog)) => dialog.ui(around),
            Some(Dialog::Unsaved(dialog)) => dialog.ui(around),
            Some(Dialog::RemoveArticle(dialog)) => dialog.ui(around),
            Some(Dialog::Recent(dialog)) => dialog.ui(around),
            Some(Dialog::Help(dialog)) => dialog.ui(around),
            Some(Dialog::Handbook(dialog)) => dialog.ui(around),
        };
        match outcome {
            Outcome::Stay => {}
            Outcome::Leave => self.close(),
            Outcome::Wishes(wishes) => out.extend(wishes),
            Outcome::Done(wishes) => {
                self.close();
                out.extend(wishes);
            }
        }
    }

    /// Asks the desktop for a file or folder.
    fn choose(&mut self, choice: Choice) {
        self.wishes.push(Wish::Choose(choice));
    }
}

/// Empty where no project is open.
fn name_of_project(ctx: Option<&Ctx<'_>>) -> String {
    ctx.map_or_else(String::new, |ctx| ctx.session.project().name().to_owned())
}
