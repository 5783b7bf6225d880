//! What a search has found so far, as the rows of a table, in one of several orders.

use rustc_hash::FxHashMap;

use crate::{
    model::{ArticleId, LabelId, Project},
    query::search::{ArticleHits, Hit, Query, audit::Inconsistent},
    text::ByteRange,
};

/// What the hits are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HitOrder {
    /// By article as they are listed, then by place.
    #[default]
    Place,
    /// By the words before the hit, from it backwards.
    Left,
    /// By the hit and the words after it.
    Right,
    /// By outlet, then as they stand in the list.
    Outlet,
}

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConcordanceRow {
    /// Words that are marked here and not there; their hits follow.
    Group(usize),
    /// By where it stands among what was found, and there among the article's hits.
    Hit(usize, usize),
}

/// Words that are marked with a label, and how often.
#[derive(Clone, Debug)]
pub struct Group {
    /// As they stand in the first of the marks.
    pub words: String,
    /// The label that these words have somewhere.
    pub label: LabelId,
    /// How many places have it.
    pub marked: usize,
    /// How many of its hits are not marked yet.
    pub unmarked: usize,
    /// What was found of it.
    found: std::ops::Range<usize>,
}

/// What was found, and the rows that show it.
#[derive(Debug, Default)]
pub struct Results {
    /// Hits by article, in the order of the search.
    found: Vec<ArticleHits>,
    /// The rows of an audit; empty for a search.
    groups: Vec<Group>,
    /// The rows in their order.
    rows: Vec<ConcordanceRow>,
    /// Where each article stands among what was found: in a search once, in an audit once for each group.
    places: FxHashMap<ArticleId, Vec<usize>>,
    order: HitOrder,
    /// How many hits there are in all articles.
    hits: usize,
}

impl Results {
    /// The hits, those of an article together and in order of place; in an audit, one group after the other.
    pub fn found(&self) -> &[ArticleHits] {
        &self.found
    }

    /// In the order that they are shown in.
    pub fn rows(&self) -> &[ConcordanceRow] {
        &self.rows
    }

    /// The group of a [`ConcordanceRow::Group`].
    pub fn group(&self, at: usize) -> Option<&Group> {
        self.groups.get(at)
    }

    /// How many hits there are.
    pub fn hit_count(&self) -> usize {
        self.hits
    }

    /// How many articles have hits.
    pub fn article_count(&self) -> usize {
        self.places.len()
    }

    /// Has a search append what it finds, and makes rows of that. The last article that was there may get more hits.
    pub(super) fn append<T>(&mut self, search: impl FnOnce(&mut Vec<ArticleHits>) -> T) -> T {
        let known = self.found.len();
        let given = search(&mut self.found);
        self.follow(known);
        given
    }

    /// Makes rows of hits that were appended to `found`; from `known` on, whose last article may have got more of them.
    fn follow(&mut self, known: usize) {
        let first = known.saturating_sub(1);
        let there = self
            .rows
            .iter()
            .rev()
            .take_while(|row| matches!(row, ConcordanceRow::Hit(at, _) if known > 0 && *at == first));
        let mut skip = there.count();
        for (at, found) in self.found.iter().enumerate().skip(first) {
            let new = (skip..found.hits.len()).map(|hit| ConcordanceRow::Hit(at, hit));
            self.hits += new.len();
            self.rows.extend(new);
            skip = 0;
        }
        for (at, found) in self.found.iter().enumerate().skip(known) {
            self.places.entry(found.article.clone()).or_default().push(at);
        }
    }

    /// What an audit has found, the groups one after the other, in place of what was found before.
    pub(super) fn take_audit(&mut self, rows: Vec<Inconsistent>) {
        *self = Self::default();
        for inconsistent in rows {
            let first = self.found.len();
            self.rows.push(ConcordanceRow::Group(self.groups.len()));
            let unmarked = inconsistent.unmarked_count();
            for found in inconsistent.unmarked {
                let at = self.found.len();
                self.rows.extend((0..found.hits.len()).map(|hit| ConcordanceRow::Hit(at, hit)));
                self.hits += found.hits.len();
                self.places.entry(found.article.clone()).or_default().push(at);
                self.found.push(found);
            }
            let Inconsistent { words, label, marked, .. } = inconsistent;
            self.groups.push(Group { words, label, marked, unmarked, found: first..self.found.len() });
        }
    }

