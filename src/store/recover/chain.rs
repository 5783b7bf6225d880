//! How far a row has come along the changes that a journal tells of it.
//!
//! A row of a file can be as any of the changes left it, or as it was before the first. Found is the last change that
//! it agrees with; the changes after it are carried out. Pure: rows in, rows out.

use std::collections::BTreeMap;

use super::standing::Standing;
use crate::store::file::journal::{MarkChange, MarkRow, RelationChange, Side};

/// What a change says of a row on each of its sides; a missing row is `None`.
pub trait RowChange<V> {
    /// Whether a row is as the change says of a side.
    fn holds(&self, row: Option<&V>, side: Side) -> bool;

    /// Whether it says everything of the row, and not only what differs.
    fn says_all(&self) -> bool;

    /// The row on a side, from what it is on the other.
    fn carried(&self, row: Option<V>, side: Side) -> Option<V>;

    /// Whether this change begins elsewhere than where the one before it ended; each with the side that it leads to.
    fn forks_from(&self, side: Side, before: &Self, to: Side) -> bool;
}

/// A change of a row, with the side it was brought to and the step that did it.
#[derive(Clone, Debug)]
pub struct Link<C> {
    pub change: C,
    pub side: Side,
    /// The step’s index in the plan.
    pub step: usize,
    pub standing: Standing,
    /// Whether its journal tells of a merge after it: then the files were put together of this line of work and another
    /// one, and what a row was right after that is said by no change.
    pub is_merged: bool,
}

/// Changes of rows by id, oldest first.
pub type Chains<I, C> = BTreeMap<I, Vec<Link<C>>>;

/// What was found of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<V> {
    /// It is as the last change left it.
    Done,
    /// It lacked the changes of these steps; this is what it becomes.
    Carried(Option<V>, Vec<usize>),
    /// It lacks changes that another program is about to make.
    OfOthers,
    /// It is as no change left it: somebody else has changed it, and it is left alone.
    Foreign,
}

/// Holds a row against its changes, and carries out those that it lacks.
pub fn follow<V: Clone, C: RowChange<V>>(chain: &[Link<C>], row: Option<V>) -> Outcome<V> {
    match follow_all(chain, row.clone()) {
        Outcome::Foreign => follow_since_merge(chain, row),
        outcome => outcome,
    }
}

/// Holds a row that two lines of work have changed against its changes since they were merged.
fn follow_since_merge<V: Clone, C: RowChange<V>>(chain: &[Link<C>], row: Option<V>) -> Outcome<V> {
    let since = chain.iter().rposition(|link| link.is_merged).map_or(0, |last| last + 1);
    match chain.split_at(since) {
        ([], _) => Outcome::Foreign,
        (merged, []) if is_of_two_lines(merged, row.as_ref()) => Outcome::Done,
        (_, since) => follow_all(since, row),
    }
}

/// Holds a row against changes that follow each other.
fn follow_all<V: Clone, C: RowChange<V>>(chain: &[Link<C>], row: Option<V>) -> Outcome<V> {
    let reached = (1..=chain.len()).rev().find(|at| has_come_along(&chain[..*at], row.clone()));
    let before = || chain.first().filter(|link| link.change.holds(row.as_ref(), link.side.other())).map(|_| 0);
    let Some(reached) = reached.or_else(before) else { return Outcome::Foreign };
    let rest = &chain[reached..];
    if rest.is_empty() {
        return Outcome::Done;
    }
    // What the file had once it lacks because somebody has taken it out.
    if rest.iter().any(|link| link.standing == Standing::Saved) {
        return Outcome::Foreign;
    }
    if rest.iter().any(|link| link.standing == Standing::OfOthers) {
        return Outcome::OfOthers;
    }
    let mut row = row.clone();
    for link in rest {
        if !link.change.holds(row.as_ref(), link.side.other()) {
            return Outcome::Foreign;
        }
        row = link.change.carried(row, link.side);
    }
    Outcome::Carried(row, rest.iter().map(|link| link.step).collect())
}

