//! Saying of the statement in hand that it is one, in which form, or that it is none: as commands.

use super::state::Compare;
use crate::{
    command::{
        Command, RelationRef,
        statement::{NotSame, SameWords, StatementCommand, Words},
    },
    compare::{Likeness, Statement, StatementPair},
    model::ChoiceId,
    session::Session,
    ui::{panel::run, view::annotate::Annotate, wish::Wish, words::phrase},
};

impl Compare {
    /// The pairs of the statement in hand whose form is shown and corrected, by their places: of several that of the column
    /// that is worked in with the fullest wording, and in the column of this one all. A contradiction has no form.
    pub(super) fn pairs_meant(&self, session: &Session) -> Vec<usize> {
        let Some(statement) = self.in_hand() else { return Vec::new() };
        let (base, active) = (statement.fullest(), session.active_pane());
        let column = self.columns.panes().iter().position(|pane| *pane == active);
        let joins = |pair: &StatementPair| {
            column.is_some_and(|own| own != base && pair.of.contains(&own) && pair.of.contains(&base))
        };
        let all = || statement.pairs.iter().enumerate().filter(|(_, pair)| pair.likeness != Likeness::Contradicted);
        let own: Vec<usize> = all().filter(|(_, pair)| joins(pair)).map(|(at, _)| at).collect();
        if own.is_empty() { all().map(|(at, _)| at).collect() } else { own }
    }

    /// The form of the first of these pairs: the chosen one, else its own.
    pub(super) fn form_in_hand(&self, session: &Session) -> Option<Likeness> {
        let first = self.pairs_meant(session).first().copied()?;
        Some(self.form_of(first, self.in_hand()?.pairs.get(first)?))
    }

    /// The form of a pair of the statement in hand: what is accepted has its own.
    fn form_of(&self, at: usize, pair: &StatementPair) -> Likeness {
        if pair.relation.is_some() {
            return pair.likeness;
        }
        self.forms.iter().rev().find(|(own, _)| *own == at).map_or(pair.likeness, |(_, form)| *form)
    }

    /// Joins what was proposed of the statement in hand.
    pub(super) fn accept(&mut self, session: &Session, out: &mut Vec<Wish>) {
        let same: Vec<SameWords> = self.in_hand().into_iter().flat_map(|own| self.proposed(session, own)).collect();
        if !same.is_empty() {
            run(out, Command::Statement(StatementCommand::Join(same)));
        }
    }

    /// Joins all sure statements in one step.
    pub(super) fn accept_sure(&mut self, session: &Session, out: &mut Vec<Wish>) {
        let same: Vec<SameWords> = self.sure().flat_map(|statement| self.proposed(session, statement)).collect();
        if !same.is_empty() {
            run(out, Command::Statement(StatementCommand::Join(same)));
        }
    }

    /// What of a statement is not joined yet.
    fn proposed(&self, session: &Session, statement: &Statement) -> Vec<SameWords> {
        let is_in_hand = self.in_hand() == Some(statement);
        let pairs = statement.pairs.iter().enumerate().filter(|(_, pair)| pair.relation.is_none());
        let with_form = pairs.map(|(at, pair)| (pair, if is_in_hand { self.form_of(at, pair) } else { pair.likeness }));
        with_form.filter_map(|(pair, form)| self.same(session, pair, form)).collect()
    }

    fn same(&self, session: &Session, pair: &StatementPair, form: Likeness) -> Option<SameWords> {
        let why = pair.why.as_ref().map(phrase).unwrap_or_default();
        let [one, other] = self.words(session, pair)?;
        Some(SameWords { one, other, form: ChoiceId::new(form.id()).ok()?, why })
    }

    /// The words of a pair; `None` where an article is gone, or its text is another one than when it was compared.
    fn words(&self, session: &Session, pair: &StatementPair) -> Option<[Words; 2]> {
        let is_up_to_date = self.is_up_to_date(session);
        let words = |side: usize| {
            let article = self.columns.article(session, pair.of[side]).filter(|_| is_up_to_date)?;
            Some(Words::new(article.clone(), &pair.at[side]))
        };
        Some([words(0)?, words(1)?])
    }

    /// Corrects the form of the statement in hand: at once where it is accepted, else for when it is.
    pub(super) fn correct(&mut self, form: Likeness, session: &Session, out: &mut Vec<Wish>) {
        let meant = self.pairs_meant(session);
        let pairs = self.in_hand().map(|statement| statement.pairs.as_slice()).unwrap_or_default();
        let relations: Vec<RelationRef> =
            meant.iter().filter_map(|at| Some(pairs.get(*at)?.relation?.into())).collect();
        self.forms.extend(meant.into_iter().map(|at| (at, form)));
        if let (false, Ok(form)) = (relations.is_empty(), ChoiceId::new(form.id())) {
            run(out, Command::Statement(StatementCommand::Form { relations, form }));
        }
    }

    /// Says that the statement in hand is none: what was proposed is not proposed again, and what joins it is removed. Of
    /// several reports that which is worked in is taken out, or, where it has the fullest wording, all are parted. Goes
    /// on to the next statement where nothing is left of this one.
    pub(super) fn reject(&mut self, session: &Session, annotate: &mut Annotate, out: &mut Vec<Wish>) {
        let Some(statement) = self.in_hand() else { return };
        let (base, active) = (statement.fullest(), session.active_pane());
        let own = self.columns.panes().iter().position(|pane| *pane == active).filter(|own| *own != base);
        let is_meant = |pair: &&StatementPair| own.is_none_or(|own| pair.of.contains(&own));
        let same = || statement.pairs.iter().filter(|pair| pair.likeness != Likeness::Contradicted);
        // The column may not have it at all.
        let mut meant: Vec<&StatementPair> = same().filter(is_meant).collect();
        if meant.is_empty() {
            meant = same().collect();
        }
        let proposed = meant.iter().filter(|pair| pair.why.is_some());
        let pairs: Vec<NotSame> =
            proposed.filter_map(|pair| self.words(session, pair)).map(|[one, other]| NotSame { one, other }).collect();
        let relations: Vec<RelationRef> = meant.iter().filter_map(|pair| Some(pair.relation?.into())).collect();
        let is_all = meant.len() == statement.pairs.len();
        match (pairs.is_empty(), relations.is_empty()) {
            (true, true) => return,
            (true, false) => run(out, Command::Statement(StatementCommand::Part(relations))),
            (false, _) => run(out, Command::Statement(StatementCommand::Reject { pairs, relations })),
        }
        if is_all {
            self.go_on(session, annotate, out);
        }
    }
}
