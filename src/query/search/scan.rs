//! A search over articles that goes on where it stopped, so that a long one can be spread over many frames.

use super::{
    Marked, Marks, MarksFilter, Matcher,
    matcher::whole_paragraphs,
    walk::{Advance, Walk},
};
use crate::{
    model::{AnnotationId, ArticleId, Project},
    text::{ByteRange, Text},
};

/// What is searched for, and which hits are wanted.
#[derive(Clone, Debug)]
pub struct Query {
    /// Without it every mark that counts is a hit with its own words.
    pub matcher: Option<Matcher>,
    /// Which marks count.
    pub filter: MarksFilter,
    /// Whether a hit has to lie under one.
    pub marked: Marked,
}

impl Query {
    /// Whether a hit is wanted, by the innermost mark over it that counts.
    fn wants(&self, mark: Option<AnnotationId>) -> bool {
        match self.marked {
            Marked::Either => mark.is_some() || !self.filter.is_narrow(),
            Marked::Yes => mark.is_some(),
            Marked::No => mark.is_none(),
        }
    }

    /// Appends the wanted hits that begin in a part of an article; gives where to go on from, as
    /// [`Matcher::search`] does.
    fn search(&self, text: &Text, marks: &Marks, (from, bytes): (usize, usize), out: &mut Vec<Hit>) -> usize {
        let Some(matcher) = &self.matcher else {
            let part = whole_paragraphs(text, from, bytes);
            let inside = marks.fragments().iter().filter(|(range, _)| part.contains(range.start()));
            out.extend(inside.map(|(range, id)| Hit { range: *range, mark: Some(*id) }));
            return part.end();
        };
        let mut hits = Vec::new();
        let next = matcher.search(text, from, bytes, &mut hits);
        let hits = hits.into_iter().map(|range| Hit { range, mark: marks.innermost_over(range) });
        out.extend(hits.filter(|hit| self.wants(hit.mark)));
        next
    }

    /// All wanted hits in an article that was read, in order.
    pub fn hits(&self, project: &Project, article: &ArticleId) -> Vec<Hit> {
        let mut found = Vec::new();
        if let Some(text) = project.text(article) {
            let marks = Marks::of(project, article, &self.filter);
            self.search(text, &marks, (0, text.len()), &mut found);
        }
        found
    }
}

/// Words that were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The words, in bytes of the article’s text.
    pub range: ByteRange,
    /// The innermost of the marks over it that count.
    pub mark: Option<AnnotationId>,
}

/// The hits in one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleHits {
    /// The article.
    pub article: ArticleId,
    /// In order of place; never none.
    pub hits: Vec<Hit>,
}

/// A search on its way through articles.
#[derive(Clone, Debug)]
pub struct Scan {
    /// What is looked for.
    query: Query,
    walk: Walk,
    /// The byte of the current article's text that it has come to.
    offset: usize,
    /// The marks of the article that is being searched.
    marks: Marks,
}

impl Scan {
    /// A search through these articles, in their order.
    pub fn new(query: Query, articles: Vec<ArticleId>) -> Self {
        Self { query, walk: Walk::new(articles), offset: 0, marks: Marks::default() }
    }

    /// What is looked for.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// From 0 to 1, by articles.
    pub fn progress(&self) -> f32 {
        self.walk.progress()
    }

    /// The articles that it has asked for and not yet gone through.
    pub fn needed(&self) -> impl Iterator<Item = &ArticleId> {
        self.walk.underway().iter()
    }

    /// How many articles could not be read.
    pub fn passed_over(&self) -> usize {
        self.walk.passed_over()
    }

    /// Searches on for about so many bytes of text (the paragraph it comes to is finished), and appends what it
    /// found. At most `reads` articles are asked for at a time, and passed over if they can't be read.
    pub fn advance(&mut self, project: &Project, bytes: usize, reads: usize, found: &mut Vec<ArticleHits>) -> Advance {
        if let Some(wanted) = self.walk.read_ahead(project, reads) {
            return Advance::Read(wanted);
        }
        let mut left = bytes;
        loop {
            let (article, text) = match self.walk.current(project, left) {
                Ok(current) => current,
                Err(stands) => return stands,
            };
            if self.offset == 0 {
                self.marks = Marks::of(project, &article, &self.query.filter);
            }
            let from = self.offset.min(text.len());
            let mut hits = Vec::new();
            let next = self.query.search(text, &self.marks, (from, left), &mut hits);
            keep(found, article, from, hits);
            // An empty text costs something too.
            left = left.saturating_sub((next - from).max(64));
            self.offset = next;
            if self.offset >= text.len() {
                self.offset = 0;
                self.walk.go_on();
            }
        }
    }

    /// Takes note of articles that have been read, or can't be.
    pub fn was_read(&mut self, articles: &[ArticleId]) {
        self.walk.was_read(articles);
    }
}

/// Hits of a text that is searched in parts come together again.
fn keep(found: &mut Vec<ArticleHits>, article: ArticleId, offset: usize, hits: Vec<Hit>) {
    if hits.is_empty() {
        return;
    }
    match found.last_mut() {
        Some(last) if offset > 0 && last.article == article => last.hits.extend(hits),
        _ => found.push(ArticleHits { article, hits }),
    }
}
