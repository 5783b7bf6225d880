//! Words that were marked in one place and left unmarked in another, for a second look at the work.
//!
//! The words of all marks are looked for in one pass, however many there are. Afterwards the audit follows changed
//! marks: it looks again at their articles alone, and through all of them only for words that were never marked before.

mod against;
mod lexicon;

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use self::{
    against::Against,
    lexicon::{Automaton, Lexicon, comparable},
};
use super::{Advance, ArticleHits, Hit, MarksFilter, walk::Walk};
use crate::{
    diagnostic::Diagnostic,
    model::{ArticleId, LabelId, LayerSlot, Project},
    text::Text,
};

/// Words that were marked with a label, and where they stand without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inconsistent {
    /// As they stand in the mark that they were learnt from.
    pub words: String,
    /// The label that the words have somewhere.
    pub label: LabelId,
    /// How often they are marked with the label.
    pub marked: usize,
    /// Where they stand as whole words, as they are read (see [`as_read`](mod@crate::text::as_read)) and in any case, and
    /// no mark of the label touches them; nor does a mark of another label cover just them.
    pub unmarked: Vec<ArticleHits>,
}

impl Inconsistent {
    /// How many places lack it, in all articles.
    pub fn unmarked_count(&self) -> usize {
        self.unmarked.iter().map(|found| found.hits.len()).sum()
    }
}

/// An audit of articles. It goes through them twice: for the words that are marked, then for those that are not.
#[derive(Clone, Debug)]
pub struct Audit {
    /// Which marks count.
    filter: MarksFilter,
    /// The way through the articles.
    walk: Walk,
    /// What is being done.
    stage: Stage,
    /// The words that are marked.
    lexicon: Lexicon,
    /// What was found in each article.
    articles: FxHashMap<ArticleId, InArticle>,
}

/// What an audit goes through the articles for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// To learn which words are marked.
    Learn,
    /// To look for the words that were learnt last.
    Look,
    /// Every article has been looked at for all words.
    Done,
}

/// What an article has of the words in the lexicon.
#[derive(Clone, Debug, Default)]
struct InArticle {
    /// How often they are marked.
    marked: BTreeMap<usize, usize>,
    /// Where they are not.
    unmarked: BTreeMap<usize, Vec<Hit>>,
}

impl Audit {
    /// Of the marks that the filter lets through.
    pub fn new(filter: MarksFilter, articles: Vec<ArticleId>) -> Self {
        let (lexicon, found) = (Lexicon::default(), FxHashMap::default());
        Self { filter, walk: Walk::new(articles), stage: Stage::Learn, lexicon, articles: found }
    }

    /// From 0 to 1; learning is half of it.
    pub fn progress(&self) -> f32 {
        let half = self.walk.progress() / 2.0;
        if self.stage == Stage::Learn { half } else { 0.5 + half }
    }

    /// Whether all articles have been looked at.
    pub fn is_done(&self) -> bool {
        self.stage == Stage::Done
    }

    /// The articles that it has asked for and not yet gone through, and those that it has found something in.
    pub fn needed(&self) -> impl Iterator<Item = &ArticleId> {
        let found = self.articles.iter().filter(|(_, found)| !found.unmarked.is_empty());
        found.map(|(article, _)| article).chain(self.walk.underway())
    }

    /// How many articles could not be read.
    pub fn passed_over(&self) -> usize {
        self.walk.passed_over()
    }

    /// Goes on for about so many bytes of text (an article is finished). At most `reads` articles are asked for at a
    /// time, and passed over if they can't be read.
    ///
    /// # Errors
    /// There are too many words to look for.
    pub fn advance(&mut self, project: &Project, bytes: usize, reads: usize) -> Result<Advance, Diagnostic> {
        if let Some(wanted) = self.walk.read_ahead(project, reads) {
            return Ok(Advance::Read(wanted));
        }
        let mut left = bytes;
        loop {
            let (article, text) = match self.walk.current(project, left) {
                Ok(current) => current,
                Err(Advance::Done) if self.stage == Stage::Learn => {
                    self.look_for_news()?;
                    return Ok(Advance::More);
                }
                Err(stands) => {
                    if stands == Advance::Done {
                        self.stage = Stage::Done;
                    }
                    return Ok(stands);
                }
            };
            left = left.saturating_sub(text.len().max(64));
            if self.stage == Stage::Learn {
                let marked = self.learn(project, &article, text);
                self.articles.insert(article, InArticle { marked, ..InArticle::default() });
            } else {
                let unmarked = self.look(project, (&article, text), self.lexicon.newest());
                self.articles.entry(article).or_default().unmarked.extend(unmarked);
            }
            self.walk.go_on();
        }
    }

