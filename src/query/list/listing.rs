//! Rows in an order, of which one can be found, added or taken away without looking at the others.

/// Rows sorted by what they are; each of them once.
///
/// A row is its own key: it begins with what the list is sorted by, and ends with an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing<R> {
    /// Sorted, none twice.
    rows: Vec<R>,
}

impl<R> Default for Listing<R> {
    fn default() -> Self {
        Self { rows: Vec::new() }
    }
}

impl<R: Ord> Listing<R> {
    /// Sorts the rows.
    pub fn new(rows: impl IntoIterator<Item = R>) -> Self {
        let mut rows: Vec<R> = rows.into_iter().collect();
        rows.sort_unstable();
        rows.dedup();
        Self { rows }
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row that stands there, counted from 0.
    pub fn get(&self, at: usize) -> Option<&R> {
        self.rows.get(at)
    }

    pub fn iter(&self) -> std::slice::Iter<'_, R> {
        self.rows.iter()
    }

    /// Where a row stands.
    pub fn position(&self, row: &R) -> Option<usize> {
        self.rows.binary_search(row).ok()
    }

    /// Adds a row at its place; does nothing where it is there.
    pub fn insert(&mut self, row: R) {
        if let Err(at) = self.rows.binary_search(&row) {
            self.rows.insert(at, row);
        }
    }

    /// Takes a row out; does nothing where it is not there.
    pub fn remove(&mut self, row: &R) {
        if let Ok(at) = self.rows.binary_search(row) {
            self.rows.remove(at);
        }
    }
}
