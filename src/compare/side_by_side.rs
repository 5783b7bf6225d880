//! The statements of articles that stand side by side: what was proposed and what was related, in the order of the first
//! article, then what stands in one alone. It reads the project, proposes nothing itself, and changes nothing.

use super::{
    comparison::Comparison,
    found::{Confidence, Kind},
    grouping::Groups,
    joined::joined,
    links::Links,
    marked::SAME_STATEMENT,
    rejected::Rejected,
    statement::{Likeness, Statement, StatementPair},
};
use crate::{
    model::{AnnotatorId, ArticleId, Item, Project, Relation, RelationId, Value},
    text::{ByteRange, Fragments},
};

/// The relation that says the opposite of [`SAME_STATEMENT`], and the attribute of that one; names of the news codebook.
const CONTRADICTS: &str = "contradicts";
const FORM: &str = "form";

/// Statements of articles that stand side by side, each in a column. Articles are named by the places of their columns,
/// from left to right.
#[derive(Clone, Debug, Default)]
pub struct Statements {
    /// Those that several columns have, then those that stand in one alone.
    pub all: Vec<Statement>,
    /// How many of them several columns have.
    pub shared: usize,
    /// Of each column what is shared, sorted and disjoint.
    covered: Vec<Vec<ByteRange>>,
    links: Links,
}

impl Statements {
    /// What a comparison has found in the columns’ articles, and what these annotators have related there. What they have
    /// related is no proposal any more, and what they have rejected is none; of several who say a different form the last
    /// one is shown.
    pub fn of(comparison: &Comparison, columns: &[ArticleId], project: &Project, annotators: &[AnnotatorId]) -> Self {
        let comparison = comparison.without(&Rejected::by(project, annotators));
        let place_of = |article: usize| columns.iter().position(|id| comparison.articles.get(article) == Some(id));
        let places: Vec<Option<usize>> = (0..comparison.articles.len()).map(place_of).collect();
        let proposed = comparison.statements.iter().filter_map(|statement| arranged(statement, &places, columns.len()));
        let mut groups = Groups::new(proposed.collect(), columns.len());
        for pair in annotators.iter().flat_map(|who| related(project, who, columns)) {
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
        let links = Links::of(&all[..shared], columns.len());
        Self { all, shared, covered, links }
    }

    /// Whether words of a column are in no statement that another one has.
    pub fn is_alone(&self, column: usize, range: ByteRange) -> bool {
        self.covered.get(column).is_none_or(|covered| is_alone(range, covered))
    }

    /// Where another column is read when one is read at a place, in bytes of its article’s text; both columns come with
    /// the lengths of their texts.
    pub fn linked_place(&self, from: (usize, usize), to: (usize, usize), place: f64) -> f64 {
        self.links.place(from, to, place)
    }
}

/// A statement with its places in the order of the columns; `None` where fewer than two columns have it.
fn arranged(statement: &Statement, to: &[Option<usize>], columns: usize) -> Option<Statement> {
    let mut places = vec![None; columns];
    for (place, column) in statement.places.iter().zip(to) {
        if let Some(column) = column {
            places[*column].clone_from(place);
        }
    }
    let pair = |pair: &StatementPair| {
        let (of, mut pair) = ([to[pair.of[0]]?, to[pair.of[1]]?], pair.clone());
        pair.of = of;
        if of[0] > of[1] {
            pair.of.swap(0, 1);
            pair.at.swap(0, 1);
        }
        Some(pair)
    };
    let pairs: Vec<StatementPair> = statement.pairs.iter().filter_map(pair).collect();
    (!pairs.is_empty()).then_some(Statement { places, pairs })
}

/// Words that stand in one column alone.
fn single(range: ByteRange, column: usize, columns: usize) -> Option<Statement> {
    let mut places = vec![None; columns];
    places[column] = Some(Fragments::one(range)?);
    Some(Statement { places, pairs: Vec::new() })
}

/// What the annotator has related across the columns, two by two.
fn related(project: &Project, who: &AnnotatorId, columns: &[ArticleId]) -> Vec<StatementPair> {
    let Some(links) = project.links(who) else { return Vec::new() };
    let mut found: Vec<(RelationId, &Relation)> =
        columns.iter().flat_map(|id| links.reaching(id)).map(|(id, relation)| (id, relation.as_ref())).collect();
    found.sort_by_key(|(id, _)| *id);
    found.dedup_by_key(|(id, _)| *id);
    let pair = |(id, relation)| Some(StatementPair { relation: Some(id), ..pair_of(project, who, columns, relation)? });
    found.into_iter().filter_map(pair).collect()
}

/// The first two columns that a relation of statements joins.
fn pair_of(project: &Project, who: &AnnotatorId, columns: &[ArticleId], relation: &Relation) -> Option<StatementPair> {
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
    Some(StatementPair { of: [a, b], at: [at_a, at_b], likeness, kind, confidence, why: None, relation: None })
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
        joined(all.iter().filter_map(|s| s.places[column].as_ref()).flat_map(Fragments::iter).collect())
    };
    (0..columns).map(of).collect()
}

