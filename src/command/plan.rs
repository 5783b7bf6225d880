//! What a command would do: its changes, where to look after them, and effects for whoever has a disk and a screen.

use std::sync::Arc;

use super::{
    article_order::ArticleOrder,
    codebook::Proposal,
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

/// What a command asks for besides its changes: it is carried out after them, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Read the articles’ texts and layers, which are looked at next.
    Read(Vec<ArticleId>),
    /// Begin to read the articles’ texts and layers, and go on with other things.
    ReadAhead(Vec<ArticleId>),
    /// Nothing was done yet: read these articles, then run the command again.
    ReadFirst(Vec<ArticleId>),
    /// Nothing was done yet: read this of the history, then run the command again, or do what was read for.
    Recall(Recall),
    /// Begin to read what everybody has done, to be shown.
    ReadLog,
    /// Take so many transactions back, one after the other.
    Undo(usize),
    /// Bring so many transactions back, one after the other.
    Redo(usize),
    /// Save what the transaction changed, out of the project as it was right after it.
    Save(Arc<Transaction>, Project),
    Show(Show),
}

/// What is read of the history for a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recall {
    /// What was done before the session, by name.
    Past,
    /// These steps of before the session, the next one first, so that they can be taken back or done again.
    Steps(Vec<TransactionId>),
    /// What this step took away, to bring it back.
    Restore(TransactionId),
}

/// What a window is to show of a command, or of what was read for it.
#[derive(Clone, Debug, PartialEq)]
pub enum Show {
    /// The project was changed by this.
    Changed(Arc<Transaction>),
    /// These articles, which somebody asked for, have been read or can’t be.
    WasRead(Vec<ArticleId>),
    /// Other programs have changed anything of the project, and it was read again.
    WasChangedOutside,
    /// This place of the open article.
    Reveal(ByteRange),
    /// What was done, in the status bar.
    Say(Phrase),
    /// What the user should know, in a message.
    Tell(Told),
    /// That something would be lost by a change of the codebook: nothing was done yet.
    Propose(Box<Proposal>),
    Ask(Ask),
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

/// What a command would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// Applied as one transaction, if there are any.
    pub changes: Vec<Change>,
    /// What undo will name.
    pub label: Option<Phrase>,
    /// Which pane to work in from now on; `None` stays.
    pub pane: Option<PaneId>,
    /// Where to look from now on in that pane; `None` stays.
    pub focus: Option<Focus>,
    /// What the list of articles is sorted by from now on; `None` stays.
    pub order: Option<ArticleOrder>,
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

    /// Has articles read first, then the command planned again.
    pub fn read_first(articles: Vec<ArticleId>) -> Self {
        Self::effect(Effect::ReadFirst(articles))
    }

    /// Whether the project is changed by it, now or after something has been read for it.
    pub fn is_change(&self) -> bool {
        let is_change = |effect: &Effect| {
            matches!(effect, Effect::ReadFirst(_) | Effect::Recall(_) | Effect::Undo(_) | Effect::Redo(_))
        };
        !self.changes.is_empty() || self.effects.iter().any(is_change)
    }

    pub fn look(focus: Focus) -> Self {
        Self { focus: Some(focus), ..Self::default() }
    }

    /// Looks there in another pane than the one that is worked in.
    #[must_use]
    pub fn in_pane(self, pane: PaneId) -> Self {
        Self { pane: Some(pane), ..self }
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
