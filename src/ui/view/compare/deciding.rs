//! Saying of the statement in hand that it is one, in which form, or that it is not: as commands.

use super::{
    comparison::{Likeness, Pair, Statement},
    state::Compare,
};
use crate::{
    command::{
        Command,
        statement::{SameWords, StatementCommand, Words},
    },
    model::{ArticleId, ChoiceId, RelationId},
    session::Session,
    ui::{panel::run, wish::Wish, words::phrase},
};

impl Compare {
    /// The form of the statement in hand: the chosen one, else that of its first pair that is no contradiction.
    pub(super) fn form_in_hand(&self) -> Option<Likeness> {
        let statement = self.in_hand()?;
        let own = statement.pairs.iter().map(|pair| pair.likeness).find(|form| *form != Likeness::Contradicted);
        self.form.or(own)
    }

    /// Joins what was proposed of the statement in hand.
    pub(super) fn accept(&mut self, session: &Session, out: &mut Vec<Wish>) {
        let same: Vec<SameWords> = self.in_hand().into_iter().flat_map(|own| self.proposed(session, own)).collect();
        if !same.is_empty() {
            run(out, Command::Statement(StatementCommand::Join(same)));
            self.form = None;
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
        let pairs = statement.pairs.iter().filter(|pair| pair.relation.is_none());
        pairs.filter_map(|pair| self.same(session, statement, pair)).collect()
    }

    fn same(&self, session: &Session, statement: &Statement, pair: &Pair) -> Option<SameWords> {
        let articles: Vec<&ArticleId> = self.columns.articles(session);
        let words = |side: usize| Some(Words::new((*articles.get(pair.of[side])?).clone(), &pair.at[side]));
        // A form that was chosen is that of all pairs; else each has its own.
        let form = self.form.filter(|_| self.in_hand() == Some(statement)).unwrap_or(pair.likeness);
        let why = pair.why.as_ref().map(phrase).unwrap_or_default();
        Some(SameWords { one: words(0)?, other: words(1)?, form: ChoiceId::new(form.id()).ok()?, why })
    }

    /// Corrects the form of the statement in hand: at once where it is accepted, else for when it is.
    pub(super) fn correct(&mut self, form: Likeness, out: &mut Vec<Wish>) {
        let relations = self.relations_in_hand();
        if relations.is_empty() {
            self.form = Some(form);
        } else if let Ok(form) = ChoiceId::new(form.id()) {
            run(out, Command::Statement(StatementCommand::Form { relations, form }));
        }
    }

    /// Takes back that the statement in hand is one.
    pub(super) fn part(&mut self, out: &mut Vec<Wish>) {
        let relations = self.relations_in_hand();
        if !relations.is_empty() {
            run(out, Command::Statement(StatementCommand::Part(relations)));
        }
    }

    /// The relations that say that the statement in hand is one.
    pub(super) fn relations_in_hand(&self) -> Vec<RelationId> {
        let pairs = self.in_hand().map(|statement| statement.pairs.as_slice()).unwrap_or_default();
        let same = pairs.iter().filter(|pair| pair.likeness != Likeness::Contradicted);
        same.filter_map(|pair| pair.relation).collect()
    }
}
