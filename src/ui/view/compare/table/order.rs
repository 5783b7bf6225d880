//! Draws *Order*: the statements of each report in its order, and lines between those that are the same.

use std::ops::RangeInclusive;

use egui::{Rect, ScrollArea, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, accesskit::Role, pos2, vec2};

use super::{
    super::state::Compare,
    head::{HEAD, head_ui},
    line::Side,
    state::Face,
};
use crate::ui::{
    context::Ctx,
    kit::{
        list::{self, Ground},
        words,
    },
    theme::{fonts, size, space},
    view::annotate::Annotate,
    wish::Wish,
    words::tr,
};

const ROW: f32 = 44.0;
/// Between two reports, where the lines are.
const GAP: f32 = 72.0;
/// How far the places lie apart: its title is beside those of the reports.
const APART: f32 = 64.0;
/// The room of a place’s number.
const NUMBER: f32 = 28.0;

/// Draws the order over all the room there is.
pub fn order_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Compare, annotate: &mut Annotate, out: &mut Vec<Wish>) {
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    let outlets = view.outlets(ctx);
    let count = outlets.len();
    let (head, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD), Sense::hover());
    ui.painter().hline(head.x_range(), head.bottom() - 0.5, ctx.tokens.edge());
    let gap = GAP.min(head.width() * 0.1);
    let inside = head.shrink2(vec2(space::L, 0.0));
    let columns: Vec<(f32, f32)> = columns(inside.with_max_x(inside.right() - APART), count, gap);
    let sorted = heads_ui(ui, ctx, view, (&outlets, &columns), inside);
    let rows = view.tables.ordered.count;
    let mut clicked = None;
    let wanted = view.tables.wanted.take().and_then(|at| view.tables.ordered.rows.get(at)?.iter().flatten().min());
    let mut scroll = ScrollArea::vertical().id_salt("order").auto_shrink(false);
    if let Some(place) = wanted {
        let middle = (*place as f32 + 0.5) * ROW - ui.available_height() / 2.0;
        scroll = scroll.vertical_scroll_offset(middle.max(0.0));
    }
    scroll.show_viewport(ui, |ui, seen| {
        ui.set_height(rows as f32 * ROW + space::L);
        let origin = ui.min_rect().top();
        let middle = |row: usize| origin + (row as f32 + 0.5) * ROW;
        let (first, last) = ((seen.top() / ROW) as usize, (seen.bottom() / ROW) as usize);
        lines(ui, ctx, view, &columns, (&(first..=last), &middle));
        for (at, rows) in view.tables.ordered.rows.iter().enumerate() {
            for (column, row) in rows.iter().enumerate() {
                let Some(row) = row.filter(|row| (first..=last).contains(row)) else { continue };
                let (left, right) = columns[column];
                let rect =
                    Rect::from_min_max(pos2(left, middle(row) - ROW / 2.0), pos2(right, middle(row) + ROW / 2.0));
                if statement_ui(ui, ctx, view, &outlets, (at, column), rect.shrink2(vec2(0.0, 2.0))) {
                    clicked = Some(at);
                }
            }
            let row = rows.iter().flatten().next().filter(|row| (first..=last).contains(*row));
            if let Some(row) = row.filter(|_| view.tables.ordered.is_sorted) {
                apart_ui(ui, ctx, view, at, pos2(inside.right(), middle(*row)));
            }
        }
    });
    if let Some(column) = sorted {
        view.tables.sort_by(column);
    }
    if let Some(at) = clicked {
        view.show_face(Face::Statements);
        view.go_to(at, ctx.session, annotate, out);
    }
}

/// The titles of the reports, and that of how far apart the places are; gives the column that was clicked.
fn heads_ui(
    ui: &Ui,
    ctx: &Ctx<'_>,
    view: &Compare,
    (outlets, columns): (&[String], &[(f32, f32)]),
    row: Rect,
) -> Option<usize> {
    let apart = tr("Places apart");
    let titles = outlets.iter().map(|outlet| (outlet.as_str(), Side::Left)).chain([(&*apart, Side::Right)]);
    let edges = columns.iter().copied().chain([(row.right() - APART, row.right() + space::M)]);
    let mut clicked = None;
    for (at, ((title, side), (left, right))) in titles.zip(edges).enumerate() {
        if head_ui(ui, ctx, &view.tables, (at, title, side), Rect::from_x_y_ranges(left..=right, row.y_range())) {
            clicked = Some(at);
        }
    }
    clicked
}

