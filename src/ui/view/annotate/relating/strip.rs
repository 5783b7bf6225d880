//! The strip above the page: what is wanted now, and how to choose it.

use egui::{Align, Align2, Layout, Rect, Sense, Ui, UiBuilder, WidgetInfo, accesskit::Role as Part, pos2, vec2};

use super::{Next, Relating, eligible::Eligible};
use crate::{
    command::relate::Filling,
    model::RelationKind,
    ui::{
        context::Ctx,
        kit::{
            button::{Chip, Chosen, chip, chip_width, cross},
            words,
        },
        panel::related,
        theme::{fonts, size, space},
        wish::Wish,
        words::{tr, tr_with},
    },
};

/// Narrower than this, what is being related is not worth its room.
const LEAST_WORDS: f32 = 64.0;

/// Draws the strip over the upper edge of the room there is: the lines of the page must not jump when it comes.
pub fn strip_ui(ui: &mut Ui, ctx: &Ctx<'_>, relating: &mut Relating, out: &mut Vec<Wish>) -> Next {
    let scene = ctx.session.scene();
    let whole = ui.max_rect();
    let inside = whole.shrink2(vec2(space::L, 0.0)).with_max_x(whole.right() - space::L - size::BADGE - space::S);
    let kinds: Vec<&RelationKind> = relating.kinds.iter().filter_map(|id| ctx.codebook().relation(id)).collect();
    let keys = relating.kind_keys(&scene);
    let keys: Vec<String> = keys.into_iter().map(|k| k.map(String::from).unwrap_or_default()).collect();
    let chips: Vec<Chip<'_>> = kinds.iter().zip(&keys).map(|(kind, key)| chip_of(&kind.name, key)).collect();
    let why = relating.why(ctx);
    let (places, height) = match relating.asked {
        None => spread(ui, ctx, &chips, inside),
        Some(_) => (Vec::new(), size::RELATING + why.as_ref().map_or(0.0, |_| size::ROW)),
    };
    let rect = whole.with_max_y(whole.top() + height);
    ui.interact(rect, ui.scope_id().with("relating"), Sense::click_and_drag());
    ui.painter().rect_filled(rect, 0.0, ctx.tokens.hover);
    ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(size::LINE, ctx.tokens.line));
    let mut next = Next::On;
    let first = rect.with_max_y(whole.top() + size::RELATING);
    let mut corner = part(ui, first.shrink2(vec2(space::L, 0.0)), Layout::right_to_left(Align::Center));
    if cross(&mut corner, ctx.tokens, &tr("Leave relating")).clicked() {
        next = Next::Done;
    }
    if relating.asked.is_none() {
        let text = tr("Relate by");
        let galley = ui.painter().layout_no_wrap(text.into_owned(), fonts::strong(size::TEXT), ctx.tokens.ink);
        let at = Align2::LEFT_CENTER.anchor_size(pos2(inside.left(), first.center().y), galley.size()).min;
        ui.painter().galley(at, galley, ctx.tokens.ink);
        let mut chosen = None;
        for (at, (looks, place)) in chips.iter().zip(places).enumerate() {
            if chip(&mut part(ui, place, Layout::left_to_right(Align::Center)), ctx.tokens, looks).clicked() {
                chosen = Some(at);
            }
        }
        return chosen.map_or(next, |at| relating.choose_kind(at, &scene));
    }
    let mut row = part(ui, first.intersect(inside), Layout::right_to_left(Align::Center));
    let asked = buttons_ui(&mut row, ctx, relating, out);
    let room = row.available_rect_before_wrap();
    let Some(eligible) = relating.eligible(&scene) else { return Next::Done };
    wanted_ui(ui, ctx, &eligible, &relating.typed, room);
    if let Some(why) = why {
        let line =
            Rect::from_min_max(pos2(inside.left(), first.bottom() - space::XS), pos2(inside.right(), rect.bottom()));
        let galley = words::elided(ui.painter(), &why, fonts::plain(size::TEXT), ctx.tokens.warning, line.width());
        let response = ui.interact(line, ui.scope_id().with("why"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Part::Alert, true, &why));
        ui.painter().galley(line.min, galley, ctx.tokens.warning);
    }
    asked.unwrap_or(next)
}

fn part(ui: &mut Ui, rect: Rect, layout: Layout) -> Ui {
    let mut part = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
    part.spacing_mut().item_spacing.x = space::S;
    part
}

fn chip_of<'a>(text: &'a str, key: &'a str) -> Chip<'a> {
    Chip { name: text, badge: None, text, key, state: Chosen::No }
}

