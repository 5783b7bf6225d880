//! What can be undone and redone: a line of transactions with a place in it, and what was done before it began.
//!
//! It applies nothing and knows no project: the session applies a transaction or its inverse and then moves the place
//! here. Steps of before the session are recalled from the journal one by one (`store/journal`).

use std::sync::Arc;

use super::{super::TransactionId, Kind, Transaction};
use crate::{diagnostic::Diagnostic, phrase, text::Phrase};

/// What can be undone and redone, in the order in which it was done. One for each session, of the annotator who
/// works.
///
/// What was done before the session is only known by name, once that has been read; a step of it becomes a
/// transaction when it is about to be taken back.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Oldest first.
    done: Vec<Arc<Transaction>>,
    /// The next one to redo last.
    undone: Vec<Arc<Transaction>>,
    /// What was done before the session and has not been recalled yet.
    past: Past,
    reading: Reading,
    /// Whether anything new was done in the session: then nothing that was undone before it can be redone.
    is_new: bool,
}

/// Whether the steps of before the session are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Reading {
    /// They are, or there were none.
    #[default]
    Read,
    /// They have to be read from the journal first.
    Unread,
}

/// A step of before the session, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastStep {
    pub id: TransactionId,
    pub label: Phrase,
}

/// What was done before the session and can be taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// Oldest first.
    pub done: Vec<PastStep>,
    /// Taken back, the next one to redo last.
    pub undone: Vec<PastStep>,
}

/// What undo, or redo, would take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next<'a> {
    /// There is nothing.
    Nothing,
    /// It is not known yet: the steps of before the session have to be read.
    Unread,
    /// A step of before the session, which has to be made a transaction first.
    Step(&'a PastStep),
    /// A transaction that is at hand.
    Transaction(&'a Arc<Transaction>),
}

impl<'a> Next<'a> {
    /// The id of the transaction that it is, or would become.
    pub fn id(self) -> Option<TransactionId> {
        match self {
            Self::Nothing | Self::Unread => None,
            Self::Step(step) => Some(step.id),
            Self::Transaction(transaction) => Some(transaction.id),
        }
    }

    /// What it is called, for the menu.
    pub fn label(self) -> Option<&'a Phrase> {
        match self {
            Self::Nothing | Self::Unread => None,
            Self::Step(step) => Some(&step.label),
            Self::Transaction(transaction) => Some(&transaction.label),
        }
    }
}

impl Past {
    /// Plays a journal, oldest first: what is done and undone in the end. What takes back an unknown step is passed
    /// over.
    pub fn of(steps: impl IntoIterator<Item = (Kind, PastStep)>) -> Self {
        let mut past = Self::default();
        for (kind, step) in steps {
            match kind {
                Kind::Do => {
                    past.undone.clear();
                    past.done.push(step);
                }
                Kind::Undo(of) => past.undone.extend(take(&mut past.done, of)),
                Kind::Redo(of) => past.done.extend(take(&mut past.undone, of)),
            }
        }
        past
    }
}

/// Takes a step out of a list. It is the last one, unless two programs have written the journal at the same time.
fn take(from: &mut Vec<PastStep>, of: TransactionId) -> Option<PastStep> {
    from.iter().rposition(|step| step.id == of).map(|at| from.remove(at))
}

impl History {
    /// The history of somebody who may have worked before; their steps are still to be read.
    pub fn continued() -> Self {
        Self { reading: Reading::Unread, ..Self::default() }
    }

    /// Remembers a transaction that was applied; nothing that was undone can be redone any more.
    pub fn push(&mut self, transaction: Arc<Transaction>) {
        self.undone.clear();
        self.past.undone.clear();
        self.is_new = true;
        self.done.push(transaction);
    }

    /// Takes up what was done before the session, once it has been read.
    pub fn set_past(&mut self, past: Past) {
        self.reading = Reading::Read;
        self.past = past;
        if self.is_new {
            self.past.undone.clear();
        }
    }

    /// Another annotator works from now on: steps of before the session are theirs, and still to be read.
    pub fn continue_with_another(&mut self) {
        (self.past, self.reading) = (Past::default(), Reading::Unread);
    }

    pub fn is_past_read(&self) -> bool {
        self.reading == Reading::Read
    }

    /// Takes up the next step of before the session as a transaction; does nothing where it is another one.
    pub fn recall(&mut self, transaction: Arc<Transaction>) {
        let is_it = |step: &mut PastStep| step.id == transaction.id;
        if self.past.done.pop_if(is_it).is_some() {
            self.done.insert(0, transaction);
        } else if self.past.undone.pop_if(is_it).is_some() {
            self.undone.insert(0, transaction);
        }
    }

