//! Heights of the rows of a page, with their sums found in logarithmic time: a Fenwick tree, as in P. M. Fenwick, “A new
//! data structure for cumulative frequency tables” (1994). A text of a million paragraphs scrolls as one of ten does.

/// Rows from top to bottom, each with a height in pixels.
#[derive(Clone, Debug, Default)]
pub(super) struct Heights {
    /// Each row’s own height, measured or estimated, to tell by how much a correction changes the sums.
    rows: Vec<f32>,
    /// `tree[i]` sums the `i & -i` rows that end at row `i - 1`.
    tree: Vec<f64>,
}

impl Heights {
    /// Takes over other rows, in the room that the last ones had.
    pub fn refill(&mut self, rows: impl Iterator<Item = f32>) {
        self.rows.clear();
        self.rows.extend(rows);
        self.tree.clear();
        self.tree.push(0.0);
        self.tree.extend(self.rows.iter().map(|&height| f64::from(height)));
        for node in 1..self.tree.len() {
            let parent = node + lowest_bit(node);
            if parent < self.tree.len() {
                self.tree[parent] += self.tree[node];
            }
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Of one row, in pixels.
    pub fn get(&self, row: usize) -> f32 {
        self.rows[row]
    }

    /// Gives a row another height; all rows below it move.
    pub fn set(&mut self, row: usize, height: f32) {
        let change = f64::from(height) - f64::from(self.rows[row]);
        if change == 0.0 {
            return;
        }
        self.rows[row] = height;
        let mut node = row + 1;
        while node < self.tree.len() {
            self.tree[node] += change;
            node += lowest_bit(node);
        }
    }

    /// Where a row begins: the sum of all rows before it.
    pub fn top(&self, row: usize) -> f64 {
        let mut node = row.min(self.rows.len());
        let mut sum = 0.0;
        while node > 0 {
            sum += self.tree[node];
            node -= lowest_bit(node);
        }
        sum
    }

    /// Of all rows together.
    pub fn total(&self) -> f64 {
        self.top(self.rows.len())
    }

    /// The row at a distance from the top, and how far into it; the first or last row where it lies outside.
    pub fn row_at(&self, distance: f64) -> (usize, f32) {
        let mut rest = distance.max(0.0);
        let mut node = 0;
        let mut step = self.tree.len().next_power_of_two();
        while step > 0 {
            let next = node + step;
            if next < self.tree.len() && self.tree[next] <= rest {
                rest -= self.tree[next];
                node = next;
            }
            step /= 2;
        }
        match self.rows.len().checked_sub(1) {
            None => (0, 0.0),
            Some(last) if node > last => (last, self.rows[last]),
            Some(_) => (node, rest as f32),
        }
    }
}

fn lowest_bit(node: usize) -> usize {
    node & node.wrapping_neg()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heights(rows: &[f32]) -> Heights {
        let mut heights = Heights::default();
        heights.refill([7.0; 50].into_iter());
        heights.refill(rows.iter().copied());
        heights
    }

    #[test]
    fn sums_and_searches_agree_with_adding_up() {
        let rows: Vec<f32> = (0..37).map(|i| ((i * 7) % 5) as f32 + 1.0).collect();
        let mut heights = heights(&rows);
        heights.set(11, 40.0);
        let mut rows = rows;
        rows[11] = 40.0;
        let mut top = 0.0;
        for (row, &height) in rows.iter().enumerate() {
            assert_eq!(heights.top(row), top);
            assert_eq!(heights.row_at(top), (row, 0.0));
            assert_eq!(heights.row_at(top + f64::from(height) - 0.5), (row, height - 0.5));
            top += f64::from(height);
        }
        assert_eq!(heights.total(), top);
    }

    #[test]
    fn a_distance_outside_falls_on_the_first_or_last_row() {
        let two = heights(&[10.0, 20.0]);
        assert_eq!(two.row_at(-3.0), (0, 0.0));
        assert_eq!(two.row_at(99.0), (1, 20.0));
        assert_eq!(heights(&[]).row_at(5.0), (0, 0.0));
    }
}
