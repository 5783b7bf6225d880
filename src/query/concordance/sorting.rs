//! Hits on their way into an order, so many of them at a time: a window that sorts hundreds of thousands goes on
//! answering.

use std::{collections::BTreeSet, iter};

use icu_normalizer::DecomposingNormalizerBorrowed;
use unicode_segmentation::UnicodeSegmentation;

use super::{ConcordanceRow, HitOrder, KeywordInContext, Results};
use crate::{model::Project, query::search::Advance, text::as_read::is_accent};

/// Characters of the words around a hit that tell it from others; hits that are the same so far stay by place.
const KEY: usize = 48;

/// The rows of a concordance on their way into an order.
#[derive(Debug)]
pub struct Sorting {
    /// The order they are brought into.
    order: HitOrder,
    /// The hit that comes next, by where it stands among what was found.
    next: ConcordanceRow,
    /// How many rows there are, to tell the progress by.
    total: usize,
    /// Rows with the words they are sorted by, in order.
    waiting: BTreeSet<(String, ConcordanceRow)>,
    /// Those that are in their place.
    rows: Vec<ConcordanceRow>,
}

impl Sorting {
    /// Begins with the first hit.
    pub fn new(order: HitOrder) -> Self {
        Self { order, next: ConcordanceRow::Hit(0, 0), total: 1, waiting: BTreeSet::new(), rows: Vec::new() }
    }

    /// From 0 to 1.
    pub fn progress(&self) -> f32 {
        (self.waiting.len() + 2 * self.rows.len()) as f32 / (2 * self.total) as f32
    }

    /// The order, and the rows in it; to be taken when it is done.
    pub fn into_sorted(self) -> (HitOrder, Vec<ConcordanceRow>) {
        (self.order, self.rows)
    }

    /// Goes on for at most so many hits: each counts when it is looked at, and when it is put in its place.
    pub fn advance(&mut self, results: &Results, project: &Project, mut hits: usize) -> Advance {
        self.total = results.hit_count().max(1);
        while hits > 0 {
            let ConcordanceRow::Hit(at, hit) = self.next else { break };
            let Some(found) = results.found().get(at) else { break };
            if hit >= found.hits.len() {
                self.next = ConcordanceRow::Hit(at + 1, 0);
                continue;
            }
            self.waiting.insert((self.key(results, project), self.next));
            self.next = ConcordanceRow::Hit(at, hit + 1);
            hits -= 1;
        }
        let next = iter::from_fn(|| self.waiting.pop_first()).take(hits);
        self.rows.extend(next.map(|(_, row)| row));
        if hits > 0 && self.waiting.is_empty() { Advance::Done } else { Advance::More }
    }

    /// What the next hit is sorted by.
    fn key(&self, results: &Results, project: &Project) -> String {
        let Some((article, hit)) = results.hit(self.next) else { return String::new() };
        let context = || project.text(article).map(|text| KeywordInContext::of(text, hit.range));
        match self.order {
            HitOrder::Place => None,
            HitOrder::Left => context().map(|c| key_of(c.left.unicode_words().rev())),
            HitOrder::Right => context().map(|c| key_of(iter::once(&*c.hit).chain(c.right.unicode_words()))),
            HitOrder::Outlet => project.article(article).map(|article| key_of([article.metadata.outlet.as_str()])),
        }
        .unwrap_or_default()
    }
}

/// What parts of a text are compared by, one after the other: the letters without their case and accents, and between
/// two parts a sign that comes before every letter.
fn key_of<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let letters = |part: &'a str| DecomposingNormalizerBorrowed::new_nfd().normalize_iter(part.chars());
    let folded = |part| letters(part).filter(|c| !is_accent(*c)).flat_map(char::to_lowercase).chain(['\0']);
    parts.into_iter().flat_map(folded).take(KEY).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{Article, ArticleId, Codebook, Metadata},
        query::search::{ArticleHits, Hit},
        text::{ByteRange, Text},
    };

    /// Every “vote” in some articles, each an outlet and a text, sorted by at most so many in a step; and how many
    /// steps that took.
    fn sorted(texts: &[(&str, &str)], order: HitOrder, hits: usize) -> (Vec<ConcordanceRow>, usize) {
        let mut project = Project::new("P".to_owned(), Codebook::empty("Test"));
        let mut results = Results::default();
        for (at, (outlet, text)) in texts.iter().enumerate() {
            let article = ArticleId::new(&format!("a{at}")).unwrap();
            let metadata = Metadata { outlet: (*outlet).to_owned(), ..Metadata::default() };
            let row = Article { metadata, loaded: Vec::new(), fingerprint: 0, words: 3 };
            project.load_articles([(article.clone(), row)]);
            project.load_text(&article, Text::from(*text));
            let folded = text.to_lowercase();
            let places = folded.match_indices("vote").map(|(start, words)| ByteRange::new(start, start + words.len()));
            let hits = places.map(|range| Hit { range, mark: None }).collect();
            results.append(|found| found.push(ArticleHits { article, hits }));
        }
        let (mut sorting, mut steps) = (Sorting::new(order), 1);
        while sorting.advance(&results, &project, hits) == Advance::More {
            assert!((0.0..=1.0).contains(&sorting.progress()));
            steps += 1;
        }
        (sorting.rows, steps)
    }

    #[test]
    fn hits_come_into_their_order_in_steps_as_at_once() {
        let texts = [("Post", "one vote Zoo, two Vote abc, one vote abc"), ("Courier", "vote, a vote")];
        let row = ConcordanceRow::Hit;
        let expected = [
            (HitOrder::Place, [row(0, 0), row(0, 1), row(0, 2), row(1, 0), row(1, 1)]),
            (HitOrder::Left, [row(1, 0), row(1, 1), row(0, 0), row(0, 2), row(0, 1)]),
            (HitOrder::Right, [row(1, 1), row(1, 0), row(0, 2), row(0, 1), row(0, 0)]),
            (HitOrder::Outlet, [row(1, 0), row(1, 1), row(0, 0), row(0, 1), row(0, 2)]),
        ];
        for (order, rows) in expected {
            for hits in [1, 2, 3, 100] {
                assert_eq!(sorted(&texts, order, hits).0, rows, "{order:?} by {hits}");
            }
            assert_eq!(sorted(&texts, order, 100).1, 1, "few hits are sorted at once");
            assert!(sorted(&texts, order, 1).1 >= 10, "each hit is looked at and put in its place");
        }
    }

    #[test]
    fn words_are_compared_one_by_one_from_the_hit_on_each_as_it_is_read() {
        let check = |order, expected: &[&str]| {
            let mut texts: Vec<_> = expected.iter().map(|text| ("", *text)).collect();
            texts.reverse();
            let row = |row: ConcordanceRow| {
                if let ConcordanceRow::Hit(at, 0) = row { texts[at].1 } else { panic!("one hit in a text") }
            };
            let sorted: Vec<&str> = sorted(&texts, order, 100).0.into_iter().map(row).collect();
            assert_eq!(sorted, expected, "{order:?}");
        };
        let before = &["vote", "by Axe, a “vote", "in a vote", "To a vote", "An axe vote", "the Zeta vote"];
        check(HitOrder::Left, before);
        check(HitOrder::Left, &["one été vote", "two ÉTE vote", "one ete\u{301}s vote", "के की vote", "के के vote"]);
        check(HitOrder::Right, &["vote", "vote, a zeta", "vote axe", "vote “Éte", "vote été b", "vote etes"]);
    }
}
