//! The strip above the page: what is wanted now, and how to choose it.
//!
//! It lies over the first lines of the page. First it asks for the kind of relation, where several are possible, then
//! for one role after the other.

use egui::{
    Align, Align2, Layout, Rect, Sense, Ui, UiBuilder, WidgetInfo,
    accesskit::{Live, Role as Part},
    pos2, vec2,
};
use unicode_segmentation::UnicodeSegmentation;

use super::{
    Eligible, Next, Relating,
    wording::{how, state_of, why_refused},
};
use crate::{
    command::Command,
    ui::{
        context::Ctx,
        kit::{
            button::{Chip, Chosen, chip, chip_width, cross},
            words,
        },
        panel::related,
        theme::{fonts, size, space},
        words::tr,
    },
};

/// With less room than this, in points, the words of what is being related are left out.
const LEAST_WORDS: f32 = 64.0;

/// Draws the strip over the upper edge of the room there is; the page does not move for it. Says whether relating
/// goes on.
pub fn strip_ui(ui: &mut Ui, ctx: &Ctx<'_>, relating: &mut Relating, out: &mut Vec<Command>) -> Next {
    let whole = ui.max_rect();
    let inside = whole.shrink2(vec2(space::L, 0.0)).with_max_x(whole.right() - space::L - size::BADGE - space::S);
    if relating.asks_for_kind() {
        kinds_ui(ui, ctx, relating, (whole, inside), out)
    } else {
        role_ui(ui, ctx, relating, (whole, inside), out)
    }
}

/// The strip’s background, and the cross at the right of its first row. Gives the rectangle of that row, and whether
/// the cross was clicked.
fn ground_ui(ui: &mut Ui, ctx: &Ctx<'_>, whole: Rect, height: f32) -> (Rect, Next) {
    let rect = whole.with_max_y(whole.top() + height);
    ui.interact(rect, ui.scope_id().with("relating"), Sense::click_and_drag());
    ui.painter().rect_filled(rect, 0.0, ctx.tokens.hover);
    ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(size::LINE, ctx.tokens.line));
    let first = rect.with_max_y(whole.top() + size::RELATING);
    let mut corner = part(ui, first.shrink2(vec2(space::L, 0.0)), Layout::right_to_left(Align::Center));
    let is_left = cross(&mut corner, ctx.tokens, &tr("Stop relating")).clicked();
    (first, if is_left { Next::Done } else { Next::On })
}

/// The kinds of relation to choose from, each with its key; Enter takes the first.
fn kinds_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    relating: &mut Relating,
    (whole, inside): (Rect, Rect),
    out: &mut Vec<Command>,
) -> Next {
    let scene = ctx.session.scene();
    let kinds = relating.offered_kinds(&scene);
    let keys: Vec<String> = kinds.iter().map(|(_, key)| key.map(String::from).unwrap_or_default()).collect();
    let mut chips: Vec<Chip<'_>> = kinds.iter().zip(&keys).map(|((kind, _), key)| chip_of(&kind.name, key)).collect();
    // Enter takes it.
    chips.iter_mut().take(1).for_each(|first| first.state = Chosen::Yes);
    let (places, height) = spread(ui, ctx, &chips, inside);
    let (first, next) = ground_ui(ui, ctx, whole, height);
    let text = tr("Relate by");
    let galley = ui.painter().layout_no_wrap(text.to_string(), fonts::strong(size::TEXT), ctx.tokens.ink);
    let place = Align2::LEFT_CENTER.anchor_size(pos2(inside.left(), first.center().y), galley.size());
    let response = ui.interact(place, ui.scope_id().with("by"), Sense::hover());
    let names = kinds.iter().map(|(kind, _)| kind.name.as_str()).collect::<Vec<_>>().join(", ");
    response.widget_info(|| WidgetInfo::labeled(Part::Label, true, format!("{text} {names}")));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(Live::Polite));
    ui.painter().galley(place.min, galley, ctx.tokens.ink);
    let mut chosen = None;
    for (at, (looks, place)) in chips.iter().zip(places).enumerate() {
        if chip(&mut part(ui, place, Layout::left_to_right(Align::Center)), ctx.tokens, looks).clicked() {
            chosen = Some(at);
        }
    }
    chosen.map_or(next, |at| relating.choose_kind(at, &scene, out))
}

