//! The titles of a table’s columns, and sorting by them: a click sorts, another one turns it round, a third one ends it.

use egui::{Rect, Sense, Ui, WidgetInfo, accesskit::Role, pos2};

use super::{
    line::{Side, Sort},
    sorting::{Direction, Sorting},
    state::{Face, Tables},
};
use crate::ui::{
    context::Ctx,
    kit::{focus, glyph, words},
    theme::{fonts, size, space},
    words::tr,
};

/// The height of the titles, in points.
pub const HEAD: f32 = 36.0;

/// Draws the title of a column into a rectangle; whether it was clicked.
pub fn head_ui(ui: &Ui, ctx: &Ctx<'_>, tables: &Tables, (at, title, side): (usize, &str, Side), rect: Rect) -> bool {
    let tokens = ctx.tokens;
    let sorted = tables.sorting.get(&tables.face).filter(|sorting| sorting.column == at);
    let how = match sorted.map(|sorting| sorting.direction) {
        Some(Direction::Up) => tr!("Sort by {title}, now from the smallest", title),
        Some(Direction::Down) => tr!("Sort by {title}, now from the largest", title),
        None => tr!("Sort by {title}", title),
    };
    let response = ui.interact(rect, ui.scope_id().with(("sort", at)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, sorted.is_some(), &how));
    let color = if sorted.is_some() || response.hovered() { tokens.ink } else { tokens.soft_ink };
    if response.has_focus() {
        focus::paint_ring(ui, tokens, rect.shrink(2.0));
    }
    let room = rect.width() - space::M - if sorted.is_some() { space::L } else { 0.0 };
    let set = words::wrapped(ui.painter(), title, (fonts::strong(size::TINY + 0.5), color), room, (2, 14.0));
    let (width, height) = (set.size().x, set.size().y);
    let left = match side {
        Side::Left => rect.left(),
        Side::Right => rect.right() - space::M - width,
    };
    if let Some(sorting) = sorted {
        let down = if sorting.direction == Direction::Up { -1.0 } else { 1.0 };
        let x = if side == Side::Left { left + width + space::M } else { left - space::M };
        glyph::paint_chevron(ui.painter(), pos2(x, rect.center().y), down, color);
    }
    let set = if side == Side::Right { set.flush_right() } else { set };
    set.paint(ui.painter(), pos2(left, rect.center().y - height / 2.0));
    response.on_hover_text(how).clicked()
}

impl Tables {
    /// How many columns the table that is shown can be sorted by.
    fn columns(&self) -> usize {
        if self.face == Face::Order { self.ordered.columns() } else { self.grid.heads.len() }
    }

    /// How a column is sorted first: from the largest number; places and words from their beginning.
    fn first_direction(&self, column: usize) -> Direction {
        let is_number = match self.face {
            Face::Order => column + 1 == self.columns(),
            _ => {
                let cell = self.grid.rows.first().and_then(|row| row.cells.get(column));
                cell.is_some_and(|cell| matches!(cell.sort, Sort::Number(_)))
            }
        };
        if is_number { Direction::Down } else { Direction::Up }
    }

    /// Sorts by a column; again, the other way; again, not.
    pub(super) fn sort_by(&mut self, column: usize) {
        let first = self.first_direction(column);
        let next = match self.sorting.get(&self.face) {
            Some(now) if now.column == column && now.direction == first => Some(first.other()),
            Some(now) if now.column == column => None,
            _ => Some(first),
        };
        match next {
            Some(direction) => _ = self.sorting.insert(self.face, Sorting { column, direction }),
            None => _ = self.sorting.remove(&self.face),
        }
    }

    /// Sorts by the next column, after the last one by none.
    pub(super) fn sort_next(&mut self) {
        match self.sorting.remove(&self.face) {
            Some(now) if now.column + 1 >= self.columns() => {}
            now => self.sort_by(now.map_or(0, |now| now.column + 1)),
        }
    }

    /// Sorts the other way round, where it is sorted.
    pub(super) fn turn_round(&mut self) {
        if let Some(now) = self.sorting.get_mut(&self.face) {
            now.direction = now.direction.other();
        }
    }
}
