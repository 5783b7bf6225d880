//! What the views look at again when the project has changed, and what is told of it.

use super::App;
use crate::{
    command::{View, conflict},
    diagnostic::Diagnostic,
    model::edit::{Change, Transaction},
    phrase,
    session::Run,
};

impl<R: Run> App<R> {
    /// Counts what the transaction makes stale.
    pub(super) fn count(&mut self, transaction: &Transaction) {
        self.annotate.take_note(&transaction.changes);
        for change in &transaction.changes {
            match change {
                Change::Article { .. } | Change::Text { .. } | Change::Story { .. } => {
                    self.annotate.stamps.articles += 1;
                }
                Change::Annotation { before, .. } => {
                    self.annotate.stamps.marks += 1;
                    // What was just made is in no relation yet.
                    self.annotate.stamps.relations += u64::from(before.is_some());
                }
                Change::Relation { .. } | Change::Rejection { .. } => self.annotate.stamps.relations += 1,
                Change::Codebook { .. } => self.stale(),
                Change::Answers { .. } => self.annotate.stamps.answers += 1,
                Change::SetAside { .. } | Change::Annotator { .. } | Change::Name { .. } => {}
            }
        }
    }

    /// Has everything looked at again that is drawn from the project: it was changed from outside.
    pub fn stale(&mut self) {
        self.annotate.stamps.articles += 1;
        self.annotate.stamps.answers += 1;
        self.annotate.stamps.marks += 1;
        self.annotate.stamps.relations += 1;
    }

    /// Tells of what was changed on two sides, where there is more of it than when it was last looked.
    pub(super) fn tell_of_conflicts(&mut self) {
        let count = self.session().map_or(0, |session| conflict::count(&session.scene()));
        if count > std::mem::replace(&mut self.conflicts, count) {
            let told = phrase!("{n} conflict is to be decided|{n} conflicts are to be decided", n = count);
            let hint = "It was changed on two sides, and both versions are kept until you decide";
            self.messages.push_showing(Diagnostic::warning("undecided", told).hint(hint), View::Conflicts);
        }
    }
}
