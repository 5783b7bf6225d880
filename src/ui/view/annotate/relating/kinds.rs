//! The kinds to choose from where a mark was dragged to another one: a small card beside the place where it was let go.

use egui::{Align2, Area, CornerRadius, Frame, Id, Margin, Order, Pos2, Rect, RichText, Stroke, Ui, vec2};

use super::{Next, Relating};
use crate::{
    command::Command,
    ui::{
        context::Ctx,
        kit::button::{Chip, Chosen, chip},
        theme::{fonts, size, space},
        words::tr,
    },
};

/// Draws the card beside a place, within the room there is; each kind has its key, and Enter takes the first. A press
/// beside the card leaves everything as it is.
pub fn kinds_at_ui(
    ui: &Ui,
    ctx: &Ctx<'_>,
    relating: &mut Relating,
    (at, room): (Pos2, Rect),
    out: &mut Vec<Command>,
) -> Next {
    let scene = ctx.session.scene();
    let kinds = relating.offered_kinds(&scene);
    let frame = Frame::NONE
        .fill(ctx.tokens.bar)
        .stroke(Stroke::new(size::LINE, ctx.tokens.line))
        .corner_radius(CornerRadius::same(size::CARD_RADIUS))
        .shadow(ui.visuals().popup_shadow)
        .inner_margin(Margin::symmetric(10, 8));
    let area = Area::new(Id::unique("kinds of relation")).order(Order::Foreground).pivot(Align2::LEFT_TOP);
    let place = area.fixed_pos(at + vec2(space::S, space::S)).constrain_to(room.shrink(space::S));
    let shown = place.show(ui.ctx(), |ui| {
        frame.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            ui.label(RichText::new(tr("Relate by")).font(fonts::strong(size::TEXT)).color(ctx.tokens.ink));
            let mut chosen = None;
            for (at, (kind, key)) in kinds.iter().enumerate() {
                let key = key.map(String::from).unwrap_or_default();
                // Enter takes it.
                let state = Chosen::from(at == 0);
                let looks = Chip { name: &kind.name, badge: None, text: &kind.name, key: &key, state };
                chosen = chip(ui, ctx.tokens, &looks).clicked().then_some(at).or(chosen);
            }
            chosen
        })
    });
    if let Some(at) = shown.inner.inner {
        return relating.choose_kind(at, &scene, out);
    }
    let is_left = ui.input(|i| {
        i.pointer.any_pressed() && !i.pointer.interact_pos().is_some_and(|at| shown.response.rect.contains(at))
    });
    if is_left { Next::Done } else { Next::On }
}
