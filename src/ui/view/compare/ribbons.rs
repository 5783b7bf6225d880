//! Bands between neighbouring columns from a statement to itself, quiet ticks on the scroll bars, and bars beside
//! paragraphs that share nothing. It only draws, and only what is in view.

use egui::{Color32, Mesh, Painter, Pos2, Rangef, Rect, Shape, Ui, lerp, pos2};

use super::{
    header::MARGIN,
    state::{Alone, Compare},
};
use crate::{
    command::PaneId,
    compare::Statement,
    session::Session,
    text::Fragments,
    ui::{
        context::Ctx,
        page::PageState,
        theme::{Tokens, space},
        view::annotate::{Annotate, article_page::ArticlePage},
    },
};

/// How strong a band is: of the statement in hand, and of the others.
const IN_HAND: f32 = 0.24;
const QUIET: f32 = 0.07;
/// Pieces of a band from one column to the other.
const PIECES: usize = 24;
/// From a band’s end to the words.
const GAP: f32 = 3.0;

/// Draws what belongs to the columns over their pages, which stand in `rects`.
pub fn ribbons_ui(ui: &Ui, ctx: &Ctx<'_>, view: &Compare, annotate: &Annotate, rects: &[Rect]) {
    let shown: Option<Vec<&ArticlePage>> =
        view.columns.panes().iter().map(|pane| annotate.pages.shown(*pane)).collect();
    let Some(shown) = shown else { return };
    let pages: Vec<&PageState> = shown.iter().map(|page| page.state()).collect();
    let tokens = ctx.tokens;
    for at in 1..pages.len() {
        let sides = [at - 1, at];
        let between = rects[at - 1].union(rects[at]);
        let painter = ui.painter().with_clip_rect(between);
        for (number, statement) in view.statements.all[..view.statements.shared].iter().enumerate() {
            let strength = if view.at == Some(number) { IN_HAND } else { QUIET };
            if let Some(ends) = ends(statement, sides, &pages) {
                band(&painter, ends, tokens.accent.gamma_multiply(strength));
            }
        }
    }
    for (column, page) in pages.iter().enumerate() {
        ticks(ui, tokens, view, (column, page), rects[column]);
        if view.shown.alone == Alone::Shown && view.comparison.is_some() {
            let pane = view.columns.panes()[column];
            bars(ui, tokens, view, ctx.session, (column, pane, shown[column]), rects[column]);
        }
    }
}

/// Where a statement leaves the left column and where it comes to the right one; `None` where either is out of view.
fn ends(statement: &Statement, sides: [usize; 2], pages: &[&PageState]) -> Option<[(f32, Rangef); 2]> {
    let place = |column: usize| statement.places[column].as_ref().map(Fragments::covering);
    let (left, right) = (place(sides[0])?, place(sides[1])?);
    let (left, right) = (pages[sides[0]].place_of(left)?, pages[sides[1]].place_of(right)?);
    let edge = |column: usize| pages[column].column();
    Some([(edge(sides[0])?.right() + GAP, left.y_range()), (edge(sides[1])?.left() - GAP, right.y_range())])
}

/// A band that leaves and comes level.
fn band(painter: &Painter, [from, to]: [(f32, Rangef); 2], color: Color32) {
    let mut mesh = Mesh::default();
    let mut points: Vec<[Pos2; 2]> = Vec::with_capacity(PIECES + 1);
    for piece in 0..=PIECES {
        let way = piece as f32 / PIECES as f32;
        // The cubic that is level at both ends.
        let rise = way * way * (3.0 - 2.0 * way);
        let x = lerp(from.0..=to.0, way);
        points.push([(from.1.min, to.1.min), (from.1.max, to.1.max)].map(|(a, b)| pos2(x, lerp(a..=b, rise))));
    }
    for [top, bottom] in points {
        mesh.colored_vertex(top, color);
        mesh.colored_vertex(bottom, color);
    }
    for piece in 0..PIECES as u32 {
        mesh.add_triangle(2 * piece, 2 * piece + 1, 2 * piece + 2);
        mesh.add_triangle(2 * piece + 1, 2 * piece + 2, 2 * piece + 3);
    }
    painter.add(Shape::mesh(mesh));
}

/// Where statements stand in the whole of a column, at its scroll bar.
fn ticks(ui: &Ui, tokens: &Tokens, view: &Compare, (column, page): (usize, &PageState), rect: Rect) {
    const WIDTH: f32 = 5.0;
    let mut last = f32::NEG_INFINITY;
    let mut tick = |at: usize, color: Color32, height: f32, spared: bool| {
        let Some(place) = view.statements.all[at].places[column].as_ref() else { return };
        let y = (rect.top() + page.share_of(place.first().start()) * rect.height()).round();
        if spared && y == last {
            return;
        }
        last = y;
        let left = rect.right() - WIDTH - 2.0;
        ui.painter().rect_filled(Rect::from_min_size(pos2(left, y), egui::vec2(WIDTH, height)), 0.0, color);
    };
    let quiet = tokens.accent.gamma_multiply(0.45);
    (0..view.statements.shared).for_each(|at| tick(at, quiet, 1.0, true));
    view.at.into_iter().for_each(|at| tick(at, tokens.accent, 3.0, false));
}

/// A bar beside each paragraph in view of which no other column has anything.
fn bars(
    ui: &Ui,
    tokens: &Tokens,
    view: &Compare,
    session: &Session,
    (column, pane, page): (usize, PaneId, &ArticlePage),
    rect: Rect,
) {
    let Ok(text) = session.scene_of(pane).text() else { return };
    let Some(column_rect) = page.state().column() else { return };
    let seen = page.visible();
    let painter = ui.painter().with_clip_rect(rect);
    let (first, last) = (text.paragraph_at(seen.start()), text.paragraph_at(seen.end()));
    for paragraph in (first..=last).map(|at| text.paragraph_range(at)).filter(|range| !range.is_empty()) {
        if !view.statements.is_alone(column, paragraph) {
            continue;
        }
        let Some(place) = page.state().place_of(paragraph) else { continue };
        let left = column_rect.left() - MARGIN / 2.0;
        let bar = Rect::from_min_max(pos2(left, place.top() + space::XS), pos2(left + 3.0, place.bottom() - space::XS));
        painter.rect_filled(bar, 1.5, tokens.warning.gamma_multiply(0.75));
    }
}
