//! How much of the articles is in memory, and what of it is let go of when it is too much: what nobody has looked at for
//! the longest time.
//!
//! Nothing that is not on the disk is let go of, and nothing that is in use.

use rustc_hash::FxHashMap;

use crate::model::{ArticleId, LayerSlot, Project};

/// Bytes of texts and layers that are kept, where nothing else is said.
const USUAL: usize = 256 << 20;

/// About what a mark takes, with its place in the indexes, in bytes.
const MARK: usize = 512;

/// What is in memory of each article, and when it was last looked at.
#[derive(Debug)]
pub(super) struct Memory {
    /// In bytes.
    limit: usize,
    held: FxHashMap<ArticleId, Held>,
    /// The bytes of all that is held.
    total: usize,
    /// Counts every use.
    clock: u64,
    /// The clock when room was last made, so that what can’t be made is not tried for ever.
    tried: Option<u64>,
}

/// One article that is in memory.
#[derive(Debug)]
struct Held {
    /// An estimate of what its text and layers take.
    bytes: usize,
    /// The clock when it was last used.
    used: u64,
}

impl Default for Memory {
    fn default() -> Self {
        Self { limit: USUAL, held: FxHashMap::default(), total: 0, clock: 0, tried: None }
    }
}

impl Memory {
    /// From now on; what is too much is let go of when room is made next.
    pub fn keep_at_most(&mut self, bytes: usize) {
        (self.limit, self.tried) = (bytes, None);
    }

    /// Takes note of an article that is read, written or looked at, as it is now.
    pub fn note(&mut self, project: &Project, article: &ArticleId) {
        let bytes = bytes_of(project, article);
        self.clock += 1;
        let before = match bytes {
            0 => self.held.remove(article),
            _ => self.held.insert(article.clone(), Held { bytes, used: self.clock }),
        };
        self.total = self.total + bytes - before.map_or(0, |held| held.bytes);
    }

    /// Whether there is too much, and something has happened since room was last made.
    pub fn is_full(&self) -> bool {
        self.total > self.limit && self.tried != Some(self.clock)
    }

    /// The articles to let go of, the longest unused first, until there is room for some more.
    pub fn choose_released(&mut self, is_needed: impl Fn(&ArticleId) -> bool) -> Vec<ArticleId> {
        self.tried = Some(self.clock);
        let mut free: Vec<(&ArticleId, &Held)> = self.held.iter().filter(|(article, _)| !is_needed(article)).collect();
        free.sort_unstable_by_key(|(_, held)| held.used);
        let mut left = self.total;
        let enough = self.limit / 4 * 3;
        let goes = free.into_iter().take_while(|(_, held)| {
            let goes = left > enough;
            left = left.saturating_sub(held.bytes);
            goes
        });
        goes.map(|(article, _)| article.clone()).collect()
    }

    /// Takes note of articles that were let go of.
    pub fn released(&mut self, articles: &[ArticleId]) {
        for held in articles.iter().filter_map(|article| self.held.remove(article)) {
            self.total -= held.bytes;
        }
    }
}

/// About what an article’s text and layers take; 0 where neither is in memory.
fn bytes_of(project: &Project, article: &ArticleId) -> usize {
    let marks = project.layers(article).map(|(_, slot)| match slot {
        LayerSlot::Read(layer) => MARK * (1 + layer.annotation_count() + layer.relations().count()),
        LayerSlot::Unread(_) => 0,
    });
    project.text(article).map_or(0, |text| text.len()) + marks.sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{Article, Codebook, Metadata},
        text::Text,
    };

    /// A project with articles of a hundred bytes each, and all of them noted in order.
    fn noted(count: usize) -> (Project, Vec<ArticleId>, Memory) {
        let mut project = Project::new("", Codebook::empty(""));
        let ids: Vec<ArticleId> = (0..count).map(|n| format!("article-{n}").parse().unwrap()).collect();
        let mut memory = Memory::default();
        for id in &ids {
            let article = Article { metadata: Metadata::default(), loaded: Vec::new(), fingerprint: 0, words: 1 };
            project.load_articles([(id.clone(), article)]);
            project.load_text(id, Text::new("a".repeat(100)));
            memory.note(&project, id);
        }
        (project, ids, memory)
    }

    #[test]
    fn what_was_used_longest_ago_goes_first_until_there_is_room() {
        let (project, ids, mut memory) = noted(10);
        assert!(!memory.is_full());
        memory.keep_at_most(800);
        memory.note(&project, &ids[0]);
        assert!(memory.is_full());
        let goes = memory.choose_released(|id| *id == ids[2]);
        assert_eq!(goes, [&ids[1], &ids[3], &ids[4], &ids[5]].map(Clone::clone));
        memory.released(&goes);
        assert!(!memory.is_full());
    }

    #[test]
    fn room_that_can_not_be_made_is_tried_for_again_only_when_something_has_happened() {
        let (mut project, ids, mut memory) = noted(3);
        memory.keep_at_most(0);
        assert_eq!(memory.choose_released(|_| true), []);
        assert!(!memory.is_full());
        memory.note(&project, &ids[0]);
        assert!(memory.is_full());
        project.release(&ids[0]);
        memory.note(&project, &ids[0]);
        assert_eq!(memory.choose_released(|_| false), ids[1..]);
    }
}
