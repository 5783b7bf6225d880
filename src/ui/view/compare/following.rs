//! How what is shown follows the project: articles that stand side by side are compared, and what was found and related
//! becomes the statements of the columns. Nothing moves on the screen when it comes in.

use super::{
    rejected::RejectedStatement,
    state::{Carried, Compare, MadeFor},
};
use crate::{
    command::PaneId,
    compare::{Comparison, Rejected, Statement, Statements, shares_half},
    model::ArticleId,
    session::Session,
    text::{ByteRange, Fragments, Text},
    ui::{
        page::{Highlight, Strength},
        wish::Wish,
    },
};

impl Compare {
    /// Takes what comparing has come to, where it is still of the articles, and of their texts, that were last asked for.
    pub fn take(&mut self, comparison: Comparison) {
        if self.asked.as_ref().is_some_and(|asked| comparison.is_of(asked)) {
            self.comparison = Some(comparison);
            self.compared += 1;
        }
    }

    /// Whether what the columns share is still being found out.
    pub(super) fn is_waiting(&self) -> bool {
        let has = |asked: &Vec<_>| self.comparison.as_ref().is_some_and(|comparison| comparison.is_of(asked));
        self.asked.as_ref().is_some_and(|asked| !has(asked))
    }

    /// Has the articles compared that are new here, and brings the statements up to date. `relations` counts changes of
    /// relations.
    pub(super) fn follow(&mut self, session: &Session, relations: u64, out: &mut Vec<Wish>) {
        self.columns.drop_empty(session);
        self.ask(session, out);
        let made_for = MadeFor {
            columns: self.columns.articles(session).into_iter().cloned().collect(),
            annotator: session.annotator().cloned(),
            relations,
            compared: self.compared,
        };
        if self.made_for.as_ref() != Some(&made_for) {
            let (columns, annotators) = (&made_for.columns, made_for.annotator.as_slice());
            let empty = Comparison::default();
            let comparison = self.comparison.as_ref().unwrap_or(&empty);
            let made = Statements::of(comparison, columns, session.project(), annotators);
            self.rejected = RejectedStatement::all(&Rejected::by(session.project(), annotators), columns);
            let in_hand = self.in_hand().and_then(|own| made.all.iter().position(|other| is_same(own, other)));
            (self.statements, self.at, self.made_for) = (made, in_hand, Some(made_for));
            self.looks_for = None;
        }
        self.follow_caret(session);
        self.point_out(session);
    }

    /// Asks for a comparison, once all articles of the columns are read and others than were compared last.
    fn ask(&mut self, session: &Session, out: &mut Vec<Wish>) {
        let columns = self.columns.articles(session);
        let with_text = |id: &&ArticleId| Some(((*id).clone(), session.project().text(id)?.clone()));
        let read: Option<Vec<(ArticleId, Text)>> = columns.iter().map(with_text).collect();
        let Some(mut now) = read else { return };
        now.sort_by(|(one, _), (other, _)| one.cmp(other));
        now.dedup();
        // What was found in a text that has been corrected since is at wrong places.
        if self.comparison.as_ref().is_some_and(|comparison| comparison.has_another_text(&now)) {
            self.comparison = None;
            self.compared += 1;
        }
        if now.len() > 1 && self.asked.as_ref() != Some(&now) {
            out.push(Wish::Compare(now.iter().map(|(id, _)| id.clone()).collect()));
            self.asked = Some(now);
        }
    }

    /// Whether the texts of the columns are those in which the statements were found.
    pub(super) fn is_up_to_date(&self, session: &Session) -> bool {
        let is_same = |(id, text): &(ArticleId, Text)| session.project().text(id) == Some(text);
        self.asked.as_ref().is_some_and(|asked| asked.iter().all(is_same))
    }

    /// The statement in hand.
    pub(super) fn in_hand(&self) -> Option<&Statement> {
        self.statements.all.get(self.at?)
    }

    /// A caret that was put into a statement takes it in hand.
    fn follow_caret(&mut self, session: &Session) {
        let pane = session.active_pane();
        let caret = session.scene().caret().map(|at| (pane, at));
        if caret == self.caret {
            return;
        }
        // What stood there before one came to the view says nothing.
        let is_first = std::mem::replace(&mut self.caret, caret).is_none();
        let Some(column) = self.columns.panes().iter().position(|own| *own == pane).filter(|_| !is_first) else {
            return;
        };
        let Some((_, at)) = caret else { return };
        let has = |statement: &Statement| statement.places[column].as_ref().is_some_and(|place| place.contains(at));
        if self.in_hand().is_some_and(has) {
            return;
        }
        if let Some(found) = self.statements.all.iter().position(has) {
            self.take_in_hand(found);
        }
    }

    /// Has a statement in hand from now on.
    pub(super) fn take_in_hand(&mut self, at: usize) {
        self.at = Some(at);
        self.forms.clear();
        self.wanted = Some(at);
    }

    /// Makes what is pointed out in each column, where it is something else than in the last frame.
    fn point_out(&mut self, session: &Session) {
        let made_for = Some((self.compared, self.at, self.shown.carried));
        if self.looks_for == made_for && self.looks.len() == self.columns.panes().len() {
            return;
        }
        self.looks_for = made_for;
        let looks = self.columns.panes().iter().enumerate().map(|(column, pane)| self.look(session, column, *pane));
        self.looks = looks.collect();
    }

    fn look(&self, session: &Session, column: usize, pane: PaneId) -> Vec<Highlight> {
        let place = |at: usize, strength: Strength| {
            let place = self.statements.all[at].places[column].as_ref();
            place
                .map(Fragments::as_slice)
                .unwrap_or_default()
                .iter()
                .map(move |range| Highlight { range: *range, strength })
        };
        let shared = (0..self.statements.shared).filter(|at| Some(*at) != self.at);
        let mut look: Vec<Highlight> = shared.flat_map(|at| place(at, Strength::Shared)).collect();
        look.extend(self.at.into_iter().flat_map(|at| place(at, Strength::InHand)));
        if self.shown.carried == Carried::Shown {
            let carried = |range: &ByteRange| Highlight { range: *range, strength: Strength::Carried };
            look.extend(self.carried(session, pane).iter().map(carried));
        }
        look.sort_by_key(|highlight| (highlight.range, highlight.strength == Strength::InHand));
        look
    }

    /// The words of a column that another one has, word for word.
    fn carried(&self, session: &Session, pane: PaneId) -> &[ByteRange] {
        let id = session.scene_of(pane).focus.article.as_ref();
        let comparison = self.comparison.as_ref();
        let at = comparison.and_then(|comparison| comparison.articles.iter().position(|own| Some(own) == id));
        comparison.zip(at).map(|(comparison, at)| comparison.carried[at].as_slice()).unwrap_or_default()
    }
}

/// Whether two statements are one, as they were made at two times: most words of a place are the same.
fn is_same(one: &Statement, other: &Statement) -> bool {
    let places = one.places.iter().zip(&other.places).filter_map(|(one, other)| one.as_ref().zip(other.as_ref()));
    let mut same = places.map(|(one, other)| shares_half(one, other)).peekable();
    same.peek().is_some() && same.all(|is_same| is_same)
}
