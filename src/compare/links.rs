//! Which places of articles that stand side by side belong together, so that one is read where the other is. It knows
//! where statements stand, and not what they say.

use super::statement::Statement;

/// For each two columns places of the one that are places of the other, in bytes of both articles’ texts and in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Links(Vec<Vec<Vec<(usize, usize)>>>);

impl Links {
    /// For each two columns the longest row of statements that come in the same order in both.
    pub fn of(statements: &[Statement], columns: usize) -> Self {
        let start = |statement: &Statement, column: usize| statement.places[column].as_ref().map(|p| p.first().start());
        let between = |a: usize, b: usize| {
            let mut both: Vec<(usize, usize)> =
                statements.iter().filter_map(|statement| start(statement, a).zip(start(statement, b))).collect();
            both.sort_unstable();
            if a == b { Vec::new() } else { rising(&both) }
        };
        Self((0..columns).map(|a| (0..columns).map(|b| between(a, b)).collect()).collect())
    }

    /// The place of a column that belongs to a place of another one: in proportion between the statements around it.
    /// Both columns come with the lengths of their texts.
    pub fn place(&self, from: (usize, usize), to: (usize, usize), place: f64) -> f64 {
        let links = self.0.get(from.0).and_then(|row| row.get(to.0)).map(Vec::as_slice).unwrap_or_default();
        let after = links.partition_point(|(at, _)| (*at as f64) <= place);
        let before = after.checked_sub(1).map_or((0, 0), |before| links[before]);
        let next = links.get(after).copied().unwrap_or((from.1, to.1));
        let way = (next.0.saturating_sub(before.0)) as f64;
        let share = if way > 0.0 { ((place - before.0 as f64) / way).clamp(0.0, 1.0) } else { 0.0 };
        before.1 as f64 + share * (next.1 as f64 - before.1 as f64)
    }
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
        let links = Links(vec![vec![Vec::new(), vec![(100, 50), (200, 400)]], vec![Vec::new(), Vec::new()]]);
        let place = |at: f64| links.place((0, 300), (1, 500), at);
        assert_eq!([0.0, 100.0, 150.0, 250.0, 300.0].map(place), [0.0, 50.0, 225.0, 450.0, 500.0]);
    }
}