    /// Goes through the articles for the words that were learnt last.
    fn look_for_news(&mut self) -> Result<(), Diagnostic> {
        self.lexicon.build()?;
        self.walk.restart();
        self.stage = Stage::Look;
        Ok(())
    }

    /// Follows changed marks in articles, after the audit is done; then there may be more to do, which
    /// [`is_done`](Self::is_done) tells.
    ///
    /// # Errors
    /// There are too many words to look for.
    pub fn look_again<'a>(
        &mut self,
        project: &Project,
        changed: impl IntoIterator<Item = &'a ArticleId>,
    ) -> Result<(), Diagnostic> {
        for article in changed {
            let Some(text) = project.text(article).filter(|_| self.articles.contains_key(article)) else { continue };
            let marked = self.learn(project, article, text);
            let unmarked = self.look(project, (article, text), self.lexicon.automata());
            self.articles.insert(article.clone(), InArticle { marked, unmarked });
        }
        if self.lexicon.has_news() { self.look_for_news() } else { Ok(()) }
    }

    /// Learns the words of an article's marks; gives how often they are marked in it.
    fn learn(&mut self, project: &Project, article: &ArticleId, text: &Text) -> BTreeMap<usize, usize> {
        let mut marked = BTreeMap::new();
        for (who, slot) in project.layers(article) {
            let LayerSlot::Read(layer) = slot else { continue };
            if self.filter.annotator.as_ref().is_some_and(|wanted| wanted != who) {
                continue;
            }
            for (_, mark) in layer.annotations().filter(|(_, mark)| self.filter.fits(mark)) {
                if let Some(words) = self.lexicon.learn(text, mark) {
                    *marked.entry(words).or_insert(0) += 1;
                }
            }
        }
        marked
    }

    /// Looks for words that are not marked.
    fn look(
        &self,
        project: &Project,
        (article, text): (&ArticleId, &Text),
        automata: &[Automaton],
    ) -> BTreeMap<usize, Vec<Hit>> {
        let marks = Against::of(project, article, &self.filter);
        let mut unmarked: BTreeMap<usize, Vec<Hit>> = BTreeMap::new();
        let compared = comparable(text.as_read().as_str());
        for automaton in automata {
            automaton.find(text, &compared, |range, words| {
                let label = self.lexicon.get(words).map(|(_, label)| label);
                if label.is_some_and(|label| !marks.is_marked(range, label)) {
                    unmarked.entry(words).or_default().push(Hit { range, mark: None });
                }
            });
        }
        unmarked
    }

    /// What was found so far: the most often marked first, those that are as often in the order of the alphabet.
    pub fn rows(&self) -> Vec<Inconsistent> {
        let mut rows: Vec<(usize, Vec<ArticleHits>)> = vec![(0, Vec::new()); self.lexicon.len()];
        for (article, found) in self.walk.articles().iter().filter_map(|id| Some((id, self.articles.get(id)?))) {
            found.marked.iter().for_each(|(words, count)| rows[*words].0 += count);
            for (words, hits) in &found.unmarked {
                rows[*words].1.push(ArticleHits { article: article.clone(), hits: hits.clone() });
            }
        }
        let inconsistent = self.lexicon.iter().filter_map(|(at, words, label)| {
            let (marked, unmarked) = std::mem::take(&mut rows[at]);
            let row = Inconsistent { words: words.to_owned(), label: label.clone(), marked, unmarked };
            (row.marked > 0 && !row.unmarked.is_empty()).then_some(row)
        });
        let mut inconsistent: Vec<_> = inconsistent.collect();
        inconsistent.sort_by_key(|row| std::cmp::Reverse(row.marked));
        inconsistent
    }

    /// Takes note of articles that have been read, or can't be.
    pub fn was_read(&mut self, articles: &[ArticleId]) {
        self.walk.was_read(articles);
    }
}
