//! The panes that stand on the screen side by side, each with where one is in it.

use std::collections::BTreeMap;

use crate::{
    command::PaneId,
    model::{AnnotationId, ArticleId, Project, edit::Focus},
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
    /// The marks that were picked until the caret was put elsewhere.
    let_go: BTreeMap<PaneId, AnnotationId>,
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
        let before = &self.focus(pane).clone();
        if before.article != focus.article {
            let left = before.article.clone().zip(before.selection).map(|(article, (_, head))| ((pane, article), head));
            self.left.extend(left);
            if let (None, None, Some(article)) = (focus.selection, focus.picked, &focus.article) {
                let at = self.left.get(&(pane, article.clone())).copied();
                let fits = |at: &usize| project.text(article).is_some_and(|text| text.is_char_boundary(*at));
                focus.selection = at.filter(fits).map(|at| (at, at));
            }
        }
        match let_go(before, &focus, self.let_go(pane)) {
            Some(mark) => self.let_go.insert(pane, mark),
            None => self.let_go.remove(&pane),
        };
        self.by_id.insert(pane, focus);
    }

    /// The mark of a pane that was picked until the caret was put elsewhere.
    pub fn let_go(&self, pane: PaneId) -> Option<AnnotationId> {
        self.let_go.get(&pane).copied()
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

/// The mark that a move of the caret lets go of, or that an earlier one has.
fn let_go(before: &Focus, after: &Focus, earlier: Option<AnnotationId>) -> Option<AnnotationId> {
    let is_caret = after.selection.is_some_and(|(anchor, head)| anchor == head);
    let has_moved = before.article == after.article && before.selection != after.selection;
    // Esc leaves the caret where it is.
    if after.picked.is_some() || !is_caret || !has_moved { None } else { before.picked.or(earlier) }
}