    /// The hit of a row, with its article; `None` for a group.
    pub fn hit(&self, row: ConcordanceRow) -> Option<(&ArticleId, Hit)> {
        let ConcordanceRow::Hit(at, hit) = row else { return None };
        let found = self.found.get(at)?;
        Some((&found.article, *found.hits.get(hit)?))
    }

    /// The places that a row stands for: one, or all of its group that are not marked.
    pub fn places(&self, row: ConcordanceRow) -> impl Iterator<Item = (&ArticleId, ByteRange)> {
        let group = if let ConcordanceRow::Group(at) = row { self.groups.get(at) } else { None };
        let of_group = group.map_or(&[][..], |group| &self.found[group.found.clone()]);
        let unmarked = of_group.iter().flat_map(|found| {
            let hits = found.hits.iter().filter(|hit| hit.mark.is_none());
            hits.map(|hit| (&found.article, hit.range))
        });
        self.hit(row).map(|(article, hit)| (article, hit.range)).into_iter().chain(unmarked)
    }

    /// The order that the rows are in.
    pub fn order(&self) -> HitOrder {
        self.order
    }

    /// Whether the hits stand in groups, which are never sorted.
    pub(super) fn is_grouped(&self) -> bool {
        !self.groups.is_empty()
    }

    /// Takes over the same rows in another order.
    pub(super) fn take_sorted(&mut self, order: HitOrder, rows: Vec<ConcordanceRow>) {
        (self.order, self.rows) = (order, rows);
    }

    /// Whether something was found in an article.
    pub(super) fn has(&self, article: &ArticleId) -> bool {
        self.places.contains_key(article)
    }

    /// Looks again at an article whose marks have changed; gives whether the rows are others than before.
    pub(super) fn look_again(&mut self, article: &ArticleId, query: &Query, project: &Project) -> Again {
        let hits = query.hits(project, article);
        match self.places.get(article).and_then(|places| self.found.get_mut(*places.first()?)) {
            Some(found) => {
                let same = found.hits.iter().map(|h| h.range).eq(hits.iter().map(|h| h.range));
                found.hits = hits;
                if same { Again::SameRows } else { Again::OtherRows }
            }
            None if hits.is_empty() => Again::SameRows,
            None => {
                self.places.insert(article.clone(), vec![self.found.len()]);
                self.found.push(ArticleHits { article: article.clone(), hits });
                Again::OtherRows
            }
        }
    }

    /// Makes the rows anew and by place, the articles as the search goes through them.
    pub(super) fn remake(&mut self, articles: &[ArticleId]) {
        let ranks: FxHashMap<&ArticleId, usize> = articles.iter().enumerate().map(|(at, id)| (id, at)).collect();
        self.found.retain(|found| !found.hits.is_empty());
        self.found.sort_by_key(|found| ranks.get(&found.article).copied());
        self.rows.clear();
        self.places.clear();
        (self.hits, self.order) = (0, HitOrder::Place);
        self.follow(0);
    }
}

/// What looking again has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Again {
    /// Other marks lie over the same hits.
    SameRows,
    /// Hits have come or gone.
    OtherRows,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_follow_what_is_found_bit_by_bit() {
        let article = |n: usize| ArticleId::new(&format!("a{n}")).unwrap();
        let hits = |n: usize| vec![Hit { range: ByteRange::new(0, 1), mark: None }; n];
        let mut results = Results::default();
        results.append(|_| ());
        assert_eq!(results.rows, []);
        results.append(|found| found.push(ArticleHits { article: article(0), hits: hits(2) }));
        results.append(|found| {
            found[0].hits = hits(3);
            found.push(ArticleHits { article: article(1), hits: hits(1) });
        });
        assert_eq!(
            results.rows,
            [
                ConcordanceRow::Hit(0, 0),
                ConcordanceRow::Hit(0, 1),
                ConcordanceRow::Hit(0, 2),
                ConcordanceRow::Hit(1, 0)
            ]
        );
        assert_eq!((results.hit_count(), results.article_count()), (4, 2));
    }
}
