//! What the card keeps between two frames, and what it asks of the view it stands in.
//!
//! A file of its own, as the files of the card all use both.

use super::drafts::Drafts;
use crate::{
    command::relating::RelateFrom,
    model::{Item, RelationId, Target},
};

/// View state of the card. What is in it is lost without harm, but for the draft, which
/// [`InspectorPanel::end_writing`] hands out.
#[derive(Debug, Default)]
pub struct InspectorPanel {
    /// The text that is being written.
    pub(in crate::ui::panel) drafts: Drafts,
    /// The mark or the relation whose answers are given by single keys.
    pub(super) answering: Option<Item>,
    /// A field that gets the focus at the end of the next frame, once it has been drawn.
    pub(super) wanted: Option<egui::Id>,
    pub(super) defines: Definition,
}

/// Whether the card of a mark shows what its label means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Definition {
    #[default]
    Hidden,
    Shown,
}

impl Definition {
    pub(super) fn other(self) -> Self {
        match self {
            Self::Hidden => Self::Shown,
            Self::Shown => Self::Hidden,
        }
    }
}

/// What the card asks of the view it stands in, because the card can’t do it itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InspectorOutput {
    /// A role that is to be filled next: the view begins choosing on the page.
    pub relate: Option<RelateFrom>,
    /// A member of a relation to go to, in whichever article.
    pub go: Option<Target>,
    /// A relation whose card is to be shown.
    pub relation: Option<RelationId>,
    /// Only used among the files of the card.
    pub(super) whole: WholeRelation,
}

/// Whether the rows offer to show the relation as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WholeRelation {
    /// Each row has dots that lead to the relation’s own card.
    #[default]
    Offered,
    /// The card is of the relation itself, so that nothing is offered.
    Shown,
}
