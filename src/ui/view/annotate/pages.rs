//! The pages of the panes, and which of them is worked in. A pane keeps its page as long as the project is open, so that
//! each is found again where it was left.

use std::collections::BTreeMap;

use super::article_page::ArticlePage;
use crate::command::PaneId;

/// View state of the page in each pane.
#[derive(Default)]
pub struct Pages {
    by_pane: BTreeMap<PaneId, ArticlePage>,
    /// The pane that the session works in, as it was last told.
    active: PaneId,
}

impl Pages {
    /// Takes note of the pane that the session works in.
    pub fn work_in(&mut self, pane: PaneId) {
        self.active = pane;
    }

    /// The page of a pane; a fresh one where it has shown nothing yet.
    pub fn of(&mut self, pane: PaneId) -> &mut ArticlePage {
        self.by_pane.entry(pane).or_insert_with(|| ArticlePage::of(pane))
    }

    /// The page of a pane, where it has been shown.
    pub fn shown(&self, pane: PaneId) -> Option<&ArticlePage> {
        self.by_pane.get(&pane)
    }

    /// The page that is worked in, where it has been shown.
    pub fn active(&self) -> Option<&ArticlePage> {
        self.shown(self.active)
    }

    pub fn active_mut(&mut self) -> &mut ArticlePage {
        self.of(self.active)
    }
}
