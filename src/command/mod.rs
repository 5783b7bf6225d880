//! Every command as data: what it is, when it is available, and what it plans.
//!
//! A command changes nothing. [`plan`] reads the scene and answers with a plan: changes to apply as
//! one transaction, where to look, and effects for whoever has a disk and a screen. Commands can be
//! written down (RON), so a script says exactly what the window says.

pub mod article;
mod boundary;
pub mod codebook;
mod extent;
pub mod mark;
pub mod mark_ref;
mod marked;
pub mod occurrences;
pub mod project;
pub mod relate;
pub mod scene;
pub mod select;
pub mod table;
pub mod whole;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use mark_ref::{MarkRef, RelationRef};
pub use scene::Scene;

use crate::{
    diagnostic::Diagnostic,
    model::{
        AnnotatorId, ArticleId, Mint, Project,
        edit::{Change, Focus, Phrase, Transaction},
    },
    text::ByteRange,
};

/// Something to do, from a panel, a key, the palette, a menu, a script or the command line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    Select(select::Select),
    /// What is done to the selected words or to a mark: to the picked one where a script names none.
    Mark(mark::Mark, #[serde(default)] MarkRef),
    Relate(relate::Relate),
    /// What is said of an article as a whole: of the open one where none is named.
    Whole(whole::OfArticle, #[serde(default)] Option<ArticleId>),
    Article(article::OfArticles),
    Project(project::OfProject),
    Codebook(codebook::OfCodebook),
    /// Takes the last transaction back.
    Undo,
    /// Brings back what was undone last.
    Redo,
    /// Asks something of the user; only a window can.
    Ask(Ask),
    /// Changes what is shown, and nothing else; only a window can.
    View(View),
}

/// What a window can be asked to ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ask {
    NewProject,
    OpenProject,
    OpenSample,
    AddArticles,
    AddFolder,
    PasteArticle,
    Metadata,
    RemoveArticle,
    Annotator,
    Codebook,
    /// How far a label's marks reach in quotations, which the codebook says.
    Extent,
    Settings,
    Export,
    Pack,
    Quit,
}

/// What a window can be asked to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    Commands,
    Keys,
    LargerText,
    SmallerText,
    NormalText,
    LightTheme,
    DarkTheme,
    SystemTheme,
    HighContrast,
    Articles,
    Inspector,
    FocusMode,
    AllRelations,
    /// The table of the article's relations in place of the list of its marks, and back.
    Relations,
    Initials,
    Attributes,
    Note,
    RelateMark,
    /// The next of the marks that the picked one is related to.
    OtherEnd,
    /// Where one was before going to another end.
    GoBack,
    Snapping,
    /// The field to find words of the article with.
    Find,
    FindNext,
    FindPrevious,
    /// Words in all articles, each in its line.
    Concordance,
    Layer(AnnotatorId),
    NextPart,
    PreviousPart,
    Menus,
    Leave,
}

/// What a command asks for besides its changes: it is carried out after them, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Read the articles’ texts and layers, which are looked at next.
    Read(Vec<ArticleId>),
    /// Begin to read the articles’ texts and layers, and go on with other things.
    ReadAhead(Vec<ArticleId>),
    /// Nothing was done yet: read these articles, then run the command again.
    ReadThen(Vec<ArticleId>, Box<Command>),
    /// Save what the transaction changed, out of the project as it was right after it.
    Save(Arc<Transaction>, Project),
    Show(Show),
}

/// What a window is to show of a command, or of what was read for it.
#[derive(Clone, Debug, PartialEq)]
pub enum Show {
    /// The project was changed by this.
    Changed(Arc<Transaction>),
    /// These articles, which somebody asked for, have been read or can’t be.
    WasRead(Vec<ArticleId>),
    /// This place of the open article.
    Reveal(ByteRange),
    /// What was done, in the status bar.
    Say(Phrase),
    Ask(Ask),
    View(View),
}

impl From<Show> for Effect {
    fn from(show: Show) -> Self {
        Self::Show(show)
    }
}

/// What a command would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// Applied as one transaction, if there are any.
    pub changes: Vec<Change>,
    /// What undo will name.
    pub label: Option<Phrase>,
    /// Where to look from now on; `None` stays.
    pub focus: Option<Focus>,
    /// Who marks from now on; `None` stays.
    pub annotator: Option<AnnotatorId>,
    pub effects: Vec<Effect>,
}

impl Plan {
    pub fn change(label: Phrase, changes: Vec<Change>) -> Self {
        Self { changes, label: Some(label), ..Self::default() }
    }

    /// Nothing where nothing changes.
    pub fn change_if(label: Phrase, change: Change) -> Self {
        if change.is_idle() { Self::default() } else { Self::change(label, vec![change]) }
    }

    pub fn effect(effect: impl Into<Effect>) -> Self {
        Self { effects: vec![effect.into()], ..Self::default() }
    }

    /// Reads articles first, then runs the command again.
    pub fn read_then(articles: Vec<ArticleId>, command: Command) -> Self {
        Self::effect(Effect::ReadThen(articles, Box::new(command)))
    }

    /// Whether the project is changed by it, now or after something has been read for it.
    pub fn is_change(&self) -> bool {
        !self.changes.is_empty() || self.effects.iter().any(|effect| matches!(effect, Effect::ReadThen(..)))
    }

    pub fn look(focus: Focus) -> Self {
        Self { focus: Some(focus), ..Self::default() }
    }

    #[must_use]
    pub fn and_look(mut self, focus: Focus) -> Self {
        self.focus = Some(focus);
        self
    }

    #[must_use]
    pub fn and(mut self, effect: impl Into<Effect>) -> Self {
        self.effects.push(effect.into());
        self
    }
}

/// What a command would do in a scene. Undo and redo are the session's own.
///
/// # Errors
/// Why it can't be done now, and what to do first.
pub fn plan(command: &Command, scene: &Scene<'_>, mint: &mut dyn Mint) -> Result<Plan, Diagnostic> {
    match command {
        Command::Select(select) => select.plan(scene),
        Command::Mark(mark, which) => mark.plan(scene, mint, which),
        Command::Relate(relate) => relate.plan(scene, mint),
        Command::Whole(whole, article) => whole.plan(scene, article.as_ref()),
        Command::Article(article) => article.plan(scene),
        Command::Project(project) => project.plan(scene),
        Command::Codebook(codebook) => codebook.plan(scene, command),
        Command::Ask(ask) => Ok(Plan::effect(Show::Ask(ask.clone()))),
        Command::View(view) => Ok(Plan::effect(Show::View(view.clone()))),
        Command::Undo | Command::Redo => Ok(Plan::default()),
    }
}
