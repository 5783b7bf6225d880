//! Words that were marked in one place and left unmarked in another, for a second look at the work.
//!
//! The words of all marks are looked for in one pass, however many there are.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};

use super::{Advance, ArticleHits, Hit, Marks, MarksFilter, matcher::is_whole, walk::Walk};
use crate::{
    diagnostic::Diagnostic,
    model::{AnnotationId, ArticleId, LabelId, Project},
    text::ByteRange,
};

/// Longer words than this, in bytes, are nobody's habit: they are not looked for.
const LONGEST: usize = 240;

/// Words that were marked with a label, and where they stand without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inconsistent {
    /// As they stand in the first of the marks.
    pub words: String,
    pub label: LabelId,
    /// How often they are marked with the label.
    pub marked: usize,
    /// Where they stand as whole words, in any case, and no mark of the label touches them; nor does a mark of
    /// another label cover just them.
    pub unmarked: Vec<ArticleHits>,
}

impl Inconsistent {
    pub fn unmarked_count(&self) -> usize {
        self.unmarked.iter().map(|found| found.hits.len()).sum()
    }
}

/// An audit on its way through articles, twice: for the words that are marked, then for those that are not.
#[derive(Clone, Debug)]
pub struct Audit {
    filter: MarksFilter,
    walk: Walk,
    /// By folded words and label: where they stand in `rows`.
    known: BTreeMap<(String, LabelId), usize>,
    rows: Vec<Inconsistent>,
    search: Option<Wanted>,
}

/// The words that are looked for.
#[derive(Clone, Debug)]
struct Wanted {
    automaton: AhoCorasick,
    /// The rows of each pattern: the same words may be marked with several labels.
    rows: Vec<Vec<usize>>,
}

impl Audit {
    /// Of the marks that the filter lets through.
    pub fn new(filter: MarksFilter, articles: Vec<ArticleId>) -> Self {
        let walk = Walk::new(articles);
        Self { filter, walk, known: BTreeMap::new(), rows: Vec::new(), search: None }
    }

    /// From 0 to 1.
    pub fn progress(&self) -> f32 {
        let half = self.walk.progress() / 2.0;
        if self.search.is_some() { 0.5 + half } else { half }
    }

    /// The articles that it has asked for and not yet gone through, and those that it has found something in.
    pub fn needed(&self) -> impl Iterator<Item = &ArticleId> {
        let found = self.rows.iter().flat_map(|row| &row.unmarked).map(|found| &found.article);
        found.chain(self.walk.underway())
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
                Err(Advance::Done) if self.search.is_none() => {
                    self.search = Some(Wanted::new(&self.known)?);
                    self.walk.restart();
                    return Ok(Advance::More);
                }
                Err(stands) => return Ok(stands),
            };
            left = left.saturating_sub(text.len().max(64));
            match &self.search {
                None => self.collect(project, &article),
                Some(_) => self.look_through(project, &article),
            }
            self.walk.go_on();
        }
    }

    /// What was found so far, the most often marked first.
    pub fn into_rows(self) -> Vec<Inconsistent> {
        let mut rows = self.rows;
        rows.retain(|row| !row.unmarked.is_empty());
        rows.sort_by_key(|row| std::cmp::Reverse(row.marked));
        rows
    }

    /// Takes note of articles that have been read, or can't be.
    pub fn was_read(&mut self, articles: &[ArticleId]) {
        self.walk.was_read(articles);
    }

    /// Notes the words of the article's marks. One in several fragments is a wording of its own and looks for nothing.
    fn collect(&mut self, project: &Project, article: &ArticleId) {
        let Some(text) = project.text(article) else { return };
        let layers =
            project.layers(article).filter(|(who, _)| self.filter.annotator.as_ref().is_none_or(|w| w == *who));
        let ids: Vec<_> = layers.map(|(who, _)| who.clone()).collect();
        for layer in ids.iter().filter_map(|who| project.layer(article, who)) {
            let whole = |range: ByteRange| is_whole(text, range.start(), range.end());
            for (_, mark) in layer.annotations().filter(|(_, a)| self.filter.fits(a) && a.fragments.count() == 1) {
                let range = mark.fragments.first();
                let words = range.slice(text).unwrap_or_default();
                if words.len() > LONGEST || words.contains('\n') || !whole(range) {
                    continue;
                }
                let next = self.rows.len();
                let at = *self.known.entry((folded(words), mark.label.clone())).or_insert(next);
                if at == next {
                    let (words, label) = (words.to_owned(), mark.label.clone());
                    self.rows.push(Inconsistent { words, label, marked: 0, unmarked: Vec::new() });
                }
                self.rows[at].marked += 1;
            }
        }
    }

    fn look_through(&mut self, project: &Project, article: &ArticleId) {
        let (Some(text), Some(wanted)) = (project.text(article), &self.search) else { return };
        let marks = Against::of(project, article, &self.filter);
        for found in wanted.automaton.find_overlapping_iter(&folded(text)) {
            if !is_whole(text, found.start(), found.end()) {
                continue;
            }
            let range = ByteRange::new(found.start(), found.end());
            for row in &wanted.rows[found.pattern().as_usize()] {
                let row = &mut self.rows[*row];
                if marks.over(range, &row.label).is_some() {
                    continue;
                }
                let hit = Hit { range, mark: None };
                match row.unmarked.last_mut().filter(|found| found.article == *article) {
                    Some(found) => found.hits.push(hit),
                    None => row.unmarked.push(ArticleHits { article: article.clone(), hits: vec![hit] }),
                }
            }
        }
    }
}

