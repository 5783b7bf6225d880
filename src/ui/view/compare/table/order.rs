//! Draws *Order*: the statements of each report in its order, and lines between those that are the same.

use egui::{Rect, ScrollArea, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, accesskit::Role, pos2, vec2};

use super::{super::state::Compare, state::Face};
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

const HEAD: f32 = 36.0;
const ROW: f32 = 44.0;
/// Between two reports, where the lines are.
const GAP: f32 = 72.0;
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
    let columns: Vec<(f32, f32)> = columns(head.shrink2(vec2(space::L, 0.0)), count, gap);
    for (outlet, (left, right)) in outlets.iter().zip(&columns) {
        let font = fonts::strong(size::TINY + 0.5);
        let title = words::elided(ui.painter(), outlet, font, ctx.tokens.soft_ink, right - left);
        title.paint_middle_left(ui.painter(), pos2(*left, head.center().y));
    }
    let rows = view.tables.order.counts.iter().max().copied().unwrap_or_default();
    let mut clicked = None;
    let wanted = view.tables.wanted.take().and_then(|at| view.tables.order.all.get(at)?.places.iter().flatten().min());
    let mut scroll = ScrollArea::vertical().id_salt("order").auto_shrink(false);
    if let Some(place) = wanted {
        let middle = (*place as f32 - 0.5) * ROW - ui.available_height() / 2.0;
        scroll = scroll.vertical_scroll_offset(middle.max(0.0));
    }
    scroll.show_viewport(ui, |ui, seen| {
        ui.set_height(rows as f32 * ROW + space::L);
        let origin = ui.min_rect().top();
        let middle = |place: usize| origin + (place as f32 - 0.5) * ROW;
        let is_seen = |place: usize| (seen.top() - ROW..=seen.bottom() + ROW).contains(&((place as f32 - 0.5) * ROW));
        lines(ui, ctx, view, &columns, (&is_seen, &middle));
        for (at, placed) in view.tables.order.all.iter().enumerate() {
            for (column, place) in placed.places.iter().enumerate() {
                let Some(place) = place.filter(|place| is_seen(*place)) else { continue };
                let (left, right) = columns[column];
                let rect =
                    Rect::from_min_max(pos2(left, middle(place) - ROW / 2.0), pos2(right, middle(place) + ROW / 2.0));
                if statement_ui(ui, ctx, view, &outlets, (at, column, place), rect.shrink2(vec2(0.0, 2.0))) {
                    clicked = Some(at);
                }
            }
        }
    });
    if let Some(at) = clicked {
        view.show_face(Face::Statements);
        view.go_to(at, ctx.session, annotate, out);
    }
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
    (is_seen, middle): (&impl Fn(usize) -> bool, &impl Fn(usize) -> f32),
) {
    for (at, placed) in view.tables.order.all.iter().enumerate() {
        let own: Vec<(usize, usize)> = placed.places.iter().enumerate().filter_map(|(c, p)| Some((c, (*p)?))).collect();
        let is_in_hand = view.at == Some(at);
        for pair in own.windows(2) {
            let [(a, from), (b, to)] = [pair[0], pair[1]];
            // A long line may be seen though both of its ends are not.
            let is_between = (from.min(to)..=from.max(to)).step_by(4).any(is_seen) || is_seen(to) || is_seen(from);
            if !is_between {
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

/// A statement at its place in a report; whether it was clicked.
fn statement_ui(
    ui: &Ui,
    ctx: &Ctx<'_>,
    view: &Compare,
    outlets: &[String],
    (at, column, place): (usize, usize, usize),
    rect: Rect,
) -> bool {
    let tokens = ctx.tokens;
    let said = view.tables.order_words.get(at).map(String::as_str).unwrap_or_default();
    let is_shared = view.tables.order.all[at].is_shared();
    let sense = if is_shared { Sense::click() } else { Sense::CLICK };
    let response = ui.interact(rect, ui.scope_id().with(("statement", at, column)), sense);
    let told = tr!("{said}: {n} in {outlet}", said, n = place.to_string(), outlet = &outlets[column]);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, view.at == Some(at), &told));
    let ground = if is_shared { Ground::Raised } else { Ground::Plain };
    list::paint_ground(ui, tokens, rect, &response, ground);
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
