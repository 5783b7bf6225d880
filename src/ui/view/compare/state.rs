//! What the view Compare remembers: its columns, what they share, and how it is shown. None of it is the project's.

use std::collections::BTreeMap;

use egui::{Id, Pos2};

use super::{
    choices::Choices,
    columns::{self, Columns},
    rejected::RejectedStatement,
    rows::Rows,
    table::Tables,
};
use crate::{
    command::{Command, PaneId, article::ArticleCommand, select::Select},
    compare::{Comparison, Likeness, Statements},
    model::{AnnotationId, AnnotatorId, ArticleId},
    session::Session,
    text::Text,
    ui::{
        kit::list::{Cursor, Offsets},
        page::Highlight,
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
    worked_in: Option<PaneId>,
    /// The articles that were last asked to be compared, each with its text then.
    pub(super) asked: Option<Vec<(ArticleId, Text)>>,
    /// What came of it.
    pub(super) comparison: Option<Comparison>,
    /// Counts comparisons.
    pub(super) compared: u64,
    /// The statements of the columns, and what they were made of.
    pub(super) statements: Statements,
    pub(super) made_for: Option<MadeFor>,
    /// What the annotator has rejected of the columns.
    pub(super) rejected: Vec<RejectedStatement>,
    /// The statement in hand, by its place among these.
    pub(super) at: Option<usize>,
    /// Its wordings, as the card shows them.
    pub(super) rows: Option<Rows>,
    /// The forms that were chosen for pairs of it in place of the proposed ones; the last of a pair holds.
    pub(super) forms: Vec<(usize, Likeness)>,
    /// Where the caret was seen last: the statement there comes in hand.
    pub(super) caret: Option<(PaneId, usize)>,
    /// What to choose the columns from, while more are picked than fit.
    pub(super) choosing: Option<Choices>,
    /// The mark that is being dragged.
    pub(super) dragged: Option<DraggedMark>,
    /// What is pointed out in each column, and what that was made of.
    pub(super) looks: Vec<Vec<Highlight>>,
    pub(super) looks_for: Option<(u64, Option<usize>, Carried)>,
    pub(super) shown: Shown,
    /// The tables that can stand in the place of the columns.
    pub(super) tables: Tables,
    /// Where each column was read in the last frame, and whether it was sent there.
    pub(super) read: BTreeMap<PaneId, (f64, Scrolled)>,
    /// The rail: the height of each statement, and where the keyboard is.
    pub(super) offsets: Offsets,
    pub(super) cursor: Cursor,
    /// The statement that is to be brought into view in the rail.
    pub(super) wanted: Option<usize>,
}

/// What statements were made of: columns, annotator, relations, and the comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct MadeFor {
    pub columns: Vec<ArticleId>,
    pub annotator: Option<AnnotatorId>,
    pub relations: u64,
    pub compared: u64,
}

/// A mark that the pointer went down on.
#[derive(Clone, Copy, Debug)]
pub struct DraggedMark {
    /// The column it stands in.
    pub pane: PaneId,
    pub id: AnnotationId,
    /// Where it went down, in points of the window.
    pub from: Pos2,
}

/// What is shown of what the columns share; each is switched by a key.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    pub together: Together,
    pub alone: Alone,
    pub carried: Carried,
}

/// Whether the columns are scrolled together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Together {
    Linked,
    Free,
}

/// Whether paragraphs that share nothing are pointed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alone {
    Shown,
    Hidden,
}

/// Whether words are grey that are the same in another column, word for word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carried {
    Shown,
    Hidden,
}

/// Who has scrolled a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scrolled {
    ByHand,
    Along,
}