/// Places for the chips, in as many rows as they need beside “Relate by”, and the height of all.
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

/// From right to left: go on or take the words, and back.
fn buttons_ui(ui: &mut Ui, ctx: &Ctx<'_>, relating: &mut Relating, out: &mut Vec<Wish>) -> Option<Next> {
    let scene = ctx.session.scene();
    let holds_some = relating.eligible(&scene).is_some_and(|eligible| eligible.held().next().is_some());
    let has_words = scene.selection().is_some();
    let text = match () {
        () if has_words => tr("Take the words"),
        () if holds_some => tr("Go on"),
        () => tr("Skip"),
    };
    let mut next = None;
    if chip(ui, ctx.tokens, &chip_of(&text, "Enter")).clicked() {
        next = Some(if has_words { relating.fill(&scene, Filling::Selection, out) } else { relating.advance() });
    }
    if relating.can_go_back() && next.is_none() {
        let name = tr("Back");
        let looks = Chip { name: &name, text: "", ..chip_of("", "⌫") };
        if chip(ui, ctx.tokens, &looks).on_hover_text(tr("To the role before")).clicked() {
            relating.go_back();
        }
    }
    next
}

/// “Source of “we have put this off”, missing — click a mark…”: as much of it as fits, the role always.
fn wanted_ui(ui: &Ui, ctx: &Ctx<'_>, eligible: &Eligible<'_>, typed: &str, room: Rect) {
    let origin = related::shown(ctx, eligible.origin).text;
    let role = &eligible.role.name;
    let (ink, soft) = (ctx.tokens.ink, ctx.tokens.soft_ink);
    let (strong, plain) = (fonts::strong(size::TEXT), fonts::plain(size::TEXT));
    let painter = ui.painter();
    let width = |text: &str, font: &egui::FontId| painter.layout_no_wrap(text.to_owned(), font.clone(), ink).size().x;

    let (state, color) = state_of(ctx, eligible);
    let state = if state.is_empty() { state } else { format!("  {state}") };
    let scene = ctx.session.scene();
    let takes_marks = eligible.role.fillers.iter().any(|f| matches!(f, crate::model::Filler::Label(_)))
        || eligible.role.fillers.is_empty();
    let how = match () {
        () if !typed.is_empty() => format!("{typed}…"),
        () if scene.selection().is_some() => String::new(),
        () if takes_marks => tr("click a mark, type its letter, or select words").into_owned(),
        () => tr("click its mark or type its letter").into_owned(),
    };
    let how = format!("  {how}");
    let name = tr_with("%{role} of “%{words}”", &[("role", role), ("words", &origin)]);
    let response = ui.interact(room, ui.scope_id().with("wanted"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Part::Label, true, format!("{name}{state}{how}")));

    let left = room.width() - width(&state, &plain).min(room.width() * 0.5);
    let all = words::elided(painter, &name, strong.clone(), ink, f32::INFINITY);
    let (hint, words_room) = match left - width(&how, &plain) {
        rest if rest >= all.size().x.min(4.0 * LEAST_WORDS) => (how.as_str(), rest),
        _ if typed.is_empty() => ("", left),
        rest => (how.as_str(), rest),
    };
    let shown = if words_room < width(role, &strong) + LEAST_WORDS { role.as_str() } else { &name };
    let galley = words::elided(painter, shown, strong, ink, words_room);
    let mut x = room.left();
    for galley in [
        galley,
        words::elided(painter, &state, plain.clone(), color, room.width() * 0.5),
        words::elided(painter, hint, plain, soft, f32::INFINITY),
    ] {
        let at = Align2::LEFT_CENTER.anchor_size(pos2(x, room.center().y), galley.size()).min;
        x += galley.size().x;
        painter.galley(at, galley, ink);
    }
}

/// What the role holds, or that it is missing.
fn state_of(ctx: &Ctx<'_>, eligible: &Eligible<'_>) -> (String, egui::Color32) {
    let held: Vec<String> = eligible.held().map(|target| related::shown(ctx, target).text).collect();
    if held.is_empty() {
        let missing = eligible.role.least > 0;
        return (if missing { tr("missing").into_owned() } else { String::new() }, ctx.tokens.warning);
    }
    let pattern = if eligible.role.most == Some(1) { "replaces %{what}" } else { "has %{what}" };
    (tr_with(pattern, &[("what", &held.join(" · "))]), ctx.tokens.soft_ink)
}
