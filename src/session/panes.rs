//! The panes that stand on the screen side by side, each with where one is in it.

use std::collections::BTreeMap;

use crate::{
    command::PaneId,
    model::{ArticleId, Project, edit::Focus},
};

/// The focus of a pane that has shown nothing yet.
static NOWHERE: Focus = Focus { article: None, selection: None, picked: None };

/// Where one is in each pane, and which of them is worked in.
#[derive(Debug, Default)]
pub(super) struct Panes {
    /// The panes that have shown something.
    by_id: BTreeMap<PaneId, Focus>,
    /// The one that is worked in.
    active: PaneId,
    /// Where the caret stood in articles that were left, to come back to.
    left: BTreeMap<(PaneId, ArticleId), usize>,
}

impl Panes {
    /// The pane that commands act in.
    pub fn active(&self) -> PaneId {
        self.active
    }

    /// Where one is in a pane; in one that has shown nothing yet, nowhere.
    pub fn focus(&self, pane: PaneId) -> &Focus {
        self.by_id.get(&pane).unwrap_or(&NOWHERE)
    }

    /// Works in a pane from now on, and looks there. In an article that was left the caret stands where it stood, unless
    /// it is put somewhere.
    pub fn look(&mut self, pane: PaneId, mut focus: Focus, project: &Project) {
        self.active = pane;
        let before = self.focus(pane);
        if before.article != focus.article {
            let left = before.article.clone().zip(before.selection).map(|(article, (_, head))| ((pane, article), head));
            self.left.extend(left);
            if let (None, None, Some(article)) = (focus.selection, focus.picked, &focus.article) {
                let at = self.left.get(&(pane, article.clone())).copied();
                let fits = |at: &usize| project.text(article).is_some_and(|text| text.is_char_boundary(*at));
                focus.selection = at.filter(fits).map(|at| (at, at));
            }
        }
        self.by_id.insert(pane, focus);
    }

    /// The pane in which an article is open: the active one where it is open there, or in none.
    pub fn showing(&self, article: Option<&ArticleId>) -> PaneId {
        let shows = |pane: &PaneId| article.is_some() && self.focus(*pane).article.as_ref() == article;
        let pane = if shows(&self.active) { None } else { self.by_id.keys().find(|pane| shows(pane)) };
        pane.copied().unwrap_or(self.active)
    }

    /// Leaves articles that are not in the project any more, in whichever pane.
    pub fn follow(&mut self, project: &Project) {
        for focus in self.by_id.values_mut() {
            if focus.article.as_ref().is_some_and(|id| project.article(id).is_none()) {
                *focus = Focus::default();
            }
        }
    }
}