/// The left and right edges of the columns.
fn columns(all: Rect, count: usize, gap: f32) -> Vec<(f32, f32)> {
    let width = (all.width() - gap * count.saturating_sub(1) as f32) / count.max(1) as f32;
    (0..count)
        .map(|at| all.left() + at as f32 * (width + gap))
        .map(|left| (left.round(), (left + width).round()))
        .collect()
}

/// The lines between neighbours; those that cross others are the same strength, the statement in hand stands out.
fn lines(
    ui: &Ui,
    ctx: &Ctx<'_>,
    view: &Compare,
    columns: &[(f32, f32)],
    (seen, middle): (&RangeInclusive<usize>, &impl Fn(usize) -> f32),
) {
    for (at, rows) in view.tables.ordered.rows.iter().enumerate() {
        let own: Vec<(usize, usize)> = rows.iter().enumerate().filter_map(|(c, row)| Some((c, (*row)?))).collect();
        let is_in_hand = view.at == Some(at);
        for pair in own.windows(2) {
            let [(a, from), (b, to)] = [pair[0], pair[1]];
            // A long line may be seen though both of its ends are not.
            if from.max(to) < *seen.start() || from.min(to) > *seen.end() {
                continue;
            }
            let color = if is_in_hand { ctx.tokens.accent } else { ctx.tokens.soft_ink };
            let stroke = Stroke::new(if is_in_hand { 2.5 } else { 1.5 }, color);
            let ends = [pos2(columns[a].1, middle(from)), pos2(columns[b].0, middle(to))];
            // Over a report that has not got it the line is broken.
            match b == a + 1 {
                true => _ = ui.painter().line_segment(ends, stroke),
                false => ui.painter().extend(Shape::dashed_line(&ends, stroke, 2.0, 4.0)),
            }
        }
    }
}

/// How far the places of a statement lie apart, where several reports have it, before a point.
fn apart_ui(ui: &Ui, ctx: &Ctx<'_>, view: &Compare, at: usize, right: egui::Pos2) {
    let placed = &view.tables.ordered.order.all[at];
    if placed.is_shared() {
        let font = fonts::plain(size::SMALL);
        ui.painter().text(right, egui::Align2::RIGHT_CENTER, placed.span().to_string(), font, ctx.tokens.soft_ink);
    }
}

/// A statement at its place in a report; whether it was clicked.
fn statement_ui(
    ui: &Ui,
    ctx: &Ctx<'_>,
    view: &Compare,
    outlets: &[String],
    (at, column): (usize, usize),
    rect: Rect,
) -> bool {
    let (tokens, ordered) = (ctx.tokens, &view.tables.ordered);
    let said = ordered.words.get(at).map(String::as_str).unwrap_or_default();
    let is_shared = ordered.order.all[at].is_shared();
    let place = ordered.order.all[at].places[column].unwrap_or_default();
    let sense = if is_shared { Sense::click() } else { Sense::CLICK };
    let response = ui.interact(rect, ui.scope_id().with(("statement", at, column)), sense);
    let told = tr!("{said}: {n} in {outlet}", said, n = place.to_string(), outlet = &outlets[column]);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, view.at == Some(at), &told));
    let ground = if is_shared { Ground::Raised } else { Ground::Plain };
    list::paint_ground(ui, tokens, rect, &response, ground);
    if view.at == Some(at) {
        ui.painter().rect_stroke(rect, f32::from(size::RADIUS), tokens.focus(), egui::StrokeKind::Inside);
    }
    let color = if is_shared { tokens.ink } else { tokens.soft_ink };
    let number = words::whole(ui.painter(), &place.to_string(), fonts::strong(size::SMALL), color);
    let width = number.size().x;
    number.paint_middle_left(ui.painter(), pos2(rect.left() + NUMBER - space::S - width, rect.center().y));
    let room = rect.width() - NUMBER - space::S;
    let text = words::wrapped(ui.painter(), said, (fonts::serif(size::TEXT), color), room, (2, 17.0));
    let height = text.size().y;
    text.paint(ui.painter(), pos2(rect.left() + NUMBER, rect.center().y - height / 2.0));
    response.clicked()
}