/// The role that is asked for, with the buttons to go on and back, and below it why the last choice was refused.
fn role_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    relating: &mut Relating,
    (whole, inside): (Rect, Rect),
    out: &mut Vec<Command>,
) -> Next {
    let why = why_refused(ctx, relating);
    let height = size::RELATING + why.as_ref().map_or(0.0, |_| size::ROW);
    let (first, next) = ground_ui(ui, ctx, whole, height);
    let mut row = part(ui, first.intersect(inside), Layout::right_to_left(Align::Center));
    let pressed = buttons_ui(&mut row, ctx, relating, out);
    let room = row.available_rect_before_wrap();
    let Some(eligible) = relating.eligible(&ctx.session.scene()) else { return Next::Done };
    wanted_ui(ui, ctx, &eligible, relating.typed(), room);
    if let Some(why) = why {
        let top = pos2(inside.left(), first.bottom() - space::XS);
        why_ui(ui, ctx, &why, Rect::from_min_max(top, pos2(inside.right(), whole.top() + height)));
    }
    pressed.unwrap_or(next)
}

/// Why the last choice was refused; a screen reader says it at once.
fn why_ui(ui: &Ui, ctx: &Ctx<'_>, why: &str, line: Rect) {
    let galley = words::elided(ui.painter(), why, fonts::plain(size::TEXT), ctx.tokens.warning, line.width());
    let response = ui.interact(line, ui.scope_id().with("why"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Part::Alert, true, why));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(Live::Assertive));
    galley.paint(ui.painter(), line.min);
}

/// A `Ui` within a rectangle of the strip.
fn part(ui: &mut Ui, rect: Rect, layout: Layout) -> Ui {
    let mut part = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
    part.spacing_mut().item_spacing.x = space::S;
    part
}

/// A chip with a text and a key.
fn chip_of<'a>(text: &'a str, key: &'a str) -> Chip<'a> {
    Chip { name: text, badge: None, text, key, state: Chosen::No }
}

/// Places for the chips, in as many rows as they need beside “Relate by”, and the height of the whole strip in
/// points.
fn spread(ui: &Ui, ctx: &Ctx<'_>, chips: &[Chip<'_>], inside: Rect) -> (Vec<Rect>, f32) {
    let before = ui.painter().layout_no_wrap(tr("Relate by").into_owned(), fonts::strong(size::TEXT), ctx.tokens.ink);
    let left = inside.left() + before.size().x + space::M;
    let top = inside.top() + (size::RELATING - size::FIELD) / 2.0;
    let (mut x, mut y) = (left, top);
    let mut places = Vec::new();
    for looks in chips {
        let width = chip_width(ui, ctx.tokens, looks);
        if x + width > inside.right() && x > left {
            (x, y) = (left, y + size::FIELD + space::XS);
        }
        places.push(Rect::from_min_size(pos2(x, y), vec2(width, size::FIELD)));
        x += width + space::S;
    }
    (places, y - top + size::RELATING)
}

/// From right to left: take the selected words, go on or skip, and back. Gives what a click on the first of them
/// comes to.
fn buttons_ui(ui: &mut Ui, ctx: &Ctx<'_>, relating: &mut Relating, out: &mut Vec<Command>) -> Option<Next> {
    let scene = ctx.session.scene();
    let holds_some = relating.eligible(&scene).is_some_and(|eligible| eligible.held().next().is_some());
    let has_words = scene.selection().is_some();
    let text = match () {
        () if has_words => tr("Use the selected words"),
        () if holds_some => tr("Continue"),
        () => tr("Skip"),
    };
    let mut next = None;
    if chip(ui, ctx.tokens, &chip_of(&text, "Enter")).clicked() {
        next = Some(relating.go_on(&scene, out));
    }
    let takes_more = relating.eligible(&scene).is_some_and(|eligible| eligible.role.most != Some(1));
    if has_words && takes_more && next.is_none() {
        let hint = tr("Use the selected words, then more for the same role");
        if chip(ui, ctx.tokens, &chip_of(&tr("And more"), "Shift+Enter")).on_hover_text(hint).clicked() {
            next = Some(relating.take_another(&scene, out));
        }
    }
    if relating.can_go_back() && next.is_none() {
        let hint = tr("Previous role: Backspace");
        if chip(ui, ctx.tokens, &chip_of(&tr("Back"), "")).on_hover_text(hint).clicked() {
            relating.go_back();
        }
    }
    next
}