/// Whether a row is as these changes left it. A last change that says little (what a note was before) is not enough:
/// those before it must have been there too.
fn has_come_along<V, C: RowChange<V>>(changes: &[Link<C>], mut row: Option<V>) -> bool {
    for link in changes.iter().rev() {
        if !link.change.holds(row.as_ref(), link.side) {
            return false;
        }
        if link.change.says_all() {
            return true;
        }
        row = link.change.carried(row, link.side.other());
    }
    true
}

/// Whether the changes are those of two lines of work that were merged, of which the row has one, or something of both.
/// Where their changes do not go together, a journal does not say which one holds.
pub fn is_of_two_lines<V: Clone, C: RowChange<V>>(chain: &[Link<C>], row: Option<&V>) -> bool {
    let forks = |pair: &[Link<C>]| pair[1].change.forks_from(pair[1].side, &pair[0].change, pair[0].side);
    if chain.windows(2).any(forks) {
        return true;
    }
    // Back along the changes that lead to the row; those of the other line are passed over.
    let mut states = vec![row.cloned()];
    let mut other = None;
    for link in chain.iter().rev() {
        let state = states.last().cloned().flatten();
        if link.change.holds(state.as_ref(), link.side) {
            states.push(link.change.carried(state, link.side.other()));
        } else {
            other = Some(link);
        }
    }
    // The other line begins where this one was once, and can't be gone along from where the row is now.
    other.filter(|_| states.len() > 1).is_some_and(|link| {
        let begins_at = |state: &Option<V>| link.change.holds(state.as_ref(), link.side.other());
        !begins_at(&states[0]) && (link.change.says_all() || states.iter().any(begins_at))
    })
}

/// A change that has the whole row on each side.
#[derive(Clone, Debug, PartialEq)]
pub struct WholeRow<V> {
    pub was: Option<V>,
    pub is: Option<V>,
}

impl<V> WholeRow<V> {
    pub fn at(&self, side: Side) -> Option<&V> {
        match side {
            Side::Was => self.was.as_ref(),
            Side::Is => self.is.as_ref(),
        }
    }
}

impl<V: Clone + PartialEq> RowChange<V> for WholeRow<V> {
    fn holds(&self, row: Option<&V>, side: Side) -> bool {
        self.at(side) == row
    }

    fn says_all(&self) -> bool {
        true
    }

    fn carried(&self, _: Option<V>, side: Side) -> Option<V> {
        self.at(side).cloned()
    }

    fn forks_from(&self, side: Side, before: &Self, to: Side) -> bool {
        self.at(side.other()) != before.at(to)
    }
}

impl<'t> RowChange<MarkRow<'t>> for &MarkChange<'t> {
    fn holds(&self, row: Option<&MarkRow<'t>>, side: Side) -> bool {
        MarkChange::holds(self, row, side)
    }

    fn says_all(&self) -> bool {
        !matches!(self, MarkChange::Changed(_))
    }

    fn carried(&self, row: Option<MarkRow<'t>>, side: Side) -> Option<MarkRow<'t>> {
        self.carried_to(row, side)
    }

    /// Two changes may speak of different fields, and so each of them is held against the row instead.
    fn forks_from(&self, _: Side, _: &Self, _: Side) -> bool {
        false
    }
}

