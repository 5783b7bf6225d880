//! What a search has found so far, as the rows of a table, in one of several orders.

use rustc_hash::FxHashMap;

use crate::{
    command::occurrences::Occurrence,
    model::{ArticleId, LabelId, Project},
    query::search::{Found, Hit, Query, audit::Inconsistent},
    text::{ByteRange, Text},
};

use super::sorting::Sorting;

/// What the hits are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    Place,
    /// By the words before the hit, from it backwards.
    Left,
    /// By the hit and the words after it.
    Right,
    Outlet,
}

impl Order {
    pub const ALL: [Self; 4] = [Self::Place, Self::Left, Self::Right, Self::Outlet];

    pub fn text(self) -> &'static str {
        match self {
            Self::Place => "By place",
            Self::Left => "By the words before",
            Self::Right => "By the words after",
            Self::Outlet => "By outlet",
        }
    }
}

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Row {
    /// Words that are marked here and not there; their hits follow.
    Group(usize),
    /// By where it stands among what was found, and there among the article's hits.
    Hit(usize, usize),
}

/// Words that are marked with a label, and how often.
#[derive(Clone, Debug)]
pub struct Group {
    pub words: String,
    pub label: LabelId,
    pub marked: usize,
    /// How many of its hits are not marked yet.
    pub unmarked: usize,
    /// What was found of it.
    pub found: std::ops::Range<usize>,
}

#[derive(Debug, Default)]
pub struct Results {
    pub found: Vec<Found>,
    pub groups: Vec<Group>,
    pub rows: Vec<Row>,
    /// Where each article stands among what was found: in a search once, in an audit once for each group.
    places: FxHashMap<ArticleId, Vec<usize>>,
    order: Order,
    /// How many hits there are, and in how many articles.
    pub hits: usize,
    pub articles: usize,
}

impl Results {
    /// Nothing yet, in an order.
    pub fn begin(order: Order) -> Self {
        Self { order, ..Self::default() }
    }

    /// Makes rows of hits that were appended to `found`; from `known` on, whose last article may have got more of them.
    pub fn follow(&mut self, known: usize) {
        let first = known.saturating_sub(1);
        let there =
            self.rows.iter().rev().take_while(|row| matches!(row, Row::Hit(at, _) if known > 0 && *at == first));
        let mut skip = there.count();
        for (at, found) in self.found.iter().enumerate().skip(first) {
            let new = (skip..found.hits.len()).map(|hit| Row::Hit(at, hit));
            self.hits += new.len();
            self.rows.extend(new);
            skip = 0;
        }
        for (at, found) in self.found.iter().enumerate().skip(known) {
            self.places.entry(found.article.clone()).or_default().push(at);
        }
        self.articles = self.places.len();
    }

    /// What an audit has found, the groups one after the other, in place of what was found before.
    pub fn take_audit(&mut self, rows: Vec<Inconsistent>) {
        *self = Self::begin(Order::Place);
        for inconsistent in rows {
            let first = self.found.len();
            self.rows.push(Row::Group(self.groups.len()));
            let unmarked = inconsistent.unmarked_count();
            for found in inconsistent.unmarked {
                let at = self.found.len();
                self.rows.extend((0..found.hits.len()).map(|hit| Row::Hit(at, hit)));
                self.hits += found.hits.len();
                self.places.entry(found.article.clone()).or_default().push(at);
                self.found.push(found);
            }
            let Inconsistent { words, label, marked, .. } = inconsistent;
            self.groups.push(Group { words, label, marked, unmarked, found: first..self.found.len() });
        }
        self.articles = self.places.len();
    }

    pub fn hit(&self, row: Row) -> Option<(&ArticleId, Hit)> {
        let Row::Hit(at, hit) = row else { return None };
        let found = self.found.get(at)?;
        Some((&found.article, *found.hits.get(hit)?))
    }

