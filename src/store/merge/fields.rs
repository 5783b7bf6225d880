//! Single fields of two versions, and rows by their ids. Three-way merging in its smallest form: a side that is as
//! the base counts as unchanged.

use std::collections::{BTreeMap, BTreeSet};

/// The version that holds: where only one side has changed it, or both alike. `None` where both changed it and
/// differently.
pub fn pick<'v, T: PartialEq + ?Sized>(base: Option<&T>, ours: &'v T, theirs: &'v T) -> Option<&'v T> {
    if ours == theirs || base == Some(theirs) {
        Some(ours)
    } else if base == Some(ours) {
        Some(theirs)
    } else {
        None
    }
}

/// Makes both sides the version that holds; where neither does, they stay as they are.
pub fn together<T: PartialEq + Clone>(base: Option<&T>, ours: &mut T, theirs: &mut T) {
    if let Some(one) = pick(base, ours, theirs).cloned() {
        ours.clone_from(&one);
        *theirs = one;
    }
}

/// Rows of two versions by id; `both` says what becomes of a row that both sides have changed and not alike.
pub fn rows<I: Ord + Clone, R: PartialEq + Clone>(
    base: &BTreeMap<I, R>,
    ours: &BTreeMap<I, R>,
    theirs: &BTreeMap<I, R>,
    mut both: impl FnMut(&I, Option<&R>, Option<&R>) -> Option<R>,
) -> BTreeMap<I, R> {
    let ids: BTreeSet<&I> = ours.keys().chain(theirs.keys()).collect();
    let merged = ids.into_iter().filter_map(|id| {
        let (ours, theirs) = (ours.get(id), theirs.get(id));
        let row = match pick(Some(&base.get(id)), &ours, &theirs) {
            Some(row) => row.cloned(),
            None => both(id, ours, theirs),
        };
        Some((id.clone(), row?))
    });
    merged.collect()
}

/// Items of two lists by id, in our order, followed by those that only they have; `both` as in [`rows`].
pub fn lists<T: PartialEq + Clone, I: PartialEq>(
    base: &[T],
    ours: &[T],
    theirs: &[T],
    id: impl Fn(&T) -> I,
    mut both: impl FnMut(Option<&T>, Option<&T>, Option<&T>) -> Option<T>,
) -> Vec<T> {
    let in_list = |list: &'_ [T], of: &T| list.iter().position(|item| id(item) == id(of));
    let new = theirs.iter().filter(|item| in_list(ours, item).is_none());
    let merged = ours.iter().chain(new).filter_map(|item| {
        let [base, ours, theirs] = [base, ours, theirs].map(|list| in_list(list, item).map(|at| &list[at]));
        match pick(Some(&base), &ours, &theirs) {
            Some(item) => item.cloned(),
            None => both(base, ours, theirs),
        }
    });
    merged.collect()
}
