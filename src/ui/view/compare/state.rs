//! What the view Compare remembers: its columns, and how it is shown. None of it is the project's.

use egui::Id;

use super::columns::Columns;
use crate::{
    command::{Command, PaneId, article::ArticleCommand, select::Select},
    model::ArticleId,
    session::Session,
    ui::{
        panel::run,
        view::annotate::{
            Annotate,
            sides::{Panel, Sides},
        },
        wish::Wish,
    },
};

/// View state of Compare. The pages and everything that is done to them are those of [`Annotate`].
pub struct Compare {
    is_shown: bool,
    pub(super) columns: Columns,
    /// Which panels are shown in the view that is not shown now.
    sides: Sides,
    /// The pane that was worked in when the last frame was drawn.
    pub(super) worked_in: Option<PaneId>,
}

impl Default for Compare {
    fn default() -> Self {
        let mut sides = Sides::default();
        // The pages need the room; it comes where one answers or writes a note.
        sides.toggle(Panel::Inspector);
        Self { is_shown: false, columns: Columns::default(), sides, worked_in: None }
    }
}

impl Compare {
    /// Whether it stands in the place of Annotate.
    pub fn is_shown(&self) -> bool {
        self.is_shown
    }

    /// Shows the open article beside others.
    pub fn open(&mut self, annotate: &mut Annotate, session: &Session, out: &mut Vec<Wish>) {
        self.columns.open(session, out);
        self.switch(annotate);
    }

    /// Gives the room back to the one article that is worked in.
    pub fn close(&mut self, annotate: &mut Annotate) {
        self.switch(annotate);
    }

    fn switch(&mut self, annotate: &mut Annotate) {
        self.is_shown = !self.is_shown;
        self.worked_in = None;
        std::mem::swap(&mut self.sides, &mut annotate.shown.sides);
    }

    /// Articles that have to stay in memory.
    pub fn needed<'s>(&self, session: &'s Session) -> Vec<&'s ArticleId> {
        if self.is_shown { self.columns.articles(session) } else { Vec::new() }
    }

    /// Works in the column whose page has the focus; where a command has gone to another column, the focus follows.
    pub(super) fn follow_focus(
        &mut self,
        ctx: &egui::Context,
        session: &Session,
        annotate: &Annotate,
        out: &mut Vec<Wish>,
    ) {
        let active = session.active_pane();
        let id = |pane: PaneId| -> Option<Id> { annotate.pages.shown(pane)?.id() };
        let focused = ctx.memory(egui::Memory::focused);
        let on = self.columns.panes().iter().copied().find(|pane| focused.is_some() && id(*pane) == focused);
        let Some(on) = on.filter(|on| *on != active) else {
            self.worked_in = Some(active);
            return;
        };
        if self.worked_in.replace(active).is_some_and(|before| before != active) {
            if let Some(page) = id(active) {
                ctx.memory_mut(|m| m.request_focus(page));
            }
        } else {
            run(out, Command::Select(Select::Pane(on)));
        }
    }

    /// Works in the next column, around at the end.
    pub(super) fn next_column(&self, session: &Session, out: &mut Vec<Wish>) {
        out.extend(self.columns.next(session).map(|pane| Wish::Run(Command::Select(Select::Pane(pane)))));
    }

    /// Shows another article in the column that is worked in.
    pub(super) fn show_in(&self, pane: PaneId, article: &ArticleId, out: &mut Vec<Wish>) {
        run(out, Command::Select(Select::Pane(pane)));
        run(out, Command::Article(ArticleCommand::Open(article.clone())));
    }
}
