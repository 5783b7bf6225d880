//! In which order reports tell what they share: second here, eighth there.

use super::{
    reports::Report,
    sheet::{Cell, Sheet},
};
use crate::{
    phrase,
    text::{Fragments, Phrase},
};

/// The order of statements in some reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// One for each statement, in the order given.
    pub all: Vec<Placed>,
    /// Of each report how many statements it has.
    pub counts: Vec<usize>,
}

/// At which place each report has a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Counted from 1 among the statements of the report; `None` where it has not got it.
    pub places: Vec<Option<usize>>,
}

impl Order {
    /// Of statements: for each the words of every report, `None` where one has not got it. What begins at the same byte
    /// keeps its order.
    pub fn of(statements: &[Vec<Option<Fragments>>]) -> Self {
        let reports = statements.iter().map(Vec::len).max().unwrap_or_default();
        let mut order =
            Self { all: vec![Placed { places: vec![None; reports] }; statements.len()], counts: Vec::new() };
        for report in 0..reports {
            let start = |(at, places): (usize, &Vec<Option<Fragments>>)| {
                Some((places.get(report)?.as_ref()?.first().start(), at))
            };
            let mut starts: Vec<(usize, usize)> = statements.iter().enumerate().filter_map(start).collect();
            starts.sort_unstable();
            for (before, (_, at)) in starts.iter().enumerate() {
                order.all[*at].places[report] = Some(before + 1);
            }
            order.counts.push(starts.len());
        }
        order
    }

    /// One row for each statement that more than one report has; `words` are those of each statement.
    pub fn sheet(&self, reports: &impl AsRef<[Report]>, words: &[String]) -> Sheet {
        let outlets = reports.as_ref().iter().map(|report| Phrase::verbatim(&report.outlet));
        let header = [phrase!("Statement")].into_iter().chain(outlets).chain([phrase!("Places apart")]).collect();
        let row = |(placed, words): (&Placed, &String)| {
            let places = placed.places.iter().map(|place| place.map_or(Cell::Empty, Cell::Count));
            [Cell::Text(words.clone())].into_iter().chain(places).chain([Cell::Count(placed.span())]).collect()
        };
        let shared = self.all.iter().zip(words).filter(|(placed, _)| placed.is_shared());
        Sheet { header, rows: shared.map(row).collect() }
    }
}

impl Placed {
    /// Whether more than one report has it.
    pub fn is_shared(&self) -> bool {
        self.places.iter().flatten().count() > 1
    }

    /// How far its places lie apart at most.
    pub fn span(&self) -> usize {
        let places = || self.places.iter().flatten();
        places().max().zip(places().min()).map_or(0, |(last, first)| last - first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::ByteRange;

    #[test]
    fn statements_are_counted_in_each_report() {
        let at = |start: usize| Fragments::one(ByteRange::new(start, start + 5));
        let order = Order::of(&[vec![at(10), at(90)], vec![at(50), at(20)], vec![None, at(40)], vec![at(50), None]]);
        let places: Vec<_> = order.all.iter().map(|placed| placed.places.clone()).collect();
        assert_eq!(places, [vec![Some(1), Some(3)], vec![Some(2), Some(1)], vec![None, Some(2)], vec![Some(3), None],]);
        assert_eq!(order.counts, [3, 3]);
        assert_eq!((order.all[0].span(), order.all[2].is_shared()), (2, false));
        assert_eq!(Order::of(&[]), Order::default());
    }
}
