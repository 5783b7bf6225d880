//! What the card keeps between two frames, and what it asks of the view it stands in.

use super::drafts::Drafts;
use crate::{
    command::relating::RelateFrom,
    model::{Item, RelationId, Target},
};

/// View state of the card.
#[derive(Debug, Default)]
pub struct InspectorPanel {
    pub(in crate::ui::panel) drafts: Drafts,
    /// The mark or the relation whose answers are given by single keys.
    pub(super) answering: Option<Item>,
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

/// What the card asks of the view it stands in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InspectorOutput {
    pub relate: Option<RelateFrom>,
    /// What fills a role, to go there.
    pub go: Option<Target>,
    /// A relation whose card is to be shown.
    pub relation: Option<RelationId>,
    pub(super) whole: WholeRelation,
}

/// Whether the rows offer to show the relation as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WholeRelation {
    #[default]
    Offered,
    /// It is shown already.
    Shown,
}
