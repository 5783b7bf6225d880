//! What the window tells of a step: what it took away, what it added, what it joined, each with the way back.

use super::App;
use crate::{
    command::{Command, Offer, Show, Told, article::ArticleCommand},
    diagnostic::Diagnostic,
    model::{
        ArticleId,
        edit::{Change, Home, Transaction},
        unanswered,
    },
    phrase,
    session::Run,
    ui::{
        context::SaveState,
        panel::{messages::Stay, related},
    },
};

impl<R: Run> App<R> {
    /// Shows a message about what was just done.
    pub(super) fn tell(&mut self, Told { what, offer }: Told) {
        let told = Diagnostic::note("told", what);
        match (offer, self.changed) {
            (Offer::Undo, Some(step)) => self.messages.push_undo(told, step),
            (Offer::View(view), _) => self.messages.push_offer(told, view),
            (Offer::Undo, None) | (Offer::Nothing, _) => self.messages.push(told, Stay::Moment),
        }
    }

    /// Takes over how the saving stands, and why the last try has failed. Once it works again, the message of why it did
    /// not goes, and a remark says so. Gives whether anything is to be drawn anew.
    pub fn set_saving(&mut self, save: SaveState, trouble: Option<Diagnostic>) -> bool {
        let is_new = std::mem::replace(&mut self.save, save) != save;
        if self.trouble == trouble {
            return is_new;
        }
        let is_well = trouble.is_none();
        if let Some(over) = std::mem::replace(&mut self.trouble, trouble) {
            self.messages.withdraw(&over);
            if is_well {
                self.show_message(Diagnostic::note("saved-again", "Saved again, with everything since"));
            }
        }
        true
    }

    /// Opens the first of these articles; nothing without any.
    pub fn open_first(&mut self, added: &[ArticleId]) {
        added.first().into_iter().for_each(|first| self.run(&Command::Article(ArticleCommand::Open(first.clone()))));
    }

    /// Opens the first of the articles that were added, and says what was.
    pub fn show_added(&mut self, added: &[ArticleId]) {
        let step = self.changed;
        let Some((session, first)) = self.session().zip(added.first().cloned()) else { return };
        let title = session.project().article(&first).map(|a| a.metadata.title.clone()).unwrap_or_default();
        let told = match added.len() {
            1 => phrase!("Added “{title}”", title),
            n => phrase!("{n} articles added", n),
        };
        self.run(&Command::Article(ArticleCommand::Open(first)));
        let told = Diagnostic::note("articles-added", told);
        match step {
            Some(step) => self.messages.push_undo(told, step),
            None => self.messages.push(told, Stay::Moment),
        }
    }

    /// A relation that was made across articles is said and shown, for one sees but one end of it; so is one that asks for
    /// an answer.
    pub(super) fn confirm_relation(&mut self, transaction: &Transaction) {
        let made = transaction.changes.iter().find_map(|change| match change {
            Change::Relation { home, id, before: None, after: Some(relation), .. } => Some((home, *id, relation)),
            _ => None,
        });
        let Some(((home, id, relation), ctx)) = made.zip(self.ctx()) else { return };
        let kind = ctx.codebook().relation(&relation.kind);
        let asks = kind.is_some_and(|kind| unanswered(&kind.attributes, &relation.attributes).next().is_some());
        // What joins the columns is seen between them.
        let said = (*home == Home::Links && !self.compare.is_shown())
            .then(|| phrase!("Related: {what}", what = related::line(&ctx, relation)));
        if asks || said.is_some() {
            self.annotate.note_made(id);
        }
        if let Some(said) = said {
            self.messages.push_remark(Diagnostic::note("related", said), transaction.id);
        }
    }

    /// The articles that a command has added.
    pub(super) fn added(command: &Command, shown: &[Show]) -> Option<Vec<ArticleId>> {
        let is_adding = matches!(command, Command::Article(ArticleCommand::Add(_) | ArticleCommand::AddAll(_)));
        let changes = shown.iter().find_map(|show| match show {
            Show::Changed(transaction) => Some(&transaction.changes),
            _ => None,
        });
        let added = changes.filter(|_| is_adding)?.iter().filter_map(|change| match change {
            Change::Article { id, before: None, .. } => Some(id.clone()),
            _ => None,
        });
        Some(added.collect())
    }
}