    /// The places that a row stands for: one, or all of its group that are not marked.
    pub fn places(&self, row: Row) -> impl Iterator<Item = Occurrence> + '_ {
        let of_group = match row {
            Row::Group(group) => &self.found[self.groups[group].found.clone()],
            Row::Hit(..) => &[],
        };
        let unmarked = of_group.iter().flat_map(|found| {
            let hits = found.hits.iter().filter(|hit| hit.mark.is_none());
            hits.map(|hit| Occurrence::new(found.article.clone(), hit.range))
        });
        self.hit(row).map(|(article, hit)| Occurrence::new(article.clone(), hit.range)).into_iter().chain(unmarked)
    }

    /// The order that the rows are in.
    pub fn order(&self) -> Order {
        self.order
    }

    /// What is to be done to put the hits into an order; those of an audit stay in their groups.
    pub fn sorting(&self, order: Order) -> Option<Sorting> {
        let is_so = self.order == order || !self.groups.is_empty();
        (!is_so).then(|| Sorting::new(order))
    }

    /// Takes over the rows in their new order.
    pub fn take_sorted(&mut self, sorting: Sorting) {
        (self.order, self.rows) = (sorting.order, sorting.rows);
    }

    /// Whether something was found in an article.
    pub fn has(&self, article: &ArticleId) -> bool {
        self.places.contains_key(article)
    }

    /// Looks again at an article whose marks have changed; gives whether the rows are others than before.
    pub fn look_again(&mut self, article: &ArticleId, query: &Query, project: &Project) -> Again {
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
                self.found.push(Found { article: article.clone(), hits });
                Again::OtherRows
            }
        }
    }

    /// Makes the rows anew and by place, the articles as the search goes through them.
    pub fn remake(&mut self, articles: &[ArticleId]) {
        let ranks: FxHashMap<&ArticleId, usize> = articles.iter().enumerate().map(|(at, id)| (id, at)).collect();
        self.found.retain(|found| !found.hits.is_empty());
        self.found.sort_by_key(|found| ranks.get(&found.article).copied());
        self.rows.clear();
        self.places.clear();
        (self.hits, self.order) = (0, Order::Place);
        self.follow(0);
    }
}

/// What looking again has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    SameRows,
    OtherRows,
}

/// A hit with what stands around it in its paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context<'a> {
    pub left: &'a str,
    pub hit: &'a str,
    pub right: &'a str,
}

/// As many bytes on either side are enough for a line.
const AROUND: usize = 160;

impl<'a> Context<'a> {
    pub fn of(text: &'a Text, range: ByteRange) -> Self {
        let text = text.as_str();
        let start = text.floor_char_boundary(range.start().saturating_sub(AROUND));
        let end = text.floor_char_boundary((range.end() + AROUND).min(text.len()));
        let left = &text[start..range.start()];
        let right = &text[range.end()..end];
        Self {
            left: left.rsplit('\n').next().unwrap_or_default(),
            hit: range.slice(text).unwrap_or_default(),
            right: right.split('\n').next().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_context_ends_with_its_paragraph_and_between_letters() {
        let text = Text::from("One.\nÉté was hot.\nTwo.");
        let at = |words: &str| {
            let start = text.find(words).unwrap();
            Context::of(&text, ByteRange::new(start, start + words.len()))
        };
        assert_eq!(at("was"), Context { left: "Été ", hit: "was", right: " hot." });
        let long = Text::from("é".repeat(400) + "x" + &"é".repeat(400));
        let context = Context::of(&long, ByteRange::new(800, 801));
        assert_eq!((context.left.chars().count(), context.hit, context.right.chars().count()), (80, "x", 80));
    }

    #[test]
    fn rows_follow_what_is_found_bit_by_bit() {
        let article = |n: usize| ArticleId::new(&format!("a{n}")).unwrap();
        let hits = |n: usize| vec![Hit { range: ByteRange::new(0, 1), mark: None }; n];
        let mut results = Results::begin(Order::Place);
        results.follow(0);
        assert_eq!(results.rows, []);
        results.found.push(Found { article: article(0), hits: hits(2) });
        results.follow(0);
        results.found[0].hits = hits(3);
        results.found.push(Found { article: article(1), hits: hits(1) });
        results.follow(1);
        assert_eq!(results.rows, [Row::Hit(0, 0), Row::Hit(0, 1), Row::Hit(0, 2), Row::Hit(1, 0)]);
        assert_eq!((results.hits, results.articles), (4, 2));
    }
}
