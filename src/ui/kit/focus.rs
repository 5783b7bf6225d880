//! Where the focus of the keyboard is: a ring that is seen, and the parts of the window it moves between.
//!
//! A part says in every frame where it stands; what it holds is its own affair. The parts are kept in egui’s memory of the
//! window, so nothing needs to be handed around.

use std::collections::BTreeMap;

use egui::{Context, CornerRadius, FocusDirection, Id, Key, Rect, StrokeKind, Ui};

use crate::ui::theme::{Tokens, size};

/// Paints the ring around something that has the focus: outside of it, so that it is seen around any colour.
pub fn paint_ring(ui: &Ui, tokens: &Tokens, rect: Rect) {
    const GAP: f32 = 1.0;
    let corner = CornerRadius::same(size::RADIUS + 1);
    let around = rect.expand(GAP);
    ui.painter().rect_stroke(around, corner, tokens.focus(), StrokeKind::Outside);
    ui.painter().rect_stroke(rect, corner, (GAP, tokens.card), StrokeKind::Outside);
}

/// Gives the focus to the widget that is drawn next.
pub fn give_to_next(ui: &Ui) {
    let (anchor, layer) = (ui.scope_id().with("focus"), ui.layer_id());
    ui.memory_mut(|memory| {
        memory.request_focus(anchor);
        memory.move_focus(FocusDirection::Next);
        memory.interested_in_focus(anchor, layer);
    });
}

/// Lets Tab go round from the last of some widgets to the first, and back; to be called before they are drawn.
pub fn go_round(ui: &Ui, first: Id, last: Id) {
    let modifiers = ui.input(|i| i.modifiers);
    let (from, to) = if modifiers.shift { (first, last) } else { (last, first) };
    if ui.memory(|m| m.has_focus(from)) && ui.input_mut(|i| i.consume_key(modifiers, Key::Tab)) {
        ui.memory_mut(|memory| {
            memory.move_focus(FocusDirection::None);
            memory.request_focus(to);
        });
    }
}

/// Says that a part of the window is drawn here, in its place among the parts; true where the focus is to go
/// there now, which is then up to the part.
pub fn enters(ui: &Ui, place: u8, rect: Rect) -> bool {
    let now = ui.ctx().cumulative_pass_nr();
    change(ui.ctx(), |parts| {
        parts.seen.insert(place, (rect, now));
        parts.wanted.take_if(|wanted| *wanted == place).is_some()
    })
}

/// The same for a part whose first widget takes the focus.
pub fn part(ui: &Ui, place: u8) {
    if enters(ui, place, ui.max_rect()) {
        give_to_next(ui);
    }
}

/// Which of its neighbours the focus moves to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    /// In the order of their places; after the last comes the first.
    Next,
    /// The other way round.
    Previous,
}

/// Moves the focus to the next part that was drawn lately, or to the one before; from nowhere it starts at `home`.
pub fn move_on(ctx: &Context, toward: Toward, home: u8) {
    let (focused, now) = (ctx.memory(egui::Memory::focused), ctx.cumulative_pass_nr());
    let here = focused.and_then(|id| part_of(ctx, id)).unwrap_or(home);
    change(ctx, |parts| {
        parts.seen.retain(|_, (_, pass)| *pass + 1 >= now);
        let places: Vec<u8> = parts.seen.keys().copied().collect();
        let next = match toward {
            Toward::Next => places.iter().find(|p| **p > here).or(places.first()),
            Toward::Previous => places.iter().rev().find(|p| **p < here).or(places.last()),
        };
        parts.wanted = next.copied();
    });
    ctx.request_repaint();
}

/// The part of the window that a widget is in, where it was drawn lately.
pub fn part_of(ctx: &Context, widget: Id) -> Option<u8> {
    let at = ctx.read_response(widget)?.rect.center();
    change(ctx, |parts| parts.seen.iter().rev().find(|(_, (rect, _))| rect.contains(at)).map(|(place, _)| *place))
}

/// Moves the focus to a part, once it is drawn.
pub fn go_to(ctx: &Context, place: u8) {
    change(ctx, |parts| parts.wanted = Some(place));
    ctx.request_repaint();
}

/// The parts that were drawn: where, and in which pass.
#[derive(Clone, Default)]
struct Parts {
    /// The parts that were on the screen lately, by their place: where, and in which frame.
    seen: BTreeMap<u8, (Rect, u64)>,
    /// The part that is to take the focus when it is next drawn.
    wanted: Option<u8>,
}

/// Lets `act` read or change the parts, under the lock of egui’s memory: nothing in it may ask egui for more.
fn change<R>(ctx: &Context, act: impl FnOnce(&mut Parts) -> R) -> R {
    ctx.data_mut(|data| act(data.get_temp_mut_or_default(Id::unique("parts of the window"))))
}