/// Whether a range shares nothing with sorted ones.
fn is_alone(range: ByteRange, covered: &[ByteRange]) -> bool {
    let next = covered.partition_point(|own| own.end() <= range.start());
    covered.get(next).is_none_or(|own| !own.overlaps(range))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{
        comparison::compared,
        testing::{ana, join, project},
    };

    const WEAVERS: &str = "⟦Nobody asked the weavers of this valley⟧";

    /// Draws each statement with its words in every column, `-` where it has none.
    fn drawn(project: &Project, columns: &[ArticleId], statements: &Statements) -> Vec<String> {
        let words = |(place, id): (&Option<Fragments>, &ArticleId)| {
            place.as_ref().map_or("-".to_owned(), |place| place.words(project.text(id).unwrap()))
        };
        let draw =
            |statement: &Statement| statement.places.iter().zip(columns).map(words).collect::<Vec<_>>().join(" = ");
        statements.all.iter().map(draw).collect()
    }

    #[test]
    fn what_is_shared_comes_first_in_the_order_of_the_columns_and_then_what_is_alone() {
        let (project, ids) = project(&[
            "“We will not go,” he said. “The mill has always stood here by the river,” she said.",
            "“The mill has always stood here by the river,” she told us.\nIt rained.\n“That is that,” Mr Bell said.",
        ]);
        let found = compared(&project, ids.clone(), || Ok(())).unwrap();
        let turned: Vec<ArticleId> = ids.iter().rev().cloned().collect();
        let statements = Statements::of(&found, &turned, &project, &[]);
        let mill = "The mill has always stood here by the river,";
        let all = drawn(&project, &turned, &statements);
        assert_eq!(statements.shared, 1);
        assert_eq!(all, [format!("{mill} = {mill}"), "- = We will not go,".to_owned(), "That is that, = -".to_owned()]);
        assert!(statements.is_alone(1, ByteRange::new(0, 10)) && !statements.is_alone(0, ByteRange::new(0, 10)));
    }

    #[test]
    fn what_was_related_is_accepted_in_the_form_that_was_said() {
        let text = format!("“{WEAVERS},” Renner said.");
        let (mut project, ids) = project(&[&text, &text, "⟦The weavers were not asked⟧, it is said."]);
        join(&mut project, [(&ids[0], 1), (&ids[1], 2)], "altered");
        let found = compared(&project, ids[..2].to_vec(), || Ok(())).unwrap();
        let statements = Statements::of(&found, &ids[..2], &project, &[ana()]);
        let [statement] = statements.all.as_slice() else { panic!("{statements:?}") };
        assert!(statement.is_accepted());
        assert_eq!(statement.pairs[0].likeness, Likeness::Altered);
        assert!(!Statements::of(&found, &ids[..2], &project, &[]).all[0].is_accepted(), "nobody’s relations are read");
        // What nothing was proposed for is a statement too.
        join(&mut project, [(&ids[2], 3), (&ids[1], 2)], "paraphrased");
        let statements = Statements::of(&Comparison::default(), &ids, &project, &[ana()]);
        let words = WEAVERS.trim_matches(['⟦', '⟧']);
        assert_eq!(drawn(&project, &ids, &statements), [format!("- = {words} = The weavers were not asked")]);
    }
}
