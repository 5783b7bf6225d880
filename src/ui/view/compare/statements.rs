//! The statements as the columns show them: what was proposed and what was related, in the order of the first report,
//! then what stands in one alone. It reads the project and draws nothing.

use super::{
    comparison::Comparison,
    grouping::Groups,
    statement::{Likeness, Pair, Statement},
};
use crate::{
    compare::{Confidence, Kind},
    model::{AnnotatorId, ArticleId, Item, Project, Relation, RelationId, Value},
    text::{ByteRange, Fragments},
};

/// The relation that accepting makes, and the one that says the opposite; names of the news codebook.
pub const SAME_STATEMENT: &str = "same-statement";
const CONTRADICTS: &str = "contradicts";
/// Its attribute.
pub const FORM: &str = "form";

/// Statements over columns. Places are of the columns, from left to right.
#[derive(Clone, Debug, Default)]
pub struct Statements {
    /// Those that several columns have, then those that stand in one alone.
    pub all: Vec<Statement>,
    /// How many of them several columns have.
    pub shared: usize,
    /// Of each column what is shared, sorted and disjoint.
    covered: Vec<Vec<ByteRange>>,
    /// For each two columns places of the one that are places of the other, both in order.
    links: Vec<Vec<Vec<(usize, usize)>>>,
}

impl Statements {
    /// What a comparison has found in these articles, and what the annotator has related.
    pub fn of(
        comparison: &Comparison,
        columns: &[ArticleId],
        project: &Project,
        annotator: Option<&AnnotatorId>,
    ) -> Self {
        let place_of = |article: usize| columns.iter().position(|id| comparison.articles.get(article) == Some(id));
        let places: Vec<Option<usize>> = (0..comparison.articles.len()).map(place_of).collect();
        let proposed = comparison.statements.iter().filter_map(|statement| arranged(statement, &places, columns.len()));
        let mut groups = Groups::new(proposed.collect(), columns.len());
        for pair in annotator.map(|who| related(project, who, columns)).unwrap_or_default() {
            match groups.pair_at(pair.of, [&pair.at[0], &pair.at[1]]) {
                Some(known) => (known.relation, known.likeness) = (pair.relation, pair.likeness),
                None => groups.add(pair),
            }
        }
        let mut all = groups.finish();
        let key = |statement: &Statement| {
            let start = |place: &Option<Fragments>| place.as_ref().map_or(usize::MAX, |place| place.first().start());
            statement.places.iter().map(start).collect::<Vec<_>>()
        };
        all.sort_by_cached_key(key);
        let shared = all.len();
        let covered = covered(&all, columns.len());
        for (article, column) in places.iter().enumerate().filter_map(|(article, at)| Some((article, (*at)?))) {
            let alone = comparison.quotations[article].iter().filter(|range| is_alone(**range, &covered[column]));
            all.extend(alone.filter_map(|range| single(*range, column, columns.len())));
        }
        let links = links(&all[..shared], columns.len());
        Self { all, shared, covered, links }
    }

    /// Whether words of a column are in no statement that another one has.
    pub fn is_alone(&self, column: usize, range: ByteRange) -> bool {
        self.covered.get(column).is_none_or(|covered| is_alone(range, covered))
    }

    /// Where another column is read when one is read at a place: in proportion between the statements around it. Both
    /// lengths are the texts’.
    pub fn linked_place(&self, from: (usize, usize), to: (usize, usize), place: f64) -> f64 {
        let links = self.links.get(from.0).and_then(|row| row.get(to.0)).map(Vec::as_slice).unwrap_or_default();
        let after = links.partition_point(|(at, _)| (*at as f64) <= place);
        let before = after.checked_sub(1).map_or((0, 0), |before| links[before]);
        let next = links.get(after).copied().unwrap_or((from.1, to.1));
        let way = (next.0.saturating_sub(before.0)) as f64;
        let share = if way > 0.0 { ((place - before.0 as f64) / way).clamp(0.0, 1.0) } else { 0.0 };
        before.1 as f64 + share * (next.1 as f64 - before.1 as f64)
    }
}

