//! Brings the rows of a table up to date: made where something was read anew, filtered, sorted, and with what is open
//! below them. In a frame in which nothing has changed it only compares.

use super::{
    super::{rail, state::Compare},
    claims,
    line::Row,
    ordered::Ordered,
    sorting::{Direction, Sorting},
    sources, stances,
    state::{Face, RowsFor, Shown, Tables},
};
use crate::{
    compare::{Statement, beginning, tables::Order},
    ui::{context::Ctx, kit::list::Offsets},
};

/// The height of a line that has not been seen, in points.
const USUAL: f32 = 56.0;
/// So much of a statement’s words is kept for the order, in bytes.
const WORDS: usize = 200;

impl Compare {
    /// Makes the rows anew where they are not what they were made of.
    pub(super) fn bring_rows_up_to_date(&mut self, ctx: &Ctx<'_>) {
        let tables = &self.tables;
        let now = RowsFor {
            face: tables.face,
            made: tables.made,
            statements: (
                self.compared + self.made_for.as_ref().map_or(0, |made| made.relations),
                self.statements.all.len(),
            ),
            filter: tables.filter.trim().to_lowercase(),
            sorting: tables.sorting.get(&tables.face).copied(),
            by: tables.by,
            open: tables.open.clone(),
        };
        if tables.rows_for.as_ref() == Some(&now) {
            return;
        }
        if now.face == Face::Order {
            self.order_statements(ctx, &now);
        } else {
            self.tables.make(&now);
        }
        self.tables.rows_for = Some(now);
    }

    /// The order of the statements of the columns.
    fn order_statements(&mut self, ctx: &Ctx<'_>, now: &RowsFor) {
        let places: Vec<_> = self.statements.all.iter().map(|statement| statement.places.clone()).collect();
        let text = |column: usize| {
            let pane = self.columns.panes().get(column)?;
            ctx.session.scene_of(*pane).text().ok()
        };
        let words = |statement: &Statement| {
            let column = statement.fullest();
            let place = statement.places[column].as_ref().zip(text(column));
            place.map(|(place, text)| beginning(place, text, WORDS)).unwrap_or_default()
        };
        let words = self.statements.all.iter().map(words).collect();
        self.tables.ordered = Ordered::of(Order::of(&places), words, (&now.filter, now.sorting));
    }

    /// What each column is called where there is little room.
    pub(super) fn outlets(&self, ctx: &Ctx<'_>) -> Vec<String> {
        rail::outlets(ctx, self)
    }
}

impl Tables {
    fn make(&mut self, now: &RowsFor) {
        let is_same_reading = self
            .rows_for
            .as_ref()
            .is_some_and(|before| (before.face, before.made, before.by) == (now.face, now.made, now.by));
        if !is_same_reading {
            self.grid = match (&self.data, now.face) {
                (Some(data), Face::Sources) => sources::grid(data),
                (Some(data), Face::Stances) => stances::grid(data, now.by),
                (Some(data), Face::Claims) => claims::grid(data),
                _ => super::line::Grid::default(),
            };
        }
        let held = self.lines.get(self.at).map(|line| self.place_of(*line));
        let mut order: Vec<usize> =
            (0..self.grid.rows.len()).filter(|at| self.grid.rows[*at].has(&now.filter)).collect();
        if let Some(sorting) = now.sorting {
            sort(&mut order, &self.grid.rows, sorting);
        }
        self.lines = order.into_iter().flat_map(|at| self.lines_of(at)).collect();
        self.offsets = Offsets::new(self.lines.iter().map(|_| USUAL));
        let again = held.and_then(|(id, under)| self.line_at(&id, under));
        self.at = again.unwrap_or(self.at).min(self.lines.len().saturating_sub(1));
    }

    /// A row and what is open below it.
    fn lines_of(&self, at: usize) -> Vec<Shown> {
        let row = &self.grid.rows[at];
        let mut lines = vec![Shown::Row(at)];
        if let Some(column) = self.open.get(&row.id) {
            let under = row.under.iter().enumerate();
            let shown = under.filter(|(_, under)| column.is_none() || under.column == *column);
            lines.extend(shown.map(|(under, _)| Shown::Under(at, under)));
        }
        lines
    }

    /// What a line is, whatever its number.
    fn place_of(&self, line: Shown) -> (String, Option<usize>) {
        let (row, under) = match line {
            Shown::Row(row) => (row, None),
            Shown::Under(row, under) => (row, Some(under)),
        };
        (self.grid.rows.get(row).map(|row| row.id.clone()).unwrap_or_default(), under)
    }

    fn line_at(&self, id: &str, under: Option<usize>) -> Option<usize> {
        let of = |line: &Shown| self.place_of(*line);
        let exact = self.lines.iter().position(|line| of(line) == (id.to_owned(), under));
        exact.or_else(|| self.lines.iter().position(|line| of(line).0 == id))
    }
}

fn sort(order: &mut [usize], rows: &[Row], sorting: Sorting) {
    let key = |at: &usize| rows[*at].cells.get(sorting.column).map(|cell| &cell.sort);
    match sorting.direction {
        Direction::Up => order.sort_by(|one, other| key(one).cmp(&key(other))),
        Direction::Down => order.sort_by(|one, other| key(other).cmp(&key(one))),
    }
}
