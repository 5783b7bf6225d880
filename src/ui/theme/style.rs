//! Hands a theme to egui: its own widgets take the same colours, corners and distances.

use egui::{
    Color32, CornerRadius, Shadow, Stroke, TextStyle, Vec2, Visuals,
    style::{ScrollAnimation, WidgetVisuals},
};

use super::{fonts, size, space, tokens::Tokens};

/// Whether anything moves by itself: what comes up or is scrolled to, a blinking caret.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Motion {
    /// Things fade and glide, briefly.
    #[default]
    Full,
    /// Everything is where it goes at once, and the caret does not blink.
    Reduced,
}

impl Motion {
    /// How long it takes in egui's own widgets, in seconds.
    fn time(self) -> f32 {
        match self {
            Self::Full => 0.1,
            Self::Reduced => 0.0,
        }
    }
}

/// Gives egui's own widgets the colours, sizes and motion of the theme. To be called when one of them has changed; it is
/// no work for every frame.
pub fn apply(ctx: &egui::Context, tokens: &Tokens, motion: Motion) {
    let theme = if tokens.mode.is_dark() { egui::Theme::Dark } else { egui::Theme::Light };
    ctx.set_theme(theme);
    ctx.style_mut_of(theme, |style| {
        // `blink` alone decides of it.
        let blinks = style.visuals.text_cursor.blink;
        style.visuals = visuals(tokens);
        style.visuals.text_cursor.blink = blinks;
        style.text_styles = [
            (TextStyle::Small, fonts::plain(size::TINY)),
            (TextStyle::Body, fonts::plain(size::TEXT)),
            (TextStyle::Button, fonts::plain(size::TEXT)),
            (TextStyle::Monospace, fonts::monospace(size::SMALL)),
            (TextStyle::Heading, fonts::strong(size::HEADING)),
        ]
        .into();
        style.spacing.item_spacing = Vec2::splat(space::S);
        style.spacing.button_padding = Vec2::new(space::M, space::XS);
        style.spacing.interact_size.y = space::XL;
        style.spacing.menu_margin = egui::Margin::same(4);
        style.animation_time = motion.time();
        style.scroll_animation = ScrollAnimation::duration(motion.time());
    });
}

/// Lets the caret of fields blink, or stand still: each blink is a frame of the whole window.
pub fn blink(ctx: &egui::Context, motion: Motion) {
    ctx.all_styles_mut(|style| style.visuals.text_cursor.blink = motion == Motion::Full);
}

/// The colours of egui's widgets, role by role: its names for states are kept in the order in which it looks them up.
fn visuals(t: &Tokens) -> Visuals {
    let mut v = if t.mode.is_dark() { Visuals::dark() } else { Visuals::light() };
    let corner = CornerRadius::same(size::RADIUS);
    let widget = |fill: Color32, stroke: Color32, ink: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(t.edge().width, stroke),
        corner_radius: corner,
        fg_stroke: Stroke::new(size::LINE, ink),
        expansion: 0.0,
    };
    v.widgets.noninteractive = widget(t.panel, t.line, t.ink);
    v.widgets.inactive = widget(t.card, t.line, t.ink);
    v.widgets.hovered = widget(t.hover, t.line, t.ink);
    v.widgets.active = WidgetVisuals { bg_stroke: t.focus(), ..widget(t.hover, t.accent, t.ink) };
    v.widgets.open = widget(t.hover, t.line, t.ink);
    v.override_text_color = None;
    v.weak_text_color = Some(t.soft_ink);
    v.hyperlink_color = t.accent;
    v.selection.bg_fill = t.selection;
    v.selection.stroke = t.focus();
    v.panel_fill = t.panel;
    v.window_fill = t.card;
    v.window_stroke = t.edge();
    v.window_corner_radius = CornerRadius::same(size::CARD_RADIUS);
    v.menu_corner_radius = corner;
    v.extreme_bg_color = t.bar;
    v.text_edit_bg_color = Some(t.bar);
    v.faint_bg_color = t.hover;
    v.code_bg_color = t.hover;
    v.warn_fg_color = t.warning;
    v.error_fg_color = t.danger;
    let shadow = Shadow { offset: [0, 4], blur: 16, spread: 0, color: Color32::from_black_alpha(40) };
    v.window_shadow = shadow;
    v.popup_shadow = shadow;
    v
}