/// Says what is wanted: “Attribution · Source of “we have put this off”  missing  click a mark…”. The role is always
/// shown; how to choose is left out first, the words are cut next.
fn wanted_ui(ui: &Ui, ctx: &Ctx<'_>, eligible: &Eligible<'_>, typed: &str, room: Rect) {
    let (ink, soft) = (ctx.tokens.ink, ctx.tokens.soft_ink);
    let (strong, plain) = (fonts::strong(size::TEXT), fonts::plain(size::TEXT));
    let width = |text: &str| words::whole(ui.painter(), text, plain.clone(), ink).size().x;
    let (state, color) = state_of(ctx, eligible);
    let how = how(ctx, eligible, typed);
    let related::Shown { words: origin, title, .. } = related::shown(ctx, eligible.origin);
    let title = title.map(|title| tr!("in “{what}”", what = &title)).unwrap_or_default();
    let (kind, role) = (&eligible.kind.name, &eligible.role.name);
    // The roles of a symmetric kind are called such as “one” and “other”, which say nothing.
    let is_pair = eligible.kind.is_symmetric();
    let say = |words: &str| match is_pair {
        true => tr!("{kind} · paired with “{words}”", kind, words),
        false => tr!("{kind} · {role} of “{words}”", kind, role, words),
    };
    let say_shorter = |words: &str| match is_pair {
        true => tr!("paired with “{words}”", words),
        false => tr!("{role} of “{words}”", role, words),
    };

    let response = ui.interact(room, ui.scope_id().with("wanted"), Sense::hover());
    let parts = [say(&origin), title.clone(), state.clone(), how.clone()];
    response.widget_info(|| {
        let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        WidgetInfo::labeled(Part::Label, true, parts.join("  "))
    });
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(Live::Polite));

    // What is typed is never left out, how to choose is the first to go.
    let state_width = (width(&state) + space::S).min(room.width() * 0.5);
    let how_width = width(&how) + space::S;
    let fit = |room| fitted(ui, say, &origin, room).or_else(|| fitted(ui, say_shorter, &origin, room));
    let title_width = if title.is_empty() { 0.0 } else { (width(&title) + space::S).min(room.width() * 0.25) };
    let left = room.width() - state_width - title_width;
    let name = match fit(left - how_width) {
        Some(name) => Some((name, how.as_str())),
        None if typed.is_empty() => fit(left).map(|name| (name, "")),
        None => None,
    };
    let (name, how) = name.unwrap_or((role.clone(), if typed.is_empty() { "" } else { &how }));
    let mut x = room.left();
    for (text, font, color, most) in [
        (name.as_str(), strong, ink, left),
        (&title, plain.clone(), soft, title_width - space::S),
        (&state, plain.clone(), color, state_width),
        (how, plain, soft, f32::INFINITY),
    ] {
        let galley = words::elided(ui.painter(), text, font, color, most);
        let at = pos2(x, room.center().y);
        x += galley.size().x + if text.is_empty() { 0.0 } else { space::S };
        galley.paint_middle_left(ui.painter(), at);
    }
}

/// A sentence with words in it, which are cut at whole characters until it fits `room` points; `None` where less than
/// [`LEAST_WORDS`] would be left for them.
fn fitted(ui: &Ui, say: impl Fn(&str) -> String, words: &str, room: f32) -> Option<String> {
    let font = fonts::strong(size::TEXT);
    let width = |text: &str| words::whole(ui.painter(), text, font.clone(), egui::Color32::PLACEHOLDER).size().x;
    let words = words::on_one_line(words);
    let whole = say(&words);
    let (all, frame) = (width(&whole), width(&say("…")));
    if all <= room {
        return Some(whole);
    }
    if room - frame < LEAST_WORDS {
        return None;
    }
    // As many characters as fit on average, and fewer until they do.
    let count = words.graphemes(true).count() as f32 * (room - frame) / (all - frame).max(1.0);
    let cut = |count| words.graphemes(true).take(count).collect::<String>();
    let mut said = (0..=count as usize).rev().map(|count| say(&format!("{}…", cut(count).trim_end())));
    said.find(|said| width(said) <= room)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cut_words_leave_what_stands_beside_them_its_room() {
        let stage = egui_kittest::Harness::<()>::builder();
        let stage = stage.with_context_setup(|ctx| ctx.set_fonts(fonts::definitions(None)));
        let mut harness = stage.build_ui(|ui| {
            let font = fonts::strong(size::TEXT);
            for words in ["We mmmmmm WWWWWW mmmmmm iiiiiiiiiiiiiiiiii", "We reaffirmed our commitment to work together"]
            {
                for room in (100..300).map(|room| room as f32) {
                    let said = fitted(ui, |words| format!("Source of “{words}”"), words, room);
                    let said = said.unwrap_or_default();
                    let galley = ui.painter().layout_no_wrap(said.clone(), font.clone(), egui::Color32::PLACEHOLDER);
                    assert!(galley.size().x <= room, "{said} is {} wide in {room}", galley.size().x);
                }
            }
        });
        harness.run();
    }
}