impl Statement {
    /// The column whose wording has the most words.
    pub fn fullest(&self) -> usize {
        let length = |place: &Option<Fragments>| place.as_ref().map_or(0, Fragments::covered_len);
        let longest = self.places.iter().map(length).max().unwrap_or_default();
        self.places.iter().position(|place| length(place) == longest).unwrap_or_default()
    }

    /// How a column’s wording goes with the fullest one; `None` where it is that one, or has none.
    pub fn likeness(&self, column: usize) -> Option<Likeness> {
        let base = self.fullest();
        let of = |pair: &&Pair| pair.of.contains(&column);
        let with_base = self.pairs.iter().filter(of).find(|pair| pair.of.contains(&base));
        let pair = with_base.or_else(|| self.pairs.iter().find(of));
        pair.filter(|_| column != base && self.places[column].is_some()).map(|pair| pair.likeness)
    }

    /// Whether every pair of it is a relation.
    pub fn is_accepted(&self) -> bool {
        !self.pairs.is_empty() && self.pairs.iter().all(|pair| pair.relation.is_some())
    }
}

/// The words at a place, of a long one as much as is read in a list.
pub fn beginning(place: &Fragments, text: &str, most: usize) -> String {
    if place.covered_len() <= most {
        return place.words(text);
    }
    let first = place.first();
    let end = text.floor_char_boundary(first.start() + first.len().min(most));
    format!("{} …", text.get(first.start()..end).unwrap_or_default().trim_end())
}

/// A statement with its places in the order of the columns; `None` where fewer than two columns have it.
fn arranged(statement: &Statement, to: &[Option<usize>], columns: usize) -> Option<Statement> {
    let mut places = vec![None; columns];
    for (place, column) in statement.places.iter().zip(to) {
        if let Some(column) = column {
            places[*column].clone_from(place);
        }
    }
    let pair = |pair: &Pair| {
        let (of, mut pair) = ([to[pair.of[0]]?, to[pair.of[1]]?], pair.clone());
        pair.of = of;
        if of[0] > of[1] {
            pair.of.swap(0, 1);
            pair.at.swap(0, 1);
        }
        Some(pair)
    };
    let pairs: Vec<Pair> = statement.pairs.iter().filter_map(pair).collect();
    (!pairs.is_empty()).then_some(Statement { places, pairs })
}

/// Words that stand in one column alone.
fn single(range: ByteRange, column: usize, columns: usize) -> Option<Statement> {
    let mut places = vec![None; columns];
    places[column] = Some(Fragments::one(range)?);
    Some(Statement { places, pairs: Vec::new() })
}

/// What the annotator has related across the columns, two by two.
fn related(project: &Project, who: &AnnotatorId, columns: &[ArticleId]) -> Vec<Pair> {
    let Some(links) = project.links(who) else { return Vec::new() };
    let mut found: Vec<(RelationId, &Relation)> =
        columns.iter().flat_map(|id| links.reaching(id)).map(|(id, relation)| (id, relation.as_ref())).collect();
    found.sort_by_key(|(id, _)| *id);
    found.dedup_by_key(|(id, _)| *id);
    let pair = |(id, relation)| Some(Pair { relation: Some(id), ..pair_of(project, who, columns, relation)? });
    found.into_iter().filter_map(pair).collect()
}