    /// What undo would take back.
    pub fn next_to_undo(&self) -> Next<'_> {
        self.next(&self.done, &self.past.done)
    }

    /// What redo would bring back.
    pub fn next_to_redo(&self) -> Next<'_> {
        match self.next(&self.undone, &self.past.undone) {
            Next::Unread if self.is_new => Next::Nothing,
            next => next,
        }
    }

    fn next<'a>(&'a self, own: &'a [Arc<Transaction>], past: &'a [PastStep]) -> Next<'a> {
        match (own.last(), past.last(), self.reading) {
            (Some(transaction), ..) => Next::Transaction(transaction),
            (None, _, Reading::Unread) => Next::Unread,
            (None, Some(step), _) => Next::Step(step),
            (None, None, _) => Next::Nothing,
        }
    }

    /// The transaction that undo would take back, where it is at hand.
    pub fn to_undo(&self) -> Option<&Arc<Transaction>> {
        self.done.last()
    }

    /// The transaction that redo would do again, where it is at hand.
    pub fn to_redo(&self) -> Option<&Arc<Transaction>> {
        self.undone.last()
    }

    /// Moves the place back by one; the caller has applied the inverse.
    pub fn step_back(&mut self) {
        self.undone.extend(self.done.pop());
    }

    /// Moves the place forward by one; the caller has applied the transaction again.
    pub fn step_forward(&mut self) {
        self.done.extend(self.undone.pop());
    }

    /// Transactions of this session and recalled ones, oldest first.
    pub fn done(&self) -> &[Arc<Transaction>] {
        &self.done
    }

    /// Undone transactions of this session and recalled ones, the next one to redo last.
    pub fn undone(&self) -> &[Arc<Transaction>] {
        &self.undone
    }

    /// What was done before the session and has not been recalled.
    pub fn past(&self) -> &Past {
        &self.past
    }
}

/// Why a step can’t be taken back any more; `why` is the refusal of its changes.
pub fn no_way_back(step: &Phrase, why: Diagnostic) -> Diagnostic {
    let (step, why) = (step.clone(), reason(why));
    Diagnostic::error("changed-since", phrase!("“{step}” can’t be undone any more: {why}", step, why))
        .hint("Nothing was changed; change it by hand")
}

/// Why a step can’t be done again; `why` is the refusal of its changes.
pub fn no_way_on(step: &Phrase, why: Diagnostic) -> Diagnostic {
    let (step, why) = (step.clone(), reason(why));
    Diagnostic::error("changed-since", phrase!("“{step}” can’t be redone any more: {why}", step, why))
        .hint("Nothing was changed; change it by hand")
}

fn reason(why: Diagnostic) -> Phrase {
    if why.code == "stale-change" { phrase!("what it is about was changed since") } else { why.message }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Uid, edit::Focus};

    fn id(n: u64) -> TransactionId {
        TransactionId(Uid::from_u64(n))
    }

    fn step(n: u64) -> PastStep {
        PastStep { id: id(n), label: Phrase::verbatim(n.to_string()) }
    }

    fn transaction(n: u64) -> Arc<Transaction> {
        Arc::new(Transaction {
            id: id(n),
            kind: Kind::Do,
            at_unix_ms: 0,
            by: None,
            label: Phrase::verbatim(n.to_string()),
            changes: Vec::new(),
            focus_before: Focus::default(),
            focus_after: Focus::default(),
        })
    }

    /// What is done and undone after steps such as `1 2 u2 r2 3`.
    fn check(steps: &str, done: &str, undone: &str) {
        let kind = |text: &str| match text.split_at(1) {
            ("u", of) => Kind::Undo(id(of.parse().unwrap())),
            ("r", of) => Kind::Redo(id(of.parse().unwrap())),
            _ => Kind::Do,
        };
        let of_kind = |text: &str| (kind(text), step(text.parse().unwrap_or(99)));
        let past = Past::of(steps.split_whitespace().map(of_kind));
        let named = |steps: &[PastStep]| steps.iter().map(|step| step.label.to_string()).collect::<Vec<_>>().join(" ");
        assert_eq!((named(&past.done).as_str(), named(&past.undone).as_str()), (done, undone), "{steps}");
    }

    #[test]
    fn a_journal_is_played_into_what_can_be_undone_and_redone() {
        check("1 2 3", "1 2 3", "");
        check("1 2 3 u3 u2", "1", "3 2");
        check("1 2 u2 u1 r1", "1", "2");
        check("1 2 u2 3", "1 3", "");
        check("1 2 u1 u7 r8", "2", "1");
    }

    #[test]
    fn what_was_done_before_comes_after_the_session_s_own() {
        let mut history = History::continued();
        history.push(transaction(10));
        assert_eq!(history.next_to_undo().id(), Some(id(10)));
        assert_eq!(history.next_to_redo(), Next::Nothing, "something new was done");
        history.step_back();
        assert_eq!(history.next_to_undo(), Next::Unread);
        history.set_past(Past { done: vec![step(1), step(2)], undone: vec![step(3)] });
        assert_eq!(history.next_to_undo(), Next::Step(&step(2)));
        history.recall(transaction(1));
        assert_eq!(history.next_to_undo(), Next::Step(&step(2)), "that was not the next one");
        history.recall(transaction(2));
        history.step_back();
        assert_eq!((history.next_to_undo().id(), history.next_to_redo().id()), (Some(id(1)), Some(id(2))));
        history.step_forward();
        history.step_forward();
        assert_eq!((history.next_to_undo().id(), history.next_to_redo()), (Some(id(10)), Next::Nothing));
    }

    #[test]
    fn what_was_undone_before_can_be_redone_as_long_as_nothing_new_is_done() {
        let past = || Past { done: vec![step(1)], undone: vec![step(3), step(2)] };
        let mut history = History::continued();
        assert_eq!(history.next_to_redo(), Next::Unread);
        history.set_past(past());
        assert_eq!(history.next_to_redo(), Next::Step(&step(2)));
        history.recall(transaction(2));
        history.step_forward();
        assert_eq!(history.next_to_redo().id(), Some(id(3)));
        history.push(transaction(10));
        assert_eq!(history.next_to_redo(), Next::Nothing);
    }
}
