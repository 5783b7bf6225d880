//! Every command as data: what it is, when it is available, and what it plans.
//!
//! A command changes nothing. [`plan`] reads the scene and answers with a plan: changes to apply as
//! one transaction, where to look, and effects for whoever has a disk and a screen. Commands can be
//! written down (RON), so a script says exactly what the window says.

pub mod answer_keys;
pub mod article;
pub mod article_order;
mod article_words;
mod attribute;
mod boundary;
mod cascade;
pub mod codebook;
mod codebook_command;
pub mod codebook_row;
pub mod conflict;
pub mod correct;
mod extent;
pub mod history;
pub mod import;
mod incomplete;
mod known;
pub mod layer;
pub mod losses;
pub mod mark;
mod mark_ref;
mod marked;
mod new_mark;
pub mod occurrences;
mod of_kind;
mod plan;
pub mod project;
mod proposal;
mod refit;
mod rejection;
pub mod relate;
pub mod relating;
mod scene;
pub mod select;
pub mod set_aside;
pub mod source;
pub mod statement;
pub mod table;
pub mod telling;
mod view;
mod words;

use serde::{Deserialize, Serialize};

pub use mark_ref::{MarkRef, RelationRef};
pub use plan::{Effect, Offer, Plan, Recall, Show, Told};
pub use scene::{PaneId, Scene};
pub use view::{Ask, View};

use article::ArticleCommand;
use codebook::CodebookCommand;
use conflict::ConflictCommand;
use history::HistoryCommand;
use import::Import;
use layer::LayerCommand;
use mark::Mark;
use project::ProjectCommand;
use relate::Relate;
use select::Select;
use set_aside::SetAsideCommand;
use source::SourceCommand;
use statement::StatementCommand;

use crate::{
    diagnostic::Diagnostic,
    model::{ArticleId, Mint},
};

/// Something to do, whoever asks: a panel, a key, the palette, a menu, a script or the command line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// Changes what is selected, picked or open in a pane. Not undoable, as the project stays as it is.
    Select(Select),
    /// Marks words, or changes a mark; the picked one where a script names none.
    Mark(Mark, #[serde(default)] MarkRef),
    /// Makes or changes a relation.
    Relate(Relate),
    /// What is said of an article as a whole: of the open one where none is named.
    // Its name in scripts of before.
    /// Says something of an article as a whole; of the open one where none is named.
    #[serde(alias = "Whole")]
    Layer(LayerCommand, #[serde(default)] Option<ArticleId>),
    /// Opens, adds, describes, corrects or removes articles.
    Article(ArticleCommand),
    /// What becomes of what was changed on two sides: of the picked mark where none is named.
    Conflict(ConflictCommand, #[serde(default)] MarkRef),
    /// Places or removes what was set aside.
    SetAside(SetAsideCommand),
    /// Brings in what was read from an exchange format. A script has no files to read, so that none has it.
    #[serde(skip)]
    Import(Box<Import>),
    /// Says which words of several articles are one statement, and which are not.
    Statement(StatementCommand),
    /// Says who the sources of articles are.
    Source(SourceCommand),
    /// Changes the project itself, or who marks.
    Project(ProjectCommand),
    /// Changes what may be marked, with all layers.
    Codebook(CodebookCommand),
    /// Goes back to a step, or restores what it took away.
    History(HistoryCommand),
    /// Takes the annotator’s last transaction back.
    Undo,
    /// Does again what was undone last.
    Redo,
    /// Asks something of the user. Only a window can; scripts that have it are refused before they begin.
    Ask(Ask),
    /// Changes what is shown, and nothing else. Only a window can.
    View(View),
}

/// What a command would do in a scene. Pure: the same scene and mint give the same plan. Undo and redo are planned by
/// the session, which has the history.
///
/// # Errors
/// Why it can't be done now, and what to do first.
pub fn plan(command: &Command, scene: &Scene<'_>, mint: &mut dyn Mint) -> Result<Plan, Diagnostic> {
    match command {
        Command::Select(select) => select.plan(scene),
        Command::Mark(mark, which) => mark.plan(scene, mint, which),
        Command::Relate(relate) => relate.plan(scene, mint),
        Command::Layer(whole, article) => whole.plan(scene, article.as_ref()),
        Command::Article(article) => article.plan(scene),
        Command::Conflict(conflict, which) => conflict.plan(scene, which),
        Command::SetAside(aside) => aside.plan(scene),
        Command::Import(import) => import.plan(scene, mint),
        Command::Statement(statement) => statement.plan(scene, mint),
        Command::Source(source) => source.plan(scene),
        Command::Project(project) => project.plan(scene),
        Command::Codebook(codebook) => codebook.plan(scene),
        Command::History(history) => history.plan(scene),
        Command::Ask(ask) => Ok(Plan::effect(Show::Ask(ask.clone()))),
        Command::View(view) => Ok(Plan::effect(Show::View(view.clone()))),
        Command::Undo | Command::Redo => Ok(Plan::default()),
    }
}
