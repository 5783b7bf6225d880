//! A walk through articles, one after the other, that has them read ahead of where it is.

use rustc_hash::FxHashSet;

use crate::{
    model::{ArticleId, Project},
    text::Text,
};

/// How work that is done bit by bit stands after a bit of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Advance {
    /// There is more to do: go on.
    More,
    /// These articles come soon and are to be read; the work can go on meanwhile.
    Read(Vec<ArticleId>),
    /// The article that comes next was asked for and is not there yet.
    Wait,
    /// The walk has come to its end.
    Done,
}

/// Where a search has come to among its articles, and what it has asked to be read.
#[derive(Clone, Debug, Default)]
pub(super) struct Walk {
    /// All articles, in order.
    articles: Vec<ArticleId>,
    /// How many are done with: the place of the current one.
    at: usize,
    /// Articles before this one were read already or asked for.
    asked: usize,
    /// Those that were asked for and not yet told of.
    awaited: FxHashSet<ArticleId>,
    /// Articles that can’t be read.
    passed_over: FxHashSet<ArticleId>,
}

impl Walk {
    /// A walk that has not begun.
    pub fn new(articles: Vec<ArticleId>) -> Self {
        Self { articles, ..Self::default() }
    }

    /// In the order of the walk.
    pub fn articles(&self) -> &[ArticleId] {
        &self.articles
    }

    /// Begins again with the first article. What has been let go of since is asked for again, but not what could not be
    /// read the first time. Have it [read ahead](Self::read_ahead) before the first [`current`](Self::current).
    pub fn restart(&mut self) {
        (self.at, self.asked) = (0, 0);
    }

    /// The articles that were read already or asked for, and not yet worked on: they are not to be let go of.
    pub fn underway(&self) -> &[ArticleId] {
        self.articles.get(self.at..self.asked).unwrap_or_default()
    }

    /// From 0 to 1, by articles.
    pub fn progress(&self) -> f32 {
        if self.articles.is_empty() { 1.0 } else { self.at as f32 / self.articles.len() as f32 }
    }

    /// How many articles could not be read.
    pub fn passed_over(&self) -> usize {
        self.passed_over.len()
    }

    /// The next articles to ask for, so that at most `most` are awaited; none while half of those still are.
    pub fn read_ahead(&mut self, project: &Project, most: usize) -> Option<Vec<ArticleId>> {
        if self.awaited.len() > most / 2 {
            return None;
        }
        let mut wanted = Vec::new();
        while self.awaited.len() + wanted.len() < most
            && let Some(article) = self.articles.get(self.asked)
        {
            self.asked += 1;
            let can_be_read = project.article(article).is_some() && !self.passed_over.contains(article);
            if can_be_read && !project.is_read(article) {
                wanted.push(article.clone());
            }
        }
        self.awaited.extend(wanted.iter().cloned());
        (!wanted.is_empty()).then_some(wanted)
    }

    /// The article to work on now and its text; those that can't be read are passed over.
    ///
    /// # Errors
    /// There is nothing to work on: [`Advance::Wait`] for an article that is still to come, [`Advance::More`] where
    /// `left`, the bytes that may still be worked on, is 0, [`Advance::Done`] after the last one.
    pub fn current<'p>(&mut self, project: &'p Project, left: usize) -> Result<(ArticleId, &'p Text), Advance> {
        while let Some(article) = self.articles.get(self.at) {
            // One that was removed meanwhile is not waited for.
            let is_to_come = !project.is_read(article) && project.article(article).is_some();
            if is_to_come && self.awaited.contains(article) {
                return Err(Advance::Wait);
            }
            if left == 0 {
                return Err(Advance::More);
            }
            if let Some(text) = project.text(article) {
                return Ok((article.clone(), text));
            }
            self.passed_over.insert(article.clone());
            self.at += 1;
        }
        Err(Advance::Done)
    }

    /// Goes on to the next article.
    pub fn go_on(&mut self) {
        self.at += 1;
    }

    /// Takes note of articles that have been read, or can't be.
    pub fn was_read(&mut self, articles: &[ArticleId]) {
        articles.iter().for_each(|article| {
            self.awaited.remove(article);
        });
    }
}
