//! The list of what was done, the newest step first.

use std::sync::Arc;

use super::Filter;
use crate::model::{
    ArticleId,
    edit::{Entry, Log},
};

/// What there is to list.
pub struct HistorySource<'a> {
    /// Everybody’s steps.
    pub log: &'a Log,
    /// Steps that touch this article alone.
    pub article: Option<&'a ArticleId>,
    /// What is said of a step, to be filtered by.
    pub said: &'a dyn Fn(&Entry) -> String,
}

/// The steps that pass a filter.
#[derive(Debug, Default)]
pub struct HistoryList {
    /// The steps that pass, newest first.
    rows: Vec<Arc<Entry>>,
    /// What the rows were made for.
    followed: Option<(u64, Filter, Option<ArticleId>)>,
}

impl HistoryList {
    /// Follows the log and the filter; to be called before the rows are asked for. Gives whether anything may be
    /// another than before.
    pub fn follow(&mut self, source: &HistorySource<'_>, filter: &Filter) -> bool {
        let now = Some((source.log.stamp(), filter.clone(), source.article.cloned()));
        if self.followed == now {
            return false;
        }
        self.followed = now;
        let is_here = |entry: &Entry| source.article.is_none_or(|article| entry.articles.contains(article));
        let passes = |entry: &Entry| is_here(entry) && (filter.is_empty() || filter.passes(&(source.said)(entry)));
        self.rows = source.log.entries().iter().rev().filter(|entry| passes(entry)).cloned().collect();
        true
    }

    /// The steps that pass, newest first.
    pub fn rows(&self) -> &[Arc<Entry>] {
        &self.rows
    }
}