impl Default for Compare {
    fn default() -> Self {
        let mut sides = Sides::default();
        // The pages need the room; it comes where one answers or writes a note.
        sides.toggle(Panel::Inspector);
        Self {
            is_shown: false,
            columns: Columns::default(),
            sides,
            worked_in: None,
            asked: None,
            comparison: None,
            compared: 0,
            statements: Statements::default(),
            made_for: None,
            rejected: Vec::new(),
            at: None,
            rows: None,
            forms: Vec::new(),
            caret: None,
            choosing: None,
            dragged: None,
            looks: Vec::new(),
            looks_for: None,
            shown: Shown { together: Together::Linked, alone: Alone::Shown, carried: Carried::Hidden },
            tables: Tables::default(),
            read: BTreeMap::new(),
            offsets: Offsets::default(),
            cursor: Cursor::default(),
            wanted: None,
        }
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

    /// Shows articles that were picked beside each other.
    pub fn open_picked(
        &mut self,
        picked: &[ArticleId],
        annotate: &mut Annotate,
        session: &Session,
        out: &mut Vec<Wish>,
    ) {
        self.columns.show_all(session, picked, out);
        self.switch(annotate);
    }

    /// Has these stand side by side when one of them is compared next.
    pub fn keep_columns(&mut self, articles: Vec<ArticleId>) {
        self.columns.keep(articles);
    }

    /// The articles to keep for the next session.
    pub fn kept_columns(&self, session: &Session) -> Vec<ArticleId> {
        self.columns.kept(session)
    }

    /// Gives the room back to the one article that is worked in.
    pub fn close(&mut self, annotate: &mut Annotate) {
        self.choosing = None;
        self.switch(annotate);
    }

    pub(super) fn switch(&mut self, annotate: &mut Annotate) {
        self.is_shown = !self.is_shown;
        self.worked_in = None;
        self.read.clear();
        std::mem::swap(&mut self.sides, &mut annotate.shown.sides);
    }

    /// The articles in the columns; where these are not shown, those that would stand there.
    pub fn articles(&self, session: &Session) -> Vec<ArticleId> {
        let open = session.focus().article.as_ref();
        let shown = match open {
            Some(open) if !self.is_shown => columns::beside(session, open),
            _ => self.columns.articles(session),
        };
        shown.into_iter().cloned().collect()
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
        // A press in another column chooses a mark there, or nothing, while one is being related.
        if self.worked_in.replace(active).is_some_and(|before| before != active) || annotate.is_relating() {
            if let Some(page) = id(active) {
                ctx.memory_mut(|m| m.request_focus(page));
            }
        } else {
            run(out, Command::Select(Select::Pane(on)));
        }
    }

    /// Goes to the column that shows an article already, where it would be opened in the one that is worked in.
    pub fn keep_to_columns(&self, session: &Session, wishes: &mut [Wish]) {
        let shows = |pane: &PaneId, id: &ArticleId| session.scene_of(*pane).focus.article.as_ref() == Some(id);
        for wish in wishes.iter_mut().filter(|_| self.is_shown) {
            let Wish::Run(Command::Article(ArticleCommand::Open(id))) = wish else { continue };
            if let Some(pane) = self.columns.panes().iter().find(|pane| shows(pane, id)) {
                *wish = Wish::Run(Command::Select(Select::Pane(*pane)));
            }
        }
    }

    /// Works in the next column, around at the end.
    pub(super) fn next_column(&self, session: &Session, out: &mut Vec<Wish>) {
        out.extend(self.columns.next(session).map(|pane| Wish::Run(Command::Select(Select::Pane(pane)))));
    }

    /// Shows another article in a column.
    pub(super) fn show_in(&self, pane: PaneId, article: &ArticleId, out: &mut Vec<Wish>) {
        run(out, Command::Select(Select::Pane(pane)));
        run(out, Command::Article(ArticleCommand::Open(article.clone())));
    }
}

impl Shown {
    pub(super) fn toggle_together(&mut self) {
        self.together = if self.together == Together::Linked { Together::Free } else { Together::Linked };
    }

    pub(super) fn toggle_alone(&mut self) {
        self.alone = if self.alone == Alone::Shown { Alone::Hidden } else { Alone::Shown };
    }

    pub(super) fn toggle_carried(&mut self) {
        self.carried = if self.carried == Carried::Shown { Carried::Hidden } else { Carried::Shown };
    }
}
