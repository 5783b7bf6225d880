//! Draws a table: its head, by which it is sorted, and of its rows those in view.

use egui::{Rect, Response, Sense, Ui, Vec2, WidgetInfo, accesskit::Role, pos2, vec2};
use jiff::civil::Date;

use super::{
    super::state::Compare,
    head::{HEAD, head_ui},
    line::{Cell, Look, Opens, Row, Side, Under},
    state::Shown,
};
use crate::{
    compare::tables::Manner,
    ui::{
        context::Ctx,
        kit::{
            glyph::{self, Fold},
            list::{self, Ground},
            rows::{RowPlace, Rows},
            words::{self, Words},
        },
        theme::{Tokens, fonts, size, space},
        view::annotate::Annotate,
        wish::Wish,
        words::tr,
    },
};

/// Above and below the words of a row.
const PAD: f32 = 8.0;
/// The room of the sign that a row can be opened.
const FOLD: f32 = 20.0;
/// Lines of a cell’s words at most, for each of its parts.
const LINES: usize = 4;

/// What a click asks for.
enum Asked {
    Line(usize),
    Cell(usize, usize),
    Sort(usize),
}

/// Draws the table over all the room there is.
pub fn grid_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Compare, annotate: &mut Annotate, out: &mut Vec<Wish>) {
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    let edges = edges(view, ui.available_rect_before_wrap());
    let mut asked = heads_ui(ui, ctx, view, &edges).map(Asked::Sort);
    let count = view.tables.lines.len();
    let page = Rows::page(ui, 56.0);
    let mut cursor = view.tables.cursor;
    let wanted = cursor.step(ui, count, page).or(view.tables.wanted.take());
    let mut offsets = std::mem::take(&mut view.tables.offsets);
    let mut focused = None;
    Rows::uneven("table", &mut offsets).called(tr("Rows of the table")).keeping(cursor.held()).show(
        ui,
        wanted,
        |ui, place| {
            let sense = cursor.sense(place.at, &place.seen);
            let (height, response, cell) = line_ui(ui, ctx, view, &edges, &place, sense);
            cursor.follow(ui, place.at, &response);
            if response.has_focus() {
                focused = Some(place.at);
            }
            if response.clicked() {
                asked = Some(Asked::Line(place.at));
            }
            if let Some(column) = cell {
                asked = Some(Asked::Cell(place.at, column));
            }
            height
        },
    );
    (view.tables.offsets, view.tables.cursor) = (offsets, cursor);
    view.tables.at = focused.unwrap_or(view.tables.at);
    match asked {
        Some(Asked::Line(at)) => view.act(at, None, ctx.session, annotate, out),
        Some(Asked::Cell(at, column)) => view.act(at, Some(column), ctx.session, annotate, out),
        Some(Asked::Sort(column)) => view.tables.sort_by(column),
        None => {}
    }
}

/// The left edges of the columns, and the right one of the last.
fn edges(view: &Compare, all: Rect) -> Vec<f32> {
    let heads = &view.tables.grid.heads;
    let (left, width) = (all.left() + space::L + FOLD, all.width() - 2.0 * space::L - FOLD);
    let total: f32 = heads.iter().map(|head| head.share).sum();
    let mut edges = vec![left];
    let mut sum = 0.0;
    for head in heads {
        sum += head.share;
        edges.push((left + width * sum / total.max(1.0)).round());
    }
    edges
}

/// The titles; gives the column that was clicked.
fn heads_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &Compare, edges: &[f32]) -> Option<usize> {
    let (all, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD), Sense::hover());
    ui.painter().hline(all.x_range(), all.bottom() - 0.5, ctx.tokens.edge());
    let mut clicked = None;
    for (at, head) in view.tables.grid.heads.iter().enumerate() {
        let rect = Rect::from_x_y_ranges(edges[at]..=edges[at + 1], all.y_range());
        if head_ui(ui, ctx, &view.tables, (at, &head.title, head.side), rect) {
            clicked = Some(at);
        }
    }
    clicked
}

