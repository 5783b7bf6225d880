//! Relating by the mouse: a mark is dragged from its column to a mark in another one.
//!
//! A drag that begins on a mark selects words as any other, and goes on doing so beyond its column, until it comes over
//! a mark of another column that it can be related to. Only there it means that, and only while it is there.

use egui::{Align2, Color32, CursorIcon, Painter, Pos2, Rect, Stroke, Ui, epaint::CubicBezierShape, vec2};

use super::state::{Compare, DraggedMark};
use crate::{
    command::{Command, MarkRef, PaneId, relating::Relating, select::Select},
    model::{AnnotationId, Item, Target, Uid},
    session::Session,
    ui::{
        context::Ctx,
        kit::words,
        panel::run,
        theme::{fonts, size, space},
        view::annotate::Annotate,
        wish::Wish,
        words::tr,
    },
};

/// What the pointer is over in another column.
enum Over {
    /// A mark that the dragged one can be related to.
    Fitting(Target),
    /// Marks that no kind of relation joins with it.
    Others,
    /// No mark.
    Words,
}

/// Draws the line from the mark that is dragged, and relates it to the one on which it is let go. The pages stand in
/// `rects`, and were drawn before.
pub fn dragging_ui(
    ui: &Ui,
    ctx: &Ctx<'_>,
    (view, annotate): (&mut Compare, &mut Annotate),
    rects: &[Rect],
    out: &mut Vec<Wish>,
) {
    view.follow_drag(ui, ctx.session, annotate, rects);
    let Some((dragged, at)) = view.dragged.zip(ui.input(|i| i.pointer.latest_pos())) else { return };
    let panes = view.columns.panes();
    let Some(column) = rects.iter().position(|rect| rect.contains(at)).filter(|at| panes[*at] != dragged.pane) else {
        return;
    };
    let over = over(ctx.session, annotate, dragged, (panes[column], at));
    if let Over::Fitting(other) = &over {
        let is_let_go = ui.input(|i| i.pointer.primary_released());
        annotate.pages.of(dragged.pane).state_mut().hold_drag();
        let scene = ctx.session.scene_of(dragged.pane);
        if is_let_go {
            annotate.join(&scene, (dragged.id, other.clone()), at, out);
        } else if scene.selection().is_some() || scene.focus.picked != Some(dragged.id) {
            run(out, Command::Select(Select::Pane(dragged.pane)));
            run(out, Command::Select(Select::Pick(MarkRef::Id(dragged.id))));
        }
    }
    let all = rects.iter().fold(Rect::NOTHING, |all, rect| all.union(*rect));
    let painter = ui.painter().with_clip_rect(all);
    paint(&painter, ctx, dragged, &over, at);
    ui.set_cursor_icon(if matches!(over, Over::Fitting(_)) { CursorIcon::Alias } else { CursorIcon::Text });
}

impl Compare {
    /// Takes note of the mark on which the pointer goes down, and forgets it when it is up again.
    fn follow_drag(&mut self, ui: &Ui, session: &Session, annotate: &Annotate, rects: &[Rect]) {
        let (is_pressed, is_held, from) = ui.input(|i| {
            let is_held = i.pointer.primary_down() || i.pointer.primary_released();
            (i.pointer.primary_pressed() && !i.modifiers.shift, is_held, i.pointer.press_origin())
        });
        if !is_held || annotate.is_relating() {
            self.dragged = None;
        } else if is_pressed {
            let column = from.and_then(|from| Some((from, rects.iter().position(|rect| rect.contains(from))?)));
            self.dragged = column.and_then(|(from, column)| {
                let pane = self.columns.panes()[column];
                let is_dragged = annotate.pages.shown(pane).is_some_and(|page| page.state().is_dragged());
                let own = own_at(session, annotate, pane, from);
                let picked = session.scene_of(pane).focus.picked.filter(|id| own.contains(id));
                let id = picked.or(own.first().copied()).filter(|_| is_dragged)?;
                Some(DraggedMark { pane, id, from })
            });
        }
    }
}

/// One’s own marks under a point of the window, innermost first.
fn own_at(session: &Session, annotate: &Annotate, pane: PaneId, at: Pos2) -> Vec<AnnotationId> {
    let stack = annotate.pages.shown(pane).map(|page| page.state().marks_at(at)).unwrap_or_default();
    let layer = session.scene_of(pane).layer();
    let ids = stack.into_iter().map(|id| AnnotationId(Uid::from_u64(id)));
    ids.filter(|id| layer.is_some_and(|layer| layer.annotation(*id).is_some())).collect()
}

/// What lies under a point of a pane for a mark that is dragged there: the innermost that it can be related to.
fn over(session: &Session, annotate: &Annotate, dragged: DraggedMark, (pane, at): (PaneId, Pos2)) -> Over {
    let (from, to) = (session.scene_of(dragged.pane), session.scene_of(pane));
    let own = own_at(session, annotate, pane, at);
    let Some((here, there)) = from.focus.article.as_ref().zip(to.focus.article.as_ref()) else { return Over::Words };
    let target =
        |article: &crate::model::ArticleId, id| Target { article: article.clone(), item: Item::Annotation(id) };
    let fits = |other: &Target| Relating::between(&from, target(here, dragged.id), other).is_some();
    let fitting = own.iter().map(|id| target(there, *id)).find(fits);
    match fitting {
        Some(other) => Over::Fitting(other),
        None if own.is_empty() => Over::Words,
        None => Over::Others,
    }
}

/// The line from where the mark was caught to the pointer, strong where letting go relates it, with what that does.
fn paint(painter: &Painter, ctx: &Ctx<'_>, dragged: DraggedMark, over: &Over, at: Pos2) {
    let scene = ctx.session.scene_of(dragged.pane);
    let label = scene.layer().and_then(|layer| layer.annotation(dragged.id)).map(|a| &a.label);
    let label = label.and_then(|label| ctx.codebook().label(label));
    let color = label.map_or(ctx.tokens.accent, |label| ctx.tokens.label(label.color).line);
    let fits = matches!(over, Over::Fitting(_));
    let (width, color) = if fits { (2.5, color) } else { (1.5, color.gamma_multiply(0.6)) };
    let control = vec2((at.x - dragged.from.x) / 2.0, 0.0);
    let points = [dragged.from, dragged.from + control, at - control, at];
    let stroke = Stroke::new(width, color);
    painter.add(CubicBezierShape::from_points_stroke(points, false, Color32::TRANSPARENT, stroke));
    for end in [dragged.from, at] {
        painter.circle_filled(end, width + 1.0, color);
    }
    let said = match over {
        Over::Fitting(_) => tr("Let go to relate the two"),
        Over::Others => tr("No kind of relation joins the two"),
        Over::Words => return,
    };
    let said = words::whole(painter, &said, fonts::plain(size::SMALL), ctx.tokens.ink);
    let place = Align2::CENTER_BOTTOM.anchor_size(at - vec2(0.0, space::L), said.size());
    painter.rect_filled(place.expand2(vec2(space::S, space::XS)), space::XS, ctx.tokens.bar);
    painter.rect_stroke(
        place.expand2(vec2(space::S, space::XS)),
        space::XS,
        ctx.tokens.edge(),
        egui::StrokeKind::Inside,
    );
    said.paint(painter, place.min);
}
