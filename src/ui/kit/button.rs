//! Buttons of the bars: a chip with a badge and a key, a plain one with a key, a small cross.
//!
//! None of them runs anything: they give back egui’s response, and who draws them looks whether it was clicked. All
//! lengths are points.

use egui::{
    Color32, CornerRadius, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, accesskit::Role, pos2,
};

use super::{
    badge, focus, glyph,
    keycap::Keycap,
    words::{self, Words},
};
use crate::ui::theme::{LabelLook, Tokens, fonts, size, space};

/// What stands on a chip. An empty key or text takes no room.
#[derive(Clone, Copy, Debug)]
pub struct Chip<'a> {
    /// What it is called to those who cannot see it.
    pub name: &'a str,
    /// Of a label: its initials, and how it looks.
    pub badge: Option<(&'a str, LabelLook)>,
    /// What is read on it, translated already.
    pub text: &'a str,
    /// As [`super::keycap::spelled`] gives it, such as “Ctrl F”.
    pub key: &'a str,
    /// Whether it is drawn as the one that holds.
    pub state: Chosen,
}

/// Whether something is the one of several that holds now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Chosen {
    /// Drawn plain.
    #[default]
    No,
    /// Drawn outlined in its colour, and told as selected to those who cannot see it.
    Yes,
}

impl From<bool> for Chosen {
    fn from(chosen: bool) -> Self {
        if chosen { Self::Yes } else { Self::No }
    }
}

/// How wide a chip is in points, to see how many of them fit.
pub fn chip_width(ui: &Ui, tokens: &Tokens, chip: &Chip<'_>) -> f32 {
    parts(ui, tokens, chip).2
}

/// An outlined button with what stands on it.
pub fn chip(ui: &mut Ui, tokens: &Tokens, chip: &Chip<'_>) -> Response {
    let (text, key, width) = parts(ui, tokens, chip);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, size::FIELD), Sense::click());
    let chosen = chip.state == Chosen::Yes;
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), chosen, chip.name));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let marked = chosen.then(|| chip.badge.map_or(tokens.accent, |(_, look)| look.line));
    frame(ui, tokens, rect, &response, marked);
    let painter = ui.painter();
    let mut x = rect.left() + space::S + 2.0;
    if let Some((initials, look)) = chip.badge {
        badge::paint_badge(painter, pos2(x + size::BADGE / 2.0, rect.center().y), initials, look);
        x += size::BADGE + space::S;
    }
    if !chip.text.is_empty() {
        let width = text.size().x;
        text.paint_middle_left(painter, pos2(x, rect.center().y));
        x += width + space::S;
    }
    if let Some(key) = key {
        key.paint(painter, tokens, pos2(x, rect.center().y));
    }
    response
}

/// The text and the key as they are set, and the width of everything with the gaps between.
fn parts(ui: &Ui, tokens: &Tokens, chip: &Chip<'_>) -> (Words, Option<Keycap>, f32) {
    let color = match (chip.badge, chip.state) {
        (Some(_), _) => tokens.ink,
        (None, Chosen::Yes) => tokens.accent,
        (None, Chosen::No) => tokens.soft_ink,
    };
    let text = words::whole(ui.painter(), chip.text, fonts::plain(size::TEXT), color);
    let key = (!chip.key.is_empty()).then(|| Keycap::new(ui.painter(), tokens, chip.key));
    let widths = [
        chip.badge.map(|_| size::BADGE),
        (!chip.text.is_empty()).then(|| text.size().x),
        key.as_ref().map(|k| k.size().x),
    ];
    let there: Vec<f32> = widths.into_iter().flatten().collect();
    let gaps = space::S * (there.len().max(1) - 1) as f32;
    let width = there.iter().sum::<f32>() + gaps + 2.0 * (space::S + 2.0);
    (text, key, width.ceil())
}