/// A line; gives its height, and the cell that was clicked where that opens something of its own.
fn line_ui(
    ui: &Ui,
    ctx: &Ctx<'_>,
    view: &Compare,
    edges: &[f32],
    place: &RowPlace,
    sense: Sense,
) -> (f32, Response, Option<usize>) {
    let rect = place.rect.shrink2(vec2(space::S, 0.0));
    let is_current = view.tables.at == place.at;
    let response = ui.interact(rect, ui.scope_id().with(("line", place.at)), sense);
    match view.tables.lines[place.at] {
        Shown::Row(at) => {
            let row = &view.tables.grid.rows[at];
            let is_open = view.tables.open.contains_key(&row.id);
            response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, is_current, told(view, row)));
            ground(ui, ctx.tokens, rect, &response, is_current);
            let color = ctx.tokens.soft_ink;
            let fold = if is_open { Fold::Open } else { Fold::Folded };
            if !row.under.is_empty() {
                glyph::paint_fold(ui.painter(), pos2(edges[0] - space::M, rect.top() + PAD + 9.0), fold, color);
            }
            let (height, cell) = cells_ui(ui, ctx, view, row, edges, rect);
            ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, ctx.tokens.edge());
            (height, response, cell)
        }
        Shown::Under(at, under) => {
            let under = &view.tables.grid.rows[at].under[under];
            let told = format!("{}: {} – {}", under.lead, under.words, under.tail);
            response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, is_current, &told));
            ground(ui, ctx.tokens, rect, &response, is_current);
            (under_ui(ui, ctx, under, edges[0], rect), response, None)
        }
    }
}

fn ground(ui: &Ui, tokens: &Tokens, rect: Rect, response: &Response, is_current: bool) {
    if is_current && !response.has_focus() {
        ui.painter().rect_filled(rect, f32::from(size::RADIUS), tokens.hover);
    }
    list::paint_ground(ui, tokens, rect, response, Ground::Plain);
}

/// What a row is called to those who cannot see it.
fn told(view: &Compare, row: &Row) -> String {
    let cells = view
        .tables
        .grid
        .heads
        .iter()
        .zip(&row.cells)
        .skip(1)
        .map(|(head, cell)| format!("{} {}", head.title, cell.told()));
    format!("{}: {}", row.cells.first().map(Cell::told).unwrap_or_default(), cells.collect::<Vec<_>>().join("; "))
}

fn cells_ui(ui: &Ui, ctx: &Ctx<'_>, view: &Compare, row: &Row, edges: &[f32], rect: Rect) -> (f32, Option<usize>) {
    let (mut tallest, mut clicked) = (0.0_f32, None);
    for (at, cell) in row.cells.iter().enumerate() {
        let room = Rect::from_x_y_ranges(edges[at]..=edges[at + 1] - space::M, rect.top() + PAD..=rect.bottom());
        if cell.opens == Opens::Cell && row.under.iter().any(|under| under.column == Some(at)) {
            let own = room.with_min_y(rect.top() + 2.0).with_max_y(rect.bottom() - 2.0).expand2(vec2(space::XS, 0.0));
            let response = ui.interact(own, ui.scope_id().with(("cell", &row.id, at)), Sense::CLICK);
            let head = view.tables.grid.heads[at].title.as_str();
            let name = format!("{}, {head}: {}", row.cells.first().map(Cell::told).unwrap_or_default(), cell.told());
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            let is_open = view.tables.open.get(&row.id) == Some(&Some(at));
            if response.hovered() || is_open {
                ui.painter().rect_filled(own, f32::from(size::RADIUS), ctx.tokens.hover);
            }
            if response.clicked() {
                clicked = Some(at);
            }
        }
        if !cell.dots.is_empty() {
            timeline(ui, ctx.tokens, view, &cell.dots, room);
        }
        tallest = tallest.max(cell_ui(ui, ctx.tokens, cell, view.tables.grid.heads[at].side, room));
    }
    (tallest.max(18.0) + 2.0 * PAD, clicked)
}