/// The marks that an audit holds the words of an article against: of every label, but of the annotator it is about.
struct Against<'p> {
    project: &'p Project,
    article: &'p ArticleId,
    marks: Marks,
}

impl<'p> Against<'p> {
    fn of(project: &'p Project, article: &'p ArticleId, filter: &MarksFilter) -> Self {
        let own = MarksFilter { annotator: filter.annotator.clone(), ..MarksFilter::default() };
        Self { project, article, marks: Marks::of(project, article, &own) }
    }

    /// The shortest mark of the label that touches the words, or else one of another label that covers just them.
    fn over(&self, words: ByteRange, label: &LabelId) -> Option<AnnotationId> {
        let touching = || self.marks.over(words);
        let labelled = touching().filter(|(_, id)| self.label_of(*id) == Some(label));
        let innermost = labelled.min_by_key(|(fragment, id)| (fragment.len(), *id));
        innermost.or_else(|| touching().find(|(fragment, _)| *fragment == words)).map(|(_, id)| id)
    }

    fn label_of(&self, mark: AnnotationId) -> Option<&LabelId> {
        let mut layers = self.project.layers(self.article).filter_map(|(who, _)| self.project.layer(self.article, who));
        layers.find_map(|layer| layer.annotation(mark)).map(|a| &a.label)
    }
}

impl Wanted {
    fn new(known: &BTreeMap<(String, LabelId), usize>) -> Result<Self, Diagnostic> {
        let mut patterns: Vec<&str> = Vec::new();
        let mut rows: Vec<Vec<usize>> = Vec::new();
        for ((words, _), row) in known {
            if patterns.last() != Some(&words.as_str()) {
                patterns.push(words);
                rows.push(Vec::new());
            }
            if let Some(last) = rows.last_mut() {
                last.push(*row);
            }
        }
        let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(patterns).map_err(|error| {
            Diagnostic::error("too-many-words", "There are too many different marked words to audit at once")
                .hint("Choose a story, an article or a label")
                .about(error.to_string())
        })?;
        Ok(Self { automaton, rows })
    }
}

/// Small letters for capital ones, where a letter has one that takes as many bytes: offsets stay what they were.
fn folded(text: &str) -> String {
    let fold = |c: char| {
        let mut small = c.to_lowercase();
        small.next().filter(|s| small.len() == 0 && s.len_utf8() == c.len_utf8()).unwrap_or(c)
    };
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.chars().map(fold).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_every_offset() {
        assert_eq!(folded("The ÉTÉ of İzmir, 5 \u{212a}"), "the été of İzmir, 5 \u{212a}");
        assert_eq!(folded("The ÉTÉ of İzmir").len(), "The ÉTÉ of İzmir".len());
    }
}