/// The ground and edge of a chip; the edge of a chosen one is in its mark’s colour.
fn frame(ui: &Ui, tokens: &Tokens, rect: Rect, response: &Response, marked: Option<Color32>) {
    let fill = if response.hovered() { tokens.hover } else { tokens.card };
    let stroke = match marked {
        _ if response.has_focus() => tokens.focus(),
        Some(color) => Stroke::new(1.5 * tokens.edge().width, color),
        None => tokens.edge(),
    };
    ui.painter().rect(rect, CornerRadius::same(size::RADIUS), fill, stroke, StrokeKind::Inside);
}

/// What is drawn on a small square button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Closes or removes something.
    Cross,
    /// Adds something.
    Plus,
    /// Three dots: there is more to it.
    More,
    /// Moves something up, or goes to the one before.
    Up,
    /// Moves something down, or goes to the next one.
    Down,
}

/// A small square button with a cross on it: it takes something away. Gives the click.
pub fn cross(ui: &mut Ui, tokens: &Tokens, name: &str) -> Response {
    sign(ui, tokens, Sign::Cross, name, name)
}

/// A small square button with a sign on it, its name for those who cannot see it, and what is said where the pointer
/// rests.
pub fn sign(ui: &mut Ui, tokens: &Tokens, sign: Sign, name: &str, hint: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(size::SIGN), Sense::click());
    paint_sign(ui, tokens, rect, &response, sign);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    words::hint(response, hint)
}

/// A small button that lies on something else, in a place of one's own choice; seen only while `under`, what it
/// lies on, is pointed at.
pub fn sign_on(ui: &Ui, tokens: &Tokens, under: &Response, rect: Rect, sign: Sign, name: &str) -> Response {
    let response = ui.interact(rect, under.id.with(name), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    if under.contains_pointer() || response.contains_pointer() || response.has_focus() {
        paint_sign(ui, tokens, rect, &response, sign);
    }
    words::hint(response, name)
}

/// The sign, on a ground where it is pointed at, in a ring where it has the focus.
fn paint_sign(ui: &Ui, tokens: &Tokens, rect: Rect, response: &Response, sign: Sign) {
    if response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::same(size::BADGE_RADIUS), tokens.hover);
    }
    if response.has_focus() {
        focus::paint_ring(ui, tokens, rect);
    }
    let color = if response.hovered() { tokens.ink } else { tokens.soft_ink };
    match sign {
        Sign::Cross => glyph::paint_cross(ui.painter(), rect.center(), color),
        Sign::Plus => glyph::paint_plus(ui.painter(), rect.center(), color),
        Sign::More => glyph::paint_dots(ui.painter(), rect.center(), color),
        Sign::Up => glyph::paint_chevron(ui.painter(), rect.center(), -1.0, color),
        Sign::Down => glyph::paint_chevron(ui.painter(), rect.center(), 1.0, color),
    }
}

/// Quiet text that can be clicked, cut to the room there is.
pub fn quiet(ui: &mut Ui, tokens: &Tokens, name: &str, text: &str, state: Chosen) -> Response {
    quiet_before(ui, tokens, (name, text), state, 0.0)
}

/// The same, with the sign that there are others to choose.
pub fn quiet_of_more(ui: &mut Ui, tokens: &Tokens, name: &str, text: &str) -> Response {
    let response = quiet_before(ui, tokens, (name, text), Chosen::No, space::M);
    let at = response.rect.right_center() - Vec2::new(space::S, 0.0);
    glyph::paint_more(ui.painter(), at, tokens.soft_ink);
    response
}

/// Quiet text with some room after it.
fn quiet_before(ui: &mut Ui, tokens: &Tokens, (name, text): (&str, &str), state: Chosen, after: f32) -> Response {
    let chosen = state == Chosen::Yes;
    let color = if chosen { tokens.accent } else { tokens.soft_ink };
    let padding = 2.0 * space::XS + after;
    let galley = words::elided(ui.painter(), text, fonts::plain(size::SMALL), color, ui.available_width() - padding);
    let wanted = Vec2::new(galley.size().x + padding, galley.size().y + space::XS);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), chosen, name));
    if response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::same(size::BADGE_RADIUS), tokens.hover);
    }
    if response.has_focus() {
        focus::paint_ring(ui, tokens, rect);
    }
    galley.paint_middle_left(ui.painter(), pos2(rect.left() + space::XS, rect.center().y));
    response
}