/// Draws the words of a cell; gives their height.
fn cell_ui(ui: &Ui, tokens: &Tokens, cell: &Cell, side: Side, room: Rect) -> f32 {
    let mut top = room.top();
    for (text, look) in &cell.lines {
        let set = set(ui, tokens, text, *look, room.width());
        let (width, height) = (set.size().x, set.size().y);
        let left = if side == Side::Left { room.left() } else { room.right() - width };
        set.paint(ui.painter(), pos2(left, top));
        top += height;
    }
    top - room.top()
}

fn set(ui: &Ui, tokens: &Tokens, text: &str, look: Look, width: f32) -> Words {
    let (font, color, line) = match look {
        Look::Name => (fonts::strong(size::TEXT), tokens.ink, 18.0),
        Look::Serif => (fonts::serif(size::LIST_WORDS), tokens.ink, 20.0),
        Look::Plain => (fonts::plain(size::TEXT), tokens.ink, 18.0),
        Look::Soft => (fonts::plain(size::SMALL), tokens.soft_ink, 16.0),
        Look::Open => (fonts::strong(size::SMALL), tokens.accent, 16.0),
        Look::Answer => (fonts::strong(size::SMALL), tokens.soft_ink, 16.0),
    };
    words::wrapped(ui.painter(), text, (font, color), width, (LINES, line))
}

/// A line below a row: what it is, its words, and what is known of them.
fn under_ui(ui: &Ui, ctx: &Ctx<'_>, under: &Under, left: f32, rect: Rect) -> f32 {
    let (tokens, width) = (ctx.tokens, rect.right() - left - space::S);
    let beside = (width * 0.22).clamp(96.0, 220.0);
    let soft = |text: &str| {
        words::wrapped(ui.painter(), text, (fonts::plain(size::SMALL), tokens.soft_ink), beside - space::M, (4, 16.0))
    };
    let (lead, tail) = (soft(&under.lead), soft(&under.tail));
    let middle = width - 2.0 * beside - space::M;
    let said =
        words::wrapped(ui.painter(), &under.words, (fonts::serif(size::LIST_WORDS), tokens.ink), middle, (4, 20.0));
    let tallest = (lead.size().y + 2.0).max(tail.size().y + 2.0).max(said.size().y);
    let (top, tail_width) = (rect.top() + space::XS, tail.size().x);
    lead.paint(ui.painter(), pos2(left, top + 2.0));
    said.paint(ui.painter(), pos2(left + beside, top));
    tail.paint(ui.painter(), pos2(rect.right() - space::S - tail_width, top + 2.0));
    tallest + 2.0 * space::XS
}

/// The days on which something is said of a claim, between the first and the last of all; what is denied is a cross, what
/// is doubted hollow.
fn timeline(ui: &Ui, tokens: &Tokens, view: &Compare, dots: &[(Date, Manner)], room: Rect) {
    let Some((first, last)) = view.tables.data.as_ref().and_then(|data| data.claims.days()) else { return };
    let days = |date: Date| date.since(first).map_or(0, |span| span.get_days());
    let (all, y) = (days(last).max(1) as f32, room.top() + 9.0);
    let line = room.shrink2(vec2(6.0, 0.0));
    ui.painter().hline(line.x_range(), y, tokens.edge());
    let mut seen: Vec<(Date, f32)> = Vec::new();
    for (date, manner) in dots {
        let at = line.left() + line.width() * days(*date) as f32 / all;
        // Several of one day stand below each other.
        let below = seen.iter().filter(|(day, _)| day == date).count() as f32;
        seen.push((*date, at));
        let center = pos2(at, y + below * 10.0);
        match manner {
            Manner::Asserted => {
                ui.painter().circle_filled(center, 3.5, tokens.accent);
            }
            Manner::Supported => {
                ui.painter().circle_filled(center, 2.0, tokens.accent);
            }
            Manner::Denied => glyph::paint_cross(ui.painter(), center, tokens.danger),
            Manner::Doubted => {
                ui.painter().circle_stroke(center, 3.0, egui::Stroke::new(1.5 * size::LINE, tokens.danger));
            }
        }
    }
}
