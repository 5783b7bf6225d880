//! Which of many articles are to stand side by side, while that is chosen. It draws nothing.

use super::columns::MOST;
use crate::{model::ArticleId, ui::kit::list::Cursor};

/// So few make no comparison.
pub const FEWEST: usize = 2;

/// The articles to choose from, and those that are chosen.
#[derive(Debug)]
pub struct Choices {
    /// In the order of the list.
    pub articles: Vec<ArticleId>,
    pub chosen: Vec<ArticleId>,
    pub cursor: Cursor,
}

impl Choices {
    /// Of these articles the first ones are chosen, as many as there is room for.
    pub fn of(articles: Vec<ArticleId>) -> Self {
        let chosen = articles.iter().take(MOST).cloned().collect();
        let mut cursor = Cursor::default();
        cursor.enter(0);
        Self { articles, chosen, cursor }
    }

    /// Chooses an article, or takes it away; nothing where there is no room for another one.
    pub fn toggle(&mut self, at: usize) {
        let Some(id) = self.articles.get(at) else { return };
        match self.chosen.iter().position(|own| own == id) {
            Some(own) => _ = self.chosen.remove(own),
            None if self.chosen.len() < MOST => self.chosen.push(id.clone()),
            None => {}
        }
    }

    /// The chosen ones in the order of the list.
    pub fn chosen(&self) -> Vec<ArticleId> {
        self.articles.iter().filter(|id| self.chosen.contains(id)).cloned().collect()
    }
}
