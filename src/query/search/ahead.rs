//! What a search has asked to be read, ahead of where it is.

use rustc_hash::FxHashSet;

use crate::model::{ArticleId, Project};

/// How far ahead of a search articles are being read.
#[derive(Clone, Debug, Default)]
pub(super) struct Ahead {
    /// Articles before this one were read already or asked for.
    at: usize,
    /// Those that were asked for and not yet told of.
    awaited: FxHashSet<ArticleId>,
}

impl Ahead {
    /// The next articles to ask for, so that at most so many are awaited; none while half of those still are.
    pub fn ask(&mut self, project: &Project, articles: &[ArticleId], most: usize) -> Option<Vec<ArticleId>> {
        if self.awaited.len() > most / 2 {
            return None;
        }
        let mut wanted = Vec::new();
        while self.awaited.len() + wanted.len() < most
            && let Some(article) = articles.get(self.at)
        {
            self.at += 1;
            if project.article(article).is_some() && !project.is_read(article) {
                wanted.push(article.clone());
            }
        }
        self.awaited.extend(wanted.iter().cloned());
        (!wanted.is_empty()).then_some(wanted)
    }

    /// Whether an article is still to come: one that was removed meanwhile is not.
    pub fn awaits(&self, project: &Project, article: &ArticleId) -> bool {
        self.awaited.contains(article) && !project.is_read(article) && project.article(article).is_some()
    }

    /// Takes note of articles that have been read, or can't be.
    pub fn was_read(&mut self, articles: &[ArticleId]) {
        articles.iter().for_each(|article| {
            self.awaited.remove(article);
        });
    }
}