/// The first two columns that a relation of statements joins.
fn pair_of(project: &Project, who: &AnnotatorId, columns: &[ArticleId], relation: &Relation) -> Option<Pair> {
    let likeness = match relation.kind.as_str() {
        CONTRADICTS => Likeness::Contradicted,
        SAME_STATEMENT => form_of(relation),
        _ => return None,
    };
    let places = relation.members.iter().filter_map(|member| {
        let column = columns.iter().position(|id| *id == member.target.article)?;
        let Item::Annotation(id) = member.target.item else { return None };
        Some((column, project.layer(&member.target.article, who)?.annotation(id)?.fragments.clone()))
    });
    let mut places: Vec<(usize, Fragments)> = places.collect();
    places.sort_by_key(|(column, _)| *column);
    places.dedup_by_key(|(column, _)| *column);
    let [(a, at_a), (b, at_b)] = <[_; 2]>::try_from(places).ok()?;
    let (kind, confidence) = (Kind::Prose, Confidence::Sure);
    Some(Pair { of: [a, b], at: [at_a, at_b], likeness, kind, confidence, why: None, relation: None })
}

/// The form that a relation says, the loosest where it says none or one of its own.
fn form_of(relation: &Relation) -> Likeness {
    let said = relation.attributes.iter().find_map(|(id, value)| match value {
        Value::Choice(choice) if id.as_str() == FORM => Some(choice.as_str()),
        _ => None,
    });
    let form = Likeness::FORMS.into_iter().find(|form| Some(form.id()) == said);
    form.unwrap_or(Likeness::Paraphrased)
}

/// Of each column what is in statements, sorted and joined.
fn covered(all: &[Statement], columns: usize) -> Vec<Vec<ByteRange>> {
    let of = |column: usize| {
        let mut ranges: Vec<ByteRange> =
            all.iter().filter_map(|s| s.places[column].as_ref()).flat_map(Fragments::iter).collect();
        ranges.sort_unstable();
        let mut joined: Vec<ByteRange> = Vec::new();
        for range in ranges {
            match joined.last_mut() {
                Some(last) if last.overlaps(range) => *last = last.cover(range),
                _ => joined.push(range),
            }
        }
        joined
    };
    (0..columns).map(of).collect()
}

/// Whether a range shares nothing with sorted ones.
fn is_alone(range: ByteRange, covered: &[ByteRange]) -> bool {
    let next = covered.partition_point(|own| own.end() <= range.start());
    covered.get(next).is_none_or(|own| !own.overlaps(range))
}

/// For each two columns the longest row of statements that come in the same order in both.
fn links(all: &[Statement], columns: usize) -> Vec<Vec<Vec<(usize, usize)>>> {
    let start = |statement: &Statement, column: usize| statement.places[column].as_ref().map(|p| p.first().start());
    let between = |a: usize, b: usize| {
        let mut both: Vec<(usize, usize)> =
            all.iter().filter_map(|statement| start(statement, a).zip(start(statement, b))).collect();
        both.sort_unstable();
        if a == b { Vec::new() } else { rising(&both) }
    };
    (0..columns).map(|a| (0..columns).map(|b| between(a, b)).collect()).collect()
}

/// The longest part of some pairs, sorted by the first, in which the second rise too.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, (_, second)) in pairs.iter().enumerate() {
        let place = ends.partition_point(|end| pairs[*end].1 < *second);
        before.push(place.checked_sub(1).map(|place| ends[place]));
        if place == ends.len() {
            ends.push(at);
        } else {
            ends[place] = at;
        }
    }
    let mut row = Vec::new();
    let mut next = ends.last().copied();
    while let Some(at) = next {
        row.push(pairs[at]);
        next = before[at];
    }
    row.reverse();
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_linked_by_statements_in_the_same_order() {
        assert_eq!(rising(&[(0, 10), (5, 90), (9, 30), (20, 40)]), [(0, 10), (9, 30), (20, 40)]);
        assert_eq!(rising(&[]), []);
        let links = vec![vec![Vec::new(), vec![(100, 50), (200, 400)]], vec![Vec::new(), Vec::new()]];
        let statements = Statements { links, ..Statements::default() };
        let place = |at: f64| statements.linked_place((0, 300), (1, 500), at);
        assert_eq!([0.0, 100.0, 150.0, 250.0, 300.0].map(place), [0.0, 50.0, 225.0, 450.0, 500.0]);
    }
}