impl From<&RelationChange> for WholeRow<crate::store::file::layer::RelationRow> {
    fn from(change: &RelationChange) -> Self {
        Self { was: change.was.clone(), is: change.is.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Follows changes such as `>a` (added as a), `a>b`, `b>` (removed); with `~` before one that was taken back, `!`
    /// before one that the file had once, and `?` before one that others are about to carry out.
    fn check(changes: &str, row: &str, expected: &str) {
        let name = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let link = |(step, text): (usize, &str)| {
            let (text, standing) = match text.split_at(1) {
                ("!", text) => (text, Standing::Saved),
                ("?", text) => (text, Standing::OfOthers),
                _ => (text, Standing::Waiting),
            };
            let (text, side) = text.strip_prefix('~').map_or((text, Side::Is), |text| (text, Side::Was));
            let (was, is) = text.split_once('>').unwrap();
            Link { change: WholeRow { was: name(was), is: name(is) }, side, step, standing, is_merged: false }
        };
        let chain: Vec<_> = changes.split_whitespace().enumerate().map(link).collect();
        let outcome = match follow(&chain, name(row)) {
            Outcome::Done => "done".to_owned(),
            Outcome::Carried(row, steps) => format!("{} after {}", row.unwrap_or_default(), steps.len()),
            Outcome::OfOthers => "of others".to_owned(),
            Outcome::Foreign => "foreign".to_owned(),
        };
        assert_eq!(outcome, expected, "{row} along {changes}");
    }

    /// Whether a row of two lines of work is taken for one: changes such as in [`check`].
    fn check_lines(changes: &str, row: &str, expected: bool) {
        let name = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let link = |(step, text): (usize, &str)| {
            let (was, is) = text.split_once('>').unwrap();
            let change = WholeRow { was: name(was), is: name(is) };
            Link { change, side: Side::Is, step, standing: Standing::Waiting, is_merged: false }
        };
        let chain: Vec<_> = changes.split_whitespace().enumerate().map(link).collect();
        assert_eq!(is_of_two_lines(&chain, name(row).as_ref()), expected, "{row} along {changes}");
    }

    #[test]
    fn two_lines_of_work_are_told_from_a_foreign_change() {
        check_lines(">a a>b b>c", "b", false);
        check_lines(">a a>b b>c", "x", false);
        check_lines(">a a>b a>c", "b", true);
        check_lines(">a a>b a>c c>d b>e", "d", true);
        check_lines(">a a>b a>", "b", true);
    }

    #[test]
    fn two_lines_that_speak_of_one_field_are_told_from_a_foreign_change() {
        let lines = |changes: &[(usize, char, char)], row: [char; 2]| {
            let link = |(step, (field, was, is)): (usize, &(usize, char, char))| Link {
                change: OneField { field: *field, was: *was, is: *is },
                side: Side::Is,
                step,
                standing: Standing::Waiting,
                is_merged: false,
            };
            let chain: Vec<_> = changes.iter().enumerate().map(link).collect();
            is_of_two_lines(&chain, Some(&row))
        };
        let merged = [(0, 'a', 'b'), (1, 'x', 'y'), (0, 'a', 'c')];
        assert!(lines(&merged, ['b', 'y']) && lines(&merged, ['c', 'y']));
        assert!(!lines(&merged, ['z', 'y']), "nobody has said that");
        let one_line = [(0, 'a', 'b'), (0, 'b', 'c'), (1, 'x', 'y')];
        assert!(!lines(&one_line, ['b', 'y']) && !lines(&one_line, ['z', 'y']), "it was put back by hand");
    }

    /// A change of one field of a row of two, which is taken back where the side is `Was`.
    struct OneField {
        field: usize,
        was: char,
        is: char,
    }

    impl RowChange<[char; 2]> for OneField {
        fn holds(&self, row: Option<&[char; 2]>, side: Side) -> bool {
            row.is_some_and(|row| row[self.field] == if side == Side::Is { self.is } else { self.was })
        }

        fn says_all(&self) -> bool {
            false
        }

        fn carried(&self, row: Option<[char; 2]>, side: Side) -> Option<[char; 2]> {
            row.map(|mut row| {
                row[self.field] = if side == Side::Is { self.is } else { self.was };
                row
            })
        }

        fn forks_from(&self, _: Side, _: &Self, _: Side) -> bool {
            false
        }
    }

    #[test]
    fn a_field_that_is_again_as_it_was_hides_no_change_of_another() {
        let changes = [(0, 'a', 'b', Side::Is), (1, 'x', 'y', Side::Is), (1, 'x', 'y', Side::Was)];
        let link = |(step, (field, was, is, side)): (usize, (usize, char, char, Side))| Link {
            change: OneField { field, was, is },
            side,
            step,
            standing: Standing::Waiting,
            is_merged: false,
        };
        let chain: Vec<_> = changes.into_iter().enumerate().map(link).collect();
        for (row, expected) in [("ax", Some("bx")), ("by", Some("bx")), ("bx", None), ("ay", None)] {
            let row = row.chars().collect::<Vec<_>>().try_into().unwrap();
            let expected = expected.map(|row| row.chars().collect::<Vec<_>>().try_into().unwrap());
            let carried = match follow(&chain, Some(row)) {
                Outcome::Carried(row, _) => row,
                _ => None,
            };
            assert_eq!(carried, expected, "{row:?}");
        }
    }

    #[test]
    fn a_row_that_was_merged_goes_the_rest_of_its_way_since_then() {
        let link = |(step, (field, was, is, is_merged)): (usize, &(usize, char, char, bool))| Link {
            change: OneField { field: *field, was: *was, is: *is },
            side: Side::Is,
            step,
            standing: Standing::Waiting,
            is_merged: *is_merged,
        };
        let check = |changes: &[(usize, char, char, bool)], row: &str, expected: &str| {
            let chain: Vec<_> = changes.iter().enumerate().map(link).collect();
            let row = row.chars().collect::<Vec<_>>().try_into().unwrap();
            let outcome = match follow(&chain, Some(row)) {
                Outcome::Carried(row, steps) => format!("{} after {steps:?}", String::from_iter(row.unwrap())),
                other => format!("{other:?}"),
            };
            assert_eq!(outcome, expected, "{row:?}");
        };
        // One line has made it b, the other c and y; the merge kept one of them, and somebody decided for d.
        let merged = [(0, 'a', 'b', true), (0, 'a', 'c', true), (1, 'x', 'y', true)];
        for row in ["bx", "cy", "by"] {
            check(&merged, row, "Done");
        }
        check(&merged, "zy", "Foreign");
        let decided = [&merged[..], &[(0, 'b', 'd', false), (1, 'y', 'z', false)]].concat();
        check(&decided, "by", "dz after [3, 4]");
        check(&decided, "dy", "dz after [4]");
        check(&decided, "dz", "Done");
        check(&decided, "cy", "Foreign");
        check(&decided, "bx", "Foreign");
    }

    #[test]
    fn a_row_goes_the_rest_of_its_way() {
        check(">a", "", "a after 1");
        check(">a", "a", "done");
        check(">a a>b b>", "a", " after 2");
        check(">a a>b b>", "", "done");
        check("a>b b>c", "a", "c after 2");
        check("a>b b>c", "b", "c after 1");
    }

    #[test]
    fn what_was_taken_back_and_done_again_counts_by_the_last() {
        check(">a ~>a", "a", " after 1");
        check(">a ~>a", "", "done");
        check(">a ~>a >a", "", "a after 1");
        check("a>b ~a>b a>b", "a", "b after 1");
    }

    #[test]
    fn what_others_have_done_meanwhile_stays_done() {
        check(">a !a>", "", "done");
        check(">a !a>b", "", "foreign");
        check("!>a a>b", "", "foreign");
        check("!>a a>b", "a", "b after 1");
        check(">a ?a>b", "a", "of others");
        check(">a ?a>b", "", "of others");
        check("?>a a>b", "a", "b after 1");
    }

    #[test]
    fn what_nobody_left_so_is_left_alone() {
        check(">a", "x", "foreign");
        check("a>b b>c", "", "foreign");
        check("a>b c>d", "b", "foreign");
    }
}
