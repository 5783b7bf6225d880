//! Which articles stand side by side. A column is a pane of the session: it shows what is open there, so that everything
//! that is done to an open article is done in a column too.

use crate::{
    command::{Command, PaneId, Scene, article::ArticleCommand, article_order::listed_in, select::Select},
    model::{Article, ArticleId},
    session::Session,
    ui::{panel::run, wish::Wish},
};

/// So many stand side by side at most: with more of them lines become too short to be read.
pub const MOST: usize = 3;

/// The columns from left to right, each with its pane.
#[derive(Debug, Default)]
pub struct Columns {
    panes: Vec<PaneId>,
}

impl Columns {
    pub fn panes(&self) -> &[PaneId] {
        &self.panes
    }

    /// The articles in the columns, as far as there are any.
    pub fn articles<'s>(&self, session: &'s Session) -> Vec<&'s ArticleId> {
        self.panes.iter().filter_map(|pane| session.scene_of(*pane).focus.article.as_ref()).collect()
    }

    /// The article in a column; `None` where it is gone.
    pub fn article<'s>(&self, session: &'s Session, column: usize) -> Option<&'s ArticleId> {
        session.scene_of(*self.panes.get(column)?).focus.article.as_ref()
    }

    /// Shows the open article beside the others of its story: as they were left where it is among these, else the first
    /// ones of the list.
    pub fn open(&mut self, session: &Session, out: &mut Vec<Wish>) {
        let active = session.active_pane();
        let Some(open) = session.focus().article.as_ref() else {
            self.panes.clear();
            return;
        };
        let is_here = |pane: &PaneId| session.scene_of(*pane).focus.article.as_ref() == Some(open);
        if self.panes.len() > 1
            && self.panes.contains(&active)
            && self.panes.iter().filter(|pane| is_here(pane)).count() == 1
        {
            return;
        }
        let wanted = beside(session, open);
        let mut free = (0..).map(PaneId).filter(|pane| *pane != active);
        self.panes.clear();
        for article in wanted {
            if article == open {
                self.panes.push(active);
                continue;
            }
            let Some(pane) = free.next() else { continue };
            show(session, pane, article, out);
            self.panes.push(pane);
        }
        back_to(session, active, out);
    }

    /// Shows an article in a column of its own, at the right.
    pub fn add(&mut self, session: &Session, article: &ArticleId, out: &mut Vec<Wish>) {
        let free = (0..).map(PaneId).find(|pane| !self.panes.contains(pane) && *pane != session.active_pane());
        let Some(pane) = free.filter(|_| self.panes.len() < MOST) else { return };
        if self.panes.is_empty() {
            self.panes.push(session.active_pane());
        }
        show(session, pane, article, out);
        self.panes.push(pane);
        back_to(session, session.active_pane(), out);
    }

    /// Takes a column away; where it was worked in, its neighbour is.
    pub fn remove(&mut self, session: &Session, pane: PaneId, out: &mut Vec<Wish>) {
        let Some(at) = self.panes.iter().position(|own| *own == pane) else { return };
        self.panes.remove(at);
        if pane == session.active_pane()
            && let Some(next) = self.panes.get(at.min(self.panes.len().saturating_sub(1)))
        {
            run(out, Command::Select(Select::Pane(*next)));
        }
    }

    /// Moves a column by so many places, negative is to the left.
    pub fn shift(&mut self, pane: PaneId, by: isize) {
        let at = self.panes.iter().position(|own| *own == pane);
        let to = at.and_then(|at| at.checked_add_signed(by)).filter(|to| *to < self.panes.len());
        if let Some((at, to)) = at.zip(to) {
            self.panes.swap(at, to);
        }
    }

    /// Takes away columns whose article is gone.
    pub fn drop_empty(&mut self, session: &Session) {
        self.panes.retain(|pane| session.scene_of(*pane).focus.article.is_some());
    }

    /// The pane beside the one that is worked in, around at the ends.
    pub fn next(&self, session: &Session) -> Option<PaneId> {
        let at = self.panes.iter().position(|pane| *pane == session.active_pane())?;
        self.panes.get((at + 1) % self.panes.len()).copied()
    }

    /// Articles that are in no column: those of the open article's story first, as they are listed.
    pub fn others<'s>(&self, session: &'s Session) -> Vec<(&'s ArticleId, &'s Article)> {
        let shown = self.articles(session);
        let scene = session.scene();
        let story = story_of(&scene);
        let all = listed_in(scene.order, scene.project, scene.annotator);
        let others = all.into_iter().filter(|(id, _)| !shown.contains(id));
        let (own, rest): (Vec<_>, Vec<_>) = others.partition(|(_, article)| article.metadata.story == story);
        let rest = if story.is_some() { rest } else { Vec::new() };
        own.into_iter().chain(rest).map(|(id, article)| (id, article.as_ref())).collect()
    }
}

fn story_of(scene: &Scene<'_>) -> Option<crate::model::StoryId> {
    scene.project.article(scene.focus.article.as_ref()?)?.metadata.story.clone()
}

/// The articles of an article's story in the order of the list, itself among them, as many as there is room for.
pub fn beside<'s>(session: &'s Session, open: &'s ArticleId) -> Vec<&'s ArticleId> {
    let scene = session.scene();
    let Some(story) = story_of(&scene) else { return vec![open] };
    let all = listed_in(scene.order, scene.project, scene.annotator);
    let own: Vec<_> =
        all.into_iter().filter(|(_, a)| a.metadata.story.as_ref() == Some(&story)).map(|(id, _)| id).collect();
    let others = own.iter().filter(|id| **id != open).take(MOST - 1).copied().collect::<Vec<_>>();
    own.into_iter().filter(|id| *id == open || others.contains(id)).collect()
}

/// Opens an article in a pane, where it is not open there already.
fn show(session: &Session, pane: PaneId, article: &ArticleId, out: &mut Vec<Wish>) {
    if session.scene_of(pane).focus.article.as_ref() != Some(article) {
        run(out, Command::Select(Select::Pane(pane)));
        run(out, Command::Article(ArticleCommand::Open(article.clone())));
    }
}

/// Works in a pane again after others were shown something.
fn back_to(session: &Session, pane: PaneId, out: &mut Vec<Wish>) {
    if !out.is_empty() || session.active_pane() != pane {
        run(out, Command::Select(Select::Pane(pane)));
    }
}
