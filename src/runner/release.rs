//! Articles that nobody needs are let go of when there are too many in memory. What is not saved, shown, or searched
//! is the only candidate; its summaries stay in memory, so that lists show the same as before.

use std::collections::BTreeSet;

use super::Runner;
use crate::model::{
    ArticleId,
    edit::{Change, Home, Transaction},
};

impl Runner {
    /// Says how many bytes of texts and layers are kept in memory, about; more is let go of when it is not needed.
    pub fn keep_at_most(&mut self, bytes: usize) {
        self.memory.keep_at_most(bytes);
    }

    /// Whether more is in memory than is to be kept, and it may be that [some of it](Runner::make_room) can go.
    pub fn is_full(&self) -> bool {
        self.memory.is_full() && self.saver.have_files_followed()
    }

    /// Lets go of articles that nobody has used for long, but of none of these that views need.
    ///
    /// Nor of the open article and of those that its relations lead to, of what a command waits for, and of anything as
    /// long as not all is saved. A command that needs what is gone has it read again, undo and redo too.
    pub fn make_room(&mut self, needed: &BTreeSet<ArticleId>) {
        if !self.is_full() {
            return;
        }
        let linked = self.linked();
        let is_waited_for = |article: &ArticleId| self.waiting.iter().any(|waiting| waiting.read.contains(article));
        let is_needed =
            |article: &ArticleId| needed.contains(article) || linked.contains(article) || is_waited_for(article);
        let goes = self.memory.choose_released(is_needed);
        self.session.load(|project| goes.iter().for_each(|article| project.release(article)));
        self.folder.forget(&goes);
        self.memory.released(&goes);
    }

    /// The open article, and those that relations lead to from there.
    fn linked(&self) -> BTreeSet<ArticleId> {
        let Some(open) = &self.session.focus().article else { return BTreeSet::new() };
        let relations = self.session.project().all_links().flat_map(|(_, links)| links.reaching(open));
        let members = relations.flat_map(|(_, relation)| relation.members.iter().map(|m| m.target.article.clone()));
        members.chain([open.clone()]).collect()
    }

    /// Takes note of how much the articles are now that a transaction has changed.
    pub(super) fn note_changed(&mut self, transaction: &Transaction) {
        let changed: BTreeSet<&ArticleId> = transaction.changes.iter().filter_map(article_of).collect();
        changed.into_iter().for_each(|article| self.memory.note(self.session.project(), article));
    }
}

/// The article whose text or layers a change is of.
fn article_of(change: &Change) -> Option<&ArticleId> {
    match change {
        Change::Annotation { article, .. }
        | Change::Answers { article, .. }
        | Change::Relation { home: Home::Article(article), .. }
        | Change::SetAside { home: Home::Article(article), .. }
        | Change::Article { id: article, .. }
        | Change::Text { id: article, .. } => Some(article),
        _ => None,
    }
}
