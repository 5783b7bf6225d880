//! What a command would do: its changes, where to look after them, and effects for whoever has a disk and a screen.
//!
//! A plan is carried out by the session (changes, focus, annotator) and then by the runner (effects). Nothing of it
//! has happened while it exists: asking whether a command is available makes a plan and drops it.

use std::sync::Arc;

use super::{
    article_order::ArticleOrder,
    codebook_command::Proposal,
    scene::PaneId,
    view::{Ask, View},
};
use crate::{
    model::{
        AnnotatorId, ArticleId, Project, TransactionId,
        edit::{Change, Focus, Transaction},
    },
    text::{ByteRange, Phrase},
};

/// What a command asks for besides its changes; carried out after them, in order, by the runner.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Read these articles’ texts and layers before going on: they are about to be shown.
    Read(Vec<ArticleId>),
    /// Begin to read these articles, and go on with other things.
    ReadAhead(Vec<ArticleId>),
    /// The command could not be planned yet: read these articles, then plan it again.
    ReadFirst(Vec<ArticleId>),
    /// The command could not be planned yet: read this of the history, then plan it again or do what it was read for.
    Recall(Recall),
    /// Begin to read the log of everybody’s steps.
    ReadLog,
    /// Take so many transactions back, one after the other.
    Undo(usize),
    /// Do so many transactions again, one after the other.
    Redo(usize),
    /// Save what this transaction changed, out of the project as it was right after it. So two changes in one frame
    /// are each saved as they were.
    Save(Arc<Transaction>, Project),
    /// Something for the window alone; the command line ignores it.
    Show(Show),
}

/// What is read of the history for a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recall {
    /// The names of the steps before this session.
    Past,
    /// These steps of before the session, the next to take back first, as transactions.
    Steps(Vec<TransactionId>),
    /// What this step took away.
    Restore(TransactionId),
}

/// What a window is to show after a command, or after something was read for it.
#[derive(Clone, Debug, PartialEq)]
pub enum Show {
    /// The project was changed by this transaction: panels look again at what it touches.
    Changed(Arc<Transaction>),
    /// These articles, which were asked for, have been read or can’t be.
    WasRead(Vec<ArticleId>),
    /// Other programs have changed the project’s files, and they were read again.
    WasChangedOutside,
    /// Bring this range of the open article, in bytes, into view.
    Reveal(ByteRange),
    /// Say what was done, in the bottom bar.
    Say(Phrase),
    /// What the user should know, in a message.
    Tell(Told),
    /// That something would be lost by a change of the codebook: nothing was done yet.
    Propose(Box<Proposal>),
    /// Ask something of the user.
    Ask(Ask),
    /// Show something else.
    View(View),
}

/// A message about what was done.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    pub what: Phrase,
    pub offer: Offer,
}

/// What can be done about a message with one click.
#[derive(Clone, Debug, PartialEq)]
pub enum Offer {
    Nothing,
    /// To take back the transaction that was shown right before.
    Undo,
    /// To be shown something.
    View(View),
}

impl From<Show> for Effect {
    fn from(show: Show) -> Self {
        Self::Show(show)
    }
}

/// What a command would do. Empty (the default) is a command that is fine and does nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// Applied as one transaction, all or none; empty makes no transaction.
    pub changes: Vec<Change>,
    /// The name of the transaction, which undo shows; always there where `changes` are not empty.
    pub label: Option<Phrase>,
    /// The pane that is worked in from then on; `None` keeps it.
    pub pane: Option<PaneId>,
    /// What is open, selected and picked in that pane from then on; `None` keeps it.
    pub focus: Option<Focus>,
    /// What the list of articles is sorted by from now on; `None` stays.
    pub order: Option<ArticleOrder>,
    /// Who marks from then on; `None` keeps them.
    pub annotator: Option<AnnotatorId>,
    /// Carried out after everything else, in order.
    pub effects: Vec<Effect>,
}

impl Plan {
    /// A plan of changes under a name.
    pub fn change(label: Phrase, changes: Vec<Change>) -> Self {
        Self { changes, label: Some(label), ..Self::default() }
    }

    /// A plan of one change; the empty plan where nothing changes by it.
    pub fn change_if(label: Phrase, change: Change) -> Self {
        if change.is_idle() { Self::default() } else { Self::change(label, vec![change]) }
    }

    /// A plan of an effect alone.
    pub fn effect(effect: impl Into<Effect>) -> Self {
        Self { effects: vec![effect.into()], ..Self::default() }
    }

    /// Asks for articles to be read and the command to be planned again.
    pub fn read_first(articles: Vec<ArticleId>) -> Self {
        Self::effect(Effect::ReadFirst(articles))
    }

    /// Whether it changes the project, now or once something has been read for it: a read-only project refuses such a
    /// plan.
    pub fn is_change(&self) -> bool {
        let is_change = |effect: &Effect| {
            matches!(effect, Effect::ReadFirst(_) | Effect::Recall(_) | Effect::Undo(_) | Effect::Redo(_))
        };
        !self.changes.is_empty() || self.effects.iter().any(is_change)
    }

    /// A plan that only moves the focus.
    pub fn look(focus: Focus) -> Self {
        Self { focus: Some(focus), ..Self::default() }
    }

    /// The same in another pane than the one that is worked in, which becomes the active one.
    #[must_use]
    pub fn in_pane(self, pane: PaneId) -> Self {
        Self { pane: Some(pane), ..self }
    }

    /// The same, with the focus moved as well.
    #[must_use]
    pub fn and_look(mut self, focus: Focus) -> Self {
        self.focus = Some(focus);
        self
    }

    /// The same, with a further effect.
    #[must_use]
    pub fn and(mut self, effect: impl Into<Effect>) -> Self {
        self.effects.push(effect.into());
        self
    }
}
