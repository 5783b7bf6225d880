//! Which statements of the order are shown, and in which rows: each report in its own order, or, sorted by a column,
//! each statement in one row of all reports. It draws nothing.

use std::{borrow::Cow, cmp::Reverse};

use super::sorting::{Direction, Sorting};
use crate::{
    compare::tables::{Order, Placed, Report, Sheet},
    ui::words::tr,
};

/// The order of the statements as it is shown.
#[derive(Default)]
pub struct Ordered {
    pub order: Order,
    /// The words of each statement.
    pub words: Vec<String>,
    /// For each statement the row in which each report has it, from 0; none where it has not got it or is not shown.
    pub rows: Vec<Vec<Option<usize>>>,
    /// How many rows there are.
    pub count: usize,
    pub is_sorted: bool,
    /// Those that are shown and that several reports have, as keys go through them.
    shared: Vec<usize>,
}

impl Ordered {
    /// Of an order and the words of its statements: those with the words of a filter in small letters, sorted by the place
    /// in a report, or by how far apart the places are, which is the last column.
    pub fn of(order: Order, words: Vec<String>, (filter, sorting): (&str, Option<Sorting>)) -> Self {
        let has = |at: &usize| filter.is_empty() || words[*at].to_lowercase().contains(filter);
        let mut shown: Vec<usize> = (0..order.all.len()).filter(has).collect();
        if let Some(sorting) = sorting {
            sort(&mut shown, &order, sorting);
        }
        let columns: Vec<_> = (0..order.counts.len()).map(|at| column(&order, &shown, at, sorting)).collect();
        let rows: Vec<Vec<_>> = (0..order.all.len()).map(|at| columns.iter().map(|rows| rows[at]).collect()).collect();
        let count = rows.iter().flatten().flatten().max().map_or(0, |last| last + 1);
        shown.retain(|at| order.all[*at].is_shared());
        Self { order, words, rows, count, is_sorted: sorting.is_some(), shared: shown }
    }

    /// How many columns it can be sorted by.
    pub fn columns(&self) -> usize {
        self.order.counts.len() + 1
    }

    /// Those that are shown and that several reports have, in the order of the rows.
    pub fn shared(&self) -> &[usize] {
        &self.shared
    }

    /// The statement so many after another one, negative is before; stays at the ends. The first one where there is none.
    pub fn beside(&self, at: Option<usize>, by: isize) -> Option<usize> {
        let here = at.and_then(|at| self.shared.iter().position(|own| *own == at));
        let last = self.shared.len().checked_sub(1)?;
        self.shared.get(here.map_or(0, |here| here.saturating_add_signed(by).min(last))).copied()
    }

    /// Why nothing is shown; `None` where something is.
    pub fn why_empty(&self) -> Option<Cow<'static, str>> {
        if !self.order.all.iter().any(Placed::is_shared) {
            return Some(tr("These reports share no statement whose place could be compared"));
        }
        (self.count == 0).then(|| tr("Nothing here has these words"))
    }

    /// All of it as a sheet, and how many of its lines each statement has.
    pub fn sheet(&self, reports: &[Report]) -> (Sheet, Vec<usize>) {
        let sizes = self.order.all.iter().map(|placed| usize::from(placed.is_shared())).collect();
        (self.order.sheet(&reports, &self.words), sizes)
    }
}

/// For each statement its row in a report: those that are shown in the report’s own order, or as they are sorted.
fn column(order: &Order, shown: &[usize], column: usize, sorting: Option<Sorting>) -> Vec<Option<usize>> {
    let place = |at: usize| order.all[at].places[column];
    let mut own = shown.to_vec();
    if sorting.is_none() {
        own.retain(|at| place(*at).is_some());
        own.sort_by_key(|at| place(*at));
    }
    let mut rows = vec![None; order.all.len()];
    for (row, at) in own.into_iter().enumerate() {
        rows[at] = place(at).map(|_| row);
    }
    rows
}

/// What a report has not got comes last, whichever way it is sorted.
fn sort(shown: &mut [usize], order: &Order, Sorting { column, direction }: Sorting) {
    let place = |at: &usize| order.all[*at].places.get(column).copied().flatten();
    match direction {
        _ if column >= order.counts.len() && direction == Direction::Down => {
            shown.sort_by_key(|at| Reverse(order.all[*at].span()));
        }
        _ if column >= order.counts.len() => shown.sort_by_key(|at| order.all[*at].span()),
        Direction::Up => shown.sort_by_key(|at| (place(at).is_none(), place(at))),
        Direction::Down => shown.sort_by_key(|at| (place(at).is_none(), Reverse(place(at)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three statements: one is told first and last, one in the middle of both, one by the second report alone.
    fn ordered(filter: &str, sorting: Option<(usize, Direction)>) -> Ordered {
        let all = [[Some(1), Some(3)], [Some(2), Some(2)], [None, Some(1)]];
        let all = all.map(|places| Placed { places: places.to_vec() }).to_vec();
        let words = ["The bridge", "The toll", "The Mayor"].map(str::to_owned).to_vec();
        let sorting = sorting.map(|(column, direction)| Sorting { column, direction });
        Ordered::of(Order { all, counts: vec![2, 3] }, words, (filter, sorting))
    }

    #[test]
    fn each_report_has_its_own_order_unless_it_is_sorted() {
        let rows = |filter, sorting| ordered(filter, sorting).rows;
        assert_eq!(rows("", None), [[Some(0), Some(2)], [Some(1), Some(1)], [None, Some(0)]]);
        let second = Some((1, Direction::Up));
        assert_eq!(rows("", second), [[Some(2), Some(2)], [Some(1), Some(1)], [None, Some(0)]]);
        let first = Some((0, Direction::Down));
        assert_eq!(rows("", first), [[Some(1), Some(1)], [Some(0), Some(0)], [None, Some(2)]], "absent comes last");
        let apart = Some((2, Direction::Down));
        assert_eq!(rows("", apart), [[Some(0), Some(0)], [Some(1), Some(1)], [None, Some(2)]]);
    }

    #[test]
    fn what_has_not_the_words_leaves_no_gap() {
        let found = ordered("toll", None);
        assert_eq!(found.rows, [[None, None], [Some(0), Some(0)], [None, None]]);
        assert_eq!((found.count, found.shared()), (1, [1].as_slice()));
        let nothing = ordered("zzz", None);
        assert!(nothing.why_empty().is_some_and(|why| why.contains("these words")));
    }

    #[test]
    fn keys_go_through_those_that_are_shared() {
        let by_distance = ordered("", Some((2, Direction::Up)));
        assert_eq!([None, Some(1), Some(0)].map(|at| by_distance.beside(at, 1)), [Some(1), Some(0), Some(0)]);
        assert_eq!(by_distance.beside(Some(0), -1), Some(1));
    }
}
